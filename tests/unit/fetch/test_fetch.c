/* SPDX-License-Identifier: Apache-2.0 */
/* One address after another from a server that goes wrong. */
#include "unit/fetch/fetching.h"

#define PAGE_SAYS "An ordinary page"

/* Short, so that a slow answer does not make a slow test. */
#define TIMEOUT_MS 1000

struct world {
    struct fault_server *server;
    bylaw__fetcher *fetcher;
};

static struct bylaw_response *fetch_path(struct world *world, const char *path)
{
    char url[512];

    snprintf(url, sizeof(url), "http://127.0.0.1:%u%s",
             fault_server_port(world->server), path);
    return fetch(world->fetcher, url);
}

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

/* -------------------------------------------------------------- pages --- */

static const struct {
    const char *path;
    const char *id; /* NULL: a page */
    int status;
    const char *body; /* how what was kept begins; NULL: with PAGE_SAYS in it */
    bool is_truncated;
} answers[] = {
    {"/ok", NULL, 200, NULL, false},
    {"/empty", NULL, 200, "", false},
    {"/not-found", "fetch.http-status", 404, "<p>Not here.", false},
    {"/error", "fetch.http-status", 500, "<p>Broken.", false},
    {"/to-nowhere", "fetch.http-status", 301, "<p>It has moved.", false},
    {"/status/203", NULL, 203, "", false},
    {"/status/202", "fetch.http-status", 202, "", false},
    {"/status/204", "fetch.http-status", 204, "", false},
    {"/status/205", "fetch.http-status", 205, "", false},
    {"/status/206", "fetch.http-status", 206, "", false},
    {"/status/300", "fetch.http-status", 300, "", false},
    {"/status/304", "fetch.http-status", 304, "", false},
    {"/status/999", "fetch.http-status", 999, "", false},

    {"/too-long", "fetch.cut-off", 200, NULL, true},
    {"/too-short", NULL, 200, "<!doctype html><ti", false},
    {"/chunked", NULL, 200, "<p>One</p>\n", false},
    {"/chunked-cut", "fetch.cut-off", 200, "<p>One<", true},
    {"/chunked-garbage", "fetch.cut-off", 200, "<p>On", true},
    {"/closed", "fetch.cut-off", 0, "", true},
    {"/trickle", "fetch.timeout", 200, "<p>aa", true},
    {"/stalled", "fetch.timeout", 200, "<p>", true},
    {"/mute", "fetch.timeout", 0, "", true},

    {"/gzip", NULL, 200, NULL, false},
    {"/gzip-members", NULL, 200, NULL, false},
    {"/gzip-twice", NULL, 200, NULL, false},
    {"/gzip-two-lines", NULL, 200, NULL, false},
    {"/gzip-folded", NULL, 200, NULL, false},
    {"/gzip-of-nothing", NULL, 200, "", false},
    {"/deflate", NULL, 200, NULL, false},
    {"/deflate-raw", NULL, 200, NULL, false},
    {"/gzip-thrice", "fetch.encoding", 200, "", true},
    {"/gzip-cut/1", "fetch.cut-off", 200, NULL, true},
    {"/gzip-cut/20", "fetch.cut-off", 200, "<!doctype", true},
    {"/gzip-damaged", "fetch.encoding", 200, "", true},
    {"/gzip-of-text", "fetch.encoding", 200, "", true},
    {"/br", "fetch.encoding", 200, "", true},
    {"/transfer-gzip", "fetch.encoding", 200, "", true},

    {"/interim", NULL, 200, NULL, false},
    {"/interim-only", "fetch.cut-off", 103, "", true},
    {"/status-inside", NULL, 200, "hello", false},
    {"/nul-inside", "fetch.protocol", 200, "", true},
    {"/not-http", "fetch.protocol", 0, "", true},
    {"/http-0.9", "fetch.protocol", 0, "", true},
    {"/binary", NULL, 200, "\x89PNG", false},
};

