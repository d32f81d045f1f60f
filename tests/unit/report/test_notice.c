/* SPDX-License-Identifier: Apache-2.0 */
/* Drafts: when there is one, what is in it, and what a template may say. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MONDAY       ((int64_t)1795409100000) /* 2026-11-23T04:45:00Z */

#define FINDING(id, force, outcome, more)                                      \
    "{\"id\":\"" id "\",\"force\":\"" force "\",\"basis\":\"licence\","        \
    "\"outcome\":\"" outcome "\",\"why\":\"Why of " id ".\"" more "}"
#define AUDIT(findings)                                                        \
    "{\"page\":{\"language\":\"fr-CA\",\"sha256\":\"ab\"},"                    \
    "\"source\":{\"publisher\":\"The Wire\"},\"rule\":{\"title\":\"A rule\"}," \
    "\"fix\":\"<p>Source: The Wire</p>\",\"findings\":[" findings              \
    "],\"passages\":[{\"kind\":\"copied\",\"parts\":[[\"same\","               \
    "\"one two-three four five six seven eight nine ten\"]]}]}"

static const char lacking[] =
    AUDIT(FINDING("link.original", "must", "fail", "") "," FINDING(
        "credit.author", "must", "pass",
        "") "," FINDING("credit.upstream", "may", "fail",
                        "") "," FINDING("no.commercial", "must", "unknown",
                                        ",\"for_person\":true"));
static const char partly[] =
    AUDIT(FINDING("link.original", "must", "fail", ",\"partial\":true"));
static const char manners[] =
    AUDIT(FINDING("track.pixel", "must", "fail",
                  "") "," FINDING("seo.canonical", "must", "fail",
                                  "") "," FINDING("credit.placement", "must",
                                                  "fail", ""));
static const char doubtful[] =
    AUDIT(FINDING("link.original", "must", "unknown", ""));

static const struct bylaw_survey_source source = {
    .name = "article",
    .title = "A title\r\nBcc: everybody@example.org",
    .url = "https://wire.test/a",
    .rule = ""};
static const struct bylaw_survey_event agreed = {
    MONDAY, BYLAW_CASE_NEW, BYLAW_CASE_CONFIRMED, "decided", "jo", ""};

static struct bylaw_survey_case case_of(enum bylaw_case_state state,
                                        const char *audit)
{
    return (struct bylaw_survey_case){.id = 7,
                                      .state = state,
                                      .url = "https://blog.test/a",
                                      .host = "blog.test",
                                      .verdict = "not-met",
                                      .because = "",
                                      .rule = "a-rule",
                                      .confidence = "high",
                                      .match_class = "full",
                                      .reason = "",
                                      .coverage = 0.5,
                                      .first_ms = MONDAY,
                                      .last_ms = MONDAY,
                                      .audit = bylaw__span_of(audit)};
}

/* Drafts into *out; gives the id of why not, or "". Release *out. */
static const char *draft(struct bylaw__notice *out,
                         enum bylaw__notice_kind kind,
                         const struct bylaw_survey_case *c,
                         const char *template)
{
    struct bylaw_survey survey = {.cases = c,
                                  .case_count = 1,
                                  .sources = &source,
                                  .source_count = 1};
    struct bylaw__notice_wish wish = {.kind = kind,
                                      .template = bylaw__span_of(template),
                                      .path = "letter.txt",
                                      .contact = "editor@wire.test",
                                      .now_ms = MONDAY};
    struct bylaw_error err = {0};

    *out = (struct bylaw__notice){0};
    return bylaw__report_notice(out, &survey, 0, &wish, &err) ? err.id : "";
}

static void check_refusal(enum bylaw__notice_kind kind,
                          const struct bylaw_survey_case *c, const char *id)
{
    struct bylaw__notice notice;

    assert_string_equal(id, draft(&notice, kind, c, "subject: x\n\nx"));
    bylaw__notice_release(&notice);
}

static void check_body(const char *template, const char *want)
{
    struct bylaw_survey_case c = case_of(BYLAW_CASE_NEW, lacking);
    struct bylaw__notice notice;

    assert_string_equal("",
                        draft(&notice, BYLAW__NOTICE_CORRECTION, &c, template));
    assert_string_equal(want, notice.body.ptr ? notice.body.ptr : "");
    bylaw__notice_release(&notice);
}

