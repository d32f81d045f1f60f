/* SPDX-License-Identifier: Apache-2.0 */
/* keep.tagline: the publisher's closing lines travel with the text. */
#include "judge_int.h"

/* The source's own page carries one of the lines. */
static bool is_supplied(const struct scene *scene, const char *const *texts,
                        size_t count)
{
    const struct bylaw_document *document = scene->c->source->document;

    for (size_t i = 0; document && i < document->block_count; i++)
        for (size_t t = 0; t < count; t++)
            if (bylaw__phrase_find(NULL, document->blocks[i].text,
                                   bylaw__span_of(texts[t])))
                return true;
    return false;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    size_t count;
    const char *const *texts = param_list(scene, term, "text", &count);
    struct wording found;

    find_wording(&found, scene, texts, count, true);
    if (rule_by_wording(r, scene, &found, "the publisher's closing line"))
        return;
    if (is_other_language(scene))
        rule_unknown(r, scene,
                     "the page is in another language than the article, so "
                     "the closing line may stand there translated");
    else
        rule_absent(r, scene, "the publisher's closing line is missing: %s",
                    quote(scene, bylaw__span_of(texts[0])));
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    size_t count;
    const char *const *texts = param_list(scene, term, "text", &count);

    if (!count)
        return "the rule words no closing line";
    if (param_flag(term, "if-supplied") && !is_supplied(scene, texts, count))
        return "the source's own page does not carry the line";
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
    "The line, or a list of lines of which one suffices; slots as in "
    "credit.line.",
    "Has no effect here.",
    "Asked for only where the source's own page carries the line.", NULL};

const struct judge_term term_keep_tagline = {
    .info =
        {"keep.tagline", BYLAW_TERM_DUTY,
         "The line in which the publisher describes itself was kept.",
         "Passes when the line stands visibly in or beside the article, case "
         "and punctuation aside. Partly met when most of it does. Unknown "
         "when it stands only away from the article, may be hidden, or the "
         "page is in another language. Fails when the page was read whole and "
         "the line is missing or hidden.",
         params, param_help},
    .label = "the publisher's closing line",
    .severity = 2,
    .check = check,
    .evaluate = evaluate,
    .mend = mend,
};
