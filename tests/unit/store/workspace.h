/* SPDX-License-Identifier: Apache-2.0 */
/* A workspace database in a folder of its own, for tests of the store. */
#ifndef BYLAW_TEST_WORKSPACE_H
#define BYLAW_TEST_WORKSPACE_H

#include "store/store_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define MINUTE ((int64_t)60000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
/* 2026-11-23T00:00:00Z, the day on which the tests happen. */
#define TODAY ((int64_t)1795392000000)

/** The folder, the database's path, and the store while it is open. */
struct workspace {
    char folder[64], path[96];
    bylaw__store *store;
};

static inline void make_folder(struct workspace *ws)
{
    *ws = (struct workspace){.folder = "/tmp/bylaw-store-XXXXXX"};
    assert_non_null(mkdtemp(ws->folder));
    snprintf(ws->path, sizeof(ws->path), "%s/bylaw.db", ws->folder);
}

static inline void open_as(struct workspace *ws, enum bylaw__store_mode mode)
{
    struct bylaw_error err = {0};

    if (bylaw__store_open(&ws->store, ws->path, mode, &err))
        fail_msg("%s: %s", err.id, err.what);
}

static inline struct workspace new_workspace(void)
{
    struct workspace ws;

    make_folder(&ws);
    open_as(&ws, BYLAW__STORE_CREATE);
    return ws;
}

static inline void shut(struct workspace *ws)
{
    bylaw__store_close(ws->store);
    ws->store = NULL;
}

static inline void reopen(struct workspace *ws)
{
    shut(ws);
    open_as(ws, BYLAW__STORE_WRITE);
}

static inline void drop(struct workspace *ws)
{
    char journal[112];

    shut(ws);
    snprintf(journal, sizeof(journal), "%s-journal", ws->path);
    unlink(journal);
    unlink(ws->path);
    rmdir(ws->folder);
}

/** Runs SQL on the file from outside, as another program would. */
static inline void tamper(const struct workspace *ws, const char *sql)
{
    sqlite3 *db = NULL;

    assert_int_equal(0, sqlite3_open(ws->path, &db));
    assert_int_equal(0, sqlite3_exec(db, sql, NULL, NULL, NULL));
    sqlite3_close(db);
}

/** The first number that SQL gives on the open store. */
static inline int64_t number(const struct workspace *ws, const char *sql)
{
    int64_t value;

    assert_int_equal(0, bylaw__store_pragma(&value, ws->store->db, sql,
                                            ws->path, NULL));
    return value;
}

static inline void check_opens_with(const struct workspace *ws,
                                    enum bylaw__store_mode mode,
                                    const char *want)
{
    struct bylaw_error err = {0};
    bylaw__store *store = NULL;

    bylaw__store_open(&store, ws->path, mode, &err);
    assert_string_equal(err.id ? err.id : "", want ? want : "");
    assert_true((store != NULL) == (want == NULL));
    bylaw__store_close(store);
}

static inline void add_source(struct workspace *ws, const char *name)
{
    struct bylaw__source_row row = {.name = name,
                                    .spec = name,
                                    .kind = "article",
                                    .added_ms = TODAY};

    assert_int_equal(0, bylaw__store_source_add(NULL, ws->store, &row, NULL));
}

static inline bool add_page(struct workspace *ws, const char *url,
                            int64_t due_ms)
{
    struct bylaw__page_row row = {.url = url,
                                  .via = "test",
                                  .kind = "page",
                                  .due_ms = due_ms};
    struct bylaw_error err = {0};
    bool is_new = false;

    if (bylaw__store_page_add(&is_new, ws->store, &row, &err))
        fail_msg("%s: %s", err.id, err.what);
    return is_new;
}

static inline int keep_page_id(void *payload, const struct bylaw__page_row *row)
{
    *(int64_t *)payload = row->id;
    return 0;
}

static inline int64_t page_id(struct workspace *ws, const char *url)
{
    int64_t id = 0;

    assert_int_equal(0, bylaw__store_page_find(NULL, ws->store, url, "page",
                                               keep_page_id, &id, NULL));
    assert_true(id > 0);
    return id;
}

#endif
