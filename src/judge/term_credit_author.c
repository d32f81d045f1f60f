/* SPDX-License-Identifier: Apache-2.0 */
/* credit.author: whoever wrote the article is named as its author. */
#include "judge_int.h"

#define BYLINE_BYTES 80u

static const enum bylaw_meta_key author_keys[] = {BYLAW_META_AUTHOR,
                                                  BYLAW_META_NONE};

/* How one author fared. */
struct search {
    const char *name;
    struct hits hits;
    enum hit_worth full; /* best place of the full name or its initials */
};

static void search_author(struct search *search, const struct scene *scene,
                          const char *name)
{
    memset(search, 0, sizeof(*search));
    search->name = name;
    find_name(&search->hits, scene, name);
    find_name_in_meta(&search->hits, scene, name, author_keys);
    search->full = best_worth(&search->hits, BYLAW__NAME_INITIALS);
}

/* An author in the page's metadata is credited by the page: readers of the
 * metadata (feeds, search engines) show it. */
static bool is_named(const struct search *search)
{
    return search->full == HIT_CREDIT ||
           search->hits.best[HIT_META].how == BYLAW__NAME_FULL;
}

static const struct hit *credit_hit(const struct search *search)
{
    return search->full == HIT_CREDIT ? &search->hits.best[HIT_CREDIT]
                                      : &search->hits.best[HIT_META];
}

static enum bylaw_confidence sureness(const struct search *search)
{
    return credit_hit(search)->how == BYLAW__NAME_FULL &&
                   !credit_hit(search)->meta
               ? BYLAW_CONFIDENCE_HIGH
               : BYLAW_CONFIDENCE_MEDIUM;
}

/* The visible by-line: a line that begins by naming a writer. */
static const struct line *find_byline(const struct scene *scene)
{
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];

        if (line->seen == SEEN_YES && line->stand >= STAND_PROSE &&
            (line->roles & ROLE_BIT(BYLAW_PHRASE_AUTHOR)) &&
            line->at[BYLAW_PHRASE_AUTHOR].end < line->text.len)
            return line;
    }
    return NULL;
}

static void rule_nowhere(struct ruling *r, const struct scene *scene,
                         const char *name)
{
    const struct line *line = find_byline(scene);
    struct bylaw_range at;

    if (rule_by_picture(r, scene, name))
        return;
    if (!line) {
        rule_absent(r, scene, "the author %s is not named", name);
        return;
    }
    at = line->at[BYLAW_PHRASE_AUTHOR];
    at.end = (uint32_t)line->text.len;
    if (at.end - at.begin > BYLINE_BYTES) {
        at.end = at.begin + BYLINE_BYTES;
        while (at.end > at.begin &&
               ((unsigned char)line->text.ptr[at.end] & 0xC0) == 0x80)
            at.end--;
    }
    cite_text(r, scene, line, at);
    rule_absent(r, scene, "the author %s is not named, the by-line reads %s",
                name,
                quote(scene, bylaw__span_sub(line->text, at.begin, at.end)));
}

static void rule_unnamed(struct ruling *r, const struct scene *scene,
                         const struct search *search)
{
    const struct hits *hits = &search->hits;
    enum hit_worth worth = search->full;
    const char *name = search->name;

    if (worth == HIT_DOUBTFUL)
        rule_unknown(r, scene,
                     "the author %s is named in a line that readers may not "
                     "see",
                     name);
    else if (hits->best[HIT_CREDIT].how == BYLAW__NAME_PARTIAL) {
        worth = HIT_CREDIT;
        rule_unknown(r, scene,
                     "only part of the author's name %s stands in the credit",
                     name);
    } else if (worth == HIT_PROSE || worth == HIT_COPIED)
        rule_unknown(r, scene,
                     "the name %s stands only in running text, where it need "
                     "not mean the author",
                     name);
    else if (worth == HIT_OFF)
        rule_unknown(r, scene,
                     "the author %s is named only away from the article, in "
                     "the %s",
                     name, zone_words(hits->best[worth].line->zone));
    else if (worth == HIT_META)
        rule_unknown(r, scene,
                     "the metadata names an author whose name only resembles "
                     "%s",
                     name);
    else if (worth == HIT_HIDDEN)
        rule_absent(r, scene, "the author %s is named only in hidden text",
                    name);
    else {
        rule_nowhere(r, scene, name);
        return;
    }
    cite_hit(r, scene, &hits->best[worth]);
}

