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
    (void)s;
    for (size_t i = 0; bylaw__term_at(i); i++) {
        const struct bylaw__term_info *info = bylaw__term_at(i);
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
}

/* What rules may ask: the contract with whoever writes rules or reads reports. */
static const char *const vocabulary[] = {
    "credit.author",    "credit.publisher", "credit.upstream",
    "credit.line",      "credit.placement", "credit.remove",
    "link.original",    "link.anchor",      "link.licence",
    "notice.copyright", "notice.licence",   "notice.disclaimer",
    "mark.changes",     "keep.links",       "keep.text",
    "keep.whole",       "keep.title",       "keep.tagline",
    "track.pixel",      "seo.canonical",    "media.credit",
    "time.delay",       "time.window",      "time.remove",
    "site.contact",     "share.alike",      "excerpt.limit",
    "excerpt.continue", "operator.fact",    "no.alteration",
    "no.translation",   "no.commercial",    "no.paywall",
    "no.bulk",          "no.images",        "no.endorsement",
    "no.framing",       "no.syndication",   "no.false-authorship",
};
#define VOCABULARY (sizeof(vocabulary) / sizeof(vocabulary[0]))

static void test_terms__are_exactly_those_of_the_vocabulary(void **s)
{
    size_t count = 0;

    (void)s;
    for (size_t i = 0; i < VOCABULARY; i++)
        if (!bylaw__term_find(vocabulary[i]))
            fail_msg("%s cannot be judged", vocabulary[i]);
    for (; bylaw__term_at(count); count++)
        for (size_t k = 0; k < count; k++)
            assert_string_not_equal(bylaw__term_at(count)->id,
                                    bylaw__term_at(k)->id);
    assert_int_equal(count, VOCABULARY);
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
        cmocka_unit_test(test_terms__are_exactly_those_of_the_vocabulary),
        cmocka_unit_test(test_terms__each_parameter_is_explained),
        cmocka_unit_test(test_terms__kind_follows_the_id),
        cmocka_unit_test(test_terms__are_found_by_id),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
