/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside pipeline only: what an auditor holds. */
#ifndef BYLAW_PIPELINE_INT_H
#define BYLAW_PIPELINE_INT_H

#include "pipeline.h"

#include "cell/cell.h"
#include "crawl/crawl.h"
#include "extract/extract.h"
#include "fetch/fetch.h"
#include "index/index.h"
#include "judge/judge.h"
#include "match/match.h"
#include "rules/rules.h"

/** One source made ready: its words are in the index under its number. */
struct prepared_source {
    struct bylaw_source *source;
    const struct bylaw_rule *rule; /* NULL: none named, none recognised */
    /* Versions of that rule, itself included; in the source's memory. */
    const struct bylaw_rule **versions;
    size_t version_count;
    struct bylaw__packed_tokens tokens;
    struct bylaw__phrases_out
        *phrases; /* to ask search services for; or NULL */
};

struct bylaw_auditor {
    struct bylaw_audit_options options;
    struct bylaw__clock clock;
    struct bylaw_rules *rules;
    bylaw__fetcher *fetcher; /* made at the first address */
    struct prepared_source *sources;
    size_t source_count, source_cap;
    bylaw__index *index;
    bylaw__index_file *file;    /* stands for sources and index; or NULL */
    bylaw__kin *kin;            /* where hints are wanted; else NULL */
    bool is_indexed;            /* false after a source was added */
    bool is_for_file;           /* sources go into an index file, not here */
    bylaw__cells *cells;        /* one, made at the first page or source ... */
    size_t known_to_cells;      /* ... when there were so many sources */
    struct scan_screen *screen; /* in a scan's cell: kept between pages */
    /* recall is asked before the network, when a source is read, and leaves
     * *out NULL where it has nothing; keep is told what came, of the network
     * or of a file (which has no hops). Both may be NULL. */
    int (*recall)(struct bylaw_response **out, void *payload, const char *url,
                  struct bylaw_error *err);
    int (*keep)(void *payload, const struct bylaw_response *response,
                struct bylaw_error *err);
    void *memory;
    bool is_borrowing; /* the rules are another auditor's */
    bool takes_series; /* options.rule stands for all rules of its series */
    const char *switched_off; /* term that counts as met, for samples; NULL */
    const struct site_works *works; /* on the page's site; NULL: not known */
    uint32_t site_works;            /* how many a sample says; 0: it does not */
};

/** An auditor of its own sources under lender's rules, which have to outlive
 *  it; rule is the one that all its sources are judged by. */
int bylaw__pipeline_borrow(bylaw_auditor **out, const bylaw_auditor *lender,
                           const struct bylaw_rule *rule,
                           struct bylaw_error *err);

/** Reads a page or source: address, path or "-". Never NULL on success. */
int bylaw__pipeline_read(struct bylaw_response **out, bylaw_auditor *auditor,
                         const char *spec, const char *published_url,
                         size_t ceiling, struct bylaw_error *err);

/** bylaw__extract, with the page named in whatever it complains of; in a cell
 *  where the auditor has some. Fails with parse.crashed, parse.timeout,
 *  parse.memory or parse.nonsense besides where a parser does. */
int bylaw__pipeline_read_document(struct bylaw_document **out,
                                  bylaw_auditor *auditor,
                                  const struct bylaw_response *response,
                                  const char *published_url,
                                  struct bylaw_error *err);

/** The document's words, flagged by what their blocks are. */
int bylaw__pipeline_tokenise(struct bylaw__tokens *tokens,
                             const struct bylaw_document *document,
                             const bool *is_furniture, struct bylaw_error *err);

/** Notes what the source's text and its upstream's, where the manifest names
 *  it, do not have in common. tokens: the source's. */
int bylaw__pipeline_compare_upstream(struct bylaw_source *source,
                                     const struct bylaw__tokens *tokens,
                                     bylaw_auditor *auditor,
                                     struct bylaw_error *err);

/** Loads a source from any form; rule and furniture are set by the caller. */
int bylaw__pipeline_load_source(struct bylaw_source **out,
                                bylaw_auditor *auditor, const char *spec,
                                const char *url, struct bylaw_error *err);

