/* SPDX-License-Identifier: Apache-2.0 */
/* credit.upstream: where the source itself took the article from is named. */
#include "judge_int.h"

static void rule_by_worth(struct ruling *r, const struct scene *scene,
                          const struct hits *hits, enum hit_worth worth)
{
    const char *name = scene->c->source->upstream.publisher;

    if (worth == HIT_CREDIT)
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "%s, where the article first came from, is credited", name);
    else if (worth == HIT_HIDDEN)
        rule_absent(r, scene, "the credit to %s is hidden from readers", name);
    else if (worth == HIT_NONE)
        rule_absent(r, scene,
                    "%s, where the article first came from, is not named",
                    name);
    else
        rule_unknown(r, scene,
                     "%s is named, but not in a place where that is surely "
                     "credit",
                     name);
    if (worth != HIT_NONE)
        cite_hit(r, scene, &hits->best[worth]);
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct hits hits = {0};

    find_name(&hits, scene, scene->c->source->upstream.publisher);
    rule_by_worth(r, scene, &hits, best_worth(&hits, BYLAW__NAME_FULL));
    rule_one_link(r, scene, term);
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    const char *name = scene->c->source->upstream.publisher;

    (void)term;
    return name && *name ? NULL
                         : "the source names nobody that it took the article "
                           "from";
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "A link to the original may stand in for it: missing is then incomplete.",
    "Always so: asked for only where the source names its own source.", NULL};

const struct judge_term term_credit_upstream = {
    .info =
        {"credit.upstream", BYLAW_TERM_DUTY,
         "The publication that the source took the article from is named.",
         "Passes when its name stands in a by-line, credit line or sentence "
         "of credit. Unknown when it stands only in prose, away from the "
         "article, or perhaps hidden. Fails when the page was read whole and "
         "it is nowhere or hidden. Does not arise where the source is no "
         "repost itself.",
         params, param_help},
    .label = "the credit to the first publication",
    .severity = 2,
    .needs = NEED_UPSTREAM,
    .check = check,
    .evaluate = evaluate,
};
