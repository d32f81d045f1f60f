/* SPDX-License-Identifier: Apache-2.0 */
/* Finds dates as people and programs write them, in ten languages. */
#include "extract_text.h"

#include <stdio.h>

#define TOKENS_MOST        160u
#define DIGITS_MOST        8u /* 20230516 */
#define MONTH_LEAST        3u /* letters of a shortened month */
#define YEAR_FIRST         1900u
#define YEAR_LAST          2099u
#define SHORT_YEAR_CENTURY 2000u
#define SHORT_YEAR_LAST    69u
#define MONTHS             12u

enum token_kind { TOKEN_NUMBER = 1, TOKEN_WORD };

struct token {
    enum token_kind kind;
    struct bylaw_span text;
    size_t begin;
    unsigned value; /* of a number */
    char after;     /* punctuation or blank that follows; 0 at a word's edge */
};

struct tokens {
    struct token items[TOKENS_MOST];
    size_t count;
};

struct date {
    unsigned year, month, day;
};

/* Month names; a word that begins one, of three letters or more, is it too. */
static const char *const month_names[][MONTHS] = {
    {"january", "february", "march", "april", "may", "june", "july", "august",
     "september", "october", "november", "december"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
     "septiembre", "octubre", "noviembre", "diciembre"},
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
     "septembre", "octobre", "novembre", "décembre"},
    {"januar", "februar", "märz", "april", "mai", "juni", "juli", "august",
     "september", "oktober", "november", "dezember"},
    {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio",
     "agosto", "settembre", "ottobre", "novembre", "dicembre"},
    {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho",
     "agosto", "setembro", "outubro", "novembro", "dezembro"},
    {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
     "сентября", "октября", "ноября", "декабря"},
    {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس",
     "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
    {"januaro", "februaro", "marto", "aprilo", "majo", "junio", "julio",
     "aŭgusto", "septembro", "oktobro", "novembro", "decembro"},
    {"jänner", "feber", "mrz", "avr", "may", "jun", "jul", "ago", "set", "out",
     "nov", "dez"},
};

/* Small words that may stand between the parts of a date. */
static const char *const fillers[] = {"de", "del", "of", "the", "st", "nd",
                                      "rd", "th",  "er", "º",   "am", "г"};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* -------------------------------------------------------------- tokens --- */

static bool is_word_byte(char c)
{
    return (unsigned char)c >= 0x80 || bylaw__is_alpha((unsigned char)c);
}

static bool is_filler(struct bylaw_span word)
{
    for (size_t i = 0; i < COUNT(fillers); i++)
        if (bylaw__span_is_nocase(word, fillers[i]))
            return true;
    return false;
}

static void add_token(struct tokens *tokens, struct bylaw_span text,
                      size_t begin, size_t end)
{
    struct token *token = &tokens->items[tokens->count];
    bool is_number = bylaw__is_digit((unsigned char)text.ptr[begin]);

    *token = (struct token){is_number ? TOKEN_NUMBER : TOKEN_WORD,
                            bylaw__span_sub(text, begin, end), begin, 0,
                            end < text.len ? text.ptr[end] : '\0'};
    if (!is_number && is_filler(token->text)) {
        if (tokens->count)
            tokens->items[tokens->count - 1].after = ' ';
        return;
    }
    for (size_t i = begin; is_number && i < end && end - begin <= DIGITS_MOST;
         i++)
        token->value = token->value * 10 + (unsigned)(text.ptr[i] - '0');
    tokens->count++;
}

static void tokenise(struct tokens *tokens, struct bylaw_span text)
{
    size_t i = 0;

    tokens->count = 0;
    while (i < text.len && tokens->count < TOKENS_MOST) {
        size_t begin = i;

        if (bylaw__is_digit((unsigned char)text.ptr[i]))
            while (i < text.len && bylaw__is_digit((unsigned char)text.ptr[i]))
                i++;
        else
            while (i < text.len && is_word_byte(text.ptr[i]))
                i++;
        if (i > begin)
            add_token(tokens, text, begin, i);
        else
            i++;
    }
}

