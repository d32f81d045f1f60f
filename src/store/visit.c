/* SPDX-License-Identifier: Apache-2.0 */
/* One visit: the page, what was found on it, and how its cases moved. */
#include "case_int.h"

#include <stdio.h>
#include <stdlib.h>

/* What a visit is while it is being recorded. */
struct visit {
    bylaw__store *store;
    const struct bylaw__visit_record *record;
    int64_t id;      /* of its row */
    bool is_whole;   /* absence counts */
    bool is_repeat;  /* the same bytes as at the last whole read */
    char reason[64]; /* why nothing was found: "HTTP 404", a refusal */
};

#define HTTP_OK           200
#define HTTP_NOT_MODIFIED 304

/* --------------------------------------------------------------- page --- */

/* Also tells whether the page is known, and whether its bytes are. */
static int read_before(struct visit *visit, struct bylaw_error *err)
{
    const struct bylaw__visit_record *record = visit->record;
    struct bylaw__sql sql =
        bylaw__sql_start(visit->store, BYLAW__SQL_PAGE_SHA256);
    const char *before = NULL;
    bool is_known;
    int rc;

    bylaw__sql_int(&sql, record->page);
    is_known = bylaw__sql_row(&sql);
    if (is_known)
        before = bylaw__sql_get_text(&sql, 0);
    visit->is_whole =
        record->status == HTTP_OK && !record->refusal && record->is_complete;
    visit->is_repeat =
        (record->status == HTTP_NOT_MODIFIED && !record->refusal) ||
        (visit->is_whole && before && record->sha256 &&
         !strcmp(before, record->sha256));
    rc = bylaw__sql_end(&sql, err);
    if (!rc && !is_known)
        rc =
            bylaw__fail(err, BYLAW_EUSAGE, "store.no-page", visit->store->path,
                        "no page has the number %lld", (long long)record->page);
    return rc;
}

static int touch_page(const struct visit *visit, struct bylaw_error *err)
{
    const struct bylaw__visit_record *record = visit->record;
    struct bylaw__sql sql =
        bylaw__sql_start(visit->store, BYLAW__SQL_PAGE_TOUCH);

    bylaw__sql_int(&sql, record->page);
    bylaw__sql_int(&sql, record->due_ms);
    bylaw__sql_int(&sql, record->fetched_ms);
    bylaw__sql_int(&sql, record->interval_ms);
    bylaw__sql_int(&sql, record->failures);
    bylaw__sql_int(&sql, record->status);
    return bylaw__sql_finish(&sql, err);
}

/* A body read whole is remembered, one that was cut makes the page forget
 * (a 304 would never let it be read whole); anything else changes nothing. */
static int remember_body(const struct visit *visit, struct bylaw_error *err)
{
    const struct bylaw__visit_record *record = visit->record;
    struct bylaw__sql sql;

    if (record->status < HTTP_OK || record->status >= 300)
        return 0;
    sql = bylaw__sql_start(visit->store, BYLAW__SQL_PAGE_BODY);
    bylaw__sql_int(&sql, record->page);
    bylaw__sql_text(&sql, visit->is_whole ? record->etag : NULL);
    bylaw__sql_text(&sql, visit->is_whole ? record->last_modified : NULL);
    bylaw__sql_text(&sql, visit->is_whole ? record->sha256 : NULL);
    return bylaw__sql_finish(&sql, err);
}

static int add_visit(struct visit *visit, struct bylaw_error *err)
{
    const struct bylaw__visit_record *record = visit->record;
    struct bylaw__sql sql =
        bylaw__sql_start(visit->store, BYLAW__SQL_VISIT_ADD);

    bylaw__sql_int(&sql, record->page);
    bylaw__sql_int(&sql, record->fetched_ms);
    bylaw__sql_int(&sql, record->status);
    bylaw__sql_text(&sql, record->refusal);
    bylaw__sql_text(&sql, record->final_url);
    bylaw__sql_text(&sql, record->sha256);
    bylaw__sql_int(&sql, record->is_complete);
    bylaw__sql_int(&sql, record->is_changed);
    bylaw__sql_text(&sql, record->archive);
    while (bylaw__sql_row(&sql))
        visit->id = bylaw__sql_get_int(&sql, 0);
    return bylaw__sql_end(&sql, err);
}

