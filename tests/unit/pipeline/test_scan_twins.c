/* SPDX-License-Identifier: Apache-2.0 */
/* One page under many addresses is visited and told once; a host of traps
 * costs a bounded number of visits. */
#include "reposts.h"

#define CANONICAL(url)                                                         \
    "<!doctype html><html lang=en><head><meta charset=utf-8>"                  \
    "<title>Japan</title><link rel=canonical href=\"" url                      \
    "\"></head><body><main>"                                                   \
    "<!--bylaw:article-->\n" END

static struct web_page twins[] = {
    {.host = "twin.example", .path = "/a-long-name-for-it", .body = "first"},
    {.host = "twin.example", .path = "/node/7", .body = "second"},
    {.host = "www.twin.example", .path = "/old?id=7", .body = "bad"},
    {.host = "other.example", .path = "/node/7", .body = "bad"},
    {.host = "twin.example", .path = "/credited", .body = "good"},
};
#define TWIN_COUNT (sizeof(twins) / sizeof(twins[0]))

static const struct bylaw_watch watches[] = {
    {BYLAW_WATCH_PAGE, "http://twin.example/a-long-name-for-it", 0, 0},
    {BYLAW_WATCH_PAGE, "http://twin.example/node/7", 0, 0},
    {BYLAW_WATCH_PAGE, "http://www.twin.example/old?id=7", 0, 0},
    {BYLAW_WATCH_PAGE, "http://other.example/node/7", 0, 0},
    {BYLAW_WATCH_PAGE, "http://twin.example/credited", 0, 0},
};

static char *canonical;

static int make_pages(void **state)
{
    bylaw_auditor *auditor;

    if (make_reposts(state))
        return -1;
    auditor = new_seeded(NULL);
    canonical =
        fill_page(bylaw_auditor_source(auditor, 0),
                  CANONICAL("https://www.twin.example/a-long-name-for-it"));
    bylaw_auditor_free(auditor);
    free(bad);
    bad = strdup(canonical);
    put_bodies(twins, TWIN_COUNT);
    twins[0].body = twins[1].body = canonical;
    return 0;
}

static int drop_pages(void **state)
{
    free(canonical);
    return drop_reposts(state);
}

/* --------------------------------------------------------------- folding --- */

static int add_folded(void *payload, const struct bylaw__case_row *row)
{
    struct lines *lines = payload;

    assert_true(asprintf(&lines->items[lines->count++], "%s %s%s\n", row->url,
                         bylaw_case_state_name(row->state),
                         row->twin_of ? " (twin)" : "") > 0);
    return 0;
}

static void check_folded(const struct workspace *w, const char *want)
{
    static const struct bylaw__case_filter all = {.state = -1};
    bylaw__store *store = open_store(w);
    struct lines lines = {.count = 0};
    struct bylaw__buf told = {0};

    assert_int_equal(bylaw__store_cases(store, &all, add_folded, &lines, NULL),
                     0);
    bylaw__store_close(store);
    join_lines(&told, &lines);
    assert_string_equal(told.ptr ? told.ptr : "", want);
    bylaw__buf_release(&told);
}

static size_t count_news(const struct workspace *w)
{
    bylaw__store *store = open_store(w);
    struct bylaw_news *news = NULL;
    size_t count;

    assert_int_equal(bylaw__store_news(&news, store, "mail", utc_ms, NULL), 0);
    count = news->item_count;
    bylaw_news_free(news);
    bylaw__store_close(store);
    return count;
}

static void scan_later(struct workspace *w, int64_t ms)
{
    utc_ms += ms;
    run_scan(w);
}

#define DAY_MS (24 * HOUR_MS)

/* What the pages call the original stands for all of its host; without it, the
 * shortest address does. Every address keeps its own history. */
static void test_scan__tells_a_page_once_for_all_its_addresses(void **state)
{
    struct loopback_web *web = start(twins, TWIN_COUNT);
    struct web_page later[TWIN_COUNT];
    struct workspace w;

    (void)state;
    make_workspace(&w, "twins", web, watches, TWIN_COUNT);
    run_scan(&w);
    scan_later(&w, 20 * MINUTE_MS);
    check_folded(&w, "http://other.example/node/7 new\n"
                     "http://twin.example/a-long-name-for-it new\n"
                     "http://twin.example/node/7 new (twin)\n"
                     "http://www.twin.example/old?id=7 new (twin)\n");
    assert_int_equal(count_news(&w), 2);

    memcpy(later, twins, sizeof(later));
    later[0].body = good;
    web_replace(web, later, TWIN_COUNT);
    scan_later(&w, 100 * DAY_MS);
    check_folded(&w, "http://other.example/node/7 new\n"
                     "http://twin.example/a-long-name-for-it fixed\n"
                     "http://twin.example/node/7 new\n"
                     "http://www.twin.example/old?id=7 new (twin)\n");
    web_stop(web);
}

