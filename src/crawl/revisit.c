/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When to come back: seldomer to what stays as it is, sooner to what changes.
 * The figures are those of Common Crawl's news crawler, which has kept them
 * for years on the same kind of sites. No jitter: two runs over the same
 * record must agree.
 */
#include "crawl_int.h"

#define MINUTE_MS   INT64_C(60000)
#define SHORTEST_MS (90 * MINUTE_MS)
#define LONGEST_MS  (90 * 24 * 60 * MINUTE_MS)

static int64_t bound(int64_t ms)
{
    if (ms < SHORTEST_MS)
        return SHORTEST_MS;
    return ms < LONGEST_MS ? ms : LONGEST_MS;
}

static int64_t next_interval(const struct bylaw__visit *visit)
{
    int64_t interval = bound(visit->interval_ms);

    if (visit->interval_ms <= 0 || visit->failures)
        return interval; /* a failure tells nothing of how often it changes */
    return bound(visit->is_changed ? interval / 5 * 4 : interval / 2 * 3);
}

/* Twice as long for each failure in a row. */
static int64_t back_off(int64_t interval, unsigned failures)
{
    while (failures-- && interval < LONGEST_MS)
        interval *= 2;
    return bound(interval);
}

int64_t bylaw__revisit_due(struct bylaw__visit *visit, int64_t now_ms)
{
    /* A record from the future is of a clock that was wrong. */
    int64_t last = visit->last_ms < now_ms ? visit->last_ms : now_ms;
    int64_t asked =
        visit->retry_after_ms < LONGEST_MS ? visit->retry_after_ms : LONGEST_MS;
    int64_t wait;

    visit->interval_ms = next_interval(visit);
    if (visit->last_ms <= 0)
        return now_ms;
    wait = back_off(visit->interval_ms, visit->failures);
    return last + (wait > asked ? wait : asked);
}
