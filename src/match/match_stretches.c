/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From like sentences to stretches that say the same. One like sentence is
 * chance; several in about the same order are not, so that pairs too weak
 * alone count in a chain, and a chain counts by how far its pairs exceed what
 * chance gives.
 */
#include "match_rewrite.h"

#include <math.h>
#include <stdlib.h>

/** A point as the end of the best chain that leads to it. */
struct chain_end {
    double score;
    size_t before; /* one more than the point before it; 0: none */
    bool is_used;
};

struct chaining {
    const struct bags *bags;
    struct points points;
    struct chain_end *ends;
    size_t *ranks;
};

static uint32_t words_in(struct stretch words)
{
    return words.end - words.begin;
}

/* Short sentences are alike by chance more easily. */
static double gain_of_point(const struct chaining *c, const struct point *point)
{
    uint32_t page =
        words_in(c->bags->sides[SIDE_PAGE].items[point->page].words);
    uint32_t source =
        words_in(c->bags->sides[SIDE_SOURCE].items[point->source].words);
    double words = page < source ? page : source;

    return ((double)point->alike - ALIKE_CHANCE) *
           (words < ALIKE_WORDS ? words / ALIKE_WORDS : 1);
}

static uint32_t skipped(uint32_t from, uint32_t to)
{
    return to > from + 1 ? to - from - 1 : 0;
}

static void link_point(struct chaining *c, size_t at)
{
    const struct point *points = c->points.items, *here = &points[at];
    struct chain_end *end = &c->ends[at];
    double best = 0;

    for (size_t i = at; i-- > 0;) {
        uint32_t page_gap = skipped(points[i].page, here->page), source_gap;

        if (page_gap > SKIP_SENTENCES)
            break;
        if (points[i].source > here->source)
            continue;
        source_gap = skipped(points[i].source, here->source);
        if (source_gap > SKIP_SENTENCES)
            continue;
        double score =
            c->ends[i].score - SKIP_COST * ((double)page_gap + source_gap);
        if (score > best) {
            best = score;
            end->before = i + 1;
        }
    }
    end->score = gain_of_point(c, here) + best;
}

/* Ranks need the ends; qsort has no room for them. */
static int by_score(const void *left, const void *right, void *payload)
{
    const struct chain_end *ends = payload;
    size_t a = *(const size_t *)left, b = *(const size_t *)right;

    if (ends[a].score > ends[b].score || ends[a].score < ends[b].score)
        return ends[a].score > ends[b].score ? -1 : 1;
    return (a > b) - (a < b);
}

static void widen(struct stretch *stretch, uint32_t sentence)
{
    if (sentence < stretch->begin)
        stretch->begin = sentence;
    if (sentence >= stretch->end)
        stretch->end = sentence + 1;
}

/* What of the chain no better one has taken. */
static struct stretch_pair unwind(struct chaining *c, size_t last)
{
    struct stretch_pair pair = {{UINT32_MAX, 0}, {UINT32_MAX, 0}, 0};
    size_t at = last + 1;

    pair.score = c->ends[last].score;
    for (; at && !c->ends[at - 1].is_used; at = c->ends[at - 1].before) {
        const struct point *point = &c->points.items[at - 1];

        c->ends[at - 1].is_used = true;
        widen(&pair.page, point->page);
        widen(&pair.source, point->source);
    }
    if (at)
        pair.score -= c->ends[at - 1].score;
    return pair;
}

static int push_stretch(struct stretch_pairs *out, struct stretch_pair pair,
                        struct bylaw_error *err)
{
    if (bylaw__vec_grow(&out->items, &out->cap, out->count + 1,
                        sizeof(*out->items)))
        return bylaw__fail_memory(err, "");
    out->items[out->count++] = pair;
    return 0;
}

static int take_chains(struct stretch_pairs *out, struct chaining *c,
                       struct bylaw_error *err)
{
    int rc = 0;

    for (size_t i = 0; i < c->points.count; i++) {
        c->ranks[i] = i;
        link_point(c, i);
    }
    qsort_r(c->ranks, c->points.count, sizeof(*c->ranks), by_score, c->ends);
    for (size_t i = 0; !rc && i < c->points.count; i++) {
        size_t last = c->ranks[i];

        if (c->ends[last].score < CHAIN_SCORE_MIN ||
            out->count == STRETCHES_MOST)
            break;
        if (c->ends[last].is_used)
            continue;
        struct stretch_pair pair = unwind(c, last);
        if (pair.score >= CHAIN_SCORE_MIN)
            rc = push_stretch(out, pair, err);
    }
    return rc;
}

/* ------------------------------------------------------------- merging --- */

/* Sentences between two stretches; negative where they overlap. */
static int64_t apart(struct stretch a, struct stretch b)
{
    uint32_t begin = a.begin > b.begin ? a.begin : b.begin;
    uint32_t end = a.end < b.end ? a.end : b.end;

    return (int64_t)begin - end;
}

static struct stretch hull(struct stretch a, struct stretch b)
{
    return (struct stretch){a.begin < b.begin ? a.begin : b.begin,
                            a.end > b.end ? a.end : b.end};
}

static bool merge_into(struct stretch_pair *a, const struct stretch_pair *b)
{
    if (apart(a->page, b->page) > MERGE_SENTENCES ||
        apart(a->source, b->source) > MERGE_SENTENCES)
        return false;
    a->page = hull(a->page, b->page);
    a->source = hull(a->source, b->source);
    a->score += b->score;
    return true;
}

