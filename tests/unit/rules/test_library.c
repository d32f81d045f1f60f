/* SPDX-License-Identifier: Apache-2.0 */
/* The rules, phrases and seeds that ship with Bylaw, as they ship. */
#include "rules_helper.h"

#include "pipeline/pipeline.h"

/* All terms that the judge has: shipped rules use more than the helper's. */
static struct bylaw__term_spec *all_specs;
static size_t all_count;

static int load_specs(void **state)
{
    (void)state;
    all_specs = bylaw__pipeline_specs(&all_count);
    return all_specs ? 0 : -1;
}

static int drop_specs(void **state)
{
    (void)state;
    free(all_specs);
    return 0;
}

#define SEED "seeds/global-research-japan-nato/"

static struct bylaw_rules *load_shipped(void)
{
    struct bylaw_rules *rules = NULL;
    struct bylaw_error err = {0};
    struct gathered gathered = {.count = 0};
    int rc = bylaw__rules_load(&rules, "rules", all_specs, all_count, gather,
                               &gathered, &err);

    for (size_t i = 0; i < gathered.count && i < 64; i++)
        print_error("%s: %s\n", gathered.items[i].where,
                    gathered.items[i].what);
    assert_int_equal(rc, 0);
    assert_int_equal(gathered.count, 0);
    return rules;
}

static struct bylaw__buf read_file(const char *path)
{
    struct bylaw__buf bytes;
    struct bylaw_error err = {0};

    bylaw__buf_init(&bytes, BYLAW_LIMIT_SOURCE_BYTES);
    if (bylaw__file_read(&bytes, path, &err))
        fail_msg("%s: %s", err.where, err.what);
    return bytes;
}

static void test_library__loads_without_complaint(void **state)
{
    struct bylaw_rules *rules = load_shipped();

    (void)state;
    assert_non_null(bylaw_rules_find(rules, "global-research"));
    assert_non_null(bylaw_rules_find(rules, "cc-by-4.0"));
    assert_non_null(bylaw_rules_find(rules, "cc-by-3.0"));
    assert_null(bylaw_rules_find(rules, "_cc-4.0"));
    for (size_t i = 1; i < rules->count; i++)
        assert_true(strcmp(rules->items[i - 1].id, rules->items[i].id) < 0);
    bylaw_rules_free(rules);
}

static const struct bylaw_term *find_term(const struct bylaw_rule *rule,
                                          const char *id)
{
    for (size_t i = 0; i < rule->term_count; i++)
        if (!strcmp(rule->terms[i].id, id))
            return &rule->terms[i];
    fail_msg("%s has no term %s", rule->id, id);
    return NULL;
}

static void check_must(const struct bylaw_rule *rule, const char *id,
                       int severity)
{
    const struct bylaw_term *term = find_term(rule, id);

    assert_int_equal(term->kind, BYLAW_TERM_DUTY);
    assert_int_equal(term->force, BYLAW_FORCE_MUST);
    assert_int_equal(term->basis, BYLAW_BASIS_LICENCE);
    assert_int_equal(term->severity, severity);
}

static void test_library__global_research_has_three_duties(void **state)
{
    struct bylaw_rules *rules = load_shipped();
    const struct bylaw_rule *rule = bylaw_rules_find(rules, "global-research");
    size_t musts = 0;

    (void)state;
    check_must(rule, "credit.publisher", 4);
    check_must(rule, "notice.copyright", 3);
    check_must(rule, "link.original", 3);
    for (size_t i = 0; i < rule->term_count; i++)
        musts += rule->terms[i].kind == BYLAW_TERM_DUTY &&
                 rule->terms[i].force == BYLAW_FORCE_MUST;
    assert_int_equal(musts, 3);
    assert_string_equal(bylaw_term_param(find_term(rule, "link.original"),
                                         "target"),
                        "article");
    assert_int_equal(find_term(rule, "no.commercial")->decide,
                     BYLAW_DECIDE_HUMAN);
    assert_true(rule->has_informal_permission);
    bylaw_rules_free(rules);
}

static void test_library__one_link_suffices_since_cc_4(void **state)
{
    struct bylaw_rules *rules = load_shipped();
    const struct bylaw_rule *by4 = bylaw_rules_find(rules, "cc-by-4.0");
    const struct bylaw_rule *by3 = bylaw_rules_find(rules, "cc-by-3.0");

    (void)state;
    assert_string_equal(bylaw_term_param(find_term(by4, "notice.licence"),
                                         "one-link"),
                        "yes");
    assert_null(bylaw_term_param(find_term(by3, "notice.licence"), "one-link"));
    assert_null(bylaw_term_param(find_term(by4, "link.original"), "one-link"));
    assert_string_equal(by4->cure, "30d");
    assert_null(by3->cure);
    bylaw_rules_free(rules);
}

static void test_library__captured_hash_is_of_the_seed(void **state)
{
    struct bylaw_rules *rules = load_shipped();
    struct bylaw__buf text = read_file(SEED "article.md");
    char hash[BYLAW__SHA256_HEX];

    (void)state;
    bylaw__sha256_hex(hash, bylaw__buf_span(&text));
    assert_string_equal(
        bylaw_rules_find(rules, "global-research")->captured_sha256, hash);
    bylaw__buf_release(&text);
    bylaw_rules_free(rules);
}

