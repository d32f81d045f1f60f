/* SPDX-License-Identifier: Apache-2.0 */
/* Terms on time: the publisher's date, the page's, and the day of fetching. */
#include "unit/judge/fixtures.h"

#include "judge/judge_int.h"

#define DAY_MS ((int64_t)24 * 60 * 60 * 1000)

/* The article is of 2023-05-16; days count from then. */
static int64_t day_of_fetching(int days)
{
    return (bylaw__time_days(2023, 5, 16) + days) * DAY_MS + DAY_MS / 2;
}

static void start(struct page *p, const char *id)
{
    page_start(p);
    must(p, id);
    add_article(p);
    p->rule.delay = "2d";
    p->rule.window = "90d";
    p->rule.remove_after = "90d";
}

static void add_date(struct page *p, const char *origin, const char *value)
{
    add_meta(p, BYLAW_META_PUBLISHED, value);
    p->metas[p->document.meta_count - 1].origin = origin;
}

/* The page states the date in metadata and in a visible line. */
static void check_dated(const char *id, const char *date, const char *want,
                        const char *says)
{
    struct page p;

    start(&p, id);
    add_date(&p, "json-ld", date);
    add_date(&p, "text", date);
    check_term(&p, id, want, says);
}

static void test_delay__is_kept_from_its_day_on(void **s)
{
    (void)s;
    check_dated("time.delay", "2023-05-18", PASS, "from 2023-05-18 on");
    check_dated("time.delay", "2023-06-01", PASS, NULL);
    check_dated("time.delay", "2023-05-17", UNKNOWN, "hour would decide");
    check_dated("time.delay", "2023-05-16", FAIL, "dated 2023-05-16");
}

static void test_delay__is_broken_by_a_page_seen_before_its_end(void **s)
{
    struct page p;

    (void)s;
    start(&p, "time.delay");
    p.c.fetched_ms = day_of_fetching(0);
    check_term(&p, "time.delay", FAIL, "there on 2023-05-16");
    p.c.fetched_ms = day_of_fetching(1);
    check_term(&p, "time.delay", UNKNOWN, "does not say when");
}

static void test_window__closes_after_its_last_day(void **s)
{
    (void)s;
    check_dated("time.window", "2023-05-16", PASS, "until 2023-08-14");
    check_dated("time.window", "2023-08-14", PASS, NULL);
    check_dated("time.window", "2023-08-15", UNKNOWN, "hour would decide");
    check_dated("time.window", "2023-08-16", FAIL, "dated 2023-08-16");
}

static void test_window__is_kept_by_a_page_seen_in_it(void **s)
{
    struct page p;

    (void)s;
    start(&p, "time.window");
    p.c.fetched_ms = day_of_fetching(89);
    check_term(&p, "time.window", PASS, "was there on 2023-08-13");
    p.c.fetched_ms = day_of_fetching(500);
    check_term(&p, "time.window", UNKNOWN, "does not say when");
}

static void test_date__claimed_in_one_place_settles_nothing(void **s)
{
    static const char *const origins[] = {"json-ld", "text", "og"};

    (void)s;
    for (size_t i = 0; i < 3; i++) {
        struct page p;

        start(&p, "time.window");
        add_date(&p, origins[i], "2024-05-16");
        check_term(&p, "time.window", UNKNOWN, "nothing else bears it out");
        add_date(&p, origins[i], "2024-05-16");
        check_term(&p, "time.window", UNKNOWN, "nothing else bears it out");
    }
}

static void test_date__is_borne_out_by_the_address(void **s)
{
    static const char *const urls[] = {
        "https://blog.example/2024/05/16/japan",
        "https://blog.example/a/2024-05-16-japan",
        "https://blog.example/20240516/japan",
    };
    static const char *const others[] = {
        "https://blog.example/2024/05/japan",
        "https://blog.example/p/202405161/japan",
        "https://blog.example/2024/13/16/japan",
        "https://blog.example/9/2024",
    };

    (void)s;
    for (size_t i = 0; i < 7; i++) {
        struct page p;

        start(&p, "time.window");
        add_date(&p, "json-ld", "2024-05-16T08:00:00Z");
        p.c.page_url = i < 3 ? urls[i] : others[i - 3];
        check_term(&p, "time.window", i < 3 ? FAIL : UNKNOWN, NULL);
    }
}

