/* SPDX-License-Identifier: Apache-2.0 */
/* A document under construction: its arrays grow here, each with a ceiling. */
#include "extract_int.h"

#include <stdlib.h>

#define WHERE "extract"

/* Copies s into the arena; empty spans become "" so that ptr is never NULL. */
static int copy_span(struct bylaw__extraction *x, struct bylaw_span *s,
                     struct bylaw_error *err)
{
    *s = bylaw__arena_span(x->arena, *s);
    return s->ptr ? 0 : bylaw__fail_memory(err, WHERE);
}

int bylaw__extraction_incomplete(struct bylaw__extraction *x,
                                 const char *reason, struct bylaw_error *err)
{
    char *copy;

    for (size_t i = 0; i < x->reason_count; i++)
        if (!strcmp(x->reasons[i], reason))
            return 0;
    if (bylaw__vec_grow(&x->reasons, &x->reason_cap, x->reason_count + 1,
                        sizeof(*x->reasons)))
        return bylaw__fail_memory(err, WHERE);
    copy = bylaw__arena_strdup(x->arena, reason);
    if (!copy)
        return bylaw__fail_memory(err, WHERE);
    x->reasons[x->reason_count++] = copy;
    return 0;
}

int bylaw__extraction_add_block(struct bylaw__extraction *x,
                                const struct bylaw_block *block,
                                struct bylaw_error *err)
{
    struct bylaw_block *added;
    struct bylaw__textmap *map;

    if (x->block_count >= BYLAW_LIMIT_BLOCKS)
        return bylaw__extraction_incomplete(
            x, "the page has more blocks than are read", err);
    if (bylaw__vec_grow(&x->blocks, &x->block_cap, x->block_count + 1,
                        sizeof(*x->blocks)))
        return bylaw__fail_memory(err, WHERE);
    added = &x->blocks[x->block_count];
    *added = *block;
    if (copy_span(x, &added->text, err))
        return BYLAW_ENOMEM;
    map = bylaw__arena_alloc_array(x->arena, block->map_count, sizeof(*map));
    if (!map)
        return bylaw__fail_memory(err, WHERE);
    if (block->map_count)
        memcpy(map, block->map, block->map_count * sizeof(*map));
    added->map = map;
    x->block_count++;
    return 0;
}

int bylaw__extraction_add_link(struct bylaw__extraction *x,
                               const struct bylaw_link *link,
                               struct bylaw_error *err)
{
    struct bylaw_link *added;

    if (x->link_count >= BYLAW_LIMIT_LINKS)
        return bylaw__extraction_incomplete(
            x, "the page has more links than are read", err);
    if (bylaw__vec_grow(&x->links, &x->link_cap, x->link_count + 1,
                        sizeof(*x->links)))
        return bylaw__fail_memory(err, WHERE);
    added = &x->links[x->link_count];
    *added = *link;
    if (copy_span(x, &added->href, err) || copy_span(x, &added->text, err))
        return BYLAW_ENOMEM;
    x->link_count++;
    return 0;
}

int bylaw__extraction_add_meta(struct bylaw__extraction *x,
                               enum bylaw_meta_key key, struct bylaw_span value,
                               struct bylaw_range bytes, const char *origin,
                               struct bylaw_error *err)
{
    struct bylaw_meta *added;

    value = bylaw__span_trim(value);
    if (!value.len)
        return 0;
    if (x->meta_count >= BYLAW_LIMIT_META_ITEMS)
        return bylaw__extraction_incomplete(
            x, "the page has more metadata than is read", err);
    if (bylaw__vec_grow(&x->metas, &x->meta_cap, x->meta_count + 1,
                        sizeof(*x->metas)))
        return bylaw__fail_memory(err, WHERE);
    added = &x->metas[x->meta_count];
    added->key = key;
    added->value = value;
    added->bytes = bytes;
    added->origin = origin;
    if (copy_span(x, &added->value, err))
        return BYLAW_ENOMEM;
    x->meta_count++;
    return 0;
}
