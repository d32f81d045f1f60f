/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The HTML report's details: each case's audit and history, packed in chunks
 * that the page unpacks when one of them is looked at.
 */
#include "html_report.h"

#include <stdio.h>
#include <stdlib.h>

#define CHUNK_BYTES ((size_t)512 << 10) /* of JSON, about, before packing */
/* Of audits in one report, before packing: what keeps it below 25 MB. Cases to
 * act on have their passages first, and some room for them in any case. */
#define AUDITS_BYTES ((size_t)64 << 20)
#define LEAST_BYTES  ((size_t)2 << 20)
/* What fits without leaving out is packed in half the time, a tenth larger. */
#define LEVEL_QUICK 1
#define LEVEL_SMALL 3

struct packing {
    struct html_report *report;
    struct libdeflate_compressor *packer;
    struct bylaw__buf chunk; /* JSON array of the cases at hand */
    size_t count, cases;     /* chunks; cases in the chunk at hand */
    size_t *passages;        /* bytes of them, by case */
    bool *has_passages;      /* by case: whether they are in */
    size_t drafts;           /* made so far */
    struct bylaw__buf audit; /* of the case at hand; scratch */
};

/* ------------------------------------------------------------ choosing --- */

/* What the audits themselves leave for their passages. */
static size_t room_for_passages(struct packing *packing)
{
    const struct bylaw_survey *survey = packing->report->survey;
    size_t bare = 0;

    for (size_t i = 0; i < survey->case_count; i++) {
        struct bylaw_span audit = survey->cases[i].audit;

        packing->passages[i] = bylaw__audit_passages(audit);
        bare += audit.len - packing->passages[i];
    }
    return bare + LEAST_BYTES < AUDITS_BYTES ? AUDITS_BYTES - bare
                                             : LEAST_BYTES;
}

/* Passages are most of a report's bytes; past the budget they are left out,
 * of cases nobody has to act on first. */
static void choose(struct packing *packing)
{
    const struct bylaw_survey *survey = packing->report->survey;
    size_t room = room_for_passages(packing), used = 0;

    for (int is_open = 1; is_open >= 0; is_open--)
        for (size_t i = 0; i < survey->case_count; i++) {
            if (bylaw_case_wants_action(survey->cases[i].state) !=
                (is_open == 1))
                continue;
            used += packing->passages[i];
            packing->has_passages[i] = used <= room;
        }
}

/* ------------------------------------------------------------- packing --- */

struct libdeflate_compressor *
bylaw__html_packer(const struct bylaw_survey *survey)
{
    size_t audits = 0;

    for (size_t i = 0; i < survey->case_count; i++)
        audits += survey->cases[i].audit.len;
    return libdeflate_alloc_compressor(audits <= AUDITS_BYTES ? LEVEL_QUICK
                                                              : LEVEL_SMALL);
}

int bylaw__html_packed(struct bylaw__buf *out, const char *id,
                       struct bylaw_span json,
                       struct libdeflate_compressor *packer,
                       struct bylaw_error *err)
{
    size_t most = libdeflate_zlib_compress_bound(packer, json.len);
    struct bylaw__buf packed = {0};
    char *room = bylaw__buf_reserve(&packed, most);

    if (!room)
        return bylaw__fail_memory(err, "");
    packed.len =
        libdeflate_zlib_compress(packer, json.ptr, json.len, room, most);
    bylaw__buf_printf(out,
                      "<script type=\"application/octet-stream\" "
                      "id=\"%s\">",
                      id);
    bylaw__buf_add_base64(out, bylaw__buf_span(&packed));
    bylaw__buf_add_text(out, "</script>\n");
    bylaw__buf_release(&packed);
    return 0;
}

static int end_chunk(struct packing *packing)
{
    struct bylaw__buf *out = &packing->report->details;
    char id[40];
    int rc;

    if (!packing->cases)
        return 0;
    bylaw__buf_add_char(&packing->chunk, ']');
    snprintf(id, sizeof(id), "details-%zu", packing->count);
    rc = bylaw__html_packed(out, id, bylaw__buf_span(&packing->chunk),
                            packing->packer, packing->report->err);
    if (rc)
        return rc;
    out->failed |= packing->chunk.failed;
    bylaw__buf_clear(&packing->chunk);
    packing->cases = 0;
    packing->count++;
    return 0;
}

