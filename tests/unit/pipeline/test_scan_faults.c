/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A web of which every host goes wrong in a way of its own: each ends in one
 * record, the scan goes on, and once a host is well again nothing was lost.
 * So it is with a disk that is full, a database that cannot be written, and a
 * clock that is set back.
 */
#include "net/fault_server.h"
#include "reposts.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define SITEMAP(inside)                                                        \
    "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">" inside    \
    "</urlset>"
#define LOC(url) "<url><loc>" url "</loc></url>"

/* "&lol9;" is a thousand million words. */
#define LAUGHS                                                                 \
    "<?xml version=\"1.0\"?><!DOCTYPE urlset [<!ENTITY lol \"lol\">"           \
    "<!ENTITY lol1 \"&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;\">"    \
    "<!ENTITY lol2 \"&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;\">"      \
    "<!ENTITY lol3 "                                                           \
    "\"&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;\">]>" SITEMAP(         \
        LOC("http://well.example/&lol3;"))
#define EXTERNAL                                                               \
    "<?xml version=\"1.0\"?><!DOCTYPE urlset [<!ENTITY file SYSTEM "           \
    "\"file:///etc/passwd\">]>" SITEMAP(LOC("http://well.example/&file;"))
#define EXTERNAL_SUBSET                                                        \
    "<?xml version=\"1.0\"?><!DOCTYPE urlset SYSTEM "                          \
    "\"http://lure.example/list.dtd\">" SITEMAP(                               \
        LOC("http://well.example/sub"))

/* How a host goes wrong: what answers there, at which path, as what kind of
 * list; and the one record that this is to leave. */
enum server {
    BY_WEB = 0, /* the table of pages below */
    BY_FAULTS,  /* fault_server.h, in plain */
    BY_SELF_SIGNED,
    BY_WRONG_HOST,
    BY_EXPIRED,
    BY_NOBODY,  /* a port where nothing listens */
    BY_PRIVATE, /* an address that is not allowed */
    BY_NO_NAME  /* the host does not exist */
};

