/* SPDX-License-Identifier: Apache-2.0 */
/* What a robots.txt says holds, and what it means that there is none. */
#include "reposts.h"

#define RULES "User-agent: *\nDisallow: /private\n"
#define TEXT  "text/plain"

/* The page of each host, asked for or not. */
#define HOST(name)                                                             \
    {                                                                          \
        .host = name, .path = "/private", .body = "bad"                        \
    }
#define ROBOTS(name, ...)                                                      \
    {                                                                          \
        .host = name, .path = "/robots.txt", .type = TEXT, __VA_ARGS__         \
    }

static struct web_page pages[] = {
    HOST("rules.example"),
    ROBOTS("rules.example", .body = RULES),
    HOST("missing.example"),
    ROBOTS("missing.example", .status = 404),
    HOST("gone.example"),
    ROBOTS("gone.example", .status = 410),
    HOST("secret.example"),
    ROBOTS("secret.example", .status = 403),
    HOST("login.example"),
    ROBOTS("login.example", .status = 401),
    HOST("empty.example"),
    ROBOTS("empty.example", .body = ""),
    HOST("error.example"),
    ROBOTS("error.example", .status = 500),
    HOST("down.example"),
    ROBOTS("down.example", .status = 503),
    HOST("busy.example"),
    ROBOTS("busy.example", .status = 429),
    HOST("torn.example"),
    ROBOTS("torn.example", .status = WEB_HANGS_UP),

    /* Five redirects are followed, to other hosts too; the rules are those of
     * the host that was asked. */
    HOST("moved.example"),
    ROBOTS("moved.example", .location = "/r1"),
    {.host = "moved.example", .path = "/r1", .location = "/r2"},
    {.host = "moved.example", .path = "/r2", .location = "/r3"},
    {.host = "moved.example", .path = "/r3", .location = "/r4"},
    {.host = "moved.example",
     .path = "/r4",
     .location = "http://rules.example/robots.txt"},
    HOST("endless.example"),
    ROBOTS("endless.example", .location = "/robots.txt?more"),
    {.host = "endless.example",
     .path = "/robots.txt?more",
     .location = "/robots.txt"},
    HOST("early.example"),
    ROBOTS("early.example", .body = "early"),
    HOST("late.example"),
    ROBOTS("late.example", .body = "late"),
};
#define PAGE_COUNT (sizeof(pages) / sizeof(pages[0]))

static const struct {
    const char *host;
    bool may;
} wanted[] = {
    {"rules.example", false}, {"missing.example", true},
    {"gone.example", true},   {"secret.example", true},
    {"login.example", true},  {"empty.example", true},
    {"error.example", false}, {"down.example", false},
    {"busy.example", false},  {"torn.example", false},
    {"moved.example", false}, {"endless.example", true},
    {"early.example", false}, {"late.example", true},
};
#define HOST_COUNT (sizeof(wanted) / sizeof(wanted[0]))

static struct bylaw_watch watches[HOST_COUNT];
static char addresses[HOST_COUNT][64];
static char *early, *late;

/* Rules that begin so many bytes into a file. */
static char *rules_at(size_t offset)
{
    char *text = malloc(offset + sizeof(RULES));

    assert_non_null(text);
    memset(text, '\n', offset);
    memcpy(text + offset, RULES, sizeof(RULES));
    return text;
}

static int make_pages(void **state)
{
    if (make_reposts(state))
        return -1;
    early = rules_at(BYLAW_LIMIT_ROBOTS_BYTES - sizeof(RULES));
    late = rules_at(BYLAW_LIMIT_ROBOTS_BYTES);
    put_bodies(pages, PAGE_COUNT);
    for (size_t i = 0; i < PAGE_COUNT; i++)
        if (pages[i].body && !strcmp(pages[i].body, "early"))
            pages[i].body = early;
        else if (pages[i].body && !strcmp(pages[i].body, "late"))
            pages[i].body = late;
    for (size_t i = 0; i < HOST_COUNT; i++) {
        snprintf(addresses[i], sizeof(addresses[0]), "http://%s/private",
                 wanted[i].host);
        watches[i] = (struct bylaw_watch){BYLAW_WATCH_PAGE, addresses[i], 0, 0};
    }
    return 0;
}

static int drop_pages(void **state)
{
    free(early);
    free(late);
    return drop_reposts(state);
}

/* RFC 9309 s2.3.1 and s2.5 */
static void test_scan__takes_robots_txt_as_the_standard_says(void **state)
{
    struct loopback_web *web = start(pages, PAGE_COUNT);
    struct workspace w;

    (void)state;
    make_workspace(&w, "standard", web, watches, HOST_COUNT);
    run_scan(&w);
    for (size_t i = 0; i < HOST_COUNT; i++) {
        size_t asked = web_count(web, wanted[i].host, "/private");

        if (asked != wanted[i].may)
            fail_msg("%s was asked %zu times", wanted[i].host, asked);
        assert_true(web_count(web, wanted[i].host, "/robots.txt") >= 1);
    }
    web_stop(web);
}

/* --------------------------------------------------------- older copies --- */

static struct web_page aged[] = {
    {.host = "aged.example", .path = "/private", .body = "bad"},
    {.host = "aged.example", .path = "/copy", .body = "bad"},
    ROBOTS("aged.example", .body = RULES),
};
static struct web_page failing[3];
static const struct bylaw_watch aged_watches[] = {
    {BYLAW_WATCH_PAGE, "http://aged.example/private", 0, 0},
    {BYLAW_WATCH_PAGE, "http://aged.example/copy", 0, 0},
};

