/* SPDX-License-Identifier: Apache-2.0 */
/* Pages are parsed and judged in cells, and what comes back is checked. */
#include "scan_int.h"

#include <stdlib.h>

#define MOST_HOPS (BYLAW_LIMIT_REDIRECTS + 1)

/* ------------------------------------------------------------- requests --- */

BYLAW__WIRE_COVERS(struct bylaw_hop, 32);

static const struct bylaw_hop *wire_hops(struct bylaw__wire *wire,
                                         const struct bylaw_hop *given,
                                         size_t *count)
{
    struct bylaw_hop *hops;

    *count = bylaw__wire_count(wire, *count, MOST_HOPS);
    hops = bylaw__wire_room(wire, *count, sizeof(*hops));

    for (size_t i = 0; i < *count && !wire->failed; i++) {
        struct bylaw_hop hop = wire->out ? given[i] : (struct bylaw_hop){0};

        hop.url = bylaw__wire_some_text(wire, hop.url);
        hop.status =
            (int)bylaw__wire_u32(wire, (uint32_t)hop.status, INT32_MAX);
        hop.address = bylaw__wire_text(wire, hop.address);
        hop.exchange = NULL; /* is for the record, not for judging */
        if (hops)
            hops[i] = hop;
    }
    return wire->out ? given : hops;
}

/* All but the body. */
BYLAW__WIRE_COVERS(struct bylaw_response, 1176);

static void wire_response(struct bylaw__wire *wire,
                          struct bylaw_response *response)
{
    response->url = bylaw__wire_some_text(wire, response->url);
    response->final_url = bylaw__wire_some_text(wire, response->final_url);
    response->hops = wire_hops(wire, response->hops, &response->hop_count);
    response->status =
        (int)bylaw__wire_u32(wire, (uint32_t)response->status, INT32_MAX);
    response->fetched_at_ms = bylaw__wire_i64(wire, response->fetched_at_ms);
    response->headers = bylaw__wire_span(wire, response->headers);
    response->content_type =
        bylaw__wire_some_text(wire, response->content_type);
    response->charset = bylaw__wire_some_text(wire, response->charset);
    response->media =
        bylaw__wire_u32(wire, response->media, BYLAW_MEDIA_BINARY);
    response->wire_bytes =
        (uint64_t)bylaw__wire_i64(wire, (int64_t)response->wire_bytes);
    response->is_truncated = bylaw__wire_bool(wire, response->is_truncated);
    response->retry_after_ms = bylaw__wire_i64(wire, response->retry_after_ms);
    bylaw__wire_error(wire, &response->refusal);
}

BYLAW__WIRE_COVERS(struct bylaw_trail, 56);

static void wire_trail(struct bylaw__wire *wire, struct bylaw_trail *trail)
{
    trail->link = bylaw__wire_u32(wire, trail->link, UINT32_MAX);
    trail->end = bylaw__wire_u32(wire, trail->end, BYLAW_TRAIL_BLOCKED);
    trail->hops = wire_hops(wire, trail->hops, &trail->hop_count);
    trail->final_url = bylaw__wire_some_text(wire, trail->final_url);
    trail->canonical = bylaw__wire_some_text(wire, trail->canonical);
    trail->tries = bylaw__wire_u32(wire, trail->tries, UINT32_MAX);
    trail->why = bylaw__wire_some_text(wire, trail->why);
}

void bylaw__apart_wire(struct bylaw__wire *wire, struct apart_request *request)
{
    request->kind = bylaw__wire_u32(wire, request->kind, APART_KINDS - 1);
    wire_response(wire, &request->response);
    request->published_url = bylaw__wire_text(wire, request->published_url);
    request->trail_count =
        bylaw__wire_count(wire, request->trail_count, BYLAW_LIMIT_TRAILS);
    for (size_t i = 0; i < request->trail_count; i++)
        wire_trail(wire, &request->trails[i]);
}

