/* SPDX-License-Identifier: Apache-2.0 */
/* HTTP/2: many fetches over one connection, none of them the others' matter. */
#include "unit/fetch/fetching.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#define STREAMS 5 /* that must have come before the first is answered */

/* ------------------------------------------------------------ a server ----
 * It speaks as much of RFC 9113 as the tests hear: each request is answered
 * alike once STREAMS of them have come over one connection, so that a client
 * which opens a connection for each waits in vain. The RESETS-th is torn.
 */

enum frame_type {
    FRAME_DATA = 0,
    FRAME_HEADERS = 1,
    FRAME_RESET = 3,
    FRAME_SETTINGS = 4
};

#define FRAME_HEAD  9
#define END_STREAM  1
#define END_HEADERS 4
#define RESETS      3u /* which request is torn, from 1 */

static const char preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
static const char body[] = "<p>A page over HTTP/2</p>";

/* ":status: 200" is the table's; "content-type: text/html" is spelled out. */
static const unsigned char headers[] = {0x88, 0x0f, 0x10, 9,   't', 'e', 'x',
                                        't',  '/',  'h',  't', 'm', 'l'};

struct h2_server {
    int listener;
    unsigned port;
    SSL_CTX *context;
    struct bylaw__buf pem;
    pthread_t thread;
    atomic_bool stops;
    atomic_uint connections;
    bool tears; /* the RESETS-th stream of a connection */
};

static bool hear(SSL *ssl, void *bytes, size_t len)
{
    char *at = bytes;

    while (len) {
        int got = SSL_read(ssl, at, (int)len);

        if (got <= 0)
            return false;
        at += got;
        len -= (size_t)got;
    }
    return true;
}

static bool say(SSL *ssl, enum frame_type type, unsigned flags, uint32_t stream,
                const void *bytes, size_t len)
{
    unsigned char frame[FRAME_HEAD + 64] = {0,
                                            0,
                                            (unsigned char)len,
                                            (unsigned char)type,
                                            (unsigned char)flags,
                                            (unsigned char)(stream >> 24),
                                            (unsigned char)(stream >> 16),
                                            (unsigned char)(stream >> 8),
                                            (unsigned char)stream};

    if (len)
        memcpy(frame + FRAME_HEAD, bytes, len);
    return SSL_write(ssl, frame, (int)(FRAME_HEAD + len)) > 0;
}

static bool answer(const struct h2_server *server, SSL *ssl, unsigned number)
{
    static const unsigned char internal_error[] = {0, 0, 0, 2};
    uint32_t stream = 2 * number - 1;

    if (server->tears && number == RESETS)
        return say(ssl, FRAME_RESET, 0, stream, internal_error, 4);
    return say(ssl, FRAME_HEADERS, END_HEADERS, stream, headers,
               sizeof(headers)) &&
           say(ssl, FRAME_DATA, END_STREAM, stream, body, sizeof(body) - 1);
}

/* One frame; requests are counted, everything else is passed over. */
static bool hear_frame(SSL *ssl, unsigned *requests)
{
    unsigned char head[FRAME_HEAD], rest[16384];
    size_t len;

    if (!hear(ssl, head, sizeof(head)))
        return false;
    len = (size_t)head[0] << 16 | (size_t)head[1] << 8 | head[2];
    if (len > sizeof(rest) || !hear(ssl, rest, len))
        return false;
    *requests += head[3] == FRAME_HEADERS;
    if (head[3] == FRAME_SETTINGS && !head[4])
        return say(ssl, FRAME_SETTINGS, 1, 0, NULL, 0);
    return true;
}

static void speak(const struct h2_server *server, SSL *ssl)
{
    char greeting[sizeof(preface) - 1];
    unsigned requests = 0, answered = 0;
    bool goes_on = hear(ssl, greeting, sizeof(greeting)) &&
                   say(ssl, FRAME_SETTINGS, 0, 0, NULL, 0);

    while (goes_on && !server->stops) {
        goes_on = hear_frame(ssl, &requests);
        while (goes_on && requests >= STREAMS && answered < requests)
            goes_on = answer(server, ssl, ++answered);
    }
}