#define DAY_MS (24 * HOUR_MS)

/* RFC 9309 s2.4: while the file cannot be reached the last copy goes on to
 * hold, but not for ever. */
static void test_scan__goes_by_an_older_robots_txt_while_it_fails(void **state)
{
    struct loopback_web *web;
    struct workspace w;

    (void)state;
    put_bodies(aged, 3);
    memcpy(failing, aged, sizeof(failing));
    failing[2].status = 500;
    web = start(aged, 3);
    make_workspace(&w, "aged", web, aged_watches, 2);
    run_scan(&w);
    assert_int_equal(web_count(web, NULL, "/copy"), 1);
    web_replace(web, failing, 3);
    for (unsigned i = 0; i < 2; i++) {
        utc_ms += 10 * DAY_MS;
        run_scan(&w);
        assert_int_equal(web_count(web, NULL, "/copy"), 2 + i);
        assert_int_equal(web_count(web, NULL, "/private"), 0);
        assert_int_equal(web_count(web, NULL, "/robots.txt"), 2 + i);
    }
    utc_ms += 11 * DAY_MS;
    run_scan(&w);
    assert_int_equal(web_count(web, NULL, "/robots.txt"), 4);
    assert_int_equal(web_count(web, NULL, "/copy"), 3);
    web_stop(web);
}

/* A failure is asked about again soon, but not by every scan. */
static void test_scan__asks_again_for_a_robots_txt_that_failed(void **state)
{
    struct loopback_web *web;
    struct workspace w;

    (void)state;
    put_bodies(aged, 3);
    memcpy(failing, aged, sizeof(failing));
    failing[2].status = 500;
    web = start(failing, 3);
    make_workspace(&w, "failed", web, aged_watches, 2);
    run_scan(&w);
    run_scan(&w);
    assert_int_equal(web_count(web, NULL, NULL), 1);
    web_replace(web, aged, 3);
    utc_ms += DAY_MS;
    run_scan(&w);
    assert_int_equal(web_count(web, NULL, "/copy"), 1);
    assert_int_equal(web_count(web, NULL, "/private"), 0);
    web_stop(web);
}

/* -------------------------------------------------------------- patience --- */

static char http_date[64];
static struct web_page slow[] = {
    {.host = "delay.example", .path = "/a", .body = "bad"},
    {.host = "delay.example", .path = "/b", .body = "bad"},
    ROBOTS("delay.example", .body = "User-agent: *\nCrawl-delay: 60\n"),
    {.host = "dated.example",
     .path = "/copy",
     .body = "bad",
     .busy_times = 1,
     .busy_status = 503,
     .retry_after = http_date},
    {.host = "later.example",
     .path = "/copy",
     .body = "bad",
     .busy_times = 1,
     .retry_after_s = 3600},
};
static const struct bylaw_watch slow_watches[] = {
    {BYLAW_WATCH_PAGE, "http://delay.example/a", 0, 0},
    {BYLAW_WATCH_PAGE, "http://delay.example/b", 0, 0},
    {BYLAW_WATCH_PAGE, "http://dated.example/copy", 0, 0},
    {BYLAW_WATCH_PAGE, "http://later.example/copy", 0, 0},
};

/* Milliseconds between the last two requests to a host. */
static int64_t last_gap(struct loopback_web *web, const char *host)
{
    struct web_request request;
    int64_t before = 0, last = 0;

    for (size_t i = 0; web_request_at(&request, web, i); i++)
        if (!strcmp(request.host, host)) {
            before = last;
            last = request.began_ms;
        }
    return last - before;
}

/* The clock runs 200 times as fast: a minute is 300 ms. A wait of more than
 * two minutes is left to the next scan. */
static void test_scan__waits_as_long_as_a_host_asks_for(void **state)
{
    time_t in_a_minute = (time_t)((utc_ms + MINUTE_MS) / 1000);
    struct bylaw__page_row row;
    struct loopback_web *web;
    struct workspace w;
    struct tm parts;

    (void)state;
    gmtime_r(&in_a_minute, &parts);
    strftime(http_date, sizeof(http_date), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    put_bodies(slow, 5);
    web = start(slow, 5);
    make_workspace(&w, "slow", web, slow_watches, 4);
    w.options.ticks_ms = fast_ticks;
    run_scan(&w);
    assert_int_equal(web_count(web, "delay.example", NULL), 3);
    assert_true(last_gap(web, "delay.example") >= 290);
    assert_int_equal(web_count(web, "dated.example", "/copy"), 2);
    assert_true(last_gap(web, "dated.example") >= 285);
    assert_int_equal(web_count(web, "later.example", "/copy"), 1);
    assert_true(find_page_row(&row, &w, "http://later.example/copy"));
    assert_true(row.due_ms >= utc_ms + HOUR_MS);
    web_stop(web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__takes_robots_txt_as_the_standard_says),
        cmocka_unit_test(test_scan__goes_by_an_older_robots_txt_while_it_fails),
        cmocka_unit_test(test_scan__asks_again_for_a_robots_txt_that_failed),
        cmocka_unit_test(test_scan__waits_as_long_as_a_host_asks_for),
    };

    return cmocka_run_group_tests(tests, make_pages, drop_pages);
}
