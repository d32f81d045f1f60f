/* SPDX-License-Identifier: Apache-2.0 */
/* What a reader without scripts sees: counts, and the cases to act on. */
#include "html_report.h"

#define ROWS_MAX 200u

static void add_row(struct bylaw__buf *out, const struct bylaw_survey *survey,
                    const struct bylaw_survey_case *c)
{
    const struct bylaw_survey_source *source = &survey->sources[c->source];

    bylaw__buf_printf(out, "<tr><td>%lld</td><td>%s</td><td>", (long long)c->id,
                      bylaw_case_state_name(c->state));
    bylaw__html_text(out, c->verdict);
    bylaw__buf_add_text(out, "</td><td>");
    bylaw__html_text(out, c->url);
    bylaw__buf_add_text(out, "</td><td>");
    bylaw__html_text(out, *source->title ? source->title : source->name);
    bylaw__buf_add_text(out, "</td><td>");
    bylaw__html_text(out, c->because);
    bylaw__buf_add_text(out, "</td></tr>\n");
}

static void add_rows(struct bylaw__buf *out, const struct bylaw_survey *survey)
{
    size_t shown = 0;

    bylaw__buf_add_text(out, "<table><tr><th>Case</th><th>State</th>"
                             "<th>Verdict</th><th>Page</th><th>Article</th>"
                             "<th>Because</th></tr>\n");
    for (size_t i = 0; i < survey->case_count && shown < ROWS_MAX; i++)
        if (bylaw_case_wants_action(survey->cases[i].state)) {
            add_row(out, survey, &survey->cases[i]);
            shown++;
        }
    bylaw__buf_add_text(out, "</table>\n");
}

void bylaw__html_summary(struct html_report *report)
{
    const struct bylaw_survey *survey = report->survey;
    struct bylaw__buf *out = report->out;
    char when[BYLAW__TIME_BYTES];

    bylaw__time_format(when, survey->as_of_ms);
    bylaw__buf_printf(out,
                      "<h1>Republication report</h1>\n<p>As of %s: %zu copies "
                      "of %zu articles, %zu cases to act on.</p>\n",
                      when, survey->case_count, survey->source_count,
                      report->tally.open);
    if (report->tally.open)
        add_rows(out, survey);
    bylaw__buf_add_text(out, "<noscript><p>With scripts allowed, this page "
                             "also shows each finding with its evidence. It "
                             "loads nothing from anywhere.</p></noscript>\n");
}
