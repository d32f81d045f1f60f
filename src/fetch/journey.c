/* SPDX-License-Identifier: Apache-2.0 */
/* One fetch on its way: a request a hop, redirects followed, refusals kept. */
#include "fetch_int.h"

#include <stdio.h>
#include <stdlib.h>

/* What a transport may not do more than the network. */
static void hold_ceilings(struct fetch_reply *reply, const char *where)
{
    if (reply->headers.failed)
        bylaw__fail(&reply->refusal, BYLAW_ELIMIT, "fetch.headers", where,
                    "the header lines are longer than %u bytes",
                    BYLAW_LIMIT_HEADER_BYTES);
    else if (reply->body.failed)
        bylaw__fail(&reply->refusal, BYLAW_ELIMIT, "fetch.too-large", where,
                    "the body is larger than %zu bytes", reply->body.ceiling);
    else
        return;
    reply->is_truncated = true;
}

/* One hop from a transport that replays responses. */
static int replay(struct fetch_journey *journey)
{
    struct fetch_reply *reply = &journey->reply;
    const struct bylaw_transport *transport = &journey->fetcher->transport;
    const char *href = bylaw_url_href(journey->url);
    struct bylaw_response *got = NULL;
    int rc = transport->get(&got, transport->payload, href, &journey->err);

    if (rc)
        return rc;
    reply->status = got->status;
    reply->wire_bytes = got->wire_bytes;
    reply->is_truncated = got->is_truncated;
    reply->refusal = got->refusal;
    bylaw__buf_add_span(&reply->headers, got->headers);
    if (got->content_type && *got->content_type &&
        !bylaw__header_value(bylaw__buf_span(&reply->headers), "content-type")
             .ptr)
        bylaw__buf_printf(&reply->headers, "Content-Type: %s\r\n",
                          got->content_type);
    bylaw__buf_add_span(&reply->body,
                        bylaw__span_sub(got->body, 0, reply->body.ceiling));
    reply->body.failed |= got->body.len > reply->body.ceiling;
    hold_ceilings(reply, href);
    bylaw_response_free(got);
    return 0;
}

/* Scheme, host and port: what a key was given for. */
static char *authority_of(const bylaw_url *url)
{
    char *text = NULL;

    if (asprintf(&text, "%s://%s:%u", bylaw_url_scheme(url),
                 bylaw_url_host(url), bylaw_url_port(url)) < 0)
        return NULL;
    return text;
}

/* What may be said at this hop of all there is to say. */
static int choose_extra(struct bylaw__fetch_extra *out,
                        struct fetch_journey *journey)
{
    char *authority;

    *out = journey->extra;
    if (journey->hop_count > 1)
        out->etag = out->last_modified = NULL;
    if (!out->header)
        return 0;
    authority = authority_of(journey->url);
    if (!authority)
        return BYLAW_ENOMEM;
    if (!journey->authority)
        journey->authority = strdup(authority);
    if (!journey->authority || strcmp(journey->authority, authority) != 0)
        out->header = NULL;
    free(authority);
    return 0;
}

static void go_on(struct fetch_journey *journey, int rc);

static void take_reply(struct fetch_exchange *exchange, int curl_code)
{
    struct fetch_journey *journey = exchange->payload;
    int rc = bylaw__request_finish(exchange, curl_code);

    if (rc)
        rc = bylaw__fail_memory(&journey->err, exchange->where);
    journey->made = exchange->tap.made;
    bylaw__request_end(exchange);
    journey->spent_ms += journey->reply.spent_ms;
    go_on(journey, rc);
}

static int ask_network(bool *out_waits, struct fetch_journey *journey)
{
    bylaw__fetcher *fetcher = journey->fetcher;
    struct fetch_reply *reply = &journey->reply;
    struct fetch_exchange *exchange = &journey->exchange;
    struct bylaw__fetch_extra extra;
    int rc;

    if (journey->spent_ms >= fetcher->timeout_ms) {
        reply->is_truncated = true;
        bylaw__fail(&reply->refusal, BYLAW_ENETWORK, "fetch.timeout",
                    bylaw_url_href(journey->url),
                    "the redirects before it took all the time there was");
        return 0;
    }
    *exchange = (struct fetch_exchange){.fetcher = fetcher,
                                        .reply = reply,
                                        .ended = take_reply,
                                        .payload = journey};
    if (journey->extra.keeps_wire)
        exchange->tap.arena = journey->arena;
    rc = choose_extra(&extra, journey);
    if (!rc)
        rc = bylaw__request_open(exchange, journey->url, &extra, NULL,
                                 fetcher->timeout_ms - journey->spent_ms);
    if (!rc)
        rc = bylaw__drive_add(exchange);
    *out_waits = !rc;
    return rc ? bylaw__fail_memory(&journey->err, bylaw_url_href(journey->url))
              : 0;
}

/* *out_waits: the reply comes later, in take_reply. */
static int request_hop(bool *out_waits, struct fetch_journey *journey)
{
    struct bylaw_hop *hop = &journey->hops[journey->hop_count++];

    *out_waits = false;
    journey->made = NULL;
    hop->url =
        bylaw__arena_strdup(journey->arena, bylaw_url_href(journey->url));
    bylaw__reply_release(&journey->reply);
    bylaw__reply_init(&journey->reply, journey->extra.most_bytes);
    return journey->fetcher->has_transport ? replay(journey)
                                           : ask_network(out_waits, journey);
}

