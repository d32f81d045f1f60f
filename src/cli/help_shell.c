/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Completion scripts for bash, zsh and fish, made of the tables of commands
 * and options, so that they cannot name what the program does not take.
 */
#include "cli.h"

/* Words that a value, or a command's first argument (no option), comes from.
 */
static const struct {
    const char *command, *option, *words;
} choices[] = {
    {"case", "state",
     "seen new confirmed notified fixed regressed disputed allowed ignored "
     "gone "
     "unreachable"},
    {"report", "state",
     "seen new confirmed notified fixed regressed disputed allowed ignored "
     "gone "
     "unreachable"},
    {"source", "kind", "article feed sitemap"},
    {"notice", "kind", "correction dmca dsa"},
    {"notice", "lang", "ar de en es fr it ja pt ru zh"},
    {"notice", "format", "txt eml"},
    {"report", "format", "html json ndjson csv md sarif junit atom prometheus"},
    {"help", "format", "text mdoc mdoc-terms bash zsh fish"},
    {"notify", NULL, "test"},
};

static const char *words_of(const char *command, const char *option)
{
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++)
        if (!strcmp(choices[i].command, command) &&
            (option ? choices[i].option && !strcmp(choices[i].option, option)
                    : !choices[i].option))
            return choices[i].words;
    return NULL;
}

static bool takes(const struct cli_command *command,
                  const struct cli_option *option)
{
    return (unsigned)option->commands & command->bit;
}

/* The names that may stand first after a command, a space between. */
static void add_first_words(struct bylaw__buf *out,
                            const struct cli_command *command)
{
    const struct cli_subcommand *sub = command->subcommands;
    const char *words = words_of(command->name, NULL);

    for (size_t i = 0; sub && sub[i].name; i++)
        bylaw__buf_printf(out, "%s%s", i ? " " : "", sub[i].name);
    if (words)
        bylaw__buf_add_text(out, words);
    if (!strcmp(command->name, "help"))
        for (size_t i = 0; (command = cli_command_at(i)); i++)
            bylaw__buf_printf(out, "%s%s", i ? " " : "", command->name);
}

static void add_command_names(struct bylaw__buf *out)
{
    const struct cli_command *command;

    for (size_t i = 0; (command = cli_command_at(i)); i++)
        bylaw__buf_printf(out, "%s%s", i ? " " : "", command->name);
}

static void add_option_names(struct bylaw__buf *out,
                             const struct cli_command *command)
{
    const struct cli_option *option;

    for (size_t i = 0; (option = cli_option_at(i)); i++) {
        if (command ? !takes(command, option) : !cli_option_is_common(option))
            continue;
        bylaw__buf_printf(out, " --%s", option->name);
        if (option->letter)
            bylaw__buf_printf(out, " -%c", option->letter);
    }
}

/* What kind of file a value names, by what the tables call it. */
static bool is_file(const struct cli_option *option)
{
    return option->argument && (!strcmp(option->argument, "FILE") ||
                                !strcmp(option->argument, "S"));
}

static bool is_folder(const struct cli_option *option)
{
    return option->argument && !strcmp(option->argument, "DIR");
}

/* A case of bash for the value of each option of the wanted kind. */
static void add_bash_values(struct bylaw__buf *out,
                            bool (*is)(const struct cli_option *),
                            const char *flag)
{
    const struct cli_option *option;
    bool any = false;

    for (size_t i = 0; (option = cli_option_at(i)); i++) {
        if (!is(option))
            continue;
        bylaw__buf_printf(out, "%s*:--%s", any ? "|" : "    ", option->name);
        if (option->letter)
            bylaw__buf_printf(out, "|*:-%c", option->letter);
        any = true;
    }
    if (any)
        bylaw__buf_printf(
            out, ") COMPREPLY=($(compgen -%s -- \"$word\")); return;;\n", flag);
}

static void add_bash_choices(struct bylaw__buf *out)
{
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++)
        if (choices[i].option)
            bylaw__buf_printf(out,
                              "    %s:--%s) COMPREPLY=($(compgen -W '%s' -- "
                              "\"$word\")); return;;\n",
                              choices[i].command, choices[i].option,
                              choices[i].words);
}

