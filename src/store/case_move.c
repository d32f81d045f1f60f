/* SPDX-License-Identifier: Apache-2.0 */
/* Cases as rows: read, moved by the rules, written back with their events. */
#include "case_int.h"

#include <stdio.h>
#include <stdlib.h>

enum bylaw_case_state bylaw__case_state_at(struct bylaw__sql *sql, int column)
{
    const char *name = bylaw__sql_get_text(sql, column);
    int state = name ? bylaw_case_state_of(name) : -1;

    return state < 0 ? BYLAW_CASE_NONE : (enum bylaw_case_state)state;
}

void bylaw__case_read(struct bylaw__case *out, struct bylaw__sql *sql)
{
    const char *verdict = bylaw__sql_get_text(sql, 14);

    *out = (struct bylaw__case){
        .id = bylaw__sql_get_int(sql, 1),
        .facts = {.state = bylaw__case_state_at(sql, 2),
                  .before = bylaw__case_state_at(sql, 3),
                  .sight = bylaw__sight_of(bylaw__sql_get_text(sql, 4)),
                  .found_ms = bylaw__sql_get_int(sql, 5),
                  .away = bylaw__sight_of(bylaw__sql_get_text(sql, 6)),
                  .away_count = (unsigned)bylaw__sql_get_int(sql, 7),
                  .away_ms = bylaw__sql_get_int(sql, 8),
                  .unread = (unsigned)bylaw__sql_get_int(sql, 9),
                  .expires_ms = bylaw__sql_get_int(sql, 10)},
        .match = bylaw__sql_get_int(sql, 11),
        .last_ms = bylaw__sql_get_int(sql, 12),
        .changed_ms = bylaw__sql_get_int(sql, 13),
        .verdict = verdict ? bylaw_verdict_of(verdict) : -1,
        .severity = (int)bylaw__sql_get_int(sql, 15),
    };
}

int bylaw__case_find(struct bylaw__case *out, bool *out_found,
                     bylaw__store *store, int64_t page, int64_t source,
                     struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CASE_OF_PAGE);

    bylaw__sql_int(&sql, page);
    bylaw__sql_int(&sql, source);
    *out_found = bylaw__sql_row(&sql);
    if (*out_found)
        bylaw__case_read(out, &sql);
    return bylaw__sql_end(&sql, err);
}

int bylaw__case_of(struct bylaw__case *out, bylaw__store *store, int64_t id,
                   struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CASE_BY_ID);
    bool is_found;
    int rc;

    bylaw__sql_int(&sql, id);
    is_found = bylaw__sql_row(&sql);
    if (is_found)
        bylaw__case_read(out, &sql);
    rc = bylaw__sql_end(&sql, err);
    if (!rc && !is_found)
        rc = bylaw__fail(err, BYLAW_EUSAGE, "store.no-case", store->path,
                         "no case has the number %lld", (long long)id);
    return rc;
}

int bylaw__case_add(struct bylaw__case *item, bylaw__store *store, int64_t page,
                    int64_t source, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CASE_ADD);

    bylaw__sql_int(&sql, page);
    bylaw__sql_int(&sql, source);
    bylaw__sql_int(&sql, item->match);
    bylaw__sql_int(&sql, item->first_ms);
    while (bylaw__sql_row(&sql))
        item->id = bylaw__sql_get_int(&sql, 0);
    return bylaw__sql_end(&sql, err);
}

int bylaw__case_put(bylaw__store *store, const struct bylaw__case *item,
                    struct bylaw_error *err)
{
    const struct bylaw__case_facts *facts = &item->facts;
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CASE_PUT);

    bylaw__sql_int(&sql, item->id);
    bylaw__sql_text(&sql, bylaw_case_state_name(facts->state));
    bylaw__sql_text(&sql, bylaw_case_state_name(facts->before));
    bylaw__sql_text(&sql, bylaw__sight_name(facts->sight));
    bylaw__sql_int(&sql, facts->found_ms);
    bylaw__sql_text(&sql, bylaw__sight_name(facts->away));
    bylaw__sql_int(&sql, facts->away_count);
    bylaw__sql_int(&sql, facts->away_ms);
    bylaw__sql_int(&sql, facts->unread);
    bylaw__sql_int(&sql, facts->expires_ms);
    bylaw__sql_int(&sql, item->match);
    bylaw__sql_int(&sql, item->last_ms);
    bylaw__sql_int(&sql, item->changed_ms);
    return bylaw__sql_finish(&sql, err);
}

int bylaw__case_note(bylaw__store *store, int64_t id,
                     const struct bylaw__case_move *move,
                     const struct bylaw__case_note *note,
                     struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_EVENT_ADD);

    bylaw__sql_int(&sql, id);
    bylaw__sql_int(&sql, note->at_ms);
    bylaw__sql_text(&sql, bylaw_case_state_name(move->state));
    bylaw__sql_text(&sql, bylaw_case_state_name(move->before));
    bylaw__sql_text(&sql, move->what);
    bylaw__sql_text(&sql, note->by);
    bylaw__sql_text(&sql, note->why);
    bylaw__sql_int(&sql, note->expires_ms);
    bylaw__sql_int(&sql, note->visit);
    return bylaw__sql_finish(&sql, err);
}

/* ------------------------------------------------------------ persons --- */

