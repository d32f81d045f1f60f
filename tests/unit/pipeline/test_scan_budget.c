/* SPDX-License-Identifier: Apache-2.0 */
/* A host and a scan have bounds, which a kill does not begin anew. */
#include "reposts.h"

#include <signal.h>
#include <sys/wait.h>

#define LEAVES    40
#define MOST      10
#define MILL_SIZE (LEAVES + 2)

static struct web_page mill[MILL_SIZE];
static char mill_paths[LEAVES][16], mill_bodies[LEAVES][512], index_body[8192];
static char list_text[LEAVES * 64], list_path[128];

static int make_pages(void **state)
{
    size_t used, listed = 0;

    if (make_reposts(state))
        return -1;
    used = (size_t)snprintf(index_body, sizeof(index_body), "%s", OTHER);
    for (size_t i = 0; i < LEAVES; i++) {
        snprintf(mill_paths[i], sizeof(mill_paths[0]), "/leaf%zu", i);
        snprintf(mill_bodies[i], sizeof(mill_bodies[0]), OTHER "<p>%zu</p>" END,
                 i);
        used += (size_t)snprintf(index_body + used, sizeof(index_body) - used,
                                 "<a href=%s>x</a> ", mill_paths[i]);
        listed +=
            (size_t)snprintf(list_text + listed, sizeof(list_text) - listed,
                             "http://mill.example%s\n", mill_paths[i]);
        mill[i] = (struct web_page){.host = "mill.example",
                                    .path = mill_paths[i],
                                    .body = mill_bodies[i]};
    }
    mill[LEAVES] = (struct web_page){.host = "mill.example",
                                     .path = "/",
                                     .body = index_body};
    mill[LEAVES + 1] = (struct web_page){.host = "mill.example",
                                         .path = "/robots.txt",
                                         .status = 404};
    snprintf(list_path, sizeof(list_path), "%s",
             write_file("mill.txt", list_text));
    return 0;
}

static const struct bylaw_watch site[] = {
    {BYLAW_WATCH_SITE, "http://mill.example/", 2, MOST}};
static const struct bylaw_watch list[] = {{BYLAW_WATCH_LIST, list_path, 0, 0}};

static size_t count_visits(const struct workspace *w)
{
    struct bylaw__page_row row;
    size_t count = 0;
    char url[128];

    for (size_t i = 0; i <= LEAVES; i++) {
        snprintf(url, sizeof(url), "http://%s%s", mill[i].host, mill[i].path);
        if (find_page_row(&row, w, url))
            count += row.last_ms > 0;
    }
    return count;
}

/* A scan in a process of its own, killed once it has made some visits. */
static void scan_and_kill(struct workspace *w)
{
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (!child) {
        struct bylaw_scan_result result;

        _exit(bylaw_scan(&result, &w->options, NULL) ? 1 : 0);
    }
    for (unsigned i = 0; i < 200 && count_visits(w) < 3; i++)
        usleep(10000);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
}

/* Killed twice and ended by the third: in all it has visited no more than one
 * that nothing disturbed; the next begins anew. */
static void test_scan__spends_a_hosts_share_once_though_killed(void **state)
{
    struct loopback_web *web = start(mill, MILL_SIZE);
    struct workspace w;

    (void)state;
    make_workspace(&w, "host", web, site, 1);
    w.config.crawl.delay_ms = 200;
    scan_and_kill(&w);
    assert_in_range(count_visits(&w), 3, MOST - 1);
    scan_and_kill(&w);
    assert_in_range(count_visits(&w), 3, MOST - 1);
    w.config.crawl.delay_ms = 0;
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_LIMITED);
    assert_int_equal(count_visits(&w), MOST);
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_LIMITED);
    assert_int_equal(count_visits(&w), 2 * MOST);
    web_stop(web);
}

static void test_scan__spends_its_own_share_once_though_killed(void **state)
{
    struct loopback_web *web = start(mill, MILL_SIZE);
    struct workspace w;

    (void)state;
    make_workspace(&w, "scan", web, list, 1);
    w.config.crawl.max_pages_per_scan = 12;
    w.config.crawl.delay_ms = 200;
    scan_and_kill(&w);
    assert_in_range(count_visits(&w), 3, 11);
    w.config.crawl.delay_ms = 0;
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_LIMITED);
    assert_int_equal(count_visits(&w), 12);
    web_stop(web);
}

/* A day later it is another scan, and who names a number means this run. */
static void test_scan__begins_anew_after_a_day_or_when_told(void **state)
{
    struct loopback_web *web = start(mill, MILL_SIZE);
    struct workspace w;
    size_t before;

    (void)state;
    make_workspace(&w, "anew", web, list, 1);
    w.config.crawl.max_pages_per_scan = 12;
    w.config.crawl.delay_ms = 200;
    scan_and_kill(&w);
    before = count_visits(&w);
    w.config.crawl.delay_ms = 0;
    w.options.max_pages = 12;
    run_scan(&w);
    assert_int_equal(count_visits(&w), before + 12);
    w.options.max_pages = 0;
    w.config.crawl.delay_ms = 200;
    scan_and_kill(&w);
    w.config.crawl.delay_ms = 0;
    w.config.crawl.max_pages_per_scan = 5;
    utc_ms += 25 * HOUR_MS;
    assert_int_equal(run_scan(&w).total.fetched, 5);
    web_stop(web);
}

/* However many pages of a host a list or an archive names. */
static void test_scan__takes_no_more_leads_of_a_host_than_it_may(void **state)
{
    struct loopback_web *web = start(mill, MILL_SIZE);
    struct workspace w;

    (void)state;
    make_workspace(&w, "leads", web, list, 1);
    w.config.crawl.max_pages_per_host = 15;
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_LIMITED);
    assert_int_equal(count_visits(&w), 15);
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_LIMITED);
    assert_int_equal(count_visits(&w), 30);
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_COMPLETE);
    assert_int_equal(count_visits(&w), LEAVES);
    assert_int_equal(web_count(web, NULL, NULL), LEAVES + 1);
    web_stop(web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__spends_a_hosts_share_once_though_killed),
        cmocka_unit_test(test_scan__spends_its_own_share_once_though_killed),
        cmocka_unit_test(test_scan__begins_anew_after_a_day_or_when_told),
        cmocka_unit_test(test_scan__takes_no_more_leads_of_a_host_than_it_may),
    };

    return cmocka_run_group_tests(tests, make_pages, drop_reposts);
}
