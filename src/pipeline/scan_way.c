/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs under way: on the network, then in a cell; whatever ends first. */
#include "scan_int.h"
#include "site_works.h"

int bylaw__scan_begin(struct scan *scan, struct scan_job *job,
                      struct bylaw_error *err)
{
    int rc = bylaw__job_ask(job, scan->fetcher, err);

    if (rc) {
        bylaw__job_free(job);
        return rc;
    }
    job->lane->job = job;
    if (scan->auditor->options.follow_links)
        job->follower = scan->fetcher;
    scan->state.busy++;
    return 0;
}

/* ------------------------------------------------------------- fetched --- */

/* The same for all pages of a host, as nothing counts that this scan found. */
static int know_works(struct scan *scan, struct scan_job *job,
                      struct bylaw_error *err)
{
    struct scan_lane *lane = job->lane;
    int rc = 0;

    if (!lane->works_owner) {
        lane->works_owner = bylaw__owner_new(0);
        if (!lane->works_owner)
            return bylaw__fail_memory(err, job->url);
        rc = bylaw__site_works_read(&lane->works, scan->store, job->url,
                                    job->fetched_ms, lane->works_owner, err);
    }
    job->works = lane->works;
    return rc;
}

/* It is read, or done with. */
static int take_fetched(struct scan *scan, struct scan_job *job,
                        struct bylaw_error *err)
{
    int rc = 0;

    if (!bylaw__job_wants_reading(job))
        return bylaw__scan_finish(scan, job, err);
    if (job->kind == SCAN_PAGE)
        rc = know_works(scan, job, err);
    if (rc)
        return rc;
    job->rc = scan->cells ? bylaw__job_send(job, &job->err)
                          : bylaw__job_read(job, scan->auditor);
    if (job->rc || !scan->cells)
        return bylaw__scan_finish(scan, job, err);
    bylaw__cells_give(scan->cells, &job->reading);
    return 0;
}

/* What has come by now; waits for the first where wait says so. */
static int take_all_fetched(bool *out_came, struct scan *scan,
                            struct bylaw__fetch_wait *wait,
                            struct bylaw_error *err)
{
    struct bylaw_response *response = NULL;
    struct scan_job *job;
    void *tag = NULL;

    for (;;) {
        int rc = bylaw__fetch_take(&response, &tag, scan->fetcher, wait, err);

        job = tag;
        if (rc || !job)
            return rc;
        bylaw__job_take(job, response);
        rc = take_fetched(scan, job, err);
        if (rc)
            return rc;
        *out_came = true;
        wait->ms = 0;
    }
}

/* ---------------------------------------------------------------- read --- */

static int take_read(struct scan *scan, struct bylaw__cell_task *task,
                     struct bylaw_error *err)
{
    struct scan_job *job = task->owner;

    bool again = false;

    if (!bylaw__job_receive(job, scan->auditor)) {
        bylaw__cells_reject(scan->cells, task);
        return 0;
    }
    job->rc = bylaw__job_follow(&again, job, scan->auditor);
    if (job->rc || !again)
        return bylaw__scan_finish(scan, job, err);
    bylaw__cells_give(scan->cells, task);
    return 0;
}

static int take_all_read(struct scan *scan, struct bylaw_error *err)
{
    struct bylaw__cell_task *task;
    int rc = bylaw__cells_step(scan->cells, err);

    while (!rc && (task = bylaw__cells_take(scan->cells)))
        rc = take_read(scan, task, err);
    return rc;
}

/* ------------------------------------------------------------- waiting --- */

static bool has_event(const struct bylaw__fetch_wait *wait)
{
    for (size_t i = 0; i < wait->other_count; i++)
        if (wait->others[i].revents)
            return true;
    return false;
}

int bylaw__scan_await(bool *out_came, struct scan *scan, int64_t wait_ms,
                      struct bylaw_error *err)
{
    struct pollfd polls[BYLAW_LIMIT_CELLS];
    struct bylaw__fetch_wait wait = {.ms = wait_ms, .others = polls};
    int rc;

    *out_came = false;
    if (scan->cells) {
        wait.other_count =
            bylaw__cells_polls(polls, BYLAW_LIMIT_CELLS, scan->cells);
        wait.ms = bylaw__cells_patience(scan->cells, (int)wait_ms);
    }
    rc = take_all_fetched(out_came, scan, &wait, err);
    *out_came |= has_event(&wait);
    return rc || !scan->cells ? rc : take_all_read(scan, err);
}
