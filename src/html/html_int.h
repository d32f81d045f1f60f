/* SPDX-License-Identifier: Apache-2.0 */
/* Secrets of the room html: charset table, tag scanner, text maps. */
#ifndef BYLAW_HTML_INT_H
#define BYLAW_HTML_INT_H

#include "html.h"

/* Longest text that is handled: a body of one-byte characters that become
 * three bytes each. */
#define BYLAW__HTML_TEXT_MAX ((size_t)3 * BYLAW_LIMIT_BODY_BYTES)

/* U+FFFD in UTF-8. */
#define BYLAW__REPLACEMENT "\xef\xbf\xbd"

/* ------------------------------------------------------------ charset --- */

/** How an encoding's bytes are turned into code points. */
enum bylaw__charset_kind {
    BYLAW__CHARSET_UTF8,    /* own decoder */
    BYLAW__CHARSET_TABLE,   /* ICU; ASCII bytes are ASCII */
    BYLAW__CHARSET_GB,      /* ICU; 0x80 is the euro sign */
    BYLAW__CHARSET_WIDE,    /* ICU; ASCII bytes need not be ASCII */
    BYLAW__CHARSET_LATIN10, /* own table: ICU has no ISO-8859-16 */
    BYLAW__CHARSET_USER,    /* bytes 0x80.. are U+F780.. */
    BYLAW__CHARSET_NONE     /* refused: the whole body is one U+FFFD */
};

struct bylaw__charset {
    const char *name; /* WHATWG, lower case */
    enum bylaw__charset_kind kind;
    const char *icu;    /* converter; NULL where ICU is not asked */
    const char *labels; /* separated by spaces, lower case */
};

/** Encoding of a label, ASCII case and outer white space ignored, or NULL. */
const struct bylaw__charset *bylaw__charset_find(struct bylaw_span label);

/** Label that the body's markup declares (an empty span where none does). */
struct bylaw_span bylaw__charset_declared(struct bylaw_span body);

/** Appends body as UTF-8; returns how many bytes became U+FFFD. */
size_t bylaw__charset_convert(struct bylaw__buf *out, struct bylaw_span body,
                              const struct bylaw__charset *charset);

/* ------------------------------------------------------------- markup --- */

/** One attribute as written, nothing decoded. */
struct bylaw__written {
    struct bylaw_span name, value;
};

/** What stands at a '<' (WHATWG 13.2.5, tokenization). */
enum bylaw__markup_kind {
    BYLAW__MARKUP_NONE,   /* a literal '<' */
    BYLAW__MARKUP_OPEN,   /* <name */
    BYLAW__MARKUP_CLOSE,  /* </name */
    BYLAW__MARKUP_COMMENT /* comment, doctype, processing instruction */
};

struct bylaw__markup {
    enum bylaw__markup_kind kind;
    struct bylaw_span name; /* tags only */
    size_t rest;            /* after the name; for a comment, after its end */
};

/** Looks at text[pos], which is '<'. */
struct bylaw__markup bylaw__markup_at(struct bylaw_span text, size_t pos);
/**
 * Next attribute of the tag whose inside starts at *pos; false at its end,
 * *pos then past the '>' or at the end of the text. out may be NULL.
 */
bool bylaw__markup_attr(struct bylaw__written *out, struct bylaw_span text,
                        size_t *pos);
/** Past the end of the tag or comment that m found. */
size_t bylaw__markup_end(struct bylaw_span text, const struct bylaw__markup *m);
/**
 * Where markup goes on after a start tag that ends at pos: pos itself, or the
 * end tag that closes script, style, title and their like.
 */
size_t bylaw__markup_after_raw(struct bylaw_span text, struct bylaw_span name,
                               size_t pos);
/** Most attributes on one start tag of text, counted no further than max+1. */
size_t bylaw__markup_most_attrs(struct bylaw_span text, size_t max);

/* ----------------------------------------------------------- entities --- */

/** A character reference as written. */
struct bylaw__entity {
    size_t written;       /* bytes, from the '&' */
    unsigned code_points; /* 1 or 2 that it stands for */
};

/**
 * The reference at text[pos], which is '&', given what it was decoded to
 * (which tells a known name from an unknown one). False: a literal '&'.
 */
bool bylaw__entity_at(struct bylaw__entity *out, struct bylaw_span text,
                      size_t pos, struct bylaw_span decoded);

/** Of the names that need no semicolon, the longest that run begins with:
 *  its length, and what it stands for; 0 where there is none. */
size_t bylaw__entity_bare(uint32_t *out_code_point, struct bylaw_span run);

/* ---------------------------------------------------------- text maps --- */

/** How the tokenizer read a stretch of page. */
enum bylaw__reading {
    BYLAW__READ_DATA,    /* tags and references */
    BYLAW__READ_FOREIGN, /* the same, and CDATA sections: in SVG, MathML */
    BYLAW__READ_RCDATA,  /* references: title, textarea */
    BYLAW__READ_RAW,     /* nothing: script, style */
    BYLAW__READ_CDATA    /* nothing, up to "]]>" */
};

/** Pieces under construction; reused from one text to the next. */
struct bylaw__pieces {
    struct bylaw__textmap *items;
    size_t count, cap;
};

/**
 * Maps decoded text to the page bytes from begin on. Where the walk loses its
 * way, the text is one indivisible piece over [begin, guess). 0 or ENOMEM.
 */
int bylaw__text_walk(struct bylaw__pieces *out, struct bylaw_span decoded,
                     struct bylaw_span page, size_t begin, size_t guess,
                     enum bylaw__reading reading);

#endif