/** Fails with source.feed or source.sitemap where a response is such a list. */
int bylaw__pipeline_refuse_list(const struct bylaw_response *response,
                                const char *spec, struct bylaw_error *err);

/** The rule a source names, or shows to be under; NULL where none. */
const struct bylaw_rule *
bylaw__pipeline_rule_of(const struct bylaw_rules *rules,
                        const struct bylaw_source *source);

/**
 * Sets the licence that the source states, unless the manifest said one, and
 * how its statements contradict each other. Texts live in the source.
 */
void bylaw__pipeline_recognise_licence(struct bylaw_source *source,
                                       const struct bylaw_document *document,
                                       bool is_said);
/** Notes what judging asks of the source's page, which is not kept: its
 *  pictures, and the statements by which these rules exclude articles. */
int bylaw__pipeline_gather_facts(struct bylaw_source *source,
                                 const struct bylaw_rule *const *rules,
                                 size_t rule_count, struct bylaw_error *err);
/** Notes a contradiction between the source's licence and its rule's. */
void bylaw__pipeline_compare_licence(struct bylaw_source *source,
                                     const struct bylaw_rule *rule);

/** Marks the source's blocks that are the publisher's frame. */
int bylaw__pipeline_mark_furniture(struct bylaw_source *source,
                                   const struct bylaw_rule *rule,
                                   struct bylaw_error *err);

/** What to screen and look up by. */
const bylaw__index *bylaw__pipeline_index(const bylaw_auditor *auditor);

/** The sources that a page carries, in the order of their numbers. */
struct page_matches {
    struct page_match {
        uint32_t source;
        struct bylaw_match *match; /* owned; may be taken over (NULL) */
    } * items;
    size_t count, cap;
    const char *reasons[2]; /* why some may be missing; static */
    size_t reason_count;
};
void bylaw__page_matches_release(struct page_matches *found);
/** The auditor is only read, and has to be ready: threads may share it. */
int bylaw__match_page(struct page_matches *out, const bylaw_auditor *auditor,
                      const struct bylaw_document *document,
                      struct bylaw_error *err);

/** The words of one source, read from where they are kept; words was
 *  initialised or used before. */
int bylaw__pipeline_words(struct bylaw__tokens *words,
                          const bylaw_auditor *auditor, size_t number,
                          struct bylaw_error *err);
/** Makes ready what bylaw__find_hints looks in. */
int bylaw__pipeline_ready_kin(bylaw_auditor *auditor, struct bylaw_error *err);
/** Adds sources that the page may tell in other words or another language;
 *  language: what the page says of itself; words is room to work in. */
int bylaw__find_hints(struct page_matches *found, const bylaw_auditor *auditor,
                      const struct bylaw__tokens *page, const char *language,
                      struct bylaw__tokens *words, struct bylaw_error *err);

/** The best match of one source with a page; class NONE where none. */
int bylaw__match_one(struct bylaw_match **out, const bylaw_auditor *auditor,
                     const struct bylaw__tokens *page, size_t number,
                     struct bylaw_error *err);

/** Builds the index now, unless no source was added since. */
int bylaw__pipeline_ready(bylaw_auditor *auditor, struct bylaw_error *err);

/** Judges a response already at hand. Takes the response over. With a follower,
 *  links whose target decides something are followed by it. */
int bylaw__pipeline_audit(struct bylaw_audit **out, bylaw_auditor *auditor,
                          struct bylaw_response *response,
                          const char *published_url, bylaw__fetcher *follower,
                          struct bylaw_error *err);
/** Judges a page as it was then, following no link: trails, as JSON, say where
 *  they led; may be empty. Takes the response over, also where it fails. */
int bylaw__pipeline_audit_again(struct bylaw_audit **out,
                                bylaw_auditor *auditor,
                                struct bylaw_response *response,
                                struct bylaw_span trails,
                                struct bylaw_error *err);

/** Follows one link of a page to its end: twice where no page is there. Texts
 *  live in the arena. 0 whatever the other side does. */
int bylaw__pipeline_follow(struct bylaw_trail *out, struct bylaw__arena *arena,
                           bylaw_auditor *auditor, bylaw__fetcher *fetcher,
                           const struct bylaw_document *document, uint32_t link,
                           struct bylaw_error *err);

#endif
