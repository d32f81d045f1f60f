/* SPDX-License-Identifier: Apache-2.0 */
/* One page through all stages, in order. */
#include "apart.h"
#include "site_works.h"

#include "report/report.h"

#include <stdlib.h>

void bylaw_audit_free(struct bylaw_audit *audit)
{
    struct audit_box *box = audit ? audit->owner : NULL;

    if (!box)
        return;
    for (size_t i = 0; i < box->count; i++) {
        bylaw_match_free(box->owned[i].match);
        bylaw_judgement_free(box->owned[i].judgement);
    }
    bylaw_document_free(box->document);
    bylaw_response_free(box->response);
    bylaw__arena_release(&box->arena);
    free(box);
}

struct audit_box *bylaw__audit_box_new(struct bylaw_response *response,
                                       struct bylaw_error *err)
{
    struct audit_box *box = calloc(1, sizeof(*box));

    if (!box) {
        bylaw_response_free(response);
        bylaw__fail_memory(err, "");
        return NULL;
    }
    bylaw__arena_init(&box->arena, 0);
    box->audit.owner = box;
    box->response = response;
    return box;
}

static int make_rows(struct audit_box *box, size_t most,
                     struct bylaw_error *err)
{
    box->owned =
        bylaw__arena_alloc_array(&box->arena, most, sizeof(*box->owned));
    box->rows = bylaw__arena_alloc_array(&box->arena, most, sizeof(*box->rows));
    return box->arena.failed ? bylaw__fail_memory(err, box->response->url) : 0;
}

/* Reasons that the comparison may add to those of the page. */
#define COMPARING_REASONS 2

/* Reasons of the transport and of the document, as one list. */
static int state_completeness(struct audit_box *box, struct bylaw_error *err)
{
    const struct bylaw_response *response = box->response;
    const struct bylaw_document *document = box->document;
    size_t room =
        (document ? document->incomplete_count : 0) + 1 + COMPARING_REASONS;
    const char **reasons =
        bylaw__arena_alloc_array(&box->arena, room, sizeof(*reasons));
    size_t count = 0;

    if (!reasons)
        return bylaw__fail_memory(err, response->url);
    if (response->refusal.code)
        reasons[count++] =
            bylaw__arena_strdup(&box->arena, response->refusal.what);
    for (size_t i = 0; document && i < document->incomplete_count; i++)
        reasons[count++] = document->incomplete_because[i];
    box->reasons = reasons;
    box->audit.incomplete_because = reasons;
    box->audit.incomplete_count = count;
    box->audit.is_complete = !count && document && document->is_complete;
    return box->arena.failed ? bylaw__fail_memory(err, response->url) : 0;
}

static void add_reason(struct audit_box *box, const char *reason)
{
    box->reasons[box->audit.incomplete_count++] = reason;
    box->audit.is_complete = false;
}

/* The row of a page that carries no source, or could not be read. */
static int add_empty_row(struct audit_box *box, struct bylaw_error *err)
{
    static const struct bylaw_match no_match;
    struct bylaw__arena *arena = bylaw__owner_new(0);
    struct bylaw_judgement *judgement;
    const char *reason =
        box->audit.incomplete_count ? box->audit.incomplete_because[0] : NULL;

    judgement = arena ? bylaw__arena_alloc(arena, sizeof(*judgement)) : NULL;
    if (!judgement) {
        bylaw__owner_free(arena);
        return bylaw__fail_memory(err, box->response->url);
    }
    judgement->owner = arena;
    judgement->ancestor_why = "";
    judgement->confidence =
        reason ? BYLAW_CONFIDENCE_LOW : BYLAW_CONFIDENCE_HIGH;
    judgement->verdict =
        reason ? BYLAW_VERDICT_UNDETERMINED : BYLAW_VERDICT_NOT_APPLICABLE;
    judgement->because =
        reason ? bylaw__arena_printf(arena,
                                     "The page could not be read whole: %s.",
                                     reason)
               : "The page carries no text of any source asked about.";
    box->rows[0] = (struct bylaw_audit_row){NULL, &no_match, NULL, judgement};
    box->owned[0] = (struct owned_row){NULL, judgement};
    box->count = 1;
    return judgement->because ? 0 : bylaw__fail_memory(err, box->response->url);
}

