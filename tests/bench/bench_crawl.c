/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole scans on loopback against 1,000 articles: pages fetched, links read,
 * screened and recorded, a few thousand and very many; beside programs that
 * fetch the same pages and do nothing with them, and beside many hosts over
 * TLS. Prints a JSON object each; CPU is the measured process's alone, servers
 * have their own. BYLAW_BENCH_DIR names the folder for the database,
 * BYLAW_BENCH_PAGES another number of very many.
 */
#include "bench_fetch.h"
#include "bench_server.h"
#include "measure.h"
#include "store/store.h"

#include <bylaw/scan.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define SOURCES    1000u
#define PAGES      500u /* of each host */
#define HOSTS_MAX  1000u
#define FEW_PAGES  5000u
#define MANY_PAGES 100000u
#define TLS_HOSTS  2000u
#define PAGE_BYTES 37000u
#define LINKS      60u
#define WORKERS    2u
#define ONLY_FETCH 3000u

struct bench {
    struct bench_server server;
    char folder[128], store[160];
    unsigned host_count;
    char hosts[HOSTS_MAX][32], route[64];
    struct bylaw_watch watches[HOSTS_MAX];
    /* At the first call of the progress callback: the articles are read. */
    uint64_t first;
    double began, began_cpu, began_mb;
};

static int64_t fixed_time(void *payload)
{
    (void)payload;
    return 1700000000000;
}

static int64_t ticks(void *payload)
{
    (void)payload;
    return (int64_t)(seconds(CLOCK_MONOTONIC) * 1000);
}

/* ------------------------------------------------------------ workspace --- */

static void write_article(const char *path, unsigned number)
{
    struct bylaw__buf text = {0};
    FILE *file = fopen(path, "wb");

    add_article(&text, number);
    need(file && fwrite(text.ptr, 1, text.len, file) == text.len &&
             !fclose(file),
         path);
    bylaw__buf_release(&text);
}

static void make_workspace(struct bench *bench)
{
    const char *dir = getenv("BYLAW_BENCH_DIR");
    bylaw__store *store = NULL;

    snprintf(bench->folder, sizeof(bench->folder), "%s/crawl-XXXXXX",
             dir ? dir : ".");
    need(mkdtemp(bench->folder) != NULL, bench->folder);
    snprintf(bench->store, sizeof(bench->store), "%s/bylaw.db", bench->folder);
    need(!bylaw__store_open(&store, bench->store, BYLAW__STORE_CREATE, NULL) &&
             !bylaw__store_begin(store, NULL),
         bench->store);
    for (unsigned i = 0; i < SOURCES; i++) {
        char name[32], path[192];
        struct bylaw__source_row row = {.name = name,
                                        .spec = path,
                                        .kind = "article",
                                        .title = ""};
        int64_t id;

        snprintf(name, sizeof(name), "article-%u", i);
        snprintf(path, sizeof(path), "%s/%u.txt", bench->folder, i);
        write_article(path, i);
        need(!bylaw__store_source_add(&id, store, &row, NULL), name);
    }
    need(!bylaw__store_commit(store, NULL), "commit");
    bylaw__store_close(store);
}

static void drop_workspace(const struct bench *bench)
{
    char path[192];

    for (unsigned i = 0; i < SOURCES; i++) {
        snprintf(path, sizeof(path), "%s/%u.txt", bench->folder, i);
        unlink(path);
    }
    unlink(bench->store);
    snprintf(path, sizeof(path), "%s-journal", bench->store);
    unlink(path);
    rmdir(bench->folder);
}

/* ------------------------------------------------------------- scanning --- */

