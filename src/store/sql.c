/* SPDX-License-Identifier: Apache-2.0 */
/* Running prepared statements, transactions, and what SQLite's codes mean. */
#include "store_int.h"

#include <limits.h>

/* ------------------------------------------------------------- errors --- */

struct failure {
    int sqlite; /* primary result code */
    int code;
    const char *id, *what;
};

static const struct failure failures[] = {
    {SQLITE_BUSY, BYLAW_EIO, "store.busy", "another process is writing to it"},
    {SQLITE_LOCKED, BYLAW_EIO, "store.busy", "a table is being read"},
    {SQLITE_FULL, BYLAW_EIO, "store.full", "there is no room left to write"},
    {SQLITE_READONLY, BYLAW_EIO, "store.read-only", "it cannot be written to"},
    {SQLITE_PERM, BYLAW_EIO, "store.read-only", "it cannot be written to"},
    {SQLITE_CORRUPT, BYLAW_EIO, "store.damaged", "its structure is broken"},
    {SQLITE_NOTADB, BYLAW_EUNSUPPORTED, "store.foreign",
     "it is not a database"},
    {SQLITE_IOERR, BYLAW_EIO, "store.io", "reading or writing it failed"},
    {SQLITE_CANTOPEN, BYLAW_EIO, "store.io", "it cannot be opened"},
    {SQLITE_CONSTRAINT, BYLAW_EUSAGE, "store.value",
     "a value breaks a rule of the database"},
    {SQLITE_MISMATCH, BYLAW_EUSAGE, "store.value", "a value has a wrong type"},
    {SQLITE_TOOBIG, BYLAW_ELIMIT, "store.too-large",
     "a value is larger than the database takes"},
};

int bylaw__store_fail(sqlite3 *db, int code, const char *path,
                      struct bylaw_error *err)
{
    /* Not every code comes from SQLite: a ceiling is checked here. */
    const char *said = db && sqlite3_extended_errcode(db) == code
                           ? sqlite3_errmsg(db)
                           : sqlite3_errstr(code);

    if ((code & 0xff) == SQLITE_NOMEM)
        return bylaw__fail_memory(err, path);
    for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++)
        if (failures[i].sqlite == (code & 0xff))
            return bylaw__fail(err, failures[i].code, failures[i].id, path,
                               "%s (%s)", failures[i].what, said);
    return bylaw__fail(err, BYLAW_EINTERNAL, "base.defect", path,
                       "the database answered with code %d (%s)", code, said);
}

/* --------------------------------------------------------- statements --- */

struct bylaw__sql bylaw__sql_start(bylaw__store *store, enum bylaw__sql_id id)
{
    struct bylaw__sql sql = {.store = store, .next = 1, .is_cached = true};
    sqlite3_stmt *kept = store->cache[id];

    /* A callback may have the store run the statement whose rows it gets. */
    if (kept && sqlite3_stmt_busy(kept))
        sql.is_cached = false;
    if (kept && sql.is_cached) {
        sql.stmt = kept;
        return sql;
    }
    sql.rc = sqlite3_prepare_v3(store->db, bylaw__sql_text_of(id), -1,
                                sql.is_cached ? SQLITE_PREPARE_PERSISTENT : 0,
                                &sql.stmt, NULL);
    if (sql.is_cached)
        store->cache[id] = sql.stmt;
    return sql;
}

void bylaw__sql_int(struct bylaw__sql *sql, int64_t value)
{
    if (!sql->rc)
        sql->rc = sqlite3_bind_int64(sql->stmt, sql->next++, value);
}

void bylaw__sql_real(struct bylaw__sql *sql, double value)
{
    if (!sql->rc)
        sql->rc = sqlite3_bind_double(sql->stmt, sql->next++, value);
}

void bylaw__sql_text(struct bylaw__sql *sql, const char *value)
{
    size_t len = value ? strlen(value) : 0;

    if (sql->rc)
        return;
    if (len > BYLAW_LIMIT_STORE_VALUE)
        sql->rc = SQLITE_TOOBIG;
    else if (value)
        sql->rc = sqlite3_bind_text(sql->stmt, sql->next++, value, (int)len,
                                    SQLITE_STATIC);
    else
        sql->rc = sqlite3_bind_null(sql->stmt, sql->next++);
}

