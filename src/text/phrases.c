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

struct bylaw__phrase {
    struct bylaw__tokens words;
    struct step *steps; /* heap; one a word */
    size_t step_cap;
    struct bylaw_span rare; /* its longest word, normalised; in words */
    bool is_rare_plain;     /* of letters of ASCII only */
};

/* Length of the gap sign at the head of s, or 0: "…", "...", "*", "{slot}". */
static size_t gap_sign(struct bylaw_span s)
{
    const char *close;

    if (!s.len)
        return 0;
    switch (s.ptr[0]) {
    case '*':
        return 1;
    case '.':
        return bylaw__span_starts(s, "...") ? 3 : 0;
    case '\xe2':
        return bylaw__span_starts(s, "\xe2\x80\xa6") ? 3 : 0;
    case '{':
        close = memchr(s.ptr, '}', s.len < SLOT_BYTES ? s.len : SLOT_BYTES);
        return close ? (size_t)(close - s.ptr) + 1 : 0;
    default:
        return 0;
    }
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
static int add_stretch(bylaw__phrase *phrase, struct bylaw_span text,
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
    }
    return 0;
}

static int read_phrase(bylaw__phrase *phrase, struct bylaw_span text)
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

static bool step_fits(const bylaw__phrase *phrase, size_t i, uint64_t hash,
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
static uint32_t take_word(bylaw__phrase *phrase, const struct bylaw__word *word,
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

/* -------------------------------------------------------- a first look --- */

/* The longest word: most texts are ruled out by not holding it. */
static void choose_rare(bylaw__phrase *phrase)
{
    for (size_t i = 0; i < phrase->words.count; i++) {
        struct bylaw_span word = bylaw__token_text(&phrase->words, i);

        if (word.len > phrase->rare.len)
            phrase->rare = word;
    }
    phrase->is_rare_plain = phrase->rare.len > 0;
    for (size_t i = 0; i < phrase->rare.len; i++)
        if (phrase->rare.ptr[i] < 'a' || phrase->rare.ptr[i] > 'z')
            phrase->is_rare_plain = false;
}

/* True where normalising a text may make letters of ASCII of something else:
 * it holds more than ASCII, quotation marks, dashes and the like. */
static bool may_hold_variants(struct bylaw_span text)
{
    size_t pos = 0;

    while (pos < text.len) {
        uint32_t cp;

        if ((unsigned char)text.ptr[pos] < 0x80) {
            pos++;
            continue;
        }
        cp = bylaw__utf8_next(text, &pos);
        if (cp != 0xA0 && cp != 0xA9 && cp != 0xAB && cp != 0xBB &&
            !(cp >= 0x2010 && cp <= 0x2027))
            return true;
    }
    return false;
}

static bool is_ruled_out(const bylaw__phrase *phrase, struct bylaw_span text)
{
    return phrase->is_rare_plain &&
           bylaw__span_find_nocase(text, phrase->rare) == SIZE_MAX &&
           !may_hold_variants(text);
}

bool bylaw__phrase_may_stand(const bylaw__phrase *phrase,
                             struct bylaw_span normalised)
{
    return bylaw__span_find(normalised, phrase->rare) != SIZE_MAX;
}

/* --------------------------------------------------------------- phrases --- */

int bylaw__phrase_new(bylaw__phrase **out, struct bylaw_span text)
{
    bylaw__phrase *phrase = calloc(1, sizeof(*phrase));
    int rc = phrase ? read_phrase(phrase, text) : BYLAW_ENOMEM;

    *out = NULL;
    if (rc) {
        bylaw__phrase_free(phrase);
        return rc;
    }
    choose_rare(phrase);
    *out = phrase;
    return 0;
}

void bylaw__phrase_free(bylaw__phrase *phrase)
{
    if (!phrase)
        return;
    free(phrase->steps);
    bylaw__tokens_release(&phrase->words);
    free(phrase);
}

static void forget_places(bylaw__phrase *phrase)
{
    for (size_t i = 0; i < phrase->words.count; i++) {
        struct step *step = &phrase->steps[i];

        step->ready = step->fresh = (struct place){NOWHERE, 0};
    }
}

bool bylaw__phrase_seek(struct bylaw_range *out_range, struct bylaw_span text,
                        bylaw__phrase *phrase)
{
    struct bylaw__words words;
    struct bylaw__word word;
    uint64_t units = 0;
    uint32_t begin = NOWHERE;

    if (is_ruled_out(phrase, text))
        return false;
    forget_places(phrase);
    bylaw__words_init(&words, text);
    while (begin == NOWHERE && bylaw__words_next(&word, &words)) {
        uint64_t before = units;

        units += word.solo ? SOLO_UNITS : WORD_UNITS;
        begin = take_word(phrase, &word, before, units);
    }
    if (begin != NOWHERE && out_range)
        *out_range = (struct bylaw_range){begin, word.end};
    return begin != NOWHERE;
}

bool bylaw__phrase_find(struct bylaw_range *out_range, struct bylaw_span text,
                        struct bylaw_span phrase_text)
{
    bylaw__phrase *phrase;
    bool found;

    if (bylaw__phrase_new(&phrase, phrase_text))
        return false;
    found = bylaw__phrase_seek(out_range, text, phrase);
    bylaw__phrase_free(phrase);
    return found;
}
