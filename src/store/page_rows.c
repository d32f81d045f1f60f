/* SPDX-License-Identifier: Apache-2.0 */
/* Pages: addresses with one identity each, and which of them are due. */
#include "store_int.h"

#include <stdlib.h>

/*
 * A page is what its canonical key says. A robots file speaks for exactly one
 * scheme, host and port (RFC 9309 s2.3), which the key would fold together.
 */
static const char *page_key(const bylaw_url *url, const char *kind)
{
    return strcmp(kind, "robots") ? bylaw_url_canonical(url)
                                  : bylaw_url_href(url);
}

static int find_page(int64_t *out_id, bylaw__store *store, const char *kind,
                     const char *key, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_PAGE_KNOWN);

    *out_id = 0;
    bylaw__sql_text(&sql, kind);
    bylaw__sql_text(&sql, key);
    while (bylaw__sql_row(&sql))
        *out_id = bylaw__sql_get_int(&sql, 0);
    return bylaw__sql_end(&sql, err);
}

static int insert_page(bylaw__store *store, const struct bylaw__page_row *row,
                       const bylaw_url *url, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_HOST_ADD);
    int rc;

    bylaw__sql_text(&sql, bylaw_url_host(url));
    rc = bylaw__sql_finish(&sql, err);
    if (rc)
        return rc;
    sql = bylaw__sql_start(store, BYLAW__SQL_PAGE_ADD);
    bylaw__sql_text(&sql, row->kind);
    bylaw__sql_text(&sql, page_key(url, row->kind));
    bylaw__sql_text(&sql, bylaw_url_host(url));
    bylaw__sql_text(&sql, bylaw_url_href(url));
    bylaw__sql_text(&sql, row->via);
    bylaw__sql_int(&sql, row->depth);
    bylaw__sql_int(&sql, row->due_ms);
    bylaw__sql_int(&sql, row->last_ms);
    bylaw__sql_int(&sql, row->interval_ms);
    bylaw__sql_int(&sql, row->failures);
    bylaw__sql_text(&sql, row->etag);
    bylaw__sql_text(&sql, row->last_modified);
    bylaw__sql_text(&sql, row->sha256);
    bylaw__sql_int(&sql, row->status);
    return bylaw__sql_finish(&sql, err);
}

/* Looked up again under the write lock: two processes may add one address. */
static int add_unknown(bool *out_new, bylaw__store *store,
                       const struct bylaw__page_row *row, const bylaw_url *url,
                       struct bylaw_error *err)
{
    int64_t id;
    int rc = bylaw__store_enter(store, err);

    if (rc)
        return rc;
    rc = find_page(&id, store, row->kind, page_key(url, row->kind), err);
    if (!rc && !id)
        rc = insert_page(store, row, url, err);
    *out_new = !rc && !id;
    rc = bylaw__store_leave(rc, store, err);
    if (rc)
        *out_new = false;
    return rc;
}

int bylaw__store_page_add(bool *out_new, bylaw__store *store,
                          const struct bylaw__page_row *row,
                          struct bylaw_error *err)
{
    bylaw_url *url = NULL;
    bool is_new = false;
    int64_t id = 0;
    int rc = bylaw_url_parse(&url, bylaw__span_of(row->url), NULL, err);

    if (!rc)
        rc = find_page(&id, store, row->kind, page_key(url, row->kind), err);
    if (!rc && !id)
        rc = add_unknown(&is_new, store, row, url, err);
    bylaw_url_free(url);
    if (out_new)
        *out_new = is_new;
    return rc;
}

static struct bylaw__page_row read_page(struct bylaw__sql *sql)
{
    struct bylaw__page_row row = {
        .id = bylaw__sql_get_int(sql, 0),
        .url = bylaw__sql_get_text(sql, 1),
        .host = bylaw__sql_get_text(sql, 2),
        .via = bylaw__sql_get_text(sql, 3),
        .kind = bylaw__sql_get_text(sql, 4),
        .depth = (unsigned)bylaw__sql_get_int(sql, 5),
        .due_ms = bylaw__sql_get_int(sql, 6),
        .last_ms = bylaw__sql_get_int(sql, 7),
        .interval_ms = bylaw__sql_get_int(sql, 8),
        .failures = (unsigned)bylaw__sql_get_int(sql, 9),
        .etag = bylaw__sql_get_text(sql, 10),
        .last_modified = bylaw__sql_get_text(sql, 11),
        .sha256 = bylaw__sql_get_text(sql, 12),
        .status = (int)bylaw__sql_get_int(sql, 13),
    };

    return row;
}

static int tell_page(bylaw__store *store, int64_t id, bylaw__page_row_fn *each,
                     void *payload, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_PAGE_ROW);
    int rc, answer = 0;

    bylaw__sql_int(&sql, id);
    if (bylaw__sql_row(&sql)) {
        struct bylaw__page_row row = read_page(&sql);

        if (!sql.rc)
            answer = each(payload, &row);
    }
    rc = bylaw__sql_end(&sql, err);
    return rc ? rc : answer;
}

int bylaw__store_page_find(bool *out_found, bylaw__store *store,
                           const char *address, const char *kind,
                           bylaw__page_row_fn *each, void *payload,
                           struct bylaw_error *err)
{
    bylaw_url *url = NULL;
    int64_t id = 0;
    int rc = bylaw_url_parse(&url, bylaw__span_of(address), NULL, err);

