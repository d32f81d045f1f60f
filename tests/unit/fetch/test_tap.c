/* SPDX-License-Identifier: Apache-2.0 */
/* What goes over the wire is kept as it went, and nothing of a key with it. */
#include "unit/fetch/fetching.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <unistd.h>

#define TIMEOUT_MS 2000
#define KEY        "X-Subscription-Token: top-secret"

static bool has(struct bylaw_span bytes, const char *text)
{
    return bylaw__span_find(bytes, bylaw__span_of(text)) != SIZE_MAX;
}

struct world {
    struct fault_server *server;
    bylaw__fetcher *fetcher;
    char ca[32];
};

static struct world *new_world(enum fault_identity identity)
{
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges,
                                          .user_agent = "tester/1",
                                          .timeout_ms = TIMEOUT_MS};
    struct world *world = calloc(1, sizeof(*world));
    const char *pem;
    int fd;

    assert_non_null(world);
    world->server = fault_server_start(identity, "127.0.0.1", 0,
                                       (struct bylaw_span){NULL, 0});
    assert_non_null(world->server);
    strcpy(world->ca, "/tmp/bylaw-test-XXXXXX");
    fd = mkstemp(world->ca);
    assert_true(fd >= 0);
    pem = fault_server_pem(world->server);
    assert_int_equal(write(fd, pem, strlen(pem)), strlen(pem));
    close(fd);
    if (identity)
        options.ca_file = world->ca;
    world->fetcher = new_fetcher(&options, NULL);
    return world;
}

static int open_world(void **state)
{
    *state = new_world(FAULT_PLAIN);
    return 0;
}

static int open_secure_world(void **state)
{
    *state = new_world(FAULT_SELF_SIGNED);
    return 0;
}

static int close_world(void **state)
{
    struct world *world = *state;

    unlink(world->ca);
    bylaw__fetcher_free(world->fetcher);
    fault_server_stop(world->server);
    free(world);
    return 0;
}

static struct bylaw_response *keep(struct world *world, const char *path,
                                   struct bylaw__fetch_extra extra)
{
    bool is_secure = *fault_server_pem(world->server);
    struct bylaw_response *response = NULL;
    char url[512];

    extra.keeps_wire = true;
    snprintf(url, sizeof(url), "%s://127.0.0.1:%u%s",
             is_secure ? "https" : "http", fault_server_port(world->server),
             path);
    assert_int_equal(bylaw__fetch_with(&response, world->fetcher, url, &extra,
                                       NULL),
                     0);
    for (size_t i = 0; i < response->hop_count; i++)
        assert_non_null(response->hops[i].exchange);
    return response;
}

static const struct bylaw_exchange *last_of(const struct bylaw_response *got)
{
    return got->hops[got->hop_count - 1].exchange;
}

static struct bylaw_response *keep_path(struct world *world, const char *path)
{
    return keep(world, path, (struct bylaw__fetch_extra){0});
}

/* --------------------------------------------------------- what was said -- */

static void test_wire__has_the_request_as_it_was_sent(void **state)
{
    struct world *world = *state;
    struct bylaw_response *response = keep_path(world, "/ok?a=b#c");
    struct bylaw_span sent = last_of(response)->sent;

    assert_true(bylaw__span_starts(sent, "GET /ok?a=b HTTP/1.1\r\nHost: "));
    assert_true(has(sent, "\r\nUser-Agent: tester/1\r\n"));
    assert_true(bylaw__span_ends(sent, "\r\n\r\n"));
    bylaw_response_free(response);

    /* The server says which lines it heard: all of them, and no others. */
    response = keep_path(world, "/echo");
    sent = last_of(response)->sent;
    assert_true(has(sent, response->body.ptr));
    bylaw_response_free(response);
}

static void test_wire__leaves_out_the_line_with_a_key(void **state)
{
    struct bylaw_response *response =
        keep(*state, "/to//echo", (struct bylaw__fetch_extra){.header = KEY});

    assert_int_equal(response->hop_count, 2);
    assert_non_null(strstr(response->body.ptr, KEY));
    for (size_t i = 0; i < 2; i++) {
        assert_false(has(response->hops[i].exchange->sent, "Token"));
        assert_false(has(response->hops[i].exchange->sent, "secret"));
        assert_true(has(response->hops[i].exchange->sent, "User-Agent: "));
    }
    bylaw_response_free(response);
}

/* ---------------------------------------------------------- what came back */

