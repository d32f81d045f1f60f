/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A survey as SARIF 2.1.0. Only duties not met are results: viewers that do
 * not know `kind` would show a doubt as an alert. GitHub's code scanning takes
 * no web address for a place, so a result points at the HTML report beside
 * it and says the address in words and in webRequest.
 */
#include "survey_int.h"

#include <bylaw/bylaw.h>

#define SCHEMA                                                                 \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"      \
    "sarif-schema-2.1.0.json"

static void add_message(struct bylaw__json *json, const char *key,
                        const char *text)
{
    bylaw__json_key(json, key);
    bylaw__json_object(json);
    bylaw__json_add_text(json, "text", text);
    bylaw__json_object_end(json);
}

/* Harm 0..5 in the three levels there are. */
static const char *level_of(int severity)
{
    return severity >= 4 ? "error" : severity >= 2 ? "warning" : "note";
}

static const char *baseline_of(enum bylaw_case_state state)
{
    if (state == BYLAW_CASE_NEW)
        return "new";
    return state == BYLAW_CASE_REGRESSED ? "updated" : "unchanged";
}

/* ------------------------------------------------------------- results --- */

static void add_location(struct bylaw__json *json)
{
    bylaw__json_key(json, "locations");
    bylaw__json_array(json);
    bylaw__json_object(json);
    bylaw__json_key(json, "physicalLocation");
    bylaw__json_object(json);
    bylaw__json_key(json, "artifactLocation");
    bylaw__json_object(json);
    bylaw__report_text_json(json, "uri", "report.html");
    bylaw__json_object_end(json);
    bylaw__json_key(json, "region");
    bylaw__json_object(json);
    bylaw__json_add_number(json, "startLine", 1);
    bylaw__json_add_number(json, "startColumn", 1);
    bylaw__json_add_number(json, "endLine", 1);
    bylaw__json_add_number(json, "endColumn", 2);
    bylaw__json_object_end(json);
    bylaw__json_object_end(json);
    bylaw__json_object_end(json);
    bylaw__json_array_end(json);
}

/* The same article, page and duty are the same alert in every report. */
static void add_fingerprint(struct bylaw__json *json,
                            const struct audit_view *view,
                            const struct finding_view *finding)
{
    struct bylaw__buf name = {0};
    char hex[BYLAW__SHA256_HEX], value[24];

    bylaw__buf_printf(&name, "%s\n%s\n%s", view->source->name, view->c->url,
                      finding->id);
    if (name.failed || bylaw__sha256_hex(hex, bylaw__buf_span(&name)))
        json->out->failed = true;
    else {
        snprintf(value, sizeof(value), "%.16s:1", hex);
        bylaw__json_key(json, "partialFingerprints");
        bylaw__json_object(json);
        bylaw__report_text_json(json, "primaryLocationLineHash", value);
        bylaw__json_object_end(json);
    }
    bylaw__buf_release(&name);
}

static void add_suppression(struct bylaw__json *json,
                            const struct bylaw_survey_case *c)
{
    if (!bylaw__state_is_hidden(c->state) && c->state != BYLAW_CASE_DISPUTED)
        return;
    bylaw__json_key(json, "suppressions");
    bylaw__json_array(json);
    bylaw__json_object(json);
    bylaw__report_text_json(json, "kind", "external");
    bylaw__report_text_json(json, "status",
                            c->state == BYLAW_CASE_DISPUTED ? "underReview"
                                                            : "accepted");
    if (*c->reason)
        bylaw__report_text_json(json, "justification", c->reason);
    bylaw__json_object_end(json);
    bylaw__json_array_end(json);
}

static void add_request(struct bylaw__json *json,
                        const struct bylaw_survey_case *c)
{
    bylaw__json_key(json, "webRequest");
    bylaw__json_object(json);
    bylaw__report_text_json(json, "method", "GET");
    bylaw__report_text_json(json, "target", c->url);
    bylaw__json_object_end(json);
    bylaw__json_key(json, "provenance");
    bylaw__json_object(json);
    bylaw__report_time_json(json, "firstDetectionTimeUtc", c->first_ms);
    bylaw__report_time_json(json, "lastDetectionTimeUtc", c->last_ms);
    bylaw__json_object_end(json);
}

static void add_result(struct bylaw__json *json, const struct audit_view *view,
                       const struct finding_view *finding)
{
    struct bylaw__buf words = {0};

    bylaw__buf_printf(&words, "%s (%s; article %s; case %lld)", finding->why,
                      view->c->url, view->source->name, (long long)view->c->id);
    bylaw__json_object(json);
    bylaw__report_text_json(json, "ruleId", finding->id);
    bylaw__report_text_json(json, "kind", "fail");
    bylaw__report_text_json(json, "level", level_of(finding->severity));
    add_message(json, "message", words.ptr ? words.ptr : "");
    add_location(json);
    add_fingerprint(json, view, finding);
    bylaw__report_text_json(json, "baselineState", baseline_of(view->c->state));
    add_suppression(json, view->c);
    add_request(json, view->c);
    bylaw__json_object_end(json);
    json->out->failed |= words.failed;
    bylaw__buf_release(&words);
}

