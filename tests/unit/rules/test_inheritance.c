/* SPDX-License-Identifier: Apache-2.0 */
/* A rule laid over its families: merged by id, removed by null, bounded. */
#include "rules_helper.h"

#define FAMILY                                                                 \
    "id: _f\n"                                                                 \
    "status: provisional\n"                                                    \
    "licence: CC-BY-4.0\n"                                                     \
    "captured: {url: https://x.org/, date: 2023-05-16}\n"                      \
    "furniture: [one, two]\n"                                                  \
    "contacts: {ask: a@x.org, correct: c@x.org}\n"                             \
    "duties:\n"                                                                \
    "  - {id: credit.author, force: must, basis: licence, all: yes}\n"         \
    "  - {id: link.original, force: must, basis: licence, severity: 5}\n"

#define CHILD "id: x\nextends: _f\ntitle: X\n"

/* Loads the texts under the names a.yaml, b.yaml ... */
static int load(struct bylaw_rules **out, struct gathered *gathered,
                const char *const *texts, size_t count)
{
    static const char *const names[] = {"a.yaml", "b.yaml", "c.yaml"};
    struct bylaw__rules_file files[3];
    struct bylaw_error err = {0};

    assert_true(count <= 3);
    for (size_t i = 0; i < count; i++)
        files[i] = (struct bylaw__rules_file){names[i], span_of(texts[i])};
    *out = NULL;
    gathered->count = 0;
    return bylaw__rules_load_files(out, files, count, specs, SPEC_COUNT, gather,
                                   gathered, &err);
}

static struct bylaw_rules *load_child(const char *child)
{
    const char *const texts[] = {FAMILY, child};
    struct bylaw_rules *rules;
    struct gathered gathered;
    int rc = load(&rules, &gathered, texts, 2);

    for (size_t i = 0; i < gathered.count; i++)
        print_error("%s: %s\n", gathered.items[i].where,
                    gathered.items[i].what);
    assert_int_equal(rc, 0);
    assert_int_equal(rules->count, 1);
    return rules;
}

static void check_failure(const char *child, const char *id, const char *where,
                          const char *what)
{
    const char *const texts[] = {FAMILY, child};
    struct bylaw_rules *rules;
    struct gathered gathered;

    assert_int_not_equal(load(&rules, &gathered, texts, 2), 0);
    assert_null(rules);
    assert_int_equal(gathered.count, 1);
    assert_string_equal(gathered.items[0].id, id);
    assert_string_equal(gathered.items[0].where, where);
    assert_string_equal(gathered.items[0].what, what);
}

static void test_inheritance__gives_what_the_family_says(void **state)
{
    struct bylaw_rules *rules = load_child(CHILD);
    const struct bylaw_rule *rule = bylaw_rules_find(rules, "x");

    (void)state;
    assert_string_equal(rule->title, "X");
    assert_string_equal(rule->extends, "_f");
    assert_string_equal(rule->licence, "CC-BY-4.0");
    assert_int_equal(rule->furniture_count, 2);
    assert_string_equal(rule->contact_correct, "c@x.org");
    assert_int_equal(rule->term_count, 2);
    assert_string_equal(bylaw_term_param(&rule->terms[0], "all"), "yes");
    assert_string_equal(rule->terms[0].file, "a.yaml");
    assert_int_equal(rule->terms[0].line, 8);
    assert_int_equal(rule->terms[0].column, 5);
    assert_null(bylaw_rules_find(rules, "_f"));
    bylaw_rules_free(rules);
}

static void test_inheritance__merges_lists_by_id(void **state)
{
    struct bylaw_rules *rules =
        load_child(CHILD "duties:\n"
                         "  - {id: keep.text, force: should, basis: licence}\n"
                         "  - {id: link.original, target: home}\n");
    const struct bylaw_rule *rule = &rules->items[0];

    (void)state;
    assert_int_equal(rule->term_count, 3);
    assert_string_equal(rule->terms[0].id, "credit.author");
    assert_string_equal(rule->terms[1].id, "link.original");
    assert_int_equal(rule->terms[1].severity, 5);
    assert_int_equal(rule->terms[1].force, BYLAW_FORCE_MUST);
    assert_string_equal(bylaw_term_param(&rule->terms[1], "target"), "home");
    assert_string_equal(rule->terms[1].file, "b.yaml");
    assert_int_equal(rule->terms[1].line, 6);
    assert_string_equal(rule->terms[2].id, "keep.text");
    bylaw_rules_free(rules);
}

