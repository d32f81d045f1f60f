/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw report: all that the workspace knows, in the form that is wanted. */
#include "case_view.h"
#include "workspace.h"

#include "judge/judge.h"

#include <stdio.h>

#define FEED_ITEMS 200u

struct report {
    struct cli *cli;
    struct cli_workspace workspace;
    enum bylaw__report_format format;
    struct bylaw__case_filter filter;
    struct bylaw_survey *survey;
    struct bylaw_news *feed;
    struct bylaw__buf out;
};

static bool find_term(struct bylaw__report_term *out, const char *id)
{
    const struct bylaw__term_info *info = bylaw__term_find(id);

    if (!info)
        return false;
    *out = (struct bylaw__report_term){info->summary, info->decided};
    return true;
}

static int fail_format(struct cli *cli, const char *name)
{
    struct bylaw__buf names = {0};
    int rc;

    for (int i = 0; i < BYLAW__REPORT_FORMATS; i++)
        bylaw__buf_printf(&names, "%s%s", i ? ", " : "",
                          bylaw__report_format_name(
                              (enum bylaw__report_format)i));
    rc = cli_usage(cli, "usage.format",
                   "there is no format \"%s\"; there are %s", name,
                   names.ptr ? names.ptr : "");
    bylaw__buf_release(&names);
    return rc;
}

/* --json is short for --format json. */
static int read_options(struct report *report)
{
    const struct cli_options *options = &report->cli->options;
    const char *name = options->format ? options->format
                       : options->json ? "json"
                                       : "html";
    int format = bylaw__report_format_of(name);

    if (format < 0)
        return fail_format(report->cli, name);
    if (options->args.count)
        return cli_usage(report->cli, "usage.arguments",
                         "\"report\" takes no \"%s\"", options->args.items[0]);
    report->format = (enum bylaw__report_format)format;
    report->filter.host = options->host;
    if (options->sources.count)
        report->filter.source = options->sources.items[0];
    return cli_check_state(&report->filter.state, report->cli, options->state);
}

static int write_report(struct report *report, struct bylaw_error *err)
{
    struct bylaw__report_matter matter = {.find_term = find_term};
    bylaw__store *store = report->workspace.store;
    int rc =
        report->format == BYLAW__REPORT_ATOM
            ? bylaw__store_news_feed(&report->feed, store, FEED_ITEMS, err)
            : bylaw__store_survey(&report->survey, store, &report->filter, err);

    matter.survey = report->survey;
    matter.feed = report->feed;
    bylaw__buf_init(&report->out, BYLAW_LIMIT_REPORT_BYTES);
    return rc ? rc
              : bylaw__report_survey(&report->out, report->format, &matter,
                                     err);
}

int cli_report(struct cli *cli)
{
    struct report report = {.cli = cli};
    struct bylaw_error err = {0};
    int rc = read_options(&report);

    if (!rc)
        rc = cli_workspace_open(&report.workspace, cli, CLI_WORKSPACE_READ);
    if (rc)
        return rc;
    rc = write_report(&report, &err) ? cli_complain(cli, &err)
                                     : cli_deliver(cli, &report.out);
    bylaw_survey_free(report.survey);
    bylaw_news_free(report.feed);
    bylaw__buf_release(&report.out);
    cli_workspace_close(&report.workspace);
    return rc;
}
