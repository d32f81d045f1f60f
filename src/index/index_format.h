/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An index file, byte by byte (version 3). Numbers are little-endian. What lies
 * between sections is zero. audit/index/FORMAT.md says the same for people.
 *
 *     0     "BYLAWIX1"
 *     8     u32 version, u32 bytes of this header (4096)
 *     16    u32 words of a shingle, u32 part_id (0; kept for indexes in parts)
 *     24    u64 postings, u64 documents, u64 words of each filter
 *     48    u32 bits of the directory, u32 zero
 *     56    six sections: u64 offset, u64 bytes, 32 bytes SHA-256 of them
 *     344   32 bytes: the id of the index, SHA-256 of the six digests
 *     376   zeros; the last 32 of the 4096: SHA-256 of all before
 *
 * Sections begin at multiples of 4096, in the order of enum index_section.
 */
#ifndef BYLAW_INDEX_FORMAT_H
#define BYLAW_INDEX_FORMAT_H

#include "index_int.h"

#define INDEX_MAGIC   "BYLAWIX1"
#define INDEX_VERSION 3u
#define INDEX_PAGE    4096u

enum index_section {
    INDEX_TOKENS = 0, /* packed words of each document, one after the other */
    INDEX_TEXTS,      /* id, address, title, publisher: each ended by a NUL */
    INDEX_DOCUMENTS,  /* struct index_document each */
    INDEX_POSTINGS,   /* packed, in order */
    INDEX_DIRECTORY,  /* u32 each: the first posting of a bucket */
    INDEX_FILTER,     /* u64 each: two blocked Bloom filters */
    INDEX_SECTIONS
};

/** A document in the file. */
struct index_document {
    uint64_t tokens; /* bytes into its section */
    uint32_t tokens_len, norm_len;
    uint32_t words, flags; /* bit 0: its words were cut at the ceiling */
    uint64_t texts;        /* bytes into its section */
    uint32_t texts_len, zero;
    unsigned char sha256[BYLAW__SHA256_BYTES];
};
_Static_assert(sizeof(struct index_document) == 72, "as the format says");

struct index_header {
    char magic[8];
    uint32_t version, bytes, shingle_words, part_id;
    uint64_t postings, documents, filter_words;
    uint32_t bits, zero;
    struct index_place {
        uint64_t offset, bytes;
        unsigned char sha256[BYLAW__SHA256_BYTES];
    } sections[INDEX_SECTIONS];
    unsigned char id[BYLAW__SHA256_BYTES];
    unsigned char rest[INDEX_PAGE - 56 - 6 * 48 - 2 * BYLAW__SHA256_BYTES];
    unsigned char sha256[BYLAW__SHA256_BYTES];
};
_Static_assert(sizeof(struct index_header) == INDEX_PAGE, "one page");

/** Bits of the directory for so many postings; words of each filter. */
unsigned index_bits(uint64_t postings);
uint64_t index_filter_words(uint64_t postings);
/** A shingle half frame, half article would tie the two together. */
bool index_crosses_furniture(const struct bylaw__token *first);
void index_sort(struct posting *items, size_t count);
void index_filter_add(uint64_t *filter, uint64_t words, uint64_t key);
/** Digest of a header's first bytes, and the id of what it holds. */
int index_seal(struct index_header *header, bylaw__sha256 *sha);

#endif
