/* SPDX-License-Identifier: Apache-2.0 */
/* A skim has the words a tree has, and says where it cannot be sure. */
#include "html/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct row {
    const char *page, *want; /* words one space apart, '|' between blocks */
};

static void collect(void *payload, enum bylaw__skim_link element,
                    struct bylaw_span href)
{
    static const char *const names[] = {"a", "area", "base"};

    bylaw__buf_printf(payload, "%s=%.*s ", names[element], (int)href.len,
                      href.ptr);
}

/* White space as the words see it. */
static void put_tidy(struct bylaw__buf *out, struct bylaw_span text)
{
    char gap = 0;

    bylaw__buf_add_text(out, "");
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (bylaw__is_space((unsigned char)c)) {
            gap = c == '\n' || gap == '|' ? '|' : ' ';
            continue;
        }
        if (gap && out->len)
            bylaw__buf_add_char(out, gap);
        gap = 0;
        bylaw__buf_add_char(out, c);
    }
}

static void check_text(const char *page, const char *want)
{
    struct bylaw__skim skim = {0};
    struct bylaw__buf got = {0};

    assert_int_equal(bylaw__html_skim(&skim, bylaw__span_of(page), NULL, NULL,
                                      NULL),
                     0);
    assert_false(skim.is_unsure);
    put_tidy(&got, bylaw__buf_span(&skim.text));
    assert_string_equal(got.ptr ? got.ptr : "", want);
    bylaw__buf_release(&got);
    bylaw__skim_release(&skim);
}

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_text(rows[i].page, rows[i].want);
}

static void test_html_skim__inline_tags_break_no_word(void **state)
{
    static const struct row rows[] = {
        {"un<b>break</b>able <i>word</i>s", "unbreakable words"},
        {"one<p>two</p>three<br>four", "one|two|three|four"},
        {"wo<!-- > x -->rd<!---->s", "words"},
        {"<DIV>a</DIV ><Li>b", "a|b"},
        {"wo<x-y a='>'>rd</x-y>", "word"},
        {"<span>Adel</span><span>May</span> <span>1</span>", "Adel|May|1"},
        {"<span>Ad</span>el", "Adel"},
        {"a < b <3 c", "a < b <3 c"},
        {"a<wbr>b<img alt=x>c", "abc"},
    };

    (void)state;
    check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void test_html_skim__scripts_and_styles_hold_no_words(void **state)
{
    static const struct row rows[] = {
        {"a<script>x</p>'</scrip>'</script>b", "ab"},
        {"a<style>p{}</style >b", "ab"},
        {"a<script src=x></script>b", "ab"},
        {"a<script src=x /></script>b", "ab"},
        {"a<!-- <script> -->b<script>c", "ab"},
        {"<title>t</title><p>b", "t|b"},
    };

    (void)state;
    check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void test_html_skim__decodes_references(void **state)
{
    static const struct row rows[] = {
        {"caf&eacute; &#8217;&#x2019;&#146;", "café ’’’"},
        {"soft&shy;ly", "soft\u00adly"},
        {"a&ampb &copy2 &;& &#;", "a&b ©2 &;& &#;"},
        {"&unheard;", "&unheard;"},
    };

    (void)state;
    check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void check_links(const char *page, const char *want)
{
    struct bylaw__skim skim = {0};
    struct bylaw__buf got = {0};

    bylaw__buf_add_text(&got, "");
    assert_int_equal(bylaw__html_skim(&skim, bylaw__span_of(page), collect,
                                      &got, NULL),
                     0);
    assert_string_equal(got.ptr ? got.ptr : "", want);
    bylaw__buf_release(&got);
    bylaw__skim_release(&skim);
}

static void test_html_skim__tells_addresses(void **state)
{
    (void)state;
    check_links("<a href=/x>y</a><area HREF='/z'><base href=\"/b/\">",
                "a=/x area=/z base=/b/ ");
    check_links("<a class='>' href=/1 href=/2><a name=x>", "a=/1 ");
    check_links("<a href='?a=1&amp;b=2&copy=3&copy;'>", "a=?a=1&b=2&copy=3© ");
    check_links("<!--<a href=1>--><script>'<a href=2>'</script>"
                "<textarea><a href=3></textarea><a href=4>",
                "a=4 ");
    check_links("<link href=/x><abbr href=/y><img src=/z>", "");
}

static void check_unsure(struct bylaw_span page, bool want)
{
    struct bylaw__skim skim = {0};

    assert_int_equal(bylaw__html_skim(&skim, page, collect,
                                      &(struct bylaw__buf){.failed = true},
                                      NULL),
                     0);
    assert_int_equal(skim.is_unsure, want);
    bylaw__skim_release(&skim);
}

static void test_html_skim__says_where_only_a_tree_can_tell(void **state)
{
    (void)state;
    check_unsure(BYLAW__SPAN(""), true);
    check_unsure(BYLAW__SPAN("caf\xe9"), true);
    check_unsure(BYLAW__SPAN("\xff\xfe<\0p\0>\0"), true);
    check_unsure(BYLAW__SPAN("a\0b"), true);
    check_unsure(BYLAW__SPAN("\x1b$B"), true);
    check_unsure(BYLAW__SPAN("<svg><style/><text>a</text></svg>"), true);
    check_unsure(BYLAW__SPAN("<svg><a xlink:href=/x>b</a></svg>"), true);
    check_unsure(BYLAW__SPAN("plain words, 12345678 é \xf0\x9f\x98\x80 end"),
                 false);
    check_unsure(BYLAW__SPAN("\xef\xbf\xbd is no error"), false);
    check_unsure(BYLAW__SPAN("&a; &b; &c; &d;"), false);
    check_unsure(BYLAW__SPAN("&a; &b; &c; &d; &e;"), true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_html_skim__inline_tags_break_no_word),
        cmocka_unit_test(test_html_skim__scripts_and_styles_hold_no_words),
        cmocka_unit_test(test_html_skim__decodes_references),
        cmocka_unit_test(test_html_skim__tells_addresses),
        cmocka_unit_test(test_html_skim__says_where_only_a_tree_can_tell),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
