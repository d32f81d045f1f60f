/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared by the files of the scan only.
 *
 * One thread does it all but reading pages: it has the store, the lanes, the
 * origins, a fetcher with many fetches under way, and the cells. What came is
 * read in cells, which have the auditor's index, rules and sources as these
 * were when the first page was asked for; or, where the auditor has no cells,
 * between two looks at the network.
 *
 * Why the outcome does not depend on how much is done at once: links are
 * followed within a host alone; a host is a lane and has one request at a
 * time; a lane takes the pages of its crawl in the order of their depth before
 * the leads that others gave, whenever those came in. So the pages visited,
 * and the order within a host, follow from the pages alone; a page's verdict
 * follows from its bytes, and its case from its own visits.
 */
#ifndef BYLAW_SCAN_INT_H
#define BYLAW_SCAN_INT_H

#include "apart.h"

#include "archive/archive.h"
#include "crawl/crawl.h"
#include "report/report.h"
#include "robots/robots.h"
#include "store/store.h"

#include <bylaw/scan.h>

/** Depth of a page that was named, not reached: its links lead nowhere. */
#define SCAN_DEPTH_LEAD 1000000u

enum scan_kind {
    SCAN_PAGE = 0,
    SCAN_FEED,
    SCAN_SITEMAP,
    SCAN_SEARCH, /* a search service's answer; a feed in the store */
    SCAN_ROBOTS
};

/* ------------------------------------------------------- tasks, lanes --- */

/** A page to visit in this scan. */
struct scan_task {
    struct scan_task *prev, *next; /* in its list */
    struct scan_list *list;        /* that holds it; NULL: none */
    struct scan_lane *lane;
    int64_t page; /* id in the store */
    enum scan_kind kind;
    size_t search; /* which service, of kind SCAN_SEARCH */
    unsigned part; /* which page of its answer, from 1 */
    unsigned depth;
    int64_t due_ms;
    bool has_case;      /* it is looked at in full */
    bool is_lead;       /* somebody named it, besides the crawl */
    char *url;          /* to ask for now; moves on along redirects */
    unsigned redirects; /* it has moved along so far */
    unsigned tries;     /* in this scan */
    struct bylaw__visit visit;
    char *etag, *last_modified, *sha256; /* of the last visit, or NULL */
};

/** Where a task stands in its list: by depth in the crawl, among the leads by
 *  when it was due; then in the order the pages were named. */
struct scan_place {
    int64_t rank, page;
};

/** The first tasks of a list are here; those from `end` on in the store. */
struct scan_list {
    struct scan_task *first, *last;
    size_t count, away;    /* here; in the store alone */
    struct scan_place end; /* holds where some are away */
};

enum scan_lane_state {
    SCAN_LANE_IDLE = 0, /* nothing to do */
    SCAN_LANE_READY,
    SCAN_LANE_BUSY,   /* it is being asked */
    SCAN_LANE_WAITING /* until ready_ms */
};

/** A host ("www." left out), asked one thing at a time. */
struct scan_lane {
    char *host;
    enum scan_lane_state state;
    struct scan_lane *next_ready;
    size_t heap_at;             /* place among the waiting */
    struct scan_list crawl;     /* by depth: what the crawl reached */
    struct scan_list leads;     /* by when they were due */
    struct scan_task *current;  /* taken off the lists */
    struct scan_job *job;       /* under way; NULL: none */
    int64_t ready_ms;           /* ticks before which nothing is asked */
    bool is_watched;            /* as a site: its links are followed ... */
    unsigned depth;             /* ... on pages above this depth, */
    unsigned most, crawled;     /* ... on so many pages; so far */
    unsigned most_pages, pages; /* crawled or not: at most; so far */
    bool is_closed;             /* asked for more patience than there is */
    unsigned strain;            /* overloaded so often in a row */
    struct site_works *works;   /* found there before this scan; on demand */
    struct bylaw__arena *works_owner;
};

/** A page has its turn once in a scan. */
enum scan_turn {
    SCAN_TURN_NONE = 0, /* not heard of yet */
    SCAN_TURN_TAKEN,
    SCAN_TURN_LEFT, /* left to the next scan, for a limit's sake */
    SCAN_TURN_QUEUED
};

/** What a scan knows of each page it heard of, in half a byte. */
struct scan_turns {
    uint8_t *bits;
    size_t cap; /* bytes */
};

