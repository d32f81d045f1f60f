/* SPDX-License-Identifier: Apache-2.0 */
/* Names of enum values: one each, none twice, nothing claimed of the rest. */
#include "model/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define MOST 64

/*
 * Values from..last have the names given, in order; all differ; whatever is
 * out of range has the name of what claims nothing.
 */
#define CHECK_NAMES(function, type, from, fallback, ...)                       \
    do {                                                                       \
        static const char *const want[] = {__VA_ARGS__};                       \
        const size_t count = sizeof(want) / sizeof(want[0]);                   \
                                                                               \
        for (size_t i = 0; i < count; i++) {                                   \
            assert_string_equal(function((type)((from) + i)), want[i]);        \
            for (size_t k = 0; k < i; k++)                                     \
                assert_string_not_equal(want[i], want[k]);                     \
        }                                                                      \
        for (size_t i = count; i < MOST; i++)                                  \
            assert_string_equal(function((type)((from) + i)), fallback);       \
        assert_string_equal(function((type)-1), fallback);                     \
        assert_string_equal(function((type)INT32_MIN), fallback);              \
        assert_string_equal(function((type)INT32_MAX), fallback);              \
    } while (0)

static void test_names__of_what_stands_on_a_page(void **state)
{
    (void)state;
    CHECK_NAMES(bylaw_zone_name, enum bylaw_zone, BYLAW_ZONE_UNKNOWN, "unknown",
                "unknown", "body", "byline", "credit", "footer", "sidebar",
                "comments", "nav", "head");
    CHECK_NAMES(bylaw_visibility_name, enum bylaw_visibility, 0, "unknown",
                "unknown", "visible", "hidden-inline", "hidden-style");
    CHECK_NAMES(bylaw_link_kind_name, enum bylaw_link_kind, 0, "none", "none",
                "real", "fragment", "empty", "script", "mail", "other",
                "invalid");
    CHECK_NAMES(bylaw_meta_key_name, enum bylaw_meta_key, 0, "none", "none",
                "title", "author", "publisher", "published", "modified",
                "language", "url", "canonical", "description", "license",
                "copyright-holder", "copyright-notice", "credit", "based-on",
                "syndication-source", "original-source", "attribution-url",
                "attribution-name", "accessible-for-free", "robots", "type",
                "amp");
}

static void test_names__of_how_texts_line_up(void **state)
{
    (void)state;
    CHECK_NAMES(bylaw_match_class_name, enum bylaw_match_class, 0, "none",
                "none", "full", "partial", "excerpt", "quotation",
                "translation");
    CHECK_NAMES(bylaw_edit_kind_name, enum bylaw_edit_kind, 0, "none", "none",
                "inserted", "deleted", "replaced");
    CHECK_NAMES(bylaw_edit_class_name, enum bylaw_edit_class, 0, "unknown",
                "unknown", "punctuation", "time-words", "house-style",
                "headline", "added-block", "removed-block", "place",
                "localising-note", "substantive");
}

static void test_names__of_what_a_rule_says(void **state)
{
    (void)state;
    CHECK_NAMES(bylaw_term_kind_name, enum bylaw_term_kind, 0, "none", "none",
                "duty", "prohibition", "request");
    CHECK_NAMES(bylaw_force_name, enum bylaw_force, 0, "may", "may", "should",
                "must");
    CHECK_NAMES(bylaw_basis_name, enum bylaw_basis, 0, "request", "request",
                "policy", "licence");
    CHECK_NAMES(bylaw_phrase_role_name, enum bylaw_phrase_role, 0, "none",
                "none", "original", "source", "republished", "permission",
                "feed", "author", "copyright", "licence", "changed", "continue",
                "paywall", "partner");
}

static void test_names__of_what_was_found(void **state)
{
    (void)state;
    CHECK_NAMES(bylaw_outcome_name, enum bylaw_outcome, 0, "unknown", "unknown",
                "pass", "fail", "not-evaluated");
    CHECK_NAMES(bylaw_confidence_name, enum bylaw_confidence, 0, "low", "low",
                "medium", "high");
    CHECK_NAMES(bylaw_ancestor_name, enum bylaw_ancestor, 0, "unknown",
                "unknown", "self", "upstream");
    CHECK_NAMES(bylaw_verdict_name, enum bylaw_verdict, 0, "undetermined",
                "undetermined", "compliant", "compliant-by-template",
                "incomplete", "not-met", "outside-grant", "not-applicable");
}

