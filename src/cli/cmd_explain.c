/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw explain: duties, diagnostics, verdicts and rules at length. */
#include "cli.h"

#include "judge/judge.h"

static const struct {
    const char *name, *meaning;
} verdicts[] = {
    {"compliant",
     "The page carries the article, was read completely, and every duty that "
     "binds is met. Exit code 0."},
    {"compliant-by-template",
     "The page carries the publisher's own republication text intact, which "
     "the publisher accepts as it stands. Exit code 0."},
    {"incomplete",
     "A binding duty is met only in part (a link to the home page instead of "
     "the article, an address in plain text), or something the licence asks "
     "for without demanding it is missing. Exit code 1."},
    {"not-met",
     "The page was read completely and a duty that binds is plainly not met. "
     "It is a finding for a person to confirm, not an accusation. Exit code "
     "1."},
    {"outside-grant",
     "The licence does not reach this use: too much, the wrong kind of site, "
     "or no licence at all. Exit code 1."},
    {"undetermined",
     "Bylaw cannot tell: the page could not be read whole, or what decides a "
     "duty lies where it cannot be seen. Exit code 3."},
    {"not-applicable",
     "No duty arises: the page carries no text of the source, quotes it "
     "within bounds, only announces another page of its site, belongs to the "
     "publisher or a partner, or was made from "
     "the article's own source instead. Exit code 0."},
};

static void add_folded(struct bylaw__buf *out, const struct cli *cli,
                       const char *text)
{
    bylaw__report_fold(out, bylaw__span_of(text), &cli->out_style, 0, 0);
    bylaw__buf_add_char(out, '\n');
}

static void add_param(struct bylaw__buf *out, const struct cli *cli,
                      const char *name, const char *help)
{
    bylaw__buf_printf(out, "  %s: ", name);
    bylaw__report_fold(out, bylaw__span_of(help), &cli->out_style, 4,
                       strlen(name) + 4);
    bylaw__buf_add_char(out, '\n');
}

static bool explain_term(struct bylaw__buf *out, const struct cli *cli,
                         const char *id)
{
    const struct bylaw__term_info *info = bylaw__term_find(id);

    if (!info)
        return false;
    bylaw__buf_printf(out, "%s (%s)\n\n", info->id,
                      bylaw_term_kind_name(info->kind));
    add_folded(out, cli, info->summary);
    bylaw__buf_add_text(out, "\nHow it is decided\n");
    add_folded(out, cli, info->decided);
    for (size_t i = 0; info->params && info->params[i]; i++) {
        bylaw__buf_add_text(out, i ? "" : "\nParameters in a rule\n");
        add_param(out, cli, info->params[i], info->param_help[i]);
    }
    return true;
}

static bool explain_diagnostic(struct bylaw__buf *out, const struct cli *cli,
                               const char *id)
{
    const struct bylaw_diagnostic *row = bylaw_diagnostic_find(id);

    if (!row)
        return false;
    bylaw__buf_printf(out, "%s\n\n", row->id);
    add_folded(out, cli, row->summary);
    bylaw__buf_add_char(out, '\n');
    add_folded(out, cli, row->meaning);
    bylaw__buf_add_text(out, "\nWhat to do\n");
    add_folded(out, cli, row->hint);
    return true;
}

static bool explain_verdict(struct bylaw__buf *out, const struct cli *cli,
                            const char *id)
{
    for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++)
        if (!strcmp(verdicts[i].name, id)) {
            bylaw__buf_printf(out, "%s (verdict)\n\n", id);
            add_folded(out, cli, verdicts[i].meaning);
            return true;
        }
    return false;
}

static int explain_rule(struct bylaw__buf *out, struct cli *cli, const char *id)
{
    struct bylaw_audit_options options;
    bylaw_auditor *auditor = NULL;
    struct bylaw_error err = {0};
    const struct bylaw_rule *rule;
    int rc = 0;

    cli_audit_options(cli, &options);
    if (bylaw_auditor_new(&auditor, &options, &err))
        return cli_complain(cli, &err);
    rule = bylaw_rules_find(bylaw_auditor_rules(auditor), id);
    if (rule)
        bylaw__report_rule_text(out, rule, &cli->out_style);
    else
        rc = cli_usage(cli, "usage.unknown-id",
                       "\"%s\" is no duty, diagnostic, verdict or rule", id);
    bylaw_auditor_free(auditor);
    return rc;
}

int cli_explain(struct cli *cli)
{
    const struct cli_list *args = &cli->options.args;
    const char *id = args->count ? args->items[args->count - 1] : NULL;
    struct bylaw__buf out;
    int rc = 0;

    if (!id || (args->count == 1 && !strcmp(id, "explain")))
        return cli_usage(cli, "usage.no-id", "nothing was named to explain");
    bylaw__buf_init(&out, 0);
    if (!explain_term(&out, cli, id) && !explain_diagnostic(&out, cli, id) &&
        !explain_verdict(&out, cli, id))
        rc = explain_rule(&out, cli, id);
    if (!rc)
        rc = cli_print(cli, &out);
    bylaw__buf_release(&out);
    return rc;
}
