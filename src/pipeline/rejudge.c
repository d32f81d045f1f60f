/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts on record reached again, from captures, without the network. */
#include "pipeline_int.h"
#include "site_works.h"

#include "archive/archive.h"
#include "report/report.h"
#include "store/store.h"

#include <stdlib.h>

struct rejudging {
    const struct bylaw__rejudge_options *options;
    struct bylaw__rejudge_result *result;
    bylaw__store *store;
    bylaw_auditor *auditor;
    const char *source;        /* that is being loaded, or NULL */
    int64_t now_ms;            /* when the visit being judged was */
    int64_t visit;             /* whose audit this is: */
    struct bylaw_audit *audit; /* NULL where it cannot be had, because: */
    struct bylaw_error why;
    struct bylaw__buf text;
    struct bylaw_error *err;
};

/* ------------------------------------------------------------- captures --- */

/* Reads a capture as the answer that it was. */
static int read_response(struct bylaw_response **out,
                         const struct bylaw__capture *capture,
                         struct bylaw_error *err)
{
    struct bylaw__warc_work work = {0};
    struct bylaw__warc_page page;
    int rc;

    if (!bylaw__warc_page(&page, &work, &capture->record))
        rc = bylaw__fail(err, BYLAW_EUNSUPPORTED, "rejudge.no-page", "",
                         "the capture holds no page");
    else
        rc = bylaw__warc_response(out, &page, err);
    bylaw__warc_work_release(&work);
    return rc;
}

struct place {
    struct bylaw__buf file, sha256;
    uint64_t offset, length;
    int64_t at_ms;
};

static int note_place(void *payload, const struct bylaw__capture_row *row)
{
    struct place *place = payload;

    bylaw__buf_clear(&place->file);
    bylaw__buf_clear(&place->sha256);
    bylaw__buf_add_text(&place->file, row->file);
    bylaw__buf_add_text(&place->sha256, row->sha256);
    place->offset = row->offset;
    place->length = row->length;
    place->at_ms = row->at_ms;
    return 0;
}

static int read_place(struct bylaw__capture **out, struct rejudging *r,
                      const struct place *place, struct bylaw_error *err)
{
    struct bylaw__capture_ref ref = {place->file.ptr, place->offset,
                                     place->length, place->sha256.ptr};

    return bylaw__capture_read(out, r->options->captures_path, &ref, err);
}

static void release_place(struct place *place)
{
    bylaw__buf_release(&place->file);
    bylaw__buf_release(&place->sha256);
}

/* A revisit has its body in the record that it names. */
static int follow(struct bylaw__capture **capture, struct rejudging *r,
                  struct bylaw_error *err)
{
    struct place place = {0};
    struct bylaw__buf id = {0};
    int rc;

    if ((*capture)->record.kind != BYLAW__WARC_REVISIT)
        return 0;
    bylaw__buf_add_span(&id, (*capture)->record.refers_to);
    rc = bylaw__store_capture_named(r->store, id.ptr ? id.ptr : "", note_place,
                                    &place, err);
    bylaw__capture_free(*capture);
    *capture = NULL;
    if (!rc && !place.file.len)
        rc = bylaw__fail(err, BYLAW_EIO, "rejudge.no-page", "",
                         "the capture that it repeats is not on record");
    if (!rc)
        rc = read_place(capture, r, &place, err);
    bylaw__buf_release(&id);
    release_place(&place);
    return rc;
}

/* -------------------------------------------------------------- sources --- */

/* What an article said when it was last captured stands for its address. */
static int recall(struct bylaw_response **out, void *payload, const char *url,
                  struct bylaw_error *err)
{
    struct rejudging *r = payload;
    struct bylaw__capture *capture = NULL;
    struct place place = {0};
    int rc = r->source ? bylaw__store_capture_last(r->store, 0, r->source,
                                                   note_place, &place, err)
                       : 0;

    (void)url;
    if (!rc && place.file.len)
        rc = read_place(&capture, r, &place, err);
    if (!rc && capture)
        rc = read_response(out, capture, err);
    bylaw__capture_free(capture);
    release_place(&place);
    return rc;
}

