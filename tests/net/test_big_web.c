/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scans of a generated web of thousands of pages: whatever can be found is
 * found with its verdict, nothing else is, nobody is asked twice, and neither
 * workers nor kills change the outcome.
 */
#include "archive/archive.h"
#include "net/big_web.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <bylaw/scan.h>
#include <bylaw/url.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MINUTE_MS ((int64_t)60000)
/* By then a first finding is due again. */
#define LATER_MS (20 * MINUTE_MS)

#define MOST_HOSTS     128u
#define KILLS          30u
#define KILLS_IN_A_ROW 3u
#define LATEST_KILL_MS 600u

static const struct big_size large = {.blogs = 18,
                                      .posts = 100,
                                      .papers = 10,
                                      .stories = 150,
                                      .feeds = 8,
                                      .entries = 60,
                                      .forums = 8,
                                      .threads = 80,
                                      .searched = 6,
                                      .results = 60};
static const struct big_size small = {.blogs = 4,
                                      .posts = 30,
                                      .papers = 3,
                                      .stories = 50,
                                      .feeds = 3,
                                      .entries = 15,
                                      .forums = 2,
                                      .threads = 30,
                                      .searched = 1,
                                      .results = 15};

static char folder[64];
static struct big_web big, little;
static struct loopback_web *big_server, *little_server;
static _Atomic int64_t utc_ms = 1700000000000;

/* ---------------------------------------------------------- workspaces --- */

struct workspace {
    char store[128], captures[140];
    const struct big_web *web;
    struct bylaw_config config;
    struct bylaw_scan_options options;
};

static int64_t turned_now(void *payload)
{
    (void)payload;
    return utc_ms;
}

