/* SPDX-License-Identifier: Apache-2.0 */
/* keep.whole: all of the article is there, not a part of it. */
#include "judge_int.h"

/* Left out so far, it may be a label, a caption or a slip. */
#define MISSING_WORDS_MAX 15u
/* From here on a paragraph is missing, whatever the source's frame is. */
#define MISSING_WORDS_MIN 40u

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    const struct bylaw_match *match = scene->c->match;
    uint32_t words = count_missing(scene);
    int percent = (int)(match->source_coverage * 100);

    (void)term;
    cite_copied(r, scene, 0);
    if (match->class == BYLAW_MATCH_TRANSLATION)
        rule_unknown(r, scene,
                     "the text seems to be translated, so that a person has "
                     "to see whether all of it is there");
    else if (words >= MISSING_WORDS_MIN) {
        rule_absent(r, scene,
                    "%u words of the article are not there, and %d %% of it "
                    "are",
                    words, percent);
        if (r->confidence > BYLAW_CONFIDENCE_MEDIUM)
            r->confidence = BYLAW_CONFIDENCE_MEDIUM;
    } else if (words > MISSING_WORDS_MAX)
        rule_unknown(r, scene,
                     "%u words of the article are not there, which may be a "
                     "line of its frame or a later addition",
                     words);
    else
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "the whole article is there");
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "Has no effect here: a link replaces no text.",
    "Has no effect here: every article has a text.", NULL};

const struct judge_term term_keep_whole = {
    .info =
        {"keep.whole", BYLAW_TERM_DUTY,
         "The whole article is copied, not a part of it.",
         "Passes when nothing of the article is missing but its frame (date "
         "and by-line, captions, standing paragraphs), what the rule permits "
         "to leave out, and a few words. Unknown when a line or two are "
         "missing, which the publisher may have added later, when the page "
         "was not read whole, and in a translation. Fails when a paragraph "
         "or more is missing, at the ends or in the middle.",
         params, param_help},
    .label = "the whole of the article",
    .severity = 3,
    .needs = 0,
    .check = NULL,
    .evaluate = evaluate,
};
