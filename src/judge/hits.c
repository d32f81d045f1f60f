/* SPDX-License-Identifier: Apache-2.0 */
/* Where a name stands on the page, and what it is worth there as credit. */
#include "judge_int.h"

/* Bytes between a credit phrase and the name it introduces, or a name that
 * stands before it ("Ahmed Adel (c) 2023"). */
#define AFTER_PHRASE_BYTES  160u
#define BEFORE_PHRASE_BYTES 60u
#define OCCURRENCES_MAX     8
#define LABEL_WORDS         8u
#define LONG_LINE_BYTES     (64u << 10) /* of these the first one only */

/* Roles whose name may come first: "X is where this was first published". */
#define ROLES_NAME_FIRST                                                       \
    (ROLE_BIT(BYLAW_PHRASE_ORIGINAL) | ROLE_BIT(BYLAW_PHRASE_REPUBLISHED) |    \
     ROLE_BIT(BYLAW_PHRASE_COPYRIGHT))

static size_t word_end(const char *name, size_t at)
{
    while (bylaw__is_alnum((unsigned char)name[at]))
        at++;
    return at;
}

/* Small words of names, which stand in any text and make no match alone. */
static bool is_small_word(struct bylaw_span word)
{
    static const char *const small[] = {"of", "on", "for", "the", "and", "in",
                                        "de", "la", "le",  "du",  "der", "sur"};

    for (size_t i = 0; word.len <= 3 && i < sizeof(small) / sizeof(small[0]);
         i++)
        if (bylaw__span_is_nocase(word, small[i]))
            return true;
    return false;
}

/* A word of two letters or more: the text must hold one to match at all. */
static bool shares_word(struct bylaw_span text, const char *name)
{
    size_t at = 0;

    while (name[at]) {
        size_t end = word_end(name, at);
        struct bylaw_span word = {name + at, end - at};

        if (word.len >= 2 && !is_small_word(word) &&
            bylaw__span_find_nocase(text, word) != SIZE_MAX)
            return true;
        at = end > at ? end : at + 1;
    }
    return false;
}

enum bylaw__name_match name_in(struct bylaw_range *out, struct bylaw_span text,
                               bool is_foreign, const char *name)
{
    struct bylaw_span span = bylaw__span_of(name);

    if (!is_foreign && !has_foreign_letters(span) && !shares_word(text, name))
        return BYLAW__NAME_NONE;
    return bylaw__name_find(out, text, span);
}

/* A name that has no word to go by may stand anywhere. */
static bool has_word(const char *name)
{
    return shares_word(bylaw__span_of(name), name);
}

bool may_hold_name(const struct scene *scene, const struct line *line,
                   const char *name)
{
    return !line->is_foreign || has_foreign_letters(bylaw__span_of(name)) ||
           shares_word(line_squeezed(scene, line), name) || !has_word(name);
}

/* Whether a phrase before the name at is nearer to it than any so far. */
static bool comes_nearer(uint32_t *nearest, struct bylaw_range phrase,
                         struct bylaw_range at)
{
    uint32_t end = phrase.end;

    if (phrase.begin > at.begin)
        return false;
    if (end > at.begin) /* the phrase's own slot holds the name */
        end = at.begin;
    if (at.begin - end >= *nearest)
        return false;
    *nearest = at.begin - end;
    return true;
}

/* The phrase that introduces the name: the nearest one before it, else one
 * right after it. */
static enum bylaw_phrase_role governing_role(const struct line *line,
                                             struct bylaw_range at)
{
    enum bylaw_phrase_role best = 0;
    uint32_t nearest = AFTER_PHRASE_BYTES + 1;

    for (unsigned role = 1; role < ROLE_COUNT; role++) {
        if (!(line->roles & ROLES_NAMING & ROLE_BIT(role)))
            continue;
        if (comes_nearer(&nearest, line->at[role], at))
            best = (enum bylaw_phrase_role)role;
    }
    if (line->mark.end && comes_nearer(&nearest, line->mark, at))
        best = BYLAW_PHRASE_COPYRIGHT;
    for (unsigned role = 1; !best && role < ROLE_COUNT; role++)
        if ((line->roles & ROLES_NAME_FIRST & ROLE_BIT(role)) &&
            line->at[role].begin >= at.end &&
            line->at[role].begin - at.end <= BEFORE_PHRASE_BYTES)
            best = (enum bylaw_phrase_role)role;
    return best;
}

/* True for "Global Research, May 16, 2023" or a name alone on its line: it
 * begins a short line beside or at the edge of the copied text, and no word
 * after it is in small letters, as words of a sentence would be. */
static bool is_label(const struct scene *scene, const struct hit *hit)
{
    const struct line *line = hit->line;
    struct bylaw_span text = line->text;

    if (!line->is_read || hit->at.begin != 0 ||
        scene->c->document->blocks[line->block].heading ||
        count_words(text, LABEL_WORDS + 1) > LABEL_WORDS)
        return false;
    for (size_t i = hit->at.end; i < text.len; i++)
        if (text.ptr[i - 1] == ' ' && text.ptr[i] >= 'a' && text.ptr[i] <= 'z')
            return false;
    return true;
}