static void test_verdict__names_lead_back_to_verdicts(void **state)
{
    (void)state;
    for (int v = 0; v <= BYLAW_VERDICT_NOT_APPLICABLE; v++)
        assert_int_equal(bylaw_verdict_of(
                             bylaw_verdict_name((enum bylaw_verdict)v)),
                         v);
    assert_int_equal(bylaw_verdict_of("Compliant"), -1);
    assert_int_equal(bylaw_verdict_of("comp"), -1);
    assert_int_equal(bylaw_verdict_of(""), -1);
    assert_int_equal(bylaw_verdict_of(NULL), -1);
}

static void test_verdict__asks_for_its_exit_code(void **state)
{
    static const struct {
        enum bylaw_verdict verdict;
        int code;
    } cases[] = {
        {BYLAW_VERDICT_COMPLIANT, 0},
        {BYLAW_VERDICT_COMPLIANT_BY_TEMPLATE, 0},
        {BYLAW_VERDICT_NOT_APPLICABLE, 0},
        {BYLAW_VERDICT_INCOMPLETE, 1},
        {BYLAW_VERDICT_NOT_MET, 1},
        {BYLAW_VERDICT_OUTSIDE_GRANT, 1},
        {BYLAW_VERDICT_UNDETERMINED, 3},
        {(enum bylaw_verdict)77, 3},
        {(enum bylaw_verdict) - 1, 3},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(bylaw_verdict_exit(cases[i].verdict), cases[i].code);
}

static void test_values__freeing_nothing_is_allowed(void **state)
{
    (void)state;
    bylaw_response_free(NULL);
    bylaw_document_free(NULL);
    bylaw_match_free(NULL);
    bylaw_rules_free(NULL);
    bylaw_judgement_free(NULL);
    bylaw_source_free(NULL);
    bylaw_audit_free(NULL);
    bylaw__placement_free(NULL);
    bylaw__owner_free(NULL);
}

static void test_look_ups__find_by_name_or_say_no(void **state)
{
    static const struct bylaw_rule items[] = {{.id = "a"}, {.id = "b"}};
    static const struct bylaw_rules rules = {.items = items, .count = 2};
    static const struct bylaw_param params[] = {{"target", "article"}};
    static const struct bylaw_term term = {.params = params, .param_count = 1};
    static const struct bylaw_meta metas[] = {{.key = BYLAW_META_TITLE,
                                               .value = {"one", 3}},
                                              {.key = BYLAW_META_TITLE,
                                               .value = {"two", 3}}};
    static const struct bylaw_document document = {.metas = metas,
                                                   .meta_count = 2};

    (void)state;
    assert_ptr_equal(bylaw_rules_find(&rules, "b"), &items[1]);
    assert_null(bylaw_rules_find(&rules, "c"));
    assert_null(bylaw_rules_find(&rules, NULL));
    assert_string_equal(bylaw_term_param(&term, "target"), "article");
    assert_null(bylaw_term_param(&term, "Target"));
    assert_ptr_equal(bylaw_document_meta(&document, BYLAW_META_TITLE),
                     &metas[0]);
    assert_null(bylaw_document_meta(&document, BYLAW_META_AUTHOR));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names__of_what_stands_on_a_page),
        cmocka_unit_test(test_names__of_how_texts_line_up),
        cmocka_unit_test(test_names__of_what_a_rule_says),
        cmocka_unit_test(test_names__of_what_was_found),
        cmocka_unit_test(test_verdict__names_lead_back_to_verdicts),
        cmocka_unit_test(test_verdict__asks_for_its_exit_code),
        cmocka_unit_test(test_values__freeing_nothing_is_allowed),
        cmocka_unit_test(test_look_ups__find_by_name_or_say_no),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
