/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: extract (floor 4)
 *
 * Purpose  A response becomes a document: every block and link, labelled.
 * Takes    a response (HTML, plain text or Markdown); later, a match.
 * Gives    a document with zones, visibility, links, metadata and main text;
 *          a placement (the document seen from the copied text); what a source
 *          page or text says of itself.
 * May include  base url text html model; jansson (JSON-LD).
 *
 * Invariants
 *  1. Nothing a reader could see is dropped: each visible word is in exactly
 *     one block, each a/area/link/iframe/img/script address is a link.
 *  2. Labels carry their reason. Hidden is a label, not a ground to drop.
 *  3. Blocks and links are in document order; block byte ranges do not
 *     overlap except for a link's own range inside its block.
 *  4. A page that could not be read whole says so: is_complete is false and
 *     incomplete_because names each reason.
 */
#ifndef BYLAW_EXTRACT_H
#define BYLAW_EXTRACT_H

#include "model/model.h"

/**
 * Extracts a document from a response's body, by its media. published_url
 * (or NULL) is what links resolve against and where the page stands, over
 * response->final_url. Copies what it needs: the response may be freed.
 *
 * Fails with html.aborted (hostile page), extract.binary, extract.empty, or
 * memory. A truncated response still gives a document, marked incomplete.
 */
int bylaw__extract(struct bylaw_document **out,
                   const struct bylaw_response *response,
                   const char *published_url, struct bylaw_error *err);

/**
 * A document between two processes of this program, outline and all (see
 * bylaw__wire). To write one, pass a copy: its parts are only read. What was
 * read keeps the ranges, numbers and order that this room's invariants promise
 * to others; whether it is true of the page, only the page could tell. Its
 * owner is the caller's to set.
 */
void bylaw__document_wire(struct bylaw__wire *wire,
                          struct bylaw_document *document);

/** The language of running text, "" where it cannot be told. Static. */
const char *bylaw__language_guess(struct bylaw_span text);

/**
 * The document seen from the copied text: side and distance of each block,
 * zones sharpened (a short line beside the copied text that holds a credit
 * phrase, a copyright sign or a link is CREDIT; one right before it that
 * names a person is BYLINE), and which blocks form the article around it.
 * phrases: the credit grammar.
 */
int bylaw__place(struct bylaw__placement **out,
                 const struct bylaw_document *document,
                 const struct bylaw_match *match,
                 const struct bylaw_phrase *phrases, size_t phrase_count,
                 struct bylaw_error *err);

/**
 * The main text, blocks joined by blank lines: by heuristics where placement
 * is NULL, else the article around the copied text.
 */
int bylaw__main_text(struct bylaw__buf *out,
                     const struct bylaw_document *document,
                     const struct bylaw__placement *placement);

/**
 * What a source's own page or text says of it: title, authors, publisher,
 * date, language, copyright notice and holders, upstream ("the original source
 * of this article is X"), aliases (canonical, og:url). path is where the
 * document came from. Takes the document over. is_furniture is left all
 * false: the pipeline marks it once the rule is known.
 */
int bylaw__source_from_document(struct bylaw_source **out,
                                struct bylaw_document *document,
                                const char *path,
                                const struct bylaw_phrase *phrases,
                                size_t phrase_count, struct bylaw_error *err);

#endif
