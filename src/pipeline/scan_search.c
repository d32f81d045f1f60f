/* SPDX-License-Identifier: Apache-2.0 */
/* Search services: what they are asked, how often, what they answer. */
#include "scan_int.h"

#include <stdio.h>
#include <stdlib.h>

#define DAY_MS ((int64_t)24 * 3600 * 1000)

/* A repost of half the article, wherever that half stands, holds one of them
 * with 98 in 100. */
#define PHRASES_PER_SOURCE 6u

/* ------------------------------------------------------------- a share --- */

static int write_count(struct scan *scan, const char *name, unsigned count,
                       int64_t since_ms, struct bylaw_error *err)
{
    struct bylaw__buf value = {0};
    int rc;

    bylaw__buf_printf(&value, "%u", count);
    rc = value.failed
             ? bylaw__fail_memory(err, name)
             : bylaw__store_note_put(scan->store, name, bylaw__buf_span(&value),
                                     since_ms, err);
    bylaw__buf_release(&value);
    return rc;
}

/* The day begins with the first request; a request counts before it is made,
 * so that a kill cannot have it forgotten. */
static int count_request(bool *out_may, struct scan *scan, const char *name,
                         unsigned most, struct bylaw_error *err)
{
    struct bylaw__buf value = {0};
    int64_t now = bylaw__scan_now(scan), since_ms = 0;
    unsigned long count = 0;
    int rc = bylaw__store_note_get(&value, &since_ms, scan->store, name, err);

    if (since_ms && since_ms <= now && now - since_ms < DAY_MS && value.ptr)
        count = strtoul(value.ptr, NULL, 10);
    else
        since_ms = now;
    bylaw__buf_release(&value);
    *out_may = count < most;
    if (rc || !*out_may)
        return rc;
    return write_count(scan, name, (unsigned)count + 1, since_ms, err);
}

int bylaw__scan_may_search(bool *out_may, struct scan *scan, size_t number,
                           const char *host, struct bylaw_error *err)
{
    const struct bylaw_search *search =
        &scan->options->config->searches[number];
    struct bylaw__buf name = {0};
    int rc;

    bylaw__buf_printf(&name, "asked %s %s", search->service, host);
    rc = name.failed
             ? bylaw__fail_memory(err, search->service)
             : count_request(out_may, scan, name.ptr, search->per_day, err);
    bylaw__buf_release(&name);
    return rc;
}

/* ----------------------------------------------------------- questions --- */

static int name_question(struct scan *scan, const char *address,
                         const char *service, unsigned part,
                         struct bylaw_error *err)
{
    struct bylaw__buf via = {0};
    struct scan_naming naming = {address, NULL, SCAN_SEARCH, SCAN_DEPTH_LEAD};
    int rc;

    bylaw__buf_printf(&via, SCAN_SEARCH_VIA "%s", service);
    if (part > 1)
        bylaw__buf_printf(&via, " %u", part);
    naming.via = via.ptr;
    rc = via.failed ? bylaw__fail_memory(err, service)
                    : bylaw__scan_name(scan, &naming, err);
    bylaw__buf_release(&via);
    return rc;
}

/* subject: a phrase or a host. */
static int ask_about(struct scan *scan, size_t number, const char *endpoint,
                     const char *subject, struct bylaw_error *err)
{
    const char *service = scan->options->config->searches[number].service;
    struct bylaw__buf address = {0};
    struct bylaw_error why = {0};
    int rc = bylaw__searcher_find(service)->ask(&address, endpoint,
                                                bylaw__span_of(subject), &why);

    if (rc) {
        bylaw__scan_complain(scan, &why);
        rc = 0;
    } else {
        rc = address.failed ? bylaw__fail_memory(err, service)
                            : name_question(scan, address.ptr, service, 1, err);
    }
    bylaw__buf_release(&address);
    return rc;
}

int bylaw__scan_choose_phrases(struct scan *scan, struct prepared_source *entry,
                               struct bylaw_error *err)
{
    if (!scan->options->config->search_count)
        return 0;
    return bylaw__query_phrases(&entry->phrases, entry->source,
                                PHRASES_PER_SOURCE, err);
}

static int ask_phrases(struct scan *scan, size_t number,
                       const struct prepared_source *entry,
                       struct bylaw_error *err)
{
    const char *endpoint = scan->options->config->searches[number].endpoint;
    const struct bylaw__phrases_out *phrases = entry->phrases;
    int rc = 0;

    for (size_t i = 0; !rc && i < phrases->count; i++)
        rc = ask_about(scan, number, endpoint, phrases->items[i], err);
    return rc;
}

/* ---------------------------------------------------------------- hosts --- */

/* An index of an archive knows addresses, no words: it is asked for the hosts
 * that are watched. */
static int ask_host(struct scan *scan, size_t number, const char *endpoint,
                    const struct bylaw_watch *watch, struct bylaw_error *err)
{
    const struct scan_lane *lane;

    if (watch->kind == BYLAW_WATCH_NONE || watch->kind == BYLAW_WATCH_LIST)
        return 0;
    lane = bylaw__lane_of(&scan->lanes, watch->spec);
    if (!lane)
        return bylaw__fail_memory(err, watch->spec);
    return ask_about(scan, number, endpoint, lane->host, err);
}

static int ask_hosts(struct scan *scan, size_t number, const char *endpoint,
                     struct bylaw_error *err)
{
    const struct bylaw_config *config = scan->options->config;
    int rc = 0;