/* Before what it found: so they stand in the ledger, too. */
static int enter_visit(const struct visit *visit, struct bylaw_error *err)
{
    struct bylaw__sql sql =
        bylaw__sql_start(visit->store, BYLAW__SQL_VISIT_ENTER);

    bylaw__sql_int(&sql, visit->id);
    bylaw__sql_int(&sql, visit->record->match_count > 0);
    bylaw__sql_int(&sql, visit->record->page);
    return bylaw__sql_finish(&sql, err);
}

/* ------------------------------------------------------------ matches --- */

static int add_match(int64_t *out_id, const struct visit *visit, int64_t source,
                     const struct bylaw__visit_match *match,
                     struct bylaw_error *err)
{
    char sha256[BYLAW__SHA256_HEX];
    struct bylaw__sql sql;

    if (bylaw__sha256_hex(sha256, bylaw__span_of(match->audit_json)))
        return bylaw__fail_memory(err, visit->store->path);
    sql = bylaw__sql_start(visit->store, BYLAW__SQL_MATCH_ADD);
    bylaw__sql_int(&sql, visit->id);
    bylaw__sql_int(&sql, source);
    bylaw__sql_text(&sql, match->verdict);
    bylaw__sql_text(&sql, match->because);
    bylaw__sql_text(&sql, match->rule);
    bylaw__sql_text(&sql, match->rule_sha256);
    bylaw__sql_int(&sql, match->severity);
    bylaw__sql_text(&sql, match->confidence);
    bylaw__sql_text(&sql, match->match_class);
    bylaw__sql_real(&sql, match->coverage);
    bylaw__sql_text(&sql, match->audit_json);
    bylaw__sql_text(&sql, match->audit_json ? sha256 : NULL);
    while (bylaw__sql_row(&sql))
        *out_id = bylaw__sql_get_int(&sql, 0);
    return bylaw__sql_end(&sql, err);
}

/* Audits are long, and pages are visited for years. */
static int fade_match_before(const struct visit *visit, int64_t source,
                             struct bylaw_error *err)
{
    struct bylaw__sql sql =
        bylaw__sql_start(visit->store, BYLAW__SQL_MATCH_FADE);

    bylaw__sql_int(&sql, visit->record->page);
    bylaw__sql_int(&sql, visit->id);
    bylaw__sql_int(&sql, source);
    return bylaw__sql_finish(&sql, err);
}

int bylaw__store_source_id(int64_t *out_id, bylaw__store *store,
                           const char *name, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_SOURCE_ID);
    int rc;

    *out_id = 0;
    bylaw__sql_text(&sql, name);
    while (bylaw__sql_row(&sql))
        *out_id = bylaw__sql_get_int(&sql, 0);
    rc = bylaw__sql_end(&sql, err);
    if (!rc && !*out_id)
        rc = bylaw__fail(err, BYLAW_EUSAGE, "store.no-source", store->path,
                         "no source is called \"%.200s\"", name ? name : "");
    return rc;
}

static int verdict_of(int *out, const struct visit *visit, const char *name,
                      struct bylaw_error *err)
{
    *out = name ? bylaw_verdict_of(name) : -1;
    if (*out >= 0)
        return 0;
    return bylaw__fail(err, BYLAW_EUSAGE, "store.value", visit->store->path,
                       "\"%.100s\" is no verdict", name ? name : "");
}

/* -------------------------------------------------------------- cases --- */

/* A case that begins or comes back, on a site that the configuration allows
 * it. */
static bool is_permitted(const struct visit *visit,
                         const struct bylaw__case_move *move, int64_t at_ms)
{
    const struct bylaw__allowance *allowance = visit->record->allowance;

    return allowance && (!allowance->until_ms || at_ms < allowance->until_ms) &&
           move->before != move->state &&
           (move->state == BYLAW_CASE_NEW ||
            move->state == BYLAW_CASE_REGRESSED);
}

