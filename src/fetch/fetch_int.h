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

/** Undoes content-encodings as bytes arrive, within the ceilings. */
struct fetch_decoder {
    struct fetch_layer {
        z_stream stream;
        bool is_open, is_raw, has_ended, saw_input;
    } layers[BYLAW_LIMIT_ENCODINGS];
    size_t layer_count;
    struct bylaw__buf *out;
    uint64_t received; /* bytes fed in */
    struct bylaw_error failure;
    const char *where;
};

/** encodings: value of Content-Encoding, "" for none. */
int bylaw__decoder_begin(struct fetch_decoder *decoder, struct bylaw__buf *out,
                         struct bylaw_span encodings, const char *where);
/** 0, or a code with decoder->failure filled. */
int bylaw__decoder_feed(struct fetch_decoder *decoder, const void *bytes,
                        size_t len);
/** True where every encoded stream came to its own end. */
bool bylaw__decoder_is_whole(const struct fetch_decoder *decoder);
void bylaw__decoder_end(struct fetch_decoder *decoder);

/* ---------------------------------------------------------- request.c --- */

/** What one request brought. */
struct fetch_reply {
    int status;
    char address[64]; /* peer, or "" */
    struct bylaw__buf headers, body;
    uint64_t wire_bytes;
    bool is_truncated;
    struct bylaw_error refusal;
};

void bylaw__reply_init(struct fetch_reply *reply);
void bylaw__reply_release(struct fetch_reply *reply);

/** Value of a header in header lines (last one wins); empty where none. */
struct bylaw_span bylaw__header_value(struct bylaw_span headers,
                                      const char *name);

/** One GET, no redirects. Fills reply; negative only for memory. */
int bylaw__request(struct fetch_reply *reply, bylaw__fetcher *fetcher,
                   const bylaw_url *url, unsigned timeout_ms,
                   struct bylaw_error *err);

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