static void test_date__that_is_contradicted_settles_nothing(void **s)
{
    struct page p;

    (void)s;
    start(&p, "time.window");
    add_date(&p, "json-ld", "2024-05-16");
    add_date(&p, "text", "2024-05-16");
    check_term(&p, "time.window", FAIL, NULL);
    add_date(&p, "microdata", "2023-05-17");
    check_term(&p, "time.window", UNKNOWN, "contradict each other");
}

static void test_date__after_the_day_of_fetching_settles_nothing(void **s)
{
    struct page p;

    (void)s;
    start(&p, "time.window");
    add_date(&p, "json-ld", "2024-05-16");
    add_date(&p, "text", "2024-05-16");
    p.c.fetched_ms = day_of_fetching(200);
    check_term(&p, "time.window", UNKNOWN, "contradict");
}

static void test_date__with_zone_is_exact(void **s)
{
    static const struct {
        const char *date, *want;
    } cases[] = {{"2023-05-17T05:00:00Z", FAIL},
                 {"2023-05-17T06:30:00Z", PASS},
                 {"2023-05-17T04:30:00-02:00", PASS},
                 {"2023-05-17T08:30:00.000+0300", FAIL},
                 {"2023-05-17T05:00:00", UNKNOWN}};

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct page p;

        start(&p, "time.delay");
        p.source.published = "2023-05-16T20:00:00+02:00";
        p.rule.delay = "12h";
        add_date(&p, "json-ld", cases[i].date);
        add_date(&p, "text", "2023-05-17");
        check_term(&p, "time.delay", cases[i].want, NULL);
    }
}

static void test_clock__without_the_publishers_date_is_unknown(void **s)
{
    static const char *const ids[] = {"time.delay", "time.window",
                                      "time.remove"};

    (void)s;
    for (size_t i = 0; i < 3; i++) {
        struct page p;

        start(&p, ids[i]);
        p.source.published = i ? NULL : "2023";
        check_term(&p, ids[i], UNKNOWN, "not known when");
    }
}

static void test_clock__of_the_term_stands_over_the_rules(void **s)
{
    static const struct bylaw_param own = {"for", "1w"};
    struct page p;

    (void)s;
    page_start(&p);
    must_with(&p, "time.window", &own);
    add_article(&p);
    p.c.fetched_ms = day_of_fetching(7);
    check_term(&p, "time.window", PASS, "until 2023-05-23");
    p.terms[0].param_count = 0;
    check_term(&p, "time.window", MOOT, "names no length");
}

static void check_removal(int days, enum bylaw_match_class class,
                          const char *want, const char *says)
{
    struct page p;

    start(&p, "time.remove");
    p.match.class = class;
    p.c.fetched_ms = day_of_fetching(days);
    check_term(&p, "time.remove", want, says);
}

static void test_remove__is_due_after_its_day(void **s)
{
    struct page p;

    (void)s;
    check_removal(30, BYLAW_MATCH_FULL, PASS, "before 2023-08-14");
    check_removal(92, BYLAW_MATCH_FULL, FAIL, "still there on 2023-08-16");
    check_removal(92, BYLAW_MATCH_PARTIAL, FAIL, NULL);
    check_removal(92, BYLAW_MATCH_EXCERPT, PASS, "excerpt");
    start(&p, "time.remove");
    check_term(&p, "time.remove", UNKNOWN, "still there");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_delay__is_kept_from_its_day_on),
        cmocka_unit_test(test_delay__is_broken_by_a_page_seen_before_its_end),
        cmocka_unit_test(test_window__closes_after_its_last_day),
        cmocka_unit_test(test_window__is_kept_by_a_page_seen_in_it),
        cmocka_unit_test(test_date__claimed_in_one_place_settles_nothing),
        cmocka_unit_test(test_date__is_borne_out_by_the_address),
        cmocka_unit_test(test_date__that_is_contradicted_settles_nothing),
        cmocka_unit_test(test_date__after_the_day_of_fetching_settles_nothing),
        cmocka_unit_test(test_date__with_zone_is_exact),
        cmocka_unit_test(test_clock__without_the_publishers_date_is_unknown),
        cmocka_unit_test(test_clock__of_the_term_stands_over_the_rules),
        cmocka_unit_test(test_remove__is_due_after_its_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
