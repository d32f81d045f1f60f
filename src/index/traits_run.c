/* SPDX-License-Identifier: Apache-2.0 */
/* Names in scripts that leave no gap between words: runs of characters that are
 * heard together. */
#include "traits.h"

#define RUN_MIN      3u /* characters that spell a foreign name */
#define RUN_MOST     6u /* ... that are heard at once */
#define KATAKANA     0x30a1u
#define KATAKANA_END 0x3100u
#define PIECE_FIRST  0x0e00u
#define THAI         0x0e00u
#define LAO          0x0e80u /* in the order of Thai */
#define LAO_END      0x0f00u
#define THAI_O       0x0e2du /* carries a vowel, or is one */
#define MYANMAR      0x1000u
#define MYANMAR_END  0x10a0u
#define SPELLED_MOST 14u /* characters of such a script for five letters */

static bool is_piece(const struct reader *r, uint32_t word, bool of_katakana)
{
    struct bylaw_span text = bylaw__token_text(r->tokens, word);
    size_t pos = 0;
    uint32_t letter = bylaw__utf8_next(text, &pos);

    if (pos != text.len)
        return false;
    return of_katakana ? letter >= KATAKANA && letter < KATAKANA_END
                       : bylaw__text_is_transcribing(letter);
}

/* One more than the last word of a run of such characters without a gap. */
static uint32_t run_end(const struct reader *r, uint32_t word, bool of_katakana)
{
    const struct bylaw__token *items = r->tokens->items;
    uint32_t end = word;

    while (end < r->tokens->count && is_piece(r, end, of_katakana) &&
           (end == word || items[end].bytes.begin == items[end - 1].bytes.end))
        end++;
    return end;
}

/* How characters [begin, end) sound together. */
static struct bylaw_span fold_run(struct reader *r, struct bylaw__buf *run,
                                  uint32_t begin, uint32_t end)
{
    run->len = 0;
    for (uint32_t w = begin; w < end; w++) {
        struct bylaw_span letters =
            traits_fold(r, bylaw__token_text(r->tokens, w));

        if (letters.len)
            bylaw__buf_add(run, letters.ptr, letters.len);
    }
    return run->ptr ? bylaw__buf_span(run) : (struct bylaw_span){"", 0};
}

/* A name may begin at any character of a run and end soon. */
static int add_syllables(struct reader *r, uint32_t begin, uint32_t end)
{
    struct bylaw__buf run = {0};
    char sound[BYLAW__SOUND_LETTERS];
    int rc = 0;

    for (uint32_t at = begin; !rc && at + RUN_MIN <= end; at++) {
        uint32_t stop = at + RUN_MOST < end ? at + RUN_MOST : end;
        size_t len = bylaw__text_sound(sound, fold_run(r, &run, at, stop),
                                       BYLAW__SOUND_LOOSE);

        for (size_t n = SOUND_MIN; !rc && n <= len && n <= NAME_LETTERS; n++)
            rc = traits_push(r, TRAIT_SYLLABLES, sound, n, at);
    }
    bylaw__buf_release(&run);
    return rc;
}

/* ------------------------------------- scripts that leave no gaps ------- */

/* Written by sound, each character a word here. */
static bool is_spelled(const struct reader *r, uint32_t word)
{
    uint32_t letter = traits_first_letter(bylaw__token_text(r->tokens, word));

    return (letter >= THAI && letter < LAO_END) ||
           (letter >= MYANMAR && letter < MYANMAR_END);
}

static uint32_t spelled_end(const struct reader *r, uint32_t word)
{
    const struct bylaw__token *items = r->tokens->items;
    uint32_t end = word;

    while (end < r->tokens->count && is_spelled(r, end) &&
           (end == word || items[end].bytes.begin == items[end - 1].bytes.end))
        end++;
    return end;
}

/* Letters that stand for other sounds here than in names of the West. */
static const struct {
    char from[3], to[2];
} spelled_as[] = {{"ph", "p"}, {"w", "v"}};

