/* SPDX-License-Identifier: Apache-2.0 */
/* The order of judgement, the ancestor, and what findings add up to. */
#include "unit/judge/fixtures.h"

#define CREDIT_LINE "Source: [Global Research](" ARTICLE ")"

/* A page that breaks its one duty, so that whatever comes first shows. */
static void start_broken(struct page *p)
{
    page_start(p);
    must(p, "link.original");
    add_article(p);
}

static void test_order__owners_pages_are_not_judged(void **s)
{
    static const char *const urls[] = {"https://www.globalresearch.ca/other",
                                       ARTICLE,
                                       "http://fr.globalresearch.ca/x"};

    (void)s;
    for (size_t i = 0; i < 3; i++) {
        struct page p;

        start_broken(&p);
        p.c.page_url = urls[i];
        check_verdict(&p, BYLAW_VERDICT_NOT_APPLICABLE, "own");
    }
}

static void test_order__the_article_itself_needs_no_rule(void **s)
{
    struct page p;

    (void)s;
    start_broken(&p);
    p.c.rule = NULL;
    p.c.page_url = ARTICLE "?utm_source=feed";
    check_verdict(&p, BYLAW_VERDICT_NOT_APPLICABLE, "own");
}

static void check_partner(const char *from, const char *to,
                          const char *published, enum bylaw_verdict want)
{
    struct bylaw_partner partner = {"blog.example", from, to};
    struct page p;

    start_broken(&p);
    p.rule.partners = &partner;
    p.rule.partner_count = 1;
    if (published)
        add_meta(&p, BYLAW_META_PUBLISHED, published);
    check_verdict(&p, want, NULL);
}

static void test_order__partners_are_excused_in_their_time(void **s)
{
    (void)s;
    check_partner(NULL, NULL, NULL, BYLAW_VERDICT_NOT_APPLICABLE);
    check_partner("2023-01-01", "2023-12-31", "2023-05-17T08:00:00Z",
                  BYLAW_VERDICT_NOT_APPLICABLE);
    check_partner("2023-05-17", "2023-05-17", "2023-05-17",
                  BYLAW_VERDICT_NOT_APPLICABLE);
    check_partner("2023-06-01", NULL, "2023-05-17", BYLAW_VERDICT_NOT_MET);
    check_partner(NULL, "2023-05-16", "2023-05-17", BYLAW_VERDICT_NOT_MET);
    check_partner("2023-01-01", NULL, NULL, BYLAW_VERDICT_UNDETERMINED);
}

/* The workspace names partners and domains too; who was one twice is one at
 * either time. */
static void test_order__the_workspaces_partners_count_like_the_rules(void **s)
{
    static const struct bylaw_partner partners[] = {
        {"other.example", NULL, NULL},
        {"blog.example", "2021-01-01", "2021-12-31"},
        {"blog.example", "2023-05-01", NULL},
    };
    static const char *const own[] = {"elsewhere.example", "blog.example"};
    static const struct {
        size_t count;
        const char *published;
        enum bylaw_verdict want;
    } rows[] = {
        {1, "2023-05-17", BYLAW_VERDICT_NOT_MET},
        {2, "2023-05-17", BYLAW_VERDICT_NOT_MET},
        {3, "2023-05-17", BYLAW_VERDICT_NOT_APPLICABLE},
        {3, "2022-05-17", BYLAW_VERDICT_NOT_MET},
        {3, NULL, BYLAW_VERDICT_UNDETERMINED},
    };
    struct page p;

    (void)s;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        start_broken(&p);
        p.c.partners = partners;
        p.c.partner_count = rows[i].count;
        if (rows[i].published)
            add_meta(&p, BYLAW_META_PUBLISHED, rows[i].published);
        check_verdict(&p, rows[i].want, NULL);
    }
    start_broken(&p);
    p.c.own_domains = own;
    p.c.own_domain_count = 2;
    check_verdict(&p, BYLAW_VERDICT_NOT_APPLICABLE, "own");
}

