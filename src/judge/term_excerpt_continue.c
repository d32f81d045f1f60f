/* SPDX-License-Identifier: Apache-2.0 */
/* excerpt.continue: an excerpt leads on to the whole article. */
#include "judge_int.h"

/* Where the copied text begins on the page. */
static uint32_t copied_begin(const struct scene *scene)
{
    const struct bylaw_match *match = scene->c->match;

    return match->span_count ? match->spans[0].page.begin : 0;
}

static bool has_wording(const struct scene *scene,
                        const struct bylaw_term *term, const struct way *way)
{
    size_t count;
    const char *const *texts = param_list(scene, term, "text", &count);
    struct bylaw_range at;

    for (size_t i = 0; texts && i < count; i++)
        if (bylaw__phrase_find(&at, way->link->text,
                               bylaw__span_of(texts[i])) ||
            (way->line && bylaw__phrase_find(&at, way->line->text,
                                             bylaw__span_of(texts[i]))))
            return true;
    return !count;
}

/* "Read more" in any language, or a place behind the text, where any link to
 * the article leads on. */
static bool leads_on(const struct scene *scene, const struct way *way)
{
    return (way->line &&
            (way->line->roles & ROLE_BIT(BYLAW_PHRASE_CONTINUE))) ||
           way->link->bytes.begin > copied_begin(scene);
}

static const struct way *find_way(const struct scene *scene,
                                  const struct bylaw_term *term, enum seen seen,
                                  bool with_wording)
{
    for (size_t i = 0; i < scene->way_count; i++) {
        const struct way *way = &scene->ways[i];

        if (way->link && way->reach == REACH_ARTICLE && way->seen == seen &&
            way->stand >= STAND_PROSE && leads_on(scene, way) &&
            has_wording(scene, term, way) == with_wording)
            return way;
    }
    return NULL;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    const struct way *way;

    if ((way = find_way(scene, term, SEEN_YES, true))) {
        cite_way(r, scene, way);
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "the excerpt leads on to the whole article");
    } else if ((way = find_way(scene, term, SEEN_YES, false))) {
        cite_way(r, scene, way);
        rule_partial(r, scene,
                     "the excerpt leads on to the whole article, but not in "
                     "the words asked for");
    } else if ((way = find_way(scene, term, SEEN_DOUBTFUL, true))) {
        cite_way(r, scene, way);
        rule_unknown(r, scene,
                     "the link that leads on to the article may be hidden "
                     "from readers");
    } else if ((way = scene_way(scene, REACH_OPAQUE, STAND_PROSE, SEEN_YES)) ||
               (way = scene_way(scene, REACH_MAYBE, STAND_PROSE, SEEN_YES))) {
        cite_way(r, scene, way);
        rule_unknown(r, scene,
                     "a link may lead on to the article, but its address does "
                     "not show whether it does");
    } else if ((way = scene_way(scene, REACH_ARTICLE, STAND_PROSE, SEEN_YES))) {
        cite_way(r, scene, way);
        rule_partial(r, scene,
                     "the page links to the article before the excerpt, and "
                     "nothing behind it says that it goes on there");
    } else
        rule_absent(r, scene,
                    "the excerpt ends without a link to the whole article");
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    (void)term;
    return scene->c->match->class == BYLAW_MATCH_FULL
               ? "the whole article is there, not an excerpt"
               : NULL;
}

static const char *const params[] = {"text", "one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "Words that the link or its line has to hold; of several, one suffices.",
    "Has no effect here: the duty is itself a link.",
    "Has no effect here: an excerpt can always be continued.", NULL};

const struct judge_term term_excerpt_continue = {
    .info =
        {"excerpt.continue", BYLAW_TERM_DUTY,
         "An excerpt ends with a link to the whole article.",
         "Does not arise where the whole article is there. Passes when a link "
         "to the article that readers can see stands behind the beginning of "
         "the excerpt, or in a line that says \"continue reading\" in one of "
         "ten languages; with the parameter text, in those words. Partly met "
         "with other words, or with a link before the excerpt only. Unknown "
         "when the link may be hidden or its address does not show where it "
         "leads. Fails when the page was read whole and no link leads on.",
         params, param_help},
    .label = "the link on to the whole article",
    .severity = 2,
    .needs = NEED_LINK,
    .check = check,
    .evaluate = evaluate,
};
