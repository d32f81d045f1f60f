/* SPDX-License-Identifier: Apache-2.0 */
/* How much of the article was copied, in words, paragraphs and percent. */
#include "judge_int.h"

#define HALF 2u /* a paragraph counts once this part of it was copied */
/* A line shorter than this, in an article that has paragraphs, may be a label
 * or a heading that is not marked as one. */
#define PARAGRAPH_WORDS 6u

static bool is_paragraph(const struct bylaw_source_block *block)
{
    return !block->is_label && !block->is_furniture &&
           block->words >= PARAGRAPH_WORDS;
}

static uint32_t overlap(struct bylaw_range a, struct bylaw_range b)
{
    uint32_t begin = a.begin > b.begin ? a.begin : b.begin;
    uint32_t end = a.end < b.end ? a.end : b.end;

    return end > begin ? end - begin : 0;
}

static bool is_copied(const struct bylaw_match *match,
                      struct bylaw_range paragraph)
{
    uint32_t bytes = 0;

    for (size_t i = 0; i < match->span_count; i++)
        bytes += overlap(match->spans[i].source, paragraph);
    return bytes * HALF >= paragraph.end - paragraph.begin;
}

bool count_amount(struct amount *out, const struct scene *scene)
{
    const struct bylaw_source *source = scene->c->source;
    const struct bylaw_match *match = scene->c->match;

    memset(out, 0, sizeof(*out));
    out->words = match->copied_words;
    out->percent = match->source_coverage * 100;
    for (size_t i = 0; i < source->block_count; i++) {
        const struct bylaw_source_block *block = &source->blocks[i];

        if (!is_paragraph(block))
            continue;
        out->total++;
        if (!is_copied(match, block->bytes))
            continue;
        out->paragraphs++;
        out->last = out->total;
        if (!out->shortest || block->words < out->shortest)
            out->shortest = block->words;
    }
    return out->total > 0;
}

/* Of words that gave way to fewer others, so many are missing. */
static uint32_t missing_of(const struct bylaw_edit *edit)
{
    if (edit->kind == BYLAW_EDIT_DELETED)
        return edit->source_words;
    return edit->kind == BYLAW_EDIT_REPLACED &&
                   edit->source_words > edit->page_words
               ? edit->source_words - edit->page_words
               : 0;
}

uint32_t count_missing(const struct scene *scene)
{
    uint32_t words = 0;

    for (size_t i = 0; i < scene->edit_count; i++)
        if (scene->pardons[i] == PARDON_NONE || scene->pardons[i] == PARDON_CUT)
            words += missing_of(&scene->edits[i]);
    return words;
}
