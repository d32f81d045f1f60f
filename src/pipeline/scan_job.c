/* SPDX-License-Identifier: Apache-2.0 */
/* What is done about one address: ask for it, read the answer, judge it. */
#include "scan_int.h"

#include <stdlib.h>

#define MATCHES_BYTES (64u << 20) /* of one page's audits, links and the like */

void bylaw__job_free(struct scan_job *job)
{
    if (!job)
        return;
    bylaw__leads_free(job->leads);
    bylaw_audit_free(job->audit);
    bylaw_audit_free(job->before);
    bylaw_response_free(job->response);
    bylaw__buf_release(&job->reading.answer);
    bylaw__buf_release(&job->reading_head);
    bylaw__arena_release(&job->arena);
    bylaw__task_free(job->task);
    free(job->robots_url);
    free(job->header);
    free(job);
}

/* ------------------------------------------------------------- asking --- */

static bool is_same_origin(const bylaw_url *a, const bylaw_url *b)
{
    return bylaw_url_port(a) == bylaw_url_port(b) &&
           strcmp(bylaw_url_scheme(a), bylaw_url_scheme(b)) == 0 &&
           strcmp(bylaw_url_host(a), bylaw_url_host(b)) == 0;
}

/* A redirect is followed at once only to the same page of the same server,
 * and where robots.txt lets us; elsewhere another entry or robots.txt is in
 * charge. */
static bool may_follow(void *payload, const bylaw_url *next)
{
    struct scan_job *job = payload;
    bylaw_url *from = NULL;
    bool may;

    if (bylaw_url_parse(&from, bylaw__span_of(job->url), NULL, NULL))
        return false;
    may =
        is_same_origin(from, next) &&
        strcmp(bylaw_url_canonical(from), bylaw_url_canonical(next)) == 0 &&
        (!job->origin || bylaw__robots_allows(job->origin->robots, next, NULL));
    bylaw_url_free(from);
    if (!may)
        job->held = bylaw__arena_strdup(&job->arena, bylaw_url_href(next));
    return may;
}

int bylaw__job_ask(struct scan_job *job, bylaw__fetcher *fetcher,
                   struct bylaw_error *err)
{
    struct bylaw__fetch_extra extra = {
        .header = job->header,
        .keeps_wire = job->keeps_wire,
        .most_bytes = job->kind == SCAN_FEED || job->kind == SCAN_SITEMAP
                          ? BYLAW_LIMIT_XML_BYTES
                          : 0,
        .may_follow = job->kind == SCAN_ROBOTS ? NULL : may_follow,
        .payload = job,
    };

    bylaw__arena_init(&job->arena, 2 * (size_t)MATCHES_BYTES);
    if (job->task) {
        extra.etag = job->task->etag;
        extra.last_modified = job->task->last_modified;
    }
    return bylaw__fetch_start(fetcher, job->url, &extra, job, err);
}

static const char *header_of(struct scan_job *job,
                             const struct bylaw_response *response,
                             const char *name)
{
    struct bylaw_span value = bylaw__response_header(response, name);

    if (!value.len || value.len > BYLAW_LIMIT_VALIDATOR_BYTES)
        return NULL;
    return bylaw__arena_copy(&job->arena, value);
}

static void take_facts(struct scan_job *job,
                       const struct bylaw_response *response)
{
    job->status = response->status;
    job->fetched_ms = response->fetched_at_ms;
    job->retry_after_ms = response->retry_after_ms;
    job->is_truncated = response->is_truncated;
    job->final_url = bylaw__arena_strdup(&job->arena, response->final_url);
    job->refusal = response->refusal.code ? response->refusal.id : NULL;
    if (job->kind == SCAN_ROBOTS)
        job->body = response->body;
    /* What a redirect led to has validators of its own. */
    if (response->hop_count == 1 && !response->is_truncated) {
        job->etag = header_of(job, response, "etag");
        job->last_modified = header_of(job, response, "last-modified");
    }
}

static bool is_worth_reading(const struct bylaw_response *response)
{
    return (response->status == 200 || response->status == 203) &&
           response->body.len;
}

