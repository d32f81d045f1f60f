/* SPDX-License-Identifier: Apache-2.0 */
/* A link reaches the page, the front page, the site, or something else. */
#include "unit/url_check.h"

static void check_relation(const char *link_text, const char *target_text,
                           enum bylaw_url_relation want)
{
    bylaw_url *link = parsed(link_text), *target = parsed(target_text);

    if (bylaw_url_relate(link, target) != want)
        fail_msg("'%s' to '%s': got %d, want %d", link_text, target_text,
                 (int)bylaw_url_relate(link, target), (int)want);
    bylaw_url_free(link);
    bylaw_url_free(target);
}

#define ARTICLE "https://www.news.example.org/2020/story"

static void test_url_relate__knows_the_same_page(void **state)
{
    static const char *const links[] = {
        "http://news.example.org/2020/story/?utm_source=x#comments",
        "https://news.example.org/2020/story/amp/",
        "https://www.google.com/amp/s/news.example.org/2020/story/amp",
        "https://web.archive.org/web/2021/" ARTICLE,
    };

    (void)state;
    for (size_t i = 0; i < COUNT(links); i++) {
        check_relation(links[i], ARTICLE, BYLAW_URL_SAME_PAGE);
        check_relation(ARTICLE, links[i], BYLAW_URL_SAME_PAGE);
    }
}

static void test_url_relate__tells_home_from_site(void **state)
{
    (void)state;
    check_relation("http://news.example.org/", ARTICLE, BYLAW_URL_SITE_HOME);
    check_relation("http://www.example.org/index.html", ARTICLE,
                   BYLAW_URL_SITE_HOME);
    check_relation("https://www.google.com/url?q=http://example.org", ARTICLE,
                   BYLAW_URL_SITE_HOME);
    check_relation("http://blog.example.org/", ARTICLE, BYLAW_URL_SAME_SITE);
    check_relation("http://news.example.org/2020/other", ARTICLE,
                   BYLAW_URL_SAME_SITE);
    check_relation("http://news.example.org/2020/Story", ARTICLE,
                   BYLAW_URL_SAME_SITE);
}

static void test_url_relate__keeps_other_sites_apart(void **state)
{
    (void)state;
    check_relation("http://example.net/2020/story", ARTICLE, BYLAW_URL_OTHER);
    check_relation("http://notexample.org/", ARTICLE, BYLAW_URL_OTHER);
    check_relation("http://a.github.io/", "http://b.github.io/",
                   BYLAW_URL_OTHER);
    check_relation("http://a.co.uk/", "http://b.co.uk/x", BYLAW_URL_OTHER);
    check_relation("http://10.0.0.1/", "http://10.0.0.2/", BYLAW_URL_OTHER);
    check_relation("http://x.org/" ARTICLE, ARTICLE, BYLAW_URL_OTHER);
}

static void test_url_relate__trusts_no_stranger_named_as_a_wrapper(void **state)
{
    (void)state;
    check_relation("https://google.github.io/url?q=" ARTICLE, ARTICLE,
                   BYLAW_URL_OTHER);
    check_relation("https://google.example.net/url?q=" ARTICLE, ARTICLE,
                   BYLAW_URL_OTHER);
    check_relation("https://www.facebook.com/sharer.php?u=" ARTICLE, ARTICLE,
                   BYLAW_URL_OTHER);
}

static void test_url_relate__takes_a_shortener_for_another_site(void **state)
{
    (void)state;
    check_relation("https://t.co/abc", ARTICLE, BYLAW_URL_OTHER);
}

static void check_domain(const char *text, const char *domain, bool want)
{
    bylaw_url *url = parsed(text);

    if (bylaw_url_in_domain(url, domain) != want)
        fail_msg("'%s' in '%s' is not %d", text, domain, want);
    bylaw_url_free(url);
}

static void test_url_in_domain__takes_whole_labels(void **state)
{
    (void)state;
    check_domain("http://a.example.org/", "example.org", true);
    check_domain("http://example.org./", "EXAMPLE.org", true);
    check_domain("http://notexample.org/", "example.org", false);
    check_domain("http://example.org/", "a.example.org", false);
    check_domain("http://example.org/", "", false);
    check_domain("http://10.0.0.1/", "0.1", false);
    check_domain("http://10.0.0.1/", "10.0.0.1", true);
}

static void check_opaque(const char *text, bool want)
{
    bylaw_url *url = parsed(text);

    if (bylaw__url_is_opaque_redirect(url) != want)
        fail_msg("'%s' is not %d", text, want);
    bylaw_url_free(url);
}

static void test_url_opaque__knows_shorteners(void **state)
{
    static const char *const shorteners[] = {
        "https://t.co/a",
        "http://bit.ly/a",
        "https://www.tinyurl.com/a",
        "https://lnkd.in/a",
        "https://goo.gl/a",
        "https://trib.al/a",
        "https://archive.ph/AbCdE",
        "http://feedproxy.google.com/~r/a/b",
        "https://www.google.com/url?q=https://t.co/a",
        "https://l.facebook.com/l.php?u=nonsense",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(shorteners); i++)
        check_opaque(shorteners[i], true);
    check_opaque("https://nott.co/a", false);
    check_opaque("https://t.com/a", false);
    check_opaque("https://l.facebook.com/l.php?u=http://e.org/", false);
    check_opaque("https://archive.ph/2020/http://e.org/", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_url_relate__knows_the_same_page),
        cmocka_unit_test(test_url_relate__tells_home_from_site),
        cmocka_unit_test(test_url_relate__keeps_other_sites_apart),
        cmocka_unit_test(
            test_url_relate__trusts_no_stranger_named_as_a_wrapper),
        cmocka_unit_test(test_url_relate__takes_a_shortener_for_another_site),
        cmocka_unit_test(test_url_in_domain__takes_whole_labels),
        cmocka_unit_test(test_url_opaque__knows_shorteners),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
