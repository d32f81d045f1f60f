/* SPDX-License-Identifier: Apache-2.0 */
/* A ledger in a folder of its own, for tests. */
#ifndef BYLAW_TEST_LEDGERING_H
#define BYLAW_TEST_LEDGERING_H

#include "evidence/evidence.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define ORIGIN "bylaw-ledger/test"
#define BOOT   "11111111-2222-3333-4444-555555555555"
/* 2026-11-23T00:00:00Z */
#define TODAY ((int64_t)1795392000000)

struct ledgering {
    char folder[64], path[96], key_path[96];
    bylaw__ledger *ledger;
    bylaw__key *key;
    struct bylaw__moment now;
    int64_t due;
};

static inline void assert_done(int rc, const struct bylaw_error *err)
{
    if (rc)
        fail_msg("%s: %s", err->id, err->what);
}

static inline void open_ledger(struct ledgering *l)
{
    struct bylaw_error err = {0};

    assert_done(bylaw__ledger_open(&l->ledger, l->path, &err), &err);
}

static inline void close_ledger(struct ledgering *l)
{
    bylaw__ledger_close(l->ledger);
    l->ledger = NULL;
}

/* One entry; the clocks move on by a second. */
static inline void enter(struct ledgering *l, const char *kind,
                         const char *body, int64_t due)
{
    struct bylaw_error err = {0};

    l->now.utc_ms += 1000;
    l->now.ticks_ms += 1000;
    assert_done(bylaw__ledger_add(l->ledger, kind, bylaw__span_of(body), due,
                                  &l->now, &err),
                &err);
}

static inline void seal(struct ledgering *l)
{
    struct bylaw_error err = {0};

    assert_done(bylaw__ledger_commit(l->ledger, &err), &err);
    assert_done(bylaw__ledger_checkpoint(l->ledger, l->key, l->now.utc_ms,
                                         &err),
                &err);
}

static inline void enter_many(struct ledgering *l, int count)
{
    for (int i = 0; i < count; i++) {
        char body[64];

        l->due++;
        snprintf(body, sizeof(body), "{\"row\":%lld}", (long long)l->due);
        enter(l, "verdict", body, l->due);
    }
}

/* Names the key, as the first entry of a workspace's ledger does. */
static inline void enter_key(struct ledgering *l, const char *kind)
{
    struct bylaw__buf body = {0};

    bylaw__buf_add_text(&body, "{\"key\":\"");
    bylaw__buf_add_base64(
        &body, (struct bylaw_span){(const char *)bylaw__key_public(l->key),
                                   BYLAW__KEY_BYTES});
    bylaw__buf_add_text(&body, "\"}");
    enter(l, kind, body.ptr, 0);
    bylaw__buf_release(&body);
}

static inline void new_key(struct ledgering *l, const char *name)
{
    struct bylaw_error err = {0};

    snprintf(l->key_path, sizeof(l->key_path), "%s/%s", l->folder, name);
    bylaw__key_free(l->key);
    assert_done(bylaw__key_make(l->key_path, &err), &err);
    assert_done(bylaw__key_load(&l->key, l->key_path, &err), &err);
}

static inline struct ledgering new_ledger(void)
{
    struct ledgering l = {.folder = "/tmp/bylaw-ledger-XXXXXX",
                          .now = {TODAY, BOOT, 5000}};
    struct bylaw_error err = {0};

    assert_non_null(mkdtemp(l.folder));
    snprintf(l.path, sizeof(l.path), "%s/ledger.db", l.folder);
    new_key(&l, "ledger.key");
    assert_done(bylaw__ledger_make(l.path, ORIGIN, &err), &err);
    open_ledger(&l);
    enter_key(&l, "workspace");
    return l;
}

/* A ledger of some runs: sizes 4, 8, 12 ... are signed. */
static inline struct ledgering full_ledger(int runs)
{
    struct ledgering l = new_ledger();

    enter_many(&l, 3);
    seal(&l);
    for (int i = 1; i < runs; i++) {
        enter_many(&l, 4);
        seal(&l);
    }
    return l;
}

