/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of a page, and the bytes each part of it was written in. */
#include "unit/html/page.h"

/* The tree as a line: "html(head()body(p('x')))", implied ones with '*',
 * reopened with '+', comments as "!". */
static void write_open(struct bylaw__buf *out, const struct bylaw__node *node)
{
    if (node->kind == BYLAW__NODE_TEXT) {
        bylaw__buf_add_char(out, '\'');
        bylaw__buf_add_span(out, node->text);
        bylaw__buf_add_char(out, '\'');
    } else if (node->kind == BYLAW__NODE_COMMENT) {
        bylaw__buf_add_char(out, '!');
        bylaw__buf_add_span(out, node->text);
        bylaw__buf_add_char(out, '!');
    } else if (node->kind == BYLAW__NODE_ELEMENT) {
        bylaw__buf_printf(out, "%s%s%s(", node->name,
                          node->is_implied ? "*" : "",
                          node->is_reopened ? "+" : "");
    }
}

static void write_tree(struct bylaw__buf *out, const struct bylaw__node *root)
{
    const struct bylaw__node *node = root;

    while (node) {
        const struct bylaw__node *next = bylaw__node_next(node, root);

        write_open(out, node);
        if (!node->first_child)
            for (; node && node != (next ? next->parent : root);
                 node = node->parent)
                if (node->kind == BYLAW__NODE_ELEMENT)
                    bylaw__buf_add_char(out, ')');
        node = next;
    }
}

static void check_tree(const char *html, const char *want)
{
    struct page page = page_of(bylaw__span_of(html));
    struct bylaw__buf got;

    bylaw__buf_init(&got, 0);
    write_tree(&got, bylaw__dom_root(page.dom));
    assert_false(got.failed);
    assert_string_equal(got.ptr, want);
    bylaw__buf_release(&got);
    page_release(&page);
}

