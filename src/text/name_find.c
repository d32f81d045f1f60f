/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names in a text. Each word of the text is compared with the words of the
 * name once; what was heard last is kept, so that a name is complete when its
 * last word, whichever that is, has been read.
 */
#include "names_int.h"

#define HEARD      32u /* words kept; a name and what may stand between */
#define JOINS      8u  /* joined forms being followed at a time */
#define FORMS      3u  /* "l'humanité's": whole, before and after the sign */
#define AFFIX      4u  /* bytes of an elided article or an ending */
#define SOLO_JOIN  3u  /* homophones make shorter ones meaningless */
#define JOIN_BYTES 5u  /* below this several words never join */

/* A word of the text. */
struct heard {
    uint32_t begin, end;
    uint32_t mask; /* words of the name that it is */
    bool breaks;   /* a name does not go on over the gap before it */
    bool particle, initial, capital;
    char letter; /* its first */
};

/* A joined form that the words since begin have spelled up to at. */
struct join {
    size_t target, at;
    uint32_t begin;
    uint32_t words, solos;
};

struct search {
    struct bylaw__name name;
    struct bylaw_span text;
    struct heard heard[HEARD];
    size_t count; /* words of the text so far */
    struct join joins[JOINS];
    size_t join_count;
    enum bylaw__name_match best;
    unsigned best_words;
    struct bylaw_range range;
    bool has_folds; /* folds was made ready: only other letters need it */
    struct bylaw__folds folds;
};

static void keep_best(struct search *search, enum bylaw__name_match match,
                      unsigned words, uint32_t begin, uint32_t end)
{
    if (match < search->best ||
        (match == search->best && words <= search->best_words))
        return;
    search->best = match;
    search->best_words = words;
    search->range = (struct bylaw_range){begin, end};
}

static struct heard *heard_back(struct search *search, size_t back)
{
    return &search->heard[(search->count - 1 - back) % HEARD];
}

/* Plain ASCII needs no transliteration, only its signs taken out. */
static bool make_ascii_form(struct bylaw__name_form *out,
                            struct bylaw_span norm)
{
    out->len = 0;
    for (size_t i = 0; i < norm.len; i++) {
        if ((unsigned char)norm.ptr[i] >= 0x80)
            return false;
        if (out->len < sizeof(out->text) &&
            bylaw__is_alnum((unsigned char)norm.ptr[i]))
            out->text[out->len++] = norm.ptr[i];
    }
    return true;
}

static void make_form(struct bylaw__name_form *out, struct search *search,
                      struct bylaw_span norm)
{
    char folded[BYLAW__FOLD_BYTES];
    size_t len;

    if (make_ascii_form(out, norm))
        return;
    if (!search->has_folds)
        memset(&search->folds, 0, sizeof(search->folds));
    search->has_folds = true;
    len = bylaw__word_fold_again(folded, norm, &search->folds);
    out->len = len < sizeof(out->text) ? len : sizeof(out->text);
    memcpy(out->text, folded, out->len);
}

/* The word, and where it holds an apostrophe what an ending or an elided
 * article leaves of it. */
static size_t make_forms(struct bylaw__name_form out[FORMS],
                         struct search *search, struct bylaw_span norm)
{
    const char *sign = memchr(norm.ptr, '\'', norm.len);
    size_t head, tail, count = 0;

    make_form(&out[count++], search, norm);
    if (!sign)
        return count;
    head = (size_t)(sign - norm.ptr);
    tail = norm.len - head - 1;
    if (tail && tail <= AFFIX && head > 1)
        make_form(&out[count++], search, bylaw__span_sub(norm, 0, head));
    if (head <= AFFIX && tail > 1)
        make_form(&out[count++], search,
                  bylaw__span_sub(norm, head + 1, norm.len));
    return count;
}

static uint32_t mask_of(const struct bylaw__name *name,
                        const struct bylaw__name_form *forms, size_t count)
{
    uint32_t mask = 0;

    for (size_t i = 0; i < name->count; i++)
        for (size_t k = 0; k < count; k++)
            if (forms[k].len && forms[k].len == name->words[i].len &&
                !memcmp(forms[k].text, name->words[i].text, forms[k].len))
                mask |= 1u << i;
    return mask;
}

static bool is_breaking(uint32_t c)
{
    static const uint16_t signs[] = {
        ';',    ':',    '!',    '?',    '(',    ')',    '[',    ']',    '|',
        '/',    '"',    0x00ab, 0x00bb, 0x2013, 0x2014, 0x201c, 0x201d, 0x201e,
        0x2022, 0x2026, 0x3001, 0x3002, 0xff0c, 0xff1a, 0xff1b, 0x060c,
    };

    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (c == signs[i])
            return true;
    return false;
}