static void note_reply(struct fetch_journey *journey)
{
    struct bylaw_hop *hop = &journey->hops[journey->hop_count - 1];

    hop->status = journey->reply.status;
    hop->address =
        *journey->reply.address
            ? bylaw__arena_strdup(journey->arena, journey->reply.address)
            : NULL;
    hop->exchange = journey->made;
}

/* Moves on to the reply's Location. True where there is a further hop. */
static bool follow(struct fetch_journey *journey)
{
    struct fetch_reply *reply = &journey->reply;
    struct bylaw_span location =
        bylaw__header_value(bylaw__buf_span(&reply->headers), "location");
    struct bylaw_error why = {0};
    bylaw_url *next = NULL;

    if (reply->refusal.code ||
        !bylaw__is_redirect(reply->status, bylaw__buf_span(&reply->headers)))
        return false;
    if (journey->hop_count > BYLAW_LIMIT_REDIRECTS) {
        bylaw__fail(&reply->refusal, BYLAW_ELIMIT, "fetch.redirects",
                    bylaw_url_href(journey->url),
                    "more than %u redirects follow each other",
                    BYLAW_LIMIT_REDIRECTS);
        return false;
    }
    if (bylaw_url_parse(&next, location, journey->url, &why)) {
        bylaw__fail(&reply->refusal, BYLAW_EREFUSED, "fetch.redirect-target",
                    bylaw_url_href(journey->url),
                    "it redirects to an address that is refused: %s", why.what);
        return false;
    }
    if (journey->extra.may_follow &&
        !journey->extra.may_follow(journey->extra.payload, next)) {
        bylaw__fail(&reply->refusal, BYLAW_EREFUSED, "fetch.redirect-held",
                    bylaw_url_href(journey->url),
                    "it redirects to another page: %s", bylaw_url_href(next));
        bylaw_url_free(next);
        return false;
    }
    bylaw_url_free(journey->url);
    journey->url = next;
    return true;
}

/* From a reply (or from what kept it from coming) to the next request that is
 * waited for, or to the end. */
static void go_on(struct fetch_journey *journey, int rc)
{
    while (!rc) {
        bool waits;

        note_reply(journey);
        if (!follow(journey)) {
            rc = bylaw__journey_seal(journey);
            break;
        }
        rc = request_hop(&waits, journey);
        if (waits)
            return;
    }
    journey->rc = rc;
    bylaw__journey_move(journey, FETCH_DONE);
}

void bylaw__journey_begin(struct fetch_journey *journey)
{
    const struct bylaw__clock *clock = &journey->fetcher->clock;
    bool waits;
    int rc;

    journey->response->fetched_at_ms = clock->now_ms(clock->payload);
    if (bylaw_url_parse(&journey->url, bylaw__span_of(journey->response->url),
                        NULL, &journey->reply.refusal)) {
        journey->rc = bylaw__journey_seal(journey);
        bylaw__journey_move(journey, FETCH_DONE);
        return;
    }
    rc = request_hop(&waits, journey);
    if (!waits)
        go_on(journey, rc);
}

/* ---------------------------------------------------- making, freeing --- */

static bool copy_text(const char **out, const char *text)
{
    *out = text ? strdup(text) : NULL;
    return !*out == !text;
}

static bool copy_extra(struct bylaw__fetch_extra *out,
                       const struct bylaw__fetch_extra *extra)
{
    *out = *extra;
    out->etag = out->last_modified = out->header = NULL;
    return copy_text(&out->etag, extra->etag) &&
           copy_text(&out->last_modified, extra->last_modified) &&
           copy_text(&out->header, extra->header);
}

int bylaw__journey_new(struct fetch_journey **out, bylaw__fetcher *fetcher,
                       const char *url, const struct bylaw__fetch_extra *extra,
                       struct bylaw_error *err)
{
    static const struct bylaw__fetch_extra nothing;
    struct fetch_journey *journey = calloc(1, sizeof(*journey));
    struct bylaw__arena *arena = bylaw__owner_new(0);

    if (!journey || !arena) {
        free(journey);
        bylaw__owner_free(arena);
        return bylaw__fail_memory(err, url);
    }
    journey->fetcher = fetcher;
    journey->arena = arena;
    bylaw__reply_init(&journey->reply, 0);
    journey->response = bylaw__arena_alloc(arena, sizeof(*journey->response));
    if (!journey->response ||
        !copy_extra(&journey->extra, extra ? extra : &nothing)) {
        bylaw__journey_free(journey);
        return bylaw__fail_memory(err, url);
    }
    journey->response->owner = arena;
    journey->response->url = bylaw__arena_strdup(arena, url);
    *out = journey;
    return 0;
}

void bylaw__journey_free(struct fetch_journey *journey)
{
    bylaw__request_end(&journey->exchange);
    bylaw__reply_release(&journey->reply);
    bylaw_url_free(journey->url);
    free((void *)(uintptr_t)journey->extra.etag);
    free((void *)(uintptr_t)journey->extra.last_modified);
    free((void *)(uintptr_t)journey->extra.header);
    free(journey->authority);
    bylaw__owner_free(journey->arena);
    free(journey);
}
