/* SPDX-License-Identifier: Apache-2.0 */
/* What changed since somebody was last told: the content of an alert. */
#ifndef BYLAW_NEWS_H
#define BYLAW_NEWS_H

#include <bylaw/error.h>
#include <bylaw/span.h>

/** What a case did that people should hear of. */
enum bylaw_news_kind {
    BYLAW_NEWS_NONE = 0,
    BYLAW_NEWS_NEW,         /**< confirmed by a second fetch, or an allowance
                                 ended and it is still found */
    BYLAW_NEWS_REGRESSED,   /**< was put right or gone, and is back */
    BYLAW_NEWS_LAPSING,     /**< an allowance is about to end */
    BYLAW_NEWS_UNREACHABLE, /**< nothing can be said of it any more */
    BYLAW_NEWS_GONE,        /**< the page is no longer there */
    BYLAW_NEWS_FIXED        /**< put right */
};
#define BYLAW_NEWS_KINDS 7

/** One case. Texts are never NULL; those from pages may hold anything. */
struct bylaw_news_item {
    enum bylaw_news_kind kind;
    int64_t case_id;
    int64_t event; /**< number of the newest event it stands for */
    int64_t at_ms; /**< when that was, UTC */
    const char *url, *host, *source, *title; /**< source: its id; its title */
    const char *verdict, *because;
    int severity;       /**< 0..5 */
    int64_t expires_ms; /**< of an allowance; 0: never */
};

/** What there is to say about the scans themselves. */
enum bylaw_news_scan {
    BYLAW_NEWS_SCAN_QUIET = 0,
    BYLAW_NEWS_SCAN_FAILING,  /**< several in a row failed */
    BYLAW_NEWS_SCAN_RECOVERED /**< one worked again after that was told */
};

/** The zero value tells nothing. */
struct bylaw_news {
    int64_t now_ms;   /**< when it was put together */
    int64_t since_ms; /**< when somebody was last told; 0: never */
    const struct bylaw_news_item *items; /**< by kind, then by case */
    size_t item_count;
    size_t left; /**< further ones that wait for the next time */
    size_t counts[BYLAW_NEWS_KINDS];
    uint64_t pages;        /**< looked at since then */
    uint64_t unread;       /**< of them: could not be read whole */
    uint64_t undetermined; /**< of them: could not be judged */
    uint64_t open;         /**< cases that are open now, told or not */
    enum bylaw_news_scan scan;
    unsigned failing_scans; /**< in a row */
    int64_t failing_scan;   /**< number of the first of them; 0: none */
    int64_t last_good_ms;   /**< when a scan last worked; 0: never */
    int64_t last_visit;     /**< number of the newest visit counted */
    /** Newest checkpoint of the ledger, or NULL: who keeps the message keeps a
     *  witness. Borrowed. */
    const char *checkpoint;
    void *owner;
};

BYLAW_API void bylaw_news_free(struct bylaw_news *news);
/** True where there is something to tell. */
BYLAW_API bool bylaw_news_matters(const struct bylaw_news *news);
/** "new", "regressed", "lapsing" ...; "none". Static. */
BYLAW_API const char *bylaw_news_kind_name(enum bylaw_news_kind kind);
/** "quiet", "failing", "recovered". Static. */
BYLAW_API const char *bylaw_news_scan_name(enum bylaw_news_scan scan);

/** The workspace in numbers, for monitoring. Times: UTC ms, 0: never. */
struct bylaw_metrics {
    uint64_t cases[12]; /**< by enum bylaw_case_state */
    uint64_t pages_read, pages_missing, pages_failed, pages_waiting;
    uint64_t sources, events;
    int64_t last_scan_ms;     /**< end of the last scan, whatever came of it */
    int64_t last_good_ms;     /**< end of the last one that worked */
    int64_t scan_duration_ms; /**< of the last scan */
    uint64_t scan_fetched, scan_matched, scan_failed; /**< of the last scan */
    unsigned failing_scans;                           /**< in a row */
    const char *checkpoint; /**< newest of the ledger, or NULL; borrowed */
    int64_t ledger_entries; /**< that it covers */
};

#endif
