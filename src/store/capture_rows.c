/* SPDX-License-Identifier: Apache-2.0 */
/* Where captures stand; never what is in them. */
#include "store_int.h"

static int add_capture(bylaw__store *store, int64_t visit, const char *source,
                       const struct bylaw__capture_row *row,
                       struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CAPTURE_ADD);

    if (visit)
        bylaw__sql_int(&sql, visit);
    else
        bylaw__sql_text(&sql, NULL);
    bylaw__sql_text(&sql, source);
    bylaw__sql_int(&sql, row->at_ms);
    bylaw__sql_text(&sql, row->kind);
    bylaw__sql_text(&sql, row->url);
    bylaw__sql_text(&sql, row->file);
    bylaw__sql_int(&sql, (int64_t)row->offset);
    bylaw__sql_int(&sql, (int64_t)row->length);
    bylaw__sql_text(&sql, row->sha256);
    bylaw__sql_text(&sql, row->record);
    bylaw__sql_text(&sql, row->payload_sha256);
    return bylaw__sql_finish(&sql, err);
}

int bylaw__store_capture_of_visit(bylaw__store *store, int64_t visit,
                                  const struct bylaw__capture_row *row,
                                  struct bylaw_error *err)
{
    return add_capture(store, visit, NULL, row, err);
}

int bylaw__store_source_capture(bylaw__store *store, const char *name,
                                const struct bylaw__capture_row *row,
                                struct bylaw_error *err)
{
    int64_t source;
    int rc = bylaw__store_source_id(&source, store, name, err);

    return rc ? rc : add_capture(store, 0, name, row, err);
}

static void read_row(struct bylaw__capture_row *row, struct bylaw__sql *sql)
{
    row->id = bylaw__sql_get_int(sql, 0);
    row->visit = bylaw__sql_get_int(sql, 1);
    row->source = bylaw__sql_get_text(sql, 2);
    row->at_ms = bylaw__sql_get_int(sql, 3);
    row->kind = bylaw__sql_get_text(sql, 4);
    row->url = bylaw__sql_get_text(sql, 5);
    row->file = bylaw__sql_get_text(sql, 6);
    row->offset = (uint64_t)bylaw__sql_get_int(sql, 7);
    row->length = (uint64_t)bylaw__sql_get_int(sql, 8);
    row->sha256 = bylaw__sql_get_text(sql, 9);
    row->record = bylaw__sql_get_text(sql, 10);
    row->payload_sha256 = bylaw__sql_get_text(sql, 11);
    row->archive = bylaw__sql_get_text(sql, 12);
}

static int tell_rows(struct bylaw__sql *sql, bylaw__capture_row_fn *each,
                     void *payload, struct bylaw_error *err)
{
    int rc = 0, ended;

    while (!rc && bylaw__sql_row(sql)) {
        struct bylaw__capture_row row;

        read_row(&row, sql);
        rc = each(payload, &row);
    }
    ended = bylaw__sql_end(sql, rc ? NULL : err);
    return rc ? rc : ended;
}

int bylaw__store_captures(bylaw__store *store,
                          const struct bylaw__capture_filter *filter,
                          bylaw__capture_row_fn *each, void *payload,
                          struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CAPTURES);

    bylaw__sql_int(&sql, filter->case_id);
    bylaw__sql_text(&sql, filter->source);
    return tell_rows(&sql, each, payload, err);
}

int bylaw__store_capture_last(bylaw__store *store, int64_t page,
                              const char *source, bylaw__capture_row_fn *each,
                              void *payload, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CAPTURE_LAST);

    bylaw__sql_int(&sql, page);
    bylaw__sql_text(&sql, source);
    return tell_rows(&sql, each, payload, err);
}

int bylaw__store_capture_named(bylaw__store *store, const char *record,
                               bylaw__capture_row_fn *each, void *payload,
                               struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CAPTURE_NAMED);

    bylaw__sql_text(&sql, record);
    return tell_rows(&sql, each, payload, err);
}

int bylaw__store_verdicts(bylaw__store *store, bylaw__verdict_row_fn *each,
                          void *payload, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_VERDICTS);
    int rc = 0, ended;

    while (!rc && bylaw__sql_row(&sql)) {
        struct bylaw__verdict_row row = {
            .match = bylaw__sql_get_int(&sql, 0),
            .visit = bylaw__sql_get_int(&sql, 1),
            .fetched_ms = bylaw__sql_get_int(&sql, 2),
            .url = bylaw__sql_get_text(&sql, 3),
            .source = bylaw__sql_get_text(&sql, 4),
            .verdict = bylaw__sql_get_text(&sql, 5),
            .because = bylaw__sql_get_text(&sql, 6),
            .rule_sha256 = bylaw__sql_get_text(&sql, 7),
            .audit_sha256 = bylaw__sql_get_text(&sql, 8),
            .kind = bylaw__sql_get_text(&sql, 9),
            .file = bylaw__sql_get_text(&sql, 10),
            .sha256 = bylaw__sql_get_text(&sql, 11),
            .offset = (uint64_t)bylaw__sql_get_int(&sql, 12),
            .length = (uint64_t)bylaw__sql_get_int(&sql, 13),
        };

        rc = each(payload, &row);
    }
    ended = bylaw__sql_end(&sql, rc ? NULL : err);
    return rc ? rc : ended;
}
