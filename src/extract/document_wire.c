/* SPDX-License-Identifier: Apache-2.0 */
/* A document between two processes: every bound is checked on the way in. */
#include "page_int.h"

/* Ceilings of what a document counts; the readers' own are lower or equal. */
#define MOST_PIECES  4000000u /* of one block's map */
#define MOST_REASONS 64u

/* ---------------------------------------------------------------- maps --- */

BYLAW__WIRE_COVERS(struct bylaw__textmap, 16);

/* Pieces cover the text without gaps and stay inside the page. */
static void wire_map(struct bylaw__wire *wire, struct bylaw_block *block,
                     size_t page_len)
{
    const struct bylaw__textmap *given = block->map;
    size_t count = bylaw__wire_count(wire, block->map_count, MOST_PIECES);
    struct bylaw__textmap *pieces =
        bylaw__wire_room(wire, count, sizeof(*pieces));
    uint64_t at = 0;

    for (size_t i = 0; i < count && !wire->failed; i++) {
        struct bylaw__textmap piece =
            wire->out ? given[i] : (struct bylaw__textmap){0};

        piece.text_off = bylaw__wire_u32(wire, piece.text_off, UINT32_MAX);
        piece.text_len = bylaw__wire_u32(wire, piece.text_len, UINT32_MAX);
        piece.page_off = bylaw__wire_u32(wire, piece.page_off, UINT32_MAX);
        piece.page_len = bylaw__wire_u32(wire, piece.page_len, UINT32_MAX);
        bylaw__wire_demand(wire, piece.text_off == at);
        at += piece.text_len;
        bylaw__wire_demand(wire, (uint64_t)piece.page_off + piece.page_len <=
                                     page_len);
        if (pieces)
            pieces[i] = piece;
    }
    bylaw__wire_demand(wire, !count || at == block->text.len);
    bylaw__wire_demand(wire, count || block->text.len <= page_len);
    if (!wire->out) {
        block->map = pieces;
        block->map_count = (uint32_t)count;
    }
}

/* -------------------------------------------------------------- blocks --- */

BYLAW__WIRE_COVERS(struct bylaw_block, 112);

static void wire_block(struct bylaw__wire *wire, struct bylaw_block *block,
                       size_t page_len)
{
    block->bytes = bylaw__wire_range(wire, block->bytes, page_len);
    block->text = bylaw__wire_span(wire, block->text);
    wire_map(wire, block, page_len);
    block->tag = bylaw__wire_some_text(wire, block->tag);
    block->container = bylaw__wire_u32(wire, block->container, UINT32_MAX);
    block->depth = bylaw__wire_u32(wire, block->depth, UINT32_MAX);
    block->zone = bylaw__wire_u32(wire, block->zone, BYLAW_ZONE_HEAD);
    block->zone_why = bylaw__wire_text(wire, block->zone_why);
    block->visibility =
        bylaw__wire_u32(wire, block->visibility, BYLAW_VISIBILITY_HIDDEN_STYLE);
    block->visibility_why = bylaw__wire_text(wire, block->visibility_why);
    block->first_link =
        bylaw__wire_u32(wire, block->first_link, BYLAW_LIMIT_LINKS);
    block->link_count =
        bylaw__wire_u32(wire, block->link_count, BYLAW_LIMIT_LINKS);
    block->words = bylaw__wire_u32(wire, block->words, UINT32_MAX);
    block->link_density =
        (float)bylaw__wire_real(wire, (double)block->link_density, 1e6);
    block->heading = bylaw__wire_u32(wire, block->heading, 6);
    block->is_quote = bylaw__wire_bool(wire, block->is_quote);
    block->is_caption = bylaw__wire_bool(wire, block->is_caption);
    block->is_list_item = bylaw__wire_bool(wire, block->is_list_item);
    block->is_main = bylaw__wire_bool(wire, block->is_main);
}

static void wire_blocks(struct bylaw__wire *wire,
                        struct bylaw_document *document)
{
    size_t count =
        bylaw__wire_count(wire, document->block_count, BYLAW_LIMIT_BLOCKS);
    struct bylaw_block *blocks = bylaw__wire_room(wire, count, sizeof(*blocks));

    for (size_t i = 0; i < count && !wire->failed; i++) {
        struct bylaw_block block =
            wire->out ? document->blocks[i] : (struct bylaw_block){0};

        wire_block(wire, &block, document->text.len);
        if (blocks)
            blocks[i] = block;
    }
    if (wire->out)
        return;
    document->blocks = blocks;
    document->block_count = count;
}