static int64_t real_ticks(void *payload)
{
    struct timespec now;

    (void)payload;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void add_sources(const struct workspace *w)
{
    bylaw__store *store = NULL;

    assert_int_equal(bylaw__store_open(&store, w->store, BYLAW__STORE_CREATE,
                                       NULL),
                     0);
    for (size_t i = 0; i < BIG_SOURCES; i++) {
        const struct big_source *source = &w->web->sources[i];
        struct bylaw__source_row row = {.name = source->name,
                                        .spec = source->path,
                                        .kind = "article",
                                        .title = ""};
        int64_t id;

        assert_int_equal(bylaw__store_source_add(&id, store, &row, NULL), 0);
    }
    bylaw__store_close(store);
}

static void make_workspace(struct workspace *w, const char *name,
                           const struct big_web *web,
                           struct loopback_web *server, unsigned workers)
{
    static const char *const on_loopback[] = {"127.0.0.0/8", NULL};

    memset(w, 0, sizeof(*w));
    w->web = web;
    snprintf(w->store, sizeof(w->store), "%s/%s.db", folder, name);
    snprintf(w->captures, sizeof(w->captures), "%s-captures", w->store);
    assert_int_equal(mkdir(w->captures, 0700), 0);
    w->config.watches = web->watches;
    w->config.watch_count = web->watch_count;
    w->config.searches = web->searches;
    w->config.search_count = web->search_count;
    w->config.crawl.max_pages_per_scan = 100000;
    w->options.audit.rules_dir = "rules";
    w->options.audit.now_ms = turned_now;
    w->options.audit.fetch.allow_ranges = on_loopback;
    w->options.audit.fetch.connect_to = web_routes(server);
    w->options.audit.fetch.timeout_ms = 3000;
    w->options.audit.cells = 2;
    w->options.config = &w->config;
    w->options.store_path = w->store;
    w->options.captures_path = w->captures;
    w->options.ticks_ms = real_ticks;
    w->options.concurrency = workers;
    add_sources(w);
}

static struct bylaw_scan_result run_scan(const struct workspace *w)
{
    struct bylaw_scan_result result = {0};
    struct bylaw_error err = {0};

    if (bylaw_scan(&result, &w->options, &err))
        fail_msg("%s: %s: %s", err.id, err.where, err.what);
    return result;
}

/* --------------------------------------------------------------- lines --- */

/* Lines of text that are compared as a set. */
struct lines {
    char **items;
    size_t count, cap;
};

static void add_line(struct lines *lines, char *line)
{
    assert_non_null(line);
    assert_int_equal(bylaw__vec_grow(&lines->items, &lines->cap,
                                     lines->count + 1, sizeof(*lines->items)),
                     0);
    lines->items[lines->count++] = line;
}

static int compare_lines(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void sort_lines(struct lines *lines)
{
    if (lines->count)
        qsort(lines->items, lines->count, sizeof(*lines->items), compare_lines);
}

static void free_lines(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        free(lines->items[i]);
    free(lines->items);
    *lines = (struct lines){0};
}

static size_t print_missing(const struct lines *from, const struct lines *in,
                            const char *what)
{
    size_t count = 0;

    for (size_t i = 0; i < from->count; i++)
        if (!in->count || !bsearch(&from->items[i], in->items, in->count,
                                   sizeof(*in->items), compare_lines)) {
            print_error("%s: %s\n", what, from->items[i]);
            count++;
        }
    return count;
}

static void check_same(struct lines *got, struct lines *want)
{
    size_t wrong;

    sort_lines(got);
    sort_lines(want);
    wrong = print_missing(want, got, "missing");
    wrong += print_missing(got, want, "invented");
    assert_int_equal(wrong, 0);
    assert_int_equal(got->count, want->count);
}

/* --------------------------------------------------------------- cases --- */

static bool key_of(char *out, size_t size, const char *address)
{
    bylaw_url *url = NULL;

    if (bylaw_url_parse(&url, bylaw__span_of(address), NULL, NULL))
        return false;
    snprintf(out, size, "%s", bylaw_url_canonical(url));
    bylaw_url_free(url);
    return true;
}

static void add_finding(struct lines *lines, const char *url,
                        const char *source, const char *verdict,
                        const char *state)
{
    char *line = NULL, key[512];

    assert_true(key_of(key, sizeof(key), url));
    assert_true(asprintf(&line, "%s %s %s %s", key, source, verdict, state) >
                0);
    add_line(lines, line);
}

static int add_case(void *payload, const struct bylaw__case_row *row)
{
    add_finding(payload, row->url, row->source, row->verdict,
                bylaw_case_state_name(row->state));
    return 0;
}

static void tell_cases(struct lines *out, const struct workspace *w)
{
    static const struct bylaw__case_filter all = {.state = -1};
    bylaw__store *store = NULL;

    assert_int_equal(bylaw__store_open(&store, w->store, BYLAW__STORE_READ,
                                       NULL),
                     0);
    assert_int_equal(bylaw__store_cases(store, &all, add_case, out, NULL), 0);
    bylaw__store_close(store);
    sort_lines(out);
}

/* A page that is in order has no case. */
static bool has_case(const struct big_repost *repost)
{
    return repost->is_findable && strcmp(repost->verdict, "compliant") != 0;
}

/* The cases that the reposts in reach give, all in one state. */
static void tell_expected(struct lines *out, const struct big_web *web,
                          const char *state)
{
    for (size_t i = 0; i < web->repost_count; i++) {
        const struct big_repost *repost = &web->reposts[i];

        if (has_case(repost))
            add_finding(out, repost->url, repost->source->name, repost->verdict,
                        state);
    }
}

static size_t count_findable(const struct big_web *web)
{
    size_t count = 0;

    for (size_t i = 0; i < web->repost_count; i++)
        count += web->reposts[i].is_findable;
    return count;
}

static void check_findings(const struct workspace *w, const char *state)
{
    struct lines got = {0}, want = {0};

    tell_cases(&got, w);
    tell_expected(&want, w->web, state);
    check_same(&got, &want);
    free_lines(&got);
    free_lines(&want);
}

/* ------------------------------------------------------------ the log --- */

static bool is_robots(const struct web_request *request)
{
    return !strcmp(request->path, "/robots.txt");
}

/* Pages asked for, by their keys; robots.txt left out. */
static void tell_requests(struct lines *out, struct loopback_web *server)
{
    struct web_request request;

    for (size_t i = 0; web_request_at(&request, server, i); i++) {
        char address[512], key[512];

        if (is_robots(&request))
            continue;
        snprintf(address, sizeof(address), "http://%s%s", request.host,
                 request.path);
        assert_true(key_of(key, sizeof(key), address));
        add_line(out, strdup(key));
    }
    sort_lines(out);
}

static void check_asked_once(struct loopback_web *server)
{
    struct lines asked = {0};
    size_t twice = 0;

    tell_requests(&asked, server);
    for (size_t i = 1; i < asked.count; i++)
        if (!strcmp(asked.items[i - 1], asked.items[i])) {
            print_error("asked twice: %s\n", asked.items[i]);
            twice++;
        }
    assert_int_equal(twice, 0);
    free_lines(&asked);
}

/* What the log tells of one host. */
struct visited {
    size_t robots, first; /* requests for robots.txt; place of the first */
    int64_t last_end;
};

/* Robots.txt comes first and once; then one request after the other. */
static void check_host(struct visited *host, const struct web_request *request,
                       size_t place)
{
    assert_true(request->ended_ms);
    if (place == host->first && !is_robots(request))
        fail_msg("%s was asked for %s before robots.txt", request->host,
                 request->path);
    if (request->began_ms < host->last_end)
        fail_msg("%s was asked for two things at once", request->host);
    host->last_end = request->ended_ms;
    host->robots += is_robots(request);
    assert_int_equal(host->robots, 1);
}

static void check_hosts(struct loopback_web *server)
{
    struct visited *hosts = calloc(MOST_HOSTS, sizeof(*hosts));
    struct bylaw__map places = {0};
    struct web_request request;

    assert_non_null(hosts);
    for (size_t i = 0; web_request_at(&request, server, i); i++) {
        uint64_t key = bylaw__hash64(bylaw__span_of(request.host));
        uint64_t number = places.count;

        if (!bylaw__map_get(&places, key, &number)) {
            assert_true(number < MOST_HOSTS);
            assert_int_equal(bylaw__map_put(&places, key, number), 0);
            hosts[number].first = i;
        }
        check_host(&hosts[number], &request, i);
    }
    bylaw__map_release(&places);
    free(hosts);
}

static void check_manners(struct loopback_web *server)
{
    struct web_request request;

    for (size_t i = 0; web_request_at(&request, server, i); i++)
        if (big_web_is_forbidden(request.path))
            fail_msg("asked for %s%s", request.host, request.path);
    check_hosts(server);
    assert_int_equal(web_count(server, "closed.example", "/copy"), 0);
    assert_int_equal(web_count(server, "sealed.example", "/copy"), 0);
    assert_int_equal(web_count(server, "closed.example", "/robots.txt"), 1);
    assert_in_range(web_count(server, BIG_MILL, NULL), 3, BIG_MILL_MOST + 3);
}

static int add_due(void *payload, const struct bylaw__page_row *row)
{
    char key[512];

    assert_true(key_of(key, sizeof(key), row->url));
    add_line(payload, strdup(key));
    return 0;
}

static void tell_due(struct lines *out, const struct workspace *w,
                     int64_t now_ms)
{
    bylaw__store *store = NULL;

    assert_int_equal(bylaw__store_open(&store, w->store, BYLAW__STORE_READ,
                                       NULL),
                     0);
    assert_int_equal(bylaw__store_pages_due(store, now_ms, 100000, add_due, out,
                                            NULL),
                     0);
    bylaw__store_close(store);
    sort_lines(out);
}

/* --------------------------------------------------------------- scans --- */

static void print_scan(const char *name, const struct bylaw_scan_result *result,
                       const struct workspace *w, int64_t spent)
{
    printf("%s: %zu hosts, %zu pages declared, %llu visited, %llu matched, "
           "%llu failed, %s, %.2f s, %.0f visits a second\n",
           name, w->web->host_count, w->web->page_count,
           (unsigned long long)result->total.fetched,
           (unsigned long long)result->total.matched,
           (unsigned long long)result->total.failed,
           bylaw_scan_outcome_name(result->outcome), (double)spent / 1000,
           result->total.per_second);
}

static void test_big_web__finds_every_repost_and_no_other(void **state)
{
    struct workspace w;
    struct bylaw_scan_result result;
    int64_t began = real_ticks(NULL);

    (void)state;
    web_forget(big_server);
    make_workspace(&w, "finds", &big, big_server, 8);
    result = run_scan(&w);
    print_scan("finds", &result, &w, real_ticks(NULL) - began);
    assert_true(big.host_count >= 50 && result.total.fetched >= 4000);
    assert_int_equal(result.total.matched, count_findable(&big));
    check_asked_once(big_server);
    check_manners(big_server);
    check_findings(&w, "seen");
}

/* Of a mill each scan takes its share; all else that is due has its turn. */
static void check_all_asked(const struct lines *due, const struct lines *asked)
{
    struct lines wanted = {0};

    for (size_t i = 0; i < due->count; i++)
        if (strncmp(due->items[i], BIG_MILL, strlen(BIG_MILL)))
            add_line(&wanted, strdup(due->items[i]));
    assert_int_equal(print_missing(&wanted, asked, "due, not asked"), 0);
    free_lines(&wanted);
}

/* The clock goes on: what is due is asked for, and no case changes but by
 * being confirmed. */
static void test_big_web__asks_again_only_for_what_is_due(void **state)
{
    struct workspace w;
    struct bylaw_scan_result result;

    (void)state;
    make_workspace(&w, "again", &little, little_server, 8);
    run_scan(&w);
    check_findings(&w, "seen");
    for (unsigned turn = 0; turn < 3; turn++) {
        struct lines due = {0}, asked = {0};

        utc_ms += LATER_MS;
        web_forget(little_server);
        tell_due(&due, &w, utc_ms);
        result = run_scan(&w);
        tell_requests(&asked, little_server);
        printf("again: %zu due, %zu asked for, %llu unchanged\n", due.count,
               asked.count, (unsigned long long)result.total.unchanged);
        assert_int_equal(print_missing(&asked, &due, "asked, not due"), 0);
        check_all_asked(&due, &asked);
        check_asked_once(little_server);
        check_findings(&w, "new");
        free_lines(&due);
        free_lines(&asked);
    }
}

static void test_big_web__does_not_depend_on_workers(void **state)
{
    struct lines asked[2] = {{0}};
    struct workspace w;

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        web_forget(little_server);
        make_workspace(&w, i ? "eight" : "one", &little, little_server,
                       i ? 8 : 1);
        run_scan(&w);
        check_findings(&w, "seen");
        tell_requests(&asked[i], little_server);
    }
    check_same(&asked[0], &asked[1]);
    free_lines(&asked[0]);
    free_lines(&asked[1]);
}

/* --------------------------------------------------------------- kills --- */

/* A scan in a process of its own, killed after so many milliseconds. False
 * where it had ended by itself. */
static bool scan_and_kill(const struct workspace *w, unsigned ms)
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
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
}