static bool is_followed(const struct audit_box *box, uint32_t link)
{
    for (size_t i = 0; i < box->trail_count; i++)
        if (box->trails[i].link == link)
            return true;
    return false;
}

int bylaw__audit_box_follow(bool *out_is_new, struct audit_box *box,
                            bylaw_auditor *auditor,
                            const struct bylaw_judgement *judgement,
                            struct bylaw_error *err)
{
    int rc = 0;

    *out_is_new = false;
    for (size_t i = 0; !rc && box->follower && i < judgement->open_link_count &&
                       box->trail_count < BYLAW_LIMIT_TRAILS;
         i++) {
        if (is_followed(box, judgement->open_links[i]))
            continue;
        rc = bylaw__pipeline_follow(&box->trails[box->trail_count], &box->arena,
                                    auditor, box->follower, box->document,
                                    judgement->open_links[i], err);
        box->trail_count += !rc;
        *out_is_new |= !rc;
    }
    return rc;
}

/* Judges; where that leaves links open and they may be followed, judges again
 * by what following them told. */
static int judge_case(struct bylaw_judgement **out, struct audit_box *box,
                      bylaw_auditor *auditor, struct bylaw__case *c,
                      struct bylaw_error *err)
{
    bool is_new = false;
    int rc;

    c->trails = box->trails;
    c->trail_count = box->trail_count;
    rc = bylaw__judge(out, c, err);
    if (!rc)
        rc = bylaw__audit_box_follow(&is_new, box, auditor, *out, err);
    if (rc || !is_new)
        return rc;
    bylaw_judgement_free(*out);
    *out = NULL;
    c->trail_count = box->trail_count;
    return bylaw__judge(out, c, err);
}

static int judge_row(struct audit_box *box, bylaw_auditor *auditor,
                     const struct prepared_source *entry,
                     struct bylaw_match *match, struct bylaw_error *err)
{
    struct bylaw__placement *placement = NULL;
    struct bylaw_judgement *judgement = NULL;
    struct bylaw__case c = {
        .document = box->document,
        .match = match,
        .source = entry->source,
        .rule = entry->rule,
        .versions = entry->versions,
        .version_count = entry->version_count,
        .phrases = auditor->rules->phrases,
        .phrase_count = auditor->rules->phrase_count,
        .page_url = box->document->url,
        .own_domains = auditor->options.own_domains,
        .own_domain_count = auditor->options.own_domain_count,
        .partners = auditor->options.partners,
        .partner_count = auditor->options.partner_count,
        .switched_off = auditor->switched_off,
        .site_works = {auditor->site_works, auditor->site_works},
        .is_complete = box->audit.is_complete,
        .incomplete_because = box->audit.incomplete_because,
        .incomplete_count = box->audit.incomplete_count,
        /* A file may have been saved long ago. */
        .fetched_ms =
            box->response->hop_count ? box->response->fetched_at_ms : 0,
    };
    int rc = bylaw__place(&placement, box->document, match, c.phrases,
                          c.phrase_count, err);

    c.placement = placement;
    if (auditor->works)
        bylaw__site_works_count(&c.site_works, auditor, entry,
                                box->response->fetched_at_ms);
    if (!rc)
        rc = judge_case(&judgement, box, auditor, &c, err);
    bylaw__placement_free(placement);
    if (rc) {
        bylaw_judgement_free(judgement);
        return rc;
    }
    box->rows[box->count] =
        (struct bylaw_audit_row){entry->source, match, judgement->rule,
                                 judgement};
    box->owned[box->count] = (struct owned_row){match, judgement};
    box->count++;
    return 0;
}

