/* SPDX-License-Identifier: Apache-2.0 */
/* What goes over the wire, kept for the record. */
#include "fetch_int.h"

#include <curl/curl.h>
#include <openssl/ssl.h>

/* --------------------------------------------------------- what is sent --- */

static int note_sent(CURL *curl, curl_infotype type, char *bytes, size_t len,
                     void *payload)
{
    struct fetch_exchange *exchange = payload;

    (void)curl;
    if (type == CURLINFO_HEADER_OUT)
        bylaw__buf_add(&exchange->tap.sent, bytes, len);
    return 0;
}

static struct bylaw_span name_of(struct bylaw_span line)
{
    return bylaw__span_trim(
        bylaw__span_sub(line, 0, bylaw__span_find(line, BYLAW__SPAN(":"))));
}

/* Line by line; one of the secret's name goes, however it was written. */
static struct bylaw_span leave_out_secret(const struct fetch_tap *tap)
{
    struct bylaw_span left = bylaw__buf_span(&tap->sent);
    struct bylaw_span secret = name_of(bylaw__span_of(tap->secret));
    struct bylaw__buf out;

    bylaw__buf_init(&out, tap->sent.ceiling);
    while (left.len) {
        size_t end = bylaw__span_find(left, BYLAW__SPAN("\n"));
        struct bylaw_span line =
            bylaw__span_sub(left, 0, end == SIZE_MAX ? end : end + 1);

        if (!secret.len || !bylaw__span_eq_nocase(name_of(line), secret))
            bylaw__buf_add_span(&out, line);
        left = bylaw__span_sub(left, line.len, left.len);
    }
    left = bylaw__arena_span(tap->arena, bylaw__buf_span(&out));
    tap->arena->failed |= out.failed || tap->sent.failed;
    bylaw__buf_release(&out);
    return left;
}

/* ------------------------------------------------------ who is asked --- */

static struct bylaw_span copy_der(struct bylaw__arena *arena, X509 *certificate)
{
    unsigned char *der = NULL;
    int len = i2d_X509(certificate, &der);
    struct bylaw_span copy = {NULL, 0};

    if (len > 0)
        copy = bylaw__arena_span(arena, (struct bylaw_span){(const char *)der,
                                                            (size_t)len});
    OPENSSL_free(der);
    return copy;
}

/* OpenSSL takes no longer chain than 100 KiB. */
static void copy_chain(struct bylaw_exchange *made, struct bylaw__arena *arena,
                       const SSL *ssl)
{
    STACK_OF(X509) *chain = SSL_get_peer_cert_chain(ssl);
    int count = chain ? sk_X509_num(chain) : 0;
    struct bylaw_span *copies =
        bylaw__arena_alloc_array(arena, (size_t)(count > 0 ? count : 0),
                                 sizeof(*copies));

    for (int i = 0; copies && i < count; i++)
        copies[i] = copy_der(arena, sk_X509_value(chain, i));
    made->certificates = copies;
    made->certificate_count = copies && count > 0 ? (size_t)count : 0;
}

static void copy_tls(struct bylaw_exchange *made, struct bylaw__arena *arena,
                     CURL *curl)
{
    struct curl_tlssessioninfo *session = NULL;
    const SSL *ssl;

    if (curl_easy_getinfo(curl, CURLINFO_TLS_SSL_PTR, &session) || !session ||
        session->backend != CURLSSLBACKEND_OPENSSL || !session->internals)
        return;
    ssl = session->internals;
    made->tls = bylaw__arena_strdup(arena, SSL_get_version(ssl));
    made->cipher = bylaw__arena_strdup(arena, SSL_get_cipher_name(ssl));
    copy_chain(made, arena, ssl);
}

/* The connection stands and nothing is said yet: later, when the exchange is
 * over, the handle has no connection that could be asked. */
