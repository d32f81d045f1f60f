/* SPDX-License-Identifier: Apache-2.0 */
/* keep.title: the article still bears its headline. */
#include "judge_int.h"

#define NEAR_SHARE      0.6
#define HEADLINE_LEVELS 2u /* h1, h2: lower ones head sections */

/* The visible heading that is nearest to the article's own. */
struct headline {
    const struct line *line;
    double share; /* of the title's words in it; 1: word for word */
};

static bool is_headline(const struct scene *scene, const struct line *line)
{
    unsigned level = scene->c->document->blocks[line->block].heading;

    return level && level <= HEADLINE_LEVELS && line->seen == SEEN_YES;
}

static struct headline find_headline(const struct scene *scene,
                                     struct bylaw_range *out_at)
{
    const char *title = scene->c->source->title;
    struct headline best = {0};

    for (size_t i = 0; i < scene->line_count && best.share < 1; i++) {
        const struct line *line = &scene->lines[i];
        double share;

        if (!is_headline(scene, line))
            continue;
        share = share_of_sentence(out_at, scene, line->text, title);
        if (!best.line || share > best.share)
            best = (struct headline){line, share};
    }
    return best;
}

static bool rule_by_meta(struct ruling *r, const struct scene *scene)
{
    const struct bylaw_meta *meta =
        bylaw_document_meta(scene->c->document, BYLAW_META_TITLE);
    struct bylaw_range at;

    if (!meta ||
        share_of_sentence(&at, scene, meta->value, scene->c->source->title) < 1)
        return false;
    cite_meta(r, meta);
    rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
              "the page bears the article's title in its metadata");
    return true;
}

/* A licence asks for the title to be named, in any reasonable place. False
 * where it is named nowhere, and nothing is ruled. */
static bool rule_by_mention(struct ruling *r, const struct scene *scene)
{
    static const char *const title[] = {"{title}"};
    struct wording found;

    find_wording(&found, scene, title, 1, false);
    if (found.worth == WORDING_EXACT) {
        cite_text(r, scene, found.line, found.at);
        rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                  "the article's title is named beside it");
        return true;
    }
    if (rule_by_meta(r, scene))
        return true;
    if (found.worth != WORDING_DOUBTFUL && found.worth != WORDING_OFF)
        return false;
    cite_text(r, scene, found.line, found.at);
    rule_unknown(r, scene,
                 "the article's title stands only away from the article or "
                 "where readers may not see it");
    return true;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct bylaw_range at = {0, 0};
    struct headline found = find_headline(scene, &at);

    if (found.line && found.share >= 1) {
        cite_text(r, scene, found.line, at);
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "the article's headline was kept");
        return;
    }
    if (param_flag(term, "anywhere") && rule_by_mention(r, scene))
        return;
    if (!found.line) {
        if (!rule_by_meta(r, scene))
            rule_unknown(r, scene, "no headline was found on the page");
        return;
    }
    cite_text(r, scene, found.line,
              (struct bylaw_range){0, (uint32_t)found.line->text.len});
    if (is_other_language(scene))
        rule_unknown(r, scene,
                     "the page is in another language than the article");
    else if (found.share >= NEAR_SHARE)
        rule_partial(r, scene, "the headline was changed to %s",
                     quote(scene, found.line->text));
    else
        rule_absent(r, scene,
                    "the article's headline is not there, the page's is %s",
                    quote(scene, found.line->text));
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    const char *title = scene->c->source->title;

    (void)term;
    if (!title || !*title)
        return "the article's title is not known";
    return scene->c->match->class == BYLAW_MATCH_EXCERPT
               ? "only an excerpt was taken, which has a headline of its own"
               : NULL;
}

static const char *mend(const struct scene *scene,
                        const struct bylaw_term *term)
{
    (void)term;
    return compose_element(scene, "<h1>", scene->c->source->title, "</h1>");
}

static const char *const params[] = {"anywhere", "one-link", "if-supplied",
                                     NULL};
static const char *const param_help[] = {
    "It suffices that the title is named beside the article or in the page's "
    "metadata, as licences ask.",
    "Has no effect here.",
    "Always so: does not arise where the source has no title.", NULL};

const struct judge_term term_keep_title = {
    .info =
        {"keep.title", BYLAW_TERM_DUTY, "The article keeps its headline.",
         "Passes when a visible main heading holds the article's title, case "
         "and punctuation aside, or, where the page has no such heading, its "
         "metadata does. Partly met when the heading keeps most of its words. "
         "Unknown when the page shows no headline or is in another language. "
         "Fails when the page was read whole and its headlines are others.",
         params, param_help},
    .label = "the article's own headline",
    .severity = 2,
    .check = check,
    .evaluate = evaluate,
    .mend = mend,
};