/* --------------------------------------------------------------- parts --- */

static bool is_prefix_nocase(struct bylaw_span word, const char *name)
{
    size_t len = strlen(name);

    return word.len >= MONTH_LEAST && word.len <= len &&
           bylaw__span_eq_nocase(word, (struct bylaw_span){name, word.len});
}

/* A Cyrillic capital of two bytes made small; other bytes as they are. */
static struct bylaw_span fold_first(char out[64], struct bylaw_span word)
{
    size_t pos = 0, used;
    uint32_t c = bylaw__utf8_next(word, &pos);

    if (c < 0x410 || c > 0x42f || word.len > 60)
        return word;
    used = bylaw__utf8_put(out, c + 0x20);
    memcpy(out + used, word.ptr + pos, word.len - pos);
    return (struct bylaw_span){out, used + word.len - pos};
}

static unsigned month_of(const struct token *token)
{
    char folded[64];
    struct bylaw_span word = fold_first(folded, token->text);

    if (token->kind != TOKEN_WORD)
        return 0;
    for (size_t i = 0; i < COUNT(month_names); i++)
        for (unsigned month = 0; month < MONTHS; month++)
            if (is_prefix_nocase(word, month_names[i][month]))
                return month + 1;
    return 0;
}

static bool is_year(const struct token *token)
{
    return token->kind == TOKEN_NUMBER && token->text.len == 4 &&
           token->value >= YEAR_FIRST && token->value <= YEAR_LAST;
}

static bool is_short(const struct token *token, unsigned most)
{
    return token->kind == TOKEN_NUMBER && token->text.len <= 2 &&
           token->value >= 1 && token->value <= most;
}

static bool is_separator(char c)
{
    return c == '-' || c == '/' || c == '.';
}

/* ------------------------------------------------------------ patterns --- */

/* 2023-05-16, 2023/5/16, 2023.05.16 */
static bool match_year_first(struct date *date, const struct token *t, bool mf)
{
    (void)mf;
    if (!is_year(&t[0]) || !is_separator(t[0].after) ||
        t[1].after != t[0].after || !is_short(&t[1], MONTHS) ||
        !is_short(&t[2], 31))
        return false;
    *date = (struct date){t[0].value, t[1].value, t[2].value};
    return true;
}

/* The year that a last part means, or 0; "16.05.23" is a German habit. */
static unsigned last_year(const struct token *token, char separator)
{
    if (is_year(token))
        return token->value;
    return separator == '.' && token->kind == TOKEN_NUMBER &&
                   token->text.len == 2 && token->after != '.' &&
                   token->value <= SHORT_YEAR_LAST
               ? SHORT_YEAR_CENTURY + token->value
               : 0;
}

/* 16.05.2023, 5/16/2023: the order is told where one part is above 12. */
static bool match_year_last(struct date *date, const struct token *t, bool mf)
{
    bool month_first = mf && t[0].after == '/';

    unsigned year = last_year(&t[2], t[0].after);

    if (!year || !is_separator(t[0].after) || t[1].after != t[0].after ||
        !is_short(&t[0], 31) || !is_short(&t[1], 31))
        return false;
    if (t[1].value > MONTHS)
        month_first = true;
    if (t[0].value > MONTHS)
        month_first = false;
    *date = month_first ? (struct date){year, t[0].value, t[1].value}
                        : (struct date){year, t[1].value, t[0].value};
    return true;
}

/* 16 May 2023, 16. Mai 2023, 16 de mayo de 2023 */
static bool match_day_month(struct date *date, const struct token *t, bool mf)
{
    (void)mf;
    if (!is_short(&t[0], 31) || !month_of(&t[1]) || !is_year(&t[2]))
        return false;
    *date = (struct date){t[2].value, month_of(&t[1]), t[0].value};
    return true;
}

