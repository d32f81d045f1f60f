/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a use is granted at all, by which version, and until when. */
#include "unit/judge/fixtures.h"

#include "judge/judge_int.h"

#define DAY_MS ((int64_t)24 * 60 * 60 * 1000)

static const struct bylaw_grant reproduce[] = {{"reproduce", "anywhere"}};
static const struct bylaw_grant extract[] = {{"extract", NULL}};
static const struct bylaw_grant to_partners[] = {{"reproduce", "partners"}};
static const struct bylaw_grant archive[] = {{"archive", NULL}};

/* A page that meets its one duty, under a rule with these grants. */
static void start(struct page *p, const struct bylaw_grant *grants,
                  size_t count, enum bylaw_match_class class)
{
    page_start(p);
    must(p, "link.original");
    p->rule.states_grants = true;
    p->rule.grants = grants;
    p->rule.grant_count = count;
    p->match.class = class;
    add_article(p);
    add(p, BYLAW_ZONE_CREDIT, "Source: [Global Research](" ARTICLE ")");
}

static void check_grant(const struct bylaw_grant *grants, size_t count,
                        enum bylaw_match_class class, enum bylaw_verdict want,
                        const char *says)
{
    struct page p;

    start(&p, grants, count, class);
    check_verdict(&p, want, says);
}

static void test_grant__has_to_hold_the_use(void **s)
{
    (void)s;
    check_grant(reproduce, 1, BYLAW_MATCH_FULL, BYLAW_VERDICT_COMPLIANT, NULL);
    check_grant(extract, 1, BYLAW_MATCH_FULL, BYLAW_VERDICT_OUTSIDE_GRANT,
                "does not grant copying the article");
    check_grant(extract, 1, BYLAW_MATCH_EXCERPT, BYLAW_VERDICT_COMPLIANT, NULL);
    check_grant(archive, 1, BYLAW_MATCH_FULL, BYLAW_VERDICT_OUTSIDE_GRANT,
                NULL);
}

/* What is more than an excerpt by its size may be one by the rule. */
static void test_grant__of_extracts_holds_as_far_as_their_limit(void **s)
{
    static const struct bylaw_param many = {"words", "100000"};
    static const struct bylaw_param few = {"words", "10"};
    struct page p;

    (void)s;
    check_grant(extract, 1, BYLAW_MATCH_PARTIAL, BYLAW_VERDICT_UNDETERMINED,
                "how much one may be is not said");
    start(&p, extract, 1, BYLAW_MATCH_PARTIAL);
    must_with(&p, "excerpt.limit", &many);
    check_verdict(&p, BYLAW_VERDICT_COMPLIANT, NULL);
    start(&p, extract, 1, BYLAW_MATCH_PARTIAL);
    must_with(&p, "excerpt.limit", &few);
    p.match.copied_words = 400;
    check_verdict(&p, BYLAW_VERDICT_OUTSIDE_GRANT, NULL);
    start(&p, extract, 1, BYLAW_MATCH_FULL);
    must_with(&p, "excerpt.limit", &many);
    check_verdict(&p, BYLAW_VERDICT_OUTSIDE_GRANT, "does not grant copying");
}

static void test_grant__of_nothing_reserves_all_rights(void **s)
{
    (void)s;
    check_grant(NULL, 0, BYLAW_MATCH_FULL, BYLAW_VERDICT_OUTSIDE_GRANT,
                "does not grant");
    check_grant(NULL, 0, BYLAW_MATCH_EXCERPT, BYLAW_VERDICT_UNDETERMINED,
                "a person has to judge");
    check_grant(NULL, 0, BYLAW_MATCH_QUOTATION, BYLAW_VERDICT_NOT_APPLICABLE,
                NULL);
}

static void test_grant__that_is_not_written_down_denies_nothing(void **s)
{
    struct page p;

    (void)s;
    start(&p, NULL, 0, BYLAW_MATCH_FULL);
    p.rule.states_grants = false;
    check_verdict(&p, BYLAW_VERDICT_COMPLIANT, NULL);
}

static void test_grant__to_partners_leaves_others_outside(void **s)
{
    static const struct bylaw_partner partner = {"blog.example", NULL, NULL};
    struct page p;

    (void)s;
    check_grant(to_partners, 1, BYLAW_MATCH_FULL, BYLAW_VERDICT_OUTSIDE_GRANT,
                "to partners only");
    start(&p, to_partners, 1, BYLAW_MATCH_FULL);
    p.rule.partners = &partner;
    p.rule.partner_count = 1;
    check_verdict(&p, BYLAW_VERDICT_NOT_APPLICABLE, "partner");
}

