/* SPDX-License-Identifier: Apache-2.0 */
/* Names of enum values: the words that JSON, rules and people see. */
#include "model.h"

#include <bylaw/case.h>

/* Out-of-range values get the zero value's name, which claims nothing. */
#define LOOK_UP(table, value)                                                  \
    ((size_t)(value) < sizeof(table) / sizeof((table)[0]) && (table)[value]    \
         ? (table)[value]                                                      \
         : (table)[0])

static const char *const zones[] = {
    [BYLAW_ZONE_UNKNOWN] = "unknown",   [BYLAW_ZONE_BODY] = "body",
    [BYLAW_ZONE_BYLINE] = "byline",     [BYLAW_ZONE_CREDIT] = "credit",
    [BYLAW_ZONE_FOOTER] = "footer",     [BYLAW_ZONE_SIDEBAR] = "sidebar",
    [BYLAW_ZONE_COMMENTS] = "comments", [BYLAW_ZONE_NAV] = "nav",
    [BYLAW_ZONE_HEAD] = "head",
};

static const char *const visibilities[] = {
    [BYLAW_VISIBILITY_UNKNOWN] = "unknown",
    [BYLAW_VISIBILITY_VISIBLE] = "visible",
    [BYLAW_VISIBILITY_HIDDEN_INLINE] = "hidden-inline",
    [BYLAW_VISIBILITY_HIDDEN_STYLE] = "hidden-style",
};

static const char *const link_kinds[] = {
    [BYLAW_LINK_NONE] = "none",         [BYLAW_LINK_REAL] = "real",
    [BYLAW_LINK_FRAGMENT] = "fragment", [BYLAW_LINK_EMPTY] = "empty",
    [BYLAW_LINK_SCRIPT] = "script",     [BYLAW_LINK_MAIL] = "mail",
    [BYLAW_LINK_OTHER] = "other",       [BYLAW_LINK_INVALID] = "invalid",
};

static const char *const meta_keys[] = {
    [BYLAW_META_NONE] = "none",
    [BYLAW_META_TITLE] = "title",
    [BYLAW_META_AUTHOR] = "author",
    [BYLAW_META_PUBLISHER] = "publisher",
    [BYLAW_META_PUBLISHED] = "published",
    [BYLAW_META_MODIFIED] = "modified",
    [BYLAW_META_LANGUAGE] = "language",
    [BYLAW_META_URL] = "url",
    [BYLAW_META_CANONICAL] = "canonical",
    [BYLAW_META_DESCRIPTION] = "description",
    [BYLAW_META_LICENSE] = "license",
    [BYLAW_META_COPYRIGHT_HOLDER] = "copyright-holder",
    [BYLAW_META_COPYRIGHT_NOTICE] = "copyright-notice",
    [BYLAW_META_CREDIT] = "credit",
    [BYLAW_META_BASED_ON] = "based-on",
    [BYLAW_META_SYNDICATION] = "syndication-source",
    [BYLAW_META_ORIGINAL] = "original-source",
    [BYLAW_META_ATTRIBUTION_URL] = "attribution-url",
    [BYLAW_META_ATTRIBUTION_NAME] = "attribution-name",
    [BYLAW_META_FREE] = "accessible-for-free",
    [BYLAW_META_ROBOTS] = "robots",
    [BYLAW_META_TYPE] = "type",
    [BYLAW_META_AMP] = "amp",
};

static const char *const match_classes[] = {
    [BYLAW_MATCH_NONE] = "none",
    [BYLAW_MATCH_FULL] = "full",
    [BYLAW_MATCH_PARTIAL] = "partial",
    [BYLAW_MATCH_EXCERPT] = "excerpt",
    [BYLAW_MATCH_QUOTATION] = "quotation",
    [BYLAW_MATCH_TRANSLATION] = "translation",
};

static const char *const edit_kinds[] = {
    [0] = "none",
    [BYLAW_EDIT_INSERTED] = "inserted",
    [BYLAW_EDIT_DELETED] = "deleted",
    [BYLAW_EDIT_REPLACED] = "replaced",
};

static const char *const edit_classes[] = {
    [BYLAW_CHANGE_UNKNOWN] = "unknown",
    [BYLAW_CHANGE_PUNCTUATION] = "punctuation",
    [BYLAW_CHANGE_TIME_WORDS] = "time-words",
    [BYLAW_CHANGE_HOUSE_STYLE] = "house-style",
    [BYLAW_CHANGE_HEADLINE] = "headline",
    [BYLAW_CHANGE_ADDED_BLOCK] = "added-block",
    [BYLAW_CHANGE_REMOVED_BLOCK] = "removed-block",
    [BYLAW_CHANGE_PLACE] = "place",
    [BYLAW_CHANGE_NOTE] = "localising-note",
    [BYLAW_CHANGE_SUBSTANTIVE] = "substantive",
};