static const struct wrong {
    const char *address;
    enum server server;
    enum bylaw_watch_kind kind;
    const char *refusal; /* id on record; NULL: none */
    int status;          /* on record */
} wrongs[] = {
    {"http://dead.example/x", BY_NO_NAME, BYLAW_WATCH_PAGE, "fetch.dns", 0},
    {"http://refused.example/x", BY_NOBODY, BYLAW_WATCH_PAGE, "fetch.connect",
     0},
    {"http://reset.example/reset", BY_FAULTS, BYLAW_WATCH_PAGE, "fetch.cut-off",
     200},
    {"http://loris.example/trickle", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.timeout", 200},
    {"http://stalled.example/stalled", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.timeout", 200},
    {"http://mute.example/mute", BY_FAULTS, BYLAW_WATCH_PAGE, "fetch.timeout",
     0},
    {"http://closed.example/closed", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.cut-off", 0},
    {"http://endless.example/endless", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.too-large", 200},
    {"http://line.example/endless-line", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.headers", 200},
    {"http://hints.example/interim-endless", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.headers", 103},
    {"http://loop.example/loop", BY_FAULTS, BYLAW_WATCH_PAGE, "fetch.redirects",
     302},
    {"http://inward.example/to-private", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.redirect-held", 302},
    {"http://metadata.example/to-metadata", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.redirect-held", 302},
    {"http://mapped.example/to-mapped", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.redirect-held", 302},
    {"http://rebound.example/x", BY_PRIVATE, BYLAW_WATCH_PAGE,
     "fetch.private-address", 0},
    {"https://signed.example/page", BY_SELF_SIGNED, BYLAW_WATCH_PAGE,
     "fetch.tls", 0},
    {"https://named.example/page", BY_WRONG_HOST, BYLAW_WATCH_PAGE, "fetch.tls",
     0},
    {"https://expired.example/page", BY_EXPIRED, BYLAW_WATCH_PAGE, "fetch.tls",
     0},
    {"http://bomb.example/bomb/1200", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.ratio", 200},
    {"http://half.example/gzip-cut/9", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.cut-off", 200},
    {"http://spoilt.example/gzip-damaged", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.encoding", 200},
    {"http://liar.example/too-long", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.cut-off", 200},
    {"http://chunks.example/chunked-garbage", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.cut-off", 200},
    {"http://other.example/not-http", BY_FAULTS, BYLAW_WATCH_PAGE,
     "fetch.protocol", 0},
    {"http://laughs.example/map.xml", BY_WEB, BYLAW_WATCH_SITEMAP,
     "crawl.doctype", 200},
    {"http://external.example/map.xml", BY_WEB, BYLAW_WATCH_SITEMAP,
     "crawl.doctype", 200},
    {"http://lured.example/map.xml", BY_WEB, BYLAW_WATCH_SITEMAP, NULL, 200},
    {"http://huge.example/feed", BY_WEB, BYLAW_WATCH_FEED, NULL, 200},
    {"http://giant.example/feed", BY_WEB, BYLAW_WATCH_FEED, "fetch.too-large",
     200},
    {"http://broken.example/feed", BY_WEB, BYLAW_WATCH_FEED, "answer.malformed",
     200},
};
#define WRONG_COUNT (sizeof(wrongs) / sizeof(wrongs[0]))

static struct web_page pages[] = {
    {.host = "well.example", .path = "/copy", .body = "bad"},
    {.host = "well.example", .path = "/sub", .body = "bad"},
    {.host = "well.example", .path = "/first", .body = "bad"},
    {.host = "well.example", .path = "/last", .body = "bad"},
    {.host = "lure.example", .path = "/list.dtd", .body = ""},
    {.host = "laughs.example", .path = "/map.xml", .body = LAUGHS},
    {.host = "external.example", .path = "/map.xml", .body = EXTERNAL},
    {.host = "lured.example", .path = "/map.xml", .body = EXTERNAL_SUBSET},
    {.host = "huge.example", .path = "/feed", .body = "huge"},
    {.host = "giant.example", .path = "/feed", .body = "giant"},
    {.host = "broken.example", .path = "/feed", .body = "{\"items\": ["},
};
#define PAGE_COUNT (sizeof(pages) / sizeof(pages[0]))

static char *huge, *giant;

/* A feed of so many bytes; its first and last entries are copies. */
static char *make_feed(size_t bytes)
{
    static const char head[] =
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item>"
        "<link>http://well.example/first</link></item><item><description>";
    static const char tail[] =
        "</description></item><item>"
        "<link>http://well.example/last</link></item></channel></rss>";
    char *text = malloc(bytes + 1);

    if (!text)
        return NULL;
    memset(text, 'x', bytes);
    memcpy(text, head, strlen(head));
    memcpy(text + bytes - strlen(tail), tail, strlen(tail) + 1);
    return text;
}

/* ------------------------------------------------------------ the hosts --- */

#define SERVERS (BY_EXPIRED + 1)
static struct fault_server *servers[SERVERS];
static struct loopback_web *web;
static char routes_text[WRONG_COUNT + PAGE_COUNT][160];
static const char *routes[WRONG_COUNT + PAGE_COUNT + 1];
static struct bylaw_watch watches[WRONG_COUNT + 1];

static const char *host_of(const char *address, int *len)
{
    const char *host = strstr(address, "://") + 3;

    *len = (int)strcspn(host, "/");
    return host;
}

/* Where the host of a row leads; false: nowhere. */
static bool write_route(char *out, size_t size, const struct wrong *wrong)
{
    unsigned from = strncmp(wrong->address, "https", 5) ? 80 : 443, to;
    const char *at = "127.0.0.1";
    int len;
    const char *host = host_of(wrong->address, &len);

    switch (wrong->server) {
    case BY_NO_NAME:
        return false;
    case BY_NOBODY:
        to = 1;
        break;
    case BY_PRIVATE:
        at = "10.1.2.3";
        to = 80;
        break;
    case BY_WEB:
        to = web_port(web);
        break;
    default:
        to = fault_server_port(servers[wrong->server]);
    }
    snprintf(out, size, "%.*s:%u:%s:%u", len, host, from, at, to);
    return true;
}

static void make_routes(void)
{
    size_t count = 0;

    for (size_t i = 0; i < WRONG_COUNT; i++)
        if (write_route(routes_text[count], sizeof(routes_text[0]), &wrongs[i]))
            count++;
    for (size_t i = 0; i < PAGE_COUNT; i++)
        snprintf(routes_text[count++], sizeof(routes_text[0]),
                 "%s:80:127.0.0.1:%u", pages[i].host, web_port(web));
    for (size_t i = 0; i < count; i++)
        routes[i] = routes_text[i];
    routes[count] = NULL;
}

static int make_web(void **state)
{
    static const enum fault_identity identities[SERVERS] = {
        [BY_FAULTS] = FAULT_PLAIN,
        [BY_SELF_SIGNED] = FAULT_SELF_SIGNED,
        [BY_WRONG_HOST] = FAULT_WRONG_HOST,
        [BY_EXPIRED] = FAULT_EXPIRED};

    huge = make_feed(BYLAW_LIMIT_XML_BYTES);
    giant = make_feed(BYLAW_LIMIT_XML_BYTES + 1);
    if (make_reposts(state) || !huge || !giant)
        return -1;
    put_bodies(pages, PAGE_COUNT);
    for (size_t i = 0; i < PAGE_COUNT; i++)
        if (!strcmp(pages[i].body, "huge"))
            pages[i].body = huge;
        else if (!strcmp(pages[i].body, "giant"))
            pages[i].body = giant;
    web = web_start(pages, PAGE_COUNT);
    for (size_t i = BY_FAULTS; web && i < SERVERS; i++) {
        servers[i] = fault_server_start(identities[i], "127.0.0.1", 0,
                                        BYLAW__SPAN("<p>x</p>"));
        if (!servers[i])
            return -1;
    }
    if (!web)
        return -1;
    make_routes();
    for (size_t i = 0; i < WRONG_COUNT; i++)
        watches[i] =
            (struct bylaw_watch){wrongs[i].kind, wrongs[i].address, 0, 0};
    watches[WRONG_COUNT] =
        (struct bylaw_watch){BYLAW_WATCH_PAGE, "http://well.example/copy", 0,
                             0};
    return 0;
}

static int drop_web(void **state)
{
    for (size_t i = BY_FAULTS; i < SERVERS; i++)
        fault_server_stop(servers[i]);
    web_stop(web);
    free(huge);
    free(giant);
    return drop_reposts(state);
}

/* -------------------------------------------------------------- records --- */

struct record {
    char refusal[64];
    int status;
    unsigned visits;
};

/* What the database says of the visits to an address. */
static struct record read_record(const struct workspace *w, const char *address)
{
    struct record record = {"", 0, 0};
    sqlite3_stmt *query = NULL;
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(w->path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db,
                           "SELECT coalesce(v.refusal, ''), v.status FROM "
                           "visits v JOIN pages p ON p.id = v.page"
                           " WHERE p.url = ?1",
                           -1, &query, NULL),
        SQLITE_OK);
    sqlite3_bind_text(query, 1, address, -1, SQLITE_STATIC);
    while (sqlite3_step(query) == SQLITE_ROW) {
        snprintf(record.refusal, sizeof(record.refusal), "%s",
                 (const char *)sqlite3_column_text(query, 0));
        record.status = sqlite3_column_int(query, 1);
        record.visits++;
    }
    sqlite3_finalize(query);
    sqlite3_close(db);
    return record;
}

/* Whether the visits to an address are on record as they should be. */
static bool is_recorded(const struct workspace *w, const struct wrong *wrong)
{
    struct record record = read_record(w, wrong->address);
    const char *refusal = wrong->refusal ? wrong->refusal : "";

    if (wrong->refusal)
        assert_non_null(bylaw_diagnostic_find(wrong->refusal));
    if (!strcmp(record.refusal, refusal) && record.status == wrong->status &&
        record.visits == 1)
        return true;
    print_error("%s: %u visits, status %d, \"%s\"\n", wrong->address,
                record.visits, record.status, record.refusal);
    return false;
}

static void make_faulty(struct workspace *w, const char *name)
{
    make_workspace(w, name, web, watches, WRONG_COUNT + 1);
    w->config.crawl.concurrency = 16;
    w->options.audit.fetch.connect_to = routes;
    w->options.audit.fetch.timeout_ms = 4000;
    w->options.once = true;
}

#define CASE(url, state) url " japan-nato " state " not-met 3\n"
#define WELL(state)                                                            \
    CASE("http://well.example/copy", state)                                    \
    CASE("http://well.example/first", state)                                   \
    CASE("http://well.example/last", state)                                    \
    CASE("http://well.example/sub", state)
#define WELL_COUNT 4u

static void test_scan__makes_one_record_of_each_fault_and_goes_on(void **state)
{
    static const char *const inward[] = {"http://10.0.0.1/",
                                         "http://169.254.169.254/latest/",
                                         "http://[::ffff:a00:1]/"};
    struct workspace w;
    size_t recorded = 0;

    (void)state;
    web_forget(web);
    make_faulty(&w, "faults");
    run_scan(&w);
    for (size_t i = 0; i < WRONG_COUNT; i++)
        recorded += is_recorded(&w, &wrongs[i]);
    assert_int_equal(recorded, WRONG_COUNT);
    for (size_t i = 0; i < sizeof(inward) / sizeof(inward[0]); i++)
        assert_string_equal(read_record(&w, inward[i]).refusal,
                            "fetch.private-address");
    check_cases(&w, WELL("seen"));
    assert_int_equal(web_count(web, "lure.example", NULL), 0);
}

/* ---------------------------------------------------------- well again --- */

static struct web_page cured[WRONG_COUNT + 1];
static char cured_hosts[WRONG_COUNT][64];

/* All hosts but those of TLS, with a copy at the very address that failed. */
static size_t cure(void)
{
    size_t count = 0;

    for (size_t i = 0; i < WRONG_COUNT; i++) {
        int len;
        const char *host = host_of(wrongs[i].address, &len);

        if (wrongs[i].kind != BYLAW_WATCH_PAGE ||
            !strncmp(wrongs[i].address, "https", 5))
            continue;
        snprintf(cured_hosts[count], sizeof(cured_hosts[0]), "%.*s", len, host);
        cured[count] = (struct web_page){.host = cured_hosts[count],
                                         .path = host + len,
                                         .body = bad};
        if (!strncmp(host, "dead.", 5))
            continue; /* web_routes leads nowhere with these */
        count++;
    }
    return count;
}

static int count_case(void *payload, const struct bylaw__case_row *row)
{
    (void)row;
    ++*(size_t *)payload;
    return 0;
}

/* Failures are asked about again in their time, and nothing of them stays. */
static void test_scan__finds_the_copies_once_the_hosts_are_well(void **state)
{
    static const struct bylaw__case_filter all = {.state = -1};
    struct loopback_web *healthy;
    size_t cured_count = cure(), cases = 0;
    bylaw__store *store;
    struct workspace w;

    (void)state;
    make_faulty(&w, "cured");
    run_scan(&w);
    healthy = start(cured, cured_count);
    w.options.audit.fetch.connect_to = web_routes(healthy);
    utc_ms += 30 * 24 * HOUR_MS;
    run_scan(&w);
    store = open_store(&w);
    assert_int_equal(bylaw__store_cases(store, &all, count_case, &cases, NULL),
                     0);
    bylaw__store_close(store);
    assert_int_equal(cases, cured_count + WELL_COUNT);
    web_stop(healthy);
}

/* A name that led to where we may go leads inside the network now; the guard
 * looks at each connection. */
static void test_scan__guards_against_names_that_are_rebound(void **state)
{
    static const struct bylaw_watch watch[] = {
        {BYLAW_WATCH_PAGE, "http://well.example/copy", 0, 0}};
    static const char *const rebound[] = {"well.example:80:192.168.0.1:80",
                                          NULL};
    struct workspace w;

    (void)state;
    make_workspace(&w, "rebound", web, watch, 1);
    run_scan(&w);
    utc_ms += 20 * MINUTE_MS;
    w.options.audit.fetch.connect_to = rebound;
    run_scan(&w);
    assert_string_equal(read_record(&w, watch[0].spec).refusal,
                        "fetch.private-address");
    check_cases(&w, CASE("http://well.example/copy", "seen"));
}

/* --------------------------------------------------------------- storage --- */

static const struct bylaw_watch well[] = {
    {BYLAW_WATCH_PAGE, "http://well.example/copy", 0, 0},
    {BYLAW_WATCH_PAGE, "http://well.example/first", 0, 0},
    {BYLAW_WATCH_PAGE, "http://well.example/last", 0, 0},
    {BYLAW_WATCH_PAGE, "http://well.example/sub", 0, 0},
};

/* A scan in a process that may write no file larger than that. */
static int scan_confined(struct workspace *w, rlim_t most_bytes, char id[64])
{
    int pipes[2], status = 0;
    pid_t child;

    assert_int_equal(pipe(pipes), 0);
    child = fork();
    if (!child) {
        struct rlimit limit = {most_bytes, most_bytes};
        struct bylaw_scan_result result;
        struct bylaw_error err = {0};
        int rc;

        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        rc = bylaw_scan(&result, &w->options, &err);
        if (rc && write(pipes[1], err.id, strlen(err.id) + 1) < 0)
            _exit(2);
        _exit(rc ? 1 : 0);
    }
    close(pipes[1]);
    memset(id, 0, 64);
    if (read(pipes[0], id, 63) < 0)
        id[0] = '\0';
    close(pipes[0]);
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static rlim_t size_of(const struct workspace *w)
{
    struct stat info;

    assert_int_equal(stat(w->path, &info), 0);
    return (rlim_t)info.st_size;
}

/* Wherever the room ends: one clear error, the database whole, and the next
 * scan finds everything. */
static void test_scan__loses_nothing_when_it_may_write_no_more(void **state)
{
    unsigned failed = 0;

    (void)state;
    for (rlim_t extra = 0; extra < 24 << 10; extra += 4 << 10) {
        struct workspace w;
        bylaw__store *store;
        char name[32], id[64];

        snprintf(name, sizeof(name), "limit%u", (unsigned)extra);
        make_workspace(&w, name, web, well, WELL_COUNT);
        if (scan_confined(&w, size_of(&w) + extra, id)) {
            failed++;
            if (strcmp(id, "store.full") && strcmp(id, "store.io"))
                fail_msg("%u bytes more: %s", (unsigned)extra, id);
            assert_non_null(bylaw_diagnostic_find(id));
        }
        store = open_store(&w);
        assert_int_equal(bylaw__store_check(store, NULL), 0);
        bylaw__store_close(store);
        run_scan(&w);
        check_cases(&w, WELL("seen"));
    }
    assert_true(failed >= 2);
}

/* A file system of its own, as small as that, or read-only; skipped where the
 * system lets us make none. */
static void mount_over(const char *folder, unsigned long flags,
                       const char *options)
{
    if (mount("none", folder, "tmpfs", flags, options))
        skip();
}

static void test_scan__loses_nothing_when_the_disk_is_full(void **state)
{
    char folder[160], filler[200];
    struct bylaw_error err = {0};
    struct bylaw_scan_result result;
    struct workspace w;
    FILE *file;

    (void)state;
    snprintf(folder, sizeof(folder), "%s/disk", files_dir);
    assert_int_equal(mkdir(folder, 0700), 0);
    mount_over(folder, 0, "size=600k");
    make_workspace(&w, "disk/full", web, well, WELL_COUNT);
    snprintf(filler, sizeof(filler), "%s/filler", folder);
    file = fopen(filler, "w");
    assert_non_null(file);
    while (fwrite(filler, 1, sizeof(filler), file) == sizeof(filler))
        ;
    fclose(file);
    assert_true(bylaw_scan(&result, &w.options, &err) < 0);
    assert_string_equal(err.id, "store.full");
    unlink(filler);
    run_scan(&w);
    check_cases(&w, WELL("seen"));
    assert_int_equal(umount(folder), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void test_scan__says_that_it_may_not_write(void **state)
{
    char folder[160];
    struct bylaw_error err = {0};
    struct bylaw_scan_result result;
    struct workspace w;
    int rc;

    (void)state;
    snprintf(folder, sizeof(folder), "%s/sealed", files_dir);
    assert_int_equal(mkdir(folder, 0700), 0);
    mount_over(folder, 0, "size=4m");
    make_workspace(&w, "sealed/read-only", web, well, WELL_COUNT);
    run_scan(&w);
    web_forget(web);
    assert_int_equal(mount("none", folder, "tmpfs", MS_REMOUNT | MS_RDONLY,
                           NULL),
                     0);
    utc_ms += 20 * MINUTE_MS;
    rc = bylaw_scan(&result, &w.options, &err);
    check_cases(&w, WELL("seen"));
    assert_int_equal(umount(folder), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_true(rc < 0);
    assert_string_equal(err.id, "store.read-only");
    assert_int_equal(web_count(web, NULL, NULL), 0);
}

/* ----------------------------------------------------------------- clock --- */

static _Atomic int64_t falls_ms;

/* A clock that goes back an hour each time that it is looked at. */
static int64_t falling_now(void *payload)
{
    (void)payload;
    return utc_ms - (falls_ms += HOUR_MS);
}

/* What was visited in what is now the future comes due in its time all the
 * same, a finding is confirmed, and no robots.txt of the future holds. */
static void test_scan__goes_on_after_the_clock_was_set_back(void **state)
{
    struct workspace w;

    (void)state;
    make_workspace(&w, "back", web, well, WELL_COUNT);
    run_scan(&w);
    utc_ms -= 365 * 24 * HOUR_MS;
    web_forget(web);
    run_scan(&w);
    assert_int_equal(web_count(web, NULL, NULL), 0);
    utc_ms += 20 * MINUTE_MS;
    run_scan(&w);
    check_cases(&w, WELL("seen")); /* its wait begins anew ... */
    utc_ms += 3 * HOUR_MS;
    run_scan(&w);
    check_cases(&w, WELL("new")); /* ... and is over */
    utc_ms += 365 * 24 * HOUR_MS;
}

static void test_scan__bears_a_clock_that_falls_while_it_runs(void **state)
{
    struct workspace w;

    (void)state;
    make_workspace(&w, "falls", web, well, WELL_COUNT);
    w.options.audit.now_ms = falling_now;
    falls_ms = 0;
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_COMPLETE);
    check_cases(&w, WELL("seen"));
    w.options.audit.now_ms = turned_now;
    utc_ms += 3 * HOUR_MS;
    run_scan(&w);
    check_cases(&w, WELL("new"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__makes_one_record_of_each_fault_and_goes_on),
        cmocka_unit_test(test_scan__finds_the_copies_once_the_hosts_are_well),
        cmocka_unit_test(test_scan__guards_against_names_that_are_rebound),
        cmocka_unit_test(test_scan__loses_nothing_when_it_may_write_no_more),
        cmocka_unit_test(test_scan__loses_nothing_when_the_disk_is_full),
        cmocka_unit_test(test_scan__says_that_it_may_not_write),
        cmocka_unit_test(test_scan__goes_on_after_the_clock_was_set_back),
        cmocka_unit_test(test_scan__bears_a_clock_that_falls_while_it_runs),
    };

    return cmocka_run_group_tests(tests, make_web, drop_web);
}
