/* SPDX-License-Identifier: Apache-2.0 */
/* An address becomes a response: redirects followed, refusals kept. */
#include "fetch_int.h"

#include <stdio.h>
#include <stdlib.h>

/* A fetch on its way: the hops so far and the reply of the last one. */
struct journey {
    bylaw__fetcher *fetcher;
    struct bylaw__arena *arena;
    struct bylaw_response *response;
    struct bylaw_hop hops[BYLAW_LIMIT_REDIRECTS + 1];
    size_t hop_count;
    bylaw_url *url;
    struct fetch_reply reply;
    const struct bylaw__fetch_extra *extra; /* never NULL */
    char *authority;   /* of the first address: the only one told a key */
    unsigned spent_ms; /* in requests; a clock may be set, or stand still */
};

/* What a transport may not do more than the network. */
static void hold_ceilings(struct fetch_reply *reply, const char *where)
{
    if (reply->headers.failed)
        bylaw__fail(&reply->refusal, BYLAW_ELIMIT, "fetch.headers", where,
                    "the header lines are longer than %u bytes",
                    BYLAW_LIMIT_HEADER_BYTES);
    else if (reply->body.failed)
        bylaw__fail(&reply->refusal, BYLAW_ELIMIT, "fetch.too-large", where,
                    "the body is larger than %u bytes", BYLAW_LIMIT_BODY_BYTES);
    else
        return;
    reply->is_truncated = true;
}

/* One hop from a transport that replays responses. */
static int replay(struct journey *journey, struct bylaw_error *err)
{
    struct fetch_reply *reply = &journey->reply;
    const struct bylaw_transport *transport = &journey->fetcher->transport;
    const char *href = bylaw_url_href(journey->url);
    struct bylaw_response *got = NULL;
    int rc = transport->get(&got, transport->payload, href, err);

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
                        bylaw__span_sub(got->body, 0, BYLAW_LIMIT_BODY_BYTES));
    reply->body.failed |= got->body.len > BYLAW_LIMIT_BODY_BYTES;
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
static int choose_extra(struct bylaw__fetch_extra *out, struct journey *journey,
                        struct bylaw_error *err)
{
    char *authority = authority_of(journey->url);

    *out = *journey->extra;
    if (!authority)
        return bylaw__fail_memory(err, "");
    if (journey->hop_count > 1)
        out->etag = out->last_modified = NULL;
    if (!journey->authority)
        journey->authority = strdup(authority);
    if (!journey->authority || strcmp(journey->authority, authority) != 0)
        out->header = NULL;
    free(authority);
    return 0;
}

static int ask_network(struct journey *journey, struct bylaw_error *err)
{
    bylaw__fetcher *fetcher = journey->fetcher;
    struct fetch_reply *reply = &journey->reply;
    struct bylaw__fetch_extra extra;
    int rc;

    if (journey->spent_ms >= fetcher->timeout_ms) {
        reply->is_truncated = true;
        bylaw__fail(&reply->refusal, BYLAW_ENETWORK, "fetch.timeout",
                    bylaw_url_href(journey->url),
                    "the redirects before it took all the time there was");
        return 0;
    }
    rc = choose_extra(&extra, journey, err);
    if (rc)
        return rc;
    rc = bylaw__request(reply, fetcher, journey->url, &extra,
                        fetcher->timeout_ms - journey->spent_ms, err);
    journey->spent_ms += reply->spent_ms;
    return rc;
}

static int request_hop(struct journey *journey, struct bylaw_error *err)
{
    struct bylaw_hop *hop = &journey->hops[journey->hop_count++];
    int rc;

    bylaw__reply_release(&journey->reply);
    bylaw__reply_init(&journey->reply);
    rc = journey->fetcher->has_transport ? replay(journey, err)
                                         : ask_network(journey, err);
    hop->url =
        bylaw__arena_strdup(journey->arena, bylaw_url_href(journey->url));
    hop->status = journey->reply.status;
    hop->address =
        *journey->reply.address
            ? bylaw__arena_strdup(journey->arena, journey->reply.address)
            : NULL;
    return rc;
}