static void test_order__a_page_without_the_text_is_not_judged(void **s)
{
    struct page p;

    (void)s;
    start_broken(&p);
    p.match.class = BYLAW_MATCH_NONE;
    check_verdict(&p, BYLAW_VERDICT_NOT_APPLICABLE, "carries no text of");
    start_broken(&p);
    p.c.match = NULL;
    check_verdict(&p, BYLAW_VERDICT_NOT_APPLICABLE, "carries no text of");
    start_broken(&p);
    p.match.class = BYLAW_MATCH_NONE;
    incomplete(&p);
    check_verdict(&p, BYLAW_VERDICT_UNDETERMINED, "proves nothing");
}

static void test_order__quotation_precedes_duties(void **s)
{
    struct page p;

    (void)s;
    start_broken(&p);
    p.match.class = BYLAW_MATCH_QUOTATION;
    check_term(&p, "link.original", MOOT, "quotes");
    check_verdict(&p, BYLAW_VERDICT_NOT_APPLICABLE, "quotes");
    p.c.rule = NULL;
    check_verdict(&p, BYLAW_VERDICT_NOT_APPLICABLE, "quotes");
}

static void check_age(const char *published, const char *line,
                      enum bylaw_verdict want, const char *says)
{
    struct page p;

    start_broken(&p);
    p.document.title = "JAPAN to open Nato liaison office | Blog";
    add_meta(&p, BYLAW_META_PUBLISHED, published);
    add(&p, BYLAW_ZONE_CREDIT, line);
    check_verdict(&p, want, says);
}

static void test_order__a_page_older_than_the_source_is_not_accused(void **s)
{
    (void)s;
    check_age("2023-05-15", "None", BYLAW_VERDICT_NOT_APPLICABLE,
              "dated 2023-05-15, before");
    check_age("2022-12-31T23:59:59Z", "None", BYLAW_VERDICT_NOT_APPLICABLE,
              "older");
    check_age("2023-05-16", "None", BYLAW_VERDICT_NOT_MET, NULL);
    check_age("2023-05-17", "None", BYLAW_VERDICT_NOT_MET, NULL);
    check_age("2023", "None", BYLAW_VERDICT_NOT_MET, NULL);
    check_age("2023-05-15", "Source: Global Research", BYLAW_VERDICT_NOT_MET,
              "link");
}

static void test_order__the_date_of_another_text_excuses_nobody(void **s)
{
    struct page p;

    (void)s;
    start_broken(&p);
    p.document.title = "Garden day";
    add_meta(&p, BYLAW_META_PUBLISHED, "2019-01-01");
    check_verdict(&p, BYLAW_VERDICT_NOT_MET, NULL);
    add(&p, BYLAW_ZONE_BODY, TITLE)->heading = 2;
    check_verdict(&p, BYLAW_VERDICT_NOT_APPLICABLE, "older");
}

static void test_order__without_a_rule_nothing_is_known(void **s)
{
    struct page p;

    (void)s;
    start_broken(&p);
    p.c.rule = NULL;
    check_verdict(&p, BYLAW_VERDICT_UNDETERMINED, "No rule is known");
}

static void test_order__a_page_without_placement_is_judged(void **s)
{
    struct page p;

    (void)s;
    start_broken(&p);
    add(&p, BYLAW_ZONE_CREDIT, CREDIT_LINE);
    p.c.placement = NULL;
    check_verdict(&p, BYLAW_VERDICT_COMPLIANT, NULL);
}

static void test_order__a_translation_fails_nothing(void **s)
{
    struct page p;

    (void)s;
    start_broken(&p);
    p.match.class = BYLAW_MATCH_TRANSLATION;
    check_term(&p, "link.original", UNKNOWN, "translation");
}

/* ----------------------------------------------------------- ancestor --- */

struct ancestor_case {
    enum bylaw_zone zone;
    const char *line;
    enum bylaw_ancestor want;
};

