/* SPDX-License-Identifier: Apache-2.0 */
/* What the index's files share: postings, directory, screening filter. */
#ifndef BYLAW_INDEX_INT_H
#define BYLAW_INDEX_INT_H

#include "index/index.h"

/** One shingle of one source. */
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
    struct posting *postings;    /* NULL where it is a file's */
    const unsigned char *packed; /* a file's, PACKED_BYTES each; or NULL */
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

/*
 * A posting in a file: 7 bytes of its key (the first is the same for all of a
 * bucket of the directory), u32 source, 3 bytes of word, little-endian.
 */
#define PACKED_BYTES 14u
#define PACKED_KEY   7u
#define TOP_BITS     8u /* of a key that are not packed */
#define TAIL_MASK    (UINT64_MAX >> TOP_BITS)
#define PACKED_WORD  3u
#define PACKED_WORDS (1u << 24)
_Static_assert(BYLAW_LIMIT_TOKENS < PACKED_WORDS, "a word's place fits");

static inline void posting_pack(unsigned char *out,
                                const struct posting *posting)
{
    memcpy(out, &posting->key, PACKED_KEY);
    memcpy(out + PACKED_KEY, &posting->source, sizeof(posting->source));
    memcpy(out + PACKED_KEY + sizeof(posting->source), &posting->word,
           PACKED_WORD);
}

/** like: any key with the same first bits as the posting's. */
static inline struct posting posting_unpack(const unsigned char *packed,
                                            uint64_t like)
{
    struct posting posting = {0};

    memcpy(&posting.key, packed, sizeof(posting.key));
    posting.key = (posting.key & TAIL_MASK) | (like & ~TAIL_MASK);
    memcpy(&posting.source, packed + PACKED_KEY, sizeof(posting.source));
    memcpy(&posting.word, packed + PACKED_KEY + sizeof(posting.source),
           PACKED_WORD);
    return posting;
}

static inline struct posting index_posting(const bylaw__index *index, size_t at,
                                           uint64_t like)
{
    return index->packed
               ? posting_unpack(index->packed + at * PACKED_BYTES, like)
               : index->postings[at];
}

/** Walks all postings of an index in order; zeroed but for the index. */
struct posting_walk {
    const bylaw__index *index;
    size_t next, bucket; /* bucket: of the directory, that has next */
};
/** False behind the last. */
bool posting_walk_next(struct posting *out, struct posting_walk *walk);

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

/** For qsort: by source, page word, source word. */
int index_compare_seeds(const void *left, const void *right);

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
