/* SPDX-License-Identifier: Apache-2.0 */
/* notice.copyright: the copyright is acknowledged to those who hold it. */
#include "judge_int.h"

/* The best line found and how many holders it names. */
struct notice {
    const struct line *line;
    size_t named;
    bool has_publisher;
};

static const char *const *holders_wanted(const struct scene *scene,
                                         const struct bylaw_term *term,
                                         size_t *out_count)
{
    const char *const *given = param_list(scene, term, "holders", out_count);

    if (*out_count && strcmp(given[0], "from-source"))
        return given;
    *out_count = scene->c->source->holder_count;
    return scene->c->source->holders;
}

/* "(c) 2026 Example News" claims; "All rights reserved." names nobody. */
static bool claims_for_somebody(const struct line *line)
{
    struct bylaw_range at;
    struct bylaw_span rest;
    uint32_t letters = 0;

    if (!find_copyright_mark(&at, line->text))
        return false;
    rest = bylaw__span_sub(line->text, at.end, line->text.len);
    for (size_t i = 0; i < rest.len && rest.ptr[i] != '.'; i++)
        letters += bylaw__is_alpha((unsigned char)rest.ptr[i]) ||
                   (unsigned char)rest.ptr[i] >= 0xC3;
    return letters > 2;
}

/*
 * The part of a line that names holders. "By A. Adel. Source: X. Copyright
 * (c) Y" is one line, of which only Y is said to hold it: where credit of
 * another kind comes first and the mark is followed by a name, the notice
 * begins at the mark.
 */
static struct bylaw_span notice_part(const struct line *line)
{
    static const unsigned others = ROLES_ORIGIN |
                                   ROLE_BIT(BYLAW_PHRASE_PERMISSION) |
                                   ROLE_BIT(BYLAW_PHRASE_AUTHOR);
    struct bylaw_range mark;

    if (!find_copyright_mark(&mark, line->text) || !claims_for_somebody(line))
        return line->text;
    for (unsigned role = 1; role < ROLE_COUNT; role++)
        if ((line->roles & ROLE_BIT(role) & others) &&
            line->at[role].begin < mark.begin)
            return bylaw__span_sub(line->text, mark.begin, line->text.len);
    return line->text;
}

static bool names(const struct line *line, const char *name)
{
    return name_in(NULL, notice_part(line), line->is_foreign, name) >=
           BYLAW__NAME_INITIALS;
}

static size_t count_named(const struct line *line, const char *const *holders,
                          size_t count)
{
    size_t named = 0;

    for (size_t i = 0; i < count; i++)
        named += names(line, holders[i]);
    return named;
}

static bool names_publisher(const struct scene *scene, const struct line *line)
{
    for (size_t i = 0; i < scene->name_count; i++)
        if (name_in(NULL, notice_part(line), line->is_foreign,
                    scene->names[i]) == BYLAW__NAME_FULL)
            return true;
    return false;
}

#define LABEL_WORDS  3u
#define HOLDER_WORDS 40u

/* "Copyright" or "Rights (c)" in an element of its own, before the names. */
static bool is_label(const struct line *line)
{
    struct bylaw_range at;

    return line->seen &&
           count_words(line->text, LABEL_WORDS + 1) <= LABEL_WORDS &&
           find_copyright_mark(&at, line->text) && !claims_for_somebody(line);
}

/* The label of a line of names, or NULL. */
static const struct line *label_of(const struct scene *scene, size_t number)
{
    const struct line *line = &scene->lines[number];

    return number > 0 && is_label(&scene->lines[number - 1]) &&
                   count_words(line->text, HOLDER_WORDS + 1) <= HOLDER_WORDS
               ? line - 1
               : NULL;
}

/* Names stand where their label does. */
static enum stand stand_of_notice(const struct scene *scene, size_t number)
{
    const struct line *label = label_of(scene, number);
    enum stand own = scene->lines[number].stand;

    return label && label->stand > own ? label->stand : own;
}

static bool is_notice(const struct scene *scene, size_t number)
{
    const struct line *line = &scene->lines[number];
    struct bylaw_range at;

    if (label_of(scene, number))
        return true;
    if (line->stand >= STAND_PROSE)
        return line->roles & ROLE_BIT(BYLAW_PHRASE_COPYRIGHT);
    return find_copyright_mark(&at, line->text);
}

static void find_notice(struct notice *best, const struct scene *scene,
                        enum stand least, enum stand most, enum seen seen,
                        const char *const *holders, size_t count)
{
    memset(best, 0, sizeof(*best));
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];
        struct notice notice = {.line = line};
        enum stand stand = stand_of_notice(scene, i);

        if (stand < least || stand > most || line->seen != seen ||
            !is_notice(scene, i))
            continue;
        notice.named = count_named(line, holders, count);
        notice.has_publisher = names_publisher(scene, line);
        if (!best->line || notice.named > best->named ||
            (notice.named == best->named &&
             notice.has_publisher > best->has_publisher))
            *best = notice;
    }
}

static const char *missing_names(const struct scene *scene,
                                 const struct line *line,
                                 const char *const *holders, size_t count)
{
    const char **missing =
        bylaw__arena_alloc_array(scene->arena, count, sizeof(*missing));
    size_t found = 0;

    for (size_t i = 0; missing && i < count; i++)
        if (!names(line, holders[i]))
            missing[found++] = holders[i];
    return join_names(scene, missing, missing ? found : 0);
}

static void cite_notice(struct ruling *r, const struct scene *scene,
                        const struct line *line)
{
    struct bylaw_range at = {0, (uint32_t)line->text.len};

    cite_text(r, scene, line, at);
}

