/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files that read the traits of a text only. */
#ifndef BYLAW_TRAITS_H
#define BYLAW_TRAITS_H

#include "index_int.h"

/* Letters of a name, or of its sound, that count: endings change. */
#define NAME_LETTERS 5u
#define SOUND_MIN    3u

enum trait_kind { TRAIT_NUMBER, TRAIT_NAME, TRAIT_SOUND, TRAIT_SYLLABLES };

/** A text being read. */
struct reader {
    struct bylaw__traits *out;
    const struct bylaw__tokens *tokens;
    bylaw__folds *folds;
    struct bylaw__buf letters; /* of the word at hand */
    struct bylaw__map middle;  /* words with a capital inside a sentence */
    bool is_page;
};

/** Notes one; text: what it is known by. 0 or BYLAW_ENOMEM, as all here. */
int traits_push(struct reader *r, enum trait_kind kind, const char *text,
                size_t len, uint32_t word);
/** Notes how letters sound, where that is enough. */
int traits_push_sound(struct reader *r, enum trait_kind kind,
                      struct bylaw_span letters, uint32_t word);
/** A word as plain letters, until the next call; others are left out. */
struct bylaw_span traits_fold(struct reader *r, struct bylaw_span word);
uint32_t traits_first_letter(struct bylaw_span word);

/** Whether a word is one character of a script without gaps: it says nothing
 *  alone. */
bool traits_is_piece(const struct reader *r, uint32_t word);
/** Reads the run that begins with such a word, which moves on behind it. */
int traits_read_run(struct reader *r, uint32_t *word);

#endif
