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
     "within bounds, belongs to the publisher or a partner, or was made from "
     "the article's own source instead. Exit code 0."},
};

static void add_folded(struct bylaw__buf *out, const char *label,
                       const char *text)
{
    bylaw__buf_printf(out, "%s\n", label);
    bylaw__buf_add_text(out, text);
    bylaw__buf_add_char(out, '\n');
}

static bool explain_term(struct bylaw__buf *out, const char *id)
{
    const struct bylaw__term_info *info = bylaw__term_find(id);

    if (!info)
        return false;
    bylaw__buf_printf(out, "%s (%s)\n\n%s\n\n", info->id,
                      bylaw_term_kind_name(info->kind), info->summary);
    add_folded(out, "How it is decided", info->decided);
    for (size_t i = 0; info->params && info->params[i]; i++)
        bylaw__buf_printf(out, "%s  %s: %s\n",
                          i ? "" : "\nParameters in a rule\n", info->params[i],
                          info->param_help[i]);
    return true;
}

static bool explain_diagnostic(struct bylaw__buf *out, const char *id)
{
    const struct bylaw_diagnostic *row = bylaw_diagnostic_find(id);

    if (!row)
        return false;
    bylaw__buf_printf(out, "%s\n\n%s\n\n%s\n\n", row->id, row->summary,
                      row->meaning);
    add_folded(out, "What to do", row->hint);
    return true;
}

static bool explain_verdict(struct bylaw__buf *out, const char *id)
{
    for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++)
        if (!strcmp(verdicts[i].name, id)) {
            bylaw__buf_printf(out, "%s (verdict)\n\n%s\n", id,
                              verdicts[i].meaning);
            return true;
        }
    return false;
}

static bool explain_rule(struct bylaw__buf *out, struct cli *cli,
                         const char *id)
{
    struct bylaw_audit_options options;
    bylaw_auditor *auditor = NULL;
    const struct bylaw_rule *rule = NULL;

    cli_audit_options(cli, &options);
    if (bylaw_auditor_new(&auditor, &options, NULL))
        return false;
    rule = bylaw_rules_find(bylaw_auditor_rules(auditor), id);
    if (rule)
        bylaw__report_rule_text(out, rule, &cli->out_style);
    bylaw_auditor_free(auditor);
    return rule != NULL;
}

int cli_explain(struct cli *cli)
{
    const struct cli_list *args = &cli->options.args;
    const char *id = args->count ? args->items[args->count - 1] : NULL;
    struct bylaw__buf out;
    int rc;

    if (!id || (args->count == 1 && !strcmp(id, "explain")))
        return cli_usage(cli, "usage.no-id", "nothing was named to explain");
    bylaw__buf_init(&out, 0);
    if (explain_term(&out, id) || explain_diagnostic(&out, id) ||
        explain_verdict(&out, id) || explain_rule(&out, cli, id))
        rc = cli_print(cli, &out);
    else
        rc = cli_usage(cli, "usage.unknown-id",
                       "\"%s\" is no duty, diagnostic, verdict or rule", id);
    bylaw__buf_release(&out);
    return rc;
}
