/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: store (floor 4)
 *
 * Purpose  The workspace database: sources, pages to visit, visits, cases.
 * Takes    values of model; the time as an argument.
 * Gives    rows back; what is due; a case's history.
 * May include  base url text html robots model; sqlite3.
 *
 * Invariants
 *  1. STRICT tables, foreign keys on, one writer, synchronous FULL; every
 *     change of a page, its visit and its case is one transaction, so a kill
 *     at any moment leaves the state before or after it.
 *  2. application_id and user_version are checked on opening; migrations are
 *     numbered and run in order; a newer database is refused.
 *  3. A page has one identity: bylaw_url_canonical of its address.
 *  4. Events are only ever added. A case's state follows from its events.
 *  5. A callback's answer other than 0 ends the rows and is returned. It may
 *     call the store; rows still to come may or may not show what it changed.
 *  6. One thread at a time has a store.
 *  7. "new" needs a second fetch; "fixed" needs a complete read that found
 *     the duties met, or two that found no copy; a block, an error or an empty page closes nothing.
 */
#ifndef BYLAW_STORE_H
#define BYLAW_STORE_H

#include "model/model.h"

#include <bylaw/case.h>
#include <bylaw/news.h>
#include <bylaw/survey.h>

typedef struct bylaw__store bylaw__store;

enum bylaw__store_mode {
    BYLAW__STORE_CREATE = 1, /* must not exist yet */
    BYLAW__STORE_WRITE,
    BYLAW__STORE_READ
};

/** Fails with store.exists, store.missing, store.foreign, store.newer,
 *  store.older (reading only: a writer brings it up to date), store.damaged,
 *  store.read-only, store.busy. */
int bylaw__store_open(bylaw__store **out, const char *path,
                      enum bylaw__store_mode mode, struct bylaw_error *err);
void bylaw__store_close(bylaw__store *store);
/** Reads everything and fails with store.damaged where it does not hold
 *  together: the file, references between rows, cases and their events. */
int bylaw__store_check(bylaw__store *store, struct bylaw_error *err);
/** How long to wait for another process before store.busy; 2 s unless set. */
void bylaw__store_patience(bylaw__store *store, int ms);

/**
 * Between begin and commit everything recorded becomes one transaction: many
 * visits for the price of one flush to disk. A call that fails is undone
 * alone. Nothing is on disk before commit has returned 0; closing without it
 * undoes the batch, and store.batch-lost says that a failure already did. Keep
 * a batch short: until its end no other process can write.
 */
int bylaw__store_begin(bylaw__store *store, struct bylaw_error *err);
int bylaw__store_commit(bylaw__store *store, struct bylaw_error *err);

/* ------------------------------------------------------------ sources --- */

struct bylaw__source_row {
    int64_t id;
    const char *name; /* id of the source, unique */
    const char *spec; /* address, file, manifest, feed or sitemap */
    const char *kind; /* "article" "feed" "sitemap" */
    const char *url;  /* of the article, or NULL */
    const char *rule; /* rule id, or NULL */
    const char *title;
    const char *sha256; /* of its text when last read, or NULL */
    int64_t added_ms, refreshed_ms;
    int64_t parent; /* feed or sitemap it came from; 0: none */
};
/** Fails with store.source-known; a name that was removed may come back. */
int bylaw__store_source_add(int64_t *out_id, bylaw__store *store,
                            const struct bylaw__source_row *row,
                            struct bylaw_error *err);
/** Its text was read again. title NULL: as it was. */
int bylaw__store_source_refresh(bylaw__store *store, const char *name,
                                const char *title, const char *sha256,
                                int64_t now_ms, struct bylaw_error *err);
/** With a feed or sitemap goes what came from it; cases stay on record. */
int bylaw__store_source_remove(bylaw__store *store, const char *name,
                               int64_t now_ms, struct bylaw_error *err);
typedef int bylaw__source_row_fn(void *payload,
                                 const struct bylaw__source_row *row);
/** Those not removed, in the order they were added. */
int bylaw__store_sources(bylaw__store *store, bylaw__source_row_fn *each,
                         void *payload, struct bylaw_error *err);

/* -------------------------------------------------------------- pages --- */

