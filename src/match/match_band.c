/* SPDX-License-Identifier: Apache-2.0 */
/* Banded alignment of words: how far to go on, and what lies between runs. */
#include "match_int.h"

#define BAND_WIDTH (2 * BAND_HALF + 1)
#define UNREACHED  INT32_MIN / 2

/* ------------------------------------------------------------- reach --- */

/** Where an extension starts, which way it goes and how far it may. */
struct extension {
    const struct aligner *a;
    uint32_t page, source;
    uint32_t page_words, source_words; /* at most, in that direction */
    bool is_backward;
};

static bool is_same_ahead(const struct extension *x, uint32_t i, uint32_t j)
{
    if (x->is_backward)
        return is_same_word(x->a, x->page - 1 - j, x->source - 1 - i);
    return is_same_word(x->a, x->page + j, x->source + i);
}

static int32_t max_of(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/*
 * One row: source word i against the page words of its band. Cell k stands
 * for page word i + k - BAND_HALF. Returns the best score of the row; where
 * it beats *best, *at is the page words gone.
 */
static int32_t reach_row(int32_t *row, const int32_t *before,
                         const struct extension *x, uint32_t i, int32_t best,
                         uint32_t *at)
{
    int32_t top = UNREACHED;

    for (uint32_t k = 0; k < BAND_WIDTH; k++) {
        int64_t j = (int64_t)i + k - BAND_HALF;
        int32_t score = UNREACHED;

        if (j >= 0 && j <= x->page_words) {
            if (k + 1 < BAND_WIDTH)
                score = before[k + 1] + SCORE_CHANGE;
            if (k > 0)
                score = max_of(score, row[k - 1] + SCORE_CHANGE);
            if (j > 0)
                score =
                    max_of(score,
                           before[k] + (is_same_ahead(x, i - 1, (uint32_t)j - 1)
                                            ? SCORE_EQUAL
                                            : SCORE_CHANGE));
        }
        row[k] = score;
        if (score > top) {
            top = score;
            if (score > best)
                *at = (uint32_t)j;
        }
    }
    return top;
}

static struct reach extend(const struct extension *x)
{
    int32_t rows[2][BAND_WIDTH];
    struct reach reach = {0, 0};
    int32_t best = 0;

    for (uint32_t k = 0; k < BAND_WIDTH; k++)
        rows[0][k] = k >= BAND_HALF && k - BAND_HALF <= x->page_words
                         ? (int32_t)(k - BAND_HALF) * SCORE_CHANGE
                         : UNREACHED;
    for (uint32_t i = 1; i <= x->source_words && i <= REACH_WORDS_MAX; i++) {
        uint32_t at = 0;
        int32_t top =
            reach_row(rows[i & 1], rows[(i - 1) & 1], x, i, best, &at);

        if (top > best) {
            best = top;
            reach = (struct reach){.page = at, .source = i};
        }
        if (top < best - SCORE_DROP)
            break;
    }
    return reach;
}

struct reach reach_forward(const struct aligner *a, uint32_t page,
                           uint32_t source, uint32_t page_stop,
                           uint32_t source_stop)
{
    struct extension x = {
        a, page, source, page_stop - page, source_stop - source, false};

    return extend(&x);
}

struct reach reach_backward(const struct aligner *a, uint32_t page,
                            uint32_t source, uint32_t page_stop,
                            uint32_t source_stop)
{
    struct extension x = {
        a, page, source, page - page_stop, source - source_stop, true};

    return extend(&x);
}

/* -------------------------------------------------------------- fill --- */

enum step { STEP_BOTH = 0, STEP_PAGE, STEP_SOURCE };

/** A gap under alignment; cell (i, k) stands for page word i + k + low. */
struct band {
    struct aligner *a;
    uint32_t page, source; /* first words of the gap */
    uint32_t page_words, source_words;
    int64_t low;
    uint32_t width;
};

#define COST_NONE (UINT32_MAX / 2)

static void fill_row(uint32_t *row, const uint32_t *before,
                     const struct band *b, uint32_t i)
{
    uint8_t *trace = b->a->trace + (size_t)i * b->width;

    for (uint32_t k = 0; k < b->width; k++) {
        int64_t j = (int64_t)i + k + b->low;
        uint32_t cost = COST_NONE;
        enum step step = STEP_BOTH;

        if (j >= 0 && j <= b->page_words && (i || j)) {
            if (i && j)
                cost =
                    before[k] + !is_same_word(b->a, b->page + (uint32_t)j - 1,
                                              b->source + i - 1);
            if (i && k + 1 < b->width && before[k + 1] + 1 < cost)
                cost = before[k + 1] + 1, step = STEP_SOURCE;
            if (k && row[k - 1] + 1 < cost)
                cost = row[k - 1] + 1, step = STEP_PAGE;
        }
        row[k] = i || j ? cost : 0;
        trace[k] = (uint8_t)step;
    }
}

/* Walks the trace back; runs come out last first and are then turned. */
static int trace_back(struct runs *out, const struct band *b,
                      struct bylaw_error *err)
{
    uint32_t i = b->source_words, j = b->page_words;
    size_t first = out->count;
    int rc = 0;

    while (!rc && i && j) {
        size_t k = (size_t)((int64_t)j - i - b->low);
        enum step step = b->a->trace[(size_t)i * b->width + k];

        i -= step != STEP_PAGE;
        j -= step != STEP_SOURCE;
        if (step != STEP_BOTH ||
            !is_same_word(b->a, b->page + j, b->source + i))
            continue;
        struct run *last =
            out->count > first ? &out->items[out->count - 1] : NULL;
        if (last && last->page == b->page + j + 1 &&
            last->source == b->source + i + 1)
            last->page--, last->source--, last->len++;
        else
            rc = runs_push(out, (struct run){b->page + j, b->source + i, 1},
                           err);
    }
    for (size_t lo = first, hi = out->count; !rc && lo + 1 < hi; lo++) {
        struct run swap = out->items[lo];

        out->items[lo] = out->items[--hi];
        out->items[hi] = swap;
    }
    return rc;
}

static int fill_band(struct runs *out, const struct band *b,
                     struct bylaw_error *err)
{
    uint32_t *rows = calloc(2 * (size_t)b->width, sizeof(*rows));
    uint32_t *before, *row;

    if (!rows)
        return bylaw__fail_memory(err, "");
    before = rows, row = rows + b->width;
    for (uint32_t i = 0; i <= b->source_words; i++) {
        uint32_t *swap = before;

        fill_row(row, before, b, i);
        before = row;
        row = swap;
    }
    free(rows);
    return trace_back(out, b, err);
}

int fill_gap(struct runs *out, struct aligner *a, const struct run *from,
             const struct run *to, struct bylaw_error *err)
{
    struct band b = {.a = a,
                     .page = page_end(from),
                     .source = source_end(from)};
    size_t cells;

    b.page_words = to->page - b.page;
    b.source_words = to->source - b.source;
    if (!b.page_words || !b.source_words)
        return 0;
    b.low = (int64_t)b.page_words - b.source_words;
    b.width = (uint32_t)(b.low < 0 ? -b.low : b.low) + BAND_WIDTH;
    b.low = (b.low < 0 ? b.low : 0) - BAND_HALF;
    cells = ((size_t)b.source_words + 1) * b.width;
    if (cells > GAP_CELLS_MAX || cells > a->cells_left)
        return 0;
    a->cells_left -= cells;
    return fill_band(out, &b, err);
}
