/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts as sentences, sentences as bags of letter groups. Groups of four
 * letters outlast endings, prefixes and compounds in any language that writes
 * letters, with no list of words; scripts whose words are single characters
 * give pairs of neighbours.
 */
#include "match_rewrite.h"

#include <math.h>
#include <stdlib.h>

#define GROUP_LETTERS 4u
#define WORD_LETTERS  64u /* of one word that are looked at */
#define WORD_BORDER   1u
#define SLOTS_FIRST   4096u
#define KEY_FACTOR    0x9e3779b97f4a7c15u

/* Words that may stand in a rewritten passage. */
static bool is_told(const struct bylaw__token *word, enum side side)
{
    return side == SIDE_PAGE
               ? !(word->flags & (BYLAW__TOKEN_OFF_MAIN | BYLAW__TOKEN_HIDDEN))
               : !(word->flags & BYLAW__TOKEN_FURNITURE);
}

static int push_sentence(struct sentences *side, uint32_t begin, uint32_t end,
                         struct bylaw_error *err)
{
    if (begin == end)
        return 0;
    if (bylaw__vec_grow(&side->items, &side->cap, side->count + 1,
                        sizeof(*side->items)))
        return bylaw__fail_memory(err, "");
    side->items[side->count++] = (struct sentence){.words = {begin, end}};
    return 0;
}

/* A few words (a heading, "Yes.") are no sentence of their own. */
static int cut_sentences(struct sentences *side,
                         const struct bylaw__tokens *text, enum side which,
                         struct bylaw_error *err)
{
    uint32_t begin = 0, words = (uint32_t)text->count;
    int rc = 0;

    for (uint32_t w = 0; !rc && w < words; w++) {
        const struct bylaw__token *word = &text->items[w];
        bool is_full = w - begin >= SENTENCE_WORDS_MAX;

        if (!is_told(word, which)) {
            rc = push_sentence(side, begin, w, err);
            begin = w + 1;
        } else if (is_full || (word->flags & BYLAW__TOKEN_SENTENCE &&
                               w - begin >= SENTENCE_WORDS_MIN)) {
            rc = push_sentence(side, begin, w, err);
            begin = w;
        }
    }
    return rc ? rc : push_sentence(side, begin, words, err);
}

/* -------------------------------------------------------- vocabulary --- */

static size_t slot_of(struct vocabulary *v, uint64_t key)
{
    const uint64_t whole = key;
    size_t at;

    key *= KEY_FACTOR;
    key ^= key >> 32;
    at = (size_t)((key * KEY_FACTOR) >> 20) & (v->slot_count - 1);
    while (v->slots[at] && v->items[v->slots[at] - 1].key != whole) {
        at = (at + 1) & (v->slot_count - 1);
        v->probes++;
    }
    return at;
}

static int grow_slots(struct vocabulary *v)
{
    uint32_t *old = v->slots;

    v->slot_count = v->slot_count ? 2 * v->slot_count : SLOTS_FIRST;
    v->slots = calloc(v->slot_count, sizeof(*v->slots));
    if (!v->slots) {
        v->slots = old;
        return BYLAW_ENOMEM;
    }
    free(old);
    for (size_t i = 0; i < v->count; i++)
        v->slots[slot_of(v, v->items[i].key)] = (uint32_t)i + 1;
    return 0;
}

static struct term *term_of(struct vocabulary *v, uint64_t key)
{
    size_t at;

    if (2 * (v->count + 1) > v->slot_count && grow_slots(v))
        return NULL;
    at = slot_of(v, key);
    if (!v->slots[at]) {
        if (bylaw__vec_grow(&v->items, &v->cap, v->count + 1,
                            sizeof(*v->items)))
            return NULL;
        v->items[v->count++] = (struct term){.key = key};
        v->slots[at] = (uint32_t)v->count;
    }
    return &v->items[v->slots[at] - 1];
}

/* -------------------------------------------------------------- uses --- */

/** A sentence being read. */
struct reading {
    struct vocabulary *vocabulary;
    struct sentences *side;
    struct sentence *sentence;
    enum side which;
};

static int use_term(const struct reading *r, uint64_t key)
{
    struct sentences *side = r->side;
    struct sentence *sentence = r->sentence;
    struct term *term = term_of(r->vocabulary, key);

    if (!term)
        return BYLAW_ENOMEM;
    if (term->last_use[r->which] > sentence->first_use) {
        side->uses[term->last_use[r->which] - 1].times++;
        return 0;
    }
    if (bylaw__vec_grow(&side->uses, &side->use_cap, side->use_count + 1,
                        sizeof(*side->uses)))
        return BYLAW_ENOMEM;
    side->uses[side->use_count++] =
        (struct term_use){(uint32_t)(term - r->vocabulary->items), 1};
    term->last_use[r->which] = (uint32_t)side->use_count;
    term->sentences[r->which]++;
    sentence->uses++;
    return 0;
}

