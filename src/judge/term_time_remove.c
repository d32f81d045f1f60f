/* SPDX-License-Identifier: Apache-2.0 */
/* time.remove: the copy is taken down when its time is over. */
#include "judge_int.h"

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct time_limit limit;
    struct moment seen;

    if (!set_clock(&limit, scene, term, scene->c->rule->remove_after)) {
        rule_no_clock(r, scene);
        return;
    }
    cite_copied(r, scene, 0);
    if (!fetched_at(&seen, scene))
        rule_unknown(r, scene,
                     "the copy was to be taken down after %s, and it is not "
                     "known on which day it was still there",
                     limit.day);
    else if (scene->c->match->class != BYLAW_MATCH_FULL &&
             scene->c->match->class != BYLAW_MATCH_PARTIAL)
        rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                  "no more than an excerpt is there");
    else if (is_kept(&limit, &seen) == BYLAW_OUTCOME_FAIL)
        rule_broken(r, scene, BYLAW_CONFIDENCE_HIGH,
                    "the copy was to be taken down after %s and is still there "
                    "on %s",
                    limit.day, say_day(scene, seen.seconds));
    else
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "the copy need not be taken down before %s", limit.day);
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    return no_clock(term, scene->c->rule->remove_after);
}

static const char *const params[] = {"for", "one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "After how long it has to be gone, such as 90d; else the rule's time: "
    "remove-after.",
    "Has no effect here: a link does not take a copy down.",
    "Has no effect here: a missing date leaves it unknown.", NULL};

const struct judge_term term_time_remove = {
    .info =
        {"time.remove", BYLAW_TERM_DUTY,
         "The copy is taken down after a certain time.",
         "Counts from the day the publisher published the article to the day "
         "the page was fetched. Passes while that time is not over, and when "
         "no more than an excerpt is left. Unknown for a file of which nobody "
         "knows when it was on the web, and where the publisher's date is not "
         "known. Fails when the copy was fetched after its time; a case is "
         "made of it only once a second visit has found it again.",
         params, param_help},
    .label = "the copy's being taken down in time",
    .severity = 2,
    .needs = 0,
    .check = check,
    .evaluate = evaluate,
};