static int hash_body(struct scan_job *job,
                     const struct bylaw_response *response)
{
    char hex[BYLAW__SHA256_HEX];

    if (response->is_truncated)
        return 0;
    if (bylaw__sha256_hex(hex, response->body))
        return bylaw__fail_memory(&job->err, job->url);
    job->sha256 = bylaw__arena_strdup(&job->arena, hex);
    return 0;
}

/* A service may say by another status that nothing was found. */
static bool may_be_none(const struct scan_job *job)
{
    return job->kind == SCAN_SEARCH && job->searcher->is_none &&
           job->response->status;
}

bool bylaw__job_wants_reading(const struct scan_job *job)
{
    if (job->rc || job->kind == SCAN_ROBOTS || !job->response)
        return false;
    return is_worth_reading(job->response) || may_be_none(job);
}

void bylaw__job_take(struct scan_job *job, struct bylaw_response *response)
{
    job->response = response;
    take_facts(job, response);
    if (bylaw__job_wants_reading(job) && is_worth_reading(response))
        job->rc = hash_body(job, response);
    if (!job->rc && job->arena.failed)
        job->rc = bylaw__fail_memory(&job->err, job->url);
}

/* -------------------------------------------------------------- lists --- */

static struct bylaw__answer answer_of(struct scan_job *job,
                                      const struct bylaw_response *response)
{
    const char *name = job->searcher->total_header;

    return (struct bylaw__answer){response->body, response->final_url,
                                  name ? header_of(job, response, name) : NULL,
                                  response->status};
}

/* The service says in its own way that nothing was found: that is an answer. */
static bool take_none(struct scan_job *job,
                      const struct bylaw_response *response)
{
    struct bylaw__answer answer;

    if (job->kind != SCAN_SEARCH || !job->searcher->is_none)
        return false;
    answer = answer_of(job, response);
    if (!job->searcher->is_none(&answer))
        return false;
    job->is_read = job->is_complete = true;
    job->refusal = NULL;
    return true;
}

static int read_list(struct scan_job *job,
                     const struct bylaw_response *response)
{
    const char *base = response->final_url;

    if (job->kind == SCAN_SEARCH) {
        struct bylaw__answer answer = answer_of(job, response);

        return job->searcher->read(&job->leads, &answer, &job->complaint);
    }
    if (job->kind == SCAN_SITEMAP)
        return bylaw__sitemap_read(&job->leads, response->body, base,
                                   &job->complaint);
    return bylaw__feed_read(&job->leads, response->body, base, &job->complaint);
}

/* What cannot be read is a fact about the list, not about us. */
static int take_list(struct scan_job *job,
                     const struct bylaw_response *response)
{
    int rc = read_list(job, response);

    job->is_read = !rc;
    job->is_complete = !rc && !response->is_truncated;
    return rc == BYLAW_ENOMEM || rc == BYLAW_EINTERNAL ? rc : 0;
}

/* -------------------------------------------------------------- pages --- */

static const char *audit_json(struct scan_job *job,
                              const struct bylaw_audit *audit, size_t i)
{
    struct bylaw__buf out;
    const char *text;

    bylaw__buf_init(&out, MATCHES_BYTES);
    bylaw__report_record_json(&out, audit, i);
    text = bylaw__arena_copy(&job->arena, bylaw__buf_span(&out));
    job->arena.failed |= out.failed;
    bylaw__buf_release(&out);
    return text;
}

static void take_row(struct scan_job *job, const struct bylaw_audit *audit,
                     size_t i)
{
    const struct bylaw_audit_row *row = &audit->rows[i];
    struct bylaw__visit_match *match = &job->matches[job->match_count++];

    match->source = bylaw__arena_strdup(&job->arena, row->source->id);
    match->verdict = bylaw_verdict_name(row->judgement->verdict);
    match->because = bylaw__arena_strdup(&job->arena, row->judgement->because);
    match->rule =
        row->rule ? bylaw__arena_strdup(&job->arena, row->rule->id) : NULL;
    match->rule_sha256 =
        row->rule ? bylaw__arena_strdup(&job->arena, row->rule->sha256) : NULL;
    match->severity = row->judgement->severity;
    match->confidence = bylaw_confidence_name(row->judgement->confidence);
    match->match_class = bylaw_match_class_name(row->match->class);
    match->coverage = row->match->source_coverage;
    match->audit_json = audit_json(job, audit, i);
}

