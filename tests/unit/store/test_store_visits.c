/* SPDX-License-Identifier: Apache-2.0 */
/* Visits recorded: what they leave on the page, its cases and their events. */
#include "workspace.h"

#include "store/case_rules.h"

#define PAGE "https://blog.test/copy"

/* One fetch of PAGE. A zero `verdict` found nothing. */
struct fetch {
    const char *verdict, *source; /* source NULL: "article" */
    int status;                   /* 0: 200; -1: no answer */
    const char *sha256, *etag, *refusal;
    bool is_cut;      /* not read whole */
    bool is_skipping; /* "article" was not looked for */
    int severity;
};

struct scene {
    struct workspace ws;
    int64_t page, now_ms;
};

static struct scene new_scene(void)
{
    struct scene scene = {.ws = new_workspace(), .now_ms = TODAY};

    add_source(&scene.ws, "article");
    add_source(&scene.ws, "second");
    add_page(&scene.ws, PAGE, 0);
    scene.page = page_id(&scene.ws, PAGE);
    return scene;
}

/* Records a fetch, an hour after the one before. */
static int record(struct scene *scene, struct fetch fetch,
                  struct bylaw_error *err)
{
    static const char *const skipped[] = {"article"};
    struct bylaw__visit_match match = {
        .source = fetch.source ? fetch.source : "article",
        .verdict = fetch.verdict,
        .because = "the credit line is missing",
        .severity = fetch.severity,
        .confidence = "high",
        .match_class = "full",
        .coverage = 0.5,
        .audit_json = "{\"schema\":\"bylaw.audit/1\"}",
    };
    struct bylaw__visit_record visit = {
        .page = scene->page,
        .fetched_ms = scene->now_ms += HOUR,
        .due_ms = scene->now_ms + DAY,
        .interval_ms = DAY,
        .status = fetch.status ? fetch.status : 200,
        .etag = fetch.etag,
        .sha256 = fetch.sha256,
        .refusal = fetch.refusal,
        .is_complete = !fetch.is_cut,
        .matches = &match,
        .match_count = fetch.verdict != NULL,
        .skipped = skipped,
        .skipped_count = fetch.is_skipping,
    };

    if (visit.status < 0)
        visit.status = 0;
    return bylaw__store_visit(scene->ws.store, &visit, err);
}

static void see(struct scene *scene, struct fetch fetch)
{
    struct bylaw_error err = {0};

    if (record(scene, fetch, &err))
        fail_msg("%s: %s", err.id, err.what);
}

static int tell_case(void *payload, const struct bylaw__case_row *row)
{
    bylaw__buf_printf(payload, "%s %s; ", row->source,
                      bylaw_case_state_name(row->state));
    return 0;
}

static int tell_event(void *payload, const struct bylaw__event_row *row)
{
    bylaw__buf_printf(payload, "%s>%s (%s%s%s); ",
                      bylaw_case_state_name(row->before),
                      bylaw_case_state_name(row->state), row->by,
                      *row->by ? ": " : "", row->why);
    return 0;
}

static void check_text(struct bylaw__buf *told, const char *want)
{
    assert_string_equal(told->ptr ? told->ptr : "", want);
    bylaw__buf_release(told);
}

static void check_cases(struct scene *scene, const char *want)
{
    struct bylaw__case_filter all = {.state = -1};
    struct bylaw__buf told = {0};

    assert_int_equal(0, bylaw__store_cases(scene->ws.store, &all, tell_case,
                                           &told, NULL));
    check_text(&told, want);
    assert_int_equal(0, bylaw__store_check(scene->ws.store, NULL));
}

static void check_events(struct scene *scene, int64_t id, const char *want)
{
    struct bylaw__buf told = {0};

    assert_int_equal(0, bylaw__store_case_events(scene->ws.store, id,
                                                 tell_event, &told, NULL));
    check_text(&told, want);
}

static void set(struct scene *scene, enum bylaw_case_state state,
                int64_t expires_ms)
{
    assert_int_equal(0, bylaw__store_case_set(scene->ws.store, 1, state, "Ada",
                                              "agreed by mail", expires_ms,
                                              scene->now_ms, NULL));
}

static void check_refused(struct scene *scene, struct fetch fetch,
                          const char *want)
{
    struct bylaw_error err = {0};

    assert_true(record(scene, fetch, &err) < 0);
    assert_string_equal(err.id, want);
}

/* ------------------------------------------------------------- opening --- */

