/* SPDX-License-Identifier: Apache-2.0 */
/* The words that classes of change are told by; each list ends with NULL. */
#ifndef BYLAW_MATCH_WORD_LISTS_H
#define BYLAW_MATCH_WORD_LISTS_H

/** One word in two styles; the second stands for both. */
struct bylaw__word_style {
    const char *from, *to;
};

extern const char *const bylaw__time_names[];
extern const char *const bylaw__time_fillers[];
extern const char *const bylaw__place_heres[];
extern const char *const bylaw__place_kinds[];
extern const char *const bylaw__place_fillers[];
extern const char *const bylaw__note_beginnings[];
extern const struct bylaw__word_style bylaw__word_styles[];
extern const struct bylaw__word_style bylaw__land_names[];
extern const struct bylaw__word_style bylaw__short_names[];

#endif
