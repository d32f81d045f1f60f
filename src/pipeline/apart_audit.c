/* SPDX-License-Identifier: Apache-2.0 */
/* Documents and audits between two processes. */
#include "apart.h"

#define MOST_PASSAGES 2000000u /* spans or edits of one match */
#define MOST_FINDINGS 10000u
#define MOST_EVIDENCE 100000u
#define KINSHIP_MOST  1e6 /* score */
#define MOST_REASONS  70u
#define NO_SOURCE     UINT32_MAX
#define NO_RULE       UINT32_MAX

/* Lengths of the two texts that ranges count in. */
struct extent {
    size_t source, page;
    size_t links;                /* of the page */
    const struct audit_box *box; /* that has the trails */
};

/* -------------------------------------------------------------- matches --- */

BYLAW__WIRE_COVERS(struct bylaw_match_span, 40);

static void wire_span(struct bylaw__wire *wire, struct bylaw_match_span *span,
                      struct extent extent)
{
    span->source = bylaw__wire_range(wire, span->source, extent.source);
    span->page = bylaw__wire_range(wire, span->page, extent.page);
    span->source_token = bylaw__wire_u32(wire, span->source_token, UINT32_MAX);
    span->source_tokens =
        bylaw__wire_u32(wire, span->source_tokens, UINT32_MAX);
    span->page_token = bylaw__wire_u32(wire, span->page_token, UINT32_MAX);
    span->page_tokens = bylaw__wire_u32(wire, span->page_tokens, UINT32_MAX);
    span->edit_distance =
        bylaw__wire_u32(wire, span->edit_distance, UINT32_MAX);
    span->is_quoted = bylaw__wire_bool(wire, span->is_quoted);
}

static const struct bylaw_match_span *
wire_spans(struct bylaw__wire *wire, const struct bylaw_match_span *given,
           size_t *count, struct extent extent)
{
    struct bylaw_match_span *spans;

    *count = bylaw__wire_count(wire, *count, MOST_PASSAGES);
    spans = bylaw__wire_room(wire, *count, sizeof(*spans));
    for (size_t i = 0; i < *count && !wire->failed; i++) {
        struct bylaw_match_span span =
            wire->out ? given[i] : (struct bylaw_match_span){0};

        wire_span(wire, &span, extent);
        if (spans)
            spans[i] = span;
    }
    return wire->out ? given : spans;
}

BYLAW__WIRE_COVERS(struct bylaw_edit, 36);

static const struct bylaw_edit *wire_edits(struct bylaw__wire *wire,
                                           const struct bylaw_edit *given,
                                           size_t *count, struct extent extent)
{
    struct bylaw_edit *edits;

    *count = bylaw__wire_count(wire, *count, MOST_PASSAGES);
    edits = bylaw__wire_room(wire, *count, sizeof(*edits));
    for (size_t i = 0; i < *count && !wire->failed; i++) {
        struct bylaw_edit edit = wire->out ? given[i] : (struct bylaw_edit){0};

        edit.kind = bylaw__wire_u32(wire, edit.kind, BYLAW_EDIT_REPLACED);
        edit.change =
            bylaw__wire_u32(wire, edit.change, BYLAW_CHANGE_SUBSTANTIVE);
        edit.source = bylaw__wire_range(wire, edit.source, extent.source);
        edit.page = bylaw__wire_range(wire, edit.page, extent.page);
        edit.source_words =
            bylaw__wire_u32(wire, edit.source_words, UINT32_MAX);
        edit.page_words = bylaw__wire_u32(wire, edit.page_words, UINT32_MAX);
        edit.is_permitted = bylaw__wire_bool(wire, edit.is_permitted);
        if (edits)
            edits[i] = edit;
    }
    return wire->out ? given : edits;
}

BYLAW__WIRE_COVERS(struct bylaw_match, 136);

