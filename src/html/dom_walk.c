/* SPDX-License-Identifier: Apache-2.0 */
/* Going about a finished tree. */
#include "dom_int.h"

#include <stdlib.h>

const struct bylaw__node *bylaw__dom_root(const bylaw__dom *dom)
{
    return dom->root;
}

bool bylaw__dom_is_quirks(const bylaw__dom *dom)
{
    return dom->is_quirks;
}

void bylaw__dom_free(bylaw__dom *dom)
{
    if (!dom)
        return;
    bylaw__arena_release(&dom->arena);
    free(dom);
}

const struct bylaw__node *bylaw__node_skip(const struct bylaw__node *node,
                                           const struct bylaw__node *root)
{
    while (node && node != root) {
        if (node->next)
            return node->next;
        node = node->parent;
    }
    return NULL;
}

const struct bylaw__node *bylaw__node_next(const struct bylaw__node *node,
                                           const struct bylaw__node *root)
{
    return node->first_child ? node->first_child : bylaw__node_skip(node, root);
}

const struct bylaw__attr *bylaw__node_attr(const struct bylaw__node *node,
                                           const char *name)
{
    for (uint32_t i = 0; i < node->attr_count; i++)
        if (!strcmp(node->attrs[i].name, name))
            return &node->attrs[i];
    return NULL;
}

struct bylaw_span bylaw__node_value(const struct bylaw__node *node,
                                    const char *name)
{
    const struct bylaw__attr *attr = bylaw__node_attr(node, name);

    return attr ? attr->value : (struct bylaw_span){NULL, 0};
}

bool bylaw__node_is(const struct bylaw__node *node, const char *tag)
{
    return node->kind == BYLAW__NODE_ELEMENT && !strcmp(node->name, tag);
}
