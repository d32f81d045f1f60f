/* SPDX-License-Identifier: Apache-2.0 */
/* Alerts from the workspace to receivers on loopback, over several runs. */
#include "unit/store/workspace.h"

#include "net/alert_sink.h"
#include "pipeline/pipeline.h"

#include <sys/stat.h>

static const char *const readers[] = {"ada@x.org"};
static const char *const ranges[] = {"127.0.0.0/8", NULL};

/* A workspace with a mail server and a webhook to tell. */
struct scene {
    struct workspace ws;
    struct alert_sink *mail, *hook;
    char smtp[64], url[64], atom[112], prometheus[112];
    struct bylaw_config config;
    int64_t now_ms;
    struct bylaw__buf told; /* "mail sent 1; webhook nothing 0; " */
    size_t complaints;
};

static struct scene *new_scene(enum bylaw_digest digest)
{
    struct scene *scene = calloc(1, sizeof(*scene));

    assert_non_null(scene);
    scene->ws = new_workspace();
    scene->mail = sink_start(SINK_MAIL);
    scene->hook = sink_start(SINK_HOOK);
    assert_true(scene->mail && scene->hook);
    snprintf(scene->smtp, sizeof(scene->smtp), "smtp://127.0.0.1:%u",
             sink_port(scene->mail));
    snprintf(scene->url, sizeof(scene->url), "http://127.0.0.1:%u/hook",
             sink_port(scene->hook));
    snprintf(scene->atom, sizeof(scene->atom), "%s/alerts.atom",
             scene->ws.folder);
    snprintf(scene->prometheus, sizeof(scene->prometheus), "%s/bylaw.prom",
             scene->ws.folder);
    scene->config = (struct bylaw_config){
        .mail = {.smtp = scene->smtp,
                 .from = "bylaw@x.org",
                 .to = readers,
                 .to_count = 1,
                 .digest = digest},
        .webhook = {.url = scene->url},
        .alerts_allow_address = ranges,
    };
    scene->now_ms = TODAY;
    add_source(&scene->ws, "article");
    return scene;
}

static void end_scene(struct scene *scene)
{
    sink_free(scene->mail);
    sink_free(scene->hook);
    unlink(scene->atom);
    unlink(scene->prometheus);
    drop(&scene->ws);
    bylaw__buf_release(&scene->told);
    free(scene);
}

/* Records a whole read of a page, an hour after the last. */
static void see(struct scene *scene, const char *url, const char *verdict)
{
    struct bylaw__visit_match match = {.source = "article",
                                       .verdict = verdict,
                                       .because = "the credit is missing",
                                       .confidence = "high",
                                       .match_class = "full",
                                       .audit_json = "{}"};
    struct bylaw__visit_record visit = {.fetched_ms = scene->now_ms += HOUR,
                                        .status = 200,
                                        .is_complete = true,
                                        .matches = &match,
                                        .match_count = 1};

    add_page(&scene->ws, url, 0);
    visit.page = page_id(&scene->ws, url);
    assert_int_equal(0, bylaw__store_visit(scene->ws.store, &visit, NULL));
}

static void find(struct scene *scene, const char *url)
{
    see(scene, url, "not-met");
    see(scene, url, "not-met");
}

static void take_result(void *payload,
                        const struct bylaw__notify_result *result)
{
    struct scene *scene = payload;

    assert_true(!result->why == (result->outcome != BYLAW__NOTIFY_FAILED));
    bylaw__buf_printf(&scene->told, "%s %s %zu; ", result->channel,
                      bylaw__notify_outcome_name(result->outcome),
                      result->cases);
}

static void take_complaint(void *payload, const struct bylaw_error *why)
{
    assert_string_equal(why->id, "notify.unsure");
    ((struct scene *)payload)->complaints++;
}

static void notify(struct scene *scene, bool is_test, const char *want)
{
    struct bylaw__notify_options options = {.config = &scene->config,
                                            .now_ms = scene->now_ms,
                                            .is_test = is_test,
                                            .each = take_result,
                                            .complain = take_complaint,
                                            .payload = scene};
    struct bylaw_error err = {0};
    size_t count = 0;

    bylaw__buf_clear(&scene->told);
    if (bylaw__pipeline_notify(&count, scene->ws.store, &options, &err))
        fail_msg("%s: %s", err.id, err.what);
    assert_string_equal(scene->told.ptr, want);
}

static void test_notify__quiet_while_nothing_changes(void **state)
{
    struct scene *scene = new_scene(BYLAW_DIGEST_DAILY);

    (void)state;
    see(scene, "https://blog.test/a", "compliant");
    notify(scene, false, "mail nothing 0; webhook nothing 0; ");
    find(scene, "https://blog.test/b");
    notify(scene, false, "mail sent 1; webhook sent 1; ");
    notify(scene, false, "mail nothing 0; webhook nothing 0; ");
    assert_int_equal(sink_count(scene->mail), 1);
    assert_int_equal(sink_count(scene->hook), 1);
    end_scene(scene);
}

