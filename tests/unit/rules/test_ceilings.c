/* SPDX-License-Identifier: Apache-2.0 */
/* Size, nesting and list length end at their ceilings, not one sooner. */
#include "rules_helper.h"

#define WHOLE                                                                  \
    "id: x\ntitle: X\nstatus: provisional\nlicence: MIT\n"                     \
    "captured: {url: https://x.org/, date: 2023-05-16}\n"

/* Code of the first complaint of that id; 0 where none was made. */
static int complaint(const struct bylaw__buf *yaml, const char *id)
{
    struct gathered gathered = {.count = 0};
    struct bylaw_rules *rules = NULL;
    struct bylaw_error err = {0};

    assert_false(yaml->failed);
    bylaw__rules_load_text(&rules, bylaw__buf_span(yaml), "x.yaml", specs,
                           SPEC_COUNT, gather, &gathered, &err);
    bylaw_rules_free(rules);
    for (size_t i = 0; i < gathered.count && i < 64; i++)
        if (!strcmp(gathered.items[i].id, id))
            return gathered.items[i].code;
    return 0;
}

static int of_size(size_t size)
{
    struct bylaw__buf yaml;
    int rc;

    bylaw__buf_init(&yaml, 0);
    bylaw__buf_add_text(&yaml, WHOLE "#");
    while (yaml.len < size)
        bylaw__buf_add_char(&yaml, yaml.len % 80 ? 'x' : '#');
    rc = complaint(&yaml, "rules.too-large");
    bylaw__buf_release(&yaml);
    return rc;
}

static void test_ceiling__bytes_of_a_file(void **state)
{
    (void)state;
    assert_int_equal(of_size(BYLAW_LIMIT_RULE_BYTES - 1), 0);
    assert_int_equal(of_size(BYLAW_LIMIT_RULE_BYTES), 0);
    assert_int_equal(of_size(BYLAW_LIMIT_RULE_BYTES + 1), BYLAW_ELIMIT);
}

/* The document itself is the first level. */
static int of_depth(size_t depth)
{
    struct bylaw__buf yaml;
    int rc;

    bylaw__buf_init(&yaml, 0);
    bylaw__buf_add_text(&yaml, WHOLE "furniture: ");
    for (size_t i = 1; i < depth; i++)
        bylaw__buf_add_char(&yaml, '[');
    for (size_t i = 1; i < depth; i++)
        bylaw__buf_add_char(&yaml, ']');
    bylaw__buf_add_char(&yaml, '\n');
    rc = complaint(&yaml, "rules.too-deep");
    bylaw__buf_release(&yaml);
    return rc;
}

static void test_ceiling__nesting(void **state)
{
    (void)state;
    assert_int_equal(of_depth(BYLAW_LIMIT_RULE_NESTING - 1), 0);
    assert_int_equal(of_depth(BYLAW_LIMIT_RULE_NESTING), 0);
    assert_int_equal(of_depth(BYLAW_LIMIT_RULE_NESTING + 1), BYLAW_ELIMIT);
    assert_int_equal(of_depth(100000), BYLAW_ELIMIT);
}

static int of_items(size_t count)
{
    struct bylaw__buf yaml;
    int rc;

    bylaw__buf_init(&yaml, 0);
    bylaw__buf_add_text(&yaml, WHOLE "furniture:\n");
    for (size_t i = 0; i < count; i++)
        bylaw__buf_printf(&yaml, "  - text %zu\n", i);
    rc = complaint(&yaml, "rules.too-many");
    bylaw__buf_release(&yaml);
    return rc;
}

static int of_keys(size_t count)
{
    struct bylaw__buf yaml;
    int rc;

    bylaw__buf_init(&yaml, 0);
    bylaw__buf_add_text(&yaml, WHOLE "time:\n");
    for (size_t i = 0; i < count; i++)
        bylaw__buf_printf(&yaml, "  key%zu: 1\n", i);
    rc = complaint(&yaml, "rules.too-many");
    bylaw__buf_release(&yaml);
    return rc;
}

static void test_ceiling__entries_of_a_list_or_mapping(void **state)
{
    (void)state;
    assert_int_equal(of_items(BYLAW_LIMIT_RULE_ITEMS - 1), 0);
    assert_int_equal(of_items(BYLAW_LIMIT_RULE_ITEMS), 0);
    assert_int_equal(of_items(BYLAW_LIMIT_RULE_ITEMS + 1), BYLAW_ELIMIT);
    assert_int_equal(of_keys(BYLAW_LIMIT_RULE_ITEMS), 0);
    assert_int_equal(of_keys(BYLAW_LIMIT_RULE_ITEMS + 1), BYLAW_ELIMIT);
}

static void count_only(void *payload, const struct bylaw_error *err)
{
    size_t *count = payload;

    (void)err;
    (*count)++;
}

static size_t complaints_of(size_t wrong_lines)
{
    struct bylaw__buf yaml;
    struct bylaw_rules *rules = NULL;
    size_t count = 0;

    bylaw__buf_init(&yaml, 0);
    bylaw__buf_add_text(&yaml, WHOLE "time:\n");
    for (size_t i = 0; i < wrong_lines; i++) {
        if (i == BYLAW_LIMIT_RULE_ITEMS / 2)
            bylaw__buf_add_text(&yaml, "owner:\n");
        bylaw__buf_printf(&yaml, "  key%zu: 1\n", i);
    }
    assert_int_not_equal(bylaw__rules_load_text(&rules, bylaw__buf_span(&yaml),
                                                "x.yaml", specs, SPEC_COUNT,
                                                count_only, &count, NULL),
                         0);
    assert_null(rules);
    bylaw__buf_release(&yaml);
    return count;
}

static void test_ceiling__complaints_of_one_load(void **state)
{
    (void)state;
    assert_int_equal(complaints_of(BYLAW_LIMIT_COMPLAINTS - 1),
                     BYLAW_LIMIT_COMPLAINTS - 1);
    assert_int_equal(complaints_of(BYLAW_LIMIT_COMPLAINTS),
                     BYLAW_LIMIT_COMPLAINTS);
    assert_int_equal(complaints_of(BYLAW_LIMIT_COMPLAINTS + 1),
                     BYLAW_LIMIT_COMPLAINTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ceiling__bytes_of_a_file),
        cmocka_unit_test(test_ceiling__nesting),
        cmocka_unit_test(test_ceiling__entries_of_a_list_or_mapping),
        cmocka_unit_test(test_ceiling__complaints_of_one_load),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
