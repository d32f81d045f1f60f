/* SPDX-License-Identifier: Apache-2.0 */
/* credit.line and credit.placement: the words asked for, where asked for. */
#include "unit/judge/fixtures.h"

#define LINE     "credit.line"
#define PLACE    "credit.placement"
#define SENTENCE "This story was originally published by {publisher}."

static const struct bylaw_param text = {"text", SENTENCE};

struct line_case {
    enum bylaw_zone zone;
    const char *line, *want, *says;
};

static void check_line(const struct line_case *t)
{
    struct page p;

    page_start(&p);
    must_with(&p, LINE, &text);
    add_article(&p);
    add(&p, t->zone, t->line);
    check_term(&p, LINE, t->want, t->says);
}

#define CHECK_LINES(table)                                                     \
    for (size_t i = 0; i < sizeof(table) / sizeof((table)[0]); i++)            \
    check_line(&(table)[i])

static void test_credit_line__passes_word_for_word(void **s)
{
    static const struct line_case cases[] = {
        {BYLAW_ZONE_CREDIT,
         "This story was originally published by Global Research.", PASS,
         "in the words asked for"},
        {BYLAW_ZONE_CREDIT,
         "\xE2\x80\x9CTHIS story, was originally  published by [Global "
         "Research](" ARTICLE ")\xE2\x80\x9D",
         PASS, NULL},
        {BYLAW_ZONE_BODY,
         "This story was originally published by the Centre for Research on "
         "Globalization.",
         PARTIAL, "other words"},
        {BYLAW_ZONE_BODY,
         "This story was originally published by Centre for Research on "
         "Globalization and is republished here.",
         PASS, NULL},
    };

    (void)s;
    CHECK_LINES(cases);
}

static void test_credit_line__is_partial_in_other_words(void **s)
{
    static const struct line_case cases[] = {
        {BYLAW_ZONE_CREDIT,
         "This article was first published by Global Research.", PARTIAL,
         "other words"},
        {BYLAW_ZONE_CREDIT, "Source: Global Research", PARTIAL,
         "not in the sentence"},
    };

    (void)s;
    CHECK_LINES(cases);
}

static void test_credit_line__fails_without_the_publishers_credit(void **s)
{
    static const struct line_case cases[] = {
        {BYLAW_ZONE_CREDIT, "Read more of our stories.", FAIL, "missing"},
        {BYLAW_ZONE_CREDIT,
         "This story was originally published by Another Paper.", FAIL,
         "missing"},
    };

    (void)s;
    CHECK_LINES(cases);
}

static void
test_credit_line__fails_hidden_and_is_unknown_off_or_doubtful(void **s)
{
    static const char line[] =
        "This story was originally published by Global Research.";
    struct page p;

    (void)s;
    page_start(&p);
    must_with(&p, LINE, &text);
    add_article(&p);
    add_hidden(&p, BYLAW_ZONE_CREDIT, line);
    check_term(&p, LINE, FAIL, "hidden");

    page_start(&p);
    must_with(&p, LINE, &text);
    add_article(&p);
    add_doubtful(&p, BYLAW_ZONE_CREDIT, line);
    check_term(&p, LINE, UNKNOWN, "may not see");

    page_start(&p);
    must_with(&p, LINE, &text);
    add_article(&p);
    add(&p, BYLAW_ZONE_SIDEBAR, line);
    check_term(&p, LINE, UNKNOWN, "sidebar");
}

static void test_credit_line__is_unknown_on_a_page_read_in_part(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must_with(&p, LINE, &text);
    add_article(&p);
    incomplete(&p);
    check_term(&p, LINE, UNKNOWN, "cut short");
}

static void test_credit_line__is_unknown_in_another_language(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    p.document.language = "de";
    p.source.language = "en";
    must_with(&p, LINE, &text);
    add_article(&p);
    check_term(&p, LINE, UNKNOWN, "another language");
}

static void test_credit_line__takes_the_rules_templates(void **s)
{
    static const struct bylaw_template template = {.language = "en",
                                                   .text = SENTENCE};
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, LINE);
    add_article(&p);
    check_term(&p, LINE, MOOT, "words no credit line");

    page_start(&p);
    p.rule.templates = &template;
    p.rule.template_count = 1;
    must(&p, LINE);
    add_article(&p);
    check_term(&p, LINE, FAIL, "missing");
}

static void test_credit_line__is_mended_by_the_sentence_itself(void **s)
{
    struct bylaw_judgement *judgement;
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "credit.publisher");
    must_with(&p, LINE, &text);
    add_article(&p);
    judgement = judge_page(&p);
    assert_string_equal(finding_of(judgement, LINE)->fix,
                        "<p>This story was originally published by "
                        "<a href=\"" ARTICLE "\">Global Research</a>.</p>");
    assert_string_equal(judgement->fix, finding_of(judgement, LINE)->fix);
    bylaw_judgement_free(judgement);
}

/* ------------------------------------------------------- placement ------ */

struct place_case {
    const char *at, *what, *within;
    const char *top, *bottom; /* lines around the text, or NULL */
    const char *want;
};

static void check_place(const struct place_case *t)
{
    struct bylaw_param params[] = {{"at", t->at},
                                   {"what", t->what},
                                   {"within", t->within}};
    struct page p;

    page_start(&p);
    must_so(&p, PLACE, params, 3);
    must(&p, "link.original");
    must_with(&p, LINE, &text);
    if (t->top)
        add(&p, BYLAW_ZONE_CREDIT, t->top);
    add_article(&p);
    if (t->bottom)
        add(&p, BYLAW_ZONE_CREDIT, t->bottom);
    check_term(&p, PLACE, t->want, NULL);
}

