/* SPDX-License-Identifier: Apache-2.0 */
/* One request through libcurl, every byte counted here. */
#include "fetch_int.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>

/* A redirect's body is read to keep the connection, but not for ever. */
#define REDIRECT_BODY_BYTES (64u << 10)

#define PROMISED_BYTES (256 << 10) /* believed before they come */

_Static_assert(sizeof(((struct fetch_exchange *)NULL)->detail) >=
                   CURL_ERROR_SIZE,
               "libcurl fills in a detail of that size");

void bylaw__reply_init(struct fetch_reply *reply, size_t most_bytes)
{
    memset(reply, 0, sizeof(*reply));
    bylaw__buf_init(&reply->headers, BYLAW_LIMIT_HEADER_BYTES);
    bylaw__buf_init(&reply->body,
                    most_bytes ? most_bytes : BYLAW_LIMIT_BODY_BYTES);
}

void bylaw__reply_release(struct fetch_reply *reply)
{
    bylaw__buf_release(&reply->headers);
    bylaw__buf_release(&reply->body);
}

static const void *address_bytes(const struct curl_sockaddr *address)
{
    const char *base = (const char *)&address->addr;

    return base + (address->family == AF_INET
                       ? offsetof(struct sockaddr_in, sin_addr)
                       : offsetof(struct sockaddr_in6, sin6_addr));
}

/* After name resolution and before the first byte: the only place where the
 * address that is really used can be seen. */
static curl_socket_t open_socket(void *payload, curlsocktype purpose,
                                 struct curl_sockaddr *address)
{
    struct fetch_exchange *exchange = payload;
    const bylaw__fetcher *fetcher = exchange->fetcher;

    (void)purpose;
    if (!bylaw__fetch_may_connect(&address->addr, fetcher->allowed,
                                  fetcher->allowed_count)) {
        exchange->blocked = true;
        if (address->family == AF_INET || address->family == AF_INET6)
            inet_ntop(address->family, address_bytes(address),
                      exchange->blocked_address,
                      sizeof(exchange->blocked_address));
        return CURL_SOCKET_BAD;
    }
    exchange->opened = true;
    return socket(address->family, address->socktype | SOCK_CLOEXEC,
                  address->protocol);
}

/* Only "chunked" is undone without being asked for; what libcurl unpacks
 * beyond it would escape the ceilings. */
static int check_transfer_encoding(struct fetch_exchange *exchange)
{
    struct bylaw_span headers = bylaw__buf_span(&exchange->reply->headers);
    struct bylaw_span value;
    size_t pos = 0;

    while (bylaw__header_next(&value, headers, &pos, "transfer-encoding"))
        if (value.len && !bylaw__span_is_nocase(value, "chunked") &&
            !bylaw__span_is_nocase(value, "identity"))
            return bylaw__fail(&exchange->failure, BYLAW_EUNSUPPORTED,
                               "fetch.encoding", exchange->where,
                               "a transfer-encoding was not asked for and "
                               "cannot be undone");
    return 0;
}

/* The blank line after header lines. */
static int end_headers(struct fetch_exchange *exchange)
{
    struct fetch_reply *reply = exchange->reply;
    long status = 0;

    exchange->block_ended = true;
    curl_easy_getinfo(exchange->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status < 200)
        return 0;
    exchange->is_final = true;
    exchange->is_redirect =
        bylaw__is_redirect((int)status, bylaw__buf_span(&reply->headers));
    return check_transfer_encoding(exchange);
}

static size_t take_header(char *bytes, size_t size, size_t count, void *payload)
{
    struct fetch_exchange *exchange = payload;
    struct bylaw__buf *headers = &exchange->reply->headers;
    size_t len = size * count;

    exchange->header_bytes += len;
    if (exchange->header_bytes > BYLAW_LIMIT_HEADER_BYTES) {
        bylaw__fail(&exchange->failure, BYLAW_ELIMIT, "fetch.headers",
                    exchange->where,
                    "the header lines are longer than %u bytes",
                    BYLAW_LIMIT_HEADER_BYTES);
        return 0;
    }
    if (exchange->is_final)
        return len; /* a trailer: it has no say about the body before it */
    if (exchange->block_ended)
        bylaw__buf_clear(headers); /* those of an interim reply */
    exchange->block_ended = false;
    bylaw__buf_add(headers, bytes, len);
    if (headers->failed) {
        bylaw__fail_memory(&exchange->failure, exchange->where);
        return 0;
    }
    if (*bytes == '\n' || (*bytes == '\r' && len == 2))
        return end_headers(exchange) ? 0 : len;
    return len;
}

