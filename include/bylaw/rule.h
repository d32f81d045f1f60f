/* SPDX-License-Identifier: Apache-2.0 */
/* A licence or republication policy as data, after compilation. */
#ifndef BYLAW_RULE_H
#define BYLAW_RULE_H

#include <bylaw/error.h>
#include <bylaw/span.h>

enum bylaw_term_kind {
    BYLAW_TERM_DUTY = 1,
    BYLAW_TERM_PROHIBITION,
    BYLAW_TERM_REQUEST
};
enum bylaw_force { BYLAW_FORCE_MAY = 0, BYLAW_FORCE_SHOULD, BYLAW_FORCE_MUST };
enum bylaw_basis {
    BYLAW_BASIS_REQUEST = 0,
    BYLAW_BASIS_POLICY,
    BYLAW_BASIS_LICENCE
};
enum bylaw_decide {
    BYLAW_DECIDE_AUTO = 0,
    BYLAW_DECIDE_ASSIST,
    BYLAW_DECIDE_HUMAN /**< never decided from a page */
};

struct bylaw_param {
    const char *name;
    const char *value; /**< scalar; list items joined by newline */
};

/** One duty, prohibition or request of a rule. */
struct bylaw_term {
    enum bylaw_term_kind kind;
    const char *id; /**< "credit.author" */
    enum bylaw_force force;
    enum bylaw_basis basis;
    int severity; /**< harm 0..5 when it is not met */
    enum bylaw_decide decide;
    const char *note; /**< or NULL */
    const struct bylaw_param *params;
    size_t param_count;
    const char *file; /**< where it was written, for messages */
    unsigned line, column;
};

struct bylaw_name {
    const char *language; /**< BCP 47, or "" */
    const char *text;
    const char *from, *to; /**< ISO 8601 dates between which it was borne;
                                NULL: open */
};

/** Something in a source page that shows it to be under this rule. */
struct bylaw_mark {
    bool is_link; /**< else a statement */
    const char *text;
};

/** By what the articles are known that a rule does not cover. */
enum bylaw_exclusion_kind {
    BYLAW_EXCLUDES_NONE = 0,
    BYLAW_EXCLUDES_AUTHOR,    /**< a name among the source's authors */
    BYLAW_EXCLUDES_PUBLISHER, /**< the source's publisher, or its upstream's */
    BYLAW_EXCLUDES_STATEMENT, /**< words on the source's page */
    BYLAW_EXCLUDES_ADDRESS    /**< part of the source's address */
};

struct bylaw_exclusion {
    enum bylaw_exclusion_kind kind;
    const char *text;
};

struct bylaw_partner {
    const char *domain, *from, *to; /**< dates ISO 8601 or NULL */
};

struct bylaw_grant {
    const char *action, *where; /**< ODRL action; scope in our words */
};

/** Term ids of which one suffices. */
struct bylaw_any_of {
    const char *const *ids;
    size_t count;
};

struct bylaw_template {
    const char *language, *text;  /**< {publisher} {author} {title} slots */
    const char *const *satisfies; /**< term ids */
    size_t satisfies_count;
};

/** Words of a sample's page that are exchanged before it is judged. */
struct bylaw_replacement {
    const char *old_text, *new_text; /**< new_text may be empty */
    const char *file;                /**< where it was written, for messages */
    unsigned line, column;
};

/** What a sample says is found of one term. */
struct bylaw_expected {
    const char *id;      /**< term id */
    const char *outcome; /**< bylaw_outcome_name values, and "partial" */
};

/** A page whose judgement is known. What it leaves out is already taken over
 *  from the sample that it was made from. */
struct bylaw_sample {
    const char *id;
    const char *rule;    /**< rule it is judged by; NULL: the rule it is of */
    const char *file;    /**< page, relative to folder */
    const char *source;  /**< source manifest or text, relative; or NULL */
    const char *url;     /**< where the page pretends to stand, or NULL */
    const char *fetched; /**< day on which it was on the web, or NULL */
    unsigned site_works; /**< articles its site is known to carry; 0: unknown */
    const char *expect;  /**< verdict name */
    const char *folder;  /**< of the file it was written in, with "/", or "" */
    const struct bylaw_replacement *replacements; /**< in order */
    size_t replacement_count;
    const char *const *breaks; /**< ids of the terms it breaks */
    size_t break_count;
    const struct bylaw_expected *finds;
    size_t find_count;
};

