/* SPDX-License-Identifier: Apache-2.0 */
/* Scans of a web on loopback: what is found, asked for, and left alone. */
#include "reposts.h"

#define FEED "application/rss+xml"
#define XML  "application/xml"

static struct web_page pages[] = {
    {.host = "site.example",
     .path = "/",
     .body = OTHER LINK("/copy") LINK("/private/copy") LINK("/one") END},
    {.host = "site.example", .path = "/copy", .body = "bad"},
    {.host = "site.example", .path = "/private/copy", .body = "bad"},
    {.host = "site.example", .path = "/one", .body = OTHER LINK("/two") END},
    {.host = "site.example", .path = "/two", .body = OTHER LINK("/three") END},
    {.host = "site.example", .path = "/three", .body = "bad"},
    {.host = "site.example",
     .path = "/robots.txt",
     .body = "User-agent: *\nDisallow: /private/\n",
     .type = "text/plain"},

    {.host = "feed.example",
     .path = "/feed",
     .body = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>"
             "<title>News</title>"
             "<item><title>a</title><link>http://feed.example/good</link>"
             "</item><item><title>b</title>"
             "<link>http://other.example/copy</link></item>"
             "</channel></rss>",
     .type = FEED},
    {.host = "feed.example", .path = "/good", .body = "good"},
    {.host = "other.example", .path = "/copy", .body = "bad"},

    {.host = "map.example",
     .path = "/sitemap.xml",
     .body = "<?xml version=\"1.0\"?><sitemapindex "
             "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><sitemap>"
             "<loc>http://map.example/part.xml</loc></sitemap></sitemapindex>",
     .type = XML},
    {.host = "map.example",
     .path = "/part.xml",
     .body = "<?xml version=\"1.0\"?><urlset "
             "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url>"
             "<loc>http://map.example/listed</loc></url></urlset>",
     .type = XML},
    {.host = "map.example", .path = "/listed", .body = "bad"},

    {.host = "list.example", .path = "/copy", .body = "bad"},
    {.host = "moved.example",
     .path = "/old",
     .location = "http://new.example/here"},
    {.host = "new.example", .path = "/here", .body = "bad"},
};
#define PAGE_COUNT (sizeof(pages) / sizeof(pages[0]))

static char list_path[128];

static struct bylaw_watch watches[] = {
    {BYLAW_WATCH_SITE, "http://site.example/", 2, 1000},
    {BYLAW_WATCH_FEED, "http://feed.example/feed", 0, 0},
    {BYLAW_WATCH_SITEMAP, "http://map.example/sitemap.xml", 0, 0},
    {BYLAW_WATCH_LIST, list_path, 0, 0},
};
#define WATCH_COUNT (sizeof(watches) / sizeof(watches[0]))

static int make_pages(void **state)
{
    if (make_reposts(state))
        return -1;
    put_bodies(pages, PAGE_COUNT);
    snprintf(list_path, sizeof(list_path), "%s",
             write_file("list.txt", "# two pages\nhttp://list.example/copy\n"
                                    "http://moved.example/old\n"));
    return 0;
}

/* ------------------------------------------------------------- finding --- */

#define CASE(url, state) url " japan-nato " state " not-met 3\n"
#define ALL(state)                                                             \
    CASE("http://list.example/copy", state)                                    \
    CASE("http://map.example/listed", state)                                   \
    CASE("http://new.example/here", state)                                     \
    CASE("http://other.example/copy", state)                                   \
    CASE("http://site.example/copy", state)

static void test_scan__finds_reposts_behind_whatever_names_them(void **state)
{
    struct loopback_web *web = start(pages, PAGE_COUNT);
    struct bylaw_scan_result result;
    struct workspace w;

    (void)state;
    make_workspace(&w, "finds", web, watches, WATCH_COUNT);
    result = run_scan(&w);
    assert_int_equal(result.outcome, BYLAW_SCAN_COMPLETE);
    assert_int_equal(result.total.matched, 6);
    check_cases(&w, ALL("seen"));
    web_stop(web);
}

/* ----------------------------------------------------------- politeness --- */

