/* SPDX-License-Identifier: Apache-2.0 */
/* What must not be done with an article, and what of it a page can show. */
#include "unit/judge/fixtures.h"

#define CREDIT_LINE "Source: [Global Research](" ARTICLE ")"

static void start(struct page *p, const char *id)
{
    page_start(p);
    must(p, id);
    add_article(p);
}

/* An element with an address that stands in the second copied block. */
static struct bylaw_link *put_element(struct page *p, const char *element,
                                      const char *url)
{
    struct bylaw_link *link = &p->links[p->document.link_count];

    p->link_zones[p->document.link_count++] = BYLAW_ZONE_BODY;
    link->element = element;
    link->zone = BYLAW_ZONE_BODY;
    link->bytes =
        (struct bylaw_range){p->spans[1].page.begin, p->spans[1].page.begin};
    link->href = bylaw__span_of("");
    link->text = bylaw__span_of("");
    link->kind = url ? BYLAW_LINK_REAL : BYLAW_LINK_NONE;
    link->url = url;
    link->visibility = BYLAW_VISIBILITY_VISIBLE;
    link->visibility_why = "";
    link->block = 1;
    return link;
}

/* ------------------------------------------------------------- framing --- */

static void check_framing(const char *url, enum bylaw_match_class class,
                          const char *want)
{
    struct page p;

    start(&p, "no.framing");
    p.match.class = class;
    put_element(&p, "iframe", url);
    check_term(&p, "no.framing", want, NULL);
}

static void test_framing__is_a_frame_with_the_articles_address(void **s)
{
    struct page p;

    (void)s;
    check_framing(ARTICLE, BYLAW_MATCH_FULL, FAIL);
    check_framing(ARTICLE "?utm_source=x", BYLAW_MATCH_EXCERPT, FAIL);
    check_framing(HOME, BYLAW_MATCH_EXCERPT, PASS);
    check_framing("https://video.example/1", BYLAW_MATCH_EXCERPT, PASS);
    check_framing(NULL, BYLAW_MATCH_FULL, PASS);
    check_framing(NULL, BYLAW_MATCH_EXCERPT, UNKNOWN);
    start(&p, "no.framing");
    p.source.url = NULL;
    check_term(&p, "no.framing", MOOT, "not known");
}

/* --------------------------------------------------------- translation --- */

static void check_translation(const char *language, const char *line,
                              const char *want)
{
    struct page p;

    start(&p, "no.translation");
    p.match.class = BYLAW_MATCH_TRANSLATION;
    p.source.language = "en-GB";
    p.document.language = language;
    add(&p, BYLAW_ZONE_CREDIT, line);
    check_term(&p, "no.translation", want, NULL);
}

static void test_translation__has_to_say_that_it_is_one(void **s)
{
    struct page p;

    (void)s;
    start(&p, "no.translation");
    check_term(&p, "no.translation", PASS, "words are those");
    check_translation("de", "Edited from [this](" ARTICLE ")", FAIL);
    check_translation("de", "Edited from this", UNKNOWN);
    check_translation("de", "From [this](" ARTICLE ")", UNKNOWN);
    check_translation("en", "Edited from [this](" ARTICLE ")", UNKNOWN);
    check_translation("", "Edited from [this](" ARTICLE ")", UNKNOWN);
}

static void test_translation__that_is_forbidden_is_outside_the_grant(void **s)
{
    struct page p;

    (void)s;
    start(&p, "no.translation");
    p.match.class = BYLAW_MATCH_TRANSLATION;
    p.source.language = "en";
    p.document.language = "fr";
    add(&p, BYLAW_ZONE_CREDIT, "Edited from [this](" ARTICLE ")");
    check_verdict(&p, BYLAW_VERDICT_OUTSIDE_GRANT, "translation");
}

/* ------------------------------------------------------------- paywall --- */

