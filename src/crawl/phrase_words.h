/* SPDX-License-Identifier: Apache-2.0 */
/* Which words may stand in a phrase to search for, and which tell little. */
#ifndef BYLAW_PHRASE_WORDS_H
#define BYLAW_PHRASE_WORDS_H

#include "base/base.h"

/** Letters alone. */
bool bylaw__is_plain_word(struct bylaw_span word);

/** A code point of a script that puts no spaces between words. */
bool bylaw__is_unspaced_word(struct bylaw_span word);

/** word: normalised. language: BCP 47, or NULL or "" where all lists count. */
bool bylaw__is_stop_word(struct bylaw_span word, const char *language);

#endif
