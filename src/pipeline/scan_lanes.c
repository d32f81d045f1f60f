/* SPDX-License-Identifier: Apache-2.0 */
/* Lanes: the pages of each host in order, and which host may be asked next. */
#include "scan_int.h"

#include <stdlib.h>

void bylaw__task_free(struct scan_task *task)
{
    if (!task)
        return;
    free(task->url);
    free(task->etag);
    free(task->last_modified);
    free(task->sha256);
    free(task);
}

static void free_list(struct scan_list *list)
{
    struct scan_task *task = list->first;

    while (task) {
        struct scan_task *next = task->next;

        bylaw__task_free(task);
        task = next;
    }
}

void bylaw__lanes_release(struct scan_lanes *lanes)
{
    for (size_t i = 0; i < lanes->count; i++) {
        free_list(&lanes->items[i]->crawl);
        free_list(&lanes->items[i]->leads);
        bylaw__task_free(lanes->items[i]->current);
        bylaw__job_free(lanes->items[i]->job);
        bylaw__owner_free(lanes->items[i]->works_owner);
        free(lanes->items[i]->host);
        free(lanes->items[i]);
    }
    free(lanes->items);
    free(lanes->heap);
    bylaw__map_release(&lanes->by_host);
    bylaw__map_release(&lanes->by_page);
    memset(lanes, 0, sizeof(*lanes));
}

/* -------------------------------------------------------------- lists --- */

/* Deeper pages come later; most come in order, so the search is short. */
static void insert(struct scan_list *list, struct scan_task *task)
{
    struct scan_task *before = list->last;

    while (before && before->depth > task->depth)
        before = before->prev;
    task->prev = before;
    task->next = before ? before->next : list->first;
    if (task->next)
        task->next->prev = task;
    else
        list->last = task;
    if (before)
        before->next = task;
    else
        list->first = task;
    task->list = list;
    list->count++;
}

static void take_out(struct scan_task *task)
{
    struct scan_list *list = task->list;

    if (task->prev)
        task->prev->next = task->next;
    else
        list->first = task->next;
    if (task->next)
        task->next->prev = task->prev;
    else
        list->last = task->prev;
    task->prev = task->next = NULL;
    task->list = NULL;
    list->count--;
}

/* --------------------------------------------------------------- heap --- */

static void place(struct scan_lanes *lanes, size_t at, struct scan_lane *lane)
{
    lanes->heap[at] = lane;
    lane->heap_at = at;
}

