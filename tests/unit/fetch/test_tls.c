/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates are checked, and signals left alone. */
#include "unit/fetch/fetching.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#define TIMEOUT_MS 2000

/* A file of its own for a certificate; the caller unlinks it. */
static void write_certificate(char path[32], const struct fault_server *server)
{
    const char *pem = fault_server_pem(server);
    size_t len = strlen(pem);
    int fd;

    strcpy(path, "/tmp/bylaw-test-XXXXXX");
    fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, pem, len), len);
    close(fd);
}

/* Fetches from a server of that identity, whose certificate is trusted where
 * is_trusted; the host it is asked for may be routed. */
static void check_identity(enum fault_identity identity, bool is_trusted,
                           const char *host, const char *id, const char *why)
{
    struct fault_server *server =
        fault_server_start(identity, "127.0.0.1", 0,
                           (struct bylaw_span){NULL, 0});
    char url[128], route[128], path[32];
    const char *const routes[] = {route, NULL};
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges,
                                          .connect_to = routes,
                                          .timeout_ms = TIMEOUT_MS};
    struct bylaw_response *response;
    bylaw__fetcher *fetcher;

    assert_non_null(server);
    write_certificate(path, server);
    if (is_trusted)
        options.ca_file = path;
    snprintf(url, sizeof(url), "https://%s:%u/ok", host,
             fault_server_port(server));
    snprintf(route, sizeof(route), "%s:%u:127.0.0.1:%u", host,
             fault_server_port(server), fault_server_port(server));
    fetcher = new_fetcher(&options, NULL);
    response = fetch(fetcher, url);
    unlink(path);
    check_refusal(response, id);
    if (!strstr(response->refusal.what, why))
        fail_msg("'%s' does not say '%s'", response->refusal.what, why);
    assert_int_equal(response->body.len == 0, id != NULL);
    bylaw_response_free(response);
    bylaw__fetcher_free(fetcher);
    fault_server_stop(server);
}

static void test_tls__trusts_only_what_it_was_told_to(void **state)
{
    (void)state;
    check_identity(FAULT_SELF_SIGNED, true, "localhost", NULL, "");
    check_identity(FAULT_SELF_SIGNED, true, "127.0.0.1", NULL, "");
    check_identity(FAULT_SELF_SIGNED, true, "site.example", NULL, "");
    check_identity(FAULT_SELF_SIGNED, true, "a.site.example", NULL, "");
    check_identity(FAULT_SELF_SIGNED, false, "localhost", "fetch.tls",
                   "certificate");
}

static void test_tls__refuses_a_certificate_for_another_host(void **state)
{
    (void)state;
    check_identity(FAULT_WRONG_HOST, true, "elsewhere.example", NULL, "");
    check_identity(FAULT_WRONG_HOST, true, "localhost", "fetch.tls",
                   "localhost");
    check_identity(FAULT_SELF_SIGNED, true, "a.b.site.example", "fetch.tls",
                   "a.b.site.example");
}

static void test_tls__refuses_a_certificate_that_has_run_out(void **state)
{
    (void)state;
    check_identity(FAULT_EXPIRED, true, "localhost", "fetch.tls", "expired");
}

static void test_tls__fails_clearly_on_a_plain_port(void **state)
{
    (void)state;
    check_identity(FAULT_PLAIN, false, "localhost", "fetch.tls", "handshake");
}

static struct bylaw_response *fetch_plainly(const struct fault_server *server,
                                            bylaw__fetcher *fetcher,
                                            const char *scheme,
                                            const char *path)
{
    char url[128];

    snprintf(url, sizeof(url), "%s://127.0.0.1:%u%s", scheme,
             fault_server_port(server), path);
    return fetch(fetcher, url);
}

static void test_tls__is_not_given_up_for_a_plain_connection(void **state)
{
    struct fault_server *server =
        fault_server_start(FAULT_SELF_SIGNED, "127.0.0.1", 0,
                           (struct bylaw_span){NULL, 0});
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges,
                                          .timeout_ms = TIMEOUT_MS};
    bylaw__fetcher *fetcher = new_fetcher(&options, NULL);
    struct bylaw_response *response;

    (void)state;
    assert_non_null(server);
    response = fetch_plainly(server, fetcher, "http", "/ok");
    check_refusal(response, "fetch.cut-off");
    bylaw_response_free(response);
    bylaw__fetcher_free(fetcher);
    fault_server_stop(server);
}