static void check_mistake(const char *template, const char *where)
{
    struct bylaw_survey_case c = case_of(BYLAW_CASE_NEW, lacking);
    struct bylaw_survey survey = {.cases = &c,
                                  .case_count = 1,
                                  .sources = &source,
                                  .source_count = 1};
    struct bylaw__notice_wish wish = {.template = bylaw__span_of(template),
                                      .path = "letter.txt"};
    struct bylaw__notice notice = {0};
    struct bylaw_error err = {0};

    assert_true(bylaw__report_notice(&notice, &survey, 0, &wish, &err) < 0);
    assert_string_equal("notice.template", err.id);
    assert_string_equal(where, err.where);
    bylaw__notice_release(&notice);
}

static void test_notice__needs_a_second_visit(void **state)
{
    struct bylaw_survey_case c = case_of(BYLAW_CASE_SEEN, lacking);

    (void)state;
    check_refusal(BYLAW__NOTICE_CORRECTION, &c, "notice.not-confirmed");
}

static void test_notice__is_not_for_what_was_settled(void **state)
{
    static const enum bylaw_case_state settled[] = {
        BYLAW_CASE_NONE,    BYLAW_CASE_FIXED, BYLAW_CASE_ALLOWED,
        BYLAW_CASE_IGNORED, BYLAW_CASE_GONE,  BYLAW_CASE_UNREACHABLE};

    (void)state;
    for (size_t i = 0; i < COUNT(settled); i++) {
        struct bylaw_survey_case c = case_of(settled[i], lacking);

        check_refusal(BYLAW__NOTICE_CORRECTION, &c, "notice.state");
    }
}

static void test_notice__never_rests_on_a_doubt(void **state)
{
    struct bylaw_survey_case c = case_of(BYLAW_CASE_NEW, doubtful);

    (void)state;
    check_refusal(BYLAW__NOTICE_CORRECTION, &c, "notice.no-ground");
}

static void test_letter_of_the_law__needs_a_person_who_agreed(void **state)
{
    struct bylaw_survey_case c = case_of(BYLAW_CASE_NEW, lacking);

    (void)state;
    check_refusal(BYLAW__NOTICE_DMCA, &c, "notice.not-agreed");
    check_refusal(BYLAW__NOTICE_DSA, &c, "notice.not-agreed");
    c.events = &agreed;
    c.event_count = 1;
    check_refusal(BYLAW__NOTICE_DMCA, &c, "");
}

static void test_letter_of_the_law__is_not_for_manners_or_parts(void **state)
{
    static const char *const audits[] = {manners, partly};

    (void)state;
    for (size_t i = 0; i < COUNT(audits); i++) {
        struct bylaw_survey_case c = case_of(BYLAW_CASE_CONFIRMED, audits[i]);

        c.events = &agreed;
        c.event_count = 1;
        check_refusal(BYLAW__NOTICE_CORRECTION, &c, "");
        check_refusal(BYLAW__NOTICE_DMCA, &c, "notice.no-ground");
        check_refusal(BYLAW__NOTICE_DSA, &c, "notice.no-ground");
    }
}

static void test_template__lists_only_duties_that_are_plainly_not_met(void **s)
{
    (void)s;
    check_body("duty link.original: the link\n\n"
               "{{#duties}}\n- {{id}} ({{label}}): {{why}}{{/duties}}.",
               "- link.original (the link): Why of link.original..");
}

static void test_template__says_what_is_known_and_leaves_out_the_rest(void **s)
{
    (void)s;
    check_body("\n{{#publisher}}by {{publisher}}{{/publisher}}"
               "{{#permission}}under {{permission}}{{/permission}}"
               "{{^permission}}, no address{{/permission}}",
               "by The Wire, no address");
    check_body("\nAgain on {{check-again}}; {{copied}}; "
               "{{#cure-until}}cure{{/cure-until}}.",
               "Again on 2026-12-07; 50 %; .");
}

static void test_template__links_to_the_copied_words(void **state)
{
    (void)state;
    check_body("\n{{passage}}",
               "https://blog.test/a#:~:text=one%20two%2Dthree%20four%20five%"
               "20six%20seven%20eight%20nine");
}