/* Whatever the scan died of: what is on record can be shown. */
static int check_capture(void *payload, const struct bylaw__capture_row *row)
{
    const struct workspace *w = payload;
    struct bylaw__capture_ref ref = {row->file, row->offset, row->length,
                                     row->sha256};
    struct bylaw__capture *capture = NULL;
    struct bylaw_error err = {0};

    if (bylaw__capture_read(&capture, w->captures, &ref, &err))
        fail_msg("%s: %s", err.where, err.what);
    bylaw__capture_free(capture);
    return 0;
}

static void check_whole(const struct workspace *w)
{
    static const struct bylaw__capture_filter all = {.case_id = 0};
    struct workspace copy = *w;
    struct bylaw_error err = {0};
    bylaw__store *store = NULL;

    assert_int_equal(bylaw__store_open(&store, w->store, BYLAW__STORE_READ,
                                       NULL),
                     0);
    if (bylaw__store_check(store, &err))
        fail_msg("%s: %s", err.id, err.what);
    assert_int_equal(bylaw__store_captures(store, &all, check_capture, &copy,
                                           NULL),
                     0);
    bylaw__store_close(store);
}

/* After a scan that ended, every file is sealed, and whole to its end. */
static void check_sealed(const struct workspace *w)
{
    DIR *dir = opendir(w->captures);
    struct dirent *entry;

    assert_non_null(dir);
    while ((entry = readdir(dir))) {
        const struct bylaw__warc_record *record;
        bylaw__warc *warc = NULL;
        char path[512];

        assert_null(strstr(entry->d_name, ".open"));
        if (!strstr(entry->d_name, ".warc.gz"))
            continue;
        snprintf(path, sizeof(path), "%s/%s", w->captures, entry->d_name);
        assert_int_equal(bylaw__warc_open(&warc, path, NULL, NULL), 0);
        while (!bylaw__warc_next(&record, warc, NULL) && record)
            assert_int_equal(bylaw__warc_check_block(record),
                             BYLAW__DIGEST_GOOD);
        assert_int_equal(bylaw__warc_outcome(warc), BYLAW__WARC_COMPLETE);
        bylaw__warc_free(warc);
    }
    closedir(dir);
}

