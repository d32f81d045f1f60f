/* SPDX-License-Identifier: Apache-2.0 */
/* Which articles a text in another language, or in other words, may stem
 * from: by the names and numbers that both have, the rarer the more. */
#include "index_int.h"

#include <math.h>
#include <stdlib.h>

/* A name counts as though there were at least so many articles: with few at
 * hand, one article's own names would weigh nothing. */
#define ARTICLES_MIN 100.0
/* A name that more articles have tells none apart. */
#define ARTICLES_MOST 4096u

/** A trait of an article. */
struct place {
    uint64_t key;
    uint32_t source, word;
    float weight;
};

struct bylaw__kin {
    struct place *places; /* after finish: by key, then source */
    size_t count, cap;
    float *totals; /* weight of all traits, by source */
    size_t source_count;
};

int bylaw__kin_new(bylaw__kin **out, struct bylaw_error *err)
{
    *out = calloc(1, sizeof(**out));
    return *out ? 0 : bylaw__fail_memory(err, "");
}

void bylaw__kin_free(bylaw__kin *kin)
{
    if (!kin)
        return;
    free(kin->places);
    free(kin->totals);
    free(kin);
}

int bylaw__kin_add(bylaw__kin *kin, uint32_t source,
                   const struct bylaw__traits *traits, struct bylaw_error *err)
{
    if (bylaw__vec_grow(&kin->places, &kin->cap, kin->count + traits->count,
                        sizeof(*kin->places)))
        return bylaw__fail_memory(err, "");
    for (size_t i = 0; i < traits->count; i++)
        kin->places[kin->count++] =
            (struct place){traits->items[i].key, source, traits->items[i].word,
                           traits->items[i].worth};
    if (source >= kin->source_count)
        kin->source_count = (size_t)source + 1;
    return 0;
}

static int by_key(const void *left, const void *right)
{
    const struct place *a = left, *b = right;

    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->source > b->source) - (a->source < b->source);
}

static size_t end_of_key(const bylaw__kin *kin, size_t begin, uint64_t key)
{
    size_t end = begin;

    while (end < kin->count && kin->places[end].key == key)
        end++;
    return end;
}

int bylaw__kin_finish(bylaw__kin *kin, struct bylaw_error *err)
{
    double articles = fmax((double)kin->source_count, ARTICLES_MIN);

    kin->totals = calloc(kin->source_count + 1, sizeof(*kin->totals));
    if (!kin->totals)
        return bylaw__fail_memory(err, "");
    if (kin->count)
        qsort(kin->places, kin->count, sizeof(*kin->places), by_key);
    for (size_t begin = 0, end; begin < kin->count; begin = end) {
        end = end_of_key(kin, begin, kin->places[begin].key);
        for (size_t i = begin; i < end; i++) {
            struct place *place = &kin->places[i];

            place->weight *= (float)log1p(articles / (double)(end - begin));
            kin->totals[place->source] += place->weight;
        }
    }
    return 0;
}

/* ------------------------------------------------------------- lookups --- */

