/* SPDX-License-Identifier: Apache-2.0 */
/* Who is credited: credit.author, credit.publisher, credit.upstream. */
#include "unit/judge/fixtures.h"

/* One line of the page, and what the duty makes of it. */
struct credit_case {
    enum bylaw_zone zone;
    const char *line;
    const char *want, *says;
};

static void check_lines(const char *id, const struct credit_case *cases,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct page p;

        page_start(&p);
        must(&p, id);
        if (!strcmp(id, "credit.upstream"))
            p.source.upstream.publisher = "InfoBrics";
        add_article(&p);
        add(&p, cases[i].zone, cases[i].line);
        if (!strcmp(id, "credit.upstream"))
            add(&p, BYLAW_ZONE_CREDIT, "Courtesy: Global Research");
        check_term(&p, id, cases[i].want, cases[i].says);
    }
}

#define CHECK(id, cases)                                                       \
    check_lines(id, cases, sizeof(cases) / sizeof(*(cases)))

static void test_publisher__by_where_the_name_stands(void **s)
{
    static const struct credit_case cases[] = {
        {BYLAW_ZONE_CREDIT, "Source: Global Research", PASS, "credited"},
        {BYLAW_ZONE_BYLINE, "Global Research, May 16, 2023", PASS, NULL},
        {BYLAW_ZONE_CREDIT, "Centre for Research on Globalization", PASS, NULL},
        {BYLAW_ZONE_BODY, "This was originally published by Global Research.",
         PASS, NULL},
        {BYLAW_ZONE_BODY, "In other news Global Research held a meeting.",
         UNKNOWN, "prose"},
        {BYLAW_ZONE_BODY, "He told a source that Global Research met him.",
         UNKNOWN, "prose"},
        {BYLAW_ZONE_SIDEBAR, "Global Research", UNKNOWN, "sidebar"},
        {BYLAW_ZONE_UNKNOWN, "Global Research", UNKNOWN, "rest of the page"},
        {BYLAW_ZONE_COMMENTS, "I saw it on Global Research", UNKNOWN,
         "comments"},
        {BYLAW_ZONE_FOOTER, "Friends: Global Research", UNKNOWN, "footer"},
        {BYLAW_ZONE_NAV, "Global Research", FAIL, "not named"},
        {BYLAW_ZONE_NAV, "[Global Research](" HOME ")", FAIL, "not named"},
        {BYLAW_ZONE_NAV, "[Global Research](" ARTICLE ")", UNKNOWN,
         "only by a link"},
        {BYLAW_ZONE_NAV, "Republished from Global Research", UNKNOWN,
         "away from the article"},
        {BYLAW_ZONE_NAV, "Republished from somebody else", FAIL, "not named"},
        {BYLAW_ZONE_CREDIT, "Source: Глобал Рисёрч", UNKNOWN, "another script"},
        {BYLAW_ZONE_CREDIT, "Source: グローバル・リサーチ", UNKNOWN,
         "another script"},
        {BYLAW_ZONE_CREDIT, "Source: 环球研究", UNKNOWN, "another script"},
        {BYLAW_ZONE_CREDIT, "Source: Вестник порта", FAIL, "not named"},
        {BYLAW_ZONE_BODY, "В мире говорят: Глобал Рисёрч", FAIL, "not named"},
        {BYLAW_ZONE_CREDIT, "Originally published on [this site](" HOME ")",
         PARTIAL, "address"},
        {BYLAW_ZONE_CREDIT, "Originally published on www.globalresearch.ca",
         PASS, NULL},
        {BYLAW_ZONE_CREDIT, "Source: " ARTICLE, PASS, NULL},
        {BYLAW_ZONE_CREDIT, "Source: somebody else", FAIL, "not named"},
        {BYLAW_ZONE_CREDIT, "Source: Global Affairs", FAIL, "not named"},
    };

    (void)s;
    CHECK("credit.publisher", cases);
}

static void test_publisher__own_words_of_the_article_are_no_credit(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "credit.publisher");
    add_article(&p);
    add_copied(&p, "The findings that Global Research gathered over three "
                   "years show how far the alliance has come since the war "
                   "began, said a person who had read all of them twice.");
    for (int i = 0; i < 6; i++)
        add_copied(&p, COPIED);
    check_term(&p, "credit.publisher", FAIL, "copied text itself");
}

static void test_publisher__own_credit_line_that_was_copied_counts(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "credit.publisher");
    add_article(&p);
    add_copied(&p, "Originally published by Global Research.");
    check_term(&p, "credit.publisher", PASS, NULL);
}

