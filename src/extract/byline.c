/* SPDX-License-Identifier: Apache-2.0 */
/* By-lines: who a line says wrote the text, and names in lists of names. */
#include "extract_text.h"

#define BYLINE_BYTES_MOST 200u /* a longer line is a sentence */
#define NAME_WORDS_MOST   7u   /* of one name; more is a clause */

/* What by-lines begin with, in the languages of the credit grammar. */
static const char *const openers[] = {
    "by ",
    "by: ",
    "written by ",
    "story by ",
    "text by ",
    "posted by ",
    "authored by ",
    "article by ",
    "reported by ",
    "interview by ",
    "von ",
    "ein beitrag von ",
    "ein artikel von ",
    "artikel von ",
    "beitrag von ",
    "veröffentlicht von ",
    "geschrieben von ",
    "eingestellt von ",
    "pressemitteilung von ",
    "interview: ",
    "text: ",
    "par ",
    "por ",
    "di ",
    "publicado por ",
    "publié par ",
    "écrit par ",
    "pubblicato da ",
    "de la redacción de ",
    "автор: ",
    "автор ",
    "author: ",
    "autor: ",
    "autoren: ",
    "autoren ",
    "autorin: ",
    "redaktion: ",
    "autor ",
    "auteur : ",
    "auteur: ",
    "autore: ",
    "autora: ",
    "autor/a: ",
    "作者：",
    "作者:",
    "文／",
    "文：",
    "文/",
    "بقلم ",
    "بقلم: ",
};

/* Words that join names; a comma, a slash and an ampersand do too. */
static const char *const joiners[] = {" and ", " und ",  " et ",  " y ", " e ",
                                      " & ",   " with ", " kaj ", " и ", " و "};

/* Words of a name that are written small. */
static const char *const particles[] = {
    "de", "da",  "do", "dos", "das", "del", "della", "di",  "du",  "des", "la",
    "le", "el",  "al", "bin", "ibn", "van", "von",   "der", "den", "ten", "ter",
    "zu", "zur", "of", "for", "the", "af",  "av",    "y",   "and", "und", "et"};

/* A part with one of these is, or belongs to, the name of an institution. */
static const char *const institutions[] = {
    "university", "institute", "institut",   "agency",   "press",   "news",
    "department", "ministry",  "foundation", "center",   "centre",  "college",
    "research",   "times",     "post",       "media",    "team",    "staff",
    "e.v.",       "verlag",    "redaktion",  "stiftung", "verband", "inc.",
    "ltd",        "gmbh",      "council",    "society"};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool is_trimmed(char c)
{
    return bylaw__is_space((unsigned char)c) || (c && strchr(",;:|*_-/", c));
}

static struct bylaw_span trim_name(struct bylaw_span name)
{
    while (name.len && is_trimmed(name.ptr[0]))
        name = bylaw__span_sub(name, 1, name.len);
    while (name.len && is_trimmed(name.ptr[name.len - 1]))
        name.len--;
    return name;
}

void bylaw__names_add(struct bylaw__names *names, struct bylaw_span name)
{
    name = trim_name(name);
    if (!name.len || name.len > BYLAW__NAME_BYTES ||
        names->count >= BYLAW__NAMES_MOST)
        return;
    for (size_t i = 0; i < names->count; i++)
        if (bylaw__span_eq_nocase(names->items[i], name))
            return;
    names->items[names->count++] = name;
}

bool bylaw__is_institution(struct bylaw_span name)
{
    for (size_t i = 0; i < COUNT(institutions); i++)
        if (bylaw__span_has_word(name, institutions[i]))
            return true;
    return false;
}

/* The comma of "Example, Inc." joins nothing. */
static bool is_before_suffix(struct bylaw_span s, size_t comma)
{
    static const char *const suffixes[] = {"inc", "llc", "ltd", "gmbh",
                                           "jr",  "sr",  "ph.d"};
    struct bylaw_span rest =
        bylaw__span_trim(bylaw__span_sub(s, comma + 1, s.len));

    for (size_t i = 0; i < COUNT(suffixes); i++) {
        size_t len = strlen(suffixes[i]);

        if (bylaw__span_starts_nocase(rest, suffixes[i]) &&
            (rest.len == len || !bylaw__is_alpha((unsigned char)rest.ptr[len])))
            return true;
    }
    return false;
}

/* Where the first joiner stands in s and how long it is; SIZE_MAX if none. */
static size_t find_joiner(struct bylaw_span s, size_t *len)
{
    size_t best = SIZE_MAX;

    for (size_t i = 0; i < COUNT(joiners); i++) {
        size_t found = bylaw__span_find_nocase(s, bylaw__span_of(joiners[i]));

        if (found < best) {
            best = found;
            *len = strlen(joiners[i]);
        }
    }
    for (size_t i = 0; i < s.len && i < best; i++) {
        if (s.ptr[i] && strchr(",;/|", s.ptr[i]) && !is_before_suffix(s, i)) {
            best = i;
            *len = 1;
        }
    }
    return best;
}

