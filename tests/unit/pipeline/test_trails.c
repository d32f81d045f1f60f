/* SPDX-License-Identifier: Apache-2.0 */
/* Credit links followed over a loopback web: where do they end? */
#include "unit/pipeline/auditing.h"

#include "net/loopback_web.h"

#define WEB_ARTICLE "http://www.globalresearch.ca/japan-nato-office/5819285"
#define WEB_PAGE    "http://harbour.example/world/japan"
#define PAGES_MAX   8

static const char *const loopback[] = {"127.0.0.0/8", NULL};

/* A repost whose credit links to href, and a web that knows where that goes. */
struct trip {
    const char *href;
    struct web_page pages[PAGES_MAX];
    const char *want, *says;
    enum bylaw_link_state state;
    enum bylaw_trail_end end;
    size_t hops;
    unsigned tries;
};

struct visit {
    struct loopback_web *web;
    bylaw_auditor *auditor;
    struct bylaw__buf body;
    struct bylaw_audit *audit;
};

static void write_page(struct visit *v, const char *href)
{
    struct bylaw__buf page;

    bylaw__buf_init(&page, 0);
    bylaw__buf_printf(&page,
                      "<!doctype html><title>Japan</title><article>"
                      "<h1>Japan and NATO</h1><!--bylaw:article-->"
                      "<p>Source: <a href=\"%s\">Global Research</a>. "
                      "Copyright \xC2\xA9 Ahmed Adel, InfoBrics, 2023.</p>"
                      "</article>",
                      href);
    fill(&v->body, page.ptr, bylaw_auditor_source(v->auditor, 0));
    bylaw__buf_release(&page);
}

static void start(struct visit *v, const struct trip *trip, bool is_following)
{
    struct web_page pages[PAGES_MAX + 2];
    struct bylaw_audit_options options = {.rules_dir = "rules",
                                          .now_ms = fixed_now,
                                          .follow_links = is_following};
    struct bylaw_error err = {0};
    size_t count = 0;

    memset(v, 0, sizeof(*v));
    v->auditor = new_auditor(NULL);
    add_source(v->auditor, SEED, WEB_ARTICLE);
    write_page(v, trip->href);
    bylaw_auditor_free(v->auditor);
    memset(pages, 0, sizeof(pages));
    pages[count++] = (struct web_page){.host = "harbour.example",
                                       .path = "/world/japan",
                                       .body = v->body.ptr,
                                       .size = v->body.len};
    for (size_t i = 0; i < PAGES_MAX && trip->pages[i].host; i++)
        pages[count++] = trip->pages[i];
    v->web = web_start(pages, count);
    assert_non_null(v->web);
    options.fetch.allow_ranges = loopback;
    options.fetch.connect_to = web_routes(v->web);
    assert_int_equal(bylaw_auditor_new(&v->auditor, &options, &err), 0);
    add_source(v->auditor, SEED, WEB_ARTICLE);
    if (bylaw_audit_page(&v->audit, v->auditor, WEB_PAGE, NULL, &err))
        fail_msg("%s: %s", err.id, err.what);
}

static void stop(struct visit *v)
{
    bylaw_audit_free(v->audit);
    bylaw_auditor_free(v->auditor);
    web_stop(v->web);
    bylaw__buf_release(&v->body);
}

static const struct bylaw_finding *link_finding(const struct visit *v)
{
    const struct bylaw_judgement *judgement = v->audit->rows[0].judgement;

    for (size_t i = 0; i < judgement->finding_count; i++)
        if (!strcmp(judgement->findings[i].id, "link.original"))
            return &judgement->findings[i];
    fail_msg("no finding: %s", judgement->because);
    return NULL;
}

static const struct bylaw_credit_link *credit_link(const struct visit *v,
                                                   const char *href)
{
    const struct bylaw_judgement *judgement = v->audit->rows[0].judgement;

    for (size_t i = 0; i < judgement->link_count; i++)
        if (bylaw__span_is(judgement->links[i].href, href))
            return &judgement->links[i];
    fail_msg("no link to %s is told of", href);
    return NULL;
}

static const char *outcome(const struct bylaw_finding *finding)
{
    return finding->is_partial ? "partial"
                               : bylaw_outcome_name(finding->outcome);
}