static int refuse_network(struct bylaw_response **out, void *payload,
                          const char *url, struct bylaw_error *err)
{
    (void)out;
    (void)payload;
    return bylaw__fail(err, BYLAW_EREFUSED, "rejudge.offline", url,
                       "it was never captured, and nothing is fetched here");
}

static bool is_fatal(int rc)
{
    return rc == BYLAW_ENOMEM || rc == BYLAW_EINTERNAL;
}

/* The workspace knows the article by a name of its own, as verdicts do. */
static int take_last(struct rejudging *r, const struct bylaw__source_row *row,
                     struct bylaw_error *why)
{
    struct bylaw_source *source =
        r->auditor->sources[r->auditor->source_count - 1].source;
    const char *sha256 = source->document->sha256;

    source->id = bylaw__arena_strdup(source->owner, row->name);
    if (!source->id)
        return bylaw__fail_memory(why, row->name);
    if (row->sha256 && sha256 && strcmp(row->sha256, sha256))
        return bylaw__fail(why, BYLAW_EIO, "rejudge.other-article", row->name,
                           "the article is not the one that pages were judged "
                           "against");
    /* As for a scan: what it says of passages is to be the same. */
    bylaw__source_forget_document(source);
    return 0;
}

static int load_source(void *payload, const struct bylaw__source_row *row)
{
    struct rejudging *r = payload;
    struct bylaw_error why = {0};
    int rc;

    if (strcmp(row->kind, "article"))
        return 0;
    r->source = row->name;
    rc = bylaw__pipeline_add_source(r->auditor, row->spec, row->url, row->rule,
                                    &why);
    r->source = NULL;
    if (!rc)
        rc = take_last(r, row, &why);
    if (is_fatal(rc) && r->err)
        *r->err = why;
    if (rc)
        r->options->complain(r->options->payload, &why);
    return is_fatal(rc) ? rc : 0;
}

/* --------------------------------------------------------------- audits --- */

static int64_t tell_now(void *payload)
{
    return ((const struct rejudging *)payload)->now_ms;
}

static int read_visit(struct bylaw_response **out, struct rejudging *r,
                      const struct bylaw__verdict_row *row)
{
    struct bylaw__capture_ref ref = {row->file, row->offset, row->length,
                                     row->sha256};
    struct bylaw__capture *capture = NULL;
    int rc = row->file
                 ? bylaw__capture_read(&capture, r->options->captures_path,
                                       &ref, &r->why)
                 : bylaw__fail(&r->why, BYLAW_EIO, "rejudge.no-capture",
                               row->url, "the visit was not captured");

    if (!rc)
        rc = follow(&capture, r, &r->why);
    if (!rc)
        rc = read_response(out, capture, &r->why);
    bylaw__capture_free(capture);
    if (rc)
        return rc;
    /* As the visit saw it: when it was, and under which address it asked. */
    (*out)->fetched_at_ms = row->fetched_ms;
    return 0;
}

/* What the site was known to have taken over when the visit was judged. */
static int read_works(struct rejudging *r, const struct bylaw__verdict_row *row,
                      struct bylaw__arena *arena)
{
    struct site_works *works = NULL;
    int rc = bylaw__site_works_read(&works, r->store, row->url, row->fetched_ms,
                                    arena, &r->why);

    r->auditor->works = works;
    return rc;
}

static int audit_visit(struct rejudging *r,
                       const struct bylaw__verdict_row *row)
{
    struct bylaw_response *response = NULL;
    struct bylaw__buf trails = {0};
    struct bylaw__arena arena;
    int rc;

    bylaw__arena_init(&arena, 0);
    bylaw_audit_free(r->audit);
    r->audit = NULL;
    r->visit = row->visit;
    r->now_ms = row->fetched_ms;
    r->why = (struct bylaw_error){0};
    rc = read_visit(&response, r, row);
    if (!rc)
        rc = read_works(r, row, &arena);
    if (!rc)
        rc = bylaw__store_trails(&trails, r->store, row->visit, &r->why);
    if (!rc)
        rc = bylaw__pipeline_audit_again(&r->audit, r->auditor, response,
                                         bylaw__buf_span(&trails), &r->why);
    else
        bylaw_response_free(response);
    r->auditor->works = NULL;
    bylaw__buf_release(&trails);
    bylaw__arena_release(&arena);
    return is_fatal(rc) ? rc : 0;
}