static void check_answer(struct world *world, size_t i)
{
    const char *want = answers[i].body ? answers[i].body : "<!doctype html>";
    struct bylaw_response *response = fetch_path(world, answers[i].path);

    check_refusal(response, answers[i].id);
    if (response->status != answers[i].status ||
        response->is_truncated != answers[i].is_truncated ||
        !bylaw__span_starts(response->body, want) ||
        (!*want && response->body.len) ||
        (!answers[i].body &&
         bylaw__span_find(response->body, BYLAW__SPAN(PAGE_SAYS)) == SIZE_MAX))
        fail_msg("%s: status %d, %s, '%.*s'", answers[i].path, response->status,
                 response->is_truncated ? "truncated" : "whole",
                 (int)response->body.len, response->body.ptr);
    assert_string_equal(response->final_url, response->url);
    assert_int_equal(response->hop_count, 1);
    assert_string_equal(response->hops[0].url, response->url);
    assert_int_equal(response->hops[0].status, response->status);
    assert_string_equal(response->hops[0].address, "127.0.0.1");
    bylaw_response_free(response);
}

static void test_fetch__says_what_came_and_what_went_wrong(void **state)
{
    for (size_t i = 0; i < COUNT(answers); i++)
        check_answer(*state, i);
}

/* Whether the tear is seen as one or as an early end is the system's affair. */
static void test_fetch__keeps_what_came_before_a_reset(void **state)
{
    struct bylaw_response *response = fetch_path(*state, "/reset");

    check_refusal(response, "fetch.cut-off");
    assert_true(response->is_truncated);
    bylaw_response_free(response);
}

static void test_fetch__joins_the_members_of_a_gzip_body(void **state)
{
    struct bylaw_response *once = fetch_path(*state, "/gzip");
    struct bylaw_response *twice = fetch_path(*state, "/gzip-members");

    assert_int_equal(twice->body.len, 2 * once->body.len);
    assert_int_equal(twice->wire_bytes, 2 * once->wire_bytes);
    assert_true(once->wire_bytes != once->body.len);
    bylaw_response_free(once);
    bylaw_response_free(twice);
}

static void check_type(struct world *world, const char *path, const char *type,
                       const char *charset, enum bylaw_media media)
{
    struct bylaw_response *response = fetch_path(world, path);

    assert_string_equal(response->content_type, type);
    assert_string_equal(response->charset, charset);
    assert_int_equal(response->media, media);
    bylaw_response_free(response);
}

static void test_fetch__reads_the_content_type_in_any_dress(void **state)
{
    check_type(*state, "/ok", "text/html", "utf-8", BYLAW_MEDIA_HTML);
    check_type(*state, "/type-quoted", "text/html", "ISO-8859-1",
               BYLAW_MEDIA_HTML);
    check_type(*state, "/type-upper", "text/html", "UTF-8", BYLAW_MEDIA_HTML);
    check_type(*state, "/type-missing", "", "", BYLAW_MEDIA_HTML);
    check_type(*state, "/binary", "text/html", "utf-8", BYLAW_MEDIA_BINARY);
}

/* Neither an earlier reply nor a trailer has a say about the page's type. */
static void test_fetch__takes_headers_of_the_final_reply_only(void **state)
{
    check_type(*state, "/interim", "text/html", "utf-8", BYLAW_MEDIA_HTML);
    check_type(*state, "/chunked", "text/html", "utf-8", BYLAW_MEDIA_HTML);
    check_type(*state, "/status-inside", "text/plain", "", BYLAW_MEDIA_TEXT);
}

/* ----------------------------------------------------------- ceilings --- */

static void check_kept(struct world *world, const char *path, const char *id,
                       size_t kept)
{
    struct bylaw_response *response = fetch_path(world, path);

    check_refusal(response, id);
    assert_int_equal(response->is_truncated, id != NULL);
    if (kept != SIZE_MAX)
        assert_int_equal(response->body.len, kept);
    bylaw_response_free(response);
}

static void check_ceiling(struct world *world, const char *stem, size_t n,
                          const char *id, size_t kept)
{
    char path[64];

    snprintf(path, sizeof(path), "%s%zu", stem, n);
    check_kept(world, path, id, kept);
}

