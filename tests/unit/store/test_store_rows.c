/* SPDX-License-Identifier: Apache-2.0 */
/* Sources and pages: identity, removal, and which pages are due. */
#include "workspace.h"

/* Names or addresses told to a callback, with a space after each. */
static int tell_source(void *payload, const struct bylaw__source_row *row)
{
    bylaw__buf_printf(payload, "%s ", row->name);
    return 0;
}

static int tell_page(void *payload, const struct bylaw__page_row *row)
{
    bylaw__buf_printf(payload, "%s ", row->url + strlen("https://"));
    return 0;
}

static void check_told(struct bylaw__buf *told, const char *want)
{
    assert_string_equal(told->ptr ? told->ptr : "", want);
    bylaw__buf_release(told);
}

static void check_sources(struct workspace *ws, const char *want)
{
    struct bylaw__buf told = {0};

    assert_int_equal(0,
                     bylaw__store_sources(ws->store, tell_source, &told, NULL));
    check_told(&told, want);
}

static void check_due(struct workspace *ws, int64_t now_ms, size_t most,
                      const char *want)
{
    struct bylaw__buf told = {0};

    assert_int_equal(0, bylaw__store_pages_due(ws->store, now_ms, most,
                                               tell_page, &told, NULL));
    check_told(&told, want);
}

static int add_child(struct workspace *ws, const char *name, int64_t parent,
                     int64_t *out_id, struct bylaw_error *err)
{
    struct bylaw__source_row row = {.name = name,
                                    .spec = "s",
                                    .kind = parent ? "article" : "feed",
                                    .parent = parent};

    return bylaw__store_source_add(out_id, ws->store, &row, err);
}

static void test_store_sources__come_in_the_order_they_were_added(void **state)
{
    struct workspace ws = new_workspace();

    (void)state;
    add_source(&ws, "zebra");
    add_source(&ws, "ant");
    check_sources(&ws, "zebra ant ");
    reopen(&ws);
    check_sources(&ws, "zebra ant ");
    drop(&ws);
}

static void test_store_sources__have_one_name_each(void **state)
{
    struct workspace ws = new_workspace();
    struct bylaw_error err = {0};

    (void)state;
    add_source(&ws, "a");
    assert_true(add_child(&ws, "a", 0, NULL, &err) < 0);
    assert_string_equal(err.id, "store.source-known");
    drop(&ws);
}

static void test_store_sources__refuse_an_unknown_kind_or_parent(void **state)
{
    struct workspace ws = new_workspace();
    struct bylaw__source_row row = {.name = "a", .spec = "a", .kind = "book"};
    struct bylaw_error err = {0};

    (void)state;
    assert_true(bylaw__store_source_add(NULL, ws.store, &row, &err) < 0);
    assert_string_equal(err.id, "store.value");
    assert_true(add_child(&ws, "a", 77, NULL, &err) < 0);
    assert_string_equal(err.id, "store.value");
    check_sources(&ws, "");
    drop(&ws);
}

static void test_store_sources__a_feed_takes_its_articles_with_it(void **state)
{
    struct workspace ws = new_workspace();
    struct bylaw_error err = {0};
    int64_t feed = 0;

    (void)state;
    assert_int_equal(0, add_child(&ws, "feed", 0, &feed, NULL));
    assert_int_equal(0, add_child(&ws, "one", feed, NULL, NULL));
    assert_int_equal(0, add_child(&ws, "two", feed, NULL, NULL));
    add_source(&ws, "other");
    assert_int_equal(0,
                     bylaw__store_source_remove(ws.store, "feed", TODAY, NULL));
    check_sources(&ws, "other ");
    assert_true(bylaw__store_source_remove(ws.store, "one", TODAY, &err) < 0);
    assert_string_equal(err.id, "store.no-source");
    drop(&ws);
}

