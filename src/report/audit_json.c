/* SPDX-License-Identifier: Apache-2.0 */
/* An audit as JSON, one object a row: schema bylaw.audit/1. */
#include "report_int.h"

static void add_hops(struct bylaw__json *json,
                     const struct bylaw_response *response)
{
    bylaw__json_key(json, "redirects");
    bylaw__json_array(json);
    for (size_t i = 0; i < response->hop_count; i++) {
        const struct bylaw_hop *hop = &response->hops[i];

        bylaw__json_object(json);
        bylaw__json_add_text(json, "url", hop->url);
        bylaw__json_add_number(json, "status", hop->status);
        bylaw__json_add_text(json, "address", hop->address);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

static void add_page(struct bylaw__json *json, const struct bylaw_audit *audit)
{
    const struct bylaw_response *response = audit->response;
    const struct bylaw_document *document = audit->document;
    char when[BYLAW__TIME_BYTES];

    bylaw__time_format(when, response->fetched_at_ms);
    bylaw__json_key(json, "page");
    bylaw__json_object(json);
    bylaw__json_add_text(json, "url", response->url);
    bylaw__report_text_json(json, "final_url",
                            document ? document->url : response->final_url);
    bylaw__json_add_number(json, "status", response->status);
    bylaw__json_add_text(json, "fetched_at", when);
    bylaw__json_add_text(json, "sha256", document ? document->sha256 : NULL);
    bylaw__json_add_text(json, "title", document ? document->title : NULL);
    bylaw__report_text_json(json, "language",
                            document ? document->language : NULL);
    bylaw__report_text_json(json, "charset",
                            document ? document->charset : NULL);
    bylaw__json_key(json, "complete");
    bylaw__json_bool(json, audit->is_complete);
    bylaw__json_key(json, "incomplete_because");
    bylaw__json_array(json);
    for (size_t i = 0; i < audit->incomplete_count; i++)
        bylaw__json_text(json, audit->incomplete_because[i]);
    bylaw__json_array_end(json);
    bylaw__json_add_text(json, "refusal",
                         response->refusal.code ? response->refusal.id : NULL);
    add_hops(json, response);
    bylaw__json_object_end(json);
}

static void add_source(struct bylaw__json *json,
                       const struct bylaw_audit_row *row)
{
    const struct bylaw_source *source = row->source;

    bylaw__json_key(json, "source");
    if (!source) {
        bylaw__json_null(json);
        return;
    }
    bylaw__json_object(json);
    bylaw__json_add_text(json, "id", source->id);
    bylaw__json_add_text(json, "url", source->url);
    bylaw__json_add_text(json, "title", source->title);
    bylaw__json_add_text(json, "publisher", source->publisher);
    bylaw__json_add_text(json, "licence", source->licence);
    bylaw__json_add_text(json, "licence_conflict", source->licence_conflict);
    bylaw__json_add_text(json, "rule", row->rule ? row->rule->id : NULL);
    bylaw__json_add_text(json, "ancestor",
                         bylaw_ancestor_name(row->judgement->ancestor));
    bylaw__report_text_json(json, "ancestor_because",
                            row->judgement->ancestor_why);
    bylaw__json_object_end(json);
}

static void add_edits(struct bylaw__json *json, const struct bylaw_edit *edits,
                      size_t count)
{
    bylaw__json_key(json, "edits");
    bylaw__json_array(json);
    for (size_t i = 0; i < count; i++) {
        const struct bylaw_edit *edit = &edits[i];

        bylaw__json_object(json);
        bylaw__json_add_text(json, "kind", bylaw_edit_kind_name(edit->kind));
        bylaw__json_add_text(json, "class",
                             bylaw_edit_class_name(edit->change));
        bylaw__json_add_text(json, "change",
                             bylaw_edit_class_name(edit->change));
        bylaw__report_range_json(json, "source", edit->source);
        bylaw__report_range_json(json, "page", edit->page);
        bylaw__json_key(json, "permitted");
        bylaw__json_bool(json, edit->is_permitted);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

static void add_match(struct bylaw__json *json,
                      const struct bylaw_audit_row *row)
{
    const struct bylaw_match *match = row->match;
    const struct bylaw_judgement *judgement = row->judgement;
    /* The judge's copy knows what the rule permits; without one, as found. */
    bool judged = judgement->edit_count == match->edit_count;

    bylaw__json_key(json, "match");
    bylaw__json_object(json);
    bylaw__report_match_members(json, match);
    add_edits(json, judged ? judgement->edits : match->edits,
              match->edit_count);
    bylaw__json_object_end(json);
}

/* Where a link led when it was followed; left out where it was not. */
static void add_trail(struct bylaw__json *json, const struct bylaw_trail *trail)
{
    if (!trail)
        return;
    bylaw__json_key(json, "trail");
    bylaw__json_object(json);
    bylaw__json_add_text(json, "end", bylaw_trail_end_name(trail->end));
    bylaw__json_add_text(json, "final_url", trail->final_url);
    bylaw__json_add_number(json, "tries", trail->tries);
    bylaw__json_add_text(json, "why", trail->why);
    bylaw__json_key(json, "hops");
    bylaw__json_array(json);
    for (size_t i = 0; i < trail->hop_count; i++) {
        bylaw__json_object(json);
        bylaw__json_add_text(json, "url", trail->hops[i].url);
        bylaw__json_add_number(json, "status", trail->hops[i].status);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
    bylaw__json_object_end(json);
}

static void add_evidence(struct bylaw__json *json,
                         const struct bylaw_finding *finding)
{
    bylaw__json_key(json, "evidence");
    bylaw__json_array(json);
    for (size_t i = 0; i < finding->evidence_count; i++) {
        const struct bylaw_evidence *evidence = &finding->evidence[i];

        bylaw__json_object(json);
        bylaw__json_add_text(json, "zone", bylaw_zone_name(evidence->zone));
        bylaw__report_range_json(json, "bytes", evidence->bytes);
        bylaw__json_key(json, "text");
        bylaw__json_span(json, evidence->text);
        bylaw__json_key(json, "href");
        if (evidence->href.ptr)
            bylaw__json_span(json, evidence->href);
        else
            bylaw__json_null(json);
        add_trail(json, evidence->trail);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

/* Each candidate for the credit link, and what became of it. */
static void add_links(struct bylaw__json *json,
                      const struct bylaw_judgement *judgement)
{
    bylaw__json_key(json, "links");
    bylaw__json_array(json);
    for (size_t i = 0; i < judgement->link_count; i++) {
        const struct bylaw_credit_link *link = &judgement->links[i];

        bylaw__json_object(json);
        bylaw__json_add_text(json, "state", bylaw_link_state_name(link->state));
        bylaw__json_add_text(json, "zone", bylaw_zone_name(link->zone));
        bylaw__report_range_json(json, "bytes", link->bytes);
        bylaw__json_key(json, "text");
        bylaw__json_span(json, link->text);
        bylaw__json_key(json, "href");
        if (link->href.ptr)
            bylaw__json_span(json, link->href);
        else
            bylaw__json_null(json);
        if (*link->hidden_by)
            bylaw__json_add_text(json, "hidden_by", link->hidden_by);
        add_trail(json, link->trail);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

static void add_findings(struct bylaw__json *json,
                         const struct bylaw_judgement *judgement)
{
    bylaw__json_key(json, "findings");
    bylaw__json_array(json);
    for (size_t i = 0; i < judgement->finding_count; i++) {
        const struct bylaw_finding *finding = &judgement->findings[i];

        bylaw__json_object(json);
        bylaw__json_add_text(json, "id", finding->id);
        bylaw__json_add_text(json, "kind", bylaw_term_kind_name(finding->kind));
        bylaw__json_add_text(json, "force", bylaw_force_name(finding->force));
        bylaw__json_add_text(json, "basis", bylaw_basis_name(finding->basis));
        bylaw__json_add_text(json, "outcome",
                             bylaw_outcome_name(finding->outcome));
        bylaw__json_key(json, "partial");
        bylaw__json_bool(json, finding->is_partial);
        bylaw__json_key(json, "for_person");
        bylaw__json_bool(json, finding->for_person);
        bylaw__json_add_number(json, "severity", finding->severity);
        bylaw__json_add_text(json, "confidence",
                             bylaw_confidence_name(finding->confidence));
        bylaw__json_add_text(json, "why", finding->why);
        add_evidence(json, finding);
        bylaw__json_add_text(json, "fix", finding->fix);
        bylaw__json_add_text(json, "cure_until", finding->cure_until);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

static void add_rule(struct bylaw__json *json, const struct bylaw_rule *rule)
{
    bylaw__json_key(json, "rule");
    if (!rule) {
        bylaw__json_null(json);
        return;
    }
    bylaw__json_object(json);
    bylaw__json_add_text(json, "id", rule->id);
    bylaw__json_add_text(json, "version", rule->version);
    bylaw__json_add_text(json, "sha256", rule->sha256);
    bylaw__json_add_text(json, "title", rule->title);
    bylaw__json_add_text(json, "status", rule->status);
    bylaw__json_object_end(json);
}

static void add_row(struct bylaw__json *json, const struct bylaw_audit *audit,
                    const struct bylaw_audit_row *row)
{
    bylaw__json_add_text(json, "schema", "bylaw.audit/1");
    add_page(json, audit);
    add_source(json, row);
    add_match(json, row);
    bylaw__json_add_text(json, "verdict",
                         bylaw_verdict_name(row->judgement->verdict));
    bylaw__json_add_text(json, "because", row->judgement->because);
    bylaw__json_add_number(json, "severity", row->judgement->severity);
    bylaw__json_add_text(json, "confidence",
                         bylaw_confidence_name(row->judgement->confidence));
    add_findings(json, row->judgement);
    add_links(json, row->judgement);
    bylaw__json_add_text(json, "fix", row->judgement->fix);
    bylaw__json_add_text(json, "cure_until", row->judgement->cure_until);
    add_rule(json, row->rule);
}

void bylaw__report_audit_json(struct bylaw__buf *out,
                              const struct bylaw_audit *audit)
{
    for (size_t i = 0; i < audit->row_count; i++) {
        struct bylaw__json json;

        bylaw__json_init(&json, out, false);
        bylaw__json_object(&json);
        add_row(&json, audit, &audit->rows[i]);
        bylaw__json_object_end(&json);
        bylaw__buf_add_char(out, '\n');
    }
}

void bylaw__report_record_json(struct bylaw__buf *out,
                               const struct bylaw_audit *audit, size_t i)
{
    const struct bylaw_audit_row *row = &audit->rows[i];
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    add_row(&json, audit, row);
    if (audit->document && row->source)
        bylaw__report_passages_json(&json, audit, row);
    bylaw__json_object_end(&json);
}
