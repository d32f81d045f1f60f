/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many visits a second the store records, alone and in batches, and how
 * long it takes to say which of many pages are due. Prints one JSON object.
 * BYLAW_BENCH_DIR names the folder for the database (default: the current).
 */
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define HOSTS        5000
#define PAGES        100000
#define DUE_ASKED    1000
#define DUE_ROUNDS   20
#define ALONE        300
#define BATCHED      20000
#define BATCH_VISITS 100
#define NOW_MS       ((int64_t)1795392000000)

static double now(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void need(int rc, const struct bylaw_error *err)
{
    if (!rc)
        return;
    fprintf(stderr, "bench_store: %s: %s\n", err->id, err->what);
    exit(1);
}

static void add_pages(bylaw__store *store)
{
    struct bylaw_error err = {0};

    need(bylaw__store_begin(store, &err), &err);
    for (int i = 0; i < PAGES; i++) {
        char url[96];
        struct bylaw__page_row row = {.url = url,
                                      .via = "bench",
                                      .kind = "page",
                                      .due_ms = i % 977};

        snprintf(url, sizeof(url), "https://host%d.test/articles/2026/%d",
                 i % HOSTS, i);
        need(bylaw__store_page_add(NULL, store, &row, &err), &err);
    }
    need(bylaw__store_commit(store, &err), &err);
}

/* Every tenth page carries the article. */
static void visit(bylaw__store *store, int64_t number)
{
    static char audit[2001];
    struct bylaw__visit_match match = {.source = "article",
                                       .verdict = "not-met",
                                       .because = "no credit",
                                       .audit_json = audit};
    struct bylaw__visit_record record = {.page = 1 + number % PAGES,
                                         .fetched_ms = NOW_MS + number,
                                         .due_ms = NOW_MS * 2,
                                         .status = 200,
                                         .is_complete = true,
                                         .matches = &match,
                                         .match_count = number % 10 == 0};
    struct bylaw_error err = {0};

    memset(audit, 'x', sizeof(audit) - 1);
    need(bylaw__store_visit(store, &record, &err), &err);
}

static double visits_alone(bylaw__store *store)
{
    double began = now();

    for (int64_t i = 0; i < ALONE; i++)
        visit(store, i);
    return ALONE / (now() - began);
}

static double visits_batched(bylaw__store *store)
{
    struct bylaw_error err = {0};
    double began = now();

    for (int64_t i = 0; i < BATCHED; i += BATCH_VISITS) {
        need(bylaw__store_begin(store, &err), &err);
        for (int64_t j = 0; j < BATCH_VISITS; j++)
            visit(store, ALONE + i + j);
        need(bylaw__store_commit(store, &err), &err);
    }
    return BATCHED / (now() - began);
}

static int count_page(void *payload, const struct bylaw__page_row *row)
{
    (void)row;
    ++*(size_t *)payload;
    return 0;
}

/* Milliseconds for one question. */
static double due(bylaw__store *store, size_t most)
{
    struct bylaw_error err = {0};
    size_t told = 0;
    double began = now();

    for (int i = 0; i < DUE_ROUNDS; i++)
        need(bylaw__store_pages_due(store, NOW_MS, most, count_page, &told,
                                    &err),
             &err);
    if (told != most * DUE_ROUNDS)
        exit(1);
    return 1e3 * (now() - began) / DUE_ROUNDS;
}

int main(void)
{
    const char *folder = getenv("BYLAW_BENCH_DIR");
    struct bylaw__source_row source = {.name = "article",
                                       .spec = "a",
                                       .kind = "article"};
    struct bylaw_error err = {0};
    bylaw__store *store = NULL;
    char path[512];
    double began;

    snprintf(path, sizeof(path), "%s/bench-store-%d.db", folder ? folder : ".",
             (int)getpid());
    need(bylaw__store_open(&store, path, BYLAW__STORE_CREATE, &err), &err);
    need(bylaw__store_source_add(NULL, store, &source, &err), &err);
    began = now();
    add_pages(store);
    printf("{\"pages\":%d,\"hosts\":%d,\"pages_added_per_s\":%.0f,", PAGES,
           HOSTS, PAGES / (now() - began));
    printf("\"due_1000_ms\":%.2f,\"due_100_ms\":%.2f,", due(store, DUE_ASKED),
           due(store, DUE_ASKED / 10));
    printf("\"visits_alone_per_s\":%.0f,", visits_alone(store));
    printf("\"visits_in_batches_of_%d_per_s\":%.0f}\n", BATCH_VISITS,
           visits_batched(store));
    bylaw__store_close(store);
    unlink(path);
    snprintf(path + strlen(path), sizeof(path) - strlen(path), "-journal");
    unlink(path);
    return 0;
}