struct bylaw__page_row {
    int64_t id;
    const char *url, *host;
    const char *via;  /* what told of it: "feed https://..." */
    const char *kind; /* "page" "feed" "sitemap" "robots" */
    unsigned depth;   /* links from where the crawl began */
    int64_t due_ms;
    int64_t last_ms, interval_ms;
    unsigned failures;
    const char *etag, *last_modified; /* of the last answer, or NULL */
    const char *sha256;               /* of the last body, or NULL */
    int status;                       /* last HTTP status; 0: none */
};
/** Adds an address; one already known is left as it is (*out_new false).
 *  id and host are not read: they follow from the address. */
int bylaw__store_page_add(bool *out_new, bylaw__store *store,
                          const struct bylaw__page_row *row,
                          struct bylaw_error *err);
typedef int bylaw__page_row_fn(void *payload,
                               const struct bylaw__page_row *row);
/** The row of an address, told to each (may be NULL) where there is one. */
int bylaw__store_page_find(bool *out_found, bylaw__store *store,
                           const char *address, const char *kind,
                           bylaw__page_row_fn *each, void *payload,
                           struct bylaw_error *err);
/**
 * Pages due at now_ms, at most `most` (and BYLAW_LIMIT_DUE_PAGES). Hosts take
 * turns, the one with the longest overdue page first; each gives its pages in
 * the order they are due.
 */
int bylaw__store_pages_due(bylaw__store *store, int64_t now_ms, size_t most,
                           bylaw__page_row_fn *each, void *payload,
                           struct bylaw_error *err);

enum bylaw__page_order {
    BYLAW__PAGES_BY_DEPTH = 0, /* of kind "page" alone */
    BYLAW__PAGES_BY_DUE
};
struct bylaw__pages_from {
    enum bylaw__page_order order; /* then by id */
    const char *host;
    int64_t now_ms;     /* those due by then */
    int64_t rank, page; /* from this depth or time on, and this id */
};
/** A host's pages from a place on, until `each` returns other than 0, which
 *  is returned. It must not use the store. */
int bylaw__store_pages_from(bylaw__store *store,
                            const struct bylaw__pages_from *where,
                            bylaw__page_row_fn *each, void *payload,
                            struct bylaw_error *err);

/** The crawl reached a page by fewer links than its row says. */
int bylaw__store_page_nearer(bylaw__store *store, int64_t page, unsigned depth,
                             struct bylaw_error *err);
/** The clock may have been set back: what was visited after now_ms is taken
 *  for visited now, or it would not be due before that time has come again. */
int bylaw__store_pages_set_back(bylaw__store *store, int64_t now_ms,
                                struct bylaw_error *err);
/** Whether a page of the same host that was named earlier has that body. */
int bylaw__store_page_repeats(bool *out, bylaw__store *store, int64_t page,
                              const char *sha256, struct bylaw_error *err);
/** All pages are to be read in full when they are due next, and none is due
 *  later than due_ms. */
int bylaw__store_pages_forget(bylaw__store *store, int64_t due_ms,
                              struct bylaw_error *err);

/** Keeps bytes under a name, in place of what was there. */
int bylaw__store_note_put(bylaw__store *store, const char *name,
                          struct bylaw_span value, int64_t at_ms,
                          struct bylaw_error *err);
/** Appends them; *out_at_ms is 0 where nothing was kept. */
int bylaw__store_note_get(struct bylaw__buf *out, int64_t *out_at_ms,
                          bylaw__store *store, const char *name,
                          struct bylaw_error *err);

/** Where a capture stands: of a visit, or of an article as it was read. */
struct bylaw__capture_row {
    int64_t id;
    int64_t visit;      /* 0: none */
    const char *source; /* its name, or NULL; not read with a visit */
    int64_t at_ms;
    const char *kind; /* "response" "revisit" "resource" "metadata" */
    const char *url, *file;
    uint64_t offset, length;    /* bytes, of the record that answers */
    const char *sha256;         /* hex, of those bytes */
    const char *record;         /* its WARC-Record-ID */
    const char *payload_sha256; /* hex, of the body as it came, or NULL */
    const char *archive; /* of a visit: that it was read in, or NULL; follows
                            from the visit */
};