/** A page's part of it. */
struct scan_standing {
    enum scan_turn turn;
    bool is_lead;     /* as of a task */
    bool is_in_leads; /* it is queued there, not in the crawl */
};

struct scan_lanes {
    struct scan_lane **items;
    size_t count, cap;
    struct bylaw__map by_host; /* hash of host to place in items */
    struct scan_lane *ready, *last_ready;
    struct scan_lane **heap; /* the waiting, the earliest first */
    size_t waiting, heap_cap;
    size_t queued; /* tasks in all lists, here or away */
    size_t left;   /* taken out again for a limit's sake */
    struct scan_turns turns;
    unsigned most_pages; /* of a lane that is not watched; 0: no bound */
};

/* scan_turns.c */
void bylaw__turns_release(struct scan_turns *turns);
struct scan_standing bylaw__turn_of(const struct scan_turns *turns,
                                    int64_t page);
/** 0 or BYLAW_ENOMEM; of a page that stands somewhere already always 0. */
int bylaw__turn_put(struct scan_turns *turns, int64_t page,
                    const struct scan_standing *standing);

/* scan_queue.c */
/** Puts a task where it stands in its list, which is told by its depth. Where
 *  that is away, or the list is full, tasks are freed: the store has them. */
void bylaw__queue_put(struct scan_lane *lane, struct scan_task *task);
/** A page of a list that is in memory, or NULL. */
struct scan_task *bylaw__queue_find(const struct scan_lane *lane, int64_t page);
void bylaw__queue_take(struct scan_task *task);
/** Where a task stands. */
struct scan_place bylaw__queue_place(const struct scan_task *task);
bool bylaw__place_before(struct scan_place a, struct scan_place b);
void bylaw__queue_free(struct scan_list *list);

void bylaw__lanes_release(struct scan_lanes *lanes);
/** The lane of an address, made where there is none; NULL without memory. */
struct scan_lane *bylaw__lane_of(struct scan_lanes *lanes, const char *url);
/** The same, of a host. */
struct scan_lane *bylaw__lane_of_host(struct scan_lanes *lanes,
                                      const char *host);
/** Queues a task, which must be in no list, and takes it over also where it
 *  fails. 0 or BYLAW_ENOMEM. */
int bylaw__lane_push(struct scan_lanes *lanes, struct scan_lane *lane,
                     struct scan_task *task);
/** Moves a queued task up: the crawl reached it at this depth. */
void bylaw__lane_reached(struct scan_lanes *lanes, struct scan_task *task,
                         unsigned depth);
/** The same of one that is away: it is none any more. */
void bylaw__lane_fetch_back(struct scan_lanes *lanes, struct scan_lane *lane,
                            const struct scan_standing *standing);
/** Takes the next task of a lane off its lists; NULL where there is none, or
 *  where *out_wants, a list, is to be filled from the store before. */
struct scan_task *bylaw__lane_pop(struct scan_list **out_wants,
                                  struct scan_lanes *lanes,
                                  struct scan_lane *lane);
/** Leaves what a lane still has to the next scan. */
void bylaw__lane_close(struct scan_lanes *lanes, struct scan_lane *lane);
/** The next lane that may be asked, or NULL; it is busy then. */
struct scan_lane *bylaw__lanes_take(struct scan_lanes *lanes, int64_t ticks);
/** A busy lane is free again, and wants a pause until then. */
int bylaw__lane_rest(struct scan_lanes *lanes, struct scan_lane *lane,
                     int64_t until);
/** Ticks at which the first waiting lane is ready; INT64_MAX: none waits. */
int64_t bylaw__lanes_next(const struct scan_lanes *lanes);
void bylaw__task_free(struct scan_task *task);

/* ------------------------------------------------------------ origins --- */

/** A scheme, host and port, and what its robots.txt says. */
struct scan_origin {
    char *name;            /* "https://a.example:443" */
    bylaw__robots *robots; /* NULL: not known yet */
    char *refusal;         /* id, where robots.txt could not be had */
    int64_t delay_ms;      /* it asks for; -1: nothing */
    bool is_recalled;      /* the store was asked for it */
};

struct scan_origins {
    struct scan_origin **items;
    size_t count, cap;
    struct bylaw__map by_name;
};

void bylaw__origins_release(struct scan_origins *origins);

/* --------------------------------------------------------------- jobs --- */

