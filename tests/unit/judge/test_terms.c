/* SPDX-License-Identifier: Apache-2.0 */
/* The table of terms: no row without its words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "judge/judge_int.h"

static void test_terms__each_has_its_words_and_its_function(void **s)
{
    size_t i = 0;

    (void)s;
    for (const struct bylaw__term_info *info;
         (info = bylaw__term_at(i)) != NULL; i++) {
        const struct judge_term *row = term_row(info->id);

        assert_non_null(row);
        assert_ptr_equal(&row->info, info);
        assert_non_null(row->evaluate);
        assert_true(strlen(row->label) > 5);
        assert_in_range(row->severity, 1, 5);
        assert_true(strlen(info->summary) > 10);
        assert_true(strstr(info->decided, "nknown") != NULL);
        assert_true(strlen(info->decided) > 80);
    }
    assert_true(i >= 27);
}

static void test_terms__each_parameter_is_explained(void **s)
{
    (void)s;
    for (size_t i = 0; bylaw__term_at(i); i++) {
        const struct bylaw__term_info *info = bylaw__term_at(i);
        size_t params = 0, helps = 0;

        while (info->params[params])
            params++;
        while (info->param_help[helps])
            assert_true(strlen(info->param_help[helps++]) > 10);
        assert_int_equal(params, helps);
        assert_true(params >= 2); /* one-link and if-supplied go everywhere */
    }
}

static void test_terms__kind_follows_the_id(void **s)
{
    (void)s;
    for (size_t i = 0; bylaw__term_at(i); i++) {
        const struct bylaw__term_info *info = bylaw__term_at(i);

        assert_int_equal(info->kind == BYLAW_TERM_PROHIBITION,
                         !strncmp(info->id, "no.", 3));
    }
}

static void test_terms__are_found_by_id(void **s)
{
    (void)s;
    assert_ptr_equal(bylaw__term_find("link.original"),
                     &term_link_original.info);
    assert_null(bylaw__term_find("link"));
    assert_null(bylaw__term_find(""));
    assert_null(bylaw__term_find(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_terms__each_has_its_words_and_its_function),
        cmocka_unit_test(test_terms__each_parameter_is_explained),
        cmocka_unit_test(test_terms__kind_follows_the_id),
        cmocka_unit_test(test_terms__are_found_by_id),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
