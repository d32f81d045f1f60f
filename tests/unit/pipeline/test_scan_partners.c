/* SPDX-License-Identifier: Apache-2.0 */
/* Scans know the publisher's own sites, partners, and what is allowed. */
#include "reposts.h"

#define DATED(date)                                                            \
    TOP "<meta property=\"article:published_time\" content=\"" date            \
        "T10:00:00Z\"><!--bylaw:article-->\n" END

static struct web_page pages[] = {
    {.host = "stranger.example", .path = "/copy", .body = "bad"},
    {.host = "partner.example", .path = "/copy", .body = "bad"},
    {.host = "news.partner.example", .path = "/copy", .body = "bad"},
    {.host = "notpartner.example", .path = "/copy", .body = "bad"},
    {.host = "ally.example", .path = "/then", .body = "in-time"},
    {.host = "ally.example", .path = "/later", .body = "too-late"},
    {.host = "ally.example", .path = "/undated", .body = "bad"},
    {.host = "our.example", .path = "/copy", .body = "bad"},
    {.host = "www.mondialisation.ca", .path = "/copy", .body = "bad"},
    {.host = "allowed.example", .path = "/copy", .body = "bad"},
};
#define PAGE_COUNT (sizeof(pages) / sizeof(pages[0]))

static struct bylaw_watch watches[PAGE_COUNT];
static char addresses[PAGE_COUNT][128];
static char *dated[2];

static int make_pages(void **state)
{
    static const char *const names[] = {"in-time", "too-late"};
    bylaw_auditor *auditor;

    if (make_reposts(state))
        return -1;
    auditor = new_seeded(NULL);
    dated[0] = fill_page(bylaw_auditor_source(auditor, 0), DATED("2023-09-01"));
    dated[1] = fill_page(bylaw_auditor_source(auditor, 0), DATED("2024-09-01"));
    bylaw_auditor_free(auditor);
    put_bodies(pages, PAGE_COUNT);
    for (size_t i = 0; i < PAGE_COUNT; i++) {
        for (size_t k = 0; k < 2; k++)
            if (!strcmp(pages[i].body, names[k]))
                pages[i].body = dated[k];
        snprintf(addresses[i], sizeof(addresses[0]), "http://%s%s",
                 pages[i].host, pages[i].path);
        watches[i] = (struct bylaw_watch){BYLAW_WATCH_PAGE, addresses[i], 0, 0};
    }
    return 0;
}

static int drop_pages(void **state)
{
    free(dated[0]);
    free(dated[1]);
    return drop_reposts(state);
}

#define CASE(url, state) "http://" url " japan-nato " state " not-met 3\n"

static const struct bylaw_partner partners[] = {
    {"ally.example", "2023-01-01", "2023-12-31"},
    {"partner.example", NULL, NULL},
};
static const char *const own[] = {"our.example", NULL};

static void name_partners(struct workspace *w)
{
    w->config.own_domains = own;
    w->config.own_domain_count = 1;
    w->config.partners = partners;
    w->config.partner_count = 2;
    w->options.audit.own_domains = own;
    w->options.audit.own_domain_count = 1;
    w->options.audit.partners = partners;
    w->options.audit.partner_count = 2;
}

/* A domain stands for all below it, but for none that only ends alike; a page
 * that does not say its date is not taken for a finding. */
static void
test_scan__excuses_own_sites_and_partners_in_their_time(void **state)
{
    struct loopback_web *web = start(pages, PAGE_COUNT);
    struct workspace w;

    (void)state;
    make_workspace(&w, "partners", web, watches, PAGE_COUNT);
    name_partners(&w);
    run_scan(&w);
    check_cases(&w, CASE("allowed.example/copy", "seen")
                        CASE("ally.example/later", "seen")
                            CASE("notpartner.example/copy", "seen")
                                CASE("stranger.example/copy", "seen"));
    assert_int_equal(web_count(web, "our.example", NULL), 0);
    web_stop(web);
}

/* Whoever becomes a partner is so at once, as with a rule that changes; that a
 * case closes needs the same two readings as ever. */
static void test_scan__closes_cases_of_whoever_becomes_a_partner(void **state)
{
    struct loopback_web *web = start(pages, PAGE_COUNT);
    struct workspace w;

    (void)state;
    make_workspace(&w, "becomes", web, &watches[1], 1);
    run_scan(&w);
    utc_ms += 20 * MINUTE_MS;
    run_scan(&w);
    check_cases(&w, CASE("partner.example/copy", "new"));
    name_partners(&w);
    run_scan(&w);
    utc_ms += 100 * 24 * HOUR_MS;
    run_scan(&w);
    check_cases(&w, "http://partner.example/copy japan-nato fixed "
                    "not-applicable 0\n");
    web_stop(web);
}

/* --------------------------------------------------------------- allowed --- */

#define DAY_MS (24 * HOUR_MS)

struct history {
    char *text;
    size_t count;
};

static int add_event(void *payload, const struct bylaw__event_row *row)
{
    struct history *history = payload;
    char *longer = NULL;

    assert_true(asprintf(&longer, "%s%s: %s%s%s%s\n",
                         history->text ? history->text : "",
                         bylaw_case_state_name(row->state), row->what,
                         *row->by ? ", by " : "", row->by,
                         row->expires_ms ? ", until" : "") > 0);
    free(history->text);
    history->text = longer;
    history->count++;
    return 0;
}

