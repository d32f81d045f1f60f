/* SPDX-License-Identifier: Apache-2.0 */
/* Every word a reader could see is in exactly one block, with its bytes. */
#include "documents.h"

#define MOST_BLOCKS 8

/* The page's blocks are exactly these texts; NULL ends them. */
static void check_blocks(const char *html, const char *const *want)
{
    struct bylaw_document *d = extract_page(html);
    size_t i = 0;

    for (; want[i]; i++) {
        if (i >= d->block_count)
            fail_msg("%s: \"%s\" is missing", html, want[i]);
        assert_span(d->blocks[i].text, want[i]);
    }
    if (i < d->block_count)
        fail_msg("%s: \"%.*s\" was not expected", html,
                 (int)d->blocks[i].text.len, d->blocks[i].text.ptr);
    bylaw_document_free(d);
}

static void test_blocks__end_where_boxes_begin_and_end(void **state)
{
    static const struct {
        const char *html;
        const char *want[MOST_BLOCKS];
    } rows[] = {
        {"<p>one <b>two</b> three", {"one two three"}},
        {"a<p>b</p>c", {"a", "b", "c"}},
        {"<p>one\n\t two</p>", {"one two"}},
        {"<p>one<br>two</p>", {"one two"}},
        {"<p>one<br><br>two</p>", {"one", "two"}},
        {"<p>one<br> <br>two</p>", {"one", "two"}},
        {"<ul><li>a<li>b</ul>", {"a", "b"}},
        {"<dl><dt>t<dd>d</dl>", {"t", "d"}},
        {"<table><caption>c</caption><tr><td>1<td>2</table>", {"c", "1", "2"}},
        {"<pre>a\n  b</pre>", {"a b"}},
        {"<figure><img src=x alt=no><figcaption>c</figcaption></figure>",
         {"c"}},
        {"<select><option>a<option>b</select><button>c</button>",
         {"a", "b", "c"}},
        {"<details><summary>s</summary>d</details>", {"s", "d"}},
        {"<p>a<hr>b", {"a", "b"}},
        {"<p>a<img src=x alt=\"no text\">b", {"ab"}},
        {"<p>AT&amp;T&nbsp;&lt;&#8364;", {"AT&T\xC2\xA0<\xE2\x82\xAC"}},
        {"<textarea><b>x</b></textarea>", {"<b>x</b>"}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_blocks(rows[i].html, rows[i].want);
}

static void test_blocks__leave_out_what_is_never_laid_out(void **state)
{
    static const struct {
        const char *html;
        const char *want[MOST_BLOCKS];
    } rows[] = {
        {"<title>t</title><p>x", {"x"}},
        {"<p>x<script>no()</script><style>p{}</style>", {"x"}},
        {"<p>x<!-- no -->", {"x"}},
        {"<p>x<iframe src=a>no</iframe>", {"x"}},
        {"<p>x<svg><title>no</title><desc>no</desc></svg>", {"x"}},
        {"<p>x<input type=hidden value=no>", {"x"}},
        {"<p>x<ruby>a<rp>(</rp></ruby>", {"xa"}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_blocks(rows[i].html, rows[i].want);
}

static void test_blocks__keep_apart_what_styles_set_apart(void **state)
{
    static const struct {
        const char *html;
        const char *want[MOST_BLOCKS];
    } rows[] = {
        {"<p><span class=a>A. Adel</span><span class=b>May 1</span>",
         {"A. Adel May 1"}},
        {"<p><a href=1>a</a><a href=2>b</a>", {"a b"}},
        {"<p><span class=cap>T</span>he", {"The"}},
        {"<p><span style='color:red'>wo</span><span>rd</span>", {"word"}},
        {"<p>H<sub>2</sub>O", {"H2O"}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_blocks(rows[i].html, rows[i].want);
}

static void test_blocks__put_misplaced_text_in_page_order(void **state)
{
    static const struct {
        const char *html;
        const char *want[MOST_BLOCKS];
    } rows[] = {
        {"<table>foo<tr><td>bar</table>", {"foo", "bar"}},
        {"<table><tr><td>A</td></tr>foo</table>", {"A", "foo"}},
        {"<div>x<table><tr><td>A</td></tr>foo</table>y</div>",
         {"x", "A", "foo", "y"}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_blocks(rows[i].html, rows[i].want);
}

/* The bytes of the block cut out of the page are want. */
static void check_bytes(const char *html, size_t block, const char *want)
{
    struct bylaw_document *d = extract_page(html);

    assert_true(block < d->block_count);
    assert_span(bytes_of(d, d->blocks[block].bytes), want);
    bylaw_document_free(d);
}

static void test_blocks__know_their_bytes(void **state)
{
    (void)state;
    check_bytes("<p> one <b>two</b> </p>", 0, "one <b>two");
    check_bytes("<p>a &amp; b</p>", 0, "a &amp; b");
    check_bytes("<p>a</p><p>b\n c</p>", 1, "b\n c");
    check_bytes("<p>\xC3\xBC\xE2\x82\xAC</p>", 0, "\xC3\xBC\xE2\x82\xAC");
}

/* Word of the first block, mapped back to the page, has these bytes. */
static void check_word(const char *html, const char *word, const char *want)
{
    struct bylaw_document *d = extract_page(html);
    const struct bylaw_block *b = &d->blocks[0];
    size_t at = bylaw__span_find(b->text, bylaw__span_of(word));
    struct bylaw_range range;

    assert_true(at != SIZE_MAX);
    range = bylaw__textmap_range(b->map, b->map_count, (uint32_t)at,
                                 (uint32_t)(at + strlen(word)));
    assert_span(bytes_of(d, range), want);
    bylaw_document_free(d);
}

static void test_blocks__map_each_word_to_its_bytes(void **state)
{
    (void)state;
    check_word("<p>one  <i>two</i> three", "two", "two");
    check_word("<p>x &eacute;t&eacute; y", "\xC3\xA9t\xC3\xA9",
               "&eacute;t&eacute;");
    check_word("<p>a<br>b &amp; c", "b & c", "b &amp; c");
    check_word("<p>wo<b>rd</b>s", "words", "wo<b>rd</b>s");
    check_word("<p>\r\n a\r\n b c", "b c", "b c");
}

static void test_blocks__carry_what_they_stand_in(void **state)
{
    struct bylaw_document *d =
        extract_page("<h2>h</h2><blockquote><p>q</p></blockquote><ul><li>l</ul>"
                     "<figure><figcaption>c</figcaption></figure>");

    (void)state;
    assert_int_equal(d->block_count, 4);
    assert_int_equal(d->blocks[0].heading, 2);
    assert_string_equal(d->blocks[0].tag, "h2");
    assert_true(d->blocks[1].is_quote);
    assert_true(d->blocks[2].is_list_item);
    assert_true(d->blocks[3].is_caption);
    assert_false(d->blocks[0].is_quote || d->blocks[2].is_caption);
    bylaw_document_free(d);
}

static void test_blocks__count_words_and_links(void **state)
{
    struct bylaw_document *d =
        extract_page("<p>ab <a href=x>cd</a></p><p>\xE6\x97\xA5\xE6\x9C\xAC"
                     "\xE8\xAA\x9E\xE6\x96\x87</p>");

    (void)state;
    assert_int_equal(d->blocks[0].words, 2);
    assert_true(d->blocks[0].link_density > 0.49F &&
                d->blocks[0].link_density < 0.51F);
    /* Scripts without spaces: two letters count as a word. */
    assert_true(d->blocks[1].words >= 2);
    bylaw_document_free(d);
}

/* A page of n paragraphs. */
static struct bylaw_document *extract_paragraphs(unsigned n)
{
    struct bylaw__buf html = {0};
    struct bylaw_document *d;

    for (unsigned i = 0; i < n; i++)
        bylaw__buf_add_text(&html, "<p>x");
    d = extract_as("text/html", bylaw__buf_span(&html), NULL);
    bylaw__buf_release(&html);
    return d;
}

static void test_blocks__stop_at_their_ceiling_and_say_so(void **state)
{
    static const struct {
        unsigned paragraphs;
        bool is_complete;
    } rows[] = {{BYLAW_LIMIT_BLOCKS - 1, true},
                {BYLAW_LIMIT_BLOCKS, true},
                {BYLAW_LIMIT_BLOCKS + 1, false}};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct bylaw_document *d = extract_paragraphs(rows[i].paragraphs);

        assert_int_equal(d->is_complete, rows[i].is_complete);
        assert_true(d->block_count <= BYLAW_LIMIT_BLOCKS);
        bylaw_document_free(d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks__end_where_boxes_begin_and_end),
        cmocka_unit_test(test_blocks__leave_out_what_is_never_laid_out),
        cmocka_unit_test(test_blocks__keep_apart_what_styles_set_apart),
        cmocka_unit_test(test_blocks__put_misplaced_text_in_page_order),
        cmocka_unit_test(test_blocks__know_their_bytes),
        cmocka_unit_test(test_blocks__map_each_word_to_its_bytes),
        cmocka_unit_test(test_blocks__carry_what_they_stand_in),
        cmocka_unit_test(test_blocks__count_words_and_links),
        cmocka_unit_test(test_blocks__stop_at_their_ceiling_and_say_so),
    };

    return cmocka_run_group_tests_name("extract blocks", tests, NULL, NULL);
}
