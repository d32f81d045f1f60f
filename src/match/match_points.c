/* SPDX-License-Identifier: Apache-2.0 */
/* Which sentences of two texts are alike: cosines by a table of who uses a
 * term, so that only pairs with something in common are looked at. */
#include "match_rewrite.h"

#include <math.h>
#include <stdlib.h>

/** One source sentence that uses a term, and what it adds to a cosine. */
struct posting {
    uint32_t sentence;
    float worth;
};

/** Comparing, at work. */
struct compare {
    const struct bags *bags;
    uint32_t *first;          /* by term: its first posting */
    struct posting *postings; /* by term, then sentence */
    float *sums;              /* by source sentence; 0 between rows */
    uint32_t *touched;        /* source sentences with a sum */
    struct point *row;        /* room for one row */
};

static float length_of(const struct bags *bags, enum side side, size_t sentence)
{
    const struct sentences *text = &bags->sides[side];
    const struct sentence *s = &text->items[sentence];
    double sum = 0;

    for (uint32_t u = s->first_use; u < s->first_use + s->uses; u++) {
        double worth = (double)text->uses[u].times *
                       bags->vocabulary.items[text->uses[u].term].weight;

        sum += worth * worth;
    }
    return sum > 0 ? (float)sqrt(sum) : 1;
}

static void release(struct compare *c)
{
    free(c->first);
    free(c->postings);
    free(c->sums);
    free(c->touched);
    free(c->row);
}

static int make_room(struct compare *c, const struct bags *bags,
                     struct bylaw_error *err)
{
    size_t sentences = bags->sides[SIDE_SOURCE].count + 1;

    c->bags = bags;
    c->first = calloc(bags->vocabulary.count + 2, sizeof(*c->first));
    c->postings =
        malloc((bags->sides[SIDE_SOURCE].use_count + 1) * sizeof(*c->postings));
    c->sums = calloc(sentences, sizeof(*c->sums));
    c->touched = malloc(sentences * sizeof(*c->touched));
    c->row = malloc(sentences * sizeof(*c->row));
    if (!c->first || !c->postings || !c->sums || !c->touched || !c->row)
        return bylaw__fail_memory(err, "");
    return 0;
}

/* Terms without weight have no postings. */
static void list_postings(struct compare *c)
{
    const struct vocabulary *v = &c->bags->vocabulary;
    const struct sentences *source = &c->bags->sides[SIDE_SOURCE];

    for (size_t t = 0; t < v->count; t++)
        c->first[t + 2] =
            c->first[t + 1] +
            (v->items[t].weight > 0 ? v->items[t].sentences[SIDE_SOURCE] : 0);
    for (size_t s = 0; s < source->count; s++) {
        const struct sentence *sentence = &source->items[s];
        float length = length_of(c->bags, SIDE_SOURCE, s);

        for (uint32_t i = 0; i < sentence->uses; i++) {
            struct term_use use = source->uses[sentence->first_use + i];
            float weight = v->items[use.term].weight;

            if (weight > 0)
                c->postings[c->first[use.term + 1]++] =
                    (struct posting){(uint32_t)s,
                                     (float)use.times * weight / length};
        }
    }
}

/* Sums up one page sentence; returns how many source sentences have a sum. */
static size_t sum_row(struct compare *c, size_t row)
{
    const struct sentences *page = &c->bags->sides[SIDE_PAGE];
    const struct sentence *sentence = &page->items[row];
    float length = length_of(c->bags, SIDE_PAGE, row);
    size_t touched = 0;

    for (uint32_t i = 0; i < sentence->uses; i++) {
        struct term_use use = page->uses[sentence->first_use + i];
        float worth = (float)use.times *
                      c->bags->vocabulary.items[use.term].weight / length;

        for (uint32_t p = c->first[use.term]; p < c->first[use.term + 1]; p++) {
            uint32_t s = c->postings[p].sentence;

            if (c->sums[s] <= 0)
                c->touched[touched++] = s;
            c->sums[s] += worth * c->postings[p].worth;
        }
    }
    return touched;
}

static int by_likeness(const void *left, const void *right)
{
    const struct point *a = left, *b = right;

    if (a->alike > b->alike || a->alike < b->alike)
        return a->alike > b->alike ? -1 : 1;
    return (a->source > b->source) - (a->source < b->source);
}

static int by_source(const void *left, const void *right)
{
    const struct point *a = left, *b = right;

    return (a->source > b->source) - (a->source < b->source);
}

/* The best of a row, in the order of the source. */
static int keep_row(struct points *out, struct compare *c, uint32_t row,
                    size_t touched, struct bylaw_error *err)
{
    size_t count = 0;

    for (size_t i = 0; i < touched; i++) {
        uint32_t s = c->touched[i];

        if (c->sums[s] >= ALIKE_MIN)
            c->row[count++] = (struct point){row, s, c->sums[s]};
        c->sums[s] = 0;
    }
    if (count > ALIKE_MOST) {
        qsort(c->row, count, sizeof(*c->row), by_likeness);
        count = ALIKE_MOST;
    }
    if (!count)
        return 0;
    qsort(c->row, count, sizeof(*c->row), by_source);
    if (bylaw__vec_grow(&out->items, &out->cap, out->count + count,
                        sizeof(*out->items)))
        return bylaw__fail_memory(err, "");
    memcpy(out->items + out->count, c->row, count * sizeof(*c->row));
    out->count += count;
    return 0;
}

int find_points(struct points *out, const struct bags *bags,
                struct bylaw_error *err)
{
    struct compare c = {0};
    int rc = make_room(&c, bags, err);

    if (!rc)
        list_postings(&c);
    for (size_t row = 0; !rc && row < bags->sides[SIDE_PAGE].count; row++)
        rc = keep_row(out, &c, (uint32_t)row, sum_row(&c, row), err);
    release(&c);
    return rc;
}
