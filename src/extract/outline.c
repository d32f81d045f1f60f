/* SPDX-License-Identifier: Apache-2.0 */
/* The page's elements in document order, with what their names tell. */
#include "page_int.h"

#include <stdlib.h>

struct role_row {
    const char *role;
    unsigned hints;
};

/* ARIA landmark roles (WAI-ARIA 1.2, section 5.3.4) and doc-* that matter. */
static const struct role_row roles[] = {
    {"article", BYLAW__HINT_ARTICLE},
    {"banner", BYLAW__HINT_HEADER},
    {"complementary", BYLAW__HINT_SIDEBAR},
    {"contentinfo", BYLAW__HINT_FOOTER},
    {"dialog", BYLAW__HINT_POPUP},
    {"main", BYLAW__HINT_MAIN},
    {"menu", BYLAW__HINT_NAV},
    {"menubar", BYLAW__HINT_NAV},
    {"navigation", BYLAW__HINT_NAV},
    {"search", BYLAW__HINT_NAV},
    {"tablist", BYLAW__HINT_NAV},
    {"toolbar", BYLAW__HINT_TOOL},
};

static unsigned role_hints(struct bylaw_span role)
{
    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
        if (bylaw__span_has_word(role, roles[i].role))
            return roles[i].hints;
    return 0;
}

static unsigned attr_hints(const struct bylaw__attr *attr)
{
    if (!strcmp(attr->name, "class") || !strcmp(attr->name, "id"))
        return bylaw__hints_of(attr->value);
    if (!strcmp(attr->name, "role"))
        return role_hints(attr->value);
    if (!strcmp(attr->name, "rel"))
        return bylaw__span_has_word(attr->value, "author") ? BYLAW__HINT_BYLINE
                                                           : 0;
    if (strcmp(attr->name, "itemprop"))
        return 0;
    if (bylaw__span_has_word(attr->value, "articleBody"))
        return BYLAW__HINT_BODY | BYLAW__HINT_ITEMPROP_BODY;
    return bylaw__hints_of(attr->value) &
           (BYLAW__HINT_BYLINE | BYLAW__HINT_META | BYLAW__HINT_CAPTION);
}

/* Class tokens of html and body describe the page, not the element. */
static unsigned element_hints(const struct bylaw__element *e)
{
    unsigned hints = 0;

    if (e->tag == BYLAW__TAG_HTML || e->tag == BYLAW__TAG_BODY)
        return 0;
    for (uint32_t i = 0; i < e->node->attr_count; i++)
        hints |= attr_hints(&e->node->attrs[i]);
    return hints;
}

static void note_resources(struct bylaw__page *page,
                           const struct bylaw__element *e)
{
    if (e->tag == BYLAW__TAG_SCRIPT)
        page->has_scripts = true;
    if (e->tag == BYLAW__TAG_STYLE)
        page->has_styles = true;
    if (e->tag == BYLAW__TAG_LINK &&
        bylaw__span_has_word(bylaw__node_value(e->node, "rel"), "stylesheet"))
        page->has_stylesheets = true;
}

static unsigned heading_level(const struct bylaw__element *e)
{
    return e->tag == BYLAW__TAG_HEADING ? (unsigned)(e->name[1] - '0') : 0;
}

static unsigned inside_of(enum bylaw__tag tag)
{
    switch (tag) {
    case BYLAW__TAG_BLOCKQUOTE:
    case BYLAW__TAG_Q:
        return BYLAW__INSIDE_QUOTE;
    case BYLAW__TAG_CAPTION:
    case BYLAW__TAG_FIGCAPTION:
        return BYLAW__INSIDE_CAPTION;
    case BYLAW__TAG_LI:
        return BYLAW__INSIDE_LI;
    case BYLAW__TAG_HEAD:
        return BYLAW__INSIDE_HEAD;
    default:
        return 0;
    }
}

