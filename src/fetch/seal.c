/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a fetch: what came, as a response. */
#include "fetch_int.h"

#include <stdio.h>

#define COPIED_BYTES 4096u /* a body below it fits beside the rest */

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

static bool was_conditional(const struct fetch_journey *journey)
{
    return journey->hop_count == 1 &&
           (journey->extra.etag || journey->extra.last_modified);
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

/* A large body with little room to spare is not copied. */
static struct bylaw_span take_body(struct bylaw__arena *arena,
                                   struct bylaw__buf *body)
{
    if (body->len < COPIED_BYTES || body->cap / 2 > body->len)
        return bylaw__arena_span(arena, bylaw__buf_span(body));
    return bylaw__arena_take(arena, body);
}

/* Where nothing had to be undone, what came is the body: it is kept once. */
static void share_plain_body(struct fetch_journey *journey)
{
    struct bylaw_exchange *made = journey->made;

    if (made && !made->body.len)
        made->body = journey->response->body;
}

int bylaw__journey_seal(struct fetch_journey *journey)
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
    response->body = take_body(journey->arena, &reply->body);
    response->wire_bytes = reply->wire_bytes;
    share_plain_body(journey);
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
        return bylaw__fail_memory(&journey->err, response->url);
    response->media =
        bylaw__media_of(response->content_type,
                        journey->url ? bylaw_url_path(journey->url) : "",
                        response->body);
    return 0;
}
