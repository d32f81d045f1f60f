/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: index (floor 4)
 *
 * Purpose  Which sources share five words in a row with this page, and where.
 * Takes    tokens of sources, then tokens of pages.
 * Gives    seeds.
 * May include  base url text html model; libcrypto through base.
 *
 * Invariants
 *  1. A shingle is BYLAW__SHINGLE_WORDS consecutive normalised words; its
 *     identity is the SHA-256 of them joined by one space behind a version
 *     prefix, truncated to 64 bits.
 *  2. Every shingle of a source is indexed; none is sampled or capped.
 *     Those wholly inside furniture are indexed too (match counts them apart);
 *     those half inside are left out. Borders of blocks do not matter, since
 *     pages break paragraphs differently.
 *  3. A page word's shingle is hashed by SHA-256 only when the screening
 *     filter on the cheap rolling hash lets it through.
 *  4. A page on which match reports a source passes the screen.
 *  5. Seeds come in order (source, page_word, source_word); the same input
 *     gives the same seeds on any machine.
 */
#ifndef BYLAW_INDEX_H
#define BYLAW_INDEX_H

#include "model/model.h"

typedef struct bylaw__index bylaw__index;

int bylaw__index_new(bylaw__index **out, struct bylaw_error *err);
void bylaw__index_free(bylaw__index *index);
/** Adds all shingles of one source under a number; any time before finish. */
int bylaw__index_add(bylaw__index *index, uint32_t source,
                     const struct bylaw__tokens *tokens,
                     struct bylaw_error *err);
/** Sorts; after it, only lookups. May be called again after more adds. */
int bylaw__index_finish(bylaw__index *index, struct bylaw_error *err);
size_t bylaw__index_shingles(const bylaw__index *index);

struct bylaw__seeds {
    struct bylaw__seed *items;
    size_t count, cap;
    uint64_t hashed; /* shingles that went through SHA-256 */
    bool truncated;  /* BYLAW_LIMIT_SEEDS was reached */
};

void bylaw__seeds_release(struct bylaw__seeds *seeds);
/** All seeds of a page; a shingle with over 64 places in one source counts
 *  its first 64 there, and one with over 64 places on the page its first 64.
 *  Sees what the last finish saw. out is zeroed or was used before. */
int bylaw__index_lookup(struct bylaw__seeds *out, const bylaw__index *index,
                        const struct bylaw__tokens *page,
                        struct bylaw_error *err);

/** What screening works in, used again from page to page; zeroed at first. */
struct bylaw__screen_work {
    struct bylaw__skim skim;
    uint32_t words, hits; /* of the last page: all, and shingles that passed */
};

void bylaw__screen_release(struct bylaw__screen_work *work);
/**
 * Whether a page, as bytes of HTML, may carry a source: false only where it
 * shares no two shingles near each other with all of them, and could be read
 * without a tree. Tells its addresses on the way (links may be NULL); where
 * *out_maybe is true, not all need have been told. 0 or BYLAW_ENOMEM.
 */
int bylaw__index_screen(bool *out_maybe, const bylaw__index *index,
                        struct bylaw_span html, bylaw__skim_fn *links,
                        void *payload, struct bylaw__screen_work *work,
                        struct bylaw_error *err);

#endif
