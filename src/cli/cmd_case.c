/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw case: pages over time, and what people decided about them. */
#include "case_view.h"
#include "workspace.h"

#include <stdio.h>
#include <stdlib.h>

#define DAY_MS ((int64_t)86400000)

struct cases {
    struct cli *cli;
    struct cli_workspace workspace;
    struct bylaw__buf out;
    size_t count;
    int64_t wanted; /* number of the case asked about */
    struct bylaw_error *err;
    size_t captures; /* told of */
    struct cli_written written;
};

static int open_cases(struct cases *cases, struct cli *cli,
                      enum cli_workspace_use use)
{
    *cases = (struct cases){.cli = cli};
    return cli_workspace_open(&cases->workspace, cli, use);
}

/* Prints what was gathered, or why it could not be. */
static int close_cases(struct cases *cases, int rc,
                       const struct bylaw_error *err)
{
    if (!rc)
        rc = cli_print(cases->cli, &cases->out);
    else if (err->code)
        rc = cli_complain(cases->cli, err);
    bylaw__buf_release(&cases->out);
    cli_workspace_close(&cases->workspace);
    return rc;
}

/* ------------------------------------------------------------- listing --- */

static int add_row(void *payload, const struct bylaw__case_row *row)
{
    struct cases *cases = payload;

    cases->count++;
    if (cases->cli->options.json)
        cli_case_json(&cases->out, row);
    else
        cli_case_line(&cases->out, row, &cases->cli->out_style);
    return 0;
}

static int add_address(void *payload, const struct bylaw__case_row *row)
{
    struct bylaw__buf *out = payload;

    bylaw__buf_add_text(out, "       also at ");
    bylaw__report_safe(out, bylaw__span_of(row->url));
    bylaw__buf_printf(out, " (case %lld)\n", (long long)row->id);
    return 0;
}

/* The same text at other addresses of its host. */
static int add_twins(struct cases *cases, int64_t id)
{
    struct bylaw__case_filter filter = {.state = -1, .twin_of = id};

    return bylaw__store_cases(cases->workspace.store, &filter, add_address,
                              &cases->out, NULL);
}

/* People see a page once, with its addresses; programs see every row. */
static int list_row(void *payload, const struct bylaw__case_row *row)
{
    struct cases *cases = payload;

    if (cases->cli->options.json)
        return add_row(cases, row);
    if (row->twin_of)
        return 0;
    add_row(cases, row);
    return add_twins(cases, row->id);
}

static int case_list(struct cli *cli)
{
    const struct cli_options *options = &cli->options;
    struct bylaw__case_filter filter = {.host = options->host};
    struct bylaw_error err = {0};
    struct cases cases;
    int rc = cli_check_state(&filter.state, cli, options->state);

    if (options->sources.count)
        filter.source = options->sources.items[0];
    if (!rc)
        rc = open_cases(&cases, cli, CLI_WORKSPACE_READ);
    if (rc)
        return rc;
    rc = bylaw__store_cases(cases.workspace.store, &filter, list_row, &cases,
                            &err);
    if (!rc && !cases.count && !options->json && !options->quiet)
        fputs("There are no such cases.\n", stderr);
    return close_cases(&cases, rc, &err);
}

/* ------------------------------------------------------------- showing --- */

static void add_field(struct bylaw__buf *out, const char *label,
                      const char *value)
{
    if (!value || !*value)
        return;
    bylaw__buf_printf(out, "  %-10s ", label);
    bylaw__report_safe(out, bylaw__span_of(value));
    bylaw__buf_add_char(out, '\n');
}

static void add_moment(struct bylaw__buf *out, const char *label, int64_t ms)
{
    char text[BYLAW__TIME_BYTES];

    bylaw__time_format(text, ms);
    add_field(out, label, ms ? text : NULL);
}

static int add_event(void *payload, const struct bylaw__event_row *row)
{
    struct cases *cases = payload;
    char when[BYLAW__TIME_BYTES];

    bylaw__time_format(when, row->at_ms);
    bylaw__buf_printf(&cases->out, "  %s  %-11s  ", when,
                      bylaw_case_state_name(row->state));
    bylaw__report_safe(&cases->out, bylaw__span_of(row->what));
    if (row->by && *row->by) {
        bylaw__buf_add_text(&cases->out, ", by ");
        bylaw__report_safe(&cases->out, bylaw__span_of(row->by));
    }
    if (row->why && *row->why) {
        bylaw__buf_add_text(&cases->out, ": ");
        bylaw__report_safe(&cases->out, bylaw__span_of(row->why));
    }
    bylaw__buf_add_char(&cases->out, '\n');
    return 0;
}

