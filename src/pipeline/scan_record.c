/* SPDX-License-Identifier: Apache-2.0 */
/* What a visit found becomes rows of the store, as a whole or not at all. */
#include "scan_int.h"

#include <stdio.h>
#include <stdlib.h>

/* Visits that share one flush to disk: a kill loses at most these, and the
 * next scan makes them again. */
#define BATCH_VISITS 64u
#define BATCH_MS     500

/* A first finding is confirmed by a second fetch, after what the store takes
 * for a pause. */
#define CONFIRM_MS ((int64_t)15 * 60 * 1000)

int bylaw__scan_batch(struct scan *scan, struct bylaw_error *err)
{
    int rc;

    if (scan->has_batch)
        return 0;
    rc = bylaw__store_begin(scan->store, err);
    scan->has_batch = !rc;
    scan->batch_ticks = bylaw__scan_ticks(scan);
    return rc;
}

int bylaw__scan_commit(struct scan *scan, struct bylaw_error *err)
{
    int rc = 0;

    if (!scan->has_batch)
        return 0;
    scan->has_batch = false;
    scan->in_batch = 0;
    /* A visit must not outlive its capture. */
    if (scan->captures)
        rc = bylaw__captures_sync(scan->captures, err);
    if (!rc)
        rc = bylaw__store_commit(scan->store, err);
    if (!rc && scan->keeper)
        rc = bylaw__keeper_flush(scan->keeper, err);
    return rc;
}

static int count_in(struct scan *scan, struct bylaw_error *err)
{
    if (++scan->in_batch < BATCH_VISITS &&
        bylaw__scan_ticks(scan) - scan->batch_ticks < BATCH_MS)
        return 0;
    return bylaw__scan_commit(scan, err);
}

/* ------------------------------------------------------------- visits --- */

/* These are no failures of the page: it was not asked, or has moved. */
static bool is_plain_refusal(const char *refusal)
{
    static const char *const plain[] = {"fetch.redirect-held",
                                        "scan.robots-disallowed"};

    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        if (strcmp(refusal, plain[i]) == 0)
            return true;
    return false;
}

/* Whether the visit shows what a second fetch is to confirm: that nothing was
 * found to act on needs no second look. */
static bool has_finding(const struct bylaw__visit_record *record)
{
    static const enum bylaw_verdict findings[] = {BYLAW_VERDICT_INCOMPLETE,
                                                  BYLAW_VERDICT_NOT_MET,
                                                  BYLAW_VERDICT_OUTSIDE_GRANT};

    for (size_t i = 0; i < record->match_count; i++)
        for (size_t k = 0; k < sizeof(findings) / sizeof(findings[0]); k++)
            if (!strcmp(record->matches[i].verdict,
                        bylaw_verdict_name(findings[k])))
                return true;
    return false;
}

/* Archives have a new index a month at the most. */
#define ARCHIVE_MS ((int64_t)7 * 24 * 3600 * 1000)

static bool is_archive(const struct scan *scan, const struct scan_task *task)
{
    const struct bylaw_config *config = scan->options->config;

    return task->kind == SCAN_SEARCH &&
           bylaw__searcher_find(config->searches[task->search].service)
               ->wants_host;
}

/* Sets what is known from now on, and when to come back. */
static void plan(struct bylaw__visit_record *record, struct scan *scan,
                 const struct scan_task *task, int64_t retry_after_ms)
{
    struct bylaw__visit visit = task->visit;
    bool failed = record->refusal && !is_plain_refusal(record->refusal);

    visit.last_ms = record->fetched_ms;
    visit.is_changed = record->is_changed;
    visit.failures = failed ? visit.failures + 1 : 0;
    visit.retry_after_ms = retry_after_ms;
    if (is_archive(scan, task) && visit.interval_ms < ARCHIVE_MS)
        visit.interval_ms = ARCHIVE_MS;
    record->due_ms = bylaw__revisit_due(&visit, record->fetched_ms);
    record->interval_ms = visit.interval_ms;
    record->failures = visit.failures;
    if (record->is_changed && has_finding(record) &&
        record->due_ms > record->fetched_ms + CONFIRM_MS)
        record->due_ms = record->fetched_ms + CONFIRM_MS;
    scan->state.fetched++;
    scan->state.failed += failed;
    scan->state.matched += record->match_count > 0;
    scan->state.unchanged += !failed && !record->is_changed;
}

static int record_visit(struct scan *scan, const struct scan_task *task,
                        struct bylaw__visit_record *record,
                        int64_t retry_after_ms, struct bylaw_error *err)
{
    record->page = task->page;
    record->skipped = (const char *const *)scan->skipped;
    record->skipped_count = scan->skipped_count;
    if (record->match_count)
        record->allowance = bylaw__scan_allowance(scan, task->url);
    plan(record, scan, task, retry_after_ms);
    return bylaw__store_visit(scan->store, record, err);
}

int bylaw__scan_refuse(struct scan *scan, const struct scan_task *task,
                       const char *refusal, struct bylaw_error *err)
{
    struct bylaw__visit_record record = {
        .fetched_ms = bylaw__scan_now(scan),
        .refusal = refusal,
        .sha256 = task->sha256,
        .etag = task->etag,
        .last_modified = task->last_modified,
    };
    int rc = bylaw__scan_batch(scan, err);

    if (!rc)
        rc = record_visit(scan, task, &record, 0, err);
    return rc ? rc : count_in(scan, err);
}

/* -------------------------------------------------------------- leads --- */

