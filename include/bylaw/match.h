/* SPDX-License-Identifier: Apache-2.0 */
/* How a page's text and a source's text line up. */
#ifndef BYLAW_MATCH_H
#define BYLAW_MATCH_H

#include <bylaw/error.h>
#include <bylaw/span.h>

/** How much of a source a page carries. */
enum bylaw_match_class {
    BYLAW_MATCH_NONE = 0,
    BYLAW_MATCH_FULL,
    BYLAW_MATCH_PARTIAL,
    BYLAW_MATCH_EXCERPT,
    BYLAW_MATCH_QUOTATION,
    BYLAW_MATCH_TRANSLATION
};

/** What to look for besides copies. A hint is for a person to look at: a row of
 *  class NONE whose match has rewrites or kinship, or of class TRANSLATION. */
enum bylaw_hints {
    BYLAW_HINTS_NONE = 0,
    BYLAW_HINTS_NEAR,   /**< in articles that share words with a page which has
                           some of any article near each other: all that
                           screening lets through */
    BYLAW_HINTS_LIKELY, /**< in every article that shares words, or names and
                               numbers; translations that are likely */
    BYLAW_HINTS_POSSIBLE, /**< and translations that are possible */
    BYLAW_HINTS_ANY       /**< for each page in another language, the article
                               most akin to it, however little */
};

/** An aligned passage; ranges are bytes of the source and of the page. */
struct bylaw_match_span {
    struct bylaw_range source, page;
    uint32_t source_token, source_tokens; /**< first word, number of words */
    uint32_t page_token, page_tokens;
    uint32_t edit_distance; /**< words inserted, deleted or replaced inside */
    bool is_quoted;         /**< lies inside quotation on the page */
};

enum bylaw_edit_kind {
    BYLAW_EDIT_INSERTED = 1, /**< on the page, not in the source */
    BYLAW_EDIT_DELETED,      /**< in the source, not on the page */
    BYLAW_EDIT_REPLACED
};

/** What sort of change an edit is, for what a licence permits. */
enum bylaw_edit_class {
    BYLAW_CHANGE_UNKNOWN = 0,
    BYLAW_CHANGE_PUNCTUATION, /**< no word differs but in marks or case */
    BYLAW_CHANGE_TIME_WORDS,  /**< "today" for "Monday" */
    BYLAW_CHANGE_HOUSE_STYLE, /**< spelling, titles, number forms */
    BYLAW_CHANGE_HEADLINE,
    BYLAW_CHANGE_ADDED_BLOCK,   /**< whole paragraphs put in */
    BYLAW_CHANGE_REMOVED_BLOCK, /**< whole paragraphs left out */
    BYLAW_CHANGE_PLACE,         /**< "here" for "in Boston"; "Calif." added */
    BYLAW_CHANGE_NOTE,          /**< a note of the page's own put in */
    BYLAW_CHANGE_SUBSTANTIVE    /**< words that carry meaning */
};

struct bylaw_edit {
    enum bylaw_edit_kind kind;
    enum bylaw_edit_class change;
    struct bylaw_range source, page; /**< bytes; one may be empty */
    uint32_t source_words, page_words;
    bool is_permitted; /**< by the rule in force; set by the judge's copy */
};

/** What a page in another language has in common with a source: names and
 *  numbers. Zero: nothing is known. A hint for a person. */
struct bylaw_kinship {
    uint32_t traits; /**< names and numbers in common */
    double score;    /**< their rarity; compares sources, not pages */
    double share;    /**< of all that the source has, by rarity, 0..1 */
    double order;    /**< share of those in the same order in both, 0..1 */
};

/** One page against one source. Zero-valued: no match. Immutable once made. */
struct bylaw_match {
    enum bylaw_match_class class;
    double source_coverage;   /**< share of the article's words found, 0..1 */
    double page_coverage;     /**< share of the page's main text, 0..1 */
    uint32_t copied_words;    /**< source words found on the page */
    uint32_t quoted_words;    /**< of these, inside quotation on the page */
    uint32_t longest_run;     /**< longest run of words without a change */
    uint32_t furniture_words; /**< words of the source's frame on the page */
    const struct bylaw_match_span *spans; /**< by page order, disjoint there */
    size_t span_count;
    /** What the page says in other words, by page order, disjoint there; may
     *  hold spans. edit_distance counts the words of the longer side that no
     *  span inside has. A hint for a person: no part of coverage or class. */
    const struct bylaw_match_span *rewrites;
    size_t rewrite_count;
    uint32_t rewritten_words;     /**< source words there that are not copied */
    struct bylaw_kinship kinship; /**< of a possible translation */
    const struct bylaw_edit *edits; /**< by page order */
    size_t edit_count;
    void *owner;
};

BYLAW_API void bylaw_match_free(struct bylaw_match *match);

/** "full", "partial" ... Static. */
BYLAW_API const char *
bylaw_match_class_name(enum bylaw_match_class match_class);
/** "inserted", "deleted", "replaced". Static. */
BYLAW_API const char *bylaw_edit_kind_name(enum bylaw_edit_kind kind);
/** "punctuation", "time-words", "house-style", "headline" ... Static. */
BYLAW_API const char *bylaw_edit_class_name(enum bylaw_edit_class change);

#endif
