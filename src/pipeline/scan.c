/* SPDX-License-Identifier: Apache-2.0 */
/* A scan from its beginning to its end: which host is asked what, and when. */
#include "scan_int.h"

#include <stdio.h>
#include <stdlib.h>

#define SHOW_MS 200 /* between two calls of the progress callback */
#define TRIES   3u  /* of a page that asks to come back later */

#define FIRST_WAIT_MS 2000 /* for a host that is overloaded, the first time */
#define STRAIN_MOST   5u   /* overloaded answers in a row before it is left */

int64_t bylaw__scan_now(const struct scan *scan)
{
    const struct bylaw_audit_options *audit = &scan->options->audit;

    return audit->now_ms(audit->clock_payload);
}

int64_t bylaw__scan_ticks(const struct scan *scan)
{
    return scan->options->ticks_ms(scan->options->ticks_payload);
}

void bylaw__scan_complain(const struct scan *scan,
                          const struct bylaw_error *why)
{
    if (scan->options->complain)
        scan->options->complain(scan->options->payload, why);
}

static bool is_stopped(const struct scan *scan)
{
    return scan->options->stop && *scan->options->stop;
}

const char *bylaw_scan_outcome_name(enum bylaw_scan_outcome outcome)
{
    static const char *const names[] = {"none", "complete", "limited",
                                        "interrupted", "barren"};

    return (size_t)outcome < sizeof(names) / sizeof(names[0]) ? names[outcome]
                                                              : names[0];
}

/* -------------------------------------------------------------- asking --- */

static struct scan_job *new_job(struct scan_lane *lane, enum scan_kind kind,
                                struct bylaw_error *err)
{
    struct scan_job *job = calloc(1, sizeof(*job));

    if (!job) {
        bylaw__fail_memory(err, lane->host);
        return NULL;
    }
    job->lane = lane;
    job->kind = kind;
    return job;
}

static int ask_robots(struct scan *scan, struct scan_lane *lane,
                      struct scan_origin *origin, struct bylaw_error *err)
{
    struct scan_job *job = new_job(lane, SCAN_ROBOTS, err);

    if (!job)
        return BYLAW_ENOMEM;
    job->origin = origin;
    if (asprintf(&job->robots_url, "%s/robots.txt", origin->name) < 0) {
        job->robots_url = NULL;
        bylaw__job_free(job);
        return bylaw__fail_memory(err, lane->host);
    }
    job->url = job->robots_url;
    return bylaw__scan_begin(scan, job, err);
}

static int prepare_search(struct scan *scan, struct scan_job *job,
                          struct bylaw_error *err)
{
    const struct bylaw_scan_options *options = scan->options;
    size_t number = job->task->search;
    const char *key =
        options->search_keys ? options->search_keys[number] : NULL;
    struct bylaw__buf header = {0};
    int rc;

    job->searcher =
        bylaw__searcher_find(options->config->searches[number].service);
    if (!job->searcher->authorise || !key)
        return 0;
    rc = job->searcher->authorise(&header, key, err);
    if (!rc && header.len)
        job->header = bylaw__buf_take(&header, NULL);
    bylaw__buf_release(&header);
    return rc;
}

bool bylaw__scan_screens(const struct scan *scan)
{
    return !scan->options->reads_all &&
           scan->options->audit.hints < BYLAW_HINTS_LIKELY;
}

/* Takes the lane's current task over. */
static int ask_page(struct scan *scan, struct scan_lane *lane,
                    struct scan_origin *origin, struct bylaw_error *err)
{
    struct scan_task *task = lane->current;
    struct scan_job *job = new_job(lane, task->kind, err);
    int rc = 0;

    if (!job)
        return BYLAW_ENOMEM;
    lane->current = NULL;
    task->tries++;
    job->task = task;
    job->url = task->url;
    job->origin = origin;
    job->wants_links = lane->is_watched && task->depth < lane->depth;
    job->may_screen = bylaw__scan_screens(scan) && !task->has_case;
    job->keeps_wire = scan->captures && task->kind == SCAN_PAGE;
    if (task->kind == SCAN_SEARCH)
        rc = prepare_search(scan, job, err);
    if (rc) {
        bylaw__job_free(job);
        return rc;
    }
    scan->visits++;
    return bylaw__scan_begin(scan, job, err);
}

