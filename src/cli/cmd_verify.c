/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw verify: whether the evidence holds, and what it cannot prove. */
#include "workspace.h"

#include "evidence/evidence.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Faults that are printed; a file written anew has as many as it has entries,
 * and the first ones say where it begins. */
#define MOST_FAULTS 100

struct verifying {
    struct cli *cli;
    struct cli_workspace workspace;
    struct bylaw__anchors anchors;
    struct bylaw__evidence_result result;
    struct bylaw__buf out;
    uint64_t faults, notes;
};

static int read_anchors(struct verifying *v, struct bylaw_error *err)
{
    const struct cli_list *files = &v->cli->options.anchors;
    int rc = 0;

    for (size_t i = 0; !rc && i < files->count; i++) {
        struct bylaw__buf text;

        bylaw__buf_init(&text, BYLAW_LIMIT_ANCHOR_FILE);
        rc = bylaw__file_read(&text, files->items[i], err);
        if (!rc)
            rc = bylaw__anchors_find(&v->anchors, bylaw__buf_span(&text),
                                     files->items[i], err);
        bylaw__buf_release(&text);
    }
    return rc;
}

/* -------------------------------------------------------------- faults --- */

static void add_fault_json(struct bylaw__buf *out,
                           const struct bylaw__fault *fault)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_key(&json, "schema");
    bylaw__json_text(&json, "bylaw.verify-fault/1");
    bylaw__json_key(&json, "id");
    bylaw__json_text(&json, fault->what.id);
    bylaw__json_key(&json, "is_note");
    bylaw__json_bool(&json, fault->is_note);
    bylaw__json_key(&json, "entry");
    if (fault->entry >= 0)
        bylaw__json_int(&json, fault->entry);
    else
        bylaw__json_null(&json);
    bylaw__json_key(&json, "where");
    bylaw__json_text(&json, fault->what.where);
    bylaw__json_key(&json, "what");
    bylaw__json_text(&json, fault->what.what);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}

static void take_fault(void *payload, const struct bylaw__fault *fault)
{
    struct verifying *v = payload;

    if (fault->is_note)
        v->notes++;
    else
        v->faults++;
    if (v->faults + v->notes > MOST_FAULTS)
        return;
    if (v->cli->options.json) {
        add_fault_json(&v->out, fault);
        return;
    }
    bylaw__buf_add_text(&v->out, fault->is_note ? "NOTE  " : "FAIL  ");
    bylaw__report_safe(&v->out, bylaw__span_of(fault->what.where));
    bylaw__buf_add_text(&v->out, ": ");
    bylaw__report_safe(&v->out, bylaw__span_of(fault->what.what));
    bylaw__buf_printf(&v->out, " [%s]\n", fault->what.id);
}

/* ------------------------------------------------------------- summary --- */

static uint64_t unanchored(const struct bylaw__verify_result *ledger)
{
    return ledger->entries > ledger->anchored_size
               ? ledger->entries - ledger->anchored_size
               : 0;
}

static void add_count(struct bylaw__json *json, const char *key, uint64_t value)
{
    bylaw__json_key(json, key);
    bylaw__json_int(json, (int64_t)value);
}

static void add_json(struct verifying *v)
{
    const struct bylaw__verify_result *ledger = &v->result.ledger;
    struct bylaw__json json;

    bylaw__json_init(&json, &v->out, false);
    bylaw__json_object(&json);
    bylaw__json_key(&json, "schema");
    bylaw__json_text(&json, "bylaw.verify/1");
    bylaw__json_key(&json, "holds");
    bylaw__json_bool(&json, !v->faults);
    add_count(&json, "faults", v->faults);
    add_count(&json, "entries", ledger->entries);
    add_count(&json, "checkpoints", ledger->checkpoints);
    add_count(&json, "signed_entries", ledger->signed_size);
    add_count(&json, "anchors", ledger->anchors);
    add_count(&json, "anchored_entries", ledger->anchored_size);
    add_count(&json, "entries_after_anchor", unanchored(ledger));
    add_count(&json, "time_stamps", ledger->stamps);
    add_count(&json, "good_time_stamps", ledger->good_stamps);
    add_count(&json, "stamped_entries", ledger->stamped_size);
    add_count(&json, "rows_compared", v->result.compared);
    add_count(&json, "captures", v->result.captures);
    add_count(&json, "waiting", (uint64_t)v->result.waiting);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(&v->out, '\n');
}

