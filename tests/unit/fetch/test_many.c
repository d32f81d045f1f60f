/* SPDX-License-Identifier: Apache-2.0 */
/* Many fetches under way in one thread, good and bad, each as if alone. */
#include "unit/fetch/fetching.h"

#include "model/model.h"

#include <pthread.h>
#include <unistd.h>

/* Long enough for all that are begun at once, on a machine that has other work
 * besides; those that hang take it up whole, beside each other. */
#define TIMEOUT_MS 6000

static const struct bylaw__fetch_wait for_ever = {.ms = -1};

struct world {
    struct fault_server *server;
    bylaw__fetcher *fetcher;
};

static int open_world(void **state)
{
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges,
                                          .timeout_ms = TIMEOUT_MS};
    struct world *world = calloc(1, sizeof(*world));

    if (!world)
        return -1;
    *state = world;
    world->server = fault_server_start(FAULT_PLAIN, "127.0.0.1", 0,
                                       (struct bylaw_span){NULL, 0});
    world->fetcher = new_fetcher(&options, NULL);
    return world->server ? 0 : -1;
}

static int close_world(void **state)
{
    struct world *world = *state;

    bylaw__fetcher_free(world->fetcher);
    fault_server_stop(world->server);
    free(world);
    return 0;
}

static void start_at(struct world *world, const char *path, const void *tag)
{
    struct bylaw_error err = {0};
    char url[512];

    snprintf(url, sizeof(url), "http://127.0.0.1:%u%s",
             fault_server_port(world->server), path);
    if (bylaw__fetch_start(world->fetcher, url, NULL, (void *)(uintptr_t)tag,
                           &err))
        fail_msg("%s: %s: %s", url, err.id, err.what);
}

static struct bylaw_response *take(struct world *world, void **tag)
{
    struct bylaw_response *response = NULL;
    struct bylaw_error err = {0};

    if (bylaw__fetch_take(&response, tag, world->fetcher, &for_ever, &err))
        fail_msg("%s: %s", err.id, err.what);
    assert_non_null(response);
    return response;
}

/* Moves on a little; what ends meanwhile is of no interest. */
static void look(struct world *world)
{
    const struct bylaw__fetch_wait soon = {.ms = 10};
    struct bylaw_response *response = NULL;
    void *tag;

    assert_int_equal(bylaw__fetch_take(&response, &tag, world->fetcher, &soon,
                                       NULL),
                     0);
    bylaw_response_free(response);
}

static void look_until(struct world *world, unsigned connections)
{
    while (fault_server_connections(world->server) < connections)
        look(world);
}

/* --------------------------------------------------- one beside the other */

/* What each ends with where it is alone (test_fetch.c says more). */
static const struct one {
    const char *path;
    const char *id; /* NULL: a page */
    size_t hops;
} ones[] = {
    {"/ok", NULL, 1},
    {"/gzip", NULL, 1},
    {"/chunked", NULL, 1},
    {"/chain/302/9", NULL, 10},
    {"/to-ok-endless", NULL, 2},
    {"/interim", NULL, 1},
    {"/not-found", "fetch.http-status", 1},
    {"/closed", "fetch.cut-off", 1},
    {"/reset", "fetch.cut-off", 1},
    {"/too-long", "fetch.cut-off", 1},
    {"/gzip-cut/1", "fetch.cut-off", 1},
    {"/chunked-garbage", "fetch.cut-off", 1},
    {"/gzip-damaged", "fetch.encoding", 1},
    {"/bomb/0", "fetch.ratio", 1},
    {"/endless-line", "fetch.headers", 1},
    {"/interim-endless", "fetch.headers", 1},
    {"/trickle", "fetch.timeout", 1},
    {"/stalled", "fetch.timeout", 1},
    {"/mute", "fetch.timeout", 1},
    {"/loop", "fetch.redirects", 11},
    {"/to-file", "fetch.redirect-target", 1},
    {"/to-private", "fetch.private-address", 2},
    {"/to-metadata", "fetch.private-address", 2},
    {"/not-http", "fetch.protocol", 1},
    {"/nul-inside", "fetch.protocol", 1},
};

#define TIMES 4

