/* SPDX-License-Identifier: Apache-2.0 */
/* Links followed to where they end, each hop kept: few a page, politely. */
#include "pipeline_int.h"

/* What no page is can be a slip of the server's: it is asked again. */
#define TRIES_OF_DEAD 2u

static enum bylaw_trail_end end_of(const struct bylaw_response *response)
{
    if (response->status == 200 || response->status == 203)
        return BYLAW_TRAIL_PAGE;
    return response->status == 404 || response->status == 410
               ? BYLAW_TRAIL_DEAD
               : BYLAW_TRAIL_BLOCKED;
}

/* What a page says its own address is; "" where it does not, or no page can
 * be made of it: that is no reason to fail. */
static const char *canonical_of(struct bylaw__arena *arena,
                                bylaw_auditor *auditor,
                                const struct bylaw_response *response)
{
    struct bylaw_document *document = NULL;
    const struct bylaw_meta *meta = NULL;
    const char *canonical = "";

    if (response->media == BYLAW_MEDIA_HTML &&
        !bylaw__pipeline_read_document(&document, auditor, response, NULL,
                                       NULL))
        meta = bylaw_document_meta(document, BYLAW_META_CANONICAL);
    if (meta)
        canonical = bylaw__arena_copy(arena, meta->value);
    bylaw_document_free(document);
    return canonical ? canonical : "";
}

static int keep_hops(struct bylaw_trail *trail, struct bylaw__arena *arena,
                     const struct bylaw_response *response)
{
    struct bylaw_hop *hops =
        bylaw__arena_alloc_array(arena, response->hop_count, sizeof(*hops));

    if (!hops)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < response->hop_count; i++) {
        hops[i].url = bylaw__arena_strdup(arena, response->hops[i].url);
        hops[i].status = response->hops[i].status;
        hops[i].address = NULL;
        if (response->hops[i].address)
            hops[i].address =
                bylaw__arena_strdup(arena, response->hops[i].address);
    }
    trail->hops = hops;
    trail->hop_count = response->hop_count;
    return arena->failed ? BYLAW_ENOMEM : 0;
}

/* One try; the trail then tells of this one. */
static int try_link(struct bylaw_trail *trail, struct bylaw__arena *arena,
                    bylaw_auditor *auditor, bylaw__fetcher *fetcher,
                    const char *url, struct bylaw_error *err)
{
    struct bylaw_response *response = NULL;
    int rc = bylaw__fetch(&response, fetcher, url, err);

    if (rc)
        return rc;
    trail->tries++;
    trail->end = end_of(response);
    trail->final_url = trail->canonical = trail->why = "";
    rc = keep_hops(trail, arena, response);
    if (trail->end == BYLAW_TRAIL_PAGE) {
        trail->final_url = bylaw__arena_strdup(arena, response->final_url);
        trail->canonical = canonical_of(arena, auditor, response);
    } else {
        trail->why = bylaw__arena_strdup(arena, response->refusal.what);
    }
    bylaw_response_free(response);
    return rc || arena->failed ? bylaw__fail_memory(err, url) : 0;
}

int bylaw__pipeline_follow(struct bylaw_trail *out, struct bylaw__arena *arena,
                           bylaw_auditor *auditor, bylaw__fetcher *fetcher,
                           const struct bylaw_document *document, uint32_t link,
                           struct bylaw_error *err)
{
    const char *url = document->links[link].url;
    int rc;

    memset(out, 0, sizeof(*out));
    out->link = link;
    out->final_url = out->canonical = out->why = "";
    do
        rc = try_link(out, arena, auditor, fetcher, url, err);
    while (!rc && out->end == BYLAW_TRAIL_DEAD && out->tries < TRIES_OF_DEAD);
    return rc;
}
