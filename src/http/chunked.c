/* SPDX-License-Identifier: Apache-2.0 */
/* Chunks joined to the body they were cut from. */
#include "http.h"

#define SIZE_DIGITS 8 /* hex; no chunk that fits a ceiling needs more */

/* A chunk's size in front of its line's end; extensions are passed over. */
static bool read_size(size_t *out, struct bylaw_span body, size_t *pos)
{
    size_t digits = 0, size = 0;

    while (*pos < body.len && bylaw__hex_value(body.ptr[*pos]) >= 0 &&
           digits++ < SIZE_DIGITS)
        size = size << 4 | (size_t)bylaw__hex_value(body.ptr[(*pos)++]);
    if (!digits || digits > SIZE_DIGITS)
        return false;
    while (*pos < body.len && (body.ptr[*pos] == ' ' || body.ptr[*pos] == '\t'))
        (*pos)++;
    if (*pos < body.len && body.ptr[*pos] == ';')
        while (*pos < body.len && body.ptr[*pos] != '\r' &&
               body.ptr[*pos] != '\n')
            (*pos)++;
    *out = size;
    return true;
}

static bool end_line(struct bylaw_span body, size_t *pos)
{
    *pos += *pos < body.len && body.ptr[*pos] == '\r';
    if (*pos >= body.len || body.ptr[*pos] != '\n')
        return false;
    (*pos)++;
    return true;
}

enum bylaw__chunked bylaw__chunks_join(struct bylaw__buf *out,
                                       struct bylaw_span body)
{
    size_t pos = 0, size = 0;

    bylaw__buf_clear(out);
    if (!read_size(&size, body, &pos) || !end_line(body, &pos))
        return BYLAW__CHUNKED_NOT;
    while (size) {
        size_t rest = body.len - pos;

        bylaw__buf_add(out, body.ptr + pos, size < rest ? size : rest);
        if (size > rest)
            return BYLAW__CHUNKED_CUT;
        pos += size;
        if (!end_line(body, &pos) || !read_size(&size, body, &pos) ||
            !end_line(body, &pos))
            return BYLAW__CHUNKED_CUT;
    }
    return BYLAW__CHUNKED_WHOLE;
}