/* Options whose value cannot be known: nothing is offered. */
static void add_bash_free(struct bylaw__buf *out)
{
    const struct cli_option *option;

    bylaw__buf_add_text(out, "    ");
    for (size_t i = 0; (option = cli_option_at(i)); i++) {
        if (!option->argument)
            continue;
        bylaw__buf_printf(out, "%s*:--%s", i ? "|" : "", option->name);
        if (option->letter)
            bylaw__buf_printf(out, "|*:-%c", option->letter);
    }
    bylaw__buf_add_text(out, ") return;;\n");
}

static void add_bash_commands(struct bylaw__buf *out)
{
    const struct cli_command *command;

    for (size_t i = 0; (command = cli_command_at(i)); i++) {
        bylaw__buf_printf(out, "    %s) options='", command->name);
        add_option_names(out, command);
        bylaw__buf_add_text(out, "'; first='");
        add_first_words(out, command);
        bylaw__buf_add_text(out, "';;\n");
    }
}

void cli_help_bash(struct bylaw__buf *out)
{
    bylaw__buf_add_text(
        out, "# bash completion of bylaw; made by `bylaw help --format bash`\n"
             "_bylaw() {\n"
             "  local word=${COMP_WORDS[COMP_CWORD]} options first=''\n"
             "  local before=${COMP_WORDS[COMP_CWORD-1]} command='' i place=0\n"
             "  # bash takes \"--format=csv\" for three words\n"
             "  [[ $word == '=' ]] && { word=''; before==; }\n"
             "  [[ $before == '=' ]] &&\n"
             "    before=${COMP_WORDS[COMP_CWORD-1-(${#word}>0)]}\n"
             "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
             "    [[ ${COMP_WORDS[i]} == -* ]] && continue\n"
             "    [[ -n $command ]] && { place=$i; break; }\n"
             "    case ${COMP_WORDS[i]} in\n      ");
    for (size_t i = 0; cli_command_at(i); i++)
        bylaw__buf_printf(out, "%s%s", i ? "|" : "", cli_command_at(i)->name);
    bylaw__buf_add_text(out, ") command=${COMP_WORDS[i]};;\n"
                             "    esac\n"
                             "  done\n"
                             "  case $command:$before in\n");
    add_bash_choices(out);
    add_bash_values(out, is_file, "f");
    add_bash_values(out, is_folder, "d");
    add_bash_free(out);
    bylaw__buf_add_text(out, "  esac\n  case $command in\n    '') options='");
    add_option_names(out, NULL);
    bylaw__buf_add_text(out, "'; first='");
    add_command_names(out);
    bylaw__buf_add_text(out, "';;\n");
    add_bash_commands(out);
    bylaw__buf_add_text(
        out, "  esac\n"
             "  if [[ $word == -* ]]; then\n"
             "    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
             "  elif [[ -n $first && $place == 0 ]]; then\n"
             "    COMPREPLY=($(compgen -W \"$first\" -- \"$word\"))\n"
             "  else\n"
             "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
             "  fi\n"
             "}\n"
             "complete -o filenames -F _bylaw bylaw\n");
}

/* Text inside single quotes of zsh or fish, where : and [] mean something to
 * zsh's _arguments. */
static void add_quoted(struct bylaw__buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            bylaw__buf_add_text(out, "'\\''");
        else if (strchr(":[]\\", *text))
            bylaw__buf_printf(out, "\\%c", *text);
        else
            bylaw__buf_add_char(out, *text);
    }
}

static void add_zsh_option(struct bylaw__buf *out,
                           const struct cli_command *command,
                           const struct cli_option *option)
{
    const char *words = words_of(command->name, option->name);
    bool again = option->kind == CLI_LIST || option->kind == CLI_COUNT;

    bylaw__buf_printf(out, "        '%s--%s%s[", again ? "*" : "", option->name,
                      option->argument ? "=" : "");
    add_quoted(out, option->help);
    bylaw__buf_add_char(out, ']');
    if (option->argument) {
        bylaw__buf_add_char(out, ':');
        add_quoted(out, option->argument);
        if (words)
            bylaw__buf_printf(out, ":(%s)", words);
        else
            bylaw__buf_add_text(out, is_file(option)     ? ":_files"
                                     : is_folder(option) ? ":_files -/"
                                                         : ": ");
    }
    bylaw__buf_add_text(out, "' \\\n");
}