static void wire_match(struct bylaw__wire *wire, struct bylaw_match *match,
                       struct extent extent)
{
    match->class = bylaw__wire_u32(wire, match->class, BYLAW_MATCH_TRANSLATION);
    match->source_coverage = bylaw__wire_real(wire, match->source_coverage, 1);
    match->page_coverage = bylaw__wire_real(wire, match->page_coverage, 1);
    match->copied_words =
        bylaw__wire_u32(wire, match->copied_words, UINT32_MAX);
    match->quoted_words =
        bylaw__wire_u32(wire, match->quoted_words, UINT32_MAX);
    match->longest_run = bylaw__wire_u32(wire, match->longest_run, UINT32_MAX);
    match->furniture_words =
        bylaw__wire_u32(wire, match->furniture_words, UINT32_MAX);
    match->rewritten_words =
        bylaw__wire_u32(wire, match->rewritten_words, UINT32_MAX);
    match->kinship.traits =
        bylaw__wire_u32(wire, match->kinship.traits, UINT32_MAX);
    match->kinship.score =
        bylaw__wire_real(wire, match->kinship.score, KINSHIP_MOST);
    match->kinship.share = bylaw__wire_real(wire, match->kinship.share, 1);
    match->kinship.order = bylaw__wire_real(wire, match->kinship.order, 1);
    match->spans = wire_spans(wire, match->spans, &match->span_count, extent);
    match->rewrites =
        wire_spans(wire, match->rewrites, &match->rewrite_count, extent);
    match->edits = wire_edits(wire, match->edits, &match->edit_count, extent);
}

/* ------------------------------------------------------------- findings --- */

/* A trail is the box's own, named by its place there. */
static const struct bylaw_trail *wire_trail(struct bylaw__wire *wire,
                                            const struct bylaw_trail *trail,
                                            const struct audit_box *box)
{
    uint32_t number = trail ? (uint32_t)(trail - box->trails) : NO_SOURCE;

    number = bylaw__wire_u32(wire, number, NO_SOURCE);
    bylaw__wire_demand(wire, number == NO_SOURCE || number < box->trail_count);
    return number < box->trail_count && !wire->failed ? &box->trails[number]
                                                      : NULL;
}

BYLAW__WIRE_COVERS(struct bylaw_evidence, 56);

static void wire_evidence(struct bylaw__wire *wire,
                          struct bylaw_finding *finding, struct extent extent)
{
    size_t count =
        bylaw__wire_count(wire, finding->evidence_count, MOST_EVIDENCE);
    struct bylaw_evidence *items =
        bylaw__wire_room(wire, count, sizeof(*items));

    for (size_t i = 0; i < count && !wire->failed; i++) {
        struct bylaw_evidence item =
            wire->out ? finding->evidence[i] : (struct bylaw_evidence){0};

        item.zone = bylaw__wire_u32(wire, item.zone, BYLAW_ZONE_HEAD);
        item.bytes = bylaw__wire_range(wire, item.bytes, extent.page);
        item.text = bylaw__wire_span(wire, item.text);
        item.href = bylaw__wire_span(wire, item.href);
        item.trail = wire_trail(wire, item.trail, extent.box);
        if (items)
            items[i] = item;
    }
    if (wire->out)
        return;
    finding->evidence = items;
    finding->evidence_count = count;
}

BYLAW__WIRE_COVERS(struct bylaw_finding, 80);

static void wire_finding(struct bylaw__wire *wire,
                         struct bylaw_finding *finding, struct extent extent)
{
    finding->id = bylaw__wire_some_text(wire, finding->id);
    finding->kind = bylaw__wire_u32(wire, finding->kind, BYLAW_TERM_REQUEST);
    finding->force = bylaw__wire_u32(wire, finding->force, BYLAW_FORCE_MUST);
    finding->basis = bylaw__wire_u32(wire, finding->basis, BYLAW_BASIS_LICENCE);
    finding->outcome =
        bylaw__wire_u32(wire, finding->outcome, BYLAW_OUTCOME_NOT_EVALUATED);
    finding->is_partial = bylaw__wire_bool(wire, finding->is_partial);
    finding->for_person = bylaw__wire_bool(wire, finding->for_person);
    finding->severity =
        (int)bylaw__wire_u32(wire, (uint32_t)finding->severity, 5);
    finding->confidence =
        bylaw__wire_u32(wire, finding->confidence, BYLAW_CONFIDENCE_HIGH);
    finding->why = bylaw__wire_some_text(wire, finding->why);
    wire_evidence(wire, finding, extent);
    finding->fix = bylaw__wire_text(wire, finding->fix);
    finding->cure_until = bylaw__wire_text(wire, finding->cure_until);
}