static void check_paywall(const char *is_free, const char *line,
                          const char *want)
{
    struct page p;

    start(&p, "no.paywall");
    if (is_free)
        add_meta(&p, BYLAW_META_FREE, is_free);
    add(&p, BYLAW_ZONE_BODY, line);
    check_term(&p, "no.paywall", want, NULL);
}

static void test_paywall__needs_metadata_and_words_to_be_sure(void **s)
{
    static const char notice[] = "Subscribe to read the rest";
    struct page p;

    (void)s;
    check_paywall(NULL, "x", PASS);
    check_paywall("true", "x", PASS);
    check_paywall("false", "x", UNKNOWN);
    check_paywall(NULL, notice, UNKNOWN);
    check_paywall("False", notice, FAIL);
    start(&p, "no.paywall");
    incomplete(&p);
    check_term(&p, "no.paywall", UNKNOWN, "not read whole");
}

static void test_paywall__words_of_the_article_itself_are_none(void **s)
{
    struct page p;

    (void)s;
    start(&p, "no.paywall");
    add_meta(&p, BYLAW_META_FREE, "false");
    add_copied(&p, "Subscribe to read the rest");
    check_term(&p, "no.paywall", UNKNOWN, NULL);
}

/* ---------------------------------------------------------------- bulk --- */

static void test_bulk__is_counted_by_the_workspace(void **s)
{
    static const struct bylaw_param own = {"works", "3"};
    struct page p;

    (void)s;
    start(&p, "no.bulk");
    p.rule.volume_works = 2;
    p.rule.volume_per = "month";
    check_term(&p, "no.bulk", UNKNOWN, "ne page does not show");
    check_verdict(&p, BYLAW_VERDICT_COMPLIANT, NULL);
    p.c.site_works = (struct bylaw__site_count){1, 2};
    check_term(&p, "no.bulk", PASS, "carry 2 articles, and 2 from one month");
    p.c.site_works = (struct bylaw__site_count){2, 3};
    check_term(&p, "no.bulk", UNKNOWN, "3 articles, of which 2 surely are");
    p.c.site_works = (struct bylaw__site_count){3, 3};
    check_term(&p, "no.bulk", FAIL, "3 articles from one month");
    p.terms[0].params = &own;
    p.terms[0].param_count = 1;
    check_term(&p, "no.bulk", PASS, NULL);
    p.terms[0].param_count = p.rule.volume_works = 0;
    check_term(&p, "no.bulk", UNKNOWN, "for a person");
    check_verdict(&p, BYLAW_VERDICT_COMPLIANT, NULL);
}

/* -------------------------------------------------------------- images --- */

static void check_image(const char *url, const char *want)
{
    struct page p;

    start(&p, "no.images");
    put_element(&p, "img", url);
    check_term(&p, "no.images", want, NULL);
}

static void test_images__are_known_by_their_address(void **s)
{
    struct page p;

    (void)s;
    start(&p, "no.images");
    check_term(&p, "no.images", PASS, NULL);
    check_image("https://www.globalresearch.ca/up/ship.jpg?w=600", FAIL);
    check_image("https://blog.example/up/ship.jpg", UNKNOWN);
    check_image("https://www.globalresearch.ca/logo.png", PASS);
    check_image("https://www.globalresearch.ca/count.gif?id=1", PASS);
}

static void test_images__outside_of_the_text_need_the_sources_address(void **s)
{
    static const char *const pictures[] = {"https://cdn.example/ship.jpg"};
    struct page p;

    (void)s;
    start(&p, "no.images");
    put_element(&p, "img", "https://cdn.example/ship.jpg")->bytes =
        (struct bylaw_range){0, 0};
    check_term(&p, "no.images", PASS, NULL);
    p.source.pictures = (struct bylaw_texts){pictures, 1};
    check_term(&p, "no.images", FAIL, NULL);
}

/* --------------------------------------------------- false authorship --- */

static void check_byline(const char *byline, const char *credit,
                         const char *want)
{
    struct page p;

    page_start(&p);
    must(&p, "no.false-authorship");
    add(&p, BYLAW_ZONE_BYLINE, byline);
    add_article(&p);
    add(&p, BYLAW_ZONE_BODY, credit);
    check_term(&p, "no.false-authorship", want, NULL);
}

