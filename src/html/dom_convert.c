/* SPDX-License-Identifier: Apache-2.0 */
/* Gumbo's tree into ours: no recursion, offsets instead of pointers. */
#include "dom_int.h"

#include <stdlib.h>

/* A node whose children are being made. */
struct frame {
    const GumboVector *children;
    unsigned next;
    struct bylaw__node *node;
};

struct convert {
    bylaw__dom *dom;
    struct bylaw_span page, source;
    struct frame *frames;
    size_t depth, cap;
    size_t nodes;
    struct bylaw__pieces pieces; /* scratch */
    struct bylaw_error *err;
};

/* Length of the longest opening, "<!--"; the shortest is "<". */
#define COMMENT_OPEN 4u

#define REOPENED                                                               \
    (GUMBO_INSERTION_RECONSTRUCTED_FORMATTING_ELEMENT |                        \
     GUMBO_INSERTION_ADOPTION_AGENCY_CLONED)

static uint32_t clip(const struct convert *c, size_t offset)
{
    return (uint32_t)(offset < c->source.len ? offset : c->source.len);
}

/* Page offset of a position that gumbo counts without the byte order mark. */
static uint32_t offset_of_position(const struct convert *c,
                                   const GumboSourcePosition *position)
{
    size_t bom = bylaw__span_starts(c->source, "\xef\xbb\xbf") ? 3 : 0;

    return clip(c, bom + position->offset);
}

/* Page range of a piece of gumbo's input; false where it points elsewhere. */
static bool range_of_piece(struct bylaw_range *out, const struct convert *c,
                           const GumboStringPiece *piece)
{
    uintptr_t begin = (uintptr_t)c->source.ptr, at = (uintptr_t)piece->data;

    *out = (struct bylaw_range){0, 0};
    if (!piece->data || at < begin || at - begin > c->source.len)
        return false;
    out->begin = clip(c, at - begin);
    /* A length may be the difference of two pointers the wrong way round. */
    out->end = piece->length > c->source.len
                   ? out->begin
                   : clip(c, out->begin + piece->length);
    return true;
}

/* Gumbo counts an ignored "</>" as part of the tag or comment after it. */
static void leave_out_empty_end(const struct convert *c,
                                struct bylaw_range *range)
{
    static const char empty_end[] = "</>";
    uint32_t len = (uint32_t)strlen(empty_end);

    while (range->begin + len <= range->end &&
           !memcmp(c->page.ptr + range->begin, empty_end, len))
        range->begin += len;
}

static int fail_arena(const struct convert *c)
{
    const struct bylaw__arena *arena = &c->dom->arena;

    /* The arena does not say why. Malloc is to blame only where it gave up
     * while most of the ceiling was left. */
    if (arena->ceiling < BYLAW_LIMIT_HTML_BYTES / 2 ||
        arena->used > arena->ceiling / 2)
        return bylaw__dom_fail_aborted(c->err,
                                       "takes too many bytes to hold as a tree",
                                       BYLAW_LIMIT_HTML_BYTES);
    return bylaw__fail_memory(c->err, "");
}

/* name in lower case, NULs as U+FFFD; NULL when memory is spent. */
static const char *copy_name(struct convert *c, struct bylaw_span name)
{
    struct bylaw__buf buf;
    const char *copy;

    bylaw__buf_init(&buf, 0);
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i])
            bylaw__buf_add_char(&buf, bylaw__lower(name.ptr[i]));
        else
            bylaw__buf_add_text(&buf, BYLAW__REPLACEMENT);
    }
    copy = bylaw__arena_copy(&c->dom->arena, bylaw__buf_span(&buf));
    bylaw__buf_release(&buf);
    return copy;
}

static struct bylaw_span span_of_range(const struct convert *c,
                                       struct bylaw_range range)
{
    return bylaw__span_sub(c->page, range.begin, range.end);
}

/* A value's range without its quotes; empty after a name that has none (then
 * gumbo gives the name's own bytes as the value's). */
static struct bylaw_range value_range(const struct convert *c,
                                      const GumboAttribute *from)
{
    struct bylaw_range name, range;
    struct bylaw_span s;

    range_of_piece(&name, c, &from->original_name);
    if (!range_of_piece(&range, c, &from->original_value) ||
        range.begin < name.end)
        return (struct bylaw_range){name.end, name.end};
    s = span_of_range(c, range);
    if (s.len >= 2 && (s.ptr[0] == '"' || s.ptr[0] == '\'') &&
        s.ptr[s.len - 1] == s.ptr[0]) {
        range.begin++;
        range.end--;
    }
    return range;
}

static int convert_attr(struct bylaw__attr *out, struct convert *c,
                        const GumboAttribute *from)
{
    struct bylaw_range name;

    if (range_of_piece(&name, c, &from->original_name) && name.begin < name.end)
        out->name = copy_name(c, span_of_range(c, name));
    else
        out->name = copy_name(c, bylaw__span_of(from->name));
    out->bytes = value_range(c, from);
    out->value = bylaw__arena_span(&c->dom->arena, bylaw__span_of(from->value));
    return c->dom->arena.failed ? fail_arena(c) : 0;
}