static int check_decision(bylaw__store *store, enum bylaw_case_state state,
                          const char *by, const char *reason,
                          int64_t expires_ms, int64_t now_ms,
                          struct bylaw_error *err)
{
    if (!bylaw__case_is_settable(state))
        return bylaw__fail(err, BYLAW_EUSAGE, "store.case-state", store->path,
                           "\"%s\" is for visits to find, not to be set",
                           bylaw_case_state_name(state));
    if (!by || !*by)
        return bylaw__fail(err, BYLAW_EUSAGE, "store.case-by", store->path,
                           "nobody is named who decides");
    if (bylaw__case_needs_reason(state) && (!reason || !*reason))
        return bylaw__fail(err, BYLAW_EUSAGE, "store.case-reason", store->path,
                           "\"%s\" hides a finding, and no reason is given",
                           bylaw_case_state_name(state));
    if (expires_ms && (state != BYLAW_CASE_ALLOWED || expires_ms <= now_ms))
        return bylaw__fail(err, BYLAW_EUSAGE, "store.case-expiry", store->path,
                           "only an allowance ends, and in the future");
    return 0;
}

int bylaw__case_reason(bylaw__store *store, int64_t id, const char *reason,
                       struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CASE_REASON);

    bylaw__sql_int(&sql, id);
    bylaw__sql_text(&sql, reason);
    return bylaw__sql_finish(&sql, err);
}

static int decide(bylaw__store *store, int64_t id, enum bylaw_case_state state,
                  const struct bylaw__case_note *note, struct bylaw_error *err)
{
    struct bylaw__case item;
    struct bylaw__case_move move;
    int rc = bylaw__case_of(&item, store, id, err);

    if (rc)
        return rc;
    bylaw__case_decide(&move, &item.facts, state, note->expires_ms);
    item.changed_ms = note->at_ms;
    rc = bylaw__case_put(store, &item, err);
    if (!rc)
        rc = bylaw__case_reason(store, id, note->why, err);
    return rc ? rc : bylaw__case_note(store, id, &move, note, err);
}

/* What is said of a page is said of all its addresses. Gathered first: the
 * rows must not change while they are gone through. */
static int decide_twins(bylaw__store *store, int64_t id,
                        enum bylaw_case_state state,
                        const struct bylaw__case_note *note,
                        struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CASE_TWINS);
    int64_t *ids = NULL;
    size_t count = 0, cap = 0;
    int rc = 0, ended;

    bylaw__sql_int(&sql, id);
    while (!rc && bylaw__sql_row(&sql)) {
        if (bylaw__vec_grow(&ids, &cap, count + 1, sizeof(*ids)))
            rc = bylaw__fail_memory(err, store->path);
        else
            ids[count++] = bylaw__sql_get_int(&sql, 0);
    }
    ended = bylaw__sql_end(&sql, rc ? NULL : err);
    rc = rc ? rc : ended;
    for (size_t i = 0; !rc && i < count; i++)
        rc = decide(store, ids[i], state, note, err);
    free(ids);
    return rc;
}

int bylaw__store_case_set(bylaw__store *store, int64_t id,
                          enum bylaw_case_state state, const char *by,
                          const char *reason, int64_t expires_ms,
                          int64_t now_ms, struct bylaw_error *err)
{
    struct bylaw__case_note note = {.at_ms = now_ms,
                                    .expires_ms = expires_ms,
                                    .by = by,
                                    .why = reason ? reason : ""};
    int rc = check_decision(store, state, by, reason, expires_ms, now_ms, err);

    if (!rc)
        rc = bylaw__store_enter(store, err);
    if (rc)
        return rc;
    rc = decide(store, id, state, &note, err);
    if (!rc)
        rc = decide_twins(store, id, state, &note, err);
    return bylaw__store_leave(rc, store, err);
}

/* An event that leaves the case where it is. */
static int note_only(bylaw__store *store, int64_t id, const char *what,
                     const struct bylaw__case_note *note,
                     struct bylaw_error *err)
{
    struct bylaw__case item;
    struct bylaw__case_move move;
    int rc = bylaw__case_of(&item, store, id, err);

    if (rc)
        return rc;
    move = (struct bylaw__case_move){.state = item.facts.state,
                                     .before = item.facts.state,
                                     .what = what};
    item.changed_ms = note->at_ms;
    rc = bylaw__case_put(store, &item, err);
    return rc ? rc : bylaw__case_note(store, id, &move, note, err);
}

static int enter_note(bylaw__store *store, int64_t id, const char *what,
                      const struct bylaw__case_note *note,
                      struct bylaw_error *err)
{
    int rc = bylaw__store_enter(store, err);

    return rc ? rc
              : bylaw__store_leave(note_only(store, id, what, note, err), store,
                                   err);
}

int bylaw__store_case_drafted(bylaw__store *store, int64_t id, const char *what,
                              const char *by, int64_t now_ms,
                              struct bylaw_error *err)
{
    struct bylaw__case_note note = {.at_ms = now_ms, .by = by, .why = ""};
    char text[128];

    snprintf(text, sizeof(text), BYLAW__STORE_DRAFTED "%s", what);
    return enter_note(store, id, text, &note, err);
}

int bylaw__store_case_noted(bylaw__store *store, int64_t id, const char *by,
                            const char *text, int64_t now_ms,
                            struct bylaw_error *err)
{
    struct bylaw__case_note note = {.at_ms = now_ms, .by = by, .why = text};

    if (!by || !*by)
        return bylaw__fail(err, BYLAW_EUSAGE, "store.case-by", store->path,
                           "nobody is named who notes this");
    if (!text || !*text)
        return bylaw__fail(err, BYLAW_EUSAGE, "store.case-note", store->path,
                           "the note is empty");
    return enter_note(store, id, BYLAW__STORE_NOTED, &note, err);
}