static int choose_h2(SSL *ssl, const unsigned char **out,
                     unsigned char *out_len, const unsigned char *offered,
                     unsigned len, void *payload)
{
    static const unsigned char h2[] = {2, 'h', '2'};
    unsigned char *chosen;

    (void)ssl;
    (void)payload;
    if (SSL_select_next_proto(&chosen, out_len, h2, sizeof(h2), offered, len) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

struct h2_connection {
    struct h2_server *server;
    int fd;
    pthread_t thread;
};

static void *run_connection(void *payload)
{
    struct h2_connection *connection = payload;
    SSL *ssl = SSL_new(connection->server->context);
    sigset_t broken_pipe;

    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, NULL);
    if (ssl && SSL_set_fd(ssl, connection->fd) && SSL_accept(ssl) == 1)
        speak(connection->server, ssl);
    SSL_free(ssl);
    return NULL;
}

#define MOST_CONNECTIONS 32

static void *run_server(void *payload)
{
    struct h2_server *server = payload;
    struct h2_connection all[MOST_CONNECTIONS];
    size_t count = 0;
    struct pollfd watched = {.fd = server->listener, .events = POLLIN};

    while (!server->stops && count < MOST_CONNECTIONS) {
        if (poll(&watched, 1, 20) <= 0)
            continue;
        all[count].server = server;
        all[count].fd = accept(server->listener, NULL, NULL);
        server->connections++;
        if (pthread_create(&all[count].thread, NULL, run_connection,
                           &all[count]))
            abort();
        count++;
    }
    for (size_t i = 0; i < count; i++) {
        shutdown(all[i].fd, SHUT_RDWR);
        pthread_join(all[i].thread, NULL);
        close(all[i].fd);
    }
    return NULL;
}

static bool start_server(struct h2_server *server)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(at);

    server->context = fault_certificate_new(FAULT_SELF_SIGNED, &server->pem);
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (!server->context || server->listener < 0 ||
        bind(server->listener, (struct sockaddr *)&at, len) ||
        listen(server->listener, 16) ||
        getsockname(server->listener, (struct sockaddr *)&at, &len))
        return false;
    server->port = ntohs(at.sin_port);
    SSL_CTX_set_alpn_select_cb(server->context, choose_h2, NULL);
    return !pthread_create(&server->thread, NULL, run_server, server);
}

static void stop_server(struct h2_server *server)
{
    server->stops = true;
    pthread_join(server->thread, NULL);
    close(server->listener);
    SSL_CTX_free(server->context);
    bylaw__buf_release(&server->pem);
}

/* ------------------------------------------------------------- fetching --- */

struct world {
    struct h2_server server;
    bylaw__fetcher *fetcher;
    char ca[32];
};

static int open_world(void **state)
{
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges,
                                          .timeout_ms = 10000};
    struct world *world = calloc(1, sizeof(*world));
    int fd;

    *state = world;
    if (!world || !start_server(&world->server))
        return -1;
    strcpy(world->ca, "/tmp/bylaw-test-XXXXXX");
    fd = mkstemp(world->ca);
    if (fd < 0 || write(fd, world->server.pem.ptr, world->server.pem.len) !=
                      (ssize_t)world->server.pem.len)
        return -1;
    close(fd);
    options.ca_file = world->ca;
    world->fetcher = new_fetcher(&options, NULL);
    return 0;
}

static int close_world(void **state)
{
    struct world *world = *state;

    bylaw__fetcher_free(world->fetcher);
    stop_server(&world->server);
    unlink(world->ca);
    free(world);
    return 0;
}