/* A visible notice in or beside the article decides at once. */
static bool decided_by_near(struct ruling *r, const struct scene *scene,
                            const struct notice *near,
                            const char *const *holders, size_t count)
{
    const struct line *line = near->line;

    if (!line)
        return false;
    if (near->named == count)
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "the copyright of %s is acknowledged",
                  join_names(scene, holders, count));
    else if (near->named)
        rule_partial(r, scene, "the copyright notice %s leaves out %s",
                     quote(scene, line->text),
                     missing_names(scene, line, holders, count));
    else if (near->has_publisher)
        rule_partial(r, scene, "the copyright notice names %s instead of %s",
                     scene->owner, join_names(scene, holders, count));
    else
        return false;
    cite_notice(r, scene, line);
    return true;
}

static bool decided_by_meta(struct ruling *r, const struct scene *scene,
                            const char *const *holders, size_t count)
{
    static const enum bylaw_meta_key keys[] = {BYLAW_META_COPYRIGHT_HOLDER,
                                               BYLAW_META_COPYRIGHT_NOTICE,
                                               BYLAW_META_NONE};

    for (size_t i = 0; i < count; i++) {
        struct hits hits = {0};

        find_name_in_meta(&hits, scene, holders[i], keys);
        if (!hits.best[HIT_META].how)
            continue;
        cite_hit(r, scene, &hits.best[HIT_META]);
        rule_unknown(r, scene,
                     "the copyright is stated only in the page's metadata, "
                     "which readers do not see");
        return true;
    }
    return false;
}

static bool decided_by_picture(struct ruling *r, const struct scene *scene,
                               const char *const *holders, size_t count)
{
    struct bylaw_range at;

    for (size_t i = 0; i < count; i++) {
        const struct bylaw_link *picture = picture_naming(scene, holders[i]);

        if (picture && find_copyright_mark(&at, picture->text))
            return rule_by_picture(r, scene, holders[i]);
    }
    return false;
}

/*
 * A site footer's notice names whoever runs the site, on each of its pages:
 * where it names none of the holders nor the publisher it says nothing of
 * this article, and its being there does not make the question open. Where it
 * names one of them it may be meant to cover the text: that is unknown.
 */
static void rule_by_others(struct ruling *r, const struct scene *scene,
                           const struct notice *near,
                           const char *const *holders, size_t count)
{
    struct notice notice;

    find_notice(&notice, scene, STAND_PROSE, STAND_CREDIT, SEEN_DOUBTFUL,
                holders, count);
    if (notice.line && (notice.named || notice.has_publisher)) {
        rule_unknown(r, scene,
                     "the copyright notice %s may be hidden from readers",
                     quote(scene, notice.line->text));
        cite_notice(r, scene, notice.line);
        return;
    }
    find_notice(&notice, scene, STAND_NOWHERE, STAND_OFF, SEEN_YES, holders,
                count);
    if (notice.line && (notice.named || notice.has_publisher)) {
        rule_unknown(r, scene,
                     "a copyright notice stands only away from the article, "
                     "in the %s: %s",
                     zone_words(notice.line->zone),
                     quote(scene, notice.line->text));
        cite_notice(r, scene, notice.line);
        return;
    }
    if (decided_by_meta(r, scene, holders, count) ||
        decided_by_picture(r, scene, holders, count))
        return;
    find_notice(&notice, scene, STAND_PROSE, STAND_CREDIT, SEEN_NO, holders,
                count);
    if (notice.line && notice.named) {
        rule_absent(r, scene, "the copyright notice is hidden from readers");
        cite_notice(r, scene, notice.line);
        return;
    }
    if (near->line && near->line->stand == STAND_CREDIT &&
        claims_for_somebody(near->line)) {
        rule_absent(r, scene,
                    "the copyright is claimed for somebody else: %s, the "
                    "holders are %s",
                    quote(scene, near->line->text),
                    join_names(scene, holders, count));
        cite_notice(r, scene, near->line);
        return;
    }
    rule_absent(r, scene, "the copyright of %s is not acknowledged",
                join_names(scene, holders, count));
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    size_t count;
    const char *const *holders = holders_wanted(scene, term, &count);
    struct notice near;

    if (!count) {
        rule_unknown(r, scene,
                     "it is not known who holds the article's copyright");
        return;
    }
    find_notice(&near, scene, STAND_PROSE, STAND_CREDIT, SEEN_YES, holders,
                count);
    if (!decided_by_near(r, scene, &near, holders, count))
        rule_by_others(r, scene, &near, holders, count);
    rule_one_link(r, scene, term);
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    size_t count;

    holders_wanted(scene, term, &count);
    return param_flag(term, "if-supplied") && !count
               ? "the source states no copyright notice"
               : NULL;
}

static const char *const params[] = {"holders", "one-link", "if-supplied",
                                     NULL};
static const char *const param_help[] = {
    "Whose copyright has to be acknowledged: from-source (default: the names "
    "in the source's own notice) or a list of names.",
    "A link to the original may stand in for it: missing is then incomplete.",
    "Asked for only where the source states a notice.", NULL};

const struct judge_term term_notice_copyright = {
    .info =
        {"notice.copyright", BYLAW_TERM_DUTY,
         "The copyright is acknowledged to its holders.",
         "Passes when a visible line in or beside the article with the "
         "copyright sign or word names every holder. Partly met when it names "
         "only some, or the publisher in their place. Unknown when such a "
         "line stands only in a site footer or sidebar, in the metadata, or "
         "may be hidden. Fails when the page was read whole and there is "
         "none, or the line beside the text claims the copyright for somebody "
         "else. A site footer that names only the site itself is no "
         "acknowledgement.",
         params, param_help},
    .label = "the copyright notice",
    .severity = 3,
    .needs = NEED_COPYRIGHT,
    .check = check,
    .evaluate = evaluate,
};