/* --------------------------------------------------------------- links --- */

#define ALL_RELS ((unsigned)BYLAW_REL_NEXT * 2 - 1)

BYLAW__WIRE_COVERS(struct bylaw_link, 96);

static void wire_link(struct bylaw__wire *wire, struct bylaw_link *link,
                      size_t page_len)
{
    link->bytes = bylaw__wire_range(wire, link->bytes, page_len);
    link->href_bytes = bylaw__wire_range(wire, link->href_bytes, page_len);
    link->href = bylaw__wire_span(wire, link->href);
    link->url = bylaw__wire_text(wire, link->url);
    link->text = bylaw__wire_span(wire, link->text);
    link->element = bylaw__wire_some_text(wire, link->element);
    link->kind = bylaw__wire_u32(wire, link->kind, BYLAW_LINK_INVALID);
    link->rel = bylaw__wire_u32(wire, link->rel, ALL_RELS);
    link->zone = bylaw__wire_u32(wire, link->zone, BYLAW_ZONE_HEAD);
    link->visibility =
        bylaw__wire_u32(wire, link->visibility, BYLAW_VISIBILITY_HIDDEN_STYLE);
    link->visibility_why = bylaw__wire_text(wire, link->visibility_why);
    link->block = bylaw__wire_u32(wire, link->block, UINT32_MAX);
}

static void wire_links(struct bylaw__wire *wire,
                       struct bylaw_document *document)
{
    size_t count =
        bylaw__wire_count(wire, document->link_count, BYLAW_LIMIT_LINKS);
    struct bylaw_link *links = bylaw__wire_room(wire, count, sizeof(*links));

    for (size_t i = 0; i < count && !wire->failed; i++) {
        struct bylaw_link link =
            wire->out ? document->links[i] : (struct bylaw_link){0};

        wire_link(wire, &link, document->text.len);
        bylaw__wire_demand(wire, link.block == UINT32_MAX ||
                                     link.block < document->block_count);
        if (links)
            links[i] = link;
    }
    if (wire->out)
        return;
    document->links = links;
    document->link_count = count;
    for (size_t i = 0; i < document->block_count; i++)
        bylaw__wire_demand(wire, document->blocks[i].first_link +
                                         document->blocks[i].link_count <=
                                     count);
}

/* --------------------------------------------------------------- metas --- */

BYLAW__WIRE_COVERS(struct bylaw_meta, 40);

static void wire_metas(struct bylaw__wire *wire,
                       struct bylaw_document *document)
{
    size_t count =
        bylaw__wire_count(wire, document->meta_count, BYLAW_LIMIT_META_ITEMS);
    struct bylaw_meta *metas = bylaw__wire_room(wire, count, sizeof(*metas));

    for (size_t i = 0; i < count && !wire->failed; i++) {
        struct bylaw_meta meta =
            wire->out ? document->metas[i] : (struct bylaw_meta){0};

        meta.key = bylaw__wire_u32(wire, meta.key, BYLAW_META_AMP);
        meta.value = bylaw__wire_span(wire, meta.value);
        meta.bytes = bylaw__wire_range(wire, meta.bytes, document->text.len);
        meta.origin = bylaw__wire_some_text(wire, meta.origin);
        if (metas)
            metas[i] = meta;
    }
    if (wire->out)
        return;
    document->metas = metas;
    document->meta_count = count;
}

/* ------------------------------------------------------------- reasons --- */

static void wire_reasons(struct bylaw__wire *wire,
                         struct bylaw_document *document)
{
    size_t count =
        bylaw__wire_count(wire, document->incomplete_count, MOST_REASONS);
    const char **reasons = bylaw__wire_room(wire, count, sizeof(*reasons));

    for (size_t i = 0; i < count && !wire->failed; i++) {
        const char *reason =
            bylaw__wire_some_text(wire, wire->out
                                            ? document->incomplete_because[i]
                                            : NULL);

        if (reasons)
            reasons[i] = reason;
    }
    if (wire->out)
        return;
    document->incomplete_because = reasons;
    document->incomplete_count = count;
}

/* ------------------------------------------------------------- outline --- */

BYLAW__WIRE_COVERS(struct bylaw__kept, 16);
BYLAW__WIRE_COVERS(struct bylaw__outline, 24);

/* An element lies inside its parent, which came before it; one without a
 * parent lies inside none. */
