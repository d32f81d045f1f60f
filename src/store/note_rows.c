/* SPDX-License-Identifier: Apache-2.0 */
/* Notes: what a scan wants to know again, by name; and what it unlearns. */
#include "store_int.h"

int bylaw__store_note_put(bylaw__store *store, const char *name,
                          struct bylaw_span value, int64_t at_ms,
                          struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_NOTE_PUT);

    bylaw__sql_text(&sql, name);
    bylaw__sql_int(&sql, at_ms);
    if (!sql.rc && value.len > BYLAW_LIMIT_STORE_VALUE)
        sql.rc = SQLITE_TOOBIG;
    if (!sql.rc)
        sql.rc =
            sqlite3_bind_blob(sql.stmt, sql.next++, value.len ? value.ptr : "",
                              (int)value.len, SQLITE_STATIC);
    return bylaw__sql_finish(&sql, err);
}

int bylaw__store_note_get(struct bylaw__buf *out, int64_t *out_at_ms,
                          bylaw__store *store, const char *name,
                          struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_NOTE_GET);
    int rc;

    *out_at_ms = 0;
    bylaw__sql_text(&sql, name);
    while (bylaw__sql_row(&sql)) {
        *out_at_ms = bylaw__sql_get_int(&sql, 0);
        bylaw__buf_add(out, sqlite3_column_blob(sql.stmt, 1),
                       (size_t)sqlite3_column_bytes(sql.stmt, 1));
    }
    rc = bylaw__sql_end(&sql, err);
    return !rc && out->failed ? bylaw__fail_memory(err, store->path) : rc;
}

int bylaw__store_pages_forget(bylaw__store *store, int64_t due_ms,
                              struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_PAGES_FORGET);

    bylaw__sql_int(&sql, due_ms);
    return bylaw__sql_finish(&sql, err);
}

int bylaw__store_pages_set_back(bylaw__store *store, int64_t now_ms,
                                struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_PAGES_SET_BACK);

    bylaw__sql_int(&sql, now_ms);
    return bylaw__sql_finish(&sql, err);
}

int bylaw__store_page_nearer(bylaw__store *store, int64_t page, unsigned depth,
                             struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_PAGE_NEARER);

    bylaw__sql_int(&sql, page);
    bylaw__sql_int(&sql, depth);
    return bylaw__sql_finish(&sql, err);
}
