/* SPDX-License-Identifier: Apache-2.0 */
/* The rules, phrases and seeds that ship load without a complaint. */
#include "rules_helper.h"

static struct bylaw_rules *load_shipped(void)
{
    struct bylaw_rules *rules = NULL;
    struct bylaw_error err = {0};
    struct gathered gathered = {.count = 0};
    int rc = bylaw__rules_load(&rules, "rules", specs, SPEC_COUNT, gather,
                               &gathered, &err);

    for (size_t i = 0; i < gathered.count && i < 64; i++)
        print_error("%s: %s\n", gathered.items[i].where,
                    gathered.items[i].what);
    assert_int_equal(rc, 0);
    assert_int_equal(gathered.count, 0);
    return rules;
}

static void test_library__loads_without_complaint(void **state)
{
    struct bylaw_rules *rules = load_shipped();

    (void)state;
    assert_true(rules->count > 0);
    bylaw_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_library__loads_without_complaint),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
