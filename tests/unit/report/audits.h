/* SPDX-License-Identifier: Apache-2.0 */
/* Audits made by hand, for the report's tests. */
#ifndef TEST_AUDITS_H
#define TEST_AUDITS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "report/report.h"

/* One audit with one row, all of it in one place and free to be changed. */
struct made {
    struct bylaw_response response;
    struct bylaw_document document;
    struct bylaw_source source;
    struct bylaw_match match;
    struct bylaw_match_span span;
    struct bylaw_edit edit;
    struct bylaw_rule rule;
    struct bylaw_evidence evidence[2];
    struct bylaw_finding finding;
    struct bylaw_judgement judgement;
    struct bylaw_audit_row rows[2];
    struct bylaw_audit audit;
};

static inline void make_finding(struct made *m)
{
    m->evidence[0] =
        (struct bylaw_evidence){.zone = BYLAW_ZONE_CREDIT,
                                .bytes = {100, 120},
                                .text = BYLAW__SPAN("Source: The Wire"),
                                .href = BYLAW__SPAN("#")};
    m->evidence[1] =
        (struct bylaw_evidence){.zone = BYLAW_ZONE_FOOTER,
                                .text = BYLAW__SPAN("second piece")};
    m->finding = (struct bylaw_finding){
        .id = "link.original",
        .kind = BYLAW_TERM_DUTY,
        .force = BYLAW_FORCE_MUST,
        .basis = BYLAW_BASIS_LICENCE,
        .outcome = BYLAW_OUTCOME_FAIL,
        .severity = 3,
        .confidence = BYLAW_CONFIDENCE_HIGH,
        .why = "The credit link leads nowhere.",
        .evidence = m->evidence,
        .evidence_count = 2,
        .fix = "<a href=\"https://wire.example/a\">The Wire</a>",
    };
}

static inline void make_match(struct made *m)
{
    m->span = (struct bylaw_match_span){.source = {0, 500},
                                        .page = {900, 1400},
                                        .edit_distance = 2};
    m->edit = (struct bylaw_edit){.kind = BYLAW_EDIT_REPLACED,
                                  .change = BYLAW_CHANGE_SUBSTANTIVE,
                                  .source = {10, 20},
                                  .page = {910, 922}};
    m->match = (struct bylaw_match){.class = BYLAW_MATCH_FULL,
                                    .source_coverage = 0.98765,
                                    .page_coverage = 0.5,
                                    .copied_words = 812,
                                    .spans = &m->span,
                                    .span_count = 1,
                                    .edits = &m->edit,
                                    .edit_count = 1};
}

static inline void make_audit(struct made *m)
{
    memset(m, 0, sizeof(*m));
    m->response = (struct bylaw_response){.url = "http://copy.example/a",
                                          .final_url = "http://copy.example/a",
                                          .status = 200,
                                          .fetched_at_ms = 1700000000000};
    m->document = (struct bylaw_document){.url = "http://copy.example/a",
                                          .title = "A Copy",
                                          .language = "en",
                                          .charset = "utf-8",
                                          .is_complete = true};
    m->source = (struct bylaw_source){.id = "the-article",
                                      .title = "The Article",
                                      .publisher = "The Wire"};
    make_match(m);
    m->rule = (struct bylaw_rule){.id = "wire-rule",
                                  .title = "The Wire's permission",
                                  .status = "verified",
                                  .version = "0123456789abcdef",
                                  .captured_date = "2023-05-16"};
    make_finding(m);
    m->judgement = (struct bylaw_judgement){
        .verdict = BYLAW_VERDICT_NOT_MET,
        .because = "The page has no link to the article.",
        .severity = 3,
        .confidence = BYLAW_CONFIDENCE_HIGH,
        .ancestor = BYLAW_ANCESTOR_SELF,
        .ancestor_why = "",
        .findings = &m->finding,
        .finding_count = 1,
        .fix = "<p>Source: <a href=\"https://wire.example/a\">W</a></p>"};
    m->rows[0] = (struct bylaw_audit_row){&m->source, &m->match, &m->rule,
                                          &m->judgement};
    m->audit = (struct bylaw_audit){.response = &m->response,
                                    .document = &m->document,
                                    .is_complete = true,
                                    .rows = m->rows,
                                    .row_count = 1};
}

/* The same page where nothing matched, or that could not be read. */
static inline void forget_source(struct made *m)
{
    memset(&m->match, 0, sizeof(m->match));
    m->judgement.findings = NULL;
    m->judgement.finding_count = 0;
    m->judgement.fix = NULL;
    m->rows[0].source = NULL;
    m->rows[0].rule = NULL;
}

#endif
