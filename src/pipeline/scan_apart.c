/* SPDX-License-Identifier: Apache-2.0 */
/* A scan's pages and lists are read in cells: asked there, answered, checked. */
#include "scan_int.h"
#include "site_works.h"

#include <stdlib.h>

/* ------------------------------------------------------------- question --- */

/* What a cell has to know of a job besides the response. */
struct job_question {
    enum scan_kind kind;
    bool wants_links, may_screen;
    const char *host;    /* of the lane */
    const char *service; /* of a search, or NULL */
    struct site_works *works;
};

static void wire_question(struct bylaw__wire *wire,
                          struct job_question *question)
{
    question->kind = bylaw__wire_u32(wire, question->kind, SCAN_SEARCH);
    question->wants_links = bylaw__wire_bool(wire, question->wants_links);
    question->may_screen = bylaw__wire_bool(wire, question->may_screen);
    question->host = bylaw__wire_some_text(wire, question->host);
    question->service = bylaw__wire_text(wire, question->service);
    question->works = bylaw__site_works_wire(wire, question->works);
}

/* What is no part of the crawl leads nowhere. */
static const char *host_of(const struct scan_job *job)
{
    return job->lane ? job->lane->host : "";
}

int bylaw__job_send(struct scan_job *job, struct bylaw_error *err)
{
    struct bylaw__wire out = {.out = &job->reading_head};
    struct apart_request request = {.kind = APART_JOB,
                                    .response = *job->response};
    struct job_question question = {
        .kind = job->kind,
        .wants_links = job->wants_links,
        .may_screen = job->may_screen,
        .host = host_of(job),
        .service = job->searcher ? job->searcher->name : NULL,
        .works = job->works,
    };

    bylaw__buf_clear(&job->reading_head);
    if (job->before)
        bylaw__apart_put_trails(&request, job->before->owner);
    bylaw__apart_wire(&out, &request);
    wire_question(&out, &question);
    if (job->reading_head.failed)
        return bylaw__fail_memory(err, job->url);
    job->reading.head = bylaw__buf_span(&job->reading_head);
    job->reading.body = job->response->body;
    job->reading.owner = job;
    return 0;
}

/* --------------------------------------------------------------- answer --- */

/* Addresses as bylaw_url_href writes them: escapes have made them longer. */
#define ADDRESS_BYTES (3 * BYLAW_LIMIT_URL_BYTES)

static bool is_printable(const char *address)
{
    size_t len = strlen(address);

    for (size_t i = 0; i < len; i++)
        if (address[i] <= ' ' || address[i] == 0x7f)
            return false;
    return len && len <= ADDRESS_BYTES;
}

static bool begins_with_host(struct bylaw_span rest, const char *host)
{
    size_t len = strlen(host);

    return bylaw__span_starts(rest, host) && rest.len > len &&
           (rest.ptr[len] == '/' || rest.ptr[len] == ':');
}

/* A link leads to the lane's host: nothing else is asked for because a cell
 * says so. */
static bool is_on_host(const char *link, const char *host)
{
    struct bylaw_span rest = bylaw__span_of(link);

    if (bylaw__span_starts(rest, "http://"))
        rest = bylaw__span_sub(rest, 7, rest.len);
    else if (bylaw__span_starts(rest, "https://"))
        rest = bylaw__span_sub(rest, 8, rest.len);
    else
        return false;
    return begins_with_host(rest, host) ||
           (bylaw__span_starts(rest, "www.") &&
            begins_with_host(bylaw__span_sub(rest, 4, rest.len), host));
}

static void wire_links(struct bylaw__wire *wire, struct scan_job *job)
{
    size_t count =
        bylaw__wire_count(wire, job->link_count, BYLAW_LIMIT_SCAN_LINKS);

    if (!wire->out)
        job->links = bylaw__wire_room(wire, count, sizeof(*job->links));
    for (size_t i = 0; i < count && !wire->failed; i++) {
        const char *link =
            bylaw__wire_some_text(wire, wire->out ? job->links[i] : NULL);

        bylaw__wire_demand(wire, link && is_printable(link) &&
                                     is_on_host(link, host_of(job)));
        if (!wire->out)
            job->links[i] = link;
    }
    job->link_count = count;
}

BYLAW__WIRE_COVERS(struct bylaw__lead, 56);