static const char *const term_kinds[] = {
    [0] = "none",
    [BYLAW_TERM_DUTY] = "duty",
    [BYLAW_TERM_PROHIBITION] = "prohibition",
    [BYLAW_TERM_REQUEST] = "request",
};

static const char *const forces[] = {
    [BYLAW_FORCE_MAY] = "may",
    [BYLAW_FORCE_SHOULD] = "should",
    [BYLAW_FORCE_MUST] = "must",
};

static const char *const bases[] = {
    [BYLAW_BASIS_REQUEST] = "request",
    [BYLAW_BASIS_POLICY] = "policy",
    [BYLAW_BASIS_LICENCE] = "licence",
};

static const char *const phrase_roles[] = {
    [0] = "none",
    [BYLAW_PHRASE_ORIGINAL] = "original",
    [BYLAW_PHRASE_SOURCE] = "source",
    [BYLAW_PHRASE_REPUBLISHED] = "republished",
    [BYLAW_PHRASE_PERMISSION] = "permission",
    [BYLAW_PHRASE_FEED] = "feed",
    [BYLAW_PHRASE_AUTHOR] = "author",
    [BYLAW_PHRASE_COPYRIGHT] = "copyright",
    [BYLAW_PHRASE_LICENCE] = "licence",
    [BYLAW_PHRASE_CHANGED] = "changed",
    [BYLAW_PHRASE_CONTINUE] = "continue",
    [BYLAW_PHRASE_PAYWALL] = "paywall",
    [BYLAW_PHRASE_PARTNER] = "partner",
};

static const char *const outcomes[] = {
    [BYLAW_OUTCOME_UNKNOWN] = "unknown",
    [BYLAW_OUTCOME_PASS] = "pass",
    [BYLAW_OUTCOME_FAIL] = "fail",
    [BYLAW_OUTCOME_NOT_EVALUATED] = "not-evaluated",
};

static const char *const coverages[] = {
    [BYLAW__COVERAGE_UNTESTED] = "untested",
    [BYLAW__COVERAGE_TESTED] = "tested",
    [BYLAW__COVERAGE_PERSON] = "person",
};

static const char *const confidences[] = {
    [BYLAW_CONFIDENCE_LOW] = "low",
    [BYLAW_CONFIDENCE_MEDIUM] = "medium",
    [BYLAW_CONFIDENCE_HIGH] = "high",
};

static const char *const ancestors[] = {
    [BYLAW_ANCESTOR_UNKNOWN] = "unknown",
    [BYLAW_ANCESTOR_SELF] = "self",
    [BYLAW_ANCESTOR_UPSTREAM] = "upstream",
};

static const char *const case_states[] = {
    [BYLAW_CASE_NONE] = "none",
    [BYLAW_CASE_SEEN] = "seen",
    [BYLAW_CASE_NEW] = "new",
    [BYLAW_CASE_CONFIRMED] = "confirmed",
    [BYLAW_CASE_NOTIFIED] = "notified",
    [BYLAW_CASE_FIXED] = "fixed",
    [BYLAW_CASE_REGRESSED] = "regressed",
    [BYLAW_CASE_DISPUTED] = "disputed",
    [BYLAW_CASE_ALLOWED] = "allowed",
    [BYLAW_CASE_IGNORED] = "ignored",
    [BYLAW_CASE_GONE] = "gone",
    [BYLAW_CASE_UNREACHABLE] = "unreachable",
};

#define CASE_STATE_COUNT (sizeof(case_states) / sizeof(case_states[0]))

static const char *const trail_ends[] = {
    [BYLAW_TRAIL_NONE] = "none",
    [BYLAW_TRAIL_PAGE] = "page",
    [BYLAW_TRAIL_DEAD] = "dead",
    [BYLAW_TRAIL_BLOCKED] = "blocked",
};

static const char *const link_states[] = {
    [BYLAW_LINK_STATE_NONE] = "none",
    [BYLAW_LINK_STATE_ARTICLE] = "article",
    [BYLAW_LINK_STATE_HOME] = "home",
    [BYLAW_LINK_STATE_OTHER] = "other-article",
    [BYLAW_LINK_STATE_UPSTREAM] = "upstream",
    [BYLAW_LINK_STATE_ASTRAY] = "astray",
    [BYLAW_LINK_STATE_DEAD] = "dead",
    [BYLAW_LINK_STATE_EMPTY] = "empty",
    [BYLAW_LINK_STATE_FRAGMENT] = "fragment",
    [BYLAW_LINK_STATE_SCRIPT] = "script",
    [BYLAW_LINK_STATE_HIDDEN] = "hidden",
    [BYLAW_LINK_STATE_DOUBTFUL] = "doubtful",
    [BYLAW_LINK_STATE_PLAIN] = "plain-text",
    [BYLAW_LINK_STATE_SIDEBAR] = "sidebar",
    [BYLAW_LINK_STATE_COMMENTS] = "comments",
    [BYLAW_LINK_STATE_UNCERTAIN] = "uncertain",
    [BYLAW_LINK_STATE_OPAQUE] = "opaque",
    [BYLAW_LINK_STATE_BLOCKED] = "blocked",
};

