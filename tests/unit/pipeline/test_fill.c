/* SPDX-License-Identifier: Apache-2.0 */
/* Page templates: what each directive puts in, and which are refused. */
#include "auditing.h"

static const char manifest[] = "id: tiny\ntitle: A Tiny Article\n"
                               "authors: [Mira Olsen]\nurl: " ARTICLE "\n"
                               "rule: cc-by-4.0\ntext: tiny.txt\n";

static const char text[] =
    "A Tiny Article\n\n"
    "One fish & two <fish> swam in the wide harbour all the morning long.\n\n"
    "Red fish and blue fish swam along behind them until the tide turned.\n\n"
    "Then every fish of the harbour went home and nobody saw them again.\n";

static bylaw_auditor *auditor;

static int set_up(void **state)
{
    if (make_files(state))
        return -1;
    write_file("tiny.txt", text);
    auditor = new_auditor(NULL);
    add_source(auditor, write_file("tiny.yaml", manifest), NULL);
    return 0;
}

static int tear_down(void **state)
{
    bylaw_auditor_free(auditor);
    return remove_files(state);
}

static void check_filled(const char *page, const char *want)
{
    struct bylaw__buf out = {0};

    fill(&out, page, bylaw_auditor_source(auditor, 0));
    bylaw__buf_add(&out, "", 0);
    assert_string_equal(out.ptr, want);
    bylaw__buf_release(&out);
}

#define ONE                                                                    \
    "<p>One fish &amp; two &lt;fish&gt; swam in the wide harbour all the "     \
    "morning long.</p>\n"
#define TWO                                                                    \
    "<p>Red fish and blue fish swam along behind them until the tide "         \
    "turned.</p>\n"
#define THREE                                                                  \
    "<p>Then every fish of the harbour went home and nobody saw them "         \
    "again.</p>\n"

static void test_fill__puts_paragraphs_where_asked(void **state)
{
    (void)state;
    check_filled("a<!--bylaw:article-->b", "a" ONE TWO THREE "b");
    check_filled("<!--bylaw:article 2-->", TWO);
    check_filled("<!--bylaw:article 2-3-->", TWO THREE);
    check_filled("<!--bylaw:article 1-1-->", ONE);
    check_filled("<!--bylaw:article 2-99-->", TWO THREE);
    check_filled("<!--bylaw:article 1--> <!--bylaw:article 3-->",
                 ONE " " THREE);
    check_filled("<!--bylaw: article 3 -->", THREE);
}

static void test_fill__exchanges_words(void **state)
{
    (void)state;
    check_filled("<!--bylaw:article 2 | Red => A <red> | blue=>grey-->",
                 "<p>A &lt;red&gt; fish and grey fish swam along behind them "
                 "until the tide turned.</p>\n");
    check_filled("<!--bylaw:article 2 | fish => -->",
                 "<p>Red  and blue  swam along behind them until the tide "
                 "turned.</p>\n");
    check_filled("<!--bylaw:article 2 | cat => dog-->", TWO);
    /* what was put in is not looked through again */
    check_filled("<!--bylaw:article 2 | Red => blue | blue => Red-->",
                 "<p>blue fish and Red fish swam along behind them until the "
                 "tide turned.</p>\n");
}

static void test_fill__keeps_links_unless_told_otherwise(void **state)
{
    static const char linked[] =
        "# A Tiny Article\n\nOne fish swam in the [wide "
        "harbour](https://harbour.example/?a=1&b=2) all the morning long, and "
        "[nobody](#) saw it.\n";
    bylaw_auditor *own = new_auditor(NULL);
    struct bylaw__buf out = {0};

    (void)state;
    add_source(own, write_file("linked.md", linked), NULL);
    fill(&out, "<!--bylaw:article | wide => <deep>--><!--bylaw:plain-->",
         bylaw_auditor_source(own, 0));
    bylaw__buf_add(&out, "", 0);
    assert_string_equal(
        out.ptr,
        "<p>One fish swam in the <a "
        "href=\"https://harbour.example/?a=1&amp;b=2\">&lt;deep&gt; "
        "harbour</a> all the morning long, and nobody saw it.</p>\n"
        "<p>One fish swam in the wide harbour all the morning long, and nobody "
        "saw it.</p>\n");
    bylaw__buf_release(&out);
    bylaw_auditor_free(own);
}