static void test_fetch__ends_a_body_at_its_ceiling(void **state)
{
    size_t most = BYLAW_LIMIT_BODY_BYTES;

    check_ceiling(*state, "/size/", most - 1, NULL, most - 1);
    check_ceiling(*state, "/size/", most, NULL, most);
    check_ceiling(*state, "/size/", most + 1, "fetch.too-large", most);
    check_kept(*state, "/endless", "fetch.too-large", most);
}

/* The bomb is of 1,000,000 bytes. */
static void test_fetch__ends_a_body_that_unpacks_too_well(void **state)
{
    check_ceiling(*state, "/bomb/", 10001, NULL, 1000000);
    check_ceiling(*state, "/bomb/", 10000, NULL, 1000000);
    check_ceiling(*state, "/bomb/", 9999, "fetch.ratio", SIZE_MAX);
    check_ceiling(*state, "/bomb/", 0, "fetch.ratio", SIZE_MAX);
}

static void test_fetch__ends_header_lines_at_their_ceiling(void **state)
{
    size_t most = BYLAW_LIMIT_HEADER_BYTES;

    check_ceiling(*state, "/headers/", most - 1, NULL, 5);
    check_ceiling(*state, "/headers/", most, NULL, 5);
    check_ceiling(*state, "/headers/", most + 1, "fetch.headers", 0);
    check_kept(*state, "/endless-line", "fetch.headers", 0);
    check_kept(*state, "/interim-endless", "fetch.headers", 0);
}

/* ---------------------------------------------------------- redirects --- */

static void check_chain(struct world *world, const char *path, size_t hops,
                        const char *id)
{
    struct bylaw_response *response = fetch_path(world, path);

    check_refusal(response, id);
    assert_int_equal(response->hop_count, hops);
    assert_string_equal(response->hops[0].url, response->url);
    assert_string_equal(response->hops[hops - 1].url, response->final_url);
    for (size_t i = 0; i < hops; i++)
        assert_string_equal(response->hops[i].address, "127.0.0.1");
    bylaw_response_free(response);
}

static void test_fetch__follows_ten_redirects_and_not_one_more(void **state)
{
    static const int statuses[] = {301, 302, 303, 307, 308};

    for (size_t i = 0; i < COUNT(statuses); i++) {
        char path[64];

        snprintf(path, sizeof(path), "/chain/%d/9", statuses[i]);
        check_chain(*state, path, 10, NULL);
        snprintf(path, sizeof(path), "/chain/%d/10", statuses[i]);
        check_chain(*state, path, 11, NULL);
        snprintf(path, sizeof(path), "/chain/%d/11", statuses[i]);
        check_chain(*state, path, 11, "fetch.redirects");
    }
    check_chain(*state, "/loop", 11, "fetch.redirects");
}

/* 304, 305 and 306 name no address to go on to, though Location be there. */
static void test_fetch__follows_no_other_status(void **state)
{
    check_chain(*state, "/chain/300/1", 1, "fetch.http-status");
    check_chain(*state, "/chain/305/1", 1, "fetch.http-status");
    check_chain(*state, "/chain/201/1", 1, "fetch.http-status");
}

static void test_fetch__follows_a_redirect_whatever_its_body(void **state)
{
    check_chain(*state, "/to-ok-damaged", 2, NULL);
    check_chain(*state, "/to-ok-cut", 2, NULL);
    check_chain(*state, "/to-ok-endless", 2, NULL);
    check_chain(*state, "/to-bytes", 2, NULL);
}

static void check_target(struct world *world, const char *path, size_t hops,
                         const char *id, const char *where)
{
    struct bylaw_response *response = fetch_path(world, path);

    check_refusal(response, id);
    assert_int_equal(response->hop_count, hops);
    assert_string_equal(response->refusal.where, where ? where : response->url);
    assert_int_equal(response->body.len, 0);
    bylaw_response_free(response);
}

