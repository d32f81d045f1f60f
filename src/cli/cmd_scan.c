/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw scan: the workspace looked through once, and what that changed. */
#include "case_view.h"
#include "notify.h"

#include "rules/rules.h"

#include <bylaw/scan.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PLAIN_MS 10000 /* between two lines of progress in a log */

static volatile int stop_signal;

static void stop(int number)
{
    stop_signal = number;
}

struct scan_run {
    struct cli *cli;
    struct cli_workspace workspace;
    struct bylaw__buf *keys; /* one a search; wiped at the end */
    const char **key_texts;
    char agent[64]; /* our name in robots.txt files */
    char boot[37];  /* that the ticks count from */
    bool is_terminal, has_line;
    int64_t told_ms;
    size_t open;    /* cases to act on */
    size_t changed; /* cases with an event of this scan */
    struct bylaw__buf out;
};

static int64_t ticks_ms(void *payload)
{
    (void)payload;
    return cli_ticks_ms();
}

/* ------------------------------------------------------------ progress --- */

static void clear_line(struct scan_run *run)
{
    if (run->has_line)
        fputs("\r\033[K", stderr);
    run->has_line = false;
}

/* How long the rest takes at the rate so far; more may come to light. */
static void add_time_left(struct bylaw__buf *out,
                          const struct bylaw_scan_progress *state)
{
    double seconds;

    if (state->per_second <= 0 || !state->queued)
        return;
    seconds = (double)state->queued / state->per_second;
    bylaw__buf_printf(out, "; %.0f %s left",
                      seconds < 90          ? seconds
                      : seconds < 90 * 60.0 ? seconds / 60
                                            : seconds / 3600,
                      seconds < 90          ? "s"
                      : seconds < 90 * 60.0 ? "min"
                                            : "h");
}

/* What matters most comes first: a terminal may be too narrow for the rest. */
static void add_progress(struct bylaw__buf *out,
                         const struct bylaw_scan_progress *state)
{
    bylaw__buf_printf(out,
                      "%llu visited, %llu to go, %llu with an article, "
                      "%llu failed",
                      (unsigned long long)state->fetched,
                      (unsigned long long)state->queued,
                      (unsigned long long)state->matched,
                      (unsigned long long)state->failed);
    bylaw__buf_printf(out, "; %.*f a second", state->per_second < 10 ? 1 : 0,
                      state->per_second);
    add_time_left(out, state);
    bylaw__buf_printf(out, "; %u hosts asked, %u waiting", state->busy,
                      state->waiting);
}

static void tell_progress(void *payload,
                          const struct bylaw_scan_progress *state)
{
    struct scan_run *run = payload;
    int64_t now = ticks_ms(NULL);
    struct bylaw__buf line = {0};

    if (run->cli->options.quiet || run->cli->options.json ||
        (!run->is_terminal && now - run->told_ms < PLAIN_MS))
        return;
    run->told_ms = now;
    clear_line(run);
    add_progress(&line, state);
    /* A line that wraps could not be cleared again. */
    if (run->is_terminal && line.len >= run->cli->err_style.width)
        line.len = run->cli->err_style.width - 1;
    fwrite(line.ptr ? line.ptr : "", 1, line.failed ? 0 : line.len, stderr);
    bylaw__buf_release(&line);
    run->has_line = run->is_terminal;
    if (!run->is_terminal)
        fputc('\n', stderr);
    fflush(stderr);
}

static void tell_complaint(void *payload, const struct bylaw_error *why)
{
    struct scan_run *run = payload;

    clear_line(run);
    cli_complain(run->cli, why);
}

/* ---------------------------------------------------------------- keys --- */

static int read_keys(struct scan_run *run, struct bylaw_error *err)
{
    const struct bylaw_config *config = run->workspace.config;
    int rc = 0;

    run->keys = calloc(config->search_count + 1, sizeof(*run->keys));
    run->key_texts = calloc(config->search_count + 1, sizeof(*run->key_texts));
    if (!run->keys || !run->key_texts)
        return bylaw__fail_memory(err, "");
    for (size_t i = 0; !rc && i < config->search_count; i++) {
        if (!config->searches[i].key_file)
            continue;
        rc = bylaw__secret_read(&run->keys[i], config->searches[i].key_file,
                                err);
        run->key_texts[i] = run->keys[i].ptr;
    }
    return rc;
}