static void test_library__the_seed_is_under_a_shipped_rule(void **state)
{
    struct bylaw_rules *rules = load_shipped();
    struct bylaw__buf yaml = read_file(SEED "source.yaml");
    struct bylaw_source *source = NULL;
    struct bylaw_error err = {0};
    char *text = NULL;

    (void)state;
    assert_int_equal(bylaw__manifest_read(&source, &text,
                                          bylaw__buf_span(&yaml),
                                          SEED "source.yaml", &err),
                     0);
    assert_non_null(bylaw_rules_find(rules, source->rule));
    assert_string_equal(source->upstream.publisher, "InfoBrics");
    assert_int_equal(source->holder_count, 2);
    assert_null(source->url);
    assert_string_equal(text, SEED "article.md");
    free(text);
    bylaw_source_free(source);
    bylaw__buf_release(&yaml);
    bylaw_rules_free(rules);
}

static void test_library__has_phrases_in_ten_languages(void **state)
{
    static const char *const languages[] = {"ar", "de", "en", "es", "fr",
                                            "it", "ja", "pt", "ru", "zh"};
    struct bylaw_rules *rules = load_shipped();

    (void)state;
    for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
        for (int role = BYLAW_PHRASE_ORIGINAL; role <= BYLAW_PHRASE_PARTNER;
             role++) {
            size_t count = 0;

            for (size_t k = 0; k < rules->phrase_count; k++)
                count += !strcmp(rules->phrases[k].language, languages[i]) &&
                         (int)rules->phrases[k].role == role;
            if (!count)
                print_error("%s has no %s\n", languages[i],
                            bylaw_phrase_role_name(
                                (enum bylaw_phrase_role)role));
            assert_true(count > 0);
        }
    bylaw_rules_free(rules);
}

/* A stem that does not match its own words would never match a page's. */
static void test_library__every_phrase_finds_itself(void **state)
{
    struct bylaw_rules *rules = load_shipped();

    (void)state;
    for (size_t i = 0; i < rules->phrase_count; i++) {
        const struct bylaw_phrase *phrase = &rules->phrases[i];
        struct bylaw__buf text;
        struct bylaw_range where;
        struct bylaw_span rest = span_of(phrase->stem);
        size_t gap;

        if (!strcmp(phrase->stem, "©")) /* no word, but a sign */
            continue;
        bylaw__buf_init(&text, 0);
        while ((gap = bylaw__span_find(rest, span_of("…"))) != SIZE_MAX) {
            bylaw__buf_add_span(&text, bylaw__span_sub(rest, 0, gap));
            bylaw__buf_add_text(&text, " Xyz ");
            rest = bylaw__span_sub(rest, gap + strlen("…"), rest.len);
        }
        bylaw__buf_add_span(&text, rest);
        if (!bylaw__phrase_find(&where, bylaw__buf_span(&text),
                                span_of(phrase->stem)))
            fail_msg("%s: %s", phrase->language, phrase->stem);
        bylaw__buf_release(&text);
    }
    bylaw_rules_free(rules);
}

static void test_library__an_empty_folder_is_no_library(void **state)
{
    static const char *const dirs[] = {"tests/unit/rules", "no/such/folder"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct bylaw_rules *rules = NULL;
        struct bylaw_error err = {0};

        assert_int_equal(bylaw__rules_load(&rules, dirs[i], specs, SPEC_COUNT,
                                           NULL, NULL, &err),
                         BYLAW_ECONFIG);
        assert_string_equal(err.id, "rules.none-found");
        assert_string_equal(err.where, dirs[i]);
        assert_null(rules);
    }
}

static void test_library__one_file_finds_its_family_beside_it(void **state)
{
    struct bylaw__buf yaml = read_file("rules/cc-by-4.0.yaml");
    struct bylaw_rules *rules = NULL;
    struct bylaw_error err = {0};

    (void)state;
    assert_int_equal(bylaw__rules_load_text(&rules, bylaw__buf_span(&yaml),
                                            "rules/cc-by-4.0.yaml", all_specs,
                                            all_count, NULL, NULL, &err),
                     0);
    assert_int_equal(rules->count, 1);
    bylaw_rules_free(rules);
    rules = NULL;
    assert_int_equal(bylaw__rules_load_text(&rules, bylaw__buf_span(&yaml),
                                            "cc-by-4.0.yaml", all_specs,
                                            all_count, NULL, NULL, &err),
                     BYLAW_ECONFIG);
    assert_string_equal(err.id, "rules.extends-unknown");
    bylaw__buf_release(&yaml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_library__loads_without_complaint),
        cmocka_unit_test(test_library__global_research_has_three_duties),
        cmocka_unit_test(test_library__one_link_suffices_since_cc_4),
        cmocka_unit_test(test_library__captured_hash_is_of_the_seed),
        cmocka_unit_test(test_library__the_seed_is_under_a_shipped_rule),
        cmocka_unit_test(test_library__has_phrases_in_ten_languages),
        cmocka_unit_test(test_library__every_phrase_finds_itself),
        cmocka_unit_test(test_library__an_empty_folder_is_no_library),
        cmocka_unit_test(test_library__one_file_finds_its_family_beside_it),
    };

    return cmocka_run_group_tests(tests, load_specs, drop_specs);
}