static void test_scan__asks_for_nothing_that_robots_txt_forbids(void **state)
{
    struct loopback_web *web = start(pages, PAGE_COUNT);
    struct bylaw__page_row row;
    struct workspace w;

    (void)state;
    make_workspace(&w, "robots", web, watches, WATCH_COUNT);
    run_scan(&w);
    assert_int_equal(web_count(web, "site.example", "/robots.txt"), 1);
    assert_int_equal(web_count(web, "site.example", "/private/copy"), 0);
    assert_int_equal(web_count(web, "site.example", "/copy"), 1);
    assert_true(find_page_row(&row, &w, "http://site.example/private/copy"));
    assert_int_equal(row.status, 0);
    assert_true(row.due_ms > utc_ms);
    web_stop(web);
}

/* Robots.txt comes before anything else of its host. */
static void test_scan__asks_for_robots_txt_first(void **state)
{
    struct loopback_web *web = start(pages, PAGE_COUNT);
    struct web_request request;
    struct workspace w;
    size_t first[2] = {SIZE_MAX, SIZE_MAX};

    (void)state;
    make_workspace(&w, "first", web, watches, WATCH_COUNT);
    run_scan(&w);
    for (size_t i = 0; web_request_at(&request, web, i); i++) {
        bool is_robots = !strcmp(request.path, "/robots.txt");

        if (!strcmp(request.host, "map.example") &&
            first[is_robots] == SIZE_MAX)
            first[is_robots] = i;
    }
    assert_true(first[1] < first[0]);
    web_stop(web);
}

static const struct bylaw_watch deep_site[] = {
    {BYLAW_WATCH_SITE, "http://site.example/", 5, 1000}};

static void test_scan__follows_links_as_deep_as_it_is_told(void **state)
{
    struct loopback_web *web = start(pages, PAGE_COUNT);
    struct workspace w;

    (void)state;
    make_workspace(&w, "deep", web, deep_site, 1);
    run_scan(&w);
    check_cases(&w, CASE("http://site.example/copy", "seen")
                        CASE("http://site.example/three", "seen"));
    web_stop(web);
}

static const struct bylaw_watch small_site[] = {
    {BYLAW_WATCH_SITE, "http://site.example/", 5, 2}};

static void test_scan__takes_no_more_pages_of_a_site_than_it_may(void **state)
{
    struct loopback_web *web = start(pages, PAGE_COUNT);
    struct workspace w;

    (void)state;
    make_workspace(&w, "small", web, small_site, 1);
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_LIMITED);
    assert_int_equal(web_count(web, "site.example", NULL), 3);
    web_stop(web);
}

static struct web_page slow_pages[] = {
    {.host = "slow.example",
     .path = "/",
     .body = OTHER LINK("/a") LINK("/b") LINK("/c") END,
     .slow_ms = 30},
    {.host = "slow.example", .path = "/a", .body = OTHER END, .slow_ms = 30},
    {.host = "slow.example", .path = "/b", .body = OTHER END, .slow_ms = 30},
    {.host = "slow.example", .path = "/c", .body = OTHER END, .slow_ms = 30},
    {.host = "slow.example",
     .path = "/robots.txt",
     .body = "User-agent: bylaw\nCrawl-delay: 0.2\n",
     .type = "text/plain"},
    {.host = "quick.example", .path = "/", .body = OTHER END, .slow_ms = 30},
};
static const struct bylaw_watch slow_watches[] = {
    {BYLAW_WATCH_SITE, "http://slow.example/", 2, 1000},
    {BYLAW_WATCH_PAGE, "http://quick.example/", 0, 0},
};

/* The pause counts from the end of one answer to the next request. */
static void test_scan__asks_a_host_one_thing_at_a_time(void **state)
{
    struct loopback_web *web = start(slow_pages, 6);
    struct web_request request;
    struct workspace w;
    int64_t last_end = 0;
    size_t count = 0;

    (void)state;
    make_workspace(&w, "slow", web, slow_watches, 2);
    w.options.concurrency = 8;
    run_scan(&w);
    for (size_t i = 0; web_request_at(&request, web, i); i++) {
        if (strcmp(request.host, "slow.example"))
            continue;
        assert_true(request.ended_ms);
        if (count++)
            assert_true(request.began_ms >= last_end + 195);
        last_end = request.ended_ms;
    }
    assert_int_equal(count, 5);
    web_stop(web);
}

static struct web_page busy_pages[] = {
    {.host = "busy.example",
     .path = "/copy",
     .body = "bad",
     .busy_times = 1,
     .retry_after_s = 1},
};
static const struct bylaw_watch busy_watches[] = {
    {BYLAW_WATCH_PAGE, "http://busy.example/copy", 0, 0}};