static void check_ancestor(const struct ancestor_case *t, bool is_hidden,
                           uint32_t furniture)
{
    struct bylaw_judgement *judgement;
    struct page p;

    start_broken(&p);
    p.source.upstream.publisher = "InfoBrics";
    p.source.upstream.url = UPSTREAM;
    p.match.furniture_words = furniture;
    if (is_hidden)
        add_hidden(&p, t->zone, t->line);
    else
        add(&p, t->zone, t->line);
    judgement = judge_page(&p);
    if (judgement->ancestor != t->want)
        fail_msg("%s: %s (%s)", t->line,
                 bylaw_ancestor_name(judgement->ancestor),
                 judgement->ancestor_why);
    assert_true(strlen(judgement->ancestor_why) > 10);
    assert_int_equal(judgement->verdict == BYLAW_VERDICT_NOT_APPLICABLE,
                     t->want == BYLAW_ANCESTOR_UPSTREAM);
    bylaw_judgement_free(judgement);
}

static void test_ancestor__is_told_by_credit_and_links(void **s)
{
    static const struct ancestor_case cases[] = {
        {BYLAW_ZONE_CREDIT, "Source: Global Research", BYLAW_ANCESTOR_SELF},
        {BYLAW_ZONE_CREDIT, "[here](" HOME ")", BYLAW_ANCESTOR_SELF},
        {BYLAW_ZONE_CREDIT, "Source: InfoBrics, via Global Research",
         BYLAW_ANCESTOR_SELF},
        {BYLAW_ZONE_CREDIT, "Source: InfoBrics", BYLAW_ANCESTOR_UPSTREAM},
        {BYLAW_ZONE_BODY, "Originally published by InfoBrics.",
         BYLAW_ANCESTOR_UPSTREAM},
        {BYLAW_ZONE_CREDIT, "[here](" UPSTREAM "a/1)", BYLAW_ANCESTOR_UPSTREAM},
        {BYLAW_ZONE_CREDIT, "Copyright Ahmed Adel, InfoBrics",
         BYLAW_ANCESTOR_UNKNOWN},
        {BYLAW_ZONE_SIDEBAR, "[here](" UPSTREAM "a/1)", BYLAW_ANCESTOR_UNKNOWN},
        {BYLAW_ZONE_SIDEBAR, "[here](" HOME ")", BYLAW_ANCESTOR_UNKNOWN},
        {BYLAW_ZONE_BODY, "InfoBrics is a site.", BYLAW_ANCESTOR_UNKNOWN},
        {BYLAW_ZONE_BODY, "Nothing.", BYLAW_ANCESTOR_UNKNOWN},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check_ancestor(&cases[i], false, 0);
}

static void test_ancestor__hidden_text_is_no_marker(void **s)
{
    static const struct ancestor_case cases[] = {
        {BYLAW_ZONE_CREDIT, "Source: Global Research", BYLAW_ANCESTOR_UNKNOWN},
        {BYLAW_ZONE_CREDIT, "[here](" HOME ")", BYLAW_ANCESTOR_UNKNOWN},
        {BYLAW_ZONE_CREDIT, "Source: InfoBrics", BYLAW_ANCESTOR_UNKNOWN},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check_ancestor(&cases[i], true, 0);
}

static void test_ancestor__furniture_of_the_publisher_tells(void **s)
{
    static const struct ancestor_case few = {BYLAW_ZONE_CREDIT,
                                             "Source: InfoBrics",
                                             BYLAW_ANCESTOR_UPSTREAM};
    static const struct ancestor_case enough = {BYLAW_ZONE_CREDIT,
                                                "Source: InfoBrics",
                                                BYLAW_ANCESTOR_SELF};

    (void)s;
    check_ancestor(&few, false, 11);
    check_ancestor(&enough, false, 12);
}

static void test_ancestor__publishers_own_phrase_marks_no_upstream(void **s)
{
    static const char *const furniture[] = {
        "The original source of this article is"};
    struct page p;

    (void)s;
    start_broken(&p);
    p.source.upstream.publisher = "InfoBrics";
    p.rule.furniture = furniture;
    p.rule.furniture_count = 1;
    add(&p, BYLAW_ZONE_CREDIT,
        "The original source of this article is InfoBrics");
    check_verdict(&p, BYLAW_VERDICT_NOT_MET, "may however stem");
}

static void test_ancestor__words_copied_along_mark_no_upstream(void **s)
{
    struct page p;

    (void)s;
    start_broken(&p);
    p.source.upstream.publisher = "InfoBrics";
    add_copied(&p, "Originally published by InfoBrics.");
    check_verdict(&p, BYLAW_VERDICT_NOT_MET, "may however stem");
}

/* Marks of the two versions, of which the page has the one and not the other. */
static void check_marks(const char *line, const char *want_why,
                        enum bylaw_ancestor want)
{
    static const char *const ours[] = {"the island of okinawa"};
    static const char *const theirs[] = {"the isle of okinawa"};
    static const char *const links[] = {"https://wire.example/chart"};
    struct bylaw_judgement *judgement;
    struct page p;

    start_broken(&p);
    p.source.upstream.publisher = "InfoBrics";
    p.source.own_words = (struct bylaw_texts){ours, 1};
    p.source.upstream.own_words = (struct bylaw_texts){theirs, 1};
    p.source.upstream.own_links = (struct bylaw_texts){links, 1};
    add(&p, BYLAW_ZONE_BODY, line);
    judgement = judge_page(&p);
    if (judgement->ancestor != want ||
        !strstr(judgement->ancestor_why, want_why))
        fail_msg("%s: %s (%s)", line, bylaw_ancestor_name(judgement->ancestor),
                 judgement->ancestor_why);
    bylaw_judgement_free(judgement);
}

static void test_ancestor__is_told_by_words_and_links_of_one_version(void **s)
{
    (void)s;
    check_marks("It is on the island of Okinawa.", "Global Research",
                BYLAW_ANCESTOR_SELF);
    check_marks("It is on the isle of Okinawa.", "InfoBrics",
                BYLAW_ANCESTOR_UPSTREAM);
    check_marks("See [this](https://wire.example/chart).", "InfoBrics",
                BYLAW_ANCESTOR_UPSTREAM);
    check_marks("The isle of Okinawa is the island of Okinawa.", "nothing",
                BYLAW_ANCESTOR_UNKNOWN);
    check_marks("None.", "nothing", BYLAW_ANCESTOR_UNKNOWN);
    check_marks("The isle of Okinawa. Source: [x](" ARTICLE ")",
                "Global Research", BYLAW_ANCESTOR_SELF);
}

static void test_ancestor__is_not_the_source_before_its_day(void **s)
{
    static const char *const days[] = {"2023-05-10", "2023-05-20"};

    (void)s;
    for (size_t i = 0; i < 2; i++) {
        struct bylaw_judgement *judgement;
        struct page p;

        start_broken(&p);
        p.source.upstream.publisher = "InfoBrics";
        add_meta(&p, BYLAW_META_PUBLISHED, days[i]);
        add_meta(&p, BYLAW_META_PUBLISHED, days[i]);
        p.metas[1].origin = "text";
        judgement = judge_page(&p);
        assert_int_equal(judgement->ancestor,
                         i ? BYLAW_ANCESTOR_UNKNOWN : BYLAW_ANCESTOR_UPSTREAM);
        bylaw_judgement_free(judgement);
    }
}

static void test_ancestor__unknown_lowers_confidence(void **s)
{
    struct bylaw_judgement *judgement;
    struct page p;

    (void)s;
    start_broken(&p);
    judgement = judge_page(&p);
    assert_int_equal(judgement->confidence, BYLAW_CONFIDENCE_HIGH);
    bylaw_judgement_free(judgement);
    p.source.upstream.publisher = "InfoBrics";
    judgement = judge_page(&p);
    assert_int_equal(judgement->confidence, BYLAW_CONFIDENCE_MEDIUM);
    assert_non_null(strstr(judgement->because, "InfoBrics"));
    bylaw_judgement_free(judgement);
}

/* ------------------------------------------------------------ verdict --- */

/* What stands on the page decides: link.original fails, is partly met, cannot
 * be told or passes. */
static const char *const lines[] = {
    [BYLAW_VERDICT_NOT_MET] = "None",
    [BYLAW_VERDICT_INCOMPLETE] = "[GR](" HOME ")",
    [BYLAW_VERDICT_UNDETERMINED] = "[GR](" ARTICLE "|doubtful)",
    [BYLAW_VERDICT_COMPLIANT] = "[GR](" ARTICLE ")",
};

static void check_force(enum bylaw_force force, enum bylaw_verdict line,
                        enum bylaw_verdict want)
{
    struct page p;

    page_start(&p);
    add_term(&p, "link.original", force);
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, lines[line]);
    check_verdict(&p, want, NULL);
}

static void test_verdict__follows_the_gravest_duty(void **s)
{
    static const enum bylaw_verdict all[] = {BYLAW_VERDICT_NOT_MET,
                                             BYLAW_VERDICT_INCOMPLETE,
                                             BYLAW_VERDICT_UNDETERMINED,
                                             BYLAW_VERDICT_COMPLIANT};

    (void)s;
    for (size_t i = 0; i < 4; i++) {
        check_force(BYLAW_FORCE_MUST, all[i], all[i]);
        check_force(BYLAW_FORCE_SHOULD, all[i],
                    i < 2 ? BYLAW_VERDICT_INCOMPLETE : BYLAW_VERDICT_COMPLIANT);
        check_force(BYLAW_FORCE_MAY, all[i], BYLAW_VERDICT_COMPLIANT);
    }
}

static void test_verdict__is_never_moved_by_requests(void **s)
{
    struct page p;

    (void)s;
    start_broken(&p);
    p.terms[0].kind = BYLAW_TERM_REQUEST;
    check_verdict(&p, BYLAW_VERDICT_COMPLIANT, NULL);
}

static void test_verdict__is_never_moved_by_questions_for_a_person(void **s)
{
    struct page p;

    (void)s;
    start_broken(&p);
    p.terms[0].decide = BYLAW_DECIDE_HUMAN;
    check_term(&p, "link.original", UNKNOWN, "person");
    check_verdict(&p, BYLAW_VERDICT_COMPLIANT, "left for a person");
}

static void test_verdict__of_a_rule_without_terms_is_compliant(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    add_article(&p);
    check_verdict(&p, BYLAW_VERDICT_COMPLIANT, "Nothing");
}

static void test_verdict__names_each_duty_that_is_not_met(void **s)
{
    struct page p;

    (void)s;
    start_broken(&p);
    must(&p, "notice.copyright");
    add(&p, BYLAW_ZONE_CREDIT, "Source: [GR](#)");
    check_verdict(&p, BYLAW_VERDICT_NOT_MET, "copyright of Ahmed Adel");
    check_verdict(&p, BYLAW_VERDICT_NOT_MET, "\"#\"");
}

/* ------------------------------------------------------------- any-of --- */

static void check_any_of(const char *line, enum bylaw_verdict want,
                         const char *outcome)
{
    static const char *const ids[] = {"link.original", "credit.author"};
    static const struct bylaw_any_of group = {ids, 2};
    struct page p;

    start_broken(&p);
    must(&p, "credit.author");
    p.rule.any_of = &group;
    p.rule.any_of_count = 1;
    add(&p, BYLAW_ZONE_CREDIT, line);
    check_verdict(&p, want, NULL);
    check_term(&p, "link.original", outcome, NULL);
}

static void test_any_of__one_pass_suffices(void **s)
{
    (void)s;
    check_any_of("By Ahmed Adel", BYLAW_VERDICT_COMPLIANT, MOOT);
    check_any_of(CREDIT_LINE, BYLAW_VERDICT_COMPLIANT, PASS);
    check_any_of("None", BYLAW_VERDICT_NOT_MET, FAIL);
    check_any_of("By Adel", BYLAW_VERDICT_UNDETERMINED, UNKNOWN);
    check_any_of("[GR](" HOME ")", BYLAW_VERDICT_INCOMPLETE, PARTIAL);
}

/* ----------------------------------------------------------- template --- */

static void check_template(const char *line, enum bylaw_verdict want,
                           const char *says)
{
    static const char *const ids[] = {"link.original", "notice.copyright"};
    static const struct bylaw_template template = {
        "en", "This article first appeared on {publisher} by {author}.", ids,
        2};
    struct page p;

    start_broken(&p);
    must(&p, "notice.copyright");
    p.rule.templates = &template;
    p.rule.template_count = 1;
    add(&p, BYLAW_ZONE_CREDIT, line);
    check_verdict(&p, want, says);
}

static void test_template__of_the_publishers_own_complies(void **s)
{
    (void)s;
    check_template("This article by Ahmed Adel was first published, "
                   "Source: [Global Research](" ARTICLE ")",
                   BYLAW_VERDICT_NOT_MET, "copyright");
    check_template(
        "By us: This article first appeared on [Global Research](" HOME
        ") by A. Adel.",
        BYLAW_VERDICT_COMPLIANT_BY_TEMPLATE, "supplies");
}

static void test_template__without_its_link_satisfies_no_link(void **s)
{
    (void)s;
    check_template(
        "By us: This article first appeared on Global Research by A. "
        "Adel.",
        BYLAW_VERDICT_NOT_MET, "link to the original");
}

static void test_template__naming_another_publisher_is_none(void **s)
{
    (void)s;
    check_template("By us: This article first appeared on [Elsewhere](" HOME
                   ") by A. Adel.",
                   BYLAW_VERDICT_NOT_MET, "copyright");
}

/* ----------------------------------------------------------- severity --- */

static void start_severity(struct page *p, const char *line)
{
    page_start(p);
    must(p, "credit.publisher");
    must(p, "link.original");
    add_article(p);
    add(p, BYLAW_ZONE_CREDIT, line);
}

static void test_severity__grows_with_what_is_missing(void **s)
{
    struct page p;

    (void)s;
    start_severity(&p, CREDIT_LINE);
    assert_int_equal(check_severity(&p), 0);
    start_severity(&p, "Source: [Global Research](" HOME ")");
    assert_int_equal(check_severity(&p), 2);
    start_severity(&p, "Source: Global Research");
    assert_int_equal(check_severity(&p), 3);
    start_severity(&p, "None");
    assert_int_equal(check_severity(&p), 4);
}

static void test_severity__of_an_excerpt_without_credit_stays_three(void **s)
{
    struct page p;

    (void)s;
    start_severity(&p, "None");
    p.match.class = BYLAW_MATCH_EXCERPT;
    assert_int_equal(check_severity(&p), 3);
}

static void test_severity__is_less_where_less_was_asked(void **s)
{
    struct page p;

    (void)s;
    start_severity(&p, "Source: Global Research");
    p.terms[1].force = BYLAW_FORCE_SHOULD;
    assert_int_equal(check_severity(&p), 2);
    start_severity(&p, "Source: Global Research");
    p.terms[1].force = BYLAW_FORCE_MAY;
    assert_int_equal(check_severity(&p), 1);
}

static void test_severity__is_less_under_an_informal_permission(void **s)
{
    struct page p;

    (void)s;
    start_severity(&p, "Source: Global Research");
    p.rule.has_informal_permission = true;
    assert_int_equal(check_severity(&p), 2);
    check_verdict(&p, BYLAW_VERDICT_NOT_MET, "invites reposting");
}

/* ---------------------------------------------------------------- fix --- */

static void test_fix__is_one_paragraph_for_all_that_is_missing(void **s)
{
    struct bylaw_judgement *judgement;
    struct page p;

    (void)s;
    start_broken(&p);
    must(&p, "notice.copyright");
    must(&p, "credit.author");
    judgement = judge_page(&p);
    assert_string_equal(
        judgement->fix,
        "<p>By Ahmed Adel. Source: <a href=\"" ARTICLE "\">" TITLE
        "</a>, Global Research. Copyright \xC2\xA9 Ahmed Adel, InfoBrics, "
        "2023.</p>");
    bylaw_judgement_free(judgement);
}

static void test_fix__is_none_where_nothing_is_missing(void **s)
{
    struct bylaw_judgement *judgement;
    struct page p;

    (void)s;
    start_broken(&p);
    add(&p, BYLAW_ZONE_CREDIT, CREDIT_LINE);
    judgement = judge_page(&p);
    assert_null(judgement->fix);
    assert_null(judgement->findings[0].fix);
    bylaw_judgement_free(judgement);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order__owners_pages_are_not_judged),
        cmocka_unit_test(test_order__the_article_itself_needs_no_rule),
        cmocka_unit_test(test_order__partners_are_excused_in_their_time),
        cmocka_unit_test(
            test_order__the_workspaces_partners_count_like_the_rules),
        cmocka_unit_test(test_order__a_page_without_the_text_is_not_judged),
        cmocka_unit_test(test_order__quotation_precedes_duties),
        cmocka_unit_test(
            test_order__a_page_older_than_the_source_is_not_accused),
        cmocka_unit_test(test_order__the_date_of_another_text_excuses_nobody),
        cmocka_unit_test(test_order__without_a_rule_nothing_is_known),
        cmocka_unit_test(test_order__a_page_without_placement_is_judged),
        cmocka_unit_test(test_order__a_translation_fails_nothing),
        cmocka_unit_test(test_ancestor__is_told_by_credit_and_links),
        cmocka_unit_test(test_ancestor__hidden_text_is_no_marker),
        cmocka_unit_test(test_ancestor__furniture_of_the_publisher_tells),
        cmocka_unit_test(
            test_ancestor__publishers_own_phrase_marks_no_upstream),
        cmocka_unit_test(test_ancestor__words_copied_along_mark_no_upstream),
        cmocka_unit_test(
            test_ancestor__is_told_by_words_and_links_of_one_version),
        cmocka_unit_test(test_ancestor__is_not_the_source_before_its_day),
        cmocka_unit_test(test_ancestor__unknown_lowers_confidence),
        cmocka_unit_test(test_verdict__follows_the_gravest_duty),
        cmocka_unit_test(test_verdict__is_never_moved_by_requests),
        cmocka_unit_test(
            test_verdict__is_never_moved_by_questions_for_a_person),
        cmocka_unit_test(test_verdict__of_a_rule_without_terms_is_compliant),
        cmocka_unit_test(test_verdict__names_each_duty_that_is_not_met),
        cmocka_unit_test(test_any_of__one_pass_suffices),
        cmocka_unit_test(test_template__of_the_publishers_own_complies),
        cmocka_unit_test(test_template__without_its_link_satisfies_no_link),
        cmocka_unit_test(test_template__naming_another_publisher_is_none),
        cmocka_unit_test(test_severity__grows_with_what_is_missing),
        cmocka_unit_test(
            test_severity__of_an_excerpt_without_credit_stays_three),
        cmocka_unit_test(test_severity__is_less_where_less_was_asked),
        cmocka_unit_test(test_severity__is_less_under_an_informal_permission),
        cmocka_unit_test(test_fix__is_one_paragraph_for_all_that_is_missing),
        cmocka_unit_test(test_fix__is_none_where_nothing_is_missing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
