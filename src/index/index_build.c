/* SPDX-License-Identifier: Apache-2.0 */
/* Building the index: postings, their order, directory, screening filter. */
#include "index_format.h"

#include <stdlib.h>

#define FILTER_BITS_PER_KEY 16u /* with 4 bits a key: under 1 % let through */
#define BUCKET_POSTINGS     8u  /* wanted in one directory bucket */
#define DIRECTORY_BITS_MAX  24u
#define INDEX_POSTINGS_MAX  (UINT32_MAX - 1u) /* the directory's offsets */

int bylaw__index_new(bylaw__index **out, struct bylaw_error *err)
{
    bylaw__index *index = calloc(1, sizeof(*index));
    int rc;

    if (!index)
        return bylaw__fail_memory(err, "");
    rc = bylaw__sha256_new(&index->sha, err);
    if (rc) {
        free(index);
        return rc;
    }
    bylaw__buf_init(&index->message, 0);
    *out = index;
    return 0;
}

void bylaw__index_free(bylaw__index *index)
{
    if (!index)
        return;
    bylaw__sha256_free(index->sha);
    bylaw__buf_release(&index->message);
    free(index->postings);
    free(index->rolling);
    free(index->directory);
    free(index->filter);
    free(index);
}

size_t bylaw__index_shingles(const bylaw__index *index)
{
    return index->count;
}

bool index_crosses_furniture(const struct bylaw__token *first)
{
    for (size_t i = 1; i < BYLAW__SHINGLE_WORDS; i++)
        if ((first[i].flags ^ first->flags) & BYLAW__TOKEN_FURNITURE)
            return true;
    return false;
}

static int reserve(bylaw__index *index, size_t more, struct bylaw_error *err)
{
    size_t need = index->count + more;

    if (more > INDEX_POSTINGS_MAX - index->count)
        return bylaw__fail(err, BYLAW_ELIMIT, "index.too-many-shingles", "",
                           "the sources hold more than 4 billion shingles");
    if (bylaw__vec_grow(&index->postings, &index->cap, need,
                        sizeof(*index->postings)) ||
        bylaw__vec_grow(&index->rolling, &index->rolling_cap, need,
                        sizeof(*index->rolling)))
        return bylaw__fail_memory(err, "");
    return 0;
}

bool bylaw__index_holds(const struct bylaw__tokens *tokens)
{
    size_t shingles = shingle_count(tokens), i = 0;

    while (i < shingles && index_crosses_furniture(&tokens->items[i]))
        i++;
    return i < shingles;
}

int bylaw__index_add(bylaw__index *index, uint32_t source,
                     const struct bylaw__tokens *tokens,
                     struct bylaw_error *err)
{
    size_t shingles = shingle_count(tokens), before = index->count;
    struct roller roller;
    int rc = reserve(index, shingles, err);

    roller_start(&roller, tokens);
    for (size_t i = 0; !rc && i < shingles; i++) {
        struct posting *posting = &index->postings[index->count];
        uint64_t rolling = roller_step(&roller);

        if (index_crosses_furniture(&tokens->items[i]))
            continue;
        posting->source = source;
        posting->word = (uint32_t)i;
        index->rolling[index->count++] = rolling;
        rc = shingle_key(&posting->key, index->sha, &index->message, tokens, i,
                         err);
    }
    if (rc) {
        index->count = before;
        return rc;
    }
    return 0;
}

/* ------------------------------------------------------------- sorting --- */

#define FEW_POSTINGS 24u /* sorted by putting each in its place */
#define KEY_BITS     64

static int compare_postings(const void *a, const void *b)
{
    const struct posting *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return (x->word > y->word) - (x->word < y->word);
}

static void insert_each(struct posting *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct posting moved = items[i];
        size_t at = i;

        for (; at && compare_postings(&items[at - 1], &moved) > 0; at--)
            items[at] = items[at - 1];
        items[at] = moved;
    }
}

static unsigned digit_of(const struct posting *posting, int shift)
{
    return (unsigned)(posting->key >> shift) & 255u;
}