static int match_all(struct audit_box *box, bylaw_auditor *auditor,
                     struct bylaw_error *err)
{
    struct page_matches found = {0};
    int rc = bylaw__match_page(&found, auditor, box->document, err);

    for (size_t i = 0; !rc && i < found.reason_count; i++)
        add_reason(box, found.reasons[i]);
    if (!rc)
        rc = make_rows(box, found.count + 1, err);
    for (size_t i = 0; !rc && i < found.count; i++) {
        rc = judge_row(box, auditor, &auditor->sources[found.items[i].source],
                       found.items[i].match, err);
        if (!rc)
            found.items[i].match = NULL; /* the row has it */
    }
    bylaw__page_matches_release(&found);
    return rc;
}

int bylaw__pipeline_ready(bylaw_auditor *auditor, struct bylaw_error *err)
{
    int rc = 0;

    if (auditor->is_indexed)
        return 0;
    if (!auditor->file)
        rc = bylaw__index_finish(auditor->index, err);
    if (!rc && auditor->options.hints >= BYLAW_HINTS_LIKELY)
        rc = bylaw__pipeline_ready_kin(auditor, err);
    auditor->is_indexed = !rc;
    return rc;
}

/* A page that no document can be made of is a result: say so and go on. */
static bool is_about_page(int code)
{
    return code == BYLAW_EABORTED || code == BYLAW_EUNSUPPORTED ||
           code == BYLAW_EPARSE || code == BYLAW_ELIMIT;
}

static int extract_page(struct audit_box *box, bylaw_auditor *auditor,
                        const char *published_url, struct bylaw_error *err)
{
    struct bylaw_error why = {0};
    int rc;

    if (box->response->refusal.code && !box->response->body.len)
        return 0;
    rc = bylaw__pipeline_read_document(&box->document, auditor, box->response,
                                       published_url, &why);
    if (!rc)
        return 0;
    if (!is_about_page(rc)) {
        if (err)
            *err = why;
        return rc;
    }
    if (!box->response->refusal.code)
        box->response->refusal = why;
    return 0;
}

struct bylaw_audit *bylaw__audit_box_close(struct audit_box *box)
{
    box->audit.response = box->response;
    box->audit.document = box->document;
    box->audit.rows = box->rows;
    box->audit.row_count = box->count;
    return &box->audit;
}

int bylaw__audit_box_unread(struct audit_box *box, struct bylaw_error *err)
{
    int rc = state_completeness(box, err);

    if (!rc)
        rc = make_rows(box, 1, err);
    return rc ? rc : add_empty_row(box, err);
}

static int judge_page(struct audit_box *box, bylaw_auditor *auditor,
                      const char *published_url, struct bylaw_error *err)
{
    int rc = bylaw__pipeline_ready(auditor, err);

    if (!rc)
        rc = extract_page(box, auditor, published_url, err);
    if (!rc && !box->document)
        return bylaw__audit_box_unread(box, err);
    if (!rc)
        rc = state_completeness(box, err);
    if (!rc)
        rc = match_all(box, auditor, err);
    return rc || box->count ? rc : add_empty_row(box, err);
}

int bylaw__audit_by_trails(struct bylaw_audit **out, bylaw_auditor *auditor,
                           struct bylaw_response *response,
                           const struct apart_request *request,
                           struct bylaw_error *err)
{
    struct audit_box *box = bylaw__audit_box_new(response, err);
    int rc;

    if (!box)
        return BYLAW_ENOMEM;
    memcpy(box->trails, request->trails, sizeof(box->trails));
    box->trail_count = request->trail_count;
    rc = judge_page(box, auditor, request->published_url, err);
    if (rc)
        bylaw_audit_free(&box->audit);
    else
        *out = bylaw__audit_box_close(box);
    return rc;
}