/* What was learnt by following links goes along. */
void bylaw__apart_put_trails(struct apart_request *request,
                             const struct audit_box *box)
{
    request->trail_count = box->trail_count;
    for (size_t i = 0; i < box->trail_count; i++)
        request->trails[i] = box->trails[i];
}

/* ------------------------------------------------------------- in a cell --- */

struct bylaw_response *bylaw__apart_response(struct apart_request *request,
                                             struct bylaw__wire *in)
{
    struct bylaw_response *response =
        bylaw__wire_room(in, 1, sizeof(*response));

    if (!response)
        return NULL;
    *response = request->response;
    response->body = in->in;
    response->owner = in->arena;
    return response;
}

static int do_document(struct bylaw__wire *out, bylaw_auditor *auditor,
                       struct bylaw__wire *in, struct apart_request *request)
{
    struct bylaw_response *response = bylaw__apart_response(request, in);
    struct bylaw_document *document = NULL;
    struct bylaw_error why = {0};
    int rc = BYLAW_ENOMEM;

    (void)auditor;
    if (response)
        rc = bylaw__extract(&document, response, request->published_url, &why);
    if (rc != BYLAW_ENOMEM) {
        bylaw__wire_document_answer(out, &document, &why);
        rc = 0;
    }
    bylaw_document_free(document);
    bylaw__owner_free(in->arena);
    return rc;
}

static int do_audit(struct bylaw__wire *out, bylaw_auditor *auditor,
                    struct bylaw__wire *in, struct apart_request *request)
{
    struct bylaw_response *response = bylaw__apart_response(request, in);
    struct bylaw_audit *audit = NULL;
    int rc;

    if (!response) {
        bylaw__owner_free(in->arena);
        return BYLAW_ENOMEM;
    }
    rc = bylaw__audit_by_trails(&audit, auditor, response, request, NULL);
    if (rc)
        return rc;
    bylaw__wire_audit(out, audit->owner, auditor);
    bylaw_audit_free(audit);
    return 0;
}

/* Each frees in->arena, which holds the request. */
static int (*const works[APART_KINDS])(struct bylaw__wire *out,
                                       bylaw_auditor *auditor,
                                       struct bylaw__wire *in,
                                       struct apart_request *request) = {
    [APART_DOCUMENT] = do_document,
    [APART_AUDIT] = do_audit,
    [APART_JOB] = bylaw__apart_job,
};

static int work(struct bylaw__buf *answer, void *payload,
                struct bylaw_span bytes)
{
    struct bylaw__wire in = {.in = bytes, .arena = bylaw__owner_new(0)};
    struct bylaw__wire out = {.out = answer};
    struct apart_request request = {.kind = APART_DOCUMENT};
    bool has_memory;

    if (!in.arena)
        return BYLAW_ENOMEM;
    bylaw__apart_wire(&in, &request);
    if (!in.failed)
        return works[request.kind](&out, payload, &in, &request);
    has_memory = !in.arena->failed;
    bylaw__owner_free(in.arena);
    return has_memory ? BYLAW_EINTERNAL : BYLAW_ENOMEM;
}

/* What the auditor has besides sources and rules stays with the parent. */
static void settle(void *payload)
{
    bylaw_auditor *auditor = payload;

    auditor->options.cells = 0;
    auditor->cells = NULL;
    auditor->screen = bylaw__screen_new();
}

/* --------------------------------------------------------- outside of it --- */

/* What libraries set up at their first use, they set up before there is no
 * file to read it from. */
static int warm_up(struct bylaw_error *err)
{
    char hex[BYLAW__SHA256_HEX];
    struct bylaw__buf folded = {0};
    struct bylaw__utf8 utf8 = {0};
    int rc = bylaw__sha256_hex(hex, BYLAW__SPAN("warm"));

    if (!rc)
        rc = bylaw__text_fold_name(&folded, BYLAW__SPAN("Ångström Юлия"));
    if (!rc)
        rc = bylaw__html_decode(&utf8, BYLAW__SPAN("\xe9t\xe9"), "koi8-r", err);
    bylaw__utf8_release(&utf8);
    bylaw__buf_release(&folded);
    return rc ? bylaw__fail_memory(err, "") : 0;
}

