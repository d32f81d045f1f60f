/* SPDX-License-Identifier: Apache-2.0 */
/* Passages made whole: longer at their ends, joined, filled, tidied. */
#include "match_int.h"

static struct run *first_run(const struct aligner *a, size_t passage)
{
    return &a->kept.items[a->passages.items[passage].first];
}

static struct run *last_run(const struct aligner *a, size_t passage)
{
    const struct passage *p = &a->passages.items[passage];

    return &a->kept.items[p->first + p->count - 1];
}

/* ------------------------------------------------------------ extend --- */

/* Up to the frame, or to where the next passage goes on with the source. */
static uint32_t source_stop_after(const struct aligner *a, size_t passage)
{
    uint32_t from = source_end(last_run(a, passage));
    uint32_t stop = (uint32_t)a->source->count;

    if (passage + 1 < a->passages.count &&
        first_run(a, passage + 1)->source >= from)
        stop = first_run(a, passage + 1)->source;
    if (stop - from > REACH_WORDS_MAX)
        stop = from + REACH_WORDS_MAX;
    for (uint32_t s = from; s < stop; s++)
        if (is_furniture(a, s))
            return s;
    return stop;
}

static uint32_t source_stop_before(const struct aligner *a, size_t passage)
{
    uint32_t from = first_run(a, passage)->source, stop = 0;

    if (passage && source_end(last_run(a, passage - 1)) <= from)
        stop = source_end(last_run(a, passage - 1));
    if (from - stop > REACH_WORDS_MAX)
        stop = from - REACH_WORDS_MAX;
    for (uint32_t s = from; s > stop; s--)
        if (is_furniture(a, s - 1))
            return s;
    return stop;
}

/** New ends of a passage: words that the extension ended on. */
struct ends {
    struct run before, after; /* len 0 where nothing was gained */
};

static struct ends find_ends(const struct aligner *a, size_t passage)
{
    struct ends ends = {{0, 0, 0}, {0, 0, 0}};
    const struct run *first = first_run(a, passage);
    const struct run *last = last_run(a, passage);
    uint32_t page_stop = passage ? page_end(last_run(a, passage - 1)) : 0;
    struct reach reach =
        reach_backward(a, first->page, first->source, page_stop,
                       source_stop_before(a, passage));

    if (reach.page)
        ends.before = (struct run){first->page - reach.page,
                                   first->source - reach.source, 1};
    page_stop = passage + 1 < a->passages.count
                    ? first_run(a, passage + 1)->page
                    : (uint32_t)a->page->count;
    reach = reach_forward(a, page_end(last), source_end(last), page_stop,
                          source_stop_after(a, passage));
    if (reach.page)
        ends.after = (struct run){page_end(last) + reach.page - 1,
                                  source_end(last) + reach.source - 1, 1};
    return ends;
}

/* Copies each passage behind the others, its new ends as runs of one word. */
static int extend_passages(struct aligner *a, struct bylaw_error *err)
{
    int rc = 0;

    for (size_t p = 0; !rc && p < a->passages.count; p++) {
        struct passage *passage = &a->passages.items[p];
        struct ends ends = find_ends(a, p);
        size_t first = a->kept.count;

        if (ends.before.len)
            rc = runs_push(&a->kept, ends.before, err);
        for (size_t i = 0; !rc && i < passage->count; i++)
            rc = runs_push(&a->kept, a->kept.items[passage->first + i], err);
        if (!rc && ends.after.len)
            rc = runs_push(&a->kept, ends.after, err);
        passage->first = first;
        passage->count = a->kept.count - first;
    }
    return rc;
}

/* -------------------------------------------------------------- join --- */

static uint32_t visible_words(const struct aligner *a, uint32_t begin,
                              uint32_t end)
{
    uint32_t words = 0;

    for (uint32_t p = begin; p < end; p++)
        words += !is_off_page(a, p);
    return words;
}

/* Whether passage p goes on with what the one before it left off. */
static bool is_continued(const struct aligner *a, const struct run *last,
                         size_t p, uint32_t length)
{
    const struct run *next = first_run(a, p);
    uint32_t more = source_end(last_run(a, p)) - next->source;
    double reach = JOIN_GAP_SHARE * ((double)length + more);
    uint32_t gap;

    if (next->source < source_end(last))
        return false;
    gap = visible_words(a, page_end(last), next->page);
    if (next->source - source_end(last) > gap)
        gap = next->source - source_end(last);
    return gap <= JOIN_GAP_WORDS || gap <= reach;
}

static int join_passages(struct aligner *a, struct bylaw_error *err)
{
    struct runs joined = {0};
    size_t count = 0;
    int rc = 0;

    for (size_t p = 0; !rc && p < a->passages.count; p++) {
        struct passage passage = a->passages.items[p];
        struct passage *before = count ? &a->passages.items[count - 1] : NULL;
        bool is_one =
            before && is_continued(a, &joined.items[joined.count - 1], p,
                                   source_end(&joined.items[joined.count - 1]) -
                                       joined.items[before->first].source);
        size_t first = joined.count;

        for (size_t i = 0; !rc && i < passage.count; i++)
            rc = runs_push(&joined, a->kept.items[passage.first + i], err);
        if (is_one) {
            before->count += passage.count;
            before->is_repeat &= passage.is_repeat;
        } else {
            a->passages.items[count++] =
                (struct passage){first, passage.count, passage.page,
                                 passage.is_repeat};
        }
    }
    a->passages.count = rc ? 0 : count;
    free(a->kept.items);
    a->kept = joined;
    return rc;
}

