/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses become pages of the store. */
#include "scan_int.h"

#include <stdlib.h>

#define LINKS_KEPT 65536u /* the last ones; of others the store is asked */

/* A search service's answer is a feed to the store, told by what named it. */
static const char *const kind_names[] = {"page", "feed", "sitemap", "feed",
                                         "robots"};

/* ------------------------------------------------------------- naming --- */

struct sighting {
    struct scan *scan;
    const struct scan_naming *naming;
    struct bylaw_error *err;
};

/* It waits for its turn, and is named once more. */
static int see_queued(const struct sighting *sighting,
                      const struct bylaw__page_row *row, bool is_nearer,
                      struct scan_standing standing)
{
    struct scan_lanes *lanes = &sighting->scan->lanes;
    const struct scan_lane *lane = bylaw__lane_of_host(lanes, row->host);
    struct scan_task *task = lane ? bylaw__queue_find(lane, row->id) : NULL;

    if (!lane)
        return bylaw__fail_memory(sighting->err, row->url);
    if (lane->is_closed)
        return 0;
    if (sighting->naming->depth == SCAN_DEPTH_LEAD) {
        standing.is_lead = true;
        if (task)
            task->is_lead = true;
        return bylaw__turn_put(&lanes->turns, row->id, &standing);
    }
    if (task)
        bylaw__lane_reached(lanes, task, row->depth);
    else if (is_nearer || standing.is_in_leads)
        return bylaw__scan_fetch_back(sighting->scan, row, &standing,
                                      sighting->err);
    return 0;
}

static int see_row(void *payload, const struct bylaw__page_row *row)
{
    struct sighting *sighting = payload;
    struct scan *scan = sighting->scan;
    unsigned depth = sighting->naming->depth;
    struct scan_standing standing = bylaw__turn_of(&scan->lanes.turns, row->id);
    struct bylaw__page_row nearer = *row;
    bool is_new;

    if (depth < nearer.depth) {
        int rc = bylaw__store_page_nearer(scan->store, row->id, depth,
                                          sighting->err);

        if (rc)
            return rc;
        nearer.depth = depth;
    }
    if (standing.turn == SCAN_TURN_QUEUED)
        return see_queued(sighting, &nearer, depth < row->depth, standing);
    /* A crawl that had its share leaves pages; one who names them may ask. */
    if (standing.turn == SCAN_TURN_LEFT && depth == SCAN_DEPTH_LEAD)
        nearer.depth = depth;
    else if (standing.turn != SCAN_TURN_NONE)
        return 0;
    if (row->due_ms > scan->began_ms)
        return 0;
    return bylaw__scan_queue(&is_new, scan, &nearer, sighting->err);
}

bool bylaw__scan_is_own(const struct scan *scan, const bylaw_url *url)
{
    const struct bylaw_config *config = scan->options->config;
    bool own = false;

    for (size_t i = 0; !own && i < config->own_domain_count; i++)
        own = bylaw_url_in_domain(url, config->own_domains[i]);
    return own;
}

static bool is_own(const struct scan *scan, const char *address)
{
    bylaw_url *url = NULL;
    bool own;

    if (!scan->options->config->own_domain_count ||
        bylaw_url_parse(&url, bylaw__span_of(address), NULL, NULL))
        return false;
    own = bylaw__scan_is_own(scan, url);
    bylaw_url_free(url);
    return own;
}

/*
 * Most links of a page lead where others have led. One that the crawl reached
 * before, as near as now, changes nothing whatever became of the page. The key
 * is cut from a SHA-256: a site must not be able to make another's address
 * look known.
 */
static int is_old_link(bool *out, struct scan *scan,
                       const struct scan_naming *naming,
                       struct bylaw_error *err)
{
    unsigned char digest[BYLAW__SHA256_BYTES];
    struct scan_link *slot;
    uint64_t key;
    int rc = 0;

    *out = false;
    if (naming->kind != SCAN_PAGE || naming->depth == SCAN_DEPTH_LEAD)
        return 0;
    if (!scan->links)
        scan->links = calloc(LINKS_KEPT, sizeof(*scan->links));
    if (!scan->links)
        return bylaw__fail_memory(err, naming->url);
    if (!scan->sha)
        rc = bylaw__sha256_new(&scan->sha, err);
    if (!rc && bylaw__sha256_of(digest, scan->sha, bylaw__span_of(naming->url)))
        rc = bylaw__fail_memory(err, naming->url);
    if (rc)
        return rc;
    memcpy(&key, digest, sizeof(key));
    slot = &scan->links[key % LINKS_KEPT];
    *out = slot->is_set && slot->key == key && slot->depth <= naming->depth;
    if (!*out)
        *slot = (struct scan_link){key, naming->depth, 1};
    return 0;
}

int bylaw__scan_name(struct scan *scan, const struct scan_naming *naming,
                     struct bylaw_error *err)
{
    struct bylaw__page_row row = {
        .url = naming->url,
        .via = naming->via,
        .kind = kind_names[naming->kind],
        .depth = naming->depth,
        .due_ms = scan->began_ms,
    };
    struct sighting sighting = {scan, naming, err};
    bool is_new = false, found = false, is_old;
    int rc;

    rc = is_old_link(&is_old, scan, naming, err);
    if (rc || is_old)
        return rc;
    if (naming->kind == SCAN_PAGE && is_own(scan, naming->url))
        return 0;
    rc = bylaw__store_page_add(&is_new, scan->store, &row, err);
    if (rc)
        return rc;
    scan->state.found += is_new;
    return bylaw__store_page_find(&found, scan->store, naming->url, row.kind,
                                  see_row, &sighting, err);
}

/* ------------------------------------------------------------ loading --- */

static int note_case(void *payload, const struct bylaw__case_row *row)
{
    struct scan *scan = payload;

    return bylaw__map_put(&scan->with_case,
                          bylaw__hash64(bylaw__span_of(row->url)), 1);
}

int bylaw__scan_cases(struct scan *scan, struct bylaw_error *err)
{
    static const struct bylaw__case_filter all = {.state = -1};
    int rc = bylaw__store_cases(scan->store, &all, note_case, scan, err);

    return rc == BYLAW_ENOMEM ? bylaw__fail_memory(err, "") : rc;
}
