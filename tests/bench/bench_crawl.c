/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole scan on loopback against 1,000 articles: pages fetched, links read,
 * screened and recorded; beside libcurl fetching the same pages and doing
 * nothing with them. Prints one JSON object; CPU is this process's alone, the
 * server has its own. BYLAW_BENCH_DIR names the folder for the database.
 */
#include "bench_server.h"
#include "store/store.h"

#include <bylaw/scan.h>

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define SOURCES    1000u
#define HOSTS      8u
#define PAGES      500u /* of each host */
#define PAGE_BYTES 37000u
#define LINKS      60u
#define WORKERS    2u
#define ONLY_FETCH 3000u

#define CLOCK_CPU CLOCK_PROCESS_CPUTIME_ID

struct bench {
    struct bench_server server;
    char folder[128], store[160];
    char hosts[HOSTS][32], routes[HOSTS][64];
    const char *route_list[HOSTS + 1];
    struct bylaw_watch watches[HOSTS];
    /* At the first call of the progress callback: the articles are read. */
    uint64_t first;
    double began, began_cpu, began_mb;
};

static void need(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "bench_crawl: %s\n", what);
    exit(1);
}

static int64_t fixed_time(void *payload)
{
    (void)payload;
    return 1700000000000;
}

static int64_t ticks(void *payload)
{
    (void)payload;
    return (int64_t)(seconds_of(CLOCK_MONOTONIC) * 1000);
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

static double peak_mb(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static void watch_progress(void *payload,
                           const struct bylaw_scan_progress *state)
{
    struct bench *bench = payload;

    if (bench->began > 0)
        return;
    bench->first = state->fetched;
    bench->began = seconds_of(CLOCK_MONOTONIC);
    bench->began_cpu = seconds_of(CLOCK_CPU);
    bench->began_mb = peak_mb();
}

static void tell_complaint(void *payload, const struct bylaw_error *why)
{
    (void)payload;
    fprintf(stderr, "bench_crawl: %s: %s\n", why->where, why->what);
}

static void name_hosts(struct bench *bench)
{
    for (unsigned i = 0; i < HOSTS; i++) {
        snprintf(bench->hosts[i], sizeof(bench->hosts[i]),
                 "http://h%u.example/", i);
        snprintf(bench->routes[i], sizeof(bench->routes[i]),
                 "h%u.example:80:127.0.0.1:%u", i, bench->server.port);
        bench->route_list[i] = bench->routes[i];
        bench->watches[i] =
            (struct bylaw_watch){BYLAW_WATCH_SITE, bench->hosts[i], 100, PAGES};
    }
}

static struct bylaw_scan_progress scan(struct bench *bench)
{
    static const char *const loopback[] = {"127.0.0.0/8", NULL};
    struct bylaw_config config = {
        .watches = bench->watches,
        .watch_count = HOSTS,
        .crawl = {.max_pages_per_host = PAGES,
                  .max_pages_per_scan = 2 * HOSTS * PAGES,
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
    options.audit.fetch.connect_to = bench->route_list;
    options.audit.fetch.timeout_ms = 10000;
    need(!bylaw_scan(&result, &options, &err), err.what);
    return result.total;
}

/* ------------------------------------------------------------- fetching --- */

static size_t drop_bytes(char *bytes, size_t size, size_t count, void *payload)
{
    (void)bytes;
    *(size_t *)payload += size * count;
    return size * count;
}

/* Seconds of CPU a page. */
static double only_fetch(const struct bench *bench)
{
    CURL *curl = curl_easy_init();
    size_t bytes = 0;
    double began = seconds_of(CLOCK_CPU);

    need(curl != NULL, "libcurl");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &bytes);
    for (unsigned i = 0; i < ONLY_FETCH; i++) {
        char url[64];

        snprintf(url, sizeof(url), "http://127.0.0.1:%u/p%u",
                 bench->server.port, i % PAGES);
        curl_easy_setopt(curl, CURLOPT_URL, url);
        need(curl_easy_perform(curl) == CURLE_OK, url);
    }
    curl_easy_cleanup(curl);
    need(bytes >= (size_t)ONLY_FETCH * PAGE_BYTES, "short pages");
    return (seconds_of(CLOCK_CPU) - began) / ONLY_FETCH;
}

int main(void)
{
    static struct bench bench;
    struct bylaw_scan_progress total;
    double fetch, cpu, wall;

    need(bench_server_start(&bench.server, PAGES, PAGE_BYTES, LINKS),
         "no server");
    name_hosts(&bench);
    make_workspace(&bench);
    fetch = only_fetch(&bench);
    total = scan(&bench);
    wall = seconds_of(CLOCK_MONOTONIC) - bench.began;
    cpu = seconds_of(CLOCK_CPU) - bench.began_cpu;
    total.fetched -= bench.first;
    printf("{\"bench\":\"crawl\",\"pages\":%llu,\"page_bytes\":%u,"
           "\"failed\":%llu,\"matched\":%llu,\"workers\":%u,"
           "\"pages_per_s\":%.0f,\"pages_per_s_core\":%.0f,"
           "\"cpu_us_page\":%.0f,\"libcurl_us_page\":%.0f,\"ratio\":%.2f,"
           "\"articles_mb\":%.0f,\"peak_mb\":%.0f}\n",
           (unsigned long long)total.fetched, PAGE_BYTES,
           (unsigned long long)total.failed, (unsigned long long)total.matched,
           WORKERS, (double)total.fetched / wall, (double)total.fetched / cpu,
           cpu * 1e6 / (double)total.fetched, fetch * 1e6,
           cpu / (double)total.fetched / fetch, bench.began_mb, peak_mb());
    bench_server_stop(&bench.server);
    drop_workspace(&bench);
    return 0;
}
