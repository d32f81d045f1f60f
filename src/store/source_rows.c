/* SPDX-License-Identifier: Apache-2.0 */
/* Sources: the articles to protect, and the lists they come from. */
#include "store_int.h"

static int fail_unknown(bylaw__store *store, const char *name,
                        struct bylaw_error *err)
{
    return bylaw__fail(err, BYLAW_EUSAGE, "store.no-source", store->path,
                       "no source is called \"%.200s\"", name);
}

static void bind_source(struct bylaw__sql *sql,
                        const struct bylaw__source_row *row)
{
    bylaw__sql_text(sql, row->name);
    bylaw__sql_text(sql, row->spec);
    bylaw__sql_text(sql, row->kind);
    bylaw__sql_text(sql, row->url);
    bylaw__sql_text(sql, row->rule);
    bylaw__sql_text(sql, row->title);
    bylaw__sql_text(sql, row->sha256);
    bylaw__sql_int(sql, row->added_ms);
    bylaw__sql_int(sql, row->refreshed_ms);
    bylaw__sql_int(sql, row->parent);
}

int bylaw__store_source_add(int64_t *out_id, bylaw__store *store,
                            const struct bylaw__source_row *row,
                            struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_SOURCE_ADD);
    int64_t id = 0;
    int rc;

    bind_source(&sql, row);
    while (bylaw__sql_row(&sql))
        id = bylaw__sql_get_int(&sql, 0);
    rc = bylaw__sql_end(&sql, err);
    if (!rc && !id)
        rc = bylaw__fail(err, BYLAW_EUSAGE, "store.source-known", store->path,
                         "a source is called \"%.200s\" already", row->name);
    if (out_id)
        *out_id = rc ? 0 : id;
    return rc;
}

/* Runs a statement on a named source; it must hit at least one. */
static int finish_named(struct bylaw__sql *sql, const char *name,
                        struct bylaw_error *err)
{
    bylaw__store *store = sql->store;
    size_t hits = 0;
    int rc;

    while (bylaw__sql_row(sql))
        hits++;
    rc = bylaw__sql_end(sql, err);
    return !rc && !hits ? fail_unknown(store, name, err) : rc;
}

int bylaw__store_source_refresh(bylaw__store *store, const char *name,
                                const char *title, const char *sha256,
                                int64_t now_ms, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_SOURCE_REFRESH);

    bylaw__sql_text(&sql, name);
    bylaw__sql_text(&sql, title);
    bylaw__sql_text(&sql, sha256);
    bylaw__sql_int(&sql, now_ms);
    return finish_named(&sql, name, err);
}

int bylaw__store_source_remove(bylaw__store *store, const char *name,
                               int64_t now_ms, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_SOURCE_REMOVE);

    bylaw__sql_text(&sql, name);
    bylaw__sql_int(&sql, now_ms);
    return finish_named(&sql, name, err);
}

static struct bylaw__source_row read_source(struct bylaw__sql *sql)
{
    struct bylaw__source_row row = {
        .id = bylaw__sql_get_int(sql, 0),
        .name = bylaw__sql_get_text(sql, 1),
        .spec = bylaw__sql_get_text(sql, 2),
        .kind = bylaw__sql_get_text(sql, 3),
        .url = bylaw__sql_get_text(sql, 4),
        .rule = bylaw__sql_get_text(sql, 5),
        .title = bylaw__sql_get_text(sql, 6),
        .sha256 = bylaw__sql_get_text(sql, 7),
        .added_ms = bylaw__sql_get_int(sql, 8),
        .refreshed_ms = bylaw__sql_get_int(sql, 9),
        .parent = bylaw__sql_get_int(sql, 10),
    };

    return row;
}

int bylaw__store_sources(bylaw__store *store, bylaw__source_row_fn *each,
                         void *payload, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_SOURCES);
    int rc, answer = 0;

    while (!answer && bylaw__sql_row(&sql)) {
        struct bylaw__source_row row = read_source(&sql);

        if (!sql.rc)
            answer = each(payload, &row);
    }
    rc = bylaw__sql_end(&sql, err);
    return rc ? rc : answer;
}
