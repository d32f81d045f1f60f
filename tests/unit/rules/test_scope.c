/* SPDX-License-Identifier: Apache-2.0 */
/* What a rule reaches: grants, exclusions, versions. */
#include "rules_helper.h"

#define HEAD                                                                   \
    "id: x\n"                                                                  \
    "title: X\n"                                                               \
    "status: provisional\n"                                                    \
    "licence: CC-BY-4.0\n"                                                     \
    "captured: {url: https://x.org/, date: 2023-05-16}\n"

static struct bylaw_rules *load(const char *yaml)
{
    struct bylaw_rules *rules = NULL;
    struct bylaw_error err = {0};

    assert_int_equal(bylaw__rules_load_text(&rules, span_of(yaml), "x.yaml",
                                            specs, SPEC_COUNT, NULL, NULL,
                                            &err),
                     0);
    assert_int_equal(rules->count, 1);
    return rules;
}

static void check_grants(const char *yaml, bool states, size_t count)
{
    struct bylaw_rules *rules = load(yaml);

    assert_int_equal(rules->items[0].states_grants, states);
    assert_int_equal(rules->items[0].grant_count, count);
    bylaw_rules_free(rules);
}

static void test_scope__of_no_grants_differs_from_silence(void **state)
{
    (void)state;
    check_grants(HEAD, false, 0);
    check_grants(HEAD "grants: []\n", true, 0);
    check_grants(HEAD "grants: [{action: extract}]\n", true, 1);
}

static void test_scope__keeps_exclusions_by_kind(void **state)
{
    static const enum bylaw_exclusion_kind kinds[] = {BYLAW_EXCLUDES_AUTHOR,
                                                      BYLAW_EXCLUDES_PUBLISHER,
                                                      BYLAW_EXCLUDES_STATEMENT,
                                                      BYLAW_EXCLUDES_ADDRESS};
    static const char *const texts[] = {"A B", "C", "d e", "/f/"};
    struct bylaw_rules *rules =
        load(HEAD "excludes: [{author: A B}, {publisher: C}, {statement: d e}, "
                  "{address: /f/}]\n");

    (void)state;
    assert_int_equal(rules->items[0].exclusion_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(rules->items[0].exclusions[i].kind, kinds[i]);
        assert_string_equal(rules->items[0].exclusions[i].text, texts[i]);
    }
    bylaw_rules_free(rules);
}

static void test_scope__names_the_series_of_its_versions(void **state)
{
    struct bylaw_rules *rules =
        load(HEAD "series: x-policy\nvalid: {from: 2023-01-01}\n");

    (void)state;
    assert_string_equal(rules->items[0].series, "x-policy");
    assert_string_equal(rules->items[0].valid_from, "2023-01-01");
    assert_null(rules->items[0].valid_to);
    bylaw_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scope__of_no_grants_differs_from_silence),
        cmocka_unit_test(test_scope__keeps_exclusions_by_kind),
        cmocka_unit_test(test_scope__names_the_series_of_its_versions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
