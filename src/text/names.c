/* SPDX-License-Identifier: Apache-2.0 */
/* Taking a name apart: titles and articles aside, surname, initials. */
#include "names_int.h"

#define LONGEST_PARTICLE 5
#define COUNT(rows)      (sizeof(rows) / sizeof((rows)[0]))

static const char *const titles[] = {
    "by",    "dame",   "dipl", "dott",     "dr",        "esq",
    "frau",  "herr",   "ing",  "jr",       "madame",    "md",
    "miss",  "mlle",   "mme",  "monsieur", "mr",        "mrs",
    "ms",    "mx",     "phd",  "prof",     "professor", "rev",
    "señor", "señora", "sir",  "sr",       "reverend",
};

static const char *const articles[] = {
    "al", "das", "der", "die", "el",  "gli", "het",
    "il", "la",  "las", "le",  "les", "los", "the",
};

static const char *const particles[] = {
    "al",    "and", "as",  "bin", "da",  "das", "de",  "del",
    "della", "den", "der", "des", "di",  "do",  "dos", "du",
    "e",     "el",  "et",  "for", "ibn", "la",  "las", "le",
    "los",   "of",  "the", "und", "van", "von", "y",   "zu",
};

/* Between such words no middle name stands. */
static const char *const organisation_words[] = {
    "agency",     "and",           "association", "bureau",
    "center",     "centre",        "channel",     "coalition",
    "commission", "committee",     "company",     "council",
    "daily",      "digest",        "foundation",  "for",
    "gazette",    "global",        "group",       "herald",
    "institute",  "international", "journal",     "magazine",
    "media",      "ministry",      "monitor",     "network",
    "news",       "newspaper",     "observer",    "of",
    "online",     "party",         "post",        "press",
    "project",    "radio",         "report",      "research",
    "review",     "service",       "society",     "standard",
    "studies",    "telegraph",     "television",  "times",
    "today",      "tribune",       "tv",          "university",
    "watch",      "weekly",        "world",
};

static bool is_listed(struct bylaw_span norm, const char *const *list,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (norm.len && norm.ptr[0] == list[i][0] &&
            bylaw__span_is(norm, list[i]))
            return true;
    return false;
}

bool bylaw__name_is_particle(struct bylaw_span norm)
{
    return norm.len <= LONGEST_PARTICLE &&
           is_listed(norm, particles, COUNT(particles));
}

/* What is known of one word of a name before it is known which count. */
struct part {
    struct bylaw__name_form form;
    bool solo, letter, title, article, particle, organisation;
};

struct parts {
    struct part items[BYLAW_LIMIT_NAME_WORDS];
    struct bylaw__name_target native; /* all words in their own script */
    size_t count;
    size_t comma; /* number of the first part after a comma, or 0 */
};

static void add_form(struct bylaw__name_target *target, const char *text,
                     size_t len)
{
    if (len > sizeof(target->text) - target->len)
        len = sizeof(target->text) - target->len;
    memcpy(target->text + target->len, text, len);
    target->len += len;
}

static void read_part(struct part *out, const struct bylaw__word *word)
{
    char folded[BYLAW__FOLD_BYTES];
    size_t len = bylaw__word_fold(folded, word->norm), pos = 0;

    memset(out, 0, sizeof(*out));
    out->form.len = len < BYLAW__NAME_FORM_BYTES ? len : BYLAW__NAME_FORM_BYTES;
    memcpy(out->form.text, folded, out->form.len);
    bylaw__utf8_next(word->norm, &pos);
    out->solo = word->solo;
    out->letter = !word->solo && pos == word->norm.len;
    out->title = is_listed(word->norm, titles, COUNT(titles));
    out->article = is_listed(word->norm, articles, COUNT(articles));
    out->particle = bylaw__name_is_particle(word->norm);
    out->organisation =
        is_listed(word->norm, organisation_words, COUNT(organisation_words));
}

/* "Ph. D." is read as two words; as a title it is one. */
static void mark_doctor(struct parts *parts)
{
    for (size_t i = 0; i + 1 < parts->count; i++) {
        const struct bylaw__name_form *ph = &parts->items[i].form;
        const struct bylaw__name_form *d = &parts->items[i + 1].form;

        if (ph->len == 2 && !memcmp(ph->text, "ph", 2) && d->len == 1 &&
            d->text[0] == 'd')
            parts->items[i].title = parts->items[i + 1].title = true;
    }
}