static int convert_attrs(struct bylaw__node *node, struct convert *c,
                         const GumboVector *from)
{
    struct bylaw__attr *attrs;

    if (from->length > BYLAW_LIMIT_HTML_ATTRIBUTES)
        return bylaw__dom_fail_aborted(c->err,
                                       "has too many attributes on a tag",
                                       BYLAW_LIMIT_HTML_ATTRIBUTES);
    if (!from->length)
        return 0;
    attrs =
        bylaw__arena_alloc_array(&c->dom->arena, from->length, sizeof(*attrs));
    if (!attrs)
        return fail_arena(c);
    node->attrs = attrs;
    node->attr_count = from->length;
    for (unsigned i = 0; i < from->length; i++) {
        int rc = convert_attr(&attrs[i], c, from->data[i]);

        if (rc)
            return rc;
    }
    return 0;
}

static const char *element_name(struct convert *c, const GumboElement *from,
                                struct bylaw_range start_tag)
{
    struct bylaw__markup m;

    if (from->tag != GUMBO_TAG_UNKNOWN)
        return gumbo_normalized_tagname(from->tag);
    m = bylaw__markup_at(c->page, start_tag.begin);
    return copy_name(c, m.name);
}

/* Where an element with a start tag of its own ends. */
static uint32_t element_end(const struct convert *c, const GumboNode *from,
                            struct bylaw_range start_tag)
{
    struct bylaw_range end_tag;
    uint32_t end = offset_of_position(c, &from->v.element.end_pos);

    if (!(from->parse_flags & GUMBO_INSERTION_IMPLICIT_END_TAG) &&
        range_of_piece(&end_tag, c, &from->v.element.original_end_tag) &&
        end_tag.end > end_tag.begin)
        end = end_tag.end;
    return end > start_tag.end ? end : start_tag.end;
}

static int convert_element(struct bylaw__node *node, struct convert *c,
                           const GumboNode *from)
{
    const GumboElement *element = &from->v.element;

    node->kind = BYLAW__NODE_ELEMENT;
    node->is_foreign = element->tag_namespace != GUMBO_NAMESPACE_HTML;
    node->is_reopened = (from->parse_flags & REOPENED) != 0;
    range_of_piece(&node->start_tag, c, &element->original_tag);
    leave_out_empty_end(c, &node->start_tag);
    node->is_implied = node->start_tag.begin == node->start_tag.end;
    node->name = element_name(c, element, node->start_tag);
    if (!node->name)
        return fail_arena(c);
    node->bytes.begin = node->start_tag.begin;
    if (node->is_implied || node->is_reopened) {
        node->bytes.begin = offset_of_position(c, &element->start_pos);
        node->bytes.end = node->bytes.begin;
    } else {
        node->bytes.end = element_end(c, from, node->start_tag);
    }
    return convert_attrs(node, c, &element->attributes);
}

static enum bylaw__reading reading_of(const struct bylaw__node *parent)
{
    static const char *const raw[] = {"script",   "style",   "xmp",
                                      "iframe",   "noembed", "noframes",
                                      "plaintext"};

    if (parent->is_foreign)
        return BYLAW__READ_FOREIGN;
    if (bylaw__node_is(parent, "title") || bylaw__node_is(parent, "textarea"))
        return BYLAW__READ_RCDATA;
    for (size_t i = 0; i < sizeof(raw) / sizeof(raw[0]); i++)
        if (bylaw__node_is(parent, raw[i]))
            return BYLAW__READ_RAW;
    return BYLAW__READ_DATA;
}

/*
 * decoded as the tree's own: the page's bytes where they are the same. Pieces
 * longer than a byte with equal lengths are copied from the page too, for
 * gumbo may have read other digits there.
 */
static int keep_text(struct bylaw__node *node, struct convert *c,
                     struct bylaw_span decoded)
{
    const struct bylaw__pieces *pieces = &c->pieces;
    struct bylaw_span written =
        bylaw__span_sub(c->source, node->bytes.begin, node->bytes.end);
    char *copy;

    if (bylaw__span_eq(written, decoded)) {
        node->text = span_of_range(c, node->bytes);
        return 0;
    }
    copy = bylaw__arena_copy(&c->dom->arena, decoded);
    if (!copy)
        return fail_arena(c);
    for (size_t i = 0; i < pieces->count; i++) {
        const struct bylaw__textmap *piece = &pieces->items[i];

        if (piece->text_len == piece->page_len && piece->text_len > 1)
            memcpy(copy + piece->text_off, c->page.ptr + piece->page_off,
                   piece->text_len);
    }
    node->text = (struct bylaw_span){copy, decoded.len};
    return 0;
}

