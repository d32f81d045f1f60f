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

/* A number of copies is a fact, but when each was made is not always. */
static void rule_by_number(struct ruling *r, const struct scene *scene,
                           const struct bylaw_term *term, uint32_t limit)
{
    struct bylaw__site_count works = scene->c->site_works;
    const char *per = period_of(scene, term);

    if (works.sure > limit)
        rule_broken(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                    "the site carries %u articles from one %s, where %u %s "
                    "granted",
                    works.sure, per, limit, limit == 1 ? "is" : "are");
    else if (works.most > limit)
        rule_unknown(r, scene,
                     "the site carries %u articles, of which %u surely %s from "
                     "one %s, where %u %s granted",
                     works.most, works.sure, works.sure == 1 ? "is" : "are",
                     per, limit, limit == 1 ? "is" : "are");
    else
        rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                  "the site is known to carry %u %s, and %u from one %s %s "
                  "granted",
                  works.most, works.most == 1 ? "article" : "articles", limit,
                  per, limit == 1 ? "is" : "are");
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    uint32_t limit = limit_of(scene, term), works = scene->c->site_works.most;

    cite_copied(r, scene, 0);
    if (works && limit) {
        rule_by_number(r, scene, term, limit);
        return;
    }
    if (!works)
        rule_unknown(r, scene,
                     "one page does not show how much its site takes over");
    else
        rule_unknown(r, scene,
                     "whether the site takes articles over wholesale is for a "
                     "person to decide, it is known to carry %u",
                     works);
    r->for_person = true;
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
         "A scan counts the publisher's articles that earlier scans have found "
         "on the site. Fails when more of them than the rule grants were "
         "published and copied within one month (or the rule's period). Passes "
         "while the site carries no more in all. Unknown in between, as nobody "
         "knows when each was copied; and for a person where the rule names no "
         "number, or one page is judged by itself, which does not show the "
         "others.",
         params, param_help},
    .label = "no wholesale copying",
    .severity = 2,
    .needs = 0,
    .check = NULL,
    .evaluate = evaluate,
};
