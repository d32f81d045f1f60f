/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Page order. The HTML standard moves text out of misnested tables, so that
 * tree order and byte order part; blocks are then cut where they part and put
 * back into the order of the bytes.
 */
#include "page_int.h"

#include <stdlib.h>

struct offsets {
    uint32_t *items; /* heap */
    size_t count, cap;
    bool is_sorted;
};

static int add_offset(struct offsets *list, uint32_t offset)
{
    if (bylaw__vec_grow(&list->items, &list->cap, list->count + 1,
                        sizeof(*list->items)))
        return BYLAW_ENOMEM;
    if (list->count && list->items[list->count - 1] > offset)
        list->is_sorted = false;
    list->items[list->count++] = offset;
    return 0;
}

static int add_text(struct offsets *list, const struct bylaw__node *node)
{
    int rc = 0;

    if (!node->map_count)
        return add_offset(list, node->bytes.begin);
    for (uint32_t i = 0; i < node->map_count && !rc; i++) {
        const struct bylaw__textmap *m = &node->map[i];
        struct bylaw_span text =
            bylaw__span_sub(node->text, m->text_off,
                            (size_t)m->text_off + m->text_len);

        if (bylaw__span_trim(text).len)
            rc = add_offset(list, m->page_off);
    }
    return rc;
}

static int compare_offset(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

int bylaw__page_text_order(uint32_t **out, size_t *out_count,
                           const struct bylaw__page *page,
                           struct bylaw_error *err)
{
    const struct bylaw__node *root = bylaw__dom_root(page->x->dom);
    struct offsets list = {.is_sorted = true};
    int rc = 0;

    for (const struct bylaw__node *node = root; node && !rc;
         node = bylaw__node_next(node, root))
        if (node->kind == BYLAW__NODE_TEXT)
            rc = add_text(&list, node);
    if (rc)
        goto done;
    if (!list.is_sorted && list.count) {
        qsort(list.items, list.count, sizeof(*list.items), compare_offset);
        *out = list.items;
        *out_count = list.count;
        list.items = NULL;
    }
done:
    free(list.items);
    return rc ? bylaw__fail_memory(err, "extract") : 0;
}

/* ------------------------------------------------------ sorting blocks --- */

struct slot {
    struct bylaw_block block;
    uint32_t number, element;
    unsigned hints;
};

static int compare_slot(const void *a, const void *b)
{
    const struct slot *x = a, *y = b;

    if (x->block.bytes.begin != y->block.bytes.begin)
        return x->block.bytes.begin < y->block.bytes.begin ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void renumber_links(struct bylaw__extraction *x,
                           const uint32_t *new_number)
{
    for (size_t i = 0; i < x->link_count; i++)
        if (x->links[i].block != UINT32_MAX)
            x->links[i].block = new_number[x->links[i].block];
}

int bylaw__page_order_blocks(struct bylaw__page *page, struct bylaw_error *err)
{
    struct bylaw__extraction *x = page->x;
    struct slot *slots = calloc(x->block_count + 1, sizeof(*slots));
    uint32_t *new_number = calloc(x->block_count + 1, sizeof(*new_number));
    int rc = slots && new_number ? 0 : bylaw__fail_memory(err, "extract");

    if (rc)
        goto done;
    for (uint32_t i = 0; i < x->block_count; i++)
        slots[i] = (struct slot){x->blocks[i], i, page->block_elements[i],
                                 page->block_hints[i]};
    qsort(slots, x->block_count, sizeof(*slots), compare_slot);
    for (uint32_t i = 0; i < x->block_count; i++) {
        x->blocks[i] = slots[i].block;
        page->block_elements[i] = slots[i].element;
        page->block_hints[i] = slots[i].hints;
        new_number[slots[i].number] = i;
    }
    renumber_links(x, new_number);
done:
    free(slots);
    free(new_number);
    return rc;
}

/* ---------------------------------------------------------------- sums --- */

/* Prose is what articles are made of: long blocks with few links. */
#define PROSE_WORDS   12u
#define PROSE_DENSITY 0.35F

static void add_block(struct bylaw__element *e, const struct bylaw_block *b)
{
    uint32_t letters = (uint32_t)b->text.len;

    e->words += b->words;
    e->letters += letters;
    e->link_letters += (uint32_t)(b->link_density * (float)letters);
    if (b->words >= PROSE_WORDS && b->link_density < PROSE_DENSITY)
        e->prose_words += b->words;
}

void bylaw__page_sum(struct bylaw__page *page)
{
    for (size_t i = 0; i < page->x->block_count; i++) {
        const struct bylaw_block *block = &page->x->blocks[i];

        if (bylaw__is_seen(block->visibility, block->visibility_why))
            add_block(&page->elements[page->block_elements[i]], block);
    }
    for (uint32_t i = page->element_count; i-- > 1;) {
        struct bylaw__element *e = &page->elements[i];
        struct bylaw__element *parent;

        if (e->parent == BYLAW__NO_ELEMENT)
            continue;
        parent = &page->elements[e->parent];
        parent->words += e->words;
        parent->letters += e->letters;
        parent->link_letters += e->link_letters;
        parent->prose_words += e->prose_words;
    }
}