static void test_publisher__own_dateline_that_was_copied_counts(void **s)
{
    static const struct {
        const char *line, *want;
    } cases[] = {
        {"Global Research, May 16, 2023", PASS},
        {"Global Research", PASS},
        {"Global Research was told of it", FAIL},
        {"It was Global Research", FAIL},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct page p;

        page_start(&p);
        must(&p, "credit.publisher");
        add_copied(&p, cases[i].line);
        add_article(&p);
        check_term(&p, "credit.publisher", cases[i].want, NULL);
    }
}

static void test_publisher__name_may_hold_what_does_not_print(void **s)
{
    static const struct credit_case cases[] = {
        {BYLAW_ZONE_CREDIT,
         "Source: Glo\xC2\xAD"
         "bal Rese\xC2\xAD"
         "arch",
         PASS, NULL},
        {BYLAW_ZONE_CREDIT,
         "Source: Glob\xE2\x80\x8B"
         "al Research",
         PASS, NULL},
    };

    (void)s;
    CHECK("credit.publisher", cases);
}

static void test_publisher__feed_footer_names_a_long_title_first(void **s)
{
    static const struct credit_case cases[] = {
        {BYLAW_ZONE_BODY,
         "The post [Japan to Open NATO Liaison Office: Provocation Against "
         "China and Russia](" ARTICLE ") appeared first on Global Research.",
         PASS, NULL},
    };

    (void)s;
    CHECK("credit.publisher", cases);
}

/* "... next year. Source: X" in one paragraph, the copy's last. */
static void test_publisher__credit_may_run_on_from_the_text(void **s)
{
    static const char *const tails[] = {" Source: Global Research",
                                        " He met Global Research."};
    static const char *const wants[] = {PASS, UNKNOWN};

    (void)s;
    for (size_t i = 0; i < 2; i++) {
        char text[2 * sizeof(COPIED) + 64];
        struct page p;

        page_start(&p);
        must(&p, "credit.publisher");
        add_article(&p);
        snprintf(text, sizeof(text), COPIED " " COPIED "%s", tails[i]);
        add_copied(&p, text);
        p.spans[p.match.span_count - 1].page.end -= (uint32_t)strlen(tails[i]);
        check_term(&p, "credit.publisher", wants[i], NULL);
    }
}

static void test_publisher__hidden_credit_is_none(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "credit.publisher");
    add_article(&p);
    add_hidden(&p, BYLAW_ZONE_CREDIT, "Source: Global Research");
    check_term(&p, "credit.publisher", FAIL, "hidden");
}

static void test_publisher__doubtful_credit_is_unknown(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "credit.publisher");
    add_article(&p);
    add_doubtful(&p, BYLAW_ZONE_CREDIT, "Source: Global Research");
    check_term(&p, "credit.publisher", UNKNOWN, "may not see");
}

static void test_publisher__metadata_is_not_for_readers(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "credit.publisher");
    add_meta(&p, BYLAW_META_COPYRIGHT_HOLDER, "Global Research");
    add_article(&p);
    check_term(&p, "credit.publisher", UNKNOWN, "metadata");
}

static void test_publisher__names_of_the_rule_can_be_replaced(void **s)
{
    static const struct bylaw_param other = {"names", "GR Weekly\nGR Daily"};
    struct page p;

    (void)s;
    page_start(&p);
    must_with(&p, "credit.publisher", &other);
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "Source: Global Research");
    check_term(&p, "credit.publisher", FAIL, NULL);
    page_start(&p);
    must_with(&p, "credit.publisher", &other);
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "Source: GR Daily");
    check_term(&p, "credit.publisher", PASS, NULL);
}

static void test_author__by_where_and_how_the_name_stands(void **s)
{
    static const struct credit_case cases[] = {
        {BYLAW_ZONE_BYLINE, "By Ahmed Adel", PASS, "Ahmed Adel is named"},
        {BYLAW_ZONE_BYLINE, "ADEL, Ahmed", PASS, NULL},
        {BYLAW_ZONE_BYLINE, "By A. Adel", PASS, NULL},
        {BYLAW_ZONE_BODY, "By Ahmed Adel", PASS, NULL},
        {BYLAW_ZONE_CREDIT, "Copyright Ahmed Adel, 2023", PASS, NULL},
        {BYLAW_ZONE_BYLINE, "By Adel", UNKNOWN, "Only part"},
        {BYLAW_ZONE_BODY, "We talked to Ahmed Adel in Cairo.", UNKNOWN,
         "running text"},
        {BYLAW_ZONE_SIDEBAR, "Ahmed Adel", UNKNOWN, "sidebar"},
        {BYLAW_ZONE_BYLINE, "By Staff Writer", FAIL, "By Staff Writer"},
        {BYLAW_ZONE_BODY, "Nothing to see.", FAIL, "is not named"},
    };

    (void)s;
    CHECK("credit.author", cases);
}