/* Takes the place of the move that would have opened the case. */
static int permit(const struct visit *visit, struct bylaw__case *item,
                  struct bylaw__case_move *move, struct bylaw__case_note *note,
                  struct bylaw_error *err)
{
    const struct bylaw__allowance *allowance = visit->record->allowance;
    enum bylaw_case_state before = move->before;
    int rc;

    bylaw__case_permit(move, &item->facts, allowance->until_ms);
    move->before = before;
    note->by = BYLAW__BY_CONFIG;
    note->why = allowance->reason;
    note->expires_ms = allowance->until_ms;
    rc = bylaw__case_put(visit->store, item, err);
    return rc ? rc
              : bylaw__case_reason(visit->store, item->id, allowance->reason,
                                   err);
}

/* One look at a case, with what it leaves to be written besides. */
static int look_at(const struct visit *visit, struct bylaw__case *item,
                   const struct bylaw__case_look *look, const char *why,
                   struct bylaw_error *err)
{
    struct bylaw__case_move moves[BYLAW__CASE_MOVES];
    size_t count = bylaw__case_step(moves, &item->facts, look);
    int rc;

    if (count)
        item->changed_ms = look->at_ms;
    rc = bylaw__case_put(visit->store, item, err);
    for (size_t i = 0; !rc && i < count; i++) {
        struct bylaw__case_note note = {.at_ms = look->at_ms,
                                        .why = why,
                                        .visit = visit->id,
                                        .expires_ms = item->facts.expires_ms};

        if (is_permitted(visit, &moves[i], look->at_ms))
            rc = permit(visit, item, &moves[i], &note, err);
        if (!rc)
            rc =
                bylaw__case_note(visit->store, item->id, &moves[i], &note, err);
    }
    return rc;
}

/* By these, addresses of one page are told; the address is kept as its key. */
static int keep_text(const struct visit *visit, int64_t id,
                     struct bylaw_error *err)
{
    const char *declared = visit->record->declared;
    struct bylaw__sql sql =
        bylaw__sql_start(visit->store, BYLAW__SQL_CASE_TEXT);
    bylaw_url *url = NULL;
    int rc;

    if (declared && bylaw_url_parse(&url, bylaw__span_of(declared), NULL, NULL))
        url = NULL;
    bylaw__sql_int(&sql, id);
    bylaw__sql_text(&sql, visit->record->text_sha256);
    bylaw__sql_text(&sql, url ? bylaw_url_canonical(url) : NULL);
    rc = bylaw__sql_finish(&sql, err);
    bylaw_url_free(url);
    return rc;
}

/* A source that was found moves its case; a finding makes one. */
static int move_case(const struct visit *visit, int64_t source, int64_t row,
                     enum bylaw_verdict verdict,
                     const struct bylaw__visit_match *match,
                     struct bylaw_error *err)
{
    struct bylaw__case item = {0};
    struct bylaw__case_look look = {.at_ms = visit->record->fetched_ms};
    bool is_known;
    int rc = bylaw__case_find(&item, &is_known, visit->store,
                              visit->record->page, source, err);

    look.sight =
        bylaw__sight_of_verdict(verdict, visit->is_whole || visit->is_repeat);
    if (rc || (!is_known && look.sight != BYLAW__SIGHT_FINDING))
        return rc;
    look.is_other = is_known && (item.verdict != (int)verdict ||
                                 item.severity != match->severity);
    if (!is_known) {
        item.match = row;
        item.first_ms = look.at_ms;
        rc = bylaw__case_add(&item, visit->store, visit->record->page, source,
                             err);
    }
    item.last_ms = look.at_ms;
    if (look.sight != BYLAW__SIGHT_UNREAD)
        item.match = row;
    if (!rc && item.match == row && visit->record->text_sha256)
        rc = keep_text(visit, item.id, err);
    return rc ? rc : look_at(visit, &item, &look, match->because, err);
}

static int look_at_match(const struct visit *visit,
                         const struct bylaw__visit_match *match,
                         struct bylaw_error *err)
{
    int64_t source, row = 0;
    int verdict,
        rc = bylaw__store_source_id(&source, visit->store, match->source, err);

    if (!rc)
        rc = verdict_of(&verdict, visit, match->verdict, err);
    if (!rc)
        rc = add_match(&row, visit, source, match, err);
    if (!rc)
        rc = move_case(visit, source, row, (enum bylaw_verdict)verdict, match,
                       err);
    return rc ? rc : fade_match_before(visit, source, err);
}