static void release(struct scan_run *run)
{
    size_t count =
        run->workspace.config ? run->workspace.config->search_count : 0;

    for (size_t i = 0; run->keys && i < count; i++)
        bylaw__secret_release(&run->keys[i]);
    free(run->keys);
    free(run->key_texts);
    bylaw__buf_release(&run->out);
    cli_workspace_close(&run->workspace);
}

/* ------------------------------------------------------------- summary --- */

static int count_open(void *payload, const struct bylaw__case_row *row)
{
    struct scan_run *run = payload;

    run->open += !row->twin_of && bylaw_case_wants_action(row->state);
    return 0;
}

static int add_changed(void *payload, const struct bylaw__case_row *row)
{
    struct scan_run *run = payload;

    if (row->twin_of)
        return 0;
    run->changed++;
    if (run->cli->options.json)
        cli_case_json(&run->out, row);
    else
        cli_case_line(&run->out, row, &run->cli->out_style);
    return 0;
}

static void add_time(struct bylaw__json *json, const char *key, int64_t ms)
{
    char text[BYLAW__TIME_BYTES];

    bylaw__time_format(text, ms);
    bylaw__json_add_text(json, key, text);
}

static void add_summary_json(struct scan_run *run,
                             const struct bylaw_scan_result *result)
{
    const struct bylaw_scan_progress *total = &result->total;
    struct bylaw__json json;

    bylaw__json_init(&json, &run->out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.scan/1");
    bylaw__json_add_text(&json, "outcome",
                         bylaw_scan_outcome_name(result->outcome));
    add_time(&json, "began_at", result->began_ms);
    add_time(&json, "ended_at", result->ended_ms);
    bylaw__json_add_count(&json, "visited", total->fetched);
    bylaw__json_add_count(&json, "unchanged", total->unchanged);
    bylaw__json_add_count(&json, "failed", total->failed);
    bylaw__json_add_count(&json, "matched", total->matched);
    bylaw__json_add_count(&json, "found", total->found);
    bylaw__json_add_count(&json, "left", total->queued);
    bylaw__json_add_count(&json, "changed_cases", run->changed);
    bylaw__json_add_count(&json, "open_cases", run->open);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(&run->out, '\n');
}

static const char *const outcome_sentences[] = {
    [BYLAW_SCAN_NONE] = "",
    [BYLAW_SCAN_COMPLETE] = "Everything that was due was visited.\n",
    [BYLAW_SCAN_LIMITED] = "A limit left pages for the next scan.\n",
    [BYLAW_SCAN_INTERRUPTED] =
        "Interrupted; the next scan goes on from here.\n",
    [BYLAW_SCAN_BARREN] = "Most visits failed, so this scan says little.\n",
};

static void add_summary_text(struct scan_run *run,
                             const struct bylaw_scan_result *result)
{
    const struct bylaw_scan_progress *total = &result->total;

    bylaw__buf_printf(
        &run->out,
        "Visited %llu, of which %llu carry an article, %llu are as they were "
        "and %llu failed; found %llu new addresses.\n%s",
        (unsigned long long)total->fetched, (unsigned long long)total->matched,
        (unsigned long long)total->unchanged, (unsigned long long)total->failed,
        (unsigned long long)total->found, outcome_sentences[result->outcome]);
    bylaw__buf_printf(&run->out, "Cases: %zu changed, %zu to act on%s\n",
                      run->changed, run->open,
                      run->open ? " (see `bylaw case list`)." : ".");
}

static int summarise(struct scan_run *run,
                     const struct bylaw_scan_result *result,
                     struct bylaw_error *err)
{
    static const struct bylaw__case_filter all = {.state = -1};
    bylaw__store *store = run->workspace.store;
    int rc = bylaw__store_cases(store, &all, count_open, run, err);

    if (!rc)
        rc = bylaw__store_cases_since_scan(store, result->id, add_changed, run,
                                           err);
    if (rc)
        return rc;
    if (run->cli->options.json)
        add_summary_json(run, result);
    else
        add_summary_text(run, result);
    return 0;
}

/* ----------------------------------------------------------------- run --- */

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = stop};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

