/* SPDX-License-Identifier: Apache-2.0 */
/* notice.disclaimer: a notice on warranties or views is kept. */
#include "judge_int.h"

/* Words by which a disclaimer is known, in the source and on the page. */
static const char *const usual[] = {
    "disclaimer",
    "do not necessarily reflect",
    "does not necessarily reflect",
    "sole responsibility of the author",
    "without warranty",
    "without warranties",
    "no warranties",
    "provided as is",
};
#define USUAL_COUNT (sizeof(usual) / sizeof(usual[0]))

static bool source_has_one(const struct scene *scene)
{
    const struct bylaw_document *document = scene->c->source->document;

    for (size_t i = 0; document && i < document->block_count; i++)
        for (size_t k = 0; k < USUAL_COUNT; k++)
            if (bylaw__span_find_nocase(document->blocks[i].text,
                                        bylaw__span_of(usual[k])) != SIZE_MAX)
                return true;
    return false;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    size_t count;
    const char *const *texts = param_list(scene, term, "text", &count);
    struct wording found;

    find_wording(&found, scene, count ? texts : usual,
                 count ? count : USUAL_COUNT, count > 0);
    if (rule_by_wording(r, scene, &found, "the disclaimer"))
        return;
    if (!count)
        rule_unknown(r, scene,
                     "no disclaimer was found, and which words would do is "
                     "not said by the rule");
    else if (is_other_language(scene))
        rule_unknown(r, scene,
                     "the page is in another language than the article, so "
                     "the disclaimer may stand there translated");
    else
        rule_absent(r, scene, "the disclaimer is missing: %s",
                    quote(scene, bylaw__span_of(texts[0])));
    rule_one_link(r, scene, term);
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    size_t count;

    param_list(scene, term, "text", &count);
    if ((!count || param_flag(term, "if-supplied")) && !source_has_one(scene))
        return "the source carries no disclaimer";
    return NULL;
}

static const char *mend(const struct scene *scene,
                        const struct bylaw_term *term)
{
    size_t count;
    const char *const *texts = param_list(scene, term, "text", &count);

    return count ? compose_sentence(scene, texts[0]) : NULL;
}

static const char *const params[] = {"text", "one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "The disclaimer's words, or a list of which one suffices. Without them "
    "the usual words of disclaimers are looked for, and none is missed.",
    "A link to the original may stand in for it: missing is then incomplete.",
    "Asked for only where the source carries a disclaimer.", NULL};

const struct judge_term term_notice_disclaimer = {
    .info =
        {"notice.disclaimer", BYLAW_TERM_DUTY,
         "The source's disclaimer was kept.",
         "Passes when the words asked for, or without such the usual words of "
         "a disclaimer, stand visibly in or beside the article. Partly met "
         "when most of the words are there. Unknown when the rule does not "
         "say which words and none were found, or they stand away from the "
         "article. Fails only when the rule words the disclaimer, the page "
         "was read whole and it is not there.",
         params, param_help},
    .label = "the disclaimer",
    .severity = 1,
    .check = check,
    .evaluate = evaluate,
    .mend = mend,
};
