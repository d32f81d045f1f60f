/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of this room share: a document under construction.
 *
 * bylaw__extract() makes one extraction, lets one reader (HTML, plain text or
 * Markdown) fill it, then seals it into an immutable document. Arrays grow on
 * the heap while filling and move into the arena when sealed.
 */
#ifndef BYLAW_EXTRACT_INT_H
#define BYLAW_EXTRACT_INT_H

#include "extract/extract.h"

#define BYLAW__NO_ELEMENT UINT32_MAX

/** A document while it is being filled. */
struct bylaw__extraction {
    struct bylaw__arena *arena;      /* owns all the document will point to */
    struct bylaw_document *document; /* in arena; text, charset, sha256 and url
                                        are set before any reader runs; the
                                        metadata reader sets title, language */
    const struct bylaw_response *response;
    bylaw__dom *dom;     /* NULL for plain text */
    bylaw_url *base_url; /* what links resolve against; NULL where unknown */

    struct bylaw_block *blocks; /* heap until sealed, as the arrays below */
    size_t block_count, block_cap;
    struct bylaw_link *links;
    size_t link_count, link_cap;
    struct bylaw_meta *metas;
    size_t meta_count, meta_cap;
    const char **reasons; /* why the page is incomplete */
    size_t reason_count, reason_cap;
};

/**
 * Appends a copy of *block; its text and map are copied into the arena. At
 * BYLAW_LIMIT_BLOCKS the page is marked incomplete and nothing is added.
 */
int bylaw__extraction_add_block(struct bylaw__extraction *x,
                                const struct bylaw_block *block,
                                struct bylaw_error *err);

/**
 * Appends a copy of *link; its spans are copied into the arena, url must live
 * there (bylaw__extraction_resolve sees to it). Ceiling as above,
 * BYLAW_LIMIT_LINKS.
 */
int bylaw__extraction_add_link(struct bylaw__extraction *x,
                               const struct bylaw_link *link,
                               struct bylaw_error *err);

/**
 * Appends a fact; value is trimmed and copied, an empty one is left out.
 * origin: static. Ceiling as above, BYLAW_LIMIT_META_ITEMS.
 */
int bylaw__extraction_add_meta(struct bylaw__extraction *x,
                               enum bylaw_meta_key key, struct bylaw_span value,
                               struct bylaw_range bytes, const char *origin,
                               struct bylaw_error *err);

/** Notes a reason why absence cannot be believed; once each. Copies it. */
int bylaw__extraction_incomplete(struct bylaw__extraction *x,
                                 const char *reason, struct bylaw_error *err);

/**
 * Sets kind, url and rel of a link from its href and rel text, against
 * x->base_url. link->href must be set; has_href false means "no attribute".
 */
int bylaw__extraction_resolve(struct bylaw__extraction *x,
                              struct bylaw_link *link, bool has_href,
                              struct bylaw_span rel_tokens,
                              struct bylaw_error *err);

/* -------------------------------------------------------------- run.c --- */

/** Text of one block as it grows, white space collapsed, with its map. */
struct bylaw__run {
    struct bylaw__buf text;
    struct bylaw__textmap *map; /* heap, reused from block to block */
    size_t map_count, map_cap;
    struct bylaw__textmap space; /* white space not yet written */
    uint32_t words;              /* so far; white-space separated */
    uint32_t letters;            /* bytes that are not white space */
    uint32_t first, last;        /* page bytes: first and end of the text */
    bool has_space;
    bool failed; /* memory ran out; sticky */
};

void bylaw__run_release(struct bylaw__run *run);
/** Empties it, keeping its memory. */
void bylaw__run_clear(struct bylaw__run *run);
/**
 * Adds decoded text that page bytes [page_off, page_off + page_len) gave.
 * Equal lengths mean byte for byte; unequal, an indivisible piece. Runs of
 * ASCII white space become one space; leading and trailing ones vanish.
 */
void bylaw__run_add(struct bylaw__run *run, struct bylaw_span text,
                    uint32_t page_off, uint32_t page_len);
/** Adds a text node's or any mapped text (a map of 0 pieces: identity). */
void bylaw__run_add_mapped(struct bylaw__run *run, struct bylaw_span text,
                           const struct bylaw__textmap *map, size_t count);
/** White space that page bytes stand for: a <br>, a line end. */
void bylaw__run_break(struct bylaw__run *run, uint32_t page_off,
                      uint32_t page_len);
/** Fills block's text, map, map_count, bytes and words; borrowed from run. */
void bylaw__run_into(const struct bylaw__run *run, struct bylaw_block *block);

/* ------------------------------------------------------------ readers --- */

/** Blocks, links, zones, visibility and main text of x->dom. */
int bylaw__extract_html(struct bylaw__extraction *x, struct bylaw_error *err);

/** Walks x->dom for metadata; adds metas, sets title and language. */
int bylaw__extract_metadata(struct bylaw__extraction *x,
                            struct bylaw_error *err);

/** Author and date as x->blocks and x->dom show them, where no meta says. */
int bylaw__extract_visible(struct bylaw__extraction *x,
                           struct bylaw_error *err);

/** Blocks, links, title and metas of x->document->text. */
int bylaw__extract_plain(struct bylaw__extraction *x, bool is_markdown,
                         struct bylaw_error *err);

#endif
