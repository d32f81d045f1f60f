/* SPDX-License-Identifier: Apache-2.0 */
/* Words whose change is a matter of the day, the place or house style. */
#ifndef BYLAW_MATCH_WORDS_H
#define BYLAW_MATCH_WORDS_H

#include "base/base.h"

/** A normalised word that names a time: "monday", "yesterday", "morning". */
bool is_time_name(struct bylaw_span word);
/** The same, or what may stand beside one: "on", "last", "31st", "2026". */
bool is_time_word(struct bylaw_span word);

/** Appends a normalised word in the one spelling that stands for all house
 *  styles: "organise" and "organize", "ten" and "10" come out equal. */
void spell_one_way(struct bylaw__buf *out, struct bylaw_span word);

/** "us" for "unitedstates": names that house styles shorten, run together;
 *  others come back as they are. */
struct bylaw_span short_name_of(struct bylaw_span name);

/** What a normalised word says of a place. */
enum place_word {
    PLACE_NONE = 0,
    PLACE_FILLER, /* "in", "of the" */
    PLACE_HERE,   /* where the reader is: "here", "local" */
    PLACE_KIND,   /* "city", "state" */
    PLACE_LAND    /* the name of a land or a part of one */
};
enum place_word place_word_of(struct bylaw_span word);

/** How a note of the page's own begins, of words run together. */
bool is_note_beginning(struct bylaw_span words);

#endif