/** One rule, inheritance applied. Owned by its rule set; immutable. */
struct bylaw_rule {
    const char *id, *extends, *status, *title, *licence;
    const char *captured_url, *captured_date, *captured_sha256;
    const char *series; /**< shared by the versions of one policy, or NULL */
    const char *valid_from, *valid_to;
    const char *const *domains; /**< the owner's */
    size_t domain_count;
    const struct bylaw_name *names; /**< the owner's, aliases included */
    size_t name_count;
    bool authors_too; /**< authors' own sites count as the owner's */
    const struct bylaw_mark *marks;
    size_t mark_count;
    /** Beginnings of the publisher's standing paragraphs: furniture. */
    const char *const *furniture;
    size_t furniture_count;
    const char *contact_ask, *contact_correct;
    const struct bylaw_partner *partners;
    size_t partner_count;
    bool states_grants; /**< false: what it grants was not written down */
    const struct bylaw_grant *grants;
    size_t grant_count;
    const struct bylaw_exclusion *exclusions;
    size_t exclusion_count;
    const struct bylaw_term *terms; /**< duties, prohibitions, requests */
    size_t term_count;
    const struct bylaw_any_of *any_of;
    size_t any_of_count;
    const struct bylaw_template *templates;
    size_t template_count;
    const char *const *permitted_changes; /**< bylaw_edit_class_name values */
    size_t permitted_change_count;
    const char *delay, *window, *remove_after, *cure; /**< "2d" or NULL */
    unsigned volume_works;                            /**< 0: no limit stated */
    const char *volume_per;
    bool has_informal_permission; /**< a banner grants more than the licence */
    const struct bylaw_sample *samples;
    size_t sample_count;
    const char *file; /**< path it was read from */
    /** What sha256 is of: the file's text and its families', nearest first. */
    const char *text;
    char sha256[65];  /**< of that file's bytes and its families' */
    char version[17]; /**< first 16 digits of sha256 */
};

enum bylaw_phrase_role {
    BYLAW_PHRASE_ORIGINAL = 1, /**< "originally published on X" */
    BYLAW_PHRASE_SOURCE,       /**< "Source: X" */
    BYLAW_PHRASE_REPUBLISHED,  /**< "republished from X" */
    BYLAW_PHRASE_PERMISSION,   /**< "with permission" */
    BYLAW_PHRASE_FEED,         /**< "The post T appeared first on X" */
    BYLAW_PHRASE_AUTHOR,       /**< "By X" */
    BYLAW_PHRASE_COPYRIGHT,    /**< "Copyright", "©", "all rights reserved" */
    BYLAW_PHRASE_LICENCE,      /**< "licensed under" */
    BYLAW_PHRASE_CHANGED,      /**< "edited", "abridged", "translated" */
    /* What follows is no credit; hints for other terms. */
    BYLAW_PHRASE_CONTINUE, /**< "continue reading" */
    BYLAW_PHRASE_PAYWALL,  /**< "subscribe to read" */
    BYLAW_PHRASE_PARTNER   /**< "in partnership with" */
};

/** One phrase of the credit grammar. */
struct bylaw_phrase {
    const char *language;
    enum bylaw_phrase_role role;
    const char *stem; /**< words; "…" for what may stand between */
    bool is_seen;     /**< seen in the wild, else only known */
};

/** All rules and phrases that were loaded. Immutable, shared by threads. */
struct bylaw_rules {
    const struct bylaw_rule *items; /**< by id */
    size_t count;
    const struct bylaw_phrase *phrases;
    size_t phrase_count;
    void *owner;
};

BYLAW_API void bylaw_rules_free(struct bylaw_rules *rules);
/** The rule of that id, or NULL. Borrowed. */
BYLAW_API const struct bylaw_rule *
bylaw_rules_find(const struct bylaw_rules *rules, const char *id);
/** A term's parameter, or NULL. Borrowed. */
BYLAW_API const char *bylaw_term_param(const struct bylaw_term *term,
                                       const char *name);

BYLAW_API const char *bylaw_term_kind_name(enum bylaw_term_kind kind);
BYLAW_API const char *bylaw_force_name(enum bylaw_force force);
BYLAW_API const char *bylaw_basis_name(enum bylaw_basis basis);
BYLAW_API const char *bylaw_phrase_role_name(enum bylaw_phrase_role role);

#endif