/* "Centre for Research and Policy" is one name, not two. */
static bool is_inside_institution(struct bylaw_span before, size_t joiner_len)
{
    return joiner_len > 1 && bylaw__is_institution(before) &&
           (bylaw__span_has_word(before, "of") ||
            bylaw__span_has_word(before, "for") ||
            bylaw__span_has_word(before, "für"));
}

void bylaw__names_split(struct bylaw__names *names, struct bylaw_span list)
{
    size_t len = 0, at;

    list = bylaw__span_sub(list, 0, BYLAW__NAME_BYTES * BYLAW__NAMES_MOST);
    while ((at = find_joiner(list, &len)) != SIZE_MAX &&
           names->count < BYLAW__NAMES_MOST) {
        struct bylaw_span name = bylaw__span_sub(list, 0, at);

        if (is_inside_institution(name, len))
            break;
        bylaw__names_add(names, name);
        list = bylaw__span_sub(list, at + len, list.len);
    }
    bylaw__names_add(names, list);
}

static bool is_small(struct bylaw_span word)
{
    for (size_t i = 0; i < COUNT(particles); i++)
        if (bylaw__span_is(word, particles[i]))
            return false;
    return word.ptr[0] >= 'a' && word.ptr[0] <= 'z';
}

bool bylaw__is_name_like(struct bylaw_span text)
{
    size_t words = 0, begin = 0;

    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && !bylaw__is_space((unsigned char)text.ptr[i])) {
            if (bylaw__is_digit((unsigned char)text.ptr[i]) ||
                strchr("@<>{}?!\"=", text.ptr[i]) /* NULs too */)
                return false;
            continue;
        }
        if (i > begin && is_small(bylaw__span_sub(text, begin, i)))
            return false;
        words += i > begin;
        begin = i + 1;
    }
    return words > 0 && words <= NAME_WORDS_MOST &&
           text.len <= BYLAW__NAME_BYTES;
}

/* Up to what ends a list of names: a date, a bar, a bullet, a bracket. */
static struct bylaw_span cut_names(struct bylaw_span text)
{
    static const char *const ends[] = {"@",   "\n",  " am ", " | ",
                                       " – ", " — ", " • ",  " · ",
                                       " - ", "]",   "("};

    if (text.len && text.ptr[0] == '[')
        text = bylaw__span_sub(text, 1, text.len);
    for (size_t i = 0; i < COUNT(ends); i++)
        text = bylaw__span_sub(text, 0,
                               bylaw__span_find(text, bylaw__span_of(ends[i])));
    for (size_t i = 0; i < text.len; i++)
        if (bylaw__is_digit((unsigned char)text.ptr[i]))
            text.len = i;
    return trim_name(text);
}

/* "By A. Author May 16, 2023": the month is no part of the name. */
static struct bylaw_span cut_date(struct bylaw_span text)
{
    char date[BYLAW__DATE_BYTES];
    struct bylaw_range at;

    return bylaw__date_find(date, &at, text, true)
               ? bylaw__span_sub(text, 0, at.begin)
               : text;
}

struct bylaw_span bylaw__byline_names(struct bylaw_span text)
{
    struct bylaw_span none = {text.ptr, 0}, names;
    struct bylaw__names parts = {0};

    while (text.len && is_trimmed(text.ptr[0]))
        text = bylaw__span_sub(text, 1, text.len);
    if (text.len > BYLINE_BYTES_MOST)
        return none;
    for (size_t i = 0; i < COUNT(openers); i++) {
        if (!bylaw__span_starts_nocase(text, openers[i]))
            continue;
        names = cut_names(cut_date(bylaw__span_trim(
            bylaw__span_sub(text, strlen(openers[i]), text.len))));
        bylaw__names_split(&parts, names);
        if (parts.count && bylaw__is_name_like(parts.items[0]))
            return names;
    }
    return none;
}

static bool is_publisher(const struct bylaw_document *document,
                         struct bylaw_span name)
{
    for (size_t i = 0; i < document->meta_count; i++)
        if (document->metas[i].key == BYLAW_META_PUBLISHER &&
            bylaw__span_eq_nocase(document->metas[i].value, name))
            return true;
    return false;
}

/* The publisher's own name says nothing where a person stands beside it. */
static void drop_publishers(struct bylaw__names *names,
                            const struct bylaw_document *document)
{
    struct bylaw__names people = {0};

    for (size_t i = 0; i < names->count; i++)
        if (!is_publisher(document, names->items[i]))
            people.items[people.count++] = names->items[i];
    if (people.count)
        *names = people;
}

void bylaw__authors_of(struct bylaw__names *out,
                       const struct bylaw_document *document)
{
    const struct bylaw_meta *first =
        bylaw_document_meta(document, BYLAW_META_AUTHOR);

    memset(out, 0, sizeof(*out));
    for (size_t i = 0; first && i < document->meta_count; i++) {
        const struct bylaw_meta *meta = &document->metas[i];
        struct bylaw_span stated;

        if (meta->key != BYLAW_META_AUTHOR ||
            strcmp(meta->origin, first->origin) != 0)
            continue;
        stated = bylaw__byline_names(meta->value);
        bylaw__names_split(out, stated.len ? stated : meta->value);
    }
    drop_publishers(out, document);
}