/* What the element takes over from the one it stands in. */
static void inherit(struct bylaw__page *page, struct bylaw__element *e)
{
    const struct bylaw__element *parent =
        e->parent == BYLAW__NO_ELEMENT ? NULL : &page->elements[e->parent];
    uint32_t self = (uint32_t)(e - page->elements);

    /* Spans without a class are mostly pasted formatting, not boxes. */
    if (e->tag == BYLAW__TAG_SPAN && !bylaw__node_attr(e->node, "class"))
        e->flags &= ~(unsigned)BYLAW__TAG_IS_BOXED;
    e->inside = inside_of(e->tag);
    if (e->flags & BYLAW__TAG_IS_MUTE)
        e->inside |= BYLAW__INSIDE_MUTE;
    if (e->tag == BYLAW__TAG_ARTICLE || e->tag == BYLAW__TAG_MAIN ||
        (e->hints & (BYLAW__HINT_BODY | BYLAW__HINT_ARTICLE)))
        e->inside |= BYLAW__INSIDE_ARTICLE;
    e->heading = heading_level(e);
    e->box = self;
    if (!parent)
        return;
    e->inside |= parent->inside;
    if (!e->heading)
        e->heading = parent->heading;
    if (!(e->flags & BYLAW__TAG_IS_BLOCK))
        e->box = parent->box;
}

static int add_element(struct bylaw__page *page, const struct bylaw__node *node,
                       uint32_t parent, struct bylaw_error *err)
{
    struct bylaw__element *e;

    if (bylaw__vec_grow(&page->elements, &page->element_cap,
                        page->element_count + (size_t)1, sizeof(*e)))
        return bylaw__fail_memory(err, "extract");
    e = &page->elements[page->element_count++];
    memset(e, 0, sizeof(*e));
    e->node = node;
    e->parent = parent;
    e->zone_why = e->visibility_why = "";
    e->tag = bylaw__tag_of(node->name, &e->name, &e->flags);
    e->hints = element_hints(e);
    inherit(page, e);
    note_resources(page, e);
    return 0;
}

static void count_letters(struct bylaw__element *e, struct bylaw_span text)
{
    if (!(e->inside & BYLAW__INSIDE_MUTE))
        e->raw_letters += (uint32_t)bylaw__span_trim(text).len;
}

/* Returns the element that is open then. */
static uint32_t close_element(struct bylaw__page *page, uint32_t i)
{
    uint32_t parent = page->elements[i].parent;

    page->elements[i].end = page->element_count;
    if (parent != BYLAW__NO_ELEMENT)
        page->elements[parent].raw_letters += page->elements[i].raw_letters;
    return parent;
}

int bylaw__page_outline(struct bylaw__page *page, struct bylaw_error *err)
{
    const struct bylaw__node *root = bylaw__dom_root(page->x->dom);
    const struct bylaw__node *node = root;
    uint32_t open = BYLAW__NO_ELEMENT;

    while (node) {
        bool is_element = node->kind == BYLAW__NODE_ELEMENT;

        if (is_element) {
            if (add_element(page, node, open, err))
                return BYLAW_ENOMEM;
            open = page->element_count - 1;
        }
        if (node->kind == BYLAW__NODE_TEXT && open != BYLAW__NO_ELEMENT)
            count_letters(&page->elements[open], node->text);
        if (node->first_child) {
            node = node->first_child;
            continue;
        }
        for (; node && node != root; node = node->parent) {
            if (node->kind == BYLAW__NODE_ELEMENT)
                open = close_element(page, open);
            if (node->next)
                break;
        }
        node = node && node != root ? node->next : NULL;
    }
    return 0;
}

bool bylaw__page_within(const struct bylaw__page *page, uint32_t element,
                        uint32_t ancestor)
{
    return element >= ancestor && element < page->elements[ancestor].end;
}

int bylaw__page_keep_outline(struct bylaw__page *page, struct bylaw_error *err)
{
    struct bylaw__arena *arena = page->x->arena;
    struct bylaw__outline *outline =
        bylaw__arena_alloc(arena, sizeof(*outline));
    struct bylaw__kept *kept =
        bylaw__arena_alloc_array(arena, page->element_count, sizeof(*kept));
    uint32_t *owners =
        bylaw__arena_alloc_array(arena, page->x->block_count, sizeof(*owners));

    if (!outline || !kept || !owners)
        return bylaw__fail_memory(err, "extract");
    for (uint32_t i = 0; i < page->element_count; i++) {
        kept[i].parent = page->elements[i].parent;
        kept[i].end = page->elements[i].end;
        kept[i].tag = page->elements[i].tag;
        kept[i].hints = page->elements[i].hints;
    }
    if (page->x->block_count)
        memcpy(owners, page->block_elements,
               page->x->block_count * sizeof(*owners));
    outline->elements = kept;
    outline->count = page->element_count;
    outline->block_elements = owners;
    page->x->document->outline = outline;
    return 0;
}

void bylaw__page_release(struct bylaw__page *page)
{
    free(page->elements);
    free(page->block_elements);
    free(page->block_hints);
    free(page->link_elements);
}