static void test_authorship__is_false_with_another_name_and_no_credit(void **s)
{
    (void)s;
    check_byline("By Jane Roe", "x", FAIL);
    check_byline("By Ahmed Adel", "x", PASS);
    check_byline("By Adel, Ahmed", "x", PASS);
    check_byline("By Jane Roe", "By Ahmed Adel", PASS);
    check_byline("May 16, 2023", "x", PASS);
}

static void test_authorship__of_a_desk_or_beside_credit_is_unknown(void **s)
{
    (void)s;
    check_byline("By admin", "x", UNKNOWN);
    check_byline("By News Desk", "x", UNKNOWN);
    check_byline("By Jane Roe", CREDIT_LINE, UNKNOWN);
    check_byline("By Jane Roe", "Source: Global Research", UNKNOWN);
    check_byline("By Global Research", "x", PASS);
}

static void test_authorship__of_the_site_by_its_own_name_is_unknown(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "no.false-authorship");
    add_meta(&p, BYLAW_META_PUBLISHER, "Harbour Town Herald");
    add(&p, BYLAW_ZONE_BYLINE, "By Harbour Town Herald");
    add_article(&p);
    check_term(&p, "no.false-authorship", UNKNOWN, "put the page up");
}

static void test_authorship__of_a_page_around_the_copy_is_unknown(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "no.false-authorship");
    add(&p, BYLAW_ZONE_BYLINE, "By Jane Roe");
    add_article(&p);
    p.match.page_coverage = 0.4;
    check_term(&p, "no.false-authorship", UNKNOWN, "rest of the page");
    p.match.page_coverage = 0.95;
    incomplete(&p);
    check_term(&p, "no.false-authorship", UNKNOWN, "proves nothing");
    p.source.author_count = 0;
    check_term(&p, "no.false-authorship", MOOT, NULL);
}

/* ----------------------------------------------------- for a person --- */

static void check_hints(const char *id, const char *line, const char *says)
{
    struct page p;

    start(&p, id);
    add(&p, BYLAW_ZONE_BODY, line);
    check_term(&p, id, UNKNOWN, says);
    check_verdict(&p, BYLAW_VERDICT_COMPLIANT, "left for a person");
}

static void test_hints__are_listed_and_decide_nothing(void **s)
{
    (void)s;
    check_hints("no.endorsement", "x", "hints on the page: none");
    check_hints("no.endorsement", "In partnership with the publisher",
                "words of a partnership");
    check_hints("no.endorsement", "[Give](https://www.patreon.com/x)",
                "donations");
    check_hints("no.syndication", "x", "hints on the page: none");
    check_hints("no.syndication", "[Us](https://news.google.com/p/1)",
                "Google News");
    check_hints("no.commercial", "x", "hints on the page: none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_framing__is_a_frame_with_the_articles_address),
        cmocka_unit_test(test_translation__has_to_say_that_it_is_one),
        cmocka_unit_test(
            test_translation__that_is_forbidden_is_outside_the_grant),
        cmocka_unit_test(test_paywall__needs_metadata_and_words_to_be_sure),
        cmocka_unit_test(test_paywall__words_of_the_article_itself_are_none),
        cmocka_unit_test(test_bulk__is_counted_by_the_workspace),
        cmocka_unit_test(test_images__are_known_by_their_address),
        cmocka_unit_test(
            test_images__outside_of_the_text_need_the_sources_address),
        cmocka_unit_test(
            test_authorship__is_false_with_another_name_and_no_credit),
        cmocka_unit_test(
            test_authorship__of_a_desk_or_beside_credit_is_unknown),
        cmocka_unit_test(
            test_authorship__of_the_site_by_its_own_name_is_unknown),
        cmocka_unit_test(test_authorship__of_a_page_around_the_copy_is_unknown),
        cmocka_unit_test(test_hints__are_listed_and_decide_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