static void test_store_sources__a_removed_name_may_come_back(void **state)
{
    struct workspace ws = new_workspace();

    (void)state;
    add_source(&ws, "a");
    assert_int_equal(0, bylaw__store_source_remove(ws.store, "a", TODAY, NULL));
    check_sources(&ws, "");
    add_source(&ws, "a");
    check_sources(&ws, "a ");
    drop(&ws);
}

static int keep_title(void *payload, const struct bylaw__source_row *row)
{
    bylaw__buf_printf(payload, "%s|%s|%d", row->title, row->sha256,
                      (int)row->refreshed_ms);
    return 0;
}

static void test_store_sources__are_refreshed_with_what_was_read(void **state)
{
    struct workspace ws = new_workspace();
    struct bylaw__buf told = {0};

    (void)state;
    add_source(&ws, "a");
    assert_int_equal(0, bylaw__store_source_refresh(ws.store, "a", "A title",
                                                    "ab12", 7, NULL));
    assert_int_equal(0, bylaw__store_source_refresh(ws.store, "a", NULL, "cd34",
                                                    8, NULL));
    assert_int_equal(0,
                     bylaw__store_sources(ws.store, keep_title, &told, NULL));
    check_told(&told, "A title|cd34|8");
    drop(&ws);
}

static int stop_at_first(void *payload, const struct bylaw__source_row *row)
{
    (void)row;
    ++*(int *)payload;
    return 42;
}

static void test_store_sources__end_where_the_callback_says_so(void **state)
{
    struct workspace ws = new_workspace();
    int calls = 0;

    (void)state;
    add_source(&ws, "a");
    add_source(&ws, "b");
    assert_int_equal(42, bylaw__store_sources(ws.store, stop_at_first, &calls,
                                              NULL));
    assert_int_equal(calls, 1);
    drop(&ws);
}

struct nested {
    struct workspace *ws;
    struct bylaw__buf *told;
};

static int tell_all_again(void *payload, const struct bylaw__source_row *row)
{
    struct nested *nested = payload;

    bylaw__buf_printf(nested->told, "%s:", row->name);
    return bylaw__store_sources(nested->ws->store, tell_source, nested->told,
                                NULL);
}

static void test_store_sources__may_be_asked_for_inside_a_callback(void **state)
{
    struct workspace ws = new_workspace();
    struct bylaw__buf told = {0};
    struct nested nested = {&ws, &told};

    (void)state;
    add_source(&ws, "a");
    add_source(&ws, "b");
    assert_int_equal(0, bylaw__store_sources(ws.store, tell_all_again, &nested,
                                             NULL));
    check_told(&told, "a:a b b:a b ");
    drop(&ws);
}

static void test_store_pages__one_page_has_one_row(void **state)
{
    static const char *const same[] = {
        "http://www.example.com/story/?utm_source=x",
        "https://example.com/story#comments",
        "https://m.example.com/story",
    };
    struct workspace ws = new_workspace();

    (void)state;
    assert_true(add_page(&ws, "https://example.com/story", 5));
    for (size_t i = 0; i < 3; i++)
        assert_false(add_page(&ws, same[i], 1));
    assert_true(add_page(&ws, "https://example.com/other", 6));
    check_due(&ws, 10, 10, "example.com/story example.com/other ");
    drop(&ws);
}

static void
test_store_pages__robots_files_are_told_apart_by_origin(void **state)
{
    static const char *const files[] = {"http://example.com/robots.txt",
                                        "https://example.com/robots.txt",
                                        "https://www.example.com/robots.txt"};
    struct workspace ws = new_workspace();

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        struct bylaw__page_row row = {.url = files[i % 3],
                                      .via = "",
                                      .kind = "robots"};
        bool is_new;

        assert_int_equal(0,
                         bylaw__store_page_add(&is_new, ws.store, &row, NULL));
        assert_int_equal(is_new, i < 3);
    }
    drop(&ws);
}

static void test_store_pages__refuse_what_is_no_address(void **state)
{
    struct workspace ws = new_workspace();
    struct bylaw__page_row row = {.url = "ftp://example.com/",
                                  .via = "",
                                  .kind = "page"};
    struct bylaw_error err = {0};

    (void)state;
    assert_true(bylaw__store_page_add(NULL, ws.store, &row, &err) < 0);
    assert_string_equal(err.id, "url.scheme");
    drop(&ws);
}

