/* SPDX-License-Identifier: Apache-2.0 */
/* Names that hang, are dead, or mean another address each time. */
#include "unit/fetch/fetching.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <time.h>

/* ------------------------------------------------------- the resolver ----
 * These stand in for the system's: libcurl, which calls them from threads of
 * its own, finds the program's first.
 */

static atomic_int resolving; /* calls that have not come back */
static atomic_int asked; /* for a name that means another address each time */
static atomic_bool may_end; /* those that hang come back */

static int answer(struct addrinfo **out, const char *address, const char *port)
{
    struct addrinfo *info = calloc(1, sizeof(*info));
    struct sockaddr_in *at = calloc(1, sizeof(*at));

    if (!info || !at)
        abort();
    at->sin_family = AF_INET;
    at->sin_port = htons((uint16_t)strtoul(port, NULL, 10));
    inet_pton(AF_INET, address, &at->sin_addr);
    info->ai_family = AF_INET;
    info->ai_socktype = SOCK_STREAM;
    info->ai_addr = (struct sockaddr *)at;
    info->ai_addrlen = sizeof(*at);
    *out = info;
    return 0;
}

static int hang(void)
{
    struct timespec tick = {0, 5000000};

    while (!may_end)
        nanosleep(&tick, NULL);
    return EAI_AGAIN;
}

static int resolve(struct addrinfo **out, const char *name, const char *port)
{
    if (!strcmp(name, "hangs.example"))
        return hang();
    if (!strcmp(name, "good.example"))
        return answer(out, "127.0.0.1", port);
    if (!strcmp(name, "rebinds.example"))
        return answer(out, asked++ ? "10.0.0.1" : "127.0.0.1", port);
    return EAI_NONAME;
}

/* The tests are built with symbols hidden, which libcurl must see. */
#define SEEN __attribute__((visibility("default")))

SEEN int getaddrinfo(const char *name, const char *service,
                     const struct addrinfo *hints, struct addrinfo **out)
{
    int rc;

    (void)hints;
    resolving++;
    rc = resolve(out, name, service);
    resolving--;
    return rc;
}

SEEN void freeaddrinfo(struct addrinfo *info)
{
    while (info) {
        struct addrinfo *next = info->ai_next;

        free(info->ai_addr);
        free(info);
        info = next;
    }
}

/* ---------------------------------------------------------- the world --- */

struct world {
    struct fault_server *server;
    bylaw__fetcher *fetcher;
};

static bylaw__fetcher *fetcher_within(unsigned timeout_ms)
{
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges,
                                          .timeout_ms = timeout_ms};

    return new_fetcher(&options, NULL);
}

static int open_world(void **state)
{
    struct world *world = calloc(1, sizeof(*world));

    if (!world)
        return -1;
    *state = world;
    may_end = false;
    asked = 0;
    world->server = fault_server_start(FAULT_PLAIN, "127.0.0.1", 0,
                                       (struct bylaw_span){NULL, 0});
    world->fetcher = fetcher_within(20000);
    return world->server ? 0 : -1;
}

static int close_world(void **state)
{
    struct world *world = *state;
    struct timespec tick = {0, 5000000};

    bylaw__fetcher_free(world->fetcher);
    may_end = true;
    while (resolving)
        nanosleep(&tick, NULL);
    /* The thread behind the call lets go of what it has a moment later. */
    for (int i = 0; i < 20; i++)
        nanosleep(&tick, NULL);
    fault_server_stop(world->server);
    free(world);
    return 0;
}

static void make_url(char url[128], const struct world *world, const char *host,
                     const char *path)
{
    snprintf(url, 128, "http://%s:%u%s", host, fault_server_port(world->server),
             path);
}

static void start(struct world *world, const char *host, const char *tag)
{
    char url[128];

    make_url(url, world, host, "/ok");
    assert_int_equal(bylaw__fetch_start(world->fetcher, url, NULL,
                                        (void *)(uintptr_t)tag, NULL),
                     0);
}