static void begin_chunk(struct packing *packing, size_t first)
{
    bylaw__buf_printf(&packing->report->firsts, "%s%zu",
                      packing->count ? "," : "", first);
    bylaw__buf_add_char(&packing->chunk, '[');
}

/* --------------------------------------------------------------- cases --- */

static void add_events(struct bylaw__json *json,
                       const struct bylaw_survey_case *c)
{
    bylaw__json_key(json, "events");
    bylaw__json_array(json);
    for (size_t i = 0; i < c->event_count; i++) {
        const struct bylaw_survey_event *event = &c->events[i];

        bylaw__json_object(json);
        bylaw__report_time_json(json, "at", event->at_ms);
        bylaw__report_text_json(json, "state",
                                bylaw_case_state_name(event->state));
        bylaw__report_text_json(json, "what", event->what);
        bylaw__report_text_json(json, "by", event->by);
        bylaw__report_text_json(json, "why", event->why);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

/* For cases to act on only; a browser asks for the rest by the command. */
static void add_draft(struct bylaw__json *json, struct packing *packing,
                      size_t i)
{
    const struct bylaw__report_matter *matter = packing->report->matter;
    struct bylaw__notice notice = {0};

    bylaw__json_key(json, "notice");
    if (matter->draft && packing->drafts < BYLAW_LIMIT_REPORT_DRAFTS &&
        bylaw_case_wants_action(matter->survey->cases[i].state) &&
        matter->draft(&notice, matter->survey, i, matter->draft_payload)) {
        packing->drafts++;
        bylaw__json_object(json);
        bylaw__json_key(json, "subject");
        bylaw__json_span(json, bylaw__buf_span(&notice.subject));
        bylaw__json_key(json, "body");
        bylaw__json_span(json, bylaw__buf_span(&notice.body));
        bylaw__json_object_end(json);
    } else
        bylaw__json_null(json);
    bylaw__notice_release(&notice);
}

static void add_case(struct packing *packing, size_t i)
{
    const struct bylaw_survey_case *c = &packing->report->survey->cases[i];
    struct bylaw__json json;

    if (packing->cases)
        bylaw__buf_add_char(&packing->chunk, ',');
    bylaw__json_init(&json, &packing->chunk, false);
    bylaw__json_object(&json);
    add_events(&json, c);
    add_draft(&json, packing, i);
    bylaw__json_key(&json, "passages_left_out");
    bylaw__json_bool(&json, !packing->has_passages[i]);
    bylaw__json_key(&json, "audit");
    bylaw__buf_clear(&packing->audit);
    if (packing->has_passages[i])
        bylaw__buf_add_span(&packing->audit, c->audit);
    else
        bylaw__audit_bare(&packing->audit, c->audit);
    if (packing->audit.len)
        bylaw__json_raw(&json, bylaw__buf_span(&packing->audit));
    else
        bylaw__json_null(&json);
    packing->chunk.failed |= packing->audit.failed;
    bylaw__json_object_end(&json);
    packing->cases++;
}

static int pack_cases(struct packing *packing)
{
    size_t count = packing->report->survey->case_count;
    int rc = 0;

    choose(packing);
    for (size_t i = 0; !rc && i < count; i++) {
        if (!packing->cases)
            begin_chunk(packing, i);
        add_case(packing, i);
        if (packing->chunk.len >= CHUNK_BYTES)
            rc = end_chunk(packing);
    }
    return rc ? rc : end_chunk(packing);
}

int bylaw__html_details(struct html_report *report)
{
    struct packing packing = {.report = report};
    int rc = 0;

    packing.packer = bylaw__html_packer(report->survey);
    packing.has_passages =
        calloc(report->survey->case_count + 1, sizeof(*packing.has_passages));
    packing.passages =
        calloc(report->survey->case_count + 1, sizeof(*packing.passages));
    rc = packing.packer && packing.has_passages && packing.passages
             ? pack_cases(&packing)
             : bylaw__fail_memory(report->err, "");
    libdeflate_free_compressor(packing.packer);
    free(packing.has_passages);
    free(packing.passages);
    bylaw__buf_release(&packing.audit);
    bylaw__buf_release(&packing.chunk);
    return rc;
}
