/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: html (floor 2)
 *
 * Purpose  A page's bytes as UTF-8, and that as a tree with byte offsets.
 * Takes    body bytes, the charset its transport named.
 * Gives    UTF-8 text; a private DOM that lives in one block of memory.
 * May include  base, text; libgumbo (tree building), ICU (charsets).
 *
 * Invariants
 *  1. Offsets count bytes of the UTF-8 text, which equals the body where that
 *     is valid UTF-8 (a byte order mark and NULs included).
 *  2. Every parse ends within the time and memory ceilings of limits.h; one
 *     that would not ends as BYLAW_EABORTED, never as a shorter tree.
 *  3. The tree is walked without recursion; depth is bounded by nothing else.
 *  4. No other room knows which parser made the tree.
 */
#ifndef BYLAW_HTML_H
#define BYLAW_HTML_H

#include "text/text.h"

/* ------------------------------------------------------------ charset --- */

/** A body as UTF-8. */
struct bylaw__utf8 {
    struct bylaw_span text; /* owned by owned, or borrowed from the body */
    char *owned;            /* NULL where the body already was UTF-8 */
    char charset[64];       /* WHATWG name, lower case: "windows-1252" */
    const char *decided_by; /* "bom" "http" "meta" "valid-utf-8" "fallback" */
    size_t replaced;        /* bytes that became U+FFFD */
};

/**
 * Decides the charset (BOM; then valid UTF-8 with multi-byte sequences beats
 * any declared legacy charset; then HTTP; then meta in the first 1,024 bytes;
 * then meta anywhere in head; then UTF-8 if valid, else windows-1252) and
 * converts. WHATWG labels ("latin1" is windows-1252). Never fails on content.
 */
int bylaw__html_decode(struct bylaw__utf8 *out, struct bylaw_span body,
                       const char *http_charset, struct bylaw_error *err);
void bylaw__utf8_release(struct bylaw__utf8 *utf8);

/* --------------------------------------------------------- references --- */

/**
 * Decodes the HTML character reference that s begins with ("&amp;", "&#8217;");
 * a semicolon is required. Returns the bytes it took, 0 where there is none.
 */
size_t bylaw__entity_decode(char out[4], size_t *out_len, struct bylaw_span s);
/** Appends s with its character references decoded once. */
void bylaw__entity_decode_all(struct bylaw__buf *out, struct bylaw_span s);

/* --------------------------------------------------------------- skim --- */

/** Elements whose addresses a skim tells. */
enum bylaw__skim_link { BYLAW__SKIM_A = 0, BYLAW__SKIM_AREA, BYLAW__SKIM_BASE };
/** An element's href, decoded; borrowed for the call. */
typedef void bylaw__skim_fn(void *payload, enum bylaw__skim_link element,
                            struct bylaw_span href);

/** What a skim leaves behind; its memory is used again by the next one. */
struct bylaw__skim {
    struct bylaw__buf text; /* words as in a tree, '\n' between blocks */
    struct bylaw__buf href; /* room for one address */
    bool is_unsure;         /* only a tree can tell what the page says */
};

/**
 * The words of a page without a tree: tags are left out (those of blocks
 * separate, others do not break a word), scripts, styles and comments too, and
 * character references are decoded. Text that a tree has, the skim has, except
 * where is_unsure is set: bytes that are not UTF-8, NULs and escapes (other
 * charsets), references of unknown names, markup that ends nowhere. It may
 * have more. links may be NULL. 0 or BYLAW_ENOMEM.
 */
int bylaw__html_skim(struct bylaw__skim *out, struct bylaw_span body,
                     bylaw__skim_fn *links, void *payload,
                     struct bylaw_error *err);
void bylaw__skim_release(struct bylaw__skim *skim);

/* ---------------------------------------------------------------- DOM --- */

enum bylaw__node_kind {
    BYLAW__NODE_DOCUMENT = 0,
    BYLAW__NODE_ELEMENT,
    BYLAW__NODE_TEXT,
    BYLAW__NODE_COMMENT
};

struct bylaw__attr {
    const char *name;         /* lower case, NUL-terminated */
    struct bylaw_span value;  /* decoded, NUL-terminated */
    struct bylaw_range bytes; /* of the value in the page, quotes excluded */
};

struct bylaw__node {
    enum bylaw__node_kind kind;
    const char *name; /* element: tag in lower case; else "" */
    struct bylaw__node *parent, *first_child, *last_child, *next, *prev;
    const struct bylaw__attr *attrs;
    uint32_t attr_count;
    uint32_t depth;
    /* Outer bytes: start tag to end tag for an element; for one the parser
     * implied or reopened, the span of its children, or an empty range. */
    struct bylaw_range bytes;
    struct bylaw_range start_tag;     /* empty where implied */
    struct bylaw_span text;           /* text and comment: decoded */
    const struct bylaw__textmap *map; /* text: decoded to page bytes */
    uint32_t map_count;
    bool is_implied;  /* not written in the page */
    bool is_reopened; /* a second copy made by misnested formatting */
    bool is_foreign;  /* SVG or MathML */
};

typedef struct bylaw__dom bylaw__dom;

/**
 * Parses UTF-8 text, which must outlive the tree (nothing of it is copied that
 * need not be). Fails with html.aborted (time, memory, depth, attributes or
 * nodes past their ceiling, said in the error's text), or memory.
 */
int bylaw__dom_parse(bylaw__dom **out, struct bylaw_span utf8,
                     struct bylaw_error *err);
void bylaw__dom_free(bylaw__dom *dom);
const struct bylaw__node *bylaw__dom_root(const bylaw__dom *dom);
bool bylaw__dom_is_quirks(const bylaw__dom *dom);

/** Next node in document order below root, or NULL; node may be root. */
const struct bylaw__node *bylaw__node_next(const struct bylaw__node *node,
                                           const struct bylaw__node *root);
/** As above, leaving out node's own children. */
const struct bylaw__node *bylaw__node_skip(const struct bylaw__node *node,
                                           const struct bylaw__node *root);
/** Attribute, or NULL; name in lower case. */
const struct bylaw__attr *bylaw__node_attr(const struct bylaw__node *node,
                                           const char *name);
/** Its value; an empty span with NULL ptr where the attribute is missing. */
struct bylaw_span bylaw__node_value(const struct bylaw__node *node,
                                    const char *name);
bool bylaw__node_is(const struct bylaw__node *node, const char *tag);

#endif
