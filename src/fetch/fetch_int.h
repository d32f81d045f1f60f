/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside fetch only: a fetch, its requests, their sockets' guard. */
#ifndef BYLAW_FETCH_INT_H
#define BYLAW_FETCH_INT_H

#include "fetch.h"

#include "http/http.h"

#include <poll.h>
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

/* ------------------------------------------------------------ drive.c --- */

struct fetch_exchange;

/**
 * The transfers under way: libcurl's multi handle over epoll. One thread has
 * it; only bylaw__drive_wake may be called from elsewhere. One policy a drive,
 * for what a pooled connection is used for is not checked again.
 */
struct fetch_drive {
    int epoll, wake; /* descriptors; -1 until they are had */
    void *multi;     /* CURLM; NULL until the first transfer */
    size_t running;  /* transfers */
    int64_t due_ms;  /* ticks at which libcurl has something to do */
    void **idle;     /* CURL easy handles to be used again */
    size_t idle_count, idle_cap;
    struct pollfd *polled;
    size_t polled_cap;
    bool was_woken;
};

int bylaw__drive_open(struct fetch_drive *drive, struct bylaw_error *err);
/** No transfer may be under way any more. */
void bylaw__drive_close(struct fetch_drive *drive);
void bylaw__drive_wake(const struct fetch_drive *drive);
/** An easy handle for the exchange, without any option set. 0 or ENOMEM. */
int bylaw__drive_lend(struct fetch_exchange *exchange);
/** Begins the exchange's transfer; exchange->ended hears of its end, from
 *  within bylaw__drive_on alone. 0 or BYLAW_ENOMEM. */
int bylaw__drive_add(struct fetch_exchange *exchange);
/** Takes the handle back, in the middle of a transfer too. */
void bylaw__drive_return(struct fetch_exchange *exchange);
/** Waits up to so long (negative: for ever) for anything to happen, and does
 *  what it asks for. 0 or BYLAW_ENOMEM. */
int bylaw__drive_on(struct fetch_drive *drive, int64_t wait_ms,
                    struct pollfd *others, size_t other_count);
/** Runs one transfer to its end, the others going on beside it: a CURLcode. */
int bylaw__drive_through(struct fetch_exchange *exchange);
/** Milliseconds of a clock that nobody sets. */
int64_t bylaw__drive_ticks(void);

/* -------------------------------------------------------------- tap.c --- */

/** What went over the wire of one exchange. */
struct fetch_tap {
    struct bylaw__arena *arena;   /* of the response; NULL: nothing is kept */
    const char *secret;           /* header line that is left out, or NULL */
    struct bylaw__buf sent, body; /* body: where it is not the reply's own */
    struct bylaw_exchange *made;
};

/** Has libcurl tell what it sends and to whom; where nothing is to be kept,
 *  this does nothing, and so do the others. */
void bylaw__tap_listen(struct fetch_exchange *exchange);
/** Body bytes that the reply does not keep as they are. */
void bylaw__tap_body(struct fetch_exchange *exchange, const void *bytes,
                     size_t len);
/** The exchange is over; the handle still knows of it. */
void bylaw__tap_finish(struct fetch_exchange *exchange, int curl_code);
void bylaw__tap_release(struct fetch_tap *tap);

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

/** most_bytes: of the body; 0: BYLAW_LIMIT_BODY_BYTES. */
void bylaw__reply_init(struct fetch_reply *reply, size_t most_bytes);
void bylaw__reply_release(struct fetch_reply *reply);

/** A transfer on its way: what libcurl's callbacks see. Not to be moved. */
struct fetch_exchange {
    bylaw__fetcher *fetcher;
    struct fetch_reply *reply;
    const char *where;
    void (*ended)(struct fetch_exchange *exchange, int curl_code);
    void *payload; /* for ended */

    void *curl;                 /* lent easy handle, or NULL */
    bool is_added;              /* ... that libcurl works at */
    char *address;              /* as libcurl is told it */
    struct curl_slist *headers; /* of the request */
    struct bylaw__decoder decoder;
    struct fetch_tap tap;
    size_t header_bytes; /* interim replies and trailers included */
    bool block_ended;    /* a blank line came after header lines */
    bool is_final;       /* ... and the reply is no interim one (1xx) */
    bool is_redirect, decoding;
    bool opened, blocked; /* some socket was opened, some address refused */
    char blocked_address[64];
    struct bylaw_error failure; /* what our callbacks stopped at */
    char detail[256];           /* by libcurl, CURL_ERROR_SIZE */
};

