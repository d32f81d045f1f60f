/* SPDX-License-Identifier: Apache-2.0 */
/* A whole workspace looked through: what is due is fetched and judged. */
#ifndef BYLAW_SCAN_H
#define BYLAW_SCAN_H

#include <bylaw/audit.h>
#include <bylaw/config.h>

/** How far a scan is. Counts are of this scan alone. */
struct bylaw_scan_progress {
    uint64_t fetched;   /**< pages visited, refusals included */
    uint64_t unchanged; /**< of them: as they were at the visit before */
    uint64_t failed;    /**< of them: nothing could be read */
    uint64_t matched;   /**< of them: with a protected article on them */
    uint64_t found;     /**< addresses that were not known before */
    uint64_t queued;    /**< pages still to visit in this scan */
    unsigned busy;      /**< hosts that are being asked right now */
    unsigned waiting;   /**< hosts that want a pause before the next request */
    double per_second;  /**< visits, averaged over the scan */
};

enum bylaw_scan_outcome {
    BYLAW_SCAN_NONE = 0,
    BYLAW_SCAN_COMPLETE,    /**< everything that was due was visited */
    BYLAW_SCAN_LIMITED,     /**< a limit left pages for the next scan */
    BYLAW_SCAN_INTERRUPTED, /**< asked to stop; the next scan goes on */
    BYLAW_SCAN_BARREN       /**< most visits failed: says nothing of cases */
};

/** Every pointer must live as long as the scan. */
struct bylaw_scan_options {
    struct bylaw_audit_options audit;  /**< rules, fetching, the UTC clock */
    const struct bylaw_config *config; /**< watch entries, searches, bounds */
    const char *store_path;            /**< the workspace database */
    /** Folder that what a case rests on is kept in, as WARC files; NULL:
     *  nothing is kept. */
    const char *captures_path;
    /** The workspace's ledger and the key that signs it; NULL: what the scan
     *  records waits for a later run to take it into the ledger. */
    const char *ledger_path, *key_path;
    const char *boot_id; /**< boot that the ticks count from; NULL: not known */
    const char *agent;   /**< our name in robots.txt; NULL: "bylaw" */
    /** Keys for config->searches, in their order; NULL where none. */
    const char *const *search_keys;
    /** A clock that never goes back, in milliseconds, for pauses. Required. */
    int64_t (*ticks_ms)(void *payload);
    void *ticks_payload;
    /** Builds a tree of every page, not only of those that share words with an
     *  article. Finds the same; for tests and comparisons. */
    bool reads_all;
    /** Files of what bulk matching found, to be taken in first. */
    const char *const *imports;
    size_t import_count;
    bool once; /**< wait for no host that asks for more than its usual pause */
    unsigned max_pages;   /**< visits in this scan; 0: the configuration's */
    unsigned concurrency; /**< hosts asked at once; 0: the configuration's */
    /** Not 0: end cleanly. May be set by a signal handler. */
    const volatile int *stop;
    /** Called from the thread that scans, some times a second. */
    void (*progress)(void *payload, const struct bylaw_scan_progress *state);
    /** What went wrong without ending the scan. */
    void (*complain)(void *payload, const struct bylaw_error *why);
    void *payload;
};

struct bylaw_scan_result {
    enum bylaw_scan_outcome outcome;
    int64_t id; /**< of the scan in the store */
    struct bylaw_scan_progress total;
    int64_t began_ms, ended_ms; /**< by audit.now_ms */
};

/**
 * Visits everything that is due. What a visit found is recorded as a whole or
 * not at all, whenever the program dies; a further scan goes on from there.
 * Cases, their states and verdicts do not depend on concurrency.
 */
BYLAW_API int bylaw_scan(struct bylaw_scan_result *out,
                         const struct bylaw_scan_options *options,
                         struct bylaw_error *err);

/** "complete", "limited", "interrupted", "barren"; "none". Static. */
BYLAW_API const char *bylaw_scan_outcome_name(enum bylaw_scan_outcome outcome);

#endif