static void test_visit__a_finding_is_new_when_found_twice(void **state)
{
    struct scene scene = new_scene();

    (void)state;
    see(&scene, (struct fetch){.verdict = "not-met"});
    check_cases(&scene, "article seen; ");
    see(&scene, (struct fetch){.verdict = "incomplete"});
    check_cases(&scene, "article new; ");
    check_events(&scene, 1,
                 "none>seen (the credit line is missing); "
                 "seen>new (the credit line is missing); ");
    drop(&scene.ws);
}

static void test_visit__no_case_without_something_to_act_on(void **state)
{
    static const char *const verdicts[] = {"compliant", "compliant-by-template",
                                           "undetermined", "not-applicable"};
    struct scene scene = new_scene();

    (void)state;
    for (size_t i = 0; i < 4; i++)
        see(&scene, (struct fetch){.verdict = verdicts[i]});
    see(&scene, (struct fetch){.verdict = "not-met", .is_cut = true});
    see(&scene, (struct fetch){.status = 404});
    check_cases(&scene, "");
    drop(&scene.ws);
}

static void test_visit__the_same_bytes_confirm(void **state)
{
    struct scene scene = new_scene();

    (void)state;
    see(&scene,
        (struct fetch){.verdict = "not-met", .sha256 = "aa", .etag = "\"1\""});
    see(&scene, (struct fetch){.status = 304});
    check_cases(&scene, "article new; ");
    drop(&scene.ws);

    scene = new_scene();
    see(&scene, (struct fetch){.verdict = "not-met", .sha256 = "aa"});
    see(&scene, (struct fetch){.sha256 = "aa"});
    check_cases(&scene, "article new; ");
    check_events(&scene, 1,
                 "none>seen (the credit line is missing); "
                 "seen>new (the credit line is missing); ");
    see(&scene, (struct fetch){.sha256 = "bb"});
    see(&scene, (struct fetch){.sha256 = "bb"});
    check_cases(&scene, "article fixed; ");
    drop(&scene.ws);
}

static void test_visit__each_source_has_its_case(void **state)
{
    struct scene scene = new_scene();

    (void)state;
    see(&scene, (struct fetch){.verdict = "not-met"});
    see(&scene, (struct fetch){.verdict = "not-met", .source = "second"});
    see(&scene, (struct fetch){.verdict = "not-met", .source = "second"});
    check_cases(&scene, "article none; second new; ");
    drop(&scene.ws);
}

/* ------------------------------------------------------------- closing --- */

static struct scene scene_with_new_case(void)
{
    struct scene scene = new_scene();

    see(&scene, (struct fetch){.verdict = "not-met"});
    see(&scene, (struct fetch){.verdict = "not-met"});
    check_cases(&scene, "article new; ");
    return scene;
}

static void test_visit__duties_met_put_a_case_right(void **state)
{
    struct scene scene = scene_with_new_case();

    (void)state;
    see(&scene, (struct fetch){.verdict = "compliant"});
    check_cases(&scene, "article fixed; ");
    see(&scene, (struct fetch){.verdict = "not-met"});
    check_cases(&scene, "article regressed; ");
    drop(&scene.ws);
}

static void test_visit__a_copy_not_found_twice_is_removed(void **state)
{
    struct scene scene = scene_with_new_case();

    (void)state;
    see(&scene, (struct fetch){0});
    check_cases(&scene, "article new; ");
    see(&scene, (struct fetch){0});
    check_cases(&scene, "article fixed; ");
    drop(&scene.ws);
}

static void test_visit__a_page_missing_twice_is_gone(void **state)
{
    struct scene scene = scene_with_new_case();

    (void)state;
    see(&scene, (struct fetch){.status = 404, .refusal = "fetch.http-status"});
    see(&scene, (struct fetch){.status = 410});
    check_cases(&scene, "article gone; ");
    drop(&scene.ws);
}

static void test_visit__what_could_not_be_read_closes_nothing(void **state)
{
    static const struct fetch unread[] = {
        {.status = 403},
        {.status = 503},
        {.status = -1, .refusal = "fetch.timeout"},
        {.is_cut = true},
        {.refusal = "fetch.cut-off"},
        {.verdict = "compliant", .is_cut = true},
        {.verdict = "compliant", .status = 500},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(unread) / sizeof(unread[0]); i++) {
        struct scene scene = scene_with_new_case();

        see(&scene, unread[i]);
        see(&scene, unread[i]);
        check_cases(&scene, "article new; ");
        see(&scene, unread[i]);
        check_cases(&scene, "article unreachable; ");
        see(&scene, (struct fetch){.verdict = "not-met"});
        check_cases(&scene, "article new; ");
        drop(&scene.ws);
    }
}

