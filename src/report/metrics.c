/* SPDX-License-Identifier: Apache-2.0 */
/* The workspace in Prometheus' text format. */
#include "report_int.h"

#include <inttypes.h>

static void begin(struct bylaw__buf *out, const char *name, const char *help)
{
    bylaw__buf_printf(out, "# HELP bylaw_%s %s\n# TYPE bylaw_%s gauge\n", name,
                      help, name);
}

static void add_one(struct bylaw__buf *out, const char *name, const char *help,
                    int64_t value)
{
    begin(out, name, help);
    bylaw__buf_printf(out, "bylaw_%s %" PRId64 "\n", name, value);
}

/* One sample of several. Labels are words of ours and need no escapes. */
static void add_labelled(struct bylaw__buf *out, const char *name,
                         const char *label, const char *word, uint64_t value)
{
    bylaw__buf_printf(out, "bylaw_%s{%s=\"%s\"} %" PRIu64 "\n", name, label,
                      word, value);
}

/* Seconds with their thousandths, as precise as the clock. */
static void add_seconds(struct bylaw__buf *out, const char *name,
                        const char *help, int64_t ms)
{
    if (ms < 0)
        ms = 0;
    begin(out, name, help);
    bylaw__buf_printf(out, "bylaw_%s %" PRId64 ".%03d\n", name, ms / 1000,
                      (int)(ms % 1000));
}

static void add_cases(struct bylaw__buf *out,
                      const struct bylaw_metrics *metrics)
{
    size_t count = sizeof(metrics->cases) / sizeof(metrics->cases[0]);

    begin(out, "cases", "Cases by state.");
    for (size_t i = 0; i < count; i++)
        add_labelled(out, "cases", "state",
                     bylaw_case_state_name((enum bylaw_case_state)i),
                     metrics->cases[i]);
}

static void add_pages(struct bylaw__buf *out,
                      const struct bylaw_metrics *metrics)
{
    begin(out, "pages", "Pages by the outcome of their last visit.");
    add_labelled(out, "pages", "outcome", "read", metrics->pages_read);
    add_labelled(out, "pages", "outcome", "missing", metrics->pages_missing);
    add_labelled(out, "pages", "outcome", "failed", metrics->pages_failed);
    add_labelled(out, "pages", "outcome", "waiting", metrics->pages_waiting);
    begin(out, "last_scan_pages", "Pages of the last scan.");
    add_labelled(out, "last_scan_pages", "result", "fetched",
                 metrics->scan_fetched);
    add_labelled(out, "last_scan_pages", "result", "matched",
                 metrics->scan_matched);
    add_labelled(out, "last_scan_pages", "result", "failed",
                 metrics->scan_failed);
}

static void add_scans(struct bylaw__buf *out,
                      const struct bylaw_metrics *metrics, int64_t now_ms)
{
    add_seconds(out, "last_scan_timestamp_seconds",
                "When the last scan ended, since 1970; 0: never.",
                metrics->last_scan_ms);
    add_seconds(out, "last_success_timestamp_seconds",
                "When the last scan that worked ended, since 1970; 0: never.",
                metrics->last_good_ms);
    /* Of what never was there is no age. */
    if (metrics->last_good_ms)
        add_seconds(out, "last_success_age_seconds",
                    "Age of the last scan that worked, when this was written.",
                    now_ms - metrics->last_good_ms);
    add_seconds(out, "last_scan_duration_seconds",
                "How long the last scan took.", metrics->scan_duration_ms);
    add_one(out, "failing_scans", "Scans in a row that failed.",
            metrics->failing_scans);
}

/* The checkpoint itself goes into comments: whoever keeps the file keeps it. */
static void add_checkpoint(struct bylaw__buf *out,
                           const struct bylaw_metrics *metrics)
{
    struct bylaw_span rest = bylaw__span_of(metrics->checkpoint);

    add_one(out, "ledger_entries", "Entries that the ledger has signed.",
            metrics->ledger_entries);
    while (rest.len) {
        size_t len = bylaw__span_find(rest, BYLAW__SPAN("\n"));

        len = len == SIZE_MAX ? rest.len : len;
        bylaw__buf_printf(out, "# %.*s\n", (int)len, rest.ptr);
        rest = bylaw__span_sub(rest, len + 1, rest.len);
    }
}

void bylaw__report_metrics(struct bylaw__buf *out,
                           const struct bylaw_metrics *metrics, int64_t now_ms)
{
    add_cases(out, metrics);
    add_pages(out, metrics);
    add_scans(out, metrics, now_ms);
    add_one(out, "sources", "Articles that are protected.",
            (int64_t)metrics->sources);
    add_one(out, "events", "Events on record.", (int64_t)metrics->events);
    if (metrics->checkpoint)
        add_checkpoint(out, metrics);
}
