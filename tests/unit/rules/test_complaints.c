/* SPDX-License-Identifier: Apache-2.0 */
/* Every complaint carries its place, its word and, where near, the right one. */
#include "rules_helper.h"

/* A rule that is whole; tests put one line more, or another, below it. */
#define HEAD                                                                   \
    "id: x\n"                                                                  \
    "title: X\n"                                                               \
    "status: provisional\n"                                                    \
    "licence: CC-BY-4.0\n"                                                     \
    "captured: {url: https://x.org/, date: 2023-05-16}\n"

/* First line and number of the line after HEAD. */
#define NEXT "6"

struct complaint_case {
    const char *yaml, *id, *where, *what;
};

static int load(const char *yaml, struct gathered *gathered)
{
    struct bylaw_rules *rules = NULL;
    struct bylaw_error err = {0};
    int rc;

    gathered->count = 0;
    rc = bylaw__rules_load_text(&rules, span_of(yaml), "x.yaml", specs,
                                SPEC_COUNT, gather, gathered, &err);
    if (rc && gathered->count) {
        assert_null(rules);
        assert_int_equal(err.code, rc);
        assert_string_equal(err.what, gathered->items[0].what);
    }
    bylaw_rules_free(rules);
    return rc;
}

static void check_complaint(const struct complaint_case *c)
{
    struct gathered gathered;
    int rc = load(c->yaml, &gathered);

    if (rc && gathered.count &&
        (strcmp(gathered.items[0].id, c->id) ||
         strcmp(gathered.items[0].where, c->where) ||
         strcmp(gathered.items[0].what, c->what)))
        print_error("%s\n%s %s: %s\n", c->yaml, gathered.items[0].id,
                    gathered.items[0].where, gathered.items[0].what);
    assert_int_not_equal(rc, 0);
    assert_int_equal(gathered.count, 1);
    assert_string_equal(gathered.items[0].id, c->id);
    assert_string_equal(gathered.items[0].where, c->where);
    assert_string_equal(gathered.items[0].what, c->what);
    assert_non_null(bylaw_diagnostic_find(c->id));
}

static void check_all(const struct complaint_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_complaint(&cases[i]);
}

#define CHECK_ALL(cases) check_all(cases, sizeof(cases) / sizeof((cases)[0]))

