/* SPDX-License-Identifier: Apache-2.0 */
/* Buffers that know their ceiling, and the growth rule vectors share. */
#include "base.h"

#include <stdio.h>
#include <stdlib.h>

#define DEFAULT_CEILING ((size_t)1 << 30)
/* No ceiling is so high that doubling a size below it could wrap round. */
#define HIGHEST_CEILING (SIZE_MAX / 4)

void bylaw__buf_init(struct bylaw__buf *buf, size_t ceiling)
{
    memset(buf, 0, sizeof(*buf));
    buf->ceiling = ceiling;
}

void bylaw__buf_release(struct bylaw__buf *buf)
{
    if (!buf)
        return;
    free(buf->ptr);
    buf->ptr = NULL;
    buf->len = buf->cap = 0;
}

void bylaw__buf_clear(struct bylaw__buf *buf)
{
    buf->len = 0;
    buf->failed = false;
    if (buf->ptr)
        buf->ptr[0] = '\0';
}

char *bylaw__buf_reserve(struct bylaw__buf *buf, size_t len)
{
    size_t ceiling = buf->ceiling ? buf->ceiling : DEFAULT_CEILING;
    size_t cap;
    char *grown;

    if (ceiling > HIGHEST_CEILING)
        ceiling = HIGHEST_CEILING;
    if (buf->failed || len > ceiling || buf->len > ceiling - len) {
        buf->failed = true;
        return NULL;
    }
    if (buf->len + len + 1 <= buf->cap)
        return buf->ptr + buf->len;
    cap = buf->cap ? buf->cap : 64;
    while (cap < buf->len + len + 1)
        cap *= 2;
    grown = realloc(buf->ptr, cap);
    if (!grown) {
        buf->failed = true;
        return NULL;
    }
    buf->ptr = grown;
    buf->cap = cap;
    return buf->ptr + buf->len;
}

void bylaw__buf_add(struct bylaw__buf *buf, const void *bytes, size_t len)
{
    char *room = bylaw__buf_reserve(buf, len);

    if (!room)
        return;
    if (len)
        memcpy(room, bytes, len);
    buf->len += len;
    buf->ptr[buf->len] = '\0';
}

void bylaw__buf_add_span(struct bylaw__buf *buf, struct bylaw_span s)
{
    bylaw__buf_add(buf, s.ptr, s.len);
}

void bylaw__buf_add_text(struct bylaw__buf *buf, const char *text)
{
    bylaw__buf_add(buf, text, strlen(text));
}

void bylaw__buf_add_char(struct bylaw__buf *buf, char c)
{
    char *room = bylaw__buf_reserve(buf, 1);

    if (!room)
        return;
    room[0] = c;
    room[1] = '\0';
    buf->len++;
}

void bylaw__buf_add_utf8(struct bylaw__buf *buf, uint32_t code_point)
{
    char bytes[4];

    bylaw__buf_add(buf, bytes, bylaw__utf8_put(bytes, code_point));
}

void bylaw__buf_printf(struct bylaw__buf *buf, const char *fmt, ...)
{
    va_list args;
    int len;
    char *room;

    va_start(args, fmt);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0) {
        buf->failed = true;
        return;
    }
    room = bylaw__buf_reserve(buf, (size_t)len);
    if (!room)
        return;
    va_start(args, fmt);
    vsnprintf(room, (size_t)len + 1, fmt, args);
    va_end(args);
    buf->len += (size_t)len;
}

struct bylaw_span bylaw__buf_span(const struct bylaw__buf *buf)
{
    return (struct bylaw_span){buf->ptr, buf->len};
}

char *bylaw__buf_take(struct bylaw__buf *buf, size_t *out_len)
{
    char *bytes;

    if (!buf->ptr)
        bylaw__buf_add(buf, "", 0);
    bytes = buf->failed ? NULL : buf->ptr;
    if (!bytes) {
        bylaw__buf_release(buf);
        return NULL;
    }
    if (out_len)
        *out_len = buf->len;
    buf->ptr = NULL;
    buf->len = buf->cap = 0;
    return bytes;
}

int bylaw__vec_grow(void *items_pointer, size_t *cap, size_t need, size_t elem)
{
    size_t next = *cap ? *cap : 16;
    void *items, *grown;

    if (need <= *cap)
        return 0;
    while (next < need) {
        if (next > SIZE_MAX / 2)
            return BYLAW_ENOMEM;
        next *= 2;
    }
    if (next > SIZE_MAX / elem)
        return BYLAW_ENOMEM;
    /* The caller passes &array; read and write the pointer as bytes so that
     * no array type is assumed. */
    memcpy(&items, items_pointer, sizeof(items));
    grown = realloc(items, next * elem);
    if (!grown)
        return BYLAW_ENOMEM;
    memcpy(items_pointer, &grown, sizeof(grown));
    *cap = next;
    return 0;
}