static void test_template__is_told_its_mistakes_by_line(void **state)
{
    (void)state;
    check_mistake("subject: x\n\nHello\n{{nobody}}", "letter.txt:4");
    check_mistake("subject: {{nobody}}\n\n", "letter.txt:1");
    check_mistake("\n\n{{#publisher}} open", "letter.txt:3");
    check_mistake("\n{{publisher", "letter.txt:2");
    check_mistake("\n{{#a}}{{/a}}", "letter.txt:2");
}

static void test_template__takes_nothing_of_a_page_for_a_tag(void **state)
{
    struct bylaw_survey_case c = case_of(BYLAW_CASE_NEW, lacking);
    struct bylaw__notice notice;

    (void)state;
    c.host = "{{nobody}}";
    assert_string_equal("", draft(&notice, BYLAW__NOTICE_CORRECTION, &c,
                                  "\n{{site}}"));
    assert_string_equal("{{nobody}}", notice.body.ptr);
    bylaw__notice_release(&notice);
}

static void test_mail__gets_no_further_line_in_its_head(void **state)
{
    struct bylaw_survey_case c = case_of(BYLAW_CASE_NEW, lacking);
    struct bylaw__notice notice;
    struct bylaw__buf mail = {0};

    (void)state;
    assert_string_equal("", draft(&notice, BYLAW__NOTICE_CORRECTION, &c,
                                  "subject: {{article}}\n\nHello\n"));
    bylaw__notice_mail(&mail, &notice);
    assert_null(strstr(mail.ptr, "\nBcc"));
    assert_non_null(strstr(mail.ptr, "\r\n\r\nHello\r\n"));
    bylaw__buf_release(&mail);
    bylaw__notice_release(&notice);
}

static void fill_file(const char *path, enum bylaw__notice_kind kind)
{
    struct bylaw_survey_case c = case_of(BYLAW_CASE_CONFIRMED, lacking);
    struct bylaw__notice notice;
    struct bylaw__buf template = {0};

    c.events = &agreed;
    c.event_count = 1;
    assert_int_equal(0, bylaw__file_read(&template, path, NULL));
    assert_string_equal("", draft(&notice, kind, &c, template.ptr));
    assert_true(notice.subject.len && notice.body.len);
    assert_non_null(strstr(notice.body.ptr, c.url));
    assert_null(strstr(notice.body.ptr, "- link.original")); /* it has a name */
    assert_null(strstr(notice.body.ptr, "\n\n\n\n\n"));
    bylaw__notice_release(&notice);
    bylaw__buf_release(&template);
}

static void test_templates__fill_in_each_of_ten_languages(void **state)
{
    static const char *const languages[] = {"en", "es", "fr", "de", "it",
                                            "pt", "ja", "zh", "ar", "ru"};

    (void)state;
    for (size_t i = 0; i < COUNT(languages); i++) {
        char path[64];

        snprintf(path, sizeof(path), "audit/notice/correction.%s.txt",
                 languages[i]);
        fill_file(path, BYLAW__NOTICE_CORRECTION);
    }
    fill_file("audit/notice/dmca.en.txt", BYLAW__NOTICE_DMCA);
    fill_file("audit/notice/dsa.en.txt", BYLAW__NOTICE_DSA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notice__needs_a_second_visit),
        cmocka_unit_test(test_notice__is_not_for_what_was_settled),
        cmocka_unit_test(test_notice__never_rests_on_a_doubt),
        cmocka_unit_test(test_letter_of_the_law__needs_a_person_who_agreed),
        cmocka_unit_test(test_letter_of_the_law__is_not_for_manners_or_parts),
        cmocka_unit_test(
            test_template__lists_only_duties_that_are_plainly_not_met),
        cmocka_unit_test(
            test_template__says_what_is_known_and_leaves_out_the_rest),
        cmocka_unit_test(test_template__links_to_the_copied_words),
        cmocka_unit_test(test_template__is_told_its_mistakes_by_line),
        cmocka_unit_test(test_template__takes_nothing_of_a_page_for_a_tag),
        cmocka_unit_test(test_mail__gets_no_further_line_in_its_head),
        cmocka_unit_test(test_templates__fill_in_each_of_ten_languages),
    };

    return cmocka_run_group_tests_name("notice", tests, NULL, NULL);
}
