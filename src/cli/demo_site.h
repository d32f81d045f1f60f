/* SPDX-License-Identifier: Apache-2.0 */
/* The loopback site of `bylaw demo`: pages by host name, from audit/demo. */
#ifndef BYLAW_DEMO_SITE_H
#define BYLAW_DEMO_SITE_H

#include <bylaw/audit.h>

/** One page of the site. */
struct demo_page {
    const char *host, *path;
    const char *file;  /* below audit/demo */
    const char *shows; /* what is special about it */
    bool is_cut_off;   /* the transfer breaks off half way */
    bool is_repost;    /* audited; the others only stand there */
};

/** Page i; NULL past the end. Static. */
const struct demo_page *demo_page_at(size_t i);

/** Address of the article that the reposts were made from. */
extern const char demo_source_url[];

typedef struct demo_site demo_site;

/**
 * Starts serving dir's pages, filled with the source's article, on 127.0.0.1
 * at a port (0: any free one).
 */
int demo_site_start(demo_site **out, const char *dir,
                    const struct bylaw_source *source, unsigned port,
                    struct bylaw_error *err);
void demo_site_stop(demo_site *site);
unsigned demo_site_port(const demo_site *site);

#endif