static void check_one(struct bylaw_response *response, const struct one *one)
{
    check_refusal(response, one->id);
    assert_non_null(strstr(response->url, one->path));
    assert_int_equal(response->hop_count, one->hops);
    if (!one->id)
        assert_true(response->body.len > 0);
    bylaw_response_free(response);
}

static void test_fetches__end_beside_each_other_as_they_do_alone(void **state)
{
    struct world *world = *state;
    unsigned seen[COUNT(ones)] = {0};

    for (size_t i = 0; i < TIMES * COUNT(ones); i++)
        start_at(world, ones[i % COUNT(ones)].path, &ones[i % COUNT(ones)]);
    for (size_t left = TIMES * COUNT(ones); left; left--) {
        void *tag;
        struct bylaw_response *response;

        assert_int_equal(bylaw__fetch_count(world->fetcher), left);
        response = take(world, &tag);
        seen[(const struct one *)tag - ones]++;
        check_one(response, tag);
    }
    for (size_t i = 0; i < COUNT(ones); i++)
        assert_int_equal(seen[i], TIMES);
    assert_int_equal(bylaw__fetch_count(world->fetcher), 0);
}

static void test_fetch__comes_while_others_hang(void **state)
{
    struct world *world = *state;
    void *tag;

    start_at(world, "/mute", "hangs");
    start_at(world, "/stalled", "hangs");
    start_at(world, "/ok", "comes");
    check_one(take(world, &tag), &ones[0]);
    assert_string_equal(tag, "comes");
    assert_int_equal(bylaw__fetch_count(world->fetcher), 2);
}

static void test_fetch__of_one_waits_for_its_own_alone(void **state)
{
    struct world *world = *state;
    char url[64];
    void *tag;

    start_at(world, "/ok", "first");
    start_at(world, "/mute", "hangs");
    snprintf(url, sizeof(url), "http://127.0.0.1:%u/gzip",
             fault_server_port(world->server));
    check_one(fetch(world->fetcher, url), &ones[1]);
    assert_int_equal(bylaw__fetch_count(world->fetcher), 2);
    check_one(take(world, &tag), &ones[0]);
    assert_string_equal(tag, "first");
}

static void test_fetch__of_an_address_that_is_none_is_a_response(void **state)
{
    struct world *world = *state;
    struct bylaw_response *response;
    void *tag;

    assert_int_equal(bylaw__fetch_start(world->fetcher, "ftp://a.example/",
                                        NULL, world, NULL),
                     0);
    response = take(world, &tag);
    assert_ptr_equal(tag, world);
    check_refusal(response, "url.scheme");
    bylaw_response_free(response);
}

/* What was given may go away as soon as the fetch is begun. */
static void test_fetch__keeps_copies_of_what_it_is_to_say(void **state)
{
    struct world *world = *state;
    char url[64], key[] = "X-Key: abc", tag_text[] = "\"v1\"";
    struct bylaw__fetch_extra extra = {.etag = tag_text, .header = key};
    struct bylaw_response *response;
    void *tag;

    snprintf(url, sizeof(url), "http://127.0.0.1:%u/echo",
             fault_server_port(world->server));
    assert_int_equal(bylaw__fetch_start(world->fetcher, url, &extra, NULL,
                                        NULL),
                     0);
    memset(url, 'x', sizeof(url) - 1);
    memset(key, 'x', sizeof(key) - 1);
    memset(tag_text, 'x', sizeof(tag_text) - 1);
    memset(&extra, 0, sizeof(extra));
    response = take(world, &tag);
    assert_non_null(strstr(response->body.ptr, "X-Key: abc\r\n"));
    assert_non_null(strstr(response->body.ptr, "If-None-Match: \"v1\"\r\n"));
    bylaw_response_free(response);
}

/* --------------------------------------------------------- how many ------ */

static void check_most(struct world *world, unsigned count, unsigned at_once)
{
    unsigned before = fault_server_connections(world->server);

    for (unsigned i = 0; i < count; i++)
        start_at(world, "/mute", i ? "others" : "first");
    look_until(world, before + at_once);
    for (int i = 0; i < 5; i++)
        look(world);
    assert_int_equal(fault_server_connections(world->server), before + at_once);
    bylaw__fetch_cancel(world->fetcher, "first");
    look_until(world, before + count);
    bylaw__fetch_cancel(world->fetcher, "others");
    assert_int_equal(bylaw__fetch_count(world->fetcher), 0);
}

