/* SPDX-License-Identifier: Apache-2.0 */
/* A survey in each of its forms, with texts that mean harm. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MONDAY       ((int64_t)1795409100000) /* 2026-11-23T04:45:00Z */

/* Ends elements, fences, rows and slots. */
#define HOSTILE                                                                \
    "=cmd()</script><script>alert(1)</script>{{index}}\n```\n\"a\",]]>"        \
    "\xe2\x80\xae\x1b[2J"

static const char audit[] =
    "{\"schema\":\"bylaw.audit/1\",\"page\":{\"title\":\"A\\u003c/script>\"},"
    "\"findings\":["
    "{\"id\":\"credit.publisher\",\"kind\":\"duty\",\"force\":\"must\","
    "\"basis\":\"licence\",\"outcome\":\"pass\",\"why\":\"Named.\"},"
    "{\"id\":\"link.original\",\"kind\":\"duty\",\"force\":\"must\","
    "\"basis\":\"licence\",\"outcome\":\"fail\",\"partial\":true,"
    "\"severity\":3,\"why\":\"=The link </script> leads home.\","
    "\"evidence\":[{\"zone\":\"credit\",\"bytes\":[5,9],\"text\":\"=x\","
    "\"href\":\"#\"}],\"fix\":\"<p>`````</p>\"},"
    "{\"id\":\"no.commercial\",\"kind\":\"prohibition\",\"force\":\"must\","
    "\"basis\":\"licence\",\"outcome\":\"unknown\",\"for_person\":true,"
    "\"why\":\"For a person.\"}],\"fix\":\"<p>````` </p>\","
    "\"passages\":[{\"kind\":\"copied\",\"parts\":[[\"same\",\"word </script>"
    "\"]]}]}";

static const struct bylaw_survey_event events[] = {
    {MONDAY - 2, BYLAW_CASE_NONE, BYLAW_CASE_SEEN, "found", "", ""},
    {MONDAY - 1, BYLAW_CASE_SEEN, BYLAW_CASE_NEW, "found again", "", HOSTILE},
};

static struct bylaw_survey_case case_of(int64_t id, enum bylaw_case_state state,
                                        const char *json)
{
    return (struct bylaw_survey_case){
        .id = id,
        .state = state,
        .url = "https://blog.test/a?b=1&c=\"2\"",
        .host = "blog.test",
        .verdict = "incomplete",
        .because = HOSTILE,
        .rule = "a-rule",
        .confidence = "high",
        .match_class = "full",
        .reason = HOSTILE,
        .severity = 3,
        .coverage = 0.98765,
        .first_ms = MONDAY - 2,
        .last_ms = MONDAY,
        .changed_ms = MONDAY - 1,
        .events = events,
        .event_count = COUNT(events),
        .audit = bylaw__span_of(json),
    };
}

static const struct bylaw_survey_source sources[] = {
    {.name = "article",
     .title = HOSTILE,
     .url = "https://wire.test/a",
     .rule = ""}};
static const struct bylaw_survey_scan scans[] = {{.id = 1,
                                                  .began_ms = MONDAY - 5,
                                                  .ended_ms = MONDAY,
                                                  .outcome = "complete",
                                                  .fetched = 4}};

static struct bylaw_survey survey_of(const struct bylaw_survey_case *cases,
                                     size_t count)
{
    return (struct bylaw_survey){.cases = cases,
                                 .case_count = count,
                                 .sources = sources,
                                 .source_count = 1,
                                 .scans = scans,
                                 .scan_count = 1,
                                 .as_of_ms = MONDAY};
}

/* Written twice: a report is the same every time. Free the text. */
static char *write_as(enum bylaw__report_format format,
                      const struct bylaw_survey *survey)
{
    struct bylaw__report_matter matter = {.survey = survey};
    struct bylaw__buf first = {0}, second = {0};
    struct bylaw_error err = {0};

    if (bylaw__report_survey(&first, format, &matter, &err))
        fail_msg("%s: %s", err.id, err.what);
    assert_int_equal(0, bylaw__report_survey(&second, format, &matter, NULL));
    assert_true(
        bylaw__span_eq(bylaw__buf_span(&first), bylaw__buf_span(&second)));
    bylaw__buf_release(&second);
    return bylaw__buf_take(&first, NULL);
}

static char *write_one(enum bylaw__report_format format,
                       enum bylaw_case_state state)
{
    struct bylaw_survey_case one = case_of(7, state, audit);
    struct bylaw_survey survey = survey_of(&one, 1);

    return write_as(format, &survey);
}

static size_t count_of(const char *text, const char *needle)
{
    size_t count = 0;

    for (; (text = strstr(text, needle)); text++)
        count++;
    return count;
}