static void test_visit__a_source_not_looked_for_is_not_missed(void **state)
{
    struct scene scene = scene_with_new_case();

    (void)state;
    for (int i = 0; i < 3; i++)
        see(&scene, (struct fetch){.is_skipping = true});
    check_cases(&scene, "article new; ");
    assert_int_equal(0, bylaw__store_source_remove(scene.ws.store, "article",
                                                   TODAY, NULL));
    for (int i = 0; i < 3; i++)
        see(&scene, (struct fetch){0});
    check_cases(&scene, "article new; ");
    drop(&scene.ws);
}

static void test_visit__says_why_a_page_was_not_read(void **state)
{
    struct scene scene = scene_with_new_case();

    (void)state;
    for (int i = 0; i < 3; i++)
        see(&scene, (struct fetch){.status = 403});
    see(&scene, (struct fetch){.verdict = "compliant"});
    check_events(&scene, 1,
                 "none>seen (the credit line is missing); "
                 "seen>new (the credit line is missing); "
                 "new>unreachable (HTTP 403); "
                 "unreachable>new (the credit line is missing); "
                 "new>fixed (the credit line is missing); ");
    drop(&scene.ws);
}

static void test_visit__another_verdict_is_an_event(void **state)
{
    struct scene scene = scene_with_new_case();

    (void)state;
    see(&scene, (struct fetch){.verdict = "not-met"});
    assert_int_equal(number(&scene.ws, "SELECT count(*) FROM events"), 2);
    see(&scene, (struct fetch){.verdict = "outside-grant"});
    assert_int_equal(number(&scene.ws, "SELECT count(*) FROM events"), 3);
    see(&scene, (struct fetch){.verdict = "outside-grant", .severity = 4});
    assert_int_equal(number(&scene.ws, "SELECT count(*) FROM events"), 4);
    check_cases(&scene, "article new; ");
    drop(&scene.ws);
}

/* ------------------------------------------------------------ the page --- */

static int keep_page(void *payload, const struct bylaw__page_row *row)
{
    bylaw__buf_printf(payload, "%d %s %s", row->status,
                      row->etag ? row->etag : "-",
                      row->sha256 ? row->sha256 : "-");
    return 0;
}

static void check_page(struct scene *scene, const char *want)
{
    struct bylaw__buf told = {0};

    assert_int_equal(0, bylaw__store_page_find(NULL, scene->ws.store, PAGE,
                                               "page", keep_page, &told, NULL));
    check_text(&told, want);
}

static void test_visit__keeps_validators_of_whole_reads_only(void **state)
{
    struct scene scene = new_scene();

    (void)state;
    see(&scene, (struct fetch){.etag = "\"1\"", .sha256 = "aa"});
    check_page(&scene, "200 \"1\" aa");
    see(&scene, (struct fetch){.status = 304});
    check_page(&scene, "304 \"1\" aa");
    see(&scene, (struct fetch){.status = 503, .etag = "\"9\"", .sha256 = "99"});
    check_page(&scene, "503 \"1\" aa");
    see(&scene,
        (struct fetch){.etag = "\"2\"", .sha256 = "bb", .is_cut = true});
    check_page(&scene, "200 - -");
    drop(&scene.ws);
}

static int count_pages(void *payload, const struct bylaw__page_row *row)
{
    (void)row;
    ++*(int *)payload;
    return 0;
}

static void test_visit__makes_the_page_due_later(void **state)
{
    struct scene scene = new_scene();
    int due = 0;

    (void)state;
    see(&scene, (struct fetch){0});
    for (int64_t late = -1; late <= 0; late++)
        bylaw__store_pages_due(scene.ws.store, scene.now_ms + DAY + late, 10,
                               count_pages, &due, NULL);
    assert_int_equal(due, 1);
    drop(&scene.ws);
}

static void test_visit__is_recorded_whole_or_not_at_all(void **state)
{
    struct scene scene = new_scene();

    (void)state;
    check_refused(&scene, (struct fetch){.verdict = "guilty"}, "store.value");
    check_refused(&scene, (struct fetch){.verdict = "not-met", .source = "?"},
                  "store.no-source");
    scene.page = 99;
    check_refused(&scene, (struct fetch){0}, "store.no-page");
    assert_int_equal(number(&scene.ws, "SELECT count(*) FROM visits"), 0);
    check_page(&scene, "0 - -");
    drop(&scene.ws);
}