static const struct bylaw_audit_row *find_row(const struct bylaw_audit *audit,
                                              size_t *out_number,
                                              const char *source)
{
    for (size_t i = 0; i < audit->row_count; i++)
        if (audit->rows[i].source &&
            !strcmp(audit->rows[i].source->id, source)) {
            *out_number = i;
            return &audit->rows[i];
        }
    return NULL;
}

static enum bylaw__rejudge_outcome compare(struct rejudging *r,
                                           const struct bylaw__verdict_row *row,
                                           const struct bylaw_audit_row *now,
                                           size_t number)
{
    char sha256[BYLAW__SHA256_HEX];

    if (!now ||
        strcmp(bylaw_verdict_name(now->judgement->verdict), row->verdict))
        return BYLAW__REJUDGE_CHANGED;
    bylaw__buf_clear(&r->text);
    bylaw__report_record_json(&r->text, r->audit, number);
    if (r->text.failed ||
        bylaw__sha256_hex(sha256,
                          bylaw__span_trim(bylaw__buf_span(&r->text))) ||
        !row->audit_sha256 || strcmp(sha256, row->audit_sha256))
        return BYLAW__REJUDGE_SAME_VERDICT;
    return BYLAW__REJUDGE_IDENTICAL;
}

static int rejudge_row(void *payload, const struct bylaw__verdict_row *row)
{
    struct rejudging *r = payload;
    struct bylaw__rejudged told = {.match = row->match,
                                   .url = row->url,
                                   .source = row->source,
                                   .verdict_then = row->verdict,
                                   .because_then = row->because};
    const struct bylaw_audit_row *now = NULL;
    size_t number = 0;
    int rc = r->visit == row->visit ? 0 : audit_visit(r, row);

    if (rc) {
        if (r->err)
            *r->err = r->why;
        return rc;
    }
    if (r->audit) {
        now = find_row(r->audit, &number, row->source);
        told.outcome = compare(r, row, now, number);
        told.verdict_now =
            now ? bylaw_verdict_name(now->judgement->verdict) : "none";
        told.because_now = now ? now->judgement->because
                               : "The article is not found on the page.";
        told.is_other_rule = row->rule_sha256 && now && now->rule &&
                             strcmp(row->rule_sha256, now->rule->sha256) != 0;
    } else {
        told.why = &r->why;
    }
    r->result->counts[told.outcome]++;
    r->options->each(r->options->payload, &told);
    return 0;
}

int bylaw__pipeline_rejudge(struct bylaw__rejudge_result *out,
                            bylaw__store *store,
                            const struct bylaw__rejudge_options *options,
                            struct bylaw_error *err)
{
    struct rejudging r = {.options = options,
                          .result = out,
                          .store = store,
                          .err = err};
    struct bylaw_transport transport = {refuse_network, NULL};
    struct bylaw_audit_options audit = options->audit;
    int rc;

    *out = (struct bylaw__rejudge_result){0};
    audit.transport = &transport;
    audit.now_ms = tell_now;
    audit.clock_payload = &r;
    rc = bylaw_auditor_new(&r.auditor, &audit, err);
    if (!rc) {
        r.auditor->recall = recall;
        r.auditor->memory = &r;
        rc = bylaw__store_sources(store, load_source, &r, err);
    }
    if (!rc)
        rc = bylaw__store_verdicts(store, rejudge_row, &r, err);
    bylaw_audit_free(r.audit);
    bylaw_auditor_free(r.auditor);
    bylaw__buf_release(&r.text);
    return rc;
}
