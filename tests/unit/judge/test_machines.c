/* SPDX-License-Identifier: Apache-2.0 */
/* track.pixel and seo.canonical: what the page tells machines. */
#include "unit/judge/fixtures.h"

#define PIXEL     "track.pixel"
#define CANONICAL "seo.canonical"

static const struct bylaw_param counter[] = {
    {"host", "counter.globalresearch.ca"},
    {"path", "/content/{id}/count.gif"},
};

static void start_pixel(struct page *p)
{
    page_start(p);
    must_so(p, PIXEL, counter, 2);
    add_article(p);
}

static void check_pixel(const char *element, const char *url, const char *want,
                        const char *says)
{
    struct page p;

    start_pixel(&p);
    add_element(&p, element, url, BYLAW_ZONE_BODY);
    check_term(&p, PIXEL, want, says);
}

static void test_pixel__passes_with_the_articles_own_number(void **s)
{
    (void)s;
    check_pixel("img",
                "https://counter.globalresearch.ca/content/5819349/"
                "count.gif?d=1",
                PASS, "counter is there");
    check_pixel("script",
                "http://counter.globalresearch.ca/content/5819349/count.gif",
                PASS, NULL);
}

static void
test_pixel__passes_whatever_it_counts_where_that_is_unknown(void **s)
{
    static const struct bylaw_param host = {"host", "pixel.example.org"};
    struct page p;

    (void)s;
    page_start(&p);
    must_with(&p, PIXEL, &host);
    add_article(&p);
    add_element(&p, "script", "https://pixel.example.org/pixel.js",
                BYLAW_ZONE_BODY);
    check_term(&p, PIXEL, PASS, NULL);
}

static void test_pixel__fails_missing_or_of_another_article(void **s)
{
    struct page p;

    (void)s;
    start_pixel(&p);
    check_term(&p, PIXEL, FAIL, "missing");
    check_pixel("img",
                "https://counter.globalresearch.ca/content/11111/count.gif",
                FAIL, "another article");
}

/* Some publishers count on their own site, which every credit links to. */
static void test_pixel__is_not_mentioned_by_a_link_to_the_site(void **s)
{
    static const struct bylaw_param own[] = {{"host", "globalresearch.ca"},
                                             {"path", "republication-pixel"}};
    struct page p;

    (void)s;
    page_start(&p);
    must_so(&p, PIXEL, own, 2);
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "From [Global Research](" ARTICLE ")");
    check_term(&p, PIXEL, FAIL, "missing");
}

static void test_pixel__is_unknown_where_something_else_may_load_it(void **s)
{
    struct page p;

    (void)s;
    start_pixel(&p);
    add(&p, BYLAW_ZONE_UNKNOWN, "var u = 'counter.globalresearch.ca' + x;");
    check_term(&p, PIXEL, UNKNOWN, "a script may");

    start_pixel(&p);
    add_meta(&p, BYLAW_META_AMP, "true");
    check_term(&p, PIXEL, UNKNOWN, "AMP");

    start_pixel(&p);
    add_element(&p, "img",
                "https://counter.globalresearch.ca/content/5819349/count.gif",
                BYLAW_ZONE_BODY)
        ->visibility_why = "shown only where scripts are off";
    check_term(&p, PIXEL, UNKNOWN, "scripts off");

    start_pixel(&p);
    incomplete(&p);
    check_term(&p, PIXEL, UNKNOWN, "cut short");
}

static void
test_pixel__does_not_arise_without_a_host_or_a_source_with_it(void **s)
{
    struct bylaw_param params[] = {counter[0],
                                   counter[1],
                                   {"if-supplied", "yes"}};
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, PIXEL);
    add_article(&p);
    check_term(&p, PIXEL, MOOT, "does not say where");
    page_start(&p);
    must_so(&p, PIXEL, params, 3);
    add_article(&p);
    check_term(&p, PIXEL, MOOT, "own page shows no such counter");
}

static void test_pixel__is_mended_by_the_element_itself(void **s)
{
    struct bylaw_judgement *judgement;
    struct page p;

    (void)s;
    start_pixel(&p);
    judgement = judge_page(&p);
    assert_string_equal(finding_of(judgement, PIXEL)->fix,
                        "<img src=\"https://counter.globalresearch.ca/content/"
                        "5819349/count.gif\" alt=\"\" width=\"1\" "
                        "height=\"1\">");
    bylaw_judgement_free(judgement);
}

