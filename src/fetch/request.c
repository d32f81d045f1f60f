/* SPDX-License-Identifier: Apache-2.0 */
/* One request through libcurl, every byte counted here. */
#include "fetch_int.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct exchange {
    bylaw__fetcher *fetcher;
    struct fetch_reply *reply;
    struct fetch_decoder decoder;
    const char *where;
    bool decoding, blocked;
    char blocked_address[INET6_ADDRSTRLEN];
};

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;

static void init_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

void bylaw__reply_init(struct fetch_reply *reply)
{
    memset(reply, 0, sizeof(*reply));
    bylaw__buf_init(&reply->headers, BYLAW_LIMIT_HEADER_BYTES);
    bylaw__buf_init(&reply->body, BYLAW_LIMIT_BODY_BYTES);
}

void bylaw__reply_release(struct fetch_reply *reply)
{
    bylaw__buf_release(&reply->headers);
    bylaw__buf_release(&reply->body);
}

struct bylaw_span bylaw__header_value(struct bylaw_span headers,
                                      const char *name)
{
    struct bylaw_span value = {NULL, 0};
    size_t name_len = strlen(name);

    for (size_t pos = 0, end; pos < headers.len; pos = end + 1) {
        struct bylaw_span line;

        for (end = pos; end < headers.len && headers.ptr[end] != '\n';)
            end++;
        line = bylaw__span_sub(headers, pos, end);
        if (line.len > name_len && line.ptr[name_len] == ':' &&
            bylaw__span_starts_nocase(line, name))
            value =
                bylaw__span_trim(bylaw__span_sub(line, name_len + 1, line.len));
    }
    return value;
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
    struct exchange *exchange = payload;
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
    return socket(address->family, address->socktype | SOCK_CLOEXEC,
                  address->protocol);
}

static size_t take_header(char *bytes, size_t size, size_t count, void *payload)
{
    struct exchange *exchange = payload;
    struct bylaw__buf *headers = &exchange->reply->headers;

    /* An interim or proxy reply starts anew; only the last one matters. */
    if (size * count > 5 && !memcmp(bytes, "HTTP/", 5))
        bylaw__buf_clear(headers);
    bylaw__buf_add(headers, bytes, size * count);
    return headers->failed ? 0 : size * count;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *payload)
{
    struct exchange *exchange = payload;
    struct fetch_reply *reply = exchange->reply;
    size_t len = size * count;

    if (!exchange->decoding) {
        exchange->decoding = true;
        if (bylaw__decoder_begin(&exchange->decoder, &reply->body,
                                 bylaw__header_value(bylaw__buf_span(
                                                         &reply->headers),
                                                     "content-encoding"),
                                 exchange->where))
            return 0;
    }
    reply->wire_bytes += len;
    return bylaw__decoder_feed(&exchange->decoder, bytes, len) ? 0 : len;
}

static void set_options(CURL *curl, struct exchange *exchange,
                        const char *address, unsigned timeout_ms,
                        struct curl_slist *headers)
{
    const bylaw__fetcher *fetcher = exchange->fetcher;
    unsigned connect_ms = timeout_ms < BYLAW_LIMIT_CONNECT_MS
                              ? timeout_ms
                              : BYLAW_LIMIT_CONNECT_MS;

    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, address);
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(curl, CURLOPT_CONNECT_TO, fetcher->connect_to);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, fetcher->user_agent);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_HTTP_CONTENT_DECODING, 0L);
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
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, exchange);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, exchange);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, exchange);
}

