/* SPDX-License-Identifier: Apache-2.0 */
/* Pages that change are seen again sooner, those that fail later. */
#include "unit/url_check.h"

#include "crawl/crawl.h"

#define MINUTE INT64_C(60000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define NOW    INT64_C(1700000000000)

static void test_revisit__follows_what_the_visits_found(void **state)
{
    static const struct {
        const char *what;
        struct bylaw__visit visit;
        int64_t interval, wait;
    } rows[] = {
        {"the first visit", {NOW, 0, false, 0, 0}, 90 * MINUTE, 90 * MINUTE},
        {"no change", {NOW, 2 * HOUR, false, 0, 0}, 3 * HOUR, 3 * HOUR},
        {"a change", {NOW, 10 * HOUR, true, 0, 0}, 8 * HOUR, 8 * HOUR},
        {"a change, least",
         {NOW, 100 * MINUTE, true, 0, 0},
         90 * MINUTE,
         90 * MINUTE},
        {"no change, most", {NOW, 61 * DAY, false, 0, 0}, 90 * DAY, 90 * DAY},
        {"a damaged record", {NOW, -5, true, 0, 0}, 90 * MINUTE, 90 * MINUTE},
        {"a huge record", {NOW, INT64_MAX, false, 0, 0}, 90 * DAY, 90 * DAY},
        {"one failure", {NOW, 3 * HOUR, false, 1, 0}, 3 * HOUR, 6 * HOUR},
        {"three failures", {NOW, 0, true, 3, 0}, 90 * MINUTE, 12 * HOUR},
        {"many failures",
         {NOW, 3 * HOUR, false, 4000000000u, 0},
         3 * HOUR,
         90 * DAY},
        {"a longer wait asked",
         {NOW, 2 * HOUR, false, 0, 5 * HOUR},
         3 * HOUR,
         5 * HOUR},
        {"a shorter wait asked",
         {NOW, 2 * HOUR, false, 0, HOUR},
         3 * HOUR,
         3 * HOUR},
        {"an endless wait asked",
         {NOW, 2 * HOUR, false, 0, INT64_MAX},
         3 * HOUR,
         90 * DAY},
        {"a negative wait asked",
         {NOW, 2 * HOUR, false, 0, INT64_MIN},
         3 * HOUR,
         3 * HOUR},
        {"a failure and a wait",
         {NOW, 2 * HOUR, false, 1, 9 * HOUR},
         2 * HOUR,
         9 * HOUR},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bylaw__visit visit = rows[i].visit;
        int64_t due = bylaw__revisit_due(&visit, NOW);

        if (visit.interval_ms != rows[i].interval || due != NOW + rows[i].wait)
            fail_msg("%s: interval %lld, wait %lld", rows[i].what,
                     (long long)visit.interval_ms, (long long)(due - NOW));
    }
}

static void test_revisit__never_visited_is_due_now(void **state)
{
    struct bylaw__visit visit = {0};

    (void)state;
    assert_int_equal(bylaw__revisit_due(&visit, NOW), NOW);
    assert_int_equal(visit.interval_ms, 90 * MINUTE);
}

static void test_revisit__counts_from_the_last_visit(void **state)
{
    struct bylaw__visit visit = {NOW - DAY, 2 * HOUR, false, 0, 0};
    struct bylaw__visit future = {NOW + 365 * DAY, 2 * HOUR, false, 0, 0};

    (void)state;
    assert_int_equal(bylaw__revisit_due(&visit, NOW), NOW - DAY + 3 * HOUR);
    assert_int_equal(bylaw__revisit_due(&future, NOW), NOW + 3 * HOUR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_revisit__follows_what_the_visits_found),
        cmocka_unit_test(test_revisit__never_visited_is_due_now),
        cmocka_unit_test(test_revisit__counts_from_the_last_visit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
