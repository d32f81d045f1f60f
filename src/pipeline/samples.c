/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Samples: pages whose judgement is known beforehand. Each is judged as it is;
 * then once more for every finding that is not a pass, with that term's check
 * switched off: a sample that does not notice tests nothing of the term.
 */
#include "pipeline_int.h"

#include <stdio.h>
#include <stdlib.h>

#define SAMPLE_PATH_BYTES 4096
#define DAY_MS            ((int64_t)24 * 60 * 60 * 1000)

/* One sample at work. */
struct trial {
    const struct bylaw_sample *sample;
    bylaw_auditor *auditor; /* with the sample's source */
    char path[SAMPLE_PATH_BYTES];
    struct bylaw__buf page; /* exchanged and filled */
};

/* Paths in a file are relative to the file's own folder. */
static void resolve(char out[SAMPLE_PATH_BYTES],
                    const struct bylaw_sample *sample, const char *path)
{
    snprintf(out, SAMPLE_PATH_BYTES, "%s%s",
             path[0] == '/' ? "" : sample->folder, path);
}

/* ----------------------------------------------------------- the page --- */

static int complain_replacement(const struct bylaw_replacement *replacement,
                                const char *page, const char *how,
                                struct bylaw_error *err)
{
    char where[SAMPLE_PATH_BYTES];

    snprintf(where, sizeof(where), "%s:%u:%u", replacement->file,
             replacement->line, replacement->column);
    return bylaw__fail(err, BYLAW_ECONFIG, "rules.sample-change", where,
                       "\"%.80s\" stands %s in %s", replacement->old_text, how,
                       page);
}

/* What is exchanged stands there exactly once: else the sample would not be
 * the page that its writer had in mind. */
static int replace_once(struct bylaw__buf *page,
                        const struct bylaw_replacement *replacement,
                        const char *name, struct bylaw_error *err)
{
    struct bylaw_span whole = bylaw__buf_span(page);
    struct bylaw_span old_text = bylaw__span_of(replacement->old_text);
    size_t at = bylaw__span_find(whole, old_text);
    struct bylaw_span rest;
    struct bylaw__buf out;

    if (at == SIZE_MAX)
        return complain_replacement(replacement, name, "nowhere", err);
    rest = bylaw__span_sub(whole, at + old_text.len, whole.len);
    if (bylaw__span_find(rest, old_text) != SIZE_MAX)
        return complain_replacement(replacement, name, "more than once", err);
    bylaw__buf_init(&out, BYLAW_LIMIT_BODY_BYTES);
    bylaw__buf_add_span(&out, bylaw__span_sub(whole, 0, at));
    bylaw__buf_add_text(&out, replacement->new_text);
    bylaw__buf_add_span(&out, rest);
    bylaw__buf_release(page);
    *page = out;
    return page->failed ? bylaw__fail_memory(err, name) : 0;
}

static int fill_page(struct trial *trial, struct bylaw_error *err)
{
    const struct bylaw_sample *sample = trial->sample;
    struct bylaw__buf page;
    int rc;

    bylaw__buf_init(&page, BYLAW_LIMIT_BODY_BYTES);
    resolve(trial->path, sample, sample->file);
    rc = bylaw__file_read(&page, trial->path, err);
    for (size_t i = 0; !rc && i < sample->replacement_count; i++)
        rc = replace_once(&page, &sample->replacements[i], trial->path, err);
    if (!rc)
        rc = bylaw__pipeline_fill(&trial->page, bylaw__buf_span(&page),
                                  bylaw_auditor_source(trial->auditor, 0),
                                  trial->path, err);
    bylaw__buf_release(&page);
    return rc;
}

/* --------------------------------------------------------- judging it --- */

/* A sample that says when it was on the web counts as fetched that day. */
static void pretend_fetched(struct bylaw_response *response,
                            const struct bylaw_sample *sample)
{
    static const struct bylaw_hop hop = {.url = "", .status = 200};
    int year, month, day;

    if (!sample->fetched ||
        sscanf(sample->fetched, "%4d-%2d-%2d", &year, &month, &day) != 3)
        return;
    response->hops = &hop;
    response->hop_count = 1;
    response->fetched_at_ms =
        bylaw__time_days(year, month, day) * DAY_MS + DAY_MS / 2;
}

/* takes_series: the rule stands for all its versions, as in an audit. */
static int begin_trial(struct trial *trial, const bylaw_auditor *lender,
                       const struct bylaw__sample_result *result,
                       bool takes_series, struct bylaw_error *err)
{
    const struct bylaw_sample *sample = result->sample;
    const struct bylaw_rule *rule = result->rule;
    char path[SAMPLE_PATH_BYTES];
    int rc;

    memset(trial, 0, sizeof(*trial));
    trial->sample = sample;
    bylaw__buf_init(&trial->page, BYLAW_LIMIT_BODY_BYTES);
    if (!sample->source)
        return bylaw__fail(err, BYLAW_ECONFIG, "source.no-text", rule->file,
                           "the sample %s names no source", sample->id);
    rc = bylaw__pipeline_borrow(&trial->auditor, lender, rule, err);
    if (rc)
        return rc;
    trial->auditor->takes_series = takes_series;
    resolve(path, sample, sample->source);
    rc = bylaw_auditor_add_source(trial->auditor, path, NULL, err);
    return rc ? rc : fill_page(trial, err);
}

