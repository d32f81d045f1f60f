/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw audit and bylaw extract: pages in, verdicts or blocks out. */
#include "workspace.h"

#include "extract/extract.h"

#include <stdlib.h>

/* An address given by hand decides where links lead: none may be a typo. */
static int check_address(struct cli *cli, const char *option,
                         const char *address)
{
    struct bylaw_error err = {0};
    bylaw_url *url = NULL;
    int rc = address
                 ? bylaw_url_parse(&url, bylaw__span_of(address), NULL, &err)
                 : 0;

    bylaw_url_free(url);
    return rc ? cli_usage(cli, err.id, "%s \"%s\": %s", option, address,
                          err.what)
              : 0;
}

static int check_pages(struct cli *cli)
{
    const struct cli_options *options = &cli->options;

    if (!options->args.count)
        return cli_usage(cli, "usage.no-page", "no page was named to %s",
                         cli->command->name);
    if (options->url && options->args.count > 1)
        return cli_usage(cli, "usage.one-page",
                         "--url speaks of one page, but %zu were named",
                         options->args.count);
    if (options->source_url && options->sources.count != 1)
        return cli_usage(cli, "usage.one-source",
                         "--source-url speaks of one source, but %zu were "
                         "named",
                         options->sources.count);
    return check_address(cli, "--url", options->url) ||
                   check_address(cli, "--source-url", options->source_url)
               ? CLI_USAGE
               : 0;
}

static int add_sources(struct cli *cli, bylaw_auditor *auditor)
{
    const struct cli_options *options = &cli->options;

    for (size_t i = 0; i < options->sources.count; i++) {
        struct bylaw_error err = {0};

        if (bylaw_auditor_add_source(auditor, options->sources.items[i],
                                     options->source_url, &err)) {
            int code = cli_complain(cli, &err);

            /* Without a source nothing can be judged: the run is wrong. */
            return code == CLI_UNDETERMINED ? CLI_USAGE : code;
        }
    }
    return 0;
}

static int audit_page(struct cli *cli, bylaw_auditor *auditor, const char *page,
                      bool is_first)
{
    struct bylaw_audit *audit = NULL;
    struct bylaw_error err = {0};
    struct bylaw__buf out;
    int rc;

    if (bylaw_audit_page(&audit, auditor, page, cli->options.url, &err))
        return cli_complain(cli, &err);
    for (size_t i = 0; i < audit->row_count; i++)
        cli_note(cli, bylaw_verdict_exit(audit->rows[i].judgement->verdict));
    if (audit->response->refusal.code && !cli->options.json)
        cli_complain(cli, &audit->response->refusal);
    bylaw__buf_init(&out, 0);
    if (cli->options.json) {
        bylaw__report_audit_json(&out, audit);
    } else {
        if (!is_first)
            bylaw__buf_add_char(&out, '\n');
        bylaw__report_audit_text(&out, audit, &cli->out_style);
    }
    rc = cli_print(cli, &out);
    bylaw__buf_release(&out);
    bylaw_audit_free(audit);
    return rc;
}

/* The workspace that gives the sources where none was named. */
static int open_workspace(struct cli_workspace *workspace, struct cli *cli)
{
    char *dir = NULL;
    int rc;

    if (cli->options.sources.count)
        return 0;
    rc = cli_workspace_find(&dir, cli);
    if (!rc && !dir)
        rc = cli_usage(cli, "usage.no-source",
                       "no source was named to compare with");
    free(dir);
    return rc ? rc : cli_workspace_open(workspace, cli, CLI_WORKSPACE_READ);
}

static int add_workspace_sources(struct cli *cli, bylaw_auditor *auditor,
                                 const struct cli_workspace *workspace)
{
    struct bylaw_error err = {0};
    size_t count = 0;

    if (cli_workspace_load(&count, workspace, auditor, &err))
        return cli_complain(cli, &err);
    return count ? 0
                 : cli_usage(cli, "usage.no-source",
                             "no source was named, and the workspace %s has "
                             "none",
                             workspace->dir);
}

int cli_open_auditor(bylaw_auditor **out, struct cli_workspace *workspace,
                     struct cli *cli, enum bylaw_hints hints)
{
    struct bylaw_audit_options options;
    struct bylaw_error err = {0};
    int rc = open_workspace(workspace, cli);

