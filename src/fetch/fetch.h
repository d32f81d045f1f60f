/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: fetch (floor 4)
 *
 * Purpose  An address becomes a response, safely, whatever the other side does.
 * Takes    an http(s) address, fetch options, a transport.
 * Gives    a response; a refusal, failure or cut-off is one too.
 * May include  base url text http html robots model; libcurl, libssl.
 *
 * Invariants
 *  1. Every socket's address is checked before a byte is sent (after name
 *     resolution, at each hop): private, loopback, link-local, metadata, CGNAT
 *     and mapped ranges, and IPv6 outside 2000::/3, are refused unless an
 *     allowed range holds them. A name's other addresses are still tried.
 *  2. Redirects are followed here, one request a hop, each hop parsed by url
 *     and checked anew; https never falls back to http silently (noted).
 *  3. Every ceiling of limits.h holds: body, ratio, encodings, headers
 *     (interim replies and trailers included), redirects, time (of the whole
 *     chain), low speed. Bytes are counted here, not by libcurl.
 *  4. No proxy, no netrc, no cookies, nothing from the environment.
 *  5. What failed is said in response->refusal; what arrived before is kept
 *     and marked truncated.
 *  6. What is sent (alerts) passes the same guard; a secret is never in a
 *     message, an address or an error.
 *  7. A fetcher is one thread's. It has any number of fetches under way at
 *     once; how one of them ends is nothing to the others. All of them share
 *     its policy and its connections (HTTP/2 where the server speaks it).
 */
#ifndef BYLAW_FETCH_H
#define BYLAW_FETCH_H

#include "model/model.h"

#include <poll.h>

typedef struct bylaw__fetcher bylaw__fetcher;

/** options are copied. transport NULL: the network. Fails with
 *  fetch.range, fetch.route, fetch.descriptors. */
int bylaw__fetcher_new(bylaw__fetcher **out,
                       const struct bylaw_fetch_options *options,
                       const struct bylaw_transport *transport,
                       struct bylaw__clock clock, struct bylaw_error *err);
/** Fetches under way are given up. */
void bylaw__fetcher_free(bylaw__fetcher *fetcher);

/* ---------------------------------------------------------- one fetch --- */

/** What a request says besides its address. Every part may be left out. */
struct bylaw__fetch_extra {
    /* Validators of the copy at hand, said to the first address alone: what a
     * redirect leads to is another copy. 304 then is no refusal. */
    const char *etag, *last_modified;
    /* A header line with a key, "NAME: VALUE": said only to the authority of
     * the first address, never recorded. */
    const char *header;
    /* Keeps what goes over the wire (response->hops[i].exchange), for the
     * record. It costs about the body's size in memory where the body is
     * compressed, and little else. */
    bool keeps_wire;
    /* Ceiling of the decoded body; 0: BYLAW_LIMIT_BODY_BYTES. */
    size_t most_bytes;
    /* Asked before a redirect is followed; false ends the fetch there with
     * fetch.redirect-held. NULL: all are followed. */
    bool (*may_follow)(void *payload, const bylaw_url *next);
    void *payload;
};

/**
 * Fetches one address. Returns 0 with a response for anything the network or
 * the other side did (see response->refusal); negative only for memory, a
 * transport's own failure or a defect. extra NULL: nothing more to say.
 * Refusals' ids: those of bylaw_url_parse,
 * fetch.private-address, fetch.dns, fetch.connect, fetch.tls, fetch.ca-file,
 * fetch.timeout, fetch.too-large, fetch.ratio, fetch.encoding, fetch.headers,
 * fetch.protocol, fetch.redirects, fetch.redirect-target, fetch.redirect-held,
 * fetch.cut-off, fetch.http-status (any but 200 and 203: body kept).
 */
int bylaw__fetch_with(struct bylaw_response **out, bylaw__fetcher *fetcher,
                      const char *url, const struct bylaw__fetch_extra *extra,
                      struct bylaw_error *err);
/** bylaw__fetch_with, with nothing more to say. */
int bylaw__fetch(struct bylaw_response **out, bylaw__fetcher *fetcher,
                 const char *url, struct bylaw_error *err);

/* -------------------------------------------------- many at a time ----
 *
 *   for each address: bylaw__fetch_start(fetcher, url, &extra, page, err);
 *   while (bylaw__fetch_count(fetcher)) {
 *       bylaw__fetch_take(&response, &page, fetcher, &wait, err);
 *       if (response) ... judge it, start more ...
 *   }
 *
 * Nothing moves but inside bylaw__fetch_take (and bylaw__fetch_with, which
 * lets the others go on while it waits for its own), so a thread that is busy
 * elsewhere for long should come back now and then: the time limits run on.
 * Responses come in the order in which they end, each once. Processes that
 * read pages should be forked before the first start: what is forked later
 * holds the open connections too.
 */

