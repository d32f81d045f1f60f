/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page's text as blocks and its addresses as links, in one walk.
 *
 * A block is a run of inline content between box boundaries or two <br>; it
 * also ends where visibility changes and where the text is no longer in page
 * order (misnested tables move text), so that every block has one visibility
 * and one byte range that overlaps no other.
 */
#include "page_int.h"

#include <stdlib.h>

#define NO_LINK      SIZE_MAX
#define HINT_STEPS   16u   /* inline elements looked at above a text */
#define LINK_LETTERS 2000u /* of a link's own text; more is a page, no link */

struct walker {
    struct bylaw__page *page;
    struct bylaw__extraction *x;
    struct bylaw_error *err;
    struct bylaw__run run, link_run;
    uint32_t element;      /* ordinal of the open element */
    uint32_t next_element; /* ordinal the next one will have */
    uint32_t run_element;  /* lowest one that holds all of the run */
    unsigned run_hints;    /* of inline elements inside the run */
    uint32_t run_link_letters;
    uint32_t breaks;       /* <br> in a row */
    size_t first_link;     /* first link of the run */
    size_t open_link;      /* the <a> that is open, or NO_LINK */
    uint32_t link_element; /* its ordinal */
    bool is_boxed_end;     /* a boxed inline element has just ended */
    uint32_t *order;       /* heap: page offsets of all text, sorted; only
                              where the tree is not in page order */
    size_t order_count;
    size_t last_rank;
    int rc;
};

static struct bylaw__element *element_at(const struct walker *w, uint32_t i)
{
    return &w->page->elements[i];
}

static int note_block(struct walker *w)
{
    struct bylaw__page *page = w->page;
    size_t count = w->x->block_count;

    if (bylaw__vec_grow(&page->block_elements, &page->block_element_cap,
                        count + 1, sizeof(*page->block_elements)) ||
        bylaw__vec_grow(&page->block_hints, &page->block_hint_cap, count + 1,
                        sizeof(*page->block_hints)))
        return bylaw__fail_memory(w->err, "extract");
    page->block_elements[count] = w->run_element;
    page->block_hints[count] = w->run_hints;
    return 0;
}

/* Links opened since the last block belong to this one; an <a> that began
 * earlier and is still open covers it too. */
static void claim_links(struct walker *w, struct bylaw_block *block)
{
    size_t first = w->first_link;

    if (w->open_link != NO_LINK && w->open_link < first)
        first = w->open_link;
    block->first_link = (uint32_t)first;
    block->link_count = (uint32_t)(w->x->link_count - first);
    for (size_t i = w->first_link; i < w->x->link_count; i++)
        w->x->links[i].block = (uint32_t)w->x->block_count;
    if (first < w->first_link && w->x->links[first].block == UINT32_MAX)
        w->x->links[first].block = (uint32_t)w->x->block_count;
}

static void flush_text(struct walker *w)
{
    struct bylaw_block block = {0};
    const struct bylaw__element *owner = element_at(w, w->run_element);
    const struct bylaw__element *box = element_at(w, owner->box);

    bylaw__run_into(&w->run, &block);
    block.tag = box->name;
    block.container = box->parent == BYLAW__NO_ELEMENT ? 0 : box->parent;
    block.depth = box->node->depth;
    block.zone_why = "";
    block.visibility = owner->visibility;
    block.visibility_why = owner->visibility_why;
    block.link_density =
        w->run.letters ? (float)w->run_link_letters / (float)w->run.letters : 0;
    block.heading = owner->heading;
    block.is_quote = (owner->inside & BYLAW__INSIDE_QUOTE) != 0;
    block.is_caption = (owner->inside & BYLAW__INSIDE_CAPTION) != 0;
    block.is_list_item = (owner->inside & BYLAW__INSIDE_LI) != 0;
    claim_links(w, &block);
    if (w->run.failed || w->run.text.failed || note_block(w))
        w->rc = bylaw__fail_memory(w->err, "extract");
    else
        w->rc = bylaw__extraction_add_block(w->x, &block, w->err);
}

