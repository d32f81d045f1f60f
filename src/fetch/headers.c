/* SPDX-License-Identifier: Apache-2.0 */
/* Fields of header lines as they were received. */
#include "fetch_int.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

#define DATE_BYTES     64 /* an HTTP date has 29 */
#define SECONDS_DIGITS 9  /* more seconds than that are a jest */

/* Where the field that begins at pos ends: a line that begins with white space
 * goes on with the one before (RFC 9112 section 5.2). */
static size_t field_end(struct bylaw_span headers, size_t pos)
{
    do {
        while (pos < headers.len && headers.ptr[pos] != '\n')
            pos++;
        pos += pos < headers.len;
    } while (pos < headers.len &&
             (headers.ptr[pos] == ' ' || headers.ptr[pos] == '\t'));
    return pos;
}

bool bylaw__header_next(struct bylaw_span *value, struct bylaw_span headers,
                        size_t *pos, const char *name)
{
    while (*pos < headers.len) {
        size_t end = field_end(headers, *pos);
        struct bylaw_span field = bylaw__span_sub(headers, *pos, end);
        size_t colon = bylaw__span_find(field, BYLAW__SPAN(":"));

        *pos = end;
        if (colon == SIZE_MAX ||
            !bylaw__span_is_nocase(
                bylaw__span_trim(bylaw__span_sub(field, 0, colon)), name))
            continue;
        *value = bylaw__span_trim(bylaw__span_sub(field, colon + 1, field.len));
        return true;
    }
    return false;
}

struct bylaw_span bylaw__header_value(struct bylaw_span headers,
                                      const char *name)
{
    struct bylaw_span value = {NULL, 0};
    size_t pos = 0;

    while (bylaw__header_next(&value, headers, &pos, name))
        ;
    return value;
}

void bylaw__header_join(struct bylaw__buf *out, struct bylaw_span headers,
                        const char *name)
{
    struct bylaw_span value;
    size_t pos = 0;

    while (bylaw__header_next(&value, headers, &pos, name)) {
        if (out->len)
            bylaw__buf_add_char(out, ',');
        bylaw__buf_add_span(out, value);
    }
}

bool bylaw__is_redirect(int status, struct bylaw_span headers)
{
    return (status == 301 || status == 302 || status == 303 || status == 307 ||
            status == 308) &&
           bylaw__header_value(headers, "location").len;
}

int64_t bylaw__retry_after_ms(struct bylaw_span headers, int64_t now_ms)
{
    struct bylaw_span value = bylaw__header_value(headers, "retry-after");
    char text[DATE_BYTES];
    int64_t ms = 0;

    if (!value.len || value.len >= sizeof(text))
        return 0;
    snprintf(text, sizeof(text), "%.*s", (int)value.len, value.ptr);
    if (strspn(text, "0123456789") == value.len) {
        ms = value.len > SECONDS_DIGITS ? BYLAW_LIMIT_RETRY_AFTER_MS
                                        : strtoll(text, NULL, 10) * 1000;
    } else {
        time_t at = curl_getdate(text, NULL);

        ms = at > 0 ? (int64_t)at * 1000 - now_ms : 0;
    }
    if (ms > BYLAW_LIMIT_RETRY_AFTER_MS)
        ms = BYLAW_LIMIT_RETRY_AFTER_MS;
    return ms > 0 ? ms : 0;
}