static void add_zsh_command(struct bylaw__buf *out,
                            const struct cli_command *command)
{
    const struct cli_option *option;
    size_t begin;

    bylaw__buf_printf(out, "    (%s)\n      _arguments -s \\\n", command->name);
    for (size_t i = 0; (option = cli_option_at(i)); i++)
        if (takes(command, option))
            add_zsh_option(out, command, option);
    begin = out->len;
    bylaw__buf_add_text(out, "        '1:what:(");
    add_first_words(out, command);
    if (out->ptr && out->ptr[out->len - 1] == '(')
        out->len = begin;
    else
        bylaw__buf_add_text(out, ")' \\\n");
    bylaw__buf_add_text(out, "        '*:argument:_files';;\n");
}

void cli_help_zsh(struct bylaw__buf *out)
{
    const struct cli_command *command;

    bylaw__buf_add_text(
        out, "#compdef bylaw\n"
             "# zsh completion of bylaw; made by `bylaw help --format zsh`\n"
             "_bylaw() {\n"
             "  local -a commands\n"
             "  commands=(\n");
    for (size_t i = 0; (command = cli_command_at(i)); i++) {
        bylaw__buf_printf(out, "    '%s:", command->name);
        add_quoted(out, command->summary);
        bylaw__buf_add_text(out, "'\n");
    }
    bylaw__buf_add_text(out, "  )\n"
                             "  if ((CURRENT == 2)); then\n"
                             "    _describe command commands\n"
                             "    return\n"
                             "  fi\n"
                             "  shift words\n"
                             "  ((CURRENT--))\n"
                             "  case $words[1] in\n");
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        add_zsh_command(out, command);
    bylaw__buf_add_text(out, "  esac\n}\n_bylaw \"$@\"\n");
}

static void add_fish_quoted(struct bylaw__buf *out, const char *text)
{
    bylaw__buf_add_char(out, '\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            bylaw__buf_add_char(out, '\\');
        bylaw__buf_add_char(out, *text);
    }
    bylaw__buf_add_char(out, '\'');
}

static void add_fish_option(struct bylaw__buf *out,
                            const struct cli_command *command,
                            const struct cli_option *option)
{
    const char *words = words_of(command->name, option->name);

    bylaw__buf_printf(out,
                      "complete -c bylaw -n '__fish_seen_subcommand_from %s' "
                      "-l %s",
                      command->name, option->name);
    if (option->letter)
        bylaw__buf_printf(out, " -s %c", option->letter);
    if (words)
        bylaw__buf_printf(out, " -x -a '%s'", words);
    else if (option->argument)
        bylaw__buf_add_text(out, is_file(option)     ? " -r -F"
                                 : is_folder(option) ? " -x -a "
                                                       "'(__fish_complete_"
                                                       "directories)'"
                                                     : " -x");
    bylaw__buf_add_text(out, " -d ");
    add_fish_quoted(out, option->help);
    bylaw__buf_add_char(out, '\n');
}

static void add_fish_command(struct bylaw__buf *out,
                             const struct cli_command *command)
{
    const struct cli_option *option;
    struct bylaw__buf first;

    bylaw__buf_printf(out,
                      "complete -c bylaw -f -n __fish_use_subcommand -a %s -d ",
                      command->name);
    add_fish_quoted(out, command->summary);
    bylaw__buf_add_char(out, '\n');
    bylaw__buf_init(&first, 0);
    add_first_words(&first, command);
    if (first.len)
        bylaw__buf_printf(
            out,
            "complete -c bylaw -n '__fish_seen_subcommand_from %s' -a '%.*s'\n",
            command->name, (int)first.len, first.ptr);
    bylaw__buf_release(&first);
    for (size_t i = 0; (option = cli_option_at(i)); i++)
        if (takes(command, option))
            add_fish_option(out, command, option);
}

void cli_help_fish(struct bylaw__buf *out)
{
    const struct cli_command *command;

    bylaw__buf_add_text(
        out,
        "# fish completion of bylaw; made by `bylaw help --format fish`\n");
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        add_fish_command(out, command);
}
