/* SPDX-License-Identifier: Apache-2.0 */
/* One page has one key, however its address is spelt. */
#include "unit/url_check.h"

static void check_canonical(const char *text, const char *want)
{
    bylaw_url *url = parsed(text);
    char again[2 * BYLAW_LIMIT_URL_BYTES];
    bylaw_url *twice;

    if (strcmp(bylaw_url_canonical(url), want) != 0)
        fail_msg("'%s': got '%s', want '%s'", text, bylaw_url_canonical(url),
                 want);
    snprintf(again, sizeof(again), "https://%s", want);
    twice = parsed(again);
    assert_string_equal(bylaw_url_canonical(twice), want);
    bylaw_url_free(twice);
    bylaw_url_free(url);
}

struct folding {
    const char *text, *want;
};

static void check_all(const struct folding *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_canonical(rows[i].text, rows[i].want);
}

static void test_url_canonical__folds_scheme_and_default_port(void **state)
{
    static const struct folding rows[] = {
        {"http://e.org/a", "e.org/a"},
        {"https://e.org:443/a", "e.org/a"},
        {"http://e.org:80/a", "e.org/a"},
        {"http://e.org:443/a", "e.org/a"},
        {"http://e.org:8080/a", "e.org:8080/a"},
        {"http://[::1]:8080/", "[::1]:8080/"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_url_canonical__folds_device_hosts(void **state)
{
    static const struct folding rows[] = {
        {"http://www.e.org/a", "e.org/a"},
        {"http://m.e.org/a", "e.org/a"},
        {"http://mobile.e.org/a", "e.org/a"},
        {"http://amp.e.org/a", "e.org/a"},
        {"http://WWW.M.e.org./a", "e.org/a"},
        {"http://en.m.e.org/a", "en.e.org/a"},
        {"http://m.e.co.uk/a", "e.co.uk/a"},
        {"http://news.e.org/a", "news.e.org/a"},
        {"http://wwww.e.org/a", "wwww.e.org/a"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_url_canonical__keeps_a_registered_name(void **state)
{
    static const struct folding rows[] = {
        {"http://m.com/", "m.com/"},
        {"http://www.com/", "www.com/"},
        {"http://www.gov.uk/a", "www.gov.uk/a"},
        {"http://www.localhost/", "www.localhost/"},
        {"http://mobile.github.io/", "mobile.github.io/"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_url_canonical__folds_slashes_and_index_files(void **state)
{
    static const struct folding rows[] = {
        {"http://e.org", "e.org/"},
        {"http://e.org/a/", "e.org/a"},
        {"http://e.org//a///b//", "e.org/a/b"},
        {"http://e.org/index.html", "e.org/"},
        {"http://e.org/a/INDEX.PHP", "e.org/a"},
        {"http://e.org/a/default.aspx", "e.org/a"},
        {"http://e.org/index.php?p=7", "e.org/?p=7"},
        {"http://e.org/index", "e.org/index"},
        {"http://e.org/index.html/a", "e.org/index.html/a"},
        {"http://e.org/myindex.html", "e.org/myindex.html"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_url_canonical__keeps_the_case_of_the_path(void **state)
{
    (void)state;
    check_canonical("http://e.org/News/A", "e.org/News/A");
}

static void test_url_canonical__drops_tracking_parameters(void **state)
{
    static const struct folding rows[] = {
        {"http://e.org/a?utm_source=x&utm_medium=y&UTM_Term=z", "e.org/a"},
        {"http://e.org/a?fbclid=1&id=7&gclid=2", "e.org/a?id=7"},
        {"http://e.org/a?mc_cid=1&mc_eid=2&igshid=3", "e.org/a"},
        {"http://e.org/a?ref=twitter&ref_src=twsrc", "e.org/a"},
        {"http://e.org/a?ref=123", "e.org/a?ref=123"},
        {"http://e.org/a?source=rss", "e.org/a"},
        {"http://e.org/a?source=archive", "e.org/a?source=archive"},
        {"http://e.org/a?share=facebook&nb=1", "e.org/a"},
        {"http://e.org/a?utmost=1", "e.org/a?utmost=1"},
        {"http://e.org/a?%75tm_source=x", "e.org/a"},
        {"http://e.org/a;jsessionid=1F?PHPSESSID=2", "e.org/a"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_url_canonical__sorts_what_parameters_remain(void **state)
{
    static const struct folding rows[] = {
        {"http://e.org/?b=2&a=1", "e.org/?a=1&b=2"},
        {"http://e.org/?a=2&a=1&a", "e.org/?a&a=1&a=2"},
        {"http://e.org/?&&a=&=&b", "e.org/?a&b"},
        {"http://e.org/?", "e.org/"},
        {"http://e.org/?p=12", "e.org/?p=12"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_url_canonical__folds_amp_forms(void **state)
{
    static const struct folding rows[] = {
        {"http://e.org/a/amp", "e.org/a"},
        {"http://e.org/a/amp/", "e.org/a"},
        {"http://e.org/amp/a", "e.org/a"},
        {"http://e.org/a?amp", "e.org/a"},
        {"http://e.org/a?amp=1", "e.org/a"},
        {"http://e.org/a?outputType=amp", "e.org/a"},
        {"http://e.org/a?outputType=xml", "e.org/a?outputType=xml"},
        {"http://e.org/a.amp.html", "e.org/a.html"},
        {"http://e.org/a.amp", "e.org/a"},
        {"http://e.org/amp", "e.org/"},
        {"http://e.org/amplifier", "e.org/amplifier"},
        {"http://e.org/lamp", "e.org/lamp"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_url_canonical__folds_print_forms(void **state)
{
    static const struct folding rows[] = {
        {"http://e.org/a/print", "e.org/a"},
        {"http://e.org/a/print/", "e.org/a"},
        {"http://e.org/a?print=print", "e.org/a"},
        {"http://e.org/a?view=print", "e.org/a"},
        {"http://e.org/a?view=full", "e.org/a?view=full"},
        {"http://e.org/print/a", "e.org/print/a"},
        {"http://e.org/blueprint", "e.org/blueprint"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_url_canonical__keeps_only_script_fragments(void **state)
{
    static const struct folding rows[] = {
        {"http://e.org/a#top", "e.org/a"},
        {"http://e.org/a#:~:text=b", "e.org/a"},
        {"http://e.org/#!/story/7", "e.org/#!/story/7"},
        {"http://e.org/a#!", "e.org/a"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_url_canonical__has_one_spelling_of_bytes(void **state)
{
    static const struct folding rows[] = {
        {"http://e.org/%7Ea%62c", "e.org/~abc"},
        {"http://e.org/%c3%a9", "e.org/%C3%A9"},
        {"http://e.org/\xc3\xa9", "e.org/%C3%A9"},
        {"http://e.org/a%2Cb", "e.org/a,b"},
        {"http://e.org/a%2fb", "e.org/a%2Fb"},
        {"http://e.org/%%34%31", "e.org/%2541"},
        {"http://e.org/%2541", "e.org/%2541"},
        {"http://e.org/?a+b=c%20d", "e.org/?a%20b=c%20d"},
        {"http://e.org/?a=%26%3d%2b", "e.org/?a=%26%3D%2B"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_url_canonical__never_makes_dot_segments(void **state)
{
    static const struct folding rows[] = {
        {"http://e.org/a/..amp", "e.org/a/..amp"},
        {"http://e.org/a/..;sid=1", "e.org/a/..;sid=1"},
        {"http://e.org/.amp.html/b", "e.org/.amp.html/b"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_url_is_home__knows_front_pages(void **state)
{
    static const char *const homes[] = {
        "http://e.org",
        "https://www.e.org/",
        "http://e.org/#top",
        "http://e.org/index.html",
        "http://e.org/amp",
        "http://e.org/?utm_source=x",
        "http://blog.e.org/",
        "http://e.org//",
        "https://www.google.com/url?q=http://e.org/",
    };
    static const char *const others[] = {
        "http://e.org/a",
        "http://e.org/?p=1",
        "http://e.org/#!/a",
        "https://www.google.com/url?q=http://e.org/a",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(homes); i++) {
        bylaw_url *url = parsed(homes[i]);

        assert_true(bylaw_url_is_home(url));
        bylaw_url_free(url);
    }
    for (size_t i = 0; i < COUNT(others); i++) {
        bylaw_url *url = parsed(others[i]);

        assert_false(bylaw_url_is_home(url));
        bylaw_url_free(url);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_url_canonical__folds_scheme_and_default_port),
        cmocka_unit_test(test_url_canonical__folds_device_hosts),
        cmocka_unit_test(test_url_canonical__keeps_a_registered_name),
        cmocka_unit_test(test_url_canonical__folds_slashes_and_index_files),
        cmocka_unit_test(test_url_canonical__keeps_the_case_of_the_path),
        cmocka_unit_test(test_url_canonical__drops_tracking_parameters),
        cmocka_unit_test(test_url_canonical__sorts_what_parameters_remain),
        cmocka_unit_test(test_url_canonical__folds_amp_forms),
        cmocka_unit_test(test_url_canonical__folds_print_forms),
        cmocka_unit_test(test_url_canonical__keeps_only_script_fragments),
        cmocka_unit_test(test_url_canonical__has_one_spelling_of_bytes),
        cmocka_unit_test(test_url_canonical__never_makes_dot_segments),
        cmocka_unit_test(test_url_is_home__knows_front_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
