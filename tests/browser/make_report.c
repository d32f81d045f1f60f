/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes the HTML report of a workspace that never was: "hostile" has texts
 * that mean harm, "large" so many cases that the page is at its limits. With
 * "large" the speed of writing goes to standard error.
 * usage: make_report hostile | large CASES
 */
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MONDAY   ((int64_t)1795409100000) /* 2026-11-23T04:45:00Z */
#define DUTIES   8u
#define MINUTE   ((int64_t)60000)
#define NO_BREAK "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"

static const char *const duties[DUTIES] = {"credit.author",  "credit.publisher",
                                           "link.original",  "notice.copyright",
                                           "notice.licence", "keep.text",
                                           "mark.changes",   "no.commercial"};
static const char *const outcomes[] = {"pass", "pass", "fail", "unknown"};
static const enum bylaw_case_state states[] = {BYLAW_CASE_NONE, BYLAW_CASE_NEW,
                                               BYLAW_CASE_FIXED,
                                               BYLAW_CASE_CONFIRMED,
                                               BYLAW_CASE_NONE};

/* Ends elements, turns text round, draws over it, has no end. */
static const char *const hostile[] = {
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "\xe2\x80\xae"
    "txet denrut \xe2\x81\xa6\xe2\x80\x8f",
    "{{script}} ${document.title='owned'} \\u003c/script>",
    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"
    "\xf0\x9f\x8f\xb4 z\xcc\xb4\xcc\xb5\xcc\xb6\xcc\xb7",
    "a\\u0000b", /* NUL, as JSON has it */
    "javascript:document.title='owned'",
};
#define HOSTILE (sizeof(hostile) / sizeof(hostile[0]))

static char *long_word(void)
{
    struct bylaw__buf word = {0};

    for (size_t i = 0; i < (1u << 20) / 32; i++)
        bylaw__buf_add_text(&word, NO_BREAK);
    return bylaw__buf_take(&word, NULL);
}

static void add_finding(struct bylaw__json *json, size_t i, size_t k,
                        const char *text)
{
    const char *outcome = outcomes[(i + k) % 4];
    char why[128];

    snprintf(why, sizeof(why), "What page %zu shows of duty %zu, in a sentence",
             i, k);
    bylaw__json_object(json);
    bylaw__json_key(json, "id");
    bylaw__json_text(json, duties[k]);
    bylaw__json_key(json, "force");
    bylaw__json_text(json, "must");
    bylaw__json_key(json, "basis");
    bylaw__json_text(json, "licence");
    bylaw__json_key(json, "outcome");
    bylaw__json_text(json, outcome);
    bylaw__json_key(json, "why");
    bylaw__json_text(json, text ? text : why);
    bylaw__json_key(json, "evidence");
    bylaw__json_raw(json, BYLAW__SPAN("[{\"zone\":\"credit\",\"bytes\":[9,99],"
                                      "\"text\":"));
    bylaw__json_init(json, json->out, false);
    bylaw__json_text(json, text ? text : "Source: The Wire, with kind regards");
    bylaw__buf_add_text(json->out, ",\"href\":");
    bylaw__json_init(json, json->out, false);
    bylaw__json_text(json, text ? text : "https://wire.example/a");
    bylaw__buf_add_text(json->out, "}]}");
}

/* One audit, by hand: the writer of real ones needs a page. */
static struct bylaw_span audit_of(size_t i, const char *text)
{
    struct bylaw__buf out = {0};
    struct bylaw__json json;
    size_t len = 0;
    char *bytes;

