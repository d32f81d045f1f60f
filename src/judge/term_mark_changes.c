/* SPDX-License-Identifier: Apache-2.0 */
/* mark.changes: whoever changed the text says so. */
#include "judge_int.h"

/* Fewer changed words than this may be slips, or the source's own later
 * corrections; they do not settle anything. */
#define CHANGED_WORDS_MIN 10u

static const struct line *find_mark(const struct scene *scene, enum seen seen)
{
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];

        if (line->seen == seen && line->stand >= STAND_PROSE &&
            (line->roles & ROLE_BIT(BYLAW_PHRASE_CHANGED)))
            return line;
    }
    return NULL;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    const struct bylaw_edit *first;
    uint32_t words = count_changed(scene, &first);
    const struct line *line = find_mark(scene, SEEN_YES);

    if (line) {
        cite_text(r, scene, line, line->at[BYLAW_PHRASE_CHANGED]);
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "the page says that the text was changed");
        return;
    }
    if ((line = find_mark(scene, SEEN_DOUBTFUL))) {
        cite_text(r, scene, line, line->at[BYLAW_PHRASE_CHANGED]);
        rule_unknown(r, scene,
                     "the note that the text was changed may be "
                     "hidden from readers");
        return;
    }
    if (scene->c->match->class == BYLAW_MATCH_TRANSLATION)
        rule_unknown(r, scene,
                     "the text seems to be translated, which a "
                     "person has to compare");
    else if (words < CHANGED_WORDS_MIN)
        rule_unknown(r, scene,
                     "the text differs in %u words, too few to tell whether "
                     "that is a change to be marked",
                     words);
    else if (may_be_box(scene))
        rule_unknown(r, scene,
                     "%u words stand in the text that are not of it, which may "
                     "be a box of the site's own",
                     words);
    else
        rule_absent(r, scene,
                    "the text was changed (%u words) and the page does not "
                    "say so",
                    words);
    rule_one_link(r, scene, term);
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    const struct bylaw_edit *first;

    (void)term;
    return scene->c->match->class != BYLAW_MATCH_TRANSLATION &&
                   !count_changed(scene, &first)
               ? "no change was found that would have to be marked"
               : NULL;
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "A link to the original may stand in for it: missing is then incomplete.",
    "Has no effect here: the duty arises only where the text was changed.",
    NULL};

const struct judge_term term_mark_changes = {
    .info =
        {"mark.changes", BYLAW_TERM_DUTY,
         "Changes to the text are marked as such.",
         "Does not arise while the text is unchanged but for what the rule "
         "permits. Passes when a line in or beside the article says that the "
         "text was edited, abridged or translated. Unknown when the changes "
         "are small, or the note may be hidden. Fails when the page was read "
         "whole, the changes are substantial and no such note is there.",
         params, param_help},
    .label = "the note that the text was changed",
    .severity = 2,
    .needs = NEED_CHANGES,
    .check = check,
    .evaluate = evaluate,
};
