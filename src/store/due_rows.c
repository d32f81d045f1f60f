/* SPDX-License-Identifier: Apache-2.0 */
/* The queue of what the ledger must be told. */
#include "store_int.h"

/* What is too long for an entry is told of by its hash. */
static void add_text(struct bylaw__json *json, sqlite3_value *value)
{
    struct bylaw_span text = {(const char *)sqlite3_value_text(value),
                              (size_t)sqlite3_value_bytes(value)};
    char sha256[BYLAW__SHA256_HEX];

    if (!text.ptr || text.len <= BYLAW_LIMIT_LEDGER_TEXT) {
        bylaw__json_text(json, text.ptr);
        return;
    }
    if (bylaw__sha256_hex(sha256, text))
        json->out->failed = true;
    bylaw__json_object(json);
    bylaw__json_add_count(json, "bytes", text.len);
    bylaw__json_add_text(json, "sha256", sha256);
    bylaw__json_object_end(json);
}

/*
 * entry_object(name, value, ...): a JSON object. SQLite has one of its own,
 * but refuses it to a schema that is not trusted, and its spelling is not the
 * same in every version.
 */
static void entry_object(sqlite3_context *context, int count,
                         sqlite3_value **values)
{
    struct bylaw__buf out;
    struct bylaw__json json;

    bylaw__buf_init(&out, BYLAW_LIMIT_LEDGER_BODY);
    bylaw__json_init(&json, &out, false);
    bylaw__json_object(&json);
    for (int i = 0; i + 1 < count; i += 2) {
        sqlite3_value *value = values[i + 1];

        bylaw__json_key(&json, (const char *)sqlite3_value_text(values[i]));
        if (sqlite3_value_type(value) == SQLITE_INTEGER)
            bylaw__json_int(&json, sqlite3_value_int64(value));
        else
            add_text(&json, value);
    }
    bylaw__json_object_end(&json);
    if (out.failed)
        sqlite3_result_error_toobig(context);
    else
        sqlite3_result_text(context, out.ptr, (int)out.len, SQLITE_TRANSIENT);
    bylaw__buf_release(&out);
}

int bylaw__store_teach(sqlite3 *db)
{
    return sqlite3_create_function_v2(db, "entry_object", -1,
                                      SQLITE_UTF8 | SQLITE_DETERMINISTIC |
                                          SQLITE_INNOCUOUS,
                                      NULL, entry_object, NULL, NULL, NULL);
}

int bylaw__store_due_entries(bylaw__store *store, int64_t after,
                             bylaw__due_row_fn *each, void *payload,
                             struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_DUE_ENTRIES);
    int rc, answer = 0;

    bylaw__sql_int(&sql, after);
    while (!answer && bylaw__sql_row(&sql)) {
        struct bylaw__due_row row = {
            .due = bylaw__sql_get_int(&sql, 0),
            .kind = bylaw__sql_get_text(&sql, 1),
            .body = bylaw__sql_get_text(&sql, 2),
        };

        if (!sql.rc)
            answer = each(payload, &row);
    }
    rc = bylaw__sql_end(&sql, answer ? NULL : err);
    return answer ? answer : rc;
}

int bylaw__store_due_add(bylaw__store *store, const char *kind,
                         const char *body, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_DUE_ADD);

    bylaw__sql_text(&sql, kind);
    bylaw__sql_text(&sql, body);
    return bylaw__sql_finish(&sql, err);
}

int bylaw__store_due_newest(int64_t *out, bylaw__store *store,
                            struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_DUE_NEWEST);

    *out = bylaw__sql_row(&sql) ? bylaw__sql_get_int(&sql, 0) : 0;
    return bylaw__sql_end(&sql, err);
}

static int run_numbered(bylaw__store *store, enum bylaw__sql_id id,
                        int64_t number, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, id);

    bylaw__sql_int(&sql, number);
    return bylaw__sql_finish(&sql, err);
}

int bylaw__store_due_mark(bylaw__store *store, int64_t due,
                          struct bylaw_error *err)
{
    return run_numbered(store, BYLAW__SQL_DUE_MARK, due, err);
}

int bylaw__store_due_drop(bylaw__store *store, int64_t up_to,
                          struct bylaw_error *err)
{
    return run_numbered(store, BYLAW__SQL_DUE_DROP, up_to, err);
}

int bylaw__store_rule_text(bylaw__store *store, const char *sha256,
                           const char *rule, const char *text,
                           struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_RULE_TEXT_ADD);

    bylaw__sql_text(&sql, sha256);
    bylaw__sql_text(&sql, rule);
    bylaw__sql_text(&sql, text);
    return bylaw__sql_finish(&sql, err);
}

