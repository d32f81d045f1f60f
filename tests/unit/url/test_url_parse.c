/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses are read as browsers read them. */
#include "unit/url_check.h"

struct reading {
    const char *text, *want;
};

static void check_href(const char *text, const char *base_text,
                       const char *want)
{
    bylaw_url *base = base_text ? parsed(base_text) : NULL, *url = NULL;
    struct bylaw_error err = {0};

    if (bylaw_url_parse(&url, bylaw__span_of(text), base, &err))
        fail_msg("'%s' on '%s': %s", text, base_text, err.what);
    assert_string_equal(bylaw_url_href(url), want);
    bylaw_url_free(url);
    bylaw_url_free(base);
}

static void check_hrefs(const char *base, const struct reading *rows,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_href(rows[i].text, base, rows[i].want);
}

static void test_url_parse__gives_the_parts(void **state)
{
    bylaw_url *url = parsed("HTTPS://News.Example.co.uk:8443/a/b?x=1&y#top");

    (void)state;
    assert_string_equal(bylaw_url_href(url),
                        "https://news.example.co.uk:8443/a/b?x=1&y#top");
    assert_string_equal(bylaw_url_scheme(url), "https");
    assert_string_equal(bylaw_url_host(url), "news.example.co.uk");
    assert_int_equal(bylaw_url_port(url), 8443);
    assert_string_equal(bylaw_url_path(url), "/a/b");
    assert_string_equal(bylaw_url_query(url), "x=1&y");
    assert_string_equal(bylaw_url_fragment(url), "top");
    assert_string_equal(bylaw_url_site(url), "example.co.uk");
    bylaw_url_free(url);
}

static void test_url_parse__resolves_relative_references(void **state)
{
    static const struct reading rows[] = {
        {"", "https://e.org:81/a/b?q"},
        {"#f", "https://e.org:81/a/b?q#f"},
        {"?x", "https://e.org:81/a/b?x"},
        {"c", "https://e.org:81/a/c"},
        {"c?#", "https://e.org:81/a/c?#"},
        {"./c", "https://e.org:81/a/c"},
        {"../c", "https://e.org:81/c"},
        {"../../../c", "https://e.org:81/c"},
        {"..", "https://e.org:81/"},
        {".", "https://e.org:81/a/"},
        {"/c", "https://e.org:81/c"},
        {"\\c", "https://e.org:81/c"},
        {"//f.org/c", "https://f.org/c"},
        {"\\\\f.org\\c", "https://f.org/c"},
        {"https:c", "https://e.org:81/a/c"},
        {"https:/c", "https://e.org:81/c"},
        {"http:c", "http://c/"},
        {"http://f.org", "http://f.org/"},
    };

    (void)state;
    check_hrefs("https://e.org:81/a/b?q#old", rows, COUNT(rows));
}

static void test_url_parse__forgives_what_browsers_forgive(void **state)
{
    static const struct reading rows[] = {
        {"  http://e.org/a  \n", "http://e.org/a"},
        {"ht\ntp://e.\torg/a\rb", "http://e.org/ab"},
        {"http:\\\\e.org\\a\\b", "http://e.org/a/b"},
        {"http:e.org", "http://e.org/"},
        {"http:/e.org", "http://e.org/"},
        {"http:////e.org", "http://e.org/"},
        {"http://e.org:/", "http://e.org/"},
        {"http://e.org:0080/", "http://e.org/"},
        {"http://e.org:443/", "http://e.org:443/"},
        {"https://e.org:443/", "https://e.org/"},
        {"http://@e.org/", "http://e.org/"},
        {"http://:@e.org/", "http://e.org/"},
        {"http://e%2Eorg/", "http://e.org/"},
    };

    (void)state;
    check_hrefs(NULL, rows, COUNT(rows));
}

static void test_url_parse__removes_dot_segments(void **state)
{
    static const struct reading rows[] = {
        {"http://e.org/a/./b/../c", "http://e.org/a/c"},
        {"http://e.org/a/%2e%2E/b/%2e", "http://e.org/b/"},
        {"http://e.org/a/.%2e", "http://e.org/"},
        {"http://e.org/a//../b", "http://e.org/a/b"},
        {"http://e.org/.../%2e%2e%2e", "http://e.org/.../%2e%2e%2e"},
    };

    (void)state;
    check_hrefs(NULL, rows, COUNT(rows));
}

