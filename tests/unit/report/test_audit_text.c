/* SPDX-License-Identifier: Apache-2.0 */
/* The report for a person: what it shows, and that hostile text is inert. */
#include "audits.h"

#include <stdio.h>

static struct bylaw__buf out;

static const char *text_of(const struct made *m, unsigned width, int verbosity)
{
    struct bylaw__report_style style = {.width = width, .verbosity = verbosity};

    bylaw__buf_clear(&out);
    bylaw__report_audit_text(&out, &m->audit, &style);
    assert_false(out.failed);
    return out.ptr;
}

static int release(void **state)
{
    (void)state;
    bylaw__buf_release(&out);
    return 0;
}

/* Code points that a terminal obeys or that hide or turn what is read. */
static bool is_inert(uint32_t cp)
{
    static const uint32_t marks[] = {0xad,   0x61c,  0x200b, 0x200e, 0x200f,
                                     0x2028, 0x2029, 0x202a, 0x202d, 0x202e,
                                     0x2066, 0x2067, 0x2069, 0xfeff, 0x115f,
                                     0x3164, 0xfffa, 0xe0041};

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (cp == marks[i])
            return false;
    return cp == '\n' || (cp >= 0x20 && cp < 0x7f) || cp >= 0xa0;
}

static void check_inert(struct bylaw_span text)
{
    assert_true(bylaw__utf8_valid(text));
    for (size_t pos = 0; pos < text.len;) {
        uint32_t cp = bylaw__utf8_next(text, &pos);

        if (!is_inert(cp))
            fail_msg("U+%04X reached the terminal", (unsigned)cp);
    }
}

