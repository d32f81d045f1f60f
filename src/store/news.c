/* SPDX-License-Identifier: Apache-2.0 */
/* News read from the database: what each channel was not told yet. */
#include "case_int.h"
#include "news_rules.h"

/* A row of a case's event: columns 0 to 14, and what was told last. */
struct row {
    int64_t case_id, event, at_ms, expires_ms;
    struct bylaw__news_event turn;
    enum bylaw_news_kind told;
};

/* News as it is put together. The items end up in the arena. */
struct making {
    struct bylaw_news *news;
    struct bylaw_news_item *items;
    size_t count, room;
    struct bylaw__arena *arena;
};

static enum bylaw_news_kind kind_of(const char *name)
{
    for (int i = 0; name && i < BYLAW_NEWS_KINDS; i++)
        if (!strcmp(bylaw_news_kind_name((enum bylaw_news_kind)i), name))
            return (enum bylaw_news_kind)i;
    return BYLAW_NEWS_NONE;
}

static struct row read_row(struct bylaw__sql *sql)
{
    const char *by = bylaw__sql_get_text(sql, 5);

    return (struct row){
        .case_id = bylaw__sql_get_int(sql, 0),
        .event = bylaw__sql_get_int(sql, 1),
        .at_ms = bylaw__sql_get_int(sql, 2),
        .turn = {.state = bylaw__case_state_at(sql, 3),
                 .before = bylaw__case_state_at(sql, 4),
                 .is_person = by && *by},
        .expires_ms = bylaw__sql_get_int(sql, 6),
        .told = kind_of(bylaw__sql_get_text(sql, 15)),
    };
}

/* Cut to most bytes between two characters, so that no title, however long,
 * keeps the other cases' news back. */
static const char *keep_text(struct making *making, struct bylaw__sql *sql,
                             int column, size_t most)
{
    struct bylaw_span text = bylaw__span_of(bylaw__sql_get_text(sql, column));
    size_t end = most;

    if (text.len <= most)
        return bylaw__arena_copy(making->arena, text);
    while (end && ((unsigned char)text.ptr[end] & 0xc0) == 0x80)
        end--;
    return bylaw__arena_copy(making->arena, bylaw__span_sub(text, 0, end));
}

/* Texts of the case that a statement stands on. */
static void read_texts(struct making *making, struct bylaw_news_item *item,
                       struct bylaw__sql *sql)
{
    item->url = keep_text(making, sql, 7, BYLAW_LIMIT_URL_BYTES);
    item->host = keep_text(making, sql, 8, BYLAW_LIMIT_NEWS_TEXT);
    item->source = keep_text(making, sql, 9, BYLAW_LIMIT_NEWS_TEXT);
    item->title = keep_text(making, sql, 10, BYLAW_LIMIT_NEWS_TEXT);
    item->verdict = keep_text(making, sql, 11, BYLAW_LIMIT_NEWS_TEXT);
    item->because = keep_text(making, sql, 12, BYLAW_LIMIT_NEWS_TEXT);
    item->severity = (int)bylaw__sql_get_int(sql, 13);
}

static void add_item(struct making *making, const struct bylaw_news_item *item)
{
    if (making->count == making->room) {
        making->news->left++;
        return;
    }
    making->items[making->count++] = *item;
    making->news->counts[item->kind]++;
}

static int new_making(struct making *out, size_t room, struct bylaw_error *err)
{
    struct bylaw__arena *arena = bylaw__owner_new(BYLAW_LIMIT_NEWS_BYTES);

    *out = (struct making){.arena = arena, .room = room};
    if (arena) {
        out->news = bylaw__arena_alloc(arena, sizeof(*out->news));
        out->items = bylaw__arena_alloc_array(arena, room, sizeof(*out->items));
    }
    if (!arena || arena->failed) {
        bylaw__owner_free(arena);
        return bylaw__fail_memory(err, "");
    }
    out->news->owner = arena;
    return 0;
}

/* Items sorted by kind; within a kind the order stays. */
static int sort_items(struct making *making, struct bylaw_error *err)
{
    struct bylaw_news_item *sorted =
        bylaw__arena_alloc_array(making->arena, making->count, sizeof(*sorted));
    size_t count = 0;

    if (!sorted || making->arena->failed)
        return bylaw__fail_memory(err, "");
    for (int kind = 0; kind < BYLAW_NEWS_KINDS; kind++)
        for (size_t i = 0; i < making->count; i++)
            if ((int)making->items[i].kind == kind)
                sorted[count++] = making->items[i];
    making->news->items = sorted;
    making->news->item_count = count;
    return 0;
}

/* -------------------------------------------------------------- cases --- */

/* The case whose events are being gone through. */
struct folding {
    struct making *making;
    struct bylaw__news_fold fold;
    struct bylaw_news_item item;
};

static void end_case(struct folding *folding)
{
    folding->item.kind = folding->fold.pending;
    if (folding->item.kind)
        add_item(folding->making, &folding->item);
    folding->item = (struct bylaw_news_item){0};
}

