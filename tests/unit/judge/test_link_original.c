/* SPDX-License-Identifier: Apache-2.0 */
/* link.original: does a link that readers see reach this very article? */
#include "unit/judge/fixtures.h"

#define ID "link.original"

/* One line of the page, and what the duty makes of it. */
struct link_case {
    enum bylaw_zone zone;
    const char *line;
    const char *want, *says;
};

static void check_line(const struct link_case *t)
{
    struct page p;

    page_start(&p);
    must(&p, ID);
    add_article(&p);
    add(&p, t->zone, t->line);
    check_term(&p, ID, t->want, t->says);
}

#define CHECK_LINES(table)                                                     \
    for (size_t i = 0; i < sizeof(table) / sizeof((table)[0]); i++)            \
    check_line(&(table)[i])

static void test_link_original__passes_where_a_visible_link_reaches(void **s)
{
    static const struct link_case cases[] = {
        {BYLAW_ZONE_CREDIT, "Source: [Global Research](" ARTICLE ")", PASS,
         "credit"},
        {BYLAW_ZONE_BYLINE, "By Ahmed Adel, [GR](" ARTICLE ")", PASS, "byline"},
        {BYLAW_ZONE_BODY, "Read it [here](" ARTICLE "?utm_source=x)", PASS,
         "body"},
        {BYLAW_ZONE_CREDIT, "[Original](" ARTICLE "|nofollow)", PASS,
         "nofollow, which is no fault"},
    };

    (void)s;
    CHECK_LINES(cases);
}

static void test_link_original__is_partial_for_home_or_plain_text(void **s)
{
    static const struct link_case cases[] = {
        {BYLAW_ZONE_CREDIT, "Source: [Global Research](" HOME ")", PARTIAL,
         "home page"},
        {BYLAW_ZONE_CREDIT, "Source: " ARTICLE, PARTIAL, "plain text"},
        {BYLAW_ZONE_CREDIT, "Source: www.globalresearch.ca.", PARTIAL,
         "plain text"},
        {BYLAW_ZONE_BODY, "Found at globalresearch.ca today", PARTIAL,
         "plain text"},
    };

    (void)s;
    CHECK_LINES(cases);
}

static void test_link_original__fails_where_no_link_reaches(void **s)
{
    static const struct link_case cases[] = {
        {BYLAW_ZONE_CREDIT, "Source: [Global Research](#)", FAIL, "\"#\""},
        {BYLAW_ZONE_CREDIT, "Source: [Global Research]()", FAIL, "empty"},
        {BYLAW_ZONE_CREDIT, "[Global Research](javascript:void0)", FAIL,
         "javascript:"},
        {BYLAW_ZONE_CREDIT, "[" TITLE "](#top)", FAIL, "#top"},
        {BYLAW_ZONE_CREDIT, "[Global Research](" ARTICLE "|hidden)", FAIL,
         "display:none on the element"},
        {BYLAW_ZONE_CREDIT, "[](" ARTICLE ")", FAIL, "no text"},
        {BYLAW_ZONE_CREDIT,
         "[Global Research](https://globalresearch.ca/other/1)", FAIL,
         "another page of the publisher's"},
        {BYLAW_ZONE_CREDIT, "[GR](https://globalresearch.ca/category/asia)",
         FAIL, "another page of the publisher's"},
        {BYLAW_ZONE_CREDIT, "Source: [InfoBrics](https://infobrics.org/a)",
         FAIL, "infobrics.org"},
        {BYLAW_ZONE_CREDIT, "Source: Global Research", FAIL, "missing"},
        {BYLAW_ZONE_BODY, "[More](https://example.org/)", FAIL, "missing"},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct page p;

        page_start(&p);
        must(&p, ID);
        p.source.upstream.url = UPSTREAM;
        add_article(&p);
        /* the publisher is named, so that the copy is surely of this source */
        add(&p, BYLAW_ZONE_CREDIT, "Courtesy: Global Research");
        add(&p, cases[i].zone, cases[i].line);
        check_term(&p, ID, cases[i].want, cases[i].says);
    }
}