static void start(struct world *world, unsigned number)
{
    struct bylaw__fetch_extra extra = {.keeps_wire = true};
    char url[96];

    snprintf(url, sizeof(url), "https://127.0.0.1:%u/%u", world->server.port,
             number);
    assert_int_equal(bylaw__fetch_start(world->fetcher, url, &extra, NULL,
                                        NULL),
                     0);
}

static struct bylaw_response *take(struct world *world)
{
    static const struct bylaw__fetch_wait for_ever = {.ms = -1};
    struct bylaw_response *response = NULL;
    void *tag;

    assert_int_equal(bylaw__fetch_take(&response, &tag, world->fetcher,
                                       &for_ever, NULL),
                     0);
    assert_non_null(response);
    return response;
}

static void check_page(struct bylaw_response *response, unsigned *fresh)
{
    const struct bylaw_exchange *made = response->hops[0].exchange;

    check_refusal(response, NULL);
    assert_string_equal(response->content_type, "text/html");
    assert_true(bylaw__span_is(response->body, body));
    assert_string_equal(made->protocol, "h2");
    assert_true(bylaw__span_starts(made->head, "HTTP/2 200"));
    assert_true(bylaw__span_starts(made->sent, "GET /"));
    assert_true(bylaw__span_is(made->body, body));
    assert_int_equal(made->certificate_count, 1);
    assert_string_equal(made->tls, "TLSv1.3");
    *fresh += !made->is_reused;
}

static void test_h2__carries_many_over_one_connection(void **state)
{
    struct world *world = *state;
    unsigned fresh = 0;

    for (unsigned i = 0; i < 2 * STREAMS; i++)
        start(world, i);
    for (unsigned i = 0; i < 2 * STREAMS; i++) {
        struct bylaw_response *response = take(world);

        check_page(response, &fresh);
        bylaw_response_free(response);
    }
    assert_int_equal(fresh, 1);
    assert_int_equal(world->server.connections, 1);
}

static void test_h2__a_torn_stream_leaves_the_others_alone(void **state)
{
    struct world *world = *state;
    unsigned torn = 0, fresh = 0;

    world->server.tears = true;
    for (unsigned i = 0; i < STREAMS; i++)
        start(world, i);
    for (unsigned i = 0; i < STREAMS; i++) {
        struct bylaw_response *response = take(world);

        if (response->refusal.code) {
            check_refusal(response, "fetch.cut-off");
            torn++;
        } else {
            check_page(response, &fresh);
        }
        bylaw_response_free(response);
    }
    assert_int_equal(torn, 1);
    assert_int_equal(world->server.connections, 1);
}

/* A stream that is given up must not take its connection along. */
static void test_h2__a_stream_given_up_leaves_the_others_alone(void **state)
{
    struct world *world = *state;
    unsigned fresh = 0;
    struct bylaw__fetch_extra extra = {.keeps_wire = true};
    char url[96];

    snprintf(url, sizeof(url), "https://127.0.0.1:%u/given-up",
             world->server.port);
    for (unsigned i = 0; i + 2 < STREAMS; i++)
        start(world, i);
    assert_int_equal(bylaw__fetch_start(world->fetcher, url, &extra, world,
                                        NULL),
                     0);
    while (!world->server.connections) {
        static const struct bylaw__fetch_wait soon = {.ms = 10};
        struct bylaw_response *response = NULL;
        void *tag;

        bylaw__fetch_take(&response, &tag, world->fetcher, &soon, NULL);
        assert_null(response);
    }
    bylaw__fetch_cancel(world->fetcher, world);
    for (unsigned i = 0; i < STREAMS; i++)
        start(world, i);
    while (bylaw__fetch_count(world->fetcher)) {
        struct bylaw_response *response = take(world);

        check_page(response, &fresh);
        bylaw_response_free(response);
    }
}

#define WORLDLY(test)                                                          \
    cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLDLY(test_h2__carries_many_over_one_connection),
        WORLDLY(test_h2__a_torn_stream_leaves_the_others_alone),
        WORLDLY(test_h2__a_stream_given_up_leaves_the_others_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