static void wire_lead(struct bylaw__wire *wire, struct bylaw__lead *lead)
{
    lead->kind = bylaw__wire_u32(wire, lead->kind, BYLAW__LEAD_INDEX);
    lead->url = bylaw__wire_some_text(wire, lead->url);
    lead->title = bylaw__wire_some_text(wire, lead->title);
    lead->published_ms = bylaw__wire_i64(wire, lead->published_ms);
    lead->page = bylaw__wire_u32(wire, lead->page, UINT32_MAX);
    bylaw__wire_demand(wire, lead->url && is_printable(lead->url));
}

BYLAW__WIRE_COVERS(struct bylaw__leads, 296);

/* What a lead's text says the scan has no use for. */
static void wire_lead_items(struct bylaw__wire *wire,
                            struct bylaw__leads *leads)
{
    size_t count = bylaw__wire_count(wire, leads->count, BYLAW_LIMIT_LEADS);
    struct bylaw__lead *items = bylaw__wire_room(wire, count, sizeof(*items));

    for (size_t i = 0; i < count && !wire->failed; i++) {
        struct bylaw__lead lead =
            wire->out ? leads->items[i] : (struct bylaw__lead){0};

        wire_lead(wire, &lead);
        if (items)
            items[i] = lead;
    }
    if (wire->out)
        return;
    leads->items = items;
    leads->count = count;
}

static void wire_leads(struct bylaw__wire *wire, struct bylaw__leads **leads)
{
    const char *because;

    if (!bylaw__wire_bool(wire, *leads != NULL))
        return;
    if (!wire->out)
        *leads = bylaw__wire_room(wire, 1, sizeof(**leads));
    if (!*leads)
        return;
    (*leads)->title = bylaw__wire_some_text(wire, (*leads)->title);
    (*leads)->is_cut = bylaw__wire_bool(wire, (*leads)->is_cut);
    because = bylaw__wire_some_text(wire, (*leads)->cut_because);
    bylaw__wire_demand(wire, because && strlen(because) <
                                            sizeof((*leads)->cut_because));
    if (!wire->out && !wire->failed)
        memcpy((*leads)->cut_because, because, strlen(because) + 1);
    wire_lead_items(wire, *leads);
}

static const char *wire_refusal(struct bylaw__wire *wire, const char *id)
{
    const struct bylaw_diagnostic *row;

    id = bylaw__wire_text(wire, id);
    row = id && !wire->out ? bylaw_diagnostic_find(id) : NULL;
    bylaw__wire_demand(wire, !id || row);
    return row ? row->id : id;
}

static bool has_copy(const struct bylaw_audit *audit)
{
    for (size_t i = 0; audit && i < audit->row_count; i++)
        if (audit->rows[i].source)
            return true;
    return false;
}

/* Their texts stay with the audit that had them followed. */
static void take_trails(struct audit_box *box, const struct audit_box *before)
{
    memcpy(box->trails, before->trails, sizeof(box->trails));
    box->trail_count = before->trail_count;
}

/* An audit has the response that was judged; here, it is the job's. */
static void wire_audit(struct bylaw__wire *wire, struct scan_job *job,
                       const bylaw_auditor *auditor)
{
    struct audit_box *box = has_copy(job->audit) ? job->audit->owner : NULL;

    if (!bylaw__wire_bool(wire, box != NULL))
        return;
    if (!wire->out) {
        box = bylaw__audit_box_new(job->response, NULL);
        job->response = NULL;
        bylaw__wire_demand(wire, box != NULL);
    }
    if (!box)
        return;
    if (!wire->out && job->before)
        take_trails(box, job->before->owner);
    bylaw__wire_audit(wire, box, auditor);
    job->audit = bylaw__audit_box_close(box);
}

static void wire_answer(struct bylaw__wire *wire, struct scan_job *job,
                        const bylaw_auditor *auditor)
{
    job->is_complete = bylaw__wire_bool(wire, job->is_complete);
    job->is_read = bylaw__wire_bool(wire, job->is_read);
    job->refusal = wire_refusal(wire, job->refusal);
    bylaw__wire_error(wire, &job->complaint);
    wire_links(wire, job);
    wire_leads(wire, &job->leads);
    wire_audit(wire, job, auditor);
}

/* ------------------------------------------------------------ in a cell --- */

/* The response is freed with in's arena, which it lies in. */
int bylaw__apart_job(struct bylaw__wire *out, bylaw_auditor *auditor,
                     struct bylaw__wire *in, struct apart_request *request)
{
    struct job_question question = {.kind = SCAN_PAGE};
    struct scan_lane lane = {0};
    struct scan_job job = {.lane = &lane};
    int rc;