static int name_leads(struct scan *scan, const struct scan_job *job,
                      const char *via, struct bylaw_error *err)
{
    static const enum scan_kind kinds[] = {[BYLAW__LEAD_PAGE] = SCAN_PAGE,
                                           [BYLAW__LEAD_SITEMAP] = SCAN_SITEMAP,
                                           [BYLAW__LEAD_FEED] = SCAN_FEED};
    int rc = 0;

    for (size_t i = 0; !rc && job->leads && i < job->leads->count; i++) {
        const struct bylaw__lead *lead = &job->leads->items[i];
        struct scan_naming naming = {lead->url, via, kinds[lead->kind],
                                     SCAN_DEPTH_LEAD};

        rc = bylaw__scan_name(scan, &naming, err);
    }
    return rc;
}

/* A host that answers everything with one page leads on for ever by relative
 * links: those of a page are followed from its first address alone. */
static int name_links(struct scan *scan, const struct scan_job *job,
                      const char *via, struct bylaw_error *err)
{
    bool is_repeat = false;
    int rc = 0;

    if (job->link_count && job->sha256)
        rc = bylaw__store_page_repeats(&is_repeat, scan->store, job->task->page,
                                       job->sha256, err);
    for (size_t i = 0; !rc && !is_repeat && i < job->link_count; i++) {
        struct scan_naming naming = {job->links[i], via, SCAN_PAGE,
                                     job->task->depth + 1};

        rc = bylaw__scan_name(scan, &naming, err);
    }
    return rc;
}

/* The page has moved: what is there now is a page of its own. */
static int name_target(struct scan *scan, const struct scan_job *job,
                       const char *via, struct bylaw_error *err)
{
    struct scan_naming naming = {job->held, via, job->kind, SCAN_DEPTH_LEAD};

    if (!job->held)
        return 0;
    if (bylaw__lane_of(&scan->lanes, job->held) == job->lane)
        naming.depth = job->task->depth;
    return bylaw__scan_name(scan, &naming, err);
}

static int name_all(struct scan *scan, const struct scan_job *job,
                    struct bylaw_error *err)
{
    static const char *const words[] = {"link on", "feed", "sitemap", "search"};
    struct bylaw__buf via = {0}, moved = {0};
    int rc;

    bylaw__buf_printf(&via, "%s %s", words[job->kind], job->url);
    bylaw__buf_printf(&moved, "redirect %s", job->url);
    if (via.failed || moved.failed)
        rc = bylaw__fail_memory(err, job->url);
    else
        rc = job->kind == SCAN_SEARCH ? bylaw__scan_answer(scan, job, err)
                                      : name_leads(scan, job, via.ptr, err);
    if (!rc)
        rc = name_links(scan, job, via.ptr, err);
    if (!rc)
        rc = name_target(scan, job, moved.ptr, err);
    bylaw__buf_release(&via);
    bylaw__buf_release(&moved);
    return rc;
}

/* ------------------------------------------------------------ answers --- */

static bool is_other(const char *before, const char *now)
{
    return now && (!before || strcmp(before, now) != 0);
}

/* A list that cannot be read is a failed visit, though it was fetched. */
static const char *refusal_of(const struct scan_job *job)
{
    if (job->refusal || job->kind == SCAN_PAGE || job->is_read ||
        job->status == 304)
        return job->refusal;
    return job->complaint.code ? job->complaint.id : "scan.unread-list";
}

static void fill(struct bylaw__visit_record *record, const struct scan_job *job)
{
    const struct scan_task *task = job->task;
    bool is_same = job->status == 304 && !job->refusal;

    record->fetched_ms = job->fetched_ms;
    record->status = job->status;
    record->final_url = job->final_url;
    record->refusal = refusal_of(job);
    record->etag = is_same && !job->etag ? task->etag : job->etag;
    record->last_modified = is_same && !job->last_modified ? task->last_modified
                                                           : job->last_modified;
    record->sha256 = is_same ? task->sha256 : job->sha256;
    record->is_changed = !is_same && is_other(task->sha256, job->sha256);
    record->is_complete = job->is_complete || is_same;
    record->matches = job->matches;
    record->match_count = job->match_count;
    record->text_sha256 = job->text_sha256;
    record->declared = job->declared;
    record->trails = job->trails;
}

int bylaw__scan_record(struct scan *scan, struct scan_job *job,
                       struct bylaw_error *err)
{
    struct bylaw__visit_record record = {0};
    struct scan_kept kept;
    int rc = bylaw__scan_batch(scan, err);

    if (!rc)
        rc = bylaw__scan_capture(&kept, scan, job, err);
    if (rc)
        return rc;
    fill(&record, job);
    record.capture = kept.is_kept ? &kept.row : NULL;
    rc = record_visit(scan, job->task, &record, job->retry_after_ms, err);
    if (!rc)
        rc = name_all(scan, job, err);
    return rc ? rc : count_in(scan, err);
}

int bylaw__scan_record_archived(struct scan *scan, struct scan_job *job,
                                const char *place, struct bylaw_error *err)
{
    struct bylaw__visit_record record = {0};
    struct scan_kept kept;
    int rc = bylaw__scan_batch(scan, err);

    if (!rc)
        rc = bylaw__scan_capture(&kept, scan, job, err);
    if (rc)
        return rc;
    fill(&record, job);
    record.page = job->task->page;
    record.due_ms = scan->began_ms;
    record.archive = place;
    record.capture = kept.is_kept ? &kept.row : NULL;
    record.skipped = (const char *const *)scan->skipped;
    record.skipped_count = scan->skipped_count;
    rc = bylaw__store_visit(scan->store, &record, err);
    return rc ? rc : count_in(scan, err);
}
