/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses become pages of the store, and pages that are due get queued. */
#include "scan_int.h"

#include <stdlib.h>

#define LINKS_KEPT 1000000u /* of a scan; for more, the store is asked again */

/* A search service's answer is a feed to the store, told by what named it. */
static const char *const kind_names[] = {"page", "feed", "sitemap", "feed",
                                         "robots"};

static bool find_search(struct scan_task *task, const struct scan *scan,
                        const char *via)
{
    const struct bylaw_config *config = scan->options->config;
    const char *name = via + strlen(SCAN_SEARCH_VIA);
    size_t len = strcspn(name, " ");
    unsigned long part = strtoul(name + len, NULL, 10);

    task->part =
        part > 1 && part <= BYLAW_LIMIT_ANSWER_PAGES ? (unsigned)part : 1;
    for (size_t i = 0; i < config->search_count; i++)
        if (strlen(config->searches[i].service) == len &&
            strncmp(config->searches[i].service, name, len) == 0) {
            task->search = i;
            return true;
        }
    return false;
}

/* False where the page is of no kind that this scan can visit. */
static bool read_kind(struct scan_task *task, const struct scan *scan,
                      const struct bylaw__page_row *row)
{
    if (strcmp(row->kind, "sitemap") == 0)
        task->kind = SCAN_SITEMAP;
    else if (strcmp(row->kind, "feed") == 0)
        task->kind = SCAN_FEED;
    else if (strcmp(row->kind, "page") != 0)
        return false;
    if (task->kind == SCAN_FEED &&
        strncmp(row->via, SCAN_SEARCH_VIA, strlen(SCAN_SEARCH_VIA)) == 0) {
        task->kind = SCAN_SEARCH;
        return find_search(task, scan, row->via);
    }
    return true;
}

static bool copy(char **out, const char *text)
{
    *out = text ? strdup(text) : NULL;
    return !text || *out;
}

static struct scan_task *new_task(const struct bylaw__page_row *row)
{
    struct scan_task *task = calloc(1, sizeof(*task));

    if (!task)
        return NULL;
    task->page = row->id;
    task->depth = row->depth;
    task->visit.last_ms = row->last_ms;
    task->visit.interval_ms = row->interval_ms;
    task->visit.failures = row->failures;
    if (copy(&task->url, row->url) && copy(&task->etag, row->etag) &&
        copy(&task->last_modified, row->last_modified) &&
        copy(&task->sha256, row->sha256))
        return task;
    bylaw__task_free(task);
    return NULL;
}

/* A host asked for more patience than there is: its pages wait for the next
 * scan, as do those of kinds that nothing can read. */
static int queue(bool *out_new, struct scan *scan,
                 const struct bylaw__page_row *row, struct bylaw_error *err)
{
    struct scan_lane *lane = bylaw__lane_of(&scan->lanes, row->url);
    struct scan_task *task = lane ? new_task(row) : NULL;

    *out_new = false;
    if (!task)
        return bylaw__fail_memory(err, row->url);
    task->has_case =
        bylaw__map_get(&scan->with_case,
                       bylaw__hash64(bylaw__span_of(row->url)), NULL);
    if (!read_kind(task, scan, row) || lane->is_closed) {
        bylaw__task_free(task);
        return 0;
    }
    if (!lane->is_watched || task->kind != SCAN_PAGE)
        task->depth = SCAN_DEPTH_LEAD;
    if (bylaw__lane_push(&scan->lanes, lane, task)) {
        bylaw__task_free(task);
        return bylaw__fail_memory(err, row->url);
    }
    *out_new = true;
    return 0;
}

/* ------------------------------------------------------------- naming --- */

struct sighting {
    struct scan *scan;
    const struct scan_naming *naming;
    struct bylaw_error *err;
};

static int see_row(void *payload, const struct bylaw__page_row *row)
{
    struct sighting *sighting = payload;
    struct scan *scan = sighting->scan;
    unsigned depth = sighting->naming->depth;
    struct scan_task *task;
    enum scan_turn turn = bylaw__lane_find(&task, &scan->lanes, row->id);
    struct bylaw__page_row nearer = *row;
    bool is_new;

    if (depth < nearer.depth) {
        int rc = bylaw__store_page_nearer(scan->store, row->id, depth,
                                          sighting->err);

        if (rc)
            return rc;
        nearer.depth = depth;
    }
    if (task)
        bylaw__lane_reached(task, nearer.depth);
    /* A crawl that had its share leaves pages; one who names them may ask. */
    if (turn == SCAN_TURN_LEFT && depth == SCAN_DEPTH_LEAD)
        nearer.depth = depth;
    else if (turn != SCAN_TURN_NONE)
        return 0;
    if (row->due_ms > scan->began_ms)
        return 0;
    return queue(&is_new, scan, &nearer, sighting->err);
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
    uint64_t key, depth;
    int rc = 0;

    *out = false;
    if (naming->kind != SCAN_PAGE || naming->depth == SCAN_DEPTH_LEAD)
        return 0;
    if (!scan->sha)
        rc = bylaw__sha256_new(&scan->sha, err);
    if (!rc && bylaw__sha256_of(digest, scan->sha, bylaw__span_of(naming->url)))
        rc = bylaw__fail_memory(err, naming->url);
    if (rc)
        return rc;
    memcpy(&key, digest, sizeof(key));
    if (bylaw__map_get(&scan->links, key, &depth)) {
        *out = depth <= naming->depth;
    } else if (scan->links.count >= LINKS_KEPT) {
        return 0;
    }
    if (!*out && bylaw__map_put(&scan->links, key, naming->depth))
        return bylaw__fail_memory(err, naming->url);
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

struct load {
    struct scan *scan;
    size_t count;
    struct bylaw_error *err;
};

static int load_row(void *payload, const struct bylaw__page_row *row)
{
    struct load *load = payload;
    struct scan_task *task;
    bool is_new = false;
    int rc = 0;

    if (!bylaw__lane_find(&task, &load->scan->lanes, row->id))
        rc = queue(&is_new, load->scan, row, load->err);
    load->count += is_new;
    return rc;
}

int bylaw__scan_load(size_t *out, struct scan *scan, struct bylaw_error *err)
{
    struct load load = {scan, 0, err};
    int rc =
        bylaw__store_pages_due(scan->store, scan->began_ms,
                               BYLAW_LIMIT_SCAN_LOAD, load_row, &load, err);

    *out = load.count;
    return rc;
}
