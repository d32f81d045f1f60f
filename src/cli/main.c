/* SPDX-License-Identifier: Apache-2.0 */
/* The program's beginning and end: surroundings, exit code, diagnostics. */
#include "cli.h"

#include <errno.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Gravity of exit codes: a later place in this list outranks an earlier. */
static const int gravity[] = {CLI_OK,         CLI_UNDETERMINED, CLI_FINDINGS,
                              CLI_UNVERIFIED, CLI_USAGE,        CLI_LOCKED,
                              CLI_RETRY,      CLI_RUNTIME};

static size_t rank(int code)
{
    size_t count = sizeof(gravity) / sizeof(gravity[0]);

    for (size_t i = 0; i < count; i++)
        if (gravity[i] == code)
            return i;
    return count;
}

void cli_note(struct cli *cli, int code)
{
    if (rank(code) > rank(cli->status))
        cli->status = code;
}

/* Failures that have an exit code of their own. */
static const struct {
    const char *id;
    int exit_code;
} exits[] = {
    {"ledger.busy", CLI_LOCKED},
    {"ledger.damaged", CLI_UNVERIFIED},
    {"ledger.missing", CLI_UNVERIFIED},
    {"ledger.older", CLI_UNVERIFIED},
    {"ledger.other", CLI_UNVERIFIED},
    {"store.busy", CLI_LOCKED},
    {"workspace.locked", CLI_LOCKED},
    /* ceilings, but of what the caller wrote, not of a page */
    {"rules.too-deep", CLI_USAGE},
    {"rules.too-many", CLI_USAGE},
};

/* What a failure means for the caller of the program. */
static int exit_of(const struct bylaw_error *err)
{
    for (size_t i = 0; err->id && i < sizeof(exits) / sizeof(exits[0]); i++)
        if (!strcmp(err->id, exits[i].id))
            return exits[i].exit_code;
    switch (err->code) {
    case BYLAW_EUSAGE:
    case BYLAW_ECONFIG:
    case BYLAW_EIO:
        return CLI_USAGE;
    case BYLAW_ENOMEM:
    case BYLAW_EINTERNAL:
        return CLI_RUNTIME;
    default:
        return CLI_UNDETERMINED;
    }
}

int cli_complain_as(struct cli *cli, const struct bylaw_error *err, int code)
{
    struct bylaw__buf out;

    cli_note(cli, code);
    if (cli->capture) {
        bylaw__report_error_json(&cli->capture->complaints, err);
        return code;
    }
    bylaw__buf_init(&out, 0);
    if (cli->options.json)
        bylaw__report_error_json(&out, err);
    else
        bylaw__report_error(&out, err, &cli->err_style);
    fwrite(out.ptr, 1, out.len, stderr);
    bylaw__buf_release(&out);
    return code;
}

int cli_complain(struct cli *cli, const struct bylaw_error *err)
{
    return cli_complain_as(cli, err, exit_of(err));
}

void cli_take_complaint(void *complaints, const struct bylaw_error *err)
{
    struct cli_complaints *taken = complaints;

    taken->count++;
    cli_complain(taken->cli, err);
}

int cli_usage(struct cli *cli, const char *id, const char *fmt, ...)
{
    struct bylaw_error err;
    char what[sizeof(err.what)];
    va_list args;

    va_start(args, fmt);
    vsnprintf(what, sizeof(what), fmt, args);
    va_end(args);
    bylaw__fail(&err, BYLAW_EUSAGE, id, "", "%s", what);
    return cli_complain(cli, &err);
}

int cli_run_subcommand(struct cli *cli)
{
    const struct cli_list *args = &cli->options.args;
    const struct cli_subcommand *table = cli->command->subcommands;
    struct bylaw__buf names = {0};
    int rc;

    for (size_t i = 0; args->count && table[i].name; i++)
        if (!strcmp(args->items[0], table[i].name))
            return table[i].run(cli);
    if (args->count)
        return cli_usage(cli, "usage.unknown-command",
                         "\"%s\" has no command \"%s\"", cli->command->name,
                         args->items[0]);
    for (size_t i = 0; table[i].name; i++)
        bylaw__buf_printf(&names, "%s%s", i ? ", " : "", table[i].name);
    rc = cli_usage(cli, "usage.no-subcommand", "\"%s\" wants one of %s",
                   cli->command->name, names.failed ? "" : names.ptr);
    bylaw__buf_release(&names);
    return rc;
}

