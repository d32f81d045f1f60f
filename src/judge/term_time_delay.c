/* SPDX-License-Identifier: Apache-2.0 */
/* time.delay: the copy waits until the publisher has had it for a while. */
#include "judge_int.h"

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct time_limit limit;
    struct moment seen;

    if (!set_clock(&limit, scene, term, scene->c->rule->delay)) {
        rule_no_clock(r, scene);
        return;
    }
    limit.is_earliest = true;
    if (!fetched_at(&seen, scene) ||
        is_kept(&limit, &seen) != BYLAW_OUTCOME_FAIL) {
        rule_by_page_date(r, scene, &limit);
        return;
    }
    cite_copied(r, scene, 0);
    rule_broken(r, scene, BYLAW_CONFIDENCE_HIGH,
                "the copy is there on %s, but copies are allowed only from %s "
                "on",
                say_day(scene, seen.seconds), limit.day);
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    return no_clock(term, scene->c->rule->delay);
}

static const char *const params[] = {"for", "one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "How long to wait, such as 2d; else the rule's time: delay.",
    "Has no effect here: a link does not undo a date.",
    "Has no effect here: a missing date leaves it unknown.", NULL};

const struct judge_term term_time_delay = {
    .info =
        {"time.delay", BYLAW_TERM_DUTY,
         "The article is not copied before a certain time has passed.",
         "Counts from the day the publisher published the article. Passes "
         "when the page is dated late enough, and the date is borne out: two "
         "of metadata, visible date line and address agree. Unknown when the "
         "page has no date, one that nothing else bears out, several that "
         "contradict each other, or one that leaves less than a day in doubt. "
         "Fails when such a date, or the day on which the page was fetched, "
         "lies before.",
         params, param_help},
    .label = "the wait before copying",
    .severity = 2,
    .needs = 0,
    .check = check,
    .evaluate = evaluate,
};