int bylaw__apart_cells(bylaw__cells **out, bylaw_auditor *auditor,
                       unsigned count, struct bylaw_error *err)
{
    const struct bylaw__cell_options options = {
        .work = work,
        .settle = settle,
        .payload = auditor,
        .memory_bytes = BYLAW_LIMIT_CELL_BYTES,
        .cpu_ms = BYLAW_LIMIT_CELL_CPU_MS,
        .wall_ms = BYLAW_LIMIT_CELL_WALL_MS,
        .answer_bytes = BYLAW_LIMIT_CELL_ANSWER,
    };
    int rc = warm_up(err);

    return rc ? rc : bylaw__cells_new(out, &options, count, err);
}

static const struct {
    const char *id, *what;
} failures[] = {
    [BYLAW__CELL_CRASHED] = {"parse.crashed",
                             "the process that read the page broke down"},
    [BYLAW__CELL_TIMEOUT] = {"parse.timeout",
                             "the page takes too long to read"},
    [BYLAW__CELL_MEMORY] = {"parse.memory",
                            "the page takes too much memory to read"},
    [BYLAW__CELL_NONSENSE] = {"parse.nonsense",
                              "what was read of the page makes no sense"},
};

void bylaw__apart_failure(struct bylaw_error *out,
                          const struct bylaw__cell_task *task,
                          const char *where)
{
    bylaw__fail(out, BYLAW_EABORTED, failures[task->outcome].id, where, "%s",
                failures[task->outcome].what);
}

/* Has a response worked on. The answer's reader returns false for one that it
 * cannot believe, after which there may be another. why is filled where there
 * is none. */
struct asking {
    enum apart_kind kind;
    const struct bylaw_response *response;
    const char *published_url;
    bool (*read)(void *payload, struct bylaw__wire *in);
    void *payload;
    const struct audit_box *box; /* whose trails go along; or NULL */
};

static bool believe(struct asking *asking, struct bylaw__cell_task *task)
{
    struct bylaw__wire in = {.in = bylaw__buf_span(&task->answer)};
    bool holds = asking->read(asking->payload, &in);

    bylaw__buf_release(&task->answer);
    return holds;
}

/* A cell knows the sources there were when it was made; for a document it
 * needs none. */
int bylaw__apart_cell(bylaw_auditor *auditor, enum apart_kind kind,
                      struct bylaw_error *err)
{
    bool is_stale = kind != APART_DOCUMENT &&
                    auditor->known_to_cells != auditor->source_count;

    if (auditor->cells && !is_stale)
        return 0;
    bylaw__cells_free(auditor->cells);
    auditor->cells = NULL;
    auditor->known_to_cells = auditor->source_count;
    return bylaw__apart_cells(&auditor->cells, auditor, 1, err);
}

static int ask(struct bylaw_error *why, bylaw_auditor *auditor,
               struct asking *asking, struct bylaw_error *err)
{
    struct apart_request request = {.kind = asking->kind,
                                    .response = *asking->response,
                                    .published_url = asking->published_url};
    struct bylaw__buf head = {0};
    struct bylaw__wire out = {.out = &head};
    struct bylaw__cell_task task = {.body = asking->response->body};
    int rc = bylaw__apart_cell(auditor, asking->kind, err);

    if (asking->box)
        bylaw__apart_put_trails(&request, asking->box);
    bylaw__apart_wire(&out, &request);
    if (!rc && head.failed)
        rc = bylaw__fail_memory(err, asking->response->url);
    task.head = bylaw__buf_span(&head);
    if (!rc)
        rc = bylaw__cells_do(auditor->cells, &task, err);
    while (!rc && task.outcome == BYLAW__CELL_ANSWERED &&
           !believe(asking, &task))
        rc = bylaw__cells_redo(auditor->cells, &task, err);
    if (!rc && task.outcome != BYLAW__CELL_ANSWERED)
        bylaw__apart_failure(why, &task, asking->response->url);
    bylaw__buf_release(&head);
    return rc;
}

