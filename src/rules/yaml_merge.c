/* SPDX-License-Identifier: Apache-2.0 */
/* Inheritance: what a rule says, laid over what its family says. */
#include "rules_int.h"

/* Recursion follows the nesting of both trees, which reading has bounded. */
static const struct yaml_node *merge_any(struct bylaw__arena *arena,
                                         const struct yaml_node *parent,
                                         const struct yaml_node *child);

bool bylaw__yaml_is_removal(const struct yaml_node *item)
{
    return item->kind == YAML_MAPPING && item->count == 1 &&
           item->pairs[0].value->is_null &&
           !bylaw__span_is(item->pairs[0].key->text, "id");
}

static const struct yaml_node *id_of(const struct yaml_node *item)
{
    const struct yaml_node *id =
        item->kind == YAML_MAPPING ? bylaw__yaml_get(item, "id") : NULL;

    return id && id->kind == YAML_SCALAR && !id->is_null ? id : NULL;
}

/* Lists merge when all their items have ids, or remove one. */
static bool is_list_of_ids(const struct yaml_node *list)
{
    if (list->kind != YAML_LIST)
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (!id_of(list->pairs[i].value) &&
            !bylaw__yaml_is_removal(list->pairs[i].value))
            return false;
    return true;
}

static struct yaml_node *copy_empty(struct bylaw__arena *arena,
                                    const struct yaml_node *node)
{
    struct yaml_node *copy = bylaw__arena_alloc(arena, sizeof(*copy));

    if (copy) {
        *copy = *node;
        copy->pairs = NULL;
        copy->count = copy->cap = 0;
    }
    return copy;
}

static const struct yaml_pair *find_item(const struct yaml_node *list,
                                         struct bylaw_span id)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct yaml_node *own = id_of(list->pairs[i].value);

        if (own && bylaw__span_eq(own->text, id))
            return &list->pairs[i];
    }
    return NULL;
}

/* The item of list that removes id, or NULL. */
static const struct yaml_node *find_removal(const struct yaml_node *list,
                                            struct bylaw_span id)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct yaml_node *item = list->pairs[i].value;

        if (bylaw__yaml_is_removal(item) &&
            bylaw__span_eq(item->pairs[0].key->text, id))
            return item;
    }
    return NULL;
}

/* The family's items in their order, each under its change, if any. */
static bool add_inherited(struct bylaw__arena *arena, struct yaml_node *out,
                          const struct yaml_node *parent,
                          const struct yaml_node *child)
{
    for (size_t i = 0; i < parent->count; i++) {
        struct yaml_pair pair = parent->pairs[i];
        const struct yaml_node *id = id_of(pair.value);
        const struct yaml_pair *own = id ? find_item(child, id->text) : NULL;

        if (id && find_removal(child, id->text))
            continue;
        if (own)
            pair.value = merge_any(arena, pair.value, own->value);
        if (!pair.value || !bylaw__yaml_add(arena, out, pair))
            return false;
    }
    return true;
}

/* New items after them; a second mention stays for its reader to refuse. */
static bool add_own(struct bylaw__arena *arena, struct yaml_node *out,
                    const struct yaml_node *parent,
                    const struct yaml_node *child)
{
    for (size_t i = 0; i < child->count; i++) {
        const struct yaml_node *item = child->pairs[i].value;
        bool is_removal = bylaw__yaml_is_removal(item);
        struct bylaw_span id =
            is_removal ? item->pairs[0].key->text : id_of(item)->text;
        const struct yaml_pair *first = find_item(child, id);

        if (find_item(parent, id) && (is_removal || first == &child->pairs[i]))
            continue;
        if (!bylaw__yaml_add(arena, out, child->pairs[i]))
            return false;
    }
    return true;
}

static const struct yaml_node *merge_lists(struct bylaw__arena *arena,
                                           const struct yaml_node *parent,
                                           const struct yaml_node *child)
{
    struct yaml_node *out = copy_empty(arena, child);

    if (!out || !add_inherited(arena, out, parent, child) ||
        !add_own(arena, out, parent, child))
        return NULL;
    return out;
}

static const struct yaml_pair *find_pair(const struct yaml_node *mapping,
                                         struct bylaw_span key)
{
    for (size_t i = 0; i < mapping->count; i++)
        if (bylaw__span_eq(mapping->pairs[i].key->text, key))
            return &mapping->pairs[i];
    return NULL;
}

/* Address, date and hash are of one text: mixed with a family's they would
 * vouch for a text that nobody has read. */
static bool is_whole(const struct yaml_node *key)
{
    return bylaw__span_is(key->text, "captured");
}

static const struct yaml_node *merge_mappings(struct bylaw__arena *arena,
                                              const struct yaml_node *parent,
                                              const struct yaml_node *child)
{
    struct yaml_node *out = copy_empty(arena, child);

    for (size_t i = 0; out && i < parent->count; i++) {
        struct yaml_pair pair = parent->pairs[i];
        const struct yaml_pair *own = find_pair(child, pair.key->text);

        if (own && own->value->is_null)
            continue;
        if (own && is_whole(own->key))
            pair = *own;
        else if (own)
            pair = (struct yaml_pair){own->key,
                                      merge_any(arena, pair.value, own->value)};
        if (!pair.value || !bylaw__yaml_add(arena, out, pair))
            return NULL;
    }
    for (size_t i = 0; out && i < child->count; i++)
        if (!find_pair(parent, child->pairs[i].key->text) &&
            !bylaw__yaml_add(arena, out, child->pairs[i]))
            return NULL;
    return out;
}

static const struct yaml_node *merge_any(struct bylaw__arena *arena,
                                         const struct yaml_node *parent,
                                         const struct yaml_node *child)
{
    if (parent->kind == YAML_MAPPING && child->kind == YAML_MAPPING)
        return merge_mappings(arena, parent, child);
    if (is_list_of_ids(parent) && is_list_of_ids(child))
        return merge_lists(arena, parent, child);
    return child;
}

const struct yaml_node *bylaw__yaml_merge(struct bylaw__arena *arena,
                                          const struct yaml_node *parent,
                                          const struct yaml_node *child)
{
    return merge_mappings(arena, parent, child);
}