static const struct {
    CURLcode curl;
    int code;
    const char *id, *what;
} failures[] = {
    {CURLE_COULDNT_RESOLVE_HOST, BYLAW_ENETWORK, "fetch.dns",
     "the host name does not resolve"},
    {CURLE_COULDNT_CONNECT, BYLAW_ENETWORK, "fetch.connect",
     "no connection could be made"},
    {CURLE_OPERATION_TIMEDOUT, BYLAW_ENETWORK, "fetch.timeout",
     "the other side was too slow"},
    {CURLE_SSL_CONNECT_ERROR, BYLAW_ENETWORK, "fetch.tls",
     "the TLS handshake failed"},
    {CURLE_PEER_FAILED_VERIFICATION, BYLAW_ENETWORK, "fetch.tls",
     "the certificate could not be verified"},
    {CURLE_SSL_CERTPROBLEM, BYLAW_ENETWORK, "fetch.tls",
     "the TLS handshake failed"},
    {CURLE_SSL_CIPHER, BYLAW_ENETWORK, "fetch.tls", "the TLS handshake failed"},
    {CURLE_SSL_CACERT_BADFILE, BYLAW_ECONFIG, "fetch.ca-file",
     "the file of trusted certificates cannot be used"},
    {CURLE_PARTIAL_FILE, BYLAW_ENETWORK, "fetch.cut-off",
     "the transfer broke off before its end"},
    {CURLE_RECV_ERROR, BYLAW_ENETWORK, "fetch.cut-off",
     "the connection broke off"},
    {CURLE_SEND_ERROR, BYLAW_ENETWORK, "fetch.cut-off",
     "the connection broke off"},
    {CURLE_GOT_NOTHING, BYLAW_ENETWORK, "fetch.cut-off",
     "the other side closed the connection without an answer"},
    {CURLE_HTTP2_STREAM, BYLAW_ENETWORK, "fetch.cut-off",
     "the transfer broke off before its end"},
};

static void explain_failure(struct exchange *exchange, CURLcode result)
{
    struct bylaw_error *refusal = &exchange->reply->refusal;
    size_t count = sizeof(failures) / sizeof(failures[0]);

    if (exchange->decoding && exchange->decoder.failure.code) {
        *refusal = exchange->decoder.failure;
        return;
    }
    if (exchange->reply->headers.failed) {
        bylaw__fail(refusal, BYLAW_ELIMIT, "fetch.headers", exchange->where,
                    "the header lines are longer than %u bytes",
                    BYLAW_LIMIT_HEADER_BYTES);
        return;
    }
    if (exchange->blocked) {
        bylaw__fail(refusal, BYLAW_EREFUSED, "fetch.private-address",
                    exchange->where,
                    "the address %s is not on the public internet",
                    exchange->blocked_address);
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (failures[i].curl == result) {
            bylaw__fail(refusal, failures[i].code, failures[i].id,
                        exchange->where, "%s", failures[i].what);
            return;
        }
    bylaw__fail(refusal, BYLAW_ENETWORK, "fetch.protocol", exchange->where,
                "the exchange failed: %s", curl_easy_strerror(result));
}

static void finish(struct exchange *exchange, CURL *curl, CURLcode result)
{
    struct fetch_reply *reply = exchange->reply;
    const char *peer = NULL;
    long status = 0;

    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_PRIMARY_IP, &peer);
    reply->status = (int)status;
    snprintf(reply->address, sizeof(reply->address), "%s", peer ? peer : "");
    if (result) {
        explain_failure(exchange, result);
    } else if (exchange->decoding &&
               !bylaw__decoder_is_whole(&exchange->decoder)) {
        bylaw__fail(&reply->refusal, BYLAW_ENETWORK, "fetch.cut-off",
                    exchange->where, "the compressed body ends before its end");
    }
    reply->is_truncated = reply->refusal.code != 0;
}

int bylaw__request(struct fetch_reply *reply, bylaw__fetcher *fetcher,
                   const bylaw_url *url, unsigned timeout_ms,
                   struct bylaw_error *err)
{
    struct exchange exchange = {.fetcher = fetcher, .reply = reply};
    const char *href = bylaw_url_href(url);
    size_t without_fragment = strcspn(href, "#");
    struct curl_slist *headers = NULL;
    char *address = strndup(href, without_fragment);

    pthread_once(&curl_once, init_curl);
    if (!fetcher->curl)
        fetcher->curl = curl_easy_init();
    headers = curl_slist_append(NULL, "Accept-Encoding: gzip, deflate");
    if (!address || !fetcher->curl || !headers) {
        free(address);
        curl_slist_free_all(headers);
        return bylaw__fail_memory(err, href);
    }
    exchange.where = href;
    set_options(fetcher->curl, &exchange, address, timeout_ms, headers);
    finish(&exchange, fetcher->curl, curl_easy_perform(fetcher->curl));
    if (exchange.decoding)
        bylaw__decoder_end(&exchange.decoder);
    free(address);
    curl_slist_free_all(headers);
    return 0;
}