static void take_event(struct folding *folding, struct bylaw__sql *sql)
{
    struct making *making = folding->making;
    struct bylaw_news_item *item = &folding->item;
    struct row row = read_row(sql);

    if (item->case_id != row.case_id) {
        end_case(folding);
        folding->fold = (struct bylaw__news_fold){.told = row.told};
        item->case_id = row.case_id;
    }
    bylaw__news_take(&folding->fold, &row.turn);
    item->event = row.event;
    item->at_ms = row.at_ms;
    item->expires_ms = row.expires_ms;
    /* Of cases without news, and past the ceiling, nothing is kept. */
    if (folding->fold.pending && !item->url && making->count < making->room)
        read_texts(making, item, sql);
}

static int read_cases(struct making *making, bylaw__store *store,
                      const char *channel, struct bylaw_error *err)
{
    struct folding folding = {.making = making};
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_NEWS);
    int rc;

    bylaw__sql_text(&sql, channel);
    while (!making->arena->failed && bylaw__sql_row(&sql))
        take_event(&folding, &sql);
    end_case(&folding);
    rc = bylaw__sql_end(&sql, err);
    if (!rc && making->arena->failed)
        rc = bylaw__fail_memory(err, "");
    return rc ? rc : sort_items(making, err);
}

/* ------------------------------------------------------------- counts --- */

static int read_last(struct bylaw_news *news, bylaw__store *store,
                     const char *channel, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_TELLING_LAST);

    bylaw__sql_text(&sql, channel);
    if (bylaw__sql_row(&sql)) {
        news->since_ms = bylaw__sql_get_int(&sql, 0);
        news->last_visit = bylaw__sql_get_int(&sql, 1);
    }
    return bylaw__sql_end(&sql, err);
}

static int read_pages(struct bylaw_news *news, bylaw__store *store,
                      struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_NEWS_PAGES);
    int rc;

    bylaw__sql_int(&sql, news->last_visit);
    if (bylaw__sql_row(&sql)) {
        news->pages = (uint64_t)bylaw__sql_get_int(&sql, 0);
        news->unread = (uint64_t)bylaw__sql_get_int(&sql, 1);
        news->undetermined = (uint64_t)bylaw__sql_get_int(&sql, 2);
        news->last_visit = bylaw__sql_get_int(&sql, 3);
    }
    rc = bylaw__sql_end(&sql, err);
    if (rc)
        return rc;
    sql = bylaw__sql_start(store, BYLAW__SQL_NEWS_OPEN);
    if (bylaw__sql_row(&sql))
        news->open = (uint64_t)bylaw__sql_get_int(&sql, 0);
    return bylaw__sql_end(&sql, err);
}

/* -------------------------------------------------------------- scans --- */

/* The failures that the newest scans are, if they are. */
struct row_of_failures {
    unsigned count;
    int64_t first, last_good_ms;
};

static int count_failure(void *payload, const struct bylaw__scan_row *row)
{
    struct row_of_failures *failures = payload;
    enum bylaw__scan_worth worth = bylaw__scan_worth_of(row->outcome);

    if (worth == BYLAW__SCAN_WORTH_GOOD) {
        failures->last_good_ms = row->ended_ms;
        return 1;
    }
    if (worth == BYLAW__SCAN_WORTH_FAILED) {
        failures->count++;
        failures->first = row->id;
    }
    return 0;
}

static int read_failures(struct row_of_failures *out, bylaw__store *store,
                         struct bylaw_error *err)
{
    int rc;

    *out = (struct row_of_failures){0};
    rc = bylaw__store_scans(store, SIZE_MAX, count_failure, out, err);
    return rc < 0 ? rc : 0;
}

static enum bylaw_news_scan scan_news_of(const char *name)
{
    return name && !strcmp(name, bylaw_news_scan_name(BYLAW_NEWS_SCAN_FAILING))
               ? BYLAW_NEWS_SCAN_FAILING
               : BYLAW_NEWS_SCAN_QUIET;
}

static int read_scans(struct bylaw_news *news, bylaw__store *store,
                      const char *channel, struct bylaw_error *err)
{
    struct bylaw__sql sql;
    struct row_of_failures failures;
    enum bylaw_news_scan told = BYLAW_NEWS_SCAN_QUIET;
    int64_t told_first = 0;
    int rc = read_failures(&failures, store, err);

    if (rc)
        return rc;
    sql = bylaw__sql_start(store, BYLAW__SQL_TELLING_SCAN);
    bylaw__sql_text(&sql, channel);
    if (bylaw__sql_row(&sql)) {
        told = scan_news_of(bylaw__sql_get_text(&sql, 0));
        told_first = bylaw__sql_get_int(&sql, 1);
    }
    news->failing_scans = failures.count;
    news->failing_scan = failures.first;
    news->last_good_ms = failures.last_good_ms;
    news->scan =
        bylaw__news_of_scans(failures.count, failures.first, told, told_first);
    return bylaw__sql_end(&sql, err);
}

int bylaw__store_news(struct bylaw_news **out, bylaw__store *store,
                      const char *channel, int64_t now_ms,
                      struct bylaw_error *err)
{
    struct making making;
    int rc = new_making(&making, BYLAW_LIMIT_NEWS_ITEMS, err);

