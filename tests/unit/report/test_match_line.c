/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of bulk matching: how spans are told, and what is taken in again. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define DIGEST                                                                 \
    "00000000000000000000000000000000000000000000000000000000000000ff"

static const struct bylaw__match_line page = {
    .page_url = "http://pages.example/a",
    .captured_at = "2024-06-01T00:00:00Z",
    .page_sha256 = DIGEST,
    .page_title = "A",
    .page_language = "en",
    .is_complete = true,
    .file = "a.warc.gz",
    .record = "<urn:x:a>",
    .source_id = "a",
    .source_url = "http://source.example/a",
    .source_title = "A",
    .source_sha256 = DIGEST};

static void check_told(const struct bylaw_match *match, const char *wanted)
{
    struct bylaw__buf line = {0};

    assert_int_equal(0, bylaw__match_line_write(&line, &page, match));
    if (bylaw__span_find(bylaw__buf_span(&line), bylaw__span_of(wanted)) ==
        SIZE_MAX)
        fail_msg("%.*s does not hold %s", (int)line.len, line.ptr, wanted);
    bylaw__buf_release(&line);
}

static bool is_taken_in(const struct bylaw_match *match)
{
    struct bylaw__match_line read;
    struct bylaw__buf line = {0};
    struct bylaw__arena arena;
    bool is_match = false;

    bylaw__arena_init(&arena, 0);
    assert_int_equal(0, bylaw__match_line_write(&line, &page, match));
    assert_int_equal(0, bylaw__match_line_read(&read, &is_match, &arena,
                                               bylaw__buf_span(&line), NULL));
    bylaw__buf_release(&line);
    bylaw__arena_release(&arena);
    return is_match;
}

static void
test_match_line__a_retelling_holds_the_copies_inside_it(void **state)
{
    static const struct bylaw_match_span copies[] = {
        {.page = {0, 10}, .source = {0, 10}},
        {.page = {30, 40}, .source = {50, 60}, .edit_distance = 1},
        {.page = {90, 95}, .source = {95, 99}, .is_quoted = true}};
    static const struct bylaw_match_span retold[] = {
        {.page = {20, 80}, .source = {20, 90}, .edit_distance = 9}};
    static const struct bylaw_match match = {.class = BYLAW_MATCH_EXCERPT,
                                             .spans = copies,
                                             .span_count = 3,
                                             .rewrites = retold,
                                             .rewrite_count = 1,
                                             .rewritten_words = 7};

    (void)state;
    check_told(&match,
               "\"rewritten_words\":7,\"spans\":["
               "{\"source\":[0,10],\"page\":[0,10],\"edit_distance\":0,"
               "\"quoted\":false},"
               "{\"source\":[20,90],\"page\":[20,80],\"edit_distance\":9,"
               "\"quoted\":false,\"rewritten\":true,\"parts\":["
               "{\"source\":[50,60],\"page\":[30,40],\"edit_distance\":1,"
               "\"quoted\":false}]},"
               "{\"source\":[95,99],\"page\":[90,95],\"edit_distance\":0,"
               "\"quoted\":true}]");
}

static void test_match_line__a_translation_is_told_by_its_names(void **state)
{
    static const struct bylaw_match match = {.class = BYLAW_MATCH_TRANSLATION,
                                             .kinship = {12, 3.5, 0.5, 0.75}};

    (void)state;
    check_told(&match, "\"class\":\"translation\"");
    check_told(&match, "\"kinship\":{\"names_and_numbers\":12,\"score\":3.5");
}

static void test_match_line__copies_are_taken_in_and_hints_are_not(void **state)
{
    static const enum bylaw_match_class copies[] = {BYLAW_MATCH_FULL,
                                                    BYLAW_MATCH_PARTIAL,
                                                    BYLAW_MATCH_EXCERPT,
                                                    BYLAW_MATCH_QUOTATION};

    (void)state;
    for (size_t i = 0; i < sizeof(copies) / sizeof(copies[0]); i++)
        assert_true(is_taken_in(&(struct bylaw_match){.class = copies[i]}));
    assert_false(is_taken_in(&(struct bylaw_match){.class = BYLAW_MATCH_NONE}));
    assert_false(
        is_taken_in(&(struct bylaw_match){.class = BYLAW_MATCH_TRANSLATION}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_match_line__a_retelling_holds_the_copies_inside_it),
        cmocka_unit_test(test_match_line__a_translation_is_told_by_its_names),
        cmocka_unit_test(
            test_match_line__copies_are_taken_in_and_hints_are_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
