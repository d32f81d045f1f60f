/* SPDX-License-Identifier: Apache-2.0 */
/* Source manifests: what they say, what they leave open, what is refused. */
#include "rules_helper.h"

static int read_manifest(struct bylaw_source **out, char **out_text,
                         struct bylaw_error *err, const char *yaml)
{
    *out = NULL;
    *out_text = NULL;
    return bylaw__manifest_read(out, out_text, span_of(yaml),
                                "seeds/x/source.yaml", err);
}

static void test_manifest__gives_every_key(void **state)
{
    struct bylaw_source *source;
    struct bylaw_error err = {0};
    char *text;

    (void)state;
    assert_int_equal(
        read_manifest(
            &source, &text, &err,
            "id: a-1\nurl: https://x.org/a\ntitle: \"A: B\"\n"
            "authors: [Ann, Bob]\npublisher: X\npublished: 2023-05-16\n"
            "language: en\nrule: x\nlicence: CC-BY-4.0\n"
            "upstream: {publisher: Y, url: https://y.org/, authors: [Cy]}\n"
            "copyright: © Ann\nholders: [Ann]\n"
            "aliases: [https://x.org/b]\ntext: article.md\n"),
        0);
    assert_string_equal(source->id, "a-1");
    assert_string_equal(source->url, "https://x.org/a");
    assert_string_equal(source->title, "A: B");
    assert_int_equal(source->author_count, 2);
    assert_string_equal(source->authors[1], "Bob");
    assert_string_equal(source->publisher, "X");
    assert_string_equal(source->published, "2023-05-16");
    assert_string_equal(source->language, "en");
    assert_string_equal(source->rule, "x");
    assert_string_equal(source->licence, "CC-BY-4.0");
    assert_string_equal(source->upstream.publisher, "Y");
    assert_string_equal(source->upstream.url, "https://y.org/");
    assert_int_equal(source->upstream.author_count, 1);
    assert_string_equal(source->copyright, "© Ann");
    assert_string_equal(source->holders[0], "Ann");
    assert_string_equal(source->aliases[0], "https://x.org/b");
    assert_string_equal(source->path, "seeds/x/source.yaml");
    assert_null(source->document);
    assert_string_equal(text, "seeds/x/article.md");
    free(text);
    bylaw_source_free(source);
}

static void test_manifest__leaves_open_what_is_empty(void **state)
{
    struct bylaw_source *source;
    struct bylaw_error err = {0};
    char *text;

    (void)state;
    assert_int_equal(read_manifest(&source, &text, &err,
                                   "id: a\nurl:\nauthors: null\n"
                                   "upstream: ~\ntext: ../a.txt\n"),
                     0);
    assert_null(source->url);
    assert_int_equal(source->author_count, 0);
    assert_null(source->upstream.publisher);
    assert_string_equal(text, "seeds/x/../a.txt");
    free(text);
    bylaw_source_free(source);
}

static void test_manifest__needs_no_text_where_it_has_an_address(void **state)
{
    struct bylaw_source *source;
    struct bylaw_error err = {0};
    char *text;

    (void)state;
    assert_int_equal(read_manifest(&source, &text, &err,
                                   "id: a\nurl: https://x.org/a\n"),
                     0);
    assert_null(text);
    bylaw_source_free(source);
}

static void test_manifest__says_what_is_wrong_and_where(void **state)
{
    static const struct {
        const char *yaml, *id, *where, *what;
    } cases[] = {
        {"id: a\nurl: https://x.org/\nautors: [A]\n", "rules.unknown-key",
         "seeds/x/source.yaml:3:1",
         "key \"autors\" is not known here; did you mean \"authors\"?"},
        {"url: https://x.org/\n", "rules.missing-key",
         "seeds/x/source.yaml:1:1", "key \"id\" is missing"},
        {"id:\nurl: https://x.org/\n", "rules.missing-key",
         "seeds/x/source.yaml:1:1", "key \"id\" is empty"},
        {"id: a\ntitle: A\n", "rules.missing-key", "seeds/x/source.yaml:1:1",
         "neither \"url\" nor \"text\" says where the article is to be read"},
        {"id: a\ntext: /etc/passwd\n", "rules.bad-value",
         "seeds/x/source.yaml:2:7",
         "\"/etc/passwd\" is absolute: give the path from the manifest's "
         "folder"},
        {"id: a\ntext: \"a\\0b\"\n", "rules.not-text",
         "seeds/x/source.yaml:2:8", "a text holds a NUL"},
        {"id: a\nurl: ftp://x.org/\n", "rules.bad-value",
         "seeds/x/source.yaml:2:6",
         "\"ftp://x.org/\" is not an address that starts with http(s)://"},
        {"id: a\nurl: https://x.org/\npublished: yesterday\n",
         "rules.bad-value", "seeds/x/source.yaml:3:12",
         "\"yesterday\" is not a date such as 2023-05-16 or "
         "2023-05-16T10:00:00Z"},
        {"id: A b\nurl: https://x.org/\n", "rules.bad-value",
         "seeds/x/source.yaml:1:5",
         "\"A b\" is not an id: lower-case letters, digits, \".\" and \"-\", "
         "up to 64"},
        {"id: a\nurl: https://x.org/\nauthors: Ann\n", "rules.wrong-type",
         "seeds/x/source.yaml:3:10", "one value stands where a list belongs"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bylaw_source *source;
        struct bylaw_error err = {0};
        char *text;

        assert_int_not_equal(read_manifest(&source, &text, &err, cases[i].yaml),
                             0);
        assert_null(source);
        assert_null(text);
        assert_string_equal(err.id, cases[i].id);
        assert_string_equal(err.where, cases[i].where);
        assert_string_equal(err.what, cases[i].what);
    }
}

static void test_manifest__reads_dates_and_times(void **state)
{
    static const struct {
        const char *text;
        bool is_good;
    } cases[] = {
        {"2023-05-16", true},
        {"2024-02-29", true},
        {"2023-05-16T10:00", true},
        {"2023-05-16T10:00:00", true},
        {"2023-05-16T10:00:00Z", true},
        {"2023-05-16T10:00:00+02:00", true},
        {"2023-05-16T10:00-05:30", true},
        {"2023-02-29", false},
        {"1900-02-29", false},
        {"2023-13-01", false},
        {"2023-00-01", false},
        {"2023-05-32", false},
        {"2023-5-16", false},
        {"2023-05-16T", false},
        {"2023-05-16T24:00", false},
        {"2023-05-16T10:60", false},
        {"2023-05-16 10:00", false},
        {"2023-05-16T10:00:00+2", false},
        {"20230516", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bylaw_source *source;
        struct bylaw_error err = {0};
        char yaml[200], *text;
        int rc;

        snprintf(yaml, sizeof(yaml), "id: a\ntext: a\npublished: \"%s\"\n",
                 cases[i].text);
        rc = read_manifest(&source, &text, &err, yaml);
        if (!rc != cases[i].is_good)
            print_error("%s\n", cases[i].text);
        assert_int_equal(!rc, cases[i].is_good);
        free(text);
        bylaw_source_free(source);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_manifest__gives_every_key),
        cmocka_unit_test(test_manifest__leaves_open_what_is_empty),
        cmocka_unit_test(test_manifest__needs_no_text_where_it_has_an_address),
        cmocka_unit_test(test_manifest__says_what_is_wrong_and_where),
        cmocka_unit_test(test_manifest__reads_dates_and_times),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
