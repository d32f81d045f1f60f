/* SPDX-License-Identifier: Apache-2.0 */
/* All that a workspace knows at one moment: what a report is made from. */
#ifndef BYLAW_SURVEY_H
#define BYLAW_SURVEY_H

#include <bylaw/case.h>
#include <bylaw/error.h>
#include <bylaw/news.h>
#include <bylaw/span.h>

/** A turn of a case. */
struct bylaw_survey_event {
    int64_t at_ms; /**< UTC */
    enum bylaw_case_state before, state;
    const char *what; /**< a clause */
    const char *by;   /**< who decided; "" where a visit showed it */
    const char *why;  /**< reason or verdict's sentence; may be "" */
};

/** A page and a source. Texts are never NULL; "" where nothing is known. */
struct bylaw_survey_case {
    int64_t id; /**< of the case; 0: a copy that never asked for action */
    /** Case of the same text at another address of the host, which stands for
     *  this one, too; 0: none. */
    int64_t twin_of;
    enum bylaw_case_state state;
    const char *url, *host;
    size_t source; /**< number in the survey's sources */
    const char *verdict, *because, *rule, *confidence, *match_class;
    const char *reason; /**< a person's words on the state */
    int severity;       /**< 0..5 */
    double coverage;    /**< share of the source found, 0..1 */
    int64_t first_ms, last_ms, changed_ms;
    int64_t expires_ms;                      /**< of an allowance; 0: never */
    const struct bylaw_survey_event *events; /**< oldest first */
    size_t event_count;
    /** The audit of the last whole read: one object of bylaw.audit/1. */
    struct bylaw_span audit;
};

struct bylaw_survey_source {
    const char *name, *title, *url, *rule;
    bool is_removed; /**< no longer protected; its cases stay on record */
};

struct bylaw_survey_scan {
    int64_t id, began_ms, ended_ms; /**< ended 0: cut short, or running */
    const char *outcome;
    uint64_t fetched, matched, failed, changed;
};

/** Immutable once made; in the order in which things came about. */
struct bylaw_survey {
    const struct bylaw_survey_case *cases;
    size_t case_count;
    const struct bylaw_survey_source *sources;
    size_t source_count;
    const struct bylaw_survey_scan *scans; /**< the newest first */
    size_t scan_count;
    struct bylaw_metrics metrics;
    /** When the newest thing in it happened; stands in for the time at which a
     *  report is written, so that the same survey gives the same report. */
    int64_t as_of_ms;
    void *owner;
};

BYLAW_API void bylaw_survey_free(struct bylaw_survey *survey);

#endif