static inline void drop_ledger(struct ledgering *l)
{
    static const char *const names[] = {"ledger.db", "ledger.db-journal",
                                        "ledger.key", "other.key", "copy.db"};

    close_ledger(l);
    bylaw__key_free(l->key);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char path[128];

        snprintf(path, sizeof(path), "%s/%s", l->folder, names[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(l->folder), 0);
}

/* Runs SQL on the file past the program, its triggers out of the way. */
static inline void tamper(const struct ledgering *l, const char *sql)
{
    sqlite3 *db = NULL;
    char *said = NULL;

    assert_int_equal(sqlite3_open(l->path, &db), SQLITE_OK);
    if (sqlite3_exec(db,
                     "DROP TRIGGER IF EXISTS entries_stay;"
                     "DROP TRIGGER IF EXISTS entries_hold;"
                     "DROP TRIGGER IF EXISTS checkpoints_stay;"
                     "DROP TRIGGER IF EXISTS checkpoints_hold;",
                     NULL, NULL, &said) ||
        sqlite3_exec(db, sql, NULL, NULL, &said))
        fail_msg("%s", said);
    sqlite3_close(db);
}

/* ------------------------------------------------------------ verifying --- */

#define MOST_FOUND 64

struct found {
    struct bylaw__verify_result result;
    struct {
        const char *id;
        int64_t entry;
    } faults[MOST_FOUND];
    size_t count;
};

static inline void take_fault(void *payload, const struct bylaw__fault *fault)
{
    struct found *found = payload;

    assert_non_null(bylaw_diagnostic_find(fault->what.id));
    assert_true(fault->what.what[0] != '\0');
    if (found->count < MOST_FOUND) {
        found->faults[found->count].id = fault->what.id;
        found->faults[found->count++].entry = fault->entry;
    }
}

static inline struct found verify(const struct ledgering *l,
                                  const struct bylaw__anchors *anchors)
{
    struct found found = {0};
    struct bylaw__verify_options options = {.anchors = anchors,
                                            .fault = take_fault,
                                            .payload = &found};
    struct bylaw_error err = {0};
    bylaw__ledger *ledger = NULL;

    assert_done(bylaw__ledger_open_read(&ledger, l->path, &err), &err);
    assert_done(bylaw__verify(&found.result, ledger, &options, &err), &err);
    bylaw__ledger_close(ledger);
    return found;
}

static inline bool has_fault(const struct found *found, const char *id,
                             int64_t entry)
{
    for (size_t i = 0; i < found->count; i++)
        if (!strcmp(found->faults[i].id, id) && found->faults[i].entry == entry)
            return true;
    return false;
}

static inline void assert_fault(const struct found *found, const char *id,
                                int64_t entry)
{
    if (has_fault(found, id, entry))
        return;
    for (size_t i = 0; i < found->count; i++)
        print_message("found %s at %lld\n", found->faults[i].id,
                      (long long)found->faults[i].entry);
    fail_msg("no fault %s at entry %lld", id, (long long)entry);
}

static inline void assert_holds(const struct found *found)
{
    if (found->count)
        fail_msg("%zu faults, the first %s at %lld", found->count,
                 found->faults[0].id, (long long)found->faults[0].entry);
}

/* The newest checkpoint, as somebody keeps it elsewhere. */
static inline void keep_anchor(struct bylaw__anchors *anchors,
                               const struct ledgering *l)
{
    struct bylaw__buf note = {0};
    struct bylaw_error err = {0};

    assert_done(bylaw__ledger_newest(&note, l->ledger, &err), &err);
    assert_done(bylaw__anchors_find(anchors, bylaw__buf_span(&note), "anchor",
                                    &err),
                &err);
    bylaw__buf_release(&note);
}

static inline struct bylaw__anchors newest_anchor(const struct ledgering *l)
{
    struct bylaw__anchors anchors = {0};

    keep_anchor(&anchors, l);
    return anchors;
}

#endif
