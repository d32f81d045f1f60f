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

void bylaw__lanes_release(struct scan_lanes *lanes)
{
    for (size_t i = 0; i < lanes->count; i++) {
        bylaw__queue_free(&lanes->items[i]->crawl);
        bylaw__queue_free(&lanes->items[i]->leads);
        bylaw__task_free(lanes->items[i]->current);
        bylaw__job_free(lanes->items[i]->job);
        bylaw__owner_free(lanes->items[i]->works_owner);
        free(lanes->items[i]->host);
        free(lanes->items[i]);
    }
    free(lanes->items);
    free(lanes->heap);
    bylaw__map_release(&lanes->by_host);
    bylaw__turns_release(&lanes->turns);
    memset(lanes, 0, sizeof(*lanes));
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
    return lane->current || lane->crawl.first || lane->crawl.away ||
           lane->leads.first || lane->leads.away;
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

/* Never fails for a page that stood somewhere before. */
static int stand(struct scan_lanes *lanes, const struct scan_task *task,
                 enum scan_turn turn)
{
    struct scan_standing standing = {
        .turn = turn,
        .is_lead = task->is_lead,
        .is_in_leads = task->depth >= SCAN_DEPTH_LEAD,
    };

    return bylaw__turn_put(&lanes->turns, task->page, &standing);
}

int bylaw__lane_push(struct scan_lanes *lanes, struct scan_lane *lane,
                     struct scan_task *task)
{
    if (stand(lanes, task, SCAN_TURN_QUEUED)) {
        bylaw__task_free(task);
        return BYLAW_ENOMEM;
    }
    lanes->queued++;
    bylaw__queue_put(lane, task);
    return lane->state == SCAN_LANE_IDLE ? wait_in_heap(lanes, lane) : 0;
}

void bylaw__lane_reached(struct scan_lanes *lanes, struct scan_task *task,
                         unsigned depth)
{
    if (!task->list || task->depth <= depth)
        return;
    bylaw__queue_take(task);
    task->is_lead |= task->depth >= SCAN_DEPTH_LEAD;
    task->depth = depth;
    stand(lanes, task, SCAN_TURN_QUEUED);
    bylaw__queue_put(task->lane, task);
}

void bylaw__lane_fetch_back(struct scan_lanes *lanes, struct scan_lane *lane,
                            const struct scan_standing *standing)
{
    struct scan_list *list =
        standing->is_in_leads ? &lane->leads : &lane->crawl;

    list->away -= list->away > 0;
    lanes->queued -= lanes->queued > 0;
}

static void forget(struct scan_lanes *lanes, const struct scan_task *task,
                   enum scan_turn turn)
{
    lanes->queued--;
    stand(lanes, task, turn);
}

/* The crawl of the host has had its share; what was named besides is due. */
static void leave_out(struct scan_lanes *lanes, struct scan_task *task)
{
    if (task->is_lead) {
        task->depth = SCAN_DEPTH_LEAD;
        stand(lanes, task, SCAN_TURN_QUEUED);
        bylaw__queue_put(task->lane, task);
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
        bylaw__queue_take(task);
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
        bylaw__queue_take(task);
        if (may_visit(lane, task))
            return task;
        task->is_lead = false; /* it is no lead any more in this scan */
        leave_out(lanes, task);
    }
    return NULL;
}

struct scan_task *bylaw__lane_pop(struct scan_list **out_wants,
                                  struct scan_lanes *lanes,
                                  struct scan_lane *lane)
{
    struct scan_task *task = pop_crawl(lanes, lane);

    *out_wants = NULL;
    if (!task && lane->crawl.away)
        *out_wants = &lane->crawl;
    else if (!task && !(task = pop_lead(lanes, lane)) && lane->leads.away)
        *out_wants = &lane->leads;
    if (!task)
        return NULL;
    lane->pages += task->kind == SCAN_PAGE;
    forget(lanes, task, SCAN_TURN_TAKEN);
    return task;
}

void bylaw__lane_close(struct scan_lanes *lanes, struct scan_lane *lane)
{
    struct scan_list *const lists[] = {&lane->crawl, &lane->leads};

    for (size_t i = 0; i < 2; i++) {
        while (lists[i]->first) {
            struct scan_task *task = lists[i]->first;

            bylaw__queue_take(task);
            forget(lanes, task, SCAN_TURN_LEFT);
            bylaw__task_free(task);
            lanes->left++;
        }
        /* Of those away the turn stays; nothing is queued here any more. */
        lanes->queued -= lists[i]->away;
        lanes->left += lists[i]->away;
        lists[i]->away = 0;
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