static void test_scan__comes_back_when_a_host_says_so(void **state)
{
    struct loopback_web *web;
    struct web_request robots, refused, given;
    struct workspace w;

    (void)state;
    put_bodies(busy_pages, 1);
    web = start(busy_pages, 1);
    make_workspace(&w, "busy", web, busy_watches, 1);
    run_scan(&w);
    check_cases(&w, CASE("http://busy.example/copy", "seen"));
    assert_int_equal(web_count(web, NULL, NULL), 3);
    assert_true(web_request_at(&robots, web, 0));
    assert_true(web_request_at(&refused, web, 1));
    assert_true(web_request_at(&given, web, 2));
    assert_true(given.began_ms >= refused.ended_ms + 990);
    web_stop(web);
}

static void test_scan__once_waits_for_no_host(void **state)
{
    struct loopback_web *web = start(busy_pages, 1);
    struct bylaw__page_row row;
    struct workspace w;

    (void)state;
    make_workspace(&w, "once", web, busy_watches, 1);
    w.options.once = true;
    run_scan(&w);
    check_cases(&w, "");
    assert_int_equal(web_count(web, NULL, NULL), 2);
    assert_true(find_page_row(&row, &w, "http://busy.example/copy"));
    assert_true(row.due_ms >= utc_ms + 1000);
    web_stop(web);
}

/* ---------------------------------------------------------- revisiting --- */

static struct web_page tagged_pages[] = {
    {.host = "tag.example", .path = "/copy", .body = "bad", .etag = "\"v1\""},
    {.host = "tag.example", .path = "/none", .body = "bad"},
};
static const struct bylaw_watch tagged_watches[] = {
    {BYLAW_WATCH_PAGE, "http://tag.example/copy", 0, 0},
    {BYLAW_WATCH_PAGE, "http://tag.example/none", 0, 0}};

static void test_scan__asks_again_only_for_what_is_due(void **state)
{
    struct loopback_web *web;
    struct bylaw_scan_result result;
    struct workspace w;

    (void)state;
    put_bodies(tagged_pages, 2);
    web = start(tagged_pages, 2);
    make_workspace(&w, "again", web, tagged_watches, 2);
    run_scan(&w);
    web_forget(web);
    result = run_scan(&w);
    assert_int_equal(result.outcome, BYLAW_SCAN_COMPLETE);
    assert_int_equal(result.total.fetched, 0);
    assert_int_equal(web_count(web, NULL, NULL), 0);
    web_stop(web);
}

/* A second reading confirms a case, whether the bytes came again or not. */
static void test_scan__asks_whether_a_page_has_changed(void **state)
{
    struct loopback_web *web = start(tagged_pages, 2);
    struct bylaw_scan_result result;
    struct web_request request;
    struct workspace w;
    size_t conditional = 0;

    (void)state;
    make_workspace(&w, "changed", web, tagged_watches, 2);
    run_scan(&w);
    check_cases(&w, CASE("http://tag.example/copy", "seen")
                        CASE("http://tag.example/none", "seen"));
    web_forget(web);
    utc_ms += HOUR_MS;
    result = run_scan(&w);
    assert_int_equal(result.total.fetched, 2);
    assert_int_equal(result.total.unchanged, 2);
    for (size_t i = 0; web_request_at(&request, web, i); i++)
        conditional += request.is_conditional;
    assert_int_equal(conditional, 1);
    check_cases(&w, CASE("http://tag.example/copy", "new")
                        CASE("http://tag.example/none", "new"));
    web_stop(web);
}

static struct web_page mixed_pages[] = {
    {.host = "mixed.example", .path = "/finding", .body = "bad"},
    {.host = "mixed.example", .path = "/credited", .body = "good"},
};
static const struct bylaw_watch mixed_watches[] = {
    {BYLAW_WATCH_PAGE, "http://mixed.example/finding", 0, 0},
    {BYLAW_WATCH_PAGE, "http://mixed.example/credited", 0, 0}};