static void test_inheritance__replaces_lists_without_ids(void **state)
{
    struct bylaw_rules *rules = load_child(CHILD "furniture: [three]\n");
    const struct bylaw_rule *rule = &rules->items[0];

    (void)state;
    assert_int_equal(rule->furniture_count, 1);
    assert_string_equal(rule->furniture[0], "three");
    bylaw_rules_free(rules);
}

static void test_inheritance__takes_what_was_captured_as_a_whole(void **state)
{
    (void)state;
    check_failure(CHILD "captured: {url: https://y.org/}\n",
                  "rules.missing-key", "b.yaml:4:11",
                  "key \"date\" is missing");
}

static void test_inheritance__null_removes(void **state)
{
    struct bylaw_rules *rules =
        load_child(CHILD "furniture: null\ncontacts: {ask: ~}\n"
                         "duties:\n  - credit.author: null\n"
                         "  - {id: link.original, severity: null}\n");
    const struct bylaw_rule *rule = &rules->items[0];

    (void)state;
    assert_int_equal(rule->furniture_count, 0);
    assert_null(rule->contact_ask);
    assert_string_equal(rule->contact_correct, "c@x.org");
    assert_int_equal(rule->term_count, 1);
    assert_string_equal(rule->terms[0].id, "link.original");
    assert_int_equal(rule->terms[0].severity, 3); /* a must's default */
    bylaw_rules_free(rules);
}

static void test_inheritance__null_removes_only_what_is_there(void **state)
{
    (void)state;
    check_failure(CHILD "volume: null\n", "rules.nothing-to-remove",
                  "b.yaml:4:9",
                  "null stands here, and no family has a value to remove");
    check_failure(CHILD "duties: [{keep.text: null}]\n",
                  "rules.nothing-to-remove", "b.yaml:4:10",
                  "no family has \"keep.text\" in this list to remove");
}

static void test_inheritance__a_second_change_of_one_id_is_refused(void **state)
{
    (void)state;
    check_failure(CHILD "duties:\n  - {id: link.original, target: home}\n"
                        "  - {id: link.original, force: must, "
                        "basis: licence}\n",
                  "rules.duplicate-id", "b.yaml:6:5",
                  "term \"link.original\" stands twice, first in line 5");
}

static void test_inheritance__a_familys_fault_is_reported_once(void **state)
{
    const char *const texts[] = {FAMILY "nonsense: 1\n", CHILD,
                                 "id: y\nextends: _f\ntitle: Y\n"};
    struct bylaw_rules *rules;
    struct gathered gathered;

    (void)state;
    assert_int_not_equal(load(&rules, &gathered, texts, 3), 0);
    assert_int_equal(gathered.count, 1);
    assert_string_equal(gathered.items[0].where, "a.yaml:10:1");
}

static void test_inheritance__cycles_are_refused(void **state)
{
    const char *const self[] = {"id: x\nextends: x\n"};
    const char *const pair[] = {"id: x\nextends: _y\n", "id: _y\nextends: x\n"};
    struct bylaw_rules *rules;
    struct gathered gathered;

    (void)state;
    assert_int_equal(load(&rules, &gathered, self, 1), BYLAW_ECONFIG);
    assert_int_equal(gathered.count, 1);
    assert_string_equal(gathered.items[0].id, "rules.extends-cycle");
    assert_string_equal(gathered.items[0].where, "a.yaml:2:10");
    assert_string_equal(gathered.items[0].what,
                        "\"x\" extends \"x\", which leads back to itself");
    assert_int_equal(load(&rules, &gathered, pair, 2), BYLAW_ECONFIG);
    assert_string_equal(gathered.items[0].where, "b.yaml:2:10");
}

static void test_inheritance__an_unknown_family_is_refused(void **state)
{
    const char *const texts[] = {"id: x\nextends: _nobody\n"};
    struct bylaw_rules *rules;
    struct gathered gathered;

    (void)state;
    assert_int_equal(load(&rules, &gathered, texts, 1), BYLAW_ECONFIG);
    assert_int_equal(gathered.count, 1);
    assert_string_equal(gathered.items[0].id, "rules.extends-unknown");
    assert_string_equal(gathered.items[0].where, "a.yaml:2:10");
}

