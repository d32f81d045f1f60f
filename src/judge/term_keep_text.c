/* SPDX-License-Identifier: Apache-2.0 */
/* keep.text: the words that were copied are the words that were written. */
#include "judge_int.h"

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    (void)term;
    rule_alteration(r, scene);
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "Has no effect here: a link does not undo a change.",
    "Has no effect here: every article has a text.", NULL};

const struct judge_term term_keep_text = {
    .info =
        {"keep.text", BYLAW_TERM_DUTY,
         "The text that was copied is not altered.",
         "Passes when the copied text differs from the source only in "
         "punctuation and in the classes of change that the rule permits; "
         "leaving out the beginning or the end is not an alteration, nor are "
         "credit lines, captions and boxes put between the paragraphs. "
         "Unknown when only a few words differ, which may be slips or later "
         "corrections of the original, when a short paragraph was put in, "
         "which may be a box of the site's, or in a translation. Fails when "
         "more was put in, left out, replaced or moved.",
         params, param_help},
    .label = "the text as it was written",
    .severity = 3,
    .needs = 0,
    .check = NULL,
    .evaluate = evaluate,
};