/* One character in Latin letters; ICU knows Thai, not Lao. */
static struct bylaw_span fold_spelled(struct reader *r, uint32_t word)
{
    struct bylaw_span text = bylaw__token_text(r->tokens, word);
    uint32_t letter = traits_first_letter(text);
    char thai[4];

    if (letter >= LAO && letter < LAO_END) {
        letter -= LAO - THAI;
        text = (struct bylaw_span){thai, bylaw__utf8_put(thai, letter)};
    }
    if (letter == THAI_O)
        return (struct bylaw_span){"a", 1};
    text = traits_fold(r, text);
    for (size_t i = 0; i < sizeof(spelled_as) / sizeof(spelled_as[0]); i++)
        if (bylaw__span_is(text, spelled_as[i].from))
            return bylaw__span_of(spelled_as[i].to);
    return text;
}

static bool is_vowel_sign(const struct reader *r, uint32_t word,
                          struct bylaw_span letters)
{
    return !letters.len ||
           (traits_first_letter(bylaw__token_text(r->tokens, word)) != THAI_O &&
            strchr("aeiouy", letters.ptr[0]));
}

/* How the characters from at on sound; nothing where a vowel sign is first. */
static size_t hear_spelled(char sound[BYLAW__SOUND_LETTERS], struct reader *r,
                           uint32_t at, uint32_t end)
{
    uint32_t stop = at + SPELLED_MOST < end ? at + SPELLED_MOST : end;
    struct bylaw__buf run = {0};
    size_t len = 0;

    for (uint32_t w = at; w < stop; w++) {
        struct bylaw_span letters = fold_spelled(r, w);

        if (w == at && is_vowel_sign(r, w, letters))
            break;
        if (letters.len)
            bylaw__buf_add(&run, letters.ptr, letters.len);
    }
    if (run.len && !run.failed)
        len =
            bylaw__text_sound(sound, bylaw__buf_span(&run), BYLAW__SOUND_CLOSE);
    bylaw__buf_release(&run);
    return len;
}

/* A name may begin anywhere; where a run begins, which is at a gap or a mark,
 * fewer letters will do, and fewer still where it ends with them. */
static int add_spelled(struct reader *r, uint32_t begin, uint32_t end)
{
    char sound[BYLAW__SOUND_LETTERS];
    bool is_first = true;
    int rc = 0;

    for (uint32_t at = begin; !rc && at < end; at++) {
        size_t len = hear_spelled(sound, r, at, end);

        size_t n = !is_first          ? NAME_LETTERS
                   : len == SOUND_MIN ? SOUND_MIN
                                      : SOUND_MIN + 1;

        for (; !rc && n <= len && n <= NAME_LETTERS; n++)
            rc = traits_push(r, TRAIT_SOUND, sound, n, at);
        is_first = is_first && !len;
    }
    return rc;
}

static int add_katakana(struct reader *r, uint32_t begin, uint32_t end)
{
    struct bylaw__buf run = {0};
    int rc = 0;

    if (begin + RUN_MIN <= end)
        rc = traits_push_sound(r, TRAIT_SOUND, fold_run(r, &run, begin, end),
                               begin);
    bylaw__buf_release(&run);
    return rc;
}

/* Words of one character each say nothing alone; returns the next word. */
int traits_read_run(struct reader *r, uint32_t *word)
{
    uint32_t begin = *word, end = spelled_end(r, begin);
    bool of_katakana;

    if (end > begin) {
        *word = end;
        return add_spelled(r, begin, end);
    }
    end = run_end(r, begin, false);
    of_katakana = end == begin;
    if (of_katakana)
        end = run_end(r, begin, true);
    *word = end > begin ? end : begin + 1;
    return of_katakana ? add_katakana(r, begin, end)
                       : add_syllables(r, begin, end);
}

bool traits_is_piece(const struct reader *r, uint32_t word)
{
    struct bylaw_span text = bylaw__token_text(r->tokens, word);
    size_t pos = 0;

    return bylaw__utf8_next(text, &pos) >= PIECE_FIRST && pos == text.len;
}
