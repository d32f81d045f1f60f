/* SPDX-License-Identifier: Apache-2.0 */
/* What Bylaw sees in a page: every block, link and fact, with its label. */
#include "report_int.h"

#define LINE_BYTES  120
#define LABEL_BYTES 40

static void add_bool(struct bylaw__json *json, const char *key, bool value)
{
    bylaw__json_key(json, key);
    bylaw__json_bool(json, value);
}

static void add_labels(struct bylaw__json *json, enum bylaw_zone zone,
                       enum bylaw_visibility visibility, const char *why)
{
    bylaw__json_add_text(json, "zone", bylaw_zone_name(zone));
    bylaw__json_add_text(json, "visibility", bylaw_visibility_name(visibility));
    bylaw__json_add_text(json, "visibility_why", why && *why ? why : NULL);
}

static const char *const sides[] = {
    [BYLAW__SIDE_ELSEWHERE] = "elsewhere",
    [BYLAW__SIDE_BEFORE] = "before",
    [BYLAW__SIDE_INSIDE] = "inside",
    [BYLAW__SIDE_AFTER] = "after",
};

static void add_place(struct bylaw__json *json,
                      const struct bylaw__place *place)
{
    bylaw__json_add_text(json, "side", sides[place->side]);
    bylaw__json_add_number(json, "distance", place->distance);
    bylaw__json_key(json, "copied");
    bylaw__json_real(json, place->copied, 2);
    add_bool(json, "article", place->is_article);
}

static void add_block(struct bylaw__json *json, const struct bylaw_block *block,
                      const struct bylaw__place *place)
{
    bylaw__json_object(json);
    bylaw__json_add_text(json, "tag", block->tag);
    add_labels(json, place ? place->zone : block->zone, block->visibility,
               block->visibility_why);
    bylaw__json_add_text(json, "zone_why", block->zone_why);
    bylaw__report_range_json(json, "bytes", block->bytes);
    bylaw__json_add_number(json, "heading", block->heading);
    add_bool(json, "quote", block->is_quote);
    add_bool(json, "main", block->is_main);
    bylaw__json_key(json, "link_density");
    bylaw__json_real(json, (double)block->link_density, 2);
    bylaw__json_key(json, "links");
    bylaw__json_array(json);
    for (uint32_t i = 0; i < block->link_count; i++)
        bylaw__json_int(json, block->first_link + i);
    bylaw__json_array_end(json);
    if (place)
        add_place(json, place);
    bylaw__json_key(json, "text");
    bylaw__json_span(json, block->text);
    bylaw__json_object_end(json);
}

static const struct {
    unsigned flag;
    const char *name;
} rels[] = {
    {BYLAW_REL_NOFOLLOW, "nofollow"},   {BYLAW_REL_UGC, "ugc"},
    {BYLAW_REL_SPONSORED, "sponsored"}, {BYLAW_REL_LICENSE, "license"},
    {BYLAW_REL_CANONICAL, "canonical"}, {BYLAW_REL_AUTHOR, "author"},
    {BYLAW_REL_ALTERNATE, "alternate"}, {BYLAW_REL_AMPHTML, "amphtml"},
    {BYLAW_REL_NEXT, "next"},
};

static void add_link(struct bylaw__json *json, const struct bylaw_link *link,
                     enum bylaw_zone zone)
{
    bylaw__json_object(json);
    bylaw__json_add_text(json, "element", link->element);
    bylaw__json_add_text(json, "kind", bylaw_link_kind_name(link->kind));
    add_labels(json, zone, link->visibility, link->visibility_why);
    bylaw__report_range_json(json, "bytes", link->bytes);
    bylaw__report_range_json(json, "href_bytes", link->href_bytes);
    bylaw__json_key(json, "href");
    bylaw__json_span(json, link->href);
    bylaw__json_add_text(json, "url", link->url);
    bylaw__json_key(json, "rel");
    bylaw__json_array(json);
    for (size_t i = 0; i < sizeof(rels) / sizeof(rels[0]); i++)
        if (link->rel & rels[i].flag)
            bylaw__json_text(json, rels[i].name);
    bylaw__json_array_end(json);
    bylaw__json_key(json, "block");
    if (link->block == UINT32_MAX)
        bylaw__json_null(json);
    else
        bylaw__json_int(json, link->block);
    bylaw__json_key(json, "text");
    bylaw__json_span(json, link->text);
    bylaw__json_object_end(json);
}

