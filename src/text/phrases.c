/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Credit phrases in a text. A phrase is a chain of words; before some of them
 * stands a gap. All places where a match may have got to move on together, one
 * word of the text at a time, so the cost is text times phrase and no more.
 */
#include "text_int.h"

#include <stdlib.h>

/* A gap is one to eight words, that of a title one to forty; in scripts whose
 * words are code points three of those count as one. */
#define GAP_WORDS   8u
#define TITLE_WORDS 40u
#define TITLE_SLOT  "{title}"
#define WORD_UNITS  3u
#define SOLO_UNITS  1u
#define SLOT_BYTES  64u /* the longest "{slot}" */
#define NOWHERE     UINT32_MAX

/* How far one way of matching has come. */
struct place {
    uint32_t begin; /* byte of the text where it began, or NOWHERE */
    uint64_t units; /* of the text when the gap was entered */
};

struct step {
    uint64_t hash;
    uint64_t gap;       /* units that may stand before this one; 0: none */
    struct place ready; /* everything before matched; gap not yet empty */
    struct place fresh; /* entered the gap at the last word: still empty */
};

struct phrase {
    struct bylaw__tokens words;
    struct step *steps; /* heap; one a word */
    size_t step_cap;
};

/* Length of the gap sign at the head of s, or 0: "…", "...", "*", "{slot}". */
static size_t gap_sign(struct bylaw_span s)
{
    static const char *const signs[] = {"\xe2\x80\xa6", "...", "*"};
    const char *close;

    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (bylaw__span_starts(s, signs[i]))
            return strlen(signs[i]);
    if (!s.len || s.ptr[0] != '{')
        return 0;
    close = memchr(s.ptr, '}', s.len < SLOT_BYTES ? s.len : SLOT_BYTES);
    return close ? (size_t)(close - s.ptr) + 1 : 0;
}

static size_t find_gap(size_t *out_len, struct bylaw_span s)
{
    for (size_t at = 0; at < s.len; at++) {
        *out_len = gap_sign(bylaw__span_sub(s, at, s.len));
        if (*out_len)
            return at;
    }
    *out_len = 0;
    return s.len;
}

static uint64_t gap_units(struct bylaw_span sign)
{
    return WORD_UNITS *
           (bylaw__span_is(sign, TITLE_SLOT) ? TITLE_WORDS : GAP_WORDS);
}

/* The words between two gaps; units may stand before the first of them. */
static int add_stretch(struct phrase *phrase, struct bylaw_span text,
                       uint64_t units)
{
    size_t first = phrase->words.count;

    if (bylaw__tokens_add(&phrase->words, text, NULL, 0, 0, 0, NULL))
        return BYLAW_ENOMEM;
    if (phrase->words.count > BYLAW_LIMIT_PHRASE_WORDS)
        return BYLAW_ELIMIT;
    if (bylaw__vec_grow(&phrase->steps, &phrase->step_cap, phrase->words.count,
                        sizeof(*phrase->steps)))
        return BYLAW_ENOMEM;
    for (size_t i = first; i < phrase->words.count; i++) {
        struct step *step = &phrase->steps[i];

        memset(step, 0, sizeof(*step));
        step->hash = phrase->words.items[i].hash;
        step->gap = i && i == first ? units : 0;
        step->ready.begin = step->fresh.begin = NOWHERE;
    }
    return 0;
}

static int read_phrase(struct phrase *phrase, struct bylaw_span text)
{
    uint64_t units = 0;

    while (text.len && !phrase->words.truncated) {
        size_t gap, at = find_gap(&gap, text);
        int rc = add_stretch(phrase, bylaw__span_sub(text, 0, at), units);

        if (rc)
            return rc;
        units = gap_units(bylaw__span_sub(text, at, at + gap));
        text = bylaw__span_sub(text, at + gap, text.len);
    }
    return phrase->words.count ? 0 : BYLAW_EUSAGE;
}

static bool step_fits(const struct phrase *phrase, size_t i, uint64_t hash,
                      struct bylaw_span norm)
{
    return phrase->steps[i].hash == hash &&
           bylaw__span_eq(bylaw__token_text(&phrase->words, i), norm);
}

/* Where a match would have begun that has come to step i and takes the word
 * now read; NOWHERE when there is none. */
static uint32_t place_at(const struct step *step, uint64_t units)
{
    if (step->gap && units - step->ready.units > step->gap)
        return NOWHERE;
    return step->ready.begin;
}

/* After a word: what was just entered is open from the next word on. */
static void settle_step(struct step *step, uint32_t begin, uint64_t units)
{
    if (!step->gap) {
        step->ready = (struct place){begin, units};
        return;
    }
    /* A later entry has used up less of the gap: it rules out the earlier. */
    if (step->fresh.begin != NOWHERE)
        step->ready = step->fresh;
    step->fresh = (struct place){begin, units};
}

/*
 * Takes one word of the text through all steps, last first so that each sees
 * what stood before this word. units: of the text before it, and with it.
 * The byte where a match began that this word completes, or NOWHERE.
 */
static uint32_t take_word(struct phrase *phrase, const struct bylaw__word *word,
                          uint64_t before, uint64_t after)
{
    uint64_t hash = bylaw__hash64(word->norm);
    uint32_t done = NOWHERE;

    for (size_t i = phrase->words.count; i-- > 0;) {
        uint32_t begin = i ? place_at(&phrase->steps[i], before) : word->begin;

        if (begin != NOWHERE && !step_fits(phrase, i, hash, word->norm))
            begin = NOWHERE;
        if (i + 1 == phrase->words.count)
            done = begin;
        else
            settle_step(&phrase->steps[i + 1], begin, after);
    }
    return done;
}

bool bylaw__phrase_find(struct bylaw_range *out_range, struct bylaw_span text,
                        struct bylaw_span phrase_text)
{
    struct phrase phrase = {0};
    struct bylaw__words words;
    struct bylaw__word word;
    uint64_t units = 0;
    uint32_t begin = NOWHERE;

    if (read_phrase(&phrase, phrase_text))
        goto done;
    bylaw__words_init(&words, text);
    while (begin == NOWHERE && bylaw__words_next(&word, &words)) {
        uint64_t before = units;

        units += word.solo ? SOLO_UNITS : WORD_UNITS;
        begin = take_word(&phrase, &word, before, units);
    }
    if (begin != NOWHERE && out_range)
        *out_range = (struct bylaw_range){begin, word.end};
done:
    free(phrase.steps);
    bylaw__tokens_release(&phrase.words);
    return begin != NOWHERE;
}
