/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw status: the last scan, what is due next, whether all is well. */
#include "case_view.h"
#include "workspace.h"

#include "cell/cell.h"

#include <bylaw/scan.h>

#include <stdio.h>
#include <stdlib.h>

#define SCANS_LOOKED_AT 1000u
/* A scan that ended in what is now the future says nothing of today. */
#define CLOCK_SLACK_MS ((int64_t)5 * 60 * 1000)

struct status {
    struct cli *cli;
    struct cli_workspace workspace;
    struct bylaw__scan_row last, whole; /* the newest; the newest finished */
    bool has_last, has_whole;
    int64_t next_due_ms; /* 0: nothing is */
    size_t cases, open;
    int64_t now_ms, max_age_ms;
    const char *health;
    struct bylaw__cell_guard guard;
};

/* ------------------------------------------------------------ gathering --- */

static bool is_whole(const struct bylaw__scan_row *row)
{
    return row->ended_ms && (!strcmp(row->outcome, "complete") ||
                             !strcmp(row->outcome, "limited"));
}

static int see_scan(void *payload, const struct bylaw__scan_row *row)
{
    struct status *status = payload;

    if (!status->has_last)
        status->last = *row;
    status->has_last = true;
    if (!is_whole(row))
        return 0;
    status->whole = *row;
    status->has_whole = true;
    return 1;
}

static int see_due(void *payload, const struct bylaw__page_row *row)
{
    ((struct status *)payload)->next_due_ms = row->due_ms;
    return 1;
}

static int see_case(void *payload, const struct bylaw__case_row *row)
{
    struct status *status = payload;

    if (row->twin_of)
        return 0;
    status->cases++;
    status->open += bylaw_case_wants_action(row->state);
    return 0;
}

static int gather(struct status *status, struct bylaw_error *err)
{
    static const struct bylaw__case_filter all = {.state = -1};
    bylaw__store *store = status->workspace.store;
    int rc = bylaw__store_scans(store, SCANS_LOOKED_AT, see_scan, status, err);

    if (rc >= 0)
        rc = bylaw__store_pages_due(store, INT64_MAX, 1, see_due, status, err);
    if (rc >= 0)
        rc = bylaw__store_cases(store, &all, see_case, status, err);
    if (rc >= 0)
        rc = bylaw__cells_probe(&status->guard, err);
    return rc < 0 ? rc : 0;
}

static const char *judge(const struct status *status)
{
    if (!status->has_whole)
        return "never";
    if (status->now_ms - status->whole.ended_ms > status->max_age_ms ||
        status->whole.ended_ms - status->now_ms > CLOCK_SLACK_MS)
        return "old";
    return "ok";
}

/* ------------------------------------------------------------- telling --- */

static void add_time(struct bylaw__json *json, const char *key, int64_t ms)
{
    char text[BYLAW__TIME_BYTES];

    if (ms)
        bylaw__time_format(text, ms);
    bylaw__json_add_text(json, key, ms ? text : NULL);
}

static void add_scan_json(struct bylaw__json *json, const char *key,
                          const struct bylaw__scan_row *row, bool is_there)
{
    bylaw__json_key(json, key);
    if (!is_there) {
        bylaw__json_null(json);
        return;
    }
    bylaw__json_object(json);
    bylaw__json_add_text(json, "outcome",
                         row->ended_ms ? row->outcome : "unfinished");
    add_time(json, "began_at", row->began_ms);
    add_time(json, "ended_at", row->ended_ms);
    bylaw__json_add_count(json, "visited", row->fetched);
    bylaw__json_add_count(json, "failed", row->failed);
    bylaw__json_object_end(json);
}

/* What holds back the processes that pages are read in. */
static void add_guard_json(struct bylaw__json *json,
                           const struct bylaw__cell_guard *guard)
{
    bylaw__json_key(json, "cells");
    bylaw__json_object(json);
    bylaw__json_key(json, "seccomp");
    bylaw__json_bool(json, guard->has_filter);
    bylaw__json_add_number(json, "landlock", guard->landlock);
    bylaw__json_key(json, "limits");
    bylaw__json_bool(json, guard->has_limits);
    bylaw__json_object_end(json);
}

