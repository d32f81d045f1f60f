/* SPDX-License-Identifier: Apache-2.0 */
/* An audit for a person: verdict, checklist, what to paste. */
#include "report_int.h"

#include <stdio.h>

/* Columns: two spaces, force 6, outcome 9, term 18; then the sentence. */
#define WHY_COLUMN 37

#define EVIDENCE_BYTES 160

static const struct {
    const char *label;
    enum tint tint;
} verdicts[] = {
    [BYLAW_VERDICT_UNDETERMINED] = {"UNDETERMINED", TINT_DOUBT},
    [BYLAW_VERDICT_COMPLIANT] = {"COMPLIANT", TINT_GOOD},
    [BYLAW_VERDICT_COMPLIANT_BY_TEMPLATE] = {"COMPLIANT BY TEMPLATE",
                                             TINT_GOOD},
    [BYLAW_VERDICT_INCOMPLETE] = {"INCOMPLETE", TINT_BAD},
    [BYLAW_VERDICT_NOT_MET] = {"NOT MET", TINT_BAD},
    [BYLAW_VERDICT_OUTSIDE_GRANT] = {"OUTSIDE GRANT", TINT_BAD},
    [BYLAW_VERDICT_NOT_APPLICABLE] = {"NOT APPLICABLE", TINT_DIM},
};

static const struct {
    const char *label;
    enum tint tint;
} outcomes[] = {
    [BYLAW_OUTCOME_UNKNOWN] = {"unknown", TINT_DOUBT},
    [BYLAW_OUTCOME_PASS] = {"pass", TINT_GOOD},
    [BYLAW_OUTCOME_FAIL] = {"FAIL", TINT_BAD},
    [BYLAW_OUTCOME_NOT_EVALUATED] = {"-", TINT_DIM},
};

static const char *const class_words[] = {
    [BYLAW_MATCH_NONE] = "No copy",
    [BYLAW_MATCH_FULL] = "Full copy",
    [BYLAW_MATCH_PARTIAL] = "Partial copy",
    [BYLAW_MATCH_EXCERPT] = "Excerpt",
    [BYLAW_MATCH_QUOTATION] = "Quotation",
    [BYLAW_MATCH_TRANSLATION] = "Translation",
};

static void add_headline(struct bylaw__buf *out,
                         const struct bylaw_audit *audit,
                         const struct bylaw_audit_row *row,
                         const struct bylaw__report_style *style)
{
    enum bylaw_verdict verdict = row->judgement->verdict;

    bylaw__report_tint(out, style, verdicts[verdict].tint,
                       verdicts[verdict].label);
    bylaw__buf_add_text(out, "  ");
    bylaw__report_safe(out, bylaw__span_of(audit->response->url));
    bylaw__buf_add_char(out, '\n');
}

static void add_line(struct bylaw__buf *out, const char *text,
                     const struct bylaw__report_style *style)
{
    bylaw__buf_add_text(out, "  ");
    bylaw__report_fold(out, bylaw__span_of(text), style, 2, 2);
    bylaw__buf_add_char(out, '\n');
}

/* What of the article there is, up to its name. */
static void add_amount(struct bylaw__buf *line, const struct bylaw_match *match)
{
    if (match->kinship.traits)
        bylaw__buf_printf(line, "%s: %u names and numbers of \"",
                          match->class == BYLAW_MATCH_TRANSLATION
                              ? "Likely a translation"
                              : "Possibly a translation",
                          match->kinship.traits);
    else if (match->class == BYLAW_MATCH_NONE)
        bylaw__buf_printf(line, "In other words: %u words of \"",
                          match->rewritten_words);
    else
        bylaw__buf_printf(line, "%s: %.0f %% of \"", class_words[match->class],
                          100.0 * match->source_coverage);
}

static void add_match(struct bylaw__buf *out, const struct bylaw_audit_row *row,
                      const struct bylaw__report_style *style)
{
    const struct bylaw_match *match = row->match;
    const struct bylaw_source *source = row->source;
    bool is_hint = match->class == BYLAW_MATCH_NONE || match->kinship.traits;
    struct bylaw__buf line;

    bylaw__buf_init(&line, 0);
    add_amount(&line, match);
    bylaw__report_excerpt(&line,
                          bylaw__span_of(source->title ? source->title
                                                       : source->id),
                          EVIDENCE_BYTES);
    bylaw__buf_add_char(&line, '"');
    if (source->publisher) {
        bylaw__buf_add_text(&line, " (");
        bylaw__report_excerpt(&line, bylaw__span_of(source->publisher),
                              EVIDENCE_BYTES);
        bylaw__buf_add_char(&line, ')');
    }
    if (is_hint)
        bylaw__buf_add_char(&line, '.');
    else
        bylaw__buf_printf(&line, ", %u words; %.0f %% of the page's main text.",
                          match->copied_words, 100.0 * match->page_coverage);
    if (!line.failed)
        add_line(out, line.ptr, style);
    bylaw__buf_release(&line);
}

