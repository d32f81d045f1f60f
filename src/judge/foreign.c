/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names in other scripts. Who writes "Глобал Рисёрч" or "アーメド・アデル" gives
 * credit, spelled by ear: folding to Latin letters seldom gives the very name
 * back. The consonants of both are compared, those that ears mix up as one; a
 * likeness in a line of credit makes the question open, never a pass.
 */
#include "judge_int.h"

#define LETTERS_MAX 64u  /* of one name; longer ones are cut */
#define PART_BYTES  120u /* of a line, in which a name is looked for */
/* Of a name's consonants in order, in about as many of the line's. */
#define ALIKE_SHARE  0.7
#define LETTERS_MIN  3u
#define LINE_LETTERS 240u

/** Consonants of a text, and where its words begin among them. */
struct sounds {
    char letters[LINE_LETTERS];
    size_t count;
    size_t words[LINE_LETTERS];
    size_t word_count;
};

/* 0: no consonant, or one that scripts leave out or ears do not tell apart. */
static char sound_of(char c)
{
    switch (c) {
    case 'b':
    case 'f':
    case 'p':
    case 'v':
        return 'p';
    case 'c':
    case 'k':
    case 'q':
    case 'g':
        return 'k';
    case 'd':
    case 't':
        return 't';
    case 'j':
    case 's':
    case 'x':
    case 'z':
        return 's';
    case 'l':
    case 'r':
        return 'r';
    case 'm':
    case 'n':
        return c;
    default:
        return 0;
    }
}

static bool hear(struct sounds *out, struct bylaw_span text)
{
    struct bylaw__buf folded;
    bool ok, starts = true;

    memset(out, 0, sizeof(*out));
    bylaw__buf_init(&folded, 0);
    ok = !bylaw__text_fold_name(&folded, text);
    for (size_t i = 0; ok && i < folded.len && out->count < LINE_LETTERS; i++) {
        char sound = sound_of(bylaw__lower(folded.ptr[i]));

        starts |= folded.ptr[i] == ' ';
        if (!sound ||
            (!starts && out->count && out->letters[out->count - 1] == sound))
            continue;
        if (starts)
            out->words[out->word_count++] = out->count;
        out->letters[out->count++] = sound;
        starts = false;
    }
    bylaw__buf_release(&folded);
    return ok && out->count;
}

/* Length of the longest sequence that both hold in order. */
static size_t common(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t row[LETTERS_MAX + 1] = {0};

    for (size_t i = 0; i < a_len; i++) {
        size_t left_above = 0;

        for (size_t k = 0; k < b_len; k++) {
            size_t above = row[k + 1];

            if (a[i] == b[k])
                row[k + 1] = left_above + 1;
            else if (row[k] > row[k + 1])
                row[k + 1] = row[k];
            left_above = above;
        }
    }
    return row[b_len];
}

static bool sounds_alike(const struct sounds *line, const struct sounds *name)
{
    size_t len = name->count < LETTERS_MAX ? name->count : LETTERS_MAX;
    size_t window = len + len / 4 + 1;

    if (len < LETTERS_MIN)
        return false;
    for (size_t i = 0; i < line->word_count; i++) {
        size_t begin = line->words[i], end = begin + window;

        if (end > line->count)
            end = line->count;
        if ((double)common(line->letters + begin, end - begin, name->letters,
                           len) >= ALIKE_SHARE * (double)len)
            return true;
    }
    return false;
}

/* Letters beyond Latin ones; Chinese characters by *out_han. */
static bool has_other_script(struct bylaw_span text, bool *out_han)
{
    size_t pos = 0, count = 0;

    *out_han = false;
    while (pos < text.len) {
        uint32_t cp = bylaw__utf8_next(text, &pos);

        count += (cp >= 0x370 && cp < 0x1E00) || (cp >= 0x3040 && cp < 0xE000);
        *out_han |= cp >= 0x4E00 && cp < 0xA000;
    }
    return count >= LETTERS_MIN;
}

/* Where the words of a credit begin that a phrase of these roles introduces;
 * a short line in the place of credit is all of it. */
static struct bylaw_span named_part(const struct line *line, unsigned roles)
{
    for (unsigned role = 1; role < ROLE_COUNT; role++)
        if (line->roles & roles & ROLE_BIT(role)) {
            size_t begin = line->at[role].end, end = begin + PART_BYTES;

            if (end > line->text.len)
                end = line->text.len;
            while (end < line->text.len &&
                   ((unsigned char)line->text.ptr[end] & 0xC0) == 0x80)
                end++;
            return bylaw__span_sub(line->text, begin, end);
        }
    return line->stand == STAND_CREDIT && line->text.len <= PART_BYTES
               ? line->text
               : BYLAW__SPAN("");
}