/* May 16, 2023 */
static bool match_month_day(struct date *date, const struct token *t, bool mf)
{
    (void)mf;
    if (!month_of(&t[0]) || !is_short(&t[1], 31) || !is_year(&t[2]))
        return false;
    *date = (struct date){t[2].value, month_of(&t[0]), t[1].value};
    return true;
}

/* 2023 May 16 */
static bool match_year_month(struct date *date, const struct token *t, bool mf)
{
    (void)mf;
    if (!is_year(&t[0]) || !month_of(&t[1]) || !is_short(&t[2], 31))
        return false;
    *date = (struct date){t[0].value, month_of(&t[1]), t[2].value};
    return true;
}

static bool (*const patterns[])(struct date *date, const struct token *t,
                                bool month_first) = {
    match_year_first, match_year_last,  match_day_month,
    match_month_day,  match_year_month,
};

/* 2023年5月16日: five tokens. */
static bool match_cjk(struct date *date, const struct token *t)
{
    if (!is_year(&t[0]) || !is_short(&t[2], MONTHS) || !is_short(&t[4], 31) ||
        !bylaw__span_starts(t[1].text, "年") ||
        !bylaw__span_starts(t[3].text, "月"))
        return false;
    *date = (struct date){t[0].value, t[2].value, t[4].value};
    return true;
}

/* 20230516, as feeds and citation_date write it. */
static bool match_digits(struct date *date, const struct token *t)
{
    if (t->kind != TOKEN_NUMBER || t->text.len != 8)
        return false;
    *date =
        (struct date){t->value / 10000, t->value / 100 % 100, t->value % 100};
    return date->year >= YEAR_FIRST && date->year <= YEAR_LAST;
}

static bool is_calendar_date(const struct date *date)
{
    static const unsigned char days[MONTHS] = {31, 29, 31, 30, 31, 30,
                                               31, 31, 30, 31, 30, 31};

    return date->month >= 1 && date->month <= MONTHS && date->day >= 1 &&
           date->day <= days[date->month - 1];
}

static size_t match_at(struct date *date, const struct tokens *tokens, size_t i,
                       bool month_first)
{
    size_t left = tokens->count - i;

    if (left >= 5 && match_cjk(date, &tokens->items[i]))
        return 5;
    for (size_t p = 0; left >= 3 && p < COUNT(patterns); p++)
        if (patterns[p](date, &tokens->items[i], month_first))
            return 3;
    return match_digits(date, &tokens->items[i]) ? 1 : 0;
}

bool bylaw__date_find(char out[BYLAW__DATE_BYTES],
                      struct bylaw_range *out_range, struct bylaw_span text,
                      bool month_first)
{
    struct tokens tokens;
    struct date date;

    tokenise(&tokens, text);
    for (size_t i = 0; i < tokens.count; i++) {
        size_t used = match_at(&date, &tokens, i, month_first);
        const struct token *last = &tokens.items[i + (used ? used - 1 : 0)];

        if (!used || !is_calendar_date(&date))
            continue;
        snprintf(out, BYLAW__DATE_BYTES, "%04u-%02u-%02u", date.year % 10000,
                 date.month % 100, date.day % 100);
        if (out_range)
            *out_range =
                (struct bylaw_range){(uint32_t)tokens.items[i].begin,
                                     (uint32_t)(last->begin + last->text.len)};
        return true;
    }
    return false;
}

bool bylaw__date_in_url(char out[BYLAW__DATE_BYTES], struct bylaw_span url)
{
    struct tokens tokens;
    struct date date;

    tokenise(&tokens, bylaw__span_sub(url, 0, BYLAW_LIMIT_URL_BYTES));
    for (size_t i = 0; i + 3 <= tokens.count; i++) {
        const struct token *t = &tokens.items[i];

        if (!match_year_first(&date, t, false) &&
            !(t[0].after == '/' && match_year_month(&date, t, false)))
            continue;
        if (!is_calendar_date(&date))
            continue;
        snprintf(out, BYLAW__DATE_BYTES, "%04u-%02u-%02u", date.year % 10000,
                 date.month % 100, date.day % 100);
        return true;
    }
    return false;
}