/** A site whose cases the configuration allows. */
struct bylaw__allowance {
    const char *domain; /* with all below it */
    const char *reason;
    int64_t until_ms; /* 0: for good */
};

/**
 * What one visit found, recorded as one transaction.
 *
 * is_complete says that the body was read whole, for a feed or sitemap too:
 * only then its etag, last_modified and sha256 are kept for the next visit.
 * A 304, or the sha256 of the last whole read, stands for what that read
 * showed unless matches are given again. is_changed is only kept on record.
 */
struct bylaw__visit_record {
    int64_t page; /* id */
    int64_t fetched_ms, due_ms, interval_ms;
    int status;
    const char *final_url, *etag, *last_modified, *sha256;
    const char *refusal; /* diagnostic id, or NULL */
    bool is_complete, is_changed;
    unsigned failures;
    /* One entry per source found on the page. */
    const struct bylaw__visit_match {
        const char *source;  /* its name */
        const char *verdict; /* verdict name */
        const char *because;
        const char *rule, *rule_sha256;
        int severity;
        const char *confidence, *match_class;
        double coverage;
        /* The whole audit row; kept while it is the latest of its page and
         * source, and for good where it moved a case. */
        const char *audit_json;
    } * matches;
    size_t match_count;
    /* Where the answer is kept, on disk already; NULL: nowhere. */
    const struct bylaw__capture_row *capture;
    /* Which archive the page was read in, NULL where it was fetched. */
    const char *archive;
    /* Sources this visit did not look for (a text that could not be loaded);
     * that they were not found says nothing. Removed ones need no mention. */
    const char *const *skipped;
    size_t skipped_count;
    /* SHA-256 of the main text (hex), and the address that the page declares
     * to be its own (rel=canonical); NULL where not known. */
    const char *text_sha256, *declared;
    /* Where its links led, as JSON; NULL: none was followed. */
    const char *trails;
    /* What the configuration allows the page's site, or NULL: a case that
     * would begin or come back is allowed instead, while that holds. */
    const struct bylaw__allowance *allowance;
};
/** Moves the page's cases by the rules of case_rules.h. Fails with
 *  store.no-page, store.no-source, store.value (a verdict that is none, a
 *  source twice). */
int bylaw__store_visit(bylaw__store *store,
                       const struct bylaw__visit_record *visit,
                       struct bylaw_error *err);

/* ----------------------------------------------------------- captures --- */

/** A version of an article was kept. Fails with store.no-source. */
int bylaw__store_source_capture(bylaw__store *store, const char *name,
                                const struct bylaw__capture_row *row,
                                struct bylaw_error *err);
struct bylaw__capture_filter {
    int64_t case_id;    /* of its page since it began; 0: any */
    const char *source; /* of that article; NULL: any */
};
typedef int bylaw__capture_row_fn(void *payload,
                                  const struct bylaw__capture_row *row);
/** In the order they were written. */
int bylaw__store_captures(bylaw__store *store,
                          const struct bylaw__capture_filter *filter,
                          bylaw__capture_row_fn *each, void *payload,
                          struct bylaw_error *err);
/** The newest of a page (or, where page is 0, of an article) that has a body
 *  of its own; each is not called where there is none. */
int bylaw__store_capture_last(bylaw__store *store, int64_t page,
                              const char *source, bylaw__capture_row_fn *each,
                              void *payload, struct bylaw_error *err);

/* -------------------------------------------------------------- cases --- */

struct bylaw__case_row {
    int64_t id;
    const char *source, *url, *host;
    enum bylaw_case_state state;
    const char *verdict, *because, *reason; /* reason: a person's words */
    int severity;
    int64_t first_ms, last_ms, changed_ms;
    int64_t expires_ms;                          /* of an allowance; 0: never */
    const char *rule, *confidence, *match_class; /* of the last whole read */
    double coverage;
    int64_t twin_of; /* case of the same text at another address; 0: none */
};
struct bylaw__case_filter {
    int64_t id; /* 0: any */
    const char *source, *host;
    int state; /* -1: any */
    int64_t changed_since_ms;
    int64_t twin_of; /* only the twins of that case; 0: any */
};
typedef int bylaw__case_row_fn(void *payload,
                               const struct bylaw__case_row *row);
/** Cases in the order they began; those whose first finding was not
 *  confirmed are among them, as NONE. */
