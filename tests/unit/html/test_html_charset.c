/* SPDX-License-Identifier: Apache-2.0 */
/* Which encoding a page is read in, and what its bytes become. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "html/html.h"

/* One page and what becomes of it; want NULL: the bytes as they are. */
struct page {
    const char *http, *body, *charset, *decided_by, *want;
    size_t replaced;
};

static void check_page(const struct page *page)
{
    struct bylaw_span body = bylaw__span_of(page->body);
    struct bylaw_error err = {0};
    struct bylaw__utf8 utf8;

    assert_int_equal(bylaw__html_decode(&utf8, body, page->http, &err), 0);
    assert_string_equal(utf8.charset, page->charset);
    assert_string_equal(utf8.decided_by, page->decided_by);
    assert_int_equal(utf8.replaced, page->replaced);
    if (page->want) {
        assert_int_equal(utf8.text.len, strlen(page->want));
        assert_memory_equal(utf8.text.ptr, page->want, utf8.text.len);
    } else {
        assert_ptr_equal(utf8.text.ptr, body.ptr);
        assert_null(utf8.owned);
    }
    bylaw__utf8_release(&utf8);
}

static void check_pages(const struct page *pages, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_page(&pages[i]);
}

#define CHECK_PAGES(pages) check_pages(pages, sizeof(pages) / sizeof(pages[0]))

/* "é" in windows-1252, where no UTF-8 can be read from it. */
#define E_ACUTE "\xe9"

static void test_html_decode__decides_in_the_order_of_trust(void **state)
{
    static const struct page pages[] = {
        {"windows-1251", "\xef\xbb\xbfx", "utf-8", "bom", NULL, 0},
        {"windows-1251", "caf\xc3\xa9", "utf-8", "valid-utf-8", NULL, 0},
        {NULL, "<meta charset=gbk>caf\xc3\xa9", "utf-8", "valid-utf-8", NULL,
         0},
        {"utf-8", "caf\xc3\xa9", "utf-8", "http", NULL, 0},
        {NULL, "<meta charset=utf8>\xc3\xa9", "utf-8", "meta", NULL, 0},
        {"koi8-r", "<meta charset=windows-1251>\xc1", "koi8-r", "http",
         "<meta charset=windows-1251>\xd0\xb0", 0},
        {"bogus", "<meta charset=windows-1251>\xe0", "windows-1251", "meta",
         "<meta charset=windows-1251>\xd0\xb0", 0},
        {NULL, "plain", "utf-8", "valid-utf-8", NULL, 0},
        {NULL, "caf" E_ACUTE, "windows-1252", "fallback", "caf\xc3\xa9", 0},
        {"windows-1251", "plain", "windows-1251", "http", NULL, 0},
    };

    (void)state;
    CHECK_PAGES(pages);
}

static void test_html_decode__reads_labels_as_the_web_does(void **state)
{
    static const struct page pages[] = {
        {"latin1", "\x93" E_ACUTE, "windows-1252", "http",
         "\xe2\x80\x9c\xc3\xa9", 0},
        {" ISO-8859-1\t", "\x80", "windows-1252", "http", "\xe2\x82\xac", 0},
        {"us-ascii", "\x81\x8d\x8f\x90\x9d", "windows-1252", "http",
         "\xc2\x81\xc2\x8d\xc2\x8f\xc2\x90\xc2\x9d", 0},
        {"iso-8859-9", "\xfe", "windows-1254", "http", "\xc5\x9f", 0},
        {"gb2312", "\x80\xb0\xa1", "gbk", "http", "\xe2\x82\xac\xe5\x95\x8a",
         0},
        {"ks_c_5601-1987", "\x81\x41\xff", "euc-kr", "http",
         "\xea\xb0\x82\xef\xbf\xbd", 1},
        {"sjis", "\x81\x60\x5c\xb1", "shift_jis", "http",
         "\xef\xbd\x9e\\\xef\xbd\xb1", 0},
        {"big5-hkscs", "\xa4\xa4", "big5", "http", "\xe4\xb8\xad", 0},
        {"x-euc-jp", "\xa1\xc1", "euc-jp", "http", "\xef\xbd\x9e", 0},
        {"iso-2022-jp", "\x1b$B$\"\x1b(B", "iso-2022-jp", "http",
         "\xe3\x81\x82", 0},
        {"iso-8859-16", "\xaa\xff", "iso-8859-16", "http", "\xc8\x98\xc3\xbf",
         0},
        {"koi8-ru", "\xae", "koi8-u", "http", "\xd1\x9e", 0},
        {"tis-620", "\xa1\xff", "windows-874", "http",
         "\xe0\xb8\x81\xef\xbf\xbd", 1},
        {"logical", "\xe0", "iso-8859-8-i", "http", "\xd7\x90", 0},
        {"x-user-defined", "a\x80", "x-user-defined", "http", "a\xef\x9e\x80",
         0},
        {"hz-gb-2312", "~{<script>", "replacement", "http", "\xef\xbf\xbd", 10},
        {"utf-7", "+ADw-", "utf-8", "valid-utf-8", NULL, 0},
    };

    (void)state;
    CHECK_PAGES(pages);
}