/* Ends the run, if there is one. */
static void flush(struct walker *w)
{
    if (w->run.text.len && !w->rc)
        flush_text(w);
    bylaw__run_clear(&w->run);
    w->run_hints = 0;
    w->run_link_letters = 0;
    w->breaks = 0;
    w->is_boxed_end = false;
    /* An <a> still open and without a block waits for the next one. */
    w->first_link = w->x->link_count;
}

/* -------------------------------------------------------------- links --- */

static void end_link(struct walker *w)
{
    struct bylaw_span text;

    if (w->open_link == NO_LINK)
        return;
    text = bylaw__arena_span(w->x->arena, bylaw__buf_span(&w->link_run.text));
    if (!text.ptr || w->link_run.failed || w->link_run.text.failed)
        w->rc = bylaw__fail_memory(w->err, "extract");
    w->x->links[w->open_link].text = text;
    bylaw__run_clear(&w->link_run);
    w->open_link = NO_LINK;
}

static void add_alt(struct walker *w, const struct bylaw__node *img)
{
    const struct bylaw__attr *alt = bylaw__node_attr(img, "alt");

    if (!alt || w->open_link == NO_LINK || w->link_run.text.len > LINK_LETTERS)
        return;
    bylaw__run_break(&w->link_run, img->bytes.begin, 0);
    bylaw__run_add(&w->link_run, alt->value, alt->bytes.begin,
                   alt->bytes.end - alt->bytes.begin);
    bylaw__run_break(&w->link_run, img->bytes.end, 0);
}

/* The attribute that holds a tag's address; NULL for tags without one. */
static const char *address_name(enum bylaw__tag tag)
{
    switch (tag) {
    case BYLAW__TAG_A:
    case BYLAW__TAG_AREA:
    case BYLAW__TAG_LINK:
        return "href";
    case BYLAW__TAG_IFRAME:
    case BYLAW__TAG_IMG:
    case BYLAW__TAG_SCRIPT:
        return "src";
    default:
        return NULL;
    }
}

/* A picture's address. Where scripts load it only once it comes into view, src
 * is missing or holds a picture of nothing ("data:image/gif..."). */
static const struct bylaw__attr *picture_address(const struct bylaw__node *img)
{
    static const char *const names[] = {"data-src", "data-lazy-src", "srcset",
                                        "data-srcset"};
    const struct bylaw__attr *src = bylaw__node_attr(img, "src");

    if (src &&
        !bylaw__span_starts_nocase(bylaw__span_trim(src->value), "data:"))
        return src;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const struct bylaw__attr *lazy = bylaw__node_attr(img, names[i]);

        if (lazy && bylaw__span_trim(lazy->value).len)
            return lazy;
    }
    return src;
}

/* The first address of a list as srcset has them: "a.png 1x, b.png 2x". */
static struct bylaw_span first_address(struct bylaw_span list)
{
    size_t end = 0;

    list = bylaw__span_trim(list);
    while (end < list.len && !bylaw__is_space((unsigned char)list.ptr[end]))
        end++;
    list.len = end;
    if (bylaw__span_ends(list, ","))
        list.len--;
    return list;
}

/* The attribute with an element's address; NULL where it has none. */
static const struct bylaw__attr *address_of(const struct bylaw__element *e,
                                            const char *name)
{
    const struct bylaw__attr *address;

    if (e->tag == BYLAW__TAG_IMG)
        return picture_address(e->node);
    address = bylaw__node_attr(e->node, name);
    if (!address && e->node->is_foreign)
        address = bylaw__node_attr(e->node, "xlink:href");
    return address;
}

