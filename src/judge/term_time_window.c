/* SPDX-License-Identifier: Apache-2.0 */
/* time.window: the copy was made while copies were allowed. */
#include "judge_int.h"

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct time_limit limit;
    struct moment seen;

    if (!set_clock(&limit, scene, term, scene->c->rule->window)) {
        rule_no_clock(r, scene);
        return;
    }
    if (!fetched_at(&seen, scene) ||
        is_kept(&limit, &seen) != BYLAW_OUTCOME_PASS) {
        rule_by_page_date(r, scene, &limit);
        return;
    }
    cite_copied(r, scene, 0);
    rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
              "copies are allowed until %s, and the page was there on %s",
              limit.day, say_day(scene, seen.seconds));
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    return no_clock(term, scene->c->rule->window);
}

static const char *const params[] = {"for", "one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "How long copies may be made, such as 90d; else the rule's time: window.",
    "Has no effect here: a link does not undo a date.",
    "Has no effect here: a missing date leaves it unknown.", NULL};

const struct judge_term term_time_window = {
    .info =
        {"time.window", BYLAW_TERM_DUTY,
         "The article is copied within a certain time only.",
         "Counts from the day the publisher published the article. Passes "
         "when the page was fetched within that time, or is dated within it "
         "and the date is borne out: two of metadata, visible date line and "
         "address agree. Unknown when the page has no date, one that nothing "
         "else bears out, several that contradict each other, or one that "
         "leaves less than a day in doubt. Fails when such a date lies after.",
         params, param_help},
    .label = "the time in which copies may be made",
    .severity = 2,
    .needs = 0,
    .check = check,
    .evaluate = evaluate,
};
