/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of a lane: their first tasks in memory, the rest in the store. */
#include "scan_int.h"

struct scan_place bylaw__queue_place(const struct scan_task *task)
{
    return (struct scan_place){
        .rank = task->depth < SCAN_DEPTH_LEAD ? task->depth : task->due_ms,
        .page = task->page,
    };
}

bool bylaw__place_before(struct scan_place a, struct scan_place b)
{
    return a.rank < b.rank || (a.rank == b.rank && a.page < b.page);
}

static bool stands_before(const struct scan_task *a, const struct scan_task *b)
{
    return bylaw__place_before(bylaw__queue_place(a), bylaw__queue_place(b));
}

/* Most come in order, so the search is short. */
static void insert(struct scan_list *list, struct scan_task *task)
{
    struct scan_task *before = list->last;

    while (before && stands_before(task, before))
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

void bylaw__queue_take(struct scan_task *task)
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

/* Half of a full list goes, so that it does not overflow at once again. */
static void overflow(struct scan_list *list)
{
    while (list->count > BYLAW_LIMIT_SCAN_LANE / 2) {
        struct scan_task *task = list->last;

        list->end = bylaw__queue_place(task);
        bylaw__queue_take(task);
        bylaw__task_free(task);
        list->away++;
    }
}

void bylaw__queue_put(struct scan_lane *lane, struct scan_task *task)
{
    struct scan_list *list =
        task->depth < SCAN_DEPTH_LEAD ? &lane->crawl : &lane->leads;

    task->lane = lane;
    if (list->away &&
        !bylaw__place_before(bylaw__queue_place(task), list->end)) {
        bylaw__task_free(task);
        list->away++;
        return;
    }
    insert(list, task);
    if (list->count > BYLAW_LIMIT_SCAN_LANE)
        overflow(list);
}

struct scan_task *bylaw__queue_find(const struct scan_lane *lane, int64_t page)
{
    const struct scan_list *const lists[] = {&lane->crawl, &lane->leads};

    for (size_t i = 0; i < 2; i++)
        for (struct scan_task *task = lists[i]->first; task; task = task->next)
            if (task->page == page)
                return task;
    return NULL;
}

void bylaw__queue_free(struct scan_list *list)
{
    struct scan_task *task = list->first;

    while (task) {
        struct scan_task *next = task->next;

        bylaw__task_free(task);
        task = next;
    }
    *list = (struct scan_list){0};
}
