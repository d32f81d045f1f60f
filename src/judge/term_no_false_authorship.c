/* SPDX-License-Identifier: Apache-2.0 */
/* no.false-authorship: nobody else is named as the author. */
#include "judge_int.h"

#define NAME_BYTES 80u /* of what a by-line names */
/* On a page that is mostly something else, the by-line is that other text's. */
#define OWN_PAGE_COVERAGE 0.6

/* Accounts and desks that put pages up; nobody takes them for authors. */
static const char *const desks[] = {
    "admin",     "administrator", "administrador", "desk",      "editor",
    "editorial", "guest",         "moderator",     "news",      "newsdesk",
    "newsroom",  "redaccion",     "redaction",     "redaktion", "redazione",
    "redacao",   "staff",         "team",          "webmaster", "web",
    "wordpress", "contributor",   "reporter",      "author",    "user",
};

static struct bylaw_span named_in(const struct line *line)
{
    struct bylaw_range at = line->at[BYLAW_PHRASE_AUTHOR];
    size_t end = at.end + NAME_BYTES;

    while (end < line->text.len && end > at.end &&
           ((unsigned char)line->text.ptr[end] & 0xC0) == 0x80)
        end--;
    return bylaw__span_trim(bylaw__span_sub(line->text, at.end, end));
}

/* A by-line: it names somebody as the author near the copied text. */
static bool is_byline(const struct line *line)
{
    return line->seen == SEEN_YES && line->stand >= STAND_PROSE &&
           line->is_read && (line->roles & ROLE_BIT(BYLAW_PHRASE_AUTHOR)) &&
           line->at[BYLAW_PHRASE_AUTHOR].end < line->text.len;
}

static bool names_any(const struct line *line, const char *const *names,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (names[i] && *names[i] &&
            name_in(NULL, line->text, line->is_foreign, names[i]) !=
                BYLAW__NAME_NONE)
            return true;
    return false;
}

/* Whoever wrote or published the article, here or first. */
static bool names_rightful(const struct scene *scene, const struct line *line)
{
    const struct bylaw_source *source = scene->c->source;

    return names_any(line, source->authors, source->author_count) ||
           names_any(line, source->upstream.authors,
                     source->upstream.author_count) ||
           names_any(line, &source->upstream.publisher, 1) ||
           names_any(line, scene->names, scene->name_count);
}

static bool names_desk(struct bylaw_span name)
{
    for (size_t i = 0; i < sizeof(desks) / sizeof(desks[0]); i++)
        if (bylaw__span_has_word(name, desks[i]))
            return true;
    return false;
}

/* The site that puts a page up may name itself in its by-lines. */
static bool names_site(const struct scene *scene, const struct line *line)
{
    const struct bylaw_meta *publisher =
        bylaw_document_meta(scene->c->document, BYLAW_META_PUBLISHER);
    const char *name;

    if (!publisher || !publisher->value.len)
        return false;
    name = bylaw__arena_copy(scene->arena, publisher->value);
    return names_any(line, &name, 1);
}

static bool credits_author(const struct scene *scene)
{
    static const enum bylaw_meta_key keys[] = {BYLAW_META_AUTHOR,
                                               BYLAW_META_NONE};
    const struct bylaw_source *source = scene->c->source;

    for (size_t i = 0; i < source->author_count; i++) {
        struct hits hits = {0};

        find_name(&hits, scene, source->authors[i]);
        find_name_in_meta(&hits, scene, source->authors[i], keys);
        if (hits.best[HIT_CREDIT].how >= BYLAW__NAME_INITIALS ||
            hits.best[HIT_META].how == BYLAW__NAME_FULL)
            return true;
    }
    return false;
}

static const struct line *find_other_byline(const struct scene *scene)
{
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];

        if (is_byline(line) && !names_rightful(scene, line) &&
            !is_mostly_copied(scene, line))
            return line;
    }
    return NULL;
}

static void rule_byline(struct ruling *r, const struct scene *scene,
                        const struct line *line)
{
    struct bylaw_span name = named_in(line);
    struct bylaw_range at = line->at[BYLAW_PHRASE_AUTHOR];

    at.end = (uint32_t)(name.ptr + name.len - line->text.ptr);
    cite_text(r, scene, line, at);
    if (names_desk(name) || names_site(scene, line))
        rule_unknown(r, scene,
                     "the by-line names %s, which may be whoever put the page "
                     "up",
                     quote(scene, name));
    else if (credits_or_links_publisher(scene))
        rule_unknown(r, scene,
                     "the by-line names %s, but the page also says that the "
                     "text is from %s",
                     quote(scene, name), scene->owner);
    else if (scene->c->match->class != BYLAW_MATCH_FULL ||
             scene->c->match->page_coverage < OWN_PAGE_COVERAGE)
        rule_unknown(r, scene,
                     "the by-line names %s, who may have written the rest of "
                     "the page",
                     quote(scene, name));
    else {
        rule_absent(r, scene,
                    "the by-line names %s as the author and the page names "
                    "neither %s nor %s",
                    quote(scene, name),
                    join_names(scene, scene->c->source->authors,
                               scene->c->source->author_count),
                    scene->owner);
        if (r->confidence > BYLAW_CONFIDENCE_MEDIUM)
            r->confidence = BYLAW_CONFIDENCE_MEDIUM;
    }
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    const struct line *line = find_other_byline(scene);

    (void)term;
    if (line && !credits_author(scene)) {
        rule_byline(r, scene, line);
        return;
    }
    cite_copied(r, scene, 0);
    rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
              "nobody else is named as the author in place of %s",
              join_names(scene, scene->c->source->authors,
                         scene->c->source->author_count));
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    (void)term;
    return scene->c->source->author_count
               ? NULL
               : "it is not known who wrote the article";
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "Has no effect here: a link does not undo a false name.",
    "Always so: asked only where the source names an author.", NULL};

const struct judge_term term_no_false_authorship = {
    .info =
        {"no.false-authorship", BYLAW_TERM_PROHIBITION,
         "Nobody else is named as the author in place of the real one.",
         "Passes when the real author is credited, or no by-line names anybody "
         "else. Unknown when the other name is that of a desk, an account or "
         "the site itself, when the page also credits or links the publisher, "
         "or when the article is only a part of the page. Fails when the "
         "page, read whole, is the article, its by-line names another person, "
         "and neither author nor publisher is credited. Missing credit alone "
         "is the matter of credit.author.",
         params, param_help},
    .label = "no false name as the author",
    .severity = 5,
    .needs = NEED_AUTHOR,
    .check = check,
    .evaluate = evaluate,
};
