/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: model (floor 3)
 *
 * Purpose  The values that flow between stages, with their invariants.
 * Takes    nothing: stages fill them.
 * Gives    url -> response -> document -> tokens -> seeds -> match ->
 *          placement -> finding -> judgement; names of enum values; freeing.
 * May include  base, url, text, html.
 *
 * Invariants
 *  1. A value is immutable once its maker returned it; each lives in one
 *     arena behind its `owner` and is freed as a whole.
 *  2. The zero value of every enum claims nothing.
 *  3. Ranges are half-open, in bytes of the page's (or source's) UTF-8 text,
 *     within it; spans of a match are disjoint and ordered on the page.
 *  4. Stages meet only here: no stage includes another.
 */
#ifndef BYLAW_MODEL_H
#define BYLAW_MODEL_H

#include "html/html.h"
#include "text/text.h"
#include "url/url.h"

#include <bylaw/audit.h>

/** An arena on the heap, for a value's `owner`. NULL when memory ran out. */
struct bylaw__arena *bylaw__owner_new(size_t ceiling);
void bylaw__owner_free(void *owner);

/* ----------------------------------------------------------- response --- */

/**
 * A response for bytes that came from a file or a test: status 200, media
 * decided from name and content (bylaw__media_of). body is copied. url and
 * final_url may be NULL.
 */
int bylaw__response_from_bytes(struct bylaw_response **out, const char *url,
                               const char *final_url, struct bylaw_span body,
                               const char *content_type, int64_t now_ms,
                               struct bylaw_error *err);

/**
 * What bytes are: by media type ("" where unknown), file name ending and
 * content (NULs and control bytes make it binary; tags make it HTML).
 */
enum bylaw_media bylaw__media_of(const char *content_type, const char *name,
                                 struct bylaw_span body);

/* ------------------------------------------------------------- source --- */

/** Frees a source's document before the source: the rest is its own. */
void bylaw__source_forget_document(struct bylaw_source *source);

/* ----------------------------------------------------------- licences --- */

/** A licence or dedication of Creative Commons. */
struct bylaw__licence {
    char code[16];   /* "by-nc-nd", "zero", "mark"; elements in that order */
    char version[4]; /* "4.0", or "" where none is stated */
    char port[12];   /* "us", "igo", "scotland"; "" for none */
    bool is_retired; /* not offered any more: "nc-sa", "sampling" ... */
};

/** By its address: any version, port, deed or legal code, http or https. */
bool bylaw__licence_of_url(struct bylaw__licence *out, const bylaw_url *url);
/** By identifier or name: "CC-BY-ND-4.0", "CC BY 3.0 US", "Creative Commons
 *  Attribution-NonCommercial 2.5". */
bool bylaw__licence_of_name(struct bylaw__licence *out, struct bylaw_span name);
/** By either; false: none of Creative Commons'. */
bool bylaw__licence_of(struct bylaw__licence *out, struct bylaw_span text);
/** Same elements and version, whatever the port; a version that is not stated
 *  is any. */
bool bylaw__licence_is_same(const struct bylaw__licence *a,
                            const struct bylaw__licence *b);
/** Appends "CC BY-NC 3.0 US". */
void bylaw__licence_name(struct bylaw__buf *out,
                         const struct bylaw__licence *licence);

/* -------------------------------------------------------------- seeds --- */

#define BYLAW__SHINGLE_WORDS 5

/** A shingle that a page and a source have in common. */
struct bylaw__seed {
    uint32_t source;      /* number of the source in the index */
    uint32_t source_word; /* position of the shingle's first word */
    uint32_t page_word;
};

/* ---------------------------------------------------------- placement --- */

enum bylaw__side {
    BYLAW__SIDE_ELSEWHERE = 0, /* no place relative to the copied text */
    BYLAW__SIDE_BEFORE,
    BYLAW__SIDE_INSIDE, /* between the first and the last copied block */
    BYLAW__SIDE_AFTER
};

/** One block of a page seen from the copied text. */
struct bylaw__place {
    enum bylaw__side side;
    uint32_t distance;    /* visible blocks to the nearest copied block */
    double copied;        /* share of its words that were copied, 0..1 */
    enum bylaw_zone zone; /* the block's zone, sharpened: CREDIT, BYLINE ... */
    bool is_article;      /* copied, or the reposter's own words among it */
};

/** All blocks and links of a page seen from the copied text. */
struct bylaw__placement {
    const struct bylaw__place *blocks; /* block_count of the document */
    const enum bylaw_zone *link_zones; /* link_count of the document */
    struct bylaw_range article;        /* page bytes from first to last
                                           copied block */
    void *owner;
};

void bylaw__placement_free(struct bylaw__placement *placement);

/* ------------------------------------------------------------ samples --- */

#define BYLAW__SAMPLE_DETAIL 512

/** What became of one sample. */
struct bylaw__sample_result {
    const struct bylaw_rule *rule;
    const struct bylaw_sample *sample;
    const struct bylaw_judgement *judgement; /* borrowed */
    bool is_ok;
    char detail[BYLAW__SAMPLE_DETAIL]; /* why not, or the verdict's sentence */
};

/** Whether a rule's samples would notice that a term is not looked at. */
enum bylaw__coverage {
    BYLAW__COVERAGE_UNTESTED = 0,
    BYLAW__COVERAGE_TESTED,
    BYLAW__COVERAGE_PERSON /* never decided from a page */
};

/** What became of one rule's samples. */
struct bylaw__rule_result {
    const struct bylaw_rule *rule;
    const enum bylaw__coverage *coverage; /* one a term of the rule */
    size_t passed, failed;                /* samples */
};

/** "untested", "tested", "person". Static. */
const char *bylaw__coverage_name(enum bylaw__coverage coverage);

#endif