static int add_capture(void *payload, const struct bylaw__capture_row *row)
{
    struct cases *cases = payload;
    char when[BYLAW__TIME_BYTES];

    if (!cases->captures++)
        bylaw__buf_add_text(&cases->out, "captures:\n");
    bylaw__time_format(when, row->at_ms);
    bylaw__buf_printf(&cases->out,
                      "  %s  %-11s  " CLI_CAPTURES_DIR
                      "/%s, byte %llu, %llu bytes",
                      when, row->kind, row->file,
                      (unsigned long long)row->offset,
                      (unsigned long long)row->length);
    if (row->archive) {
        bylaw__buf_add_text(&cases->out, "; seen in the archive ");
        bylaw__report_safe(&cases->out, bylaw__span_of(row->archive));
    }
    bylaw__buf_add_char(&cases->out, '\n');
    return 0;
}

static int add_captures(struct cases *cases, int64_t id,
                        bylaw__capture_row_fn *each, void *payload)
{
    struct bylaw__capture_filter filter = {.case_id = id};

    return bylaw__store_captures(cases->workspace.store, &filter, each, payload,
                                 NULL);
}

static int show_text(void *payload, const struct bylaw__case_row *row)
{
    struct cases *cases = payload;
    struct bylaw__buf *out = &cases->out;
    int rc;

    cases->count++;
    bylaw__buf_printf(out, "case %lld: %s\n", (long long)row->id,
                      bylaw_case_state_name(row->state));
    add_field(out, "page", row->url);
    add_field(out, "article", row->source);
    add_field(out, "verdict", row->verdict);
    add_field(out, "because", row->because);
    add_field(out, "confidence", row->confidence);
    add_field(out, "rule", row->rule);
    add_field(out, "copied", row->match_class);
    add_field(out, "reason", row->reason);
    add_moment(out, "first", row->first_ms);
    add_moment(out, "last", row->last_ms);
    add_moment(out, "until", row->expires_ms);
    if (row->twin_of)
        bylaw__buf_printf(out, "  %-10s the text of case %lld\n", "the same",
                          (long long)row->twin_of);
    rc = add_twins(cases, row->id);
    if (rc)
        return rc;
    bylaw__buf_add_text(out, "history:\n");
    rc = bylaw__store_case_events(cases->workspace.store, row->id, add_event,
                                  cases, NULL);
    return rc ? rc : add_captures(cases, row->id, add_capture, cases);
}

static int add_event_json(void *payload, const struct bylaw__event_row *row)
{
    struct bylaw__json *json = payload;
    char when[BYLAW__TIME_BYTES];

    bylaw__time_format(when, row->at_ms);
    bylaw__json_object(json);
    bylaw__json_add_text(json, "at", when);
    bylaw__json_add_text(json, "before", bylaw_case_state_name(row->before));
    bylaw__json_add_text(json, "state", bylaw_case_state_name(row->state));
    bylaw__json_add_text(json, "what", row->what);
    bylaw__json_add_text(json, "by", row->by && *row->by ? row->by : NULL);
    bylaw__json_add_text(json, "why", row->why && *row->why ? row->why : NULL);
    bylaw__json_object_end(json);
    return 0;
}

static int add_capture_json(void *payload, const struct bylaw__capture_row *row)
{
    struct bylaw__json *json = payload;
    char when[BYLAW__TIME_BYTES];

    bylaw__time_format(when, row->at_ms);
    bylaw__json_object(json);
    bylaw__json_add_text(json, "at", when);
    bylaw__json_add_text(json, "kind", row->kind);
    bylaw__json_add_text(json, "file", row->file);
    bylaw__json_add_count(json, "offset", row->offset);
    bylaw__json_add_count(json, "length", row->length);
    bylaw__json_add_text(json, "sha256", row->sha256);
    bylaw__json_add_text(json, "record", row->record);
    bylaw__json_add_text(json, "archive", row->archive);
    bylaw__json_object_end(json);
    return 0;
}

/* The audit is JSON already: it is put in as it is, last. */
static int show_json(void *payload, const struct bylaw__case_row *row)
{
    struct cases *cases = payload;
    bylaw__store *store = cases->workspace.store;
    struct bylaw__json json;
    int rc;

    cases->count++;
    bylaw__json_init(&json, &cases->out, false);
    bylaw__json_object(&json);
    cli_case_members(&json, row);
    bylaw__json_key(&json, "events");
    bylaw__json_array(&json);
    rc = bylaw__store_case_events(store, row->id, add_event_json, &json, NULL);
    bylaw__json_array_end(&json);
    bylaw__json_key(&json, "captures");
    bylaw__json_array(&json);
    if (!rc)
        rc = add_captures(cases, row->id, add_capture_json, &json);
    bylaw__json_array_end(&json);
    bylaw__json_key(&json, "audit");
    if (!rc)
        rc = bylaw__store_case_audit(&cases->out, store, row->id, NULL);
    bylaw__buf_add_text(&cases->out, "}\n");
    return rc;
}

static int fail_missing(const struct cases *cases, struct bylaw_error *err)
{
    return bylaw__fail(err, BYLAW_EUSAGE, "store.no-case", "",
                       "no case has the number %lld", (long long)cases->wanted);
}

