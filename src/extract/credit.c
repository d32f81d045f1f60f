/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Credit phrases in a line of text. There are hundreds of phrases and dozens
 * of lines, so a phrase is only looked for where its first word occurs.
 */
#include "credit.h"

#include <stdlib.h>

struct first_word {
    uint32_t off, len; /* in words; len 0: the phrase begins with a slot */
};

struct bylaw__credits {
    const struct bylaw_phrase *phrases;
    size_t count;
    struct first_word *first; /* heap; per phrase */
    struct bylaw__buf words;  /* normalised first words */
    struct bylaw__buf line;   /* the line asked for, normalised */
};

/* The part of a stem before its first slot. */
static struct bylaw_span before_slot(struct bylaw_span stem)
{
    static const char ellipsis[] = "\xE2\x80\xA6";
    size_t end = bylaw__span_find(stem, BYLAW__SPAN(ellipsis));

    if (end > stem.len)
        end = stem.len;
    for (size_t i = 0; i < end; i++)
        if (stem.ptr[i] == '*' || stem.ptr[i] == '{')
            end = i;
    return bylaw__span_sub(stem, 0, end);
}

static int note_first_word(struct bylaw__credits *c, size_t i)
{
    size_t off = c->words.len, end;
    int rc =
        bylaw__text_normalise(&c->words,
                              before_slot(bylaw__span_of(c->phrases[i].stem)));

    for (end = off; end < c->words.len && c->words.ptr[end] != ' ';)
        end++;
    c->first[i].off = (uint32_t)off;
    c->first[i].len = (uint32_t)(end - off);
    return rc;
}

int bylaw__credits_new(struct bylaw__credits **out,
                       const struct bylaw_phrase *phrases, size_t count)
{
    struct bylaw__credits *c = calloc(1, sizeof(*c));
    int rc = 0;

    *out = c;
    if (!c)
        return BYLAW_ENOMEM;
    c->phrases = phrases;
    c->count = count;
    c->first = calloc(count + 1, sizeof(*c->first));
    if (!c->first)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < count && !rc; i++)
        rc = note_first_word(c, i);
    return rc;
}

void bylaw__credits_free(struct bylaw__credits *c)
{
    if (!c)
        return;
    bylaw__buf_release(&c->words);
    bylaw__buf_release(&c->line);
    free(c->first);
    free(c);
}

static bool may_hold(const struct bylaw__credits *c, size_t i)
{
    struct bylaw_span word =
        bylaw__span_sub(bylaw__buf_span(&c->words), c->first[i].off,
                        (size_t)c->first[i].off + c->first[i].len);

    return !word.len ||
           bylaw__span_find(bylaw__buf_span(&c->line), word) != SIZE_MAX;
}

/* Whether a phrase stands in the line that was normalised last. */
static bool stands_in(struct bylaw_range *out, const struct bylaw__credits *c,
                      size_t i, struct bylaw_span line)
{
    return may_hold(c, i) &&
           bylaw__phrase_find(out, line, bylaw__span_of(c->phrases[i].stem));
}

unsigned bylaw__credits_in(struct bylaw__credits *c, struct bylaw_span line)
{
    struct bylaw_range found;
    unsigned roles = 0;

    bylaw__buf_clear(&c->line);
    if (bylaw__text_normalise(&c->line, line))
        return 0;
    for (size_t i = 0; i < c->count; i++) {
        unsigned role = 1u << c->phrases[i].role;

        /* "Read more" says nothing of where a text came from. */
        if (c->phrases[i].role >= BYLAW_PHRASE_CONTINUE)
            continue;
        if (!(roles & role) && stands_in(&found, c, i, line))
            roles |= role;
    }
    return roles;
}

bool bylaw__credits_next(struct bylaw_range *out, size_t *at,
                         struct bylaw__credits *c, struct bylaw_span line,
                         enum bylaw_phrase_role role)
{
    if (!*at) {
        bylaw__buf_clear(&c->line);
        if (bylaw__text_normalise(&c->line, line))
            return false;
    }
    while (*at < c->count) {
        size_t i = (*at)++;

        if (c->phrases[i].role == role && stands_in(out, c, i, line))
            return true;
    }
    return false;
}
