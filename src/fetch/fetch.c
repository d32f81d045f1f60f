/* SPDX-License-Identifier: Apache-2.0 */
/* An address becomes a response: redirects followed, refusals kept. */
#include "fetch_int.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

#define DEFAULT_USER_AGENT "bylaw/0.1.0 (licence compliance check)"

static char *copy_or(const char *text, const char *fallback)
{
    const char *from = text ? text : fallback;

    return from ? strdup(from) : NULL;
}

static int copy_ranges(bylaw__fetcher *fetcher, const char *const *texts,
                       struct bylaw_error *err)
{
    size_t count = 0;

    while (texts && texts[count])
        count++;
    fetcher->allowed = calloc(count + 1, sizeof(*fetcher->allowed));
    if (!fetcher->allowed)
        return bylaw__fail_memory(err, "");
    for (size_t i = 0; i < count; i++)
        if (!bylaw__fetch_range_parse(&fetcher->allowed[i], texts[i]))
            return bylaw__fail(err, BYLAW_EUSAGE, "fetch.range", texts[i],
                               "this is no address range such as 127.0.0.0/8");
    fetcher->allowed_count = count;
    return 0;
}

static int copy_routes(bylaw__fetcher *fetcher, const char *const *texts,
                       struct bylaw_error *err)
{
    for (; texts && *texts; texts++) {
        struct curl_slist *grown;
        size_t colons = 0;

        for (const char *p = *texts; *p; p++)
            colons += *p == ':';
        if (colons < 3)
            return bylaw__fail(err, BYLAW_EUSAGE, "fetch.route", *texts,
                               "this is not of the form "
                               "HOST:PORT:ADDRESS:PORT");
        grown = curl_slist_append(fetcher->connect_to, *texts);
        if (!grown)
            return bylaw__fail_memory(err, "");
        fetcher->connect_to = grown;
    }
    return 0;
}

int bylaw__fetcher_new(bylaw__fetcher **out,
                       const struct bylaw_fetch_options *options,
                       const struct bylaw_transport *transport,
                       struct bylaw__clock clock, struct bylaw_error *err)
{
    bylaw__fetcher *fetcher = calloc(1, sizeof(*fetcher));
    int rc;

    if (!fetcher)
        return bylaw__fail_memory(err, "");
    fetcher->clock = clock;
    fetcher->timeout_ms =
        options->timeout_ms ? options->timeout_ms : BYLAW_LIMIT_FETCH_MS;
    fetcher->user_agent = copy_or(options->user_agent, DEFAULT_USER_AGENT);
    fetcher->ca_file = copy_or(options->ca_file, NULL);
    if (transport) {
        fetcher->transport = *transport;
        fetcher->has_transport = true;
    }
    rc = fetcher->user_agent ? copy_ranges(fetcher, options->allow_ranges, err)
                             : bylaw__fail_memory(err, "");
    if (!rc)
        rc = copy_routes(fetcher, options->connect_to, err);
    if (rc) {
        bylaw__fetcher_free(fetcher);
        return rc;
    }
    *out = fetcher;
    return 0;
}

void bylaw__fetcher_free(bylaw__fetcher *fetcher)
{
    if (!fetcher)
        return;
    curl_easy_cleanup(fetcher->curl);
    curl_slist_free_all(fetcher->connect_to);
    free(fetcher->allowed);
    free(fetcher->user_agent);
    free(fetcher->ca_file);
    free(fetcher);
}

/* A fetch on its way: the hops so far and the reply of the last one. */
struct journey {
    bylaw__fetcher *fetcher;
    struct bylaw__arena *arena;
    struct bylaw_response *response;
    struct bylaw_hop hops[BYLAW_LIMIT_REDIRECTS + 1];
    size_t hop_count;
    bylaw_url *url;
    struct fetch_reply reply;
    int64_t began_ms;
};

static int64_t now_ms(const bylaw__fetcher *fetcher)
{
    return fetcher->clock.now_ms(fetcher->clock.payload);
}