static void test_link_original__is_unknown_where_it_cannot_be_told(void **s)
{
    static const struct link_case cases[] = {
        {BYLAW_ZONE_SIDEBAR, "[Read this](" ARTICLE ")", UNKNOWN, "sidebar"},
        {BYLAW_ZONE_COMMENTS, "[Read this](" ARTICLE ")", UNKNOWN, "comments"},
        {BYLAW_ZONE_NAV, "[Read this](" ARTICLE ")", UNKNOWN, "nav"},
        {BYLAW_ZONE_FOOTER, "[Read this](" ARTICLE ")", UNKNOWN, "footer"},
        {BYLAW_ZONE_CREDIT, "[Global Research](" ARTICLE "|doubtful)", UNKNOWN,
         "may not see it"},
        {BYLAW_ZONE_CREDIT, "Source: [Global Research](https://bit.ly/3abc)",
         UNKNOWN, "bit.ly"},
        {BYLAW_ZONE_CREDIT,
         "[GR](https://globalresearch.ca/japan-to-open-nato-liaison-office/9)",
         UNKNOWN, "another address"},
        {BYLAW_ZONE_CREDIT, "[GR](https://globalresearch.ca/?p=777)", UNKNOWN,
         "cannot be read off it"},
        {BYLAW_ZONE_CREDIT, "[GR](https://globalresearch.ca/s/a7Xk)", UNKNOWN,
         "cannot be read off it"},
        {BYLAW_ZONE_CREDIT, "[GR](https://globalresearch.ca/print/5819349)",
         UNKNOWN, "another address"},
        {BYLAW_ZONE_CREDIT, "[GR](https://globalresearch.ca/old/a/5819349/)",
         UNKNOWN, "another address"},
    };

    (void)s;
    CHECK_LINES(cases);
}

static void test_link_original__takes_home_where_the_rule_does(void **s)
{
    static const struct {
        const char *target, *line, *want;
    } cases[] = {
        {"article", "[GR](" HOME ")", PARTIAL},
        {"home", "[GR](" HOME ")", PASS},
        {"either", "[GR](" HOME ")", PASS},
        {"home", "[GR](" ARTICLE ")", PASS},
        {"both", "[GR](" ARTICLE ")", PARTIAL},
        {"both", "[A](" ARTICLE ") [GR](" HOME ")", PASS},
        {"home", "none", FAIL},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bylaw_param param = {"target", cases[i].target};
        struct page p;

        page_start(&p);
        must_with(&p, ID, &param);
        add_article(&p);
        add(&p, BYLAW_ZONE_CREDIT, cases[i].line);
        check_term(&p, ID, cases[i].want, NULL);
    }
}

static void test_link_original__judges_by_title_without_an_address(void **s)
{
    static const struct link_case cases[] = {
        {BYLAW_ZONE_CREDIT,
         "[GR](https://globalresearch.ca/japan-open-nato-liaison-office/5)",
         PASS, "judging by the title"},
        {BYLAW_ZONE_CREDIT, "[GR](https://globalresearch.ca/?p=5819349)",
         UNKNOWN, "own address is not known"},
        {BYLAW_ZONE_CREDIT, "[GR](https://globalresearch.ca/other-words/5)",
         UNKNOWN, "own address is not known"},
        {BYLAW_ZONE_CREDIT, "[GR](https://globalresearch.ca/open-nato-office)",
         UNKNOWN, "own address is not known"},
        {BYLAW_ZONE_SIDEBAR,
         "[GR](https://globalresearch.ca/japan-open-nato-liaison-office/5)",
         UNKNOWN, "sidebar"},
        {BYLAW_ZONE_CREDIT, "[GR](" HOME ")", PARTIAL, "home page"},
        {BYLAW_ZONE_CREDIT, "Source: Global Research", FAIL, "missing"},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct page p;

        page_start(&p);
        must(&p, ID);
        p.source.url = NULL;
        add_article(&p);
        add(&p, cases[i].zone, cases[i].line);
        check_term(&p, ID, cases[i].want, cases[i].says);
    }
}

static void test_link_original__knows_aliases_of_the_article(void **s)
{
    static const char *const aliases[] = {"https://globalresearch.ca/?p=77"};
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, ID);
    p.source.aliases = aliases;
    p.source.alias_count = 1;
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "[GR](https://www.globalresearch.ca/?p=77)");
    check_term(&p, ID, PASS, NULL);
}

static void test_link_original__in_a_hidden_block_is_hidden(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, ID);
    add_article(&p);
    add_hidden(&p, BYLAW_ZONE_CREDIT, "[GR](" ARTICLE ")");
    p.links[0].visibility = BYLAW_VISIBILITY_VISIBLE;
    check_term(&p, ID, FAIL, "display:none in a style sheet");
}