static int note_peer(void *payload, char *address, char *own_address, int port,
                     int own_port)
{
    struct fetch_exchange *exchange = payload;
    struct bylaw_exchange *made = exchange->tap.made;

    (void)address;
    (void)own_address;
    (void)own_port;
    made->port = (unsigned)port;
    copy_tls(made, exchange->tap.arena, exchange->curl);
    return CURL_PREREQFUNC_OK;
}

/* --------------------------------------------------------- in all --- */

void bylaw__tap_listen(struct fetch_exchange *exchange)
{
    struct fetch_tap *tap = &exchange->tap;
    const struct bylaw__clock *clock = &exchange->fetcher->clock;
    CURL *curl = exchange->curl;

    if (!tap->arena)
        return;
    tap->made = bylaw__arena_alloc(tap->arena, sizeof(*tap->made));
    if (!tap->made)
        return; /* the arena has failed, and with it the response */
    tap->made->protocol = "";
    tap->made->began_ms = clock->now_ms(clock->payload);
    bylaw__buf_init(&tap->sent, BYLAW_LIMIT_HEADER_BYTES);
    bylaw__buf_init(&tap->body, BYLAW_LIMIT_WIRE_BYTES);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L); /* debug function */
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, note_sent);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, exchange);
    curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, note_peer);
    curl_easy_setopt(curl, CURLOPT_PREREQDATA, exchange);
}

void bylaw__tap_body(struct fetch_exchange *exchange, const void *bytes,
                     size_t len)
{
    struct bylaw__buf *body = &exchange->tap.body;
    size_t room = BYLAW_LIMIT_WIRE_BYTES - body->len;

    if (exchange->tap.made)
        bylaw__buf_add(body, bytes, len < room ? len : room);
}

static const char *protocol_of(CURL *curl)
{
    long version = 0;

    curl_easy_getinfo(curl, CURLINFO_HTTP_VERSION, &version);
    return version == CURL_HTTP_VERSION_1_0   ? "http/1.0"
           : version == CURL_HTTP_VERSION_1_1 ? "http/1.1"
           : version == CURL_HTTP_VERSION_2_0 ? "h2"
                                              : "";
}

static uint64_t time_of(CURL *curl, CURLINFO what)
{
    curl_off_t us = 0;

    curl_easy_getinfo(curl, what, &us);
    return us > 0 ? (uint64_t)us : 0;
}

static void note_times(struct bylaw_exchange *made, CURL *curl)
{
    made->resolved_us = time_of(curl, CURLINFO_NAMELOOKUP_TIME_T);
    made->connected_us = time_of(curl, CURLINFO_CONNECT_TIME_T);
    made->secured_us = time_of(curl, CURLINFO_APPCONNECT_TIME_T);
    made->answered_us = time_of(curl, CURLINFO_STARTTRANSFER_TIME_T);
    made->ended_us = time_of(curl, CURLINFO_TOTAL_TIME_T);
}

void bylaw__tap_finish(struct fetch_exchange *exchange, int curl_code)
{
    struct fetch_tap *tap = &exchange->tap;
    struct bylaw_exchange *made = tap->made;
    const struct bylaw__buf *headers = &exchange->reply->headers;
    long connects = 0;

    if (!made)
        return;
    curl_easy_getinfo(exchange->curl, CURLINFO_NUM_CONNECTS, &connects);
    made->is_reused = made->port && !connects;
    made->protocol = protocol_of(exchange->curl);
    made->is_truncated = curl_code != CURLE_OK;
    made->sent = leave_out_secret(tap);
    made->head = bylaw__arena_span(tap->arena, bylaw__buf_span(headers));
    made->body = bylaw__arena_span(tap->arena, bylaw__buf_span(&tap->body));
    tap->arena->failed |= tap->body.failed;
    note_times(made, exchange->curl);
}

void bylaw__tap_release(struct fetch_tap *tap)
{
    bylaw__buf_release(&tap->sent);
    bylaw__buf_release(&tap->body);
}