static void test_wire__has_the_reply_before_it_was_unpacked(void **state)
{
    struct bylaw_response *response = keep_path(*state, "/gzip");
    const struct bylaw_exchange *made = last_of(response);

    assert_true(bylaw__span_starts(made->head, "HTTP/1.1 200 OK\r\n"));
    assert_true(has(made->head, "Content-Encoding: gzip\r\n"));
    assert_true(bylaw__span_ends(made->head, "\r\n\r\n"));
    assert_int_equal(made->body.len, response->wire_bytes);
    assert_true(bylaw__span_starts(made->body, "\x1f\x8b"));
    assert_false(made->is_truncated);
    assert_non_null(strstr(response->body.ptr, "An ordinary page"));
    bylaw_response_free(response);
}

static void test_wire__of_a_plain_body_is_the_body(void **state)
{
    struct bylaw_response *response = keep_path(*state, "/ok");

    assert_ptr_equal(last_of(response)->body.ptr, response->body.ptr);
    assert_int_equal(last_of(response)->body.len, response->body.len);
    bylaw_response_free(response);
}

static void test_wire__joins_chunks_and_drops_trailers(void **state)
{
    struct bylaw_response *response = keep_path(*state, "/chunked");
    const struct bylaw_exchange *made = last_of(response);

    assert_true(bylaw__span_is(made->body, "<p>One</p>\n"));
    assert_true(has(made->head, "Transfer-Encoding: chunked\r\n"));
    assert_false(has(made->head, "image/png"));
    bylaw_response_free(response);
}

static void test_wire__leaves_out_interim_replies(void **state)
{
    struct bylaw_response *response = keep_path(*state, "/interim");

    assert_true(bylaw__span_starts(last_of(response)->head, "HTTP/1.1 200 "));
    assert_false(has(last_of(response)->head, "103"));
    bylaw_response_free(response);
}

static const struct {
    const char *path;
    const char *id;    /* NULL: a page */
    const char *body;  /* how it begins on the wire */
    bool is_truncated; /* on the wire; unpacking is another matter */
} parts[] = {
    {"/not-found", "fetch.http-status", "<p>Not here.", false},
    {"/gzip-cut/1", "fetch.cut-off", "\x1f\x8b", false},
    {"/gzip-of-text", "fetch.encoding", "<!doctype html>", true},
    {"/br", "fetch.encoding", "\x0b\x02\x80", true},
    {"/bomb/0", "fetch.ratio", "\x1f\x8b", true},
    {"/too-long", "fetch.cut-off", "<!doctype html>", true},
    {"/stalled", "fetch.timeout", "<p>", true},
    {"/mute", "fetch.timeout", "", true},
    {"/endless", "fetch.too-large", "aaaa", true},
};

static void test_wire__keeps_what_came_of_a_refusal(void **state)
{
    for (size_t i = 0; i < COUNT(parts); i++) {
        struct bylaw_response *response = keep_path(*state, parts[i].path);
        const struct bylaw_exchange *made = last_of(response);

        check_refusal(response, parts[i].id);
        if (!bylaw__span_starts(made->body, parts[i].body) ||
            made->is_truncated != parts[i].is_truncated)
            fail_msg("%s: %zu bytes, %s", parts[i].path, made->body.len,
                     made->is_truncated ? "truncated" : "whole");
        assert_true(has(made->sent, parts[i].path));
        assert_in_range(made->body.len, 0, BYLAW_LIMIT_WIRE_BYTES);
        bylaw_response_free(response);
    }
}

static void test_wire__has_every_hop_of_a_chain(void **state)
{
    struct bylaw_response *response = keep_path(*state, "/chain/302/3");

    assert_int_equal(response->hop_count, 4);
    for (size_t i = 0; i < 4; i++) {
        const struct bylaw_exchange *made = response->hops[i].exchange;
        char first[64];

        snprintf(first, sizeof(first), "GET /chain/302/%zu HTTP/1.1\r\n",
                 3 - i);
        assert_true(bylaw__span_starts(made->sent, first));
        assert_int_equal(has(made->head, "\r\nLocation: "), i < 3);
        assert_string_equal(response->hops[i].address, "127.0.0.1");
    }
    bylaw_response_free(response);
}

