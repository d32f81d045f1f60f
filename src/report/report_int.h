/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside report only: columns, colours, folding. */
#ifndef BYLAW_REPORT_INT_H
#define BYLAW_REPORT_INT_H

#include "report.h"

enum tint { TINT_NONE, TINT_GOOD, TINT_BAD, TINT_DOUBT, TINT_DIM, TINT_BOLD };

/** Adds text, in colour where the style has colours. */
void bylaw__report_tint(struct bylaw__buf *out,
                        const struct bylaw__report_style *style, enum tint tint,
                        const char *text);

/**
 * HTML made safe for a terminal and still the same to a browser: what may not
 * reach a terminal as such becomes a character reference.
 */
void bylaw__report_safe_html(struct bylaw__buf *out, struct bylaw_span html);

/** text, cut at a word border after most bytes, with an ellipsis. */
void bylaw__report_excerpt(struct bylaw__buf *out, struct bylaw_span text,
                           size_t most);

/** A line of a message's head; the value cannot add another (RFC 2047). */
void bylaw__mail_header(struct bylaw__buf *out, const char *name,
                        struct bylaw_span text);
/** Text as quoted-printable (RFC 2045, 6.7). */
void bylaw__mail_quoted(struct bylaw__buf *out, struct bylaw_span text);

/** Text for XML: markup escaped, what XML may not hold made visible. */
void bylaw__report_xml(struct bylaw__buf *out, const char *text);

/** "passages": what was copied and changed, in words. The audit has a
 *  document; what is missing is told in words only where the source has one,
 *  too. */
void bylaw__report_passages_json(struct bylaw__json *json,
                                 const struct bylaw_audit *audit,
                                 const struct bylaw_audit_row *row);

/** A member of an object; value NULL or "": null. */
void bylaw__report_text_json(struct bylaw__json *json, const char *key,
                             const char *value);
/** "key": [BEGIN, END]. */
void bylaw__report_range_json(struct bylaw__json *json, const char *key,
                              struct bylaw_range range);
/** Class, shares, words and spans: members of an object that is begun. */
void bylaw__report_match_members(struct bylaw__json *json,
                                 const struct bylaw_match *match);

#endif