/* Kills scans of a workspace, then lets one end. */
static unsigned scan_among_kills(const struct workspace *w,
                                 struct big_dice *dice, const char *state)
{
    unsigned kills = 0;
    bool was_killed = true;

    while (was_killed && kills < KILLS_IN_A_ROW) {
        was_killed = scan_and_kill(w, 5 + big_roll(dice, LATEST_KILL_MS));
        kills += was_killed;
        check_whole(w);
    }
    run_scan(w);
    check_findings(w, state);
    check_whole(w);
    check_sealed(w);
    return kills;
}

/* Of each workspace a first scan and one that confirms its findings. */
static void test_big_web__loses_nothing_when_it_is_killed(void **state)
{
    struct lines undisturbed = {0};
    struct big_dice dice = {7};
    unsigned kills = 0, rounds = 0;
    struct workspace w;
    int64_t start_ms = utc_ms;

    (void)state;
    make_workspace(&w, "undisturbed", &little, little_server, 4);
    run_scan(&w);
    utc_ms += LATER_MS;
    run_scan(&w);
    tell_due(&undisturbed, &w, INT64_MAX);
    for (; kills < KILLS; rounds++) {
        struct lines known = {0};
        char name[32];

        snprintf(name, sizeof(name), "killed-%u", rounds);
        make_workspace(&w, name, &little, little_server, 4);
        utc_ms = start_ms;
        kills += scan_among_kills(&w, &dice, "seen");
        utc_ms += LATER_MS;
        kills += scan_among_kills(&w, &dice, "new");
        tell_due(&known, &w, INT64_MAX);
        check_same(&known, &undisturbed);
        free_lines(&known);
    }
    printf("killed: %u kills, %u workspaces\n", kills, rounds);
    free_lines(&undisturbed);
}

