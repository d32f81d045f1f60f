/* SPDX-License-Identifier: Apache-2.0 */
/* How often a search service may still be asked today. */
#include "scan_int.h"

#include <stdlib.h>

#define DAY_MS ((int64_t)24 * 3600 * 1000)

static int write_count(struct scan *scan, const char *name, unsigned count,
                       int64_t since_ms, struct bylaw_error *err)
{
    struct bylaw__buf value = {0};
    int rc;

    bylaw__buf_printf(&value, "%u", count);
    rc = value.failed
             ? bylaw__fail_memory(err, name)
             : bylaw__store_note_put(scan->store, name, bylaw__buf_span(&value),
                                     since_ms, err);
    bylaw__buf_release(&value);
    return rc;
}

/* The day begins with the first request; a request counts before it is made,
 * so that a kill cannot have it forgotten. */
static int count_request(bool *out_may, struct scan *scan, const char *name,
                         unsigned most, struct bylaw_error *err)
{
    struct bylaw__buf value = {0};
    int64_t now = bylaw__scan_now(scan), since_ms = 0;
    unsigned long count = 0;
    int rc = bylaw__store_note_get(&value, &since_ms, scan->store, name, err);

    if (since_ms && since_ms <= now && now - since_ms < DAY_MS && value.ptr)
        count = strtoul(value.ptr, NULL, 10);
    else
        since_ms = now;
    bylaw__buf_release(&value);
    *out_may = count < most;
    if (rc || !*out_may)
        return rc;
    return write_count(scan, name, (unsigned)count + 1, since_ms, err);
}

int bylaw__scan_may_search(bool *out_may, struct scan *scan, size_t number,
                           const char *host, struct bylaw_error *err)
{
    const struct bylaw_search *search =
        &scan->options->config->searches[number];
    struct bylaw__buf name = {0};
    int rc;

    bylaw__buf_printf(&name, "asked %s %s", search->service, host);
    rc = name.failed
             ? bylaw__fail_memory(err, search->service)
             : count_request(out_may, scan, name.ptr, search->per_day, err);
    bylaw__buf_release(&name);
    return rc;
}