    if (rc)
        return rc;
    if (workspace->config)
        cli_workspace_options(workspace, cli, &options);
    else
        cli_audit_options(cli, &options);
    options.follow_links = !cli->options.no_follow;
    options.hints = hints;
    if (bylaw_auditor_new(out, &options, &err))
        return cli_complain(cli, &err);
    return workspace->config ? add_workspace_sources(cli, *out, workspace)
                             : add_sources(cli, *out);
}

int cli_audit(struct cli *cli)
{
    struct cli_workspace workspace = {0};
    bylaw_auditor *auditor = NULL;
    int rc = check_pages(cli);

    if (!rc)
        rc = cli_open_auditor(&auditor, &workspace, cli, BYLAW_HINTS_POSSIBLE);
    for (size_t i = 0; !rc && i < cli->options.args.count; i++)
        cli_note(cli,
                 audit_page(cli, auditor, cli->options.args.items[i], i == 0));
    bylaw_auditor_free(auditor);
    cli_workspace_close(&workspace);
    return rc;
}

static int show_text(struct bylaw__buf *out, bylaw_auditor *auditor,
                     const struct bylaw_document *document,
                     struct bylaw_error *err)
{
    struct bylaw__placement *placement = NULL;
    struct bylaw_match *match = NULL;
    int rc = 0;

    if (bylaw_auditor_source_count(auditor))
        rc = bylaw__pipeline_place(&placement, &match, auditor, document, 0,
                                   err);
    /* A page that does not carry the source has only its own main text. */
    if (!rc)
        rc = bylaw__main_text(out, document,
                              match && match->class != BYLAW_MATCH_NONE
                                  ? placement
                                  : NULL);
    bylaw__buf_add_char(out, '\n');
    bylaw__placement_free(placement);
    bylaw_match_free(match);
    return rc;
}

static int show_document(struct bylaw__buf *out, struct cli *cli,
                         bylaw_auditor *auditor,
                         const struct bylaw_document *document,
                         struct bylaw_error *err)
{
    struct bylaw__placement *placement = NULL;
    int rc = 0;

    if (!cli->options.json) {
        bylaw__report_document_text(out, document, &cli->out_style);
        return 0;
    }
    if (bylaw_auditor_source_count(auditor))
        rc = bylaw__pipeline_place(&placement, NULL, auditor, document, 0, err);
    if (!rc)
        bylaw__report_document_json(out, document, placement);
    bylaw__placement_free(placement);
    return rc;
}

static int extract_page(struct cli *cli, bylaw_auditor *auditor,
                        const char *page)
{
    struct bylaw_document *document = NULL;
    struct bylaw_error err = {0};
    struct bylaw__buf out;
    int rc;

    bylaw__buf_init(&out, 0);
    rc = bylaw__pipeline_extract(&document, NULL, auditor, page,
                                 cli->options.url, &err);
    if (!rc)
        rc = cli->options.as_text
                 ? show_text(&out, auditor, document, &err)
                 : show_document(&out, cli, auditor, document, &err);
    rc = rc ? cli_complain(cli, &err) : cli_print(cli, &out);
    if (document && !document->is_complete)
        cli_note(cli, CLI_UNDETERMINED);
    bylaw__buf_release(&out);
    bylaw_document_free(document);
    return rc;
}

int cli_extract(struct cli *cli)
{
    struct bylaw_audit_options options;
    bylaw_auditor *auditor = NULL;
    struct bylaw_error err = {0};
    int rc = check_pages(cli);

    if (!rc && cli->options.json && cli->options.as_text)
        rc = cli_usage(cli, "usage.one-format",
                       "--json and --text exclude each other");
    if (rc)
        return rc;
    cli_audit_options(cli, &options);
    if (bylaw_auditor_new(&auditor, &options, &err))
        return cli_complain(cli, &err);
    rc = add_sources(cli, auditor);
    for (size_t i = 0; !rc && i < cli->options.args.count; i++)
        cli_note(cli, extract_page(cli, auditor, cli->options.args.items[i]));
    bylaw_auditor_free(auditor);
    return rc;
}
