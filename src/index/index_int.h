/* SPDX-License-Identifier: Apache-2.0 */
/* What the index's files share: postings, directory, screening filter. */
#ifndef BYLAW_INDEX_INT_H
#define BYLAW_INDEX_INT_H

#include "index/index.h"

/** One shingle of one source: 16 bytes, as a file form would store it. */
struct posting {
    uint64_t key; /* first 8 bytes of the SHA-256, big-endian */
    uint32_t source;
    uint32_t word; /* position of the shingle's first word */
};

/**
 * The index. postings[0, sorted) are in order (key, source, word) and are
 * what lookups see; those after it wait for the next finish.
 */
struct bylaw__index {
    struct posting *postings;
    size_t count, cap, sorted;
    uint64_t *rolling; /* per posting in order of adding: the screening key */
    size_t rolling_cap;
    uint32_t *directory; /* 2^bits + 1 offsets by the key's first bits */
    unsigned bits;
    uint64_t *filter;      /* two blocked Bloom filters, one word a block */
    uint64_t filter_words; /* of each */
    bylaw__sha256 *sha;
    struct bylaw__buf message;
    /* Of a file: what bounds its postings' sources and words; else NULL. */
    const struct index_document *documents;
    size_t document_count;
};

/** Five words that move along a text, combined into one screening key. */
struct roller {
    const struct bylaw__tokens *tokens;
    size_t next;  /* first word of the next shingle */
    uint64_t sum; /* of the words before it, ready to roll on */
};

void roller_start(struct roller *roller, const struct bylaw__tokens *tokens);
/** Screening key of the next shingle; the caller counts shingles. */
uint64_t roller_step(struct roller *roller);

/** One word further: the key of the shingle that newest ends and oldest
 *  begins. sum: of the four words between, kept ready. */
uint64_t rolling_step(uint64_t *sum, uint64_t oldest, uint64_t newest);
/** A word at the start of a text, before the first shingle is whole. */
void rolling_start(uint64_t *sum, uint64_t word);

/** Number of shingles of a text. */
size_t shingle_count(const struct bylaw__tokens *tokens);

/** Identity of the shingle at word i; message is room to work in. */
int shingle_key(uint64_t *out, bylaw__sha256 *sha, struct bylaw__buf *message,
                const struct bylaw__tokens *tokens, size_t i,
                struct bylaw_error *err);

/** Which word of the filter a key belongs to, and its bits in there. */
static inline uint64_t filter_place(uint64_t words, uint64_t key)
{
    return ((key >> 32) * words) >> 32;
}

static inline uint64_t filter_mask(uint64_t key)
{
    return 1ULL << (key & 63) | 1ULL << (key >> 6 & 63) |
           1ULL << (key >> 12 & 63) | 1ULL << (key >> 18 & 63);
}

/** The key for the second filter, which what passes the first is asked in
 *  where there is no SHA-256 to ask: together they let under one in ten
 *  thousand through. */
static inline uint64_t filter_second(uint64_t key)
{
    key *= 0xc4ceb9fe1a85ec53ULL;
    return key ^ key >> 32;
}

#endif
