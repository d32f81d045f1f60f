/* SPDX-License-Identifier: Apache-2.0 */
/* Folders of rules and phrases: what is read, in which order, what is not. */
#include "rules_helper.h"

#include <sys/stat.h>
#include <unistd.h>

#define RULE(id)                                                               \
    "id: " id "\ntitle: X\nstatus: provisional\nlicence: MIT\n"                \
    "captured: {url: https://x.org/, date: 2023-05-16}\n"

/* A folder that lives as long as a test. */
struct folder {
    char path[64];
    char files[8][128];
    size_t count;
};

static void make_folder(struct folder *folder)
{
    char path[128];

    snprintf(folder->path, sizeof(folder->path), "/tmp/bylaw-rules-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    snprintf(path, sizeof(path), "%s/phrases", folder->path);
    assert_int_equal(mkdir(path, 0700), 0);
    folder->count = 0;
}

static void put(struct folder *folder, const char *name, const char *text)
{
    char path[128];
    FILE *file;

    assert_true(folder->count < 8);
    snprintf(path, sizeof(path), "%s/%s", folder->path, name);
    memcpy(folder->files[folder->count++], path, sizeof(path));
    file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    fclose(file);
}

static void remove_folder(struct folder *folder)
{
    char path[128];

    while (folder->count)
        unlink(folder->files[--folder->count]);
    snprintf(path, sizeof(path), "%s/phrases", folder->path);
    rmdir(path);
    rmdir(folder->path);
}

static int load(struct bylaw_rules **out, struct gathered *gathered,
                const struct folder *folder)
{
    struct bylaw_error err = {0};

    *out = NULL;
    gathered->count = 0;
    return bylaw__rules_load(out, folder->path, specs, SPEC_COUNT, gather,
                             gathered, &err);
}

static void test_folder__rules_come_in_order_of_id(void **state)
{
    struct folder folder;
    struct bylaw_rules *rules;
    struct gathered gathered;

    (void)state;
    make_folder(&folder);
    put(&folder, "b.yaml", RULE("b"));
    put(&folder, "a-1.yaml", RULE("a-1"));
    put(&folder, "a.yaml", RULE("a"));
    put(&folder, ".hidden.yaml", "[");
    put(&folder, "notes.txt", "[");
    assert_int_equal(load(&rules, &gathered, &folder), 0);
    remove_folder(&folder);
    assert_int_equal(rules->count, 3);
    assert_string_equal(rules->items[0].id, "a");
    assert_string_equal(rules->items[1].id, "a-1");
    assert_string_equal(rules->items[2].id, "b");
    assert_int_equal(rules->phrase_count, 0);
    bylaw_rules_free(rules);
}

static void test_folder__a_file_is_named_after_its_id(void **state)
{
    struct folder folder;
    struct bylaw_rules *rules;
    struct gathered gathered;

    (void)state;
    make_folder(&folder);
    put(&folder, "b.yaml", RULE("a"));
    assert_int_equal(load(&rules, &gathered, &folder), BYLAW_ECONFIG);
    remove_folder(&folder);
    assert_int_equal(gathered.count, 1);
    assert_string_equal(gathered.items[0].id, "rules.file-name");
    assert_non_null(strstr(gathered.items[0].where, "/b.yaml:1:5"));
    assert_string_equal(gathered.items[0].what,
                        "the id is \"a\", so the file must be a.yaml");
}

static void test_folder__a_folder_is_no_rule_file(void **state)
{
    struct folder folder;
    struct bylaw_rules *rules;
    struct gathered gathered;
    char path[128];

    (void)state;
    make_folder(&folder);
    put(&folder, "a.yaml", RULE("a"));
    snprintf(path, sizeof(path), "%s/x.yaml", folder.path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(load(&rules, &gathered, &folder), BYLAW_EIO);
    rmdir(path);
    remove_folder(&folder);
    assert_int_equal(gathered.count, 1);
    assert_string_equal(gathered.items[0].id, "file.directory");
}

/* Loads one phrase file beside a rule; complaints end up in gathered. */
static int load_phrases(struct bylaw_rules **out, struct gathered *gathered,
                        const char *yaml)
{
    struct folder folder;
    int rc;

    make_folder(&folder);
    put(&folder, "a.yaml", RULE("a"));
    put(&folder, "phrases/xx.yaml", yaml);
    rc = load(out, gathered, &folder);
    remove_folder(&folder);
    return rc;
}

static void test_phrase__has_language_role_stem_and_certainty(void **state)
{
    struct bylaw_rules *rules;
    struct gathered gathered;

    (void)state;
    assert_int_equal(load_phrases(&rules, &gathered,
                                  "seen: {original: [first on, \"a … b\"]}\n"
                                  "known: {changed: [cut]}\n"
                                  "language: eo\n"),
                     0);
    assert_int_equal(rules->phrase_count, 3);
    assert_string_equal(rules->phrases[0].language, "eo");
    assert_int_equal(rules->phrases[0].role, BYLAW_PHRASE_ORIGINAL);
    assert_string_equal(rules->phrases[0].stem, "first on");
    assert_true(rules->phrases[0].is_seen);
    assert_string_equal(rules->phrases[1].stem, "a … b");
    assert_int_equal(rules->phrases[2].role, BYLAW_PHRASE_CHANGED);
    assert_false(rules->phrases[2].is_seen);
    bylaw_rules_free(rules);
}

static void test_phrase__says_what_is_wrong_and_where(void **state)
{
    static const struct {
        const char *yaml, *id, *where, *what;
    } cases[] = {
        {"seen: {}\n", "rules.missing-key", "/phrases/xx.yaml:1:1",
         "key \"language\" is missing"},
        {"language: english\n", "rules.bad-value", "/phrases/xx.yaml:1:11",
         "\"english\" is not a language tag such as en or pt-BR"},
        {"language: eo\nsen: {}\n", "rules.unknown-key", "/phrases/xx.yaml:2:1",
         "key \"sen\" is not known here; did you mean \"seen\"?"},
        {"language: eo\nseen: {orignal: [a]}\n", "rules.unknown-value",
         "/phrases/xx.yaml:2:8",
         "\"orignal\" is not known here; did you mean \"original\"?"},
        {"language: eo\nseen: {source: a}\n", "rules.wrong-type",
         "/phrases/xx.yaml:2:16", "one value stands where a list belongs"},
        {"language: eo\nseen: {source: [a]}\nknown: {source: [a]}\n",
         "rules.duplicate-id", "/phrases/xx.yaml:3:18",
         "phrase \"a\" stands twice for role \"source\""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bylaw_rules *rules;
        struct gathered gathered;

        assert_int_equal(load_phrases(&rules, &gathered, cases[i].yaml),
                         BYLAW_ECONFIG);
        assert_null(rules);
        assert_int_equal(gathered.count, 1);
        assert_string_equal(gathered.items[0].id, cases[i].id);
        assert_string_equal(gathered.items[0].what, cases[i].what);
        assert_true(
            bylaw__span_ends(span_of(gathered.items[0].where), cases[i].where));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folder__rules_come_in_order_of_id),
        cmocka_unit_test(test_folder__a_file_is_named_after_its_id),
        cmocka_unit_test(test_folder__a_folder_is_no_rule_file),
        cmocka_unit_test(test_phrase__has_language_role_stem_and_certainty),
        cmocka_unit_test(test_phrase__says_what_is_wrong_and_where),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