static const char *robots_refusal(const struct scan_origin *origin,
                                  const struct scan_task *task)
{
    bylaw_url *url = NULL;
    bool may;

    if (origin->refusal)
        return origin->refusal;
    if (bylaw_url_parse(&url, bylaw__span_of(task->url), NULL, NULL))
        return "url.malformed";
    may = bylaw__robots_allows(origin->robots, url, NULL);
    bylaw_url_free(url);
    return may ? NULL : "scan.robots-disallowed";
}

/* What a search service permits is said in its terms, not in a file; but a
 * site that searches itself is a site like others. */
static bool heeds_robots(const struct scan *scan, const struct scan_task *task)
{
    const struct bylaw_config *config = scan->options->config;

    return task->kind != SCAN_SEARCH ||
           bylaw__searcher_find(config->searches[task->search].service)
               ->is_site;
}

/* Beyond a day's share the question waits for the next scan. */
static int serve_search(bool *out_asked, struct scan *scan,
                        struct scan_lane *lane, struct scan_origin *origin,
                        struct bylaw_error *err)
{
    int rc = bylaw__scan_may_search(out_asked, scan, lane->current->search,
                                    lane->host, err);

    if (rc || *out_asked)
        return rc ? rc : ask_page(scan, lane, origin, err);
    bylaw__task_free(lane->current);
    lane->current = NULL;
    scan->lanes.left++;
    return 0;
}

/* Asks for the current task, or for robots.txt before; *out_asked is false
 * where it was refused without asking, and is done with. */
static int serve_task(bool *out_asked, struct scan *scan,
                      struct scan_lane *lane, struct bylaw_error *err)
{
    struct scan_task *task = lane->current;
    struct scan_origin *origin = NULL;
    const char *refusal;
    int rc;

    *out_asked = true;
    if (!heeds_robots(scan, task))
        return serve_search(out_asked, scan, lane, NULL, err);
    rc = bylaw__scan_origin(&origin, scan, task->url, err);
    if (rc)
        return rc;
    if (!origin->robots)
        return ask_robots(scan, lane, origin, err);
    refusal = robots_refusal(origin, task);
    if (!refusal && task->kind == SCAN_SEARCH)
        return serve_search(out_asked, scan, lane, origin, err);
    if (!refusal)
        return ask_page(scan, lane, origin, err);
    *out_asked = false;
    rc = bylaw__scan_refuse(scan, task, refusal, err);
    lane->current = NULL;
    bylaw__task_free(task);
    return rc;
}

static int serve_lane(struct scan *scan, struct scan_lane *lane,
                      struct bylaw_error *err)
{
    for (;;) {
        bool asked;
        int rc = 0;

        if (!lane->current)
            rc = bylaw__scan_next(&lane->current, scan, lane, err);
        if (rc)
            return rc;
        if (!lane->current)
            return bylaw__lane_rest(&scan->lanes, lane, lane->ready_ms);
        rc = serve_task(&asked, scan, lane, err);
        if (rc || asked)
            return rc;
    }
}

static bool may_ask(const struct scan *scan)
{
    return !is_stopped(scan) && scan->visits < scan->most_visits &&
           scan->state.busy < scan->hosts;
}

static int serve_lanes(struct scan *scan, struct bylaw_error *err)
{
    struct scan_lane *lane;
    int rc = 0;

    while (!rc && may_ask(scan) &&
           (lane = bylaw__lanes_take(&scan->lanes, bylaw__scan_ticks(scan))))
        rc = serve_lane(scan, lane, err);
    return rc;
}

/* ------------------------------------------------------------- answers --- */

static bool is_same_page(const char *a, const char *b)
{
    bylaw_url *left = NULL, *right = NULL;
    bool same =
        !bylaw_url_parse(&left, bylaw__span_of(a), NULL, NULL) &&
        !bylaw_url_parse(&right, bylaw__span_of(b), NULL, NULL) &&
        strcmp(bylaw_url_canonical(left), bylaw_url_canonical(right)) == 0;

    bylaw_url_free(left);
    bylaw_url_free(right);
    return same;
}

/* The same page behind another scheme or "www.": the visit goes on there.
 * True where it does; the task is the lane's again. */
