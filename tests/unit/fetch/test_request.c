/* SPDX-License-Identifier: Apache-2.0 */
/* What a request says of itself, and what it keeps to itself. */
#include "unit/fetch/fetching.h"

#include <sys/stat.h>
#include <unistd.h>

#define TIMEOUT_MS 2000
#define KEY        "X-Key: secret"

struct world {
    struct fault_server *server;
    bylaw__fetcher *fetcher;
    char base[64], other[64]; /* the same server under two names */
};

static int open_world(void **state)
{
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges,
                                          .user_agent = "test/1 (+contact)",
                                          .timeout_ms = TIMEOUT_MS};
    struct world *world = calloc(1, sizeof(*world));

    if (!world)
        return -1;
    *state = world;
    world->fetcher = new_fetcher(&options, NULL);
    world->server = fault_server_start(FAULT_PLAIN, "127.0.0.1", 0,
                                       (struct bylaw_span){NULL, 0});
    if (!world->server)
        return -1;
    snprintf(world->base, sizeof(world->base), "http://127.0.0.1:%u",
             fault_server_port(world->server));
    snprintf(world->other, sizeof(world->other), "http://localhost:%u",
             fault_server_port(world->server));
    return 0;
}

static int close_world(void **state)
{
    struct world *world = *state;

    bylaw__fetcher_free(world->fetcher);
    fault_server_stop(world->server);
    free(world);
    return 0;
}

/* Fetches path, by way of a redirect where via is given. */
static struct bylaw_response *ask(struct world *world, const char *via,
                                  const char *path,
                                  const struct bylaw__fetch_extra *extra)
{
    struct bylaw_response *response = NULL;
    struct bylaw_error err = {0};
    char url[256];

    snprintf(url, sizeof(url), "%s%s%s%s", world->base, via ? "/to/" : "",
             via ? via : "", path);
    if (bylaw__fetch_with(&response, world->fetcher, url, extra, &err))
        fail_msg("%s: %s: %s", url, err.id, err.what);
    return response;
}

/* Whether the last request, echoed, said it; the response is freed. */
static bool was_said(struct bylaw_response *response, const char *text)
{
    bool found;

    check_refusal(response, NULL);
    found = bylaw__span_find_nocase(response->body, bylaw__span_of(text)) !=
            SIZE_MAX;
    bylaw_response_free(response);
    return found;
}

static void test_request__says_who_asks_and_for_what(void **state)
{
    struct bylaw_response *response = ask(*state, NULL, "/echo#part", NULL);

    assert_true(was_said(response, "User-Agent: test/1 (+contact)\r\n"));
    response = ask(*state, NULL, "/echo", NULL);
    assert_true(was_said(response, "Accept-Encoding: gzip, deflate\r\n"));
}

static void test_request__never_says_a_cookie(void **state)
{
    struct world *world = *state;

    assert_false(was_said(ask(world, world->base, "/echo", NULL), "cookie"));
    assert_false(was_said(ask(world, NULL, "/echo", NULL), "cookie"));
}

/* A password of the user's own is nobody's business: ~/.netrc is not read. */
static void test_request__takes_no_password_from_the_home(void **state)
{
    char home[] = "/tmp/bylaw-test-XXXXXX", path[64];
    const char *before = getenv("HOME");
    FILE *file;

    assert_non_null(mkdtemp(home));
    snprintf(path, sizeof(path), "%s/.netrc", home);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("machine 127.0.0.1 login user password word\n", file);
    fclose(file);
    before = before ? strdup(before) : NULL;
    setenv("HOME", home, 1);
    assert_false(was_said(ask(*state, NULL, "/echo", NULL), "authorization"));
    if (before)
        setenv("HOME", before, 1);
    free((void *)(uintptr_t)before);
    unlink(path);
    rmdir(home);
}

static void test_validators__are_said_to_the_first_address_alone(void **state)
{
    struct world *world = *state;
    struct bylaw__fetch_extra extra = {.etag = "\"abc\"",
                                       .last_modified =
                                           "Tue, 16 May 2023 00:00:00 GMT"};

    assert_true(was_said(ask(world, NULL, "/echo", &extra),
                         "If-None-Match: \"abc\"\r\n"));
    assert_true(was_said(ask(world, NULL, "/echo", &extra),
                         "If-Modified-Since: Tue, 16 May 2023"));
    assert_false(was_said(ask(world, world->base, "/echo", &extra), "If-"));
}

static void check_status(struct world *world, const char *via,
                         const struct bylaw__fetch_extra *extra, const char *id)
{
    struct bylaw_response *response = ask(world, via, "/status/304", extra);

    check_refusal(response, id);
    assert_int_equal(response->status, 304);
    bylaw_response_free(response);
}

static void test_not_modified__is_an_answer_only_where_it_was_asked(void **s)
{
    struct world *world = *s;
    struct bylaw__fetch_extra extra = {.etag = "\"abc\""};

    check_status(world, NULL, &extra, NULL);
    check_status(world, NULL, NULL, "fetch.http-status");
    check_status(world, world->base, &extra, "fetch.http-status");
}

static void test_key__is_said_to_the_first_authority_alone(void **state)
{
    struct world *world = *state;
    struct bylaw__fetch_extra extra = {.header = KEY};

    assert_true(was_said(ask(world, NULL, "/echo", &extra), KEY));
    assert_true(was_said(ask(world, world->base, "/echo", &extra), KEY));
    assert_false(was_said(ask(world, world->other, "/echo", &extra), KEY));
    assert_false(was_said(ask(world, NULL, "/echo", NULL), KEY));
}

static void test_extra__with_a_line_break_is_left_out(void **state)
{
    struct bylaw__fetch_extra extra = {.etag = "\"a\"\r\nX-Forged: yes"};

    assert_false(was_said(ask(*state, NULL, "/echo", &extra), "forged"));
}

static bool follow_nothing(void *payload, const bylaw_url *next)
{
    snprintf(payload, 128, "%s", bylaw_url_href(next));
    return false;
}

static void test_redirect__is_held_where_the_caller_says(void **state)
{
    struct world *world = *state;
    char asked[128] = "", want[128];
    struct bylaw__fetch_extra extra = {.may_follow = follow_nothing,
                                       .payload = asked};
    struct bylaw_response *response = ask(world, world->base, "/ok", &extra);

    snprintf(want, sizeof(want), "%s/ok", world->base);
    check_refusal(response, "fetch.redirect-held");
    assert_string_equal(asked, want);
    assert_int_equal(response->hop_count, 1);
    assert_int_equal(response->status, 302);
    bylaw_response_free(response);
}

static void test_retry_after__is_read_from_a_refusal(void **state)
{
    struct bylaw_response *response = ask(*state, NULL, "/busy", NULL);

    check_refusal(response, "fetch.http-status");
    assert_int_equal(response->retry_after_ms, 120000);
    bylaw_response_free(response);
}

#define WORLDLY(test)                                                          \
    cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLDLY(test_request__says_who_asks_and_for_what),
        WORLDLY(test_request__never_says_a_cookie),
        WORLDLY(test_request__takes_no_password_from_the_home),
        WORLDLY(test_validators__are_said_to_the_first_address_alone),
        WORLDLY(test_not_modified__is_an_answer_only_where_it_was_asked),
        WORLDLY(test_key__is_said_to_the_first_authority_alone),
        WORLDLY(test_extra__with_a_line_break_is_left_out),
        WORLDLY(test_redirect__is_held_where_the_caller_says),
        WORLDLY(test_retry_after__is_read_from_a_refusal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