static void add_link(struct walker *w, const struct bylaw__element *e)
{
    const char *name = address_name(e->tag);
    const struct bylaw__attr *href;
    struct bylaw_link link = {0};

    if (!name)
        return;
    href = address_of(e, name);
    if (!href && e->tag != BYLAW__TAG_A)
        return;
    link.bytes = e->node->bytes;
    if (href) {
        link.href = bylaw__span_ends(bylaw__span_of(href->name), "srcset")
                        ? first_address(href->value)
                        : href->value;
        link.href_bytes = href->bytes;
    }
    link.text = e->tag == BYLAW__TAG_A ? BYLAW__SPAN("")
                                       : bylaw__node_value(e->node, "alt");
    link.element = e->name;
    link.visibility = e->visibility;
    link.visibility_why = e->visibility_why;
    link.block = UINT32_MAX;
    w->rc =
        bylaw__extraction_resolve(w->x, &link, href != NULL,
                                  bylaw__node_value(e->node, "rel"), w->err);
    if (!w->rc)
        w->rc = bylaw__extraction_add_link(w->x, &link, w->err);
}

static void begin_link(struct walker *w, const struct bylaw__element *e)
{
    size_t count = w->x->link_count;

    if (e->tag == BYLAW__TAG_A)
        end_link(w);
    add_link(w, e);
    if (w->rc || w->x->link_count == count)
        return;
    if (bylaw__vec_grow(&w->page->link_elements, &w->page->link_element_cap,
                        w->x->link_count, sizeof(*w->page->link_elements))) {
        w->rc = bylaw__fail_memory(w->err, "extract");
        return;
    }
    w->page->link_elements[count] = w->element;
    if (e->tag == BYLAW__TAG_A) {
        w->open_link = count;
        w->link_element = w->element;
    }
}

/* --------------------------------------------------------------- text --- */

static bool is_blank(struct bylaw_span text)
{
    return bylaw__span_trim(text).len == 0;
}

/* True where a piece of text does not follow the last one on the page. */
static bool is_out_of_order(struct walker *w, uint32_t page_off)
{
    size_t low = 0, high = w->order_count;

    if (!w->order)
        return false;
    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (w->order[mid] < page_off)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == w->last_rank || low == w->last_rank + 1) {
        w->last_rank = low;
        return false;
    }
    w->last_rank = low;
    return true;
}

/* The run's element rises until it holds the new text too; what it leaves
 * below tells about the run (a byline's class, an author link). */
static void join_element(struct walker *w)
{
    unsigned steps = 0;

    if (!w->run.text.len)
        w->run_element = w->element;
    while (!bylaw__page_within(w->page, w->element, w->run_element)) {
        w->run_hints |= element_at(w, w->run_element)->hints;
        w->run_element = element_at(w, w->run_element)->parent;
    }
    for (uint32_t i = w->element; i != w->run_element && steps < HINT_STEPS;
         i = element_at(w, i)->parent, steps++)
        w->run_hints |= element_at(w, i)->hints;
}

static bool shows_differently(const struct walker *w)
{
    const struct bylaw__element *now = element_at(w, w->element);
    const struct bylaw__element *run = element_at(w, w->run_element);

    return now->visibility != run->visibility;
}

static void add_piece(struct walker *w, struct bylaw_span text,
                      uint32_t page_off, uint32_t page_len)
{
    uint32_t letters;

    if (is_blank(text)) {
        bylaw__run_add(&w->run, text, page_off, page_len);
        bylaw__run_add(&w->link_run, text, page_off, page_len);
        return;
    }
    if (w->run.text.len &&
        (shows_differently(w) || is_out_of_order(w, page_off)))
        flush(w);
    join_element(w);
    letters = w->run.letters;
    w->breaks = 0;
    w->is_boxed_end = false;
    bylaw__run_add(&w->run, text, page_off, page_len);
    if (w->open_link == NO_LINK)
        return;
    w->run_link_letters += w->run.letters - letters;
    if (w->link_run.text.len < LINK_LETTERS)
        bylaw__run_add(&w->link_run, text, page_off, page_len);
}