static void test_visit__events_are_only_added(void **state)
{
    struct scene scene = scene_with_new_case();
    sqlite3 *db = scene.ws.store->db;

    (void)state;
    assert_int_equal(SQLITE_CONSTRAINT_TRIGGER,
                     sqlite3_exec(db, "DELETE FROM events", 0, 0, 0));
    assert_int_equal(SQLITE_CONSTRAINT_TRIGGER,
                     sqlite3_exec(db, "UPDATE events SET state = 'fixed'", 0, 0,
                                  0));
    assert_int_equal(
        SQLITE_CONSTRAINT_TRIGGER,
        sqlite3_exec(db,
                     "REPLACE INTO events SELECT id, case_id, 0, state,"
                     " before, what, by, why, 0, visit FROM events",
                     0, 0, 0));
    drop(&scene.ws);
}

static void test_check__sees_a_state_without_its_event(void **state)
{
    struct scene scene = scene_with_new_case();
    struct bylaw_error err = {0};

    (void)state;
    tamper(&scene.ws, "UPDATE cases SET state = 'fixed'");
    assert_true(bylaw__store_check(scene.ws.store, &err) < 0);
    assert_string_equal(err.id, "store.damaged");
    drop(&scene.ws);
}

static void check_audits(struct scene *scene, int64_t want)
{
    assert_int_equal(number(&scene->ws, "SELECT count(*) FROM matches"
                                        " WHERE audit <> ''"),
                     want);
}

static void test_visit__keeps_the_audits_that_something_rests_on(void **state)
{
    struct scene scene = scene_with_new_case();

    (void)state;
    /* The two that made the case, and the latest. */
    for (int i = 0; i < 5; i++)
        see(&scene, (struct fetch){.verdict = "not-met"});
    check_audits(&scene, 3);
    /* A cut read is on top of the one the case rests on. */
    for (int i = 0; i < 2; i++)
        see(&scene, (struct fetch){.verdict = "compliant", .is_cut = true});
    check_audits(&scene, 4);
    /* Where there is no case, the latest of each source. */
    for (int i = 0; i < 5; i++)
        see(&scene, (struct fetch){.verdict = "compliant", .source = "second"});
    check_audits(&scene, 5);
    drop(&scene.ws);
}

/* ------------------------------------------------------------- persons --- */

static void test_case_set__is_kept_with_who_and_why(void **state)
{
    struct scene scene = scene_with_new_case();

    (void)state;
    set(&scene, BYLAW_CASE_NOTIFIED, 0);
    check_cases(&scene, "article notified; ");
    check_events(&scene, 1,
                 "none>seen (the credit line is missing); "
                 "seen>new (the credit line is missing); "
                 "new>notified (Ada: agreed by mail); ");
    see(&scene, (struct fetch){.verdict = "not-met"});
    check_cases(&scene, "article notified; ");
    drop(&scene.ws);
}

static void test_case_set__refuses_what_only_visits_find(void **state)
{
    static const struct {
        enum bylaw_case_state state;
        const char *by, *reason;
        int64_t id, expires_ms;
        const char *want;
    } cases[] = {
        {BYLAW_CASE_FIXED, "Ada", "says so", 1, 0, "store.case-state"},
        {BYLAW_CASE_GONE, "Ada", "says so", 1, 0, "store.case-state"},
        {BYLAW_CASE_CONFIRMED, "", "", 1, 0, "store.case-by"},
        {BYLAW_CASE_CONFIRMED, NULL, "", 1, 0, "store.case-by"},
        {BYLAW_CASE_ALLOWED, "Ada", NULL, 1, 0, "store.case-reason"},
        {BYLAW_CASE_IGNORED, "Ada", "", 1, 0, "store.case-reason"},
        {BYLAW_CASE_ALLOWED, "Ada", "yes", 1, TODAY, "store.case-expiry"},
        {BYLAW_CASE_IGNORED, "Ada", "no", 1, 2 * TODAY, "store.case-expiry"},
        {BYLAW_CASE_CONFIRMED, "Ada", "", 7, 0, "store.no-case"},
    };
    struct scene scene = scene_with_new_case();

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bylaw_error err = {0};

        assert_true(bylaw__store_case_set(scene.ws.store, cases[i].id,
                                          cases[i].state, cases[i].by,
                                          cases[i].reason, cases[i].expires_ms,
                                          TODAY, &err) < 0);
        assert_string_equal(err.id, cases[i].want);
    }
    check_cases(&scene, "article new; ");
    drop(&scene.ws);
}