static void check_trip(const struct trip *trip)
{
    const struct bylaw_credit_link *link;
    const struct bylaw_finding *finding;
    struct visit v;

    start(&v, trip, true);
    finding = link_finding(&v);
    if (strcmp(outcome(finding), trip->want) ||
        (trip->says && !strstr(finding->why, trip->says)))
        fail_msg("%s: %s: %s", trip->href, outcome(finding), finding->why);
    link = credit_link(&v, trip->href);
    assert_string_equal(bylaw_link_state_name(link->state),
                        bylaw_link_state_name(trip->state));
    assert_non_null(link->trail);
    assert_int_equal(link->trail->end, trip->end);
    assert_int_equal(link->trail->hop_count, trip->hops);
    assert_int_equal(link->trail->tries, trip->tries ? trip->tries : 1);
    assert_string_equal(link->trail->hops[0].url, trip->href);
    if (finding->evidence_count)
        assert_ptr_equal(finding->evidence[0].trail, link->trail);
    stop(&v);
}

#define ORIGINAL                                                               \
    {                                                                          \
        .host = "www.globalresearch.ca", .path = "/japan-nato-office/5819285", \
        .body = "<p>The article.</p>"                                          \
    }

static void test_trails__reach_the_article_through_redirectors(void **s)
{
    static const struct trip trips[] = {
        {.href = "http://bit.ly/3abc",
         .pages = {{.host = "bit.ly",
                    .path = "/3abc",
                    .location = WEB_ARTICLE "?utm_source=bitly"},
                   {.host = "www.globalresearch.ca",
                    .path = "/japan-nato-office/5819285?utm_source=bitly",
                    .body = "<p>The article.</p>"}},
         .want = "pass",
         .says = "as following it showed",
         .state = BYLAW_LINK_STATE_ARTICLE,
         .end = BYLAW_TRAIL_PAGE,
         .hops = 2},
        {.href = "http://t.co/x",
         .pages = {{.host = "t.co",
                    .path = "/x",
                    .location = "http://bit.ly/y"},
                   {.host = "bit.ly", .path = "/y", .location = WEB_ARTICLE},
                   ORIGINAL},
         .want = "pass",
         .state = BYLAW_LINK_STATE_ARTICLE,
         .end = BYLAW_TRAIL_PAGE,
         .hops = 3},
        /* the publisher moved it */
        {.href = "http://www.globalresearch.ca/old/5819285-japan",
         .pages = {{.host = "www.globalresearch.ca",
                    .path = "/old/5819285-japan",
                    .location = WEB_ARTICLE},
                   ORIGINAL},
         .want = "pass",
         .state = BYLAW_LINK_STATE_ARTICLE,
         .end = BYLAW_TRAIL_PAGE,
         .hops = 2},
        /* a print form that names the article as its own address */
        {.href = "http://www.globalresearch.ca/print-it/77",
         .pages = {{.host = "www.globalresearch.ca",
                    .path = "/print-it/77",
                    .body =
                        "<!doctype html><link rel=canonical href=\"" WEB_ARTICLE
                        "\"><p>The article."}},
         .want = "pass",
         .state = BYLAW_LINK_STATE_ARTICLE,
         .end = BYLAW_TRAIL_PAGE,
         .hops = 1},
        /* the site's own way out */
        {.href = "http://harbour.example/go/17",
         .pages = {{.host = "harbour.example",
                    .path = "/go/17",
                    .location = WEB_ARTICLE},
                   ORIGINAL},
         .want = "pass",
         .state = BYLAW_LINK_STATE_ARTICLE,
         .end = BYLAW_TRAIL_PAGE,
         .hops = 2},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(trips) / sizeof(trips[0]); i++)
        check_trip(&trips[i]);
}

static void test_trails__tell_where_else_a_link_leads(void **s)
{
    static const struct trip trips[] = {
        {.href = "http://bit.ly/3abc",
         .pages = {{.host = "bit.ly",
                    .path = "/3abc",
                    .location = "http://www.globalresearch.ca/"},
                   {.host = "www.globalresearch.ca",
                    .path = "/",
                    .body = "<p>News"}},
         .want = "partial",
         .says = "home page",
         .state = BYLAW_LINK_STATE_HOME,
         .end = BYLAW_TRAIL_PAGE,
         .hops = 2},
        {.href = "http://bit.ly/3abc",
         .pages = {{.host = "bit.ly",
                    .path = "/3abc",
                    .location = "http://shop.example/"},
                   {.host = "shop.example", .path = "/", .body = "<p>Buy"}},
         .want = "fail",
         .says = "\"http://shop.example/\" instead",
         .state = BYLAW_LINK_STATE_ASTRAY,
         .end = BYLAW_TRAIL_PAGE,
         .hops = 2},
        {.href = "http://www.globalresearch.ca/another/1",
         .pages = {{.host = "www.globalresearch.ca",
                    .path = "/another/1",
                    .body = "<p>Another article"}},
         .want = "fail",
         .says = "another page of the publisher's",
         .state = BYLAW_LINK_STATE_OTHER,
         .end = BYLAW_TRAIL_PAGE,
         .hops = 1},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(trips) / sizeof(trips[0]); i++)
        check_trip(&trips[i]);
}