/**
 * Begins a fetch, as bylaw__fetch_with does one. url and extra are copied
 * (but not what extra->payload points to: may_follow is called with it until
 * the fetch is taken or cancelled, from within bylaw__fetch_take, and may not
 * call the fetcher). tag is handed back; it need not be unique. At most
 * BYLAW_LIMIT_FETCHES are on the network at once: what is begun beyond that
 * waits for its turn, and its time is not counted yet. An address that cannot
 * be parsed is no failure but a response. 0, or negative without memory.
 */
int bylaw__fetch_start(bylaw__fetcher *fetcher, const char *url,
                       const struct bylaw__fetch_extra *extra, void *tag,
                       struct bylaw_error *err);

/** What a taker waits for besides a fetch's end. */
struct bylaw__fetch_wait {
    int64_t ms; /* at most; 0: look and go on, negative: for ever */
    /* Descriptors such as the ends of pipes to processes: each with its events;
     * revents are set in any case. */
    struct pollfd *others;
    size_t other_count;
};

/**
 * Moves all fetches on and gives one that came to its end: *out is the
 * caller's (bylaw_response_free), *out_tag what it was begun with. Returns 0
 * with both NULL where none ended in time, where another descriptor is ready,
 * or where somebody called bylaw__fetch_wake. Negative with *out_tag set: that
 * fetch failed, as bylaw__fetch_with would, and is over; negative with
 * *out_tag NULL: memory ran out here, nothing is over.
 */
int bylaw__fetch_take(struct bylaw_response **out, void **out_tag,
                      bylaw__fetcher *fetcher,
                      const struct bylaw__fetch_wait *wait,
                      struct bylaw_error *err);

/** Fetches begun and not yet taken or cancelled. */
size_t bylaw__fetch_count(const bylaw__fetcher *fetcher);

/** Gives up every fetch with that tag, wherever it stands; its connection is
 *  closed where it was in use. Never waits. */
void bylaw__fetch_cancel(bylaw__fetcher *fetcher, const void *tag);

/** Ends the wait of bylaw__fetch_take, this or the next. The only call that is
 *  allowed from other threads, from a signal's handler or a forked process. */
void bylaw__fetch_wake(const bylaw__fetcher *fetcher);

/* ------------------------------------------------------------ sending --- */

/** A mail server and an account there. */
struct bylaw__mail_route {
    /* smtps:// is TLS from the start; smtp+starttls:// must be raised to TLS;
     * smtp:// is raised where the server offers it, and must be where there is
     * a password: that is never said in the clear. */
    const char *url;
    const char *user, *password; /* both or neither */
    const char *from;
    const char *const *to; /* one reader at least */
    size_t to_count;
};
/**
 * Hands one message (CRLF lines) to a mail server; one attempt. The fetcher's
 * allowed ranges, routes, trust and time hold. Fails with those of
 * bylaw__fetch that a connection can have, notify.login, notify.starttls,
 * notify.mail-refused, notify.private-address.
 */
int bylaw__send_mail(bylaw__fetcher *fetcher,
                     const struct bylaw__mail_route *route,
                     struct bylaw_span message, struct bylaw_error *err);

/** Something to be posted. */
struct bylaw__post {
    const char *url;
    struct bylaw_span body;   /* JSON */
    const char *id;           /* the same when it is posted again */
    struct bylaw_span secret; /* signs it; empty: unsigned */
    int64_t at_ms;            /* goes into the signature */
};
/**
 * Posts JSON to an address; one attempt, no redirects. Any 2xx will do. With a
 * secret the header
 *   Bylaw-Signature: t=SECONDS,v1=HEX
 * says HMAC-SHA256 of "SECONDS.BODY". Fails as bylaw__fetch refuses, or with
 * notify.http-status, notify.private-address.
 */
int bylaw__send_post(bylaw__fetcher *fetcher, const struct bylaw__post *post,
                     struct bylaw_error *err);
/** Something to be asked of a service by posting it. */
struct bylaw__query {
    const char *url, *content_type;
    struct bylaw_span body;
};
/** Appends the answer's body; one attempt, no redirects, only status 200 will
 *  do. Fails as bylaw__fetch refuses, or with stamp.http-status. */
int bylaw__send_query(struct bylaw__buf *out, bylaw__fetcher *fetcher,
                      const struct bylaw__query *query,
                      struct bylaw_error *err);
/** How a post's address is named to people: its host alone, for the path of a
 *  webhook is often all that keeps strangers from it. */
void bylaw__post_name(char out[512], const char *url);

/* ------------------------------------------------------------ looking --- */

/** Value of the last header of that name in a response; empty where none. */
struct bylaw_span bylaw__response_header(const struct bylaw_response *response,
                                         const char *name);

/** True where the textual IP address may be connected to. */
bool bylaw__address_allowed(const char *address,
                            const char *const *allow_ranges);

#endif