int bylaw__store_cases(bylaw__store *store,
                       const struct bylaw__case_filter *filter,
                       bylaw__case_row_fn *each, void *payload,
                       struct bylaw_error *err);
/** Told of an article and when its first copy on a host was seen. */
typedef int bylaw__site_work_fn(void *payload, const char *source,
                                int64_t first_ms);
/** The articles of which a copy (full or partial) was found on a host before
 *  the scan began that was the last to begin by at_ms. */
int bylaw__store_site_works(bylaw__store *store, const char *host,
                            int64_t at_ms, bylaw__site_work_fn *each,
                            void *payload, struct bylaw_error *err);
/** Cases with an event since that scan began (its own included). */
int bylaw__store_cases_since_scan(bylaw__store *store, int64_t scan,
                                  bylaw__case_row_fn *each, void *payload,
                                  struct bylaw_error *err);
/** Allowances that end within 14 days of now_ms or have ended without a visit
 *  since, the first to end first. bylaw__store_scan_begin warns of each once,
 *  by an event. */
int bylaw__store_allowances(bylaw__store *store, int64_t now_ms,
                            bylaw__case_row_fn *each, void *payload,
                            struct bylaw_error *err);
/** Appends the whole audit row of a case's last whole read. */
int bylaw__store_case_audit(struct bylaw__buf *out, bylaw__store *store,
                            int64_t id, struct bylaw_error *err);
/**
 * A person's decision: state, by whom, why, until when (0: for good); of its
 * twins too. Fails
 * with store.case-state (only new, confirmed, notified, disputed, allowed and
 * ignored can be set), store.case-by, store.case-reason (allowed and ignored
 * need one), store.case-expiry, store.no-case.
 */
int bylaw__store_case_set(bylaw__store *store, int64_t id,
                          enum bylaw_case_state state, const char *by,
                          const char *reason, int64_t expires_ms,
                          int64_t now_ms, struct bylaw_error *err);

/**
 * Finds twins: open or decided cases of one source whose pages stand on one
 * host with the same main text and verdict. One of them stands for all: the
 * page that they declare to be the original, else the one with the shortest
 * address; the others say so in twin_of, and are no news while they do. The
 * outcome depends on the rows alone, not on the order of visits.
 */
int bylaw__store_fold(bylaw__store *store, struct bylaw_error *err);

/** Who decides in the name of the configuration. */
#define BYLAW__BY_CONFIG "bylaw.yaml"
/**
 * Brings cases in line with what the configuration allows: open ones of its
 * sites are allowed, those that it allowed before and does no more are open
 * again. A person who decided otherwise since is not overruled.
 */
int bylaw__store_permit(bylaw__store *store,
                        const struct bylaw__allowance *items, size_t count,
                        int64_t now_ms, struct bylaw_error *err);

/** How the events begin that tell of a draft, which decides nothing. */
#define BYLAW__STORE_DRAFTED "drafted: "
/** Notes that a person had something drafted about a case, which stays where
 *  it is. what: what was drafted. */
int bylaw__store_case_drafted(bylaw__store *store, int64_t id, const char *what,
                              const char *by, int64_t now_ms,
                              struct bylaw_error *err);

/** What the events are called that hold a person's note; it decides nothing. */
#define BYLAW__STORE_NOTED "noted"
/** Keeps a person's note on a case, which stays where it is. Fails with
 *  store.case-by, store.case-note (empty), store.no-case. */
int bylaw__store_case_noted(bylaw__store *store, int64_t id, const char *by,
                            const char *text, int64_t now_ms,
                            struct bylaw_error *err);

struct bylaw__event_row {
    int64_t id, at_ms;
    enum bylaw_case_state state;
    const char *what, *by; /* by: "" where a visit showed it */
    int64_t case_id;
    enum bylaw_case_state before;
    const char *why; /* a person's reason, the verdict's sentence, "HTTP 404" */
    int64_t expires_ms; /* of an allowance; 0: never */
    int64_t visit;      /* 0: none */
};
typedef int bylaw__event_row_fn(void *payload,
                                const struct bylaw__event_row *row);
int bylaw__store_case_events(bylaw__store *store, int64_t case_id,
                             bylaw__event_row_fn *each, void *payload,
                             struct bylaw_error *err);

