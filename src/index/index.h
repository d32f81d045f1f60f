/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: index (floor 4)
 *
 * Purpose  Which sources share five words in a row with this page, and where.
 * Takes    tokens of sources, then tokens of pages.
 * Gives    seeds; articles akin to a page by names and numbers alone.
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
/** True when an article has a shingle to be found by. */
bool bylaw__index_holds(const struct bylaw__tokens *tokens);

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

/* ----------------------------------------------------------------- kin --- */

/** A number or name of a text, or how a name sounds. */
struct bylaw__trait {
    uint64_t key;
    uint32_t word; /* where it stands first */
    float worth;
};

/** By key, each once; zeroed at first. */
struct bylaw__traits {
    struct bylaw__trait *items;
    size_t count, cap;
};

/** What of an article's or a page's words outlives translation. */
int bylaw__traits_read(struct bylaw__traits *out,
                       const struct bylaw__tokens *tokens, bool is_page,
                       bylaw__folds *folds, struct bylaw_error *err);
void bylaw__traits_release(struct bylaw__traits *traits);

/** Articles by their traits. */
typedef struct bylaw__kin bylaw__kin;

int bylaw__kin_new(bylaw__kin **out, struct bylaw_error *err);
void bylaw__kin_free(bylaw__kin *kin);
/** Adds an article under a number, each once, before finish. */
int bylaw__kin_add(bylaw__kin *kin, uint32_t source,
                   const struct bylaw__traits *traits, struct bylaw_error *err);
int bylaw__kin_finish(bylaw__kin *kin, struct bylaw_error *err);

/** An article that a page has names and numbers in common with. */
struct bylaw__kinship {
    uint32_t source;
    uint32_t traits; /* in common */
    double score;    /* rarity of these, over the root of the article's all */
    double share;    /* of the article's, by rarity, 0..1 */
    double order;    /* share of them in the same order in both, 0..1 */
    uint32_t page_first, page_last, source_first, source_last; /* words of the
                                                 traits in the same order */
};

/** The articles most akin to a page, the best first; *count of them, at most
 *  most. kin is only read. */
int bylaw__kin_rank(struct bylaw__kinship *out, size_t *count, size_t most,
                    const bylaw__kin *kin, const struct bylaw__traits *page,
                    struct bylaw_error *err);

/* ---------------------------------------------------------------- file --- */

/** What an index file has of an article; borrowed from it. */
struct bylaw__index_document {
    const char *id, *url, *title, *publisher; /* "" where not known */
    char sha256[BYLAW__SHA256_HEX];           /* of its text as it was given */
    struct bylaw__packed_tokens tokens;       /* its words */
};

struct bylaw__index_info {
    char id[BYLAW__SHA256_HEX]; /* of all that is in it */
    uint64_t documents, postings, bytes;
    uint64_t posting_bytes; /* postings and their directory */
    uint64_t filter_bytes, text_bytes;
    uint32_t part;
};

typedef struct bylaw__index_file bylaw__index_file;

/** Maps a file, and checks all that a lookup relies on. Fails with
 *  file.unreadable, index.foreign, index.version, index.damaged. */
int bylaw__index_file_open(bylaw__index_file **out, const char *path,
                           struct bylaw_error *err);
void bylaw__index_file_free(bylaw__index_file *file);
/** To look up and to screen by; lives as long as the file. */
const bylaw__index *bylaw__index_file_index(const bylaw__index_file *file);
void bylaw__index_file_info(struct bylaw__index_info *out,
                            const bylaw__index_file *file);
/** False beyond the last. */
bool bylaw__index_file_document(struct bylaw__index_document *out,
                                const bylaw__index_file *file, size_t number);
typedef void bylaw__index_fault_fn(void *payload, const char *section,
                                   const char *what);
/** Reads every byte: whatever was changed since it was made is told. */
int bylaw__index_file_check(const bylaw__index_file *file,
                            bylaw__index_fault_fn *tell, void *payload,
                            struct bylaw_error *err);

/** An index file being made; at its place once it is finished. */
typedef struct bylaw__index_writer bylaw__index_writer;

/** memory: bytes for sorting; more is sorted in runs, in files without a name
 *  beside it. The filter is written through a mapping besides. Fails with
 *  file.unwritable. */
int bylaw__index_writer_new(bylaw__index_writer **out, const char *path,
                            size_t memory, struct bylaw_error *err);
/** Adds an article under the next number; its tokens are not looked at. */
int bylaw__index_writer_add(bylaw__index_writer *writer,
                            const struct bylaw__index_document *document,
                            const struct bylaw__tokens *tokens,
                            struct bylaw_error *err);
/** Adds what another index has, in its order, but for those that skip names;
 *  before anything else is added. The outcome is the same as that of adding
 *  each article. skip may be NULL. */
int bylaw__index_writer_take(bylaw__index_writer *writer,
                             const bylaw__index_file *file,
                             bool (*skip)(void *payload, const char *id),
                             void *payload, struct bylaw_error *err);
/** Of all that was added so far. */
uint64_t bylaw__index_writer_shingles(const bylaw__index_writer *writer);
/** Puts the file in place, on disk. */
int bylaw__index_writer_finish(bylaw__index_writer *writer,
                               struct bylaw_error *err);
/** Leaves nothing behind where it was not finished. NULL is accepted. */
void bylaw__index_writer_free(bylaw__index_writer *writer);

#endif
