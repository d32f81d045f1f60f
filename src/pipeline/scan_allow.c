/* SPDX-License-Identifier: Apache-2.0 */
/* Sites that the configuration allows what their copies do. */
#include "scan_int.h"

#include <stdio.h>
#include <stdlib.h>

#define DAY_MS ((int64_t)24 * 3600 * 1000)
/* An allowance that ends is told of so long before, as those of cases are. */
#define WARN_MS (14 * DAY_MS)

/* It holds to the end of its last day. */
static int64_t end_of(const struct bylaw_allow *allow)
{
    int64_t begin;

    return allow->until && bylaw__time_of_date(&begin, allow->until)
               ? begin + DAY_MS
               : 0;
}

static int copy_allowances(struct scan *scan, struct bylaw_error *err)
{
    const struct bylaw_config *config = scan->options->config;

    scan->allowances =
        calloc(config->allow_count + 1, sizeof(*scan->allowances));
    if (!scan->allowances)
        return bylaw__fail_memory(err, scan->options->store_path);
    for (size_t i = 0; i < config->allow_count; i++)
        scan->allowances[i] =
            (struct bylaw__allowance){config->allows[i].domain,
                                      config->allows[i].reason,
                                      end_of(&config->allows[i])};
    return 0;
}

/* Once for each end: a site may have no case that would be warned of. */
static int warn(struct scan *scan, const struct bylaw_allow *allow,
                struct bylaw_error *err)
{
    struct bylaw__buf name = {0}, told = {0};
    struct bylaw_error why = {0};
    int64_t at_ms = 0;
    int rc = 0;

    bylaw__buf_printf(&name, "allowance %s", allow->domain);
    if (name.failed)
        rc = bylaw__fail_memory(err, allow->domain);
    if (!rc)
        rc = bylaw__store_note_get(&told, &at_ms, scan->store, name.ptr, err);
    if (!rc && !bylaw__span_is(bylaw__buf_span(&told), allow->until)) {
        bylaw__fail(&why, BYLAW_ECONFIG, "scan.allowance-ends", allow->domain,
                    "what the configuration allows this site %s on %s",
                    end_of(allow) <= scan->began_ms ? "ended" : "ends",
                    allow->until);
        bylaw__scan_complain(scan, &why);
        rc = bylaw__store_note_put(scan->store, name.ptr,
                                   bylaw__span_of(allow->until), scan->began_ms,
                                   err);
    }
    bylaw__buf_release(&name);
    bylaw__buf_release(&told);
    return rc;
}

int bylaw__scan_allow(struct scan *scan, struct bylaw_error *err)
{
    const struct bylaw_config *config = scan->options->config;
    int rc = copy_allowances(scan, err);

    if (!rc)
        rc = bylaw__store_permit(scan->store, scan->allowances,
                                 config->allow_count, scan->began_ms, err);
    for (size_t i = 0; !rc && i < config->allow_count; i++) {
        int64_t end = scan->allowances[i].until_ms;

        if (end && end - WARN_MS <= scan->began_ms)
            rc = warn(scan, &config->allows[i], err);
    }
    return rc;
}

const struct bylaw__allowance *bylaw__scan_allowance(const struct scan *scan,
                                                     const char *address)
{
    size_t count = scan->options->config->allow_count;
    const struct bylaw__allowance *found = NULL;
    bylaw_url *url = NULL;

    if (!count || bylaw_url_parse(&url, bylaw__span_of(address), NULL, NULL))
        return NULL;
    for (size_t i = 0; i < count && !found; i++)
        if (bylaw_url_in_domain(url, scan->allowances[i].domain))
            found = &scan->allowances[i];
    bylaw_url_free(url);
    return found;
}