/* Whom a site's owner can write to is the least a robot owes. */
static int check_contact(const struct scan_run *run, struct bylaw_error *err)
{
    const struct bylaw_config *config = run->workspace.config;

    if (config->contact || run->cli->options.user_agent)
        return 0;
    return bylaw__fail(err, BYLAW_ECONFIG, "scan.no-contact", config->path,
                       "\"contact\" does not say who runs the scan");
}

/* Rules in robots.txt speak to the first product of the User-Agent. */
static void name_agent(struct scan_run *run, const char *user_agent)
{
    snprintf(run->agent, sizeof(run->agent), "%.*s",
             (int)strcspn(user_agent, "/ "), user_agent);
}

/* As many pages are read at once as there are processors to do it. */
static unsigned count_cells(const struct cli *cli)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    if (cli->options.cells)
        return cli->options.cells;
    return processors > 1 ? (unsigned)processors : 1;
}

static int look_through(struct bylaw_scan_result *result, struct scan_run *run,
                        struct bylaw_error *err)
{
    const struct cli_options *options = &run->cli->options;
    struct bylaw_scan_options scan = {
        .config = run->workspace.config,
        .ticks_ms = ticks_ms,
        .once = options->once,
        .imports = options->imports.items,
        .import_count = options->imports.count,
        .max_pages = options->max_pages,
        .concurrency = options->concurrency,
        .stop = &stop_signal,
        .progress = tell_progress,
        .complain = tell_complaint,
        .payload = run,
    };
    char *path = cli_workspace_path(run->workspace.dir, CLI_DATABASE_FILE);
    char *captures = cli_workspace_path(run->workspace.dir, CLI_CAPTURES_DIR);
    int rc;

    if (!path || !captures) {
        free(path);
        free(captures);
        return bylaw__fail_memory(err, "");
    }
    mkdir(captures, 0700); /* it is there unless somebody took it away */
    cli_workspace_options(&run->workspace, run->cli, &scan.audit);
    scan.audit.cells = count_cells(run->cli);
    scan.store_path = path;
    scan.ledger_path = run->workspace.ledger_path;
    scan.key_path = run->workspace.key_path;
    cli_boot_id(run->boot);
    if (!run->cli->has_fixed_time)
        scan.boot_id = run->boot;
    scan.captures_path = captures;
    name_agent(run, scan.audit.fetch.user_agent);
    scan.agent = run->agent;
    rc = check_contact(run, err);
    if (!rc)
        rc = read_keys(run, err);
    scan.search_keys = run->key_texts;
    if (!rc)
        rc = bylaw_scan(result, &scan, err);
    clear_line(run);
    free(path);
    free(captures);
    return rc;
}

/* An authority that does not answer takes nothing from what was recorded. */
static void stamp(struct scan_run *run)
{
    struct bylaw__stamp_options options = {
        .config = run->workspace.config,
        .ca_file = run->cli->options.ca_file,
        .connect_to = run->cli->options.connect_to.items,
        .now_ms = cli_now_ms(run->cli),
    };
    struct bylaw_error why = {0}, err = {0};

    if (bylaw__pipeline_stamp(&why, run->workspace.store, &run->workspace.keep,
                              &options, &err))
        cli_complain(run->cli, &err);
    else if (why.code)
        cli_complain(run->cli, &why);
}

int cli_scan(struct cli *cli)
{
    struct scan_run run = {.cli = cli, .is_terminal = isatty(STDERR_FILENO)};
    struct bylaw_scan_result result = {0};
    struct bylaw_error err = {0};
    int rc = cli_workspace_open(&run.workspace, cli, CLI_WORKSPACE_WRITE);

    if (rc)
        return rc;
    run.told_ms = ticks_ms(NULL);
    catch_signals();
    if (look_through(&result, &run, &err) || summarise(&run, &result, &err))
        rc = cli_complain(cli, &err);
    else
        rc = cli_print(cli, &run.out);
    /* After a scan that failed, too: that several did is itself news. */
    if (!stop_signal) {
        stamp(&run);
        cli_note(cli, cli_notify_after_scan(cli, &run.workspace));
    }
    if (run.open)
        cli_note(cli, CLI_FINDINGS);
    if (result.outcome == BYLAW_SCAN_BARREN)
        cli_note(cli, CLI_UNDETERMINED);
    release(&run);
    return stop_signal ? CLI_SIGNALLED + stop_signal : rc;
}
