/* SPDX-License-Identifier: Apache-2.0 */
/* What stands around an article: disclaimers, picture credits, contacts, what
 * was to be removed, the licence of changed versions, what nobody can see. */
#include "unit/judge/fixtures.h"

#define DISCLAIMER "notice.disclaimer"
#define REMOVE     "credit.remove"
#define MEDIA      "media.credit"
#define CONTACT    "site.contact"
#define ALIKE      "share.alike"
#define FACT       "operator.fact"

/* ---------------------------------------------------------- disclaimer -- */

#define WORDS "The views expressed are those of the author alone."

static void check_disclaimer(const char *line, const char *want)
{
    struct bylaw_param text = {"text", WORDS};
    struct page p;

    page_start(&p);
    must_with(&p, DISCLAIMER, &text);
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, line);
    check_term(&p, DISCLAIMER, want, NULL);
}

static void test_disclaimer__is_looked_for_where_the_rule_words_it(void **s)
{
    (void)s;
    check_disclaimer(WORDS, PASS);
    check_disclaimer("The views expressed here are those of the author.",
                     PARTIAL);
    check_disclaimer("Source: Global Research", FAIL);
}

static void test_disclaimer__is_never_missed_where_nobody_words_it(void **s)
{
    struct bylaw_document document = {0};
    struct bylaw_block block = {0};
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, DISCLAIMER);
    add_article(&p);
    check_term(&p, DISCLAIMER, MOOT, "carries no disclaimer");
    block.text = bylaw__span_of("Disclaimer: the authors alone answer for it.");
    document.blocks = &block;
    document.block_count = 1;
    p.source.document = &document;
    check_term(&p, DISCLAIMER, UNKNOWN, "not said by the rule");
    add(&p, BYLAW_ZONE_CREDIT, "Disclaimer: views are the author's.");
    check_term(&p, DISCLAIMER, PASS, NULL);
}

/* -------------------------------------------------------------- remove -- */

static void test_remove__fails_while_it_is_there(void **s)
{
    struct bylaw_param params[] = {{"names", "Ahmed Adel"},
                                   {"text", "Republish this story"}};
    struct page p;

    (void)s;
    page_start(&p);
    must_so(&p, REMOVE, params, 2);
    add_article(&p);
    check_term(&p, REMOVE, PASS, "not on the page");
    add(&p, BYLAW_ZONE_CREDIT, "Republish this story");
    check_term(&p, REMOVE, FAIL, "\"Republish this story\"");
    page_start(&p);
    must_so(&p, REMOVE, params, 2);
    add(&p, BYLAW_ZONE_BYLINE, "By Ahmed Adel");
    add_article(&p);
    check_term(&p, REMOVE, FAIL, "\"Ahmed Adel\"");
}

static void test_remove__is_unknown_in_part_or_before_it_was_asked(void **s)
{
    struct bylaw_param params[] = {{"names", "Ahmed Adel"},
                                   {"since", "2024-02-01"}};
    struct page p;

    (void)s;
    page_start(&p);
    must_so(&p, REMOVE, params, 2);
    add(&p, BYLAW_ZONE_BYLINE, "By Ahmed Adel");
    add_article(&p);
    p.c.fetched_ms = 1704067200000; /* 2024-01-01 */
    check_term(&p, REMOVE, UNKNOWN, "before that was asked for");
    p.c.fetched_ms = 1709251200000; /* 2024-03-01 */
    check_term(&p, REMOVE, FAIL, NULL);

    page_start(&p);
    must_so(&p, REMOVE, params, 2);
    add_article(&p);
    incomplete(&p);
    check_term(&p, REMOVE, UNKNOWN, "cut short");
    page_start(&p);
    must(&p, REMOVE);
    add_article(&p);
    check_term(&p, REMOVE, MOOT, "nothing to be removed");
}

/* --------------------------------------------------------------- media -- */

#define PICTURE "https://blog.example/uploads/japan-nato-1024x683.jpg"

static void start_media(struct page *p)
{
    static const struct bylaw_param maker = {"names", "Jane Roe"};

    page_start(p);
    must_with(p, MEDIA, &maker);
    add_article(p);
    add_element(p, "img", PICTURE, BYLAW_ZONE_BODY)->block = 2;
}

static void test_media__passes_where_the_maker_is_named(void **s)
{
    struct page p;

    (void)s;
    start_media(&p);
    add(&p, BYLAW_ZONE_BODY, "A harbour. Photo: Jane Roe")->is_caption = true;
    check_term(&p, MEDIA, PASS, "Jane Roe is named");
}

static void test_media__fails_only_for_the_articles_own_picture(void **s)
{
    struct bylaw_document document = {0};
    struct bylaw_link picture = {0};
    struct page p;

    (void)s;
    start_media(&p);
    check_term(&p, MEDIA, UNKNOWN, "cannot be told");
    picture.element = "img";
    picture.url = "https://www.globalresearch.ca/2023/japan-nato.jpg?w=300";
    document.links = &picture;
    document.link_count = 1;
    p.source.document = &document;
    check_term(&p, MEDIA, FAIL, "not named beside it");
    incomplete(&p);
    check_term(&p, MEDIA, UNKNOWN, "cut short");
}

static void
test_media__is_unknown_without_names_and_moot_without_pictures(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, MEDIA);
    add_article(&p);
    check_term(&p, MEDIA, MOOT, "no picture");
    add_element(&p, "img", PICTURE, BYLAW_ZONE_BODY)->block = 2;
    check_term(&p, MEDIA, UNKNOWN, "for a person");
    start_media(&p);
    add_picture(&p, "Photo: Jane Roe");
    check_term(&p, MEDIA, UNKNOWN, "alternative text");
}

