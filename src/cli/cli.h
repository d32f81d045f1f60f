/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: cli (floor 6)
 *
 * Purpose  The program: commands, options, exit codes, what a terminal shows.
 * Takes    the command line, the environment, the terminal, the system clock.
 * Gives    bytes on stdout (results) and stderr (diagnostics); an exit code.
 * May include  every lower room; libmicrohttpd (the demo site and the review page), jansson, libdeflate, zlib (files of matches).
 *
 * Invariants
 *  1. One table of options feeds the parser and --help alike.
 *  2. Results go to stdout, everything else to stderr; nothing is half said:
 *     a failed write to stdout is a runtime failure.
 *  3. Only this room reads the clock, the environment and the terminal.
 *  4. Exit codes are those of enum cli_exit; the gravest error outranks
 *     findings, a duty not met outranks a page that could not be judged.
 */
#ifndef BYLAW_CLI_H
#define BYLAW_CLI_H

#include "pipeline/pipeline.h"
#include "report/report.h"

#include <bylaw/bylaw.h>

enum cli_exit {
    CLI_OK = 0,
    CLI_FINDINGS = 1,
    CLI_USAGE = 2,
    CLI_UNDETERMINED = 3,
    CLI_UNVERIFIED = 4,
    CLI_LOCKED = 5,
    CLI_RUNTIME = 6,
    CLI_RETRY = 75,     /* EX_TEMPFAIL: the same call may succeed later */
    CLI_SIGNALLED = 128 /* plus the number of the signal */
};

/** Repeated option values, NULL-terminated once parsed. */
struct cli_list {
    const char **items;
    size_t count, cap;
};

/** Everything the command line said. Texts are borrowed from argv. */
struct cli_options {
    bool json, quiet, no_color, help, version, as_text, no_follow;
    unsigned verbose;
    const char *rules_dir, *rule, *url, *source_url, *ca_file, *user_agent;
    const char *workspace, *kind, *format, *output, *language;
    const char *state, *host, *reason, *until, *by, *max_age;
    unsigned timeout_s, port, concurrency, cells, max_pages;
    bool serve, origin, once, renew_key, odrl, read_only;
    const char *paths, *shard, *out_dir, *index, *add_to;
    unsigned threads, part_kb, memory_mb;
    bool gzip, die_with_parent, no_screen;
    const char *hints;
    struct cli_list sources, allow, connect_to, anchors, imports, removed;
    struct cli_list args; /* what is no option, command left out */
};

/** Where what a command says goes when a page asked for it, not a terminal. */
struct cli_capture {
    struct bylaw__buf results;    /* as standard output would have had them */
    struct bylaw__buf complaints; /* JSON, a line each */
    struct bylaw__buf remarks;    /* sentences, a line each */
    /* What the report is told of the page; of `report` only. */
    const struct bylaw__report_review *review;
};

void cli_capture_release(struct cli_capture *capture);

/** What every command gets. */
struct cli {
    struct cli_options options;
    const struct cli_command *command;
    struct bylaw__report_style out_style; /* for stdout */
    struct bylaw__report_style err_style; /* for stderr */
    char data_dir[4096];         /* folder that holds rules/, seeds/, audit/ */
    char rules_dir[4352];        /* folder of rule files in force */
    int status;                  /* exit code so far */
    struct cli_capture *capture; /* NULL: results and words go out */
    bool has_lost_output;        /* and said so */
    bool has_fixed_time;         /* SOURCE_DATE_EPOCH stands for the clock */
    int64_t fixed_ms;
};

struct cli_command {
    const char *name;
    const char *synopsis; /* what follows the name */
    const char *summary;  /* one line */
    const char *details;  /* paragraphs for `bylaw help NAME` */
    int (*run)(struct cli *cli);
    unsigned bit; /* its bit in an option's set of commands */
    const struct cli_subcommand *subcommands; /* ended by no name; or NULL */
};

const struct cli_command *cli_command_find(const char *name);
const struct cli_command *cli_command_at(size_t i); /* NULL past the end */

/** Parses argv into cli->options and cli->command. 0 or CLI_USAGE. */
int cli_parse(struct cli *cli, int argc, char **argv);