/* One hop from a transport that replays responses. */
static int replay(struct journey *journey, struct bylaw_error *err)
{
    struct fetch_reply *reply = &journey->reply;
    const struct bylaw_transport *transport = &journey->fetcher->transport;
    struct bylaw_response *got = NULL;
    int rc = transport->get(&got, transport->payload,
                            bylaw_url_href(journey->url), err);

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
    bylaw__buf_add_span(&reply->body, got->body);
    bylaw_response_free(got);
    return 0;
}

static int request_hop(struct journey *journey, struct bylaw_error *err)
{
    bylaw__fetcher *fetcher = journey->fetcher;
    struct bylaw_hop *hop = &journey->hops[journey->hop_count++];
    int64_t spent = now_ms(fetcher) - journey->began_ms;
    unsigned left = 1;
    int rc;

    bylaw__reply_release(&journey->reply);
    bylaw__reply_init(&journey->reply);
    if (spent < 0)
        spent = 0; /* the clock was set back: allow the whole time */
    if (spent < fetcher->timeout_ms)
        left = fetcher->timeout_ms - (unsigned)spent;
    rc = fetcher->has_transport ? replay(journey, err)
                                : bylaw__request(&journey->reply, fetcher,
                                                 journey->url, left, err);
    hop->url =
        bylaw__arena_strdup(journey->arena, bylaw_url_href(journey->url));
    hop->status = journey->reply.status;
    hop->address =
        *journey->reply.address
            ? bylaw__arena_strdup(journey->arena, journey->reply.address)
            : NULL;
    return rc;
}

static bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 ||
           status == 308;
}

/* Moves on to the reply's Location. True where there is a further hop. */
static bool follow(struct journey *journey)
{
    struct fetch_reply *reply = &journey->reply;
    struct bylaw_span location =
        bylaw__header_value(bylaw__buf_span(&reply->headers), "location");
    struct bylaw_error why = {0};
    bylaw_url *next = NULL;

    if (reply->refusal.code || !is_redirect(reply->status) || !location.len)
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
    bylaw_url_free(journey->url);
    journey->url = next;
    return true;
}

static void set_type(struct bylaw_response *response,
                     struct bylaw__arena *arena, struct bylaw_span value)
{
    size_t semicolon = bylaw__span_find(value, BYLAW__SPAN(";"));
    size_t at = bylaw__span_find_nocase(value, BYLAW__SPAN("charset="));
    struct bylaw_span charset = {"", 0};
    char *type =
        bylaw__arena_copy(arena, bylaw__span_trim(
                                     bylaw__span_sub(value, 0, semicolon)));

    for (char *p = type; p && *p; p++)
        *p = bylaw__lower(*p);
    if (at != SIZE_MAX) {
        charset = bylaw__span_sub(value, at + 8, value.len);
        charset = bylaw__span_sub(charset, 0,
                                  bylaw__span_find(charset, BYLAW__SPAN(";")));
        charset = bylaw__span_trim(charset);
        if (charset.len >= 2 && charset.ptr[0] == '"')
            charset = bylaw__span_sub(charset, 1, charset.len - 1);
    }
    response->content_type = type;
    response->charset = bylaw__arena_copy(arena, charset);
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
    set_type(response, journey->arena,
             bylaw__header_value(response->headers, "content-type"));
    if (!response->refusal.code && (reply->status < 200 || reply->status > 299))
        bylaw__fail(&response->refusal, BYLAW_ENETWORK, "fetch.http-status",
                    response->final_url, "the server answered with status %d",
                    reply->status);
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
    response->fetched_at_ms = now_ms(journey->fetcher);
    journey->began_ms = response->fetched_at_ms;
    return 0;
}

int bylaw__fetch(struct bylaw_response **out, bylaw__fetcher *fetcher,
                 const char *url, struct bylaw_error *err)
{
    struct journey journey = {.fetcher = fetcher};
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
    bylaw__reply_release(&journey.reply);
    if (rc)
        bylaw__owner_free(journey.arena);
    else
        *out = journey.response;
    return rc;
}
