/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers of this room share: leads in the making, XML, JSON, dates */
#ifndef BYLAW_CRAWL_INT_H
#define BYLAW_CRAWL_INT_H

#include "crawl.h"

#include <jansson.h>

/* -------------------------------------------------------------- leads --- */

/** Leads while they are read; memory running out is sticky. */
struct crawl_leads {
    struct bylaw__arena *arena; /* becomes the leads' owner */
    struct bylaw__lead *items;  /* malloc'd */
    size_t count, cap;
    size_t entries; /* counted against the ceiling, leads or not */
    const char *title;
    bool is_cut;
    char cut_because[256];
    bool failed;
};

int bylaw__leads_begin(struct crawl_leads *leads, struct bylaw_error *err);

/** Counts an entry; false (and cut) where it is one too many. */
bool bylaw__leads_count(struct crawl_leads *leads);

/**
 * Adds a lead where ref, resolved against base (NULL: ref must be absolute),
 * is an address; false where it is none.
 */
bool bylaw__leads_add(struct crawl_leads *leads,
                      const struct bylaw__lead *about, struct bylaw_span ref,
                      const bylaw_url *base, struct bylaw_span title);

/** Says that something was left out, and why; the first reason stays. */
void bylaw__leads_cut(struct crawl_leads *leads, const char *fmt, ...)
    BYLAW__PRINTF(2, 3);

/** The feed's own title: the first that is not blank. */
void bylaw__leads_set_title(struct crawl_leads *leads, struct bylaw_span title);

/**
 * Hands the leads over where rc is 0; releases them in any case. Returns rc,
 * or BYLAW_ENOMEM where memory ran out on the way.
 */
int bylaw__leads_finish(struct bylaw__leads **out, struct crawl_leads *leads,
                        int rc, struct bylaw_error *err);

/** Address of base, which may be NULL or no address: NULL then. */
bylaw_url *bylaw__base_url(const char *base);

/* --------------------------------------------------------------- text --- */

/** Appends the text of a title in HTML, white space collapsed and trimmed;
 *  of a longer one what comes first (BYLAW_LIMIT_TITLE_BYTES). */
void bylaw__html_to_text(struct bylaw__buf *out, struct bylaw_span html);
/** Appends text as HTML: "&", "<" and ">" become references. */
void bylaw__text_to_html(struct bylaw__buf *out, struct bylaw_span text);
/** Next line of body at *pos, without its end; false at the end. */
bool bylaw__next_line(struct bylaw_span *out, struct bylaw_span body,
                      size_t *pos);

/* -------------------------------------------------------------- dates --- */

/**
 * UTC milliseconds of a date as feeds and answers write them: RFC 822 with
 * the deviations in use, ISO 8601 (with or without separators), 14 digits.
 * A time without a zone is UTC. 0 where text is none or lies before 1970.
 */
int64_t bylaw__lead_date(struct bylaw_span text);

/* ---------------------------------------------------------------- XML --- */

/** A body made ready for reading. */
struct crawl_body {
    struct bylaw_span text; /* UTF-8; borrowed from what follows or body */
    struct bylaw__buf unpacked, mended;
    struct bylaw__utf8 utf8;
};

/**
 * Unpacks (gzip), cuts at the ceiling, converts to UTF-8 and drops a byte
 * order mark. What had to be left out is said in leads.
 */
int bylaw__body_open(struct crawl_body *out, struct bylaw_span body,
                     struct crawl_leads *leads, struct bylaw_error *err);
void bylaw__body_close(struct crawl_body *body);

/**
 * Well-formed XML is copied but for comments, processing instructions and the
 * document type; stray ampersands, undeclared entities and characters that XML
 * forbids are mended. Fails with crawl.doctype on an internal subset. A tag
 * past the attribute ceiling ends the text, said in leads.
 */
int bylaw__xml_mend(struct bylaw__buf *out, struct bylaw_span text,
                    struct crawl_leads *leads, struct bylaw_error *err);

/** A start tag; all borrowed. */
struct xml_tag {
    const char *space; /* namespace name; an undeclared prefix itself; "" */
    const char *local;
    unsigned depth; /* 1 for the root */
    const void *attrs;
    int attr_count;
};

/** Copies an attribute's value into out (cleared first); false if missing. */
bool bylaw__xml_attr(struct bylaw__buf *out, const struct xml_tag *tag,
                     const char *space, const char *local);

struct xml_handler {
    /* false ends the reading */
    bool (*start)(void *payload, const struct xml_tag *tag);
    void (*text)(void *payload, struct bylaw_span text);
    void (*end)(void *payload, const char *local, unsigned depth);
};

/** Reads mended XML; damage and ceilings are said in leads. */
int bylaw__xml_read(struct bylaw_span text, const struct xml_handler *handler,
                    void *payload, struct crawl_leads *leads,
                    struct bylaw_error *err);

/* --------------------------------------------------------------- JSON --- */

/**
 * Parses JSON below the ceilings of depth and size; control characters and
 * broken UTF-8 inside strings are forgiven. Fails with answer.malformed or answer.too-large.
 */
int bylaw__answer_parse(json_t **out, struct bylaw_span body,
                        struct bylaw_error *err);
/** A string member's text; empty where it is missing or no string. */
struct bylaw_span bylaw__json_member(const json_t *object, const char *key);

/** A feed of any kind, packed or not. base: its address, or NULL. */
int bylaw__feed_leads(struct crawl_leads *leads, struct bylaw_span body,
                      const char *base, struct bylaw_error *err);
/** JSON Feed (jsonfeed.org). */
int bylaw__json_feed_read(struct crawl_leads *leads, struct bylaw_span body,
                          const bylaw_url *base, struct bylaw_error *err);
/** RSS, RDF, Atom from text of which the first character is "<". */
int bylaw__xml_feed_read(struct crawl_leads *leads, struct bylaw_span text,
                         const bylaw_url *base, struct bylaw_error *err);

#endif
