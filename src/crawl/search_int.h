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

/** Fails with answer.refused in the service's own words. */
int bylaw__search_refused(struct bylaw_span words, struct bylaw_error *err);

/* One reader a service. */
int bylaw__search_read_brave(struct crawl_leads *leads, const json_t *answer,
                             struct bylaw_error *err);
int bylaw__search_read_gdelt(struct crawl_leads *leads, const json_t *answer,
                             struct bylaw_error *err);
int bylaw__search_read_searxng(struct crawl_leads *leads, const json_t *answer,
                               struct bylaw_error *err);
int bylaw__search_read_wordpress(struct crawl_leads *leads,
                                 const json_t *answer, struct bylaw_error *err);
int bylaw__search_read_wayback(struct crawl_leads *leads, const json_t *answer,
                               struct bylaw_error *err);

/** Lines of JSON, as Common Crawl's index gives them. */
int bylaw__search_read_lines(struct crawl_leads *leads, struct bylaw_span body,
                             struct bylaw_error *err);

#endif