/* -------------------------------------------------------------- memory --- */

/* Of this process, in KiB. */
static long memory_of(const char *field)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    long value = -1;

    while (file && fgets(line, sizeof(line), file))
        if (!strncmp(line, field, strlen(field)))
            value = strtol(line + strlen(field) + 1, NULL, 10);
    if (file)
        fclose(file);
    return value;
}

/* Runs in a child, whose memory at first is the test's. */
static void print_memory(const struct workspace *w)
{
    long before = memory_of("VmRSS"), peak;
    FILE *file = fopen("/proc/self/clear_refs", "w");
    struct bylaw_scan_result result;

    if (file) {
        fputs("5", file);
        fclose(file);
    }
    if (bylaw_scan(&result, &w->options, NULL))
        _exit(1);
    peak = memory_of("VmHWM");
    printf("memory: %llu visits, peak %ld KiB above the %ld KiB before\n",
           (unsigned long long)result.total.fetched, peak - before, before);
    fflush(stdout);
    _exit(0);
}

static void test_big_web__says_how_much_memory_it_takes(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        struct workspace w;
        pid_t child;
        int status = 0;

        make_workspace(&w, i ? "memory-big" : "memory-little",
                       i ? &big : &little, i ? big_server : little_server, 8);
        fflush(stdout);
        child = fork();
        assert_true(child >= 0);
        if (!child)
            print_memory(&w);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
}

/* ---------------------------------------------------------------- main --- */

/* With the folders in it, which have none. */
static void remove_folder(const char *name)
{
    DIR *dir = opendir(name);
    struct dirent *entry;

    while (dir && (entry = readdir(dir))) {
        char path[1024];

        snprintf(path, sizeof(path), "%s/%s", name, entry->d_name);
        if (entry->d_name[0] != '.' && unlink(path))
            remove_folder(path);
    }
    if (dir)
        closedir(dir);
    rmdir(name);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/bylaw-test-XXXXXX");
    if (!mkdtemp(folder) || big_web_make(&big, &large, folder) ||
        big_web_make(&little, &small, folder))
        return -1;
    big_server = web_start(big.pages, big.page_count);
    little_server = web_start(little.pages, little.page_count);
    return big_server && little_server ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    web_stop(big_server);
    web_stop(little_server);
    big_web_release(&big);
    big_web_release(&little);
    remove_folder(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_big_web__finds_every_repost_and_no_other),
        cmocka_unit_test(test_big_web__asks_again_only_for_what_is_due),
        cmocka_unit_test(test_big_web__does_not_depend_on_workers),
        cmocka_unit_test(test_big_web__loses_nothing_when_it_is_killed),
        cmocka_unit_test(test_big_web__says_how_much_memory_it_takes),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