static void add_text(struct walker *w, const struct bylaw__node *node)
{
    if (!node->map_count)
        add_piece(w, node->text, node->bytes.begin,
                  node->bytes.end - node->bytes.begin);
    for (uint32_t i = 0; i < node->map_count; i++) {
        const struct bylaw__textmap *m = &node->map[i];

        add_piece(w,
                  bylaw__span_sub(node->text, m->text_off,
                                  (size_t)m->text_off + m->text_len),
                  m->page_off, m->page_len);
    }
}

/* ----------------------------------------------------------- the walk --- */

static void add_break(struct walker *w, const struct bylaw__node *br)
{
    uint32_t len = br->bytes.end - br->bytes.begin;

    if (++w->breaks >= 2) {
        flush(w);
        return;
    }
    bylaw__run_break(&w->run, br->bytes.begin, len);
    bylaw__run_break(&w->link_run, br->bytes.begin, len);
}

static void enter_element(struct walker *w, const struct bylaw__node *node)
{
    const struct bylaw__element *e;

    w->element = w->next_element++;
    e = element_at(w, w->element);
    if (e->flags & BYLAW__TAG_IS_BLOCK) {
        flush(w);
        if (w->open_link != NO_LINK)
            bylaw__run_break(&w->link_run, node->bytes.begin, 0);
    } else if ((e->flags & BYLAW__TAG_IS_BOXED) && w->is_boxed_end) {
        /* Two boxed elements with nothing between stand apart on the screen:
         * "<span>A. Adel</span><span>May 1</span>". */
        bylaw__run_break(&w->run, node->bytes.begin, 0);
    }
    if (e->tag == BYLAW__TAG_BR)
        add_break(w, node);
    begin_link(w, e);
    if (e->tag == BYLAW__TAG_IMG)
        add_alt(w, node);
}

static void leave_element(struct walker *w, const struct bylaw__node *node)
{
    const struct bylaw__element *e = element_at(w, w->element);

    if (w->open_link != NO_LINK && w->link_element == w->element)
        end_link(w);
    if (e->flags & BYLAW__TAG_IS_BLOCK) {
        flush(w);
        if (w->open_link != NO_LINK)
            bylaw__run_break(&w->link_run, node->bytes.end, 0);
    }
    if (w->run.text.len && (e->flags & BYLAW__TAG_IS_BOXED))
        w->is_boxed_end = true;
    w->element = e->parent;
}

static void visit(struct walker *w, const struct bylaw__node *node)
{
    if (node->kind == BYLAW__NODE_ELEMENT)
        enter_element(w, node);
    else if (node->kind == BYLAW__NODE_TEXT &&
             w->element != BYLAW__NO_ELEMENT &&
             !(element_at(w, w->element)->inside & BYLAW__INSIDE_MUTE))
        add_text(w, node);
}

static void walk(struct walker *w)
{
    const struct bylaw__node *root = bylaw__dom_root(w->x->dom);
    const struct bylaw__node *node = root;

    while (node && !w->rc) {
        visit(w, node);
        if (node->first_child) {
            node = node->first_child;
            continue;
        }
        for (; node && node != root; node = node->parent) {
            if (node->kind == BYLAW__NODE_ELEMENT)
                leave_element(w, node);
            if (node->next)
                break;
        }
        node = node && node != root ? node->next : NULL;
    }
}

int bylaw__page_blocks(struct bylaw__page *page, struct bylaw_error *err)
{
    struct walker w = {.page = page, .x = page->x, .err = err};

    w.element = BYLAW__NO_ELEMENT;
    w.open_link = NO_LINK;
    w.rc = bylaw__page_text_order(&w.order, &w.order_count, page, err);
    if (!w.rc)
        walk(&w);
    if (!w.rc)
        flush(&w);
    if (!w.rc && w.order)
        w.rc = bylaw__page_order_blocks(page, err);
    if (!w.rc)
        bylaw__page_sum(page);
    bylaw__run_release(&w.run);
    bylaw__run_release(&w.link_run);
    free(w.order);
    return w.rc;
}