static void test_csv__gives_no_spreadsheet_a_formula(void **state)
{
    char *csv = write_one(BYLAW__REPORT_CSV, BYLAW_CASE_NEW);

    (void)state;
    assert_null(strstr(csv, "\"=")); /* each is led by an apostrophe */
    assert_non_null(strstr(csv, "\"'=The link </script> leads home.\""));
    assert_non_null(strstr(csv, ",0.9877,"));
    free(csv);
}

static void test_csv__has_a_row_a_finding_and_one_for_a_case_without(void **s)
{
    struct bylaw_survey_case cases[] = {case_of(7, BYLAW_CASE_NEW, audit),
                                        case_of(8, BYLAW_CASE_UNREACHABLE,
                                                "not JSON")};
    struct bylaw_survey survey = survey_of(cases, 2);
    char *csv = write_as(BYLAW__REPORT_CSV, &survey);

    (void)s;
    assert_int_equal(3, count_of(csv, "\r\n7,\"new\""));
    assert_int_equal(1, count_of(csv, "\r\n8,\"unreachable\""));
    free(csv);
}

static void test_junit__fails_only_what_is_plainly_not_met(void **state)
{
    char *xml = write_one(BYLAW__REPORT_JUNIT, BYLAW_CASE_NEW);

    (void)state;
    assert_int_equal(1, count_of(xml, "<failure type=\"incomplete\""));
    assert_int_equal(1, count_of(xml, "<skipped"));
    assert_int_equal(3, count_of(xml, "<testcase"));
    assert_null(strstr(xml, "<script"));
    free(xml);
}

static void test_junit__skips_what_a_person_allowed(void **state)
{
    char *xml = write_one(BYLAW__REPORT_JUNIT, BYLAW_CASE_ALLOWED);

    (void)state;
    assert_int_equal(0, count_of(xml, "<failure"));
    assert_int_equal(3, count_of(xml, "<skipped"));
    free(xml);
}

static void test_sarif__makes_no_alert_of_a_doubt(void **state)
{
    char *sarif = write_one(BYLAW__REPORT_SARIF, BYLAW_CASE_NEW);

    (void)state;
    assert_int_equal(1, count_of(sarif, "\"ruleId\""));
    assert_non_null(strstr(sarif, "\"ruleId\":\"link.original\""));
    assert_non_null(strstr(sarif, "\"baselineState\":\"new\""));
    free(sarif);
    sarif = write_one(BYLAW__REPORT_SARIF, BYLAW_CASE_FIXED);
    assert_int_equal(0, count_of(sarif, "\"ruleId\""));
    free(sarif);
}

static void test_sarif__says_what_a_person_suppressed(void **state)
{
    char *sarif = write_one(BYLAW__REPORT_SARIF, BYLAW_CASE_IGNORED);

    (void)state;
    assert_non_null(strstr(sarif, "\"status\":\"accepted\""));
    free(sarif);
}

static void test_markdown__lets_no_text_out_of_its_place(void **state)
{
    char *md = write_one(BYLAW__REPORT_MARKDOWN, BYLAW_CASE_NEW);

    (void)state;
    assert_null(strstr(md, "<script>alert"));
    assert_null(strstr(md, "\n```\n"));
    assert_non_null(strstr(md, "\n``````html\n")); /* longer than the fix's */
    assert_null(strchr(md, 0x1b));
    free(md);
}

static void test_html__holds_only_its_own_scripts(void **state)
{
    char *html = write_one(BYLAW__REPORT_HTML, BYLAW_CASE_NEW);

    (void)state;
    assert_null(strstr(html, "<script>alert"));
    /* The index, the script and one chunk of details. */
    assert_int_equal(3, count_of(html, "<script"));
    assert_int_equal(3, count_of(html, "</script>"));
    assert_int_equal(1, count_of(html, "\"columns\":["));
    assert_null(strstr(html, "http-equiv=\"refresh\""));
    free(html);
}

/* Where the passages end is found without parsing them. */
static void test_audit__is_read_whatever_its_passages_hold(void **state)
{
    static const char *const passages[] = {
        "\"passages\":[[\"same\",\"]}\\\",\\\\\"],{}],",
        "\"passages\":[],",
        "\"passages\":\"\\\\\\\"\",",
        "\"passages_cut\":false,",
        "",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(passages) / sizeof(passages[0]); i++) {
        struct bylaw_survey_case one;
        struct bylaw_survey survey;
        char json[512];
        char *csv;

        snprintf(json, sizeof(json),
                 "{\"page\":{\"title\":\"\\\"passages\\\":[\"},%s"
                 "\"findings\":[{\"id\":\"link.original\",\"outcome\":"
                 "\"fail\",\"force\":\"must\",\"why\":\"It is missing.\"}]}",
                 passages[i]);
        one = case_of(7, BYLAW_CASE_NEW, json);
        survey = survey_of(&one, 1);
        csv = write_as(BYLAW__REPORT_CSV, &survey);
        assert_int_equal(1, count_of(csv, "It is missing."));
        free(csv);
    }
}

