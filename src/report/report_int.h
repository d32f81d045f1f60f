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

void bylaw__report_range_json(struct bylaw__json *json, const char *key,
                              struct bylaw_range range);

#endif