/* True where a name ends at a gap: a sentence's end, an empty line, a sign
 * that separates. The stop of an initial or a title does not. */
static bool gap_breaks(struct bylaw_span gap, struct bylaw_span before)
{
    size_t pos = 0, lines = 0;

    if (gap.len == 1 && gap.ptr[0] == ' ')
        return false;
    while (pos < gap.len) {
        uint32_t c = bylaw__utf8_next(gap, &pos);

        lines += c == '\n';
        if (lines > 1 || is_breaking(c))
            return true;
        if (c == '.' && pos < gap.len &&
            bylaw__is_space((unsigned char)gap.ptr[pos]) &&
            !bylaw__word_is_abbreviation(before))
            return true;
    }
    return false;
}

/* Moves join on by one word. True when it is still alive or complete. */
static bool follow_join(const struct search *search, struct join *join,
                        struct bylaw_span word, bool solo)
{
    const struct bylaw__name_target *target =
        &search->name.targets[join->target];

    if (!word.len || word.len > target->len - join->at ||
        memcmp(target->text + join->at, word.ptr, word.len) != 0)
        return false;
    join->at += word.len;
    join->words++;
    join->solos += solo;
    return true;
}

static bool join_counts(const struct search *search, const struct join *join)
{
    const struct bylaw__name_target *target =
        &search->name.targets[join->target];

    if (join->at != target->len)
        return false;
    if (target->native)
        return true;
    if (join->solos)
        return !search->name.solo && join->solos >= SOLO_JOIN;
    return join->words == 1 || target->len >= JOIN_BYTES;
}

static void try_join(struct search *search, const struct join *from,
                     const struct bylaw__word *word,
                     const struct bylaw__name_form *forms, size_t count)
{
    bool native = search->name.targets[from->target].native;

    for (size_t k = 0; k < (native ? 1 : count); k++) {
        struct join join = *from;
        struct bylaw_span spelled = {forms[k].text, forms[k].len};

        if (!follow_join(search, &join, native ? word->norm : spelled,
                         word->solo))
            continue;
        if (join_counts(search, &join))
            keep_best(search, BYLAW__NAME_FULL, 1, join.begin, word->end);
        else if (search->join_count < JOINS)
            search->joins[search->join_count++] = join;
    }
}

static void follow_joins(struct search *search, const struct bylaw__word *word,
                         const struct bylaw__name_form *forms, size_t count,
                         bool breaks)
{
    struct join old[JOINS];
    size_t old_count = breaks ? 0 : search->join_count;

    memcpy(old, search->joins, old_count * sizeof(old[0]));
    search->join_count = 0;
    for (size_t i = 0; i < old_count; i++)
        try_join(search, &old[i], word, forms, count);
    for (size_t i = 0; i < BYLAW__NAME_TARGETS; i++) {
        struct join start = {i, 0, word->begin, 0, 0};

        if (search->name.targets[i].len)
            try_join(search, &start, word, forms, count);
    }
}

static unsigned count_bits(uint32_t mask)
{
    unsigned count = 0;

    for (; mask; mask &= mask - 1)
        count++;
    return count;
}

/* How sure the words found are, when not all were. */
static enum bylaw__name_match grade_subset(const struct bylaw__name *name,
                                           uint32_t found)
{
    uint32_t ends = 1u << name->surname | 1u << name->given;
    uint32_t letters = 0;

    for (size_t i = 0; i < name->count; i++)
        if (name->words[i].len < 2)
            letters |= 1u << i;
    if (!(found & ~letters))
        return BYLAW__NAME_NONE;
    if (!name->organisation && name->surname != name->given &&
        (found & ends) == ends)
        return BYLAW__NAME_INITIALS; /* only middle names are missing */
    return BYLAW__NAME_PARTIAL;
}

/* Reads back from the last word heard for as many of the name as stand next
 * to each other; a person may have one word in between. */
static void match_words(struct search *search)
{
    const struct bylaw__name *name = &search->name;
    uint32_t all = (1u << name->count) - 1, found = 0;
    uint32_t end = heard_back(search, 0)->end, begin = end;
    unsigned spare = name->organisation ? 0 : 1;
    size_t known = search->count < HEARD ? search->count : HEARD;

    for (size_t back = 0; back < known && found != all; back++) {
        const struct heard *word = heard_back(search, back);
        uint32_t mask = word->mask & ~found;

        if (back && heard_back(search, back - 1)->breaks)
            break;
        if (mask) {
            found |= mask & (~mask + 1);
            begin = word->begin;
        } else if (!word->particle && !spare--) {
            break;
        }
    }
    if (found == all && (!name->article || heard_back(search, 0)->capital))
        keep_best(search, BYLAW__NAME_FULL, count_bits(found), begin, end);
    else if (found == all)
        keep_best(search, BYLAW__NAME_PARTIAL, count_bits(found), begin, end);
    else
        keep_best(search, grade_subset(name, found), count_bits(found), begin,
                  end);
}

