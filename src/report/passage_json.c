/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The copied passages and what was changed in them, in words: what a person
 * needs to see source and page side by side without either.
 */
#include "report_int.h"

#define PARTS_MAX 4000u        /* pieces of one comparison */
#define TEXT_MAX  (160u << 10) /* bytes of their texts */

struct passages {
    struct bylaw__json *json;
    const struct bylaw_document *page, *source;
    const struct bylaw_edit *edits;
    size_t edit_count, next; /* the first edit not told yet */
    size_t parts, bytes;
    bool is_cut;
    struct bylaw__buf text; /* scratch */
};

/* ---------------------------------------------------------------- text --- */

/* First piece that ends after a byte of the page. */
static uint32_t first_piece(const struct bylaw_block *block, uint32_t at)
{
    uint32_t low = 0, high = block->map_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct bylaw__textmap *piece = &block->map[middle];

        if (piece->page_off + piece->page_len <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Text bytes of page bytes; a piece that cannot be cut counts whole. */
static void add_piece(struct bylaw__buf *out, const struct bylaw_block *block,
                      const struct bylaw__textmap *piece,
                      struct bylaw_range range)
{
    uint32_t begin = piece->text_off, end = begin + piece->text_len;

    if (piece->text_len == piece->page_len) {
        if (range.begin > piece->page_off)
            begin += range.begin - piece->page_off;
        if (range.end < piece->page_off + piece->page_len)
            end -= piece->page_off + piece->page_len - range.end;
    }
    bylaw__buf_add_span(out, bylaw__span_sub(block->text, begin, end));
}

static void add_block_text(struct bylaw__buf *out,
                           const struct bylaw_block *block,
                           struct bylaw_range range)
{
    if (!block->map_count) {
        struct bylaw__textmap whole = {0, (uint32_t)block->text.len,
                                       block->bytes.begin,
                                       (uint32_t)block->text.len};

        add_piece(out, block, &whole, range);
        return;
    }
    for (uint32_t i = first_piece(block, range.begin);
         i < block->map_count && block->map[i].page_off < range.end; i++)
        add_piece(out, block, &block->map[i], range);
}

static size_t first_block(const struct bylaw_document *document, uint32_t at)
{
    size_t low = 0, high = document->block_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (document->blocks[middle].bytes.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What a reader sees of those bytes; blocks are parted by an empty line. */
static struct bylaw_span text_of(struct passages *p,
                                 const struct bylaw_document *document,
                                 struct bylaw_range range)
{
    size_t i = first_block(document, range.begin);

    bylaw__buf_clear(&p->text);
    for (; i < document->block_count; i++) {
        const struct bylaw_block *block = &document->blocks[i];

        if (block->bytes.begin >= range.end || p->text.len > TEXT_MAX)
            break;
        if (p->text.len)
            bylaw__buf_add_text(&p->text, "\n\n");
        add_block_text(&p->text, block, range);
    }
    return bylaw__buf_span(&p->text);
}

/* --------------------------------------------------------------- parts --- */

/* ["same", TEXT], or ["inserted", TEXT, CHANGE, PERMITTED]. */
static void add_part(struct passages *p, const char *kind,
                     const struct bylaw_document *document,
                     struct bylaw_range range, const struct bylaw_edit *edit)
{
    struct bylaw_span text;

    if (range.end <= range.begin || p->is_cut)
        return;
    text = text_of(p, document, range);
    p->is_cut = ++p->parts > PARTS_MAX || p->bytes + text.len > TEXT_MAX;
    if (p->is_cut || !text.len)
        return;
    p->bytes += text.len;
    bylaw__json_array(p->json);
    bylaw__json_text(p->json, kind);
    bylaw__json_span(p->json, text);
    if (edit) {
        bylaw__json_text(p->json, bylaw_edit_class_name(edit->change));
        bylaw__json_bool(p->json, edit->is_permitted);
    }
    bylaw__json_array_end(p->json);
}

/* A scan keeps no article's text, only its words: how many are missing. */
static void add_count(struct passages *p, const struct bylaw_edit *edit)
{
    if (!edit->source_words || p->is_cut)
        return;
    p->is_cut = ++p->parts > PARTS_MAX;
    bylaw__buf_clear(&p->text);
    bylaw__buf_printf(&p->text, "[%u word%s of the article]",
                      edit->source_words, edit->source_words == 1 ? "" : "s");
    bylaw__json_array(p->json);
    bylaw__json_text(p->json, "deleted");
    bylaw__json_span(p->json, bylaw__buf_span(&p->text));
    bylaw__json_text(p->json, bylaw_edit_class_name(edit->change));
    bylaw__json_bool(p->json, edit->is_permitted);
    bylaw__json_array_end(p->json);
}

static void add_edit(struct passages *p, const struct bylaw_edit *edit)
{
    if (p->source)
        add_part(p, "deleted", p->source, edit->source, edit);
    else
        add_count(p, edit);
    add_part(p, "inserted", p->page, edit->page, edit);
}

static void begin_passage(struct passages *p, const char *kind)
{
    bylaw__json_object(p->json);
    bylaw__json_add_text(p->json, "kind", kind);
}

static void begin_parts(struct passages *p)
{
    bylaw__json_key(p->json, "parts");
    bylaw__json_array(p->json);
}

static void end_passage(struct passages *p)
{
    bylaw__json_array_end(p->json);
    bylaw__json_object_end(p->json);
}

/* Edits between the copied passages, up to a byte of the page. */
static void add_edits_before(struct passages *p, uint32_t page)
{
    for (; p->next < p->edit_count && p->edits[p->next].page.begin < page &&
           !p->is_cut;
         p->next++) {
        begin_passage(p, "between");
        begin_parts(p);
        add_edit(p, &p->edits[p->next]);
        end_passage(p);
    }
}

static void add_span(struct passages *p, const struct bylaw_match_span *span)
{
    uint32_t at = span->page.begin;

    begin_passage(p, span->is_quoted ? "quoted" : "copied");
    bylaw__report_range_json(p->json, "source", span->source);
    bylaw__report_range_json(p->json, "page", span->page);
    begin_parts(p);
    for (; p->next < p->edit_count && !p->is_cut; p->next++) {
        const struct bylaw_edit *edit = &p->edits[p->next];

        if (edit->page.begin >= span->page.end)
            break;
        add_part(p, "same", p->page, (struct bylaw_range){at, edit->page.begin},
                 NULL);
        add_edit(p, edit);
        at = edit->page.end > at ? edit->page.end : at;
    }
    add_part(p, "same", p->page, (struct bylaw_range){at, span->page.end},
             NULL);
    end_passage(p);
}

void bylaw__report_passages_json(struct bylaw__json *json,
                                 const struct bylaw_audit *audit,
                                 const struct bylaw_audit_row *row)
{
    const struct bylaw_judgement *judgement = row->judgement;
    bool judged = judgement->edit_count == row->match->edit_count;
    struct passages p = {
        .json = json,
        .page = audit->document,
        .source = row->source->document,
        .edits = judged ? judgement->edits : row->match->edits,
        .edit_count = row->match->edit_count,
    };

    bylaw__json_key(json, "passages");
    bylaw__json_array(json);
    for (size_t i = 0; i < row->match->span_count && !p.is_cut; i++) {
        add_edits_before(&p, row->match->spans[i].page.begin);
        add_span(&p, &row->match->spans[i]);
    }
    add_edits_before(&p, UINT32_MAX);
    bylaw__json_array_end(json);
    bylaw__json_key(json, "passages_cut");
    bylaw__json_bool(json, p.is_cut);
    json->out->failed |= p.text.failed;
    bylaw__buf_release(&p.text);
}