static void test_url_parse__encodes_each_part_by_its_set(void **state)
{
    static const struct reading rows[] = {
        {"http://e.org/a b\"<>`{}^'|",
         "http://e.org/a%20b%22%3C%3E%60%7B%7D%5E'|"},
        {"http://e.org/?a b\"<>`{}^'", "http://e.org/?a%20b%22%3C%3E`{}^%27"},
        {"http://e.org/#a b\"<>`{}^'", "http://e.org/#a%20b%22%3C%3E%60{}^'"},
        {"http://e.org/\xc3\xa9?\xc3\xa9#\xc3\xa9",
         "http://e.org/%C3%A9?%C3%A9#%C3%A9"},
        {"http://e.org/%zz%", "http://e.org/%zz%"},
    };

    (void)state;
    check_hrefs(NULL, rows, COUNT(rows));
}

static void test_url_parse__reads_addresses_in_every_form(void **state)
{
    static const struct reading rows[] = {
        {"http://0xc0.0250.01/", "http://192.168.0.1/"},
        {"http://3232235521/", "http://192.168.0.1/"},
        {"http://127.1/", "http://127.0.0.1/"},
        {"http://1.2.3.4./", "http://1.2.3.4/"},
        {"http://0/", "http://0.0.0.0/"},
        {"http://0x/", "http://0.0.0.0/"},
        {"http://%31%32%37.0.0.1/", "http://127.0.0.1/"},
        {"http://\xef\xbc\x91.2.3.4/", "http://1.2.3.4/"},
        {"http://[::]/", "http://[::]/"},
        {"http://[1:0:0:2::]/", "http://[1:0:0:2::]/"},
        {"http://[1::0:0:2]/", "http://[1::2]/"},
        {"http://[::FFFF:127.0.0.1]:8080/", "http://[::ffff:7f00:1]:8080/"},
        {"http://[1:2:3:4:5:6:7:8]/", "http://[1:2:3:4:5:6:7:8]/"},
        {"http://[1:0:3:4:5:6:7:8]/", "http://[1:0:3:4:5:6:7:8]/"},
    };

    (void)state;
    check_hrefs(NULL, rows, COUNT(rows));
}

static void test_url_parse__maps_international_names(void **state)
{
    static const struct reading rows[] = {
        {"http://B\xc3\xbc"
         "cher.example/",
         "http://xn--bcher-kva.example/"},
        {"http://fa\xc3\x9f.example/", "http://xn--fa-hia.example/"},
        {"http://a\xe3\x80\x82"
         "b/",
         "http://a.b/"},
        {"http://a_b.example/", "http://a_b.example/"},
        {"http://XN--BCHER-KVA.example/", "http://xn--bcher-kva.example/"},
        {"http://-a-.example/", "http://-a-.example/"},
    };

    (void)state;
    check_hrefs(NULL, rows, COUNT(rows));
}