/* Room for as much as is promised, within reason: growing step by step moves
 * what is there each time. */
static void expect_length(const struct fetch_exchange *exchange)
{
    curl_off_t len = -1;

    curl_easy_getinfo(exchange->curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &len);
    if (!exchange->decoder.layer_count && len > 0 && len <= PROMISED_BYTES)
        bylaw__buf_reserve(&exchange->reply->body, (size_t)len);
}

static int begin_body(struct fetch_exchange *exchange)
{
    struct fetch_reply *reply = exchange->reply;
    struct bylaw__buf encodings = {0};
    int rc;

    exchange->decoding = true;
    bylaw__header_join(&encodings, bylaw__buf_span(&reply->headers),
                       "content-encoding");
    rc = encodings.failed
             ? bylaw__fail_memory(&exchange->failure, exchange->where)
             : bylaw__decoder_begin(&exchange->decoder, &reply->body,
                                    bylaw__buf_span(&encodings),
                                    exchange->where);
    bylaw__buf_release(&encodings);
    expect_length(exchange);
    return rc;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *payload)
{
    struct fetch_exchange *exchange = payload;
    size_t len = size * count;

    exchange->reply->wire_bytes += len;
    if (exchange->is_redirect) {
        bylaw__tap_body(exchange, bytes, len);
        return exchange->reply->wire_bytes > REDIRECT_BODY_BYTES ? 0 : len;
    }
    if (!exchange->decoding && begin_body(exchange)) {
        bylaw__tap_body(exchange, bytes, len);
        return 0;
    }
    if (exchange->decoder.layer_count)
        bylaw__tap_body(exchange, bytes, len);
    return bylaw__decoder_feed(&exchange->decoder, bytes, len) ? 0 : len;
}

void bylaw__request_bounds(struct fetch_exchange *exchange, unsigned timeout_ms)
{
    const bylaw__fetcher *fetcher = exchange->fetcher;
    CURL *curl = exchange->curl;
    unsigned connect_ms = timeout_ms < BYLAW_LIMIT_CONNECT_MS
                              ? timeout_ms
                              : BYLAW_LIMIT_CONNECT_MS;

    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    /* A resolver that hangs is left behind: waiting for it would hold up every
     * other transfer. */
    curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
    /* Empty, not unset: unset would look into the environment. */
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(curl, CURLOPT_CONNECT_TO, fetcher->connect_to);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)connect_ms);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT,
                     (long)BYLAW_LIMIT_LOW_SPEED_BYTES);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME,
                     (long)BYLAW_LIMIT_LOW_SPEED_S);
    /* With a CA path set, libcurl parses the bundle anew for every
     * connection; without, it keeps the parsed store. */
    curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
    if (fetcher->ca_file)
        curl_easy_setopt(curl, CURLOPT_CAINFO, fetcher->ca_file);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, exchange->detail);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, exchange);
}

/* HTTP/2 comes with TLS: there the handshake says whether a stream of a
 * connection that is being made will do. On a plain one, waiting to see would
 * be waiting for another's answer. */
static void set_version(struct fetch_exchange *exchange)
{
    bool has_tls =
        bylaw__span_starts(bylaw__span_of(exchange->address), "https:");

    curl_easy_setopt(exchange->curl, CURLOPT_HTTP_VERSION,
                     has_tls ? (long)CURL_HTTP_VERSION_2TLS
                             : (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(exchange->curl, CURLOPT_PIPEWAIT, has_tls ? 1L : 0L);
}

static void set_options(struct fetch_exchange *exchange,
                        const struct fetch_payload *payload)
{
    CURL *curl = exchange->curl;

    curl_easy_setopt(curl, CURLOPT_URL, exchange->address);
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    set_version(exchange);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, exchange->fetcher->user_agent);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, exchange->headers);
    curl_easy_setopt(curl, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, exchange);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, exchange);
    if (!payload)
        return;
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, payload->body.ptr);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     (curl_off_t)payload->body.len);
}

