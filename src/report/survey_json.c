/* SPDX-License-Identifier: Apache-2.0 */
/* A survey as JSON (schema bylaw.report/1), whole or line by line. */
#include "survey_int.h"

#include <bylaw/bylaw.h>

void bylaw__report_text_json(struct bylaw__json *json, const char *key,
                             const char *value)
{
    bylaw__json_add_text(json, key, value && *value ? value : NULL);
}

void bylaw__report_time_json(struct bylaw__json *json, const char *key,
                             int64_t ms)
{
    char text[BYLAW__TIME_BYTES];

    bylaw__time_format(text, ms);
    bylaw__report_text_json(json, key, ms ? text : NULL);
}

/* --------------------------------------------------------------- parts --- */

static void add_source(struct bylaw__json *json,
                       const struct bylaw_survey_source *source)
{
    bylaw__report_text_json(json, "id", source->name);
    bylaw__report_text_json(json, "title", source->title);
    bylaw__report_text_json(json, "url", source->url);
    bylaw__report_text_json(json, "rule", source->rule);
    bylaw__json_key(json, "removed");
    bylaw__json_bool(json, source->is_removed);
}

static void add_scan(struct bylaw__json *json,
                     const struct bylaw_survey_scan *scan)
{
    bylaw__json_add_number(json, "id", scan->id);
    bylaw__report_time_json(json, "began_at", scan->began_ms);
    bylaw__report_time_json(json, "ended_at", scan->ended_ms);
    bylaw__report_text_json(json, "outcome",
                            scan->ended_ms ? scan->outcome : "unfinished");
    bylaw__json_add_count(json, "visited", scan->fetched);
    bylaw__json_add_count(json, "matched", scan->matched);
    bylaw__json_add_count(json, "failed", scan->failed);
    bylaw__json_add_count(json, "changed", scan->changed);
}

