/* SPDX-License-Identifier: Apache-2.0 */
/* Tellings: what a channel was told, recorded before it is told. */
#include "store_int.h"

static int add_telling(int64_t *out_id, bylaw__store *store,
                       const char *channel, const struct bylaw_news *news,
                       const char *message, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_TELLING_ADD);

    bylaw__sql_text(&sql, channel);
    bylaw__sql_int(&sql, news->now_ms);
    bylaw__sql_text(&sql, message);
    bylaw__sql_text(&sql, bylaw_news_scan_name(news->scan));
    bylaw__sql_int(&sql, news->failing_scan);
    bylaw__sql_int(&sql, news->last_visit);
    while (bylaw__sql_row(&sql))
        *out_id = bylaw__sql_get_int(&sql, 0);
    return bylaw__sql_end(&sql, err);
}

static int add_told(bylaw__store *store, int64_t telling,
                    const struct bylaw_news_item *item, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_TOLD_ADD);

    bylaw__sql_int(&sql, telling);
    bylaw__sql_int(&sql, item->case_id);
    bylaw__sql_int(&sql, item->event);
    bylaw__sql_text(&sql, bylaw_news_kind_name(item->kind));
    return bylaw__sql_finish(&sql, err);
}

int bylaw__store_telling_begin(int64_t *out_id, bylaw__store *store,
                               const char *channel,
                               const struct bylaw_news *news,
                               const char *message, struct bylaw_error *err)
{
    int rc = bylaw__store_enter(store, err);

    *out_id = 0;
    if (rc)
        return rc;
    rc = add_telling(out_id, store, channel, news, message, err);
    for (size_t i = 0; !rc && i < news->item_count; i++)
        rc = add_told(store, *out_id, &news->items[i], err);
    return bylaw__store_leave(rc, store, err);
}

static int drop_told(bylaw__store *store, int64_t telling,
                     struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_TOLD_DROP);

    bylaw__sql_int(&sql, telling);
    return bylaw__sql_finish(&sql, err);
}

int bylaw__store_telling_end(bylaw__store *store, int64_t id, bool was_told,
                             struct bylaw_error *err)
{
    struct bylaw__sql sql;
    int rc = bylaw__store_enter(store, err);

    if (rc)
        return rc;
    sql = bylaw__sql_start(store, BYLAW__SQL_TELLING_END);
    bylaw__sql_int(&sql, id);
    bylaw__sql_text(&sql, was_told ? "sent" : "failed");
    rc = bylaw__sql_finish(&sql, err);
    if (!rc && !was_told)
        rc = drop_told(store, id, err);
    return bylaw__store_leave(rc, store, err);
}

int bylaw__store_tellings_unsure(bylaw__store *store, bylaw__telling_fn *each,
                                 void *payload, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_TELLINGS_UNSURE);

    while (bylaw__sql_row(&sql))
        each(payload, bylaw__sql_get_text(&sql, 0),
             bylaw__sql_get_text(&sql, 1));
    return bylaw__sql_end(&sql, err);
}