static void wire_findings(struct bylaw__wire *wire,
                          struct bylaw_judgement *judgement,
                          struct extent extent)
{
    size_t count =
        bylaw__wire_count(wire, judgement->finding_count, MOST_FINDINGS);
    struct bylaw_finding *findings =
        bylaw__wire_room(wire, count, sizeof(*findings));

    for (size_t i = 0; i < count && !wire->failed; i++) {
        struct bylaw_finding finding =
            wire->out ? judgement->findings[i] : (struct bylaw_finding){0};

        wire_finding(wire, &finding, extent);
        if (findings)
            findings[i] = finding;
    }
    if (wire->out)
        return;
    judgement->findings = findings;
    judgement->finding_count = count;
}

BYLAW__WIRE_COVERS(struct bylaw_credit_link, 64);

static void wire_credit_links(struct bylaw__wire *wire,
                              struct bylaw_judgement *judgement,
                              struct extent extent)
{
    size_t count =
        bylaw__wire_count(wire, judgement->link_count, MOST_EVIDENCE);
    struct bylaw_credit_link *links =
        bylaw__wire_room(wire, count, sizeof(*links));

    for (size_t i = 0; i < count && !wire->failed; i++) {
        struct bylaw_credit_link link =
            wire->out ? judgement->links[i] : (struct bylaw_credit_link){0};

        link.state =
            bylaw__wire_u32(wire, link.state, BYLAW_LINK_STATE_BLOCKED);
        link.zone = bylaw__wire_u32(wire, link.zone, BYLAW_ZONE_HEAD);
        link.bytes = bylaw__wire_range(wire, link.bytes, extent.page);
        link.text = bylaw__wire_span(wire, link.text);
        link.href = bylaw__wire_span(wire, link.href);
        link.hidden_by = bylaw__wire_text(wire, link.hidden_by);
        link.trail = wire_trail(wire, link.trail, extent.box);
        if (links)
            links[i] = link;
    }
    if (wire->out)
        return;
    judgement->links = links;
    judgement->link_count = count;
}

/* Only links of the page, which are real, may be followed. */
static void wire_open_links(struct bylaw__wire *wire,
                            struct bylaw_judgement *judgement,
                            struct extent extent)
{
    const struct bylaw_document *document = extent.box->document;
    size_t count =
        bylaw__wire_count(wire, judgement->open_link_count, BYLAW_LIMIT_LINKS);
    uint32_t *open = bylaw__wire_room(wire, count, sizeof(*open));

    for (size_t i = 0; i < count && !wire->failed; i++) {
        uint32_t number =
            bylaw__wire_u32(wire, wire->out ? judgement->open_links[i] : 0,
                            UINT32_MAX);

        bylaw__wire_demand(wire, number < extent.links &&
                                     document->links[number].url);
        if (open && !wire->failed)
            open[i] = number;
    }
    if (wire->out)
        return;
    judgement->open_links = open;
    judgement->open_link_count = count;
}

BYLAW__WIRE_COVERS(struct bylaw_judgement, 136);