/* ----------------------------------------------------------- canonical -- */

static void add_canonical(struct page *p, const char *url, enum bylaw_zone zone)
{
    add_element(p, "link", url, zone)->rel = BYLAW_REL_CANONICAL;
}

static void start_canonical(struct page *p)
{
    page_start(p);
    must(p, CANONICAL);
    add_article(p);
}

static void test_canonical__passes_where_it_leads_to_the_original(void **s)
{
    struct page p;

    (void)s;
    start_canonical(&p);
    add_canonical(&p, ARTICLE "?utm_source=x", BYLAW_ZONE_HEAD);
    check_term(&p, CANONICAL, PASS, "leads to the original");

    start_canonical(&p);
    add_canonical(&p, "https://blog.example/japan", BYLAW_ZONE_HEAD);
    add_canonical(&p, ARTICLE, BYLAW_ZONE_BODY);
    check_term(&p, CANONICAL, PASS, "outside the head");
}

static void
test_canonical__fails_missing_or_leading_to_the_page_itself(void **s)
{
    struct bylaw_judgement *judgement;
    struct page p;

    (void)s;
    start_canonical(&p);
    judgement = judge_page(&p);
    assert_string_equal(finding_of(judgement, CANONICAL)->fix,
                        "<link rel=\"canonical\" href=\"" ARTICLE "\">");
    bylaw_judgement_free(judgement);

    start_canonical(&p);
    add_canonical(&p, "https://blog.example/japan", BYLAW_ZONE_HEAD);
    check_term(&p, CANONICAL, FAIL, "instead of the original");
}

static void test_canonical__is_unknown_in_contradiction_amp_or_part(void **s)
{
    struct page p;

    (void)s;
    start_canonical(&p);
    add_canonical(&p, ARTICLE, BYLAW_ZONE_HEAD);
    add_canonical(&p, "https://blog.example/japan", BYLAW_ZONE_HEAD);
    check_term(&p, CANONICAL, UNKNOWN, "neither");

    start_canonical(&p);
    add_meta(&p, BYLAW_META_AMP, "true");
    add_canonical(&p, "https://blog.example/japan", BYLAW_ZONE_HEAD);
    check_term(&p, CANONICAL, UNKNOWN, "AMP");

    start_canonical(&p);
    incomplete(&p);
    check_term(&p, CANONICAL, UNKNOWN, "cut short");
}

static void test_canonical__takes_noindex_where_the_rule_does(void **s)
{
    struct bylaw_param noindex = {"noindex", "yes"};
    struct page p;

    (void)s;
    page_start(&p);
    must_with(&p, CANONICAL, &noindex);
    add_article(&p);
    add_meta(&p, BYLAW_META_ROBOTS, "noindex, follow");
    check_term(&p, CANONICAL, PASS, "out of search engines");
    start_canonical(&p);
    add_meta(&p, BYLAW_META_ROBOTS, "noindex, follow");
    check_term(&p, CANONICAL, FAIL, "missing");
}

static void test_canonical__does_not_arise_without_an_address(void **s)
{
    struct page p;

    (void)s;
    start_canonical(&p);
    p.source.url = NULL;
    check_term(&p, CANONICAL, MOOT, "address is not known");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pixel__passes_with_the_articles_own_number),
        cmocka_unit_test(
            test_pixel__passes_whatever_it_counts_where_that_is_unknown),
        cmocka_unit_test(test_pixel__fails_missing_or_of_another_article),
        cmocka_unit_test(test_pixel__is_not_mentioned_by_a_link_to_the_site),
        cmocka_unit_test(
            test_pixel__is_unknown_where_something_else_may_load_it),
        cmocka_unit_test(
            test_pixel__does_not_arise_without_a_host_or_a_source_with_it),
        cmocka_unit_test(test_pixel__is_mended_by_the_element_itself),
        cmocka_unit_test(test_canonical__passes_where_it_leads_to_the_original),
        cmocka_unit_test(
            test_canonical__fails_missing_or_leading_to_the_page_itself),
        cmocka_unit_test(
            test_canonical__is_unknown_in_contradiction_amp_or_part),
        cmocka_unit_test(test_canonical__takes_noindex_where_the_rule_does),
        cmocka_unit_test(test_canonical__does_not_arise_without_an_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
