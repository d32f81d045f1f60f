/* SPDX-License-Identifier: Apache-2.0 */
/* A name taken apart: which of its words count, and in what forms. */
#ifndef BYLAW_NAMES_INT_H
#define BYLAW_NAMES_INT_H

#include "text_int.h"

#define BYLAW__NAME_FORM_BYTES 64 /* longer words are compared so far */
#define BYLAW__NAME_JOINED     (BYLAW_LIMIT_NAME_WORDS * BYLAW__NAME_FORM_BYTES)
#define BYLAW__NAME_TARGETS    2

/** A word in Latin letters, or its first bytes. */
struct bylaw__name_form {
    char text[BYLAW__NAME_FORM_BYTES];
    size_t len; /* 0: nothing to compare */
};

/** The whole name in one word, as it stands in a host or a handle. */
struct bylaw__name_target {
    char text[BYLAW__NAME_JOINED];
    size_t len;
    bool native; /* in its own script, not in Latin letters */
};

/** A name as it is looked for. */
struct bylaw__name {
    struct bylaw__name_form words[BYLAW_LIMIT_NAME_WORDS];
    size_t count;   /* words that count; none in a name of solo words */
    size_t surname; /* which of them */
    size_t given;   /* the first given name */
    char initials[BYLAW_LIMIT_NAME_WORDS]; /* of all given names, in order */
    size_t initial_count;
    bool solo;         /* written without spaces, in part or whole */
    bool organisation; /* holds a word that people are not called */
    bool article;      /* an article before a single word was left out */
    struct bylaw__name_target targets[BYLAW__NAME_TARGETS];
};

void bylaw__name_read(struct bylaw__name *out, struct bylaw_span text);

/** "of", "de", "bin", "and": may stand between the words of a name. */
bool bylaw__name_is_particle(struct bylaw_span norm);

#endif