static bool move_on(struct scan_job *job)
{
    struct scan_task *task = job->task;
    char *next;

    if (!job->held || task->redirects >= BYLAW_LIMIT_REDIRECTS ||
        !is_same_page(task->url, job->held) ||
        strcmp(task->url, job->held) == 0)
        return false;
    next = strdup(job->held);
    if (!next)
        return false;
    free(task->url);
    task->url = next;
    task->redirects++;
    job->task = NULL;
    job->lane->current = task;
    return true;
}

/* A host that does not say for how long is left alone twice as long each
 * time. */
static int64_t back_off(const struct scan_job *job)
{
    int64_t wait = FIRST_WAIT_MS;

    if (job->retry_after_ms > 0)
        return job->retry_after_ms;
    for (unsigned i = 1; i < job->lane->strain; i++)
        wait *= 2;
    return wait;
}

/* An overloaded host gets the while it asks for; for longer, or where it stays
 * so, the next scan. Returns how long to wait. */
static int64_t heed_wait(struct scan *scan, struct scan_job *job)
{
    struct scan_lane *lane = job->lane;
    int64_t wait;

    if (!bylaw__scan_is_busy(job)) {
        lane->strain = 0;
        return 0;
    }
    if (job->kind == SCAN_ROBOTS && job->retry_after_ms <= 0)
        return 0; /* nothing else is asked there in this scan */
    lane->strain++;
    wait = back_off(job);
    if (scan->options->once || wait > BYLAW_LIMIT_SCAN_WAIT_MS ||
        lane->strain > STRAIN_MOST) {
        bylaw__lane_close(&scan->lanes, lane);
        return 0;
    }
    if (job->task && job->task->tries < TRIES) {
        lane->current = job->task;
        job->task = NULL;
    }
    return wait;
}

static int64_t pause_of(const struct scan *scan, const struct scan_job *job)
{
    int64_t pause = scan->options->config->crawl.delay_ms;

    if (job->origin && job->origin->delay_ms > pause)
        pause = job->origin->delay_ms;
    if (job->searcher && job->searcher->pause_ms > pause)
        pause = job->searcher->pause_ms;
    return pause;
}

static int take_answer(struct scan *scan, struct scan_job *job,
                       struct bylaw_error *err)
{
    if (job->rc) {
        if (err)
            *err = job->err;
        return job->rc;
    }
    if (job->kind == SCAN_ROBOTS)
        return bylaw__scan_robots(scan, job, err);
    if (move_on(job))
        return 0;
    return bylaw__scan_record(scan, job, err);
}

int bylaw__scan_finish(struct scan *scan, struct scan_job *job,
                       struct bylaw_error *err)
{
    int64_t pause;
    int rc;

    job->lane->job = NULL;
    bylaw__job_close(job);
    rc = take_answer(scan, job, err);
    scan->state.busy--;
    pause = pause_of(scan, job);
    if (!rc) {
        int64_t asked = heed_wait(scan, job);

        pause = asked > pause ? asked : pause;
    }
    if (!rc && bylaw__lane_rest(&scan->lanes, job->lane,
                                bylaw__scan_ticks(scan) + pause))
        rc = bylaw__fail_memory(err, job->lane->host);
    bylaw__job_free(job);
    return rc;
}

/* ---------------------------------------------------------------- loop --- */

static void show(struct scan *scan, bool is_last)
{
    struct bylaw_scan_progress *state = &scan->state;
    int64_t ticks = bylaw__scan_ticks(scan);
    int64_t spent = ticks - scan->began_ticks;

    state->queued = scan->lanes.queued;
    state->waiting = (unsigned)scan->lanes.waiting;
    state->per_second =
        spent > 0 ? (double)state->fetched * 1000 / (double)spent : 0;
    if (!scan->options->progress ||
        (!is_last && ticks - scan->shown_ticks < SHOW_MS))
        return;
    scan->shown_ticks = ticks;
    scan->options->progress(scan->options->payload, state);
}

static bool is_ending(const struct scan *scan)
{
    return is_stopped(scan) || scan->visits >= scan->most_visits;
}

/* How long to wait for an answer: no longer than until a host is ready. */
static int64_t patience(const struct scan *scan)
{
    int64_t next = bylaw__lanes_next(&scan->lanes);
    int64_t wait = SHOW_MS;

    if (!is_ending(scan) && scan->state.busy < scan->hosts && next != INT64_MAX)
        wait = next - bylaw__scan_ticks(scan);
    return wait > SHOW_MS ? SHOW_MS : wait > 1 ? wait : 1;
}

