/* SPDX-License-Identifier: Apache-2.0 */
/* From decoded text back to the page: cut the bytes out and compare. */
#include "unit/html/page.h"

/* The pieces of a text as "text=bytes|..." with the page's bytes cut out. */
static void write_pieces(struct bylaw__buf *out, const struct page *page,
                         const struct bylaw__node *node)
{
    for (uint32_t i = 0; i < node->map_count; i++) {
        const struct bylaw__textmap *p = &node->map[i];

        bylaw__buf_add_text(out, i ? "|" : "");
        bylaw__buf_add_span(out, bylaw__span_sub(node->text, p->text_off,
                                                 p->text_off + p->text_len));
        bylaw__buf_add_char(out, '=');
        bylaw__buf_add_span(out, bylaw__span_sub(page->html, p->page_off,
                                                 p->page_off + p->page_len));
    }
}

static void check_pieces(struct bylaw_span html, const char *parent,
                         struct bylaw_span want)
{
    struct page page = page_of(html);
    const struct bylaw__node *node = find(&page, parent)->first_child;
    struct bylaw__buf got;

    while (node && node->kind != BYLAW__NODE_TEXT)
        node = node->next;
    assert_non_null(node);
    bylaw__buf_init(&got, 0);
    write_pieces(&got, &page, node);
    assert_int_equal(got.len, want.len);
    assert_memory_equal(got.ptr, want.ptr, want.len);
    bylaw__buf_release(&got);
    page_release(&page);
}

struct mapping {
    const char *html, *parent, *want;
};

static void check_mappings(const struct mapping *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_pieces(bylaw__span_of(rows[i].html), rows[i].parent,
                     bylaw__span_of(rows[i].want));
}

#define CHECK_MAPPINGS(rows)                                                   \
    check_mappings(rows, sizeof(rows) / sizeof(rows[0]))

#define REPLACED "\xef\xbf\xbd"

static void test_text_map__follows_character_references(void **state)
{
    static const struct mapping rows[] = {
        {"<p>plain", "p", "plain=plain"},
        {"<p>a &amp; b", "p", "a =a |&=&amp;| b= b"},
        {"<p>&amp&AMP;&amp;", "p", "&=&amp|&=&AMP;|&=&amp;"},
        {"<p>&ampx;", "p", "&=&amp|x;=x;"},
        {"<p>&copy2024", "p", "\xc2\xa9=&copy|2024=2024"},
        {"<p>&notit; &notin;", "p",
         "\xc2\xac=&not|it; =it; |\xe2\x88\x89=&notin;"},
        {"<p>&nvlt;x", "p", "<\xe2\x83\x92=&nvlt;|x=x"},
        {"<p>&#8212;&#x2014&#x80;", "p",
         "\xe2\x80\x94=&#8212;|\xe2\x80\x94=&#x2014|\xe2\x82\xac=&#x80;"},
        {"<p>& &x; &#; &#x; &bogus; AT&T", "p",
         "& &x; &#; &#x; &bogus; AT&T=& &x; &#; &#x; &bogus; AT&T"},
        {"<p>&CounterClockwiseContourIntegral;", "p",
         "\xe2\x88\xb3=&CounterClockwiseContourIntegral;"},
        {"<textarea>a&lt;/b</textarea>", "textarea", "a=a|<=&lt;|/b=/b"},
        {"<script>a&lt;b</script>", "script", "a&lt;b=a&lt;b"},
        {"<svg><style>a&lt;b</style></svg>", "style", "a=a|<=&lt;|b=b"},
        {"<svg><![CDATA[a&lt;]]>b&lt;", "svg", "a&lt;=a&lt;|b=b|<=&lt;"},
    };

    (void)state;
    CHECK_MAPPINGS(rows);
}

static void test_text_map__splits_a_reference_of_equal_length(void **state)
{
    static const struct mapping rows[] = {
        /* Three bytes as written, three decoded: not byte for byte. */
        {"<p>a&#0x", "p", "a=a|\xef=&#0|\xbf\xbd=|x=x"},
        {"<p>a\xef\xb7\x90x", "p", "a=a|\xef=\xef\xb7\x90|\xbf\xbd=|x=x"},
    };

    (void)state;
    CHECK_MAPPINGS(rows);
}

static void test_text_map__follows_line_ends(void **state)
{
    static const struct mapping rows[] = {
        {"<p>a\r\nb\rc\nd", "p", "a=a|\n=\r\n|b=b|\n=\r|c\nd=c\nd"},
        {"<p>\r\nb", "p", "\n=\r\n|b=b"},
        {"<pre>\r\nb", "pre", "b=b"},
        {"<script>a\r\nb</script>", "script", "a=a|\n=\r\n|b=b"},
    };

    (void)state;
    CHECK_MAPPINGS(rows);
}

static void test_text_map__follows_nuls_and_controls(void **state)
{
    (void)state;
    check_pieces(BYLAW__SPAN("<p>a\0b"), "p", BYLAW__SPAN("a=a|b=b"));
    check_pieces(BYLAW__SPAN("<p>a\0\x01"), "p",
                 BYLAW__SPAN("a=a|" REPLACED "=\x01"));
    check_pieces(BYLAW__SPAN("<title>a\0b</title>"), "title",
                 BYLAW__SPAN("a=a|" REPLACED "=\0|b=b"));
}

static void test_text_map__steps_over_ignored_markup(void **state)
{
    static const struct mapping rows[] = {
        {"<p>a</foo>b", "p", "a=a|b=b"},
        {"<p>a</foo title='>'>b", "p", "a=a|b=b"},
        {"<body>a<!doctype html>b", "body", "a=a|b=b"},
        {"<body>a</body> b</html>c", "body", "a=a| b= b|c=c"},
        {"<p>a < b <3 <", "p", "a < b <3 <=a < b <3 <"},
        {"<p>a</>b", "p", "a=a|b=b"},
    };

    (void)state;
    CHECK_MAPPINGS(rows);
}

static void test_text_map__borrows_text_that_is_as_written(void **state)
{
    struct page page = page_of(BYLAW__SPAN("<p>as written</p><i>a&lt;</i>"));
    const struct bylaw__node *p = find(&page, "p")->first_child;
    const struct bylaw__node *i = find(&page, "i")->first_child;

    (void)state;
    assert_ptr_equal(p->text.ptr, page.html.ptr + p->bytes.begin);
    assert_true(i->text.ptr < page.html.ptr ||
                i->text.ptr > page.html.ptr + page.html.len);
    check_bytes(&page, i->bytes, "a&lt;");
    page_release(&page);
}

static void test_text_map__owns_up_where_text_was_left_out(void **state)
{
    /* A frameset keeps only the white space of what stands in it. */
    struct page page = page_of(BYLAW__SPAN("<frameset> a b</frameset>"));
    const struct bylaw__node *text = find(&page, "frameset")->first_child;

    (void)state;
    check_span(text->text, "  ");
    assert_int_equal(text->map_count, 1);
    assert_int_not_equal(text->map->text_len, text->map->page_len);
    check_bytes(&page, text->bytes, " a b");
    page_release(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_map__follows_character_references),
        cmocka_unit_test(test_text_map__splits_a_reference_of_equal_length),
        cmocka_unit_test(test_text_map__follows_line_ends),
        cmocka_unit_test(test_text_map__follows_nuls_and_controls),
        cmocka_unit_test(test_text_map__steps_over_ignored_markup),
        cmocka_unit_test(test_text_map__borrows_text_that_is_as_written),
        cmocka_unit_test(test_text_map__owns_up_where_text_was_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
