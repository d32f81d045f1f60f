/* SPDX-License-Identifier: Apache-2.0 */
/* What holds of leads, whoever read them. */
#ifndef BYLAW_FUZZ_LEADS_H
#define BYLAW_FUZZ_LEADS_H

#include "crawl/crawl.h"

#include <stdlib.h>

static inline void require(bool holds)
{
    if (!holds)
        abort();
}

/* Invariant 4: an address that parses to itself. */
static inline void check_lead(const struct bylaw__lead *lead)
{
    bylaw_url *url = NULL;

    require(!bylaw_url_parse(&url, bylaw__span_of(lead->url), NULL, NULL));
    require(!strcmp(bylaw_url_href(url), lead->url));
    require(lead->title != NULL && lead->published_ms >= 0);
    require(!lead->text.len || lead->text.ptr);
    bylaw__trap_reason(url);
    bylaw_url_free(url);
}

/* Takes the leads over. */
static inline void check_reading(int rc, struct bylaw__leads *leads,
                                 const struct bylaw_error *err)
{
    require(!rc == (leads != NULL));
    require(!rc || (err->code == rc && bylaw_diagnostic_find(err->id)));
    if (!leads)
        return;
    /* More than entries: further pages are none. */
    require(leads->count <= BYLAW_LIMIT_LEADS + BYLAW_LIMIT_ANSWER_PAGES &&
            leads->title);
    require(leads->is_cut == (leads->cut_because[0] != '\0'));
    for (size_t i = 0; i < leads->count; i++)
        check_lead(&leads->items[i]);
    bylaw__leads_free(leads);
}

#endif
