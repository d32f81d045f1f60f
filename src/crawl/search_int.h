/* SPDX-License-Identifier: Apache-2.0 */
/* What the search services share: building a question, reading an answer. */
#ifndef BYLAW_SEARCH_INT_H
#define BYLAW_SEARCH_INT_H

#include "crawl_int.h"

/* How to write a question into an address. */
struct search_question {
    const char *endpoint; /* as configured; NULL or "" for fallback */
    const char *fallback; /* the public service's own, or NULL */
    const char *path;     /* added to an endpoint that is only a site's */
    const char *phrase;   /* name of the parameter with the phrase */
    bool is_quoted;       /* the phrase goes between quotation marks */
    size_t most_bytes;    /* of the phrase; 0: no ceiling */
    const char *const (*fixed)[2]; /* other parameters; a NULL name ends them */
};

/** Appends text, everything but unreserved characters percent-encoded. */
void bylaw__search_escape(struct bylaw__buf *out, struct bylaw_span text);

/** Appends the question's address, percent-encoded, NUL-terminated. */
int bylaw__search_ask(struct bylaw__buf *out,
                      const struct search_question *question,
                      struct bylaw_span phrase, struct bylaw_error *err);

/**
 * An answer as JSON. What is neither object nor array is an error page:
 * answer.refused with its first words.
 */
int bylaw__search_answer(json_t **out, struct bylaw_span body,
                         struct bylaw_error *err);

/** Fails in the service's own words: with answer.busy where they ask for
 *  patience, else with answer.refused. */
int bylaw__search_refused(struct bylaw_span words, struct bylaw_error *err);

/* ------------------------------------------------------------ more pages --- */

/** Appends an address with one parameter set to a value, in place of what it
 *  was before; without it where value is empty. NUL-terminated. */
void bylaw__search_set(struct bylaw__buf *out, const char *address,
                       const char *name, struct bylaw_span value);
/** The number that a parameter of an address has; fallback where it has none
 *  below a million. */
unsigned bylaw__search_number(const char *address, const char *name,
                              unsigned fallback);
/** Adds a further page of the answer: its address with a parameter set. page:
 *  as in struct bylaw__lead. */
void bylaw__search_more(struct crawl_leads *leads, const char *address,
                        const char *name, struct bylaw_span value,
                        unsigned page);
/** The same, with the number of the page that follows `number`. */
void bylaw__search_next(struct crawl_leads *leads, const char *address,
                        const char *name, unsigned number, unsigned page);

/* One reader a service. */
int bylaw__search_read_brave(struct crawl_leads *leads, const json_t *json,
                             const struct bylaw__answer *answer,
                             struct bylaw_error *err);
int bylaw__search_read_gdelt(struct crawl_leads *leads, const json_t *json,
                             const struct bylaw__answer *answer,
                             struct bylaw_error *err);
int bylaw__search_read_searxng(struct crawl_leads *leads, const json_t *json,
                               const struct bylaw__answer *answer,
                               struct bylaw_error *err);
int bylaw__search_read_wordpress(struct crawl_leads *leads, const json_t *json,
                                 const struct bylaw__answer *answer,
                                 struct bylaw_error *err);
int bylaw__search_read_wayback(struct crawl_leads *leads, const json_t *json,
                               const struct bylaw__answer *answer,
                               struct bylaw_error *err);

/** Common Crawl: its list of indexes, the number of an answer's pages, or
 *  lines of JSON. */
int bylaw__search_read_index(struct crawl_leads *leads,
                             const struct bylaw__answer *answer,
                             struct bylaw_error *err);

#endif