int bylaw__store_unentered(bylaw__store *store, bylaw__unentered_fn *each,
                           void *payload, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_UNENTERED);
    int rc, answer = 0;

    while (!answer && bylaw__sql_row(&sql)) {
        const char *kind = bylaw__sql_get_text(&sql, 0);

        if (kind)
            answer = each(payload, kind, bylaw__sql_get_int(&sql, 1));
    }
    rc = bylaw__sql_end(&sql, answer ? NULL : err);
    return answer ? answer : rc;
}

/* ------------------------------------------------------------- checking --- */

static const struct entry_kind {
    const char *name;
    enum bylaw__sql_id body, rows; /* rows COUNT: they are not counted */
} entry_kinds[] = {
    {"source", BYLAW__SQL_BODY_SOURCE, BYLAW__SQL_ROWS_SOURCE},
    {"scan", BYLAW__SQL_BODY_SCAN, BYLAW__SQL_ROWS_SCAN},
    {"visit", BYLAW__SQL_BODY_VISIT, BYLAW__SQL_COUNT},
    {"verdict", BYLAW__SQL_BODY_VERDICT, BYLAW__SQL_ROWS_VERDICT},
    {"state", BYLAW__SQL_BODY_STATE, BYLAW__SQL_ROWS_STATE},
    {"rule", BYLAW__SQL_BODY_RULE, BYLAW__SQL_ROWS_RULE},
    {"capture", BYLAW__SQL_BODY_CAPTURE, BYLAW__SQL_ROWS_CAPTURE},
};

static const struct entry_kind *find_kind(const char *name)
{
    for (size_t i = 0; i < sizeof(entry_kinds) / sizeof(entry_kinds[0]); i++)
        if (!strcmp(entry_kinds[i].name, name))
            return &entry_kinds[i];
    return NULL;
}

static int add_first_text(struct bylaw__buf *out, bylaw__store *store,
                          enum bylaw__sql_id id, int64_t row,
                          struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, id);
    const char *text;

    bylaw__sql_int(&sql, row);
    if (bylaw__sql_row(&sql) && (text = bylaw__sql_get_text(&sql, 0)) != NULL)
        bylaw__buf_add_text(out, text);
    return bylaw__sql_end(&sql, err);
}

int bylaw__store_entry_body(struct bylaw__buf *out, bylaw__store *store,
                            const char *kind, int64_t row,
                            struct bylaw_error *err)
{
    const struct entry_kind *found = find_kind(kind);

    return found ? add_first_text(out, store, found->body, row, err) : 0;
}

int bylaw__store_match_audit(struct bylaw__buf *out, bylaw__store *store,
                             int64_t match, struct bylaw_error *err)
{
    return add_first_text(out, store, BYLAW__SQL_MATCH_AUDIT, match, err);
}

int bylaw__store_trails(struct bylaw__buf *out, bylaw__store *store,
                        int64_t visit, struct bylaw_error *err)
{
    return add_first_text(out, store, BYLAW__SQL_TRAILS_OF, visit, err);
}

int bylaw__store_entry_rows(int64_t *out, bylaw__store *store, const char *kind,
                            int64_t due, struct bylaw_error *err)
{
    const struct entry_kind *found = find_kind(kind);
    struct bylaw__sql sql;
    int64_t newest;
    int rc;

    *out = 0;
    if (!found || found->rows == BYLAW__SQL_COUNT)
        return 0;
    rc = bylaw__store_due_newest(&newest, store, err);
    if (rc)
        return rc;
    sql = bylaw__sql_start(store, found->rows);
    bylaw__sql_int(&sql, due);
    bylaw__sql_int(&sql, newest > due);
    if (bylaw__sql_row(&sql))
        *out = bylaw__sql_get_int(&sql, 0);
    return bylaw__sql_end(&sql, err);
}

int bylaw__store_case_sights(bylaw__store *store, int64_t due,
                             bylaw__sight_row_fn *each, void *payload,
                             struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CASE_SIGHTS);
    int rc, answer = 0;

    bylaw__sql_int(&sql, due);
    while (!answer && bylaw__sql_row(&sql)) {
        struct bylaw__sight_row row = {
            .case_id = bylaw__sql_get_int(&sql, 0),
            .visit = bylaw__sql_get_int(&sql, 1),
            .is_first = bylaw__sql_get_int(&sql, 2) != 0,
            .is_last = bylaw__sql_get_int(&sql, 3) != 0,
            .is_unentered = bylaw__sql_get_int(&sql, 4) != 0,
        };

        if (!sql.rc)
            answer = each(payload, &row);
    }
    rc = bylaw__sql_end(&sql, answer ? NULL : err);
    return answer ? answer : rc;
}
