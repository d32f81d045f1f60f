/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside fetch only: one request, its decoding, its socket's guard. */
#ifndef BYLAW_FETCH_INT_H
#define BYLAW_FETCH_INT_H

#include "fetch.h"

#include <sys/socket.h>
#include <zlib.h>

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

/* ----------------------------------------------------------- decode.c --- */

/** Where a layer of content-encoding stands. */
enum fetch_layer_state {
    FETCH_LAYER_START = 0, /* its first two bytes tell the container */
    FETCH_LAYER_INSIDE,    /* in a compressed stream */
    FETCH_LAYER_BETWEEN,   /* after a gzip member; another may follow */
    FETCH_LAYER_DONE       /* what still comes is padding */
};

/** Undoes content-encodings as bytes arrive, within the ceilings. */
struct fetch_decoder {
    struct fetch_layer {
        z_stream stream;
        bool is_open, is_deflate, is_gzip;
        enum fetch_layer_state state;
        unsigned char head[2];
        size_t head_len;
        uint64_t produced; /* bytes handed to the next layer */
    } layers[BYLAW_LIMIT_ENCODINGS];
    size_t layer_count;
    struct bylaw__buf *out;
    uint64_t received; /* bytes fed in */
    struct bylaw_error failure;
    const char *where; /* borrowed: outlives the decoder */
};

/**
 * encodings: all values of Content-Encoding, joined by commas; "" for none.
 * Only read here. End the decoder also where this fails.
 */
int bylaw__decoder_begin(struct fetch_decoder *decoder, struct bylaw__buf *out,
                         struct bylaw_span encodings, const char *where);
/** 0, or a code with decoder->failure filled. */
int bylaw__decoder_feed(struct fetch_decoder *decoder, const void *bytes,
                        size_t len);
/** True where every encoded stream came to its own end. */
bool bylaw__decoder_is_whole(const struct fetch_decoder *decoder);
void bylaw__decoder_end(struct fetch_decoder *decoder);

/* ---------------------------------------------------------- headers.c --- */

/**
 * The next field of that name at or after *pos, which moves behind it. The
 * value is trimmed; where lines were folded, their line breaks are in it.
 */
bool bylaw__header_next(struct bylaw_span *value, struct bylaw_span headers,
                        size_t *pos, const char *name);
/** Value of the last field of that name; empty where there is none. */
struct bylaw_span bylaw__header_value(struct bylaw_span headers,
                                      const char *name);
/** Values of all fields of that name, joined by commas (RFC 9110, 5.3). */
void bylaw__header_join(struct bylaw__buf *out, struct bylaw_span headers,
                        const char *name);
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
    struct fetch_decoder decoder;
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