static void test_fetches__beyond_the_ceiling_wait_for_their_turn(void **state)
{
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges,
                                          .timeout_ms = 60000};
    struct world *world = *state;
    struct world patient = {world->server, new_fetcher(&options, NULL)};
    unsigned most = BYLAW_LIMIT_FETCHES;

    check_most(&patient, most - 1, most - 1);
    check_most(&patient, most, most);
    check_most(&patient, most + 1, most);
    bylaw__fetcher_free(patient.fetcher);
}

/* ------------------------------------------------------- giving them up -- */

static void test_cancel__leaves_the_others_alone(void **state)
{
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges,
                                          .timeout_ms = 60000};
    struct world *world = *state;
    struct world patient = {world->server, new_fetcher(&options, NULL)};
    unsigned good = 0;

    /* What is given up must not end by itself first, however slow the day. */
    for (unsigned i = 0; i < 20; i++) {
        start_at(&patient, "/stalled", "stalled");
        start_at(&patient, "/trickle", "trickling");
        start_at(&patient, "/ok", "good");
    }
    while (bylaw__fetch_count(patient.fetcher)) {
        void *tag;

        check_one(take(&patient, &tag), &ones[0]);
        assert_string_equal(tag, "good");
        if (good++)
            continue;
        bylaw__fetch_cancel(patient.fetcher, "stalled");
        bylaw__fetch_cancel(patient.fetcher, "nobody");
        bylaw__fetch_cancel(patient.fetcher, "trickling");
        assert_int_equal(bylaw__fetch_count(patient.fetcher), 19);
    }
    assert_int_equal(good, 20);
    bylaw__fetcher_free(patient.fetcher);
}

static void test_free__gives_up_whatever_is_under_way(void **state)
{
    for (size_t i = 0; i < TIMES * COUNT(ones); i++)
        start_at(*state, ones[i % COUNT(ones)].path, NULL);
    look_until(*state, 30);
    /* close_world frees the fetcher; under VARIANT=asan nothing may leak. */
}

/* ---------------------------------------------------- what else ends it -- */

static void *wake(void *payload)
{
    struct world *world = payload;

    bylaw__fetch_wake(world->fetcher);
    return NULL;
}

static void wait_for_nothing(struct world *world)
{
    struct bylaw_response *response = NULL;
    void *tag;

    assert_int_equal(bylaw__fetch_take(&response, &tag, world->fetcher,
                                       &for_ever, NULL),
                     0);
    assert_null(response);
    assert_null(tag);
}

static void test_wake__ends_a_wait_from_another_thread(void **state)
{
    struct world *world = *state;
    pthread_t thread;

    assert_int_equal(pthread_create(&thread, NULL, wake, world), 0);
    wait_for_nothing(world);
    pthread_join(thread, NULL);
}

static void test_wake__is_not_lost_where_nobody_waits_yet(void **state)
{
    struct world *world = *state;
    char url[64];

    bylaw__fetch_wake(world->fetcher);
    bylaw__fetch_wake(world->fetcher);
    wait_for_nothing(world);
    bylaw__fetch_wake(world->fetcher);
    snprintf(url, sizeof(url), "http://127.0.0.1:%u/ok",
             fault_server_port(world->server));
    check_one(fetch(world->fetcher, url), &ones[0]);
    wait_for_nothing(world);
}

static void test_take__returns_for_a_descriptor_of_the_callers(void **state)
{
    struct world *world = *state;
    struct bylaw_response *response = NULL;
    struct pollfd others[2];
    struct bylaw__fetch_wait wait = {-1, others, COUNT(others)};
    int idle[2], ready[2];
    void *tag;

    assert_int_equal(pipe(idle), 0);
    assert_int_equal(pipe(ready), 0);
    others[0] = (struct pollfd){idle[0], POLLIN, POLLIN};
    others[1] = (struct pollfd){ready[0], POLLIN, 0};
    start_at(world, "/mute", NULL);
    assert_int_equal(write(ready[1], "x", 1), 1);
    assert_int_equal(bylaw__fetch_take(&response, &tag, world->fetcher, &wait,
                                       NULL),
                     0);
    assert_null(response);
    assert_int_equal(others[0].revents, 0);
    assert_int_equal(others[1].revents, POLLIN);
    for (int i = 0; i < 2; i++) {
        close(idle[i]);
        close(ready[i]);
    }
}