static void add_stamps(struct verifying *v)
{
    const struct bylaw__verify_result *ledger = &v->result.ledger;
    char when[BYLAW__TIME_BYTES];

    bylaw__time_format(when, ledger->stamped_ms);
    if (ledger->good_stamps)
        bylaw__buf_printf(&v->out,
                          "%" PRIu64 " of %" PRIu64
                          " time stamps hold; the newest says that the first "
                          "%" PRIu64 " entries were there at %s.\n",
                          ledger->good_stamps, ledger->stamps,
                          ledger->stamped_size, when);
    else if (ledger->stamps)
        bylaw__buf_printf(&v->out,
                          "%" PRIu64 " time stamps were not found to hold; the "
                          "configuration says under evidence: tsa-ca whom to "
                          "trust.\n",
                          ledger->stamps);
    if (ledger->expired_stamps)
        bylaw__buf_printf(&v->out,
                          "Of %" PRIu64
                          " of them the certificate has ended since; they "
                          "were made while it held.\n",
                          ledger->expired_stamps);
}

static void add_proof(struct verifying *v)
{
    const struct bylaw__verify_result *ledger = &v->result.ledger;

    if (ledger->anchored_size)
        bylaw__buf_printf(&v->out,
                          "The newest anchor witnesses the first %" PRIu64
                          " entries; %" PRIu64 " follow it.\n",
                          ledger->anchored_size, unanchored(ledger));
    else
        bylaw__buf_printf(
            &v->out,
            "No anchor was given: whoever has the key could have written all "
            "%" PRIu64 " entries anew.\n",
            ledger->entries);
    add_stamps(v);
    if (v->result.waiting)
        bylaw__buf_printf(&v->out,
                          "%" PRId64
                          " entries wait in the workspace for the next run "
                          "that writes.\n",
                          v->result.waiting);
    bylaw__buf_add_text(
        &v->out, "This cannot prove what a server really sent, nor that "
                 "nothing was left out before the first entry or after the "
                 "newest anchor.\n");
}

static void add_text(struct verifying *v)
{
    const struct bylaw__verify_result *ledger = &v->result.ledger;
    char first[BYLAW__TIME_BYTES], last[BYLAW__TIME_BYTES];

    if (v->faults + v->notes > MOST_FAULTS)
        bylaw__buf_printf(&v->out, "... and %" PRIu64 " more\n",
                          v->faults + v->notes - MOST_FAULTS);
    if (v->cli->options.quiet)
        return;
    bylaw__time_format(first, ledger->first_ms);
    bylaw__time_format(last, ledger->last_ms);
    bylaw__buf_printf(&v->out,
                      "%s: %" PRIu64 " entries, %s to %s; %" PRIu64
                      " checkpoints, the newest good one of %" PRIu64
                      " entries; rows of the workspace compared: %" PRIu64
                      ", captures read: %" PRIu64 ".\n",
                      v->faults ? "Does not hold" : "Holds", ledger->entries,
                      first, last, ledger->checkpoints, ledger->signed_size,
                      v->result.compared, v->result.captures);
    add_proof(v);
}

static int run(struct verifying *v, struct bylaw_error *err)
{
    struct bylaw__verify_options options = {.anchors = &v->anchors,
                                            .ca_path =
                                                v->workspace.config->tsa_ca,
                                            .now_ms = cli_now_ms(v->cli),
                                            .fault = take_fault,
                                            .payload = v};
    char *captures = cli_workspace_path(v->workspace.dir, CLI_CAPTURES_DIR);
    int rc = captures ? read_anchors(v, err) : bylaw__fail_memory(err, "");

    if (!rc)
        rc = bylaw__pipeline_verify(&v->result, v->workspace.store,
                                    v->workspace.ledger_path, captures,
                                    &options, err);
    free(captures);
    if (rc)
        return rc;
    if (v->cli->options.json)
        add_json(v);
    else
        add_text(v);
    return 0;
}

int cli_verify(struct cli *cli)
{
    struct verifying v = {.cli = cli};
    struct bylaw_error err = {0};
    int rc;

    if (cli->options.args.count)
        return cli_usage(cli, "usage.no-argument",
                         "\"verify\" takes no argument \"%s\"",
                         cli->options.args.items[0]);
    rc = cli_workspace_open(&v.workspace, cli, CLI_WORKSPACE_READ);
    if (rc)
        return rc;
    rc = run(&v, &err) ? cli_complain(cli, &err) : cli_print(cli, &v.out);
    if (!rc && v.faults)
        rc = CLI_UNVERIFIED;
    bylaw__anchors_release(&v.anchors);
    bylaw__buf_release(&v.out);
    cli_workspace_close(&v.workspace);
    return rc;
}
