/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of addresses and access logs name pages line by line. */
#include "unit/leads_check.h"

#define PIXEL "/p.gif"

static int read_list(struct bylaw__leads **out, struct bylaw_span body,
                     const char *base, struct bylaw_error *err)
{
    (void)base;
    return bylaw__url_list_read(out, body, err);
}

static int read_log(struct bylaw__leads **out, struct bylaw_span body,
                    const char *base, struct bylaw_error *err)
{
    (void)base;
    return bylaw__access_log_read(out, body, PIXEL, err);
}

static int read_folder_log(struct bylaw__leads **out, struct bylaw_span body,
                           const char *base, struct bylaw_error *err)
{
    (void)base;
    return bylaw__access_log_read(out, body, "/count/", err);
}

static void test_url_list__is_one_address_a_line(void **state)
{
    (void)state;
    check_text(read_list,
               "\xef\xbb\xbf# places\nhttps://e.org/1\r\n\n"
               "  https://e.org/2#part  # a fragment, then a comment\r"
               "\t#x\nHTTPS://E.org",
               "page https://e.org/1\npage https://e.org/2#part\n"
               "page https://e.org/\n");
}

static void test_url_list__names_the_line_that_is_no_address(void **state)
{
    (void)state;
    check_text(read_list, "https://e.org/1\n\ne.org\nftp://e.org/\n/x\nhttp://",
               "page https://e.org/1\n! line 3 is no http(s) address\n");
}

static void test_url_list__has_a_ceiling(void **state)
{
    struct bylaw__buf body = {0};

    (void)state;
    for (size_t i = 0; i < BYLAW_LIMIT_LEADS - 1; i++)
        bylaw__buf_add_text(&body, "https://e.org/\n");
    for (size_t i = 0; i < 3; i++) {
        struct bylaw__leads *leads =
            read_bytes(read_list, bylaw__buf_span(&body));

        assert_int_equal(leads->count, BYLAW_LIMIT_LEADS - 1 + (i < 2 ? i : 1));
        assert_int_equal(leads->is_cut, i == 2);
        bylaw__leads_free(leads);
        bylaw__buf_add_text(&body, "https://e.org/\n# not counted\n");
    }
    bylaw__buf_release(&body);
}

/* One line of a log in the combined format. */
#define LINE(request, referer)                                                 \
    "192.0.2.1 - - [16/May/2023:10:00:00 +0200] \"" request                    \
    "\" 200 43 \"" referer "\" \"Mozilla/5.0 (X11) \\\"x\\\"\"\n"

static void test_access_log__names_who_shows_the_pixel(void **state)
{
    static const struct {
        const char *body, *want;
    } rows[] = {
        {LINE("GET /p.gif HTTP/1.1", "https://e.org/a"),
         "page https://e.org/a\n"},
        {LINE("GET /p.gif?id=7 HTTP/1.1", "https://e.org/a"),
         "page https://e.org/a\n"},
        {LINE("HEAD /p.gif HTTP/2.0", "https://e.org/a"),
         "page https://e.org/a\n"},
        {LINE("GET /p.gif HTTP/1.1", "-"), ""},
        {LINE("GET /p.gif HTTP/1.1", ""), ""},
        {LINE("GET /p.gifs HTTP/1.1", "https://e.org/a"), ""},
        {LINE("GET /x/p.gif HTTP/1.1", "https://e.org/a"), ""},
        {LINE("GET / HTTP/1.1", "https://e.org/p.gif"), ""},
        {LINE("GET /p.gif HTTP/1.1", "https://e.org/\\\"a"), ""},
        {LINE("GET /p.gif HTTP/1.1", "app://e.org/"), ""},
        {LINE("\\x16\\x03\\\"", "https://e.org/a"), ""},
        {LINE("-", "https://e.org/a"), ""},
        {"\"GET /p.gif HTTP/1.1\" 200 43 \"https://e.org/a", ""},
        {"\"GET /p.gif HTTP/1.1\\", ""},
        {"nonsense\n\n" LINE("GET /p.gif HTTP/1.1", "https://e.org/a"),
         "page https://e.org/a\n"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(read_log, rows[i].body, rows[i].want);
}

static void test_access_log__names_each_page_once(void **state)
{
    (void)state;
    check_text(read_log,
               LINE("GET /p.gif HTTP/1.1", "https://e.org/a")
                   LINE("GET /p.gif HTTP/1.1", "https://e.org/b")
                       LINE("GET /p.gif HTTP/1.1", "https://e.org/a"),
               "page https://e.org/a\npage https://e.org/b\n");
}

static void test_access_log__pixel_may_be_a_folder(void **state)
{
    (void)state;
    check_text(read_folder_log,
               LINE("GET /count/17.gif HTTP/1.1", "https://e.org/a")
                   LINE("GET /count HTTP/1.1", "https://e.org/b"),
               "page https://e.org/a\n");
}

static void check_line(size_t len, bool is_cut)
{
    static const char line[] = LINE("GET /p.gif HTTP/1.1", "https://e.org/a");
    struct bylaw__buf body = {0};
    struct bylaw__leads *leads;

    bylaw__buf_add(&body, line, sizeof(line) - 2);
    while (body.len < len)
        bylaw__buf_add_char(&body, 'x');
    leads = read_bytes(read_log, bylaw__buf_span(&body));
    assert_int_equal(leads->count, !is_cut);
    assert_int_equal(leads->is_cut, is_cut);
    bylaw__leads_free(leads);
    bylaw__buf_release(&body);
}

static void test_access_log__lines_have_a_ceiling(void **state)
{
    (void)state;
    check_line(BYLAW_LIMIT_LINE_BYTES - 1, false);
    check_line(BYLAW_LIMIT_LINE_BYTES, false);
    check_line(BYLAW_LIMIT_LINE_BYTES + 1, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_url_list__is_one_address_a_line),
        cmocka_unit_test(test_url_list__names_the_line_that_is_no_address),
        cmocka_unit_test(test_url_list__has_a_ceiling),
        cmocka_unit_test(test_access_log__names_who_shows_the_pixel),
        cmocka_unit_test(test_access_log__names_each_page_once),
        cmocka_unit_test(test_access_log__pixel_may_be_a_folder),
        cmocka_unit_test(test_access_log__lines_have_a_ceiling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
