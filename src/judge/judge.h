/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: judge (floor 4)
 *
 * Purpose  Each duty of a rule against one page, in three values, with bytes.
 * Takes    a case: document, placement, match, source, rule, phrases.
 * Gives    a judgement: findings, verdict, the sentence why, what to add.
 * May include  base url text html model.
 *
 * Invariants
 *  1. Absence fails a duty only after a complete read; else it is unknown.
 *  2. Unknown counts neither as met nor as unmet, and says what is missing.
 *  3. Every pass and fail names its reason; every pass has evidence, whose
 *     bytes hold what was found.
 *  4. The order is fixed: complete? owner or partner? quotation? only an
 *     announcement? older than the source? which ancestor? duties, prohibitions, any-of groups, verdict.
 *  5. A term is one file term_<name>.c and one row of the table; without
 *     summary, explanation and test it cannot be registered.
 */
#ifndef BYLAW_JUDGE_H
#define BYLAW_JUDGE_H

#include "model/model.h"

/** Articles of one publisher found on the page's site, this one included; zero:
 *  not known. */
struct bylaw__site_count {
    uint32_t sure; /* surely copied within one of the rule's periods */
    uint32_t most; /* in all, whenever they were copied */
};

/** All that judging one page against one source needs. Borrowed. */
struct bylaw__case {
    const struct bylaw_document *document;
    const struct bylaw__placement *placement; /* NULL: no match */
    const struct bylaw_match *match;
    const struct bylaw_source *source;
    const struct bylaw_rule *rule; /* NULL: nothing to judge by */
    /* All versions of that rule, itself included; none: it is the only one. */
    const struct bylaw_rule *const *versions;
    size_t version_count;
    const struct bylaw_phrase *phrases;
    size_t phrase_count;
    const char *page_url; /* where the page stands, or "" */
    /* Besides those that the rule names. */
    const char *const *own_domains;
    size_t own_domain_count;
    const struct bylaw_partner *partners;
    size_t partner_count;
    bool is_complete;                 /* document and response taken together */
    const struct bylaw_trail *trails; /* of links that were followed */
    size_t trail_count;
    /* Term that counts as met, whatever the page says: shows whether a sample
     * notices. NULL: none. */
    const char *switched_off;
    const char *const *incomplete_because;
    size_t incomplete_count;
    int64_t fetched_ms; /* UTC, when the page was seen at its address; or 0 */
    struct bylaw__site_count site_works;
    /* Names of other sources' publishers etc. are not known here. */
};

int bylaw__judge(struct bylaw_judgement **out, const struct bylaw__case *c,
                 struct bylaw_error *err);

/** One row of the table of terms, for `rules explain` and `explain`. */
struct bylaw__term_info {
    const char *id;
    enum bylaw_term_kind kind;
    const char *summary;           /* one line */
    const char *decided;           /* what passes, fails, stays unknown */
    const char *const *params;     /* NULL-terminated names */
    const char *const *param_help; /* a sentence each */
};

const struct bylaw__term_info *bylaw__term_find(const char *id);
const struct bylaw__term_info *bylaw__term_at(size_t i); /* NULL past the end */

#endif