static void add_evidence(struct bylaw__buf *out,
                         const struct bylaw_evidence *evidence,
                         const struct bylaw__report_style *style)
{
    struct bylaw__buf line;

    bylaw__buf_init(&line, 0);
    bylaw__buf_printf(&line, "%s %u-%u: \"", bylaw_zone_name(evidence->zone),
                      evidence->bytes.begin, evidence->bytes.end);
    bylaw__report_excerpt(&line, evidence->text, EVIDENCE_BYTES);
    bylaw__buf_add_char(&line, '"');
    if (evidence->href.ptr) {
        bylaw__buf_add_text(&line, " href=\"");
        bylaw__report_excerpt(&line, evidence->href, EVIDENCE_BYTES);
        bylaw__buf_add_char(&line, '"');
    }
    bylaw__buf_printf(out, "%*s", WHY_COLUMN, "");
    bylaw__report_fold(out, bylaw__buf_span(&line), style, WHY_COLUMN + 2,
                       WHY_COLUMN);
    bylaw__buf_add_char(out, '\n');
    bylaw__buf_release(&line);
}

static void add_finding(struct bylaw__buf *out,
                        const struct bylaw_finding *finding,
                        const struct bylaw__report_style *style)
{
    char padded[16];

    snprintf(padded, sizeof(padded), "%-9s",
             finding->is_partial ? "PARTIAL"
                                 : outcomes[finding->outcome].label);
    bylaw__buf_printf(out, "  %-7s", bylaw_force_name(finding->force));
    bylaw__report_tint(out, style, outcomes[finding->outcome].tint, padded);
    bylaw__buf_printf(out, " %-17s ", finding->id);
    bylaw__report_fold(out, bylaw__span_of(finding->why), style, WHY_COLUMN,
                       WHY_COLUMN);
    bylaw__buf_add_char(out, '\n');
    for (size_t i = 0; i < finding->evidence_count; i++)
        if (i == 0 || style->verbosity > 0)
            add_evidence(out, &finding->evidence[i], style);
}

static void add_rule(struct bylaw__buf *out, const struct bylaw_rule *rule,
                     const struct bylaw__report_style *style)
{
    struct bylaw__buf line;

    if (!rule)
        return;
    bylaw__buf_init(&line, 0);
    bylaw__buf_printf(&line, "Rule: %s (%s), version %s", rule->title, rule->id,
                      rule->version);
    if (rule->captured_date)
        bylaw__buf_printf(&line, ", read %s", rule->captured_date);
    bylaw__buf_add_char(&line, '.');
    if (!line.failed)
        add_line(out, line.ptr, style);
    bylaw__buf_release(&line);
}

/* What to paste is shown as it is, unfolded: it is to be copied. */
static void add_fix(struct bylaw__buf *out, const char *fix)
{
    if (!fix || !*fix)
        return;
    bylaw__buf_add_text(out,
                        "\n  To put it right, add beside the article:\n    ");
    bylaw__report_safe_html(out, bylaw__span_of(fix));
    bylaw__buf_add_char(out, '\n');
}

static void add_row(struct bylaw__buf *out, const struct bylaw_audit *audit,
                    const struct bylaw_audit_row *row,
                    const struct bylaw__report_style *style)
{
    const struct bylaw_judgement *judgement = row->judgement;

    add_headline(out, audit, row, style);
    add_line(out, judgement->because, style);
    if (style->verbosity < 0)
        return;
    if (row->source) {
        add_match(out, row, style);
        add_rule(out, row->rule, style);
    }
    if (judgement->finding_count)
        bylaw__buf_add_char(out, '\n');
    for (size_t i = 0; i < judgement->finding_count; i++)
        add_finding(out, &judgement->findings[i], style);
    add_fix(out, judgement->fix);
}

void bylaw__report_audit_text(struct bylaw__buf *out,
                              const struct bylaw_audit *audit,
                              const struct bylaw__report_style *style)
{
    for (size_t i = 0; i < audit->row_count; i++) {
        if (i)
            bylaw__buf_add_char(out, '\n');
        add_row(out, audit, &audit->rows[i], style);
    }
}