static void test_scan__comes_back_soon_only_to_confirm_a_finding(void **state)
{
    struct loopback_web *web;
    struct bylaw_scan_result result;
    struct workspace w;

    (void)state;
    put_bodies(mixed_pages, 2);
    web = start(mixed_pages, 2);
    make_workspace(&w, "mixed", web, mixed_watches, 2);
    result = run_scan(&w);
    assert_int_equal(result.total.matched, 2);
    web_forget(web);
    utc_ms += 20 * MINUTE_MS;
    result = run_scan(&w);
    assert_int_equal(result.total.fetched, 1);
    assert_int_equal(web_count(web, NULL, "/finding"), 1);
    check_cases(&w, CASE("http://mixed.example/finding", "new"));
    web_stop(web);
}

static void test_scan__keeps_robots_txt_for_a_day(void **state)
{
    struct loopback_web *web = start(tagged_pages, 2);
    struct workspace w;

    (void)state;
    make_workspace(&w, "kept", web, tagged_watches, 2);
    run_scan(&w);
    utc_ms += HOUR_MS;
    assert_int_equal(run_scan(&w).total.fetched, 2);
    assert_int_equal(web_count(web, NULL, "/robots.txt"), 1);
    utc_ms += 25 * HOUR_MS;
    assert_int_equal(run_scan(&w).total.fetched, 2);
    assert_int_equal(web_count(web, NULL, "/robots.txt"), 2);
    web_stop(web);
}

/* ------------------------------------------------------------ articles --- */

static void protect(const struct workspace *w, const char *name,
                    const char *kind, const char *spec)
{
    struct bylaw__source_row row = {.name = name,
                                    .kind = kind,
                                    .spec = spec,
                                    .title = ""};
    bylaw__store *store = NULL;
    int64_t id;

    assert_int_equal(bylaw__store_open(&store, w->path, BYLAW__STORE_WRITE,
                                       NULL),
                     0);
    assert_int_equal(bylaw__store_source_add(&id, store, &row, NULL), 0);
    bylaw__store_close(store);
}

/* An article that is added may stand on a page since long ago. */
static void test_scan__reads_known_pages_again_for_a_new_article(void **state)
{
    struct loopback_web *web = start(tagged_pages, 2);
    struct web_request request;
    struct workspace w;

    (void)state;
    make_workspace(&w, "added", web, tagged_watches, 2);
    run_scan(&w);
    web_forget(web);
    protect(&w, "choir", "article", write_file("choir.html", OTHER END));
    assert_int_equal(run_scan(&w).total.fetched, 2);
    for (size_t i = 0; web_request_at(&request, web, i); i++)
        assert_false(request.is_conditional);
    web_stop(web);
}

static struct web_page own_pages[] = {
    {.host = "own.example",
     .path = "/feed",
     .body = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>"
             "<title>Ours</title><item><title>a</title>"
             "<link>http://own.example/choir</link></item></channel></rss>",
     .type = FEED},
    {.host = "own.example", .path = "/choir", .body = OTHER END},
    {.host = "taker.example", .path = "/choir", .body = OTHER END},
};
static const struct bylaw_watch own_watches[] = {
    {BYLAW_WATCH_PAGE, "http://taker.example/choir", 0, 0}};

static void test_scan__protects_what_a_feed_of_ours_names(void **state)
{
    struct loopback_web *web = start(own_pages, 3);
    struct workspace w;

    (void)state;
    make_workspace(&w, "own", web, own_watches, 1);
    protect(&w, "ours", "feed", "http://own.example/feed");
    assert_int_equal(run_scan(&w).total.matched, 1);
    utc_ms += 2 * HOUR_MS;
    assert_int_equal(run_scan(&w).total.matched, 1);
    assert_int_equal(web_count(web, "own.example", "/feed"), 2);
    assert_int_equal(web_count(web, "own.example", "/choir"), 1);
    web_stop(web);
}

/* An article that cannot be had now says nothing of the pages it stood on. */
static void test_scan__closes_no_case_for_want_of_an_article(void **state)
{
    struct loopback_web *web = start(tagged_pages, 2);
    const char *path = write_file("short-lived.html", OTHER END);
    struct workspace w;

    (void)state;
    make_workspace(&w, "unread", web, tagged_watches, 2);
    protect(&w, "short-lived", "article", path);
    run_scan(&w);
    unlink(path);
    utc_ms += HOUR_MS;
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_COMPLETE);
    assert_string_equal(w.complaint.id, "file.unreadable");
    check_cases(&w, CASE("http://tag.example/copy", "new")
                        CASE("http://tag.example/none", "new"));
    web_stop(web);
}

/* --------------------------------------------------------------- faults --- */

