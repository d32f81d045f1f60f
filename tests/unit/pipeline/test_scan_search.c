/* SPDX-License-Identifier: Apache-2.0 */
/* A scan asks search services within their bounds. */
#include "reposts.h"

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

/* -------------------------------------------------------- further pages --- */

#define JSON    "application/json"
#define HIT(n)  "{\"url\":\"http://found.example/" n "\",\"title\":\"x\"}"
#define POST(n) "{\"link\":\"http://found.example/" n "\"}"
#define MORE    "\"query\":{\"more_results_available\":true}"
#define NO_PAGE                                                                \
    "{\"code\":\"rest_post_invalid_page_number\",\"data\":{\"status\":400}}"

#define FOUND(n)                                                               \
    {                                                                          \
        .host = "found.example", .path = "/" n, .body = "bad"                  \
    }

static struct web_page paged_pages[] = {
    FOUND("1"),
    FOUND("2"),
    FOUND("3"),
    FOUND("4"),

    /* SearXNG: the last page is the empty one. */
    {.host = "searx.example", .path = "/robots.txt", .status = 404},
    {.host = "searx.example",
     .path = "/search*&pageno=2",
     .type = JSON,
     .body = "{\"results\":[" HIT("2") "]}"},
    {.host = "searx.example",
     .path = "/search*&pageno=3",
     .type = JSON,
     .body = "{\"results\":[" HIT("3") "]}"},
    {.host = "searx.example",
     .path = "/search*&pageno=4",
     .type = JSON,
     .body = "{\"results\":[]}"},
    {.host = "searx.example",
     .path = "/search*",
     .type = JSON,
     .body = "{\"results\":[" HIT("1") "]}"},

    /* Brave: says whether there is more. */
    {.host = "brave.example",
     .path = "/res*&offset=1",
     .type = JSON,
     .body = "{\"web\":{\"results\":[" HIT("2") "]}}"},
    {.host = "brave.example",
     .path = "/res*",
     .type = JSON,
     .body = "{" MORE ",\"web\":{\"results\":[" HIT("1") "]}}"},

    /* WordPress: a header says how many there are. */
    {.host = "press.example",
     .path = "/wp-json*&page=2",
     .type = JSON,
     .header = {"X-WP-TotalPages", "2"},
     .body = "[" POST("2") "]"},
    {.host = "press.example",
     .path = "/wp-json*",
     .type = JSON,
     .header = {"X-WP-TotalPages", "2"},
     .body = "[" POST("1") "]"},

    /* One that keeps the header back, and says 400 past the last page. */
    {.host = "mute.example",
     .path = "/?per_page=1&*&page=2",
     .type = JSON,
     .status = 400,
     .body = NO_PAGE},
    {.host = "mute.example",
     .path = "/?per_page=1&*",
     .type = JSON,
     .body = "[" POST("1") "]"},

    /* Common Crawl: the list of indexes, the number of pages, the pages. */
    {.host = "cc.example",
     .path = "/collinfo.json",
     .type = JSON,
     .body = "[{\"id\":\"CC-MAIN-2026-44\",\"cdx-api\":"
             "\"http://cc.example/44\"},{\"id\":\"CC-MAIN-2026-40\","
             "\"cdx-api\":\"http://cc.example/40\"}]"},
    {.host = "cc.example",
     .path = "/44*&showNumPages=true&url=found.example",
     .type = JSON,
     .body = "{\"pages\": 3, \"pageSize\": 1, \"blocks\": 3}"},
    {.host = "cc.example",
     .path = "/44*&url=found.example&page=0",
     .body = "{\"url\":\"http://found.example/1\",\"status\":\"200\"}\n"},
    {.host = "cc.example",
     .path = "/44*&url=found.example&page=1",
     .body = "{\"url\":\"http://found.example/2\",\"status\":\"200\"}\n"},
    {.host = "cc.example",
     .path = "/44*&url=found.example&page=2",
     .body = "{\"url\":\"http://found.example/3\",\"status\":\"200\"}\n"},
    {.host = "cc.example",
     .path = "/44*&url=unseen.example",
     .status = 404,
     .body = "{\"message\": \"No Captures found for: unseen.example\"}\n"},