    bylaw__buf_add_text(&out, "{\"page\":{\"title\":");
    bylaw__json_init(&json, &out, false);
    bylaw__json_text(&json, text ? text : "A page that carries the article");
    bylaw__buf_add_text(&out, "},\"fix\":\"<p>Source: The Wire</p>\","
                              "\"findings\":[");
    for (size_t k = 0; k < DUTIES; k++) {
        if (k)
            bylaw__buf_add_char(&out, ',');
        bylaw__json_init(&json, &out, false);
        add_finding(&json, i, k, text);
    }
    bylaw__buf_add_text(&out, "],\"passages\":[{\"kind\":\"copied\",\"parts\":["
                              "[\"same\",");
    bylaw__json_init(&json, &out, false);
    bylaw__json_text(&json, text ? text : "Words that both have.");
    bylaw__buf_add_text(&out, "],[\"inserted\",\"put in\",\"substantive\","
                              "false]]}]}");
    bytes = bylaw__buf_take(&out, &len);
    return (struct bylaw_span){bytes, len};
}

static struct bylaw_survey_case case_of(size_t i, const char *text,
                                        const char *because)
{
    char *url = malloc(64), *host = malloc(32);
    struct bylaw_survey_case c = {.id = (int64_t)i + 1,
                                  .state = states[i % 5],
                                  .verdict = i % 3 ? "not-met" : "compliant",
                                  .because = because,
                                  .rule = "a-rule",
                                  .confidence = "high",
                                  .match_class = "full",
                                  .reason = text ? text : "",
                                  .severity = (int)(i % 6),
                                  .coverage = 0.9,
                                  .first_ms = MONDAY,
                                  .last_ms = MONDAY + (int64_t)i * MINUTE,
                                  .changed_ms = MONDAY + (int64_t)i * MINUTE};

    snprintf(url, 64, "https://site%zu.example/2026/11/page-%zu", i % 900, i);
    snprintf(host, 32, "site%zu.example", i % 900);
    c.url = text ? text : url;
    c.host = text ? text : host;
    c.source = i % 2;
    c.audit = audit_of(i, text);
    return c;
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int write_report(const struct bylaw_survey *survey)
{
    struct bylaw__report_matter matter = {.survey = survey};
    struct bylaw__buf out = {0};
    struct bylaw_error err = {0};
    double began = seconds();
    int rc = bylaw__report_survey(&out, BYLAW__REPORT_HTML, &matter, &err);
    double findings = (double)survey->case_count * DUTIES;

    if (rc) {
        fprintf(stderr, "%s: %s\n", err.id, err.what);
        return 1;
    }
    fprintf(stderr,
            "{\"bench\":\"report\",\"findings\":%.0f,\"findings_per_s\":%.0f,"
            "\"bytes\":%zu}\n",
            findings, findings / (seconds() - began), out.len);
    fwrite(out.ptr, 1, out.len, stdout);
    bylaw__buf_release(&out);
    return 0;
}

int main(int argc, char **argv)
{
    bool is_large = argc == 3 && !strcmp(argv[1], "large");
    size_t count = is_large ? (size_t)strtoul(argv[2], NULL, 10) : HOSTILE + 1;
    struct bylaw_survey_case *cases = calloc(count + 1, sizeof(*cases));
    struct bylaw_survey_source sources[] = {
        {"first", "The first article", "https://wire.example/a", "", false},
        {"second", "The second", "https://wire.example/b", "", false}};
    struct bylaw_survey_scan scan = {.id = 1,
                                     .began_ms = MONDAY,
                                     .ended_ms = MONDAY + MINUTE,
                                     .outcome = "complete"};
    struct bylaw_survey survey = {.cases = cases,
                                  .case_count = count,
                                  .sources = sources,
                                  .source_count = 2,
                                  .scans = &scan,
                                  .scan_count = 1,
                                  .as_of_ms = MONDAY};

    if (!cases || (!is_large && argc != 2))
        return 2;
    for (size_t i = 0; i < count; i++)
        cases[i] = is_large      ? case_of(i, NULL, "The link is missing.")
                   : i < HOSTILE ? case_of(i, hostile[i], hostile[i])
                                 : case_of(i, hostile[0], long_word());
    return write_report(&survey);
}
