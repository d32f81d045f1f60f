/* SPDX-License-Identifier: Apache-2.0 */
/* News as the store keeps it: told once, again after a failure, to each. */
#include "workspace.h"

#define PAGE "https://blog.test/copy"

struct scene {
    struct workspace ws;
    int64_t page, now_ms;
};

static struct scene new_scene(void)
{
    struct scene scene = {.ws = new_workspace(), .now_ms = TODAY};

    add_source(&scene.ws, "article");
    add_page(&scene.ws, PAGE, 0);
    scene.page = page_id(&scene.ws, PAGE);
    return scene;
}

/* Records a whole read, an hour after the one before. */
static void see(struct scene *scene, const char *verdict)
{
    struct bylaw__visit_match match = {.source = "article",
                                       .verdict = verdict,
                                       .because = "the credit is missing",
                                       .confidence = "high",
                                       .match_class = "full",
                                       .audit_json = "{}"};
    struct bylaw__visit_record visit = {.page = scene->page,
                                        .fetched_ms = scene->now_ms += HOUR,
                                        .status = 200,
                                        .is_complete = true,
                                        .matches = &match,
                                        .match_count = 1};

    assert_int_equal(0, bylaw__store_visit(scene->ws.store, &visit, NULL));
}

static struct bylaw_news *news_for(struct scene *scene, const char *channel)
{
    struct bylaw_news *news = NULL;
    struct bylaw_error err = {0};

    if (bylaw__store_news(&news, scene->ws.store, channel, scene->now_ms, &err))
        fail_msg("%s: %s", err.id, err.what);
    return news;
}

/* Kinds of all items, with a space after each. */
static void check_news(struct scene *scene, const char *channel,
                       const char *want)
{
    struct bylaw_news *news = news_for(scene, channel);
    struct bylaw__buf told = {0};

    bylaw__buf_add_text(&told, "");
    for (size_t i = 0; i < news->item_count; i++)
        bylaw__buf_printf(&told, "%s ",
                          bylaw_news_kind_name(news->items[i].kind));
    assert_string_equal(told.ptr ? told.ptr : "", want);
    assert_true(bylaw_news_matters(news) == (*want != 0));
    bylaw__buf_release(&told);
    bylaw_news_free(news);
}

static int64_t begin_telling(struct scene *scene, const char *channel)
{
    struct bylaw_news *news = news_for(scene, channel);
    int64_t telling = 0;

    assert_int_equal(0, bylaw__store_telling_begin(&telling, scene->ws.store,
                                                   channel, news, "m", NULL));
    bylaw_news_free(news);
    return telling;
}

static void tell(struct scene *scene, const char *channel, bool arrives)
{
    int64_t telling = begin_telling(scene, channel);

    assert_int_equal(0, bylaw__store_telling_end(scene->ws.store, telling,
                                                 arrives, NULL));
}

static void test_news__is_told_once(void **state)
{
    struct scene scene = new_scene();

    (void)state;
    see(&scene, "not-met");
    check_news(&scene, "mail", "");
    see(&scene, "not-met");
    check_news(&scene, "mail", "new ");
    tell(&scene, "mail", true);
    check_news(&scene, "mail", "");
    see(&scene, "compliant");
    check_news(&scene, "mail", "fixed ");
    tell(&scene, "mail", true);
    see(&scene, "not-met");
    check_news(&scene, "mail", "regressed ");
    tell(&scene, "mail", true);
    see(&scene, "not-met");
    check_news(&scene, "mail", "");
    drop(&scene.ws);
}

static void test_news__that_did_not_arrive_is_told_again(void **state)
{
    struct scene scene = new_scene();

    (void)state;
    see(&scene, "not-met");
    see(&scene, "not-met");
    tell(&scene, "mail", false);
    tell(&scene, "webhook", true);
    check_news(&scene, "mail", "new ");
    check_news(&scene, "webhook", "");
    drop(&scene.ws);
}

static int count_unsure;

static void tell_unsure(void *payload, const char *channel, const char *message)
{
    assert_null(payload);
    assert_string_equal(channel, "mail");
    assert_string_equal(message, "m");
    count_unsure++;
}

