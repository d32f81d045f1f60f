/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses: any bytes, alone and against a base, keep the room's invariants.
 * The first newline parts base from address.
 */
#include "url/url.h"

#include <stdlib.h>

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bylaw_url *read_url(struct bylaw_span text, const bylaw_url *base)
{
    struct bylaw_error err = {0};
    bylaw_url *url = NULL;
    int rc = bylaw_url_parse(&url, text, base, &err);

    require(!rc == (url != NULL));
    require(!rc || (err.code == rc && bylaw_diagnostic_find(err.id)));
    return url;
}

/* A key read as an address has itself as its key. */
static void check_key(const bylaw_url *url)
{
    const char *key = bylaw_url_canonical(url);
    struct bylaw__buf text = {0};
    bylaw_url *again;

    bylaw__buf_add_text(&text, "https://");
    bylaw__buf_add_text(&text, key);
    again = read_url(bylaw__buf_span(&text), NULL);
    require(!again || !strcmp(bylaw_url_canonical(again), key));
    require(!again || bylaw_url_relate(again, url) == BYLAW_URL_SAME_PAGE);
    bylaw_url_free(again);
    bylaw__buf_release(&text);
}

static void check_url(const bylaw_url *url)
{
    const char *href = bylaw_url_href(url);
    const bylaw_url *inner = bylaw_url_unwrapped(url);
    bylaw_url *again = read_url(bylaw__span_of(href), NULL);

    require(again && !strcmp(bylaw_url_href(again), href));
    require(!strcmp(bylaw_url_canonical(again), bylaw_url_canonical(url)));
    require(strlen(href) <= BYLAW_LIMIT_URL_BYTES);
    require(bylaw_url_path(url)[0] == '/' && bylaw_url_site(url)[0]);
    require(bylaw_url_in_domain(url, bylaw_url_host(url)) ||
            bylaw__span_ends(bylaw__span_of(bylaw_url_host(url)), "."));
    require(bylaw_url_relate(url, url) == BYLAW_URL_SAME_PAGE);
    require(!inner || (!bylaw_url_unwrapped(inner) &&
                       bylaw_url_relate(url, inner) == BYLAW_URL_SAME_PAGE));
    bylaw__url_is_opaque_redirect(url);
    check_key(url);
    bylaw_url_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span all = {(const char *)data, size};
    size_t line = bylaw__span_find(all, BYLAW__SPAN("\n"));
    struct bylaw_span first = bylaw__span_sub(all, 0, line);
    bylaw_url *base = read_url(first, NULL), *url = NULL;

    if (line != SIZE_MAX)
        url = read_url(bylaw__span_sub(all, line + 1, all.len), base);
    if (base)
        check_url(base);
    if (url)
        check_url(url);
    bylaw_url_free(url);
    bylaw_url_free(base);
    return 0;
}