    /* Wayback Machine: a key leads on. */
    {.host = "wayback.example",
     .path = "/cdx*&resumeKey=k%201",
     .type = JSON,
     .body = "[[\"original\"],[\"http://found.example/2\"]]"},
    {.host = "wayback.example",
     .path = "/cdx*",
     .type = JSON,
     .body = "[[\"original\"],[\"http://found.example/1\"],[],[\"k+1\"]]"},
};
#define PAGED_COUNT (sizeof(paged_pages) / sizeof(paged_pages[0]))

#define SERVICE(name, url, most)                                               \
    {                                                                          \
        .service = name, .endpoint = url, .per_day = 1000, .pages = most       \
    }

/* Two hosts are watched, by a page each that says nothing. */
static const struct bylaw_watch hosts[] = {
    {BYLAW_WATCH_PAGE, "http://found.example/watched", 0, 0},
    {BYLAW_WATCH_PAGE, "http://www.unseen.example/", 0, 0},
};

static int make_pages(void **state)
{
    if (make_reposts(state))
        return -1;
    put_bodies(paged_pages, PAGED_COUNT);
    return 0;
}

static size_t count_asked(struct loopback_web *web, const char *host)
{
    return web_count(web, host, NULL) - web_count(web, host, "/robots.txt");
}

/* Scans with one service; the cases tell which pages it told of. */
static void check_search(struct workspace *w, struct loopback_web *web,
                         const char *name, const struct bylaw_search *search,
                         const char *want)
{
    struct bylaw_scan_result result;

    web_forget(web);
    make_workspace(w, name, web, hosts, 2);
    w->config.searches = search;
    w->config.search_count = 1;
    w->options.ticks_ms = fast_ticks;
    result = run_scan(w);
    assert_int_equal(result.outcome, BYLAW_SCAN_COMPLETE);
    check_cases(w, want);
}

#define SEEN(n) "http://found.example/" n " japan-nato seen not-met 3\n"

static void test_scan__reads_further_pages_of_answers(void **state)
{
    static const struct {
        struct bylaw_search search;
        const char *want;
        const char *host;
        size_t parts; /* asked for of each question */
    } rows[] = {
        {SERVICE("searxng", "http://searx.example/", 9),
         SEEN("1") SEEN("2") SEEN("3"), "searx.example", 4},
        {SERVICE("searxng", "http://searx.example/", 2), SEEN("1") SEEN("2"),
         "searx.example", 2},
        {SERVICE("searxng", "http://searx.example/", 1), SEEN("1"),
         "searx.example", 1},
        {SERVICE("brave", "http://brave.example/", 9), SEEN("1") SEEN("2"),
         "brave.example", 2},
        {SERVICE("wordpress", "http://press.example/", 9), SEEN("1") SEEN("2"),
         "press.example", 2},
        {SERVICE("wordpress", "http://press.example/", 1), SEEN("1"),
         "press.example", 1},
        {SERVICE("wordpress", "http://mute.example/?per_page=1", 9), SEEN("1"),
         "mute.example", 2},
    };
    struct loopback_web *web = start(paged_pages, PAGED_COUNT);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct workspace w;
        char name[16];

        snprintf(name, sizeof(name), "paged%zu", i);
        check_search(&w, web, name, &rows[i].search, rows[i].want);
        assert_int_equal(count_asked(web, rows[i].host) % rows[i].parts, 0);
        assert_in_range(count_asked(web, rows[i].host) / rows[i].parts, 4, 6);
    }
    web_stop(web);
}

/* What the services say when there is nothing is no failure. */
static void test_scan__asks_archives_for_watched_hosts(void **state)
{
    static const struct bylaw_search
        listed = SERVICE("commoncrawl", "http://cc.example/collinfo.json", 9),
        direct = SERVICE("commoncrawl", "http://cc.example/44", 2),
        wayback = SERVICE("wayback", "http://wayback.example/", 9);
    struct loopback_web *web = start(paged_pages, PAGED_COUNT);
    struct workspace w;

    (void)state;
    check_search(&w, web, "listed", &listed, SEEN("1") SEEN("2") SEEN("3"));
    assert_int_equal(web_count(web, "cc.example", "/collinfo.json"), 1);
    assert_int_equal(count_asked(web, "cc.example"), 1 + 2 + 3);
    assert_int_equal(web_count(web, "unseen.example", NULL), 0);
    assert_int_equal(w.complaint.code, 0);

    check_search(&w, web, "direct", &direct, SEEN("1") SEEN("2"));
    assert_int_equal(count_asked(web, "cc.example"), 2 + 2);

    check_search(&w, web, "wayback", &wayback, SEEN("1") SEEN("2"));
    assert_int_equal(count_asked(web, "wayback.example"), 2 + 2);
    web_stop(web);
}

