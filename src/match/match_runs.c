/* SPDX-License-Identifier: Apache-2.0 */
/* From seeds to maximal runs of equal words. */
#include "match_int.h"

#include <stdlib.h>

int runs_push(struct runs *runs, struct run run, struct bylaw_error *err)
{
    if (bylaw__vec_grow(&runs->items, &runs->cap, runs->count + 1,
                        sizeof(*runs->items)))
        return bylaw__fail_memory(err, "");
    runs->items[runs->count++] = run;
    return 0;
}

static int64_t diagonal_of(const struct run *run)
{
    return (int64_t)run->page - run->source;
}

static int by_diagonal(const void *left, const void *right)
{
    const struct run *a = left, *b = right;
    int64_t da = diagonal_of(a), db = diagonal_of(b);

    if (da != db)
        return da < db ? -1 : 1;
    return (a->page > b->page) - (a->page < b->page);
}

/* Longer first among those that begin at the same word. */
static int by_page(const void *left, const void *right)
{
    const struct run *a = left, *b = right;

    if (a->page != b->page)
        return a->page < b->page ? -1 : 1;
    if (a->len != b->len)
        return a->len > b->len ? -1 : 1;
    return (a->source > b->source) - (a->source < b->source);
}

static bool is_same_frame(const struct aligner *a, uint32_t s, uint32_t t)
{
    return is_furniture(a, s) == is_furniture(a, t);
}

/* Grows one run by equal words, never over the border of furniture, nor back
   into the run before it on the same diagonal. */
static void grow_run(struct run *run, const struct aligner *a,
                     uint32_t page_floor, size_t *budget)
{
    while (*budget && run->page > page_floor && run->source > 0 &&
           is_same_frame(a, run->source - 1, run->source) &&
           is_same_word(a, run->page - 1, run->source - 1)) {
        run->page--, run->source--, run->len++;
        --*budget;
    }
    while (*budget && page_end(run) < a->page->count &&
           source_end(run) < a->source->count &&
           is_same_frame(a, source_end(run), run->source) &&
           is_same_word(a, page_end(run), source_end(run))) {
        run->len++;
        --*budget;
    }
}

/* found holds seeds by diagonal; leaves one maximal run for each stretch. */
static void grow_runs(struct aligner *a)
{
    struct runs *runs = &a->found;
    size_t kept = 0, budget = GROW_WORDS_MAX;

    for (size_t i = 0; i < runs->count; i++) {
        struct run run = runs->items[i];
        struct run *last = kept ? &runs->items[kept - 1] : NULL;
        uint32_t floor = 0;

        if (last && diagonal_of(last) == diagonal_of(&run)) {
            if (page_end(&run) <= page_end(last))
                continue;
            floor = page_end(last);
            uint32_t overlap = floor > run.page ? floor - run.page : 0;
            run.page += overlap, run.source += overlap, run.len -= overlap;
        }
        grow_run(&run, a, floor, &budget);
        if (last && page_end(last) == run.page && floor &&
            is_same_frame(a, last->source, run.source))
            last->len += run.len;
        else
            runs->items[kept++] = run;
    }
    runs->count = kept;
}

/* Words on the page that a longer run explains need no shorter one. */
static void drop_contained(struct runs *runs)
{
    size_t kept = 0;
    struct run widest = {0};

    for (size_t i = 0; i < runs->count; i++) {
        struct run run = runs->items[i];

        if (page_end(&run) <= page_end(&widest) && run.len < widest.len)
            continue;
        if (page_end(&run) > page_end(&widest))
            widest = run;
        runs->items[kept++] = run;
    }
    runs->count = kept;
}

/* Furniture found is counted, but no copying is ever built on it. */
static void set_furniture_aside(struct aligner *a)
{
    struct runs *runs = &a->found;
    size_t kept = 0;

    for (size_t i = 0; i < runs->count; i++) {
        struct run run = runs->items[i];

        if (!is_furniture(a, run.source)) {
            runs->items[kept++] = run;
            continue;
        }
        for (uint32_t w = 0; run.len >= FURNITURE_RUN_MIN && w < run.len; w++)
            a->source_state[run.source + w] |= SOURCE_FURNITURE;
    }
    runs->count = kept;
}

static bool is_seed_sound(const struct aligner *a,
                          const struct bylaw__seed *seed)
{
    return a->page->count >= BYLAW__SHINGLE_WORDS &&
           a->source->count >= BYLAW__SHINGLE_WORDS &&
           seed->page_word <= a->page->count - BYLAW__SHINGLE_WORDS &&
           seed->source_word <= a->source->count - BYLAW__SHINGLE_WORDS;
}

/* A seed is a promise by hash; only words that are equal make a run. */
static bool is_seed_true(const struct aligner *a,
                         const struct bylaw__seed *seed)
{
    if (!is_seed_sound(a, seed))
        return false;
    for (uint32_t i = 0; i < BYLAW__SHINGLE_WORDS; i++)
        if (!is_same_word(a, seed->page_word + i, seed->source_word + i) ||
            !is_same_frame(a, seed->source_word + i, seed->source_word))
            return false;
    return true;
}

int runs_from_seeds(struct aligner *a, const struct bylaw__seed *seeds,
                    size_t count, struct bylaw_error *err)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < count; i++)
        if (is_seed_true(a, &seeds[i]))
            rc =
                runs_push(&a->found,
                          (struct run){seeds[i].page_word, seeds[i].source_word,
                                       BYLAW__SHINGLE_WORDS},
                          err);
    if (rc || !a->found.count)
        return rc;
    qsort(a->found.items, a->found.count, sizeof(struct run), by_diagonal);
    grow_runs(a);
    set_furniture_aside(a);
    if (a->found.count)
        qsort(a->found.items, a->found.count, sizeof(struct run), by_page);
    drop_contained(&a->found);
    return 0;
}