static enum hit_worth worth_of(const struct scene *scene, const struct hit *hit)
{
    const struct line *line = hit->line;

    if (line->stand == STAND_NOWHERE)
        return HIT_NONE;
    if (line->stand == STAND_OFF)
        return line->seen ? HIT_OFF : HIT_NONE;
    if (line->stand == STAND_CREDIT || hit->role || hit->is_label) {
        if (line->seen == SEEN_YES)
            return HIT_CREDIT;
        return line->seen == SEEN_DOUBTFUL ? HIT_DOUBTFUL : HIT_HIDDEN;
    }
    if (!line->seen)
        return HIT_NONE;
    return scene_is_copied(scene, line_bytes(scene, line, hit->at)) ? HIT_COPIED
                                                                    : HIT_PROSE;
}

static void keep_best(struct hits *hits, const struct hit *hit,
                      enum hit_worth worth)
{
    if (worth != HIT_NONE && hit->how > hits->best[worth].how)
        hits->best[worth] = *hit;
}

/* Whether a name on this line could be worth more than what was found: most
 * lines of a page are menus and footers, and looking costs more than this. */
static bool is_worth_looking(const struct hits *hits, const struct line *line)
{
    if (line->stand == STAND_NOWHERE)
        return false;
    return line->stand != STAND_OFF ||
           (line->seen && hits->best[HIT_OFF].how < BYLAW__NAME_FULL);
}

void find_name_in_line(struct hits *hits, const struct scene *scene,
                       const struct line *line, const char *name)
{
    int most = line->text.len > LONG_LINE_BYTES ? 1 : OCCURRENCES_MAX;
    uint32_t from = 0;

    if (!is_worth_looking(hits, line) || !may_hold_name(scene, line, name))
        return;
    for (int i = 0; i < most && from < line->text.len; i++) {
        struct hit hit = {.line = line};

        hit.how =
            name_in(&hit.at, bylaw__span_sub(line->text, from, line->text.len),
                    line->is_foreign, name);
        if (hit.how == BYLAW__NAME_NONE)
            return;
        hit.at.begin += from;
        hit.at.end += from;
        hit.role = governing_role(line, hit.at);
        if (hit.role)
            hit.phrase = line->at[hit.role];
        hit.is_label = is_label(scene, &hit);
        keep_best(hits, &hit, worth_of(scene, &hit));
        from = hit.at.end > from ? hit.at.end : from + 1;
    }
}

void find_name(struct hits *hits, const struct scene *scene, const char *name)
{
    for (size_t i = 0; i < scene->line_count; i++)
        find_name_in_line(hits, scene, &scene->lines[i], name);
}

/* Only what stands among credit, or has its grammar read, can be credit. */
static bool may_be_credit(const struct line *line)
{
    return line->stand == STAND_CREDIT || line->is_read;
}

void find_names(struct hits *hits, const struct scene *scene,
                const char *const *names, size_t count)
{
    for (int pass = 0; pass < 2; pass++) {
        for (size_t n = 0; n < count; n++)
            for (size_t i = 0; i < scene->line_count; i++)
                if (may_be_credit(&scene->lines[i]) == !pass)
                    find_name_in_line(hits, scene, &scene->lines[i], names[n]);
        if (hits->best[HIT_CREDIT].how == BYLAW__NAME_FULL)
            return;
    }
}

/* An author's line read as metadata is that line again, seen or hidden. */
static bool is_read_off_lines(const struct bylaw_meta *meta)
{
    return !strcmp(meta->origin, "text");
}

void find_name_in_meta(struct hits *hits, const struct scene *scene,
                       const char *name, const enum bylaw_meta_key *keys)
{
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; i < document->meta_count; i++) {
        struct hit hit = {.meta = &document->metas[i]};
        const enum bylaw_meta_key *key = keys;

        while (*key && *key != hit.meta->key)
            key++;
        if (!*key || is_read_off_lines(hit.meta))
            continue;
        hit.how = name_in(&hit.at, hit.meta->value, true, name);
        keep_best(hits, &hit, HIT_META);
    }
}

enum hit_worth best_worth(const struct hits *hits, enum bylaw__name_match least)
{
    for (int worth = HIT_CREDIT; worth > HIT_NONE; worth--)
        if (hits->best[worth].how >= least)
            return (enum hit_worth)worth;
    return HIT_NONE;
}

const struct bylaw_link *picture_naming(const struct scene *scene,
                                        const char *name)
{
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; i < document->link_count; i++) {
        const struct bylaw_link *link = &document->links[i];

        if (!strcmp(link->element, "img") && link->text.len &&
            seen_of(link->visibility) != SEEN_NO &&
            link->zone != BYLAW_ZONE_NAV && link->zone != BYLAW_ZONE_FOOTER &&
            name_in(NULL, link->text, has_foreign_letters(link->text), name) ==
                BYLAW__NAME_FULL)
            return link;
    }
    return NULL;
}
