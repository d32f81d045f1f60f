/* SPDX-License-Identifier: Apache-2.0 */
/* link.anchor: is the link on the words that the publisher asks for? */
#include "unit/judge/fixtures.h"

#define ID "link.anchor"

struct anchor_case {
    const char *text, *line, *want, *says;
};

static void check_anchor(const struct anchor_case *t)
{
    struct bylaw_param text = {"text", t->text};
    struct page p;

    page_start(&p);
    must_with(&p, ID, &text);
    must(&p, "link.original");
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, t->line);
    check_term(&p, ID, t->want, t->says);
}

#define CHECK(table)                                                           \
    for (size_t i = 0; i < sizeof(table) / sizeof((table)[0]); i++)            \
    check_anchor(&(table)[i])

static void test_link_anchor__passes_on_the_words_asked_for(void **s)
{
    static const struct anchor_case cases[] = {
        {"{publisher}", "By [Global Research](" ARTICLE ")", PASS, "linked"},
        {"{publisher}", "[Centre for Research on Globalization](" ARTICLE ")",
         PASS, NULL},
        {"{title}", "[\xE2\x80\x9C" TITLE "\xE2\x80\x9D](" ARTICLE ")", PASS,
         NULL},
        {"original article", "Read the [ORIGINAL article](" ARTICLE ").", PASS,
         NULL},
        {"read more\noriginal article", "[Read more](" ARTICLE ")", PASS, NULL},
        {"{publisher}", "[First published by Global Research](" ARTICLE ")",
         PASS, "others around"},
    };

    (void)s;
    CHECK(cases);
}

static void test_link_anchor__is_partial_on_other_words(void **s)
{
    static const struct anchor_case cases[] = {
        {"{publisher}", "[here](" ARTICLE ")", PARTIAL, "\"here\""},
        {"original article", "[article](" ARTICLE ")", PARTIAL, NULL},
    };

    (void)s;
    CHECK(cases);
}

static void test_link_anchor__is_unknown_where_the_link_is(void **s)
{
    static const struct anchor_case cases[] = {
        {"{publisher}", "Via [Global Research](https://bit.ly/3abc)", UNKNOWN,
         "surely leads to the original"},
        {"{publisher}", "[Global Research](" ARTICLE "|doubtful)", UNKNOWN,
         NULL},
    };

    (void)s;
    CHECK(cases);
}

static void test_link_anchor__leaves_a_missing_link_to_its_duty(void **s)
{
    static const struct anchor_case cases[] = {
        {"{publisher}", "Global Research", MOOT, "duty of its own"},
        {"{publisher}", "[Global Research](" ARTICLE "|hidden)", MOOT, NULL},
        {"", "[Global Research](" ARTICLE ")", MOOT, "names no words"},
    };
    struct bylaw_param text = {"text", "{publisher}"};
    struct page p;

    (void)s;
    CHECK(cases);
    page_start(&p);
    must_with(&p, ID, &text);
    add_article(&p);
    check_term(&p, ID, FAIL, "link with the words \"Global Research\"");
    page_start(&p);
    must_with(&p, ID, &text);
    add_article(&p);
    incomplete(&p);
    check_term(&p, ID, UNKNOWN, "cut short");
}

static void test_link_anchor__looks_at_home_where_the_rule_does(void **s)
{
    struct bylaw_param params[] = {{"text", "{publisher}"}, {"target", "home"}};
    struct page p;

    (void)s;
    page_start(&p);
    must_so(&p, ID, params, 2);
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT,
        "[Read](" ARTICLE ") at [Global Research](" HOME ")");
    check_term(&p, ID, PASS, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_link_anchor__passes_on_the_words_asked_for),
        cmocka_unit_test(test_link_anchor__is_partial_on_other_words),
        cmocka_unit_test(test_link_anchor__is_unknown_where_the_link_is),
        cmocka_unit_test(test_link_anchor__leaves_a_missing_link_to_its_duty),
        cmocka_unit_test(test_link_anchor__looks_at_home_where_the_rule_does),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