static void test_url_parse__refuses_what_no_browser_opens(void **state)
{
    static const char *const rows[] = {
        "",
        "/a",
        "e.org/a",
        "http://",
        "http:",
        "https://#",
        "http://:80/",
        "http://e.org:65536/",
        "http://e.org:8a/",
        "http://e.org:99999999999999999999/",
        "http://a b/",
        "http://a<b/",
        "http://a%00b/",
        "http://a%/",
        "http://%ff/",
        "http://\xff/",
        "http://\xc2\xad/",
        "http://\xe2\x80\x8f"
        "a/",
        "http://256.1.1.1/",
        "http://1.2.3.4.5/",
        "http://1.2.3.08/",
        "http://4294967296/",
        "http://a.0x1g.1/",
        "http://[::1/",
        "http://[]/",
        "http://[1:2]/",
        "http://[:1]/",
        "http://[1:]/",
        "http://[1::2::3]/",
        "http://[1:2:3:4:5:6:7:8:9]/",
        "http://[1:2:3:4:5:6:7:8::]/",
        "http://[12345::]/",
        "http://[::1.2.3]/",
        "http://[::1.2.3.4.5]/",
        "http://[::01.2.3.4]/",
        "http://[::1.2.3.256]/",
        "http://[1:2:3:4:5:6:7:1.2.3.4]/",
        "http://[::1%eth0]/",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_refused(bylaw__span_of(rows[i]), NULL, "url.malformed");
}

static void test_url_parse__refuses_other_schemes(void **state)
{
    static const char *const rows[] = {
        "mailto:a@e.org",       "javascript:void(0)", "data:text/html,x",
        "ftp://e.org/",         "file:///etc/passwd", "tel:1",
        "blob:https://e.org/1", "e.org:80",           "\tjava\nscript:x",
    };
    bylaw_url *base = parsed("http://e.org/");

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_refused(bylaw__span_of(rows[i]), base, "url.scheme");
    bylaw_url_free(base);
}

static void test_url_parse__refuses_user_names(void **state)
{
    static const char *const rows[] = {
        "http://good.example@evil.example/",
        "http://a:b@e.org/",
        "http://:b@e.org/",
        "http://@@e.org/",
        "http:\\\\a@e.org",
        "//a@e.org/",
    };
    bylaw_url *base = parsed("http://e.org/");

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_refused(bylaw__span_of(rows[i]), base, "url.userinfo");
    bylaw_url_free(base);
}

static void test_url_parse__keeps_a_backslash_out_of_the_host(void **state)
{
    (void)state;
    check_href("http://127.0.0.1:8801\\@good.example/", NULL,
               "http://127.0.0.1:8801/@good.example/");
}

static void test_url_parse__encodes_a_nul(void **state)
{
    bylaw_url *url = NULL;

    (void)state;
    assert_int_equal(bylaw_url_parse(&url,
                                     BYLAW__SPAN("http://e.org/a\0b?\0#\0x"),
                                     NULL, NULL),
                     0);
    assert_string_equal(bylaw_url_href(url), "http://e.org/a%00b?%00#%00x");
    bylaw_url_free(url);
    check_refused(BYLAW__SPAN("http://e\0.org/"), NULL, "url.malformed");
}

static void test_url_parse__finds_the_site(void **state)
{
    static const struct reading rows[] = {
        {"http://www.example.org/", "example.org"},
        {"http://a.b.example.co.uk./", "example.co.uk"},
        {"http://someone.github.io/", "someone.github.io"},
        {"http://a.someone.github.io/", "someone.github.io"},
        {"http://a.b.xn--55qx5d.cn/", "b.xn--55qx5d.cn"},
        {"http://co.uk/", "co.uk"},
        {"http://localhost/", "localhost"},
        {"http://site1.localhost/", "site1.localhost"},
        {"http://10.1.2.3/", "10.1.2.3"},
        {"http://[::1]/", "[::1]"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        bylaw_url *url = parsed(rows[i].text);

        assert_string_equal(bylaw_url_site(url), rows[i].want);
        bylaw_url_free(url);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_url_parse__gives_the_parts),
        cmocka_unit_test(test_url_parse__resolves_relative_references),
        cmocka_unit_test(test_url_parse__forgives_what_browsers_forgive),
        cmocka_unit_test(test_url_parse__removes_dot_segments),
        cmocka_unit_test(test_url_parse__encodes_each_part_by_its_set),
        cmocka_unit_test(test_url_parse__reads_addresses_in_every_form),
        cmocka_unit_test(test_url_parse__maps_international_names),
        cmocka_unit_test(test_url_parse__refuses_what_no_browser_opens),
        cmocka_unit_test(test_url_parse__refuses_other_schemes),
        cmocka_unit_test(test_url_parse__refuses_user_names),
        cmocka_unit_test(test_url_parse__keeps_a_backslash_out_of_the_host),
        cmocka_unit_test(test_url_parse__encodes_a_nul),
        cmocka_unit_test(test_url_parse__finds_the_site),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