static void test_fill__gives_a_number_of_words(void **state)
{
    (void)state;
    check_filled("\"<!--bylaw:words 2 3-->\"", "\"Red fish and\"");
    check_filled("<!--bylaw:words 1 5-->", "One fish &amp; two &lt;fish&gt;");
    check_filled("<!--bylaw:words 2 500-->",
                 "Red fish and blue fish swam along behind them until the "
                 "tide turned.");
}

static void test_fill__leaves_other_comments_alone(void **state)
{
    (void)state;
    check_filled("", "");
    check_filled("<!-- bylaw:article -->", "<!-- bylaw:article -->");
    check_filled("<!--by law--><p>x</p>", "<!--by law--><p>x</p>");
}

static void test_fill__refuses_what_it_does_not_understand(void **state)
{
    static const char *const pages[] = {
        "<!--bylaw:-->",
        "<!--bylaw:articles-->",
        "<!--bylaw:article",
        "<!--bylaw:article 0-->",
        "<!--bylaw:article 1-0-->",
        "<!--bylaw:article 3-2-->",
        "<!--bylaw:article x-->",
        "<!--bylaw:article 1-2-3-->",
        "<!--bylaw:article 2x-->",
        "<!--bylaw:article -2-->",
        "<!--bylaw:article 1-->ok<!--bylaw:article 99999999-->",
        "<!--bylaw:article | a -->",
        "<!--bylaw:article | => b-->",
        "<!--bylaw:words-->",
        "<!--bylaw:words 1-->",
        "<!--bylaw:words 1 2 3-->",
        "<!--bylaw:words 1 0-->",
        "<!--bylaw:words 1 5 | fish => cat-->",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        struct bylaw__buf out = {0};
        struct bylaw_error err = {0};
        int rc = bylaw__pipeline_fill(&out, bylaw__span_of(pages[i]),
                                      bylaw_auditor_source(auditor, 0),
                                      "page.html", &err);

        bylaw__buf_release(&out);
        if (rc != BYLAW_ECONFIG)
            fail_msg("accepted: %s", pages[i]);
        assert_string_equal(err.id, "template.directive");
        assert_string_equal(err.where, "page.html");
    }
}

static void test_fill__takes_sixteen_exchanges_and_no_more(void **state)
{
    (void)state;
    for (unsigned count = 15; count <= 17; count++) {
        struct bylaw__buf page = {0}, out = {0};

        bylaw__buf_add_text(&page, "<!--bylaw:article 2");
        for (unsigned i = 0; i < count; i++)
            bylaw__buf_printf(&page, " | word%u => other", i);
        bylaw__buf_add_text(&page, "-->");
        assert_int_equal(bylaw__pipeline_fill(&out, bylaw__buf_span(&page),
                                              bylaw_auditor_source(auditor, 0),
                                              "page", NULL),
                         count <= 16 ? 0 : BYLAW_ECONFIG);
        bylaw__buf_release(&page);
        bylaw__buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fill__puts_paragraphs_where_asked),
        cmocka_unit_test(test_fill__exchanges_words),
        cmocka_unit_test(test_fill__keeps_links_unless_told_otherwise),
        cmocka_unit_test(test_fill__gives_a_number_of_words),
        cmocka_unit_test(test_fill__leaves_other_comments_alone),
        cmocka_unit_test(test_fill__refuses_what_it_does_not_understand),
        cmocka_unit_test(test_fill__takes_sixteen_exchanges_and_no_more),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