/* More of what is due, once all that was queued is done. */
static int refill(bool *out_more, struct scan *scan, struct bylaw_error *err)
{
    size_t count = 0;
    int rc = 0;

    if (!is_ending(scan) && !scan->lanes.queued)
        rc = bylaw__scan_load(&count, scan, err);
    *out_more = count > 0;
    return rc;
}

static bool is_over(const struct scan *scan)
{
    if (scan->state.busy)
        return false;
    return is_ending(scan) || bylaw__lanes_next(&scan->lanes) == INT64_MAX;
}

static int run(struct scan *scan, struct bylaw_error *err)
{
    bool more = true, came;
    int rc = 0;

    while (!rc && more) {
        rc = serve_lanes(scan, err);
        if (!rc && is_over(scan)) {
            rc = refill(&more, scan, err);
            continue;
        }
        if (rc)
            return rc;
        rc = bylaw__scan_await(&came, scan, patience(scan), err);
        /* Nothing to do but wait: what there is goes to disk. */
        if (!rc && !came)
            rc = bylaw__scan_commit(scan, err);
        show(scan, false);
    }
    return rc;
}

/* ------------------------------------------------------ beginning, end --- */

static enum bylaw_scan_outcome outcome_of(const struct scan *scan)
{
    if (is_stopped(scan))
        return BYLAW_SCAN_INTERRUPTED;
    if (scan->state.fetched && scan->state.failed * 2 > scan->state.fetched)
        return BYLAW_SCAN_BARREN;
    if (scan->lanes.left ||
        (scan->visits >= scan->most_visits && scan->lanes.queued))
        return BYLAW_SCAN_LIMITED;
    return BYLAW_SCAN_COMPLETE;
}

static int begin(struct scan *scan, struct bylaw_error *err)
{
    const struct bylaw_scan_options *options = scan->options;
    const struct bylaw_crawl *crawl = &options->config->crawl;
    int rc = bylaw__store_open(&scan->store, options->store_path,
                               BYLAW__STORE_WRITE, err);

    if (!rc)
        rc = bylaw__scan_captures_open(scan, err);
    if (!rc)
        rc = bylaw_auditor_new(&scan->auditor, &options->audit, err);
    scan->began_ms = bylaw__scan_now(scan);
    scan->began_ticks = scan->shown_ticks = bylaw__scan_ticks(scan);
    if (!rc)
        rc = bylaw__scan_keep(scan, err);
    scan->most_visits =
        options->max_pages ? options->max_pages : crawl->max_pages_per_scan;
    scan->lanes.most_pages = crawl->max_pages_per_host;
    scan->hosts =
        options->concurrency ? options->concurrency : crawl->concurrency;
    scan->unanswered =
        calloc(options->config->search_count + 1, sizeof(*scan->unanswered));
    if (!rc && !scan->unanswered)
        rc = bylaw__fail_memory(err, options->store_path);
    if (scan->hosts > BYLAW_LIMIT_SCAN_HOSTS)
        scan->hosts = BYLAW_LIMIT_SCAN_HOSTS;
    if (!scan->hosts)
        scan->hosts = 1;
    return rc;
}

/* What scans that were cut short visited is not to be spent again. */
static int take_spent(void *payload, const struct bylaw__spent_row *row)
{
    struct scan *scan = payload;
    struct scan_lane *lane = bylaw__lane_of_host(&scan->lanes, row->host);

    if (!lane)
        return BYLAW_ENOMEM;
    lane->pages += (unsigned)row->pages;
    lane->crawled += (unsigned)row->crawled;
    /* Who names a number means this run. */
    if (!scan->options->max_pages)
        scan->visits += row->asked;
    return 0;
}

static int resume(struct scan *scan, struct bylaw_error *err)
{
    int rc = bylaw__store_spent(scan->store, scan->row, scan->began_ms,
                                SCAN_DEPTH_LEAD, take_spent, scan, err);

    return rc == BYLAW_ENOMEM ? bylaw__fail_memory(err, "") : rc;
}