bool bylaw__sql_row(struct bylaw__sql *sql)
{
    int code;

    if (sql->rc)
        return false;
    code = sqlite3_step(sql->stmt);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        sql->rc = code;
    return code == SQLITE_ROW;
}

int64_t bylaw__sql_get_int(struct bylaw__sql *sql, int column)
{
    return sqlite3_column_int64(sql->stmt, column);
}

double bylaw__sql_get_real(struct bylaw__sql *sql, int column)
{
    return sqlite3_column_double(sql->stmt, column);
}

const char *bylaw__sql_get_text(struct bylaw__sql *sql, int column)
{
    const unsigned char *text = sqlite3_column_text(sql->stmt, column);

    if (!text && sqlite3_column_type(sql->stmt, column) != SQLITE_NULL)
        sql->rc = SQLITE_NOMEM;
    return (const char *)text;
}

int bylaw__sql_end(struct bylaw__sql *sql, struct bylaw_error *err)
{
    int rc = 0;

    if (sql->rc)
        rc = bylaw__store_fail(sql->store->db, sql->rc, sql->store->path, err);
    if (!sql->is_cached) {
        sqlite3_finalize(sql->stmt);
    } else if (sql->stmt) {
        sqlite3_reset(sql->stmt);
        sqlite3_clear_bindings(sql->stmt);
    }
    sql->stmt = NULL;
    return rc;
}

int bylaw__sql_finish(struct bylaw__sql *sql, struct bylaw_error *err)
{
    while (bylaw__sql_row(sql))
        ;
    return bylaw__sql_end(sql, err);
}

int bylaw__sql_run(bylaw__store *store, enum bylaw__sql_id id,
                   struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, id);

    return bylaw__sql_finish(&sql, err);
}

int bylaw__store_pragma(int64_t *out, sqlite3 *db, const char *pragma,
                        const char *path, struct bylaw_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = 0, code = sqlite3_prepare_v2(db, pragma, -1, &stmt, NULL);

    *out = 0;
    if (!code)
        code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(stmt, 0);
    else
        rc = bylaw__store_fail(db, code, path, err);
    sqlite3_finalize(stmt);
    return rc;
}

/* ------------------------------------------------------- transactions --- */

/* Some failures (a full disk) make SQLite end the transaction by itself. */
static bool is_batch_lost(const bylaw__store *store)
{
    return store->is_batch && sqlite3_get_autocommit(store->db);
}

static int fail_lost(bylaw__store *store, struct bylaw_error *err)
{
    return bylaw__fail(err, BYLAW_EIO, "store.batch-lost", store->path,
                       "an earlier failure undid everything since the batch "
                       "began");
}

int bylaw__store_enter(bylaw__store *store, struct bylaw_error *err)
{
    if (is_batch_lost(store))
        return fail_lost(store, err);
    return bylaw__sql_run(store,
                          store->is_batch ? BYLAW__SQL_STEP_BEGIN
                                          : BYLAW__SQL_BEGIN,
                          err);
}

static void undo(bylaw__store *store)
{
    if (sqlite3_get_autocommit(store->db))
        return;
    if (!store->is_batch) {
        bylaw__sql_run(store, BYLAW__SQL_ROLLBACK, NULL);
        return;
    }
    bylaw__sql_run(store, BYLAW__SQL_STEP_UNDO, NULL);
    bylaw__sql_run(store, BYLAW__SQL_STEP_KEEP, NULL);
}

int bylaw__store_leave(int rc, bylaw__store *store, struct bylaw_error *err)
{
    if (!rc)
        rc = bylaw__sql_run(store,
                            store->is_batch ? BYLAW__SQL_STEP_KEEP
                                            : BYLAW__SQL_COMMIT,
                            err);
    if (rc)
        undo(store);
    return rc;
}

int bylaw__store_begin(bylaw__store *store, struct bylaw_error *err)
{
    int rc;

    if (store->is_batch)
        return bylaw__fail(err, BYLAW_EUSAGE, "store.batch-open", store->path,
                           "a batch is open already");
    rc = bylaw__sql_run(store, BYLAW__SQL_BEGIN, err);
    store->is_batch = !rc;
    return rc;
}

int bylaw__store_commit(bylaw__store *store, struct bylaw_error *err)
{
    bool is_lost = is_batch_lost(store);

    if (!store->is_batch)
        return 0;
    store->is_batch = false;
    return is_lost ? fail_lost(store, err) : bylaw__store_leave(0, store, err);
}
