/* SPDX-License-Identifier: Apache-2.0 */
/* What became of rules' samples: lines, a matrix of rules and terms, JSON. */
#include "report_int.h"

#define RULE_COLUMN 30 /* where the matrix' first term stands */

#define NO_MARK '.'

static const char marks[] = {
    [BYLAW__COVERAGE_UNTESTED] = '!',
    [BYLAW__COVERAGE_TESTED] = '+',
    [BYLAW__COVERAGE_PERSON] = 'p',
};

static const char *word_of(const struct bylaw_finding *finding)
{
    return finding->outcome == BYLAW_OUTCOME_FAIL && finding->is_partial
               ? "partial"
               : bylaw_outcome_name(finding->outcome);
}

static void add_findings(struct bylaw__buf *out,
                         const struct bylaw_judgement *judgement)
{
    for (size_t i = 0; i < judgement->finding_count; i++)
        bylaw__buf_printf(out, "      %-12s %s\n",
                          word_of(&judgement->findings[i]),
                          judgement->findings[i].id);
}

void bylaw__report_sample_text(struct bylaw__buf *out,
                               const struct bylaw__sample_result *result,
                               bool with_findings)
{
    bylaw__buf_printf(out, "%-5s %s/%s: %s\n", result->is_ok ? "ok" : "WRONG",
                      result->rule->id, result->sample->id,
                      bylaw_verdict_name(result->judgement->verdict));
    if (!result->is_ok) {
        bylaw__buf_printf(out, "      expected %s: ", result->sample->expect);
        bylaw__report_safe(out, bylaw__span_of(result->detail));
        bylaw__buf_add_char(out, '\n');
    }
    if (with_findings)
        add_findings(out, result->judgement);
}

void bylaw__report_sample_json(struct bylaw__buf *out,
                               const struct bylaw__sample_result *result)
{
    const struct bylaw_judgement *judgement = result->judgement;
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.sample/1");
    bylaw__json_add_text(&json, "rule", result->rule->id);
    bylaw__json_add_text(&json, "sample", result->sample->id);
    bylaw__json_add_text(&json, "expect", result->sample->expect);
    bylaw__json_add_text(&json, "verdict",
                         bylaw_verdict_name(judgement->verdict));
    bylaw__json_key(&json, "ok");
    bylaw__json_bool(&json, result->is_ok);
    bylaw__json_add_text(&json, "because", result->detail);
    bylaw__json_key(&json, "findings");
    bylaw__json_object(&json);
    for (size_t i = 0; i < judgement->finding_count; i++)
        bylaw__json_add_text(&json, judgement->findings[i].id,
                             word_of(&judgement->findings[i]));
    bylaw__json_object_end(&json);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}

void bylaw__report_coverage_json(struct bylaw__buf *out,
                                 const struct bylaw__rule_result *result)
{
    const struct bylaw_rule *rule = result->rule;
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.coverage/1");
    bylaw__json_add_text(&json, "rule", rule->id);
    bylaw__json_add_count(&json, "passed", result->passed);
    bylaw__json_add_count(&json, "failed", result->failed);
    bylaw__json_key(&json, "terms");
    bylaw__json_object(&json);
    for (size_t i = 0; i < rule->term_count; i++)
        bylaw__json_add_text(&json, rule->terms[i].id,
                             bylaw__coverage_name(result->coverage[i]));
    bylaw__json_object_end(&json);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}

/* ------------------------------------------------------------- matrix --- */

static char mark_of(const struct bylaw__rule_result *result, const char *term)
{
    for (size_t i = 0; i < result->rule->term_count; i++)
        if (!strcmp(result->rule->terms[i].id, term))
            return marks[result->coverage[i]];
    return NO_MARK;
}

void bylaw__report_matrix_add(struct bylaw__matrix *matrix,
                              const struct bylaw__rule_result *result)
{
    bylaw__buf_add_text(&matrix->rules, result->rule->id);
    bylaw__buf_add_char(&matrix->rules, '\n');
    for (size_t i = 0; i < matrix->term_count; i++)
        bylaw__buf_add_char(&matrix->cells, mark_of(result, matrix->terms[i]));
}

/* A column is shown where some rule has its term. */
static bool is_used(const struct bylaw__matrix *matrix, size_t column)
{
    for (size_t i = column; i < matrix->cells.len; i += matrix->term_count)
        if (matrix->cells.ptr[i] != NO_MARK)
            return true;
    return false;
}

/* A letter of a name that stands upright and ends at the lowest line. */
static char letter_at(const char *name, size_t line, size_t height)
{
    size_t above = height - strlen(name);

    return line < above ? ' ' : name[line - above];
}

static size_t height_of(const struct bylaw__matrix *matrix)
{
    size_t most = 0;

    for (size_t i = 0; i < matrix->term_count; i++)
        if (is_used(matrix, i) && strlen(matrix->terms[i]) > most)
            most = strlen(matrix->terms[i]);
    return most;
}

/* Blanks are held back until something stands behind them. */
static void add_head(struct bylaw__buf *out, const struct bylaw__matrix *matrix)
{
    size_t height = height_of(matrix);

    for (size_t line = 0; line < height; line++) {
        size_t blanks = RULE_COLUMN;

        for (size_t i = 0; i < matrix->term_count; i++) {
            char letter;

            if (!is_used(matrix, i))
                continue;
            letter = letter_at(matrix->terms[i], line, height);
            if (letter != ' ')
                bylaw__buf_printf(out, "%*s %c", (int)blanks, "", letter);
            blanks = letter == ' ' ? blanks + 2 : 0;
        }
        bylaw__buf_add_char(out, '\n');
    }
}

void bylaw__report_matrix_text(struct bylaw__buf *out,
                               const struct bylaw__matrix *matrix)
{
    struct bylaw_span rules = bylaw__buf_span(&matrix->rules);
    const char *cells = matrix->cells.ptr;

    if (!rules.len)
        return;
    add_head(out, matrix);
    while (rules.len) {
        size_t end = bylaw__span_find(rules, BYLAW__SPAN("\n"));

        bylaw__buf_printf(out, "%-*.*s", RULE_COLUMN, (int)end, rules.ptr);
        for (size_t i = 0; i < matrix->term_count; i++)
            if (is_used(matrix, i))
                bylaw__buf_printf(out, " %c", cells[i]);
        bylaw__buf_add_char(out, '\n');
        cells += matrix->term_count;
        rules = bylaw__span_sub(rules, end + 1, rules.len);
    }
    bylaw__buf_add_text(out, "+ tested  ! untested  p left to a person  . not "
                             "in the rule\n");
}

void bylaw__report_matrix_release(struct bylaw__matrix *matrix)
{
    bylaw__buf_release(&matrix->rules);
    bylaw__buf_release(&matrix->cells);
}

size_t bylaw__report_untested(struct bylaw__buf *out,
                              const struct bylaw__rule_result *result)
{
    size_t count = 0;

    for (size_t i = 0; i < result->rule->term_count; i++) {
        if (result->coverage[i] != BYLAW__COVERAGE_UNTESTED)
            continue;
        bylaw__buf_printf(out,
                          "untested %s %s: no sample notices when it is not "
                          "looked at\n",
                          result->rule->id, result->rule->terms[i].id);
        count++;
    }
    return count;
}