static void tell_json(struct bylaw__buf *out, const struct status *status)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.status/1");
    bylaw__json_add_text(&json, "health", status->health);
    add_scan_json(&json, "last_scan", &status->last, status->has_last);
    add_scan_json(&json, "last_finished", &status->whole, status->has_whole);
    add_time(&json, "next_due_at", status->next_due_ms);
    bylaw__json_add_count(&json, "cases", status->cases);
    bylaw__json_add_count(&json, "open_cases", status->open);
    add_guard_json(&json, &status->guard);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}

static void tell_scan(struct bylaw__buf *out, const char *label,
                      const struct bylaw__scan_row *row, bool is_there)
{
    char when[BYLAW__TIME_BYTES];

    bylaw__time_format(when, row->ended_ms ? row->ended_ms : row->began_ms);
    if (!is_there)
        bylaw__buf_printf(out, "%-14s never\n", label);
    else if (!row->ended_ms)
        bylaw__buf_printf(out, "%-14s began %s, running or cut short\n", label,
                          when);
    else
        bylaw__buf_printf(out, "%-14s %s, %s, %llu visited, %llu failed\n",
                          label, when, row->outcome,
                          (unsigned long long)row->fetched,
                          (unsigned long long)row->failed);
}

static void tell_text(struct bylaw__buf *out, const struct status *status)
{
    char due[BYLAW__TIME_BYTES];

    bylaw__time_format(due, status->next_due_ms);
    tell_scan(out, "last scan", &status->last, status->has_last);
    if (status->last.id != status->whole.id)
        tell_scan(out, "last finished", &status->whole, status->has_whole);
    bylaw__buf_printf(out, "%-14s %s\n", "next due",
                      !status->next_due_ms                    ? "nothing"
                      : status->next_due_ms <= status->now_ms ? "now"
                                                              : due);
    bylaw__buf_printf(out, "%-14s %zu, of which %zu to act on\n", "cases",
                      status->cases, status->open);
    bylaw__buf_printf(out, "%-14s ", "locked by");
    bylaw__cell_guard_tell(out, &status->guard);
    bylaw__buf_printf(out, "\n%-14s %s\n", "health", status->health);
}

/* ----------------------------------------------------------------- run --- */

static const struct {
    char letter;
    int64_t ms;
} units[] = {{'s', 1000}, {'m', 60000}, {'h', 3600000}, {'d', 86400000}};

/* "36h": a whole number and a unit. */
static int parse_age(int64_t *out, struct cli *cli, const char *text)
{
    char *end = NULL;
    long number =
        bylaw__is_digit((unsigned char)*text) ? strtol(text, &end, 10) : 0;

    for (size_t i = 0; end && i < sizeof(units) / sizeof(units[0]); i++)
        if (*end == units[i].letter && !end[1] && number > 0 &&
            number < 100000) {
            *out = number * units[i].ms;
            return 0;
        }
    return cli_usage(cli, "usage.duration",
                     "--max-age takes a time such as 36h or 2d, not \"%s\"",
                     text);
}

static int tell(struct status *status)
{
    struct bylaw__buf out = {0};
    int rc;

    if (status->cli->options.json)
        tell_json(&out, status);
    else
        tell_text(&out, status);
    rc = cli_print(status->cli, &out);
    bylaw__buf_release(&out);
    return rc;
}

int cli_status(struct cli *cli)
{
    struct status status = {.cli = cli, .now_ms = cli_now_ms(cli)};
    struct bylaw_error err = {0};
    int rc = 0;

    if (cli->options.max_age)
        rc = parse_age(&status.max_age_ms, cli, cli->options.max_age);
    if (!rc)
        rc = cli_workspace_open(&status.workspace, cli, CLI_WORKSPACE_READ);
    if (rc)
        return rc;
    if (!status.max_age_ms)
        status.max_age_ms = status.workspace.config->max_age_ms;
    if (gather(&status, &err)) {
        rc = cli_complain(cli, &err);
    } else {
        status.health = judge(&status);
        rc = tell(&status);
        if (strcmp(status.health, "ok") != 0)
            cli_note(cli, CLI_UNDETERMINED);
    }
    cli_workspace_close(&status.workspace);
    return rc;
}
