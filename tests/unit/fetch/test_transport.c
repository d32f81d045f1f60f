/* SPDX-License-Identifier: Apache-2.0 */
/* Responses replayed from a table are held to what the network's are. */
#include "unit/fetch/fetching.h"

#include "model/model.h"

#include <pthread.h>

/* What the table answers for an address; everything else is not found. */
static const struct {
    const char *url;
    int status;
    const char *headers, *type, *body;
} recorded[] = {
    {"http://site.example/page", 200, "Content-Type: text/html\r\n\r\n", "",
     "<p>page"},
    {"http://site.example/typed", 200, "", "text/plain", "page"},
    {"http://site.example/old", 301, "Location: /page\r\n\r\n", "", "moved"},
    {"https://site.example/down", 302,
     "Location: http://site.example/page\r\n\r\n", "", ""},
    {"http://site.example/loop", 302, "Location: ?\r\n\r\n", "", ""},
    {"http://site.example/loop?", 302, "Location: ?\r\n\r\n", "", ""},
    {"http://site.example/file", 302, "Location: file:///etc/passwd\r\n\r\n",
     "", ""},
    {"http://site.example/two", 302, "Location: /a\r\nLocation: /page\r\n\r\n",
     "", ""},
    {"http://site.example/nowhere", 301, "\r\n", "", "moved"},
};

static int add_headers(struct bylaw_response *response, struct bylaw_span lines)
{
    response->headers = bylaw__arena_span(response->owner, lines);
    return response->headers.ptr || !lines.len ? 0 : BYLAW_ENOMEM;
}

static int replay_table(struct bylaw_response **out, void *payload,
                        const char *url, struct bylaw_error *err)
{
    int *asked = payload;
    size_t i = 0;
    bool is_known;
    int rc;

    while (i < COUNT(recorded) && strcmp(recorded[i].url, url))
        i++;
    is_known = i < COUNT(recorded);
    rc = bylaw__response_from_bytes(out, url, url,
                                    bylaw__span_of(is_known ? recorded[i].body
                                                            : ""),
                                    is_known ? recorded[i].type : "", 0, err);
    if (rc)
        return rc;
    ++*asked;
    (*out)->status = is_known ? recorded[i].status : 404;
    return is_known ? add_headers(*out, bylaw__span_of(recorded[i].headers))
                    : 0;
}

static struct bylaw_response *replay(const char *url, size_t hops,
                                     const char *id)
{
    int asked = 0;
    struct bylaw_transport transport = {replay_table, &asked};
    struct bylaw_fetch_options options = {0};
    bylaw__fetcher *fetcher = new_fetcher(&options, &transport);
    struct bylaw_response *response = fetch(fetcher, url);

    check_refusal(response, id);
    assert_int_equal(asked, hops);
    assert_int_equal(response->hop_count, hops);
    bylaw__fetcher_free(fetcher);
    return response;
}

static void test_transport__replays_pages_and_redirects(void **state)
{
    struct bylaw_response *response;

    (void)state;
    response = replay("http://site.example/page", 1, NULL);
    assert_int_equal(response->media, BYLAW_MEDIA_HTML);
    assert_string_equal(response->content_type, "text/html");
    assert_null(response->hops[0].address);
    bylaw_response_free(response);

    response = replay("http://site.example/typed", 1, NULL);
    assert_string_equal(response->content_type, "text/plain");
    bylaw_response_free(response);

    response = replay("http://site.example/old", 2, NULL);
    assert_string_equal(response->final_url, "http://site.example/page");
    assert_string_equal(response->body.ptr, "<p>page");
    assert_int_equal(response->hops[0].status, 301);
    bylaw_response_free(response);
    bylaw_response_free(replay("https://site.example/down", 2, NULL));
    bylaw_response_free(replay("http://site.example/two", 2, NULL));
}

