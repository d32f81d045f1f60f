/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw notify: tell the channels what changed, or try them. */
#include "notify.h"

#include "evidence/evidence.h"

#include <stdio.h>

struct telling {
    struct cli *cli;
    struct bylaw__buf out;
    bool has_failed;
};

static void add_json(struct bylaw__buf *out,
                     const struct bylaw__notify_result *result)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.notify/1");
    bylaw__json_add_text(&json, "channel", result->channel);
    bylaw__json_add_text(&json, "where", result->where);
    bylaw__json_add_text(&json, "outcome",
                         bylaw__notify_outcome_name(result->outcome));
    bylaw__json_add_count(&json, "cases", result->cases);
    bylaw__json_add_text(&json, "error", result->why ? result->why->id : NULL);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}

static void add_line(struct bylaw__buf *out,
                     const struct bylaw__notify_result *result)
{
    bylaw__buf_printf(out, "%-11s %-8s ", result->channel,
                      bylaw__notify_outcome_name(result->outcome));
    bylaw__report_safe(out, bylaw__span_of(result->where));
    if (result->cases)
        bylaw__buf_printf(out, " (%zu case%s)", result->cases,
                          result->cases == 1 ? "" : "s");
    bylaw__buf_add_char(out, '\n');
}

static void take_result(void *payload,
                        const struct bylaw__notify_result *result)
{
    struct telling *telling = payload;

    if (telling->cli->options.json)
        add_json(&telling->out, result);
    else if (!telling->cli->options.quiet)
        add_line(&telling->out, result);
    if (result->why) {
        telling->has_failed = true;
        cli_complain(telling->cli, result->why);
    }
}

static void take_complaint(void *payload, const struct bylaw_error *why)
{
    struct telling *telling = payload;

    cli_complain(telling->cli, why);
}

/* What goes out carries the newest checkpoint, so that its readers are
 * witnesses; where there is none yet, it goes out without. */
static void read_checkpoint(struct bylaw__buf *out,
                            const struct cli_workspace *workspace)
{
    bylaw__ledger *ledger = NULL;

    if (!bylaw__ledger_open_read(&ledger, workspace->ledger_path, NULL))
        bylaw__ledger_newest(out, ledger, NULL);
    bylaw__ledger_close(ledger);
}

static int notify(size_t *out_count, struct telling *telling,
                  const struct cli_workspace *workspace, bool is_test)
{
    struct cli *cli = telling->cli;
    struct bylaw__buf checkpoint = {0};
    struct bylaw__notify_options options = {
        .config = workspace->config,
        .ca_file = cli->options.ca_file,
        .connect_to = cli->options.connect_to.items,
        .now_ms = cli_now_ms(cli),
        .is_test = is_test,
        .each = take_result,
        .complain = take_complaint,
        .payload = telling,
    };
    struct bylaw_error err = {0};
    int rc;

    read_checkpoint(&checkpoint, workspace);
    options.checkpoint = checkpoint.ptr;
    rc = bylaw__pipeline_notify(out_count, workspace->store, &options, &err);
    bylaw__buf_release(&checkpoint);
    return rc ? cli_complain(cli, &err) : 0;
}

int cli_notify_after_scan(struct cli *cli,
                          const struct cli_workspace *workspace)
{
    struct telling telling = {.cli = cli};
    size_t count = 0;
    int rc = notify(&count, &telling, workspace, false);

    /* The scan's own results are on standard output. */
    if (telling.out.len && cli->options.verbose && !cli->options.json)
        fwrite(telling.out.ptr, 1, telling.out.len, stderr);
    bylaw__buf_release(&telling.out);
    return rc;
}

static int run(struct cli *cli, bool is_test)
{
    struct telling telling = {.cli = cli};
    struct cli_workspace workspace;
    size_t count = 0;
    int rc =
        cli_workspace_open(&workspace, cli,
                           is_test ? CLI_WORKSPACE_READ : CLI_WORKSPACE_WRITE);

    if (rc)
        return rc;
    rc = notify(&count, &telling, &workspace, is_test);
    if (!rc && !count)
        rc = cli_usage(cli, "notify.no-channel",
                       "no channel for alerts is configured");
    else if (telling.out.len)
        cli_note(cli, cli_print(cli, &telling.out));
    bylaw__buf_release(&telling.out);
    cli_workspace_close(&workspace);
    return rc;
}

int cli_notify(struct cli *cli)
{
    const struct cli_list *args = &cli->options.args;

    if (!args->count)
        return run(cli, false);
    if (!strcmp(args->items[0], "test"))
        return run(cli, true);
    return cli_usage(cli, "usage.unknown-command",
                     "\"notify\" has no command \"%s\"", args->items[0]);
}
