/* SPDX-License-Identifier: Apache-2.0 */
/* A scan holds few pages of a host in memory, and loses none of the others. */
#include "reposts.h"

#define HUGE_HOST (3 * BYLAW_LIMIT_SCAN_LANE)
#define MOST      (HUGE_HOST + 4)

static struct web_page pages[MOST];
static char paths[HUGE_HOST][32], bodies[HUGE_HOST][512];
static char front[HUGE_HOST * 64 + 512], list_text[HUGE_HOST * 64];
static char list_path[128];

/* A front page that links to so many leaves, and a robots.txt. Leaves stand
 * on two names of one host, and each links to one page, a link deeper. */
static size_t make_site(size_t leaves)
{
    size_t used = (size_t)snprintf(front, sizeof(front), "%s", OTHER),
           listed = 0;

    memset(pages, 0, sizeof(pages));
    for (size_t i = 0; i < leaves; i++) {
        const char *host = i % 3 ? "mill.example" : "www.mill.example";

        snprintf(paths[i], sizeof(paths[0]), "/leaf%zu", i);
        snprintf(bodies[i], sizeof(bodies[0]),
                 OTHER "<p>%zu</p><a href=//mill.example/end>end</a>" END, i);
        used += (size_t)snprintf(front + used, sizeof(front) - used,
                                 "<a href=//%s%s>x</a> ", host, paths[i]);
        listed +=
            (size_t)snprintf(list_text + listed, sizeof(list_text) - listed,
                             "http://%s%s\n", host, paths[i]);
        pages[i] = (struct web_page){.host = host,
                                     .path = paths[i],
                                     .body = bodies[i]};
    }
    pages[leaves] =
        (struct web_page){.host = "mill.example", .path = "/", .body = front};
    pages[leaves + 1] = (struct web_page){.host = "mill.example",
                                          .path = "/end",
                                          .body = OTHER END};
    pages[leaves + 2] = (struct web_page){.host = "mill.example",
                                          .path = "/robots.txt",
                                          .status = 404};
    pages[leaves + 3] = (struct web_page){.host = "www.mill.example",
                                          .path = "/robots.txt",
                                          .status = 404};
    snprintf(list_path, sizeof(list_path), "%s",
             write_file("leaves.txt", list_text));
    return leaves + 4;
}

static void check_once(struct loopback_web *web, size_t leaves)
{
    for (size_t i = 0; i < leaves; i++)
        assert_int_equal(web_count(web, pages[i].host, pages[i].path), 1);
}

static void test_scan__visits_each_page_of_a_host_of_any_size_once(void **state)
{
    static const size_t sizes[] = {BYLAW_LIMIT_SCAN_LANE - 1,
                                   BYLAW_LIMIT_SCAN_LANE,
                                   BYLAW_LIMIT_SCAN_LANE + 1, HUGE_HOST};
    static const struct bylaw_watch site[] = {
        {BYLAW_WATCH_SITE, "http://mill.example/", 2, MOST}};

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct loopback_web *web = start(pages, make_site(sizes[i]));
        struct workspace w;
        char name[32];

        snprintf(name, sizeof(name), "site%zu", i);
        make_workspace(&w, name, web, site, 1);
        assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_COMPLETE);
        check_once(web, sizes[i]);
        assert_int_equal(web_count(web, "mill.example", "/end"), 1);
        web_stop(web);
    }
}

/* The same pages, named by a list instead of being linked to; by both, they
 * have their turn as pages of the crawl, and still one each. */
static void
test_scan__visits_each_page_that_a_long_list_names_once(void **state)
{
    static const struct bylaw_watch list[] = {
        {BYLAW_WATCH_LIST, list_path, 0, 0},
        {BYLAW_WATCH_SITE, "http://mill.example/", 2, MOST}};

    (void)state;
    for (size_t watches = 1; watches <= 2; watches++) {
        struct loopback_web *web = start(pages, make_site(HUGE_HOST));
        struct workspace w;

        make_workspace(&w, watches == 1 ? "list" : "both", web, list, watches);
        w.config.crawl.max_pages_per_host = MOST;
        assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_COMPLETE);
        check_once(web, HUGE_HOST);
        web_stop(web);
    }
}

/* The share of the crawl is spent on the front page and the leaves that were
 * linked to first; what a list names besides is asked for all the same. */
static void
test_scan__asks_for_what_was_named_beyond_a_crawls_share(void **state)
{
    static const struct bylaw_watch watches[] = {
        {BYLAW_WATCH_SITE, "http://mill.example/", 2, 10},
        {BYLAW_WATCH_LIST, list_path, 0, 0}};
    struct loopback_web *web;
    struct workspace w;

    (void)state;
    web = start(pages, make_site(HUGE_HOST));
    make_workspace(&w, "share", web, watches, 1);
    w.config.crawl.max_pages_per_host = MOST;
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_LIMITED);
    for (size_t i = 0; i < HUGE_HOST; i++)
        assert_int_equal(web_count(web, pages[i].host, pages[i].path), i < 9);
    assert_int_equal(web_count(web, "mill.example", "/end"), 0);
    web_stop(web);
    web = start(pages, make_site(HUGE_HOST));
    make_workspace(&w, "share and list", web, watches, 2);
    w.config.crawl.max_pages_per_host = MOST;
    run_scan(&w);
    check_once(web, HUGE_HOST);
    web_stop(web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_scan__visits_each_page_of_a_host_of_any_size_once),
        cmocka_unit_test(
            test_scan__visits_each_page_that_a_long_list_names_once),
        cmocka_unit_test(
            test_scan__asks_for_what_was_named_beyond_a_crawls_share),
    };

    return cmocka_run_group_tests(tests, make_reposts, drop_reposts);
}
