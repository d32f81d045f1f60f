/* SPDX-License-Identifier: Apache-2.0 */
/* Which version was copied: the source, or what the source was taken from. */
#include "judge_int.h"

/* This many words of the publisher's own frame are no accident. */
#define FURNITURE_WORDS_MIN 12u

static bool credits_publisher(const struct scene *scene, const char **out_why)
{
    struct hits hits = {0};

    find_names(&hits, scene, scene->names, scene->name_count);
    if (hits.best[HIT_CREDIT].how != BYLAW__NAME_FULL)
        return false;
    *out_why =
        bylaw__arena_printf(scene->arena, "the page credits %s", scene->owner);
    return true;
}

static bool links_to_publisher(const struct scene *scene, const char **out_why)
{
    static const enum reach reaches[] = {REACH_ARTICLE, REACH_MAYBE, REACH_HOME,
                                         REACH_SITE};

    for (size_t i = 0; i < sizeof(reaches) / sizeof(reaches[0]); i++) {
        const struct way *way =
            scene_way(scene, reaches[i], STAND_PROSE, SEEN_YES);

        if (!way)
            continue;
        *out_why = bylaw__arena_printf(scene->arena,
                                       "the page links to the site of %s",
                                       scene->owner);
        return true;
    }
    return false;
}

bool credits_or_links_publisher(const struct scene *scene)
{
    const char *why;

    return credits_publisher(scene, &why) || links_to_publisher(scene, &why);
}

/* A standing phrase of the publisher's ("The original source of this article
 * is ...") names the upstream on every copy made from the publisher. */
static bool is_publishers_phrase(const struct scene *scene,
                                 const struct line *line,
                                 struct bylaw_range phrase)
{
    const struct bylaw_rule *rule = scene->c->rule;
    struct bylaw_range at;

    for (size_t i = 0; rule && i < rule->furniture_count; i++)
        if (bylaw__phrase_find(&at, line->text,
                               bylaw__span_of(rule->furniture[i])) &&
            at.begin < phrase.end && phrase.begin < at.end)
            return true;
    return false;
}

/* True where the line speaks of where the article came from in words that
 * are not the publisher's standing ones, or in no words at all. */
static bool is_own_origin(const struct scene *scene, const struct line *line)
{
    bool has_origin = false;

    for (unsigned role = 1; role < ROLE_COUNT; role++) {
        if (!(line->roles & ROLES_ORIGIN & ROLE_BIT(role)))
            continue;
        if (!is_publishers_phrase(scene, line, line->at[role]))
            return true;
        has_origin = true;
    }
    return !has_origin && !(line->roles & ROLE_BIT(BYLAW_PHRASE_COPYRIGHT));
}

/* A copyright line names holders, whichever version was copied. */
static bool is_copyright_hit(const struct hit *hit)
{
    if (hit->role)
        return hit->role == BYLAW_PHRASE_COPYRIGHT;
    return hit->line->roles & ROLE_BIT(BYLAW_PHRASE_COPYRIGHT);
}

static bool line_credits(const struct scene *scene, const struct line *line,
                         const char *name)
{
    struct hits hits = {0};
    const struct hit *hit = &hits.best[HIT_CREDIT];

    if (line->seen != SEEN_YES || line->stand < STAND_PROSE)
        return false;
    find_name_in_line(&hits, scene, line, name);
    /* Words of the source itself came along from either version. */
    if (hit->how && scene_is_copied(scene, line_bytes(scene, line, hit->at)))
        return false;
    /* A label alone may have come with the source, which prints it too. */
    if (!hit->role && line->stand != STAND_CREDIT)
        return false;
    return hit->how == BYLAW__NAME_FULL && !is_copyright_hit(hit) &&
           !(hit->role && is_publishers_phrase(scene, line, hit->phrase));
}

static bool credits_upstream(const struct scene *scene)
{
    const char *name = scene->c->source->upstream.publisher;

    for (size_t i = 0; name && *name && i < scene->line_count; i++)
        if (line_credits(scene, &scene->lines[i], name))
            return true;
    for (size_t i = 0; i < scene->way_count; i++) {
        const struct way *way = &scene->ways[i];

        if (way->link && way->reach == REACH_UPSTREAM && !way->is_copied &&
            way->stand >= STAND_PROSE && way->seen == SEEN_YES &&
            (!way->line || is_own_origin(scene, way->line)))
            return true;
    }
    return false;
}

/* -------------------------------------------------- text, links, dates --- */