static double cpu_of(int whose)
{
    struct rusage usage;

    getrusage(whose, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* Of this process, and of those it has waited for. */
static double cpu_seconds(void)
{
    return cpu_of(RUSAGE_SELF) + cpu_of(RUSAGE_CHILDREN);
}

static void watch_progress(void *payload,
                           const struct bylaw_scan_progress *state)
{
    struct bench *bench = payload;

    if (bench->began > 0)
        return;
    bench->first = state->fetched;
    bench->began = seconds(CLOCK_MONOTONIC);
    bench->began_cpu = cpu_seconds();
    bench->began_mb = peak_mb(RUSAGE_SELF);
}

static void tell_complaint(void *payload, const struct bylaw_error *why)
{
    (void)payload;
    fprintf(stderr, "bench_crawl: %s: %s\n", why->where, why->what);
}

static void name_hosts(struct bench *bench)
{
    snprintf(bench->route, sizeof(bench->route), ":80:127.0.0.1:%u",
             bench->server.port);
    for (unsigned i = 0; i < bench->host_count; i++) {
        snprintf(bench->hosts[i], sizeof(bench->hosts[i]),
                 "http://h%u.example/", i);
        bench->watches[i] =
            (struct bylaw_watch){BYLAW_WATCH_SITE, bench->hosts[i], 100, PAGES};
    }
}

static struct bylaw_scan_progress scan(struct bench *bench)
{
    static const char *const loopback[] = {"127.0.0.0/8", NULL};
    const char *const routes[] = {bench->route, NULL};
    struct bylaw_config config = {
        .watches = bench->watches,
        .watch_count = bench->host_count,
        .crawl = {.max_pages_per_host = PAGES,
                  .max_pages_per_scan = 2 * HOSTS_MAX * PAGES,
                  .depth = 100,
                  .concurrency = WORKERS},
    };
    struct bylaw_scan_options options = {
        .audit = {.rules_dir = "rules", .now_ms = fixed_time},
        .config = &config,
        .store_path = bench->store,
        .ticks_ms = ticks,
        .progress = watch_progress,
        .complain = tell_complaint,
        .payload = bench,
    };
    struct bylaw_scan_result result = {0};
    struct bylaw_error err = {0};

    bench->began = 0;
    options.audit.fetch.allow_ranges = loopback;
    options.audit.fetch.connect_to = routes;
    options.audit.fetch.timeout_ms = 10000;
    need(!bylaw_scan(&result, &options, &err), err.what);
    return result.total;
}

static void scan_and_tell(struct bench *bench)
{
    struct bylaw_scan_progress total = scan(bench);
    double wall = seconds(CLOCK_MONOTONIC) - bench->began;
    double cpu = cpu_seconds() - bench->began_cpu;

    total.fetched -= bench->first;
    printf("{\"bench\":\"crawl\",\"pages\":%llu,\"hosts\":%u,"
           "\"page_bytes\":%u,\"failed\":%llu,\"matched\":%llu,"
           "\"workers\":%u,\"pages_per_s\":%.0f,\"pages_per_s_core\":%.0f,"
           "\"cpu_us_page\":%.0f,\"articles_mb\":%.0f,\"peak_mb\":%.0f,"
           "\"helper_peak_mb\":%.0f}\n",
           (unsigned long long)total.fetched, bench->host_count, PAGE_BYTES,
           (unsigned long long)total.failed, (unsigned long long)total.matched,
           WORKERS, (double)total.fetched / wall, (double)total.fetched / cpu,
           cpu * 1e6 / (double)total.fetched, bench->began_mb,
           peak_mb(RUSAGE_SELF), peak_mb(RUSAGE_CHILDREN));
}

/* In a process of its own: what a scan takes at most is not to be seen beside
 * what another took. */
static void scan_alone(struct bench *bench, unsigned pages)
{
    int status = 0;
    pid_t child;

    bench->host_count = pages / PAGES;
    need(bench->host_count && bench->host_count <= HOSTS_MAX,
         "BYLAW_BENCH_PAGES is from 500 to 500000");
    fflush(stdout);
    child = fork();
    if (child == 0) {
        name_hosts(bench);
        make_workspace(bench);
        scan_and_tell(bench);
        drop_workspace(bench);
        fflush(stdout);
        _exit(0);
    }
    need(waitpid(child, &status, 0) == child && WIFEXITED(status) &&
             !WEXITSTATUS(status),
         "the scan failed");
}

/* ------------------------------------------------------------- fetching --- */

static void tell_cost(const char *name, struct bench_cost cost)
{
    if (cost.cpu_s < 0) {
        printf("{\"bench\":\"%s\",\"skipped\":\"it is not installed\"}\n",
               name);
        return;
    }
    printf("{\"bench\":\"%s\",\"pages\":%u,\"pages_per_s_core\":%.0f,"
           "\"cpu_us_page\":%.0f}\n",
           name, cost.pages, cost.pages / cost.cpu_s,
           cost.cpu_s * 1e6 / cost.pages);
}

static void fetch_and_tell(const struct bench *bench)
{
    const char *dir = getenv("BYLAW_BENCH_DIR");

    dir = dir ? dir : ".";
    tell_cost("fetch by wget2",
              bench_wget2(bench->server.port, PAGES, ONLY_FETCH, dir));
    tell_cost("fetch by libcurl",
              bench_libcurl(bench->server.port, PAGES, ONLY_FETCH));
    tell_cost("fetch by the fetcher",
              bench_fetcher(bench->server.port, PAGES, ONLY_FETCH));
    tell_cost("fetch over TLS by libcurl, a host each",
              bench_hosts(TLS_HOSTS / 4, PAGE_BYTES, dir, true));
    tell_cost("fetch over TLS by the fetcher, a host each",
              bench_hosts(TLS_HOSTS, PAGE_BYTES, dir, false));
}

int main(void)
{
    static struct bench bench;
    const char *many = getenv("BYLAW_BENCH_PAGES");

    need(bench_server_start(&bench.server, PAGES, PAGE_BYTES, LINKS),
         "no server");
    scan_alone(&bench, FEW_PAGES);
    fetch_and_tell(&bench);
    scan_alone(&bench, many ? (unsigned)strtoul(many, NULL, 10) : MANY_PAGES);
    bench_server_stop(&bench.server);
    return 0;
}