static void check_history(const struct workspace *w, const char *want)
{
    bylaw__store *store = open_store(w);
    struct history history = {NULL, 0};

    assert_int_equal(bylaw__store_case_events(store, 1, add_event, &history,
                                              NULL),
                     0);
    bylaw__store_close(store);
    assert_string_equal(history.text, want);
    free(history.text);
}

/* The day that lies so many days after that of the clock. */
static void write_day(char out[BYLAW__TIME_BYTES], int days)
{
    bylaw__time_format(out, utc_ms + days * DAY_MS);
    out[10] = '\0';
}

static enum bylaw_news_kind news_of(const struct workspace *w)
{
    bylaw__store *store = open_store(w);
    struct bylaw_news *news = NULL;
    enum bylaw_news_kind kind;

    assert_int_equal(bylaw__store_news(&news, store, "mail", utc_ms, NULL), 0);
    kind = news->item_count ? news->items[0].kind : BYLAW_NEWS_NONE;
    bylaw_news_free(news);
    bylaw__store_close(store);
    return kind;
}

static void allow(struct workspace *w, struct bylaw_allow *entry)
{
    w->config.allows = entry;
    w->config.allow_count = entry ? 1 : 0;
}

#define FIRST   "seen: found for the first time\n"
#define ALLOWED "allowed: allowed by the configuration, by bylaw.yaml, until\n"
#define WARNED  "allowed: the allowance has ended or is about to, until\n"
#define LAPSED  "new: the allowance has ended and it is still found\n"

/* Nobody hears of a case that is allowed from its beginning, but of its end;
 * then it is a case like any other. */
static void test_scan__allows_a_site_to_the_end_of_a_day(void **state)
{
    struct loopback_web *web = start(pages, PAGE_COUNT);
    char until[BYLAW__TIME_BYTES];
    struct bylaw_allow entry = {"allowed.example", "agreed by mail", until};
    struct workspace w;

    (void)state;
    write_day(until, 30);
    make_workspace(&w, "allow", web, &watches[9], 1);
    allow(&w, &entry);
    run_scan(&w);
    utc_ms += 20 * MINUTE_MS;
    run_scan(&w);
    check_cases(&w, CASE("allowed.example/copy", "allowed"));
    check_history(&w, FIRST ALLOWED);
    assert_int_equal(news_of(&w), BYLAW_NEWS_NONE);
    assert_int_equal(w.complaint.code, 0);

    utc_ms += 20 * DAY_MS;
    run_scan(&w);
    check_history(&w, FIRST ALLOWED WARNED);
    assert_int_equal(news_of(&w), BYLAW_NEWS_LAPSING);
    assert_string_equal(w.complaint.id, "scan.allowance-ends");
    assert_string_equal(w.complaint.where, "allowed.example");
    memset(&w.complaint, 0, sizeof(w.complaint));

    utc_ms += 12 * DAY_MS;
    run_scan(&w);
    check_cases(&w, CASE("allowed.example/copy", "new"));
    check_history(&w, FIRST ALLOWED WARNED LAPSED);
    assert_int_equal(w.complaint.code, 0); /* it was told once */
    web_stop(web);
}

/* An entry added, renewed or taken out shows at once, whether the page is due
 * or not. */
static void test_scan__keeps_cases_in_line_with_the_configuration(void **state)
{
    struct loopback_web *web = start(pages, PAGE_COUNT);
    char until[BYLAW__TIME_BYTES];
    struct bylaw_allow entry = {"allowed.example", "agreed by mail", until};
    struct workspace w;

    (void)state;
    make_workspace(&w, "in-line", web, &watches[9], 1);
    run_scan(&w);
    utc_ms += 20 * MINUTE_MS;
    run_scan(&w);
    check_cases(&w, CASE("allowed.example/copy", "new"));
    web_forget(web);
    write_day(until, 30);
    allow(&w, &entry);
    run_scan(&w);
    write_day(until, 60);
    run_scan(&w);
    run_scan(&w);
    allow(&w, NULL);
    run_scan(&w);
    check_history(&w, FIRST
                  "new: found again by a second fetch\n" ALLOWED ALLOWED
                  "new: the configuration allows it no more, by bylaw.yaml\n");
    assert_int_equal(web_count(web, NULL, NULL), 0);
    web_stop(web);
}

static void test_scan__does_not_overrule_a_person(void **state)
{
    struct loopback_web *web = start(pages, PAGE_COUNT);
    struct bylaw_allow entry = {"allowed.example", "agreed by mail", NULL};
    bylaw__store *store = NULL;
    struct workspace w;

    (void)state;
    make_workspace(&w, "person", web, &watches[9], 1);
    allow(&w, &entry);
    run_scan(&w);
    utc_ms += 20 * MINUTE_MS;
    run_scan(&w);
    assert_int_equal(bylaw__store_open(&store, w.path, BYLAW__STORE_WRITE,
                                       NULL),
                     0);
    assert_int_equal(bylaw__store_case_set(store, 1, BYLAW_CASE_NOTIFIED, "ann",
                                           "", 0, utc_ms, NULL),
                     0);
    bylaw__store_close(store);
    run_scan(&w);
    check_cases(&w, CASE("allowed.example/copy", "notified"));
    web_stop(web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_scan__excuses_own_sites_and_partners_in_their_time),
        cmocka_unit_test(test_scan__closes_cases_of_whoever_becomes_a_partner),
        cmocka_unit_test(test_scan__allows_a_site_to_the_end_of_a_day),
        cmocka_unit_test(test_scan__keeps_cases_in_line_with_the_configuration),
        cmocka_unit_test(test_scan__does_not_overrule_a_person),
    };

    return cmocka_run_group_tests(tests, make_pages, drop_pages);
}
