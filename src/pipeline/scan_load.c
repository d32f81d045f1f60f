/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of the store become tasks: what is due, and what a lane has away. */
#include "scan_int.h"

#include <stdio.h>
#include <stdlib.h>

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
    task->due_ms = row->due_ms;
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

/* *out is NULL where nothing can read the page's kind. */
static int make_task(struct scan_task **out, const struct scan *scan,
                     const struct bylaw__page_row *row, struct bylaw_error *err)
{
    struct scan_task *task = new_task(row);

    *out = task;
    if (!task)
        return bylaw__fail_memory(err, row->url);
    task->has_case =
        bylaw__map_get(&scan->with_case,
                       bylaw__hash64(bylaw__span_of(row->url)), NULL);
    if (!read_kind(task, scan, row)) {
        bylaw__task_free(task);
        *out = NULL;
    }
    return 0;
}

/* A host asked for more patience than there is: its pages wait for the next
 * scan. */
int bylaw__scan_queue(bool *out_new, struct scan *scan,
                      const struct bylaw__page_row *row,
                      struct bylaw_error *err)
{
    struct scan_lane *lane = bylaw__lane_of_host(&scan->lanes, row->host);
    struct scan_task *task = NULL;
    int rc = 0;

    *out_new = false;
    if (!lane)
        return bylaw__fail_memory(err, row->url);
    if (!lane->is_closed)
        rc = make_task(&task, scan, row, err);
    if (rc || !task)
        return rc;
    if (!lane->is_watched || task->kind != SCAN_PAGE)
        task->depth = SCAN_DEPTH_LEAD;
    if (bylaw__lane_push(&scan->lanes, lane, task))
        return bylaw__fail_memory(err, row->url);
    *out_new = true;
    return 0;
}

int bylaw__scan_fetch_back(struct scan *scan, const struct bylaw__page_row *row,
                           const struct scan_standing *standing,
                           struct bylaw_error *err)
{
    struct scan_lane *lane = bylaw__lane_of_host(&scan->lanes, row->host);
    struct scan_task *task = NULL;
    int rc;

    if (!lane)
        return bylaw__fail_memory(err, row->url);
    rc = make_task(&task, scan, row, err);
    if (rc || !task)
        return rc;
    task->is_lead = standing->is_lead || standing->is_in_leads;
    bylaw__lane_fetch_back(&scan->lanes, lane, standing);
    if (bylaw__lane_push(&scan->lanes, lane, task))
        return bylaw__fail_memory(err, row->url);
    return 0;
}

/* ---------------------------------------------------------------- due --- */

struct load {
    struct scan *scan;
    size_t count;
    struct bylaw_error *err;
};

static int load_row(void *payload, const struct bylaw__page_row *row)
{
    struct load *load = payload;
    bool is_new = false;
    int rc = 0;

    if (!bylaw__turn_of(&load->scan->lanes.turns, row->id).turn)
        rc = bylaw__scan_queue(&is_new, load->scan, row, load->err);
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

/* --------------------------------------------------------------- away --- */

#define ENOUGH 1 /* answers that the list is filled */

/** What a lane has away comes back, as much as its list should hold. */
struct refill {
    struct scan *scan;
    struct scan_lane *lane;
    bool in_leads;
    size_t taken;           /* of one host name */
    bool is_cut;            /* more is away, */
    struct scan_place next; /* from here on */
    struct bylaw_error *err;
};

static int refill_row(void *payload, const struct bylaw__page_row *row)
{
    struct refill *refill = payload;
    struct scan_standing standing =
        bylaw__turn_of(&refill->scan->lanes.turns, row->id);
    struct scan_task *task;
    int rc;

    if (standing.turn != SCAN_TURN_QUEUED ||
        standing.is_in_leads != refill->in_leads)
        return 0;
    rc = make_task(&task, refill->scan, row, refill->err);
    if (rc || !task)
        return rc;
    task->is_lead = standing.is_lead;
    if (refill->in_leads)
        task->depth = SCAN_DEPTH_LEAD;
    if (refill->taken++ < BYLAW_LIMIT_SCAN_LANE / 2) {
        bylaw__queue_put(refill->lane, task);
        return 0;
    }
    if (!refill->is_cut ||
        bylaw__place_before(bylaw__queue_place(task), refill->next))
        refill->next = bylaw__queue_place(task);
    refill->is_cut = true;
    bylaw__task_free(task);
    return ENOUGH;
}

static int refill_host(struct refill *refill, const char *www,
                       const struct scan_place *from)
{
    struct bylaw__pages_from where = {
        .order = refill->in_leads ? BYLAW__PAGES_BY_DUE : BYLAW__PAGES_BY_DEPTH,
        .now_ms = refill->scan->began_ms,
        .rank = from->rank,
        .page = from->page,
    };
    char *host;
    int rc;

    if (asprintf(&host, "%s%s", www, refill->lane->host) < 0)
        return bylaw__fail_memory(refill->err, refill->lane->host);
    where.host = host;
    refill->taken = 0;
    rc = bylaw__store_pages_from(refill->scan->store, &where, refill_row,
                                 refill, refill->err);
    free(host);
    return rc == ENOUGH ? 0 : rc;
}

/* One host name's pages may reach further than the other's. */
static void trim(struct scan_list *list, const struct scan_place *end)
{
    struct scan_task *task;

    while ((task = list->last) &&
           !bylaw__place_before(bylaw__queue_place(task), *end)) {
        bylaw__queue_take(task);
        bylaw__task_free(task);
    }
}

static int refill_list(struct scan *scan, struct scan_lane *lane,
                       struct scan_list *list, struct bylaw_error *err)
{
    struct refill refill = {
        .scan = scan,
        .lane = lane,
        .in_leads = list == &lane->leads,
        .err = err,
    };
    size_t away = list->away;
    struct scan_place from = list->end;
    int rc;

    list->away = 0;
    rc = refill_host(&refill, "", &from);
    if (!rc)
        rc = refill_host(&refill, "www.", &from);
    if (rc)
        return rc;
    if (refill.is_cut) {
        trim(list, &refill.next);
        list->end = refill.next;
        list->away = away > list->count ? away - list->count : 1;
    }
    scan->lanes.queued += list->count + list->away;
    scan->lanes.queued -= away;
    return 0;
}

int bylaw__scan_next(struct scan_task **out, struct scan *scan,
                     struct scan_lane *lane, struct bylaw_error *err)
{
    struct scan_list *wants;
    int rc = 0;

    do {
        *out = bylaw__lane_pop(&wants, &scan->lanes, lane);
        if (wants)
            rc = refill_list(scan, lane, wants, err);
    } while (!rc && wants);
    return rc;
}
