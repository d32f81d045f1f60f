/* SPDX-License-Identifier: Apache-2.0 */
/* The word lists behind time words and house style. */
#include "match_words.h"

/* "may" and "march" are also verbs, so that
   they stand beside names only. */
static const char *const time_names[] = {
    "afternoon", "apr",      "april",     "aug",       "august",  "dec",
    "december",  "evening",  "feb",       "february",  "fri",     "friday",
    "jan",       "january",  "jul",       "july",      "jun",     "june",
    "midday",    "midnight", "mon",       "monday",    "month",   "morning",
    "night",     "noon",     "nov",       "november",  "oct",     "october",
    "saturday",  "sept",     "september", "sunday",    "thu",     "thur",
    "thurs",     "thursday", "today",     "tomorrow",  "tonight", "tue",
    "tues",      "tuesday",  "wed",       "wednesday", "week",    "weekend",
    "yesterday",
};

static const char *const time_fillers[] = {
    "a",     "ago",   "am",    "at",   "by",    "day",  "days", "earlier",
    "early", "est",   "gmt",   "hour", "hours", "in",   "last", "late",
    "later", "local", "march", "may",  "next",  "of",   "on",   "past",
    "pm",    "the",   "this",  "time", "utc",   "year",
};

/* Each pair is one word in two styles; the second stands for both. */
static const struct {
    const char *from, *to;
} word_styles[] = {
    {"ageing", "aging"},
    {"aluminium", "aluminum"},
    {"amongst", "among"},
    {"cheque", "check"},
    {"doctor", "dr"},
    {"eight", "8"},
    {"eleven", "11"},
    {"five", "5"},
    {"four", "4"},
    {"governor", "gov"},
    {"grey", "gray"},
    {"judgement", "judgment"},
    {"kilometer", "km"},
    {"kilometers", "km"},
    {"kilometre", "km"},
    {"kilometres", "km"},
    {"mister", "mr"},
    {"nine", "9"},
    {"ok", "okay"},
    {"one", "1"},
    {"pct", "percent"},
    {"professor", "prof"},
    {"programme", "program"},
    {"programmes", "programs"},
    {"representative", "rep"},
    {"sceptical", "skeptical"},
    {"senator", "sen"},
    {"seven", "7"},
    {"six", "6"},
    {"ten", "10"},
    {"three", "3"},
    {"towards", "toward"},
    {"twelve", "12"},
    {"two", "2"},
    {"whilst", "while"},
};

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

/* Names in full, run together, and as initials. */
static const struct {
    const char *from, *to;
} short_names[] = {
    {"unitedstates", "us"},  {"unitedstatesofamerica", "usa"},
    {"unitedkingdom", "uk"}, {"unitednations", "un"},
    {"europeanunion", "eu"},
};

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

static bool is_listed(const char *const *words, size_t count,
                      struct bylaw_span word)
{
    for (size_t i = 0; i < count; i++)
        if (bylaw__span_is(word, words[i]))
            return true;
    return false;
}

/* 7, 31st, 2026: a number with at most an ordinal's ending. */
static bool is_number(struct bylaw_span word)
{
    static const char *const tails[] = {"st", "nd", "rd", "th", "am", "pm"};
    size_t digits = 0;

    while (digits < word.len &&
           bylaw__is_digit((unsigned char)word.ptr[digits]))
        digits++;
    return digits && (digits == word.len ||
                      is_listed(tails, COUNT_OF(tails),
                                bylaw__span_sub(word, digits, word.len)));
}

bool is_time_name(struct bylaw_span word)
{
    return is_listed(time_names, COUNT_OF(time_names), word);
}

bool is_time_word(struct bylaw_span word)
{
    return is_time_name(word) || is_number(word) ||
           is_listed(time_fillers, COUNT_OF(time_fillers), word);
}

void spell_one_way(struct bylaw__buf *out, struct bylaw_span word)
{
    for (size_t i = 0; i < COUNT_OF(word_styles); i++)
        if (bylaw__span_is(word, word_styles[i].from)) {
            bylaw__buf_add_text(out, word_styles[i].to);
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
    for (size_t i = 0; i < COUNT_OF(short_names); i++)
        if (bylaw__span_is(name, short_names[i].from))
            return bylaw__span_of(short_names[i].to);
    return name;
}