static void test_placement__is_seen_from_the_copied_text(void **s)
{
    static const char pub[] = "Source: Global Research";
    static const char link[] = "[Original](" ARTICLE ")";
    static const char line[] =
        "This story was originally published by Global Research.";
    static const struct place_case cases[] = {
        {"top", "publisher", "0", pub, NULL, PASS},
        {"top", "publisher", "0", NULL, pub, PARTIAL},
        {"bottom", "publisher", "0", NULL, pub, PASS},
        {"bottom", "publisher", "0", pub, NULL, PARTIAL},
        {"both", "publisher", "0", pub, NULL, PARTIAL},
        {"both", "publisher", "0", pub, pub, PASS},
        {"top", "author", "0", "By Ahmed Adel", NULL, PASS},
        {"byline", "author", "0", "By Ahmed Adel", NULL, PASS},
        {"byline", "author", "0", NULL, "Ahmed Adel", PARTIAL},
        {"first-paragraph", "publisher", "0", pub, NULL, PASS},
        {"first-paragraph", "publisher", "0", NULL, pub, PARTIAL},
        {"top", "link", "0", link, NULL, PASS},
        {"top", "link", "0", NULL, link, PARTIAL},
        {"top", "link", "0", NULL, pub, MOOT},
        {"top", "line", "0", line, NULL, PASS},
        {"bottom", "line", "0", line, NULL, PARTIAL},
        {"top", "line", "0", pub, NULL, MOOT},
        {"top", "publisher", "0", NULL, NULL, FAIL},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check_place(&cases[i]);
}

/* A copied headline is part of the copied text, but what stands between it and
 * the first paragraph stands on top of the text. */
static void test_placement__counts_no_headline_as_text(void **s)
{
    static const struct bylaw_param top = {"at", "top"};
    struct page p;

    (void)s;
    for (unsigned is_heading = 0; is_heading < 2; is_heading++) {
        page_start(&p);
        must_with(&p, PLACE, &top);
        add_copied(&p, COPIED);
        p.blocks[p.document.block_count - 1].heading = is_heading;
        add(&p, BYLAW_ZONE_CREDIT, "Source: Global Research");
        add_article(&p);
        check_term(&p, PLACE, is_heading ? PASS : PARTIAL, NULL);
    }
}

static void test_placement__counts_the_words_that_may_stand_before(void **s)
{
    static const struct {
        const char *within, *want;
    } cases[] = {{"0", PARTIAL}, {"30", PARTIAL}, {"60", PASS}};

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bylaw_param params[] = {{"at", "top"},
                                       {"within", cases[i].within}};
        struct page p;

        page_start(&p);
        must_so(&p, PLACE, params, 2);
        add_copied(&p, COPIED);
        add_copied(&p, COPIED);
        add(&p, BYLAW_ZONE_CREDIT, "Source: Global Research");
        add_article(&p);
        check_term(&p, PLACE, cases[i].want, NULL);
    }
}

/* The title in it makes such a line one of the copied ones. */
static void test_placement__knows_a_feeds_line_with_the_title_in_it(void **s)
{
    static const char feed[] =
        "The post " TITLE " appeared first on Global Research.";
    static const struct {
        const char *at;
        bool is_first;
        const char *want;
    } cases[] = {
        {"bottom", false, PASS},
        {"bottom", true, PARTIAL},
        {"top", true, PASS},
        {"top", false, PARTIAL},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bylaw_param at = {"at", cases[i].at};
        struct page p;

        page_start(&p);
        must_with(&p, PLACE, &at);
        if (cases[i].is_first)
            add_copied(&p, feed);
        add_article(&p);
        if (!cases[i].is_first)
            add_copied(&p, feed);
        check_term(&p, PLACE, cases[i].want, NULL);
    }
}

static void test_placement__is_unknown_on_a_page_read_in_part(void **s)
{
    struct bylaw_param at = {"at", "top"};
    struct page p;

    (void)s;
    page_start(&p);
    must_with(&p, PLACE, &at);
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "Source: Global Research");
    incomplete(&p);
    check_term(&p, PLACE, UNKNOWN, "cut short");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_credit_line__passes_word_for_word),
        cmocka_unit_test(test_credit_line__is_partial_in_other_words),
        cmocka_unit_test(test_credit_line__fails_without_the_publishers_credit),
        cmocka_unit_test(
            test_credit_line__fails_hidden_and_is_unknown_off_or_doubtful),
        cmocka_unit_test(test_credit_line__is_unknown_on_a_page_read_in_part),
        cmocka_unit_test(test_credit_line__is_unknown_in_another_language),
        cmocka_unit_test(test_credit_line__takes_the_rules_templates),
        cmocka_unit_test(test_credit_line__is_mended_by_the_sentence_itself),
        cmocka_unit_test(test_placement__is_seen_from_the_copied_text),
        cmocka_unit_test(test_placement__counts_no_headline_as_text),
        cmocka_unit_test(
            test_placement__counts_the_words_that_may_stand_before),
        cmocka_unit_test(
            test_placement__knows_a_feeds_line_with_the_title_in_it),
        cmocka_unit_test(test_placement__is_unknown_on_a_page_read_in_part),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