/* -------------------------------------------------------------- tidy --- */

static uint32_t change_between(const struct run *a, const struct run *b)
{
    uint32_t page = b->page - page_end(a), source = b->source - source_end(a);

    return page > source ? page : source;
}

/* Joins runs that touch, drops islands; the ends stay. Returns the count. */
static size_t tidy_runs(struct run *runs, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        struct run run = runs[i];
        uint32_t left = kept ? change_between(&runs[kept - 1], &run) : 0;
        uint32_t right = i + 1 < count ? change_between(&run, &runs[i + 1]) : 0;

        if (kept && !left)
            runs[kept - 1].len += run.len;
        else if (run.len >= ISLAND_WORDS_MIN || run.len >= left ||
                 run.len >= right)
            runs[kept++] = run;
    }
    return kept;
}

/* How well a change begins at this word: at a block, a sentence, neither. */
static int border_of(const struct bylaw__tokens *tokens, uint32_t word)
{
    if (word >= tokens->count || tokens->items[word].flags & BYLAW__TOKEN_BLOCK)
        return 2;
    return tokens->items[word].flags & BYLAW__TOKEN_SENTENCE ? 1 : 0;
}

/* The left run gains so many words, the right one loses them; or back. */
static void move_border(struct run *left, struct run *right, int by)
{
    left->len += (uint32_t)by;
    right->page += (uint32_t)by;
    right->source += (uint32_t)by;
    right->len -= (uint32_t)by;
}

/* Whether the words between two runs could stand one word further along. */
static bool can_shift(const struct aligner *a, const struct run *left,
                      const struct run *right, int by)
{
    uint32_t off = (uint32_t)by;

    return is_same_word(a, page_end(left) + off, right->source + off) &&
           is_same_word(a, right->page + off, source_end(left) + off);
}

/*
 * Words put in (or left out) next to equal words could stand a few words
 * earlier or later just as well; they are shown where a block or sentence
 * begins.
 */
static void settle_gap(const struct aligner *a, struct run *left,
                       struct run *right)
{
    bool is_put_in = source_end(left) == right->source;
    const struct bylaw__tokens *tokens = is_put_in ? a->page : a->source;
    uint32_t at = is_put_in ? page_end(left) : source_end(left);
    int low = 0, high = 0, best = 0;

    while (1 - low < (int)left->len && -low < BAND_HALF &&
           can_shift(a, left, right, low - 1))
        low--;
    while (high + 1 < (int)right->len && high < BAND_HALF &&
           can_shift(a, left, right, high))
        high++;
    for (int shift = low; shift <= high; shift++)
        if (border_of(tokens, at + (uint32_t)shift) >
            border_of(tokens, at + (uint32_t)best))
            best = shift;
    move_border(left, right, best);
}

/*
 * Two passages that meet on the page may both fit the words there: paragraphs
 * put in another order, where one begins as the next of the first would. They
 * part where a block or sentence begins.
 */
static void settle_border(const struct aligner *a, struct run *left,
                          struct run *right)
{
    uint32_t at = right->page;
    int low = 0, high = 0, best = 0;

    while (1 - low < (int)left->len && -low < BAND_HALF &&
           right->source + (uint32_t)low > 0 &&
           is_same_word(a, at + (uint32_t)(low - 1),
                        right->source + (uint32_t)(low - 1)))
        low--;
    while (
        high + 1 < (int)right->len && high < BAND_HALF &&
        source_end(left) + (uint32_t)high < a->source->count &&
        is_same_word(a, at + (uint32_t)high, source_end(left) + (uint32_t)high))
        high++;
    for (int shift = low; shift <= high; shift++)
        if (border_of(a->page, at + (uint32_t)shift) >
            border_of(a->page, at + (uint32_t)best))
            best = shift;
    move_border(left, right, best);
}

static void settle_borders(struct aligner *a)
{
    for (size_t p = 1; p < a->passages.count; p++)
        if (page_end(last_run(a, p - 1)) == first_run(a, p)->page)
            settle_border(a, last_run(a, p - 1), first_run(a, p));
}

static void settle_gaps(const struct aligner *a, struct run *runs, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (page_end(&runs[i - 1]) == runs[i].page ||
            source_end(&runs[i - 1]) == runs[i].source)
            settle_gap(a, &runs[i - 1], &runs[i]);
}

static int fill_passages(struct aligner *a, struct bylaw_error *err)
{
    struct runs filled = {0};
    int rc = 0;

    for (size_t p = 0; !rc && p < a->passages.count; p++) {
        struct passage *passage = &a->passages.items[p];
        const struct run *runs = a->kept.items + passage->first;
        size_t first = filled.count;

        for (size_t i = 0; !rc && i < passage->count; i++) {
            if (i)
                rc = fill_gap(&filled, a, &runs[i - 1], &runs[i], err);
            if (!rc)
                rc = runs_push(&filled, runs[i], err);
        }
        passage->first = first;
        passage->count = tidy_runs(filled.items + first, filled.count - first);
        filled.count = first + passage->count;
        settle_gaps(a, filled.items + first, passage->count);
    }
    free(a->kept.items);
    a->kept = filled;
    return rc;
}

int refine_passages(struct aligner *a, struct bylaw_error *err)
{
    int rc = extend_passages(a, err);

    if (!rc)
        rc = join_passages(a, err);
    if (!rc)
        rc = fill_passages(a, err);
    if (!rc)
        settle_borders(a);
    return rc;
}