static void test_grant__claimed_by_the_page_is_left_to_the_publisher(void **s)
{
    struct page p;

    (void)s;
    start(&p, NULL, 0, BYLAW_MATCH_FULL);
    add(&p, BYLAW_ZONE_CREDIT, "Republished with permission of the publisher");
    check_verdict(&p, BYLAW_VERDICT_UNDETERMINED, "only the publisher");
}

static void test_grant__of_copying_is_none_of_translating(void **s)
{
    struct page p;

    (void)s;
    start(&p, reproduce, 1, BYLAW_MATCH_TRANSLATION);
    p.source.language = "en";
    p.document.language = "de";
    check_verdict(&p, BYLAW_VERDICT_UNDETERMINED, "only likely");
    add(&p, BYLAW_ZONE_CREDIT, "Edited by us");
    check_verdict(&p, BYLAW_VERDICT_OUTSIDE_GRANT, "translating the article");
}

static void test_grant__says_whom_to_ask_and_how_grave_it_is(void **s)
{
    struct bylaw_judgement *judgement;
    struct page p;

    (void)s;
    start(&p, NULL, 0, BYLAW_MATCH_FULL);
    p.rule.contact_ask = "ask@example.org";
    check_verdict(&p, BYLAW_VERDICT_OUTSIDE_GRANT, "asked of ask@example.org");
    assert_int_equal(check_severity(&p), 3);
    judgement = judge_page(&p);
    assert_int_equal(judgement->findings[0].outcome,
                     BYLAW_OUTCOME_NOT_EVALUATED);
    bylaw_judgement_free(judgement);
    p.document.block_count--;
    p.document.link_count--;
    assert_int_equal(check_severity(&p), 4);
}

/* ------------------------------------------------------------ exclusion */

static void check_exclusion(enum bylaw_exclusion_kind kind, const char *text,
                            enum bylaw_verdict want)
{
    static const char *const said[] = {"All rights reserved"};
    struct bylaw_exclusion exclusion = {kind, text};
    struct page p;

    start(&p, reproduce, 1, BYLAW_MATCH_FULL);
    p.rule.exclusions = &exclusion;
    p.rule.exclusion_count = 1;
    p.source.exclusions = (struct bylaw_texts){said, 1};
    p.source.upstream.publisher = "InfoBrics";
    check_verdict(&p, want, NULL);
}

static void test_exclusion__leaves_an_article_outside(void **s)
{
    (void)s;
    check_exclusion(BYLAW_EXCLUDES_AUTHOR, "Ahmed Adel",
                    BYLAW_VERDICT_OUTSIDE_GRANT);
    check_exclusion(BYLAW_EXCLUDES_AUTHOR, "Reuters", BYLAW_VERDICT_COMPLIANT);
    check_exclusion(BYLAW_EXCLUDES_PUBLISHER, "InfoBrics",
                    BYLAW_VERDICT_OUTSIDE_GRANT);
    check_exclusion(BYLAW_EXCLUDES_PUBLISHER, "Reuters",
                    BYLAW_VERDICT_COMPLIANT);
    check_exclusion(BYLAW_EXCLUDES_STATEMENT, "All rights reserved",
                    BYLAW_VERDICT_OUTSIDE_GRANT);
    check_exclusion(BYLAW_EXCLUDES_STATEMENT, "Photo reuse prohibited",
                    BYLAW_VERDICT_COMPLIANT);
    check_exclusion(BYLAW_EXCLUDES_ADDRESS, "/japan-open",
                    BYLAW_VERDICT_OUTSIDE_GRANT);
    check_exclusion(BYLAW_EXCLUDES_ADDRESS, "/photos/",
                    BYLAW_VERDICT_COMPLIANT);
}

/* ------------------------------------------------------------- versions */

/* Two versions: the old one grants nothing, the new one copying. */
struct versions {
    struct page p;
    struct bylaw_rule old;
    const struct bylaw_rule *list[2];
};

static void start_versions(struct versions *v, const char *day)
{
    start(&v->p, reproduce, 1, BYLAW_MATCH_FULL);
    v->p.source.published = "2023-01-01";
    v->old = v->p.rule;
    v->old.id = "global-research-2022";
    v->old.grant_count = 0;
    v->old.valid_to = "2023-06-30";
    v->p.rule.valid_from = "2023-07-01";
    v->list[0] = &v->old;
    v->list[1] = &v->p.rule;
    v->p.c.versions = v->list;
    v->p.c.version_count = 2;
    if (!day)
        return;
    add_meta(&v->p, BYLAW_META_PUBLISHED, day);
    add_meta(&v->p, BYLAW_META_PUBLISHED, day);
    v->p.metas[1].origin = "text";
}