static void read_parts(struct parts *out, struct bylaw_span text)
{
    struct bylaw__words words;
    struct bylaw__word word;
    size_t gap = 0;

    out->count = out->comma = 0;
    out->native = (struct bylaw__name_target){.native = true};
    bylaw__words_init(&words, text);
    while (out->count < BYLAW_LIMIT_NAME_WORDS &&
           bylaw__words_next(&word, &words)) {
        struct part *part = &out->items[out->count];

        read_part(part, &word);
        if (out->count && !out->comma && word.begin > gap &&
            memchr(text.ptr + gap, ',', word.begin - gap))
            out->comma = out->count;
        if (!part->title)
            add_form(&out->native, word.norm.ptr, word.norm.len);
        if (part->form.len)
            out->count++;
        gap = word.end;
    }
    mark_doctor(out);
}

/* Which parts make the name: how strictly they are chosen falls with level,
 * until something is left. */
enum level { WITHOUT_LETTERS, WITHOUT_PARTICLES, WITHOUT_TITLES, ALL };

static bool part_counts(const struct parts *parts, size_t i, enum level level)
{
    const struct part *part = &parts->items[i];

    if (level < ALL && part->title)
        return false;
    if (level < WITHOUT_TITLES && (part->particle || (!i && part->article)))
        return false;
    return level > WITHOUT_LETTERS || !part->letter;
}

static size_t count_parts(const struct parts *parts, enum level level)
{
    size_t count = 0;

    for (size_t i = 0; i < parts->count; i++)
        count += part_counts(parts, i, level);
    return count;
}

/* Letters are left out only where two longer words remain. */
static enum level choose_level(const struct parts *parts)
{
    if (count_parts(parts, WITHOUT_LETTERS) >= 2)
        return WITHOUT_LETTERS;
    for (int level = WITHOUT_PARTICLES; level < ALL; level++)
        if (count_parts(parts, (enum level)level))
            return (enum level)level;
    return ALL;
}

/* "Adel, Ahmed": the part after a comma holds the given names. */
static bool is_turned(const struct parts *parts, enum level level,
                      bool organisation)
{
    if (organisation || !parts->comma)
        return false;
    for (size_t i = parts->comma; i < parts->count; i++)
        if (part_counts(parts, i, level))
            return true;
    return false;
}

static void choose_words(struct bylaw__name *out, const struct parts *parts,
                         enum level level)
{
    bool turned;

    for (size_t i = 0; i < parts->count; i++)
        if (!parts->items[i].title && parts->items[i].organisation)
            out->organisation = true;
    turned = is_turned(parts, level, out->organisation);
    for (size_t i = 0; i < parts->count; i++) {
        if (!part_counts(parts, i, level))
            continue;
        if (turned && i < parts->comma)
            out->surname = out->count;
        if (turned && i >= parts->comma && !out->given)
            out->given = out->count;
        out->words[out->count++] = parts->items[i].form;
    }
    if (!turned)
        out->surname = out->count - 1;
    for (size_t i = turned ? parts->comma : 0; i < parts->count; i++)
        if (part_counts(parts, i, level) ||
            (parts->items[i].letter && !parts->items[i].title))
            out->initials[out->initial_count++] = parts->items[i].form.text[0];
    if (!turned && out->initial_count)
        out->initial_count--;
}

/* The joined forms: without a leading article, and with it. */
static void join_words(struct bylaw__name *out, const struct parts *parts)
{
    bool article = parts->count > 1 && parts->items[0].article;

    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->items[i];

        if (part->title)
            continue;
        if (i || !article)
            add_form(&out->targets[0], part->form.text, part->form.len);
        add_form(&out->targets[1], part->form.text, part->form.len);
    }
    out->article = article && out->count == 1;
    if (out->article)
        out->targets[0].len = 0;
    if (!article)
        out->targets[1].len = 0;
}

void bylaw__name_read(struct bylaw__name *out, struct bylaw_span text)
{
    struct parts parts;

    memset(out, 0, sizeof(*out));
    read_parts(&parts, text);
    if (!parts.count)
        return;
    for (size_t i = 0; i < parts.count; i++)
        out->solo = out->solo || parts.items[i].solo;
    if (!out->solo)
        choose_words(out, &parts, choose_level(&parts));
    join_words(out, &parts);
    if (out->solo)
        out->targets[1] = parts.native;
}