static void test_complaint__names_the_place_of_bad_yaml(void **state)
{
    static const struct complaint_case cases[] = {
        {"", "rules.wrong-type", "x.yaml:1:1",
         "the file must be a mapping, such as \"id: name\" in a line"},
        {"# nothing\n", "rules.wrong-type", "x.yaml:1:1",
         "the file must be a mapping, such as \"id: name\" in a line"},
        {"- a\n", "rules.wrong-type", "x.yaml:1:1",
         "the file must be a mapping, such as \"id: name\" in a line"},
        {"id: x\nid: y\n" HEAD, "rules.duplicate-key", "x.yaml:2:1",
         "key \"id\" stands twice, first in line 1"},
        {HEAD "? [a, b]\n: c\n", "rules.yaml-feature", "x.yaml:" NEXT ":3",
         "a key must be a plain word, not a list or mapping"},
        {HEAD "furniture: [&a hello, *a]\n", "rules.yaml-feature",
         "x.yaml:" NEXT ":14",
         "anchors and aliases are not allowed: repeat the value"},
        {HEAD "furniture: *a\n", "rules.yaml-feature", "x.yaml:" NEXT ":13",
         "anchors and aliases are not allowed: repeat the value"},
        {HEAD "furniture: !!seq [a]\n", "rules.yaml-feature",
         "x.yaml:" NEXT ":12", "tags are not used: leave it out"},
        {HEAD "---\nid: y\n", "rules.yaml-feature", "x.yaml:" NEXT ":1",
         "a file holds one document, and here a second one starts"},
        {HEAD "furniture: [\"a\\0b\"]\n", "rules.not-text",
         "x.yaml:" NEXT ":14", "a text holds a NUL"},
        {HEAD "furniture: [\xc3\xa4\xff]\n", "rules.not-text",
         "x.yaml:" NEXT ":14", "the file is not UTF-8"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct gathered gathered;

        load(cases[i].yaml, &gathered);
        assert_true(gathered.count >= 1);
        if (strcmp(gathered.items[0].where, cases[i].where))
            print_error("%s\n%s: %s\n", cases[i].yaml, gathered.items[0].where,
                        gathered.items[0].what);
        assert_string_equal(gathered.items[0].id, cases[i].id);
        assert_string_equal(gathered.items[0].where, cases[i].where);
        assert_string_equal(gathered.items[0].what, cases[i].what);
    }
}

static void test_complaint__names_the_place_of_bad_syntax(void **state)
{
    static const struct {
        const char *yaml, *where;
    } cases[] = {
        {"id: x\ntitle: [a\n", "x.yaml:3:1"},
        {"id: x\n\ttitle: y\n", "x.yaml:1:5"},
        {"id: \"x\n", "x.yaml:1:6"},
        {"id: x\n  y: z\n", "x.yaml:1:5"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct gathered gathered;

        assert_int_equal(load(cases[i].yaml, &gathered), BYLAW_ECONFIG);
        assert_int_equal(gathered.count, 1);
        assert_string_equal(gathered.items[0].id, "rules.yaml-syntax");
        assert_string_equal(gathered.items[0].where, cases[i].where);
    }
}

static void test_complaint__suggests_the_nearest_word(void **state)
{
    static const struct complaint_case cases[] = {
        {HEAD "dutys: []\n", "rules.unknown-key", "x.yaml:" NEXT ":1",
         "key \"dutys\" is not known here; did you mean \"duties\"?"},
        {HEAD "zzzzzzzzzz: []\n", "rules.unknown-key", "x.yaml:" NEXT ":1",
         "key \"zzzzzzzzzz\" is not known here"},
        {HEAD "owner:\n  domain: []\n", "rules.unknown-key", "x.yaml:7:3",
         "key \"domain\" is not known here; did you mean \"domains\"?"},
        {HEAD "permitted-changes: [headlines]\n", "rules.unknown-value",
         "x.yaml:" NEXT ":21",
         "\"headlines\" is not known here; did you mean \"headline\"?"},
        {HEAD "grants: [{action: reproduces}]\n", "rules.unknown-value",
         "x.yaml:" NEXT ":19",
         "\"reproduces\" is not known here; did you mean \"reproduce\"?"},
        {HEAD "samples: [{id: a, file: a, expect: compliannt}]\n",
         "rules.unknown-value", "x.yaml:" NEXT ":36",
         "\"compliannt\" is not known here; did you mean \"compliant\"?"},
        {HEAD "samples: [{id: a, file: a, expect: fine-by-me}]\n",
         "rules.unknown-value", "x.yaml:" NEXT ":36",
         "\"fine-by-me\" is not known here; \"undetermined\" would be"},
        {HEAD "volume: {works: 2, per: months}\n", "rules.unknown-value",
         "x.yaml:" NEXT ":25",
         "\"months\" is not known here; did you mean \"month\"?"},
        {HEAD "owner: {authors-too: ye}\n", "rules.unknown-value",
         "x.yaml:" NEXT ":22",
         "\"ye\" is not known here; did you mean \"yes\"?"},
        {HEAD "templates: [{lang: en, text: \"By {autor}\", "
              "satisfies: []}]\n",
         "rules.unknown-value", "x.yaml:" NEXT ":31",
         "\"autor\" is not known here; did you mean \"author\"?"},
    };

    (void)state;
    CHECK_ALL(cases);
}

static void test_complaint__refuses_values_of_the_wrong_shape(void **state)
{
    static const struct complaint_case cases[] = {
        {HEAD "duties: {}\n", "rules.wrong-type", "x.yaml:" NEXT ":9",
         "a mapping stands where a list belongs"},
        {HEAD "owner: []\n", "rules.wrong-type", "x.yaml:" NEXT ":8",
         "a list stands where a mapping belongs"},
        {HEAD "furniture: [[a]]\n", "rules.wrong-type", "x.yaml:" NEXT ":13",
         "a list stands where one value belongs"},
        {HEAD "duties: [{id: excerpt.limit, force: must, basis: policy, "
              "words: 0}]\n",
         "rules.bad-value", "x.yaml:" NEXT ":65",
         "\"0\" is not a number from 1 on"},
        {HEAD "duties: [{id: excerpt.limit, force: must, basis: policy, "
              "words: 2x}]\n",
         "rules.bad-value", "x.yaml:" NEXT ":65",
         "\"2x\" is not a number from 1 on"},
        {HEAD "duties: [{id: time.window, force: must, basis: policy, "
              "for: 90}]\n",
         "rules.bad-value", "x.yaml:" NEXT ":61",
         "\"90\" is not a length of time such as 12h, 30d or 2w"},
        {HEAD "excludes: [{author: X, publisher: Y}]\n", "rules.contradiction",
         "x.yaml:" NEXT ":12",
         "each entry is one of author, publisher, statement or address"},
        {HEAD "furniture: [\" \"]\n", "rules.bad-value", "x.yaml:" NEXT ":14",
         "\" \" is not a text: it is empty"},
        {HEAD "owner: {domains: [https://x.org]}\n", "rules.bad-value",
         "x.yaml:" NEXT ":19",
         "\"https://x.org\" is not a domain such as example.org: lower case, "
         "no scheme, no path"},
        {HEAD "owner: {names: {en: [{from: 2024-01-01}]}}\n",
         "rules.missing-key", "x.yaml:" NEXT ":22", "key \"name\" is missing"},
        {HEAD "owner: {names: {english: [X]}}\n", "rules.bad-value",
         "x.yaml:" NEXT ":17",
         "\"english\" is not a language tag such as en or pt-BR"},
        {HEAD "contacts: {ask: nobody}\n", "rules.bad-value",
         "x.yaml:" NEXT ":17", "\"nobody\" is not an e-mail or web address"},
        {HEAD "time: {delay: 2 days}\n", "rules.bad-value",
         "x.yaml:" NEXT ":15",
         "\"2 days\" is not a length of time such as 12h, 30d or 2w"},
        {HEAD "time: {cure: 30d, window: 90d}\n", "rules.idle-limit",
         "x.yaml:" NEXT ":27",
         "time: window binds nobody, as the rule has no term time.window"},
        {HEAD "volume: {works: 2, per: month}\n", "rules.idle-limit",
         "x.yaml:" NEXT ":17",
         "volume: works binds nobody, as the rule has no term no.bulk"},
        {HEAD "volume: {works: 0, per: month}\n", "rules.bad-value",
         "x.yaml:" NEXT ":17", "\"0\" is not a number from 1 to 1000000"},
        {HEAD "partners: [{domain: y.org, from: 2023-02-29}]\n",
         "rules.bad-value", "x.yaml:" NEXT ":34",
         "\"2023-02-29\" is not a date such as 2023-05-16"},
        {HEAD "furniture: null\n", "rules.nothing-to-remove",
         "x.yaml:" NEXT ":12",
         "null stands here, and no family has a value to remove"},
    };

    (void)state;
    CHECK_ALL(cases);
}

static void test_complaint__asks_for_what_is_missing(void **state)
{
    static const struct complaint_case cases[] = {
        {"title: X\nstatus: provisional\nlicence: MIT\n"
         "captured: {url: https://x.org/, date: 2023-05-16}\n",
         "rules.missing-key", "x.yaml:1:1", "key \"id\" is missing"},
        {"id: x\nstatus: provisional\nlicence: MIT\n"
         "captured: {url: https://x.org/, date: 2023-05-16}\n",
         "rules.missing-key", "x.yaml:1:1", "key \"title\" is missing"},
        {"id: x\ntitle: X\nlicence: MIT\n"
         "captured: {url: https://x.org/, date: 2023-05-16}\n",
         "rules.missing-key", "x.yaml:1:1", "key \"status\" is missing"},
        {"id: x\ntitle: X\nstatus: provisional\n"
         "captured: {url: https://x.org/, date: 2023-05-16}\n",
         "rules.missing-key", "x.yaml:1:1", "key \"licence\" is missing"},
        {"id: x\ntitle: X\nstatus: provisional\nlicence: MIT\n",
         "rules.missing-key", "x.yaml:1:1", "key \"captured\" is missing"},
        {"id: x\ntitle: X\nstatus: provisional\nlicence: MIT\n"
         "captured: {url: https://x.org/}\n",
         "rules.missing-key", "x.yaml:5:11", "key \"date\" is missing"},
        {"id: x\ntitle: X\nstatus: verified\nlicence: MIT\n"
         "captured: {url: https://x.org/, date: 2023-05-16}\n",
         "rules.contradiction", "x.yaml:5:11",
         "a verified rule needs the sha256 of the text it was read from; "
         "without it, it is provisional"},
        {HEAD "duties: [{force: must, basis: licence}]\n", "rules.missing-key",
         "x.yaml:" NEXT ":10", "key \"id\" is missing"},
        {HEAD "duties: [{id: link.original, basis: licence}]\n",
         "rules.missing-key", "x.yaml:" NEXT ":10", "key \"force\" is missing"},
        {HEAD "duties: [{id: link.original, force: must}]\n",
         "rules.missing-key", "x.yaml:" NEXT ":10", "key \"basis\" is missing"},
        {HEAD "informal-permission: {}\n", "rules.missing-key",
         "x.yaml:" NEXT ":22", "key \"note\" is missing"},
    };

    (void)state;
    CHECK_ALL(cases);
}

#define DUTY(keys) HEAD "duties:\n  - {" keys "}\n"
#define MUST       ", force: must, basis: licence"

static void test_complaint__checks_terms_against_their_table(void **state)
{
    static const struct complaint_case cases[] = {
        {DUTY("id: link.orginal" MUST), "rules.term-unknown", "x.yaml:7:10",
         "there is no term \"link.orginal\"; did you mean "
         "\"link.original\"?"},
        {DUTY("id: qwertyuiopasdfgh" MUST), "rules.term-unknown", "x.yaml:7:10",
         "there is no term \"qwertyuiopasdfgh\""},
        {DUTY("id: track.pixel" MUST), "rules.term-undecided", "x.yaml:7:10",
         "term \"track.pixel\" is known, but this version cannot decide it"},
        {DUTY("id: no.commercial" MUST), "rules.term-kind", "x.yaml:7:10",
         "\"no.commercial\" is a prohibition and cannot stand in this list"},
        {HEAD "prohibitions: [{id: keep.text" MUST "}]\n", "rules.term-kind",
         "x.yaml:" NEXT ":21",
         "\"keep.text\" is a duty and cannot stand in this list"},
        {HEAD "requests: [{id: no.commercial}]\n", "rules.term-kind",
         "x.yaml:" NEXT ":17",
         "\"no.commercial\" is a prohibition and cannot stand in this list"},
        {DUTY("id: link.original, targt: home" MUST), "rules.unknown-param",
         "x.yaml:7:25",
         "link.original takes no \"targt\"; did you mean \"target\"?"},
        {DUTY("id: keep.text, holders: X" MUST), "rules.unknown-param",
         "x.yaml:7:21", "keep.text takes no \"holders\""},
        {DUTY("id: link.original, target: articles" MUST),
         "rules.unknown-value", "x.yaml:7:33",
         "\"articles\" is not known here; did you mean \"article\"?"},
        {DUTY("id: keep.text, one-link: maybe" MUST), "rules.unknown-value",
         "x.yaml:7:31", "\"maybe\" is not known here; \"yes\" would be"},
        {DUTY("id: keep.text, severity: 6" MUST), "rules.bad-value",
         "x.yaml:7:31", "\"6\" is not a severity from 0 to 5"},
        {DUTY("id: keep.text, severity: -1" MUST), "rules.bad-value",
         "x.yaml:7:31", "\"-1\" is not a severity from 0 to 5"},
        {DUTY("id: keep.text, force: musst, basis: licence"),
         "rules.unknown-value", "x.yaml:7:28",
         "\"musst\" is not known here; did you mean \"must\"?"},
        {DUTY("id: keep.text, force: must, basis: license"),
         "rules.unknown-value", "x.yaml:7:41",
         "\"license\" is not known here; did you mean \"licence\"?"},
        {DUTY("id: keep.text, decide: humans" MUST), "rules.unknown-value",
         "x.yaml:7:29",
         "\"humans\" is not known here; did you mean \"human\"?"},
        {DUTY("id: credit.publisher, names: [\"a\\nb\"]" MUST),
         "rules.bad-value", "x.yaml:7:37", "an item holds a line break"},
        {DUTY("id: keep.text" MUST "}\n  - {id: keep.text" MUST),
         "rules.duplicate-id", "x.yaml:8:5",
         "term \"keep.text\" stands twice, first in line 7"},
        {DUTY("keep.text: null"), "rules.nothing-to-remove", "x.yaml:7:5",
         "no family has \"keep.text\" in this list to remove"},
        {HEAD "requests: [{id: keep.text, force: must}]\n",
         "rules.contradiction", "x.yaml:" NEXT ":35",
         "a request cannot be a must: make it a duty, or write \"should\" or "
         "\"may\""},
        {HEAD "requests: [{id: keep.text, basis: policy}]\n",
         "rules.contradiction", "x.yaml:" NEXT ":35",
         "a request's basis is \"request\": what a licence or policy asks is "
         "a duty"},
    };

    (void)state;
    CHECK_ALL(cases);
}

static void test_complaint__finds_parts_that_do_not_fit(void **state)
{
    static const struct complaint_case cases[] = {
        {HEAD "any-of: [[keep.text, link.original]]\n"
              "duties: [{id: keep.text" MUST "}]\n",
         "rules.no-such-term", "x.yaml:" NEXT ":22",
         "this rule has no term \"link.original\""},
        {HEAD "any-of: [[keep.text]]\nduties: [{id: keep.text" MUST "}]\n",
         "rules.contradiction", "x.yaml:" NEXT ":10",
         "a group of which one suffices needs two terms"},
        {HEAD "templates: [{lang: en, text: X, satisfies: [keep.text]}]\n",
         "rules.no-such-term", "x.yaml:" NEXT ":45",
         "this rule has no term \"keep.text\""},
        {HEAD "samples: [{id: a, file: a, expect: not-met, breaks: keep.text}"
              "]\n",
         "rules.no-such-term", "x.yaml:" NEXT ":53",
         "this rule has no term \"keep.text\""},
        {HEAD "samples: [{id: a, file: a, expect: not-met, finds: {keep.text: "
              "fail}}]\n",
         "rules.no-such-term", "x.yaml:" NEXT ":53",
         "this rule has no term \"keep.text\""},
        {HEAD "samples: [{id: a, expect: not-met}]\n", "rules.missing-key",
         "x.yaml:" NEXT ":11",
         "key \"file\" is missing, and no sample before this one names a page"},
        {HEAD "samples: [{id: a, file: a, expect: compliant, rule: b}]\n",
         "rules.contradiction", "x.yaml:" NEXT ":11",
         "a rule's own sample is judged by that rule: leave \"rule\" out"},
        {HEAD "samples: [{id: a, file: a, expect: compliant}, {id: a, expect: "
              "compliant}]\n",
         "rules.duplicate-id", "x.yaml:" NEXT ":48",
         "sample \"a\" stands twice"},
        {HEAD "samples: [a: null]\n", "rules.nothing-to-remove",
         "x.yaml:" NEXT ":12", "no family has \"a\" in this list to remove"},
        {HEAD "valid: {from: 2024-01-01, to: 2023-01-01}\n",
         "rules.contradiction", "x.yaml:" NEXT ":8",
         "it ends on 2023-01-01, before it begins on 2024-01-01"},
        {HEAD "recognise: [{statement: a, link: b}]\n", "rules.contradiction",
         "x.yaml:" NEXT ":13", "each entry is either a statement or a link"},
    };

    (void)state;
    CHECK_ALL(cases);
}

static void
test_complaint__all_are_reported_and_the_first_returned(void **state)
{
    struct gathered gathered;

    (void)state;
    load(HEAD "dutys: []\nowner: []\ntime: {cure: soon}\n", &gathered);
    assert_int_equal(gathered.count, 3);
    assert_string_equal(gathered.items[0].where, "x.yaml:6:1");
    assert_string_equal(gathered.items[1].where, "x.yaml:7:8");
    assert_string_equal(gathered.items[2].where, "x.yaml:8:14");
}

static void test_complaint__keeps_line_and_column_of_a_long_path(void **state)
{
    static char path[2000];
    struct gathered gathered = {.count = 0};
    struct bylaw_rules *rules = NULL;
    struct bylaw_error err = {0};

    (void)state;
    memset(path, 'p', sizeof(path) - 1);
    bylaw__rules_load_text(&rules, span_of("id: x\nnope: 1\n"), path, specs,
                           SPEC_COUNT, gather, &gathered, &err);
    assert_non_null(strstr(gathered.items[0].where, "ppp:2:1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_complaint__names_the_place_of_bad_yaml),
        cmocka_unit_test(test_complaint__names_the_place_of_bad_syntax),
        cmocka_unit_test(test_complaint__suggests_the_nearest_word),
        cmocka_unit_test(test_complaint__refuses_values_of_the_wrong_shape),
        cmocka_unit_test(test_complaint__asks_for_what_is_missing),
        cmocka_unit_test(test_complaint__checks_terms_against_their_table),
        cmocka_unit_test(test_complaint__finds_parts_that_do_not_fit),
        cmocka_unit_test(
            test_complaint__all_are_reported_and_the_first_returned),
        cmocka_unit_test(test_complaint__keeps_line_and_column_of_a_long_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