/** Events of all cases from a time on, for digests; oldest first. */
int bylaw__store_events_since(bylaw__store *store, int64_t since_ms,
                              bylaw__event_row_fn *each, void *payload,
                              struct bylaw_error *err);

/* -------------------------------------------------------------- scans --- */

struct bylaw__scan_row {
    int64_t id, began_ms, ended_ms; /* ended 0: still running or killed */
    const char *outcome;            /* as bylaw_scan_outcome_name, or "" */
    uint64_t fetched, matched, failed, changed;
};
/** Also records warnings of allowances that are about to end. */
int bylaw__store_scan_begin(int64_t *out_id, bylaw__store *store,
                            int64_t now_ms, struct bylaw_error *err);
int bylaw__store_scan_end(bylaw__store *store,
                          const struct bylaw__scan_row *row,
                          struct bylaw_error *err);
/** What was visited of one host. */
struct bylaw__spent_row {
    const char *host;
    uint64_t pages;   /* visited, each once */
    uint64_t crawled; /* of them: nearer than `depth` */
    uint64_t asked;   /* requests */
};
typedef int bylaw__spent_row_fn(void *payload,
                                const struct bylaw__spent_row *row);
/**
 * What the scans right before one visited, as far back as each of them was cut
 * short (killed or interrupted) within a day before now_ms: their budget is
 * not to be spent twice.
 */
int bylaw__store_spent(bylaw__store *store, int64_t scan, int64_t now_ms,
                       unsigned depth, bylaw__spent_row_fn *each, void *payload,
                       struct bylaw_error *err);
typedef int bylaw__scan_row_fn(void *payload,
                               const struct bylaw__scan_row *row);
/** The newest scans first, at most `most`; their texts are static. */
int bylaw__store_scans(bylaw__store *store, size_t most,
                       bylaw__scan_row_fn *each, void *payload,
                       struct bylaw_error *err);
/** The last finished scan; *out_found false where there is none. */
int bylaw__store_last_scan(struct bylaw__scan_row *out, bool *out_found,
                           bylaw__store *store, struct bylaw_error *err);

/* -------------------------------------------------------------- ledger --- */

/*
 * What the ledger must be told. Recording a visit, a decision, a source or a
 * scan also queues the entries that tell of it, in the same transaction; so
 * the workspace leads and the ledger follows, whatever the program dies of.
 */
struct bylaw__due_row {
    int64_t due; /* its number: entries go into the ledger in this order */
    const char *kind, *body; /* body: one JSON object, without line breaks */
};
typedef int bylaw__due_row_fn(void *payload, const struct bylaw__due_row *row);
/** Entries with a number above `after`, in order. */
int bylaw__store_due_entries(bylaw__store *store, int64_t after,
                             bylaw__due_row_fn *each, void *payload,
                             struct bylaw_error *err);
/** Queues an entry of another kind. */
int bylaw__store_due_add(bylaw__store *store, const char *kind,
                         const char *body, struct bylaw_error *err);
/** Highest number given so far; 0: none. */
int bylaw__store_due_newest(int64_t *out, bylaw__store *store,
                            struct bylaw_error *err);
/** Numbers from now on are above this one, which is above the newest. */
int bylaw__store_due_mark(bylaw__store *store, int64_t due,
                          struct bylaw_error *err);
/** Forgets what is in the ledger: entries up to a number. */
int bylaw__store_due_drop(bylaw__store *store, int64_t up_to,
                          struct bylaw_error *err);
/** Keeps a rule's text (of its file and families, as its sha256 counts them),
 *  and queues an entry with it, unless it is known. */
int bylaw__store_rule_text(bylaw__store *store, const char *sha256,
                           const char *rule, const char *text,
                           struct bylaw_error *err);
/** For each kind of entry the newest row that is older than the queue. */
typedef int bylaw__unentered_fn(void *payload, const char *kind, int64_t row);
int bylaw__store_unentered(bylaw__store *store, bylaw__unentered_fn *each,
                           void *payload, struct bylaw_error *err);

/** Appends the body that a row would be entered with now; nothing where there
 *  is no such row. kind: "source" "scan" "visit" "verdict" "state" "rule". */