static void check_allowances(struct scene *scene, int64_t now_ms,
                             const char *want)
{
    struct bylaw__buf told = {0};

    assert_int_equal(0, bylaw__store_allowances(scene->ws.store, now_ms,
                                                tell_case, &told, NULL));
    check_text(&told, want);
}

static void test_allowance__is_warned_of_once_and_then_ends(void **state)
{
    struct scene scene = scene_with_new_case();
    int64_t end_ms = scene.now_ms + 20 * DAY, scan;

    (void)state;
    set(&scene, BYLAW_CASE_ALLOWED, end_ms);
    check_allowances(&scene, end_ms - BYLAW__CASE_WARN_MS - 1, "");
    check_allowances(&scene, end_ms - BYLAW__CASE_WARN_MS, "article allowed; ");
    check_allowances(&scene, end_ms + DAY, "article allowed; ");

    bylaw__store_scan_begin(&scan, scene.ws.store, scene.now_ms, NULL);
    assert_int_equal(number(&scene.ws, "SELECT count(*) FROM events"), 3);
    for (int i = 0; i < 2; i++)
        bylaw__store_scan_begin(&scan, scene.ws.store, end_ms - DAY, NULL);
    assert_int_equal(number(&scene.ws, "SELECT count(*) FROM events"), 4);
    check_cases(&scene, "article allowed; ");

    see(&scene, (struct fetch){.verdict = "not-met"});
    check_cases(&scene, "article allowed; ");
    scene.now_ms = end_ms;
    see(&scene, (struct fetch){.verdict = "not-met"});
    check_cases(&scene, "article new; ");
    check_allowances(&scene, end_ms, "");
    drop(&scene.ws);
}

static void test_allowance__given_anew_is_warned_of_anew(void **state)
{
    struct scene scene = scene_with_new_case();
    int64_t scan;

    (void)state;
    set(&scene, BYLAW_CASE_ALLOWED, scene.now_ms + DAY);
    bylaw__store_scan_begin(&scan, scene.ws.store, scene.now_ms, NULL);
    set(&scene, BYLAW_CASE_ALLOWED, scene.now_ms + 2 * DAY);
    bylaw__store_scan_begin(&scan, scene.ws.store, scene.now_ms, NULL);
    assert_int_equal(number(&scene.ws, "SELECT count(*) FROM events WHERE"
                                       " what LIKE 'the allowance has%'"),
                     2);
    drop(&scene.ws);
}

/* ------------------------------------------------------------ questions --- */

static void check_filter(struct scene *scene, struct bylaw__case_filter filter,
                         const char *want)
{
    struct bylaw__buf told = {0};

    assert_int_equal(0, bylaw__store_cases(scene->ws.store, &filter, tell_case,
                                           &told, NULL));
    check_text(&told, want);
}

static void test_cases__are_filtered(void **state)
{
    struct scene scene = scene_with_new_case();

    (void)state;
    see(&scene, (struct fetch){.verdict = "not-met", .source = "second"});
    check_filter(&scene, (struct bylaw__case_filter){.state = -1},
                 "article new; second seen; ");
    check_filter(&scene, (struct bylaw__case_filter){.id = 2, .state = -1},
                 "second seen; ");
    check_filter(&scene, (struct bylaw__case_filter){.id = 3, .state = -1}, "");
    check_filter(&scene,
                 (struct bylaw__case_filter){.id = 2, .state = BYLAW_CASE_NEW},
                 "");
    check_filter(&scene, (struct bylaw__case_filter){.state = BYLAW_CASE_SEEN},
                 "second seen; ");
    check_filter(&scene,
                 (struct bylaw__case_filter){.source = "article", .state = -1},
                 "article new; ");
    check_filter(&scene,
                 (struct bylaw__case_filter){.host = "blog.test", .state = -1},
                 "article new; second seen; ");
    check_filter(&scene,
                 (struct bylaw__case_filter){.host = "b.test", .state = -1},
                 "");
    check_filter(&scene,
                 (struct bylaw__case_filter){.changed_since_ms = scene.now_ms,
                                             .state = -1},
                 "second seen; ");
    drop(&scene.ws);
}

