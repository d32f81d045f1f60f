/* SPDX-License-Identifier: Apache-2.0 */
/* no.translation: the article is not shared in another language. */
#include "judge_int.h"

/* "en" of "en-GB": the language without its region. */
static size_t primary_length(const char *language)
{
    return strcspn(language, "-_");
}

static bool differs(const char *a, const char *b)
{
    size_t len = primary_length(a);

    return len && primary_length(b) &&
           (len != primary_length(b) || strncasecmp(a, b, len) != 0);
}

/* The line in which the page says that its text was translated. */
static const struct line *find_statement(const struct scene *scene)
{
    for (size_t i = 0; i < scene->line_count; i++)
        if (scene->lines[i].seen == SEEN_YES &&
            scene->lines[i].stand >= STAND_PROSE &&
            (scene->lines[i].roles & ROLE_BIT(BYLAW_PHRASE_CHANGED)))
            return &scene->lines[i];
    return NULL;
}

bool is_likely_translation(const struct scene *scene)
{
    const struct bylaw_match *match = scene->c->match;

    return match && match->class == BYLAW_MATCH_TRANSLATION &&
           match->kinship.traits;
}

bool is_stated_translation(const struct scene *scene)
{
    const char *here = scene->c->document->language;
    const char *there = scene->c->source->language;

    return here && there && differs(here, there) && find_statement(scene) &&
           scene_way(scene, REACH_ARTICLE, STAND_PROSE, SEEN_YES);
}

static void rule_translation(struct ruling *r, const struct scene *scene)
{
    const struct line *line = find_statement(scene);
    const struct way *way =
        scene_way(scene, REACH_ARTICLE, STAND_PROSE, SEEN_YES);

    if (line)
        cite_text(r, scene, line, line->at[BYLAW_PHRASE_CHANGED]);
    if (way)
        cite_way(r, scene, way);
    if (is_stated_translation(scene) && !is_likely_translation(scene))
        rule_broken(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                    "the page says that its text is a translation and links to "
                    "the original, which is in another language");
    else
        rule_unknown(r, scene,
                     "numbers, names and links stand as in the original, so "
                     "the text seems to be a translation of it, which a person "
                     "has to compare");
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    (void)term;
    if (scene->c->match->class == BYLAW_MATCH_TRANSLATION) {
        rule_translation(r, scene);
        return;
    }
    cite_copied(r, scene, 0);
    rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
              "the words are those of the original, in its language");
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "Has no effect here: a link does not undo a translation.",
    "Has no effect here: every article has a language.", NULL};

const struct judge_term term_no_translation = {
    .info =
        {"no.translation", BYLAW_TERM_PROHIBITION,
         "The article is not shared in another language.",
         "Passes when the page carries the article's own words. Unknown for a "
         "text that only seems to be a translation, by its numbers, names, "
         "quotations and links in the same order. Fails when such a page is "
         "in another language, says itself that it is a translation, and "
         "links to the original.",
         params, param_help},
    .label = "no translation",
    .severity = 3,
    .needs = 0,
    .is_scope = true,
    .check = NULL,
    .evaluate = evaluate,
};
