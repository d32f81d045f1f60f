/* SPDX-License-Identifier: Apache-2.0 */
/* 64-bit keys to 64-bit values, linear probing, load at most one half. */
#include "base.h"

#include <stdlib.h>

struct bylaw__map_slot {
    uint64_t key, value;
    bool taken;
};

/* Keys may be small integers or pointers; spread them over the table. */
static size_t slot_of(uint64_t key, size_t cap)
{
    key ^= key >> 33;
    key *= 0xff51afd7ed558ccdULL;
    key ^= key >> 33;
    return (size_t)key & (cap - 1);
}

static struct bylaw__map_slot *probe(struct bylaw__map_slot *slots, size_t cap,
                                     uint64_t key)
{
    size_t i = slot_of(key, cap);

    while (slots[i].taken && slots[i].key != key)
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static int grow(struct bylaw__map *map)
{
    size_t cap = map->cap ? map->cap * 2 : 64;
    struct bylaw__map_slot *slots = calloc(cap, sizeof(*slots));

    if (!slots)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < map->cap; i++)
        if (map->slots[i].taken)
            *probe(slots, cap, map->slots[i].key) = map->slots[i];
    free(map->slots);
    map->slots = slots;
    map->cap = cap;
    return 0;
}

void bylaw__map_release(struct bylaw__map *map)
{
    free(map->slots);
    memset(map, 0, sizeof(*map));
}

int bylaw__map_put(struct bylaw__map *map, uint64_t key, uint64_t value)
{
    struct bylaw__map_slot *slot;

    if (map->count * 2 >= map->cap && grow(map))
        return BYLAW_ENOMEM;
    slot = probe(map->slots, map->cap, key);
    if (!slot->taken)
        map->count++;
    *slot = (struct bylaw__map_slot){key, value, true};
    return 0;
}

bool bylaw__map_get(const struct bylaw__map *map, uint64_t key,
                    uint64_t *out_value)
{
    const struct bylaw__map_slot *slot;

    if (!map->cap)
        return false;
    slot = probe(map->slots, map->cap, key);
    if (slot->taken && out_value)
        *out_value = slot->value;
    return slot->taken;
}

uint64_t bylaw__hash64(struct bylaw_span s)
{
    uint64_t hash = 0xcbf29ce484222325ULL;

    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.ptr[i]) * 0x100000001b3ULL;
    return hash;
}
