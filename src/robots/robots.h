/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: robots (floor 2)
 *
 * Purpose  What a robots.txt permits, to RFC 9309. No network.
 * Takes    the file's bytes, or how its fetch ended; an agent; a path.
 * Gives    allowed or not and by which line; crawl-delay; sitemap addresses.
 * May include  base url text.
 *
 * Invariants
 *  1. The longest matching pattern wins, in octets after percent-encoding is
 *     made equal; allow wins a tie; /robots.txt itself is always allowed.
 *  2. Groups of the same agent merge; "*" speaks only where none names us.
 *  3. At least the first 500 KiB count (RFC 9309 s2.5); the rest is left out.
 *  4. Matching costs at most pattern x path, whatever the pattern.
 */
#ifndef BYLAW_ROBOTS_H
#define BYLAW_ROBOTS_H

#include "url/url.h"

typedef struct bylaw__robots bylaw__robots;

/** How the fetch of a robots.txt ended (RFC 9309 s2.3.1). */
enum bylaw__robots_fetch {
    BYLAW__ROBOTS_UNREACHABLE = 0, /* 5xx, network error: nothing is allowed */
    BYLAW__ROBOTS_FETCHED,         /* 2xx: the body decides */
    BYLAW__ROBOTS_UNAVAILABLE      /* 4xx: everything is allowed */
};

/** Reads a file. body counts only when fetched. agent: our product token. */
int bylaw__robots_new(bylaw__robots **out, enum bylaw__robots_fetch fetch,
                      struct bylaw_span body, const char *agent,
                      struct bylaw_error *err);
void bylaw__robots_free(bylaw__robots *robots);

/**
 * True where the address may be fetched. *out_line (may be NULL) is the line
 * of the file that decided, 0 where none did.
 */
bool bylaw__robots_allows(const bylaw__robots *robots, const bylaw_url *url,
                          unsigned *out_line);

/** Crawl-delay for us in milliseconds, capped at 120,000; -1 where none. */
int64_t bylaw__robots_delay_ms(const bylaw__robots *robots);

/** Sitemap line i as written, NUL-terminated; NULL past the end. Borrowed. */
const char *bylaw__robots_sitemap(const bylaw__robots *robots, size_t i);

#endif