void cli_capture_release(struct cli_capture *capture)
{
    bylaw__buf_release(&capture->results);
    bylaw__buf_release(&capture->complaints);
    bylaw__buf_release(&capture->remarks);
}

void cli_remark(struct cli *cli, const char *text)
{
    if (cli->capture)
        bylaw__buf_printf(&cli->capture->remarks, "%s\n", text);
    else if (!cli->options.quiet)
        fprintf(stderr, "%s\n", text);
}

/* Said once. Who closed a pipe has read enough: nothing is said, and the
 * program ends as if the signal of it had. */
static int fail_output(struct cli *cli, bool is_ours)
{
    struct bylaw_error err;

    cli->has_lost_output = true;
    if (!is_ours && errno == EPIPE) {
        cli_note(cli, CLI_SIGNALLED + SIGPIPE);
        return CLI_SIGNALLED + SIGPIPE;
    }
    bylaw__fail(&err, BYLAW_EINTERNAL, "cli.output", "standard output",
                "the result could not be written");
    return cli_complain(cli, &err);
}

int cli_print(struct cli *cli, const struct bylaw__buf *buf)
{
    if (cli->capture) {
        bylaw__buf_add_span(&cli->capture->results, bylaw__buf_span(buf));
        cli->capture->results.failed |= buf->failed;
        return 0;
    }
    if (buf->failed ||
        (buf->len && fwrite(buf->ptr, 1, buf->len, stdout) != buf->len))
        return fail_output(cli, buf->failed);
    return 0;
}

int cli_deliver(struct cli *cli, const struct bylaw__buf *buf)
{
    const char *path = cli->options.output;
    struct bylaw_error err = {0};

    if (!path || !strcmp(path, "-"))
        return cli_print(cli, buf);
    if (bylaw__file_replace(path, bylaw__buf_span(buf), &err))
        return cli_complain(cli, &err);
    return 0;
}

/* SOURCE_DATE_EPOCH (reproducible-builds.org) fixes the clock for runs whose
 * output must not depend on the hour. A malformed one is an error there. */
static int read_fixed_time(struct cli *cli)
{
    static const int64_t last = 253402300799; /* of the year 9999 */
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds = 0;

    if (!fixed || !*fixed)
        return 0;
    for (const char *p = fixed; *p; p++) {
        if (bylaw__is_digit((unsigned char)*p) && seconds <= last)
            seconds = seconds * 10 + (*p - '0');
        else
            seconds = last + 1;
    }
    if (seconds > last)
        return cli_usage(cli, "usage.source-date-epoch",
                         "SOURCE_DATE_EPOCH is \"%s\", not a number of seconds",
                         fixed);
    cli->has_fixed_time = true;
    cli->fixed_ms = seconds * 1000;
    return 0;
}

int64_t cli_now_ms(const struct cli *cli)
{
    struct timespec now;

    if (cli->has_fixed_time)
        return cli->fixed_ms;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t cli_ticks_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void cli_boot_id(char out[37])
{
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");

    out[0] = '\0';
    if (!file)
        return;
    if (fread(out, 1, 36, file) != 36)
        out[0] = '\0';
    out[36] = '\0';
    fclose(file);
}

static int64_t now_ms(void *payload)
{
    return cli_now_ms(payload);
}

void cli_audit_options(struct cli *cli, struct bylaw_audit_options *out)
{
    const struct cli_options *options = &cli->options;

    memset(out, 0, sizeof(*out));
    out->clock_payload = cli;
    out->rules_dir = cli->rules_dir;
    out->rule = options->rule;
    out->now_ms = now_ms;
    out->fetch.user_agent = options->user_agent;
    out->fetch.ca_file = options->ca_file;
    out->fetch.timeout_ms = options->timeout_s * 1000;
    out->fetch.allow_ranges = options->allow.items;
    out->fetch.connect_to = options->connect_to.items;
    out->cells = 1;
}

static bool has_rules(const char *dir)
{
    char path[PATH_MAX + 64];
    struct stat st;

    snprintf(path, sizeof(path), "%s/rules", dir);
    return !stat(path, &st) && S_ISDIR(st.st_mode);
}

/*
 * Where rules/, seeds/ and audit/ lie: $BYLAW_DATA, else beside the program
 * (an installed tree has ../share/bylaw, a build tree the project itself).
 */
static int find_data(struct cli *cli)
{
    static const char *const places[] = {"/../share/bylaw", "/..", "/../..",
                                         "/../../.."};
    const char *named = getenv("BYLAW_DATA");
    char self[PATH_MAX] = "";
    ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
    char *slash;

    snprintf(cli->data_dir, sizeof(cli->data_dir), "%s",
             named && *named ? named : ".");
    self[len > 0 ? len : 0] = '\0';
    slash = strrchr(self, '/');
    if (named && *named)
        return has_rules(named) || cli->options.rules_dir
                   ? 0
                   : cli_usage(cli, "cli.no-data",
                               "BYLAW_DATA is \"%s\", where there is no folder "
                               "rules/",
                               named);
    if (!slash)
        return 0;
    *slash = '\0';
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        char candidate[PATH_MAX + 32], real[PATH_MAX];

        snprintf(candidate, sizeof(candidate), "%s%s", self, places[i]);
        if (has_rules(candidate) && realpath(candidate, real)) {
            snprintf(cli->data_dir, sizeof(cli->data_dir), "%s", real);
            return 0;
        }
    }
    return 0;
}

