/* SPDX-License-Identifier: Apache-2.0 */
/* One rule in full, for people and programs. */
#include "report_int.h"

#define TERM_COLUMN 15

static void add_list(struct bylaw__json *json, const char *key,
                     const char *const *items, size_t count)
{
    bylaw__json_key(json, key);
    bylaw__json_array(json);
    for (size_t i = 0; i < count; i++)
        bylaw__json_text(json, items[i]);
    bylaw__json_array_end(json);
}

static void add_terms(struct bylaw__json *json, const struct bylaw_rule *rule)
{
    bylaw__json_key(json, "terms");
    bylaw__json_array(json);
    for (size_t i = 0; i < rule->term_count; i++) {
        const struct bylaw_term *term = &rule->terms[i];

        bylaw__json_object(json);
        bylaw__json_add_text(json, "id", term->id);
        bylaw__json_add_text(json, "kind", bylaw_term_kind_name(term->kind));
        bylaw__json_add_text(json, "force", bylaw_force_name(term->force));
        bylaw__json_add_text(json, "basis", bylaw_basis_name(term->basis));
        bylaw__json_add_number(json, "severity", term->severity);
        bylaw__json_key(json, "for_person");
        bylaw__json_bool(json, term->decide == BYLAW_DECIDE_HUMAN);
        bylaw__json_add_text(json, "note", term->note);
        bylaw__json_key(json, "params");
        bylaw__json_object(json);
        for (size_t k = 0; k < term->param_count; k++)
            bylaw__json_add_text(json, term->params[k].name,
                                 term->params[k].value);
        bylaw__json_object_end(json);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

void bylaw__report_rule_json(struct bylaw__buf *out,
                             const struct bylaw_rule *rule)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.rule/1");
    bylaw__json_add_text(&json, "id", rule->id);
    bylaw__json_add_text(&json, "title", rule->title);
    bylaw__json_add_text(&json, "status", rule->status);
    bylaw__json_add_text(&json, "licence", rule->licence);
    bylaw__json_add_text(&json, "version", rule->version);
    bylaw__json_add_text(&json, "sha256", rule->sha256);
    bylaw__json_add_text(&json, "file", rule->file);
    bylaw__json_key(&json, "captured");
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "url", rule->captured_url);
    bylaw__json_add_text(&json, "date", rule->captured_date);
    bylaw__json_add_text(&json, "sha256", rule->captured_sha256);
    bylaw__json_object_end(&json);
    add_list(&json, "domains", rule->domains, rule->domain_count);
    add_terms(&json, rule);
    add_list(&json, "permitted_changes", rule->permitted_changes,
             rule->permitted_change_count);
    bylaw__json_add_count(&json, "samples", rule->sample_count);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}

static void add_row(struct bylaw__buf *out, const char *label,
                    const char *value, const struct bylaw__report_style *style)
{
    if (!value)
        return;
    bylaw__buf_printf(out, "  %-12s", label);
    bylaw__report_fold(out, bylaw__span_of(value), style, 14, 14);
    bylaw__buf_add_char(out, '\n');
}

/* A line below a term, under the term's own column. */
static void add_below(struct bylaw__buf *out, struct bylaw_span text,
                      const struct bylaw__report_style *style)
{
    if (!text.len)
        return;
    bylaw__buf_printf(out, "%*s", TERM_COLUMN, "");
    bylaw__report_fold(out, text, style, TERM_COLUMN, TERM_COLUMN);
    bylaw__buf_add_char(out, '\n');
}

static void add_term_lines(struct bylaw__buf *out,
                           const struct bylaw_term *term,
                           const struct bylaw__report_style *style)
{
    struct bylaw__buf params = {0};

    bylaw__buf_printf(out, "  %-12s %-18s %-7s %-8s severity %d%s\n",
                      bylaw_term_kind_name(term->kind), term->id,
                      bylaw_force_name(term->force),
                      bylaw_basis_name(term->basis), term->severity,
                      term->decide == BYLAW_DECIDE_HUMAN ? ", for a person"
                                                         : "");
    for (size_t i = 0; i < term->param_count; i++)
        bylaw__buf_printf(&params, "%s%s: %s", i ? ", " : "",
                          term->params[i].name, term->params[i].value);
    add_below(out, bylaw__buf_span(&params), style);
    add_below(out, bylaw__span_of(term->note), style);
    bylaw__buf_release(&params);
}

void bylaw__report_rule_text(struct bylaw__buf *out,
                             const struct bylaw_rule *rule,
                             const struct bylaw__report_style *style)
{
    bylaw__report_tint(out, style, TINT_BOLD, rule->id);
    bylaw__buf_add_char(out, '\n');
    add_row(out, "title", rule->title, style);
    add_row(out, "status", rule->status, style);
    add_row(out, "licence", rule->licence, style);
    add_row(out, "version", rule->version, style);
    add_row(out, "read from", rule->captured_url, style);
    add_row(out, "read on", rule->captured_date, style);
    add_row(out, "text hash", rule->captured_sha256, style);
    add_row(out, "ask", rule->contact_ask, style);
    add_row(out, "file", rule->file, style);
    bylaw__buf_add_char(out, '\n');
    for (size_t i = 0; i < rule->term_count; i++)
        add_term_lines(out, &rule->terms[i], style);
}