    wire_question(in, &question);
    job.response = bylaw__apart_response(request, in);
    if (!job.response) {
        bylaw__owner_free(in->arena);
        return BYLAW_ENOMEM;
    }
    bylaw__arena_init(&job.arena, 0);
    job.kind = question.kind;
    job.wants_links = question.wants_links;
    job.may_screen = question.may_screen;
    job.asked = request;
    job.works = question.works;
    lane.host = bylaw__arena_strdup(&job.arena, question.host);
    job.url = job.response->url;
    job.final_url = bylaw__arena_strdup(&job.arena, job.response->final_url);
    job.refusal = job.response->refusal.id;
    if (question.service)
        job.searcher = bylaw__searcher_find(question.service);
    rc = bylaw__job_read(&job, auditor);
    if (!rc)
        wire_answer(out, &job, auditor);
    bylaw__leads_free(job.leads);
    bylaw_audit_free(job.audit);
    bylaw_response_free(job.response);
    bylaw__arena_release(&job.arena);
    return rc;
}

/* ---------------------------------------------------------- outside of it --- */

/* A page that no cell could read is as one that no parser could; it is asked
 * for anew next time, as if it had never been seen. */
static void take_failure(struct scan_job *job)
{
    struct bylaw_error why;

    bylaw__apart_failure(&why, &job->reading, job->url);
    job->is_complete = job->is_read = false;
    if (!job->refusal)
        job->refusal = why.id;
    job->complaint = why;
    job->etag = job->last_modified = job->sha256 = NULL;
}

/* What an answer that does not hold has left behind. */
static void forget_answer(struct scan_job *job)
{
    struct audit_box *box = job->audit ? job->audit->owner : NULL;

    if (box) {
        job->response = box->response;
        box->response = NULL;
        bylaw_audit_free(job->audit);
    }
    job->audit = NULL;
    job->leads = NULL;
    job->link_count = 0;
    memset(&job->complaint, 0, sizeof(job->complaint));
}

bool bylaw__job_receive(struct scan_job *job, bylaw_auditor *auditor)
{
    struct bylaw__wire in = {.in = bylaw__buf_span(&job->reading.answer),
                             .arena = &job->arena};
    struct bylaw_error refusal = job->response->refusal;
    const char *id = job->refusal;

    if (job->reading.outcome != BYLAW__CELL_ANSWERED) {
        take_failure(job);
        return true;
    }
    wire_answer(&in, job, auditor);
    if (bylaw__wire_is_whole(&in)) {
        bylaw__buf_release(&job->reading.answer);
        return true;
    }
    forget_answer(job);
    job->response->refusal = refusal;
    job->refusal = id;
    return false;
}

int bylaw__job_follow(bool *out_again, struct scan_job *job,
                      bylaw_auditor *auditor)
{
    struct audit_box *box = job->audit ? job->audit->owner : NULL;
    int rc;

    *out_again = false;
    if (!box || !job->follower || job->before)
        return 0;
    box->follower = job->follower;
    rc = bylaw__apart_follow(out_again, box, auditor, &job->err);
    if (rc || !*out_again)
        return rc;
    job->before = job->audit;
    job->audit = NULL;
    job->response = box->response;
    box->response = NULL;
    return bylaw__job_send(job, &job->err);
}

static int read_apart(struct scan_job *job, bylaw_auditor *auditor)
{
    int rc =
        bylaw__apart_cell(auditor,
                          job->kind == SCAN_PAGE ? APART_AUDIT : APART_DOCUMENT,
                          &job->err);

    if (!rc)
        rc = bylaw__job_send(job, &job->err);
    if (!rc)
        rc = bylaw__cells_do(auditor->cells, &job->reading, &job->err);
    while (!rc && !bylaw__job_receive(job, auditor))
        rc = bylaw__cells_redo(auditor->cells, &job->reading, &job->err);
    return rc;
}

int bylaw__job_read_alone(struct scan_job *job, bylaw_auditor *auditor)
{
    if (job->rc || !bylaw__job_wants_reading(job))
        return job->rc;
    job->rc = auditor->options.cells ? read_apart(job, auditor)
                                     : bylaw__job_read(job, auditor);
    bylaw__job_close(job);
    return job->rc;
}
