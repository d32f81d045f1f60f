/* SPDX-License-Identifier: Apache-2.0 */
/* What a cell may answer, which is anything: documents, audits, a scan's jobs.
 * The first byte says which of them. Whatever is believed can be used. */
#include "pipeline/scan_int.h"
#include "report/report.h"

#include <stdlib.h>

#define SEED "seeds/global-research-japan-nato/source.yaml"
#define PAGE "https://harbour.example/world/japan"

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static int64_t fixed_now(void *payload)
{
    (void)payload;
    return 1700000000000;
}

static bylaw_auditor *the_auditor(void)
{
    static bylaw_auditor *auditor;
    struct bylaw_audit_options options = {.rules_dir = "rules",
                                          .now_ms = fixed_now};

    if (auditor)
        return auditor;
    demand(!bylaw_auditor_new(&auditor, &options, NULL));
    demand(!bylaw_auditor_add_source(auditor, SEED, NULL, NULL));
    demand(!bylaw__pipeline_ready(auditor, NULL));
    return auditor;
}

static struct bylaw_response *new_response(void)
{
    struct bylaw_response *response = NULL;

    demand(!bylaw__response_from_bytes(&response, PAGE, PAGE,
                                       BYLAW__SPAN("<p>page"), "text/html", 0,
                                       NULL));
    return response;
}

static void use_document(struct bylaw_document *document)
{
    struct bylaw__placement *placement = NULL;
    struct bylaw__buf out = {0};

    if (!bylaw__pipeline_place(&placement, NULL, the_auditor(), document, 0,
                               NULL)) {
        bylaw__report_document_json(&out, document, placement);
        bylaw__main_text(&out, document, placement);
    }
    bylaw__placement_free(placement);
    bylaw__buf_release(&out);
}

static void read_document(struct bylaw_span bytes)
{
    struct bylaw__arena arena = {0};
    struct bylaw__wire in = {.in = bytes, .arena = &arena};
    struct bylaw_document *document = NULL;
    struct bylaw_error why = {0};

    bylaw__wire_document_answer(&in, &document, &why);
    if (bylaw__wire_is_whole(&in) && document)
        use_document(document);
    bylaw_document_free(document);
    bylaw__arena_release(&arena);
}

static void use_audit(const struct bylaw_audit *audit)
{
    static const struct bylaw__report_style plain;
    struct bylaw__buf out = {0};

    demand(audit->row_count > 0);
    bylaw__report_audit_json(&out, audit);
    bylaw__report_audit_text(&out, audit, &plain);
    bylaw__buf_release(&out);
}

static void read_audit(struct bylaw_span bytes)
{
    struct audit_box *box = bylaw__audit_box_new(new_response(), NULL);
    struct bylaw__wire in = {.in = bytes, .arena = &box->arena};

    bylaw__wire_audit(&in, box, the_auditor());
    if (bylaw__wire_is_whole(&in))
        use_audit(bylaw__audit_box_close(box));
    bylaw_audit_free(&box->audit);
}

static void check_links(const struct scan_job *job)
{
    for (size_t i = 0; i < job->link_count; i++)
        demand(strstr(job->links[i], "harbour.example") != NULL);
}

static void read_job(struct bylaw_span bytes)
{
    char host[] = "harbour.example";
    struct scan_lane lane = {.host = host};
    struct scan_job *job = calloc(1, sizeof(*job));

    demand(job != NULL);
    job->lane = &lane;
    job->url = PAGE;
    job->response = new_response();
    job->reading.outcome = BYLAW__CELL_ANSWERED;
    bylaw__buf_add_span(&job->reading.answer, bytes);
    if (bylaw__job_receive(job, the_auditor())) {
        check_links(job);
        if (job->audit)
            use_audit(job->audit);
        bylaw__job_close(job);
    } else {
        demand(job->response != NULL);
    }
    bylaw__job_free(job);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const readers[])(struct bylaw_span) = {read_document,
                                                         read_audit, read_job};
    struct bylaw_span bytes = {(const char *)data + 1, size - 1};

    if (size && data[0] < sizeof(readers) / sizeof(readers[0]))
        readers[data[0]](bytes);
    return 0;
}
