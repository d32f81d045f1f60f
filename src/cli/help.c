/* SPDX-License-Identifier: Apache-2.0 */
/* What `bylaw help` shows on a terminal. */
#include "cli.h"

/* Help is the same whatever the terminal's width. */
static const struct bylaw__report_style help_style = {.width = 80};

/* Columns that an option and its value take. */
#define HELP_COLUMN 27

/* Paragraphs, each folded. */
static void add_details(struct bylaw__buf *out, const char *details)
{
    while (*details) {
        size_t len = strcspn(details, "\n");

        bylaw__buf_add_char(out, '\n');
        bylaw__report_fold(out, (struct bylaw_span){details, len}, &help_style,
                           0, 0);
        bylaw__buf_add_char(out, '\n');
        details += len + (details[len] == '\n');
    }
}

static void add_option(struct bylaw__buf *out, const struct cli_option *row)
{
    size_t begin = out->len;
    size_t width;

    if (row->letter)
        bylaw__buf_printf(out, "  -%c, --%s", row->letter, row->name);
    else
        bylaw__buf_printf(out, "      --%s", row->name);
    if (row->argument)
        bylaw__buf_printf(out, " %s", row->argument);
    width = out->len - begin;
    if (width > HELP_COLUMN - 2)
        bylaw__buf_printf(out, "\n%*s", HELP_COLUMN, "");
    else
        bylaw__buf_printf(out, "%*s", (int)(HELP_COLUMN - width), "");
    bylaw__report_fold(out, bylaw__span_of(row->help), &help_style, HELP_COLUMN,
                       HELP_COLUMN);
    bylaw__buf_add_char(out, '\n');
}

static void add_options(struct bylaw__buf *out, unsigned bit, bool common)
{
    const struct cli_option *option;

    for (size_t i = 0; (option = cli_option_at(i)); i++)
        if (cli_option_is_common(option) == common &&
            ((unsigned)option->commands & bit))
            add_option(out, option);
}

void cli_help(struct bylaw__buf *out, const struct cli_command *command)
{
    if (command) {
        bylaw__buf_printf(out, "usage: bylaw %s %s\n\n%s\n", command->name,
                          command->synopsis, command->summary);
        add_details(out, command->details);
        bylaw__buf_add_text(out, "\noptions:\n");
        add_options(out, command->bit, false);
        add_options(out, command->bit, true);
        return;
    }
    bylaw__buf_add_text(
        out, "usage: bylaw [OPTION]... COMMAND [ARGUMENT]...\n\n"
             "Finds reposts of a publisher's articles and decides, duty by "
             "duty, whether\neach honours the licence.\n\ncommands:\n");
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        bylaw__buf_printf(out, "  %-9s %s\n", command->name, command->summary);
    bylaw__buf_add_text(out, "\noptions of every command:\n");
    add_options(out, ~0u, true);
    bylaw__buf_add_text(out, "\n`bylaw help COMMAND` shows a command's own "
                             "options.\n");
}

static void add_for_reader(struct bylaw__buf *out)
{
    cli_help(out, NULL);
}

/* The forms that --format names; the first is what people read. */
static const struct {
    const char *name;
    void (*write)(struct bylaw__buf *out);
} forms[] = {
    {"text", add_for_reader},
    {"mdoc", cli_help_mdoc},
    {"mdoc-terms", cli_help_mdoc_terms},
    {"bash", cli_help_bash},
    {"zsh", cli_help_zsh},
    {"fish", cli_help_fish},
};

#define FORM_COUNT (sizeof(forms) / sizeof(forms[0]))

static int show_form(struct cli *cli, const char *name)
{
    struct bylaw__buf out;
    size_t i = 0;
    int rc;

    while (i < FORM_COUNT && strcmp(forms[i].name, name))
        i++;
    if (i == FORM_COUNT)
        return cli_usage(cli, "usage.format",
                         "help has no form \"%s\"; there are text, mdoc and "
                         "mdoc-terms (for manual pages), bash, zsh and fish "
                         "(completions)",
                         name);
    bylaw__buf_init(&out, 0);
    forms[i].write(&out);
    rc = cli_print(cli, &out);
    bylaw__buf_release(&out);
    return rc;
}

static int show_command(struct cli *cli, const char *name)
{
    const struct cli_command *command = cli_command_find(name);
    struct bylaw__buf out;
    int rc;

    if (!command)
        return cli_usage(cli, "usage.unknown-command",
                         "there is no command \"%s\"", name);
    bylaw__buf_init(&out, 0);
    cli_help(&out, command);
    rc = cli_print(cli, &out);
    bylaw__buf_release(&out);
    return rc;
}

int cli_show_help(struct cli *cli)
{
    const struct cli_list *args = &cli->options.args;
    const char *format = cli->options.format;

    if (args->count)
        return show_command(cli, args->items[0]);
    return show_form(cli, format ? format : forms[0].name);
}
