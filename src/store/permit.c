/* SPDX-License-Identifier: Apache-2.0 */
/* Cases brought in line with what the configuration allows whole sites. */
#include "case_int.h"

#include <stdlib.h>

enum change { CHANGE_NONE = 0, CHANGE_PERMIT, CHANGE_REVOKE };

/* A case to be changed; gathered before any is. */
struct change_of {
    int64_t id;
    enum change change;
    const struct bylaw__allowance *allowance;
};

static const struct bylaw__allowance *
find_allowance(const struct bylaw__allowance *items, size_t count,
               const char *address)
{
    const struct bylaw__allowance *found = NULL;
    bylaw_url *url = NULL;

    if (bylaw_url_parse(&url, bylaw__span_of(address ? address : ""), NULL,
                        NULL))
        return NULL;
    for (size_t i = 0; i < count && !found; i++)
        if (bylaw_url_in_domain(url, items[i].domain))
            found = &items[i];
    bylaw_url_free(url);
    return found;
}

static bool is_same(const struct bylaw__allowance *allowance,
                    struct bylaw__sql *row)
{
    const char *reason = bylaw__sql_get_text(row, 4);

    return bylaw__sql_get_int(row, 3) == allowance->until_ms && reason &&
           !strcmp(reason, allowance->reason);
}

static bool is_over(const struct bylaw__allowance *allowance, int64_t now_ms)
{
    return allowance->until_ms && now_ms >= allowance->until_ms;
}

static enum change choose(struct bylaw__sql *row,
                          const struct bylaw__allowance *allowance,
                          int64_t now_ms)
{
    bool is_allowed = bylaw__case_state_at(row, 1) == BYLAW_CASE_ALLOWED;
    const char *by = bylaw__sql_get_text(row, 5);
    bool is_ours = by && !strcmp(by, BYLAW__BY_CONFIG);
    bool was_ours = bylaw__sql_get_int(row, 6) != 0;

    if (is_allowed && !is_ours)
        return CHANGE_NONE;
    if (is_allowed && !allowance)
        return CHANGE_REVOKE;
    if (!allowance || is_over(allowance, now_ms))
        return CHANGE_NONE;
    if (is_allowed)
        return is_same(allowance, row) ? CHANGE_NONE : CHANGE_PERMIT;
    return was_ours && !is_ours ? CHANGE_NONE : CHANGE_PERMIT;
}

static int find_changes(struct change_of **out, size_t *out_count,
                        bylaw__store *store,
                        const struct bylaw__allowance *items, size_t count,
                        int64_t now_ms, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CASES_TO_PERMIT);
    size_t cap = 0;
    int rc = 0, ended;

    bylaw__sql_text(&sql, BYLAW__BY_CONFIG);
    while (!rc && bylaw__sql_row(&sql)) {
        const struct bylaw__allowance *allowance =
            find_allowance(items, count, bylaw__sql_get_text(&sql, 2));
        struct change_of item = {bylaw__sql_get_int(&sql, 0),
                                 choose(&sql, allowance, now_ms), allowance};

        if (!item.change)
            continue;
        if (bylaw__vec_grow(out, &cap, *out_count + 1, sizeof(**out)))
            rc = bylaw__fail_memory(err, store->path);
        else
            (*out)[(*out_count)++] = item;
    }
    ended = bylaw__sql_end(&sql, rc ? NULL : err);
    return rc ? rc : ended;
}

static int make_change(bylaw__store *store, const struct change_of *change,
                       int64_t now_ms, struct bylaw_error *err)
{
    const struct bylaw__allowance *allowance = change->allowance;
    struct bylaw__case_note note = {.at_ms = now_ms,
                                    .by = BYLAW__BY_CONFIG,
                                    .why = allowance ? allowance->reason : ""};
    struct bylaw__case_move move;
    struct bylaw__case item;
    int rc = bylaw__case_of(&item, store, change->id, err);

    if (rc)
        return rc;
    if (change->change == CHANGE_PERMIT)
        bylaw__case_permit(&move, &item.facts, allowance->until_ms);
    else
        bylaw__case_revoke(&move, &item.facts);
    note.expires_ms = item.facts.expires_ms;
    item.changed_ms = now_ms;
    rc = bylaw__case_put(store, &item, err);
    if (!rc)
        rc = bylaw__case_reason(store, item.id,
                                allowance ? allowance->reason : NULL, err);
    return rc ? rc : bylaw__case_note(store, item.id, &move, &note, err);
}

int bylaw__store_permit(bylaw__store *store,
                        const struct bylaw__allowance *items, size_t count,
                        int64_t now_ms, struct bylaw_error *err)
{
    struct change_of *changes = NULL;
    size_t change_count = 0;
    int rc = bylaw__store_enter(store, err);

    if (rc)
        return rc;
    rc =
        find_changes(&changes, &change_count, store, items, count, now_ms, err);
    for (size_t i = 0; !rc && i < change_count; i++)
        rc = make_change(store, &changes[i], now_ms, err);
    free(changes);
    return bylaw__store_leave(rc, store, err);
}