static size_t first_of_key(const bylaw__kin *kin, uint64_t key)
{
    size_t low = 0, high = kin->count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (kin->places[mid].key < key)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/** Articles [begin, end) of places that have one trait. */
struct holders {
    size_t begin, end;
};

static struct holders holders_of(const bylaw__kin *kin, uint64_t key)
{
    struct holders holders = {first_of_key(kin, key), 0};

    holders.end = end_of_key(kin, holders.begin, key);
    if (holders.end - holders.begin > ARTICLES_MOST)
        holders.end = holders.begin;
    return holders;
}

static void sum_up(float *sums, const bylaw__kin *kin,
                   const struct bylaw__traits *page)
{
    for (size_t i = 0; i < page->count; i++) {
        struct holders of = holders_of(kin, page->items[i].key);

        for (; of.begin < of.end; of.begin++)
            sums[kin->places[of.begin].source] += kin->places[of.begin].weight;
    }
}

/* Those of the chosen articles: chosen is not 0 for them, by source. */
static int find_hits(struct bylaw__seeds *hits, const uint8_t *chosen,
                     const bylaw__kin *kin, const struct bylaw__traits *page)
{
    for (size_t i = 0; i < page->count; i++) {
        struct holders of = holders_of(kin, page->items[i].key);

        for (; of.begin < of.end; of.begin++) {
            const struct place *place = &kin->places[of.begin];

            if (!chosen[place->source])
                continue;
            if (bylaw__vec_grow(&hits->items, &hits->cap, hits->count + 1,
                                sizeof(*hits->items)))
                return BYLAW_ENOMEM;
            hits->items[hits->count++] =
                (struct bylaw__seed){.source = place->source,
                                     .source_word = place->word,
                                     .page_word = page->items[i].word};
        }
    }
    return 0;
}

/* ------------------------------------------------------------- ranking --- */

/* Keeps out[] in order, the best first; equal ones by number. */
static size_t insert(struct bylaw__kinship *out, size_t count, size_t most,
                     struct bylaw__kinship kinship)
{
    size_t at = count;

    while (at && out[at - 1].score < kinship.score)
        at--;
    if (at == most)
        return count;
    count += count < most;
    memmove(&out[at + 1], &out[at], (count - 1 - at) * sizeof(*out));
    out[at] = kinship;
    return count;
}

/* The longest chain of hits in the order of both texts. next[i]: one more than
 * the hit behind i in the best chain from i on; lengths[i]: of that chain. */
static size_t longest_chain(uint32_t *next, uint32_t *lengths,
                            const struct bylaw__seed *hits, size_t count)
{
    size_t best = count;

    for (size_t i = count; i-- > 0;) {
        lengths[i] = 1, next[i] = 0;
        for (size_t j = i + 1; j < count; j++)
            if (hits[j].page_word > hits[i].page_word &&
                hits[j].source_word > hits[i].source_word &&
                lengths[j] + 1 > lengths[i]) {
                lengths[i] = lengths[j] + 1;
                next[i] = (uint32_t)j + 1;
            }
        if (best == count || lengths[i] >= lengths[best])
            best = i;
    }
    return best;
}

/* Hits looked at in the order of the texts; the work is their square. */
#define ORDERED_HITS 1024u

static int measure_order(struct bylaw__kinship *kinship,
                         const struct bylaw__seed *hits, size_t count)
{
    uint32_t *next = calloc(2 * count + 1, sizeof(*next));
    size_t at, last;

    if (!next)
        return BYLAW_ENOMEM;
    kinship->traits = (uint32_t)count;
    if (count > ORDERED_HITS)
        count = ORDERED_HITS;
    at = last = longest_chain(next, next + count, hits, count);
    kinship->order = (double)next[count + at] / (double)count;
    while (next[last])
        last = next[last] - 1;
    kinship->page_first = hits[at].page_word;
    kinship->source_first = hits[at].source_word;
    kinship->page_last = hits[last].page_word;
    kinship->source_last = hits[last].source_word;
    free(next);
    return 0;
}

static int measure(struct bylaw__kinship *out, size_t count,
                   const struct bylaw__seeds *hits)
{
    int rc = 0;

    for (size_t k = 0; !rc && k < count; k++) {
        size_t begin = 0, end;

        while (hits->items[begin].source != out[k].source)
            begin++;
        for (end = begin;
             end < hits->count && hits->items[end].source == out[k].source;)
            end++;
        rc = measure_order(&out[k], hits->items + begin, end - begin);
    }
    return rc;
}

static size_t choose(struct bylaw__kinship *out, size_t most,
                     const bylaw__kin *kin, const float *sums)
{
    size_t count = 0;

    for (size_t s = 0; s < kin->source_count; s++)
        if (sums[s] > 0)
            count = insert(out, count, most,
                           (struct bylaw__kinship){
                               .source = (uint32_t)s,
                               .score = sums[s] / sqrt(kin->totals[s]),
                               .share = fmin(1, sums[s] / kin->totals[s])});
    return count;
}

int bylaw__kin_rank(struct bylaw__kinship *out, size_t *count, size_t most,
                    const bylaw__kin *kin, const struct bylaw__traits *page,
                    struct bylaw_error *err)
{
    float *sums = calloc(kin->source_count + 1, sizeof(*sums));
    uint8_t *chosen = calloc(kin->source_count + 1, 1);
    struct bylaw__seeds hits = {0};
    int rc = sums && chosen ? 0 : BYLAW_ENOMEM;

    *count = 0;
    if (!rc) {
        sum_up(sums, kin, page);
        *count = choose(out, most, kin, sums);
        for (size_t k = 0; k < *count; k++)
            chosen[out[k].source] = 1;
        rc = find_hits(&hits, chosen, kin, page);
    }
    if (!rc && hits.count) {
        qsort(hits.items, hits.count, sizeof(*hits.items), index_compare_seeds);
        rc = measure(out, *count, &hits);
    }
    free(sums);
    free(chosen);
    bylaw__seeds_release(&hits);
    return rc ? bylaw__fail_memory(err, "") : 0;
}