int bylaw__store_entry_body(struct bylaw__buf *out, bylaw__store *store,
                            const char *kind, int64_t row,
                            struct bylaw_error *err);
/** A visit at whose time a case was first or last seen. */
struct bylaw__sight_row {
    int64_t case_id, visit;
    bool is_first, is_last;
    bool is_unentered; /* no entry tells of it, and none needs to yet */
};
typedef int bylaw__sight_row_fn(void *payload,
                                const struct bylaw__sight_row *row);
/** Of each case, in order; due: highest number that the ledger has. */
int bylaw__store_case_sights(bylaw__store *store, int64_t due,
                             bylaw__sight_row_fn *each, void *payload,
                             struct bylaw_error *err);
/** Rows of a kind that should be in the ledger when it has taken over entries
 *  up to `due`. Visits are not counted: few are entered. */
int bylaw__store_entry_rows(int64_t *out, bylaw__store *store, const char *kind,
                            int64_t due, struct bylaw_error *err);
/** Appends what the visit kept of where links led; nothing where none was
 *  followed. */
int bylaw__store_trails(struct bylaw__buf *out, bylaw__store *store,
                        int64_t visit, struct bylaw_error *err);
/** Appends the audit that a match was kept with; nothing where it faded. */
int bylaw__store_match_audit(struct bylaw__buf *out, bylaw__store *store,
                             int64_t match, struct bylaw_error *err);

/** A verdict on record, with the capture that it was reached from. */
struct bylaw__verdict_row {
    int64_t match, visit, fetched_ms;
    const char *url, *source; /* of the page; name of the article */
    const char *verdict, *because, *rule_sha256, *audit_sha256;
    const char *kind; /* of the capture, as in bylaw__capture_row; or NULL */
    const char *file, *sha256;
    uint64_t offset, length;
};
typedef int bylaw__verdict_row_fn(void *payload,
                                  const struct bylaw__verdict_row *row);
/** All of them, visit by visit. */
int bylaw__store_verdicts(bylaw__store *store, bylaw__verdict_row_fn *each,
                          void *payload, struct bylaw_error *err);
/** The capture that a record id names; each is not called where there is
 *  none. */
int bylaw__store_capture_named(bylaw__store *store, const char *record,
                               bylaw__capture_row_fn *each, void *payload,
                               struct bylaw_error *err);

/* -------------------------------------------------------------- news --- */

/**
 * What a channel ("mail", "webhook") was not told yet, by the rules of
 * news_rules.h; at most BYLAW_LIMIT_NEWS_ITEMS cases. Free it.
 */
int bylaw__store_news(struct bylaw_news **out, bylaw__store *store,
                      const char *channel, int64_t now_ms,
                      struct bylaw_error *err);
/** The newest turns of all cases, at most `most`, the newest first: what a
 *  feed shows. now_ms is that of the newest, since_ms the first scan's. */
int bylaw__store_news_feed(struct bylaw_news **out, bylaw__store *store,
                           size_t most, struct bylaw_error *err);
/**
 * Records that a channel is being told the news under the name `message`,
 * before it is; _end says whether it was. What was begun and not ended counts
 * as told: an alert may be lost to a crash, never doubled by one.
 */
int bylaw__store_telling_begin(int64_t *out_id, bylaw__store *store,
                               const char *channel,
                               const struct bylaw_news *news,
                               const char *message, struct bylaw_error *err);
int bylaw__store_telling_end(bylaw__store *store, int64_t id, bool was_told,
                             struct bylaw_error *err);
typedef void bylaw__telling_fn(void *payload, const char *channel,
                               const char *message);
/** Tells of tellings that never ended, each once. */
int bylaw__store_tellings_unsure(bylaw__store *store, bylaw__telling_fn *each,
                                 void *payload, struct bylaw_error *err);
/**
 * All that the workspace knows of the cases that the filter lets through, for
 * a report. Free it.
 */
int bylaw__store_survey(struct bylaw_survey **out, bylaw__store *store,
                        const struct bylaw__case_filter *filter,
                        struct bylaw_error *err);
/** The workspace in numbers. */
int bylaw__store_metrics(struct bylaw_metrics *out, bylaw__store *store,
                         struct bylaw_error *err);

#endif
