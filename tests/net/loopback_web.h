/* SPDX-License-Identifier: Apache-2.0 */
/* An internet on loopback, declared as a table of pages, for tests. */
#ifndef BYLAW_TESTS_LOOPBACK_WEB_H
#define BYLAW_TESTS_LOOPBACK_WEB_H

#include "base/base.h"

/** One address and what it answers. Texts are borrowed while the web is up. */
struct web_page {
    const char *host;
    const char *path;      /* with the query; "/a*z": all that begin and
                             end so */
    const char *body;      /* NULL: empty */
    size_t size;           /* of the body; 0: up to its NUL */
    const char *type;      /* NULL: text/html; charset=utf-8 */
    const char *etag;      /* answers 304 to whoever has it, or NULL */
    const char *location;  /* redirect target, or NULL */
    unsigned status;       /* 0: 200, or 301 with a location */
    const char *header[2]; /* name and value of one more, or NULL */
    /* The first so many requests are answered 429, or busy_status, with this
     * Retry-After (as it stands; else the seconds; 0: none is said). */
    unsigned busy_times, retry_after_s, busy_status;
    const char *retry_after;
    unsigned slow_ms; /* it takes so long to answer */
};

#define WEB_PATH 384 /* bytes of a path that the log keeps */

/** A request as it came. */
struct web_request {
    char host[64], path[WEB_PATH];
    char key[64];               /* of an X-Api-Key header, or "" */
    bool is_conditional;        /* had If-None-Match */
    int64_t began_ms, ended_ms; /* monotonic; 0: still going on */
};

/** As a status: the connection is closed without an answer. */
#define WEB_HANGS_UP 1u

struct loopback_web;

/** Serves the pages on 127.0.0.1; NULL where no port could be had. Hosts of
 *  the table without a "/robots.txt" answer 404 to it. */
struct loopback_web *web_start(const struct web_page *pages, size_t count);
void web_stop(struct loopback_web *web);
/** Puts other pages in place, between two scans. */
void web_replace(struct loopback_web *web, const struct web_page *pages,
                 size_t count);
/** "HOST:80:127.0.0.1:PORT" for each host; NULL-terminated. A host whose name
 *  begins with "dead." leads nowhere. */
const char *const *web_routes(const struct loopback_web *web);
unsigned web_port(const struct loopback_web *web);

/** Requests of that host (NULL: any) and path (NULL: any) so far. */
size_t web_count(struct loopback_web *web, const char *host, const char *path);
/** Request i of all, in the order they came; false past the end. */
bool web_request_at(struct web_request *out, struct loopback_web *web,
                    size_t i);
/** Forgets all requests. */
void web_forget(struct loopback_web *web);

#endif