static void test_author__in_the_copied_text_may_be_its_subject(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "credit.author");
    add_article(&p);
    add_copied(&p, "Ahmed Adel is a Cairo-based researcher.");
    check_term(&p, "credit.author", UNKNOWN, "running text");
}

static void test_author__in_metadata_counts(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "credit.author");
    add_meta(&p, BYLAW_META_AUTHOR, "Ahmed Adel");
    add_article(&p);
    check_term(&p, "credit.author", PASS, "metadata");
}

static void check_two_authors(const char *byline, bool all, const char *want,
                              const char *says)
{
    static const char *const both[] = {"Ahmed Adel", "Lucas Leiroz"};
    static const struct bylaw_param all_of_them = {"all", "true"};
    struct page p;

    page_start(&p);
    if (all)
        must_with(&p, "credit.author", &all_of_them);
    else
        must(&p, "credit.author");
    p.source.authors = both;
    p.source.author_count = 2;
    add(&p, BYLAW_ZONE_BYLINE, byline);
    add_article(&p);
    check_term(&p, "credit.author", want, says);
}

static void test_author__hidden_line_is_no_metadata(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "credit.author");
    add_article(&p);
    add_hidden(&p, BYLAW_ZONE_CREDIT, "By Ahmed Adel");
    add_meta(&p, BYLAW_META_AUTHOR, "Ahmed Adel");
    p.metas[0].origin = "text";
    check_term(&p, "credit.author", FAIL, "hidden");
}

static void test_author__one_suffices_unless_all_are_asked_for(void **s)
{
    (void)s;
    check_two_authors("By Lucas Leiroz", false, PASS, NULL);
    check_two_authors("By Lucas Leiroz", true, PARTIAL,
                      "Ahmed Adel is not named");
    check_two_authors("By Lucas Leiroz and Ahmed Adel", true, PASS, "Every");
    check_two_authors("By nobody", true, FAIL, NULL);
}

static void check_institution(const char *value, const char *byline,
                              const char *want, const char *says)
{
    struct bylaw_param param = {"institution", value};
    struct page p;

    page_start(&p);
    must_with(&p, "credit.author", &param);
    add(&p, BYLAW_ZONE_BYLINE, byline);
    add_article(&p);
    check_term(&p, "credit.author", want, says);
}

static void test_author__institution_goes_with_the_name(void **s)
{
    (void)s;
    check_institution("Cairo University", "By Ahmed Adel, Cairo University",
                      PASS, NULL);
    check_institution("Cairo University", "By Ahmed Adel", PARTIAL,
                      "without the institution");
    check_institution("true", "By Ahmed Adel", PASS, "has to be read");
    check_institution("false", "By Ahmed Adel", PASS, NULL);
}

static void test_author__unknown_author_cannot_be_missed(void **s)
{
    static const struct bylaw_param if_supplied = {"if-supplied", "true"};
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "credit.author");
    p.source.author_count = 0;
    add_article(&p);
    check_term(&p, "credit.author", UNKNOWN, "not known who wrote");
    page_start(&p);
    must_with(&p, "credit.author", &if_supplied);
    p.source.author_count = 0;
    add_article(&p);
    check_term(&p, "credit.author", MOOT, "names no author");
}

static void test_upstream__by_where_the_name_stands(void **s)
{
    static const struct credit_case cases[] = {
        {BYLAW_ZONE_CREDIT, "First published by InfoBrics", PASS, NULL},
        {BYLAW_ZONE_CREDIT, "Copyright InfoBrics 2023", PASS, NULL},
        {BYLAW_ZONE_BODY, "InfoBrics is a site.", UNKNOWN, "not in a place"},
        {BYLAW_ZONE_SIDEBAR, "InfoBrics", UNKNOWN, "not in a place"},
        {BYLAW_ZONE_BODY, "Nothing.", FAIL, "is not named"},
    };

    (void)s;
    CHECK("credit.upstream", cases);
}

static void test_upstream__does_not_arise_for_an_original(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "credit.upstream");
    add_article(&p);
    check_term(&p, "credit.upstream", MOOT, "names nobody");
}

static void test_credit__absence_is_unknown_on_half_a_page(void **s)
{
    static const char *const ids[] = {"credit.author", "credit.publisher"};

    (void)s;
    for (size_t i = 0; i < 2; i++) {
        struct page p;

        page_start(&p);
        must(&p, ids[i]);
        incomplete(&p);
        add_article(&p);
        check_term(&p, ids[i], UNKNOWN, "cut short");
    }
}