static void test_trails__call_a_link_dead_after_two_tries(void **s)
{
    static const struct trip trips[] = {
        {.href = "http://www.globalresearch.ca/gone/1",
         .pages = {{.host = "www.globalresearch.ca",
                    .path = "/gone/1",
                    .status = 410}},
         .want = "fail",
         .says = "dead",
         .state = BYLAW_LINK_STATE_DEAD,
         .end = BYLAW_TRAIL_DEAD,
         .hops = 1,
         .tries = 2},
        /* the second try finds it: a slip of the server's */
        {.href = "http://bit.ly/3abc",
         .pages = {{.host = "bit.ly",
                    .path = "/3abc",
                    .location = WEB_ARTICLE,
                    .busy_times = 1,
                    .busy_status = 404},
                   ORIGINAL},
         .want = "pass",
         .state = BYLAW_LINK_STATE_ARTICLE,
         .end = BYLAW_TRAIL_PAGE,
         .hops = 2,
         .tries = 2},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(trips) / sizeof(trips[0]); i++)
        check_trip(&trips[i]);
}

static void test_trails__never_take_a_refusal_for_a_dead_link(void **s)
{
    static const unsigned refusals[] = {401, 403, 429, 500, 503};

    (void)s;
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        struct trip trip = {.href = "http://bit.ly/3abc",
                            .pages = {{.host = "bit.ly",
                                       .path = "/3abc",
                                       .status = refusals[i]}},
                            .want = "unknown",
                            .says = "does not tell where to",
                            .state = BYLAW_LINK_STATE_BLOCKED,
                            .end = BYLAW_TRAIL_BLOCKED,
                            .hops = 1};

        check_trip(&trip);
    }
}

static void test_trails__are_not_made_unless_allowed(void **s)
{
    static const struct trip trip = {
        .href = "http://bit.ly/3abc",
        .pages = {{.host = "bit.ly", .path = "/3abc", .location = WEB_ARTICLE}},
    };
    struct visit v;

    (void)s;
    start(&v, &trip, false);
    assert_string_equal(outcome(link_finding(&v)), "unknown");
    assert_int_equal(credit_link(&v, trip.href)->state,
                     BYLAW_LINK_STATE_OPAQUE);
    assert_null(credit_link(&v, trip.href)->trail);
    assert_int_equal(web_count(v.web, "bit.ly", NULL), 0);
    stop(&v);
}

static void test_trails__are_not_made_where_the_article_is_linked(void **s)
{
    static const struct trip trip = {
        .href = WEB_ARTICLE "\">Global Research</a>, <a href=\"http://bit.ly/x",
        .pages = {{.host = "bit.ly", .path = "/x", .status = 500}},
    };
    struct visit v;

    (void)s;
    start(&v, &trip, true);
    assert_string_equal(outcome(link_finding(&v)), "pass");
    assert_int_equal(web_count(v.web, "bit.ly", NULL), 0);
    stop(&v);
}

static void test_trails__are_few_a_page(void **s)
{
    static const struct trip trip = {
        .href = "http://bit.ly/0\">Global Research</a> "
                "<a href=\"http://bit.ly/1\">Global Research</a> "
                "<a href=\"http://bit.ly/2\">Global Research</a> "
                "<a href=\"http://bit.ly/3\">Global Research</a> "
                "<a href=\"http://bit.ly/4\">Global Research</a> "
                "<a href=\"http://bit.ly/5",
        .pages = {{.host = "bit.ly", .path = "/*", .status = 403}},
    };
    struct visit v;

    (void)s;
    start(&v, &trip, true);
    assert_int_equal(web_count(v.web, "bit.ly", NULL), BYLAW_LIMIT_TRAILS);
    assert_string_equal(outcome(link_finding(&v)), "unknown");
    stop(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trails__reach_the_article_through_redirectors),
        cmocka_unit_test(test_trails__tell_where_else_a_link_leads),
        cmocka_unit_test(test_trails__call_a_link_dead_after_two_tries),
        cmocka_unit_test(test_trails__never_take_a_refusal_for_a_dead_link),
        cmocka_unit_test(test_trails__are_not_made_unless_allowed),
        cmocka_unit_test(test_trails__are_not_made_where_the_article_is_linked),
        cmocka_unit_test(test_trails__are_few_a_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