static void wire_judgement(struct bylaw__wire *wire,
                           struct bylaw_judgement *judgement,
                           struct extent extent)
{
    judgement->verdict =
        bylaw__wire_u32(wire, judgement->verdict, BYLAW_VERDICT_NOT_APPLICABLE);
    judgement->because = bylaw__wire_some_text(wire, judgement->because);
    judgement->severity =
        (int)bylaw__wire_u32(wire, (uint32_t)judgement->severity, 5);
    judgement->confidence =
        bylaw__wire_u32(wire, judgement->confidence, BYLAW_CONFIDENCE_HIGH);
    judgement->ancestor =
        bylaw__wire_u32(wire, judgement->ancestor, BYLAW_ANCESTOR_UPSTREAM);
    judgement->ancestor_why = bylaw__wire_text(wire, judgement->ancestor_why);
    wire_findings(wire, judgement, extent);
    judgement->edits =
        wire_edits(wire, judgement->edits, &judgement->edit_count, extent);
    judgement->fix = bylaw__wire_text(wire, judgement->fix);
    judgement->cure_until = bylaw__wire_text(wire, judgement->cure_until);
    wire_credit_links(wire, judgement, extent);
    wire_open_links(wire, judgement, extent);
}

/* ----------------------------------------------------------------- rows --- */

static uint32_t number_of(const bylaw_auditor *auditor,
                          const struct bylaw_source *source)
{
    uint32_t number = 0;

    if (!source)
        return NO_SOURCE;
    while (auditor->sources[number].source != source)
        number++;
    return number;
}

/* Which source a row is about. */
static const struct prepared_source *
wire_source(struct bylaw__wire *wire, const struct bylaw_source *source,
            const bylaw_auditor *auditor)
{
    uint32_t number =
        bylaw__wire_u32(wire, wire->out ? number_of(auditor, source) : 0,
                        NO_SOURCE);
    bool is_known = number < auditor->source_count;

    bylaw__wire_demand(wire, is_known || number == NO_SOURCE);
    return is_known && !wire->failed ? &auditor->sources[number] : NULL;
}

/* Which version of its source's rule a row was judged by: 0 is the one in
 * force, the others follow. */
static const struct bylaw_rule *wire_rule(struct bylaw__wire *wire,
                                          const struct bylaw_rule *rule,
                                          const struct prepared_source *entry)
{
    uint32_t number = NO_RULE;
    size_t count = entry ? entry->version_count + 1 : 0;

    for (uint32_t i = 0; rule && i < count; i++)
        if (rule == (i ? entry->versions[i - 1] : entry->rule)) {
            number = i;
            break;
        }
    number = bylaw__wire_u32(wire, number, NO_RULE);
    bylaw__wire_demand(wire, number == NO_RULE || number < count);
    if (number >= count || wire->failed)
        return NULL;
    return number ? entry->versions[number - 1] : entry->rule;
}

BYLAW__WIRE_COVERS(struct bylaw_audit_row, 32);

static void write_row(struct bylaw__wire *wire, const struct audit_box *box,
                      const struct bylaw_audit_row *row,
                      const bylaw_auditor *auditor)
{
    struct extent any = {.box = box}; /* the rest is heeded by readers alone */
    struct bylaw_match match = *row->match;
    struct bylaw_judgement judgement = *row->judgement;
    uint32_t number = number_of(auditor, row->source);

    wire_source(wire, row->source, auditor);
    wire_rule(wire, row->rule,
              number == NO_SOURCE ? NULL : &auditor->sources[number]);
    wire_match(wire, &match, any);
    wire_judgement(wire, &judgement, any);
}

/* Where a source's text ends; its text itself may have been let go. */
static size_t source_extent(const struct prepared_source *entry)
{
    size_t end = 0;

    for (size_t i = 0; entry && i < entry->source->block_count; i++)
        if (entry->source->blocks[i].bytes.end > end)
            end = entry->source->blocks[i].bytes.end;
    return end;
}

static void read_row(struct bylaw__wire *wire, struct audit_box *box,
                     struct bylaw_audit_row *row, const bylaw_auditor *auditor)
{
    const struct prepared_source *entry = wire_source(wire, NULL, auditor);
    const struct bylaw_rule *rule = wire_rule(wire, NULL, entry);
    struct bylaw_match *match = bylaw__wire_room(wire, 1, sizeof(*match));
    struct bylaw_judgement *judgement =
        bylaw__wire_room(wire, 1, sizeof(*judgement));
    struct extent extent = {
        .source = source_extent(entry),
        .page = box->document ? box->document->text.len : 0,
        .links = box->document ? box->document->link_count : 0,
        .box = box,
    };

