/* SPDX-License-Identifier: Apache-2.0 */
/* One duty judged, and what a page's findings add up to. */
#ifndef BYLAW_FINDING_H
#define BYLAW_FINDING_H

#include <bylaw/document.h>
#include <bylaw/match.h>
#include <bylaw/rule.h>
#include <bylaw/trail.h>

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
    const struct bylaw_trail *trail; /**< where it led when followed, or NULL */
};

/** What became of a link (or an address in plain text) that may be credit. */
enum bylaw_link_state {
    BYLAW_LINK_STATE_NONE = 0,
    BYLAW_LINK_STATE_ARTICLE,   /**< reaches this article */
    BYLAW_LINK_STATE_HOME,      /**< the publisher's front page only */
    BYLAW_LINK_STATE_OTHER,     /**< another page of the publisher's */
    BYLAW_LINK_STATE_UPSTREAM,  /**< where the publisher took it from */
    BYLAW_LINK_STATE_ASTRAY,    /**< followed, and it leads elsewhere */
    BYLAW_LINK_STATE_DEAD,      /**< followed twice, and no page is there */
    BYLAW_LINK_STATE_EMPTY,     /**< no target */
    BYLAW_LINK_STATE_FRAGMENT,  /**< "#" */
    BYLAW_LINK_STATE_SCRIPT,    /**< a script instead of a target */
    BYLAW_LINK_STATE_HIDDEN,    /**< readers do not see it */
    BYLAW_LINK_STATE_DOUBTFUL,  /**< readers may not see it */
    BYLAW_LINK_STATE_PLAIN,     /**< an address in plain text, no link */
    BYLAW_LINK_STATE_SIDEBAR,   /**< away from the article: sidebar, menu ... */
    BYLAW_LINK_STATE_COMMENTS,  /**< in readers' comments */
    BYLAW_LINK_STATE_UNCERTAIN, /**< seems to be the article's other address */
    BYLAW_LINK_STATE_OPAQUE,    /**< a redirector that was not followed */
    BYLAW_LINK_STATE_BLOCKED    /**< a redirector that told nothing */
};

/** One candidate for the credit link. */
struct bylaw_credit_link {
    enum bylaw_link_state state;
    enum bylaw_zone zone;
    struct bylaw_range bytes;        /**< of the page */
    struct bylaw_span text;          /**< the anchor's, or the plain address */
    struct bylaw_span href;          /**< as written; ptr NULL: plain text */
    const char *hidden_by;           /**< what hides it, or "" */
    const struct bylaw_trail *trail; /**< or NULL */
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
    const char *fix;        /**< HTML to add or change, or NULL */
    const char *cure_until; /**< as the judgement's; NULL unless it failed */
};

/** What was found about one page and one source. Immutable once made. */
struct bylaw_judgement {
    enum bylaw_verdict verdict;
    const char *because; /**< one sentence */
    int severity;        /**< the gravest finding's, 0..5 */
    enum bylaw_confidence confidence;
    enum bylaw_ancestor ancestor;
    const char *ancestor_why;
    const struct bylaw_rule *rule; /**< the version judged by, or NULL */
    const char *cure_until; /**< day until which mending restores the licence,
                                 counted from the day of fetching; or NULL */
    const struct bylaw_finding *findings; /**< in the rule's order */
    size_t finding_count;
    const struct bylaw_edit *edits; /**< the match's, with is_permitted set */
    size_t edit_count;
    const char *fix; /**< everything to add, as one piece of HTML, or NULL */
    const struct bylaw_credit_link *links; /**< in page order */
    size_t link_count;
    /** Numbers of the document's links whose end would settle a finding: to
     *  be followed, likeliest first. */
    const uint32_t *open_links;
    size_t open_link_count;
    void *owner;
};

BYLAW_API void bylaw_judgement_free(struct bylaw_judgement *judgement);

/** "article", "home", "dead", "hidden" ... Static. */
BYLAW_API const char *bylaw_link_state_name(enum bylaw_link_state state);
BYLAW_API const char *bylaw_outcome_name(enum bylaw_outcome outcome);
BYLAW_API const char *bylaw_confidence_name(enum bylaw_confidence confidence);
BYLAW_API const char *bylaw_verdict_name(enum bylaw_verdict verdict);
BYLAW_API const char *bylaw_ancestor_name(enum bylaw_ancestor ancestor);
/** Verdict of that name; -1 where there is none. */
BYLAW_API int bylaw_verdict_of(const char *name);
/** Process exit code a verdict asks for: 0, 1 or 3. */
BYLAW_API int bylaw_verdict_exit(enum bylaw_verdict verdict);

#endif