static void sift_up(struct scan_lanes *lanes, struct scan_lane *lane)
{
    size_t at = lane->heap_at;

    while (at && lanes->heap[(at - 1) / 2]->ready_ms > lane->ready_ms) {
        place(lanes, at, lanes->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    place(lanes, at, lane);
}

static void sift_down(struct scan_lanes *lanes, struct scan_lane *lane)
{
    size_t at = lane->heap_at;

    for (;;) {
        size_t child = at * 2 + 1;

        if (child + 1 < lanes->waiting &&
            lanes->heap[child + 1]->ready_ms < lanes->heap[child]->ready_ms)
            child++;
        if (child >= lanes->waiting ||
            lanes->heap[child]->ready_ms >= lane->ready_ms)
            break;
        place(lanes, at, lanes->heap[child]);
        at = child;
    }
    place(lanes, at, lane);
}

static int wait_in_heap(struct scan_lanes *lanes, struct scan_lane *lane)
{
    if (bylaw__vec_grow(&lanes->heap, &lanes->heap_cap, lanes->waiting + 1,
                        sizeof(*lanes->heap)))
        return BYLAW_ENOMEM;
    lane->state = SCAN_LANE_WAITING;
    place(lanes, lanes->waiting++, lane);
    sift_up(lanes, lane);
    return 0;
}

static struct scan_lane *leave_heap(struct scan_lanes *lanes)
{
    struct scan_lane *lane = lanes->heap[0];

    lanes->waiting--;
    if (lanes->waiting) {
        place(lanes, 0, lanes->heap[lanes->waiting]);
        sift_down(lanes, lanes->heap[0]);
    }
    return lane;
}

/* -------------------------------------------------------------- lanes --- */

static void make_ready(struct scan_lanes *lanes, struct scan_lane *lane)
{
    lane->state = SCAN_LANE_READY;
    lane->next_ready = NULL;
    if (lanes->last_ready)
        lanes->last_ready->next_ready = lane;
    else
        lanes->ready = lane;
    lanes->last_ready = lane;
}

static bool has_tasks(const struct scan_lane *lane)
{
    return lane->current || lane->crawl.first || lane->leads.first;
}

/* "www.a.example" and "a.example" are one server as a rule. */
static const char *strip_www(const char *host)
{
    return strncmp(host, "www.", 4) == 0 && host[4] ? host + 4 : host;
}

/* Probes on where two hosts have one hash. */
static struct scan_lane *find_lane(const struct scan_lanes *lanes,
                                   const char *host, uint64_t *key)
{
    uint64_t at;

    *key = bylaw__hash64(bylaw__span_of(host));
    for (; bylaw__map_get(&lanes->by_host, *key, &at); ++*key)
        if (strcmp(lanes->items[at]->host, host) == 0)
            return lanes->items[at];
    return NULL;
}

static struct scan_lane *add_lane(struct scan_lanes *lanes, const char *host,
                                  uint64_t key)
{
    struct scan_lane *lane = calloc(1, sizeof(*lane));

    if (!lane || bylaw__vec_grow(&lanes->items, &lanes->cap, lanes->count + 1,
                                 sizeof(*lanes->items)))
        goto fail;
    lane->host = strdup(host);
    lane->most_pages = lanes->most_pages;
    if (!lane->host || bylaw__map_put(&lanes->by_host, key, lanes->count))
        goto fail;
    lanes->items[lanes->count++] = lane;
    return lane;
fail:
    if (lane)
        free(lane->host);
    free(lane);
    return NULL;
}

struct scan_lane *bylaw__lane_of_host(struct scan_lanes *lanes,
                                      const char *host)
{
    struct scan_lane *lane;
    uint64_t key;

    host = strip_www(host);
    lane = find_lane(lanes, host, &key);
    return lane ? lane : add_lane(lanes, host, key);
}

struct scan_lane *bylaw__lane_of(struct scan_lanes *lanes, const char *url)
{
    struct scan_lane *lane;
    bylaw_url *parsed = NULL;

    if (bylaw_url_parse(&parsed, bylaw__span_of(url), NULL, NULL))
        return NULL;
    lane = bylaw__lane_of_host(lanes, bylaw_url_host(parsed));
    bylaw_url_free(parsed);
    return lane;
}

int bylaw__lane_push(struct scan_lanes *lanes, struct scan_lane *lane,
                     struct scan_task *task)
{
    if (lanes->failed || bylaw__map_put(&lanes->by_page, (uint64_t)task->page,
                                        (uint64_t)(uintptr_t)task))
        return BYLAW_ENOMEM;
    task->lane = lane;
    insert(task->depth < SCAN_DEPTH_LEAD ? &lane->crawl : &lane->leads, task);
    lanes->queued++;
    if (lane->state == SCAN_LANE_IDLE)
        return wait_in_heap(lanes, lane);
    return 0;
}

enum scan_turn bylaw__lane_find(struct scan_task **out,
                                const struct scan_lanes *lanes, int64_t page)
{
    uint64_t value = 0;

    bylaw__map_get(&lanes->by_page, (uint64_t)page, &value);
    *out = NULL;
    if (value < SCAN_TURN_QUEUED)
        return (enum scan_turn)value;
    *out = lanes->failed ? NULL : (struct scan_task *)(uintptr_t)value;
    return SCAN_TURN_QUEUED;
}

void bylaw__lane_reached(struct scan_task *task, unsigned depth)
{
    if (!task->list || task->depth <= depth)
        return;
    take_out(task);
    task->is_lead |= task->depth >= SCAN_DEPTH_LEAD;
    task->depth = depth;
    insert(&task->lane->crawl, task);
}

static void forget(struct scan_lanes *lanes, const struct scan_task *task,
                   enum scan_turn turn)
{
    lanes->queued--;
    /* Without memory for it the old entry would point nowhere. */
    lanes->failed |=
        bylaw__map_put(&lanes->by_page, (uint64_t)task->page, turn) != 0;
}

/* The crawl of the host has had its share; what was named besides is due. */
static void leave_out(struct scan_lanes *lanes, struct scan_task *task)
{
    if (task->is_lead) {
        task->depth = SCAN_DEPTH_LEAD;
        insert(&task->lane->leads, task);
        return;
    }
    forget(lanes, task, SCAN_TURN_LEFT);
    bylaw__task_free(task);
    lanes->left++;
}

/* Feeds, sitemaps and answers of services have bounds of their own. */
static bool may_visit(const struct scan_lane *lane,
                      const struct scan_task *task)
{
    return task->kind != SCAN_PAGE || !lane->most_pages ||
           lane->pages < lane->most_pages;
}

static struct scan_task *pop_crawl(struct scan_lanes *lanes,
                                   struct scan_lane *lane)
{
    struct scan_task *task;

    while ((task = lane->crawl.first)) {
        take_out(task);
        if (lane->crawled < lane->most && may_visit(lane, task)) {
            lane->crawled++;
            return task;
        }
        leave_out(lanes, task);
    }
    return NULL;
}

static struct scan_task *pop_lead(struct scan_lanes *lanes,
                                  struct scan_lane *lane)
{
    struct scan_task *task;

    while ((task = lane->leads.first)) {
        take_out(task);
        if (may_visit(lane, task))
            return task;
        task->is_lead = false; /* it is no lead any more in this scan */
        leave_out(lanes, task);
    }
    return NULL;
}

struct scan_task *bylaw__lane_pop(struct scan_lanes *lanes,
                                  struct scan_lane *lane)
{
    struct scan_task *task = pop_crawl(lanes, lane);

    if (!task)
        task = pop_lead(lanes, lane);
    if (!task)
        return NULL;
    lane->pages += task->kind == SCAN_PAGE;
    forget(lanes, task, SCAN_TURN_TAKEN);
    return task;
}

void bylaw__lane_close(struct scan_lanes *lanes, struct scan_lane *lane)
{
    struct scan_list *const lists[] = {&lane->crawl, &lane->leads};

    for (size_t i = 0; i < 2; i++)
        while (lists[i]->first) {
            struct scan_task *task = lists[i]->first;

            take_out(task);
            forget(lanes, task, SCAN_TURN_LEFT);
            bylaw__task_free(task);
            lanes->left++;
        }
    lane->is_closed = true;
}

struct scan_lane *bylaw__lanes_take(struct scan_lanes *lanes, int64_t ticks)
{
    struct scan_lane *lane;

    while (lanes->waiting && lanes->heap[0]->ready_ms <= ticks)
        make_ready(lanes, leave_heap(lanes));
    lane = lanes->ready;
    if (!lane)
        return NULL;
    lanes->ready = lane->next_ready;
    if (!lanes->ready)
        lanes->last_ready = NULL;
    lane->state = SCAN_LANE_BUSY;
    return lane;
}

int bylaw__lane_rest(struct scan_lanes *lanes, struct scan_lane *lane,
                     int64_t until)
{
    if (until > lane->ready_ms)
        lane->ready_ms = until;
    lane->state = SCAN_LANE_IDLE;
    return has_tasks(lane) ? wait_in_heap(lanes, lane) : 0;
}

int64_t bylaw__lanes_next(const struct scan_lanes *lanes)
{
    if (lanes->ready)
        return 0;
    return lanes->waiting ? lanes->heap[0]->ready_ms : INT64_MAX;
}