static void end_trial(struct trial *trial)
{
    bylaw_auditor_free(trial->auditor);
    bylaw__buf_release(&trial->page);
}

/* switched_off: a term that counts as met whatever the page says; or NULL */
static int audit_trial(struct bylaw_audit **out, struct trial *trial,
                       const char *switched_off, struct bylaw_error *err)
{
    const struct bylaw__clock *clock = &trial->auditor->clock;
    const char *url = trial->sample->url;
    struct bylaw_response *response = NULL;
    int rc =
        bylaw__response_from_bytes(&response, trial->path, url,
                                   bylaw__buf_span(&trial->page), "text/html",
                                   clock->now_ms(clock->payload), err);

    if (rc)
        return rc;
    pretend_fetched(response, trial->sample);
    trial->auditor->switched_off = switched_off;
    trial->auditor->site_works = trial->sample->site_works;
    return bylaw__pipeline_audit(out, trial->auditor, response, url, NULL, err);
}

/* ------------------------------------------------------- expectations --- */

static const char *word_of(const struct bylaw_finding *finding)
{
    return finding->outcome == BYLAW_OUTCOME_FAIL && finding->is_partial
               ? "partial"
               : bylaw_outcome_name(finding->outcome);
}

/* What the sample says of the term: a word, "broken", or NULL. */
static const char *expected_of(const struct bylaw_sample *sample,
                               const char *id)
{
    for (size_t i = 0; i < sample->find_count; i++)
        if (!strcmp(sample->finds[i].id, id))
            return sample->finds[i].outcome;
    for (size_t i = 0; i < sample->break_count; i++)
        if (!strcmp(sample->breaks[i], id))
            return "broken";
    return NULL;
}

/* A sample that speaks of findings speaks of all: what it does not name is
 * met, or does not arise. A verdict right for another reason proves nothing. */
static bool finding_fits(const struct bylaw_sample *sample,
                         const struct bylaw_finding *finding)
{
    const char *expected = expected_of(sample, finding->id);

    if (!expected)
        return finding->for_person || finding->outcome == BYLAW_OUTCOME_PASS ||
               finding->outcome == BYLAW_OUTCOME_NOT_EVALUATED;
    if (!strcmp(expected, "broken"))
        return finding->outcome == BYLAW_OUTCOME_FAIL;
    return !strcmp(expected, word_of(finding));
}

/* True where all is found as the sample says; else detail tells what not. */
static bool compare(char detail[BYLAW__SAMPLE_DETAIL],
                    const struct bylaw_sample *sample,
                    const struct bylaw_judgement *judgement)
{
    snprintf(detail, BYLAW__SAMPLE_DETAIL, "%s", judgement->because);
    if (bylaw_verdict_of(sample->expect) != (int)judgement->verdict)
        return false;
    for (size_t i = 0; (sample->find_count || sample->break_count) &&
                       i < judgement->finding_count;
         i++) {
        const struct bylaw_finding *finding = &judgement->findings[i];
        const char *expected = expected_of(sample, finding->id);

        if (finding_fits(sample, finding))
            continue;
        snprintf(detail, BYLAW__SAMPLE_DETAIL, "%s is %s, not %s: %s",
                 finding->id, word_of(finding), expected ? expected : "met",
                 finding->why);
        return false;
    }
    return true;
}

/* ------------------------------------------------------------ coverage --- */

static size_t term_number(const struct bylaw_rule *rule, const char *id)
{
    for (size_t i = 0; i < rule->term_count; i++)
        if (!strcmp(rule->terms[i].id, id))
            return i;
    return SIZE_MAX;
}

/* Judges the sample again without the term's check. */
static int switch_off(enum bylaw__coverage *coverage, struct trial *trial,
                      const char *id, struct bylaw_error *err)
{
    char detail[BYLAW__SAMPLE_DETAIL];
    struct bylaw_audit *audit = NULL;
    int rc = audit_trial(&audit, trial, id, err);

    if (!rc && !compare(detail, trial->sample, audit->rows[0].judgement))
        *coverage = BYLAW__COVERAGE_TESTED;
    bylaw_audit_free(audit);
    return rc;
}

static int cover_terms(enum bylaw__coverage *coverage,
                       const struct bylaw_rule *rule, struct trial *trial,
                       const struct bylaw_judgement *judgement,
                       struct bylaw_error *err)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < judgement->finding_count; i++) {
        const struct bylaw_finding *finding = &judgement->findings[i];
        size_t number = term_number(rule, finding->id);

        if (number == SIZE_MAX || coverage[number] == BYLAW__COVERAGE_TESTED)
            continue;
        if (finding->for_person)
            coverage[number] = BYLAW__COVERAGE_PERSON;
        else if (finding->outcome == BYLAW_OUTCOME_FAIL ||
                 finding->outcome == BYLAW_OUTCOME_UNKNOWN)
            rc = switch_off(&coverage[number], trial, finding->id, err);
    }
    return rc;
}