static bool has_words(const struct scene *scene, const char *words)
{
    bylaw__phrase *phrase = NULL;
    bool has = false;

    if (bylaw__phrase_new(&phrase, bylaw__span_of(words)))
        return false;
    for (size_t i = 0; i < scene->line_count && !has; i++)
        has = scene->lines[i].stand >= STAND_PROSE && scene->lines[i].seen &&
              find_in_line(NULL, scene, &scene->lines[i], phrase);
    bylaw__phrase_free(phrase);
    return has;
}

static bool has_link(const struct scene *scene, const char *url)
{
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; i < document->link_count; i++)
        if (document->links[i].url && !strcmp(document->links[i].url, url))
            return true;
    return false;
}

/* How many of the marks that only one version has are on the page. */
static size_t count_marks(const struct scene *scene,
                          const struct bylaw_texts *words,
                          const struct bylaw_texts *links)
{
    size_t count = 0;

    for (size_t i = 0; i < words->count; i++)
        count += has_words(scene, words->items[i]);
    for (size_t i = 0; i < links->count; i++)
        count += has_link(scene, links->items[i]);
    return count;
}

/* By what only one of the two texts has; unknown where the page has marks of
 * both, or none, or the upstream's text is not at hand. */
static enum bylaw_ancestor told_by_text(const struct scene *scene)
{
    const struct bylaw_source *source = scene->c->source;
    size_t ours = count_marks(scene, &source->own_words, &source->own_links);
    size_t theirs = count_marks(scene, &source->upstream.own_words,
                                &source->upstream.own_links);

    if (!ours == !theirs)
        return BYLAW_ANCESTOR_UNKNOWN;
    return ours ? BYLAW_ANCESTOR_SELF : BYLAW_ANCESTOR_UPSTREAM;
}

/* Copied before the publisher had it, it was copied from elsewhere. */
static bool is_before_source(const struct scene *scene)
{
    const char *published = scene->c->source->published;
    struct time_limit limit = {.is_earliest = true};
    struct page_date date;

    if (!published || !read_moment(&limit.at, bylaw__span_of(published)))
        return false;
    read_page_date(&date, scene);
    return is_date_believed(&date) &&
           is_kept(&limit, &date.at) == BYLAW_OUTCOME_FAIL;
}

/* Marks that need no words of credit. */
static enum bylaw_ancestor told_by_copy(const struct scene *scene,
                                        const char *upstream,
                                        const char **out_why)
{
    enum bylaw_ancestor ancestor = told_by_text(scene);

    if (ancestor)
        *out_why = bylaw__arena_printf(
            scene->arena,
            "the copied text has words or links that only the version of %s "
            "has",
            ancestor == BYLAW_ANCESTOR_SELF ? scene->owner : upstream);
    else if (is_before_source(scene)) {
        ancestor = BYLAW_ANCESTOR_UPSTREAM;
        *out_why = bylaw__arena_printf(
            scene->arena, "the page is dated before %s published the article",
            scene->owner);
    }
    return ancestor;
}

enum bylaw_ancestor find_ancestor(const struct scene *scene,
                                  const char **out_why)
{
    const struct bylaw_upstream *upstream = &scene->c->source->upstream;
    const char *name =
        upstream->publisher ? upstream->publisher : upstream->url;
    enum bylaw_ancestor ancestor;

    if (!name || !*name) {
        *out_why = "the source names nobody that it took the article from";
        return BYLAW_ANCESTOR_SELF;
    }
    if (credits_publisher(scene, out_why) || links_to_publisher(scene, out_why))
        return BYLAW_ANCESTOR_SELF;
    if (scene->c->match->furniture_words >= FURNITURE_WORDS_MIN) {
        *out_why = bylaw__arena_printf(scene->arena,
                                       "the page carries standing text of %s",
                                       scene->owner);
        return BYLAW_ANCESTOR_SELF;
    }
    if ((ancestor = told_by_copy(scene, name, out_why)))
        return ancestor;
    if (credits_upstream(scene)) {
        *out_why =
            bylaw__arena_printf(scene->arena,
                                "the page credits %s and shows no trace of %s",
                                name, scene->owner);
        return BYLAW_ANCESTOR_UPSTREAM;
    }
    *out_why = bylaw__arena_printf(
        scene->arena,
        "nothing on the page tells whether it was copied from "
        "%s or from %s",
        scene->owner, name);
    return BYLAW_ANCESTOR_UNKNOWN;
}