static size_t count_lines(const char *text)
{
    size_t lines = 0;

    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

static void test_text__shows_verdict_reason_checklist_and_fix(void **state)
{
    struct made m;

    (void)state;
    make_audit(&m);
    assert_string_equal(
        text_of(&m, 80, 0),
        "NOT MET  http://copy.example/a\n"
        "  The page has no link to the article.\n"
        "  Full copy: 99 % of \"The Article\" (The Wire), 812 words; 50 % of "
        "the page's\n"
        "  main text.\n"
        "  Rule: The Wire's permission (wire-rule), version 0123456789abcdef, "
        "read\n"
        "  2023-05-16.\n"
        "\n"
        "  must   FAIL      link.original     The credit link leads nowhere.\n"
        "                                     credit 100-120: \"Source: The "
        "Wire\" href=\"#\"\n"
        "\n"
        "  To put it right, add beside the article:\n"
        "    <p>Source: <a href=\"https://wire.example/a\">W</a></p>\n");
}

static void test_text__quiet_is_the_verdict_and_its_reason(void **state)
{
    struct made m;

    (void)state;
    make_audit(&m);
    assert_string_equal(text_of(&m, 80, -1),
                        "NOT MET  http://copy.example/a\n"
                        "  The page has no link to the article.\n");
}

static void test_text__verbose_shows_all_evidence(void **state)
{
    struct made m;

    (void)state;
    make_audit(&m);
    assert_null(strstr(text_of(&m, 80, 0), "second piece"));
    assert_non_null(strstr(text_of(&m, 80, 1), "footer 0-0: \"second piece\""));
}

static void test_text__of_no_source_has_no_match_and_no_rule(void **state)
{
    struct made m;

    (void)state;
    make_audit(&m);
    forget_source(&m);
    m.judgement.verdict = BYLAW_VERDICT_NOT_APPLICABLE;
    m.judgement.because = "The page carries no text of any source.";
    assert_string_equal(text_of(&m, 80, 1),
                        "NOT APPLICABLE  http://copy.example/a\n"
                        "  The page carries no text of any source.\n");
}

static void test_text__of_a_refusal_needs_no_document(void **state)
{
    struct made m;

    (void)state;
    make_audit(&m);
    forget_source(&m);
    m.audit.document = NULL;
    m.audit.is_complete = false;
    m.judgement.verdict = BYLAW_VERDICT_UNDETERMINED;
    m.judgement.because = "The page could not be read.";
    assert_non_null(strstr(text_of(&m, 80, 1), "UNDETERMINED  http://copy."));
}

static void test_text__has_a_word_for_every_verdict_and_outcome(void **state)
{
    struct made m;

    (void)state;
    make_audit(&m);
    for (int v = 0; v <= BYLAW_VERDICT_NOT_APPLICABLE; v++)
        for (int o = 0; o <= BYLAW_OUTCOME_NOT_EVALUATED; o++)
            for (int c = 0; c <= BYLAW_MATCH_TRANSLATION; c++) {
                m.judgement.verdict = (enum bylaw_verdict)v;
                m.finding.outcome = (enum bylaw_outcome)o;
                m.match.class = (enum bylaw_match_class)c;
                assert_null(strstr(text_of(&m, 80, 1), "(null)"));
            }
}

/* Each line stays within the width, but for a word that is itself longer. */
static void check_width(unsigned width, unsigned want)
{
    struct made m;
    const char *line;

    make_audit(&m);
    m.judgement.because =
        "A long sentence of short words that has to be folded several times "
        "so that no line of it is wider than what the terminal shows at once.";
    m.finding.why = m.judgement.because;
    m.judgement.fix = NULL;
    for (line = text_of(&m, width, 0); *line; line++) {
        size_t len = strcspn(line, "\n");

        if (len > want)
            fail_msg("%zu columns of %u: %.*s", len, want, (int)len, line);
        line += len;
    }
}

static void test_text__folds_to_the_width(void **state)
{
    (void)state;
    check_width(80, 80);
    check_width(0, 80);
    check_width(100, 100);
    check_width(200, 200);
    check_width(60, 60);
    check_width(40, 59); /* narrower than the sentence's own column */
}

static void test_text__counts_characters_not_bytes(void **state)
{
    struct made m;

    (void)state;
    make_audit(&m);
    /* 39 two-byte letters and a blank, twice: 79 columns but 157 bytes. */
    m.judgement.because = "ééééééééééééééééééééééééééééééééééééééé "
                          "ééééééééééééééééééééééééééééééééééééé";
    assert_int_equal(count_lines(text_of(&m, 80, -1)), 2);
}

static void test_text__hostile_text_is_inert_everywhere(void **state)
{
    static const char hostile[] =
        "a\x1b[31mred\x1b]0;t\x07 \r\nNOT MET  forged\n\x9b\xc2\x9b"
        "31m \xe2\x80\xaeoverride\xe2\x81\xa6 \xd8\x9c\xe2\x80\x8b\xef\xbb\xbf"
        "\xc2\xad\xe2\x80\xa8\xe1\x85\x9f\xe3\x85\xa4\xef\xbf\xba\xf3\xa0\x81"
        "\x81 \xff\xfe\xc3 \x7f\x08";
    const struct bylaw_span text = {hostile, sizeof(hostile)}; /* with NUL */
    size_t lines;
    struct made m;

    (void)state;
    make_audit(&m);
    lines = count_lines(text_of(&m, 10000, 1));
    m.response.url = m.document.title = m.document.language = hostile;
    m.source.title = m.source.publisher = m.source.id = hostile;
    m.judgement.because = m.judgement.fix = m.finding.why = hostile;
    m.evidence[0].text = m.evidence[0].href = m.evidence[1].text = text;
    m.rule.title = m.rule.captured_date = hostile;
    check_inert(bylaw__span_of(text_of(&m, 10000, 1)));
    assert_int_equal(count_lines(out.ptr), lines); /* no forged line */
    check_inert(bylaw__span_of(text_of(&m, 40, 1)));
    check_inert(bylaw__span_of(text_of(&m, 80, -1)));
}

static void test_text__a_megabyte_of_one_word_is_cut(void **state)
{
    static char word[1 << 20];
    struct made m;

    (void)state;
    memset(word, 'w', sizeof(word) - 1);
    make_audit(&m);
    m.evidence[0].text = m.evidence[0].href =
        (struct bylaw_span){word, sizeof(word) - 1};
    m.source.title = m.source.publisher = word;
    assert_true(strlen(text_of(&m, 80, 1)) < 5000);
    for (size_t i = 0; i + 2 < sizeof(word); i += 2)
        memcpy(word + i, "\xc3\xa9", 2);
    check_inert(bylaw__span_of(text_of(&m, 80, 1)));
    assert_null(strstr(out.ptr, "\xef\xbf\xbd")); /* not cut inside a letter */
}

static void test_text__fix_stands_whole_on_one_line(void **state)
{
    struct made m;
    char fix[4000];

    (void)state;
    make_audit(&m);
    snprintf(fix, sizeof(fix), "<p>%01500d <a href=\"x\">A &amp; B</a></p>", 7);
    m.judgement.fix = fix;
    text_of(&m, 60, 0);
    assert_non_null(strstr(out.ptr, fix));
    assert_int_equal(strstr(out.ptr, fix)[strlen(fix)], '\n');
    m.judgement.fix = "<p>one\n  two</p>";
    assert_non_null(strstr(text_of(&m, 60, 0), "    <p>one two</p>\n"));
}

/* A joiner belongs to names in Persian or Hindi: what is pasted keeps it. */
static void test_text__fix_says_the_same_to_a_browser(void **state)
{
    struct made m;

    (void)state;
    make_audit(&m);
    m.judgement.fix = "<p>\xd9\x85\xe2\x80\x8c\xd8\xb1 \xe2\x80\xae</p>";
    assert_non_null(strstr(text_of(&m, 80, 0),
                           "<p>\xd9\x85&#x200C;\xd8\xb1 &#x202E;</p>\n"));
}

static void test_text__colours_only_where_asked(void **state)
{
    struct bylaw__report_style style = {.color = true, .width = 80};
    struct made m;

    (void)state;
    make_audit(&m);
    bylaw__buf_clear(&out);
    bylaw__report_audit_text(&out, &m.audit, &style);
    assert_non_null(strstr(out.ptr, "\033[31mNOT MET\033[0m  http"));
    assert_null(strstr(text_of(&m, 80, 1), "\033"));
}

static void test_text__rows_stand_apart(void **state)
{
    struct made m;

    (void)state;
    make_audit(&m);
    m.rows[1] = m.rows[0];
    m.audit.row_count = 2;
    assert_string_equal(text_of(&m, 80, -1),
                        "NOT MET  http://copy.example/a\n"
                        "  The page has no link to the article.\n"
                        "\n"
                        "NOT MET  http://copy.example/a\n"
                        "  The page has no link to the article.\n");
}

static void test_error__is_one_line_and_a_hint(void **state)
{
    struct bylaw__report_style style = {.width = 80};
    struct bylaw_error err;

    (void)state;
    bylaw__fail(&err, BYLAW_EIO, "file.directory",
                "a\xe2\x80\xae"
                "b",
                "is a directory");
    bylaw__buf_clear(&out);
    bylaw__report_error(&out, &err, &style);
    check_inert(bylaw__buf_span(&out));
    assert_int_equal(count_lines(out.ptr), 2);
    assert_non_null(strstr(out.ptr, "bylaw: a<U+202E>b: error: is a directory "
                                    "[file.directory]\n  "));
    style.verbosity = -1;
    bylaw__buf_clear(&out);
    bylaw__report_error(&out, &err, &style);
    assert_int_equal(count_lines(out.ptr), 1);
}

static void test_document_text__hostile_labels_are_inert(void **state)
{
    static const char hostile[] = "x\x1b[2J\xe2\x80\xae\n";
    struct bylaw__report_style style = {.width = 80, .verbosity = 1};
    struct bylaw_block block = {.text = {hostile, sizeof(hostile)},
                                .tag = hostile,
                                .zone_why = hostile,
                                .visibility = BYLAW_VISIBILITY_HIDDEN_STYLE,
                                .visibility_why = hostile};
    struct bylaw_link link = {.href = {hostile, sizeof(hostile)},
                              .text = {hostile, sizeof(hostile)},
                              .element = hostile};
    struct bylaw_meta meta = {.value = {hostile, sizeof(hostile)},
                              .origin = "meta"};
    const char *const reasons[] = {hostile};
    struct bylaw_document document = {.title = hostile,
                                      .language = hostile,
                                      .charset = "utf-8",
                                      .url = "",
                                      .blocks = &block,
                                      .block_count = 1,
                                      .links = &link,
                                      .link_count = 1,
                                      .metas = &meta,
                                      .meta_count = 1,
                                      .incomplete_because = reasons,
                                      .incomplete_count = 1};

    (void)state;
    bylaw__buf_clear(&out);
    bylaw__report_document_text(&out, &document, &style);
    check_inert(bylaw__buf_span(&out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text__shows_verdict_reason_checklist_and_fix),
        cmocka_unit_test(test_text__quiet_is_the_verdict_and_its_reason),
        cmocka_unit_test(test_text__verbose_shows_all_evidence),
        cmocka_unit_test(test_text__of_no_source_has_no_match_and_no_rule),
        cmocka_unit_test(test_text__of_a_refusal_needs_no_document),
        cmocka_unit_test(test_text__has_a_word_for_every_verdict_and_outcome),
        cmocka_unit_test(test_text__folds_to_the_width),
        cmocka_unit_test(test_text__counts_characters_not_bytes),
        cmocka_unit_test(test_text__hostile_text_is_inert_everywhere),
        cmocka_unit_test(test_text__a_megabyte_of_one_word_is_cut),
        cmocka_unit_test(test_text__fix_stands_whole_on_one_line),
        cmocka_unit_test(test_text__fix_says_the_same_to_a_browser),
        cmocka_unit_test(test_text__colours_only_where_asked),
        cmocka_unit_test(test_text__rows_stand_apart),
        cmocka_unit_test(test_error__is_one_line_and_a_hint),
        cmocka_unit_test(test_document_text__hostile_labels_are_inert),
    };

    return cmocka_run_group_tests(tests, NULL, release);
}
