/* SPDX-License-Identifier: Apache-2.0 */
/* Fields of header lines as they were received. */
#include "http.h"

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

bool bylaw__field_next(struct bylaw_span *name, struct bylaw_span *value,
                       struct bylaw_span headers, size_t *pos)
{
    while (*pos < headers.len) {
        size_t end = field_end(headers, *pos);
        struct bylaw_span field = bylaw__span_sub(headers, *pos, end);
        size_t colon = bylaw__span_find(field, BYLAW__SPAN(":"));

        *pos = end;
        if (colon == SIZE_MAX)
            continue;
        *name = bylaw__span_trim(bylaw__span_sub(field, 0, colon));
        *value = bylaw__span_trim(bylaw__span_sub(field, colon + 1, field.len));
        return true;
    }
    return false;
}

bool bylaw__header_next(struct bylaw_span *value, struct bylaw_span headers,
                        size_t *pos, const char *name)
{
    struct bylaw_span found, text;

    while (bylaw__field_next(&found, &text, headers, pos))
        if (bylaw__span_is_nocase(found, name)) {
            *value = text;
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

/* Servers write charset="utf-8", charset='utf-8' and charset=utf-8. */
static struct bylaw_span unquote(struct bylaw_span text)
{
    while (text.len && strchr("\"'", text.ptr[0]))
        text = bylaw__span_sub(text, 1, text.len);
    while (text.len && strchr("\"'", text.ptr[text.len - 1]))
        text = bylaw__span_sub(text, 0, text.len - 1);
    return bylaw__span_trim(text);
}

static struct bylaw_span charset_of(struct bylaw_span type)
{
    static const struct bylaw_span name = {"charset=", 8};
    size_t at = bylaw__span_find_nocase(type, name);

    if (at == SIZE_MAX)
        return BYLAW__SPAN("");
    type = bylaw__span_sub(type, at + name.len, type.len);
    type = bylaw__span_sub(type, 0, bylaw__span_find(type, BYLAW__SPAN(";")));
    return unquote(bylaw__span_trim(type));
}

void bylaw__content_type(const char **out_type, const char **out_charset,
                         struct bylaw__arena *arena, struct bylaw_span value)
{
    size_t semicolon = bylaw__span_find(value, BYLAW__SPAN(";"));
    struct bylaw_span essence =
        bylaw__span_trim(bylaw__span_sub(value, 0, semicolon));
    char *type = bylaw__arena_copy(arena, essence);

    for (char *p = type; p && *p; p++)
        *p = bylaw__lower(*p);
    *out_type = type;
    *out_charset = bylaw__arena_copy(arena, charset_of(value));
}
