/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw rules: list, show, check, test, explain, export. */
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

/* How wide the columns of ids and licences are. */
struct widths {
    int id, licence;
};

static int wider(int width, const char *text)
{
    int len = (int)strlen(text);

    return len > width ? len : width;
}

static struct widths measure(const struct bylaw_rules *rules)
{
    struct widths widths = {0};

    for (size_t i = 0; i < rules->count; i++) {
        widths.id = wider(widths.id, rules->items[i].id);
        widths.licence = wider(widths.licence, rules->items[i].licence);
    }
    return widths;
}

static void add_list_line(struct bylaw__buf *out, const struct bylaw_rule *rule,
                          struct widths widths)
{
    bylaw__buf_printf(out, "%-*s  %-11s  %s  %-*s  ", widths.id, rule->id,
                      rule->status, rule->captured_date, widths.licence,
                      rule->licence);
    bylaw__report_safe(out, bylaw__span_of(rule->title));
    bylaw__buf_add_char(out, '\n');
}

static int rules_list(struct cli *cli)
{
    struct bylaw_rules *rules = NULL;
    struct widths widths;
    struct bylaw__buf out;
    int rc = cli_load_rules(&rules, cli);

    if (rc)
        return rc;
    widths = measure(rules);
    bylaw__buf_init(&out, 0);
    for (size_t i = 0; i < rules->count; i++) {
        const struct bylaw_rule *rule = &rules->items[i];

        if (cli->options.json)
            bylaw__report_rule_json(&out, rule);
        else
            add_list_line(&out, rule, widths);
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

/* All that came of the samples so far. */
struct tally {
    struct cli *cli;
    struct cli_complaints complaints;
    const char **terms; /* the matrix' columns; owned */
    struct bylaw__matrix matrix;
    struct bylaw__buf out, untested;
    size_t passed, failed, untested_count;
};

static void take_sample(void *payload,
                        const struct bylaw__sample_result *result)
{
    struct tally *tally = payload;

    *(result->is_ok ? &tally->passed : &tally->failed) += 1;
    if (tally->cli->options.json)
        bylaw__report_sample_json(&tally->out, result);
    else if (!result->is_ok || tally->cli->options.verbose)
        bylaw__report_sample_text(&tally->out, result,
                                  tally->cli->options.verbose > 1);
}

static void take_rule(void *payload, const struct bylaw__rule_result *result)
{
    struct tally *tally = payload;

    tally->untested_count += bylaw__report_untested(&tally->untested, result);
    if (tally->cli->options.json)
        bylaw__report_coverage_json(&tally->out, result);
    else
        bylaw__report_matrix_add(&tally->matrix, result);
}

static void take_complaint(void *payload, const struct bylaw_error *err)
{
    struct tally *tally = payload;

    cli_take_complaint(&tally->complaints, err);
}

static int tally_begin(struct tally *tally, struct cli *cli)
{
    size_t count = 0;

    memset(tally, 0, sizeof(*tally));
    tally->cli = cli;
    tally->complaints.cli = cli;
    while (bylaw__term_at(count))
        count++;
    tally->terms = calloc(count + 1, sizeof(*tally->terms));
    for (size_t i = 0; tally->terms && i < count; i++)
        tally->terms[i] = bylaw__term_at(i)->id;
    tally->matrix.terms = tally->terms;
    tally->matrix.term_count = count;
    return tally->terms ? 0 : BYLAW_ENOMEM;
}

static int tally_print(struct tally *tally)
{
    struct bylaw__buf *out = &tally->out;

    if (!tally->cli->options.json) {
        if (!tally->cli->options.quiet)
            bylaw__report_matrix_text(out, &tally->matrix);
        bylaw__buf_add_span(out, bylaw__buf_span(&tally->untested));
        bylaw__buf_printf(out, "%zu passed, %zu failed, %zu untested\n",
                          tally->passed, tally->failed, tally->untested_count);
    }
    return cli_print(tally->cli, out);
}

static void tally_release(struct tally *tally)
{
    bylaw__buf_release(&tally->out);
    bylaw__report_matrix_release(&tally->matrix);
    bylaw__buf_release(&tally->untested);
    free(tally->terms);
}

/* A rule's id, or the path of a file of samples. */
static int run_tests(struct tally *tally, const char *what,
                     struct bylaw_error *err)
{
    const struct bylaw__samples_listener listener = {take_sample, take_rule,
                                                     take_complaint, tally};
    struct bylaw_audit_options options;
    char room[PATH_ROOM];

    cli_audit_options(tally->cli, &options);
    if (what && bylaw__span_ends(bylaw__span_of(what), ".yaml"))
        return bylaw__pipeline_samples_test(&options, with_folder(room, what),
                                            &listener, err);
    return bylaw__pipeline_rules_test(&options, what, &listener, err);
}

static int rules_test(struct cli *cli)
{
    const struct cli_list *args = &cli->options.args;
    struct bylaw_error err = {0};
    struct tally tally;
    int rc = tally_begin(&tally, cli);

    if (rc)
        bylaw__fail_memory(&err, "");
    for (size_t i = 1; !rc && i < (args->count > 1 ? args->count : 2); i++)
        rc = run_tests(&tally, args->count > 1 ? args->items[i] : NULL, &err);
    if (rc)
        rc = tally.complaints.count ? CLI_USAGE : cli_complain(cli, &err);
    else
        rc = tally_print(&tally);
    if (!rc && (tally.failed || tally.untested_count))
        rc = CLI_FINDINGS;
    tally_release(&tally);
    return rc;
}

static int rules_export(struct cli *cli)
{
    const struct cli_list *args = &cli->options.args;
    const char *id = args->count > 1 ? args->items[1] : NULL;
    struct bylaw_rules *rules = NULL;
    const struct bylaw_rule *rule = NULL;
    struct bylaw__buf out;
    int rc;

    if (!cli->options.odrl)
        return cli_usage(cli, "usage.no-form",
                         "say in which form to export: --odrl");
    rc = cli_load_rules(&rules, cli);
    if (rc)
        return rc;
    if (id)
        rule = bylaw_rules_find(rules, id);
    bylaw__buf_init(&out, 0);
    if (id && !rule) {
        rc =
            cli_usage(cli, "rules.unknown-rule", "there is no rule \"%s\"", id);
    } else {
        bylaw__report_odrl(&out, rule ? rule : rules->items,
                           rule ? 1 : rules->count);
        rc = cli_print(cli, &out);
    }
    bylaw__buf_release(&out);
    bylaw_rules_free(rules);
    return rc;
}

const struct cli_subcommand cli_rules_commands[] = {
    {"list", rules_list}, {"show", rules_show},     {"check", rules_check},
    {"test", rules_test}, {"explain", cli_explain}, {"export", rules_export},
    {NULL, NULL},
};

int cli_rules(struct cli *cli)
{
    return cli_run_subcommand(cli);
}
