/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of match share: runs of equal words, and passages of runs. */
#ifndef BYLAW_MATCH_INT_H
#define BYLAW_MATCH_INT_H

#include "match/match.h"
#include "match/match_thresholds.h"

#include <stdlib.h>

/** Words that are equal on both sides, one for one. */
struct run {
    uint32_t page, source; /* first word */
    uint32_t len;
};

struct runs {
    struct run *items;
    size_t count, cap;
};

/**
 * Runs of one stretch of copying, in order and disjoint on both sides; what
 * lies between two of them is an edit.
 */
struct passage {
    size_t first, count; /* in the aligner's kept runs */
    uint32_t page;       /* first word there, while passages are sorted */
    bool is_repeat;      /* the page carries these source words elsewhere */
};

struct passages {
    struct passage *items;
    size_t count, cap;
};

/** Flags of source words, per word. */
enum source_state {
    SOURCE_COPIED = 1,    /* an equal word stands on the page */
    SOURCE_OWN = 2,       /* ... outside quotation on the page */
    SOURCE_FURNITURE = 4, /* a furniture word found on the page */
    SOURCE_SPANNED = 8,   /* within a passage's first and last word */
    SOURCE_TOLD = 16      /* within a rewritten stretch */
};

/** One page against one source, at work. */
struct aligner {
    const struct bylaw__tokens *page, *source;
    struct runs found;        /* from seeds, extended word by word */
    struct runs kept;         /* of the passages */
    struct passages passages; /* in page order, disjoint on the page */
    uint8_t *page_state;      /* per word: claimed while choosing chains,
                                  then matched */
    uint8_t *source_state;    /* enum source_state */
    uint8_t *trace;           /* of banded alignment */
    size_t cells_left;        /* work that banded alignment may still do */
};

/* One more than the last word. */
static inline uint32_t page_end(const struct run *run)
{
    return run->page + run->len;
}

static inline uint32_t source_end(const struct run *run)
{
    return run->source + run->len;
}

static inline bool is_same_word(const struct aligner *a, uint32_t page,
                                uint32_t source)
{
    const struct bylaw__token *p = &a->page->items[page];
    const struct bylaw__token *s = &a->source->items[source];

    return p->hash == s->hash && p->norm_len == s->norm_len &&
           !memcmp(a->page->norm.ptr + p->norm_off,
                   a->source->norm.ptr + s->norm_off, p->norm_len);
}

static inline bool is_furniture(const struct aligner *a, uint32_t source)
{
    return a->source->items[source].flags & BYLAW__TOKEN_FURNITURE;
}

/** The page's frame or what a reader cannot see. */
static inline bool is_off_page(const struct aligner *a, uint32_t page)
{
    return a->page->items[page].flags &
           (BYLAW__TOKEN_OFF_MAIN | BYLAW__TOKEN_HIDDEN);
}

/** Words of one side: [begin, end). */
struct stretch {
    uint32_t begin, end;
};

int runs_push(struct runs *runs, struct run run, struct bylaw_error *err);

/** Maximal runs of equal words around the seeds, by page word. */
int runs_from_seeds(struct aligner *a, const struct bylaw__seed *seeds,
                    size_t count, struct bylaw_error *err);

/** Chooses the passages: chains of runs, disjoint on the page. */
int chain_runs(struct aligner *a, struct bylaw_error *err);

/** Adds the source's headline as a passage where the page's heading above the
 *  copied text says the same. */
int find_headline(struct aligner *a, struct bylaw_error *err);
/** The headings that the source begins with; may be empty. */
struct stretch source_headline(const struct aligner *a);
/** The last heading above the copied text; may be empty. */
struct stretch page_headline(const struct aligner *a);

/** Brings passages into the order of the page. */
void sort_passages(struct aligner *a);

/** Lengthens passages at their ends, joins neighbours, fills what is between
 *  their runs. */
int refine_passages(struct aligner *a, struct bylaw_error *err);

/**
 * Equal words between the end of one run and the begin of the next, by banded
 * edit distance, as runs appended to out. Finds none where the gap is larger
 * than its ceilings.
 */
int fill_gap(struct runs *out, struct aligner *a, const struct run *from,
             const struct run *to, struct bylaw_error *err);

/** How far equal words go on from a point, some edits forgiven. */
struct reach {
    uint32_t page, source; /* words gone, in the direction asked */
};
struct reach reach_forward(const struct aligner *a, uint32_t page,
                           uint32_t source, uint32_t page_stop,
                           uint32_t source_stop);
struct reach reach_backward(const struct aligner *a, uint32_t page,
                            uint32_t source, uint32_t page_stop,
                            uint32_t source_stop);

/** Counts, coverage and class. */
void measure_match(struct bylaw_match *match, struct aligner *a);

/** Writes spans and edits into memory of the match. */
int write_spans(struct bylaw_match *match, struct aligner *a,
                struct bylaw_error *err);
int write_edits(struct bylaw_match *match, struct aligner *a,
                struct bylaw_error *err);

/** A match that says nothing yet, in an arena of its own; NULL: no memory. */
struct bylaw_match *new_match(void);

/** Finds what the page says in other words; after measuring. */
int write_rewrites(struct bylaw_match *match, struct aligner *a,
                   struct bylaw_error *err);

/** Bytes of a stretch; an empty one stands right behind the word before it and
 *  the marks there. */
struct bylaw_range bytes_of_words(const struct bylaw__tokens *tokens,
                                  struct stretch words);
/** As above, of a stretch that is not empty, with the marks at its ends. */
struct bylaw_range bytes_with_marks(const struct bylaw__tokens *tokens,
                                    struct stretch words);

/** What sort of change it is. */
enum bylaw_edit_class classify_edit(const struct aligner *a,
                                    struct stretch page, struct stretch source);

#endif