/** What a request sends besides a GET's head. */
struct fetch_payload {
    struct bylaw_span body;
    const char *const *headers; /* NULL-terminated lines */
};

/** What every transfer keeps to: guard, trust, time, no environment. */
void bylaw__request_bounds(struct fetch_exchange *exchange,
                           unsigned timeout_ms);
/**
 * Makes one request ready, no redirects: a GET, or a POST where payload is not
 * NULL. exchange has a fetcher, a reply that was initialised, perhaps an
 * arena for what goes over the wire, and nothing else. Then bylaw__drive_add or bylaw__drive_through, bylaw__request_finish,
 * and bylaw__request_end in any case. 0 or BYLAW_ENOMEM.
 */
int bylaw__request_open(struct fetch_exchange *exchange, const bylaw_url *url,
                        const struct bylaw__fetch_extra *extra,
                        const struct fetch_payload *payload,
                        unsigned timeout_ms);
/** Fills the reply from libcurl's result. 0 or BYLAW_ENOMEM. */
int bylaw__request_finish(struct fetch_exchange *exchange, int curl_code);
/** Lets go of all the exchange has, in the middle of it too. */
void bylaw__request_end(struct fetch_exchange *exchange);

/* ---------------------------------------------------------- failure.c --- */

/**
 * Fills the reply's refusal from what stopped the request and from libcurl's
 * result (CURLcode). Negative only for memory.
 */
int bylaw__explain_failure(struct fetch_exchange *exchange, int curl_code);

/* ---------------------------------------------------------- journey.c --- */

/** Where a fetch stands. */
enum fetch_stage {
    FETCH_WAITING = 0, /* for others to end */
    FETCH_RUNNING,
    FETCH_DONE, /* to be taken */
    FETCH_STAGES
};

/** A fetch on its way: the hops so far and the reply of the last one. */
struct fetch_journey {
    struct fetch_journey *prev, *next; /* in the list of its stage */
    enum fetch_stage stage;
    void *tag;
    int rc; /* of a journey that is done; err says why */
    struct bylaw_error err;

    bylaw__fetcher *fetcher;
    struct bylaw__arena *arena; /* of the response */
    struct bylaw_response *response;
    struct bylaw_hop hops[BYLAW_LIMIT_REDIRECTS + 1];
    size_t hop_count;
    bylaw_url *url;
    struct fetch_exchange exchange;
    struct bylaw_exchange *made; /* of the last hop; NULL: nothing is kept */
    struct fetch_reply reply;
    struct bylaw__fetch_extra extra; /* its texts are owned */
    char *authority;   /* of the first address: the only one told a key */
    unsigned spent_ms; /* in requests; a clock may be set, or stand still */
};

struct fetch_list {
    struct fetch_journey *first, *last;
    size_t count;
};

/** extra is copied. 0 or BYLAW_ENOMEM. */
int bylaw__journey_new(struct fetch_journey **out, bylaw__fetcher *fetcher,
                       const char *url, const struct bylaw__fetch_extra *extra,
                       struct bylaw_error *err);
/** Gives up what is under way. */
void bylaw__journey_free(struct fetch_journey *journey);
/** Sets off; the journey moves to FETCH_DONE then or later. */
void bylaw__journey_begin(struct fetch_journey *journey);

/* ------------------------------------------------------------- seal.c --- */

/** Makes the response of what came last. 0 or BYLAW_ENOMEM, told in err. */
int bylaw__journey_seal(struct fetch_journey *journey);

/* ------------------------------------------------------------ fetch.c --- */

/** Takes the journey from the list of its stage to another's. */
void bylaw__journey_move(struct fetch_journey *journey, enum fetch_stage to);
/** Gives up every fetch there is. */
void bylaw__fetch_drop_all(bylaw__fetcher *fetcher);

struct bylaw__fetcher {
    char *user_agent, *ca_file;
    struct fetch_range *allowed;
    size_t allowed_count;
    struct curl_slist *connect_to;
    unsigned timeout_ms;
    struct bylaw_transport transport;
    bool has_transport;
    struct bylaw__clock clock;
    struct fetch_drive drive;
    struct fetch_list lists[FETCH_STAGES];
};

#endif