/* A word's letters between its borders; the count. */
static size_t letters_of(uint32_t *letters, struct bylaw_span word)
{
    size_t count = 0, pos = 0;

    letters[count++] = WORD_BORDER;
    while (pos < word.len && count <= WORD_LETTERS)
        letters[count++] = bylaw__utf8_next(word, &pos);
    letters[count++] = WORD_BORDER;
    return count;
}

static uint64_t key_of(const uint32_t *letters, size_t count)
{
    uint64_t key = count;

    for (size_t i = 0; i < count; i++)
        key = (key ^ letters[i]) * KEY_FACTOR ^ key >> 29;
    return key;
}

/* From Thai on, a word of one character is a piece of one. */
#define FIRST_PIECE 0x0e00u

static int use_word(const struct reading *r, const struct bylaw__tokens *text,
                    uint32_t word, uint32_t end)
{
    uint32_t letters[WORD_LETTERS + 2], next[WORD_LETTERS + 2];
    size_t count = letters_of(letters, bylaw__token_text(text, word));

    if (count == 3 && letters[1] >= FIRST_PIECE) {
        if (word + 1 < end &&
            letters_of(next, bylaw__token_text(text, word + 1)) == 3)
            letters[2] = next[1];
        return use_term(r, key_of(letters, 3));
    }
    if (count <= GROUP_LETTERS)
        return use_term(r, key_of(letters, count));
    for (size_t i = 0; i + GROUP_LETTERS <= count; i++)
        if (use_term(r, key_of(letters + i, GROUP_LETTERS)))
            return BYLAW_ENOMEM;
    return 0;
}

static int read_side(struct bags *bags, const struct bylaw__tokens *text,
                     enum side which, struct bylaw_error *err)
{
    struct sentences *side = &bags->sides[which];
    struct reading r = {&bags->vocabulary, side, NULL, which};
    int rc = cut_sentences(side, text, which, err);

    for (size_t i = 0; !rc && i < side->count; i++) {
        struct stretch words = side->items[i].words;

        r.sentence = &side->items[i];
        r.sentence->first_use = (uint32_t)side->use_count;
        for (uint32_t w = words.begin; !rc && w < words.end; w++)
            if (use_word(&r, text, w, words.end))
                rc = bylaw__fail_memory(err, "");
        /* Words chosen to fall together tell nothing further. */
        if (bags->vocabulary.probes > PROBES_MAX)
            side->count = i + 1;
    }
    return rc;
}

/* ----------------------------------------------------------- weights --- */

/* Pairs that comparing would look at, with terms up to this common. */
static uint64_t work_of(const struct vocabulary *v, size_t common)
{
    uint64_t work = 0;

    for (size_t i = 0; i < v->count; i++) {
        const struct term *term = &v->items[i];

        if ((size_t)term->sentences[SIDE_PAGE] + term->sentences[SIDE_SOURCE] <=
            common)
            work += (uint64_t)term->sentences[SIDE_PAGE] *
                    term->sentences[SIDE_SOURCE];
    }
    return work;
}

/* By how rare a term is in the sentences of both texts. What stands in very
 * many says little and costs most: it is left out. */
static void weigh_terms(struct bags *bags)
{
    struct vocabulary *v = &bags->vocabulary;
    size_t count =
        bags->sides[SIDE_PAGE].count + bags->sides[SIDE_SOURCE].count;
    size_t common = count;

    if (count > COMMON_SENTENCES)
        common = (size_t)(COMMON_SHARE * (double)count);
    while (common > 2 && work_of(v, common) > POINT_WORK_MAX)
        common /= 2;
    for (size_t i = 0; i < v->count; i++) {
        struct term *term = &v->items[i];
        size_t have =
            (size_t)term->sentences[SIDE_PAGE] + term->sentences[SIDE_SOURCE];

        term->weight =
            have <= common ? (float)log((double)count / (double)have) : 0;
    }
}

int bags_read(struct bags *bags, const struct aligner *a,
              struct bylaw_error *err)
{
    int rc = read_side(bags, a->page, SIDE_PAGE, err);

    if (!rc)
        rc = read_side(bags, a->source, SIDE_SOURCE, err);
    if (!rc)
        weigh_terms(bags);
    return rc;
}

void bags_release(struct bags *bags)
{
    for (int side = 0; side < SIDES; side++) {
        free(bags->sides[side].items);
        free(bags->sides[side].uses);
    }
    free(bags->vocabulary.items);
    free(bags->vocabulary.slots);
}
