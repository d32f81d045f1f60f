/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the scan share: a web, a workspace, a clock to turn. */
#ifndef TEST_SCANNING_H
#define TEST_SCANNING_H

#include "auditing.h"
#include "net/loopback_web.h"
#include "store/store.h"

#include <bylaw/scan.h>

#include <time.h>

#define MINUTE_MS ((int64_t)60000)
#define HOUR_MS   (60 * MINUTE_MS)

static _Atomic int64_t utc_ms = 1700000000000;

static inline int64_t turned_now(void *payload)
{
    (void)payload;
    return utc_ms;
}

static inline int64_t real_ticks(void *payload)
{
    struct timespec now;

    (void)payload;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* For waits that no test has the time for. */
static inline int64_t fast_ticks(void *payload)
{
    return real_ticks(payload) * 200;
}

/* A workspace without a configuration file: what it would say, in values. */
struct workspace {
    char path[96]; /* of its database */
    struct bylaw_config config;
    struct bylaw_scan_options options;
    struct bylaw_error complaint; /* the last */
};

static const char *const on_loopback[] = {"127.0.0.0/8", NULL};

static inline void keep_complaint(void *payload, const struct bylaw_error *why)
{
    ((struct workspace *)payload)->complaint = *why;
}

static inline void set_options(struct workspace *workspace,
                               struct loopback_web *web)
{
    struct bylaw_scan_options *options = &workspace->options;

    workspace->config.crawl = (struct bylaw_crawl){.max_pages_per_host = 1000,
                                                   .max_pages_per_scan = 10000,
                                                   .depth = 2,
                                                   .concurrency = 4};
    memset(options, 0, sizeof(*options));
    options->audit.rules_dir = "rules";
    options->audit.now_ms = turned_now;
    options->audit.fetch.allow_ranges = on_loopback;
    options->audit.fetch.connect_to = web_routes(web);
    options->audit.fetch.timeout_ms = 5000;
    options->audit.cells = 2;
    options->config = &workspace->config;
    options->store_path = workspace->path;
    options->ticks_ms = real_ticks;
    options->complain = keep_complaint;
    options->payload = workspace;
}

/* A workspace that protects the article in seeds/. */
static inline void make_workspace(struct workspace *workspace, const char *name,
                                  struct loopback_web *web,
                                  const struct bylaw_watch *watches,
                                  size_t watch_count)
{
    struct bylaw__source_row row = {.name = "japan-nato",
                                    .spec = SEED,
                                    .kind = "article",
                                    .url = ARTICLE,
                                    .title = ""};
    bylaw__store *store = NULL;
    int64_t id;

    memset(workspace, 0, sizeof(*workspace));
    snprintf(workspace->path, sizeof(workspace->path), "%s/%s.db", files_dir,
             name);
    snprintf(file_paths[file_count++], sizeof(file_paths[0]), "%s",
             workspace->path);
    snprintf(file_paths[file_count++], sizeof(file_paths[0]), "%s-journal",
             workspace->path);
    assert_int_equal(bylaw__store_open(&store, workspace->path,
                                       BYLAW__STORE_CREATE, NULL),
                     0);
    assert_int_equal(bylaw__store_source_add(&id, store, &row, NULL), 0);
    bylaw__store_close(store);
    workspace->config.watches = watches;
    workspace->config.watch_count = watch_count;
    set_options(workspace, web);
}

static inline struct bylaw_scan_result run_scan(struct workspace *workspace)
{
    struct bylaw_scan_result result = {0};
    struct bylaw_error err = {0};

    if (bylaw_scan(&result, &workspace->options, &err))
        fail_msg("%s: %s: %s", err.id, err.where, err.what);
    return result;
}

/* ------------------------------------------------------ what was found --- */

static inline bylaw__store *open_store(const struct workspace *workspace)
{
    struct bylaw_error err = {0};
    bylaw__store *store = NULL;

    if (bylaw__store_open(&store, workspace->path, BYLAW__STORE_READ, &err))
        fail_msg("%s: %s", err.id, err.what);
    return store;
}

#define MOST_LINES 512

/* Lines of text, to be put in order and compared. */
struct lines {
    char *items[MOST_LINES];
    size_t count;
};

static inline int add_case(void *payload, const struct bylaw__case_row *row)
{
    struct lines *lines = payload;

    assert_true(lines->count < MOST_LINES);
    assert_true(asprintf(&lines->items[lines->count++], "%s %s %s %s %d\n",
                         row->url, row->source,
                         bylaw_case_state_name(row->state), row->verdict,
                         row->severity) > 0);
    return 0;
}

static inline int compare_lines(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static inline void join_lines(struct bylaw__buf *out, struct lines *lines)
{
    qsort(lines->items, lines->count, sizeof(lines->items[0]), compare_lines);
    for (size_t i = 0; i < lines->count; i++) {
        bylaw__buf_add_text(out, lines->items[i]);
        free(lines->items[i]);
    }
}

/* All cases as "URL SOURCE STATE VERDICT SEVERITY", by address. */
static inline void tell_cases(struct bylaw__buf *out,
                              const struct workspace *workspace)
{
    static const struct bylaw__case_filter all = {.state = -1};
    bylaw__store *store = open_store(workspace);
    struct lines lines = {.count = 0};

    assert_int_equal(bylaw__store_cases(store, &all, add_case, &lines, NULL),
                     0);
    bylaw__store_close(store);
    bylaw__buf_clear(out);
    join_lines(out, &lines);
}

static inline void check_cases(const struct workspace *workspace,
                               const char *want)
{
    struct bylaw__buf told = {0};
    bylaw__store *store;

    tell_cases(&told, workspace);
    store = open_store(workspace);
    assert_int_equal(bylaw__store_check(store, NULL), 0);
    bylaw__store_close(store);
    assert_string_equal(told.ptr ? told.ptr : "", want);
    bylaw__buf_release(&told);
}

static inline int keep_page(void *payload, const struct bylaw__page_row *row)
{
    struct bylaw__page_row *out = payload;

    *out = *row;
    out->url = out->host = out->via = out->kind = NULL;
    out->etag = out->last_modified = out->sha256 = NULL;
    return 0;
}

/* The numbers of a page's row; false where the address is not known. */
static inline bool find_page_row(struct bylaw__page_row *out,
                                 const struct workspace *workspace,
                                 const char *url)
{
    bylaw__store *store = open_store(workspace);
    bool found = false;

    assert_int_equal(bylaw__store_page_find(&found, store, url, "page",
                                            keep_page, out, NULL),
                     0);
    bylaw__store_close(store);
    return found;
}

#endif
