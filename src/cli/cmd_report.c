/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw report: all that the workspace knows, in the form that is wanted. */
#include "case_view.h"
#include "drafting.h"

#include "judge/judge.h"

#include <unistd.h>

#define FEED_ITEMS     200u
#define VERIFIED_CASES 1000u /* in whose report the evidence is checked, too */

struct report {
    struct cli *cli;
    struct cli_workspace workspace;
    enum bylaw__report_format format;
    struct bylaw__case_filter filter;
    struct bylaw_survey *survey;
    struct bylaw_news *feed;
    struct bylaw_rules *rules;
    struct cli_drafting drafting;
    struct cli_capture aside; /* what was said by the way */
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

/* A page of a megabyte on one line helps nobody in a terminal. */
static int check_terminal(const struct report *report)
{
    const char *path = report->cli->options.output;

    if (report->format != BYLAW__REPORT_HTML || report->cli->capture || path ||
        !isatty(STDOUT_FILENO))
        return 0;
    return cli_usage(report->cli, "usage.terminal",
                     "a page of HTML would fill the terminal; write it into a "
                     "file with -o report.html");
}

/* ------------------------------------------------ drafts and evidence --- */

/* As of the newest thing known, so that the same workspace gives the same. */
static bool draft(struct bylaw__notice *out, const struct bylaw_survey *survey,
                  size_t i, void *payload)
{
    struct report *report = payload;

    report->drafting.now_ms = survey->as_of_ms;
    return !cli_draft(out, &report->drafting, survey, i, NULL);
}

/* A draft is a help, not the matter: without rules there is none. */
static void prepare_drafts(struct report *report,
                           struct bylaw__report_matter *matter)
{
    struct cli asking = *report->cli;

    asking.capture = &report->aside;
    if (cli_load_rules(&report->rules, &asking))
        return;
    report->drafting = (struct cli_drafting){.cli = report->cli,
                                             .workspace = &report->workspace,
                                             .rules = report->rules};
    matter->draft = draft;
    matter->draft_payload = report;
}

/* The sentences of `bylaw verify`. Of many cases it reads so much that a
 * report would be waited for: the page names the command instead. */
static void verify(struct report *report, struct bylaw__report_matter *matter)
{
    struct cli asking = *report->cli;

    if (report->survey->case_count > VERIFIED_CASES)
        return;
    asking.capture = &report->aside;
    asking.command = cli_command_find("verify");
    cli_verify_aside(&asking);
    matter->integrity = bylaw__buf_span(&report->aside.results);
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
    if (!rc && report->format == BYLAW__REPORT_HTML) {
        prepare_drafts(report, &matter);
        if (report->cli->capture)
            matter.review = report->cli->capture->review;
        else
            verify(report, &matter);
    }
    bylaw__buf_init(&report->out, BYLAW_LIMIT_REPORT_BYTES);
    return rc ? rc
              : bylaw__report_survey(&report->out, report->format, &matter,
                                     err);
}

/* Written first: the file is there also where it cannot be noted. */
static int deliver(struct report *report)
{
    struct cli_written written = {0};
    int rc = cli_deliver(report->cli, &report->out);

    cli_workspace_close(&report->workspace);
    if (!rc && cli_has_file(report->cli) &&
        !cli_written_of(&written, "report",
                        bylaw__report_format_name(report->format),
                        bylaw__buf_span(&report->out)))
        cli_note_written(report->cli, &written);
    return rc;
}

int cli_report(struct cli *cli)
{
    struct report report = {.cli = cli};
    struct bylaw_error err = {0};
    int rc = read_options(&report);

    if (!rc)
        rc = check_terminal(&report);
    if (!rc)
        rc = cli_workspace_open(&report.workspace, cli, CLI_WORKSPACE_READ);
    if (rc)
        return rc;
    rc = write_report(&report, &err) ? cli_complain(cli, &err)
                                     : deliver(&report);
    bylaw_survey_free(report.survey);
    bylaw_news_free(report.feed);
    cli_drafting_release(&report.drafting);
    bylaw_rules_free(report.rules);
    cli_capture_release(&report.aside);
    bylaw__buf_release(&report.out);
    cli_workspace_close(&report.workspace);
    return rc;
}
