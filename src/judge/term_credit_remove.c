/* SPDX-License-Identifier: Apache-2.0 */
/* credit.remove: what the publisher wants gone is gone. */
#include "judge_int.h"

/* Where something that has to go still stands, and what it is. */
struct remains {
    const struct line *line;
    struct bylaw_range at;
    const char *what;
};

static bool find_name_left(struct remains *out, const struct scene *scene,
                           const char *name)
{
    struct hits hits = {0};
    const struct hit *hit = &hits.best[HIT_CREDIT];

    find_name(&hits, scene, name);
    if (hit->how != BYLAW__NAME_FULL)
        return false;
    *out = (struct remains){hit->line, hit->at, name};
    return true;
}

static bool find_remains(struct remains *out, const struct scene *scene,
                         const struct bylaw_term *term)
{
    size_t names, texts;
    const char *const *name = param_list(scene, term, "names", &names);
    const char *const *text = param_list(scene, term, "text", &texts);
    struct wording found;

    for (size_t i = 0; i < names; i++)
        if (find_name_left(out, scene, name[i]))
            return true;
    find_wording(&found, scene, text, texts, false);
    if (found.worth < WORDING_DOUBTFUL)
        return false;
    *out = (struct remains){found.line, found.at, found.text};
    return true;
}

/* The page was seen before the publisher asked: it may be gone by now. */
static bool is_seen_before(const struct scene *scene,
                           const struct bylaw_term *term)
{
    const char *since = bylaw_term_param(term, "since");
    struct moment asked, seen;

    return since && read_moment(&asked, bylaw__span_of(since)) &&
           fetched_at(&seen, scene) && seen.seconds < asked.seconds;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct remains left;

    if (find_remains(&left, scene, term)) {
        cite_text(r, scene, left.line, left.at);
        if (is_seen_before(scene, term))
            rule_unknown(r, scene,
                         "%s, which has to be removed, stood on the page "
                         "before that was asked for",
                         quote(scene, bylaw__span_of(left.what)));
        else
            rule_broken(r, scene, BYLAW_CONFIDENCE_HIGH,
                        "%s has to be removed and is still there",
                        quote(scene, bylaw__span_of(left.what)));
    } else if (scene->gap) {
        rule_unknown(r, scene,
                     "nothing that has to be removed was found, but this "
                     "proves nothing, as %s",
                     scene->gap);
    } else {
        cite_copied(r, scene, 0);
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "what has to be removed is not on the page");
    }
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    size_t names, texts;

    param_list(scene, term, "names", &names);
    param_list(scene, term, "text", &texts);
    return names + texts ? NULL : "the rule names nothing to be removed";
}

static const char *const params[] = {"names",    "text",        "since",
                                     "one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "Names that must not stand in a credit any more.",
    "Sentences or standing lines that must not be there.",
    "Date on which that was asked for; pages seen before it are unknown.",
    "Has no effect here.",
    "Has no effect here.",
    NULL};

const struct judge_term term_credit_remove = {
    .info =
        {"credit.remove", BYLAW_TERM_DUTY,
         "What the publisher wants removed is not on the page.",
         "Creative Commons lets a licensor ask for its credit to be taken "
         "off, and policies name lines that must not be copied along. Passes "
         "when the page was read whole and none of the names stands in a "
         "credit and none of the lines beside the article. Unknown when the "
         "page was not read whole, or was seen before the publisher asked. "
         "Fails when one is there.",
         params, param_help},
    .label = "the removal of what was to be removed",
    .severity = 2,
    .check = check,
    .evaluate = evaluate,
};
