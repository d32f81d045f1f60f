/* SPDX-License-Identifier: Apache-2.0 */
/* excerpt.limit: no more of the article is copied than is granted. */
#include "judge_int.h"

/* Programs and people count words differently: hyphens, figures, dashes. */
#define COUNTING_SLACK 0.1
/* A paragraph shorter than this may not have been counted as one. */
#define SHORT_PARAGRAPH 12u

/* How the copy stands to one limit. */
struct measure {
    enum bylaw_outcome outcome;
    const char *clause; /* "812 words where 250 are granted" */
};

static enum bylaw_outcome hold_number(double is, double limit)
{
    if (is <= limit)
        return BYLAW_OUTCOME_PASS;
    return is > limit * (1 + COUNTING_SLACK) ? BYLAW_OUTCOME_FAIL
                                             : BYLAW_OUTCOME_UNKNOWN;
}

static struct measure measure_words(const struct scene *scene,
                                    const struct amount *amount, uint32_t limit)
{
    return (struct measure){hold_number(amount->words, limit),
                            bylaw__arena_printf(scene->arena,
                                                "%u words where %u are granted",
                                                amount->words, limit)};
}

static struct measure measure_percent(const struct scene *scene,
                                      const struct amount *amount,
                                      uint32_t limit)
{
    return (struct measure){hold_number(amount->percent, limit),
                            bylaw__arena_printf(scene->arena,
                                                "%d %% where %u %% are granted",
                                                (int)amount->percent, limit)};
}

/* Counted from the article's beginning: the third paragraph alone is as much
 * as the first three. */
static struct measure measure_paragraphs(const struct scene *scene,
                                         const struct amount *amount,
                                         uint32_t limit)
{
    struct measure m = {BYLAW_OUTCOME_FAIL, NULL};

    if (!amount->total)
        m.outcome = BYLAW_OUTCOME_UNKNOWN;
    else if (amount->last <= limit)
        m.outcome = BYLAW_OUTCOME_PASS;
    else if (amount->last == limit + 1 && amount->shortest < SHORT_PARAGRAPH)
        m.outcome = BYLAW_OUTCOME_UNKNOWN;
    m.clause =
        bylaw__arena_printf(scene->arena,
                            "paragraphs up to number %u where the first %u are "
                            "granted",
                            amount->last, limit);
    return m;
}

static const struct {
    const char *param;
    struct measure (*measure)(const struct scene *scene,
                              const struct amount *amount, uint32_t limit);
} limits[] = {{"paragraphs", measure_paragraphs},
              {"words", measure_words},
              {"percent", measure_percent}};

#define LIMIT_COUNT (sizeof(limits) / sizeof(limits[0]))

/* Of several limits the one that is passed by counts, else the doubtful one:
 * each has to be kept. */
static struct measure measure_all(const struct scene *scene,
                                  const struct bylaw_term *term)
{
    static const int graver[] = {[BYLAW_OUTCOME_PASS] = 0,
                                 [BYLAW_OUTCOME_UNKNOWN] = 1,
                                 [BYLAW_OUTCOME_FAIL] = 2};
    struct measure worst = {BYLAW_OUTCOME_PASS, NULL};
    struct amount amount;

    count_amount(&amount, scene);
    for (size_t i = 0; i < LIMIT_COUNT; i++) {
        uint32_t limit = param_number(term, limits[i].param, 0);
        struct measure m;

        if (!limit)
            continue;
        m = limits[i].measure(scene, &amount, limit);
        if (!worst.clause || graver[m.outcome] > graver[worst.outcome])
            worst = m;
    }
    return worst;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct measure m = measure_all(scene, term);

    cite_copied(r, scene, 0);
    if (scene->c->match->class == BYLAW_MATCH_TRANSLATION)
        rule_unknown(r, scene,
                     "the text seems to be translated, so that its amount has "
                     "to be compared by a person");
    else if (m.outcome == BYLAW_OUTCOME_FAIL)
        rule_broken(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                    "more was copied than is granted: %s", m.clause);
    else if (m.outcome == BYLAW_OUTCOME_UNKNOWN)
        rule_unknown(r, scene,
                     "it depends on how one counts whether more was copied "
                     "than is granted: %s",
                     m.clause);
    else if (!scene->c->is_complete)
        rule_unknown(r, scene,
                     "the page was not read whole, and what was read holds %s",
                     m.clause);
    else
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "no more was copied than is granted: %s", m.clause);
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    (void)scene;
    for (size_t i = 0; i < LIMIT_COUNT; i++)
        if (param_number(term, limits[i].param, 0))
            return NULL;
    return "the rule names no amount";
}

static const char *const params[] = {"paragraphs", "words",       "percent",
                                     "one-link",   "if-supplied", NULL};
static const char *const param_help[] = {
    "How many paragraphs from the beginning may be copied.",
    "How many words may be copied.",
    "Which share of the article's words may be copied.",
    "Has no effect here: a link takes no text away.",
    "Has no effect here: every article has a text.",
    NULL};

const struct judge_term term_excerpt_limit = {
    .info =
        {"excerpt.limit", BYLAW_TERM_DUTY,
         "No more of the article is copied than the first paragraphs, words "
         "or percent that are granted.",
         "Counts the words, the share and the paragraphs of the source that "
         "stand on the page; headings, captions and the publisher's frame do "
         "not count. Passes when each limit is kept. Unknown within a tenth "
         "above a limit, as counts differ, with one short paragraph too many, "
         "in a translation, and when the page was not read whole. Fails when "
         "more was copied: the use is then outside of the grant.",
         params, param_help},
    .label = "the limit on how much is copied",
    .severity = 3,
    .needs = 0,
    .is_scope = true,
    .check = check,
    .evaluate = evaluate,
};