/** What is to be done about an address, then what was found. */
struct scan_job {
    struct scan_lane *lane;
    struct scan_task *task;     /* NULL for a robots.txt */
    struct scan_origin *origin; /* whose robots.txt, or the page's */
    enum scan_kind kind;
    const char *url;                        /* borrowed from the task */
    char *robots_url;                       /* or owned, for a robots.txt */
    char *header;                           /* with a key, or NULL */
    const struct bylaw__searcher *searcher; /* of kind SCAN_SEARCH */
    bool wants_links;
    bool may_screen;          /* a page without a copy needs no full reading */
    bool keeps_wire;          /* it may become a capture */
    struct site_works *works; /* on its site before this scan; or NULL */

    int rc; /* a defect or lack of memory; else all below holds */
    struct bylaw_error err;
    struct bylaw__arena arena; /* holds what follows */
    int status;                /* HTTP status; 0: none */
    int64_t fetched_ms, retry_after_ms;
    const char *final_url, *etag, *last_modified;
    const char *refusal;    /* diagnostic id, or NULL */
    struct bylaw_span body; /* of a robots.txt alone */
    bool is_truncated;
    /* What came; of a page that was judged, the audit has it. */
    struct bylaw_response *response;
    struct bylaw_audit *audit; /* from a cell: of a page with a copy alone */
    const char *held;          /* where a redirect leads that was held */
    const char *sha256;        /* of the body, or NULL */
    bool is_complete, is_read;
    struct bylaw__visit_match *matches;
    size_t match_count;
    const char *text_sha256, *declared; /* of a page with matches, or NULL */
    const char *trails; /* where its links led, as JSON, or NULL */
    const char **links; /* addresses on the same host */
    size_t link_count;
    struct bylaw__leads *leads;
    struct bylaw_error complaint;      /* of a feed or sitemap cut short */
    bylaw__fetcher *follower;          /* of links; NULL: none is followed */
    struct bylaw_audit *before;        /* the audit that left links open */
    const struct apart_request *asked; /* in a cell: what was asked */
    struct bylaw__cell_task reading;   /* of its response, in a cell */
    struct bylaw__buf reading_head;
};

void bylaw__job_free(struct scan_job *job);

/* scan_job.c */
/** Begins to ask for the job's address. */
int bylaw__job_ask(struct scan_job *job, bylaw__fetcher *fetcher,
                   struct bylaw_error *err);
/** Takes a response over and notes what it tells without being read. */
void bylaw__job_take(struct scan_job *job, struct bylaw_response *response);
/** Whether the job's response is still to be read. */
bool bylaw__job_wants_reading(const struct scan_job *job);

/** What reading keeps from page to page. */
struct scan_screen {
    struct bylaw__screen_work work;
    struct bylaw__buf hrefs; /* as written, each ended by a NUL */
    struct bylaw__buf base;  /* <base href>, where there is one */
    bool has_base;
};
/** NULL without memory. */
struct scan_screen *bylaw__screen_new(void);
void bylaw__screen_free(struct scan_screen *screen);

/** Reads the response: links, leads, an audit where there is a copy. A page
 *  that cannot be read is a refusal. The auditor has no cells then. */
int bylaw__job_read(struct scan_job *job, bylaw_auditor *auditor);
/** What was read becomes what is recorded. */
void bylaw__job_close(struct scan_job *job);

/* scan_apart.c */
/** Makes the job's reading a task for a cell. */
int bylaw__job_send(struct scan_job *job, struct bylaw_error *err);
/** Takes in what a cell answered; false where it is not to be believed. */
bool bylaw__job_receive(struct scan_job *job, bylaw_auditor *auditor);
/** Follows what the audit leaves open; *out_again: the page is to be read once
 *  more, by what that told. */
int bylaw__job_follow(bool *out_again, struct scan_job *job,
                      bylaw_auditor *auditor);
/** Reads the response of what is no part of the crawl, waiting: in the auditor's
 *  own cell where it has some. 0 or negative, with job->err filled. */
int bylaw__job_read_alone(struct scan_job *job, bylaw_auditor *auditor);

/* scan_links.c */
/** Notes the links on a page that the crawl may follow. */
void bylaw__job_links(struct scan_job *job,
                      const struct bylaw_document *document);
/** Looks at a page without building a tree. *out_done: it carries no copy,
 *  and its links are noted; else it wants the full reading. */
int bylaw__job_screen(bool *out_done, struct scan_job *job,
                      const bylaw__index *index, struct scan_screen *screen,
                      const struct bylaw_response *response);