static bool draft_one(struct bylaw__notice *out,
                      const struct bylaw_survey *survey, size_t i,
                      void *payload)
{
    ++*(size_t *)payload;
    bylaw__buf_printf(&out->subject, "About %s", survey->cases[i].url);
    bylaw__buf_add_text(&out->body, "Hello </script>");
    return true;
}

static void test_html__served_asks_its_own_server_alone(void **state)
{
    struct bylaw_survey_case one = case_of(7, BYLAW_CASE_NEW, audit);
    struct bylaw_survey survey = survey_of(&one, 1);
    struct bylaw__report_review review = {"0123", false};
    size_t drafts = 0;
    struct bylaw__report_matter matter = {.survey = &survey,
                                          .draft = draft_one,
                                          .draft_payload = &drafts,
                                          .integrity =
                                              BYLAW__SPAN("Holds: <all>\n"),
                                          .review = &review};
    struct bylaw__buf out = {0};
    char *html;

    (void)state;
    assert_int_equal(0, bylaw__report_survey(&out, BYLAW__REPORT_HTML, &matter,
                                             NULL));
    html = bylaw__buf_take(&out, NULL);
    assert_non_null(
        strstr(html, "default-src 'none'; connect-src 'self'; script-src "));
    assert_non_null(
        strstr(html, "\"review\":{\"token\":\"0123\",\"read_only\":false}"));
    assert_non_null(strstr(html, "\"integrity\":[\"Holds: \\u003call>\"]"));
    assert_int_equal(1, drafts);
    free(html);
}

static void test_html__asks_nothing_of_the_network(void **state)
{
    char *html = write_one(BYLAW__REPORT_HTML, BYLAW_CASE_NEW);

    (void)state;
    assert_non_null(strstr(html, "default-src 'none'; script-src 'sha256-"));
    assert_null(strstr(html, " src=\""));
    assert_null(strstr(html, "@import"));
    assert_null(strstr(html, "url("));
    free(html);
}

static void test_json__counts_outcomes_duty_by_duty(void **state)
{
    char *json = write_one(BYLAW__REPORT_JSON, BYLAW_CASE_NEW);

    (void)state;
    assert_non_null(strstr(json,
                           "{\"id\":\"link.original\",\"pass\":0,\"partial\":1,"
                           "\"fail\":0,\"unknown\":0,\"not_evaluated\":0}"));
    assert_non_null(strstr(json, "\"as_of\":\"2026-11-23T04:45:00Z\""));
    free(json);
}

static void test_every_form__can_tell_of_nothing(void **state)
{
    static const enum bylaw__report_format formats[] = {
        BYLAW__REPORT_HTML,  BYLAW__REPORT_JSON,      BYLAW__REPORT_NDJSON,
        BYLAW__REPORT_CSV,   BYLAW__REPORT_MARKDOWN,  BYLAW__REPORT_SARIF,
        BYLAW__REPORT_JUNIT, BYLAW__REPORT_PROMETHEUS};
    static const struct bylaw_survey nothing;

    (void)state;
    for (size_t i = 0; i < COUNT(formats); i++) {
        char *text = write_as(formats[i], &nothing);

        assert_true(*text);
        free(text);
    }
}

static void test_format_of__knows_every_name(void **state)
{
    (void)state;
    for (int i = 0; i < BYLAW__REPORT_FORMATS; i++)
        assert_int_equal(i, bylaw__report_format_of(bylaw__report_format_name(
                                (enum bylaw__report_format)i)));
    assert_int_equal(-1, bylaw__report_format_of("pdf"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv__gives_no_spreadsheet_a_formula),
        cmocka_unit_test(
            test_csv__has_a_row_a_finding_and_one_for_a_case_without),
        cmocka_unit_test(test_junit__fails_only_what_is_plainly_not_met),
        cmocka_unit_test(test_junit__skips_what_a_person_allowed),
        cmocka_unit_test(test_sarif__makes_no_alert_of_a_doubt),
        cmocka_unit_test(test_sarif__says_what_a_person_suppressed),
        cmocka_unit_test(test_markdown__lets_no_text_out_of_its_place),
        cmocka_unit_test(test_html__holds_only_its_own_scripts),
        cmocka_unit_test(test_html__asks_nothing_of_the_network),
        cmocka_unit_test(test_html__served_asks_its_own_server_alone),
        cmocka_unit_test(test_audit__is_read_whatever_its_passages_hold),
        cmocka_unit_test(test_json__counts_outcomes_duty_by_duty),
        cmocka_unit_test(test_every_form__can_tell_of_nothing),
        cmocka_unit_test(test_format_of__knows_every_name),
    };

    return cmocka_run_group_tests_name("survey", tests, NULL, NULL);
}