static struct bylaw_response *take(struct world *world, const char *tag)
{
    static const struct bylaw__fetch_wait for_ever = {.ms = -1};
    struct bylaw_response *response = NULL;
    void *got;

    assert_int_equal(bylaw__fetch_take(&response, &got, world->fetcher,
                                       &for_ever, NULL),
                     0);
    assert_non_null(response);
    assert_string_equal(got, tag);
    return response;
}

static void check_taken(struct world *world, const char *tag, const char *id)
{
    struct bylaw_response *response = take(world, tag);

    check_refusal(response, id);
    bylaw_response_free(response);
}

/* A thread may take its time to begin; none comes back by itself. */
static void check_resolving(int count)
{
    struct timespec tick = {0, 5000000};

    while (resolving < count)
        nanosleep(&tick, NULL);
    assert_int_equal(resolving, count);
}

static void test_names__that_hang_hold_up_nobody(void **state)
{
    struct world *world = *state;

    for (int i = 0; i < 3; i++)
        start(world, "hangs.example", "hangs");
    for (int i = 0; i < 5; i++)
        start(world, "good.example", "good");
    for (int i = 0; i < 5; i++)
        check_taken(world, "good", NULL);
    assert_int_equal(bylaw__fetch_count(world->fetcher), 3);
    check_resolving(3);
}

/* Were it waited for, the call could not be under way any more. */
static void test_names__that_hang_are_given_up_without_waiting(void **state)
{
    struct world *world = *state;

    start(world, "hangs.example", "hangs");
    start(world, "good.example", "good");
    check_taken(world, "good", NULL);
    check_resolving(1);
    bylaw__fetch_cancel(world->fetcher, "hangs");
    check_resolving(1);

    bylaw__fetcher_free(world->fetcher);
    world->fetcher = fetcher_within(300);
    start(world, "hangs.example", "slow");
    check_taken(world, "slow", "fetch.timeout");
    check_resolving(2);
}

static void test_names__that_are_dead_are_told_as_such(void **state)
{
    struct world *world = *state;

    start(world, "dead.example", "dead");
    check_taken(world, "dead", "fetch.dns");
    for (int i = 0; i < 3; i++)
        start(world, "dead.example", "dead");
    for (int i = 0; i < 3; i++)
        check_taken(world, "dead", "fetch.dns");
    start(world, "good.example", "good");
    check_taken(world, "good", NULL);
}

/* The name was good when somebody looked at it first. What counts is the
 * address that a socket is opened to. */
static void test_names__that_are_bound_anew_are_checked_anew(void **state)
{
    struct world *world = *state;
    unsigned before = fault_server_connections(world->server);

    start(world, "rebinds.example", "first");
    check_taken(world, "first", NULL);
    bylaw__fetcher_free(world->fetcher);
    world->fetcher = fetcher_within(20000);
    start(world, "rebinds.example", "second");
    check_taken(world, "second", "fetch.private-address");
    assert_int_equal(asked, 2);
    assert_int_equal(fault_server_connections(world->server), before + 1);
}

static void test_names__are_checked_behind_a_redirect(void **state)
{
    struct world *world = *state;
    struct bylaw_response *response;
    char target[128], path[192], url[256];

    asked = 1;
    make_url(target, world, "rebinds.example", "/ok");
    snprintf(path, sizeof(path), "/to/%s", target);
    snprintf(url, sizeof(url), "http://good.example:%u%s",
             fault_server_port(world->server), path);
    response = fetch(world->fetcher, url);
    check_refusal(response, "fetch.private-address");
    assert_int_equal(response->hop_count, 2);
    assert_string_equal(response->refusal.where, target);
    assert_null(response->hops[1].address);
    bylaw_response_free(response);
}

#define WORLDLY(test)                                                          \
    cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLDLY(test_names__that_hang_hold_up_nobody),
        WORLDLY(test_names__that_hang_are_given_up_without_waiting),
        WORLDLY(test_names__that_are_dead_are_told_as_such),
        WORLDLY(test_names__that_are_bound_anew_are_checked_anew),
        WORLDLY(test_names__are_checked_behind_a_redirect),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
