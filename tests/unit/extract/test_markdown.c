/* SPDX-License-Identifier: Apache-2.0 */
/* Markdown: marks go, links stay, every word knows its bytes. */
#include "documents.h"

/* The first block's text is want. */
static void check_text(const char *markdown, const char *want)
{
    struct bylaw_document *d = extract_markdown(markdown);

    assert_true(d->block_count > 0);
    assert_span(d->blocks[0].text, want);
    bylaw_document_free(d);
}

static void test_markdown__removes_marks_from_the_text(void **state)
{
    static const struct {
        const char *markdown, *want;
    } rows[] = {
        {"plain words", "plain words"},
        {"*one* _two_ **three** __four__", "one two three four"},
        {"***both*** *a **b** c*", "both a b c"},
        {"snake_case_name stays", "snake_case_name stays"},
        {"5 * 3 * 2 stays", "5 * 3 * 2 stays"},
        {"a lone * star", "a lone * star"},
        {"*unclosed", "*unclosed"},
        {"\\$5.5 billion \\*not\\* emphasis", "$5.5 billion *not* emphasis"},
        {"C:\\dir", "C:\\dir"},
        {"`code *kept*` and ``a ` b``", "code *kept* and a ` b"},
        {"open ` tick", "open ` tick"},
        {"fish &amp; chips &#8212; &copy; &unknown; &", "fish & chips — © "
                                                        "&unknown; &"},
        {"see [the story](http://a.org/x \"title\") now", "see the story now"},
        {"[not a link] (at all)", "[not a link] (at all)"},
        {"[a](b c)", "[a](b c)"},
        {"[red *lines*](#)", "red lines"},
        {"<http://a.org/x>", "http://a.org/x"},
        {"1 < 2 and 3 > 2", "1 < 2 and 3 > 2"},
        {"line<br>break <b>bold</b>", "linebreak bold"},
        {"two\nlines", "two lines"},
        {"(brackets) [in] text]", "(brackets) [in] text]"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_text(rows[i].markdown, rows[i].want);
}

static void test_markdown_link__kind_follows_its_address(void **state)
{
    static const struct {
        const char *markdown;
        enum bylaw_link_kind kind;
        const char *href, *text;
    } rows[] = {
        {"[x](https://a.org/p)", BYLAW_LINK_REAL, "https://a.org/p", "x"},
        {"[x](#)", BYLAW_LINK_FRAGMENT, "#", "x"},
        {"[x](#part)", BYLAW_LINK_FRAGMENT, "#part", "x"},
        {"[x]()", BYLAW_LINK_EMPTY, "", "x"},
        {"[x](<https://a.org/b c>)", BYLAW_LINK_REAL, "https://a.org/b c", "x"},
        {"[x](https://a.org/a_(b))", BYLAW_LINK_REAL, "https://a.org/a_(b)",
         "x"},
        {"[x](https://a.org/?a&amp;b)", BYLAW_LINK_REAL, "https://a.org/?a&b",
         "x"},
        {"[x](mailto:a@b.org)", BYLAW_LINK_MAIL, "mailto:a@b.org", "x"},
        {"[x](javascript:void)", BYLAW_LINK_SCRIPT, "javascript:void", "x"},
        {"<https://a.org/>", BYLAW_LINK_REAL, "https://a.org/",
         "https://a.org/"},
        {"<a href=\"https://a.org/\">x</a>", BYLAW_LINK_REAL, "https://a.org/",
         "x"},
        {"<a name=\"top\">x</a>", BYLAW_LINK_NONE, "", "x"},
        {"[**x** y](#)", BYLAW_LINK_FRAGMENT, "#", "x y"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bylaw_document *d = extract_markdown(rows[i].markdown);

        assert_int_equal(d->link_count, 1);
        assert_int_equal(d->links[0].kind, rows[i].kind);
        assert_span(d->links[0].href, rows[i].href);
        assert_span(d->links[0].text, rows[i].text);
        bylaw_document_free(d);
    }
}

static void test_markdown_link__bytes_cover_element_and_address(void **state)
{
    struct bylaw_document *d =
        extract_markdown("By [Ann A](http://a.org) and [Bo](#)\n");

    (void)state;
    assert_int_equal(d->link_count, 2);
    assert_span(bytes_of(d, d->links[0].bytes), "[Ann A](http://a.org)");
    assert_span(bytes_of(d, d->links[0].href_bytes), "http://a.org");
    assert_span(bytes_of(d, d->links[1].bytes), "[Bo](#)");
    assert_span(bytes_of(d, d->links[1].href_bytes), "#");
    assert_int_equal(d->links[1].block, 0);
    bylaw_document_free(d);
}

static void test_markdown_link__an_image_is_one_too(void **state)
{
    struct bylaw_document *d =
        extract_markdown("Go [home ![logo](l.png)](http://a.org/) now");

    (void)state;
    assert_int_equal(d->link_count, 2);
    assert_string_equal(d->links[0].element, "a");
    assert_string_equal(d->links[1].element, "img");
    assert_span(d->links[1].text, "logo");
    assert_span(d->links[0].text, "home");
    assert_span(d->blocks[0].text, "Go home now");
    bylaw_document_free(d);
}

static void test_markdown__bare_addresses_are_text(void **state)
{
    struct bylaw_document *d = extract_markdown("# T\n\nSee https://a.org/x");

    (void)state;
    assert_int_equal(d->link_count, 0);
    bylaw_document_free(d);
}

static void test_markdown__blocks_know_what_they_are(void **state)
{
    static const struct {
        const char *text, *tag;
        unsigned heading;
        bool is_quote, is_item;
    } want[] = {
        {"Title", "h1", 1, false, false},
        {"Under", "h2", 2, false, false},
        {"A paragraph of two lines.", "p", 0, false, false},
        {"quoted words go on", "p", 0, true, false},
        {"one", "li", 0, false, true},
        {"two", "li", 0, false, true},
        {"three", "li", 0, false, true},
        {"*code* kept", "pre", 0, false, false},
        {"Sub", "h3", 3, false, false},
        {"end", "p", 0, false, false},
    };
    struct bylaw_document *d = extract_markdown(
        "# Title #\n\nUnder\n---\nA paragraph\nof two lines.\n\n"
        "> quoted words\n> go on\n\n- one\n- two\n3. three\n\n"
        "```\n*code* kept\n```\n### Sub\n\n*\n\n* * *\n\nend\n");

    (void)state;
    assert_int_equal(d->block_count, sizeof(want) / sizeof(want[0]));
    for (size_t i = 0; i < d->block_count; i++) {
        assert_span(d->blocks[i].text, want[i].text);
        assert_string_equal(d->blocks[i].tag, want[i].tag);
        assert_int_equal(d->blocks[i].heading, want[i].heading);
        assert_int_equal(d->blocks[i].is_quote, want[i].is_quote);
        assert_int_equal(d->blocks[i].is_list_item, want[i].is_item);
        assert_int_equal(d->blocks[i].zone, BYLAW_ZONE_BODY);
        assert_true(d->blocks[i].is_main);
    }
    bylaw_document_free(d);
}

/* The page bytes of `words` inside the first block are `want`. */
static void check_bytes(const char *markdown, const char *words,
                        const char *want)
{
    struct bylaw_document *d = extract_markdown(markdown);
    const struct bylaw_block *block = &d->blocks[0];
    size_t at = bylaw__span_find(block->text, bylaw__span_of(words));

    assert_true(at != SIZE_MAX);
    assert_span(bytes_of(d,
                         bylaw__textmap_range(block->map, block->map_count,
                                              (uint32_t)at,
                                              (uint32_t)(at + strlen(words)))),
                want);
    bylaw_document_free(d);
}

static void test_markdown__text_maps_to_the_files_bytes(void **state)
{
    (void)state;
    check_bytes("aid of \\$5.5 billion", "5.5", "5.5");
    check_bytes("aid of \\$5.5 billion", "$5.5", "$5.5");
    check_bytes("*a **bold** word*", "bold", "bold");
    check_bytes("*a **bold** word*", "a bold", "a **bold");
    check_bytes("by [Ann A](#), 2023", "Ann A, 2023", "Ann A](#), 2023");
    check_bytes("fish &amp; chips", "&", "&amp;");
    check_bytes("> quoted\n> words", "quoted words", "quoted\n> words");
    check_bytes("\xef\xbb\xbf"
                "first word",
                "first", "first");
}

static void test_markdown_title__is_the_first_heading(void **state)
{
    struct bylaw_document *d =
        extract_markdown("Some words first.\n\n## The *real* title\n\nText.");

    (void)state;
    assert_string_equal(d->title, "The real title");
    bylaw_document_free(d);
}

/* A hostile text must neither be slow nor break; time is the test's limit. */
static void test_markdown__unclosed_marks_cost_no_search_each(void **state)
{
    static const char *const units[] = {"[",
                                        "![",
                                        "[](",
                                        "`a``",
                                        "*a _b ",
                                        "<a",
                                        "&a",
                                        "[a]("
                                        "\"",
                                        "> ",
                                        "[x](<"};

    (void)state;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        struct bylaw__buf text = {0};

        for (unsigned n = 0; n < 100000; n++)
            bylaw__buf_add_text(&text, units[i]);
        bylaw_document_free(
            extract_as("text/markdown", bylaw__buf_span(&text), NULL));
        bylaw__buf_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_markdown__removes_marks_from_the_text),
        cmocka_unit_test(test_markdown_link__kind_follows_its_address),
        cmocka_unit_test(test_markdown_link__bytes_cover_element_and_address),
        cmocka_unit_test(test_markdown_link__an_image_is_one_too),
        cmocka_unit_test(test_markdown__bare_addresses_are_text),
        cmocka_unit_test(test_markdown__blocks_know_what_they_are),
        cmocka_unit_test(test_markdown__text_maps_to_the_files_bytes),
        cmocka_unit_test(test_markdown_title__is_the_first_heading),
        cmocka_unit_test(test_markdown__unclosed_marks_cost_no_search_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
