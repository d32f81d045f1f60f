/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages a second of a scan on loopback: 1,000 articles to look for, pages
 * that carry none of them, each read, screened and recorded.
 *   bench_crawl [PAGES [HOSTS [WORKERS]]]
 */
#include "net/loopback_web.h"
#include "store/store.h"

#include <bylaw/scan.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define SOURCES 1000u
#define WORDS   800u /* of a page, and of an article */

struct bench {
    char dir[64], store[96], list[96];
    unsigned pages, hosts, workers;
    struct web_page *table;
    uint32_t seed;
};

static int64_t now_ms(void *payload)
{
    struct timespec now;

    (void)payload;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t utc_ms(void *payload)
{
    (void)payload;
    return 1700000000000;
}

/* Words of a small vocabulary, so that texts share words but no runs. */
static void add_words(struct bench *bench, struct bylaw__buf *out)
{
    for (unsigned i = 0; i < WORDS; i++) {
        bench->seed = bench->seed * 1664525u + 1013904223u;
        bylaw__buf_printf(out, i % 80 ? "w%u " : "</p>\n<p>w%u ",
                          bench->seed >> 20);
    }
}

static bool write_text(const char *path, const struct bylaw__buf *text)
{
    FILE *file = fopen(path, "wb");
    bool ok = file && fwrite(text->ptr, 1, text->len, file) == text->len;

    return (!file || !fclose(file)) && ok;
}

static bool add_sources(struct bench *bench)
{
    bylaw__store *store = NULL;
    bool ok =
        !bylaw__store_open(&store, bench->store, BYLAW__STORE_CREATE, NULL) &&
        !bylaw__store_begin(store, NULL);

    for (unsigned i = 0; ok && i < SOURCES; i++) {
        struct bylaw__source_row row = {.kind = "article", .title = ""};
        struct bylaw__buf text = {0};
        char name[32], path[128];
        int64_t id;

        snprintf(name, sizeof(name), "s%u", i);
        snprintf(path, sizeof(path), "%s/%s.html", bench->dir, name);
        bylaw__buf_printf(&text, "<!doctype html><title>%s</title><p>", name);
        add_words(bench, &text);
        row.name = name;
        row.spec = path;
        ok = write_text(path, &text) &&
             !bylaw__store_source_add(&id, store, &row, NULL);
        bylaw__buf_release(&text);
    }
    ok = ok && !bylaw__store_commit(store, NULL);
    bylaw__store_close(store);
    return ok;
}

static bool add_pages(struct bench *bench)
{
    struct bylaw__buf list = {0};
    bool ok = true;

    bench->table = calloc(bench->pages, sizeof(*bench->table));
    for (unsigned i = 0; bench->table && i < bench->pages; i++) {
        struct bylaw__buf text = {0};
        char *host = NULL, *path = NULL;

        ok = ok && asprintf(&host, "h%u.example", i % bench->hosts) > 0 &&
             asprintf(&path, "/p%u", i) > 0;
        bylaw__buf_printf(&text,
                          "<!doctype html><html><head><title>Page %u</title>"
                          "</head><body><main><p>",
                          i);
        add_words(bench, &text);
        for (unsigned link = 0; link < 40; link++)
            bylaw__buf_printf(&text, "<a href=\"/p%u\">more</a> ",
                              (i + link * bench->hosts) % bench->pages);
        bylaw__buf_add_text(&text, "</p></main></body></html>");
        bench->table[i] =
            (struct web_page){.host = host, .path = path, .body = text.ptr};
        bylaw__buf_printf(&list, "http://%s%s\n", host, path);
    }
    ok = ok && bench->table && write_text(bench->list, &list);
    bylaw__buf_release(&list);
    return ok;
}

static double cpu_s(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_stime.tv_sec +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void run(struct bench *bench, struct loopback_web *web, const char *pass)
{
    static const char *const ranges[] = {"127.0.0.0/8", NULL};
    struct bylaw_watch watch = {.kind = BYLAW_WATCH_LIST, .spec = bench->list};
    struct bylaw_config config = {.watches = &watch, .watch_count = 1};
    struct bylaw_scan_options options = {.config = &config};
    struct bylaw_scan_result result = {0};
    struct bylaw_error err = {0};
    double cpu = cpu_s();
    int64_t began = now_ms(NULL);

    config.crawl.max_pages_per_scan = 10000000;
    options.audit.rules_dir = "rules";
    options.audit.now_ms = utc_ms;
    options.audit.fetch.allow_ranges = ranges;
    options.audit.fetch.connect_to = web_routes(web);
    options.store_path = bench->store;
    options.ticks_ms = now_ms;
    options.concurrency = bench->workers;
    if (bylaw_scan(&result, &options, &err))
        fprintf(stderr, "%s: %s: %s\n", err.id, err.where, err.what);
    printf("{\"bench\":\"crawl\",\"pass\":\"%s\",\"sources\":%u,\"pages\":%llu,"
           "\"failed\":%llu,\"workers\":%u,\"pages_per_s\":%.0f,"
           "\"wall_s\":%.2f,\"cpu_s_with_server\":%.2f}\n",
           pass, SOURCES, (unsigned long long)result.total.fetched,
           (unsigned long long)result.total.failed, bench->workers,
           result.total.per_second, (double)(now_ms(NULL) - began) / 1000,
           cpu_s() - cpu);
}

int main(int argc, char **argv)
{
    struct bench bench = {.pages = 4000, .hosts = 100, .workers = 8};
    struct loopback_web *web;

    if (argc > 1)
        bench.pages = (unsigned)strtoul(argv[1], NULL, 10);
    if (argc > 2)
        bench.hosts = (unsigned)strtoul(argv[2], NULL, 10);
    if (argc > 3)
        bench.workers = (unsigned)strtoul(argv[3], NULL, 10);
    snprintf(bench.dir, sizeof(bench.dir), "/tmp/bylaw-bench-XXXXXX");
    if (!bench.pages || !bench.hosts || !mkdtemp(bench.dir))
        return 2;
    snprintf(bench.store, sizeof(bench.store), "%s/bench.db", bench.dir);
    snprintf(bench.list, sizeof(bench.list), "%s/list.txt", bench.dir);
    web = add_sources(&bench) && add_pages(&bench)
              ? web_start(bench.table, bench.pages)
              : NULL;
    if (!web)
        return 2;
    run(&bench, web, "all");
    web_stop(web);
    return 0;
}
