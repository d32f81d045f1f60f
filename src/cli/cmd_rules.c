/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw rules: list, show, check, test, explain. */
#include "cli.h"

#include "judge/judge.h"
#include "rules/rules.h"

#include <stdio.h>
#include <stdlib.h>

#define PATH_ROOM 4096

int cli_load_rules(struct bylaw_rules **out, struct cli *cli)
{
    struct cli_complaints complaints = {cli, 0};
    struct bylaw_error err = {0};
    size_t count = 0;
    struct bylaw__term_spec *specs = bylaw__pipeline_specs(&count);
    int rc = specs ? bylaw__rules_load(out, cli->rules_dir, specs, count,
                                       cli_take_complaint, &complaints, &err)
                   : bylaw__fail_memory(&err, "");

    free(specs);
    if (!rc)
        return 0;
    return complaints.count ? CLI_USAGE : cli_complain(cli, &err);
}

static void add_list_line(struct bylaw__buf *out, const struct bylaw_rule *rule)
{
    bylaw__buf_printf(out, "%-22s %-12s ", rule->id, rule->status);
    bylaw__report_safe(out, bylaw__span_of(rule->title));
    bylaw__buf_add_char(out, '\n');
}

static int rules_list(struct cli *cli)
{
    struct bylaw_rules *rules = NULL;
    struct bylaw__buf out;
    int rc = cli_load_rules(&rules, cli);

    if (rc)
        return rc;
    bylaw__buf_init(&out, 0);
    for (size_t i = 0; i < rules->count; i++) {
        const struct bylaw_rule *rule = &rules->items[i];

        if (cli->options.json)
            bylaw__report_rule_json(&out, rule);
        else
            add_list_line(&out, rule);
    }
    rc = cli_print(cli, &out);
    bylaw__buf_release(&out);
    bylaw_rules_free(rules);
    return rc;
}

static int rules_show(struct cli *cli)
{
    const char *id =
        cli->options.args.count > 1 ? cli->options.args.items[1] : "";
    struct bylaw_rules *rules = NULL;
    const struct bylaw_rule *rule;
    struct bylaw__buf out;
    int rc = cli_load_rules(&rules, cli);

    if (rc)
        return rc;
    rule = bylaw_rules_find(rules, id);
    if (!rule) {
        rc =
            cli_usage(cli, "rules.unknown-rule", "there is no rule \"%s\"", id);
        bylaw_rules_free(rules);
        return rc;
    }
    bylaw__buf_init(&out, 0);
    if (cli->options.json)
        bylaw__report_rule_json(&out, rule);
    else
        bylaw__report_rule_text(&out, rule, &cli->out_style);
    rc = cli_print(cli, &out);
    bylaw__buf_release(&out);
    bylaw_rules_free(rules);
    return rc;
}

/* A rule's families are looked for in the folder that its path names, so a
 * bare file name has to name the folder it is in. */
static const char *with_folder(char out[PATH_ROOM], const char *path)
{
    if (strchr(path, '/') || !strcmp(path, "-"))
        return path;
    snprintf(out, PATH_ROOM, "./%s", path);
    return out;
}

static int check_file(struct cli *cli, const char *named)
{
    char room[PATH_ROOM];
    const char *path = with_folder(room, named);
    struct cli_complaints complaints = {cli, 0};
    struct bylaw_rules *rules = NULL;
    struct bylaw_error err = {0};
    struct bylaw__buf yaml;
    size_t count = 0;
    struct bylaw__term_spec *specs = bylaw__pipeline_specs(&count);
    int rc;

    bylaw__buf_init(&yaml, BYLAW_LIMIT_RULE_BYTES);
    rc = bylaw__file_read(&yaml, path, &err);
    if (!rc && specs)
        rc = bylaw__rules_load_text(&rules, bylaw__buf_span(&yaml), path, specs,
                                    count, cli_take_complaint, &complaints,
                                    &err);
    if (rc && !complaints.count)
        cli_complain(cli, &err);
    free(specs);
    bylaw_rules_free(rules);
    bylaw__buf_release(&yaml);
    return rc ? CLI_USAGE : 0;
}

static void add_count(struct bylaw__buf *out, size_t count, const char *what)
{
    bylaw__buf_printf(out, "%zu %s%s without a mistake\n", count, what,
                      count == 1 ? "" : "s");
}

static int rules_check(struct cli *cli)
{
    const struct cli_list *args = &cli->options.args;
    struct bylaw_rules *rules = NULL;
    struct bylaw__buf out;
    int rc = 0;

    if (args->count == 1) {
        rc = cli_load_rules(&rules, cli);
    } else {
        for (size_t i = 1; i < args->count; i++)
            if (check_file(cli, args->items[i]))
                rc = CLI_USAGE;
    }
    if (!rc && !cli->options.quiet) {
        bylaw__buf_init(&out, 0);
        add_count(&out, rules ? rules->count : args->count - 1,
                  rules ? "rule" : "file");
        rc = cli_print(cli, &out);
        bylaw__buf_release(&out);
    }
    bylaw_rules_free(rules);
    return rc;
}

struct tally {
    struct cli *cli;
    struct bylaw__buf out;
    size_t passed, failed;
};

static void print_sample(void *payload,
                         const struct bylaw__sample_result *result)
{
    struct tally *tally = payload;

    *(result->is_ok ? &tally->passed : &tally->failed) += 1;
    if (result->is_ok && tally->cli->options.quiet)
        return;
    bylaw__buf_printf(&tally->out, "%-5s %-18s %-40s %s\n",
                      result->is_ok ? "ok" : "WRONG", result->rule->id,
                      result->sample->file,
                      bylaw_verdict_name(result->verdict));
    if (!result->is_ok)
        bylaw__buf_printf(&tally->out, "      expected %s: %s\n",
                          result->sample->expect, result->detail);
}

static int rules_test(struct cli *cli)
{
    const char *id =
        cli->options.args.count > 1 ? cli->options.args.items[1] : NULL;
    struct tally tally = {.cli = cli};
    struct bylaw_audit_options options;
    struct bylaw_error err = {0};
    int rc;

    cli_audit_options(cli, &options);
    if (bylaw__pipeline_rules_test(&options, id, print_sample, &tally, &err)) {
        bylaw__buf_release(&tally.out);
        return cli_complain(cli, &err);
    }
    bylaw__buf_printf(&tally.out, "%zu passed, %zu failed\n", tally.passed,
                      tally.failed);
    rc = cli_print(cli, &tally.out);
    bylaw__buf_release(&tally.out);
    return rc ? rc : (tally.failed ? CLI_FINDINGS : 0);
}

static const struct cli_subcommand subcommands[] = {
    {"list", rules_list}, {"show", rules_show},     {"check", rules_check},
    {"test", rules_test}, {"explain", cli_explain},
};

int cli_rules(struct cli *cli)
{
    return cli_run_subcommand(cli, subcommands,
                              sizeof(subcommands) / sizeof(subcommands[0]));
}
