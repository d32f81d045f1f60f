/* SPDX-License-Identifier: Apache-2.0 */
/* no.alteration: the article is not shared in a changed form. */
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

const struct judge_term term_no_alteration = {
    .info =
        {"no.alteration", BYLAW_TERM_PROHIBITION,
         "The article is not shared in a changed form.",
         "Decided as keep.text is: passes when the copied text differs from "
         "the source only in punctuation and in the classes of change that "
         "the rule permits; an excerpt changes nothing. Unknown when only a "
         "few words differ or a short paragraph was put in, which may be a box "
         "of the site's, or in a translation, which is a changed form but "
         "has to be compared by a person. Fails when more was put in, left "
         "out of the middle, replaced or moved.",
         params, param_help},
    .label = "the text as it was written",
    .severity = 3,
    .needs = 0,
    .check = NULL,
    .evaluate = evaluate,
};
