/* SPDX-License-Identifier: Apache-2.0 */
/* An internet of thousands of generated pages, some of them reposts. */
#ifndef BYLAW_TESTS_BIG_WEB_H
#define BYLAW_TESTS_BIG_WEB_H

#include "net/loopback_web.h"

#include <bylaw/config.h>

#define BIG_SOURCES 12u

/* ---------------------------------------------------------------- text --- */

/** Random numbers that are the same in every run. */
struct big_dice {
    uint64_t state;
};
unsigned big_roll(struct big_dice *dice, unsigned below);

/** Adds one generated sentence, its end mark included. No five words of it
 *  are likely to stand in another. */
void big_sentence(struct bylaw__buf *out, struct big_dice *dice);
/** Adds so many paragraphs, each between the two marks. */
void big_prose(struct bylaw__buf *out, struct big_dice *dice, unsigned count,
               const char *before, const char *after);

/* ------------------------------------------------------------ articles --- */

/** An article to protect, written to a folder with its manifest. */
struct big_source {
    char name[16];   /* in the workspace */
    char path[128];  /* of the manifest */
    const char *url; /* of the original */
    const char *html;
    const char *quote; /* one sentence of it */
    bool is_cc;        /* cc-by-4.0, else global-research */
};
int big_sources_write(struct big_source out[BIG_SOURCES],
                      struct bylaw__arena *arena, const char *dir,
                      struct big_dice *dice);

/** How a repost credits its source; the verdict is the rule's. */
const char *big_credit(struct bylaw__arena *arena,
                       const struct big_source *source, unsigned variant,
                       const char **out_verdict);

/* ----------------------------------------------------------------- web --- */

/** How many hosts of each kind, and pages on each of them. */
struct big_size {
    unsigned blogs, posts;      /* crawled: archive, posts, notes */
    unsigned papers, stories;   /* behind a sitemap index, half of it gzip */
    unsigned feeds, entries;    /* behind RSS, Atom and JSON Feed in turn */
    unsigned forums, threads;   /* crawled, among traps */
    unsigned searched, results; /* behind a WordPress search */
};

/** A copy somewhere in the web. */
struct big_repost {
    char url[128];
    const struct big_source *source;
    const char *verdict;
    bool is_findable; /* else out of reach, forbidden or broken */
};

struct big_web {
    struct bylaw__arena arena; /* of all texts below */
    struct big_dice dice;
    struct big_source sources[BIG_SOURCES];
    struct web_page *pages;
    size_t page_count, page_cap;
    struct bylaw_watch *watches;
    size_t watch_count, watch_cap;
    struct bylaw_search *searches;
    size_t search_count, search_cap;
    struct big_repost *reposts;
    size_t repost_count, repost_cap;
    size_t host_count;
    bool failed; /* memory ran out */
};

/** Articles are written to the folder. 0, or -1 where that failed. */
int big_web_make(struct big_web *web, const struct big_size *size,
                 const char *dir);
void big_web_release(struct big_web *web);

/** A link that no crawl may take, by its path: traps and what robots.txt
 *  forbids. */
bool big_web_is_forbidden(const char *path);
/** The host with more pages than a crawl may take. */
#define BIG_MILL      "mill.example"
#define BIG_MILL_MOST 40u

#endif