static int audit_box(struct bylaw_audit **out, struct audit_box *box,
                     bylaw_auditor *auditor, const char *published_url,
                     struct bylaw_error *err)
{
    int rc = auditor->options.cells
                 ? bylaw__apart_audit(box, auditor, published_url, err)
                 : judge_page(box, auditor, published_url, err);

    if (rc)
        bylaw_audit_free(&box->audit);
    else
        *out = bylaw__audit_box_close(box);
    return rc;
}

int bylaw__pipeline_audit(struct bylaw_audit **out, bylaw_auditor *auditor,
                          struct bylaw_response *response,
                          const char *published_url, bylaw__fetcher *follower,
                          struct bylaw_error *err)
{
    struct audit_box *box = bylaw__audit_box_new(response, err);

    if (!box)
        return BYLAW_ENOMEM;
    box->follower = follower;
    return audit_box(out, box, auditor, published_url, err);
}

int bylaw__pipeline_audit_again(struct bylaw_audit **out,
                                bylaw_auditor *auditor,
                                struct bylaw_response *response,
                                struct bylaw_span trails,
                                struct bylaw_error *err)
{
    struct audit_box *box = bylaw__audit_box_new(response, err);
    int rc = 0;

    if (!box)
        return BYLAW_ENOMEM;
    if (trails.len)
        rc = bylaw__trails_read(box->trails, &box->trail_count, &box->arena,
                                trails, err);
    if (rc)
        bylaw_audit_free(&box->audit);
    return rc ? rc : audit_box(out, box, auditor, NULL, err);
}

int bylaw_audit_page(struct bylaw_audit **out, bylaw_auditor *auditor,
                     const char *page, const char *published_url,
                     struct bylaw_error *err)
{
    struct bylaw_response *response = NULL;
    int rc = bylaw__pipeline_read(&response, auditor, page, published_url,
                                  BYLAW_LIMIT_BODY_BYTES, err);

    if (rc)
        return rc;
    /* What came from a file leads to no request. */
    return bylaw__pipeline_audit(out, auditor, response, published_url,
                                 auditor->options.follow_links &&
                                         response->hop_count
                                     ? auditor->fetcher
                                     : NULL,
                                 err);
}

int bylaw__pipeline_extract(struct bylaw_document **out,
                            struct bylaw_response **out_response,
                            bylaw_auditor *auditor, const char *page,
                            const char *published_url, struct bylaw_error *err)
{
    struct bylaw_response *response = NULL;
    int rc = bylaw__pipeline_read(&response, auditor, page, published_url,
                                  BYLAW_LIMIT_BODY_BYTES, err);

    if (rc)
        return rc;
    if (response->refusal.code && !response->body.len) {
        rc = response->refusal.code;
        if (err)
            *err = response->refusal;
    } else {
        rc = bylaw__pipeline_read_document(out, auditor, response,
                                           published_url, err);
    }
    if (!rc && out_response) {
        *out_response = response;
        response = NULL;
    }
    bylaw_response_free(response);
    return rc;
}

int bylaw__pipeline_place(struct bylaw__placement **out,
                          struct bylaw_match **out_match,
                          bylaw_auditor *auditor,
                          const struct bylaw_document *document,
                          size_t source_number, struct bylaw_error *err)
{
    struct bylaw__tokens page;
    struct bylaw_match *match = NULL;
    int rc = bylaw__pipeline_ready(auditor, err);

    if (rc)
        return rc;
    rc = bylaw__pipeline_tokenise(&page, document, NULL, err);
    if (rc)
        return rc;
    rc = bylaw__match_one(&match, auditor, &page, source_number, err);
    if (!rc)
        rc = bylaw__place(out, document, match, auditor->rules->phrases,
                          auditor->rules->phrase_count, err);
    if (!rc && out_match) {
        *out_match = match;
        match = NULL;
    }
    bylaw_match_free(match);
    bylaw__tokens_release(&page);
    return rc;
}