    if (!rc)
        rc = find_page(&id, store, kind, page_key(url, kind), err);
    if (out_found)
        *out_found = id != 0;
    if (!rc && id && each)
        rc = tell_page(store, id, each, payload, err);
    bylaw_url_free(url);
    return rc;
}

int bylaw__store_page_repeats(bool *out, bylaw__store *store, int64_t page,
                              const char *sha256, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_PAGE_REPEATS);

    bylaw__sql_int(&sql, page);
    bylaw__sql_text(&sql, sha256);
    *out = bylaw__sql_row(&sql);
    return bylaw__sql_end(&sql, err);
}

/* ---------------------------------------------------------------- due --- */

/* A host and the last page of it that was taken. */
struct turn {
    int64_t host, due_ms, page;
};

/* What a call holds: at most `most` hosts and as many pages. */
struct due {
    struct turn *turns;
    size_t turn_count, turn_cap;
    int64_t *pages;
    size_t page_count, page_cap;
};

static int add_turn(struct due *due, int64_t host, struct bylaw_error *err)
{
    if (bylaw__vec_grow(&due->turns, &due->turn_cap, due->turn_count + 1,
                        sizeof(*due->turns)))
        return bylaw__fail_memory(err, "");
    due->turns[due->turn_count++] =
        (struct turn){.host = host, .due_ms = INT64_MIN};
    return 0;
}

static int add_page(struct due *due, int64_t page, struct bylaw_error *err)
{
    if (bylaw__vec_grow(&due->pages, &due->page_cap, due->page_count + 1,
                        sizeof(*due->pages)))
        return bylaw__fail_memory(err, "");
    due->pages[due->page_count++] = page;
    return 0;
}

static int find_hosts(struct due *due, bylaw__store *store, int64_t now_ms,
                      size_t most, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_DUE_HOSTS);
    int rc = 0, ended;

    bylaw__sql_int(&sql, now_ms);
    bylaw__sql_int(&sql, (int64_t)most);
    while (!rc && bylaw__sql_row(&sql))
        rc = add_turn(due, bylaw__sql_get_int(&sql, 0), err);
    ended = bylaw__sql_end(&sql, rc ? NULL : err);
    return rc ? rc : ended;
}

/* The host's next page; a host without one leaves the round. */
static int take_turn(struct due *due, struct turn *turn, bool *out_taken,
                     bylaw__store *store, int64_t now_ms,
                     struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_DUE_NEXT);
    int rc;

    bylaw__sql_int(&sql, turn->host);
    bylaw__sql_int(&sql, now_ms);
    bylaw__sql_int(&sql, turn->due_ms);
    bylaw__sql_int(&sql, turn->page);
    *out_taken = bylaw__sql_row(&sql);
    if (*out_taken) {
        turn->page = bylaw__sql_get_int(&sql, 0);
        turn->due_ms = bylaw__sql_get_int(&sql, 1);
    }
    rc = bylaw__sql_end(&sql, err);
    return !rc && *out_taken ? add_page(due, turn->page, err) : rc;
}

/* Each host still in the round takes one page. */
static int go_round(struct due *due, bylaw__store *store, int64_t now_ms,
                    size_t most, struct bylaw_error *err)
{
    size_t kept = 0;
    int rc = 0;

    for (size_t i = 0; i < due->turn_count && due->page_count < most; i++) {
        struct turn turn = due->turns[i];
        bool is_taken;

        rc = take_turn(due, &turn, &is_taken, store, now_ms, err);
        if (rc)
            return rc;
        if (is_taken)
            due->turns[kept++] = turn;
    }
    due->turn_count = kept;
    return 0;
}

int bylaw__store_pages_due(bylaw__store *store, int64_t now_ms, size_t most,
                           bylaw__page_row_fn *each, void *payload,
                           struct bylaw_error *err)
{
    struct due due = {0};
    int rc;

    if (most > BYLAW_LIMIT_DUE_PAGES)
        most = BYLAW_LIMIT_DUE_PAGES;
    rc = find_hosts(&due, store, now_ms, most, err);
    while (!rc && due.turn_count && due.page_count < most)
        rc = go_round(&due, store, now_ms, most, err);
    for (size_t i = 0; !rc && i < due.page_count; i++)
        rc = tell_page(store, due.pages[i], each, payload, err);
    free(due.turns);
    free(due.pages);
    return rc;
}

int bylaw__store_pages_from(bylaw__store *store,
                            const struct bylaw__pages_from *where,
                            bylaw__page_row_fn *each, void *payload,
                            struct bylaw_error *err)
{
    struct bylaw__sql sql =
        bylaw__sql_start(store, where->order == BYLAW__PAGES_BY_DUE
                                    ? BYLAW__SQL_PAGES_BY_DUE
                                    : BYLAW__SQL_PAGES_BY_DEPTH);
    int rc, answer = 0;

    bylaw__sql_text(&sql, where->host);
    bylaw__sql_int(&sql, where->now_ms);
    bylaw__sql_int(&sql, where->rank);
    bylaw__sql_int(&sql, where->page);
    while (!answer && bylaw__sql_row(&sql)) {
        struct bylaw__page_row row = read_page(&sql);

        if (!sql.rc)
            answer = each(payload, &row);
    }
    rc = bylaw__sql_end(&sql, answer ? NULL : err);
    return answer ? answer : rc;
}