    if (!match || !judgement)
        return;
    wire_match(wire, match, extent);
    wire_judgement(wire, judgement, extent);
    judgement->rule = rule;
    *row = (struct bylaw_audit_row){entry ? entry->source : NULL, match, rule,
                                    judgement};
}

/* Parts of what is read belong to the box, so no row owns any. */
static void wire_rows(struct bylaw__wire *wire, struct audit_box *box,
                      const bylaw_auditor *auditor)
{
    size_t count =
        bylaw__wire_count(wire, box->count, auditor->source_count + 1);

    bylaw__wire_demand(wire, count > 0);
    if (!wire->out) {
        box->owned = bylaw__wire_room(wire, count, sizeof(*box->owned));
        box->rows = bylaw__wire_room(wire, count, sizeof(*box->rows));
    }
    for (size_t i = 0; i < count && !wire->failed; i++)
        if (wire->out)
            write_row(wire, box, &box->rows[i], auditor);
        else
            read_row(wire, box, &box->rows[i], auditor);
    box->count = wire->failed ? 0 : count;
}

/* ------------------------------------------------------------ documents --- */

static void write_document(struct bylaw__wire *wire,
                           const struct bylaw_document *document)
{
    struct bylaw_document copy = *document;

    bylaw__document_wire(wire, &copy);
}

/* The document has an arena of its own, as if it had been made here. */
static void read_document(struct bylaw__wire *wire, struct bylaw_document **out)
{
    struct bylaw__wire own = *wire;
    struct bylaw_document *document;

    own.arena = bylaw__owner_new(0);
    if (!own.arena) {
        wire->failed = true;
        return;
    }
    document = bylaw__wire_room(&own, 1, sizeof(*document));
    if (document)
        bylaw__document_wire(&own, document);
    wire->in = own.in;
    wire->failed = own.failed;
    if (own.failed) {
        bylaw__owner_free(own.arena);
        return;
    }
    document->owner = own.arena;
    *out = document;
}

static void wire_document(struct bylaw__wire *wire,
                          struct bylaw_document **document)
{
    if (!bylaw__wire_bool(wire, *document != NULL))
        return;
    if (wire->out)
        write_document(wire, *document);
    else
        read_document(wire, document);
}

void bylaw__wire_document_answer(struct bylaw__wire *wire,
                                 struct bylaw_document **document,
                                 struct bylaw_error *why)
{
    bylaw__wire_error(wire, why);
    wire_document(wire, document);
    bylaw__wire_demand(wire, (*document == NULL) == (why->code != 0));
}

/* ---------------------------------------------------------------- audit --- */

static void wire_reasons(struct bylaw__wire *wire, struct audit_box *box)
{
    size_t count =
        bylaw__wire_count(wire, box->audit.incomplete_count, MOST_REASONS);

    if (!wire->out)
        box->reasons = bylaw__wire_room(wire, count, sizeof(*box->reasons));
    for (size_t i = 0; i < count && !wire->failed; i++) {
        const char *reason =
            bylaw__wire_some_text(wire, wire->out ? box->reasons[i] : NULL);

        if (!wire->out)
            box->reasons[i] = reason;
    }
    box->audit.incomplete_because = box->reasons;
    box->audit.incomplete_count = count;
}

void bylaw__wire_audit(struct bylaw__wire *wire, struct audit_box *box,
                       const bylaw_auditor *auditor)
{
    bylaw__wire_error(wire, &box->response->refusal);
    wire_document(wire, &box->document);
    box->audit.is_complete = bylaw__wire_bool(wire, box->audit.is_complete);
    wire_reasons(wire, box);
    wire_rows(wire, box, auditor);
}
