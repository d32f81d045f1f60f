/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: match (floor 4)
 *
 * Purpose  How one page's words and one source's words line up, and what that
 *          amounts to.
 * Takes    tokens of both sides, the seeds between them.
 * Gives    a match: aligned spans, edits, coverage, class.
 * May include  base url text html model.
 *
 * Invariants
 *  1. Coverage comes from the alignment, not from counting shingles, and
 *     leaves furniture out of both numerator and denominator.
 *  2. Spans are disjoint and ordered on the page; each begins and ends on a
 *     word that is equal on both sides, but for that of a translation, with
 *     the marks right at that word that are equal too.
 *  3. A candidate needs two co-linear seeds or a run of eight words, outside
 *     quotation and furniture; quotation alone is its own class.
 *  4. The work is bounded by tokens and band, not by how alike they are.
 *  5. What says the same in other words is told apart: it adds neither to
 *     coverage nor to the class.
 *  6. Thresholds stand in match_thresholds.h with what chose them.
 */
#ifndef BYLAW_MATCH_ROOM_H
#define BYLAW_MATCH_ROOM_H

#include "model/model.h"

/**
 * Aligns one source with one page. seeds: those of this source only, in index
 * order. A page without the source gives class NONE, not an error. Rewritten
 * stretches are looked for on demand; they need no seed.
 */
int bylaw__match_align(struct bylaw_match **out,
                       const struct bylaw__tokens *page,
                       const struct bylaw__tokens *source,
                       const struct bylaw__seed *seeds, size_t seed_count,
                       bool with_rewrites, struct bylaw_error *err);

/** Words [begin, end) of both sides. */
struct bylaw__told_place {
    struct bylaw_range page, source;
};

/**
 * The match of a page in another language than the source. place: where it
 * tells the source, which makes it of class TRANSLATION; NULL where that is
 * only possible: class NONE.
 */
int bylaw__match_translation(struct bylaw_match **out,
                             const struct bylaw__tokens *page,
                             const struct bylaw__tokens *source,
                             const struct bylaw_kinship *kinship,
                             const struct bylaw__told_place *place,
                             struct bylaw_error *err);

#endif