static void take_rows(struct scan_job *job, const struct bylaw_audit *audit)
{
    job->matches = bylaw__arena_alloc_array(&job->arena, audit->row_count,
                                            sizeof(*job->matches));
    for (size_t i = 0; job->matches && i < audit->row_count; i++)
        if (audit->rows[i].source)
            take_row(job, audit, i);
}

/* The audit has the response then. */
static int audit_page(struct scan_job *job, bylaw_auditor *auditor)
{
    struct bylaw_response *response = job->response;
    struct bylaw_audit *audit = NULL;
    int rc;

    job->response = NULL;
    rc = job->asked ? bylaw__audit_by_trails(&audit, auditor, response,
                                             job->asked, &job->err)
                    : bylaw__pipeline_audit(&audit, auditor, response, NULL,
                                            job->follower, &job->err);
    if (rc)
        return rc;
    job->is_complete = audit->is_complete;
    job->is_read = audit->document != NULL;
    if (audit->response->refusal.code)
        job->refusal = audit->response->refusal.id;
    if (job->wants_links && audit->document)
        bylaw__job_links(job, audit->document);
    job->audit = audit;
    return 0;
}

static int read_page(struct scan_job *job, bylaw_auditor *auditor)
{
    bool is_done = false;
    int rc = 0;

    if (job->may_screen)
        rc = bylaw__job_screen(&is_done, job, auditor->index, auditor->screen,
                               job->response);
    return rc || is_done ? rc : audit_page(job, auditor);
}

int bylaw__job_read(struct scan_job *job, bylaw_auditor *auditor)
{
    int rc;

    if (!auditor->screen)
        auditor->screen = bylaw__screen_new();
    if (!auditor->screen)
        return bylaw__fail_memory(&job->err, job->url);
    if (take_none(job, job->response) || !is_worth_reading(job->response))
        return 0;
    auditor->works = job->works;
    rc = job->kind == SCAN_PAGE ? read_page(job, auditor)
                                : take_list(job, job->response);
    auditor->works = NULL;
    if (!rc && job->arena.failed)
        rc = bylaw__fail_memory(&job->err, job->url);
    return rc;
}

/* What tells whether two addresses are of one page. */
static int take_likeness(struct scan_job *job,
                         const struct bylaw_document *document)
{
    const struct bylaw_meta *canonical =
        bylaw_document_meta(document, BYLAW_META_CANONICAL);
    char hex[BYLAW__SHA256_HEX];
    struct bylaw__buf text;
    int rc = 0;

    bylaw__buf_init(&text, MATCHES_BYTES);
    if (bylaw__main_text(&text, document, NULL) ||
        bylaw__sha256_hex(hex, bylaw__buf_span(&text)))
        rc = bylaw__fail_memory(&job->err, job->url);
    else
        job->text_sha256 = bylaw__arena_strdup(&job->arena, hex);
    if (!rc && canonical)
        job->declared = bylaw__arena_copy(&job->arena, canonical->value);
    bylaw__buf_release(&text);
    return rc;
}

/* So that the verdicts can be reached again without the network. */
static int take_trails(struct scan_job *job, const struct audit_box *box)
{
    struct bylaw__buf text = {0};

    if (!box->trail_count)
        return 0;
    bylaw__trails_json(&text, box->trails, box->trail_count);
    job->trails = text.failed
                      ? NULL
                      : bylaw__arena_copy(&job->arena, bylaw__buf_span(&text));
    bylaw__buf_release(&text);
    return job->trails ? 0 : bylaw__fail_memory(&job->err, job->url);
}

void bylaw__job_close(struct scan_job *job)
{
    if (job->audit)
        take_rows(job, job->audit);
    if (!job->rc && job->match_count)
        job->rc = take_likeness(job, job->audit->document);
    if (!job->rc && job->match_count)
        job->rc = take_trails(job, job->audit->owner);
    if (!job->rc && job->arena.failed)
        job->rc = bylaw__fail_memory(&job->err, job->url);
}
