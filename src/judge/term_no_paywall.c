/* SPDX-License-Identifier: Apache-2.0 */
/* no.paywall: readers need not pay or subscribe for the copy. */
#include "judge_int.h"

/* The page's own statement on whether it is free: true, false, or none. */
static const struct bylaw_meta *find_statement(const struct scene *scene,
                                               const char *value)
{
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; i < document->meta_count; i++)
        if (document->metas[i].key == BYLAW_META_FREE &&
            bylaw__span_is_nocase(document->metas[i].value, value))
            return &document->metas[i];
    return NULL;
}

static const struct line *find_notice(const struct scene *scene)
{
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];

        if (line->seen && line->stand >= STAND_PROSE &&
            (line->roles & ROLE_BIT(BYLAW_PHRASE_PAYWALL)) &&
            !scene_is_copied(scene, line_bytes(scene, line,
                                               line->at[BYLAW_PHRASE_PAYWALL])))
            return line;
    }
    return NULL;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    const struct bylaw_meta *closed = find_statement(scene, "false");
    const struct bylaw_meta *open = find_statement(scene, "true");
    const struct line *notice = find_notice(scene);

    (void)term;
    if (closed)
        cite_meta(r, closed);
    if (notice)
        cite_text(r, scene, notice, notice->at[BYLAW_PHRASE_PAYWALL]);
    if (closed && notice && notice->seen == SEEN_YES && !open)
        rule_broken(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                    "the page asks readers to pay, and its metadata says that "
                    "it is not free");
    else if (closed)
        rule_unknown(r, scene,
                     "the metadata says that the page is not free, but its "
                     "text could be read without paying");
    else if (notice)
        rule_unknown(r, scene,
                     "words beside the article speak of paying or subscribing, "
                     "but its text could be read without");
    else if (!scene->c->is_complete)
        rule_unknown(r, scene,
                     "the page was not read whole, perhaps because it is not "
                     "free");
    else {
        if (open)
            cite_meta(r, open);
        cite_copied(r, scene, 0);
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "the article could be read without paying");
    }
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "Has no effect here: a link does not open a page.",
    "Has no effect here: it arises for every page.", NULL};

const struct judge_term term_no_paywall = {
    .info =
        {"no.paywall", BYLAW_TERM_PROHIBITION,
         "Readers need not pay or subscribe to read the copy.",
         "Passes when the whole page could be read, and neither its metadata "
         "(isAccessibleForFree) nor a line beside the article says otherwise. "
         "Unknown when one of the two does, as many such pages are open all "
         "the same, or when the page was not read whole. Fails when the "
         "metadata says that it is not free and a visible line asks to pay.",
         params, param_help},
    .label = "free access to the copy",
    .severity = 3,
    .needs = 0,
    .check = NULL,
    .evaluate = evaluate,
};
