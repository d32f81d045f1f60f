/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside fetch only: one request, its socket's guard. */
#ifndef BYLAW_FETCH_INT_H
#define BYLAW_FETCH_INT_H

#include "fetch.h"

#include "http/http.h"

#include <sys/socket.h>

/* ------------------------------------------------------------ guard.c --- */

/** An address range: sixteen bytes (IPv4 as mapped) and a prefix length. */
struct fetch_range {
    unsigned char bytes[16];
    unsigned bits;
};

/** Parses "127.0.0.0/8", "::1/128" or a lone address. */
bool bylaw__fetch_range_parse(struct fetch_range *out, const char *text);
/** True where a socket may be opened to the address. */
bool bylaw__fetch_may_connect(const struct sockaddr *address,
                              const struct fetch_range *allowed, size_t count);

/* ---------------------------------------------------------- headers.c --- */

/** Retry-After in milliseconds from now_ms on, cut to its ceiling; 0: none. */
int64_t bylaw__retry_after_ms(struct bylaw_span headers, int64_t now_ms);
/** True where status and headers say to go on elsewhere. */
bool bylaw__is_redirect(int status, struct bylaw_span headers);

/* ---------------------------------------------------------- request.c --- */

/** What one request brought. */
struct fetch_reply {
    int status;
    char address[64]; /* peer, or "" */
    struct bylaw__buf headers, body;
    uint64_t wire_bytes;
    unsigned spent_ms; /* by the network library's own clock */
    bool is_truncated;
    struct bylaw_error refusal;
};

void bylaw__reply_init(struct fetch_reply *reply);
void bylaw__reply_release(struct fetch_reply *reply);

/**
 * One GET, no redirects. Fills reply; negative only for memory. extra: what to
 * say in this request, may be NULL.
 */
int bylaw__request(struct fetch_reply *reply, bylaw__fetcher *fetcher,
                   const bylaw_url *url, const struct bylaw__fetch_extra *extra,
                   unsigned timeout_ms, struct bylaw_error *err);
/** What a request sends besides a GET's head. */
struct fetch_payload {
    struct bylaw_span body;
    const char *const *headers; /* NULL-terminated lines */
};
/** bylaw__request, as a POST where payload is not NULL. */
int bylaw__request_with(struct fetch_reply *reply, bylaw__fetcher *fetcher,
                        const bylaw_url *url,
                        const struct bylaw__fetch_extra *extra,
                        const struct fetch_payload *payload,
                        unsigned timeout_ms, struct bylaw_error *err);
/** Makes the fetcher's handle ready; NULL without memory. */
void *bylaw__request_handle(bylaw__fetcher *fetcher);
struct fetch_exchange;
/** What every transfer keeps to: guard, trust, time, no environment. */
void bylaw__request_bounds(struct fetch_exchange *exchange,
                           unsigned timeout_ms);
/** Runs the handle's transfer; a CURLcode. SIGPIPE is held back. */
int bylaw__request_perform(bylaw__fetcher *fetcher);
/** Closes the connections that are kept for further requests. */
void bylaw__request_end(bylaw__fetcher *fetcher);

/* ---------------------------------------------------------- failure.c --- */

/** A request on its way: what libcurl's callbacks see. */
struct fetch_exchange {
    bylaw__fetcher *fetcher;
    struct fetch_reply *reply;
    struct bylaw__decoder decoder;
    const char *where;
    size_t header_bytes; /* interim replies and trailers included */
    bool block_ended;    /* a blank line came after header lines */
    bool is_final;       /* ... and the reply is no interim one (1xx) */
    bool is_redirect, decoding;
    bool opened, blocked; /* some socket was opened, some address refused */
    char blocked_address[64];
    struct bylaw_error failure; /* what our callbacks stopped at */
    char detail[256];           /* by libcurl, CURL_ERROR_SIZE */
};

/**
 * Fills the reply's refusal from what stopped the request and from libcurl's
 * result (CURLcode). Negative only for memory.
 */
int bylaw__explain_failure(struct fetch_exchange *exchange, int curl_code);

struct bylaw__fetcher {
    void *curl; /* CURL easy handle, reused; NULL until the first request */
    char *user_agent, *ca_file;
    struct fetch_range *allowed;
    size_t allowed_count;
    struct curl_slist *connect_to;
    unsigned timeout_ms;
    struct bylaw_transport transport;
    bool has_transport;
    struct bylaw__clock clock;
};

#endif