static void check_unsure(struct scene *scene, int want)
{
    count_unsure = 0;
    assert_int_equal(0, bylaw__store_tellings_unsure(scene->ws.store,
                                                     tell_unsure, NULL, NULL));
    assert_int_equal(count_unsure, want);
}

static void test_news__a_crash_while_telling_doubles_nothing(void **state)
{
    struct scene scene = new_scene();

    (void)state;
    see(&scene, "not-met");
    see(&scene, "not-met");
    begin_telling(&scene, "mail");
    reopen(&scene.ws);
    check_unsure(&scene, 1);
    check_unsure(&scene, 0);
    check_news(&scene, "mail", "");
    drop(&scene.ws);
}

static void test_news__counts_what_was_looked_at_since(void **state)
{
    struct scene scene = new_scene();
    struct bylaw_news *news;

    (void)state;
    see(&scene, "not-met");
    see(&scene, "undetermined");
    news = news_for(&scene, "mail");
    assert_int_equal(news->pages, 1);
    assert_int_equal(news->undetermined, 1);
    assert_int_equal(news->unread, 0);
    assert_int_equal(news->open, 0);
    bylaw_news_free(news);
    tell(&scene, "mail", true);
    news = news_for(&scene, "mail");
    assert_int_equal(news->pages, 0);
    assert_int_equal(news->since_ms, scene.now_ms);
    bylaw_news_free(news);
    drop(&scene.ws);
}

/* Confirmed findings on so many further pages. */
static void find_many(struct scene *scene, size_t count)
{
    char url[64];

    assert_int_equal(0, bylaw__store_begin(scene->ws.store, NULL));
    for (size_t i = 0; i < count; i++) {
        snprintf(url, sizeof(url), "https://many.test/%lld",
                 (long long)scene->now_ms);
        add_page(&scene->ws, url, 0);
        scene->page = page_id(&scene->ws, url);
        see(scene, "not-met");
        see(scene, "not-met");
    }
    assert_int_equal(0, bylaw__store_commit(scene->ws.store, NULL));
}

static void check_counts(struct scene *scene, size_t items, size_t left)
{
    struct bylaw_news *news = news_for(scene, "mail");

    assert_int_equal(news->item_count, items);
    assert_int_equal(news->left, left);
    bylaw_news_free(news);
}

static void test_news__past_the_ceiling_waits_for_the_next_time(void **state)
{
    struct scene scene = new_scene();
    size_t most = BYLAW_LIMIT_NEWS_ITEMS;

    (void)state;
    find_many(&scene, most - 1);
    check_counts(&scene, most - 1, 0);
    find_many(&scene, 1);
    check_counts(&scene, most, 0);
    find_many(&scene, 1);
    check_counts(&scene, most, 1);
    tell(&scene, "mail", true);
    check_counts(&scene, 1, 0);
    drop(&scene.ws);
}

static void check_title(struct scene *scene, const char *title, size_t want)
{
    struct bylaw_news *news;

    assert_int_equal(0, bylaw__store_source_refresh(scene->ws.store, "article",
                                                    title, NULL, TODAY, NULL));
    news = news_for(scene, "mail");
    assert_int_equal(strlen(news->items[0].title), want);
    bylaw_news_free(news);
}

static void test_news__cuts_a_long_title_between_characters(void **state)
{
    static char title[BYLAW_LIMIT_NEWS_TEXT + 2];
    struct scene scene = new_scene();
    size_t most = BYLAW_LIMIT_NEWS_TEXT;

    (void)state;
    see(&scene, "not-met");
    see(&scene, "not-met");
    memset(title, 'x', most - 1);
    check_title(&scene, title, most - 1);
    title[most - 1] = 'x';
    check_title(&scene, title, most);
    title[most] = 'x';
    check_title(&scene, title, most);
    memcpy(title + most - 1, "\xc3\xa4", 2);
    check_title(&scene, title, most - 1);
    drop(&scene.ws);
}

/* -------------------------------------------------------------- scans --- */

