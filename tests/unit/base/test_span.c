/* SPDX-License-Identifier: Apache-2.0 */
/* Borrowed text: comparing, cutting, searching, without a locale. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct bylaw_span nothing; /* NULL, 0 */

static void check(struct bylaw_span got, const char *want)
{
    assert_int_equal(got.len, strlen(want));
    if (got.len)
        assert_memory_equal(got.ptr, want, got.len);
}

static void test_span__null_is_empty_everywhere(void **state)
{
    (void)state;
    check(bylaw__span_of(NULL), "");
    check(bylaw__span_sub(nothing, 0, 5), "");
    check(bylaw__span_trim(nothing), "");
    assert_true(bylaw__span_eq(nothing, BYLAW__SPAN("")));
    assert_true(bylaw__span_is(nothing, NULL));
    assert_true(bylaw__span_eq_nocase(nothing, nothing));
    assert_true(bylaw__span_starts(nothing, ""));
    assert_true(bylaw__span_ends(nothing, NULL));
    assert_false(bylaw__span_starts(nothing, "a"));
    assert_int_equal(bylaw__span_find(nothing, nothing), 0);
    assert_int_equal(bylaw__span_find_nocase(nothing, nothing), 0);
    assert_int_equal(bylaw__span_find(nothing, BYLAW__SPAN("a")), SIZE_MAX);
    assert_int_equal(bylaw__span_find_nocase(nothing, BYLAW__SPAN("a")),
                     SIZE_MAX);
    assert_false(bylaw__span_has_word(nothing, "a"));
}

