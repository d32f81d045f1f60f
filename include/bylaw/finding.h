/* SPDX-License-Identifier: Apache-2.0 */
/* One duty judged, and what a page's findings add up to. */
#ifndef BYLAW_FINDING_H
#define BYLAW_FINDING_H

#include <bylaw/document.h>
#include <bylaw/match.h>
#include <bylaw/rule.h>

/** Three values and "not asked". The zero value claims nothing. */
enum bylaw_outcome {
    BYLAW_OUTCOME_UNKNOWN = 0,
    BYLAW_OUTCOME_PASS,
    BYLAW_OUTCOME_FAIL,
    BYLAW_OUTCOME_NOT_EVALUATED
};

enum bylaw_confidence {
    BYLAW_CONFIDENCE_LOW = 0,
    BYLAW_CONFIDENCE_MEDIUM,
    BYLAW_CONFIDENCE_HIGH
};

/** Page level. Gravity and exit code: see bylaw_verdict_exit. */
enum bylaw_verdict {
    BYLAW_VERDICT_UNDETERMINED = 0,
    BYLAW_VERDICT_COMPLIANT,
    BYLAW_VERDICT_COMPLIANT_BY_TEMPLATE,
    BYLAW_VERDICT_INCOMPLETE,
    BYLAW_VERDICT_NOT_MET,
    BYLAW_VERDICT_OUTSIDE_GRANT,
    BYLAW_VERDICT_NOT_APPLICABLE
};

/** Which version of the article the page was made from. */
enum bylaw_ancestor {
    BYLAW_ANCESTOR_UNKNOWN = 0,
    BYLAW_ANCESTOR_SELF,    /**< the source that was asked about */
    BYLAW_ANCESTOR_UPSTREAM /**< what the source itself was taken from */
};

/** The bytes of the page that decided a finding. */
struct bylaw_evidence {
    enum bylaw_zone zone;
    struct bylaw_range bytes; /**< of the page as UTF-8 */
    struct bylaw_span text;   /**< what stands there, as a reader sees it */
    struct bylaw_span href;   /**< a link's target as written; ptr NULL: none */
};

struct bylaw_finding {
    const char *id; /**< term id */
    enum bylaw_term_kind kind;
    enum bylaw_force force;
    enum bylaw_basis basis;
    enum bylaw_outcome outcome;
    bool is_partial; /**< a fail that goes part of the way */
    bool for_person; /**< undecidable by nature; never moves the verdict */
    int severity;    /**< 0..5; 0 unless it failed */
    enum bylaw_confidence confidence;
    const char *why; /**< one sentence */
    const struct bylaw_evidence *evidence;
    size_t evidence_count;
    const char *fix; /**< HTML to add or change, or NULL */
};

/** What was found about one page and one source. Immutable once made. */
struct bylaw_judgement {
    enum bylaw_verdict verdict;
    const char *because; /**< one sentence */
    int severity;        /**< the gravest finding's, 0..5 */
    enum bylaw_confidence confidence;
    enum bylaw_ancestor ancestor;
    const char *ancestor_why;
    const struct bylaw_finding *findings; /**< in the rule's order */
    size_t finding_count;
    const struct bylaw_edit *edits; /**< the match's, with is_permitted set */
    size_t edit_count;
    const char *fix; /**< everything to add, as one piece of HTML, or NULL */
    void *owner;
};

BYLAW_API void bylaw_judgement_free(struct bylaw_judgement *judgement);

BYLAW_API const char *bylaw_outcome_name(enum bylaw_outcome outcome);
BYLAW_API const char *bylaw_confidence_name(enum bylaw_confidence confidence);
BYLAW_API const char *bylaw_verdict_name(enum bylaw_verdict verdict);
BYLAW_API const char *bylaw_ancestor_name(enum bylaw_ancestor ancestor);
/** Verdict of that name; -1 where there is none. */
BYLAW_API int bylaw_verdict_of(const char *name);
/** Process exit code a verdict asks for: 0, 1 or 3. */
BYLAW_API int bylaw_verdict_exit(enum bylaw_verdict verdict);

#endif