/* Neighbours on both sides are one stretch, whatever their order. */
static void merge_stretches(struct stretch_pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++)
        for (size_t j = i + 1; j < pairs->count;)
            if (merge_into(&pairs->items[i], &pairs->items[j])) {
                pairs->items[j] = pairs->items[--pairs->count];
                j = i + 1; /* it has grown: look at all others again */
            } else {
                j++;
            }
}

/* ------------------------------------------------------------ choosing --- */

/* The uses of a stretch stand in a row. */
static struct stretch uses_of(const struct bags *bags, enum side which,
                              struct stretch stretch)
{
    const struct sentence *items = bags->sides[which].items;
    const struct sentence *last = &items[stretch.end - 1];

    return (struct stretch){items[stretch.begin].first_use,
                            last->first_use + last->uses};
}

static void add_uses(float *sums, const struct bags *bags, enum side which,
                     struct stretch uses)
{
    const struct sentences *side = &bags->sides[which];

    for (uint32_t u = uses.begin; u < uses.end; u++)
        sums[side->uses[u].term] += (float)side->uses[u].times;
}

/* The square of one side's length, and what it has of the other; its sums are
 * zero again. */
static double take_sums(double *both, float *sums, const float *other,
                        const struct bags *bags, enum side which,
                        struct stretch uses)
{
    const struct sentences *side = &bags->sides[which];
    double square = 0;

    for (uint32_t u = uses.begin; u < uses.end; u++) {
        uint32_t term = side->uses[u].term;
        double weight = bags->vocabulary.items[term].weight;
        double worth = (double)sums[term] * weight;

        square += worth * worth;
        if (other)
            *both += worth * (double)other[term] * weight;
        sums[term] = 0;
    }
    return square;
}

/* Sentences as a whole, wherever each stands within the stretch. sums: of all
 * terms, for both sides; zero before and after. */
static bool is_alike_whole(float *sums, const struct bags *bags,
                           const struct stretch_pair *pair)
{
    struct stretch page = uses_of(bags, SIDE_PAGE, pair->page);
    struct stretch source = uses_of(bags, SIDE_SOURCE, pair->source);
    float *theirs = sums + bags->vocabulary.count;
    double both = 0, left, right;

    add_uses(sums, bags, SIDE_PAGE, page);
    add_uses(theirs, bags, SIDE_SOURCE, source);
    left = take_sums(&both, sums, theirs, bags, SIDE_PAGE, page);
    right = take_sums(&both, theirs, NULL, bags, SIDE_SOURCE, source);
    return both > 0 && both / sqrt(left * right) >= ALIKE_WHOLE;
}

static uint32_t words_of(const struct bags *bags, enum side which,
                         struct stretch stretch)
{
    const struct sentence *items = bags->sides[which].items;

    return items[stretch.end - 1].words.end - items[stretch.begin].words.begin;
}

static bool is_worth_telling(float *sums, const struct bags *bags,
                             const struct stretch_pair *pair)
{
    return pair->score >= STRETCH_SCORE_MIN &&
           words_of(bags, SIDE_PAGE, pair->page) >= STRETCH_WORDS_MIN &&
           words_of(bags, SIDE_SOURCE, pair->source) >= STRETCH_WORDS_MIN &&
           is_alike_whole(sums, bags, pair);
}

static int by_number(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int by_worth(const void *left, const void *right)
{
    const struct stretch_pair *a = left, *b = right;

    if (a->score > b->score || a->score < b->score)
        return a->score > b->score ? -1 : 1;
    if (a->page.begin != b->page.begin)
        return by_number(a->page.begin, b->page.begin);
    if (a->page.end != b->page.end)
        return by_number(a->page.end, b->page.end);
    return a->source.begin != b->source.begin
               ? by_number(a->source.begin, b->source.begin)
               : by_number(a->source.end, b->source.end);
}

static int by_place(const void *left, const void *right)
{
    const struct stretch_pair *a = left, *b = right;

    return (a->page.begin > b->page.begin) - (a->page.begin < b->page.begin);
}

/* The better of two that claim the same words of the page. */
static int choose_stretches(struct stretch_pairs *pairs,
                            const struct bags *bags, struct bylaw_error *err)
{
    float *sums = calloc(2 * bags->vocabulary.count + 1, sizeof(*sums));
    size_t kept = 0;

    if (!sums)
        return bylaw__fail_memory(err, "");
    if (pairs->count)
        qsort(pairs->items, pairs->count, sizeof(*pairs->items), by_worth);
    for (size_t i = 0; i < pairs->count; i++) {
        struct stretch_pair pair = pairs->items[i];
        bool is_claimed = false;

        for (size_t k = 0; k < kept && !is_claimed; k++)
            is_claimed = apart(pairs->items[k].page, pair.page) < 0;
        if (!is_claimed && is_worth_telling(sums, bags, &pair))
            pairs->items[kept++] = pair;
    }
    pairs->count = kept;
    if (kept)
        qsort(pairs->items, kept, sizeof(*pairs->items), by_place);
    free(sums);
    return 0;
}

int find_stretches(struct stretch_pairs *out, const struct bags *bags,
                   struct bylaw_error *err)
{
    struct chaining c = {.bags = bags};
    int rc = find_points(&c.points, bags, err);

    if (rc)
        goto done;
    c.ends = calloc(c.points.count + 1, sizeof(*c.ends));
    c.ranks = calloc(c.points.count + 1, sizeof(*c.ranks));
    if (!c.ends || !c.ranks)
        rc = bylaw__fail_memory(err, "");
    if (!rc)
        rc = take_chains(out, &c, err);
    if (!rc) {
        merge_stretches(out);
        rc = choose_stretches(out, bags, err);
    }
done:
    free(c.points.items);
    free(c.ends);
    free(c.ranks);
    return rc;
}
