/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What of a text outlives translation: its numbers, and its names as they are
 * written or as they sound.
 */
#include "traits.h"

#include <stdlib.h>

#define NAME_MIN    3u
#define SOUND_NAME  4u /* letters of a Latin name whose sound is taken */
#define NUMBER_MIN  2u /* digits; smaller ones are everywhere */
#define WORTH_NAME  1.0f
#define WORTH_SOUND 0.5f
#define KEY_MARK    "#=~%" /* before a key, by kind */
#define LATIN_END   0x250u
#define LATIN_MORE  0x1e00u
#define LATIN_MOST  0x1f00u

int traits_push(struct reader *r, enum trait_kind kind, const char *text,
                size_t len, uint32_t word)
{
    struct bylaw__traits *out = r->out;
    char key[BYLAW_LIMIT_WORD_BYTES + 1];

    if (len >= sizeof(key))
        len = sizeof(key) - 1;
    key[0] = KEY_MARK[kind];
    memcpy(key + 1, text, len);
    if (bylaw__vec_grow(&out->items, &out->cap, out->count + 1,
                        sizeof(*out->items)))
        return BYLAW_ENOMEM;
    out->items[out->count++] =
        (struct bylaw__trait){bylaw__hash64((struct bylaw_span){key, len + 1}),
                              word,
                              kind >= TRAIT_SOUND ? WORTH_SOUND : WORTH_NAME};
    return 0;
}

uint32_t traits_first_letter(struct bylaw_span word)
{
    size_t pos = 0;

    return bylaw__utf8_next(word, &pos);
}

static bool is_latin(uint32_t letter)
{
    return letter < LATIN_END || (letter >= LATIN_MORE && letter < LATIN_MOST);
}

/* One word as plain letters; others than letters are left out. */
struct bylaw_span traits_fold(struct reader *r, struct bylaw_span word)
{
    size_t kept = 0;

    r->letters.len = 0;
    if (bylaw__text_squeeze(&r->letters, word, r->folds) || !r->letters.len)
        return (struct bylaw_span){"", 0};
    for (size_t i = 0; i < r->letters.len; i++)
        if (r->letters.ptr[i] >= 'a' && r->letters.ptr[i] <= 'z')
            r->letters.ptr[kept++] = r->letters.ptr[i];
    r->letters.len = kept;
    return bylaw__buf_span(&r->letters);
}

int traits_push_sound(struct reader *r, enum trait_kind kind,
                      struct bylaw_span letters, uint32_t word)
{
    char sound[BYLAW__SOUND_LETTERS];
    size_t len =
        bylaw__text_sound(sound, letters,
                          kind == TRAIT_SYLLABLES ? BYLAW__SOUND_LOOSE
                                                  : BYLAW__SOUND_CLOSE);

    if (len < SOUND_MIN)
        return 0;
    return traits_push(r, kind, sound, len < NAME_LETTERS ? len : NAME_LETTERS,
                       word);
}

/* ------------------------------------------------------------ one word --- */

static int add_name(struct reader *r, struct bylaw_span letters, uint32_t word)
{
    if (letters.len < NAME_MIN)
        return 0;
    return traits_push(r, TRAIT_NAME, letters.ptr,
                       letters.len < NAME_LETTERS ? letters.len : NAME_LETTERS,
                       word);
}

static int add_word(struct reader *r, uint32_t word)
{
    struct bylaw_span text = bylaw__token_text(r->tokens, word);
    bool latin = is_latin(traits_first_letter(text));
    struct bylaw_span letters;
    int rc = 0;

    if (bylaw__is_digit((unsigned char)text.ptr[0]))
        return text.len < NUMBER_MIN
                   ? 0
                   : traits_push(r, TRAIT_NUMBER, text.ptr, text.len, word);
    letters = traits_fold(r, text);
    if (latin || !r->is_page)
        rc = add_name(r, letters, word);
    if (!rc && (!latin || (!r->is_page && letters.len >= SOUND_NAME)))
        rc = traits_push_sound(r, TRAIT_SOUND, letters, word);
    if (!rc && latin && !r->is_page && letters.len >= SOUND_NAME)
        rc = traits_push_sound(r, TRAIT_SYLLABLES, letters, word);
    return rc;
}

/* In an article, a name is a word with a capital that the place in the sentence
 * does not explain. Any word of a page may be one: capitals differ. */
static bool may_be_name(struct reader *r, uint32_t word)
{
    const struct bylaw__token *token = &r->tokens->items[word];
    uint64_t seen;

    if (r->is_page ||
        bylaw__is_digit(
            (unsigned char)bylaw__token_text(r->tokens, word).ptr[0]))
        return true;
    if (!(token->flags & BYLAW__TOKEN_CAPITAL))
        return false;
    return !(token->flags & BYLAW__TOKEN_SENTENCE) ||
           bylaw__map_get(&r->middle, token->hash, &seen);
}

static int note_capitals(struct reader *r)
{
    for (size_t w = 0; !r->is_page && w < r->tokens->count; w++) {
        const struct bylaw__token *token = &r->tokens->items[w];

        if (token->flags & BYLAW__TOKEN_CAPITAL &&
            !(token->flags & BYLAW__TOKEN_SENTENCE) &&
            bylaw__map_put(&r->middle, token->hash, 1))
            return BYLAW_ENOMEM;
    }
    return 0;
}

/* -------------------------------------------------------------- a text --- */

static bool is_read(const struct reader *r, uint32_t word)
{
    uint32_t flags = r->tokens->items[word].flags;

    return r->is_page ? !(flags & (BYLAW__TOKEN_OFF_MAIN | BYLAW__TOKEN_HIDDEN))
                      : !(flags & BYLAW__TOKEN_FURNITURE);
}

static int read_words(struct reader *r)
{
    int rc = note_capitals(r);

    for (uint32_t w = 0; !rc && w < r->tokens->count;) {
        if (is_read(r, w) && traits_is_piece(r, w)) {
            rc = traits_read_run(r, &w);
            continue;
        }
        if (is_read(r, w) && may_be_name(r, w))
            rc = add_word(r, w);
        w++;
    }
    return rc;
}

static int by_key(const void *left, const void *right)
{
    const struct bylaw__trait *a = left, *b = right;

    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->word > b->word) - (a->word < b->word);
}

/* The first place of each. */
static void keep_first(struct bylaw__traits *traits)
{
    size_t kept = 0;

    if (traits->count)
        qsort(traits->items, traits->count, sizeof(*traits->items), by_key);
    for (size_t i = 0; i < traits->count; i++)
        if (!kept || traits->items[i].key != traits->items[kept - 1].key)
            traits->items[kept++] = traits->items[i];
    traits->count = kept;
}

int bylaw__traits_read(struct bylaw__traits *out,
                       const struct bylaw__tokens *tokens, bool is_page,
                       bylaw__folds *folds, struct bylaw_error *err)
{
    struct reader r = {.out = out,
                       .tokens = tokens,
                       .folds = folds,
                       .is_page = is_page};
    int rc;

    out->count = 0;
    rc = read_words(&r);
    keep_first(out);
    bylaw__map_release(&r.middle);
    bylaw__buf_release(&r.letters);
    return rc ? bylaw__fail_memory(err, "") : 0;
}

void bylaw__traits_release(struct bylaw__traits *traits)
{
    free(traits->items);
    *traits = (struct bylaw__traits){0};
}
