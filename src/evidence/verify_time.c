/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the times of the entries can have been those of one clock. */
#include "verify_int.h"

#include <inttypes.h>

/* What a clock that is kept right by the network may jump. */
#define SLACK_MS 5000

static void tell_step(struct verify *v, const struct bylaw__entry *entry,
                      int64_t step_ms)
{
    bylaw__verify_fault(v, (int64_t)entry->number, "verify.clock",
                        "the clock was set %s by %" PRId64
                        " s since the entry before",
                        step_ms < 0 ? "back" : "forward",
                        (step_ms < 0 ? -step_ms : step_ms) / 1000);
}

/* Within one boot two clocks ran side by side and must agree; between boots
 * only the order can be seen. */
void bylaw__verify_time(struct verify *v, const struct bylaw__entry *entry)
{
    const struct bylaw__moment *at = &entry->at, *last = &v->last;
    int64_t step = at->utc_ms - last->utc_ms;
    bool is_same_boot = *at->boot && !strcmp(at->boot, last->boot);

    if (is_same_boot)
        step -= at->ticks_ms - last->ticks_ms;
    if (v->has_last && (step < -SLACK_MS || (is_same_boot && step > SLACK_MS)))
        tell_step(v, entry, step);
    bylaw__verify_between(v, entry);
    if (!v->has_last)
        v->result->first_ms = at->utc_ms;
    v->result->last_ms = at->utc_ms;
    v->last = *at;
    v->has_last = true;
}