static void test_fetch__checks_where_a_redirect_leads(void **state)
{
    check_target(*state, "/to-file", 1, "fetch.redirect-target", NULL);
    check_target(*state, "/to-ftp", 1, "fetch.redirect-target", NULL);
    check_target(*state, "/to-userinfo", 1, "fetch.redirect-target", NULL);
    check_target(*state, "/to-private", 2, "fetch.private-address",
                 "http://10.0.0.1/");
    check_target(*state, "/to-mapped", 2, "fetch.private-address",
                 "http://[::ffff:a00:1]/");
    check_target(*state, "/to-metadata", 2, "fetch.private-address",
                 "http://169.254.169.254/latest/");
}

/* Each hop takes 300 ms: the whole is what must not last, nor each alone. */
static void test_fetch__counts_time_over_all_redirects(void **state)
{
    /* Each hop keeps within the limit; the ten of them together cannot. How
     * many are made before it strikes is the machine's affair. */
    struct bylaw_response *response = fetch_path(*state, "/slow-chain/302/9");

    check_refusal(response, "fetch.timeout");
    assert_in_range(response->hop_count, 2, 9);
    bylaw_response_free(response);
}

/* ---------------------------------------------------------- addresses --- */

/* A label that is too long for DNS, so that no resolver is asked. */
#define UNASKABLE                                                              \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void check_address_refused(struct world *world, const char *url,
                                  const char *id)
{
    struct bylaw_response *response = fetch(world->fetcher, url);

    check_refusal(response, id);
    assert_int_equal(response->status, 0);
    assert_int_equal(response->body.len, 0);
    bylaw_response_free(response);
}

static void test_fetch__refuses_addresses_it_cannot_take(void **state)
{
    check_address_refused(*state, "ftp://site.example/", "url.scheme");
    check_address_refused(*state, "http://", "url.malformed");
    check_address_refused(*state, "http://a:b@127.0.0.1/", "url.userinfo");
    check_address_refused(*state, "http://[fe80::1%25lo]/", "url.malformed");
    check_address_refused(*state, "http://[::1]/", "fetch.private-address");
    check_address_refused(*state, "http://10.0.0.1/", "fetch.private-address");
    check_address_refused(*state, "http://" UNASKABLE ".example/", "fetch.dns");
    check_address_refused(*state, "http://127.0.0.1:1/", "fetch.connect");
}

static void test_fetch__sends_no_byte_to_a_refused_address(void **state)
{
    struct world *world = *state;
    struct bylaw_fetch_options options = {.timeout_ms = TIMEOUT_MS};
    unsigned before = fault_server_connections(world->server);
    struct world guarded = {world->server, new_fetcher(&options, NULL)};
    struct bylaw_response *response = fetch_path(&guarded, "/ok");

    check_refusal(response, "fetch.private-address");
    assert_null(response->hops[0].address);
    assert_int_equal(fault_server_connections(world->server), before);
    bylaw_response_free(response);
    bylaw__fetcher_free(guarded.fetcher);
}

/* Asks for host, which routes lead to the server, under allowed ranges. */
static struct bylaw_response *
fetch_routed(struct world *world, const char *const *ranges, const char *to)
{
    char route[128];
    const char *const routes[] = {route, NULL};
    struct bylaw_fetch_options options = {.allow_ranges = ranges,
                                          .connect_to = routes,
                                          .timeout_ms = TIMEOUT_MS};
    struct bylaw_response *response;
    bylaw__fetcher *fetcher;

    snprintf(route, sizeof(route), "site.example:80:%s:%u", to,
             fault_server_port(world->server));
    fetcher = new_fetcher(&options, NULL);
    response = fetch(fetcher, "http://site.example/ok");
    bylaw__fetcher_free(fetcher);
    return response;
}

static void test_fetch__guards_the_address_a_route_leads_to(void **state)
{
    struct world *world = *state;
    unsigned before = fault_server_connections(world->server);
    struct bylaw_response *response = fetch_routed(world, NULL, "127.0.0.1");

    check_refusal(response, "fetch.private-address");
    assert_int_equal(fault_server_connections(world->server), before);
    bylaw_response_free(response);

    response = fetch_routed(world, loopback_ranges, "127.0.0.1");
    check_refusal(response, NULL);
    assert_string_equal(response->final_url, "http://site.example/ok");
    assert_string_equal(response->hops[0].address, "127.0.0.1");
    bylaw_response_free(response);
}