static void test_scan__decides_for_all_addresses_of_a_page(void **state)
{
    struct loopback_web *web = start(twins, TWIN_COUNT);
    bylaw__store *store = NULL;
    struct workspace w;

    (void)state;
    make_workspace(&w, "decides", web, watches, 3);
    run_scan(&w);
    scan_later(&w, 20 * MINUTE_MS);
    assert_int_equal(bylaw__store_open(&store, w.path, BYLAW__STORE_WRITE,
                                       NULL),
                     0);
    assert_int_equal(bylaw__store_case_set(store, 1, BYLAW_CASE_IGNORED, "ann",
                                           "an archive", 0, utc_ms, NULL),
                     0);
    bylaw__store_close(store);
    check_folded(&w, "http://twin.example/a-long-name-for-it ignored\n"
                     "http://twin.example/node/7 ignored (twin)\n"
                     "http://www.twin.example/old?id=7 ignored (twin)\n");
    web_stop(web);
}

/* ----------------------------------------------------------------- traps --- */

#define A(href) "<p><a href=\"" href "\">more of it</a></p>"

static struct web_page traps[] = {
    {.host = "trap.example",
     .path = "/",
     .body = OTHER
         /* one page, under what addresses there are */
         A("/post") A("/post/") A("/post/index.html") A("/post?print=1")
             A("/post?PHPSESSID=0123456789abcdef") A("/post;jsessionid=0A1B")
                 A("/post/amp/") A("/post?utm_source=feed")
                     A("/post?replytocom=7") A("http://www.trap.example/post")
                         A("https://trap.example/post") A(
                             "//trap.example:80/post?amp=1") A("/post#comments")
     /* without an end */
     A("/calendar/2023/05") A("/events?month=1") A("/list?sort=a&order=b")
         A("/search?q=word") A("/deep/") A("/round/")
             A("/q?tag=a&tag=b&tag=c&tag=d") A("/q?sid=71") END},
    {.host = "trap.example", .path = "/post", .body = "bad"},
    {.host = "trap.example",
     .path = "/calendar/*",
     .body = OTHER A("/calendar/2023/06") A("/calendar/2023/07") END},
    {.host = "trap.example",
     .path = "/events?*",
     .body = OTHER A("?month=2") A("?month=3") END},
    {.host = "trap.example", .path = "/deep/*", .body = OTHER A("on/") END},
    {.host = "trap.example",
     .path = "/round/*",
     .body = OTHER A("left/right/") A("up/") A("down/") END},
    {.host = "trap.example", .path = "/q?*", .body = OTHER A("?sid=72") END},
    {.host = "trap.example", .path = "/list?*", .body = OTHER END},
    {.host = "trap.example", .path = "/search?*", .body = OTHER END},
};
#define TRAP_COUNT (sizeof(traps) / sizeof(traps[0]))

/* Some give themselves away by their form, the others by their bytes. */
static void test_scan__is_not_held_by_traps(void **state)
{
    static const struct bylaw_watch site[] = {
        {BYLAW_WATCH_SITE, "http://trap.example/", 6, 100}};
    struct loopback_web *web;
    struct workspace w;
    size_t rounds = 0;
    struct web_request request;

    (void)state;
    put_bodies(traps, TRAP_COUNT);
    web = start(traps, TRAP_COUNT);
    make_workspace(&w, "traps", web, site, 1);
    run_scan(&w);
    check_cases(&w, "http://trap.example/post japan-nato seen not-met 3\n");
    for (size_t i = 0; web_request_at(&request, web, i); i++) {
        bool is_round = !strncmp(request.path, "/round/", 7);

        rounds += is_round;
        assert_true(!strncmp(request.path, "/post", 5) || is_round ||
                    !strncmp(request.path, "/deep/", 6) ||
                    !strcmp(request.path, "/") ||
                    !strcmp(request.path, "/robots.txt"));
    }
    assert_int_equal(web_count(web, NULL, "/post"), 1);
    assert_int_equal(web_count(web, NULL, "/deep/on/"), 1);
    assert_int_equal(web_count(web, NULL, "/deep/on/on/"), 0);
    assert_int_equal(rounds, 1 + 3);
    assert_int_equal(web_count(web, NULL, NULL), 3 + 2 + 4);
    web_stop(web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__tells_a_page_once_for_all_its_addresses),
        cmocka_unit_test(test_scan__decides_for_all_addresses_of_a_page),
        cmocka_unit_test(test_scan__is_not_held_by_traps),
    };

    return cmocka_run_group_tests(tests, make_pages, drop_pages);
}