static void check_element(struct bylaw__wire *wire,
                          const struct bylaw__kept *elements, uint32_t i,
                          uint32_t count, uint32_t *furthest)
{
    const struct bylaw__kept *e = &elements[i];

    bylaw__wire_demand(wire, e->end > i && e->end <= count);
    if (e->parent == BYLAW__NO_ELEMENT)
        bylaw__wire_demand(wire, i >= *furthest);
    else
        bylaw__wire_demand(wire,
                           e->parent < i && e->end <= elements[e->parent].end);
    if (e->end > *furthest)
        *furthest = e->end;
}

static const struct bylaw__kept *wire_elements(struct bylaw__wire *wire,
                                               const struct bylaw__kept *given,
                                               uint32_t count)
{
    struct bylaw__kept *elements =
        bylaw__wire_room(wire, count, sizeof(*elements));
    uint32_t furthest = 0;

    for (uint32_t i = 0; i < count && !wire->failed; i++) {
        struct bylaw__kept e = wire->out ? given[i] : (struct bylaw__kept){0};

        e.parent = bylaw__wire_u32(wire, e.parent, UINT32_MAX);
        e.end = bylaw__wire_u32(wire, e.end, UINT32_MAX);
        e.tag = bylaw__wire_u32(wire, e.tag, BYLAW__TAG_TEXTAREA);
        e.hints = bylaw__wire_u32(wire, e.hints, UINT32_MAX);
        if (!elements)
            continue;
        elements[i] = e;
        check_element(wire, elements, i, count, &furthest);
    }
    return elements;
}

static void wire_owners(struct bylaw__wire *wire,
                        struct bylaw__outline *outline, size_t blocks)
{
    uint32_t *owners = bylaw__wire_room(wire, blocks, sizeof(*owners));

    for (size_t i = 0; i < blocks && !wire->failed; i++) {
        uint32_t owner =
            bylaw__wire_u32(wire, wire->out ? outline->block_elements[i] : 0,
                            UINT32_MAX);

        bylaw__wire_demand(wire, owner < outline->count);
        if (owners)
            owners[i] = owner;
    }
    if (!wire->out)
        outline->block_elements = owners;
}

static void wire_outline(struct bylaw__wire *wire,
                         struct bylaw_document *document)
{
    const struct bylaw__outline *given = document->outline;
    struct bylaw__outline outline = given ? *given : (struct bylaw__outline){0};
    struct bylaw__outline *kept;

    if (!bylaw__wire_bool(wire, given != NULL))
        return;
    outline.count = (uint32_t)bylaw__wire_count(wire, outline.count,
                                                BYLAW_LIMIT_HTML_NODES);
    outline.elements = wire_elements(wire, outline.elements, outline.count);
    wire_owners(wire, &outline, document->block_count);
    kept = bylaw__wire_room(wire, 1, sizeof(*kept));
    if (!kept)
        return;
    *kept = outline;
    document->outline = kept;
}

/* --------------------------------------------------------------- whole --- */

static bool is_sha256(const char *text)
{
    return strlen(text) == BYLAW__SHA256_HEX - 1 &&
           strspn(text, "0123456789abcdef") == BYLAW__SHA256_HEX - 1;
}

static void wire_sha256(struct bylaw__wire *wire,
                        struct bylaw_document *document)
{
    const char *text = bylaw__wire_some_text(wire, document->sha256);

    if (wire->out)
        return;
    bylaw__wire_demand(wire, text && is_sha256(text));
    if (!wire->failed)
        memcpy(document->sha256, text, sizeof(document->sha256));
}

BYLAW__WIRE_COVERS(struct bylaw_document, 208);

void bylaw__document_wire(struct bylaw__wire *wire,
                          struct bylaw_document *document)
{
    document->text = bylaw__wire_span(wire, document->text);
    bylaw__wire_demand(wire, document->text.len < UINT32_MAX);
    wire_sha256(wire, document);
    document->charset = bylaw__wire_some_text(wire, document->charset);
    document->url = bylaw__wire_some_text(wire, document->url);
    document->title = bylaw__wire_some_text(wire, document->title);
    document->language = bylaw__wire_some_text(wire, document->language);
    wire_blocks(wire, document);
    wire_links(wire, document);
    wire_metas(wire, document);
    document->is_complete = bylaw__wire_bool(wire, document->is_complete);
    wire_reasons(wire, document);
    wire_outline(wire, document);
}
