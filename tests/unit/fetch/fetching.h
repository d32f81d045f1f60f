/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of fetching say again and again. */
#ifndef BYLAW_TESTS_FETCHING_H
#define BYLAW_TESTS_FETCHING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "fetch/fetch.h"
#include "net/fault_server.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A clock that stands still: no ceiling may depend on it. */
static inline int64_t stopped_clock(void *payload)
{
    (void)payload;
    return 1700000000000;
}

static const char *const loopback_ranges[] = {"127.0.0.0/8", NULL};

static inline bylaw__fetcher *
new_fetcher(const struct bylaw_fetch_options *options,
            const struct bylaw_transport *transport)
{
    struct bylaw__clock clock = {.now_ms = stopped_clock};
    struct bylaw_error err = {0};
    bylaw__fetcher *fetcher = NULL;

    if (bylaw__fetcher_new(&fetcher, options, transport, clock, &err))
        fail_msg("no fetcher: %s: %s", err.id, err.what);
    return fetcher;
}

static inline struct bylaw_response *fetch(bylaw__fetcher *fetcher,
                                           const char *url)
{
    struct bylaw_response *response = NULL;
    struct bylaw_error err = {0};

    if (bylaw__fetch(&response, fetcher, url, &err))
        fail_msg("%s: %s: %s", url, err.id, err.what);
    assert_non_null(response);
    assert_string_equal(response->url, url);
    assert_int_equal(response->fetched_at_ms, stopped_clock(NULL));
    return response;
}

/* Compares the refusal; id NULL for a page that was had. */
static inline void check_refusal(const struct bylaw_response *response,
                                 const char *id)
{
    const struct bylaw_error *refusal = &response->refusal;

    if (!refusal->code != !id || (id && strcmp(refusal->id, id)))
        fail_msg("%s: %s (%s) instead of %s", response->url,
                 refusal->code ? refusal->id : "no refusal", refusal->what,
                 id ? id : "a page");
    if (!id)
        return;
    assert_non_null(bylaw_diagnostic_find(id));
    assert_string_not_equal(refusal->what, "");
    assert_string_not_equal(refusal->where, "");
}

#endif