static void test_inheritance__two_rules_of_one_id_are_refused(void **state)
{
    const char *const texts[] = {FAMILY, FAMILY};
    struct bylaw_rules *rules;
    struct gathered gathered;

    (void)state;
    assert_int_equal(load(&rules, &gathered, texts, 2), BYLAW_ECONFIG);
    assert_string_equal(gathered.items[0].id, "rules.duplicate-id");
    assert_string_equal(gathered.items[0].where, "b.yaml:1:5");
}

/* A rule with so many families above it, each extending the next. */
static int load_chain(struct gathered *gathered, size_t families)
{
    static char texts[16][256];
    struct bylaw__rules_file files[16];
    struct bylaw_rules *rules = NULL;
    struct bylaw_error err = {0};
    int rc;

    assert_true(families < 16);
    for (size_t i = 0; i <= families; i++) {
        snprintf(texts[i], sizeof(texts[i]), "id: %sf%zu\n", i ? "_" : "", i);
        if (i < families)
            snprintf(texts[i] + strlen(texts[i]), 100, "extends: _f%zu\n",
                     i + 1);
        else
            strcat(texts[i],
                   "title: X\nstatus: provisional\nlicence: MIT\n"
                   "captured: {url: https://x.org/, date: 2023-05-16}\n");
        files[i] = (struct bylaw__rules_file){"chain", span_of(texts[i])};
    }
    gathered->count = 0;
    rc = bylaw__rules_load_files(&rules, files, families + 1, specs, SPEC_COUNT,
                                 gather, gathered, &err);
    if (!rc)
        assert_string_equal(rules->items[0].title, "X");
    bylaw_rules_free(rules);
    return rc;
}

static void test_inheritance__a_chain_has_a_ceiling(void **state)
{
    struct gathered gathered;

    (void)state;
    assert_int_equal(load_chain(&gathered, BYLAW_LIMIT_RULE_EXTENDS - 1), 0);
    assert_int_equal(load_chain(&gathered, BYLAW_LIMIT_RULE_EXTENDS), 0);
    assert_int_equal(load_chain(&gathered, BYLAW_LIMIT_RULE_EXTENDS + 1),
                     BYLAW_ELIMIT);
    assert_int_equal(gathered.count, 1);
    assert_string_equal(gathered.items[0].id, "rules.extends-depth");
}

static void hash_of(char out[65], const char *family, const char *child)
{
    const char *const texts[] = {family, child};
    struct bylaw_rules *rules;
    struct gathered gathered;

    assert_int_equal(load(&rules, &gathered, texts, 2), 0);
    memcpy(out, rules->items[0].sha256, 65);
    assert_memory_equal(out, rules->items[0].version, 16);
    assert_int_equal(strlen(rules->items[0].version), 16);
    bylaw_rules_free(rules);
}

static void test_inheritance__the_hash_covers_the_family(void **state)
{
    char before[65], same[65], after[65], want[BYLAW__SHA256_HEX];

    (void)state;
    hash_of(before, FAMILY, CHILD);
    hash_of(same, FAMILY, CHILD);
    hash_of(after, FAMILY "# a comment\n", CHILD);
    bylaw__sha256_hex(want, span_of(CHILD FAMILY));
    assert_string_equal(before, want);
    assert_string_equal(before, same);
    assert_string_not_equal(before, after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inheritance__gives_what_the_family_says),
        cmocka_unit_test(test_inheritance__merges_lists_by_id),
        cmocka_unit_test(test_inheritance__replaces_lists_without_ids),
        cmocka_unit_test(test_inheritance__takes_what_was_captured_as_a_whole),
        cmocka_unit_test(test_inheritance__null_removes),
        cmocka_unit_test(test_inheritance__null_removes_only_what_is_there),
        cmocka_unit_test(
            test_inheritance__a_second_change_of_one_id_is_refused),
        cmocka_unit_test(test_inheritance__a_familys_fault_is_reported_once),
        cmocka_unit_test(test_inheritance__cycles_are_refused),
        cmocka_unit_test(test_inheritance__an_unknown_family_is_refused),
        cmocka_unit_test(test_inheritance__two_rules_of_one_id_are_refused),
        cmocka_unit_test(test_inheritance__a_chain_has_a_ceiling),
        cmocka_unit_test(test_inheritance__the_hash_covers_the_family),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