static int seed(struct scan *scan, struct bylaw_error *err)
{
    size_t count;
    int rc =
        bylaw__store_scan_begin(&scan->row, scan->store, scan->began_ms, err);

    if (!rc)
        rc = bylaw__store_pages_set_back(scan->store, scan->began_ms, err);
    if (!rc)
        rc = resume(scan, err);
    if (!rc)
        rc = bylaw__scan_allow(scan, err);
    if (!rc)
        rc = bylaw__scan_cases(scan, err);
    if (!rc)
        rc = bylaw__store_begin(scan->store, err);
    scan->has_batch = !rc;
    if (!rc)
        rc = bylaw__scan_basis(scan, err);
    if (!rc)
        rc = bylaw__scan_compare(scan, err);
    if (!rc)
        rc = bylaw__scan_seed(scan, err);
    if (!rc)
        rc = bylaw__scan_commit(scan, err);
    return rc ? rc : bylaw__scan_load(&count, scan, err);
}

static int end(struct bylaw_scan_result *out, struct scan *scan,
               struct bylaw_error *err)
{
    struct bylaw__scan_row row = {.id = scan->row, .began_ms = scan->began_ms};
    int rc;

    show(scan, true);
    out->outcome = outcome_of(scan);
    out->id = scan->row;
    out->total = scan->state;
    out->began_ms = scan->began_ms;
    out->ended_ms = bylaw__scan_now(scan);
    rc = bylaw__store_fold(scan->store, err);
    if (rc)
        return rc;
    row.ended_ms = out->ended_ms;
    row.outcome = bylaw_scan_outcome_name(out->outcome);
    row.fetched = scan->state.fetched;
    row.matched = scan->state.matched;
    row.failed = scan->state.failed;
    row.changed = scan->state.fetched - scan->state.unchanged;
    rc = bylaw__store_scan_end(scan->store, &row, err);
    if (!rc && scan->keeper)
        rc = bylaw__keeper_seal(scan->keeper, err);
    return rc;
}

static void release(struct scan *scan)
{
    bylaw__fetcher_free(scan->fetcher);
    bylaw__cells_free(scan->cells);
    bylaw__lanes_release(&scan->lanes);
    bylaw__origins_release(&scan->origins);
    bylaw__map_release(&scan->with_case);
    free(scan->links);
    bylaw__sha256_free(scan->sha);
    free(scan->unanswered);
    free(scan->allowances);
    bylaw_auditor_free(scan->auditor);
    bylaw__captures_abandon(scan->captures);
    bylaw__keeper_close(scan->keeper);
    bylaw__store_close(scan->store);
    for (size_t i = 0; i < scan->skipped_count; i++)
        free(scan->skipped[i]);
    free(scan->skipped);
    bylaw__buf_release(&scan->by_hand);
    bylaw__buf_release(&scan->by_list);
}

/* The auditor's own, which read the articles, knows none of them. */
static int make_cells(struct scan *scan, struct bylaw_error *err)
{
    bylaw_auditor *auditor = scan->auditor;
    struct bylaw__cell_guard guard;
    struct bylaw_error why;
    int rc;

    rc = bylaw__apart_cells(&scan->cells, auditor, auditor->options.cells, err);
    if (rc)
        return rc;
    bylaw__cells_guard(&guard, scan->cells);
    bylaw__fail(&why, BYLAW_EUNSUPPORTED, "cell.unguarded", "",
                "the kernel filters no system calls of those who read pages");
    if (!guard.has_filter)
        bylaw__scan_complain(scan, &why);
    return 0;
}

int bylaw_scan(struct bylaw_scan_result *out,
               const struct bylaw_scan_options *options,
               struct bylaw_error *err)
{
    struct scan scan = {.options = options};
    int rc = begin(&scan, err);

    if (!rc)
        rc = bylaw__scan_sources(&scan, err);
    if (!rc)
        rc = seed(&scan, err);
    if (!rc && options->audit.cells)
        rc = make_cells(&scan, err);
    if (!rc)
        rc = bylaw__fetcher_new(&scan.fetcher, &options->audit.fetch,
                                options->audit.transport, scan.auditor->clock,
                                err);
    if (!rc)
        rc = run(&scan, err);
    if (!rc)
        rc = bylaw__scan_commit(&scan, err);
    if (!rc)
        rc = bylaw__scan_captures_close(&scan, err);
    if (!rc)
        rc = end(out, &scan, err);
    release(&scan);
    return rc;
}