static void check_version(const char *day, const char *id,
                          enum bylaw_verdict want)
{
    struct bylaw_judgement *judgement;
    struct versions v;

    start_versions(&v, day);
    judgement = judge_page(&v.p);
    if (judgement->verdict != want)
        fail_msg("%s: %s", day, judgement->because);
    assert_string_equal(judgement->rule->id, id);
    bylaw_judgement_free(judgement);
}

static void test_version__is_that_of_the_day_of_copying(void **s)
{
    (void)s;
    check_version("2023-05-01", "global-research-2022",
                  BYLAW_VERDICT_OUTSIDE_GRANT);
    check_version("2023-09-01", "global-research", BYLAW_VERDICT_COMPLIANT);
}

static void test_version__that_is_not_known_accuses_nobody(void **s)
{
    struct versions v;

    (void)s;
    start_versions(&v, NULL);
    check_verdict(&v.p, BYLAW_VERDICT_UNDETERMINED, "global-research-2022");
    v.p.c.fetched_ms = bylaw__time_days(2023, 3, 1) * DAY_MS;
    check_verdict(&v.p, BYLAW_VERDICT_OUTSIDE_GRANT, NULL);
    v.p.source.published = "2023-08-01";
    v.p.c.fetched_ms = 0;
    check_verdict(&v.p, BYLAW_VERDICT_COMPLIANT, NULL);
}

static void test_version__of_two_that_accuse_is_the_milder(void **s)
{
    struct bylaw_judgement *judgement;
    struct versions v;

    (void)s;
    start_versions(&v, NULL);
    must(&v.p, "notice.copyright");
    judgement = judge_page(&v.p);
    assert_int_equal(judgement->verdict, BYLAW_VERDICT_NOT_MET);
    assert_string_equal(judgement->rule->id, "global-research");
    bylaw_judgement_free(judgement);
}

static void test_version__before_the_first_is_undetermined(void **s)
{
    struct page p;

    (void)s;
    start(&p, NULL, 0, BYLAW_MATCH_FULL);
    p.rule.valid_to = "2023-01-01";
    check_verdict(&p, BYLAW_VERDICT_UNDETERMINED, "to 2023-01-01");
    p.rule.valid_to = "2023-05-16";
    check_verdict(&p, BYLAW_VERDICT_OUTSIDE_GRANT, NULL);
}

/* ----------------------------------------------------------------- cure */

static void test_cure__runs_from_the_day_of_fetching(void **s)
{
    struct bylaw_judgement *judgement;
    struct page p;

    (void)s;
    start(&p, reproduce, 1, BYLAW_MATCH_FULL);
    must(&p, "notice.copyright");
    p.rule.cure = "30d";
    judgement = judge_page(&p);
    assert_null(judgement->cure_until);
    bylaw_judgement_free(judgement);
    p.c.fetched_ms = bylaw__time_days(2023, 6, 1) * DAY_MS;
    judgement = judge_page(&p);
    assert_string_equal(judgement->cure_until, "2023-07-01");
    assert_null(judgement->findings[0].cure_until);
    assert_string_equal(judgement->findings[1].cure_until, "2023-07-01");
    bylaw_judgement_free(judgement);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grant__has_to_hold_the_use),
        cmocka_unit_test(test_grant__of_extracts_holds_as_far_as_their_limit),
        cmocka_unit_test(test_grant__of_nothing_reserves_all_rights),
        cmocka_unit_test(test_grant__that_is_not_written_down_denies_nothing),
        cmocka_unit_test(test_grant__to_partners_leaves_others_outside),
        cmocka_unit_test(
            test_grant__claimed_by_the_page_is_left_to_the_publisher),
        cmocka_unit_test(test_grant__of_copying_is_none_of_translating),
        cmocka_unit_test(test_grant__says_whom_to_ask_and_how_grave_it_is),
        cmocka_unit_test(test_exclusion__leaves_an_article_outside),
        cmocka_unit_test(test_version__is_that_of_the_day_of_copying),
        cmocka_unit_test(test_version__that_is_not_known_accuses_nobody),
        cmocka_unit_test(test_version__of_two_that_accuse_is_the_milder),
        cmocka_unit_test(test_version__before_the_first_is_undetermined),
        cmocka_unit_test(test_cure__runs_from_the_day_of_fetching),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