static int tell_case(struct cases *cases, bylaw__case_row_fn *show,
                     struct bylaw_error *err)
{
    struct bylaw__case_filter filter = {.id = cases->wanted, .state = -1};
    int rc =
        bylaw__store_cases(cases->workspace.store, &filter, show, cases, err);

    return !rc && !cases->count ? fail_missing(cases, err) : rc;
}

static int case_show(struct cli *cli)
{
    struct bylaw_error err = {0};
    struct cases cases;
    int64_t id;
    int rc = cli_case_number(&id, cli, 1);

    if (!rc)
        rc = open_cases(&cases, cli, CLI_WORKSPACE_READ);
    if (rc)
        return rc;
    cases.wanted = id;
    rc = tell_case(&cases, cli->options.json ? show_json : show_text, &err);
    return close_cases(&cases, rc, &err);
}

/* ------------------------------------------------------------- setting --- */

/* "2026-12-31": it holds to the end of that day. */
static int parse_until(int64_t *out, struct cli *cli, const char *text)
{
    *out = 0;
    if (!text)
        return 0;
    if (bylaw__time_of_date(out, text)) {
        *out += DAY_MS;
        return 0;
    }
    return cli_usage(cli, "usage.date",
                     "--until takes a date such as 2026-12-31, not \"%s\"",
                     text);
}

static int decide(struct cases *cases, int state, int64_t until,
                  struct bylaw_error *err)
{
    const struct cli_options *options = &cases->cli->options;
    int rc = bylaw__store_case_set(cases->workspace.store, cases->wanted,
                                   (enum bylaw_case_state)state,
                                   options->by ? options->by : cli_own_name(),
                                   options->reason ? options->reason : "",
                                   until, cli_now_ms(cases->cli), err);

    /* Before anybody is told that it is recorded. */
    if (!rc)
        rc = cli_workspace_keep(&cases->workspace);
    return rc ? rc : tell_case(cases, add_row, err);
}

static int case_set(struct cli *cli)
{
    const struct cli_list *args = &cli->options.args;
    struct bylaw_error err = {0};
    struct cases cases;
    int64_t id, until;
    int state = -1, rc = cli_case_number(&id, cli, 1);

    if (!rc && args->count < 3)
        rc = cli_usage(cli, "usage.case-state",
                       "\"case set\" wants a state after the number");
    if (!rc)
        rc = cli_check_state(&state, cli, args->items[2]);
    if (!rc)
        rc = parse_until(&until, cli, cli->options.until);
    if (!rc)
        rc = open_cases(&cases, cli, CLI_WORKSPACE_WRITE);
    if (rc)
        return rc;
    cases.wanted = id;
    rc = decide(&cases, state, until, &err);
    return close_cases(&cases, rc, &err);
}

static int note(struct cases *cases, struct bylaw_error *err)
{
    const struct cli_options *options = &cases->cli->options;
    int rc =
        bylaw__store_case_noted(cases->workspace.store, cases->wanted,
                                options->by ? options->by : cli_own_name(),
                                options->reason, cli_now_ms(cases->cli), err);

    if (!rc)
        rc = cli_workspace_keep(&cases->workspace);
    return rc ? rc : tell_case(cases, add_row, err);
}

static int case_note(struct cli *cli)
{
    struct bylaw_error err = {0};
    struct cases cases;
    int64_t id;
    int rc = cli_case_number(&id, cli, 1);

    if (!rc)
        rc = open_cases(&cases, cli, CLI_WORKSPACE_WRITE);
    if (rc)
        return rc;
    cases.wanted = id;
    rc = note(&cases, &err);
    return close_cases(&cases, rc, &err);
}

/* ----------------------------------------------------------- exporting --- */

static int export_row(void *payload, const struct bylaw__case_row *row)
{
    struct cases *cases = payload;
    const struct cli_list *args = &cases->cli->options.args;
    char name[64];
    int rc = show_json(cases, row);

    snprintf(name, sizeof(name), "case-%lld.tar", (long long)row->id);
    if (!rc)
        rc = cli_case_export(&cases->written, cases->cli, &cases->workspace,
                             row, &cases->out,
                             args->count > 2 ? args->items[2] : name,
                             cases->err);
    bylaw__buf_clear(&cases->out);
    return rc;
}

static int case_export(struct cli *cli)
{
    struct bylaw_error err = {0};
    struct cases cases;
    int64_t id;
    int rc = cli_case_number(&id, cli, 1);

    if (!rc)
        rc = open_cases(&cases, cli, CLI_WORKSPACE_READ);
    if (rc)
        return rc;
    cases.wanted = id;
    cases.err = &err;
    rc = tell_case(&cases, export_row, &err);
    rc = close_cases(&cases, rc, &err);
    if (!rc && cases.written.bytes)
        cli_note_written(cli, &cases.written);
    return rc;
}

const struct cli_subcommand cli_case_commands[] = {
    {"list", case_list}, {"show", case_show},     {"set", case_set},
    {"note", case_note}, {"export", case_export}, {NULL, NULL},
};

int cli_case(struct cli *cli)
{
    return cli_run_subcommand(cli);
}