static void test_notify__retries_the_channel_that_failed_alone(void **state)
{
    struct scene *scene = new_scene(BYLAW_DIGEST_DAILY);

    (void)state;
    find(scene, "https://blog.test/a");
    sink_turn(scene->mail, SINK_MAIL_REFUSES);
    notify(scene, false, "mail failed 1; webhook sent 1; ");
    sink_turn(scene->mail, SINK_MAIL);
    notify(scene, false, "mail sent 1; webhook nothing 0; ");
    notify(scene, false, "mail nothing 0; webhook nothing 0; ");
    end_scene(scene);
}

static void test_notify__a_daily_mail_waits_for_its_day(void **state)
{
    struct scene *scene = new_scene(BYLAW_DIGEST_DAILY);

    (void)state;
    find(scene, "https://blog.test/a");
    notify(scene, false, "mail sent 1; webhook sent 1; ");
    find(scene, "https://blog.test/b");
    notify(scene, false, "mail waiting 1; webhook sent 1; ");
    scene->now_ms += 21 * HOUR;
    notify(scene, false, "mail sent 1; webhook nothing 0; ");
    end_scene(scene);
}

static void test_notify__sends_one_mail_a_case_where_asked(void **state)
{
    struct scene *scene = new_scene(BYLAW_DIGEST_EACH);

    (void)state;
    find(scene, "https://blog.test/a");
    find(scene, "https://blog.test/b");
    notify(scene, false, "mail sent 2; webhook sent 2; ");
    assert_int_equal(sink_count(scene->mail), 2);
    assert_int_equal(sink_count(scene->hook), 1);
    end_scene(scene);
}

static void test_notify__a_test_is_sent_and_not_recorded(void **state)
{
    struct scene *scene = new_scene(BYLAW_DIGEST_DAILY);

    (void)state;
    find(scene, "https://blog.test/a");
    notify(scene, true, "mail sent 1; webhook sent 1; ");
    assert_int_equal(number(&scene->ws, "SELECT count(*) FROM tellings"), 0);
    notify(scene, false, "mail sent 1; webhook sent 1; ");
    end_scene(scene);
}

static void test_notify__tells_of_an_alert_that_may_be_lost(void **state)
{
    struct scene *scene = new_scene(BYLAW_DIGEST_DAILY);
    struct bylaw_news *news = NULL;
    int64_t telling = 0;

    (void)state;
    find(scene, "https://blog.test/a");
    assert_int_equal(0, bylaw__store_news(&news, scene->ws.store, "mail",
                                          scene->now_ms, NULL));
    assert_int_equal(0, bylaw__store_telling_begin(&telling, scene->ws.store,
                                                   "mail", news, "m", NULL));
    bylaw_news_free(news);
    notify(scene, false, "mail nothing 0; webhook sent 1; ");
    assert_int_equal(scene->complaints, 1);
    notify(scene, false, "mail nothing 0; webhook nothing 0; ");
    assert_int_equal(scene->complaints, 1);
    end_scene(scene);
}

/* A file that is put in place anew is another one. */
static ino_t file_number(const char *path)
{
    struct stat st;

    assert_int_equal(0, stat(path, &st));
    return st.st_ino;
}

static void test_notify__leaves_a_feed_alone_that_did_not_change(void **state)
{
    struct scene *scene = new_scene(BYLAW_DIGEST_DAILY);
    ino_t before;

    (void)state;
    scene->config.mail.smtp = NULL;
    scene->config.webhook.url = NULL;
    scene->config.atom_file = scene->atom;
    scene->config.prometheus_file = scene->prometheus;
    find(scene, "https://blog.test/a");
    notify(scene, false, "atom written 0; prometheus written 0; ");
    before = file_number(scene->atom);
    scene->now_ms += DAY;
    notify(scene, false, "atom written 0; prometheus written 0; ");
    assert_true(file_number(scene->atom) == before);
    see(scene, "https://blog.test/a", "compliant");
    notify(scene, false, "atom written 0; prometheus written 0; ");
    assert_false(file_number(scene->atom) == before);
    scene->config.atom_file = "/nowhere/alerts.atom";
    notify(scene, false, "atom failed 0; prometheus written 0; ");
    end_scene(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notify__quiet_while_nothing_changes),
        cmocka_unit_test(test_notify__retries_the_channel_that_failed_alone),
        cmocka_unit_test(test_notify__a_daily_mail_waits_for_its_day),
        cmocka_unit_test(test_notify__sends_one_mail_a_case_where_asked),
        cmocka_unit_test(test_notify__a_test_is_sent_and_not_recorded),
        cmocka_unit_test(test_notify__tells_of_an_alert_that_may_be_lost),
        cmocka_unit_test(test_notify__leaves_a_feed_alone_that_did_not_change),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