static void test_dom_parse__builds_what_a_browser_builds(void **state)
{
    static const struct {
        const char *html, *tree;
    } pages[] = {
        {"", "html*(head*()body*())"},
        {"<!DOCTYPE html><html><head></head><body>x</body></html>",
         "html(head()body('x'))"},
        {"<p>a<p>b", "html*(head*()body*(p('a')p('b')))"},
        {"<b>a<i>b</b>c</i>", "html*(head*()body*(b('a'i('b'))i+('c')))"},
        {"<p><b>a<p>b", "html*(head*()body*(p(b('a'))p(b+('b'))))"},
        {"<table>x<tr><td>y</table>",
         "html*(head*()body*('x'table(tbody*(tr(td('y'))))))"},
        {"<template><td>x</template>",
         "html*(head*(template(td('x')))body*())"},
        {"<noscript><p>x</noscript>", "html*(head*(noscript())body*(p('x')))"},
        {"<body><noscript><img></noscript>",
         "html*(head*()body(noscript(img())))"},
        {"<script>a<b</script><style>p>b{}</style>",
         "html*(head*(script('a<b')style('p>b{}'))body*())"},
        {"<title>a<b>&amp;</title>", "html*(head*(title('a<b>&'))body*())"},
        {"<body><textarea>\na</p></textarea>",
         "html*(head*()body(textarea('a</p>')))"},
        {"<body>a<!-- b -->c<?d?>", "html*(head*()body('a'! b !'c'!?d?!))"},
        {"x</p>", "html*(head*()body*('x'p*()))"},
        {"<svg><title>a</title></svg>", "html*(head*()body*(svg(title('a'))))"},
        {"<Foo-Bar>x", "html*(head*()body*(foo-bar('x')))"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
        check_tree(pages[i].html, pages[i].tree);
}

static void test_dom_parse__gives_elements_their_bytes(void **state)
{
    static const char html[] =
        "\xef\xbb\xbf<div class=a>x<p id=\"b\">y</div ><br/><ul><li>z</ul>";
    struct page page = page_of(BYLAW__SPAN(html));

    (void)state;
    check_bytes(&page, find(&page, "div")->bytes,
                "<div class=a>x<p id=\"b\">y</div >");
    check_bytes(&page, find(&page, "div")->start_tag, "<div class=a>");
    check_bytes(&page, find(&page, "p")->bytes, "<p id=\"b\">y");
    check_bytes(&page, find(&page, "br")->bytes, "<br/>");
    check_bytes(&page, find(&page, "li")->bytes, "<li>z");
    check_bytes(&page, find(&page, "ul")->bytes, "<ul><li>z</ul>");
    check_bytes(&page, find(&page, "body")->bytes, html + 3);
    assert_true(find(&page, "body")->is_implied);
    assert_int_equal(find(&page, "body")->start_tag.begin,
                     find(&page, "body")->start_tag.end);
    page_release(&page);
}

static void test_dom_parse__leaves_an_ignored_end_tag_out(void **state)
{
    struct page page = page_of(BYLAW__SPAN("<p>a</><b>c</b></><!--d-->"));
    const struct bylaw__node *comment;

    (void)state;
    check_bytes(&page, find(&page, "b")->bytes, "<b>c</b>");
    comment = find(&page, "p")->last_child;
    assert_int_equal(comment->kind, BYLAW__NODE_COMMENT);
    check_bytes(&page, comment->bytes, "<!--d-->");
    page_release(&page);
}

static void test_dom_parse__spans_what_it_reopened(void **state)
{
    struct page page = page_of(BYLAW__SPAN("<b>a<a href=u>b</b>c</a>d"));
    const struct bylaw__node *again = find_nth(&page, "a", 1);

    (void)state;
    assert_non_null(again);
    assert_true(again->is_reopened);
    assert_false(find(&page, "a")->is_reopened);
    check_bytes(&page, again->bytes, "c");
    check_bytes(&page, again->start_tag, "<a href=u>");
    check_span(bylaw__node_value(again, "href"), "u");
    page_release(&page);
}

static void test_dom_parse__gives_values_without_quotes(void **state)
{
    static const char html[] = "<a one=\"x&amp;y\" two='b' three=c four five=''"
                               " DATA-Six = \"s\" one=again>";
    static const struct {
        const char *name, *value, *bytes;
    } attrs[] = {
        {"one", "x&y", "x&amp;y"}, {"two", "b", "b"}, {"three", "c", "c"},
        {"four", "", ""},          {"five", "", ""},  {"data-six", "s", "s"},
    };
    struct page page = page_of(BYLAW__SPAN(html));
    const struct bylaw__node *a = find(&page, "a");

    (void)state;
    assert_int_equal(a->attr_count, sizeof(attrs) / sizeof(attrs[0]));
    for (size_t i = 0; i < a->attr_count; i++) {
        const struct bylaw__attr *attr = bylaw__node_attr(a, attrs[i].name);

        assert_ptr_equal(attr, &a->attrs[i]);
        check_span(attr->value, attrs[i].value);
        check_bytes(&page, attr->bytes, attrs[i].bytes);
        assert_int_equal(attr->value.ptr[attr->value.len], '\0');
    }
    assert_null(bylaw__node_attr(a, "six"));
    assert_null(bylaw__node_value(a, "six").ptr);
    page_release(&page);
}

static void test_dom_parse__marks_svg_and_mathml_as_foreign(void **state)
{
    static const char html[] = "<svg viewBox=1><a xlink:href=u></a>"
                               "<foreignObject><p>x</p></foreignObject></svg>";
    struct page page = page_of(BYLAW__SPAN(html));

    (void)state;
    assert_true(find(&page, "svg")->is_foreign);
    assert_true(find(&page, "foreignobject")->is_foreign);
    assert_false(find(&page, "p")->is_foreign);
    check_span(bylaw__node_value(find(&page, "svg"), "viewbox"), "1");
    check_span(bylaw__node_value(find(&page, "a"), "xlink:href"), "u");
    page_release(&page);
}

static void test_dom_parse__tells_quirks_from_standards(void **state)
{
    struct page standard = page_of(BYLAW__SPAN("<!DOCTYPE html><p>"));
    struct page quirks = page_of(BYLAW__SPAN("<p>"));

    (void)state;
    assert_false(bylaw__dom_is_quirks(standard.dom));
    assert_true(bylaw__dom_is_quirks(quirks.dom));
    page_release(&standard);
    page_release(&quirks);
}

static void test_dom_parse__reads_on_after_a_nul(void **state)
{
    struct page page = page_of(BYLAW__SPAN("<p>a\0b</p>\0<i\0>c</i>"));

    (void)state;
    check_span(find(&page, "p")->first_child->text, "ab");
    check_span(find(&page, "i\xef\xbf\xbd")->first_child->text, "c");
    page_release(&page);
}

static void test_dom_parse__is_not_ended_by_a_huge_reference(void **state)
{
    static const char html[] = "<script>\"&#xFFFFFFFF;\"</script><p>a"
                               "&#xFFFFFFFF;b&#00004294967295;c<!--&#xFFFFFFFF;"
                               "-->";
    struct page page = page_of(BYLAW__SPAN(html));
    const struct bylaw__node *p = find(&page, "p");

    (void)state;
    check_span(find(&page, "script")->first_child->text, "\"&#xFFFFFFFF;\"");
    check_span(p->first_child->text, "a\xef\xbf\xbd"
                                     "b\xef\xbf\xbd"
                                     "c");
    check_span(p->last_child->text, "&#xFFFFFFFF;");
    page_release(&page);
}

static void test_node_next__stays_below_its_root(void **state)
{
    struct page page = page_of(BYLAW__SPAN("<p>a<b>c</b></p><i>d</i>"));
    const struct bylaw__node *p = find(&page, "p"), *b = find(&page, "b");

    (void)state;
    assert_ptr_equal(bylaw__node_next(p, p), p->first_child);
    assert_ptr_equal(bylaw__node_next(p->first_child, p), b);
    assert_ptr_equal(bylaw__node_next(b, p), b->first_child);
    assert_null(bylaw__node_next(b->first_child, p));
    assert_null(bylaw__node_skip(p, p));
    assert_null(bylaw__node_skip(b, p));
    assert_ptr_equal(bylaw__node_skip(b, bylaw__dom_root(page.dom)),
                     find(&page, "i"));
    assert_false(bylaw__node_is(p->first_child, ""));
    page_release(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dom_parse__builds_what_a_browser_builds),
        cmocka_unit_test(test_dom_parse__gives_elements_their_bytes),
        cmocka_unit_test(test_dom_parse__leaves_an_ignored_end_tag_out),
        cmocka_unit_test(test_dom_parse__spans_what_it_reopened),
        cmocka_unit_test(test_dom_parse__gives_values_without_quotes),
        cmocka_unit_test(test_dom_parse__marks_svg_and_mathml_as_foreign),
        cmocka_unit_test(test_dom_parse__tells_quirks_from_standards),
        cmocka_unit_test(test_dom_parse__reads_on_after_a_nul),
        cmocka_unit_test(test_dom_parse__is_not_ended_by_a_huge_reference),
        cmocka_unit_test(test_node_next__stays_below_its_root),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