static void test_cases__show_the_audit_that_made_them(void **state)
{
    struct scene scene = scene_with_new_case();
    struct bylaw_error err = {0};
    struct bylaw__buf audit = {0};

    (void)state;
    assert_int_equal(0,
                     bylaw__store_case_audit(&audit, scene.ws.store, 1, NULL));
    assert_true(bylaw__store_case_audit(&audit, scene.ws.store, 2, &err) < 0);
    assert_string_equal(err.id, "store.no-case");
    check_text(&audit, "{\"schema\":\"bylaw.audit/1\"}");
    drop(&scene.ws);
}

static void test_cases__changed_since_a_scan(void **state)
{
    struct scene scene = scene_with_new_case();
    struct bylaw__buf told = {0};
    int64_t scan;

    (void)state;
    bylaw__store_scan_begin(&scan, scene.ws.store, scene.now_ms, NULL);
    see(&scene, (struct fetch){.verdict = "not-met"});
    bylaw__store_cases_since_scan(scene.ws.store, scan, tell_case, &told, NULL);
    check_text(&told, "");
    see(&scene, (struct fetch){.verdict = "compliant"});
    bylaw__store_cases_since_scan(scene.ws.store, scan, tell_case, &told, NULL);
    check_text(&told, "article fixed; ");
    bylaw__store_events_since(scene.ws.store, scene.now_ms, tell_event, &told,
                              NULL);
    check_text(&told, "new>fixed (the credit line is missing); ");
    drop(&scene.ws);
}

static void test_scans__the_last_finished_one(void **state)
{
    struct scene scene = new_scene();
    struct bylaw__scan_row row = {0}, got;
    struct bylaw_error err = {0};
    bool is_found;
    int64_t killed;

    (void)state;
    bylaw__store_last_scan(&got, &is_found, scene.ws.store, NULL);
    assert_false(is_found);
    bylaw__store_scan_begin(&row.id, scene.ws.store, 5, NULL);
    row.ended_ms = 9;
    row.outcome = "complete";
    row.fetched = 3;
    assert_int_equal(0, bylaw__store_scan_end(scene.ws.store, &row, NULL));
    bylaw__store_scan_begin(&killed, scene.ws.store, 10, NULL);
    bylaw__store_last_scan(&got, &is_found, scene.ws.store, NULL);
    assert_true(is_found);
    assert_int_equal(got.id, row.id);
    assert_int_equal(got.began_ms, 5);
    assert_int_equal(got.fetched, 3);
    assert_string_equal(got.outcome, "complete");
    row.id = 99;
    assert_true(bylaw__store_scan_end(scene.ws.store, &row, &err) < 0);
    assert_string_equal(err.id, "store.no-scan");
    row.outcome = "splendid";
    assert_true(bylaw__store_scan_end(scene.ws.store, &row, &err) < 0);
    drop(&scene.ws);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_visit__a_finding_is_new_when_found_twice),
        cmocka_unit_test(test_visit__no_case_without_something_to_act_on),
        cmocka_unit_test(test_visit__the_same_bytes_confirm),
        cmocka_unit_test(test_visit__each_source_has_its_case),
        cmocka_unit_test(test_visit__duties_met_put_a_case_right),
        cmocka_unit_test(test_visit__a_copy_not_found_twice_is_removed),
        cmocka_unit_test(test_visit__a_page_missing_twice_is_gone),
        cmocka_unit_test(test_visit__what_could_not_be_read_closes_nothing),
        cmocka_unit_test(test_visit__a_source_not_looked_for_is_not_missed),
        cmocka_unit_test(test_visit__says_why_a_page_was_not_read),
        cmocka_unit_test(test_visit__another_verdict_is_an_event),
        cmocka_unit_test(test_visit__keeps_validators_of_whole_reads_only),
        cmocka_unit_test(test_visit__makes_the_page_due_later),
        cmocka_unit_test(test_visit__is_recorded_whole_or_not_at_all),
        cmocka_unit_test(test_visit__events_are_only_added),
        cmocka_unit_test(test_visit__keeps_the_audits_that_something_rests_on),
        cmocka_unit_test(test_check__sees_a_state_without_its_event),
        cmocka_unit_test(test_case_set__is_kept_with_who_and_why),
        cmocka_unit_test(test_case_set__refuses_what_only_visits_find),
        cmocka_unit_test(test_allowance__is_warned_of_once_and_then_ends),
        cmocka_unit_test(test_allowance__given_anew_is_warned_of_anew),
        cmocka_unit_test(test_cases__are_filtered),
        cmocka_unit_test(test_cases__show_the_audit_that_made_them),
        cmocka_unit_test(test_cases__changed_since_a_scan),
        cmocka_unit_test(test_scans__the_last_finished_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
