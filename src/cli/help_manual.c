/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of the manual that follow from the tables, in mdoc(7). The rest
 * are the pages in audit/man, which name where these belong.
 */
#include "cli.h"

#include "judge/judge.h"

/* Text as roff takes it: no escape begins, no line is taken for a request. */
static void add_roff(struct bylaw__buf *out, struct bylaw_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool at_start = !out->len || out->ptr[out->len - 1] == '\n';

        if (at_start && (c == '.' || c == '\''))
            bylaw__buf_add_text(out, "\\&");
        if (c == '\\')
            bylaw__buf_add_text(out, "\\e");
        else if (c == '-')
            bylaw__buf_add_text(out, "\\-");
        else if (c == '"')
            bylaw__buf_add_text(out, "\\(dq");
        else
            bylaw__buf_add_char(out, c);
        /* A sentence ends its line, so that roff sets the space after it. */
        if (i + 1 < text.len && text.ptr[i + 1] == ' ' && c == '.' && i &&
            bylaw__is_alpha((unsigned char)text.ptr[i - 1])) {
            bylaw__buf_add_char(out, '\n');
            i++;
        }
    }
}

/* A sentence that may lack its full stop. */
static void add_sentence(struct bylaw__buf *out, const char *text)
{
    size_t len = strlen(text);

    add_roff(out, (struct bylaw_span){text, len});
    bylaw__buf_add_text(out,
                        len && strchr(".?!", text[len - 1]) ? "\n" : ".\n");
}

static void add_paragraphs(struct bylaw__buf *out, const char *details)
{
    while (*details) {
        size_t len = strcspn(details, "\n");

        bylaw__buf_add_text(out, ".Pp\n");
        add_roff(out, (struct bylaw_span){details, len});
        bylaw__buf_add_char(out, '\n');
        details += len + (details[len] == '\n');
    }
}

static void add_option(struct bylaw__buf *out, const struct cli_option *option)
{
    bylaw__buf_add_text(out, ".It ");
    if (option->letter)
        bylaw__buf_printf(out, "Fl %c , ", option->letter);
    bylaw__buf_add_text(out, "Fl \\-");
    add_roff(out, bylaw__span_of(option->name));
    if (option->argument)
        bylaw__buf_printf(out, " Ar %s", option->argument);
    bylaw__buf_add_char(out, '\n');
    add_sentence(out, option->help);
}

/* Options that every command takes, or those of one command alone. */
static void add_options(struct bylaw__buf *out,
                        const struct cli_command *command)
{
    const struct cli_option *option;
    bool any = false;

    for (size_t i = 0; (option = cli_option_at(i)); i++) {
        bool common = cli_option_is_common(option);

        if (command ? common || !((unsigned)option->commands & command->bit)
                    : !common)
            continue;
        if (!any)
            bylaw__buf_add_text(out, ".Bl -tag -width Ds\n");
        any = true;
        add_option(out, option);
    }
    if (any)
        bylaw__buf_add_text(out, ".El\n");
}

static void add_command(struct bylaw__buf *out,
                        const struct cli_command *command)
{
    bylaw__buf_printf(out, ".Ss %s\n.D1 Nm ", command->name);
    bylaw__buf_printf(out, "Cm %s No ", command->name);
    add_roff(out, bylaw__span_of(command->synopsis));
    bylaw__buf_add_text(out, "\n.Pp\n");
    add_sentence(out, command->summary);
    add_paragraphs(out, command->details);
    add_options(out, command);
}

void cli_help_mdoc(struct bylaw__buf *out)
{
    const struct cli_command *command;

    bylaw__buf_add_text(out, ".Sh COMMANDS\n");
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        add_command(out, command);
    bylaw__buf_add_text(out, ".Sh OPTIONS\nEvery command takes these.\n");
    add_options(out, NULL);
}

void cli_help_mdoc_terms(struct bylaw__buf *out)
{
    const struct bylaw__term_info *term;

    bylaw__buf_add_text(out, ".Sh TERMS\n.Bl -tag -width Ds\n");
    for (size_t i = 0; (term = bylaw__term_at(i)); i++) {
        bylaw__buf_printf(out, ".It Cm %s\n", term->id);
        add_sentence(out, term->summary);
        add_sentence(out, term->decided);
        for (size_t n = 0; term->params && term->params[n]; n++) {
            bylaw__buf_printf(out, ".Pp\n.Cm %s :\n", term->params[n]);
            add_sentence(out, term->param_help[n]);
        }
    }
    bylaw__buf_add_text(out, ".El\n");
}