enum cli_option_kind {
    CLI_FLAG,  /* bool */
    CLI_COUNT, /* unsigned, one more each time */
    CLI_TEXT,
    CLI_NUMBER, /* 1 to 65535 */
    CLI_LIST    /* struct cli_list */
};

struct cli_option {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* what its value is called; NULL: takes none */
    enum cli_option_kind kind;
    size_t offset; /* of its member of struct cli_options */
    int commands;  /* bits of those that take it */
    const char *help;
};

const struct cli_option *cli_option_at(size_t i); /* NULL past the end */
/** Whether every command takes it. */
bool cli_option_is_common(const struct cli_option *option);

/** What `bylaw help` and `--help` show: of all (NULL) or one command. */
void cli_help(struct bylaw__buf *out, const struct cli_command *command);
/** Commands and options as sections of a manual page (mdoc). */
void cli_help_mdoc(struct bylaw__buf *out);
/** The terms of rules as a section of a manual page (mdoc). */
void cli_help_mdoc_terms(struct bylaw__buf *out);
/** Completion scripts, made of the same tables. */
void cli_help_bash(struct bylaw__buf *out);
void cli_help_zsh(struct bylaw__buf *out);
void cli_help_fish(struct bylaw__buf *out);

/** Prints an error to stderr and returns the exit code it asks for. */
int cli_complain(struct cli *cli, const struct bylaw_error *err);
/** As above, for what asks for another code: one of many that failed. */
int cli_complain_as(struct cli *cli, const struct bylaw_error *err, int code);
/** Counts and prints complaints: a bylaw__complaint_fn and its payload. */
struct cli_complaints {
    struct cli *cli;
    size_t count;
};
void cli_take_complaint(void *complaints, const struct bylaw_error *err);
/** Remembers an exit code if it outranks the one so far. */
void cli_note(struct cli *cli, int code);
/** A usage mistake: prints it with the way to the help. Returns CLI_USAGE. */
int cli_usage(struct cli *cli, const char *id, const char *fmt, ...)
    BYLAW__PRINTF(3, 4);
/** One word after a command such as "rules". */
struct cli_subcommand {
    const char *name;
    int (*run)(struct cli *cli);
};
extern const struct cli_subcommand cli_rules_commands[], cli_source_commands[],
    cli_config_commands[], cli_case_commands[], cli_index_commands[];
/** Runs the one that the first argument names, or says which there are. */
int cli_run_subcommand(struct cli *cli);
/** Says a sentence by the way, unless quiet. */
void cli_remark(struct cli *cli, const char *text);
/** Writes a result to stdout. 0 or CLI_RUNTIME. */
int cli_print(struct cli *cli, const struct bylaw__buf *buf);
/** Writes a result to the file of --output, else to stdout. 0 or a code. */
int cli_deliver(struct cli *cli, const struct bylaw__buf *buf);
/** The rules in force. 0, or an exit code after saying what is wrong. */
int cli_load_rules(struct bylaw_rules **out, struct cli *cli);
/** Options for an auditor, from the command line. */
void cli_audit_options(struct cli *cli, struct bylaw_audit_options *out);
/** UTC, milliseconds since 1970; fixed by SOURCE_DATE_EPOCH. */
int64_t cli_now_ms(const struct cli *cli);
/** Milliseconds since the machine was started, sleep included. */
int64_t cli_ticks_ms(void);
/** Id of that start, 36 characters; "" where the system tells none. */
void cli_boot_id(char out[37]);

int cli_audit(struct cli *cli);
int cli_extract(struct cli *cli);
int cli_rules(struct cli *cli);
int cli_explain(struct cli *cli);
int cli_demo(struct cli *cli);
int cli_init(struct cli *cli);
int cli_source(struct cli *cli);
int cli_config(struct cli *cli);
int cli_scan(struct cli *cli);
int cli_case(struct cli *cli);
int cli_status(struct cli *cli);
int cli_notify(struct cli *cli);
int cli_index(struct cli *cli);
int cli_match(struct cli *cli);
int cli_verify(struct cli *cli);
/** What it says, for a report: the same however often reports are written. */
void cli_verify_aside(struct cli *cli);
int cli_rejudge(struct cli *cli);
int cli_report(struct cli *cli);
int cli_notice(struct cli *cli);
int cli_serve(struct cli *cli);
int cli_show_help(struct cli *cli);

#endif