static struct web_page fault_pages[] = {
    {.host = "dead.example", .path = "/copy", .body = "bad"},
    {.host = "shut.example", .path = "/copy", .body = "bad"},
    {.host = "torn.example", .path = "/copy", .status = WEB_HANGS_UP},
    {.host = "ill.example", .path = "/copy", .status = 500},
    {.host = "sealed.example", .path = "/copy", .body = "bad"},
    {.host = "sealed.example", .path = "/robots.txt", .status = 503},
    {.host = "well.example", .path = "/copy", .body = "bad"},
};
static const struct bylaw_watch fault_watches[] = {
    {BYLAW_WATCH_PAGE, "http://dead.example/copy", 0, 0},
    {BYLAW_WATCH_PAGE, "http://shut.example/copy", 0, 0},
    {BYLAW_WATCH_PAGE, "http://torn.example/copy", 0, 0},
    {BYLAW_WATCH_PAGE, "http://ill.example/copy", 0, 0},
    {BYLAW_WATCH_PAGE, "http://sealed.example/copy", 0, 0},
    {BYLAW_WATCH_PAGE, "http://well.example/copy", 0, 0},
};

static void check_failed_once(const struct workspace *workspace,
                              const char *url, int status)
{
    struct bylaw__page_row row;

    assert_true(find_page_row(&row, workspace, url));
    assert_int_equal(row.failures, 1);
    assert_int_equal(row.status, status);
    assert_true(row.last_ms > 0 && row.due_ms > utc_ms);
}

static void test_scan__records_each_fault_once_and_goes_on(void **state)
{
    const char *routes[8];
    struct loopback_web *web;
    struct bylaw_scan_result result;
    struct workspace w;
    size_t count = 0;

    (void)state;
    put_bodies(fault_pages, 7);
    web = start(fault_pages, 7);
    make_workspace(&w, "faults", web, fault_watches, 6);
    for (const char *const *route = web_routes(web); *route; route++)
        routes[count++] = strncmp(*route, "shut.", 5)
                              ? *route
                              : "shut.example:80:127.0.0.1:1";
    routes[count] = NULL;
    w.options.audit.fetch.connect_to = routes;
    w.options.audit.fetch.timeout_ms = 1000; /* some resolvers never answer */
    result = run_scan(&w);
    assert_int_equal(result.outcome, BYLAW_SCAN_BARREN);
    assert_int_equal(result.total.fetched, 6);
    assert_int_equal(result.total.failed, 5);
    check_failed_once(&w, "http://dead.example/copy", 0);
    check_failed_once(&w, "http://shut.example/copy", 0);
    check_failed_once(&w, "http://torn.example/copy", 0);
    check_failed_once(&w, "http://ill.example/copy", 500);
    check_failed_once(&w, "http://sealed.example/copy", 0);
    assert_int_equal(web_count(web, "sealed.example", "/copy"), 0);
    check_cases(&w, CASE("http://well.example/copy", "seen"));
    web_stop(web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__finds_reposts_behind_whatever_names_them),
        cmocka_unit_test(test_scan__asks_for_nothing_that_robots_txt_forbids),
        cmocka_unit_test(test_scan__asks_for_robots_txt_first),
        cmocka_unit_test(test_scan__follows_links_as_deep_as_it_is_told),
        cmocka_unit_test(test_scan__takes_no_more_pages_of_a_site_than_it_may),
        cmocka_unit_test(test_scan__asks_a_host_one_thing_at_a_time),
        cmocka_unit_test(test_scan__comes_back_when_a_host_says_so),
        cmocka_unit_test(test_scan__once_waits_for_no_host),
        cmocka_unit_test(test_scan__asks_again_only_for_what_is_due),
        cmocka_unit_test(test_scan__asks_whether_a_page_has_changed),
        cmocka_unit_test(test_scan__comes_back_soon_only_to_confirm_a_finding),
        cmocka_unit_test(test_scan__keeps_robots_txt_for_a_day),
        cmocka_unit_test(test_scan__reads_known_pages_again_for_a_new_article),
        cmocka_unit_test(test_scan__protects_what_a_feed_of_ours_names),
        cmocka_unit_test(test_scan__closes_no_case_for_want_of_an_article),
        cmocka_unit_test(test_scan__records_each_fault_once_and_goes_on),
    };

    return cmocka_run_group_tests(tests, make_pages, drop_reposts);
}