static void scan(struct scene *scene, const char *outcome)
{
    struct bylaw__scan_row row = {.outcome = outcome};

    scene->now_ms += DAY;
    assert_int_equal(0, bylaw__store_scan_begin(&row.id, scene->ws.store,
                                                scene->now_ms, NULL));
    row.ended_ms = scene->now_ms + MINUTE;
    if (outcome)
        assert_int_equal(0, bylaw__store_scan_end(scene->ws.store, &row, NULL));
}

static void check_scan_news(struct scene *scene, enum bylaw_news_scan want)
{
    struct bylaw_news *news = news_for(scene, "mail");

    assert_int_equal(news->scan, want);
    bylaw_news_free(news);
}

static void test_news__of_failing_scans_is_told_once(void **state)
{
    struct scene scene = new_scene();

    (void)state;
    scan(&scene, "complete");
    scan(&scene, "barren");
    scan(&scene, NULL); /* killed */
    check_scan_news(&scene, BYLAW_NEWS_SCAN_QUIET);
    scan(&scene, "interrupted"); /* says neither */
    check_scan_news(&scene, BYLAW_NEWS_SCAN_QUIET);
    scan(&scene, "barren");
    check_scan_news(&scene, BYLAW_NEWS_SCAN_FAILING);
    tell(&scene, "mail", true);
    scan(&scene, "barren");
    check_scan_news(&scene, BYLAW_NEWS_SCAN_QUIET);
    scan(&scene, "limited");
    check_scan_news(&scene, BYLAW_NEWS_SCAN_RECOVERED);
    tell(&scene, "mail", true);
    scan(&scene, "complete");
    check_scan_news(&scene, BYLAW_NEWS_SCAN_QUIET);
    drop(&scene.ws);
}

/* ------------------------------------------------------- feed, metrics --- */

static void test_news_feed__has_every_turn_newest_first(void **state)
{
    struct scene scene = new_scene();
    struct bylaw_news *news = NULL;

    (void)state;
    scan(&scene, "complete");
    see(&scene, "not-met");
    see(&scene, "not-met");
    see(&scene, "compliant");
    assert_int_equal(0, bylaw__store_news_feed(&news, scene.ws.store, 9, NULL));
    assert_int_equal(news->item_count, 2);
    assert_int_equal(news->items[0].kind, BYLAW_NEWS_FIXED);
    assert_int_equal(news->items[1].kind, BYLAW_NEWS_NEW);
    assert_int_equal(news->now_ms, scene.now_ms);
    assert_int_equal(news->since_ms, TODAY + DAY);
    bylaw_news_free(news);
    assert_int_equal(0, bylaw__store_news_feed(&news, scene.ws.store, 1, NULL));
    assert_int_equal(news->item_count, 1);
    bylaw_news_free(news);
    drop(&scene.ws);
}

static void test_metrics__count_cases_pages_and_scans(void **state)
{
    struct scene scene = new_scene();
    struct bylaw_metrics metrics;

    (void)state;
    add_page(&scene.ws, "https://blog.test/other", 0);
    scan(&scene, "complete");
    see(&scene, "not-met");
    scan(&scene, "barren");
    assert_int_equal(0, bylaw__store_metrics(&metrics, scene.ws.store, NULL));
    assert_int_equal(metrics.cases[BYLAW_CASE_SEEN], 1);
    assert_int_equal(metrics.pages_read, 1);
    assert_int_equal(metrics.pages_waiting, 1);
    assert_int_equal(metrics.sources, 1);
    assert_int_equal(metrics.failing_scans, 1);
    assert_int_equal(metrics.last_good_ms, TODAY + DAY + MINUTE);
    assert_int_equal(metrics.scan_duration_ms, MINUTE);
    drop(&scene.ws);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_news__is_told_once),
        cmocka_unit_test(test_news__that_did_not_arrive_is_told_again),
        cmocka_unit_test(test_news__a_crash_while_telling_doubles_nothing),
        cmocka_unit_test(test_news__counts_what_was_looked_at_since),
        cmocka_unit_test(test_news__past_the_ceiling_waits_for_the_next_time),
        cmocka_unit_test(test_news__cuts_a_long_title_between_characters),
        cmocka_unit_test(test_news__of_failing_scans_is_told_once),
        cmocka_unit_test(test_news_feed__has_every_turn_newest_first),
        cmocka_unit_test(test_metrics__count_cases_pages_and_scans),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