/* coverage: one a term of the rule; NULL: the sample is no rule's own, and is
 * judged by whichever version of its rule held. */
static int run_sample(struct bylaw__sample_result *result,
                      enum bylaw__coverage *coverage,
                      const bylaw_auditor *lender,
                      const struct bylaw__samples_listener *listener,
                      struct bylaw_error *err)
{
    struct trial trial;
    struct bylaw_audit *audit = NULL;
    int rc = begin_trial(&trial, lender, result, coverage == NULL, err);

    if (!rc)
        rc = audit_trial(&audit, &trial, NULL, err);
    if (rc)
        goto done;
    result->judgement = audit->rows[0].judgement;
    result->is_ok = compare(result->detail, result->sample, result->judgement);
    listener->sample(listener->payload, result);
    if (coverage && result->is_ok)
        rc =
            cover_terms(coverage, result->rule, &trial, result->judgement, err);
done:
    bylaw_audit_free(audit);
    end_trial(&trial);
    return rc;
}

/* ----------------------------------------------------------- the whole --- */

static int test_rule(const struct bylaw_rule *rule, const bylaw_auditor *lender,
                     const struct bylaw__samples_listener *listener,
                     struct bylaw_error *err)
{
    enum bylaw__coverage *coverage =
        calloc(rule->term_count + 1, sizeof(*coverage));
    struct bylaw__rule_result tested = {.rule = rule, .coverage = coverage};
    int rc = coverage ? 0 : bylaw__fail_memory(err, rule->file);

    for (size_t i = 0; !rc && i < rule->term_count; i++)
        coverage[i] = rule->terms[i].decide == BYLAW_DECIDE_HUMAN
                          ? BYLAW__COVERAGE_PERSON
                          : BYLAW__COVERAGE_UNTESTED;
    for (size_t i = 0; !rc && i < rule->sample_count; i++) {
        struct bylaw__sample_result result = {.rule = rule,
                                              .sample = &rule->samples[i]};

        rc = run_sample(&result, coverage, lender, listener, err);
        *(result.is_ok ? &tested.passed : &tested.failed) += 1;
    }
    if (!rc)
        listener->rule(listener->payload, &tested);
    free(coverage);
    return rc;
}

int bylaw__pipeline_rules_test(const struct bylaw_audit_options *options,
                               const char *id,
                               const struct bylaw__samples_listener *listener,
                               struct bylaw_error *err)
{
    bylaw_auditor *auditor = NULL;
    const struct bylaw_rules *rules;
    int rc = bylaw_auditor_new(&auditor, options, err);

    if (rc)
        return rc;
    rules = bylaw_auditor_rules(auditor);
    if (id && !bylaw_rules_find(rules, id))
        rc = bylaw__fail(err, BYLAW_EUSAGE, "rules.unknown-rule",
                         options->rules_dir, "there is no rule \"%s\"", id);
    for (size_t i = 0; !rc && i < rules->count; i++)
        if (!id || !strcmp(rules->items[i].id, id))
            rc = test_rule(&rules->items[i], auditor, listener, err);
    bylaw_auditor_free(auditor);
    return rc;
}

static int test_list(const struct bylaw__sample_list *list,
                     const bylaw_auditor *lender,
                     const struct bylaw__samples_listener *listener,
                     struct bylaw_error *err)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < list->count; i++) {
        struct bylaw__sample_result result = {
            .rule = bylaw_rules_find(bylaw_auditor_rules(lender),
                                     list->items[i].rule),
            .sample = &list->items[i]};

        rc = run_sample(&result, NULL, lender, listener, err);
    }
    return rc;
}

int bylaw__pipeline_samples_test(const struct bylaw_audit_options *options,
                                 const char *path,
                                 const struct bylaw__samples_listener *listener,
                                 struct bylaw_error *err)
{
    struct bylaw__sample_list list = {NULL, 0, NULL};
    bylaw_auditor *auditor = NULL;
    struct bylaw__buf yaml;
    int rc;

    bylaw__buf_init(&yaml, BYLAW_LIMIT_RULE_BYTES);
    rc = bylaw_auditor_new(&auditor, options, err);
    if (!rc)
        rc = bylaw__file_read(&yaml, path, err);
    if (!rc)
        rc = bylaw__samples_read(&list, bylaw__buf_span(&yaml), path,
                                 bylaw_auditor_rules(auditor),
                                 listener->complaint, listener->payload, err);
    if (!rc)
        rc = test_list(&list, auditor, listener, err);
    bylaw__samples_release(&list);
    bylaw_auditor_free(auditor);
    bylaw__buf_release(&yaml);
    return rc;
}
