/* SPDX-License-Identifier: Apache-2.0 */
/* A scan asks search services within their bounds. */
#include "scanning.h"

static struct loopback_web *start(const struct web_page *table, size_t count)
{
    struct loopback_web *web = web_start(table, count);

    assert_non_null(web);
    return web;
}

static struct web_page search_pages[] = {
    {.host = "searx.example", .path = "/nothing"}};

static void test_scan__asks_a_search_service_within_its_share(void **state)
{
    static const struct bylaw_search searches[] = {
        {.service = "searxng",
         .endpoint = "http://searx.example/search",
         .per_day = 2}};
    struct loopback_web *web = start(search_pages, 1);
    struct workspace w;

    (void)state;
    make_workspace(&w, "search", web, NULL, 0);
    w.config.searches = searches;
    w.config.search_count = 1;
    run_scan(&w);
    assert_int_equal(web_count(web, "searx.example", NULL), 2);
    run_scan(&w);
    assert_int_equal(web_count(web, "searx.example", NULL), 2);
    utc_ms += 25 * HOUR_MS;
    run_scan(&w);
    assert_int_equal(web_count(web, "searx.example", NULL), 4);
    web_stop(web);
}

static struct web_page two_sites[] = {{.host = "east.example",
                                       .path = "/nothing"},
                                      {.host = "west.example",
                                       .path = "/nothing"}};

static void test_scan__gives_each_searched_site_a_share(void **state)
{
    static const struct bylaw_search searches[] = {{.service = "wordpress",
                                                    .endpoint =
                                                        "http://east.example/",
                                                    .per_day = 2},
                                                   {.service = "wordpress",
                                                    .endpoint =
                                                        "http://west.example/",
                                                    .per_day = 2}};
    struct loopback_web *web = start(two_sites, 2);
    struct workspace w;

    (void)state;
    make_workspace(&w, "two", web, NULL, 0);
    w.config.searches = searches;
    w.config.search_count = 2;
    run_scan(&w);
    for (size_t i = 0; i < 2; i++) {
        const char *host = two_sites[i].host;

        assert_int_equal(web_count(web, host, "/robots.txt"), 1);
        assert_int_equal(web_count(web, host, NULL), 1 + 2);
    }
    web_stop(web);
}

static struct web_page site_search_pages[] = {
    {.host = "press.example",
     .path = "/robots.txt",
     .type = "text/plain",
     .body = "User-agent: *\nDisallow: /wp-json/\n"}};

/* A site that wants no robots in its search is not asked by it. */
static void test_scan__asks_a_sites_own_search_as_robots_txt_lets(void **state)
{
    static const struct bylaw_search searches[] = {{.service = "wordpress",
                                                    .endpoint =
                                                        "http://press.example/",
                                                    .per_day = 100},
                                                   {.service = "wordpress-feed",
                                                    .endpoint =
                                                        "http://press.example/",
                                                    .per_day = 100}};
    struct loopback_web *web = start(site_search_pages, 1);
    struct web_request request;
    struct workspace w;

    (void)state;
    make_workspace(&w, "press", web, NULL, 0);
    w.config.searches = searches;
    w.config.search_count = 2;
    run_scan(&w);
    assert_true(web_request_at(&request, web, 0));
    assert_string_equal(request.path, "/robots.txt");
    assert_true(web_count(web, NULL, NULL) > 1);
    for (size_t i = 1; web_request_at(&request, web, i); i++)
        assert_int_equal(strncmp(request.path, "/?feed=", 7), 0);
    web_stop(web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__asks_a_search_service_within_its_share),
        cmocka_unit_test(test_scan__gives_each_searched_site_a_share),
        cmocka_unit_test(test_scan__asks_a_sites_own_search_as_robots_txt_lets),
    };

    return cmocka_run_group_tests(tests, make_files, remove_files);
}