static void take_facts(struct fetch_reply *reply, CURL *curl)
{
    const char *peer = NULL;
    curl_off_t spent_us = 0;
    long status = 0;

    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_PRIMARY_IP, &peer);
    curl_easy_getinfo(curl, CURLINFO_TOTAL_TIME_T, &spent_us);
    reply->status = (int)status;
    reply->spent_ms = (unsigned)(spent_us / 1000) + 1;
    snprintf(reply->address, sizeof(reply->address), "%s", peer ? peer : "");
}

int bylaw__request_finish(struct fetch_exchange *exchange, int curl_code)
{
    struct fetch_reply *reply = exchange->reply;
    int rc = 0;

    take_facts(reply, exchange->curl);
    bylaw__tap_finish(exchange, curl_code);
    /* Where a redirect leads is known; how its body ends is of no interest. */
    if (exchange->is_redirect && !exchange->failure.code)
        return 0;
    if (curl_code)
        rc = bylaw__explain_failure(exchange, curl_code);
    else if (exchange->decoding && !bylaw__decoder_is_whole(&exchange->decoder))
        bylaw__fail(&reply->refusal, BYLAW_ENETWORK, "fetch.cut-off",
                    exchange->where, "the compressed body ends before its end");
    reply->is_truncated = reply->refusal.code != 0;
    return rc;
}

/* A value that a server once sent and that can be said back on one line. */
static bool is_sayable(const char *value)
{
    for (const char *p = value; p && *p; p++)
        if ((unsigned char)*p < ' ' && *p != '\t')
            return false;
    return value && *value;
}

static bool say(struct curl_slist **headers, const char *name,
                const char *value)
{
    char line[BYLAW_LIMIT_VALIDATOR_BYTES + 32];
    struct curl_slist *grown;
    int len;

    if (!is_sayable(value))
        return true;
    len = snprintf(line, sizeof(line), "%s%s", name, value);
    if (len < 0 || (size_t)len >= sizeof(line))
        return true; /* a validator too long to keep is none */
    grown = curl_slist_append(*headers, line);
    if (grown)
        *headers = grown;
    return grown != NULL;
}

static bool list_headers(struct curl_slist **headers,
                         const struct bylaw__fetch_extra *extra,
                         const struct fetch_payload *payload)
{
    const char *const *line = payload ? payload->headers : NULL;
    bool is_good =
        say(headers, "Accept-Encoding: ", "gzip, deflate") &&
        (!extra || (say(headers, "If-None-Match: ", extra->etag) &&
                    say(headers, "If-Modified-Since: ", extra->last_modified) &&
                    say(headers, "", extra->header)));

    for (; is_good && line && *line; line++)
        is_good = say(headers, "", *line);
    return is_good;
}

int bylaw__request_open(struct fetch_exchange *exchange, const bylaw_url *url,
                        const struct bylaw__fetch_extra *extra,
                        const struct fetch_payload *payload,
                        unsigned timeout_ms)
{
    const char *href = bylaw_url_href(url);

    exchange->where = href;
    exchange->address = strndup(href, strcspn(href, "#"));
    if (!exchange->address ||
        !list_headers(&exchange->headers, extra, payload) ||
        bylaw__drive_lend(exchange))
        return BYLAW_ENOMEM;
    bylaw__request_bounds(exchange, timeout_ms);
    set_options(exchange, payload);
    exchange->tap.secret = extra ? extra->header : NULL;
    bylaw__tap_listen(exchange);
    return 0;
}

void bylaw__request_end(struct fetch_exchange *exchange)
{
    bylaw__drive_return(exchange);
    bylaw__decoder_end(&exchange->decoder);
    bylaw__tap_release(&exchange->tap);
    curl_slist_free_all(exchange->headers);
    free(exchange->address);
    exchange->headers = NULL;
    exchange->address = NULL;
}
