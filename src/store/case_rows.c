/* SPDX-License-Identifier: Apache-2.0 */
/* Cases and their events, told to whoever asks. */
#include "case_int.h"

static struct bylaw__case_row read_case(struct bylaw__sql *sql)
{
    struct bylaw__case_row row = {
        .id = bylaw__sql_get_int(sql, 0),
        .source = bylaw__sql_get_text(sql, 1),
        .url = bylaw__sql_get_text(sql, 2),
        .host = bylaw__sql_get_text(sql, 3),
        .state = bylaw__case_state_at(sql, 4),
        .verdict = bylaw__sql_get_text(sql, 5),
        .because = bylaw__sql_get_text(sql, 6),
        .reason = bylaw__sql_get_text(sql, 7),
        .severity = (int)bylaw__sql_get_int(sql, 8),
        .first_ms = bylaw__sql_get_int(sql, 9),
        .last_ms = bylaw__sql_get_int(sql, 10),
        .changed_ms = bylaw__sql_get_int(sql, 11),
        .expires_ms = bylaw__sql_get_int(sql, 12),
        .rule = bylaw__sql_get_text(sql, 13),
        .confidence = bylaw__sql_get_text(sql, 14),
        .match_class = bylaw__sql_get_text(sql, 15),
        .coverage = bylaw__sql_get_real(sql, 16),
        .twin_of = bylaw__sql_get_int(sql, 17),
    };

    return row;
}

static int tell_cases(struct bylaw__sql *sql, bylaw__case_row_fn *each,
                      void *payload, struct bylaw_error *err)
{
    int rc, answer = 0;

    while (!answer && bylaw__sql_row(sql)) {
        struct bylaw__case_row row = read_case(sql);

        if (!sql->rc)
            answer = each(payload, &row);
    }
    rc = bylaw__sql_end(sql, err);
    return rc ? rc : answer;
}

int bylaw__store_site_works(bylaw__store *store, const char *host,
                            int64_t at_ms, bylaw__site_work_fn *each,
                            void *payload, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_SITE_WORKS);
    int rc, answer = 0;

    bylaw__sql_text(&sql, host);
    bylaw__sql_int(&sql, at_ms);
    while (!answer && bylaw__sql_row(&sql)) {
        const char *source = bylaw__sql_get_text(&sql, 0);

        if (!sql.rc)
            answer = each(payload, source, bylaw__sql_get_int(&sql, 1));
    }
    rc = bylaw__sql_end(&sql, err);
    return rc ? rc : answer;
}

int bylaw__store_cases(bylaw__store *store,
                       const struct bylaw__case_filter *filter,
                       bylaw__case_row_fn *each, void *payload,
                       struct bylaw_error *err)
{
    struct bylaw__sql sql =
        bylaw__sql_start(store,
                         filter->id ? BYLAW__SQL_CASE_ONE : BYLAW__SQL_CASES);

    bylaw__sql_text(&sql, filter->source);
    bylaw__sql_text(&sql, filter->host);
    bylaw__sql_text(&sql, filter->state < 0
                              ? NULL
                              : bylaw_case_state_name(
                                    (enum bylaw_case_state)filter->state));
    bylaw__sql_int(&sql, filter->changed_since_ms);
    bylaw__sql_int(&sql, filter->twin_of);
    if (filter->id)
        bylaw__sql_int(&sql, filter->id);
    return tell_cases(&sql, each, payload, err);
}

int bylaw__store_cases_since_scan(bylaw__store *store, int64_t scan,
                                  bylaw__case_row_fn *each, void *payload,
                                  struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CASES_SINCE);

    bylaw__sql_int(&sql, scan);
    return tell_cases(&sql, each, payload, err);
}

int bylaw__store_allowances(bylaw__store *store, int64_t now_ms,
                            bylaw__case_row_fn *each, void *payload,
                            struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_ALLOWANCES);

    bylaw__sql_int(&sql, now_ms + BYLAW__CASE_WARN_MS);
    return tell_cases(&sql, each, payload, err);
}

int bylaw__store_case_audit(struct bylaw__buf *out, bylaw__store *store,
                            int64_t id, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CASE_AUDIT);
    bool is_found;
    int rc;

    bylaw__sql_int(&sql, id);
    is_found = bylaw__sql_row(&sql);
    if (is_found)
        bylaw__buf_add_text(out, bylaw__sql_get_text(&sql, 0));
    rc = bylaw__sql_end(&sql, err);
    if (!rc && !is_found)
        rc = bylaw__fail(err, BYLAW_EUSAGE, "store.no-case", store->path,
                         "no case has the number %lld", (long long)id);
    if (!rc && out->failed)
        rc = bylaw__fail_memory(err, store->path);
    return rc;
}

/* ------------------------------------------------------------- events --- */

static int tell_events(struct bylaw__sql *sql, bylaw__event_row_fn *each,
                       void *payload, struct bylaw_error *err)
{
    int rc, answer = 0;

    while (!answer && bylaw__sql_row(sql)) {
        struct bylaw__event_row row = {
            .id = bylaw__sql_get_int(sql, 0),
            .case_id = bylaw__sql_get_int(sql, 1),
            .at_ms = bylaw__sql_get_int(sql, 2),
            .state = bylaw__case_state_at(sql, 3),
            .before = bylaw__case_state_at(sql, 4),
            .what = bylaw__sql_get_text(sql, 5),
            .by = bylaw__sql_get_text(sql, 6),
            .why = bylaw__sql_get_text(sql, 7),
            .expires_ms = bylaw__sql_get_int(sql, 8),
            .visit = bylaw__sql_get_int(sql, 9),
        };

        if (!sql->rc)
            answer = each(payload, &row);
    }
    rc = bylaw__sql_end(sql, err);
    return rc ? rc : answer;
}

int bylaw__store_case_events(bylaw__store *store, int64_t case_id,
                             bylaw__event_row_fn *each, void *payload,
                             struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_EVENTS_OF_CASE);

    bylaw__sql_int(&sql, case_id);
    return tell_events(&sql, each, payload, err);
}

int bylaw__store_events_since(bylaw__store *store, int64_t since_ms,
                              bylaw__event_row_fn *each, void *payload,
                              struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_EVENTS_SINCE);

    bylaw__sql_int(&sql, since_ms);
    return tell_events(&sql, each, payload, err);
}
