/* SPDX-License-Identifier: Apache-2.0 */
/* The HTML report's index: everything but the details, as compact as may be. */
#include "html_report.h"

#include <bylaw/bylaw.h>
#include <stdlib.h>

#define TREND_POINTS 120u

static void add_names(struct bylaw__json *json)
{
    bylaw__json_key(json, "states");
    bylaw__json_array(json);
    for (int i = 0; i <= BYLAW_CASE_UNREACHABLE; i++)
        bylaw__json_text(json, bylaw_case_state_name((enum bylaw_case_state)i));
    bylaw__json_array_end(json);
    bylaw__json_key(json, "verdicts");
    bylaw__json_array(json);
    for (int i = 0; i <= BYLAW_VERDICT_NOT_APPLICABLE; i++)
        bylaw__json_text(json, bylaw_verdict_name((enum bylaw_verdict)i));
    bylaw__json_array_end(json);
}

static void add_duties(struct bylaw__json *json, const struct tally *tally)
{
    bylaw__json_key(json, "duties");
    bylaw__json_array(json);
    for (size_t i = 0; i < tally->duty_count; i++) {
        bylaw__json_object(json);
        bylaw__report_text_json(json, "id", tally->duties[i].id);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

static void add_sources(struct bylaw__json *json,
                        const struct bylaw_survey *survey)
{
    bylaw__json_key(json, "sources");
    bylaw__json_array(json);
    for (size_t i = 0; i < survey->source_count; i++) {
        const struct bylaw_survey_source *source = &survey->sources[i];

        bylaw__json_object(json);
        bylaw__report_text_json(json, "id", source->name);
        bylaw__report_text_json(json, "title", source->title);
        bylaw__report_text_json(json, "url", source->url);
        bylaw__json_key(json, "removed");
        bylaw__json_bool(json, source->is_removed);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

static void add_scans(struct bylaw__json *json,
                      const struct bylaw_survey *survey)
{
    bylaw__json_key(json, "scans");
    bylaw__json_array(json);
    for (size_t i = 0; i < survey->scan_count; i++) {
        const struct bylaw_survey_scan *scan = &survey->scans[i];

        bylaw__json_object(json);
        bylaw__json_add_number(json, "id", scan->id);
        bylaw__json_add_number(json, "began", scan->began_ms);
        bylaw__json_add_number(json, "ended", scan->ended_ms);
        bylaw__report_text_json(json, "outcome", scan->outcome);
        bylaw__json_add_number(json, "fetched", (int64_t)scan->fetched);
        bylaw__json_add_number(json, "failed", (int64_t)scan->failed);
        bylaw__json_add_number(json, "matched", (int64_t)scan->matched);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

static void add_coverage(struct bylaw__json *json,
                         const struct bylaw_metrics *metrics)
{
    bylaw__json_key(json, "coverage");
    bylaw__json_object(json);
    bylaw__json_add_number(json, "read", (int64_t)metrics->pages_read);
    bylaw__json_add_number(json, "missing", (int64_t)metrics->pages_missing);
    bylaw__json_add_number(json, "failed", (int64_t)metrics->pages_failed);
    bylaw__json_add_number(json, "waiting", (int64_t)metrics->pages_waiting);
    bylaw__json_object_end(json);
}

static void add_integrity(struct bylaw__json *json, struct bylaw_span lines)
{
    bylaw__json_key(json, "integrity");
    bylaw__json_array(json);
    for (size_t at = 0, end; at < lines.len; at = end + 1) {
        const char *stop = memchr(lines.ptr + at, '\n', lines.len - at);

        end = stop ? (size_t)(stop - lines.ptr) : lines.len;
        if (end > at)
            bylaw__json_span(json, bylaw__span_sub(lines, at, end));
    }
    bylaw__json_array_end(json);
}

static void add_review(struct bylaw__json *json,
                       const struct bylaw__report_review *review)
{
    if (!review)
        return;
    bylaw__json_key(json, "review");
    bylaw__json_object(json);
    bylaw__report_text_json(json, "token", review->token);
    bylaw__json_key(json, "read_only");
    bylaw__json_bool(json, review->is_read_only);
    bylaw__json_object_end(json);
}

/* --------------------------------------------------------------- trend --- */

/* A moment at which the number of open cases went up or down. */
struct turn {
    int64_t at_ms;
    int by;
};

static int by_time(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;

    return x->at_ms < y->at_ms ? -1 : x->at_ms > y->at_ms;
}

static size_t count_events(const struct bylaw_survey *survey)
{
    size_t count = 0;

    for (size_t i = 0; i < survey->case_count; i++)
        count += survey->cases[i].event_count;
    return count;
}

static size_t find_turns(struct turn *turns, const struct bylaw_survey *survey)
{
    size_t count = 0;

    for (size_t i = 0; i < survey->case_count; i++) {
        const struct bylaw_survey_case *c = &survey->cases[i];

        for (size_t k = 0; k < c->event_count; k++) {
            int by = bylaw_case_wants_action(c->events[k].state) -
                     bylaw_case_wants_action(c->events[k].before);

            if (by)
                turns[count++] = (struct turn){c->events[k].at_ms, by};
        }
    }
    return count;
}

static void add_points(struct bylaw__json *json,
                       const struct bylaw_survey *survey,
                       const struct turn *turns, size_t count)
{
    size_t most =
        survey->scan_count < TREND_POINTS ? survey->scan_count : TREND_POINTS;
    size_t at = 0;
    int open = 0;

    for (size_t i = most; i-- > 0;) {
        const struct bylaw_survey_scan *scan = &survey->scans[i];

        if (!scan->ended_ms)
            continue;
        for (; at < count && turns[at].at_ms <= scan->ended_ms; at++)
            open += turns[at].by;
        bylaw__json_array(json);
        bylaw__json_int(json, scan->ended_ms);
        bylaw__json_int(json, open);
        bylaw__json_array_end(json);
    }
}

/* [END OF SCAN, OPEN CASES], the oldest first. */
static int add_trend(struct bylaw__json *json, struct html_report *report)
{
    const struct bylaw_survey *survey = report->survey;
    struct turn *turns = calloc(count_events(survey) + 1, sizeof(*turns));
    size_t count;

    if (!turns)
        return bylaw__fail_memory(report->err, "");
    count = find_turns(turns, survey);
    qsort(turns, count, sizeof(*turns), by_time);
    bylaw__json_key(json, "trend");
    bylaw__json_array(json);
    add_points(json, survey, turns, count);
    bylaw__json_array_end(json);
    free(turns);
    return 0;
}

/* ---------------------------------------------------------------- rows --- */

static const char *const columns[] = {
    "at",       "id",   "state",      "verdict", "source",
    "url",      "host", "title",      "because", "severity",
    "first",    "last", "changed",    "expires", "class",
    "coverage", "rule", "confidence", "reason",  "duties",
};

static void add_columns(struct bylaw__json *json)
{
    bylaw__json_key(json, "columns");
    bylaw__json_array(json);
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
        bylaw__json_text(json, columns[i]);
    bylaw__json_array_end(json);
}

/* A letter a duty of the tally; '-' where the rule does not ask it. places:
 * where each duty stands among them, by its number. */
static void add_letters(struct bylaw__json *json, const struct tally *tally,
                        const struct case_brief *brief, const size_t *places,
                        char *letters)
{
    memset(letters, '-', tally->duty_count);
    for (size_t i = 0; i < brief->mark_count; i++) {
        const struct duty_mark *mark = &tally->marks[brief->marks + i];

        letters[places[mark->number]] = mark->letter;
    }
    bylaw__json_span(json, (struct bylaw_span){letters, tally->duty_count});
}

static void add_row(struct bylaw__json *json, const struct bylaw_survey_case *c,
                    const char *title, size_t at)
{
    int verdict = bylaw_verdict_of(c->verdict);

    bylaw__json_int(json, (int64_t)at);
    bylaw__json_int(json, c->id);
    bylaw__json_int(json, c->state);
    bylaw__json_int(json, verdict < 0 ? 0 : verdict);
    bylaw__json_int(json, (int64_t)c->source);
    bylaw__json_text(json, c->url);
    bylaw__json_text(json, c->host);
    bylaw__json_text(json, title);
    bylaw__json_text(json, c->because);
    bylaw__json_int(json, c->severity);
    bylaw__json_int(json, c->first_ms);
    bylaw__json_int(json, c->last_ms);
    bylaw__json_int(json, c->changed_ms);
    bylaw__json_int(json, c->expires_ms);
    bylaw__json_text(json, c->match_class);
    bylaw__json_real(json, c->coverage, 4);
    bylaw__json_text(json, c->rule);
    bylaw__json_text(json, c->confidence);
    bylaw__json_text(json, c->reason);
}

static int add_rows(struct bylaw__json *json, struct html_report *report)
{
    const struct bylaw_survey *survey = report->survey;
    const struct tally *tally = &report->tally;
    char *letters = malloc(tally->duty_count + 1);
    size_t *places = calloc(tally->duty_count + 1, sizeof(*places));
    int rc = letters && places ? 0 : bylaw__fail_memory(report->err, "");

    for (size_t i = 0; !rc && i < tally->duty_count; i++)
        places[tally->duties[i].number] = i;
    bylaw__json_key(json, "cases");
    bylaw__json_array(json);
    for (size_t i = 0; !rc && i < survey->case_count; i++) {
        const struct case_brief *brief = &tally->briefs[i];

        bylaw__json_array(json);
        add_row(json, &survey->cases[i], tally->titles.ptr + brief->title, i);
        add_letters(json, tally, brief, places, letters);
        bylaw__json_array_end(json);
    }
    bylaw__json_array_end(json);
    free(letters);
    free(places);
    return rc;
}

int bylaw__html_index(struct bylaw__buf *out, struct html_report *report)
{
    struct bylaw__json json;
    int rc;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__report_text_json(&json, "version", BYLAW_VERSION);
    bylaw__json_add_number(&json, "as_of", report->survey->as_of_ms);
    add_names(&json);
    add_duties(&json, &report->tally);
    add_sources(&json, report->survey);
    add_scans(&json, report->survey);
    add_coverage(&json, &report->survey->metrics);
    add_integrity(&json, report->matter->integrity);
    add_review(&json, report->matter->review);
    rc = add_trend(&json, report);
    bylaw__json_key(&json, "chunks");
    bylaw__json_array(&json);
    bylaw__json_raw(&json, bylaw__buf_span(&report->firsts));
    bylaw__json_array_end(&json);
    add_columns(&json);
    if (!rc)
        rc = add_rows(&json, report);
    bylaw__json_object_end(&json);
    return rc;
}