static void test_credit__of_one_link_licence_is_partial_beside_a_link(void **s)
{
    static const struct bylaw_param one_link = {"one-link", "true"};
    static const char *const lines[] = {"[Original](" ARTICLE ")", "None"};

    (void)s;
    for (size_t i = 0; i < 2; i++) {
        struct page p;

        page_start(&p);
        must_with(&p, "credit.author", &one_link);
        add_article(&p);
        add(&p, BYLAW_ZONE_CREDIT, lines[i]);
        check_term(&p, "credit.author", i ? FAIL : PARTIAL,
                   i ? NULL : "may carry it");
        assert_int_equal(check_severity(&p), i ? 4 : 1);
    }
}

/* Longer than any line of credit. */
#define LONG_COPIED COPIED " " COPIED " " COPIED

/* The last paragraph and the credit in one block, as where only a <br> stands
 * between them. */
static void check_tail(const char *tail, const char *id, const char *want)
{
    struct page p;
    char text[1024];

    page_start(&p);
    must(&p, id);
    add_article(&p);
    snprintf(text, sizeof(text), "%s%s", LONG_COPIED, tail);
    add_copied(&p, text);
    p.spans[p.match.span_count - 1].page.end =
        p.spans[p.match.span_count - 1].page.begin + (uint32_t)strlen(COPIED) -
        1;
    check_term(&p, id, want, NULL);
}

static void test_credit__may_follow_the_copied_words_in_one_block(void **s)
{
    static const char line[] =
        " Source: [Global Research](" ARTICLE
        ") Copyright \xC2\xA9 Ahmed Adel, InfoBrics, 2023";

    (void)s;
    check_tail(line, "credit.publisher", PASS);
    check_tail(line, "notice.copyright", PASS);
    check_tail(line, "link.original", PASS);
    check_tail(" A word of our own.", "credit.publisher", FAIL);
    check_tail("", "notice.copyright", FAIL);
}

/* "Source:" and a picture that has no words of its own. */
static void check_picture(const char *text, const char *file, const char *want)
{
    struct bylaw_link *picture;
    struct page p;

    page_start(&p);
    must(&p, "credit.publisher");
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, text);
    picture = add_element(&p, "img", file, BYLAW_ZONE_CREDIT);
    picture->block = (uint32_t)p.document.block_count - 1;
    check_term(&p, "credit.publisher", want, NULL);
}

static void test_publisher__may_be_named_by_a_picture(void **s)
{
    (void)s;
    check_picture("Source:", "https://harbour.example/logo.png", UNKNOWN);
    check_picture("Brought to you by the people of the Harbour Town Forum",
                  "https://harbour.example/logo.png", FAIL);
    check_picture("Brought to you by the people of the Harbour Town Forum",
                  "https://harbour.example/credit-2.png", UNKNOWN);
    check_picture("Brought to you by the people of the Harbour Town Forum",
                  "https://harbour.example/creditors.png", FAIL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_publisher__by_where_the_name_stands),
        cmocka_unit_test(test_publisher__may_be_named_by_a_picture),
        cmocka_unit_test(
            test_publisher__own_words_of_the_article_are_no_credit),
        cmocka_unit_test(
            test_publisher__own_credit_line_that_was_copied_counts),
        cmocka_unit_test(test_publisher__own_dateline_that_was_copied_counts),
        cmocka_unit_test(test_publisher__name_may_hold_what_does_not_print),
        cmocka_unit_test(test_publisher__feed_footer_names_a_long_title_first),
        cmocka_unit_test(test_publisher__credit_may_run_on_from_the_text),
        cmocka_unit_test(test_publisher__hidden_credit_is_none),
        cmocka_unit_test(test_publisher__doubtful_credit_is_unknown),
        cmocka_unit_test(test_publisher__metadata_is_not_for_readers),
        cmocka_unit_test(test_publisher__names_of_the_rule_can_be_replaced),
        cmocka_unit_test(test_author__by_where_and_how_the_name_stands),
        cmocka_unit_test(test_author__in_the_copied_text_may_be_its_subject),
        cmocka_unit_test(test_author__in_metadata_counts),
        cmocka_unit_test(test_author__hidden_line_is_no_metadata),
        cmocka_unit_test(test_author__one_suffices_unless_all_are_asked_for),
        cmocka_unit_test(test_author__institution_goes_with_the_name),
        cmocka_unit_test(test_author__unknown_author_cannot_be_missed),
        cmocka_unit_test(test_upstream__by_where_the_name_stands),
        cmocka_unit_test(test_upstream__does_not_arise_for_an_original),
        cmocka_unit_test(test_credit__absence_is_unknown_on_half_a_page),
        cmocka_unit_test(
            test_credit__of_one_link_licence_is_partial_beside_a_link),
        cmocka_unit_test(test_credit__may_follow_the_copied_words_in_one_block),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