static void test_span_sub__is_clipped_to_the_span(void **state)
{
    static const struct {
        size_t begin, end;
        const char *want;
    } cases[] = {
        {0, 5, "abcde"},
        {1, 3, "bc"},
        {3, 1, ""},
        {5, 5, ""},
        {5, 9, ""},
        {4, SIZE_MAX, "e"},
        {SIZE_MAX, SIZE_MAX, ""},
        {SIZE_MAX, 2, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check(bylaw__span_sub(BYLAW__SPAN("abcde"), cases[i].begin,
                              cases[i].end),
              cases[i].want);
}

static void test_span_trim__takes_ascii_white_space_only(void **state)
{
    (void)state;
    check(bylaw__span_trim(BYLAW__SPAN(" \t\n\f\r a b \r\n")), "a b");
    check(bylaw__span_trim(BYLAW__SPAN(" \n ")), "");
    check(bylaw__span_trim(BYLAW__SPAN("\xc2\xa0x\xc2\xa0")),
          "\xc2\xa0x\xc2\xa0");
    check(bylaw__span_trim(BYLAW__SPAN("\vx")), "\vx");
}

static void test_span__compares_bytes_nuls_included(void **state)
{
    (void)state;
    assert_true(bylaw__span_eq(BYLAW__SPAN("a\0b"), BYLAW__SPAN("a\0b")));
    assert_false(bylaw__span_eq(BYLAW__SPAN("a\0b"), BYLAW__SPAN("a\0c")));
    assert_false(bylaw__span_is(BYLAW__SPAN("a\0b"), "a"));
    assert_true(
        bylaw__span_eq_nocase(BYLAW__SPAN("A\0z"), BYLAW__SPAN("a\0Z")));
    assert_false(bylaw__span_is_nocase(BYLAW__SPAN("abc"), "ab"));
}

static void test_span__folds_ascii_letters_and_nothing_else(void **state)
{
    (void)state;
    assert_true(bylaw__span_is_nocase(BYLAW__SPAN("AZaz"), "azAZ"));
    assert_false(bylaw__span_is_nocase(BYLAW__SPAN("@[`{"), "`{@["));
    assert_false(bylaw__span_is_nocase(BYLAW__SPAN("\xc3\x84"), "\xc3\xa4"));
}

static void test_span__knows_beginnings_and_ends(void **state)
{
    const struct bylaw_span s = BYLAW__SPAN("Header: x");

    (void)state;
    assert_true(bylaw__span_starts(s, "Header"));
    assert_false(bylaw__span_starts(s, "header"));
    assert_true(bylaw__span_starts_nocase(s, "hEADER:"));
    assert_false(bylaw__span_starts(s, "Header: xy"));
    assert_false(bylaw__span_starts_nocase(s, "Header: xy"));
    assert_true(bylaw__span_ends(s, ": x"));
    assert_true(bylaw__span_ends(s, "Header: x"));
    assert_false(bylaw__span_ends(s, "a Header: x"));
}

static void test_span_find__gives_the_first_place(void **state)
{
    static const struct {
        const char *text, *needle;
        size_t exact, folded;
    } cases[] = {
        {"abcabc", "bc", 1, 1},
        {"abcabc", "", 0, 0},
        {"abc", "abc", 0, 0},
        {"abc", "abcd", SIZE_MAX, SIZE_MAX},
        {"aab", "ab", 1, 1},
        {"xABC", "abc", SIZE_MAX, 1},
        {"", "", 0, 0},
        {"", "a", SIZE_MAX, SIZE_MAX},
        {"abcabC", "abC", 3, 0},
        {"x\xc3\x84", "\xc3\x84", 1, 1},
        {"zaZz", "zz", SIZE_MAX, 2},
        {"a1b A2B", "a2", SIZE_MAX, 4},
        {"qqx", "qx", 1, 1},
        {"tthe", "the", 1, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bylaw_span text = bylaw__span_of(cases[i].text);
        struct bylaw_span needle = bylaw__span_of(cases[i].needle);

        assert_int_equal(bylaw__span_find(text, needle), cases[i].exact);
        assert_int_equal(bylaw__span_find_nocase(text, needle),
                         cases[i].folded);
    }
    assert_int_equal(bylaw__span_find(BYLAW__SPAN("a\0bc"), BYLAW__SPAN("\0b")),
                     1);
}

static void test_span_has_word__wants_whole_words(void **state)
{
    const struct bylaw_span list = BYLAW__SPAN("\tnofollow  NoOpener\nme ");

    (void)state;
    assert_true(bylaw__span_has_word(list, "nofollow"));
    assert_true(bylaw__span_has_word(list, "noopener"));
    assert_true(bylaw__span_has_word(list, "ME"));
    assert_false(bylaw__span_has_word(list, "open"));
    assert_false(bylaw__span_has_word(list, "nofollow  NoOpener"));
    assert_false(bylaw__span_has_word(list, ""));
}

static void test_chars__do_not_depend_on_a_locale(void **state)
{
    (void)state;
    for (int c = -1; c < 512; c++) {
        bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
        bool digit = c >= '0' && c <= '9';
        bool hex = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');

        assert_int_equal(bylaw__is_alpha(c), upper || lower);
        assert_int_equal(bylaw__is_digit(c), digit);
        assert_int_equal(bylaw__is_alnum(c), upper || lower || digit);
        assert_int_equal(bylaw__is_space(c),
                         c > 0 && c < 128 && strchr(" \t\n\f\r", c) != NULL);
        assert_int_equal(bylaw__hex_value(c) >= 0, hex);
    }
    assert_int_equal(bylaw__hex_value('f'), 15);
    assert_int_equal(bylaw__hex_value('A'), 10);
    assert_int_equal(bylaw__lower('Z'), 'z');
    assert_int_equal(bylaw__lower('['), '[');
}

/* Vectors of the FNV reference: draft-eastlake-fnv, appendix C. */
static void test_hash64__is_fnv_1a(void **state)
{
    (void)state;
    assert_true(bylaw__hash64(BYLAW__SPAN("")) == 0xcbf29ce484222325ULL);
    assert_true(bylaw__hash64(BYLAW__SPAN("a")) == 0xaf63dc4c8601ec8cULL);
    assert_true(bylaw__hash64(BYLAW__SPAN("foobar")) == 0x85944171f73967e8ULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_span__null_is_empty_everywhere),
        cmocka_unit_test(test_span_sub__is_clipped_to_the_span),
        cmocka_unit_test(test_span_trim__takes_ascii_white_space_only),
        cmocka_unit_test(test_span__compares_bytes_nuls_included),
        cmocka_unit_test(test_span__folds_ascii_letters_and_nothing_else),
        cmocka_unit_test(test_span__knows_beginnings_and_ends),
        cmocka_unit_test(test_span_find__gives_the_first_place),
        cmocka_unit_test(test_span_has_word__wants_whole_words),
        cmocka_unit_test(test_chars__do_not_depend_on_a_locale),
        cmocka_unit_test(test_hash64__is_fnv_1a),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