static void test_html_decode__replaces_the_longest_broken_part(void **state)
{
    static const struct page pages[] = {
        {"utf-8",
         "\xe2\x82"
         "b",
         "utf-8", "http",
         "\xef\xbf\xbd"
         "b",
         2},
        {"utf-8", "\xf0\x9f\x92", "utf-8", "http", "\xef\xbf\xbd", 3},
        {"utf-8", "\xed\xa0\x80", "utf-8", "http",
         "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 3},
        {"utf-8", "\xc0\xaf", "utf-8", "http", "\xef\xbf\xbd\xef\xbf\xbd", 2},
        {"utf-8", "\xf5", "utf-8", "http", "\xef\xbf\xbd", 1},
    };

    (void)state;
    CHECK_PAGES(pages);
}

/* A head of filler longer than the 1,024 bytes that browsers look at. */
static char *long_head(const char *tail)
{
    struct bylaw__buf buf;
    size_t len;

    bylaw__buf_init(&buf, 0);
    bylaw__buf_add_text(&buf, "<html><head><script>\"<body>\"</script><!--");
    for (size_t i = 0; i < 1100; i++)
        bylaw__buf_add_char(&buf, 'x');
    bylaw__buf_add_text(&buf, "-->");
    bylaw__buf_add_text(&buf, tail);
    return bylaw__buf_take(&buf, &len);
}

static void check_declared(const char *body, const char *charset)
{
    struct bylaw__utf8 utf8;

    assert_int_equal(bylaw__html_decode(&utf8, bylaw__span_of(body), NULL,
                                        NULL),
                     0);
    assert_string_equal(utf8.charset, charset);
    bylaw__utf8_release(&utf8);
}

static void test_html_decode__finds_what_meta_declares(void **state)
{
    static const struct {
        const char *body, *charset;
    } metas[] = {
        {"<META CharSet='KOI8-R'>\xc1", "koi8-r"},
        {"<meta http-equiv=Content-Type content='text/html; charset=gbk'>\x80",
         "gbk"},
        {"<meta content='x; charset = \"big5\"' http-equiv=content-type>\xa4",
         "big5"},
        {"<meta name=x content='text/html; charset=gbk'>\xe9", "windows-1252"},
        {"<!-- <meta charset=gbk> -->\xe9", "windows-1252"},
        {"<meta charset=utf-16le>\xe9", "utf-8"},
        {"<meta charset=x-user-defined>\xe9", "windows-1252"},
        {"<meta charset=bogus><meta charset=koi8-r>\xc1", "koi8-r"},
        {"<p title='<meta charset=gbk>'>\xe9", "windows-1252"},
        {"<meta charset=\xe9", "windows-1252"},
    };
    char *in_head = long_head("<meta charset=koi8-r>\xc1");
    char *in_body = long_head("</head><body><meta charset=koi8-r>\xc1");

    (void)state;
    for (size_t i = 0; i < sizeof(metas) / sizeof(metas[0]); i++)
        check_declared(metas[i].body, metas[i].charset);
    check_declared(in_head, "koi8-r");
    check_declared(in_body, "windows-1252");
    free(in_head);
    free(in_body);
}

static void test_html_decode__reads_utf16_by_its_mark(void **state)
{
    static const char little[] = "\xff\xfe"
                                 "a\0\x3d\xd8\x0d\xdd";
    static const char big[] = "\xfe\xff"
                              "\0a\xd8\x3d\xdd\x0d";
    struct bylaw__utf8 utf8;

    (void)state;
    assert_int_equal(bylaw__html_decode(&utf8, BYLAW__SPAN(little), "utf-8",
                                        NULL),
                     0);
    assert_string_equal(utf8.charset, "utf-16le");
    assert_true(bylaw__span_is(utf8.text, "a\xf0\x9f\x94\x8d"));
    bylaw__utf8_release(&utf8);
    assert_int_equal(bylaw__html_decode(&utf8, BYLAW__SPAN(big), "utf-8", NULL),
                     0);
    assert_string_equal(utf8.charset, "utf-16be");
    assert_true(bylaw__span_is(utf8.text, "a\xf0\x9f\x94\x8d"));
    bylaw__utf8_release(&utf8);
}

static void test_html_decode__keeps_mark_and_nuls_of_utf8(void **state)
{
    static const char body[] = "\xef\xbb\xbf"
                               "a\0b";
    struct bylaw__utf8 utf8;

    (void)state;
    assert_int_equal(bylaw__html_decode(&utf8, BYLAW__SPAN(body), NULL, NULL),
                     0);
    assert_ptr_equal(utf8.text.ptr, body);
    assert_int_equal(utf8.text.len, sizeof(body) - 1);
    bylaw__utf8_release(&utf8);
}

static void test_html_decode__accepts_an_empty_body(void **state)
{
    struct bylaw__utf8 utf8;

    (void)state;
    assert_int_equal(bylaw__html_decode(&utf8, (struct bylaw_span){NULL, 0},
                                        "utf-16", NULL),
                     0);
    assert_int_equal(utf8.text.len, 0);
    bylaw__utf8_release(&utf8);
}

/* Decodes len bytes that windows-1252 makes three bytes each. */
static int decode_euros(size_t len, struct bylaw_error *err)
{
    struct bylaw__utf8 utf8;
    char *body = malloc(len);
    int rc;

    assert_non_null(body);
    memset(body, 0x80, len);
    rc = bylaw__html_decode(&utf8, (struct bylaw_span){body, len},
                            "windows-1252", err);
    if (!rc)
        assert_int_equal(utf8.text.len, 3 * len);
    bylaw__utf8_release(&utf8);
    free(body);
    return rc;
}

static void test_html_decode__holds_three_times_the_largest_body(void **state)
{
    struct bylaw_error err = {0};

    (void)state;
    assert_int_equal(decode_euros(BYLAW_LIMIT_BODY_BYTES - 1, &err), 0);
    assert_int_equal(decode_euros(BYLAW_LIMIT_BODY_BYTES, &err), 0);
    assert_int_equal(decode_euros(BYLAW_LIMIT_BODY_BYTES + 1, &err),
                     BYLAW_ELIMIT);
    assert_string_equal(err.id, "html.too-large");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_html_decode__decides_in_the_order_of_trust),
        cmocka_unit_test(test_html_decode__reads_labels_as_the_web_does),
        cmocka_unit_test(test_html_decode__replaces_the_longest_broken_part),
        cmocka_unit_test(test_html_decode__finds_what_meta_declares),
        cmocka_unit_test(test_html_decode__reads_utf16_by_its_mark),
        cmocka_unit_test(test_html_decode__keeps_mark_and_nuls_of_utf8),
        cmocka_unit_test(test_html_decode__accepts_an_empty_body),
        cmocka_unit_test(test_html_decode__holds_three_times_the_largest_body),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