static void add_events(struct bylaw__json *json,
                       const struct bylaw_survey_case *c)
{
    bylaw__json_key(json, "events");
    bylaw__json_array(json);
    for (size_t i = 0; i < c->event_count; i++) {
        const struct bylaw_survey_event *event = &c->events[i];

        bylaw__json_object(json);
        bylaw__report_time_json(json, "at", event->at_ms);
        bylaw__report_text_json(json, "before",
                                bylaw_case_state_name(event->before));
        bylaw__report_text_json(json, "state",
                                bylaw_case_state_name(event->state));
        bylaw__report_text_json(json, "what", event->what);
        bylaw__report_text_json(json, "by", event->by);
        bylaw__report_text_json(json, "why", event->why);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

/* The audit is JSON already and goes in as it is, last. */
static void add_case(struct bylaw__json *json,
                     const struct bylaw_survey *survey,
                     const struct bylaw_survey_case *c)
{
    bylaw__json_add_number(json, "id", c->id);
    bylaw__report_text_json(json, "state", bylaw_case_state_name(c->state));
    bylaw__json_key(json, "open");
    bylaw__json_bool(json, !c->twin_of && bylaw_case_wants_action(c->state));
    bylaw__json_add_number(json, "twin_of", c->twin_of);
    bylaw__report_text_json(json, "url", c->url);
    bylaw__report_text_json(json, "host", c->host);
    bylaw__report_text_json(json, "source", survey->sources[c->source].name);
    bylaw__report_text_json(json, "verdict", c->verdict);
    bylaw__report_text_json(json, "because", c->because);
    bylaw__json_add_number(json, "severity", c->severity);
    bylaw__report_text_json(json, "confidence", c->confidence);
    bylaw__report_text_json(json, "rule", c->rule);
    bylaw__report_text_json(json, "match_class", c->match_class);
    bylaw__json_key(json, "source_coverage");
    bylaw__json_real(json, c->coverage, 4);
    bylaw__report_text_json(json, "reason", c->reason);
    bylaw__report_time_json(json, "first_at", c->first_ms);
    bylaw__report_time_json(json, "last_at", c->last_ms);
    bylaw__report_time_json(json, "changed_at", c->changed_ms);
    bylaw__report_time_json(json, "expires_at", c->expires_ms);
    add_events(json, c);
    bylaw__json_key(json, "audit");
    if (c->audit.len)
        bylaw__json_raw(json, c->audit);
    else
        bylaw__json_null(json);
}

static void add_duties(struct bylaw__json *json, const struct tally *tally)
{
    bylaw__json_key(json, "duties");
    bylaw__json_array(json);
    for (size_t i = 0; i < tally->duty_count; i++) {
        const struct duty_count *duty = &tally->duties[i];

        bylaw__json_object(json);
        bylaw__report_text_json(json, "id", duty->id);
        bylaw__json_add_count(json, "pass", duty->pass);
        bylaw__json_add_count(json, "partial", duty->partial);
        bylaw__json_add_count(json, "fail", duty->fail);
        bylaw__json_add_count(json, "unknown", duty->unknown);
        bylaw__json_add_count(json, "not_evaluated", duty->not_evaluated);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

static void add_counts(struct bylaw__json *json, const struct tally *tally)
{
    bylaw__json_key(json, "states");
    bylaw__json_object(json);
    for (int i = 0; i < 12; i++)
        bylaw__json_add_count(json,
                              bylaw_case_state_name((enum bylaw_case_state)i),
                              tally->states[i]);
    bylaw__json_object_end(json);
    bylaw__json_key(json, "verdicts");
    bylaw__json_object(json);
    for (int i = 0; i <= BYLAW_VERDICT_NOT_APPLICABLE; i++)
        bylaw__json_add_count(json, bylaw_verdict_name((enum bylaw_verdict)i),
                              tally->verdicts[i]);
    bylaw__json_object_end(json);
}

/* What was looked at, without which no count says anything. */
static void add_coverage(struct bylaw__json *json,
                         const struct bylaw_metrics *metrics)
{
    bylaw__json_key(json, "coverage");
    bylaw__json_object(json);
    bylaw__json_add_count(json, "pages_read", metrics->pages_read);
    bylaw__json_add_count(json, "pages_missing", metrics->pages_missing);
    bylaw__json_add_count(json, "pages_failed", metrics->pages_failed);
    bylaw__json_add_count(json, "pages_waiting", metrics->pages_waiting);
    bylaw__json_object_end(json);
}

static void add_summary(struct bylaw__json *json,
                        const struct bylaw_survey *survey,
                        const struct tally *tally)
{
    bylaw__json_add_count(json, "sources", survey->source_count);
    bylaw__json_add_count(json, "cases", survey->case_count);
    bylaw__json_add_count(json, "open_cases", tally->open);
    bylaw__json_add_count(json, "findings", tally->findings);
    add_counts(json, tally);
    add_duties(json, tally);
    add_coverage(json, &survey->metrics);
}

static void add_head(struct bylaw__json *json,
                     const struct bylaw_survey *survey)
{
    bylaw__report_text_json(json, "schema", "bylaw.report/1");
    bylaw__json_key(json, "tool");
    bylaw__json_object(json);
    bylaw__report_text_json(json, "name", "bylaw");
    bylaw__report_text_json(json, "version", BYLAW_VERSION);
    bylaw__json_object_end(json);
    bylaw__report_time_json(json, "as_of", survey->as_of_ms);
}

/* --------------------------------------------------------------- whole --- */

static void add_all(struct bylaw__json *json, const struct bylaw_survey *survey,
                    const struct tally *tally)
{
    bylaw__json_object(json);
    add_head(json, survey);
    bylaw__json_key(json, "summary");
    bylaw__json_object(json);
    add_summary(json, survey, tally);
    bylaw__json_object_end(json);
    bylaw__json_key(json, "scans");
    bylaw__json_array(json);
    for (size_t i = 0; i < survey->scan_count; i++) {
        bylaw__json_object(json);
        add_scan(json, &survey->scans[i]);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
    bylaw__json_key(json, "sources");
    bylaw__json_array(json);
    for (size_t i = 0; i < survey->source_count; i++) {
        bylaw__json_object(json);
        add_source(json, &survey->sources[i]);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
    bylaw__json_key(json, "cases");
    bylaw__json_array(json);
    for (size_t i = 0; i < survey->case_count; i++) {
        bylaw__json_object(json);
        add_case(json, survey, &survey->cases[i]);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
    bylaw__json_object_end(json);
}

int bylaw__survey_json(struct bylaw__buf *out,
                       const struct bylaw_survey *survey,
                       struct bylaw_error *err)
{
    struct bylaw__json json;
    struct tally tally;
    int rc = bylaw__tally(&tally, survey, err);

    if (!rc) {
        bylaw__json_init(&json, out, false);
        add_all(&json, survey, &tally);
        bylaw__buf_add_char(out, '\n');
    }
    bylaw__tally_release(&tally);
    return rc;
}

/* -------------------------------------------------------- line by line --- */

static void begin_line(struct bylaw__json *json, struct bylaw__buf *out,
                       const char *type)
{
    bylaw__json_init(json, out, false);
    bylaw__json_object(json);
    bylaw__report_text_json(json, "type", type);
}

static void end_line(struct bylaw__json *json)
{
    bylaw__json_object_end(json);
    bylaw__buf_add_char(json->out, '\n');
}

static void add_lines(struct bylaw__buf *out, const struct bylaw_survey *survey,
                      const struct tally *tally)
{
    struct bylaw__json json;

    begin_line(&json, out, "start");
    add_head(&json, survey);
    end_line(&json);
    for (size_t i = 0; i < survey->scan_count; i++) {
        begin_line(&json, out, "scan");
        add_scan(&json, &survey->scans[i]);
        end_line(&json);
    }
    for (size_t i = 0; i < survey->source_count; i++) {
        begin_line(&json, out, "source");
        add_source(&json, &survey->sources[i]);
        end_line(&json);
    }
    for (size_t i = 0; i < survey->case_count; i++) {
        begin_line(&json, out, "case");
        add_case(&json, survey, &survey->cases[i]);
        end_line(&json);
    }
    begin_line(&json, out, "summary");
    add_summary(&json, survey, tally);
    end_line(&json);
}

int bylaw__survey_ndjson(struct bylaw__buf *out,
                         const struct bylaw_survey *survey,
                         struct bylaw_error *err)
{
    struct tally tally;
    int rc = bylaw__tally(&tally, survey, err);

    if (!rc)
        add_lines(out, survey, &tally);
    bylaw__tally_release(&tally);
    return rc;
}