/* The letters before the surname, last first, against the given names. */
static void match_initials_before(struct search *search)
{
    const struct bylaw__name *name = &search->name;
    const struct heard *surname = heard_back(search, 0);
    size_t letters = 0;

    while (letters < name->initial_count + 1 && letters + 1 < search->count &&
           letters + 1 < HEARD && !heard_back(search, letters)->breaks &&
           heard_back(search, letters + 1)->initial)
        letters++;
    if (!letters)
        return;
    for (size_t i = 0; i < letters && i < name->initial_count; i++)
        if (heard_back(search, letters - i)->letter != name->initials[i])
            return;
    keep_best(search, BYLAW__NAME_INITIALS, 2,
              heard_back(search, letters)->begin, surname->end);
}

/* "Adel, A.": the letter has just been heard. */
static void match_initial_after(struct search *search)
{
    const struct bylaw__name *name = &search->name;
    const struct heard *letter = heard_back(search, 0);
    const struct heard *surname;

    if (search->count < 2 || letter->breaks ||
        letter->letter != name->initials[0])
        return;
    surname = heard_back(search, 1);
    if (surname->mask & 1u << name->surname)
        keep_best(search, BYLAW__NAME_INITIALS, 2, surname->begin, letter->end);
}

/* "J. Rowling" looked for, "Joanne Rowling" found. */
static void match_initial_spelled(struct search *search)
{
    const struct bylaw__name *name = &search->name;
    const struct heard *given;

    if (search->count < 2 || heard_back(search, 0)->breaks ||
        name->words[name->given].len != 1)
        return;
    given = heard_back(search, 1);
    if (given->capital && given->letter == name->initials[0])
        keep_best(search, BYLAW__NAME_INITIALS, 2, given->begin,
                  heard_back(search, 0)->end);
}

static void match_initials(struct search *search)
{
    const struct bylaw__name *name = &search->name;

    if (name->organisation || name->count < 2 || !name->initial_count ||
        name->words[name->surname].len < 2)
        return;
    if (heard_back(search, 0)->mask & 1u << name->surname) {
        match_initials_before(search);
        match_initial_spelled(search);
    }
    if (heard_back(search, 0)->initial)
        match_initial_after(search);
}

static void hear_word(struct search *search, const struct bylaw__word *word,
                      const struct bylaw__name_form *forms, size_t count,
                      bool breaks)
{
    struct heard *heard = &search->heard[search->count++ % HEARD];
    size_t raw = word->begin, norm = 0;

    heard->begin = word->begin;
    heard->end = word->end;
    heard->mask = word->solo ? 0 : mask_of(&search->name, forms, count);
    heard->breaks = breaks;
    heard->particle = bylaw__name_is_particle(word->norm);
    heard->capital = bylaw__utf8_next(search->text, &raw) !=
                     bylaw__utf8_next(word->norm, &norm);
    heard->initial = heard->capital && !word->solo && norm == word->norm.len;
    heard->letter = forms[0].len ? forms[0].text[0] : 0;
}

enum bylaw__name_match bylaw__name_find(struct bylaw_range *out_range,
                                        struct bylaw_span text,
                                        struct bylaw_span name)
{
    struct search search;
    struct bylaw__words words;
    struct bylaw__word word;
    char last[BYLAW_LIMIT_WORD_BYTES];
    struct bylaw_span before = {last, 0};
    size_t gap = 0;

    memset(&search, 0, offsetof(struct search, folds));
    bylaw__name_read(&search.name, name);
    bylaw__words_init(&words, text);
    search.text = words.text;
    while ((search.name.count || search.name.solo) &&
           search.best < BYLAW__NAME_FULL && bylaw__words_next(&word, &words)) {
        struct bylaw__name_form forms[FORMS];
        size_t count = make_forms(forms, &search, word.norm);
        bool breaks =
            gap_breaks(bylaw__span_sub(words.text, gap, word.begin), before);

        follow_joins(&search, &word, forms, count, breaks);
        hear_word(&search, &word, forms, count, breaks);
        if (heard_back(&search, 0)->mask)
            match_words(&search);
        match_initials(&search);
        before.len = word.norm.len;
        memcpy(last, word.norm.ptr, word.norm.len);
        gap = word.end;
    }
    if (out_range && search.best != BYLAW__NAME_NONE)
        *out_range = search.range;
    return search.best;
}
