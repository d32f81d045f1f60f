/* SPDX-License-Identifier: Apache-2.0 */
/* Web addresses: parsed as browsers do, and compared as pages. */
#ifndef BYLAW_URL_H
#define BYLAW_URL_H

#include <bylaw/error.h>
#include <bylaw/span.h>

/** An absolute http or https address, parsed to the WHATWG URL standard. */
typedef struct bylaw_url bylaw_url;

/**
 * Parses text, against base where it is relative (base may be NULL).
 *
 * Only http and https results are returned. Fails with url.malformed,
 * url.scheme (another scheme), url.userinfo (a user name or password in the
 * address: refused, as it only serves to mislead) or url.too-long
 * (BYLAW_LIMIT_URL_BYTES). *out is the caller's: bylaw_url_free().
 */
BYLAW_API int bylaw_url_parse(bylaw_url **out, struct bylaw_span text,
                              const bylaw_url *base, struct bylaw_error *err);
BYLAW_API void bylaw_url_free(bylaw_url *url);

/* Parts, borrowed from url, NUL-terminated, never NULL. */
/** The serialised address, with fragment. */
BYLAW_API const char *bylaw_url_href(const bylaw_url *url);
BYLAW_API const char *bylaw_url_scheme(const bylaw_url *url); /**< "https" */
/** Host in ASCII: a domain in A-labels, 1.2.3.4, or [::1]. */
BYLAW_API const char *bylaw_url_host(const bylaw_url *url);
/** Port in use, the scheme's default included. */
BYLAW_API unsigned bylaw_url_port(const bylaw_url *url);
BYLAW_API const char *bylaw_url_path(const bylaw_url *url);     /**< "/a" */
BYLAW_API const char *bylaw_url_query(const bylaw_url *url);    /**< no "?" */
BYLAW_API const char *bylaw_url_fragment(const bylaw_url *url); /**< no "#" */

/**
 * The registrable domain (public suffix plus one label) in ASCII, or the host
 * itself where there is none (an address, localhost, a bare suffix).
 */
BYLAW_API const char *bylaw_url_site(const bylaw_url *url);

/**
 * The identity of the page: two addresses with equal keys are the same page.
 * Scheme, www., default port, trailing slash, index files, tracking
 * parameters, parameter order, AMP, mobile and print forms, fragments and
 * known redirect wrappers are all folded away. Idempotent. Not an address.
 */
BYLAW_API const char *bylaw_url_canonical(const bylaw_url *url);

/** How one address stands to another, the nearest relation first. */
enum bylaw_url_relation {
    BYLAW_URL_OTHER = 0, /**< another site */
    BYLAW_URL_SAME_PAGE, /**< equal canonical keys */
    BYLAW_URL_SITE_HOME, /**< the home page of the other's site */
    BYLAW_URL_SAME_SITE  /**< another page of the same site */
};

/** How link stands to target: does it reach it, its home page, its site? */
BYLAW_API enum bylaw_url_relation bylaw_url_relate(const bylaw_url *link,
                                                   const bylaw_url *target);

/**
 * The address inside a known redirect wrapper, AMP cache, archive copy or
 * translation proxy (nested ones too), found offline; NULL where url is none.
 * Borrowed from url.
 */
BYLAW_API const bylaw_url *bylaw_url_unwrapped(const bylaw_url *url);

/** True for the site's front page: path "/" or empty or an index file. */
BYLAW_API bool bylaw_url_is_home(const bylaw_url *url);

/** True where the url's host is domain or below it (ASCII, any case). */
BYLAW_API bool bylaw_url_in_domain(const bylaw_url *url, const char *domain);

#endif