/* Latin letters are left out: a name in them is read as it stands. */
static void copy_other_script(struct bylaw__buf *out, struct bylaw_span text)
{
    size_t pos = 0;

    while (pos < text.len) {
        size_t begin = pos;
        uint32_t cp = bylaw__utf8_next(text, &pos);

        if (cp < 0x370)
            bylaw__buf_add_char(out, ' ');
        else
            bylaw__buf_add_span(out, bylaw__span_sub(text, begin, pos));
    }
}

/* A credit with a name in Latin letters has no other in translation. */
static bool names_latin(struct bylaw_span part)
{
    size_t letters = 0;

    for (size_t i = 0; i < part.len; i++)
        letters += bylaw__is_alpha((unsigned char)part.ptr[i]);
    return letters >= LETTERS_MIN;
}

/* The name of an organisation is more often translated than spelled in
 * Chinese characters; then nothing of it is left to hear. */
static bool may_name(struct bylaw_span part, const char *name,
                     bool is_translated)
{
    struct sounds heard, wanted;
    struct bylaw__buf own;
    bool has_han, may = false;

    bylaw__buf_init(&own, 0);
    copy_other_script(&own, part);
    if (!own.failed && has_other_script(bylaw__buf_span(&own), &has_han))
        may = (is_translated && has_han) ||
              (hear(&heard, bylaw__buf_span(&own)) &&
               hear(&wanted, bylaw__span_of(name)) &&
               sounds_alike(&heard, &wanted));
    bylaw__buf_release(&own);
    return may;
}

static const struct line *find_line(const struct scene *scene, unsigned roles,
                                    const char *name, bool is_translated)
{
    for (size_t i = 0; name && *name && i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];

        if (line->seen && line->is_foreign && line->is_read &&
            may_name(named_part(line, roles), name,
                     is_translated && (line->roles & ROLES_ORIGIN) &&
                         !names_latin(named_part(line, roles))))
            return line;
    }
    return NULL;
}

static const struct line *find_any(const struct scene *scene, unsigned roles,
                                   const char *const *names, size_t count,
                                   bool is_translated)
{
    const struct line *line = NULL;

    for (size_t i = 0; i < count && !line; i++)
        line = find_line(scene, roles, names[i], is_translated);
    return line;
}

/* Each holder that no notice names has to be heard in one. */
static const struct line *find_holders(const struct scene *scene)
{
    const unsigned role = ROLE_BIT(BYLAW_PHRASE_COPYRIGHT);
    const struct bylaw_source *source = scene->c->source;
    const struct line *line = NULL, *heard = NULL;

    for (size_t i = 0; i < source->holder_count; i++) {
        bool is_named = false;

        for (size_t k = 0; k < scene->line_count && !is_named; k++)
            is_named = (scene->lines[k].roles & role) && scene->lines[k].seen &&
                       name_in(NULL, scene->lines[k].text, true,
                               source->holders[i]) >= BYLAW__NAME_INITIALS;
        if (is_named)
            continue;
        line = find_line(scene, role, source->holders[i], false);
        if (!line)
            return NULL;
        heard = line;
    }
    return heard;
}

static const struct line *find_needed(const struct scene *scene, unsigned needs)
{
    const unsigned holds = ROLE_BIT(BYLAW_PHRASE_COPYRIGHT);
    const struct bylaw_source *source = scene->c->source;

    if (needs & NEED_PUBLISHER)
        return find_any(scene, ROLES_NAMING, scene->names, scene->name_count,
                        true);
    if (needs & NEED_UPSTREAM)
        return find_line(scene, ROLES_NAMING, source->upstream.publisher, true);
    if (needs & NEED_AUTHOR)
        return find_any(scene, ROLE_BIT(BYLAW_PHRASE_AUTHOR) | holds,
                        source->authors, source->author_count, false);
    return needs & NEED_COPYRIGHT ? find_holders(scene) : NULL;
}

void doubt_by_foreign_names(struct ruling *r, const struct scene *scene,
                            unsigned needs)
{
    const struct line *line;

    if (r->outcome != BYLAW_OUTCOME_FAIL || !r->by_absence)
        return;
    line = find_needed(scene, needs);
    if (!line)
        return;
    r->outcome = BYLAW_OUTCOME_UNKNOWN;
    r->confidence = BYLAW_CONFIDENCE_LOW;
    r->is_partial = false;
    cite_text(r, scene, line,
              (struct bylaw_range){0, (uint32_t)line->text.len});
    r->clause = bylaw__arena_printf(scene->arena,
                                    "%s, but %s may name it in another script",
                                    r->clause, quote(scene, line->text));
}