static void test_store_pages__are_due_from_their_time_on(void **state)
{
    struct workspace ws = new_workspace();

    (void)state;
    add_page(&ws, "https://a.test/1", 100);
    check_due(&ws, 99, 10, "");
    check_due(&ws, 100, 10, "a.test/1 ");
    drop(&ws);
}

static void test_store_pages__hosts_take_turns(void **state)
{
    struct workspace ws = new_workspace();

    (void)state;
    for (int i = 0; i < 4; i++) {
        char url[64];

        snprintf(url, sizeof(url), "https://big.test/%d", i);
        add_page(&ws, url, i);
    }
    add_page(&ws, "https://small.test/late", 50);
    add_page(&ws, "https://small.test/soon", 40);
    add_page(&ws, "https://third.test/", 60);
    check_due(&ws, 100, 10,
              "big.test/0 small.test/soon third.test/ big.test/1 "
              "small.test/late big.test/2 big.test/3 ");
    check_due(&ws, 100, 4,
              "big.test/0 small.test/soon third.test/ big.test/1 ");
    check_due(&ws, 100, 2, "big.test/0 small.test/soon ");
    check_due(&ws, 100, 0, "");
    drop(&ws);
}

static void
test_store_pages__due_at_one_time_come_as_they_were_added(void **state)
{
    struct workspace ws = new_workspace();

    (void)state;
    add_page(&ws, "https://b.test/2", 7);
    add_page(&ws, "https://b.test/1", 7);
    add_page(&ws, "https://a.test/1", 7);
    check_due(&ws, 7, 10, "b.test/2 a.test/1 b.test/1 ");
    drop(&ws);
}

static void test_store_values__have_a_ceiling(void **state)
{
    struct workspace ws = new_workspace();
    char *text = malloc(BYLAW_LIMIT_STORE_VALUE + 2);
    struct bylaw_error err = {0};

    (void)state;
    assert_non_null(text);
    memset(text, 'x', BYLAW_LIMIT_STORE_VALUE + 1);
    text[BYLAW_LIMIT_STORE_VALUE + 1] = 0;
    add_source(&ws, "a");
    for (size_t over = 0; over < 3; over++) {
        const char *value = text + 2 - over; /* limit - 1, limit, limit + 1 */
        int rc =
            bylaw__store_source_refresh(ws.store, "a", value, NULL, 0, &err);

        assert_int_equal(rc, over == 2 ? BYLAW_ELIMIT : 0);
    }
    assert_string_equal(err.id, "store.too-large");
    free(text);
    drop(&ws);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_store_sources__come_in_the_order_they_were_added),
        cmocka_unit_test(test_store_sources__have_one_name_each),
        cmocka_unit_test(test_store_sources__refuse_an_unknown_kind_or_parent),
        cmocka_unit_test(test_store_sources__a_feed_takes_its_articles_with_it),
        cmocka_unit_test(test_store_sources__a_removed_name_may_come_back),
        cmocka_unit_test(test_store_sources__are_refreshed_with_what_was_read),
        cmocka_unit_test(test_store_sources__end_where_the_callback_says_so),
        cmocka_unit_test(
            test_store_sources__may_be_asked_for_inside_a_callback),
        cmocka_unit_test(test_store_pages__one_page_has_one_row),
        cmocka_unit_test(
            test_store_pages__robots_files_are_told_apart_by_origin),
        cmocka_unit_test(test_store_pages__refuse_what_is_no_address),
        cmocka_unit_test(test_store_pages__are_due_from_their_time_on),
        cmocka_unit_test(test_store_pages__hosts_take_turns),
        cmocka_unit_test(
            test_store_pages__due_at_one_time_come_as_they_were_added),
        cmocka_unit_test(test_store_values__have_a_ceiling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
