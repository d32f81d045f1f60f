/* SPDX-License-Identifier: Apache-2.0 */
/* Which turns of a case are news to whom, as a table. */
#include "store/news_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define SEEN    BYLAW_CASE_SEEN
#define NEW     BYLAW_CASE_NEW
#define FIXED   BYLAW_CASE_FIXED
#define GONE    BYLAW_CASE_GONE
#define BACK    BYLAW_CASE_REGRESSED
#define ALLOWED BYLAW_CASE_ALLOWED
#define UNREAD  BYLAW_CASE_UNREACHABLE
#define NONE    BYLAW_CASE_NONE
#define MOST    6

/* The states a case goes through, from where the channel last heard of it. */
static const struct {
    const char *sentence;
    enum bylaw_news_kind told;
    enum bylaw_case_state path[MOST];
    size_t count;
    int person; /* the step that a person takes; 0: none */
    enum bylaw_news_kind want;
} rows[] = {
    {"one finding is no news", 0, {NONE, SEEN}, 2, 0, BYLAW_NEWS_NONE},
    {"a confirmed one is", 0, {NONE, SEEN, NEW}, 3, 0, BYLAW_NEWS_NEW},
    {"not confirmed: none", 0, {NONE, SEEN, NONE}, 3, 0, BYLAW_NEWS_NONE},
    {"fixed before it was told", 0, {SEEN, NEW, FIXED}, 3, 0, BYLAW_NEWS_NONE},
    {"fixed after", BYLAW_NEWS_NEW, {NEW, FIXED}, 2, 0, BYLAW_NEWS_FIXED},
    {"fixed twice", BYLAW_NEWS_FIXED, {BACK, FIXED}, 2, 0, BYLAW_NEWS_NONE},
    {"gone after", BYLAW_NEWS_NEW, {NEW, GONE}, 2, 0, BYLAW_NEWS_GONE},
    {"gone unheard of", 0, {SEEN, GONE}, 2, 0, BYLAW_NEWS_NONE},
    {"fixed and gone", BYLAW_NEWS_FIXED, {FIXED, GONE}, 2, 0, BYLAW_NEWS_NONE},
    {"back", BYLAW_NEWS_FIXED, {FIXED, BACK}, 2, 0, BYLAW_NEWS_REGRESSED},
    {"back at once",
     BYLAW_NEWS_NEW,
     {NEW, FIXED, BACK},
     3,
     0,
     BYLAW_NEWS_REGRESSED},
    {"unreachable",
     BYLAW_NEWS_NEW,
     {NEW, UNREAD},
     2,
     0,
     BYLAW_NEWS_UNREACHABLE},
    {"and readable again",
     BYLAW_NEWS_NEW,
     {NEW, UNREAD, NEW},
     3,
     0,
     BYLAW_NEWS_NONE},
    {"a page that comes and goes",
     BYLAW_NEWS_UNREACHABLE,
     {UNREAD, NEW, UNREAD},
     3,
     0,
     BYLAW_NEWS_NONE},
    {"readable again is no regress",
     BYLAW_NEWS_UNREACHABLE,
     {UNREAD, BACK},
     2,
     0,
     BYLAW_NEWS_NONE},
    {"found, then unreachable", 0, {SEEN, NEW, UNREAD}, 3, 0, BYLAW_NEWS_NEW},
    {"fixed once readable",
     BYLAW_NEWS_UNREACHABLE,
     {UNREAD, NEW, FIXED},
     3,
     0,
     BYLAW_NEWS_FIXED},
    {"an allowance ends soon", 0, {ALLOWED, ALLOWED}, 2, 0, BYLAW_NEWS_LAPSING},
    {"a person allows again", 0, {ALLOWED, ALLOWED}, 2, 1, BYLAW_NEWS_NONE},
    {"an allowance has ended",
     BYLAW_NEWS_LAPSING,
     {ALLOWED, NEW},
     2,
     0,
     BYLAW_NEWS_NEW},
    {"a person reopens it", 0, {ALLOWED, NEW}, 2, 1, BYLAW_NEWS_NONE},
    {"a person has seen it",
     0,
     {SEEN, NEW, BYLAW_CASE_CONFIRMED},
     3,
     2,
     BYLAW_NEWS_NONE},
    {"found otherwise", BYLAW_NEWS_NEW, {NEW, NEW}, 2, 0, BYLAW_NEWS_NONE},
};

static void test_news__is_each_turn_of_a_case_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bylaw__news_fold fold = {.told = rows[i].told};

        for (size_t k = 1; k < rows[i].count; k++) {
            struct bylaw__news_event event = {rows[i].path[k - 1],
                                              rows[i].path[k],
                                              (int)k == rows[i].person};

            bylaw__news_take(&fold, &event);
        }
        if (fold.pending != rows[i].want)
            fail_msg("%s: %s instead of %s", rows[i].sentence,
                     bylaw_news_kind_name(fold.pending),
                     bylaw_news_kind_name(rows[i].want));
    }
}

static void check_scans(unsigned failing, int64_t first,
                        enum bylaw_news_scan told, int64_t told_first,
                        enum bylaw_news_scan want)
{
    assert_int_equal(bylaw__news_of_scans(failing, first, told, told_first),
                     want);
}

static void test_news__of_failing_scans_comes_once_a_row(void **state)
{
    enum bylaw_news_scan quiet = BYLAW_NEWS_SCAN_QUIET;
    enum bylaw_news_scan failing = BYLAW_NEWS_SCAN_FAILING;

    (void)state;
    check_scans(BYLAW__NEWS_FAILING - 1, 7, quiet, 0, quiet);
    check_scans(BYLAW__NEWS_FAILING, 7, quiet, 0, failing);
    check_scans(BYLAW__NEWS_FAILING + 1, 7, failing, 7, quiet);
    check_scans(BYLAW__NEWS_FAILING, 20, failing, 7, failing);
}

static void test_news__of_recovery_comes_only_after_failure(void **state)
{
    enum bylaw_news_scan quiet = BYLAW_NEWS_SCAN_QUIET;
    enum bylaw_news_scan failing = BYLAW_NEWS_SCAN_FAILING;
    enum bylaw_news_scan recovered = BYLAW_NEWS_SCAN_RECOVERED;

    (void)state;
    check_scans(0, 0, failing, 7, recovered);
    check_scans(1, 20, failing, 7, quiet);
    check_scans(0, 0, recovered, 0, quiet);
    check_scans(0, 0, quiet, 0, quiet);
}

static void test_scan_worth__a_scan_that_died_has_failed(void **state)
{
    static const struct {
        const char *outcome;
        enum bylaw__scan_worth want;
    } worths[] = {
        {"complete", BYLAW__SCAN_WORTH_GOOD},
        {"limited", BYLAW__SCAN_WORTH_GOOD},
        {"interrupted", BYLAW__SCAN_WORTH_NOTHING},
        {"barren", BYLAW__SCAN_WORTH_FAILED},
        {"", BYLAW__SCAN_WORTH_FAILED},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(worths); i++)
        assert_int_equal(bylaw__scan_worth_of(worths[i].outcome),
                         worths[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_news__is_each_turn_of_a_case_once),
        cmocka_unit_test(test_news__of_failing_scans_comes_once_a_row),
        cmocka_unit_test(test_news__of_recovery_comes_only_after_failure),
        cmocka_unit_test(test_scan_worth__a_scan_that_died_has_failed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