static struct bylaw__report_style style_of(const struct cli *cli, int fd)
{
    struct bylaw__report_style style = {0};
    const char *no_color = getenv("NO_COLOR");
    struct winsize size;

    style.width = 80;
    style.verbosity = cli->options.quiet ? -1 : (cli->options.verbose ? 1 : 0);
    if (!isatty(fd))
        return style;
    style.color = !cli->options.no_color && !(no_color && *no_color);
    if (!ioctl(fd, TIOCGWINSZ, &size) && size.ws_col >= 40)
        style.width = size.ws_col;
    return style;
}

static int show_version(struct cli *cli)
{
    struct bylaw__buf out;
    int rc;

    bylaw__buf_init(&out, 0);
    bylaw__buf_add_text(&out, "bylaw " BYLAW_VERSION "\n");
    rc = cli_print(cli, &out);
    bylaw__buf_release(&out);
    return rc;
}

static int run(struct cli *cli)
{
    struct bylaw__buf out;
    int rc;

    if (cli->options.version)
        return show_version(cli);
    if (cli->options.help || !cli->command) {
        bylaw__buf_init(&out, 0);
        cli_help(&out, cli->command);
        if (cli->options.help) {
            rc = cli_print(cli, &out);
        } else {
            fwrite(out.ptr, 1, out.len, stderr);
            rc = CLI_USAGE;
        }
        bylaw__buf_release(&out);
        return rc;
    }
    if (cli->command->run == cli_show_help)
        return cli_show_help(cli);
    rc = find_data(cli);
    if (!rc)
        rc = read_fixed_time(cli);
    snprintf(cli->rules_dir, sizeof(cli->rules_dir), "%s%s",
             cli->options.rules_dir ? cli->options.rules_dir : cli->data_dir,
             cli->options.rules_dir ? "" : "/rules");
    return rc ? rc : cli->command->run(cli);
}

/* What was buffered may fail to be written as late as here. */
static void flush_output(struct cli *cli)
{
    if (fflush(stdout) && !cli->has_lost_output)
        fail_output(cli, false);
}

#define KEPT_BYTES  (16 << 20) /* of freed memory, for the next page */
#define BLOCK_BYTES (1 << 20)  /* larger blocks go back at once */

/* Pages come one after the other: giving the memory of each back to the system
 * and asking for it again costs more than fetching one. */
static void keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    mallopt(M_MMAP_THRESHOLD, BLOCK_BYTES);
#endif
}

int main(int argc, char **argv)
{
    static struct cli cli;

    keep_memory();
    /* A closed pipe is a failed write; the database is closed in order. */
    signal(SIGPIPE, SIG_IGN);
    cli.err_style = style_of(&cli, STDERR_FILENO);
    if (!cli_parse(&cli, argc, argv)) {
        cli.out_style = style_of(&cli, STDOUT_FILENO);
        cli.err_style = style_of(&cli, STDERR_FILENO);
        cli_note(&cli, run(&cli));
    }
    flush_output(&cli);
    free(cli.options.sources.items);
    free(cli.options.allow.items);
    free(cli.options.connect_to.items);
    free(cli.options.anchors.items);
    free(cli.options.imports.items);
    free(cli.options.removed.items);
    free(cli.options.args.items);
    return cli.status;
}
