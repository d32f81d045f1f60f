/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: crawl (floor 4)
 *
 * Purpose  Where reposts may be: what feeds, sitemaps, search answers and logs
 *          name, which links to follow, when to come back.
 * Takes    bytes of feeds, sitemaps and API answers; documents; a source's
 *          words; what earlier visits found.
 * Gives    leads (addresses with what told of them), requests to make, the
 *          next time a page is due.
 * May include  base url text html robots model; libxml2, jansson.
 *
 * Invariants
 *  1. No network and no clock: requests are made by the pipeline, time comes
 *     in as an argument.
 *  2. XML is read without entities beyond the five, without DTDs, without
 *     network; a document type with an internal subset is refused.
 *  3. Every reader stops at its ceiling and says so; damaged input gives what
 *     was read before the damage and a complaint.
 *  4. A lead is an http(s) address that bylaw_url_parse accepted.
 */
#ifndef BYLAW_CRAWL_H
#define BYLAW_CRAWL_H

#include "model/model.h"

/* ------------------------------------------------------------ readers --- */

enum bylaw__lead_kind {
    BYLAW__LEAD_PAGE = 0, /* a page to look at */
    BYLAW__LEAD_SITEMAP,  /* a further sitemap to read */
    BYLAW__LEAD_FEED,     /* a further feed or answer page to read */
    BYLAW__LEAD_INDEX     /* an endpoint to ask for each host from now on */
};

/** An address somebody named, with what was said of it. */
struct bylaw__lead {
    enum bylaw__lead_kind kind;
    const char *url;        /* absolute, serialised */
    const char *title;      /* "" where none was given */
    int64_t published_ms;   /* UTC; last change where only that is told; 0
                               where neither is */
    struct bylaw_span text; /* content given along (feeds) as HTML; may be
                               empty */
    unsigned page;          /* of a further page of answers: its number, counted
                      from 1; 0 where only the service knows it */
};

/** Leads in the order they were named. Free with bylaw__leads_free. */
struct bylaw__leads {
    const struct bylaw__lead *items;
    size_t count;
    const char *title;     /* of the feed, or "" */
    bool is_cut;           /* a ceiling or damage left something out */
    char cut_because[256]; /* one clause; "" unless is_cut */
    void *owner;
};
void bylaw__leads_free(struct bylaw__leads *leads);

/** RSS 0.9x/1.0/2.0, Atom, JSON Feed. base: the feed's own address. */
int bylaw__feed_read(struct bylaw__leads **out, struct bylaw_span body,
                     const char *base, struct bylaw_error *err);
/** urlset (with news), sitemapindex, plain-text lists; gzip bodies too. */
int bylaw__sitemap_read(struct bylaw__leads **out, struct bylaw_span body,
                        const char *base, struct bylaw_error *err);
/** One address a line; "#" begins a comment at the start of a line or after
 *  white space. */
int bylaw__url_list_read(struct bylaw__leads **out, struct bylaw_span body,
                         struct bylaw_error *err);
/** Combined log format: the referers of requests to a pixel's path, each once;
 *  a path that ends in "/" stands for all below it. */
int bylaw__access_log_read(struct bylaw__leads **out, struct bylaw_span body,
                           const char *pixel_path, struct bylaw_error *err);

/* ----------------------------------------------------------- searching --- */

/** What came back from a search service. */
struct bylaw__answer {
    struct bylaw_span body;
    const char *base;  /* the address it came from */
    const char *total; /* of the header searcher.total_header, or NULL */
    int status;        /* HTTP */
};

/** Statuses by which a service says that it is overloaded, besides 429 and
 *  503, which mean it everywhere. */
#define BYLAW__SEARCHER_BUSY 4u

/** A search service: how to ask, how to read the answer. One row each. */
struct bylaw__searcher {
    const char *name; /* "wordpress" "searxng" "brave" "gdelt" ... */
    const char *summary;
    bool wants_key;  /* needs an API key (sent as a header) */
    bool wants_host; /* asked by a host's name, not by a phrase */
    bool is_site;    /* a site's search of itself: its robots.txt holds */
    /* Address of the first request for a phrase; endpoint from configuration.
     * NUL-terminated into out. */
    int (*ask)(struct bylaw__buf *out, const char *endpoint,
               struct bylaw_span phrase, struct bylaw_error *err);
    /* Header line with the key, or "" where none is needed. */
    int (*authorise)(struct bylaw__buf *out, const char *key,
                     struct bylaw_error *err);
    /* Further pages of the answer come as leads. Fails with answer.busy where
     * the service asks for patience, answer.refused, answer.malformed ... */
    int (*read)(struct bylaw__leads **out, const struct bylaw__answer *answer,
                struct bylaw_error *err);
    /* Whether a status that is no 200 says that nothing was found; NULL: none
     * does. */
    bool (*is_none)(const struct bylaw__answer *answer);
    /* Whether an endpoint (NULL: none is configured) only lists those to ask,
     * and so is asked no phrase; NULL: none does. */
    bool (*is_list)(const char *endpoint);
    int busy[BYLAW__SEARCHER_BUSY]; /* the rest is 0 */
    int64_t pause_ms;               /* that it wants between two requests */
    const char *total_header;       /* tells the number of pages, or NULL */
};
const struct bylaw__searcher *bylaw__searcher_find(const char *name);
const struct bylaw__searcher *bylaw__searcher_at(size_t i);

/** Distinctive phrases of a source: six to eight plain words, spread over it. */
struct bylaw__phrases_out {
    char **items;
    size_t count;
    void *owner;
};
int bylaw__query_phrases(struct bylaw__phrases_out **out,
                         const struct bylaw_source *source, size_t most,
                         struct bylaw_error *err);
void bylaw__query_phrases_free(struct bylaw__phrases_out *phrases);

/* -------------------------------------------------------------- traps --- */

/** Why an address is not worth following; NULL where it is. Static. */
const char *bylaw__trap_reason(const bylaw_url *url);

/* ------------------------------------------------------------ revisit --- */

/** What is known of a page's visits. */
struct bylaw__visit {
    int64_t last_ms;        /* 0: never */
    int64_t interval_ms;    /* 0: not chosen yet */
    bool is_changed;        /* since the visit before */
    unsigned failures;      /* in a row */
    int64_t retry_after_ms; /* asked for by the server; 0: nothing */
};
/** Sets the next interval and returns when the page is due; to be called once
 *  after each visit, as the interval grows or shrinks with each call. */
int64_t bylaw__revisit_due(struct bylaw__visit *visit, int64_t now_ms);

#endif