static void add_metas(struct bylaw__json *json,
                      const struct bylaw_document *document)
{
    bylaw__json_key(json, "metadata");
    bylaw__json_array(json);
    for (size_t i = 0; i < document->meta_count; i++) {
        const struct bylaw_meta *meta = &document->metas[i];

        bylaw__json_object(json);
        bylaw__json_add_text(json, "key", bylaw_meta_key_name(meta->key));
        bylaw__json_add_text(json, "origin", meta->origin);
        bylaw__report_range_json(json, "bytes", meta->bytes);
        bylaw__json_key(json, "value");
        bylaw__json_span(json, meta->value);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

static void add_head(struct bylaw__json *json,
                     const struct bylaw_document *document)
{
    bylaw__json_add_text(json, "schema", "bylaw.document/1");
    bylaw__json_add_text(json, "url", document->url);
    bylaw__json_add_text(json, "sha256", document->sha256);
    bylaw__json_add_text(json, "charset", document->charset);
    bylaw__json_add_text(json, "title", document->title);
    bylaw__json_add_text(json, "language", document->language);
    add_bool(json, "complete", document->is_complete);
    bylaw__json_key(json, "incomplete_because");
    bylaw__json_array(json);
    for (size_t i = 0; i < document->incomplete_count; i++)
        bylaw__json_text(json, document->incomplete_because[i]);
    bylaw__json_array_end(json);
}

void bylaw__report_document_json(struct bylaw__buf *out,
                                 const struct bylaw_document *document,
                                 const struct bylaw__placement *placement)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    add_head(&json, document);
    bylaw__json_key(&json, "blocks");
    bylaw__json_array(&json);
    for (size_t i = 0; i < document->block_count; i++)
        add_block(&json, &document->blocks[i],
                  placement ? &placement->blocks[i] : NULL);
    bylaw__json_array_end(&json);
    bylaw__json_key(&json, "links");
    bylaw__json_array(&json);
    for (size_t i = 0; i < document->link_count; i++)
        add_link(&json, &document->links[i],
                 placement ? placement->link_zones[i]
                           : document->links[i].zone);
    bylaw__json_array_end(&json);
    add_metas(&json, document);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}

/* A name that the page chose, such as a tag's, in a column of its own. */
static void add_label(struct bylaw__buf *out, const char *name)
{
    size_t begin = out->len, width;

    bylaw__report_excerpt(out, bylaw__span_of(name), LABEL_BYTES);
    width = out->len - begin;
    bylaw__buf_printf(out, "%*s", width < 10 ? (int)(11 - width) : 1, "");
}

static void add_block_line(struct bylaw__buf *out,
                           const struct bylaw_block *block,
                           const struct bylaw__report_style *style)
{
    bylaw__buf_printf(out, "%7u-%-7u %-8s %c ", block->bytes.begin,
                      block->bytes.end, bylaw_zone_name(block->zone),
                      block->is_main ? '*' : ' ');
    add_label(out, block->tag);
    if (block->visibility != BYLAW_VISIBILITY_VISIBLE) {
        bylaw__buf_printf(out,
                          "[%s: ", bylaw_visibility_name(block->visibility));
        bylaw__report_safe(out, bylaw__span_of(block->visibility_why));
        bylaw__buf_add_text(out, "] ");
    }
    bylaw__report_excerpt(out, block->text,
                          style->verbosity > 0 ? SIZE_MAX / 2 : LINE_BYTES);
    bylaw__buf_add_char(out, '\n');
}

static void add_link_line(struct bylaw__buf *out, const struct bylaw_link *link)
{
    bylaw__buf_printf(out, "%7u-%-7u %-8s   ", link->bytes.begin,
                      link->bytes.end, bylaw_zone_name(link->zone));
    add_label(out, link->element);
    if (link->visibility != BYLAW_VISIBILITY_VISIBLE)
        bylaw__buf_printf(out, "[%s] ",
                          bylaw_visibility_name(link->visibility));
    bylaw__buf_printf(out, "%s \"", bylaw_link_kind_name(link->kind));
    bylaw__report_excerpt(out, link->text, LINE_BYTES / 2);
    bylaw__buf_add_text(out, "\" ");
    bylaw__report_excerpt(out,
                          link->url ? bylaw__span_of(link->url) : link->href,
                          LINE_BYTES);
    bylaw__buf_add_char(out, '\n');
}

void bylaw__report_document_text(struct bylaw__buf *out,
                                 const struct bylaw_document *document,
                                 const struct bylaw__report_style *style)
{
    bylaw__report_tint(out, style, TINT_BOLD, "Title: ");
    bylaw__report_safe(out, bylaw__span_of(document->title));
    bylaw__buf_printf(out, "\nCharset: %s; language: ", document->charset);
    bylaw__report_excerpt(out,
                          bylaw__span_of(*document->language
                                             ? document->language
                                             : "unknown"),
                          LABEL_BYTES);
    bylaw__buf_printf(out, "; read: %s\n",
                      document->is_complete ? "complete" : "incomplete");
    for (size_t i = 0; i < document->incomplete_count; i++) {
        bylaw__buf_add_text(out, "  incomplete: ");
        bylaw__report_safe(out,
                           bylaw__span_of(document->incomplete_because[i]));
        bylaw__buf_add_char(out, '\n');
    }
    bylaw__report_tint(out, style, TINT_BOLD, "\nMetadata\n");
    for (size_t i = 0; i < document->meta_count; i++) {
        bylaw__buf_printf(out, "  %-18s %-10s ",
                          bylaw_meta_key_name(document->metas[i].key),
                          document->metas[i].origin);
        bylaw__report_excerpt(out, document->metas[i].value, LINE_BYTES);
        bylaw__buf_add_char(out, '\n');
    }
    bylaw__report_tint(out, style, TINT_BOLD,
                       "\nBlocks (bytes, zone, * main text)\n");
    for (size_t i = 0; i < document->block_count; i++)
        add_block_line(out, &document->blocks[i], style);
    bylaw__report_tint(out, style, TINT_BOLD, "\nLinks\n");
    for (size_t i = 0; i < document->link_count; i++)
        add_link_line(out, &document->links[i]);
}