static const struct {
    const char *name;
    int exit_code;
} verdicts[] = {
    [BYLAW_VERDICT_UNDETERMINED] = {"undetermined", 3},
    [BYLAW_VERDICT_COMPLIANT] = {"compliant", 0},
    [BYLAW_VERDICT_COMPLIANT_BY_TEMPLATE] = {"compliant-by-template", 0},
    [BYLAW_VERDICT_INCOMPLETE] = {"incomplete", 1},
    [BYLAW_VERDICT_NOT_MET] = {"not-met", 1},
    [BYLAW_VERDICT_OUTSIDE_GRANT] = {"outside-grant", 1},
    [BYLAW_VERDICT_NOT_APPLICABLE] = {"not-applicable", 0},
};

#define VERDICT_COUNT (sizeof(verdicts) / sizeof(verdicts[0]))

const char *bylaw_zone_name(enum bylaw_zone zone)
{
    return LOOK_UP(zones, zone);
}

const char *bylaw_visibility_name(enum bylaw_visibility visibility)
{
    return LOOK_UP(visibilities, visibility);
}

const char *bylaw_link_kind_name(enum bylaw_link_kind kind)
{
    return LOOK_UP(link_kinds, kind);
}

const char *bylaw_meta_key_name(enum bylaw_meta_key key)
{
    return LOOK_UP(meta_keys, key);
}

const char *bylaw_match_class_name(enum bylaw_match_class match_class)
{
    return LOOK_UP(match_classes, match_class);
}

const char *bylaw_edit_kind_name(enum bylaw_edit_kind kind)
{
    return LOOK_UP(edit_kinds, kind);
}

const char *bylaw_edit_class_name(enum bylaw_edit_class change)
{
    return LOOK_UP(edit_classes, change);
}

const char *bylaw_term_kind_name(enum bylaw_term_kind kind)
{
    return LOOK_UP(term_kinds, kind);
}

const char *bylaw_force_name(enum bylaw_force force)
{
    return LOOK_UP(forces, force);
}

const char *bylaw_basis_name(enum bylaw_basis basis)
{
    return LOOK_UP(bases, basis);
}

const char *bylaw_phrase_role_name(enum bylaw_phrase_role role)
{
    return LOOK_UP(phrase_roles, role);
}

const char *bylaw_trail_end_name(enum bylaw_trail_end end)
{
    return LOOK_UP(trail_ends, end);
}

const char *bylaw_link_state_name(enum bylaw_link_state state)
{
    return LOOK_UP(link_states, state);
}

const char *bylaw_outcome_name(enum bylaw_outcome outcome)
{
    return LOOK_UP(outcomes, outcome);
}

const char *bylaw__coverage_name(enum bylaw__coverage coverage)
{
    return LOOK_UP(coverages, coverage);
}

const char *bylaw_confidence_name(enum bylaw_confidence confidence)
{
    return LOOK_UP(confidences, confidence);
}

const char *bylaw_ancestor_name(enum bylaw_ancestor ancestor)
{
    return LOOK_UP(ancestors, ancestor);
}

const char *bylaw_verdict_name(enum bylaw_verdict verdict)
{
    return (size_t)verdict < VERDICT_COUNT ? verdicts[verdict].name
                                           : verdicts[0].name;
}

int bylaw_verdict_of(const char *name)
{
    for (size_t i = 0; name && i < VERDICT_COUNT; i++)
        if (!strcmp(verdicts[i].name, name))
            return (int)i;
    return -1;
}

int bylaw_verdict_exit(enum bylaw_verdict verdict)
{
    return (size_t)verdict < VERDICT_COUNT ? verdicts[verdict].exit_code
                                           : verdicts[0].exit_code;
}

const char *bylaw_case_state_name(enum bylaw_case_state state)
{
    return LOOK_UP(case_states, state);
}

int bylaw_case_state_of(const char *name)
{
    for (size_t i = 0; name && i < CASE_STATE_COUNT; i++)
        if (!strcmp(case_states[i], name))
            return (int)i;
    return -1;
}

bool bylaw_case_wants_action(enum bylaw_case_state state)
{
    return state == BYLAW_CASE_NEW || state == BYLAW_CASE_CONFIRMED ||
           state == BYLAW_CASE_REGRESSED;
}
