/* SPDX-License-Identifier: Apache-2.0 */
/* A survey as Markdown, for an issue or a wiki: counts, then open cases. */
#include "survey_int.h"

/* Characters with a meaning in Markdown, or in the HTML it lets through. */
static bool is_mark(char c)
{
    return strchr("\\`*_{}[]<>()#+!|~&", c) != NULL;
}

static void add_inline(struct bylaw__buf *out, const char *text)
{
    struct bylaw__buf safe = {0};

    bylaw__report_safe(&safe, bylaw__span_of(text));
    for (size_t i = 0; i < safe.len; i++) {
        if (is_mark(safe.ptr[i]))
            bylaw__buf_add_char(out, '\\');
        bylaw__buf_add_char(out, safe.ptr[i]);
    }
    out->failed |= safe.failed;
    bylaw__buf_release(&safe);
}

/* An address as text, never a link: a report is read before it is believed. */
static void add_code(struct bylaw__buf *out, const char *text)
{
    struct bylaw__buf safe = {0};

    bylaw__report_safe(&safe, bylaw__span_of(text));
    bylaw__buf_add_char(out, '`');
    for (size_t i = 0; i < safe.len; i++)
        bylaw__buf_add_char(out, safe.ptr[i] == '`' ? '\'' : safe.ptr[i]);
    bylaw__buf_add_char(out, '`');
    out->failed |= safe.failed;
    bylaw__buf_release(&safe);
}

static void add_counts(struct bylaw__buf *out,
                       const struct bylaw_survey *survey,
                       const struct tally *tally)
{
    const struct bylaw_metrics *metrics = &survey->metrics;
    char when[BYLAW__TIME_BYTES];

    bylaw__time_format(when, survey->as_of_ms);
    bylaw__buf_printf(out,
                      "# Republication report\n\nAs of %s: %zu article%s, %zu "
                      "case%s, %zu to act on.\n\nPages read %llu, missing "
                      "%llu, not readable %llu, still to visit %llu. What was "
                      "not read is not judged.\n\n",
                      when, survey->source_count,
                      survey->source_count == 1 ? "" : "s", survey->case_count,
                      survey->case_count == 1 ? "" : "s", tally->open,
                      (unsigned long long)metrics->pages_read,
                      (unsigned long long)metrics->pages_missing,
                      (unsigned long long)metrics->pages_failed,
                      (unsigned long long)metrics->pages_waiting);
}

static void add_matrix(struct bylaw__buf *out, const struct tally *tally)
{
    if (!tally->duty_count)
        return;
    bylaw__buf_add_text(out, "| duty | met | in part | not met | cannot tell | "
                             "does not arise |\n|---|--:|--:|--:|--:|--:|\n");
    for (size_t i = 0; i < tally->duty_count; i++) {
        const struct duty_count *duty = &tally->duties[i];

        bylaw__buf_add_text(out, "| ");
        add_code(out, duty->id);
        bylaw__buf_printf(out, " | %zu | %zu | %zu | %zu | %zu |\n", duty->pass,
                          duty->partial, duty->fail, duty->unknown,
                          duty->not_evaluated);
    }
    bylaw__buf_add_char(out, '\n');
}

static void add_finding(struct bylaw__buf *out,
                        const struct finding_view *finding)
{
    bylaw__buf_printf(out, "- [%c] ",
                      strcmp(finding->outcome, "pass") ? ' ' : 'x');
    add_code(out, finding->id);
    bylaw__buf_printf(out, " (%s, %s): ", finding->force, finding->outcome);
    add_inline(out, finding->why);
    bylaw__buf_add_char(out, '\n');
}

/* The fence is longer than any run of its mark inside. */
static void add_fix(struct bylaw__buf *out, const char *fix)
{
    size_t longest = 2, run = 0;

    for (const char *c = fix; *c; c++) {
        run = *c == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    bylaw__buf_add_text(out, "\nTo put it right, add beside the article:\n\n");
    for (size_t i = 0; i <= longest; i++)
        bylaw__buf_add_char(out, '`');
    bylaw__buf_add_text(out, "html\n");
    bylaw__report_safe_html(out, bylaw__span_of(fix));
    bylaw__buf_add_char(out, '\n');
    for (size_t i = 0; i <= longest; i++)
        bylaw__buf_add_char(out, '`');
    bylaw__buf_add_char(out, '\n');
}

static void add_case(struct bylaw__buf *out, const struct audit_view *view)
{
    const struct bylaw_survey_case *c = view->c;

    bylaw__buf_printf(out, "## Case %lld: ", (long long)c->id);
    add_inline(out, c->host);
    bylaw__buf_printf(out, " (%s, %s)\n\n", bylaw_case_state_name(c->state),
                      c->verdict);
    add_code(out, c->url);
    bylaw__buf_add_text(out, "\n\n");
    add_inline(out, c->because);
    bylaw__buf_add_text(out, "\n\n");
    for (size_t i = 0; i < view->finding_count; i++)
        add_finding(out, &view->findings[i]);
    if (*view->fix)
        add_fix(out, view->fix);
    bylaw__buf_add_char(out, '\n');
}

static int add_open(struct bylaw__buf *out, const struct bylaw_survey *survey,
                    struct bylaw_error *err)
{
    struct audit_view view = {.is_bare = true};
    int rc = 0;

    for (size_t i = 0; !rc && i < survey->case_count; i++) {
        if (!bylaw__state_is_unresolved(survey->cases[i].state))
            continue;
        rc = bylaw__view_open(&view, survey, i, err);
        if (!rc)
            add_case(out, &view);
    }
    bylaw__view_close(&view);
    return rc;
}

int bylaw__survey_markdown(struct bylaw__buf *out,
                           const struct bylaw_survey *survey,
                           struct bylaw_error *err)
{
    struct tally tally;
    int rc = bylaw__tally(&tally, survey, err);

    if (!rc) {
        add_counts(out, survey, &tally);
        add_matrix(out, &tally);
        rc = add_open(out, survey, err);
    }
    if (!rc && tally.open)
        bylaw__buf_add_text(out,
                            "A finding is not an accusation: a person should "
                            "look before anybody is written to.\n");
    bylaw__tally_release(&tally);
    return rc;
}
