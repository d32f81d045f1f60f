/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw rejudge: what today's rules would make of yesterday's captures. */
#include "workspace.h"

#include <inttypes.h>
#include <stdlib.h>

struct rejudging {
    struct cli *cli;
    struct cli_workspace workspace;
    struct bylaw__buf out;
};

static const char *const outcomes[] = {
    [BYLAW__REJUDGE_NONE] = "not-rejudged",
    [BYLAW__REJUDGE_IDENTICAL] = "identical",
    [BYLAW__REJUDGE_SAME_VERDICT] = "same-verdict",
    [BYLAW__REJUDGE_CHANGED] = "changed",
};

static void add_json(struct bylaw__buf *out, const struct bylaw__rejudged *told)
{
    struct bylaw__json json;
    const struct {
        const char *key, *text;
    } members[] = {
        {"outcome", outcomes[told->outcome]},
        {"url", told->url},
        {"source", told->source},
        {"verdict_then", told->verdict_then},
        {"because_then", told->because_then},
        {"verdict_now", told->verdict_now},
        {"because_now", told->because_now},
        {"error", told->why ? told->why->id : NULL},
    };

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.rejudged/1");
    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        bylaw__json_add_text(&json, members[i].key, members[i].text);
    }
    bylaw__json_key(&json, "other_rule");
    bylaw__json_bool(&json, told->is_other_rule);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}

static void add_line(struct bylaw__buf *out, const char *label,
                     const char *verdict, const char *because)
{
    bylaw__buf_printf(out, "  %-5s %s: ", label, verdict);
    bylaw__report_safe(out, bylaw__span_of(because));
    bylaw__buf_add_char(out, '\n');
}

/* What is as it was is only counted, unless all is asked for. */
static void take(void *payload, const struct bylaw__rejudged *told)
{
    struct rejudging *r = payload;
    const struct cli_options *options = &r->cli->options;

    if (options->json) {
        add_json(&r->out, told);
        return;
    }
    if (options->quiet ||
        (told->outcome == BYLAW__REJUDGE_IDENTICAL && !options->verbose))
        return;
    bylaw__buf_printf(&r->out, "%-12s ", outcomes[told->outcome]);
    bylaw__report_safe(&r->out, bylaw__span_of(told->url));
    bylaw__buf_printf(&r->out, " (%s)%s\n", told->source,
                      told->is_other_rule ? ", the rule was changed since"
                                          : "");
    if (told->why) {
        bylaw__buf_add_text(&r->out, "  ");
        bylaw__report_safe(&r->out, bylaw__span_of(told->why->what));
        bylaw__buf_printf(&r->out, " [%s]\n", told->why->id);
        return;
    }
    add_line(&r->out, "then", told->verdict_then, told->because_then);
    add_line(&r->out, "now", told->verdict_now, told->because_now);
}

static void complain(void *payload, const struct bylaw_error *why)
{
    struct rejudging *r = payload;

    cli_complain(r->cli, why);
}

static int run(struct rejudging *r, struct bylaw__rejudge_result *result,
               struct bylaw_error *err)
{
    struct bylaw__rejudge_options options = {.each = take,
                                             .complain = complain,
                                             .payload = r};
    char *captures = cli_workspace_path(r->workspace.dir, CLI_CAPTURES_DIR);
    int rc;

    if (!captures)
        return bylaw__fail_memory(err, "");
    cli_workspace_options(&r->workspace, r->cli, &options.audit);
    options.captures_path = captures;
    rc = bylaw__pipeline_rejudge(result, r->workspace.store, &options, err);
    free(captures);
    return rc;
}

static void add_summary(struct rejudging *r,
                        const struct bylaw__rejudge_result *result)
{
    const uint64_t *counts = result->counts;

    if (r->cli->options.json || r->cli->options.quiet)
        return;
    bylaw__buf_printf(&r->out,
                      "Rejudged from captures: %" PRIu64 " identical, %" PRIu64
                      " with the same verdict, %" PRIu64 " changed, %" PRIu64
                      " could not be.\n",
                      counts[BYLAW__REJUDGE_IDENTICAL],
                      counts[BYLAW__REJUDGE_SAME_VERDICT],
                      counts[BYLAW__REJUDGE_CHANGED],
                      counts[BYLAW__REJUDGE_NONE]);
}

int cli_rejudge(struct cli *cli)
{
    struct rejudging r = {.cli = cli};
    struct bylaw__rejudge_result result;
    struct bylaw_error err = {0};
    int rc;

    if (cli->options.args.count)
        return cli_usage(cli, "usage.no-argument",
                         "\"rejudge\" takes no argument \"%s\"",
                         cli->options.args.items[0]);
    rc = cli_workspace_open(&r.workspace, cli, CLI_WORKSPACE_READ);
    if (rc)
        return rc;
    if (run(&r, &result, &err)) {
        rc = cli_complain(cli, &err);
    } else {
        add_summary(&r, &result);
        rc = cli_print(cli, &r.out);
        if (result.counts[BYLAW__REJUDGE_NONE])
            cli_note(cli, CLI_UNDETERMINED);
        if (result.counts[BYLAW__REJUDGE_CHANGED])
            cli_note(cli, CLI_FINDINGS);
    }
    bylaw__buf_release(&r.out);
    cli_workspace_close(&r.workspace);
    return rc;
}