static void test_link_original__around_an_image_can_be_clicked(void **s)
{
    struct bylaw_link *image;
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, ID);
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "[](" ARTICLE ")");
    image = &p.links[p.document.link_count++];
    *image = p.links[0];
    image->element = "img";
    check_term(&p, ID, PASS, NULL);
}

static void test_link_original__metadata_is_a_note_and_no_link(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, ID);
    add_meta(&p, BYLAW_META_CANONICAL, ARTICLE);
    add_article(&p);
    check_term(&p, ID, FAIL, "metadata does point to it");
}

static void test_link_original__absence_is_unknown_on_half_a_page(void **s)
{
    static const char *const lines[] = {"Source: [Global Research](#)",
                                        "Source: [GR](" HOME ")",
                                        "Source: " ARTICLE,
                                        "Source: Global Research",
                                        "[GR](" ARTICLE "|hidden)"};

    (void)s;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct page p;

        page_start(&p);
        must(&p, ID);
        incomplete(&p);
        add_article(&p);
        add(&p, BYLAW_ZONE_CREDIT, lines[i]);
        check_term(&p, ID, UNKNOWN, "cut short");
    }
}

static void test_link_original__passes_on_half_a_page(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, ID);
    incomplete(&p);
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "[GR](" ARTICLE ")");
    check_term(&p, ID, PASS, NULL);
}

static void check_fix(struct page *p, const char *want)
{
    struct bylaw_judgement *judgement = judge_page(p);

    assert_non_null(judgement->fix);
    assert_string_equal(judgement->fix, want);
    assert_string_equal(finding_of(judgement, ID)->fix, want);
    bylaw_judgement_free(judgement);
}

static void test_link_original__fix_is_the_html_to_add(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, ID);
    p.source.title = "Q & A <on> \"NATO\"";
    add_article(&p);
    check_fix(&p, "<p>Source: <a href=\"" ARTICLE "\">Q &amp; A &lt;on&gt; "
                  "&quot;NATO&quot;</a>, Global Research.</p>");
}

static void test_link_original__fix_has_a_placeholder_for_no_address(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, ID);
    p.source.url = NULL;
    add_article(&p);
    check_fix(&p,
              "<p>Source: <a href=\"ADDRESS-OF-THE-ORIGINAL-ARTICLE\">" TITLE
              "</a>, Global Research.</p>");
}

static void test_link_original__ignores_addresses_copied_in_furniture(void **s)
{
    static const char *const furniture[] = {
        "www.globalresearch.ca contains copyrighted material"};
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "link.original");
    p.rule.furniture = furniture;
    p.rule.furniture_count = 1;
    add_article(&p);
    add(&p, BYLAW_ZONE_BODY,
        "www.globalresearch.ca contains copyrighted material of others.");
    check_term(&p, "link.original", FAIL, "missing");
    add(&p, BYLAW_ZONE_BODY, "Source: www.globalresearch.ca");
    check_term(&p, "link.original", PARTIAL, "plain text");
}

/* ------------------------------------------------------------- states -- */

struct state_case {
    enum bylaw_zone zone;
    const char *line, *state;
};

static void check_state(const struct state_case *t)
{
    struct bylaw_judgement *judgement;
    struct page p;

    page_start(&p);
    must(&p, ID);
    p.source.upstream.url = UPSTREAM;
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "Courtesy: Global Research");
    add(&p, t->zone, t->line);
    judgement = judge_page(&p);
    assert_int_equal(judgement->link_count, 1);
    if (strcmp(bylaw_link_state_name(judgement->links[0].state), t->state))
        fail_msg("%s: %s, not %s", t->line,
                 bylaw_link_state_name(judgement->links[0].state), t->state);
    bylaw_judgement_free(judgement);
}

