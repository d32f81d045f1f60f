/* SPDX-License-Identifier: Apache-2.0 */
/* Which shingles of a page stand in the index; most cost no SHA-256. */
#include "index_format.h"

#include <stdlib.h>

#define PLACES_MAX 64u /* of one shingle: in one source, and on the page */
#define BATCH      64u /* shingles screened together, so that fetches overlap */

void bylaw__seeds_release(struct bylaw__seeds *seeds)
{
    free(seeds->items);
    memset(seeds, 0, sizeof(*seeds));
}

/** A lookup at work. */
struct lookup {
    struct bylaw__seeds *out;
    const bylaw__index *index;
    const struct bylaw__tokens *page;
    bylaw__sha256 *sha; /* made for the first survivor */
    struct bylaw__buf message;
    struct bylaw__map places; /* shingle key to its places on the page */
};

static int before(const struct posting *a, uint64_t key, uint64_t source)
{
    return a->key < key || (a->key == key && a->source < source);
}

/* First posting in [lo, hi), of key's bucket, that is not before (key,
 * source). */
static size_t lower_bound(const bylaw__index *index, size_t lo, size_t hi,
                          uint64_t key, uint64_t source)
{
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        struct posting posting = index_posting(index, mid, key);

        if (before(&posting, key, source))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* A file says of its postings what it likes. */
static bool is_bounded(const bylaw__index *index, const struct posting *posting)
{
    return !index->documents ||
           (posting->source < index->document_count &&
            (uint64_t)posting->word + BYLAW__SHINGLE_WORDS <=
                index->documents[posting->source].words);
}

static int add_seed(struct bylaw__seeds *out, const struct posting *posting,
                    uint32_t page_word, struct bylaw_error *err)
{
    if (out->count >= BYLAW_LIMIT_SEEDS) {
        out->truncated = true;
        return 0;
    }
    if (bylaw__vec_grow(&out->items, &out->cap, out->count + 1,
                        sizeof(*out->items)))
        return bylaw__fail_memory(err, "");
    out->items[out->count++] = (struct bylaw__seed){
        .source = posting->source,
        .source_word = posting->word,
        .page_word = page_word,
    };
    return 0;
}

/* All postings of a key, at most PLACES_MAX of each source. */
static int add_places(struct lookup *lookup, uint64_t key, uint32_t page_word,
                      struct bylaw_error *err)
{
    const bylaw__index *index = lookup->index;
    size_t bucket = (size_t)(key >> (64 - index->bits));
    size_t end = index->directory[bucket + 1];
    size_t at = lower_bound(index, index->directory[bucket], end, key, 0);
    uint32_t source = 0, taken = 0; /* of this source, so far */
    int rc = 0;

    while (!rc && at < end) {
        struct posting posting = index_posting(index, at, key);

        if (posting.key != key)
            break;
        taken = taken && posting.source == source ? taken + 1 : 1;
        source = posting.source;
        if (taken > PLACES_MAX) {
            at = lower_bound(index, at, end, key, (uint64_t)source + 1);
            taken = 0;
            continue;
        }
        if (is_bounded(index, &posting))
            rc = add_seed(lookup->out, &posting, page_word, err);
        at++;
    }
    return rc;
}

static int look_up(struct lookup *lookup, size_t word, struct bylaw_error *err)
{
    uint64_t key = 0, places = 0;
    int rc = 0;

    if (!lookup->sha)
        rc = bylaw__sha256_new(&lookup->sha, err);
    if (!rc)
        rc = shingle_key(&key, lookup->sha, &lookup->message, lookup->page,
                         word, err);
    if (rc)
        return rc;
    lookup->out->hashed++;
    bylaw__map_get(&lookup->places, key, &places);
    if (places == PLACES_MAX)
        return 0;
    size_t found = lookup->out->count;
    rc = add_places(lookup, key, (uint32_t)word, err);
    if (!rc && lookup->out->count > found &&
        bylaw__map_put(&lookup->places, key, places + 1))
        rc = bylaw__fail_memory(err, "");
    return rc;
}

static int look_up_batch(struct lookup *lookup, struct roller *roller,
                         size_t count, struct bylaw_error *err)
{
    const bylaw__index *index = lookup->index;
    size_t first = roller->next;
    uint64_t keys[BATCH], places[BATCH];
    int rc = 0;

    for (size_t i = 0; i < count; i++) {
        keys[i] = roller_step(roller);
        places[i] = filter_place(index->filter_words, keys[i]);
        __builtin_prefetch(&index->filter[places[i]]);
    }
    for (size_t i = 0; !rc && i < count; i++) {
        uint64_t mask = filter_mask(keys[i]);

        if ((index->filter[places[i]] & mask) == mask)
            rc = look_up(lookup, first + i, err);
    }
    return rc;
}

int index_compare_seeds(const void *left, const void *right)
{
    const struct bylaw__seed *a = left, *b = right;

    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    if (a->page_word != b->page_word)
        return a->page_word < b->page_word ? -1 : 1;
    return (a->source_word > b->source_word) -
           (a->source_word < b->source_word);
}

int bylaw__index_lookup(struct bylaw__seeds *out, const bylaw__index *index,
                        const struct bylaw__tokens *page,
                        struct bylaw_error *err)
{
    struct lookup lookup = {.out = out, .index = index, .page = page};
    size_t left = index->sorted ? shingle_count(page) : 0;
    struct roller roller;
    int rc = 0;

    out->count = 0;
    out->hashed = 0;
    out->truncated = false;
    bylaw__buf_init(&lookup.message, 0);
    roller_start(&roller, page);
    while (!rc && left) {
        size_t count = left < BATCH ? left : BATCH;

        rc = look_up_batch(&lookup, &roller, count, err);
        left -= count;
    }
    if (!rc && out->count > 1)
        qsort(out->items, out->count, sizeof(*out->items), index_compare_seeds);
    bylaw__sha256_free(lookup.sha);
    bylaw__buf_release(&lookup.message);
    bylaw__map_release(&lookup.places);
    return rc;
}