/* --------------------------------------------------------------- scan --- */

/** A link that the crawl followed, by a part of its digest. */
struct scan_link {
    uint64_t key;
    uint32_t depth, is_set;
};

struct scan {
    const struct bylaw_scan_options *options;
    bylaw__store *store;
    struct bylaw__keep_options keep;
    bylaw__keeper *keeper; /* NULL: no ledger */
    bylaw_auditor *auditor;
    bylaw__fetcher *fetcher;
    bylaw__captures *captures; /* NULL: nothing is kept */
    bylaw__cells *cells;       /* NULL: pages are read in this process */
    struct scan_lanes lanes;
    struct scan_origins origins;
    struct bylaw_scan_progress state;
    uint64_t visits, most_visits;
    unsigned hosts; /* asked at once, at most */
    int64_t began_ms, began_ticks, shown_ticks;
    int64_t row;         /* of this scan in the store */
    unsigned in_batch;   /* visits recorded since the last commit */
    int64_t batch_ticks; /* when the open batch was begun */
    bool has_batch;
    struct bylaw__map with_case; /* hashes of the addresses with a case */
    struct scan_link *links;     /* led to last, by their keys; on demand */
    struct bylaw__allowance *allowances; /* as many as the configuration's */
    bool *unanswered;                    /* by service: a failure was told of */
    bylaw__sha256 *sha;                  /* of their keys */
    struct bylaw__buf by_hand, by_list;  /* articles and rules, described */
    char **skipped; /* names of articles that could not be made ready */
    size_t skipped_count, skipped_cap;
};

/** Whether a page that shares no words with an article can be passed over. */
bool bylaw__scan_screens(const struct scan *scan);

int64_t bylaw__scan_now(const struct scan *scan);
int64_t bylaw__scan_ticks(const struct scan *scan);
void bylaw__scan_complain(const struct scan *scan,
                          const struct bylaw_error *why);

/* scan_way.c */
/** Begins a job, which it takes over also where it fails. */
int bylaw__scan_begin(struct scan *scan, struct scan_job *job,
                      struct bylaw_error *err);
/** Waits so long for jobs to move on, and finishes those that are done.
 *  *out_came: something did. */
int bylaw__scan_await(bool *out_came, struct scan *scan, int64_t wait_ms,
                      struct bylaw_error *err);
/* scan.c */
/** A job has all it will get: it is recorded, and its lane free. */
int bylaw__scan_finish(struct scan *scan, struct scan_job *job,
                       struct bylaw_error *err);

/* scan_sources.c */
/** Makes the workspace's articles ready; new ones of its lists are added. */
int bylaw__scan_sources(struct scan *scan, struct bylaw_error *err);
/** Where articles or rules are others than at the scan before, no page may be
 *  taken for unchanged. */
int bylaw__scan_compare(struct scan *scan, struct bylaw_error *err);

/* scan_ledger.c */
/** Opens the ledger, where there is to be one. */
int bylaw__scan_keep(struct scan *scan, struct bylaw_error *err);
/** Records what verdicts of this scan rest on besides pages. */
int bylaw__scan_basis(struct scan *scan, struct bylaw_error *err);

/* scan_seed.c */
/** Puts what is watched among the pages. */
int bylaw__scan_seed(struct scan *scan, struct bylaw_error *err);

/* scan_import.c */
/** Names the pages that bulk matching found. */
int bylaw__scan_imports(struct scan *scan, struct bylaw_error *err);

/* scan_archive.c */
/** Looks through the archives that are watched. */
int bylaw__scan_archives(struct scan *scan, struct bylaw_error *err);

/* scan_name.c */
/** The publisher's own pages are no reposts. */
bool bylaw__scan_is_own(const struct scan *scan, const bylaw_url *url);
/** An address that somebody named. */
struct scan_naming {
    const char *url, *via;
    enum scan_kind kind;
    unsigned depth; /* SCAN_DEPTH_LEAD unless the crawl reached it */
};
/** What begins the "via" of a search service's answers: its name follows, and
 *  of further pages of an answer their number. */
#define SCAN_SEARCH_VIA "search "

/** Records it, and queues it where it is due and had no turn yet. */
int bylaw__scan_name(struct scan *scan, const struct scan_naming *naming,
                     struct bylaw_error *err);
/** Notes the pages with a case: whether a copy is gone, only a full reading
 *  can tell. */
int bylaw__scan_cases(struct scan *scan, struct bylaw_error *err);