struct document_answer {
    struct bylaw_document *document;
    struct bylaw_error why;
};

static bool read_document_answer(void *payload, struct bylaw__wire *in)
{
    struct document_answer *answer = payload;
    struct bylaw__arena arena = {0};

    *answer = (struct document_answer){0};
    /* cppcheck-suppress autoVariables ; taken back before it ends */
    in->arena = &arena;
    bylaw__wire_document_answer(in, &answer->document, &answer->why);
    in->arena = NULL;
    bylaw__arena_release(&arena);
    if (bylaw__wire_is_whole(in))
        return true;
    bylaw_document_free(answer->document);
    answer->document = NULL;
    return false;
}

int bylaw__apart_document(struct bylaw_document **out, bylaw_auditor *auditor,
                          const struct bylaw_response *response,
                          const char *published_url, struct bylaw_error *err)
{
    struct document_answer answer = {0};
    struct asking asking = {APART_DOCUMENT,       response, published_url,
                            read_document_answer, &answer,  NULL};
    struct bylaw_error failure = {0};
    int rc = ask(&failure, auditor, &asking, err);

    if (rc)
        return rc;
    if (failure.code)
        answer.why = failure;
    if (answer.why.code && err)
        *err = answer.why;
    *out = answer.document;
    return answer.why.code;
}

struct audit_answer {
    struct audit_box *box;
    const bylaw_auditor *auditor;
    struct bylaw_error refusal; /* as the transport told it */
};

static bool read_audit_answer(void *payload, struct bylaw__wire *in)
{
    struct audit_answer *answer = payload;
    struct audit_box *box = answer->box;

    in->arena = &box->arena;
    bylaw__wire_audit(in, box, answer->auditor);
    if (bylaw__wire_is_whole(in))
        return true;
    bylaw_document_free(box->document);
    box->document = NULL;
    box->count = 0;
    box->response->refusal = answer->refusal;
    return false;
}

static int ask_for_audit(struct audit_box *box, bylaw_auditor *auditor,
                         const char *published_url, struct bylaw_error *err)
{
    struct audit_answer answer = {box, auditor, box->response->refusal};
    struct asking asking = {APART_AUDIT,       box->response, published_url,
                            read_audit_answer, &answer,       box};
    struct bylaw_error failure = {0};
    int rc = ask(&failure, auditor, &asking, err);

    if (rc || !failure.code)
        return rc;
    if (!box->response->refusal.code)
        box->response->refusal = failure;
    return bylaw__audit_box_unread(box, err);
}

int bylaw__apart_follow(bool *out_is_new, struct audit_box *box,
                        bylaw_auditor *auditor, struct bylaw_error *err)
{
    bool is_new = false;
    int rc = 0;

    *out_is_new = false;
    for (size_t i = 0; !rc && box->document && i < box->count; i++) {
        rc = bylaw__audit_box_follow(&is_new, box, auditor,
                                     box->rows[i].judgement, err);
        *out_is_new |= is_new;
    }
    return rc;
}

void bylaw__audit_box_clear(struct audit_box *box)
{
    bylaw_document_free(box->document);
    box->document = NULL;
    box->count = 0;
}

/* A cell cannot follow links: what it leaves open is followed here, and the
 * page judged once more by what that told. */
int bylaw__apart_audit(struct audit_box *box, bylaw_auditor *auditor,
                       const char *published_url, struct bylaw_error *err)
{
    struct bylaw_error refusal = box->response->refusal;
    bool is_new = false;
    int rc = bylaw__pipeline_ready(auditor, err);

    if (!rc)
        rc = ask_for_audit(box, auditor, published_url, err);
    if (!rc && box->follower)
        rc = bylaw__apart_follow(&is_new, box, auditor, err);
    if (rc || !is_new)
        return rc;
    bylaw__audit_box_clear(box);
    box->response->refusal = refusal;
    return ask_for_audit(box, auditor, published_url, err);
}