static bool is_reported(enum bylaw_case_state state)
{
    return bylaw__state_is_unresolved(state) || bylaw__state_is_hidden(state);
}

static int add_results(struct bylaw__json *json,
                       const struct bylaw_survey *survey,
                       struct bylaw_error *err)
{
    struct audit_view view = {.is_bare = true};
    int rc = 0;

    bylaw__json_key(json, "results");
    bylaw__json_array(json);
    for (size_t i = 0; !rc && i < survey->case_count; i++) {
        if (!is_reported(survey->cases[i].state))
            continue;
        rc = bylaw__view_open(&view, survey, i, err);
        for (size_t k = 0; !rc && k < view.finding_count; k++)
            if (bylaw__finding_is_unmet(&view.findings[k]))
                add_result(json, &view, &view.findings[k]);
    }
    bylaw__json_array_end(json);
    bylaw__view_close(&view);
    return rc;
}

/* ---------------------------------------------------------------- tool --- */

static void add_rule(struct bylaw__json *json, const char *id,
                     const struct bylaw__report_term *term)
{
    bylaw__json_object(json);
    bylaw__report_text_json(json, "id", id);
    add_message(json, "shortDescription", term ? term->summary : id);
    add_message(json, "fullDescription", term ? term->explanation : id);
    add_message(json, "help",
                term ? term->explanation : "See the rule that asks for it.");
    bylaw__json_object_end(json);
}

static void add_tool(struct bylaw__json *json, const struct tally *tally,
                     bylaw__report_term_fn *find)
{
    bylaw__json_key(json, "tool");
    bylaw__json_object(json);
    bylaw__json_key(json, "driver");
    bylaw__json_object(json);
    bylaw__report_text_json(json, "name", "bylaw");
    bylaw__report_text_json(json, "version", BYLAW_VERSION);
    bylaw__report_text_json(json, "semanticVersion", BYLAW_VERSION);
    bylaw__json_key(json, "rules");
    bylaw__json_array(json);
    for (size_t i = 0; i < tally->duty_count; i++) {
        struct bylaw__report_term term;
        bool is_known = find && find(&term, tally->duties[i].id);

        add_rule(json, tally->duties[i].id, is_known ? &term : NULL);
    }
    bylaw__json_array_end(json);
    bylaw__json_object_end(json);
    bylaw__json_object_end(json);
}

static void add_invocation(struct bylaw__json *json,
                           const struct bylaw_survey *survey)
{
    bylaw__json_key(json, "invocations");
    bylaw__json_array(json);
    bylaw__json_object(json);
    bylaw__json_key(json, "executionSuccessful");
    bylaw__json_bool(json,
                     survey->scan_count && survey->scans[0].ended_ms != 0);
    bylaw__report_time_json(json, "endTimeUtc",
                            survey->as_of_ms ? survey->as_of_ms : 1);
    bylaw__json_object_end(json);
    bylaw__json_array_end(json);
}

static int add_run(struct bylaw__json *json, const struct bylaw_survey *survey,
                   const struct tally *tally, bylaw__report_term_fn *find,
                   struct bylaw_error *err)
{
    int rc;

    bylaw__json_object(json);
    add_tool(json, tally, find);
    add_invocation(json, survey);
    rc = add_results(json, survey, err);
    bylaw__report_text_json(json, "columnKind", "unicodeCodePoints");
    bylaw__json_object_end(json);
    return rc;
}

int bylaw__survey_sarif(struct bylaw__buf *out,
                        const struct bylaw_survey *survey,
                        bylaw__report_term_fn *find, struct bylaw_error *err)
{
    struct bylaw__json json;
    struct tally tally;
    int rc = bylaw__tally(&tally, survey, err);

    if (!rc) {
        bylaw__json_init(&json, out, false);
        bylaw__json_object(&json);
        bylaw__report_text_json(&json, "$schema", SCHEMA);
        bylaw__report_text_json(&json, "version", "2.1.0");
        bylaw__json_key(&json, "runs");
        bylaw__json_array(&json);
        rc = add_run(&json, survey, &tally, find, err);
        bylaw__json_array_end(&json);
        bylaw__json_object_end(&json);
        bylaw__buf_add_char(out, '\n');
    }
    bylaw__tally_release(&tally);
    return rc;
}
