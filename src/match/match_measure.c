/* SPDX-License-Identifier: Apache-2.0 */
/* What an alignment amounts to: words, coverage, class. */
#include "match_int.h"

/** Words counted over all passages. */
struct tally {
    uint32_t copied;             /* source words on the page, once each */
    uint32_t own;                /* ... in quotation on neither side */
    uint32_t quoted;             /* ... in quotation on the page alone */
    uint32_t total;              /* words of the article */
    uint32_t own_run, own_seeds; /* longest own run; most own runs of five
                                    words in one passage */
    uint32_t quoted_run;
};

static bool is_quoted(const struct bylaw__tokens *tokens, uint32_t word)
{
    return tokens->items[word].flags & BYLAW__TOKEN_QUOTED;
}

/* Own and quoted stretches of one run of equal words. */
static void tally_run(struct tally *tally, const struct aligner *a,
                      const struct run *run, uint32_t *own_seeds)
{
    uint32_t own = 0, quoted = 0;

    for (uint32_t w = 0; w < run->len; w++) {
        bool on_page = is_quoted(a->page, run->page + w);
        bool in_source = is_quoted(a->source, run->source + w) ||
                         is_furniture(a, run->source + w);

        own = on_page || in_source ? 0 : own + 1;
        quoted = !on_page || in_source ? 0 : quoted + 1;
        *own_seeds += own == BYLAW__SHINGLE_WORDS;
        if (own > tally->own_run)
            tally->own_run = own;
        if (quoted > tally->quoted_run)
            tally->quoted_run = quoted;
    }
}

static void mark_run(struct aligner *a, const struct run *run)
{
    for (uint32_t w = 0; w < run->len; w++) {
        uint8_t *state = &a->source_state[run->source + w];

        a->page_state[run->page + w] = 1;
        *state |= SOURCE_COPIED;
        if (!is_quoted(a->page, run->page + w))
            *state |= SOURCE_OWN;
    }
}

/* Furniture inside a passage counts where the run is long enough. */
static void mark_furniture(struct aligner *a, const struct run *run)
{
    uint32_t begin = 0;

    for (uint32_t w = 0; w <= run->len; w++) {
        if (w < run->len && is_furniture(a, run->source + w))
            continue;
        for (uint32_t f = begin; w - begin >= FURNITURE_RUN_MIN && f < w; f++)
            a->source_state[run->source + f] |= SOURCE_FURNITURE;
        begin = w + 1;
    }
}

static void mark_passages(struct tally *tally, struct bylaw_match *match,
                          struct aligner *a)
{
    for (size_t p = 0; p < a->passages.count; p++) {
        const struct passage *passage = &a->passages.items[p];
        uint32_t own_seeds = 0;

        for (size_t i = 0; i < passage->count; i++) {
            const struct run *run = &a->kept.items[passage->first + i];

            mark_run(a, run);
            mark_furniture(a, run);
            tally_run(tally, a, run, &own_seeds);
            if (run->len > match->longest_run)
                match->longest_run = run->len;
        }
        if (own_seeds > tally->own_seeds)
            tally->own_seeds = own_seeds;
    }
}

static void tally_source(struct tally *tally, struct bylaw_match *match,
                         const struct aligner *a)
{
    for (uint32_t s = 0; s < a->source->count; s++) {
        uint8_t state = a->source_state[s];

        match->furniture_words += state & SOURCE_FURNITURE ? 1 : 0;
        if (is_furniture(a, s))
            continue;
        tally->total++;
        if (!(state & SOURCE_COPIED))
            continue;
        tally->copied++;
        if (!is_quoted(a->source, s)) {
            tally->own += state & SOURCE_OWN ? 1 : 0;
            tally->quoted += state & SOURCE_OWN ? 0 : 1;
        }
    }
}

static double page_share(const struct aligner *a)
{
    uint32_t words = 0, copied = 0;

    for (uint32_t p = 0; p < a->page->count; p++) {
        if (is_off_page(a, p))
            continue;
        words++;
        copied += a->page_state[p];
    }
    return words ? (double)copied / words : 0.0;
}

/* Little, and nearly all of it in quotation marks. */
static bool is_small_quotation(const struct tally *tally)
{
    uint32_t words = tally->own + tally->quoted;

    return tally->quoted >= QUOTATION_SHARE * words &&
           (tally->copied <= QUOTATION_WORDS_MAX ||
            tally->copied <= QUOTATION_COVERAGE_MAX * tally->total);
}

static bool is_quotation(const struct tally *tally)
{
    return tally->quoted >= QUOTATION_WORDS_MIN &&
           tally->quoted_run >= RUN_WORDS_MIN;
}

/* Enough of the article's own words to speak of a copy. Words in quotation on
   the page count here: a repost wholly inside a blockquote is a repost. */
static bool is_strong(const struct tally *tally)
{
    uint32_t words = tally->own + tally->quoted;
    uint32_t run =
        tally->own_run > tally->quoted_run ? tally->own_run : tally->quoted_run;

    if (run < RUN_WORDS_MIN && tally->own_seeds < 2)
        return false;
    if (words >= STRENGTH_WORDS)
        return true;
    return STRENGTH_SHARE * tally->total < STRENGTH_WORDS &&
           tally->copied >= STRENGTH_SHARE * tally->total;
}

static enum bylaw_match_class class_of(const struct tally *tally,
                                       double coverage)
{
    struct tally unquoted = *tally;

    if (is_small_quotation(tally) && tally->quoted)
        return is_quotation(tally) ? BYLAW_MATCH_QUOTATION : BYLAW_MATCH_NONE;
    if (tally->copied <= QUOTATION_WORDS_MAX)
        unquoted.quoted = 0, unquoted.quoted_run = 0;
    if (!is_strong(&unquoted))
        return is_quotation(tally) ? BYLAW_MATCH_QUOTATION : BYLAW_MATCH_NONE;
    if (coverage >= FULL_COVERAGE)
        return BYLAW_MATCH_FULL;
    return coverage >= PARTIAL_COVERAGE ? BYLAW_MATCH_PARTIAL
                                        : BYLAW_MATCH_EXCERPT;
}

void measure_match(struct bylaw_match *match, struct aligner *a)
{
    struct tally tally = {0};

    memset(a->page_state, 0, a->page->count);
    for (uint32_t s = 0; s < a->source->count; s++)
        a->source_state[s] &= SOURCE_FURNITURE;
    mark_passages(&tally, match, a);
    tally_source(&tally, match, a);
    match->copied_words = tally.copied;
    match->quoted_words = tally.quoted;
    match->source_coverage =
        tally.total ? (double)tally.copied / tally.total : 0.0;
    match->page_coverage = page_share(a);
    match->class = class_of(&tally, match->source_coverage);
}