static void test_link_states__each_candidate_has_one(void **s)
{
    static const struct state_case cases[] = {
        {BYLAW_ZONE_CREDIT, "Source: [GR](" ARTICLE ")", "article"},
        {BYLAW_ZONE_CREDIT,
         "[GR](https://web.archive.org/web/2023/" ARTICLE ")", "article"},
        {BYLAW_ZONE_CREDIT,
         "[GR](https://www-globalresearch-ca.translate.goog/"
         "japan-open-nato-office/5819349?_x_tr_sl=en)",
         "article"},
        {BYLAW_ZONE_CREDIT, "[GR](" HOME ")", "home"},
        {BYLAW_ZONE_CREDIT, "[GR](https://globalresearch.ca/other/1)",
         "other-article"},
        {BYLAW_ZONE_CREDIT, "[InfoBrics](https://infobrics.org/a)", "upstream"},
        {BYLAW_ZONE_CREDIT, "[Global Research]()", "empty"},
        {BYLAW_ZONE_CREDIT, "[Global Research](#)", "fragment"},
        {BYLAW_ZONE_CREDIT, "[Global Research](javascript:x)", "script"},
        {BYLAW_ZONE_CREDIT, "[GR](" ARTICLE "|hidden)", "hidden"},
        {BYLAW_ZONE_CREDIT, "[](" ARTICLE ")", "hidden"},
        {BYLAW_ZONE_CREDIT, "[GR](" ARTICLE "|doubtful)", "doubtful"},
        {BYLAW_ZONE_CREDIT, "Source: " ARTICLE, "plain-text"},
        {BYLAW_ZONE_SIDEBAR, "[GR](" ARTICLE ")", "sidebar"},
        {BYLAW_ZONE_COMMENTS, "[GR](" ARTICLE ")", "comments"},
        {BYLAW_ZONE_CREDIT, "Source: [GR](https://bit.ly/3abc)", "opaque"},
        {BYLAW_ZONE_CREDIT, "[Global Research](https://blog.example/go/1)",
         "opaque"},
        {BYLAW_ZONE_CREDIT,
         "[GR](https://globalresearch.ca/japan-to-open-nato-liaison-office/9)",
         "uncertain"},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check_state(&cases[i]);
}

static void test_link_states__say_what_hides(void **s)
{
    struct bylaw_judgement *judgement;
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, ID);
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "[GR](" ARTICLE "|hidden)");
    judgement = judge_page(&p);
    assert_string_equal(judgement->links[0].hidden_by,
                        "display:none on the element");
    bylaw_judgement_free(judgement);
}

static void test_link_states__ask_to_follow_what_would_settle(void **s)
{
    static const struct {
        const char *line;
        size_t count;
    } cases[] = {
        {"Source: [GR](https://bit.ly/3abc)", 1},
        {"Source: [GR](https://globalresearch.ca/other/1)", 1},
        {"Source: [GR](" ARTICLE "), [x](https://bit.ly/3abc)", 0},
        {"Source: [GR](https://bit.ly/3abc|hidden)", 0},
        {"Source: [GR](#)", 0},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bylaw_judgement *judgement;
        struct page p;

        page_start(&p);
        must(&p, ID);
        add_article(&p);
        add(&p, BYLAW_ZONE_CREDIT, cases[i].line);
        judgement = judge_page(&p);
        assert_int_equal(judgement->open_link_count, cases[i].count);
        bylaw_judgement_free(judgement);
    }
}

/* A document in which nothing is markup. */
static void test_link_original__is_the_address_in_plain_text(void **s)
{
    static const char text[] = "Source: Global Research, " ARTICLE;
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, ID);
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, text);
    for (size_t i = 0; i < p.html_len; i++)
        if (p.html[i] == '<')
            p.html[i] = ' ';
    check_term(&p, ID, PASS, "plain text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_link_original__passes_where_a_visible_link_reaches),
        cmocka_unit_test(test_link_original__is_partial_for_home_or_plain_text),
        cmocka_unit_test(test_link_original__is_the_address_in_plain_text),
        cmocka_unit_test(test_link_original__fails_where_no_link_reaches),
        cmocka_unit_test(
            test_link_original__is_unknown_where_it_cannot_be_told),
        cmocka_unit_test(test_link_original__takes_home_where_the_rule_does),
        cmocka_unit_test(
            test_link_original__judges_by_title_without_an_address),
        cmocka_unit_test(test_link_original__knows_aliases_of_the_article),
        cmocka_unit_test(test_link_original__in_a_hidden_block_is_hidden),
        cmocka_unit_test(test_link_original__around_an_image_can_be_clicked),
        cmocka_unit_test(test_link_original__metadata_is_a_note_and_no_link),
        cmocka_unit_test(test_link_original__absence_is_unknown_on_half_a_page),
        cmocka_unit_test(test_link_original__passes_on_half_a_page),
        cmocka_unit_test(test_link_original__fix_is_the_html_to_add),
        cmocka_unit_test(
            test_link_original__fix_has_a_placeholder_for_no_address),
        cmocka_unit_test(
            test_link_original__ignores_addresses_copied_in_furniture),
        cmocka_unit_test(test_link_states__each_candidate_has_one),
        cmocka_unit_test(test_link_states__say_what_hides),
        cmocka_unit_test(test_link_states__ask_to_follow_what_would_settle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