/* scan_load.c */
/** Queues a page, where its host may be asked in this scan. */
int bylaw__scan_queue(bool *out_new, struct scan *scan,
                      const struct bylaw__page_row *row,
                      struct bylaw_error *err);
/** A page that is queued but away was reached at a lesser depth. */
int bylaw__scan_fetch_back(struct scan *scan, const struct bylaw__page_row *row,
                           const struct scan_standing *standing,
                           struct bylaw_error *err);
/** Queues what is due. *out: how many pages were not queued before. */
int bylaw__scan_load(size_t *out, struct scan *scan, struct bylaw_error *err);
/** The next task of a lane, or NULL. */
int bylaw__scan_next(struct scan_task **out, struct scan *scan,
                     struct scan_lane *lane, struct bylaw_error *err);

/* scan_origins.c */
/** The origin of an address; its robots are NULL until they are known. */
int bylaw__scan_origin(struct scan_origin **out, struct scan *scan,
                       const char *url, struct bylaw_error *err);
/** Takes in what was brought for an origin's robots.txt. */
int bylaw__scan_robots(struct scan *scan, struct scan_job *job,
                       struct bylaw_error *err);

/* scan_allow.c */
/** Brings cases in line with the configuration; warns of what ends. */
int bylaw__scan_allow(struct scan *scan, struct bylaw_error *err);
/** What the site of an address is allowed, or NULL. */
const struct bylaw__allowance *bylaw__scan_allowance(const struct scan *scan,
                                                     const char *address);

/* scan_search.c */
/** Chooses what search services are asked for about an article, while its text
 *  is at hand. */
int bylaw__scan_choose_phrases(struct scan *scan, struct prepared_source *entry,
                               struct bylaw_error *err);
/** Whether a search service may be asked once more today; it counts then.
 *  Each host has a share of its own: many sites can be of one service. */
int bylaw__scan_may_search(bool *out_may, struct scan *scan, size_t number,
                           const char *host, struct bylaw_error *err);

/** Names what a service answers to: the phrases of each article, or the hosts
 *  that are watched. */
int bylaw__scan_ask(struct scan *scan, size_t number, struct bylaw_error *err);
/** Names what a search's answer leads to; of further pages as many as the
 *  configuration wants. */
int bylaw__scan_answer(struct scan *scan, const struct scan_job *job,
                       struct bylaw_error *err);
/** The host is overloaded and said so. */
bool bylaw__scan_is_busy(const struct scan_job *job);

/* scan_capture.c */
/** Opens the folder of captures, where there is one. */
int bylaw__scan_captures_open(struct scan *scan, struct bylaw_error *err);
/** Seals what was written. */
int bylaw__scan_captures_close(struct scan *scan, struct bylaw_error *err);
/** Where a visit's answer was put; row borrows from captured and the job. */
struct scan_kept {
    bool is_kept;
    struct bylaw__captured captured;
    struct bylaw__capture_row row;
};
/** Keeps the answer to a visit that a case rests on. */
int bylaw__scan_capture(struct scan_kept *out, struct scan *scan,
                        const struct scan_job *job, struct bylaw_error *err);
/** Keeps an article's page as it was read now. */
int bylaw__scan_capture_source(struct scan *scan, const char *name,
                               const struct bylaw_response *response,
                               struct bylaw_error *err);
/** Keeps an article's text that came from a file, unless it was kept. */
int bylaw__scan_capture_text(struct scan *scan, const char *name,
                             const char *content_type, struct bylaw_span text,
                             struct bylaw_error *err);

/* scan_record.c */
/** Records what was found on a page, feed or answer. */
int bylaw__scan_record(struct scan *scan, struct scan_job *job,
                       struct bylaw_error *err);
/** Records what an archive shows of a page that was never visited; place:
 *  which archive, and where in it. The page stays due. */
int bylaw__scan_record_archived(struct scan *scan, struct scan_job *job,
                                const char *place, struct bylaw_error *err);
/** Records that a page was not asked for, with the reason's id. */
int bylaw__scan_refuse(struct scan *scan, const struct scan_task *task,
                       const char *refusal, struct bylaw_error *err);
/** Opens the transaction that holds the next visits, unless it is open. */
int bylaw__scan_batch(struct scan *scan, struct bylaw_error *err);
/** Ends it. */
int bylaw__scan_commit(struct scan *scan, struct bylaw_error *err);

#endif
