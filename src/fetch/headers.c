/* SPDX-License-Identifier: Apache-2.0 */
/* What the header lines of an answer ask for. */
#include "fetch_int.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

#define DATE_BYTES     64 /* an HTTP date has 29 */
#define SECONDS_DIGITS 9  /* more seconds than that are a jest */

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
