/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is freed all at once. */
#include "base.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#define DEFAULT_CEILING ((size_t)1 << 30)
#define HIGHEST_CEILING (SIZE_MAX / 4) /* sums below it cannot wrap round */
#define FIRST_CHUNK     ((size_t)4096)
#define LARGEST_CHUNK   ((size_t)1 << 20)
#define ALIGNMENT       (_Alignof(max_align_t))

struct bylaw__arena_chunk {
    struct bylaw__arena_chunk *next;
    size_t cap, used;
    void *adopted; /* made elsewhere, freed with the chunk */
    max_align_t bytes[];
};

void bylaw__arena_init(struct bylaw__arena *arena, size_t ceiling)
{
    memset(arena, 0, sizeof(*arena));
    arena->ceiling = ceiling;
}

void bylaw__arena_release(struct bylaw__arena *arena)
{
    if (!arena)
        return;
    while (arena->chunks) {
        struct bylaw__arena_chunk *next = arena->chunks->next;

        free(arena->chunks->adopted);
        free(arena->chunks);
        arena->chunks = next;
    }
    arena->used = 0;
}

static struct bylaw__arena_chunk *add_chunk(struct bylaw__arena *arena,
                                            size_t size)
{
    size_t cap = arena->chunks ? arena->chunks->cap * 2 : FIRST_CHUNK;
    struct bylaw__arena_chunk *chunk;

    if (cap > LARGEST_CHUNK)
        cap = LARGEST_CHUNK;
    if (cap < size)
        cap = size;
    chunk = malloc(sizeof(*chunk) + cap);
    if (!chunk)
        return NULL;
    chunk->cap = cap;
    chunk->used = 0;
    chunk->adopted = NULL;
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    return chunk;
}

/* A chunk without room: the first one, which may have some, stays first. */
static struct bylaw__arena_chunk *add_adopted(struct bylaw__arena *arena)
{
    struct bylaw__arena_chunk *chunk = calloc(1, sizeof(*chunk));

    if (!chunk)
        return NULL;
    if (arena->chunks) {
        chunk->next = arena->chunks->next;
        arena->chunks->next = chunk;
    } else {
        arena->chunks = chunk;
    }
    return chunk;
}

void *bylaw__arena_alloc(struct bylaw__arena *arena, size_t size)
{
    size_t ceiling = arena->ceiling ? arena->ceiling : DEFAULT_CEILING;
    struct bylaw__arena_chunk *chunk = arena->chunks;
    char *room;

    if (ceiling > HIGHEST_CEILING)
        ceiling = HIGHEST_CEILING;
    if (arena->failed || size > ceiling)
        goto fail;
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size > ceiling || arena->used > ceiling - size)
        goto fail;
    if (!chunk || chunk->cap - chunk->used < size)
        chunk = add_chunk(arena, size);
    if (!chunk)
        goto fail;
    room = (char *)chunk->bytes + chunk->used;
    chunk->used += size;
    arena->used += size;
    memset(room, 0, size);
    return room;
fail:
    arena->failed = true;
    return NULL;
}

void *bylaw__arena_alloc_array(struct bylaw__arena *arena, size_t count,
                               size_t size)
{
    if (size && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    return bylaw__arena_alloc(arena, count * size);
}

char *bylaw__arena_copy(struct bylaw__arena *arena, struct bylaw_span s)
{
    char *copy = bylaw__arena_alloc(arena, s.len + 1);

    if (copy && s.len)
        memcpy(copy, s.ptr, s.len);
    return copy;
}

char *bylaw__arena_strdup(struct bylaw__arena *arena, const char *text)
{
    return bylaw__arena_copy(arena, bylaw__span_of(text));
}

struct bylaw_span bylaw__arena_take(struct bylaw__arena *arena,
                                    struct bylaw__buf *buf)
{
    size_t ceiling = arena->ceiling ? arena->ceiling : DEFAULT_CEILING;
    struct bylaw_span taken = bylaw__buf_span(buf);
    struct bylaw__arena_chunk *chunk = NULL;

    if (!buf->ptr)
        return bylaw__arena_span(arena, taken);
    if (!arena->failed && buf->cap <= ceiling &&
        arena->used <= ceiling - buf->cap)
        chunk = add_adopted(arena);
    if (!chunk) {
        arena->failed = true;
        return (struct bylaw_span){NULL, 0};
    }
    arena->used += buf->cap;
    chunk->adopted = buf->ptr;
    buf->ptr = NULL;
    buf->len = buf->cap = 0;
    return taken;
}

struct bylaw_span bylaw__arena_span(struct bylaw__arena *arena,
                                    struct bylaw_span s)
{
    char *copy = bylaw__arena_copy(arena, s);

    return (struct bylaw_span){copy, copy ? s.len : 0};
}

char *bylaw__arena_printf(struct bylaw__arena *arena, const char *fmt, ...)
{
    va_list args;
    int len;
    char *room;

    va_start(args, fmt);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0) {
        arena->failed = true;
        return NULL;
    }
    room = bylaw__arena_alloc(arena, (size_t)len + 1);
    if (!room)
        return NULL;
    va_start(args, fmt);
    vsnprintf(room, (size_t)len + 1, fmt, args);
    va_end(args);
    return room;
}
