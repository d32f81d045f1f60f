/* SPDX-License-Identifier: Apache-2.0 */
/* Scans: when the program went over the pages, and what came of it. */
#include "case_int.h"

/* Told to callers that keep a row, so the texts are static. */
static const char *const outcomes[] = {"", "complete", "limited", "interrupted",
                                       "barren"};
#define OUTCOME_COUNT (sizeof(outcomes) / sizeof(outcomes[0]))

static const char *outcome_of(const char *name)
{
    for (size_t i = 0; name && i < OUTCOME_COUNT; i++)
        if (!strcmp(outcomes[i], name))
            return outcomes[i];
    return NULL;
}

static int add_scan(int64_t *out_id, bylaw__store *store, int64_t now_ms,
                    struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_SCAN_ADD);

    bylaw__sql_int(&sql, now_ms);
    while (bylaw__sql_row(&sql))
        *out_id = bylaw__sql_get_int(&sql, 0);
    return bylaw__sql_end(&sql, err);
}

/* An allowance must not end in silence, even if its page is never due. */
static int warn_of_allowances(bylaw__store *store, int64_t now_ms,
                              struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_WARN_EVENTS);
    int rc;

    bylaw__sql_int(&sql, now_ms);
    bylaw__sql_int(&sql, now_ms + BYLAW__CASE_WARN_MS);
    bylaw__sql_text(&sql, bylaw__case_warning());
    rc = bylaw__sql_finish(&sql, err);
    if (rc)
        return rc;
    sql = bylaw__sql_start(store, BYLAW__SQL_WARN_CASES);
    bylaw__sql_int(&sql, now_ms);
    bylaw__sql_int(&sql, now_ms + BYLAW__CASE_WARN_MS);
    return bylaw__sql_finish(&sql, err);
}

int bylaw__store_scan_begin(int64_t *out_id, bylaw__store *store,
                            int64_t now_ms, struct bylaw_error *err)
{
    int rc = bylaw__store_enter(store, err);

    *out_id = 0;
    if (rc)
        return rc;
    rc = add_scan(out_id, store, now_ms, err);
    if (!rc)
        rc = warn_of_allowances(store, now_ms, err);
    rc = bylaw__store_leave(rc, store, err);
    if (rc)
        *out_id = 0;
    return rc;
}

int bylaw__store_scan_end(bylaw__store *store,
                          const struct bylaw__scan_row *row,
                          struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_SCAN_END);
    bool is_known = false;
    int rc;

    bylaw__sql_int(&sql, row->id);
    bylaw__sql_int(&sql, row->ended_ms);
    bylaw__sql_text(&sql, outcome_of(row->outcome));
    bylaw__sql_int(&sql, (int64_t)row->fetched);
    bylaw__sql_int(&sql, (int64_t)row->matched);
    bylaw__sql_int(&sql, (int64_t)row->failed);
    bylaw__sql_int(&sql, (int64_t)row->changed);
    while (bylaw__sql_row(&sql))
        is_known = true;
    rc = bylaw__sql_end(&sql, err);
    if (!rc && !is_known)
        rc = bylaw__fail(err, BYLAW_EUSAGE, "store.no-scan", store->path,
                         "no scan has the number %lld", (long long)row->id);
    return rc;
}

/* -------------------------------------------------------------- spent --- */

#define DAY_MS ((int64_t)24 * 3600 * 1000)

/* A clock that was set back makes a scan of the future; it is near enough. */
static bool was_cut(struct bylaw__sql *row, int64_t now_ms)
{
    const char *outcome = bylaw__sql_get_text(row, 2);
    int64_t age = now_ms - bylaw__sql_get_int(row, 0);
    bool is_open = !bylaw__sql_get_int(row, 1) ||
                   (outcome && strcmp(outcome, "interrupted") == 0);

    return is_open && age < DAY_MS && age > -DAY_MS;
}

/* *out: newest visit before them; -1 where the scan before was not cut. */
static int find_cut(int64_t *out, bylaw__store *store, int64_t scan,
                    int64_t now_ms, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_SCANS_CUT);

    *out = -1;
    bylaw__sql_int(&sql, scan);
    while (bylaw__sql_row(&sql) && was_cut(&sql, now_ms))
        *out = bylaw__sql_get_int(&sql, 3);
    return bylaw__sql_end(&sql, err);
}

int bylaw__store_spent(bylaw__store *store, int64_t scan, int64_t now_ms,
                       unsigned depth, bylaw__spent_row_fn *each, void *payload,
                       struct bylaw_error *err)
{
    struct bylaw__sql sql;
    int64_t since;
    int rc = find_cut(&since, store, scan, now_ms, err), answer = 0;

    if (rc || since < 0)
        return rc;
    sql = bylaw__sql_start(store, BYLAW__SQL_SPENT);
    bylaw__sql_int(&sql, since);
    bylaw__sql_int(&sql, depth);
    while (!answer && bylaw__sql_row(&sql)) {
        struct bylaw__spent_row row = {
            .host = bylaw__sql_get_text(&sql, 0),
            .pages = (uint64_t)bylaw__sql_get_int(&sql, 1),
            .crawled = (uint64_t)bylaw__sql_get_int(&sql, 2),
            .asked = (uint64_t)bylaw__sql_get_int(&sql, 3),
        };

        if (!sql.rc)
            answer = each(payload, &row);
    }
    rc = bylaw__sql_end(&sql, err);
    return rc ? rc : answer;
}

/* --------------------------------------------------------------- rows --- */

int bylaw__store_scans(bylaw__store *store, size_t most,
                       bylaw__scan_row_fn *each, void *payload,
                       struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_SCANS);
    int rc, answer = 0;

    bylaw__sql_int(&sql, most > INT32_MAX ? INT32_MAX : (int64_t)most);
    while (!answer && bylaw__sql_row(&sql)) {
        const char *outcome = outcome_of(bylaw__sql_get_text(&sql, 3));
        struct bylaw__scan_row row = {
            .id = bylaw__sql_get_int(&sql, 0),
            .began_ms = bylaw__sql_get_int(&sql, 1),
            .ended_ms = bylaw__sql_get_int(&sql, 2),
            .outcome = outcome ? outcome : outcomes[0],
            .fetched = (uint64_t)bylaw__sql_get_int(&sql, 4),
            .matched = (uint64_t)bylaw__sql_get_int(&sql, 5),
            .failed = (uint64_t)bylaw__sql_get_int(&sql, 6),
            .changed = (uint64_t)bylaw__sql_get_int(&sql, 7),
        };

        answer = each(payload, &row);
    }
    rc = bylaw__sql_end(&sql, err);
    return rc ? rc : answer;
}

struct last {
    struct bylaw__scan_row *row;
    bool is_found;
};

static int keep_finished(void *payload, const struct bylaw__scan_row *row)
{
    struct last *last = payload;

    if (!row->ended_ms)
        return 0;
    *last->row = *row;
    last->is_found = true;
    return 1;
}

int bylaw__store_last_scan(struct bylaw__scan_row *out, bool *out_found,
                           bylaw__store *store, struct bylaw_error *err)
{
    struct last last = {.row = out};
    int rc = bylaw__store_scans(store, SIZE_MAX, keep_finished, &last, err);

    *out_found = last.is_found;
    return rc < 0 ? rc : 0;
}
