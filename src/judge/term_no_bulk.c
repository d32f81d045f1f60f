/* SPDX-License-Identifier: Apache-2.0 */
/* no.bulk: a site does not take over articles wholesale. */
#include "judge_int.h"

static uint32_t limit_of(const struct scene *scene,
                         const struct bylaw_term *term)
{
    return param_number(term, "works", scene->c->rule->volume_works);
}

static const char *period_of(const struct scene *scene,
                             const struct bylaw_term *term)
{
    const char *per = bylaw_term_param(term, "per");

    if (!per)
        per = scene->c->rule->volume_per;
    return per ? per : "month";
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    uint32_t limit = limit_of(scene, term), works = scene->c->site_works;
    const char *per = period_of(scene, term);

    cite_copied(r, scene, 0);
    if (!limit) {
        rule_unknown(r, scene,
                     "whether the site takes articles over wholesale is for a "
                     "person to decide, it carries %u of them from one %s",
                     works, per);
        r->for_person = true;
    } else if (works > limit)
        rule_broken(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                    "the site carries %u articles from one %s, where %u are "
                    "granted",
                    works, per, limit);
    else
        rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                  "the site is known to carry %u %s from one %s, and %u %s "
                  "granted",
                  works, works == 1 ? "article" : "articles", per, limit,
                  limit == 1 ? "is" : "are");
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    (void)term;
    return scene->c->site_works ? NULL
                                : "one page does not show how much its site "
                                  "takes over";
}

static const char *const params[] = {"works", "per", "one-link", "if-supplied",
                                     NULL};
static const char *const param_help[] = {
    "How many articles are granted; else the rule's volume: works.",
    "In a day, week, month or year; else the rule's volume: per.",
    "Has no effect here.", "Has no effect here.", NULL};

const struct judge_term term_no_bulk = {
    .info =
        {"no.bulk", BYLAW_TERM_PROHIBITION,
         "A site does not take over articles wholesale or automatically.",
         "Counts the publisher's articles that the workspace has found on the "
         "site within a month (or the rule's period). Does not arise where one "
         "page is judged by itself, for it does not show the others. Passes "
         "while no more were found than the rule grants. Unknown and for a "
         "person where the rule names no number. Fails when more were found.",
         params, param_help},
    .label = "no wholesale copying",
    .severity = 2,
    .needs = 0,
    .check = check,
    .evaluate = evaluate,
};
