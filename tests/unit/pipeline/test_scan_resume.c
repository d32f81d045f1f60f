/* SPDX-License-Identifier: Apache-2.0 */
/* A scan tells the same however many workers it has, and however often it is
 * interrupted. */
#include "scanning.h"

#include <signal.h>
#include <sys/wait.h>

#define TOP                                                                    \
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Choir"      \
    "</title></head><body><main>\n"
#define END "</main><footer>Run by volunteers.</footer></body></html>\n"
#define OTHER                                                                  \
    TOP "<p>The choir is looking for tenors who can sing on Thursdays and "    \
        "who do not mind the cold of the old town hall in winter.</p>"

static char *bad; /* the article without credit; filled by make_pages */

#define MANY_HOSTS 6
#define MANY_PAGES 12

static struct web_page many[MANY_HOSTS * (MANY_PAGES + 1)];
static struct bylaw_watch many_watches[MANY_HOSTS];
static size_t many_count;
static char many_texts[MANY_HOSTS * (MANY_PAGES + 1) * 4][96];
static char many_bodies[MANY_HOSTS * (MANY_PAGES + 1)][1024];

/* Sites whose pages link in a ring and across, some of them copies. */
static void make_many(void)
{
    for (size_t h = 0; h < MANY_HOSTS; h++) {
        char *host = many_texts[h * 2], *start_url = many_texts[h * 2 + 1];

        snprintf(host, 96, "h%zu.example", h);
        snprintf(start_url, 96, "http://h%zu.example/", h);
        many_watches[h] =
            (struct bylaw_watch){BYLAW_WATCH_SITE, start_url, 3, 1000};
        for (size_t p = 0; p <= MANY_PAGES; p++) {
            struct web_page *page = &many[many_count];
            char *path = many_texts[MANY_HOSTS * 2 + many_count];

            snprintf(path, 96, p ? "/p%zu" : "/", p);
            snprintf(many_bodies[many_count], sizeof(many_bodies[0]),
                     OTHER "<p><a href=/p%zu>x</a> <a href=/p%zu>y</a> "
                           "<a href=http://h%zu.example/p%zu>z</a></p>" END,
                     (p * 2 + 1) % MANY_PAGES + 1, (p * 3 + h) % MANY_PAGES + 1,
                     (h + 1) % MANY_HOSTS, p);
            *page = (struct web_page){.host = host, .path = path};
            page->body = p % 5 == 4 ? bad : many_bodies[many_count];
            many_count++;
        }
    }
}

static int make_pages(void **state)
{
    struct bylaw__buf filled = {0};
    bylaw_auditor *auditor;

    if (make_files(state))
        return -1;
    auditor = new_seeded(NULL);
    fill(&filled, TOP "<!--bylaw:article-->\n" END,
         bylaw_auditor_source(auditor, 0));
    bad = bylaw__buf_take(&filled, NULL);
    bylaw_auditor_free(auditor);
    make_many();
    return 0;
}

static int drop_pages(void **state)
{
    free(bad);
    return remove_files(state);
}

static struct loopback_web *start(const struct web_page *table, size_t count)
{
    struct loopback_web *web = web_start(table, count);

    assert_non_null(web);
    return web;
}

/* ----------------------------------------------- any number of workers --- */

static void scan_many(struct bylaw__buf *out, const char *name,
                      struct loopback_web *web, unsigned threads)
{
    struct workspace w;

    make_workspace(&w, name, web, many_watches, MANY_HOSTS);
    w.options.concurrency = threads;
    run_scan(&w);
    tell_cases(out, &w);
}

static void test_scan__tells_the_same_with_any_number_of_workers(void **state)
{
    struct loopback_web *web = start(many, many_count);
    struct bylaw__buf one = {0}, eight = {0};
    size_t asked;

    (void)state;
    scan_many(&one, "one", web, 1);
    asked = web_count(web, NULL, NULL);
    web_forget(web);
    scan_many(&eight, "eight", web, 8);
    assert_true(one.len > 0);
    assert_string_equal(one.ptr, eight.ptr);
    assert_int_equal(web_count(web, NULL, NULL), asked);
    bylaw__buf_release(&one);
    bylaw__buf_release(&eight);
    web_stop(web);
}

/* -------------------------------------------------------- interruption --- */

static volatile int stop_flag;

static void stop_soon(void *payload, const struct bylaw_scan_progress *state)
{
    (void)payload;
    if (state->fetched >= 10)
        stop_flag = 1;
}

static void test_scan__goes_on_where_it_was_interrupted(void **state)
{
    struct loopback_web *web = start(many, many_count);
    struct bylaw__buf whole = {0}, resumed = {0};
    struct workspace w;
    size_t asked;

    (void)state;
    scan_many(&whole, "whole", web, 4);
    asked = web_count(web, NULL, "/p1");
    web_forget(web);
    make_workspace(&w, "resumed", web, many_watches, MANY_HOSTS);
    w.config.crawl.delay_ms = 100; /* time for the callback to be called */
    w.options.progress = stop_soon;
    w.options.stop = &stop_flag;
    stop_flag = 0;
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_INTERRUPTED);
    assert_true(web_count(web, NULL, NULL) < many_count);
    stop_flag = 0;
    w.config.crawl.delay_ms = 0;
    w.options.progress = NULL;
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_COMPLETE);
    tell_cases(&resumed, &w);
    assert_string_equal(whole.ptr, resumed.ptr);
    assert_int_equal(web_count(web, NULL, "/p1"), asked);
    bylaw__buf_release(&whole);
    bylaw__buf_release(&resumed);
    web_stop(web);
}

/* A scan in a process of its own, killed after so many milliseconds. */
static bool scan_and_kill(struct workspace *w, unsigned ms)
{
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (!child) {
        struct bylaw_scan_result result;

        _exit(bylaw_scan(&result, &w->options, NULL) ? 1 : 0);
    }
    usleep(ms * 1000);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return WIFSIGNALED(status);
}

/* How many visits the store has on record. */
static size_t count_visits(const struct workspace *w)
{
    struct bylaw__page_row row;
    size_t count = 0;
    char url[128];

    for (size_t i = 0; i < many_count; i++) {
        snprintf(url, sizeof(url), "http://%s%s", many[i].host, many[i].path);
        if (find_page_row(&row, w, url))
            count += row.last_ms > 0;
    }
    return count;
}

static void test_scan__loses_nothing_when_it_is_killed(void **state)
{
    struct loopback_web *web = start(many, many_count);
    struct bylaw__buf whole = {0}, killed = {0};
    struct workspace w;
    unsigned kills = 0;

    (void)state;
    scan_many(&whole, "unkilled", web, 4);
    make_workspace(&w, "killed", web, many_watches, MANY_HOSTS);
    w.config.crawl.delay_ms = 60;
    for (unsigned ms = 60; ms < 400; ms += 40)
        kills += scan_and_kill(&w, ms + ms * 7919 % 23);
    assert_true(kills >= 3);
    w.config.crawl.delay_ms = 0;
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_COMPLETE);
    tell_cases(&killed, &w);
    assert_string_equal(whole.ptr, killed.ptr);
    assert_true(count_visits(&w) > 0);
    bylaw__buf_release(&whole);
    bylaw__buf_release(&killed);
    web_stop(web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__tells_the_same_with_any_number_of_workers),
        cmocka_unit_test(test_scan__goes_on_where_it_was_interrupted),
        cmocka_unit_test(test_scan__loses_nothing_when_it_is_killed),
    };

    return cmocka_run_group_tests(tests, make_pages, drop_pages);
}
