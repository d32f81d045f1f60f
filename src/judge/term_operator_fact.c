/* SPDX-License-Identifier: Apache-2.0 */
/* operator.fact: what only a person can know; hints from the page. */
#include "judge_int.h"

#define FACT_DEFAULT "a condition that no page shows"

/* The first line that holds the words. */
static bool cite_hint(struct ruling *r, const struct scene *scene,
                      const char *words)
{
    bylaw__phrase *phrase = NULL;
    struct bylaw_range at;
    size_t i = 0;

    if (bylaw__phrase_new(&phrase, bylaw__span_of(words)))
        return false;
    while (i < scene->line_count &&
           !(scene->lines[i].seen &&
             find_in_line(&at, scene, &scene->lines[i], phrase)))
        i++;
    if (i < scene->line_count)
        cite_text(r, scene, &scene->lines[i], at);
    bylaw__phrase_free(phrase);
    return i < scene->line_count;
}

/* Lines that hold one of the words that the rule wants pointed out. */
static size_t cite_hints(struct ruling *r, const struct scene *scene,
                         const char *const *hints, size_t count)
{
    size_t found = 0;

    for (size_t h = 0; h < count; h++)
        found += cite_hint(r, scene, hints[h]);
    return found;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    size_t count, found;
    const char *const *hints = param_list(scene, term, "hints", &count);
    const char *fact = bylaw_term_param(term, "fact");

    found = cite_hints(r, scene, hints, count);
    if (found)
        rule_unknown(r, scene,
                     "a person has to say whether this holds: %s; the page "
                     "shows %zu of the %zu words that hint at it",
                     fact && *fact ? fact : FACT_DEFAULT, found, count);
    else
        rule_unknown(r, scene, "a person has to say whether this holds: %s",
                     fact && *fact ? fact : FACT_DEFAULT);
    r->for_person = true;
}

static const char *const params[] = {"fact", "hints", "one-link", "if-supplied",
                                     NULL};
static const char *const param_help[] = {
    "What has to be so, in a clause: \"the republisher is a registered news "
    "organisation\".",
    "Words on the page that are shown to whoever decides.",
    "Has no effect here.", "Has no effect here.", NULL};

const struct judge_term term_operator_fact = {
    .info =
        {"operator.fact", BYLAW_TERM_DUTY,
         "Something that only a person can know.",
         "Payment, consent, notice given, the kind of organisation: no page "
         "shows them. Always unknown and left to a person; words that hint "
         "at it are pointed out. It neither passes nor fails, and never "
         "moves the verdict.",
         params, param_help},
    .label = "the fact that a person has to know",
    .severity = 1,
    .evaluate = evaluate,
};