    for (size_t i = 0; !rc && i < config->watch_count; i++)
        rc = ask_host(scan, number, endpoint, &config->watches[i], err);
    return rc;
}

static int index_name(struct bylaw__buf *out, const char *service,
                      struct bylaw_error *err)
{
    bylaw__buf_printf(out, "index %s", service);
    return out->failed ? bylaw__fail_memory(err, service) : 0;
}

/* The list of indexes is not read at every scan: the one it named last is
 * asked for hosts that have come since. */
static int ask_known_index(struct scan *scan, size_t number,
                           struct bylaw_error *err)
{
    const char *service = scan->options->config->searches[number].service;
    struct bylaw__buf name = {0}, endpoint = {0};
    int64_t at_ms = 0;
    int rc = index_name(&name, service, err);

    if (!rc)
        rc = bylaw__store_note_get(&endpoint, &at_ms, scan->store, name.ptr,
                                   err);
    bylaw__buf_add_text(&endpoint, "");
    if (!rc && endpoint.failed)
        rc = bylaw__fail_memory(err, service);
    if (!rc && at_ms)
        rc = ask_hosts(scan, number, endpoint.ptr, err);
    bylaw__buf_release(&name);
    bylaw__buf_release(&endpoint);
    return rc;
}

static int take_index(struct scan *scan, size_t number, const char *endpoint,
                      struct bylaw_error *err)
{
    const char *service = scan->options->config->searches[number].service;
    struct bylaw__buf name = {0};
    int rc = index_name(&name, service, err);

    if (!rc)
        rc = bylaw__store_note_put(scan->store, name.ptr,
                                   bylaw__span_of(endpoint),
                                   bylaw__scan_now(scan), err);
    bylaw__buf_release(&name);
    return rc ? rc : ask_hosts(scan, number, endpoint, err);
}

int bylaw__scan_ask(struct scan *scan, size_t number, struct bylaw_error *err)
{
    const struct bylaw_search *search =
        &scan->options->config->searches[number];
    const struct bylaw__searcher *searcher =
        bylaw__searcher_find(search->service);
    size_t count = bylaw_auditor_source_count(scan->auditor);
    int rc = 0;

    if (!searcher)
        return 0;
    if (searcher->wants_host) {
        rc = ask_hosts(scan, number, search->endpoint, err);
        if (!rc && searcher->is_list && searcher->is_list(search->endpoint))
            rc = ask_known_index(scan, number, err);
        return rc;
    }
    for (size_t i = 0; !rc && i < count; i++)
        rc = ask_phrases(scan, number, &scan->auditor->sources[i], err);
    return rc;
}

/* -------------------------------------------------------------- answers --- */

static int take_lead(struct scan *scan, const struct scan_job *job,
                     const struct bylaw__lead *lead, struct bylaw_error *err)
{
    size_t number = job->task->search;
    const struct bylaw_search *search =
        &scan->options->config->searches[number];
    unsigned part = lead->page ? lead->page : job->task->part + 1;
    struct bylaw__buf via = {0};
    struct scan_naming naming = {lead->url, NULL, SCAN_PAGE, SCAN_DEPTH_LEAD};
    int rc;

    if (lead->kind == BYLAW__LEAD_INDEX)
        return take_index(scan, number, lead->url, err);
    if (lead->kind == BYLAW__LEAD_FEED)
        return part > search->pages
                   ? 0
                   : name_question(scan, lead->url, search->service, part, err);
    bylaw__buf_printf(&via, SCAN_SEARCH_VIA "%s", search->service);
    naming.via = via.ptr;
    rc = via.failed ? bylaw__fail_memory(err, search->service)
                    : bylaw__scan_name(scan, &naming, err);
    bylaw__buf_release(&via);
    return rc;
}

/* One failure of a service is told; it is seldom the last. */
static void tell_failure(struct scan *scan, const struct scan_job *job)
{
    const struct bylaw_search *search =
        &scan->options->config->searches[job->task->search];
    struct bylaw_error why = job->complaint;

    if (job->is_read || job->status == 304 ||
        scan->unanswered[job->task->search])
        return;
    scan->unanswered[job->task->search] = true;
    if (!why.code)
        bylaw__fail(&why, BYLAW_ENETWORK,
                    job->refusal ? job->refusal : "fetch.http-status", "",
                    job->status ? "it answers with HTTP status %d"
                                : "it could not be asked",
                    job->status);
    snprintf(why.where, sizeof(why.where), "%s", search->service);
    bylaw__scan_complain(scan, &why);
}

int bylaw__scan_answer(struct scan *scan, const struct scan_job *job,
                       struct bylaw_error *err)
{
    int rc = 0;

    tell_failure(scan, job);
    for (size_t i = 0; !rc && job->leads && i < job->leads->count; i++)
        rc = take_lead(scan, job, &job->leads->items[i], err);
    return rc;
}

bool bylaw__scan_is_busy(const struct scan_job *job)
{
    const struct bylaw__searcher *searcher = job->searcher;

    if (job->status == 429 || job->status == 503 ||
        (job->complaint.code && !strcmp(job->complaint.id, "answer.busy")))
        return true;
    for (size_t i = 0; searcher && i < BYLAW__SEARCHER_BUSY; i++)
        if (searcher->busy[i] && searcher->busy[i] == job->status)
            return true;
    return false;
}
