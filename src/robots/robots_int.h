/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this room share: rules, and patterns made comparable. */
#ifndef BYLAW_ROBOTS_INT_H
#define BYLAW_ROBOTS_INT_H

#include "robots.h"

/** One allow or disallow line that speaks to us. */
struct robots_rule {
    const char *pattern; /* comparable; NUL-terminated, holds no NUL */
    uint32_t len;        /* bytes of pattern */
    unsigned line;       /* of the file, from 1 */
    bool allows;
};

/** The rules of all groups that speak to one agent. */
struct robots_group {
    struct robots_rule *rules; /* malloc'd */
    size_t count, cap;
    int64_t delay_ms; /* -1 where none was asked */
    bool is_named;    /* some user-agent line names the agent */
};

struct bylaw__robots {
    struct bylaw__arena arena; /* patterns and sitemaps */
    enum bylaw__robots_fetch fetch;
    struct robots_group ours, anyone;
    const char **sitemaps; /* malloc'd */
    size_t sitemap_count, sitemap_cap;
};

/**
 * Appends text in the form that patterns and paths are compared in: octets
 * that an address cannot hold unescaped become %XX, escapes of unreserved
 * characters are undone, hex digits are upper case (RFC 9309 s2.2.2). In a
 * path (is_pattern false) "*" and "$" become %2A and %24, as only a pattern
 * may use them for more than themselves (s2.2.3).
 */
void bylaw__robots_comparable(struct bylaw__buf *out, struct bylaw_span text,
                              bool is_pattern);

/** Whether a comparable pattern matches from the path's first octet on. */
bool bylaw__robots_matches(struct bylaw_span pattern, struct bylaw_span path);

/** Fills groups and sitemaps from a file's bytes. 0 or BYLAW_ENOMEM. */
int bylaw__robots_parse(struct bylaw__robots *robots, struct bylaw_span body,
                        struct bylaw_span token, struct bylaw_error *err);

/** The product token that text begins with: letters, "_" and "-". */
struct bylaw_span bylaw__robots_token(struct bylaw_span text);

#endif
