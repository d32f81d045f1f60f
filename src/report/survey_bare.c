/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An audit's JSON without its passages: nine tenths of its bytes, which only
 * the view of one case shows. They are left out before it is parsed.
 */
#include "survey_int.h"

/* Just past the string that begins at a quote: a quote after an even number of
 * backslashes ends it. */
static size_t skip_string(struct bylaw_span json, size_t at)
{
    size_t begin = at + 1, slashes;
    const char *quote;

    for (at = begin; at < json.len; at++) {
        quote = memchr(json.ptr + at, '"', json.len - at);
        if (!quote)
            return json.len;
        at = (size_t)(quote - json.ptr);
        for (slashes = 0;
             at - slashes > begin && quote[-1 - (ptrdiff_t)slashes] == '\\';)
            slashes++;
        if (slashes % 2 == 0)
            return at + 1;
    }
    return json.len;
}

/* Just past the value that begins here: at the comma or brace after it. */
static size_t skip_value(struct bylaw_span json, size_t at)
{
    size_t depth = 0;

    while (at < json.len) {
        char c = json.ptr[at];

        if (c == '"') {
            at = skip_string(json, at);
            continue;
        }
        if (c == '[' || c == '{')
            depth++;
        else if ((c == ']' || c == '}') && depth)
            depth--;
        else if (!depth && (c == ',' || c == '}'))
            break;
        at++;
    }
    return at;
}

/* The comma before a member of the outermost object, and the end of its value.
 * False where there is none, or none before it. */
static bool find_member(struct bylaw_range *out, struct bylaw_span json,
                        const char *key)
{
    size_t at = 1;

    while (at < json.len && json.ptr[at - 1] != '}') {
        size_t end = skip_value(json, at);

        if (bylaw__span_starts(bylaw__span_sub(json, at, end), key) &&
            json.ptr[at - 1] == ',') {
            *out = (struct bylaw_range){(uint32_t)(at - 1), (uint32_t)end};
            return true;
        }
        at = end + 1;
    }
    return false;
}

/* Where the passages stand, with the comma before them; empty for none. */
static struct bylaw_range find_passages(struct bylaw_span audit)
{
    struct bylaw_range cut = {0, 0};

    if (audit.len && audit.len <= BYLAW_LIMIT_STORE_VALUE &&
        audit.ptr[0] == '{' && find_member(&cut, audit, "\"passages\":"))
        return cut;
    return (struct bylaw_range){0, 0};
}

size_t bylaw__audit_passages(struct bylaw_span audit)
{
    struct bylaw_range cut = find_passages(audit);

    return cut.end - cut.begin;
}

void bylaw__audit_bare(struct bylaw__buf *out, struct bylaw_span audit)
{
    struct bylaw_range cut = find_passages(audit);

    bylaw__buf_add_span(out, bylaw__span_sub(audit, 0, cut.begin));
    bylaw__buf_add_span(out, bylaw__span_sub(audit, cut.end, audit.len));
}
