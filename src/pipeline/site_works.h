/* SPDX-License-Identifier: Apache-2.0 */
/* What a site is known to have taken over, for terms on volume. */
#ifndef BYLAW_SITE_WORKS_H
#define BYLAW_SITE_WORKS_H

#include "pipeline_int.h"

#define SITE_WORKS_MOST 500u /* more articles on one site are left out */

/** An article found on a site, and when its first copy there was seen. */
struct site_work {
    const char *source; /* its name */
    int64_t first_ms;
};

struct site_works {
    struct site_work items[SITE_WORKS_MOST];
    size_t count;
    struct bylaw__arena *arena; /* holds the names */
};

/**
 * What was found on the page's host before the scan began that was under way at
 * at_ms: so that the outcome hangs on no order of visits. Lives in the arena.
 */
int bylaw__site_works_read(struct site_works **out, bylaw__store *store,
                           const char *page, int64_t at_ms,
                           struct bylaw__arena *arena, struct bylaw_error *err);

/** Passes them on to a cell; NULL where there are none to pass. */
struct site_works *bylaw__site_works_wire(struct bylaw__wire *wire,
                                          struct site_works *works);

/** What the auditor's works tell of the entry's publisher, a copy seen at
 *  fetched_ms included; zero where they tell nothing, or nobody asks. */
void bylaw__site_works_count(struct bylaw__site_count *out,
                             const bylaw_auditor *auditor,
                             const struct prepared_source *entry,
                             int64_t fetched_ms);

#endif