static bool is_skipped(const struct visit *visit, const char *source)
{
    for (size_t i = 0; i < visit->record->skipped_count; i++)
        if (!strcmp(visit->record->skipped[i], source))
            return true;
    return false;
}

/* The same bytes show what they showed before. */
static int look_at_unmatched(const struct visit *visit,
                             struct bylaw__case *item, struct bylaw_error *err)
{
    struct bylaw__case_look look = {.at_ms = visit->record->fetched_ms};

    look.sight = visit->is_repeat ? item->facts.sight
                                  : bylaw__sight_of_page(visit->record->status,
                                                         visit->is_whole);
    if (visit->is_repeat && look.sight != BYLAW__SIGHT_ABSENT)
        item->last_ms = look.at_ms;
    return look_at(visit, item, &look, visit->is_repeat ? NULL : visit->reason,
                   err);
}

/* The page's cases whose source was not found, gathered before any moves. */
static int find_unmatched(struct bylaw__case **out, size_t *out_count,
                          const struct visit *visit, struct bylaw_error *err)
{
    struct bylaw__sql sql =
        bylaw__sql_start(visit->store, BYLAW__SQL_CASES_UNMATCHED);
    size_t cap = 0;
    int rc = 0, ended;

    bylaw__sql_int(&sql, visit->record->page);
    bylaw__sql_int(&sql, visit->id);
    while (!rc && bylaw__sql_row(&sql)) {
        const char *name =
            bylaw__sql_get_text(&sql, BYLAW__CASE_COLUMN_SOURCE_NAME);

        if (name && is_skipped(visit, name))
            continue;
        if (bylaw__vec_grow(out, &cap, *out_count + 1, sizeof(**out)))
            rc = bylaw__fail_memory(err, visit->store->path);
        else
            bylaw__case_read(&(*out)[(*out_count)++], &sql);
    }
    ended = bylaw__sql_end(&sql, rc ? NULL : err);
    return rc ? rc : ended;
}

static int look_at_rest(const struct visit *visit, struct bylaw_error *err)
{
    struct bylaw__case *items = NULL;
    size_t count = 0;
    int rc = find_unmatched(&items, &count, visit, err);

    for (size_t i = 0; !rc && i < count; i++)
        rc = look_at_unmatched(visit, &items[i], err);
    free(items);
    return rc;
}

static int add_trails(const struct visit *visit, struct bylaw_error *err)
{
    struct bylaw__sql sql =
        bylaw__sql_start(visit->store, BYLAW__SQL_TRAILS_ADD);

    bylaw__sql_int(&sql, visit->id);
    bylaw__sql_text(&sql, visit->record->trails);
    return bylaw__sql_finish(&sql, err);
}

static int record_all(struct visit *visit, struct bylaw_error *err)
{
    int rc = read_before(visit, err);

    if (!rc)
        rc = add_visit(visit, err);
    if (!rc && visit->record->capture)
        rc = bylaw__store_capture_of_visit(visit->store, visit->id,
                                           visit->record->capture, err);
    if (!rc && visit->record->trails)
        rc = add_trails(visit, err);
    if (!rc)
        rc = enter_visit(visit, err);
    if (!rc)
        rc = touch_page(visit, err);
    if (!rc)
        rc = remember_body(visit, err);
    for (size_t i = 0; !rc && i < visit->record->match_count; i++)
        rc = look_at_match(visit, &visit->record->matches[i], err);
    return rc ? rc : look_at_rest(visit, err);
}

int bylaw__store_visit(bylaw__store *store,
                       const struct bylaw__visit_record *record,
                       struct bylaw_error *err)
{
    struct visit visit = {.store = store, .record = record};
    int rc = bylaw__store_enter(store, err);

    if (rc)
        return rc;
    if (record->refusal)
        snprintf(visit.reason, sizeof(visit.reason), "%s", record->refusal);
    else
        snprintf(visit.reason, sizeof(visit.reason), "HTTP %d", record->status);
    rc = record_all(&visit, err);
    return bylaw__store_leave(rc, store, err);
}
