/* SPDX-License-Identifier: Apache-2.0 */
/* Fetches begun and taken: one, or many at a time. */
#include "fetch_int.h"

/* -------------------------------------------------------------- lists --- */

static void enter(struct fetch_list *list, struct fetch_journey *journey)
{
    journey->prev = list->last;
    journey->next = NULL;
    if (list->last)
        list->last->next = journey;
    else
        list->first = journey;
    list->last = journey;
    list->count++;
}

static void leave(struct fetch_journey *journey)
{
    struct fetch_list *list = &journey->fetcher->lists[journey->stage];

    if (journey->prev)
        journey->prev->next = journey->next;
    else
        list->first = journey->next;
    if (journey->next)
        journey->next->prev = journey->prev;
    else
        list->last = journey->prev;
    list->count--;
}

void bylaw__journey_move(struct fetch_journey *journey, enum fetch_stage to)
{
    leave(journey);
    journey->stage = to;
    enter(&journey->fetcher->lists[to], journey);
}

static void give_up(struct fetch_journey *journey)
{
    leave(journey);
    bylaw__journey_free(journey);
}

/* ----------------------------------------------------- beginning them --- */

static int start(struct fetch_journey **out, bylaw__fetcher *fetcher,
                 const char *url, const struct bylaw__fetch_extra *extra,
                 void *tag, struct bylaw_error *err)
{
    int rc = bylaw__journey_new(out, fetcher, url, extra, err);

    if (rc)
        return rc;
    (*out)->tag = tag;
    enter(&fetcher->lists[FETCH_WAITING], *out);
    return 0;
}

int bylaw__fetch_start(bylaw__fetcher *fetcher, const char *url,
                       const struct bylaw__fetch_extra *extra, void *tag,
                       struct bylaw_error *err)
{
    struct fetch_journey *journey;

    return start(&journey, fetcher, url, extra, tag, err);
}

static void set_off(struct fetch_journey *journey)
{
    bylaw__journey_move(journey, FETCH_RUNNING);
    bylaw__journey_begin(journey);
}

static void set_off_waiting(bylaw__fetcher *fetcher)
{
    const struct fetch_list *waiting = &fetcher->lists[FETCH_WAITING];

    while (waiting->first &&
           fetcher->lists[FETCH_RUNNING].count < BYLAW_LIMIT_FETCHES)
        set_off(waiting->first);
}

/* -------------------------------------------------------- taking them --- */

/* Takes a journey that is done off its list. */
static int hand_over(struct bylaw_response **out, struct fetch_journey *journey,
                     struct bylaw_error *err)
{
    int rc = journey->rc;

    if (rc && err)
        *err = journey->err;
    if (!rc) {
        *out = journey->response;
        journey->arena = NULL; /* goes with the response */
    }
    give_up(journey);
    return rc;
}

static bool is_any_ready(const struct bylaw__fetch_wait *wait)
{
    for (size_t i = 0; i < wait->other_count; i++)
        if (wait->others[i].revents)
            return true;
    return false;
}

static int64_t left_of(const struct bylaw__fetch_wait *wait, int64_t began)
{
    int64_t left;

    if (wait->ms <= 0)
        return wait->ms;
    left = wait->ms - (bylaw__drive_ticks() - began);
    return left > 0 ? left : 0;
}

/* Until a journey is done, the time is over, or something else is ready. */
static int wait_for_end(bylaw__fetcher *fetcher,
                        const struct bylaw__fetch_wait *wait)
{
    const struct fetch_list *done = &fetcher->lists[FETCH_DONE];
    int64_t began = bylaw__drive_ticks(), left;

    do {
        int rc;

        set_off_waiting(fetcher);
        left =
            done->first || fetcher->drive.was_woken ? 0 : left_of(wait, began);
        rc = bylaw__drive_on(&fetcher->drive, left, wait->others,
                             wait->other_count);
        if (rc)
            return rc;
    } while (!done->first && left && !fetcher->drive.was_woken &&
             !is_any_ready(wait));
    fetcher->drive.was_woken = false;
    return 0;
}

int bylaw__fetch_take(struct bylaw_response **out, void **out_tag,
                      bylaw__fetcher *fetcher,
                      const struct bylaw__fetch_wait *wait,
                      struct bylaw_error *err)
{
    struct fetch_journey *first;

    *out = NULL;
    *out_tag = NULL;
    for (size_t i = 0; i < wait->other_count; i++)
        wait->others[i].revents = 0;
    if ((!fetcher->lists[FETCH_DONE].first || wait->other_count) &&
        wait_for_end(fetcher, wait))
        return bylaw__fail_memory(err, "");
    first = fetcher->lists[FETCH_DONE].first;
    if (!first)
        return 0;
    *out_tag = first->tag;
    return hand_over(out, first, err);
}

int bylaw__fetch_with(struct bylaw_response **out, bylaw__fetcher *fetcher,
                      const char *url, const struct bylaw__fetch_extra *extra,
                      struct bylaw_error *err)
{
    struct fetch_journey *journey;
    int rc = start(&journey, fetcher, url, extra, NULL, err);

    if (rc)
        return rc;
    set_off(journey);
    while (journey->stage != FETCH_DONE) {
        set_off_waiting(fetcher);
        bylaw__drive_on(&fetcher->drive, -1, NULL, 0);
    }
    return hand_over(out, journey, err);
}

int bylaw__fetch(struct bylaw_response **out, bylaw__fetcher *fetcher,
                 const char *url, struct bylaw_error *err)
{
    return bylaw__fetch_with(out, fetcher, url, NULL, err);
}

/* ------------------------------------------------------ the rest of it --- */

size_t bylaw__fetch_count(const bylaw__fetcher *fetcher)
{
    size_t count = 0;

    for (size_t i = 0; i < FETCH_STAGES; i++)
        count += fetcher->lists[i].count;
    return count;
}

void bylaw__fetch_cancel(bylaw__fetcher *fetcher, const void *tag)
{
    for (size_t i = 0; i < FETCH_STAGES; i++)
        for (struct fetch_journey *at = fetcher->lists[i].first, *next; at;
             at = next) {
            next = at->next;
            if (at->tag == tag)
                give_up(at);
        }
}

void bylaw__fetch_drop_all(bylaw__fetcher *fetcher)
{
    for (size_t i = 0; i < FETCH_STAGES; i++)
        while (fetcher->lists[i].first)
            give_up(fetcher->lists[i].first);
}

void bylaw__fetch_wake(const bylaw__fetcher *fetcher)
{
    bylaw__drive_wake(&fetcher->drive);
}

struct bylaw_span bylaw__response_header(const struct bylaw_response *response,
                                         const char *name)
{
    return bylaw__header_value(response->headers, name);
}