static void test_tls__fails_clearly_without_its_bundle(void **state)
{
    struct fault_server *server =
        fault_server_start(FAULT_SELF_SIGNED, "127.0.0.1", 0,
                           (struct bylaw_span){NULL, 0});
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges,
                                          .ca_file = "/nowhere/ca.pem",
                                          .timeout_ms = TIMEOUT_MS};
    bylaw__fetcher *fetcher = new_fetcher(&options, NULL);
    struct bylaw_response *response;

    (void)state;
    assert_non_null(server);
    response = fetch_plainly(server, fetcher, "https", "/ok");
    check_refusal(response, "fetch.ca-file");
    bylaw_response_free(response);
    bylaw__fetcher_free(fetcher);
    fault_server_stop(server);
}

/* ------------------------------------------------ beside each other ---- */

static const struct host {
    enum fault_identity identity;
    const char *id; /* where its own certificate is trusted */
} hosts[] = {
    {FAULT_SELF_SIGNED, NULL},
    {FAULT_WRONG_HOST, "fetch.tls"},
    {FAULT_EXPIRED, "fetch.tls"},
    {FAULT_PLAIN, "fetch.tls"},
};

#define HOSTS (sizeof(hosts) / sizeof(hosts[0]))
#define TIMES 5

static void add_certificate(const char *path, const struct fault_server *server)
{
    FILE *file = fopen(path, "a");

    assert_non_null(file);
    assert_true(fputs(fault_server_pem(server), file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void start_all(bylaw__fetcher *fetcher,
                      struct fault_server *const servers[HOSTS])
{
    for (size_t i = 0; i < TIMES * HOSTS; i++) {
        size_t which = i % HOSTS;
        char url[64];

        snprintf(url, sizeof(url), "https://localhost:%u/ok",
                 fault_server_port(servers[which]));
        assert_int_equal(bylaw__fetch_start(fetcher, url, NULL,
                                            (void *)(uintptr_t)&hosts[which],
                                            NULL),
                         0);
    }
}

static void test_tls__bad_hosts_do_not_disturb_good_ones(void **state)
{
    static const struct bylaw__fetch_wait for_ever = {.ms = -1};
    char path[32] = "/tmp/bylaw-test-XXXXXX";
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges,
                                          .ca_file = path};
    struct fault_server *servers[HOSTS];
    bylaw__fetcher *fetcher;

    (void)state;
    close(mkstemp(path));
    for (size_t i = 0; i < HOSTS; i++) {
        servers[i] = fault_server_start(hosts[i].identity, "127.0.0.1", 0,
                                        (struct bylaw_span){NULL, 0});
        assert_non_null(servers[i]);
        add_certificate(path, servers[i]);
    }
    fetcher = new_fetcher(&options, NULL);
    start_all(fetcher, servers);
    for (size_t i = 0; i < TIMES * HOSTS; i++) {
        struct bylaw_response *response = NULL;
        void *tag;

        assert_int_equal(bylaw__fetch_take(&response, &tag, fetcher, &for_ever,
                                           NULL),
                         0);
        check_refusal(response, ((const struct host *)tag)->id);
        bylaw_response_free(response);
    }
    bylaw__fetcher_free(fetcher);
    for (size_t i = 0; i < HOSTS; i++)
        fault_server_stop(servers[i]);
    unlink(path);
}

/* SIGPIPE is held back during a request: one that was there before stays. */
static void test_fetch__leaves_the_programs_own_signals_alone(void **state)
{
    struct fault_server *server =
        fault_server_start(FAULT_PLAIN, "127.0.0.1", 0,
                           (struct bylaw_span){NULL, 0});
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges,
                                          .timeout_ms = TIMEOUT_MS};
    bylaw__fetcher *fetcher = new_fetcher(&options, NULL);
    sigset_t blocked, pending;

    (void)state;
    assert_non_null(server);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &blocked, NULL);
    signal(SIGPIPE, SIG_DFL);
    pthread_kill(pthread_self(), SIGPIPE);
    bylaw_response_free(fetch_plainly(server, fetcher, "http", "/ok"));
    sigpending(&pending);
    assert_true(sigismember(&pending, SIGPIPE));
    signal(SIGPIPE, SIG_IGN); /* which drops the pending one */
    signal(SIGPIPE, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &blocked, NULL);
    bylaw__fetcher_free(fetcher);
    fault_server_stop(server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tls__trusts_only_what_it_was_told_to),
        cmocka_unit_test(test_tls__refuses_a_certificate_for_another_host),
        cmocka_unit_test(test_tls__refuses_a_certificate_that_has_run_out),
        cmocka_unit_test(test_tls__fails_clearly_on_a_plain_port),
        cmocka_unit_test(test_tls__is_not_given_up_for_a_plain_connection),
        cmocka_unit_test(test_tls__fails_clearly_without_its_bundle),
        cmocka_unit_test(test_tls__bad_hosts_do_not_disturb_good_ones),
        cmocka_unit_test(test_fetch__leaves_the_programs_own_signals_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
