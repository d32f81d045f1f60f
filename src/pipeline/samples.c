/* SPDX-License-Identifier: Apache-2.0 */
/* A rule's own samples: pages whose verdict the rule's author has stated. */
#include "pipeline_int.h"

#include <stdio.h>

#define SAMPLE_PATH_BYTES 4096
#define DAY_MS            ((int64_t)24 * 60 * 60 * 1000)

/* Paths in a rule are relative to the rule's own folder. */
static void resolve(char out[SAMPLE_PATH_BYTES], const struct bylaw_rule *rule,
                    const char *path)
{
    const char *slash = strrchr(rule->file, '/');

    if (path[0] == '/' || !slash)
        snprintf(out, SAMPLE_PATH_BYTES, "%s", path);
    else
        snprintf(out, SAMPLE_PATH_BYTES, "%.*s/%s", (int)(slash - rule->file),
                 rule->file, path);
}

static int fill_page(struct bylaw__buf *out, const char *path,
                     const struct bylaw_source *source, struct bylaw_error *err)
{
    struct bylaw__buf page;
    int rc;

    bylaw__buf_init(&page, BYLAW_LIMIT_BODY_BYTES);
    rc = bylaw__file_read(&page, path, err);
    if (!rc)
        rc = bylaw__pipeline_fill(out, bylaw__buf_span(&page), source, path,
                                  err);
    bylaw__buf_release(&page);
    return rc;
}

/* The term that a sample breaks must be the one that is found broken: a
 * verdict that is right for another reason would prove nothing. */
static bool breaks_as_stated(const struct bylaw_judgement *judgement,
                             const char *breaks)
{
    for (size_t i = 0; i < judgement->finding_count; i++) {
        const struct bylaw_finding *finding = &judgement->findings[i];
        bool is_named = breaks && !strcmp(finding->id, breaks);

        if (finding->force != BYLAW_FORCE_MUST || finding->for_person)
            continue;
        if (finding->outcome == BYLAW_OUTCOME_NOT_EVALUATED && !is_named)
            continue;
        if ((finding->outcome == BYLAW_OUTCOME_PASS) == is_named)
            return false;
    }
    return true;
}

static void compare(struct bylaw__sample_result *result,
                    const struct bylaw_audit *audit)
{
    const struct bylaw_judgement *judgement = audit->rows[0].judgement;
    const struct bylaw_sample *sample = result->sample;
    bool verdict_fits;

    result->verdict = judgement->verdict;
    verdict_fits = bylaw_verdict_of(sample->expect) == (int)judgement->verdict;
    result->is_ok = verdict_fits;
    snprintf(result->detail, sizeof(result->detail), "%s", judgement->because);
    if (verdict_fits && judgement->verdict != BYLAW_VERDICT_NOT_APPLICABLE &&
        sample->breaks && !breaks_as_stated(judgement, sample->breaks)) {
        result->is_ok = false;
        snprintf(result->detail, sizeof(result->detail),
                 "the verdict fits, but %s is not the one duty found unmet",
                 sample->breaks);
    }
}

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

static int audit_sample(struct bylaw__sample_result *result,
                        bylaw_auditor *auditor, struct bylaw_error *err)
{
    const struct bylaw_sample *sample = result->sample;
    char path[SAMPLE_PATH_BYTES];
    struct bylaw__buf page;
    struct bylaw_response *response = NULL;
    struct bylaw_audit *audit = NULL;
    int rc;

    bylaw__buf_init(&page, BYLAW_LIMIT_BODY_BYTES);
    resolve(path, result->rule, sample->file);
    rc = fill_page(&page, path, bylaw_auditor_source(auditor, 0), err);
    if (!rc)
        rc = bylaw__response_from_bytes(
            &response, path, sample->url, bylaw__buf_span(&page), "text/html",
            auditor->clock.now_ms(auditor->clock.payload), err);
    if (!rc) {
        pretend_fetched(response, sample);
        rc = bylaw__pipeline_audit(&audit, auditor, response, sample->url, NULL,
                                   err);
    }
    if (!rc)
        compare(result, audit);
    bylaw_audit_free(audit);
    bylaw__buf_release(&page);
    return rc;
}

static int run_sample(struct bylaw__sample_result *result,
                      const struct bylaw_audit_options *options,
                      struct bylaw_error *err)
{
    struct bylaw_audit_options own = *options;
    char path[SAMPLE_PATH_BYTES];
    bylaw_auditor *auditor = NULL;
    int rc;

    own.rule = result->rule->id;
    own.cells = 0; /* whoever wrote the rules wrote the samples */
    if (!result->sample->source)
        return bylaw__fail(err, BYLAW_ECONFIG, "source.no-text",
                           result->rule->file, "the sample %s names no source",
                           result->sample->file);
    rc = bylaw_auditor_new(&auditor, &own, err);
    if (rc)
        return rc;
    resolve(path, result->rule, result->sample->source);
    rc = bylaw_auditor_add_source(auditor, path, NULL, err);
    if (!rc)
        rc = audit_sample(result, auditor, err);
    bylaw_auditor_free(auditor);
    return rc;
}

int bylaw__pipeline_rules_test(const struct bylaw_audit_options *options,
                               const char *id, bylaw__sample_fn *report,
                               void *payload, struct bylaw_error *err)
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
    for (size_t i = 0; !rc && i < rules->count; i++) {
        const struct bylaw_rule *rule = &rules->items[i];

        if (id && strcmp(rule->id, id))
            continue;
        for (size_t k = 0; !rc && k < rule->sample_count; k++) {
            struct bylaw__sample_result result = {.rule = rule,
                                                  .sample = &rule->samples[k]};

            rc = run_sample(&result, options, err);
            if (!rc)
                report(payload, &result);
        }
    }
    bylaw_auditor_free(auditor);
    return rc;
}
