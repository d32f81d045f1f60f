/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small readers that the metadata, text and source files of this room share:
 * JSON-LD text, dates, languages, names, Markdown marks.
 */
#ifndef BYLAW_EXTRACT_TEXT_H
#define BYLAW_EXTRACT_TEXT_H

#include "extract/extract_int.h"

#include <jansson.h>

/* --------------------------------------------------- json_ld_repair.c --- */

/**
 * Writes what a script seems to mean as strict JSON: an array of the values
 * it holds. Fails with extract.json-ld-depth or memory only.
 */
int bylaw__json_ld_repair(struct bylaw__buf *out, struct bylaw_span script,
                          struct bylaw_error *err);
/**
 * Reads a script strictly, else repaired. *out is the caller's: json_decref().
 * Fails with extract.json-ld-bytes, -depth, -malformed or memory.
 */
int bylaw__json_ld_load(json_t **out, struct bylaw_span script,
                        struct bylaw_error *err);

/* ------------------------------------------------------------- date.c --- */

#define BYLAW__DATE_BYTES 11 /* "2023-05-16" with its NUL */

/**
 * Finds the first complete date in text, in figures or in words of the ten
 * languages, as ISO 8601; *out_range (may be NULL) is where. month_first: how
 * to read 5/6/2023, which does not tell.
 */
bool bylaw__date_find(char out[BYLAW__DATE_BYTES],
                      struct bylaw_range *out_range, struct bylaw_span text,
                      bool month_first);
/** A date that an address's path names: /2023/05/16/ and its kin. */
bool bylaw__date_in_url(char out[BYLAW__DATE_BYTES], struct bylaw_span url);

/* ---------------------------------------------------------- byline.c --- */

#define BYLAW__NAMES_MOST 16
#define BYLAW__NAME_BYTES 120 /* longer is no name */

/** Names borrowed from one text. */
struct bylaw__names {
    struct bylaw_span items[BYLAW__NAMES_MOST];
    size_t count;
};

/** Adds name, trimmed of its punctuation, unless empty, long or known. */
void bylaw__names_add(struct bylaw__names *names, struct bylaw_span name);
/** Adds the names of a list: "A, B and C". Institutions stay whole. */
void bylaw__names_split(struct bylaw__names *names, struct bylaw_span list);
/** Few words, capitals, no figures: may be a person's name. */
bool bylaw__is_name_like(struct bylaw_span text);
/** A word of it tells that it names an institution, not a person. */
bool bylaw__is_institution(struct bylaw_span name);
/** What follows "By ", "Von ", "Par " ...; empty where text is no by-line. */
struct bylaw_span bylaw__byline_names(struct bylaw_span text);

/**
 * The authors a document's metadata states: all that the most believed place
 * names, without the publisher's own name where a person stands beside it.
 */
void bylaw__authors_of(struct bylaw__names *out,
                       const struct bylaw_document *document);

/* -------------------------------------------------------- md_inline.c --- */

/**
 * Adds one Markdown paragraph, page bytes [begin, end), to run without its
 * marks, and its links to x. is_quote: lines may begin with ">".
 */
int bylaw__md_inline(struct bylaw__extraction *x, struct bylaw__run *run,
                     struct bylaw_range bytes, bool is_quote,
                     struct bylaw_error *err);

#endif