/* Moves on to the reply's Location. True where there is a further hop. */
static bool follow(struct journey *journey)
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
    if (journey->extra->may_follow &&
        !journey->extra->may_follow(journey->extra->payload, next)) {
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

/* Only 200, and 203 (the same, changed by a proxy), carry the page asked for:
 * 202 is a promise, 204 is nothing, 206 a part. */
static void check_status(struct bylaw_response *response, bool was_conditional)
{
    int status = response->status;

    if (status == 200 || status == 203 || (status == 304 && was_conditional))
        return;
    bylaw__fail(&response->refusal, BYLAW_ENETWORK, "fetch.http-status",
                response->final_url, "the server answered with status %d%s",
                status,
                status / 100 == 3   ? ", which leads nowhere"
                : status / 100 == 2 ? ", which carries no whole page"
                                    : "");
}

static bool was_conditional(const struct journey *journey)
{
    return journey->hop_count == 1 &&
           (journey->extra->etag || journey->extra->last_modified);
}

/* What went wrong elsewhere is told to one who asked for another address. */
static void note_origin(struct bylaw_response *response)
{
    struct bylaw_error *refusal = &response->refusal;
    size_t len = strlen(refusal->what);

    if (refusal->code && response->hop_count > 1 &&
        strcmp(refusal->where, response->url))
        snprintf(refusal->what + len, sizeof(refusal->what) - len,
                 " (redirected from %s)", response->url);
}

static int seal(struct journey *journey, struct bylaw_error *err)
{
    struct bylaw_response *response = journey->response;
    struct fetch_reply *reply = &journey->reply;
    struct bylaw_hop *hops =
        bylaw__arena_alloc_array(journey->arena, journey->hop_count,
                                 sizeof(*hops));

    if (hops && journey->hop_count)
        memcpy(hops, journey->hops, journey->hop_count * sizeof(*hops));
    response->hops = hops;
    response->hop_count = hops ? journey->hop_count : 0;
    response->final_url =
        bylaw__arena_strdup(journey->arena,
                            journey->url ? bylaw_url_href(journey->url) : "");
    response->status = reply->status;
    response->headers =
        bylaw__arena_span(journey->arena, bylaw__buf_span(&reply->headers));
    response->body =
        bylaw__arena_span(journey->arena, bylaw__buf_span(&reply->body));
    response->wire_bytes = reply->wire_bytes;
    response->is_truncated = reply->is_truncated;
    response->refusal = reply->refusal;
    bylaw__content_type(&response->content_type, &response->charset,
                        journey->arena,
                        bylaw__header_value(response->headers, "content-type"));
    response->retry_after_ms =
        bylaw__retry_after_ms(response->headers, response->fetched_at_ms);
    if (!response->refusal.code)
        check_status(response, was_conditional(journey));
    note_origin(response);
    if (journey->arena->failed)
        return bylaw__fail_memory(err, response->url);
    response->media =
        bylaw__media_of(response->content_type,
                        journey->url ? bylaw_url_path(journey->url) : "",
                        response->body);
    return 0;
}

static int begin(struct journey *journey, const char *url,
                 struct bylaw_error *err)
{
    struct bylaw_response *response;

    journey->arena = bylaw__owner_new(0);
    response = journey->arena
                   ? bylaw__arena_alloc(journey->arena, sizeof(*response))
                   : NULL;
    if (!response)
        return bylaw__fail_memory(err, url);
    journey->response = response;
    response->owner = journey->arena;
    response->url = bylaw__arena_strdup(journey->arena, url);
    response->fetched_at_ms =
        journey->fetcher->clock.now_ms(journey->fetcher->clock.payload);
    return 0;
}

int bylaw__fetch(struct bylaw_response **out, bylaw__fetcher *fetcher,
                 const char *url, struct bylaw_error *err)
{
    return bylaw__fetch_with(out, fetcher, url, NULL, err);
}

struct bylaw_span bylaw__response_header(const struct bylaw_response *response,
                                         const char *name)
{
    return bylaw__header_value(response->headers, name);
}

int bylaw__fetch_with(struct bylaw_response **out, bylaw__fetcher *fetcher,
                      const char *url, const struct bylaw__fetch_extra *extra,
                      struct bylaw_error *err)
{
    static const struct bylaw__fetch_extra nothing;
    struct journey journey = {.fetcher = fetcher,
                              .extra = extra ? extra : &nothing};
    int rc = begin(&journey, url, err);

    bylaw__reply_init(&journey.reply);
    if (rc)
        goto done;
    if (bylaw_url_parse(&journey.url, bylaw__span_of(url), NULL,
                        &journey.reply.refusal)) {
        rc = seal(&journey, err);
        goto done;
    }
    do
        rc = request_hop(&journey, err);
    while (!rc && follow(&journey));
    if (!rc)
        rc = seal(&journey, err);
done:
    bylaw_url_free(journey.url);
    free(journey.authority);
    bylaw__reply_release(&journey.reply);
    if (rc)
        bylaw__owner_free(journey.arena);
    else
        *out = journey.response;
    return rc;
}
