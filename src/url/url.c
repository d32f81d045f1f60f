/* SPDX-License-Identifier: Apache-2.0 */
/* The public face of addresses: parts, and how two of them relate. */
#include "url/url_int.h"

#include <stdlib.h>

static int add_key(bylaw_url *url, struct bylaw_error *err)
{
    struct bylaw__buf key;

    bylaw__buf_init(&key, 0);
    bylaw__url_key(&key, &url->is_front, url);
    url->key = bylaw__buf_take(&key, NULL);
    return url->key ? 0 : bylaw__fail_memory(err, url->href);
}

int bylaw_url_parse(bylaw_url **out, struct bylaw_span text,
                    const bylaw_url *base, struct bylaw_error *err)
{
    bylaw_url *url = NULL;
    int rc;

    *out = NULL;
    rc = bylaw__url_read(&url, text, base, err);
    if (!rc)
        rc = bylaw__url_unwrap(url, err);
    if (!rc)
        rc = add_key(url->inner ? url->inner : url, err);
    if (!rc) {
        *out = url;
        url = NULL;
    }
    bylaw_url_free(url);
    return rc;
}

void bylaw_url_free(bylaw_url *url)
{
    if (!url)
        return;
    /* An inner address has no inner of its own: this goes one level deep. */
    bylaw_url_free(url->inner);
    free(url->key);
    free(url);
}

const char *bylaw_url_href(const bylaw_url *url)
{
    return url->href;
}

const char *bylaw_url_scheme(const bylaw_url *url)
{
    return url->scheme;
}

const char *bylaw_url_host(const bylaw_url *url)
{
    return url->host;
}

unsigned bylaw_url_port(const bylaw_url *url)
{
    return url->port;
}

const char *bylaw_url_path(const bylaw_url *url)
{
    return url->path;
}

const char *bylaw_url_query(const bylaw_url *url)
{
    return url->query;
}

const char *bylaw_url_fragment(const bylaw_url *url)
{
    return url->fragment;
}

const char *bylaw_url_site(const bylaw_url *url)
{
    return url->site;
}

const bylaw_url *bylaw_url_unwrapped(const bylaw_url *url)
{
    return url->inner;
}

/* The address that is meant: what the wrappers hold, or url itself. */
static const bylaw_url *meant(const bylaw_url *url)
{
    return url->inner ? url->inner : url;
}

const char *bylaw_url_canonical(const bylaw_url *url)
{
    return meant(url)->key;
}

bool bylaw_url_is_home(const bylaw_url *url)
{
    return meant(url)->is_front;
}

bool bylaw_url_in_domain(const bylaw_url *url, const char *domain)
{
    if (url->is_address)
        return bylaw__span_is_nocase(bylaw__span_of(url->host), domain);
    return bylaw__url_below(bylaw__url_rootless(url->host), domain);
}

bool bylaw__url_is_opaque_redirect(const bylaw_url *url)
{
    return url->is_too_deep || bylaw__url_is_shortener(meant(url));
}

/* The host part of a key, folded: up to the first slash. */
static struct bylaw_span key_host(const bylaw_url *url)
{
    return (struct bylaw_span){url->key, strcspn(url->key, "/")};
}

/* A front page is the target's when it is that of the same host, or of the
 * bare registrable domain; that of a sister host is just another page. */
static bool is_front_of(const bylaw_url *link, const bylaw_url *target)
{
    struct bylaw_span host = key_host(link);

    return link->is_front && (bylaw__span_eq(host, key_host(target)) ||
                              bylaw__span_is(host, target->site));
}

enum bylaw_url_relation bylaw_url_relate(const bylaw_url *link,
                                         const bylaw_url *target)
{
    const bylaw_url *from = meant(link), *to = meant(target);

    if (!strcmp(from->key, to->key))
        return BYLAW_URL_SAME_PAGE;
    if (strcmp(from->site, to->site) != 0)
        return BYLAW_URL_OTHER;
    return is_front_of(from, to) ? BYLAW_URL_SITE_HOME : BYLAW_URL_SAME_SITE;
}