/* The institution belongs to the author's credit where the rule says so. */
static void rule_institution(struct ruling *r, const struct scene *scene,
                             const struct bylaw_term *term)
{
    const char *institution = bylaw_term_param(term, "institution");
    struct hits hits = {0};

    if (r->outcome != BYLAW_OUTCOME_PASS || !institution ||
        !strcmp(institution, "false") || !strcmp(institution, "no"))
        return;
    if (param_flag(term, "institution")) {
        rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                  "%s, whether the institution is named too has to be read",
                  r->clause);
        return;
    }
    find_name(&hits, scene, institution);
    if (best_worth(&hits, BYLAW__NAME_FULL) == HIT_CREDIT)
        cite_hit(r, scene, &hits.best[HIT_CREDIT]);
    else
        rule_partial(r, scene, "the author is named without the institution %s",
                     institution);
}

static void rule_any(struct ruling *r, const struct scene *scene)
{
    const struct bylaw_source *source = scene->c->source;
    struct search search, best = {0};

    for (size_t i = 0; i < source->author_count; i++) {
        search_author(&search, scene, source->authors[i]);
        if (!best.name || search.full > best.full ||
            (is_named(&search) && !is_named(&best)))
            best = search;
        if (is_named(&best))
            break;
    }
    if (!is_named(&best)) {
        rule_unnamed(r, scene, &best);
        return;
    }
    cite_hit(r, scene, credit_hit(&best));
    rule_pass(r, scene, sureness(&best), "the author %s is named%s", best.name,
              credit_hit(&best)->meta ? " in the page's metadata" : "");
}

static void rule_all(struct ruling *r, const struct scene *scene)
{
    const struct bylaw_source *source = scene->c->source;
    const char **missing =
        bylaw__arena_alloc_array(scene->arena, source->author_count,
                                 sizeof(*missing));
    struct search search, worst = {0};
    enum bylaw_confidence sure = BYLAW_CONFIDENCE_HIGH;
    size_t count = 0;

    for (size_t i = 0; missing && i < source->author_count; i++) {
        search_author(&search, scene, source->authors[i]);
        if (is_named(&search)) {
            cite_hit(r, scene, credit_hit(&search));
            if (sureness(&search) < sure)
                sure = sureness(&search);
            continue;
        }
        missing[count++] = search.name;
        if (!worst.name || search.full < worst.full)
            worst = search;
    }
    if (!count)
        rule_pass(r, scene, sure, "every author is named: %s",
                  join_names(scene, source->authors, source->author_count));
    else if (count == source->author_count || worst.full > HIT_NONE)
        rule_unnamed(r, scene, &worst);
    else
        rule_partial(r, scene, "of the authors, %s %s not named",
                     join_names(scene, missing, count),
                     count == 1 ? "is" : "are");
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    const struct bylaw_source *source = scene->c->source;

    if (!source->author_count) {
        rule_unknown(r, scene, "it is not known who wrote the article");
        return;
    }
    if (param_flag(term, "all") && source->author_count > 1)
        rule_all(r, scene);
    else
        rule_any(r, scene);
    rule_institution(r, scene, term);
    rule_one_link(r, scene, term);
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    return param_flag(term, "if-supplied") && !scene->c->source->author_count
               ? "the source names no author"
               : NULL;
}

static const char *const params[] = {"all", "institution", "one-link",
                                     "if-supplied", NULL};
static const char *const param_help[] = {
    "Every author has to be named; otherwise one suffices.",
    "The author's institution has to be named too; its name, or true.",
    "A link to the original may stand in for it: missing is then incomplete.",
    "Asked for only where the source names an author.", NULL};

const struct judge_term term_credit_author = {
    .info =
        {"credit.author", BYLAW_TERM_DUTY, "The author is named as such.",
         "Passes when the author's name, in any order, spelling of accents or "
         "with initials, stands in the by-line, in a credit line or sentence, "
         "or as the author in the page's metadata. Partly met when some of "
         "several required authors are missing. Unknown when only the surname "
         "stands there, or the name occurs only in running text, where it may "
         "be the subject. Fails when the page was read whole and the name is "
         "nowhere or hidden; a by-line naming somebody else is quoted.",
         params, param_help},
    .label = "the author's name",
    .severity = 3,
    .needs = NEED_AUTHOR,
    .check = check,
    .evaluate = evaluate,
};
