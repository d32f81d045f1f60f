/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the readers of an HTML page share: its elements in document order,
 * each with what its name and its class tokens say, what hides it, and how
 * much text it holds. One pass makes them, later passes fill them in.
 */
#ifndef BYLAW_EXTRACT_PAGE_INT_H
#define BYLAW_EXTRACT_PAGE_INT_H

#include "extract/extract_int.h"

/* Tags that some pass asks for by name; all others are BYLAW__TAG_OTHER. */
enum bylaw__tag {
    BYLAW__TAG_OTHER = 0,
    BYLAW__TAG_A,
    BYLAW__TAG_AREA,
    BYLAW__TAG_ARTICLE,
    BYLAW__TAG_ASIDE,
    BYLAW__TAG_BASE,
    BYLAW__TAG_BLOCKQUOTE,
    BYLAW__TAG_BODY,
    BYLAW__TAG_BR,
    BYLAW__TAG_BUTTON,
    BYLAW__TAG_CAPTION,
    BYLAW__TAG_DATALIST,
    BYLAW__TAG_DETAILS,
    BYLAW__TAG_DIALOG,
    BYLAW__TAG_DIV,      /* and other boxes that boxes stand in: section, td */
    BYLAW__TAG_FALLBACK, /* shown only where the element itself is not */
    BYLAW__TAG_FIGCAPTION,
    BYLAW__TAG_FIGURE,
    BYLAW__TAG_FOOTER,
    BYLAW__TAG_FORM,
    BYLAW__TAG_HEAD,
    BYLAW__TAG_HEADER,
    BYLAW__TAG_HEADING,
    BYLAW__TAG_HTML,
    BYLAW__TAG_IFRAME,
    BYLAW__TAG_IMG,
    BYLAW__TAG_LI,
    BYLAW__TAG_LINK,
    BYLAW__TAG_LIST, /* ul, ol, menu, dir */
    BYLAW__TAG_MAIN,
    BYLAW__TAG_META,
    BYLAW__TAG_NAV,
    BYLAW__TAG_NOSCRIPT,
    BYLAW__TAG_P,
    BYLAW__TAG_Q,
    BYLAW__TAG_SCRIPT,
    BYLAW__TAG_SELECT,
    BYLAW__TAG_SPAN, /* and other inline elements that styles set apart */
    BYLAW__TAG_STYLE,
    BYLAW__TAG_SUMMARY,
    BYLAW__TAG_TEMPLATE,
    BYLAW__TAG_TEXTAREA
};

enum bylaw__tag_flags {
    BYLAW__TAG_IS_BLOCK = 1, /* begins and ends a box of its own */
    BYLAW__TAG_IS_MUTE = 2,  /* its text is never laid out */
    BYLAW__TAG_IS_BOXED = 4  /* inline, but likely set apart by a style */
};

/**
 * Looks a tag up; unknown ones are inline and have the name "". *out_name is
 * static. flags: enum bylaw__tag_flags.
 */
enum bylaw__tag bylaw__tag_of(const char *name, const char **out_name,
                              unsigned *flags);

/** True for tags whose text is never an article's running text. */
bool bylaw__is_foreign_tag(enum bylaw__tag tag);

/* What the tokens of class, id, role and itemprop say of an element. */
enum bylaw__hint {
    BYLAW__HINT_NAV = 1 << 0,
    BYLAW__HINT_FOOTER = 1 << 1,
    BYLAW__HINT_SIDEBAR = 1 << 2,
    BYLAW__HINT_COMMENTS = 1 << 3,
    BYLAW__HINT_BYLINE = 1 << 4,
    BYLAW__HINT_CREDIT = 1 << 5,
    BYLAW__HINT_SHARE = 1 << 6,
    BYLAW__HINT_PROMO = 1 << 7,    /* newsletters, subscriptions, adverts */
    BYLAW__HINT_RELATED = 1 << 8,  /* other articles */
    BYLAW__HINT_BODY = 1 << 9,     /* "article-body", "entry-content" */
    BYLAW__HINT_ARTICLE = 1 << 10, /* "article", "post", "story" */
    BYLAW__HINT_CAPTION = 1 << 11,
    BYLAW__HINT_TAGS = 1 << 12,
    BYLAW__HINT_META = 1 << 13, /* dates, counts, categories */
    BYLAW__HINT_BIO = 1 << 15,  /* about the author */
    BYLAW__HINT_POPUP = 1 << 16,
    BYLAW__HINT_PAYWALL = 1 << 17,
    BYLAW__HINT_TOOL = 1 << 18, /* print, font size, audio players */
    BYLAW__HINT_MAIN = 1 << 19, /* role=main, "main", "content" */
    BYLAW__HINT_HEADER = 1 << 20,
    BYLAW__HINT_ITEMPROP_BODY = 1 << 22
};

/** Hints of one attribute's value. */
unsigned bylaw__hints_of(struct bylaw_span value);

