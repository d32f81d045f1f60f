/* SPDX-License-Identifier: Apache-2.0 */
/*
 * As much of CSS as hides text: which declarations hide or show, and which
 * elements a simple selector means. Nothing here lays anything out.
 */
#ifndef BYLAW_EXTRACT_STYLE_INT_H
#define BYLAW_EXTRACT_STYLE_INT_H

#include "extract/page_int.h"

/** The ways in which declarations hide text. */
enum bylaw__way {
    BYLAW__WAY_DISPLAY = 0, /* display: none */
    BYLAW__WAY_VISIBILITY,  /* visibility: hidden or collapse */
    BYLAW__WAY_OPACITY,     /* opacity: 0, filter: opacity(0) */
    BYLAW__WAY_FONT,        /* font-size of a pixel or less */
    BYLAW__WAY_INDENT,      /* text-indent far to the left */
    BYLAW__WAY_PLACE,       /* positioned far off the screen */
    BYLAW__WAY_SIZE,        /* no room, and what overflows is cut */
    BYLAW__WAY_CLIP,        /* clip or clip-path leaves nothing */
    BYLAW__WAY_COLOUR,      /* colour of the text equals its ground's */
    BYLAW__WAY_TRANSFORM,   /* scaled to nothing */
    BYLAW__WAY_COUNT
};

/** What one list of declarations does; bits are 1 << enum bylaw__way. */
struct bylaw__style {
    unsigned hides, shows;
    unsigned important;      /* of the ways above */
    bool moves;              /* an animation or a transition */
    bool paints;             /* its text is painted by something else */
    uint64_t colour, ground; /* bylaw__colour_of; 0 where not set */
};

/** Ground of an element that an image may cover. */
#define BYLAW__GROUND_UNKNOWN 1

/** A number for a colour, equal for the commonest spellings of one. */
uint64_t bylaw__colour_of(struct bylaw_span colour);

/** Reads "display:none; color:red !important". */
void bylaw__style_read(struct bylaw__style *out, struct bylaw_span text);

/** "display:none" and the like. Static. */
const char *bylaw__way_name(enum bylaw__way way);

#define BYLAW__SELECTOR_PARTS   3 /* compounds: "a b c" */
#define BYLAW__SELECTOR_CLASSES 4 /* in one compound */

/** What a compound is to the one after it. */
enum bylaw__joint {
    BYLAW__JOINT_ANCESTOR = 0,
    BYLAW__JOINT_PARENT, /* "a > b" */
    BYLAW__JOINT_SIBLING /* "a + b", "a ~ b" */
};

/** "tag#id.class.class", each part optional. Spans point into the sheet. */
struct bylaw__compound {
    struct bylaw_span tag, id;
    struct bylaw_span classes[BYLAW__SELECTOR_CLASSES];
    unsigned class_count;
    enum bylaw__joint joint;
};

struct bylaw__css_rule {
    struct bylaw__compound parts[BYLAW__SELECTOR_PARTS]; /* last: the subject */
    unsigned part_count;
    struct bylaw_span selector;
    struct bylaw__style style;
    uint32_t specificity;
    bool is_maybe; /* of a block with a condition: may show, hides nothing */
    bool
        is_loose; /* the selector has parts that bytes do not decide: likewise */
    bool is_passing; /* holds only while something is pointed at */
    bool is_early;   /* a sheet that was not read comes after it */
    uint32_t next;   /* next rule of the same key, or UINT32_MAX */
};

/** How well a selector fits an element. */
enum bylaw__fit {
    BYLAW__FIT_NONE = 0,
    BYLAW__FIT_MAYBE, /* once scripts or readers have done something */
    BYLAW__FIT_ALL
};

/**
 * Reads the compounds of a selector, the last ones where there are many.
 * False for what means no element ("a::before"): the rule is left out.
 */
bool bylaw__selector_read(struct bylaw__css_rule *rule, struct bylaw_span s);
/** *steps counts down the work that is left; at 0 nothing fits any more. */
enum bylaw__fit bylaw__selector_fit(const struct bylaw__css_rule *rule,
                                    const struct bylaw__node *node,
                                    uint64_t *steps);
/** Names a class that scripts take away: "no-js", "loading". */
bool bylaw__selector_ends_with_scripts(const struct bylaw__css_rule *rule);
/** "open", "is-visible": a class that comes and goes. */
bool bylaw__is_state_class(struct bylaw_span name);
bool bylaw__has_class(struct bylaw_span list, struct bylaw_span name);

/** All rules of a page that may hide or show, found by their subject. */
struct bylaw__sheet {
    struct bylaw__css_rule *rules; /* heap, in order of appearance */
    size_t count, cap;
    struct bylaw__map index; /* hash of a key to the last rule that has it */
    bool is_cut;             /* a ceiling was reached */
};

void bylaw__sheet_release(struct bylaw__sheet *sheet);
/**
 * Adds the rules of one style element; text must outlive the sheet. is_maybe:
 * the element itself has a condition. is_early: a sheet that was not read comes
 * after it.
 */
int bylaw__sheet_read(struct bylaw__sheet *sheet, struct bylaw_span text,
                      bool is_maybe, bool is_early, struct bylaw_error *err);
/** A list of media that leaves out all but print. */
bool bylaw__is_print_only(struct bylaw_span media);

/** Told of each rule that matches. */
typedef void bylaw__rule_visit(void *payload, const struct bylaw__sheet *sheet,
                               uint32_t rule, enum bylaw__fit fit);
/**
 * Calls visit for each rule that means the element, or may. *steps counts down the
 * work that is left; at 0 nothing matches any more.
 */
void bylaw__sheet_match(const struct bylaw__sheet *sheet,
                        const struct bylaw__node *node, uint64_t *steps,
                        bylaw__rule_visit *visit, void *payload);

/* ------------------------------------------------------------ controls --- */

/** What on a page opens something else: tabs, accordions, popovers, scripts. */
struct bylaw__controls {
    const struct bylaw__page *page;
    struct bylaw__map names;       /* hash of "#id" or ".class" to an opener */
    struct bylaw__opener *openers; /* heap */
    size_t opener_count, opener_cap;
    struct bylaw_span *scripts; /* heap */
    size_t script_count, script_cap;
    bool *is_opened; /* heap; per element */
    uint64_t scan;   /* bytes of scripts that may still be searched */
};

int bylaw__controls_read(struct bylaw__controls *controls,
                         const struct bylaw__page *page,
                         struct bylaw_error *err);
void bylaw__controls_release(struct bylaw__controls *controls);
/** True where a reader may open the element, by a control outside of it. */
bool bylaw__may_open(struct bylaw__controls *controls,
                     const struct bylaw__element *element);

#endif
