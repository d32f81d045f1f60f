/* SPDX-License-Identifier: Apache-2.0 */
/* Credit phrases in the lines of a text. */
#ifndef BYLAW_CREDIT_H
#define BYLAW_CREDIT_H

#include "extract_text.h"

/** Finds credit phrases; made once for a text, phrases are borrowed. */
struct bylaw__credits;

/** 0 or BYLAW_ENOMEM; *out is the caller's in either case. */
int bylaw__credits_new(struct bylaw__credits **out,
                       const struct bylaw_phrase *phrases, size_t count);
void bylaw__credits_free(struct bylaw__credits *credits);
/** Roles of the phrases in the line: bits 1 << enum bylaw_phrase_role. */
unsigned bylaw__credits_in(struct bylaw__credits *credits,
                           struct bylaw_span line);
/** One phrase of a role after the other: *at is 0 for the first and moves on;
 *  out: where in the line it stands. False: there are no more. */
bool bylaw__credits_next(struct bylaw_range *out, size_t *at,
                         struct bylaw__credits *credits, struct bylaw_span line,
                         enum bylaw_phrase_role role);

#endif