/* A response at hand does not hide that a process has answered. */
static void test_take__looks_at_descriptors_beside_a_response(void **state)
{
    struct world *world = *state;
    struct bylaw_response *response = NULL;
    struct pollfd other;
    struct bylaw__fetch_wait wait = {-1, &other, 1};
    int ready[2];
    void *tag;

    assert_int_equal(pipe(ready), 0);
    assert_int_equal(write(ready[1], "x", 1), 1);
    other = (struct pollfd){ready[0], POLLIN, 0};
    start_at(world, "/ok", world);
    start_at(world, "/ok", world);
    while (!response) {
        assert_int_equal(bylaw__fetch_take(&response, &tag, world->fetcher,
                                           &wait, NULL),
                         0);
        assert_int_equal(other.revents, POLLIN);
    }
    bylaw_response_free(response);
    close(ready[0]);
    close(ready[1]);
}

/* ----------------------------------------------------------- transports -- */

static int replay_number(struct bylaw_response **out, void *payload,
                         const char *url, struct bylaw_error *err)
{
    unsigned *asked = payload;

    ++*asked;
    if (strstr(url, "/gone"))
        return bylaw__fail(err, BYLAW_EIO, "file.unreadable", url,
                           "it is gone");
    return bylaw__response_from_bytes(out, url, url, bylaw__span_of(url),
                                      "text/plain", 0, err);
}

static void test_transport__serves_many_as_well(void **state)
{
    static const char *const urls[] = {"http://a.example/1",
                                       "http://a.example/gone",
                                       "http://a.example/2"};
    unsigned asked = 0;
    struct bylaw_transport transport = {replay_number, &asked};
    struct bylaw_fetch_options options = {0};
    struct world world = {NULL, new_fetcher(&options, &transport)};

    (void)state;
    for (size_t i = 0; i < COUNT(urls); i++)
        assert_int_equal(bylaw__fetch_start(world.fetcher, urls[i], NULL,
                                            (void *)(uintptr_t)urls[i], NULL),
                         0);
    assert_int_equal(asked, 0);
    for (size_t i = 0; i < COUNT(urls); i++) {
        struct bylaw_response *response = NULL;
        struct bylaw_error err = {0};
        void *tag;
        int rc =
            bylaw__fetch_take(&response, &tag, world.fetcher, &for_ever, &err);

        assert_ptr_equal(tag, urls[i]);
        assert_int_equal(rc, i == 1 ? BYLAW_EIO : 0);
        if (rc)
            assert_string_equal(err.id, "file.unreadable");
        else
            assert_string_equal(response->body.ptr, urls[i]);
        bylaw_response_free(response);
    }
    assert_int_equal(bylaw__fetch_count(world.fetcher), 0);
    bylaw__fetcher_free(world.fetcher);
}

#define WORLDLY(test)                                                          \
    cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLDLY(test_fetches__end_beside_each_other_as_they_do_alone),
        WORLDLY(test_fetch__comes_while_others_hang),
        WORLDLY(test_fetch__of_one_waits_for_its_own_alone),
        WORLDLY(test_fetch__of_an_address_that_is_none_is_a_response),
        WORLDLY(test_fetch__keeps_copies_of_what_it_is_to_say),
        WORLDLY(test_fetches__beyond_the_ceiling_wait_for_their_turn),
        WORLDLY(test_cancel__leaves_the_others_alone),
        WORLDLY(test_free__gives_up_whatever_is_under_way),
        WORLDLY(test_wake__ends_a_wait_from_another_thread),
        WORLDLY(test_wake__is_not_lost_where_nobody_waits_yet),
        WORLDLY(test_take__returns_for_a_descriptor_of_the_callers),
        WORLDLY(test_take__looks_at_descriptors_beside_a_response),
        cmocka_unit_test(test_transport__serves_many_as_well),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
