/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the sentence pass share: sentences as bags of letter
 * groups, and pairs of sentences that are alike. */
#ifndef BYLAW_MATCH_REWRITE_H
#define BYLAW_MATCH_REWRITE_H

#include "match_int.h"

enum side { SIDE_PAGE, SIDE_SOURCE, SIDES };

/** One letter group as it is used in one sentence. */
struct term_use {
    uint32_t term;
    uint32_t times;
};

/** One text as sentences; those of the frame are left out. */
struct sentences {
    struct sentence {
        struct stretch words;
        uint32_t first_use, uses; /* in .uses, one a term */
    } * items;
    size_t count, cap;
    struct term_use *uses;
    size_t use_count, use_cap;
};

/** All letter groups of both texts. */
struct vocabulary {
    struct term {
        uint64_t key;
        uint32_t sentences[SIDES]; /* that have it */
        uint32_t last_use[SIDES];  /* one more than its place in .uses */
        float weight;
    } * items;
    size_t count, cap;
    uint32_t *slots; /* one more than the place in items; open addressing */
    size_t slot_count;
    uint64_t probes; /* of slots that were another's */
};

/** Two texts made ready to be compared. */
struct bags {
    struct vocabulary vocabulary;
    struct sentences sides[SIDES];
};

/** Reads both texts; release in any case. */
int bags_read(struct bags *bags, const struct aligner *a,
              struct bylaw_error *err);
void bags_release(struct bags *bags);

/** Two sentences that are alike. */
struct point {
    uint32_t page, source; /* numbers of sentences */
    float alike;           /* cosine of their weighted letter groups, 0..1 */
};

struct points {
    struct point *items;
    size_t count, cap;
};

/** Pairs of like sentences, by page sentence, then by source sentence. */
int find_points(struct points *out, const struct bags *bags,
                struct bylaw_error *err);

/** Sentences [begin, end) of both sides that say the same. */
struct stretch_pair {
    struct stretch page, source;
    double score;
};

struct stretch_pairs {
    struct stretch_pair *items;
    size_t count, cap;
};

/** Stretches of like sentences in about the same order, disjoint on the page,
 *  in its order. */
int find_stretches(struct stretch_pairs *out, const struct bags *bags,
                   struct bylaw_error *err);

#endif