static void test_transport__is_checked_like_the_network(void **state)
{
    static const struct {
        const char *url;
        size_t hops;
        const char *id;
    } cases[] = {
        {"http://site.example/loop", 11, "fetch.redirects"},
        {"http://site.example/file", 1, "fetch.redirect-target"},
        {"http://site.example/nowhere", 1, "fetch.http-status"},
        {"http://site.example/unknown", 1, "fetch.http-status"},
        {"http://a:b@site.example/page", 0, "url.userinfo"},
        {"ftp://site.example/page", 0, "url.scheme"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        bylaw_response_free(replay(cases[i].url, cases[i].hops, cases[i].id));
}

/* Answers with as many bytes of header lines and body as it is told. */
struct sizes {
    size_t headers, body;
};

static int replay_sizes(struct bylaw_response **out, void *payload,
                        const char *url, struct bylaw_error *err)
{
    const struct sizes *sizes = payload;
    size_t most = sizes->body > sizes->headers ? sizes->body : sizes->headers;
    char *bytes = malloc(most);
    int rc;

    assert_non_null(bytes);
    memset(bytes, 'a', most);
    rc = bylaw__response_from_bytes(out, url, url,
                                    (struct bylaw_span){bytes, sizes->body}, "",
                                    0, err);
    if (!rc)
        rc = add_headers(*out, (struct bylaw_span){bytes, sizes->headers});
    free(bytes);
    return rc;
}

static void check_sizes(size_t headers, size_t body, const char *id,
                        size_t kept)
{
    struct sizes sizes = {headers, body};
    struct bylaw_transport transport = {replay_sizes, &sizes};
    struct bylaw_fetch_options options = {0};
    bylaw__fetcher *fetcher = new_fetcher(&options, &transport);
    struct bylaw_response *response =
        fetch(fetcher, "http://site.example/page");

    check_refusal(response, id);
    assert_int_equal(response->is_truncated, id != NULL);
    assert_int_equal(response->body.len, kept);
    bylaw_response_free(response);
    bylaw__fetcher_free(fetcher);
}

static void test_transport__is_held_to_the_ceilings(void **state)
{
    size_t headers = BYLAW_LIMIT_HEADER_BYTES, body = BYLAW_LIMIT_BODY_BYTES;

    (void)state;
    check_sizes(headers - 1, 9, NULL, 9);
    check_sizes(headers, 9, NULL, 9);
    check_sizes(headers + 1, 9, "fetch.headers", 9);
    check_sizes(9, body - 1, NULL, body - 1);
    check_sizes(9, body, NULL, body);
    check_sizes(9, body + 1, "fetch.too-large", body);
}

static int replay_nothing(struct bylaw_response **out, void *payload,
                          const char *url, struct bylaw_error *err)
{
    (void)out;
    (void)payload;
    return bylaw__fail(err, BYLAW_EIO, "file.unreadable", url, "it is gone");
}

static void test_transport__that_fails_is_a_failure_of_the_fetch(void **state)
{
    struct bylaw_transport transport = {replay_nothing, NULL};
    struct bylaw_fetch_options options = {0};
    bylaw__fetcher *fetcher = new_fetcher(&options, &transport);
    struct bylaw_response *response = NULL;
    struct bylaw_error err = {0};

    (void)state;
    assert_int_equal(bylaw__fetch(&response, fetcher, "http://site.example/",
                                  &err),
                     BYLAW_EIO);
    assert_null(response);
    assert_string_equal(err.id, "file.unreadable");
    bylaw__fetcher_free(fetcher);
}

/* ------------------------------------------------------------ threads --- */

#define THREADS 4
#define ROUNDS  25

struct worker {
    pthread_t thread;
    unsigned port;
    unsigned good;
};

static void *work(void *payload)
{
    struct worker *worker = payload;
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges};
    bylaw__fetcher *fetcher = new_fetcher(&options, NULL);
    char url[64];

    snprintf(url, sizeof(url), "http://127.0.0.1:%u/chain/302/2", worker->port);
    for (int i = 0; i < ROUNDS; i++) {
        struct bylaw_response *response = NULL;

        if (!bylaw__fetch(&response, fetcher, url, NULL))
            worker->good += !response->refusal.code && response->hop_count == 3;
        bylaw_response_free(response);
    }
    bylaw__fetcher_free(fetcher);
    return NULL;
}

static void test_fetchers__of_several_threads_do_not_meet(void **state)
{
    struct fault_server *server =
        fault_server_start(FAULT_PLAIN, "127.0.0.1", 0,
                           (struct bylaw_span){NULL, 0});
    struct worker workers[THREADS] = {0};

    (void)state;
    assert_non_null(server);
    for (size_t i = 0; i < THREADS; i++) {
        workers[i].port = fault_server_port(server);
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work,
                                        &workers[i]),
                         0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        assert_int_equal(workers[i].good, ROUNDS);
    }
    fault_server_stop(server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_transport__replays_pages_and_redirects),
        cmocka_unit_test(test_transport__is_checked_like_the_network),
        cmocka_unit_test(test_transport__is_held_to_the_ceilings),
        cmocka_unit_test(test_transport__that_fails_is_a_failure_of_the_fetch),
        cmocka_unit_test(test_fetchers__of_several_threads_do_not_meet),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
