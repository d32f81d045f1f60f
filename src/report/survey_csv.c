/* SPDX-License-Identifier: Apache-2.0 */
/* A survey as CSV (RFC 4180): one row a finding. */
#include "survey_int.h"

static const char *const columns[] = {
    "case",     "state",   "source",   "source_title", "url",      "host",
    "verdict",  "because", "severity", "confidence",   "coverage", "rule",
    "duty",     "kind",    "force",    "basis",        "outcome",  "partial",
    "why",      "zone",    "bytes",    "text",         "href",     "fix",
    "first_at", "last_at", "reason",
};

#define COLUMN_COUNT (sizeof(columns) / sizeof(columns[0]))

/* Spreadsheets take a cell that begins like this for a formula, and pages'
 * texts begin as their authors please. */
static bool looks_like_formula(const char *text)
{
    return *text && strchr("=+-@\t\r\n|", *text);
}

static void add_cell(struct bylaw__buf *out, const char *text)
{
    bylaw__buf_add_text(out, "\"");
    if (looks_like_formula(text))
        bylaw__buf_add_char(out, '\'');
    for (; *text; text++) {
        if (*text == '"')
            bylaw__buf_add_char(out, '"');
        bylaw__buf_add_char(out, *text);
    }
    bylaw__buf_add_text(out, "\"");
}

/* Cells of a row, each ended by a comma or the row's end. */
struct row {
    struct bylaw__buf *out;
    size_t count;
};

static void put(struct row *row, const char *text)
{
    add_cell(row->out, text);
    row->count++;
    bylaw__buf_add_text(row->out, row->count == COLUMN_COUNT ? "\r\n" : ",");
}

static void put_number(struct row *row, long long value)
{
    bylaw__buf_printf(row->out, "%lld,", value);
    row->count++;
}

static void put_time(struct row *row, int64_t ms)
{
    char text[BYLAW__TIME_BYTES];

    bylaw__time_format(text, ms);
    put(row, ms ? text : "");
}

static void put_share(struct row *row, double share)
{
    int thousandths = (int)(share * 10000 + 0.5);

    bylaw__buf_printf(row->out, "%d.%04d,", thousandths / 10000,
                      thousandths % 10000);
    row->count++;
}

static void put_case(struct row *row, const struct audit_view *view)
{
    const struct bylaw_survey_case *c = view->c;

    put_number(row, c->id);
    put(row, bylaw_case_state_name(c->state));
    put(row, view->source->name);
    put(row, view->source->title);
    put(row, c->url);
    put(row, c->host);
    put(row, c->verdict);
    put(row, c->because);
    put_number(row, c->severity);
    put(row, c->confidence);
    put_share(row, c->coverage);
    put(row, c->rule);
}

static void put_finding(struct row *row, const struct finding_view *finding)
{
    char bytes[48] = "";

    if (finding->end > finding->begin)
        snprintf(bytes, sizeof(bytes), "%lld..%lld", (long long)finding->begin,
                 (long long)finding->end);
    put(row, finding->id);
    put(row, finding->kind);
    put(row, finding->force);
    put(row, finding->basis);
    put(row, finding->outcome);
    put(row, finding->is_partial ? "yes" : "no");
    put(row, finding->why);
    put(row, finding->zone);
    put(row, bytes);
    put(row, finding->text);
    put(row, finding->href);
    put(row, finding->fix);
}

static void add_row(struct bylaw__buf *out, const struct audit_view *view,
                    const struct finding_view *finding)
{
    static const struct finding_view none = {.id = "",
                                             .kind = "",
                                             .force = "",
                                             .basis = "",
                                             .outcome = "",
                                             .why = "",
                                             .fix = "",
                                             .zone = "",
                                             .text = "",
                                             .href = ""};
    struct row row = {.out = out};

    put_case(&row, view);
    put_finding(&row, finding ? finding : &none);
    put_time(&row, view->c->first_ms);
    put_time(&row, view->c->last_ms);
    put(&row, view->c->reason);
}

int bylaw__survey_csv(struct bylaw__buf *out, const struct bylaw_survey *survey,
                      struct bylaw_error *err)
{
    struct audit_view view = {.is_bare = true};
    struct row head = {.out = out};
    int rc = 0;

    for (size_t i = 0; i < COLUMN_COUNT; i++)
        put(&head, columns[i]);
    for (size_t i = 0; !rc && i < survey->case_count; i++) {
        rc = bylaw__view_open(&view, survey, i, err);
        for (size_t k = 0; !rc && k < view.finding_count; k++)
            add_row(out, &view, &view.findings[k]);
        if (!rc && !view.finding_count)
            add_row(out, &view, NULL);
    }
    bylaw__view_close(&view);
    return rc;
}