/* A list of indexes is not asked for daily; hosts that are new are asked about
 * where it led before. */
static void test_scan__keeps_the_index_that_was_listed(void **state)
{
    static const struct bylaw_search listed =
        SERVICE("commoncrawl", "http://cc.example/collinfo.json", 9);
    struct loopback_web *web = start(paged_pages, PAGED_COUNT);
    struct workspace w;

    (void)state;
    check_search(&w, web, "kept", &listed, SEEN("1") SEEN("2") SEEN("3"));
    w.config.watches = &hosts[1];
    w.config.watch_count = 1;
    web_forget(web);
    utc_ms += 25 * HOUR_MS;
    run_scan(&w);
    assert_int_equal(count_asked(web, "cc.example"), 0);
    web_stop(web);
}

/* ------------------------------------------------------------- patience --- */

static struct web_page busy_pages[] = {
    {.host = "gdelt.example",
     .path = "/api*",
     .body = "Please limit requests to one every 5 seconds."},
    {.host = "cc.example",
     .path = "/44*",
     .busy_times = 2,
     .busy_status = 500,
     .body = "{\"pages\": 0}"},
    {.host = "searx.example",
     .path = "/search*",
     .type = JSON,
     .busy_times = 1,
     .busy_status = 429,
     .body = "{\"results\":[]}"},
    {.host = "down.example", .path = "/search*", .status = 503},
};

static struct bylaw_scan_result scan_busy(struct workspace *w,
                                          struct loopback_web *web,
                                          const char *name,
                                          const struct bylaw_search *search)
{
    make_workspace(w, name, web, hosts, 1);
    w->config.searches = search;
    w->config.search_count = 1;
    w->options.ticks_ms = fast_ticks;
    return run_scan(w);
}

/* Each answer that asks for patience doubles the pause; after some of them the
 * host is left to the next scan. */
static void test_scan__backs_off_from_services_that_are_overloaded(void **state)
{
    static const struct bylaw_search
        gdelt = SERVICE("gdelt", "http://gdelt.example/", 3),
        cc = SERVICE("commoncrawl", "http://cc.example/44", 3),
        searx = SERVICE("searxng", "http://searx.example/", 3),
        down = SERVICE("searxng", "http://down.example/", 3);
    struct loopback_web *web = start(busy_pages, 4);
    struct bylaw_scan_result result;
    struct web_request request;
    struct workspace w;
    int64_t began[16];
    size_t count = 0;

    (void)state;
    result = scan_busy(&w, web, "gdelt", &gdelt);
    assert_int_equal(result.outcome, BYLAW_SCAN_BARREN);
    assert_string_equal(w.complaint.id, "answer.busy");
    assert_string_equal(w.complaint.where, "gdelt");
    assert_string_equal(w.complaint.what, "the service said: Please limit "
                                          "requests to one every 5 seconds.");
    for (size_t i = 0; web_request_at(&request, web, i); i++)
        if (!strcmp(request.host, "gdelt.example"))
            began[count++] = request.began_ms;
    assert_int_equal(count, 6);
    for (size_t i = 2; i < count;
         i++) /* 5, 5, 8, 16, 32 s, 200 times as fast */
        assert_true(began[i] - began[i - 1] >= (i < 3 ? 24 : 9 << (i - 1)));

    scan_busy(&w, web, "cc", &cc);
    assert_int_equal(count_asked(web, "cc.example"), 3);

    scan_busy(&w, web, "searx", &searx);
    assert_in_range(count_asked(web, "searx.example"), 5, 7);

    scan_busy(&w, web, "down", &down);
    assert_int_equal(count_asked(web, "down.example"), 6);
    web_stop(web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__asks_a_search_service_within_its_share),
        cmocka_unit_test(test_scan__gives_each_searched_site_a_share),
        cmocka_unit_test(test_scan__asks_a_sites_own_search_as_robots_txt_lets),
        cmocka_unit_test(test_scan__reads_further_pages_of_answers),
        cmocka_unit_test(test_scan__asks_archives_for_watched_hosts),
        cmocka_unit_test(test_scan__keeps_the_index_that_was_listed),
        cmocka_unit_test(
            test_scan__backs_off_from_services_that_are_overloaded),
    };

    return cmocka_run_group_tests(tests, make_pages, drop_reposts);
}