/* ------------------------------------------------------------- contact -- */

static void check_contact(const char *line, const char *want)
{
    struct page p;

    page_start(&p);
    must(&p, CONTACT);
    add_article(&p);
    add(&p, BYLAW_ZONE_FOOTER, line);
    check_term(&p, CONTACT, want, NULL);
}

static void test_contact__passes_in_many_tongues_and_never_fails(void **s)
{
    (void)s;
    check_contact("[Contact us](https://blog.example/contact)", PASS);
    check_contact("[Impressum](https://blog.example/i)", PASS);
    check_contact("[\xE8\x81\x94\xE7\xB3\xBB\xE6\x88\x91\xE4\xBB\xAC]"
                  "(https://blog.example/i)",
                  PASS);
    check_contact("[Privacy](https://blog.example/p)", UNKNOWN);
    check_contact("[Contact us](https://blog.example/c|hidden)", UNKNOWN);
}

/* --------------------------------------------------------- share alike -- */

static void start_alike(struct page *p, uint32_t words)
{
    page_start(p);
    must(p, ALIKE);
    p->rule.licence = "CC-BY-SA-3.0";
    add_article(p);
    p->edits[0].kind = BYLAW_EDIT_REPLACED;
    p->edits[0].source = p->edits[0].page = p->spans[1].page;
    p->edits[0].page_words = words;
    p->edits[0].change = BYLAW_CHANGE_SUBSTANTIVE;
    p->match.edit_count = 1;
}

static void check_alike(enum bylaw_zone zone, const char *line,
                        const char *want)
{
    struct page p;

    start_alike(&p, 60);
    add(&p, zone, line);
    check_term(&p, ALIKE, want, NULL);
}

#define CC "https://creativecommons.org/licenses/"

static void test_alike__compares_the_licence_of_a_changed_text(void **s)
{
    (void)s;
    check_alike(BYLAW_ZONE_CREDIT, "[Licence](" CC "by-sa/3.0/)", PASS);
    check_alike(BYLAW_ZONE_CREDIT, "[Licence](" CC "by-sa/4.0/deed.fr)", PASS);
    check_alike(BYLAW_ZONE_CREDIT, "Licensed under CC BY-SA 4.0", PASS);
    check_alike(BYLAW_ZONE_CREDIT, "[Licence](" CC "by-nc/4.0/)", FAIL);
    check_alike(BYLAW_ZONE_CREDIT, "[Licence](" CC "by-sa/2.0/)", FAIL);
    check_alike(BYLAW_ZONE_CREDIT, "Adapted from Global Research", FAIL);
    check_alike(BYLAW_ZONE_FOOTER, "[Licence](" CC "by-sa/4.0/)", UNKNOWN);
}

static void test_alike__does_not_arise_for_verbatim_copies(void **s)
{
    struct bylaw_param accept = {"accept", "by-nc"};
    struct page p;

    (void)s;
    start_alike(&p, 3);
    check_term(&p, ALIKE, MOOT, "version of its own");
    start_alike(&p, 60);
    p.terms[0].params = &accept;
    p.terms[0].param_count = 1;
    add(&p, BYLAW_ZONE_CREDIT, "[Licence](" CC "by-nc/4.0/)");
    check_term(&p, ALIKE, PASS, NULL);
    start_alike(&p, 60);
    incomplete(&p);
    check_term(&p, ALIKE, UNKNOWN, "cut short");
}

/* ---------------------------------------------------------------- fact -- */

static void test_fact__is_always_left_to_a_person(void **s)
{
    struct bylaw_param params[] = {{"fact", "the site is a news organisation"},
                                   {"hints", "newspaper\nnewsroom"}};
    struct bylaw_judgement *judgement;
    struct page p;

    (void)s;
    page_start(&p);
    must_so(&p, FACT, params, 2);
    add_article(&p);
    check_term(&p, FACT, UNKNOWN, "the site is a news organisation");
    add(&p, BYLAW_ZONE_FOOTER, "Blog Example is a newspaper of the harbour.");
    check_term(&p, FACT, UNKNOWN, "1 of the 2 words");
    judgement = judge_page(&p);
    assert_true(finding_of(judgement, FACT)->for_person);
    assert_int_equal(judgement->verdict, BYLAW_VERDICT_COMPLIANT);
    bylaw_judgement_free(judgement);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_disclaimer__is_looked_for_where_the_rule_words_it),
        cmocka_unit_test(
            test_disclaimer__is_never_missed_where_nobody_words_it),
        cmocka_unit_test(test_remove__fails_while_it_is_there),
        cmocka_unit_test(
            test_remove__is_unknown_in_part_or_before_it_was_asked),
        cmocka_unit_test(test_media__passes_where_the_maker_is_named),
        cmocka_unit_test(test_media__fails_only_for_the_articles_own_picture),
        cmocka_unit_test(
            test_media__is_unknown_without_names_and_moot_without_pictures),
        cmocka_unit_test(test_contact__passes_in_many_tongues_and_never_fails),
        cmocka_unit_test(test_alike__compares_the_licence_of_a_changed_text),
        cmocka_unit_test(test_alike__does_not_arise_for_verbatim_copies),
        cmocka_unit_test(test_fact__is_always_left_to_a_person),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
