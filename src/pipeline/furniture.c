/* SPDX-License-Identifier: Apache-2.0 */
/* What of a source is frame: by-lines, standing paragraphs, other zones. */
#include "pipeline_int.h"

static bool begins_with(struct bylaw_span text, struct bylaw_span beginning)
{
    return text.len >= beginning.len && beginning.len &&
           !memcmp(text.ptr, beginning.ptr, beginning.len) &&
           (text.len == beginning.len || text.ptr[beginning.len] == ' ');
}

static int is_standing_text(bool *out, const struct bylaw_block *block,
                            const struct bylaw_rule *rule,
                            struct bylaw_error *err)
{
    struct bylaw__buf text, beginning;
    int rc;

    *out = false;
    bylaw__buf_init(&text, 0);
    bylaw__buf_init(&beginning, 0);
    rc = bylaw__text_normalise(&text, block->text);
    for (size_t i = 0; !rc && !*out && i < rule->furniture_count; i++) {
        bylaw__buf_clear(&beginning);
        rc = bylaw__text_normalise(&beginning,
                                   bylaw__span_of(rule->furniture[i]));
        *out = !rc &&
               begins_with(bylaw__buf_span(&text), bylaw__buf_span(&beginning));
    }
    if (rc || text.failed || beginning.failed)
        rc = bylaw__fail_memory(err, "");
    bylaw__buf_release(&text);
    bylaw__buf_release(&beginning);
    return rc;
}

/* Most words of a line that only says who wrote or published the article. */
#define CREDIT_LINE_WORDS 12

static bool names(const struct bylaw_block *block, const char *name)
{
    return name && bylaw__name_find(NULL, block->text, bylaw__span_of(name)) ==
                       BYLAW__NAME_FULL;
}

/*
 * "By A. Author", "The Paper, May 16", "Upstream": lines about the article,
 * not of it. A reposter who writes them anew has not altered the text. A
 * sentence that happens to name somebody ends like one.
 */
static bool is_credit_line(const struct bylaw_source *source,
                           const struct bylaw_block *block)
{
    struct bylaw_span text = block->text;

    if (block->words > CREDIT_LINE_WORDS || !text.len || block->heading ||
        strchr(".!?", text.ptr[text.len - 1]) ||
        bylaw__span_is(text, source->title ? source->title : ""))
        return false;
    for (size_t i = 0; i < source->author_count; i++)
        if (names(block, source->authors[i]))
            return true;
    return names(block, source->publisher) ||
           names(block, source->upstream.publisher);
}

/* The title is of the article, wherever the page has its heading; whoever
 * copies the article from elsewhere copies it too. */
static bool is_title(const struct bylaw_source *source,
                     const struct bylaw_block *block)
{
    return block->heading && source->title &&
           bylaw__span_is_nocase(bylaw__span_trim(block->text), source->title);
}

int bylaw__pipeline_mark_furniture(struct bylaw_source *source,
                                   const struct bylaw_rule *rule,
                                   struct bylaw_error *err)
{
    const struct bylaw_document *document = source->document;
    size_t article_blocks = 0;
    bool *marks = bylaw__arena_alloc_array(source->owner, document->block_count,
                                           sizeof(*marks));
    struct bylaw_source_block *blocks =
        bylaw__arena_alloc_array(source->owner, document->block_count,
                                 sizeof(*blocks));

    if (!marks || !blocks)
        return bylaw__fail_memory(err, source->path);
    for (size_t i = 0; i < document->block_count; i++) {
        const struct bylaw_block *block = &document->blocks[i];
        bool is_heading = is_title(source, block);
        int rc = 0;

        marks[i] =
            !is_heading && (!block->is_main || block->zone != BYLAW_ZONE_BODY ||
                            is_credit_line(source, block));
        if (!marks[i] && rule)
            rc = is_standing_text(&marks[i], block, rule, err);
        if (rc)
            return rc;
        article_blocks += !marks[i] && !is_heading;
        blocks[i] =
            (struct bylaw_source_block){block->bytes, block->words,
                                        block->zone == BYLAW_ZONE_BODY,
                                        marks[i],
                                        block->heading || block->is_caption};
    }
    source->is_furniture = marks;
    source->blocks = blocks;
    source->block_count = document->block_count;
    if (!article_blocks)
        return bylaw__fail(err, BYLAW_EPARSE, "source.no-article", source->path,
                           "no article text was found in it");
    return 0;
}