static int convert_text(struct bylaw__node *node, struct convert *c,
                        const GumboNode *from)
{
    struct bylaw_span decoded = bylaw__span_of(from->v.text.text);
    struct bylaw__pieces *pieces = &c->pieces;
    struct bylaw__textmap *map;
    struct bylaw_range range;
    const struct bylaw__textmap *last;

    node->kind = BYLAW__NODE_TEXT;
    range_of_piece(&range, c, &from->v.text.original_text);
    if (!decoded.len) {
        node->bytes = range;
        return 0;
    }
    if (bylaw__text_walk(pieces, decoded, c->source, range.begin, range.end,
                         reading_of(node->parent)))
        return bylaw__fail_memory(c->err, "");
    last = &pieces->items[pieces->count - 1];
    node->bytes.begin = pieces->items[0].page_off;
    node->bytes.end = last->page_off + last->page_len;
    map = bylaw__arena_alloc_array(&c->dom->arena, pieces->count, sizeof(*map));
    if (!map)
        return fail_arena(c);
    memcpy(map, pieces->items, pieces->count * sizeof(*map));
    node->map = map;
    node->map_count = (uint32_t)pieces->count;
    return keep_text(node, c, decoded);
}

static int convert_comment(struct bylaw__node *node, struct convert *c,
                           const GumboNode *from)
{
    struct bylaw_span text = bylaw__span_of(from->v.text.text);

    node->kind = BYLAW__NODE_COMMENT;
    range_of_piece(&node->bytes, c, &from->v.text.original_text);
    leave_out_empty_end(c, &node->bytes);
    for (size_t open = 1; open <= COMMENT_OPEN; open++) {
        size_t begin = node->bytes.begin + open, end = begin + text.len;

        if (end <= node->bytes.end &&
            bylaw__span_eq(bylaw__span_sub(c->source, begin, end), text)) {
            node->text = bylaw__span_sub(c->page, begin, end);
            return 0;
        }
    }
    node->text = bylaw__arena_span(&c->dom->arena, text);
    return c->dom->arena.failed ? fail_arena(c) : 0;
}

static int push(struct convert *c, struct bylaw__node *node,
                const GumboVector *children)
{
    if (node->depth > BYLAW_LIMIT_HTML_DEPTH)
        return bylaw__dom_fail_aborted(c->err, "nests elements too deep",
                                       BYLAW_LIMIT_HTML_DEPTH);
    if (bylaw__vec_grow(&c->frames, &c->cap, c->depth + 1, sizeof(*c->frames)))
        return bylaw__fail_memory(c->err, "");
    c->frames[c->depth++] = (struct frame){children, 0, node};
    return 0;
}

static struct bylaw__node *add_node(struct convert *c,
                                    struct bylaw__node *parent)
{
    struct bylaw__node *node =
        bylaw__arena_alloc(&c->dom->arena, sizeof(*node));

    if (!node)
        return NULL;
    node->name = "";
    if (!parent)
        return node;
    node->parent = parent;
    node->depth = parent->depth + 1;
    node->prev = parent->last_child;
    if (node->prev)
        node->prev->next = node;
    else
        parent->first_child = node;
    parent->last_child = node;
    return node;
}

static int convert_child(struct convert *c, struct bylaw__node *parent,
                         const GumboNode *from)
{
    struct bylaw__node *node;
    int rc;

    if (++c->nodes > BYLAW_LIMIT_HTML_NODES)
        return bylaw__dom_fail_aborted(c->err, "has too many nodes",
                                       BYLAW_LIMIT_HTML_NODES);
    node = add_node(c, parent);
    if (!node)
        return fail_arena(c);
    switch (from->type) {
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
        rc = convert_element(node, c, from);
        return rc ? rc : push(c, node, &from->v.element.children);
    case GUMBO_NODE_COMMENT:
        return convert_comment(node, c, from);
    default:
        return convert_text(node, c, from);
    }
}

/* An element without a start tag here spans its children. */
static void settle(struct bylaw__node *node)
{
    struct bylaw_range all = {UINT32_MAX, 0};

    if (!node->is_implied && !node->is_reopened)
        return;
    for (const struct bylaw__node *n = node->first_child; n; n = n->next) {
        if (n->bytes.begin == n->bytes.end)
            continue;
        all.begin = n->bytes.begin < all.begin ? n->bytes.begin : all.begin;
        all.end = n->bytes.end > all.end ? n->bytes.end : all.end;
    }
    if (all.begin < all.end)
        node->bytes = all;
}

static int convert_tree(struct convert *c, const GumboNode *document)
{
    struct bylaw__node *root = add_node(c, NULL);
    int rc;

    if (!root)
        return fail_arena(c);
    root->bytes.end = clip(c, c->page.len);
    c->dom->root = root;
    rc = push(c, root, &document->v.document.children);
    while (!rc && c->depth) {
        struct frame *top = &c->frames[c->depth - 1];

        if (top->next < top->children->length) {
            rc = convert_child(c, top->node, top->children->data[top->next++]);
            continue;
        }
        settle(top->node);
        c->depth--;
    }
    return rc;
}

int bylaw__dom_convert(bylaw__dom *dom, const GumboNode *document,
                       struct bylaw_span page, struct bylaw_span source,
                       struct bylaw_error *err)
{
    struct convert c = {.dom = dom, .page = page, .source = source, .err = err};
    int rc = convert_tree(&c, document);

    free(c.frames);
    free(c.pieces.items);
    return rc;
}