/* Swaps every posting into the part of its digit: next[d] to end[d]. */
static void deal_out(struct posting *items, size_t next[256],
                     const size_t end[256], int shift)
{
    for (unsigned digit = 0; digit < 256; digit++)
        while (next[digit] < end[digit]) {
            struct posting moved = items[next[digit]];
            unsigned to = digit_of(&moved, shift);

            items[next[digit]] = items[next[to]];
            items[next[to]++] = moved;
        }
}

/* In place, for there may be very many: first digit first, each part by the
 * next one. Keys are hashes, so that parts are small after two or three; those
 * that stay large are of one key, and seven calls deep at most. */
static void sort_postings(struct posting *items, size_t count, int shift)
{
    size_t next[256] = {0}, end[256], begin = 0;

    if (count <= FEW_POSTINGS) {
        insert_each(items, count);
        return;
    }
    if (shift < 0) {
        qsort(items, count, sizeof(*items), compare_postings);
        return;
    }
    for (size_t i = 0; i < count; i++)
        next[digit_of(&items[i], shift)]++;
    for (unsigned digit = 0; digit < 256; digit++) {
        end[digit] = begin + next[digit];
        next[digit] = begin;
        begin = end[digit];
    }
    deal_out(items, next, end, shift);
    for (unsigned digit = 0; digit < 256; digit++) {
        size_t from = digit ? end[digit - 1] : 0;

        sort_postings(items + from, end[digit] - from, shift - 8);
    }
}

void index_sort(struct posting *items, size_t count)
{
    sort_postings(items, count, KEY_BITS - 8);
}

bool posting_walk_next(struct posting *out, struct posting_walk *walk)
{
    const bylaw__index *index = walk->index;

    if (walk->next == index->sorted)
        return false;
    while (index->directory[walk->bucket + 1] <= walk->next)
        walk->bucket++;
    *out = index_posting(index, walk->next++,
                         (uint64_t)walk->bucket << (64 - index->bits));
    return true;
}

unsigned index_bits(uint64_t postings)
{
    unsigned bits = TOP_BITS;

    while (bits < DIRECTORY_BITS_MAX && postings >> bits > BUCKET_POSTINGS)
        bits++;
    return bits;
}

uint64_t index_filter_words(uint64_t postings)
{
    return postings / (64 / FILTER_BITS_PER_KEY) + 1;
}

void index_filter_add(uint64_t *filter, uint64_t words, uint64_t key)
{
    uint64_t second = filter_second(key);

    filter[filter_place(words, key)] |= filter_mask(key);
    filter[words + filter_place(words, second)] |= filter_mask(second);
}

static int build_directory(bylaw__index *index, struct bylaw_error *err)
{
    unsigned bits = index_bits(index->count);
    uint32_t *directory;
    size_t at = 0;

    directory = calloc(((size_t)1 << bits) + 1, sizeof(*directory));
    if (!directory)
        return bylaw__fail_memory(err, "");
    for (uint64_t bucket = 0; bucket < 1ULL << bits; bucket++) {
        directory[bucket] = (uint32_t)at;
        while (at < index->count &&
               index->postings[at].key >> (64 - bits) == bucket)
            at++;
    }
    directory[(size_t)1 << bits] = (uint32_t)at;
    free(index->directory);
    index->directory = directory;
    index->bits = bits;
    return 0;
}

static int build_filter(bylaw__index *index, struct bylaw_error *err)
{
    uint64_t words = index_filter_words(index->count);
    uint64_t *filter = calloc(2 * words, sizeof(*filter));

    if (!filter)
        return bylaw__fail_memory(err, "");
    for (size_t i = 0; i < index->count; i++)
        index_filter_add(filter, words, index->rolling[i]);
    free(index->filter);
    index->filter = filter;
    index->filter_words = words;
    return 0;
}

int bylaw__index_finish(bylaw__index *index, struct bylaw_error *err)
{
    int rc;

    index_sort(index->postings, index->count);
    rc = build_directory(index, err);
    if (!rc)
        rc = build_filter(index, err);
    index->sorted = rc ? 0 : index->count;
    return rc;
}
