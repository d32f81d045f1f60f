/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much of each block was copied. A passage of a match runs from its first
 * to its last copied word and may step over blocks outside the main text
 * (captions, teasers) without an edit for them. Whether such a block was
 * copied follows from the count: words of the source that the passage's other
 * blocks do not account for must stand in it.
 */
#include "page_int.h"

#include <stdlib.h>

#define SLACK_WORDS 2.0 /* what rounding at a passage's ends may cost */

struct counter {
    const struct bylaw_document *d;
    const struct bylaw_match *match;
    struct bylaw__place *places;
    uint32_t *words; /* heap; per block, as the matcher counts them */
    size_t edit;     /* first edit not before the block */
    size_t lost;     /* first edit not before the passage */
};

static uint32_t overlap(struct bylaw_range a, struct bylaw_range b)
{
    uint32_t begin = a.begin > b.begin ? a.begin : b.begin;
    uint32_t end = a.end < b.end ? a.end : b.end;

    return end > begin ? end - begin : 0;
}

static int count_words(struct counter *c, struct bylaw_error *err)
{
    struct bylaw__tokens tokens;
    int rc = 0;

    bylaw__tokens_init(&tokens);
    for (size_t i = 0; i < c->d->block_count && !rc; i++) {
        const struct bylaw_block *b = &c->d->blocks[i];
        size_t before = tokens.count;

        rc = bylaw__tokens_add(&tokens, b->text, b->map, b->map_count,
                               (uint32_t)i, 0, err);
        c->words[i] = (uint32_t)(tokens.count - before);
    }
    bylaw__tokens_release(&tokens);
    return rc;
}

static double share_of(uint32_t part, struct bylaw_range bytes)
{
    return bytes.end > bytes.begin
               ? (double)part / (double)(bytes.end - bytes.begin)
               : 0.0;
}

/* Words that edits put into the block, and the bytes of them. An edit that
 * runs over several blocks is shared out by bytes. */
static double edited_words(struct counter *c, struct bylaw_range bytes,
                           uint32_t *edited_bytes)
{
    const struct bylaw_match *m = c->match;
    double words = 0;

    *edited_bytes = 0;
    while (c->edit < m->edit_count && m->edits[c->edit].page.end <= bytes.begin)
        c->edit++;
    for (size_t k = c->edit;
         k < m->edit_count && m->edits[k].page.begin < bytes.end; k++) {
        uint32_t part = overlap(m->edits[k].page, bytes);

        *edited_bytes += part;
        words +=
            share_of(part, m->edits[k].page) * (double)m->edits[k].page_words;
    }
    return words;
}

/* Source words of the passage that no longer stand on the page as they were.
 * Edits are in page order, as passages are. */
static double lost_words(struct counter *c, const struct bylaw_match_span *span)
{
    const struct bylaw_match *m = c->match;
    double words = 0;

    while (c->lost < m->edit_count &&
           m->edits[c->lost].page.begin < span->page.begin)
        c->lost++;
    for (size_t i = c->lost;
         i < m->edit_count && m->edits[i].page.end <= span->page.end; i++)
        words += m->edits[i].source_words;
    return words;
}

/* A block that the passage only steps over: the matcher saw no need to say
 * whether it was copied. */
static bool is_stepped_over(const struct bylaw_block *b,
                            const struct bylaw_match_span *span)
{
    return (!b->is_main || b->visibility == BYLAW_VISIBILITY_HIDDEN_INLINE ||
            b->visibility == BYLAW_VISIBILITY_HIDDEN_STYLE) &&
           b->bytes.begin > span->page.begin && b->bytes.end < span->page.end;
}

/* Blocks [first, end) touch the span. Measures those that are surely in it;
 * returns the source's words that remain to be found in the others. */
static double measure_sure(struct counter *c,
                           const struct bylaw_match_span *span, size_t first,
                           size_t end)
{
    double missing = (double)span->source_tokens - lost_words(c, span);

    for (size_t i = first; i < end; i++) {
        const struct bylaw_block *b = &c->d->blocks[i];
        uint32_t bytes = overlap(span->page, b->bytes), edited_bytes;
        double edited;

        if (is_stepped_over(b, span))
            continue;
        edited = edited_words(c, b->bytes, &edited_bytes);
        missing -=
            share_of(bytes, b->bytes) * (double)c->words[i] - (double)edited;
        if (bytes > edited_bytes)
            c->places[i].copied += share_of(bytes - edited_bytes, b->bytes);
    }
    return missing;
}

/* Blocks that a reader may take for the article come first. */
static bool is_likely(const struct bylaw_block *b)
{
    return b->zone != BYLAW_ZONE_SIDEBAR && b->zone != BYLAW_ZONE_NAV &&
           b->zone != BYLAW_ZONE_COMMENTS && !b->is_caption &&
           b->visibility == BYLAW_VISIBILITY_VISIBLE;
}

static void find_missing(struct counter *c, const struct bylaw_match_span *span,
                         size_t first, size_t end, double missing)
{
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = first; i < end; i++) {
            const struct bylaw_block *b = &c->d->blocks[i];
            double words = (double)c->words[i];

            if (!is_stepped_over(b, span) || is_likely(b) != (pass == 0) ||
                words > missing + SLACK_WORDS || words <= SLACK_WORDS)
                continue;
            c->places[i].copied = 1.0;
            missing -= words;
        }
    }
}

static void measure(struct counter *c)
{
    size_t block = 0;

    for (size_t k = 0; k < c->match->span_count; k++) {
        const struct bylaw_match_span *span = &c->match->spans[k];
        size_t end;
        double missing;

        while (block < c->d->block_count &&
               c->d->blocks[block].bytes.end <= span->page.begin)
            block++;
        for (end = block; end < c->d->block_count &&
                          c->d->blocks[end].bytes.begin < span->page.end;)
            end++;
        missing = measure_sure(c, span, block, end);
        find_missing(c, span, block, end, missing);
    }
    for (size_t i = 0; i < c->d->block_count; i++)
        if (c->places[i].copied > 1.0)
            c->places[i].copied = 1.0;
}

int bylaw__place_copied(struct bylaw__place *places,
                        const struct bylaw_document *document,
                        const struct bylaw_match *match,
                        struct bylaw_error *err)
{
    struct counter c = {.d = document, .match = match, .places = places};
    int rc;

    c.words = calloc(document->block_count + 1, sizeof(*c.words));
    if (!c.words)
        return bylaw__fail_memory(err, "extract");
    rc = count_words(&c, err);
    if (!rc)
        measure(&c);
    free(c.words);
    return rc;
}