    if (rc)
        return rc;
    making.news->now_ms = now_ms;
    rc = read_last(making.news, store, channel, err);
    if (!rc)
        rc = read_pages(making.news, store, err);
    if (!rc)
        rc = read_scans(making.news, store, channel, err);
    if (!rc)
        rc = read_cases(&making, store, channel, err);
    if (rc) {
        bylaw_news_free(making.news);
        return rc;
    }
    *out = making.news;
    return 0;
}

static int keep_began(void *payload, const struct bylaw__scan_row *row)
{
    *(int64_t *)payload = row->began_ms;
    return 0;
}

int bylaw__store_news_feed(struct bylaw_news **out, bylaw__store *store,
                           size_t most, struct bylaw_error *err)
{
    struct bylaw__sql sql;
    struct making making;
    int64_t began_ms = 0; /* of the first scan, which never changes */
    int rc = bylaw__store_scans(store, SIZE_MAX, keep_began, &began_ms, err);

    if (!rc)
        rc = new_making(&making, most, err);
    if (rc)
        return rc;
    sql = bylaw__sql_start(store, BYLAW__SQL_NEWS_EVENTS);
    while (making.count < most && bylaw__sql_row(&sql)) {
        struct row row = read_row(&sql);
        enum bylaw_news_kind kind = bylaw__news_of(&row.turn);
        struct bylaw_news_item item;

        if (!kind)
            continue;
        item = (struct bylaw_news_item){.kind = kind,
                                        .case_id = row.case_id,
                                        .event = row.event,
                                        .at_ms = row.at_ms,
                                        .expires_ms = row.expires_ms};
        read_texts(&making, &item, &sql);
        add_item(&making, &item);
    }
    rc = bylaw__sql_end(&sql, err);
    if (!rc && making.arena->failed)
        rc = bylaw__fail_memory(err, "");
    if (rc) {
        bylaw_news_free(making.news);
        return rc;
    }
    making.news->items = making.items;
    making.news->item_count = making.count;
    making.news->now_ms = making.count ? making.items[0].at_ms : 0;
    making.news->since_ms = began_ms;
    *out = making.news;
    return 0;
}

/* ------------------------------------------------------------ metrics --- */

_Static_assert(sizeof(((struct bylaw_metrics *)NULL)->cases) /
                       sizeof(((struct bylaw_metrics *)NULL)->cases[0]) ==
                   BYLAW_CASE_UNREACHABLE + 1,
               "a count for each state of a case");

static int read_metric_cases(struct bylaw_metrics *out, bylaw__store *store,
                             struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_METRIC_CASES);
    size_t count = sizeof(out->cases) / sizeof(out->cases[0]);

    while (bylaw__sql_row(&sql)) {
        size_t state = (size_t)bylaw__case_state_at(&sql, 0);

        if (state < count)
            out->cases[state] = (uint64_t)bylaw__sql_get_int(&sql, 1);
    }
    return bylaw__sql_end(&sql, err);
}

static int read_metric_sizes(struct bylaw_metrics *out, bylaw__store *store,
                             struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_METRIC_PAGES);
    int rc;

    if (bylaw__sql_row(&sql)) {
        out->pages_read = (uint64_t)bylaw__sql_get_int(&sql, 0);
        out->pages_missing = (uint64_t)bylaw__sql_get_int(&sql, 1);
        out->pages_failed = (uint64_t)bylaw__sql_get_int(&sql, 2);
        out->pages_waiting = (uint64_t)bylaw__sql_get_int(&sql, 3);
    }
    rc = bylaw__sql_end(&sql, err);
    if (rc)
        return rc;
    sql = bylaw__sql_start(store, BYLAW__SQL_METRIC_SIZES);
    if (bylaw__sql_row(&sql)) {
        out->sources = (uint64_t)bylaw__sql_get_int(&sql, 0);
        out->events = (uint64_t)bylaw__sql_get_int(&sql, 1);
    }
    return bylaw__sql_end(&sql, err);
}

int bylaw__store_metrics(struct bylaw_metrics *out, bylaw__store *store,
                         struct bylaw_error *err)
{
    struct row_of_failures failures = {0};
    struct bylaw__scan_row last = {0};
    bool is_found = false;
    int rc;

    *out = (struct bylaw_metrics){0};
    rc = read_metric_cases(out, store, err);
    if (!rc)
        rc = read_metric_sizes(out, store, err);
    if (!rc)
        rc = read_failures(&failures, store, err);
    if (!rc)
        rc = bylaw__store_last_scan(&last, &is_found, store, err);
    if (rc)
        return rc;
    out->failing_scans = failures.count;
    out->last_good_ms = failures.last_good_ms;
    if (is_found) {
        out->last_scan_ms = last.ended_ms;
        out->scan_duration_ms = last.ended_ms - last.began_ms;
        out->scan_fetched = last.fetched;
        out->scan_matched = last.matched;
        out->scan_failed = last.failed;
    }
    return 0;
}