/* What an element is in, itself included. */
enum bylaw__inside {
    BYLAW__INSIDE_MUTE = 1,
    BYLAW__INSIDE_QUOTE = 2,
    BYLAW__INSIDE_CAPTION = 4,
    BYLAW__INSIDE_LI = 8,
    BYLAW__INSIDE_HEAD = 16,
    BYLAW__INSIDE_ARTICLE = 32 /* article, main, or named as one */
};

struct bylaw__element {
    const struct bylaw__node *node;
    uint32_t parent; /* ordinal; BYLAW__NO_ELEMENT for the root */
    uint32_t end;    /* one past its last descendant */
    uint32_t box;    /* itself or the nearest block element above */
    enum bylaw__tag tag;
    const char *name; /* static; "" for tags of no interest */
    unsigned flags;   /* enum bylaw__tag_flags */
    unsigned hints;   /* enum bylaw__hint, its own */
    unsigned inside;  /* enum bylaw__inside */
    unsigned heading; /* level of the heading it is in, or 0 */
    enum bylaw_zone zone;
    const char *zone_why;
    enum bylaw_visibility visibility;
    const char *visibility_why;
    bool may_show;         /* hidden by what other rules may undo */
    const char *why_below; /* the same reason, seen from below; or NULL */
    uint32_t raw_letters;  /* bytes of text below it, mute text left out */
    /* Sums over the blocks at or below it. */
    uint32_t words, prose_words; /* prose: long blocks of few links */
    uint32_t letters, link_letters;
};

/** One HTML page while its document is made. */
struct bylaw__page {
    struct bylaw__extraction *x;
    struct bylaw__element *elements; /* heap */
    uint32_t element_count;
    size_t element_cap;
    uint32_t *block_elements; /* heap; per block, the lowest element that
                                 holds all of it */
    size_t block_element_cap;
    unsigned *block_hints; /* heap; per block, of inline elements in it */
    size_t block_hint_cap;
    uint32_t *link_elements; /* heap; per link */
    size_t link_element_cap;
    uint32_t main_element; /* lowest element that holds the main text */
    bool has_scripts;
    bool has_styles;      /* style elements */
    bool has_stylesheets; /* external ones, which were not read */
};

/** All elements with tag and hints. */
int bylaw__page_outline(struct bylaw__page *page, struct bylaw_error *err);
/** True where element is at or below ancestor. */
bool bylaw__page_within(const struct bylaw__page *page, uint32_t element,
                        uint32_t ancestor);
/** Visibility of all elements. */
int bylaw__page_visibility(struct bylaw__page *page, struct bylaw_error *err);
/** Blocks and links, zones not yet set. */
int bylaw__page_blocks(struct bylaw__page *page, struct bylaw_error *err);
/**
 * Offsets of all text, sorted, where the tree is not in page order; *out is
 * NULL where it is. The caller frees *out.
 */
int bylaw__page_text_order(uint32_t **out, size_t *out_count,
                           const struct bylaw__page *page,
                           struct bylaw_error *err);
/** Puts blocks into page order and fills the elements' sums. */
int bylaw__page_order_blocks(struct bylaw__page *page, struct bylaw_error *err);
void bylaw__page_sum(struct bylaw__page *page);
/** is_main of all blocks; sets page->main_element. */
int bylaw__page_main_text(struct bylaw__page *page, struct bylaw_error *err);
/* zone_why of a footer that is the article's own; bylaw__place asks for it. */
#define BYLAW__ARTICLE_FOOTER "footer of the article"

/** Zones of all elements, as far as names and class tokens tell. */
int bylaw__page_zones(struct bylaw__page *page, struct bylaw_error *err);
/** Zones of all blocks and links, once the main text is known. */
int bylaw__page_label(struct bylaw__page *page, struct bylaw_error *err);
/** True for what a reader sees, or would once scripts have run. */
bool bylaw__is_seen(enum bylaw_visibility visibility, const char *why);
/** Reasons why the page may be incomplete, as far as its tree tells. */
int bylaw__page_completeness(struct bylaw__page *page, struct bylaw_error *err);
/** Turns the page's elements into what bylaw__place needs later. */
int bylaw__page_keep_outline(struct bylaw__page *page, struct bylaw_error *err);
void bylaw__page_release(struct bylaw__page *page);

/* -------------------------------------------------- a kept outline --- */

/** An element as it is remembered in a document, for placing. */
struct bylaw__kept {
    uint32_t parent, end;
    enum bylaw__tag tag;
    unsigned hints;
};

/** What document->outline points to. */
struct bylaw__outline {
    const struct bylaw__kept *elements;
    uint32_t count;
    const uint32_t *block_elements;
};

/** Sets copied of each place: the share of the block that was copied. */
int bylaw__place_copied(struct bylaw__place *places,
                        const struct bylaw_document *document,
                        const struct bylaw_match *match,
                        struct bylaw_error *err);

#endif
