/* SPDX-License-Identifier: Apache-2.0 */
/* credit.line: the sentence of credit that the publisher words itself. */
#include "judge_int.h"

const char *const *credit_sentences(const struct scene *scene,
                                    const struct bylaw_term *term,
                                    size_t *out_count)
{
    const struct bylaw_rule *rule = scene->c->rule;
    const char *const *own = param_list(scene, term, "text", out_count);
    const char **texts;

    if (*out_count || !rule->template_count)
        return own;
    texts = bylaw__arena_alloc_array(scene->arena, rule->template_count,
                                     sizeof(*texts));
    for (size_t i = 0; texts && i < rule->template_count; i++)
        texts[(*out_count)++] = rule->templates[i].text;
    return texts;
}

/* The publisher credited all the same, where words make it credit. */
static bool is_credited(struct ruling *r, const struct scene *scene)
{
    struct hits hits = {0};
    const struct hit *hit = &hits.best[HIT_CREDIT];

    find_names(&hits, scene, scene->names, scene->name_count);
    if (hit->how != BYLAW__NAME_FULL)
        return false;
    cite_hit(r, scene, hit);
    rule_partial(r, scene,
                 "the page credits %s, but not in the sentence asked for",
                 scene->owner);
    return true;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    size_t count;
    const char *const *texts = credit_sentences(scene, term, &count);
    struct wording found;

    find_wording(&found, scene, texts, count, true);
    if (rule_by_wording(r, scene, &found, "the credit line"))
        return;
    if (is_other_language(scene))
        rule_unknown(r, scene,
                     "the page is in another language than the article, so "
                     "the credit line may stand there translated");
    else if (!is_credited(r, scene))
        rule_absent(r, scene, "the credit line asked for is missing: %s",
                    quote(scene, bylaw__span_of(texts[0])));
    rule_one_link(r, scene, term);
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    size_t count;

    credit_sentences(scene, term, &count);
    return count ? NULL : "the rule words no credit line";
}

static const char *mend(const struct scene *scene,
                        const struct bylaw_term *term)
{
    size_t count;
    const char *const *texts = credit_sentences(scene, term, &count);

    return count ? compose_sentence(scene, texts[0]) : NULL;
}

static const char *const params[] = {"text", "one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "The sentence, or a list of sentences of which one suffices; {publisher}, "
    "{author} and {title} stand for what they name, other slots and \"\u2026\" "
    "for a few words. Without it, the rule's templates.",
    "A link to the original may stand in for it: missing is then incomplete.",
    "Has no effect here: the rule words the sentence, not the source.", NULL};

const struct judge_term term_credit_line = {
    .info =
        {"credit.line", BYLAW_TERM_DUTY,
         "The credit is given in the words that the publisher asks for.",
         "Case, white space, quotation marks and punctuation do not matter. "
         "Passes when the sentence stands visibly in or beside the article. "
         "Partly met when most of it stands there in other words, or the "
         "publisher is credited in a sentence of the page's own. Unknown when "
         "it stands only in a sidebar, comments or site footer, may be hidden, "
         "or the page is in another language than the article. Fails when the "
         "page was read whole and there is no such sentence and no credit, or "
         "it is hidden.",
         params, param_help},
    .label = "the credit line in the publisher's words",
    .severity = 2,
    .needs = NEED_PUBLISHER,
    .mend = mend,
    .covers = NEED_PUBLISHER | NEED_LINK,
    .evaluate = evaluate,
    .check = check,
};