static void test_wire__keeps_a_redirects_own_body(void **state)
{
    struct bylaw_response *response = keep_path(*state, "/to-ok-damaged");

    assert_true(
        bylaw__span_is(response->hops[0].exchange->body, "this is not gzip"));
    bylaw_response_free(response);

    response = keep_path(*state, "/to-ok-endless");
    assert_true(response->hops[0].exchange->is_truncated);
    assert_in_range(response->hops[0].exchange->body.len, 65536, 65536 * 2);
    check_refusal(response, NULL);
    bylaw_response_free(response);
}

/* ------------------------------------------------------------- who it was -- */

static void test_wire__says_where_and_when_it_was_asked(void **state)
{
    struct world *world = *state;
    struct bylaw_response *response = keep_path(world, "/ok");
    const struct bylaw_exchange *made = last_of(response);

    assert_int_equal(made->port, fault_server_port(world->server));
    assert_string_equal(made->protocol, "http/1.1");
    assert_int_equal(made->began_ms, stopped_clock(NULL));
    assert_false(made->is_reused);
    assert_null(made->tls);
    assert_int_equal(made->certificate_count, 0);
    assert_int_equal(made->secured_us, 0);
    assert_true(made->connected_us > 0);
    assert_in_range(made->answered_us, made->connected_us, made->ended_us);
    bylaw_response_free(response);
}

static void check_certificate(struct bylaw_span der, const char *pem)
{
    BIO *bio = BIO_new_mem_buf(pem, -1);
    X509 *certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    unsigned char *want = NULL;
    int len = i2d_X509(certificate, &want);

    assert_int_equal(der.len, len);
    assert_memory_equal(der.ptr, want, der.len);
    OPENSSL_free(want);
    X509_free(certificate);
    BIO_free(bio);
}

static void test_wire__has_the_certificate_of_a_secure_host(void **state)
{
    struct world *world = *state;
    struct bylaw_response *response = keep_path(world, "/to//ok");

    check_refusal(response, NULL);
    for (size_t i = 0; i < 2; i++) {
        const struct bylaw_exchange *made = response->hops[i].exchange;

        assert_non_null(made->tls);
        assert_true(!strncmp(made->tls, "TLSv1.", 6));
        assert_true(made->cipher && *made->cipher);
        assert_int_equal(made->certificate_count, 1);
        check_certificate(made->certificates[0],
                          fault_server_pem(world->server));
        assert_in_range(made->secured_us, made->connected_us, made->ended_us);
    }
    bylaw_response_free(response);
}

static void test_wire__says_nothing_of_a_host_that_was_not_reached(void **state)
{
    struct bylaw__fetch_extra extra = {.keeps_wire = true};
    struct world *world = *state;
    struct bylaw_response *response = NULL;

    assert_int_equal(bylaw__fetch_with(&response, world->fetcher,
                                       "http://10.0.0.1/", &extra, NULL),
                     0);
    check_refusal(response, "fetch.private-address");
    assert_int_equal(last_of(response)->sent.len, 0);
    assert_int_equal(last_of(response)->head.len, 0);
    assert_int_equal(last_of(response)->port, 0);
    assert_string_equal(last_of(response)->protocol, "");
    bylaw_response_free(response);
}

static void test_wire__is_not_kept_without_being_asked_for(void **state)
{
    struct world *world = *state;
    char url[64];
    struct bylaw_response *response;

    snprintf(url, sizeof(url), "http://127.0.0.1:%u/ok",
             fault_server_port(world->server));
    response = fetch(world->fetcher, url);
    assert_null(response->hops[0].exchange);
    bylaw_response_free(response);
}

#define WORLDLY(test)                                                          \
    cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLDLY(test_wire__has_the_request_as_it_was_sent),
        WORLDLY(test_wire__leaves_out_the_line_with_a_key),
        WORLDLY(test_wire__has_the_reply_before_it_was_unpacked),
        WORLDLY(test_wire__of_a_plain_body_is_the_body),
        WORLDLY(test_wire__joins_chunks_and_drops_trailers),
        WORLDLY(test_wire__leaves_out_interim_replies),
        WORLDLY(test_wire__keeps_what_came_of_a_refusal),
        WORLDLY(test_wire__has_every_hop_of_a_chain),
        WORLDLY(test_wire__keeps_a_redirects_own_body),
        WORLDLY(test_wire__says_where_and_when_it_was_asked),
        cmocka_unit_test_setup_teardown(
            test_wire__has_the_certificate_of_a_secure_host, open_secure_world,
            close_world),
        WORLDLY(test_wire__says_nothing_of_a_host_that_was_not_reached),
        WORLDLY(test_wire__is_not_kept_without_being_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
