/* SPDX-License-Identifier: Apache-2.0 */
/* Words of the day, of places and of house style. */
#include "match_words.h"

#include "match_word_lists.h"

/* Endings in two styles, for words of at least so many letters: shorter ones
   ("our" and "or", "filled" and "filed") are different words. */
static const struct {
    const char *from, *to;
    size_t least;
} endings[] = {
    {"isation", "ization", 9}, {"isations", "izations", 10},
    {"ise", "ize", 6},         {"ised", "ized", 7},
    {"ises", "izes", 7},       {"ising", "izing", 8},
    {"yse", "yze", 6},         {"ysed", "yzed", 7},
    {"ysing", "yzing", 8},     {"our", "or", 5},
    {"ours", "ors", 6},        {"oured", "ored", 7},
    {"ouring", "oring", 8},    {"ourable", "orable", 8},
    {"tre", "ter", 5},         {"tres", "ters", 6},
    {"bre", "ber", 5},         {"fence", "fense", 7},
    {"icence", "icense", 7},   {"ogue", "og", 7},
    {"lled", "led", 8},        {"lling", "ling", 9},
    {"ller", "ler", 8},        {"llers", "lers", 9},
};

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

static bool is_listed(const char *const *words, struct bylaw_span word)
{
    for (; *words; words++)
        if (bylaw__span_is(word, *words))
            return true;
    return false;
}

/* The second of the pair whose first is the word, or NULL. */
static const char *other_style(const struct bylaw__word_style *styles,
                               struct bylaw_span word)
{
    for (; styles->from; styles++)
        if (bylaw__span_is(word, styles->from))
            return styles->to;
    return NULL;
}

/* 7, 31st, 2026: a number with at most an ordinal's ending. */
static bool is_number(struct bylaw_span word)
{
    static const char *const tails[] = {"st", "nd", "rd", "th", "am",
                                        "pm", "er", "º",  "ª",  NULL};
    size_t digits = 0;

    while (digits < word.len &&
           bylaw__is_digit((unsigned char)word.ptr[digits]))
        digits++;
    return digits &&
           (digits == word.len ||
            is_listed(tails, bylaw__span_sub(word, digits, word.len)));
}

bool is_time_name(struct bylaw_span word)
{
    return is_listed(bylaw__time_names, word);
}

bool is_time_word(struct bylaw_span word)
{
    return is_time_name(word) || is_number(word) ||
           is_listed(bylaw__time_fillers, word);
}

void spell_one_way(struct bylaw__buf *out, struct bylaw_span word)
{
    const char *style = other_style(bylaw__word_styles, word);

    if (style) {
        bylaw__buf_add_text(out, style);
        return;
    }
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (word.len >= endings[i].least &&
            bylaw__span_ends(word, endings[i].from)) {
            word.len -= strlen(endings[i].from);
            bylaw__buf_add_span(out, word);
            bylaw__buf_add_text(out, endings[i].to);
            return;
        }
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] != '\'') /* some cut "Bob's" in two */
            bylaw__buf_add_char(out, word.ptr[i]);
}

struct bylaw_span short_name_of(struct bylaw_span name)
{
    const char *style = other_style(bylaw__short_names, name);

    if (!style)
        style = other_style(bylaw__land_names, name);
    return style ? bylaw__span_of(style) : name;
}

static bool is_land_name(struct bylaw_span name)
{
    for (const struct bylaw__word_style *land = bylaw__land_names; land->from;
         land++)
        if (bylaw__span_is(name, land->from) || bylaw__span_is(name, land->to))
            return true;
    return other_style(bylaw__short_names, name) != NULL;
}

enum place_word place_word_of(struct bylaw_span word)
{
    if (is_listed(bylaw__place_heres, word))
        return PLACE_HERE;
    if (is_listed(bylaw__place_kinds, word))
        return PLACE_KIND;
    if (is_land_name(word))
        return PLACE_LAND;
    return is_listed(bylaw__place_fillers, word) ? PLACE_FILLER : PLACE_NONE;
}

bool is_note_beginning(struct bylaw_span words)
{
    for (const char *const *note = bylaw__note_beginnings; *note; note++)
        if (bylaw__span_starts_nocase(words, *note))
            return true;
    return false;
}