/* localhost is ::1 and 127.0.0.1: one is allowed, both listen, and only the
 * allowed one may hear of it. */
static void test_fetch__passes_by_the_refused_address_of_a_name(void **state)
{
    struct world *world = *state;
    struct fault_server *other =
        fault_server_start(FAULT_PLAIN, "::1", fault_server_port(world->server),
                           (struct bylaw_span){NULL, 0});
    struct bylaw_response *response;

    if (!other)
        skip(); /* no IPv6 here */
    for (int i = 0; i < 5; i++) {
        response = fetch_routed(world, loopback_ranges, "localhost");
        check_refusal(response, NULL);
        assert_string_equal(response->hops[0].address, "127.0.0.1");
        bylaw_response_free(response);
    }
    assert_int_equal(fault_server_connections(other), 0);
    fault_server_stop(other);
}

static void test_fetch__says_connect_where_the_allowed_address_failed(void **s)
{
    const char *const routes[] = {"site.example:80:localhost:1", NULL};
    struct bylaw_fetch_options options = {.allow_ranges = loopback_ranges,
                                          .connect_to = routes,
                                          .timeout_ms = TIMEOUT_MS};
    bylaw__fetcher *fetcher = new_fetcher(&options, NULL);
    struct bylaw_response *response = fetch(fetcher, "http://site.example/ok");

    (void)s;
    check_refusal(response, "fetch.connect");
    bylaw_response_free(response);
    bylaw__fetcher_free(fetcher);
}

/* A proxy of the environment would see each address that is asked for. */
static void test_fetch__takes_no_proxy_from_the_environment(void **state)
{
    static const char *const names[] = {"http_proxy", "https_proxy",
                                        "all_proxy", "ALL_PROXY"};
    struct world *world = *state;
    struct fault_server *proxy =
        fault_server_start(FAULT_PLAIN, "127.0.0.1", 0,
                           (struct bylaw_span){NULL, 0});
    struct bylaw_response *response;
    char address[64];

    assert_non_null(proxy);
    snprintf(address, sizeof(address), "http://127.0.0.1:%u",
             fault_server_port(proxy));
    for (size_t i = 0; i < COUNT(names); i++)
        setenv(names[i], address, 1);
    response = fetch_path(world, "/ok");
    check_refusal(response, NULL);
    bylaw_response_free(response);
    check_address_refused(world, "https://10.0.0.1/", "fetch.private-address");
    for (size_t i = 0; i < COUNT(names); i++)
        unsetenv(names[i]);
    assert_int_equal(fault_server_connections(proxy), 0);
    fault_server_stop(proxy);
}

#define WORLDLY(test)                                                          \
    cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLDLY(test_fetch__says_what_came_and_what_went_wrong),
        WORLDLY(test_fetch__keeps_what_came_before_a_reset),
        WORLDLY(test_fetch__joins_the_members_of_a_gzip_body),
        WORLDLY(test_fetch__reads_the_content_type_in_any_dress),
        WORLDLY(test_fetch__takes_headers_of_the_final_reply_only),
        WORLDLY(test_fetch__ends_a_body_at_its_ceiling),
        WORLDLY(test_fetch__ends_a_body_that_unpacks_too_well),
        WORLDLY(test_fetch__ends_header_lines_at_their_ceiling),
        WORLDLY(test_fetch__follows_ten_redirects_and_not_one_more),
        WORLDLY(test_fetch__follows_no_other_status),
        WORLDLY(test_fetch__follows_a_redirect_whatever_its_body),
        WORLDLY(test_fetch__checks_where_a_redirect_leads),
        WORLDLY(test_fetch__counts_time_over_all_redirects),
        WORLDLY(test_fetch__refuses_addresses_it_cannot_take),
        WORLDLY(test_fetch__sends_no_byte_to_a_refused_address),
        WORLDLY(test_fetch__guards_the_address_a_route_leads_to),
        WORLDLY(test_fetch__passes_by_the_refused_address_of_a_name),
        WORLDLY(test_fetch__says_connect_where_the_allowed_address_failed),
        WORLDLY(test_fetch__takes_no_proxy_from_the_environment),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
