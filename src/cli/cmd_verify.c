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
    struct bylaw__written_files files;
    struct bylaw__evidence_result result;
    bool is_aside; /* for a report */
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

static int read_file(struct bylaw__written_file *out, const char *path,
                     struct bylaw_error *err)
{
    struct bylaw__buf bytes;
    int rc;

    bylaw__buf_init(&bytes, BYLAW_LIMIT_REPORT_BYTES);
    *out = (struct bylaw__written_file){.name = path, .entry = -1};
    rc = bylaw__file_read(&bytes, path, err);
    if (!rc && bylaw__sha256_hex(out->sha256, bylaw__buf_span(&bytes)))
        rc = bylaw__fail_memory(err, path);
    bylaw__buf_release(&bytes);
    return rc;
}

static int read_files(struct verifying *v, struct bylaw_error *err)
{
    const struct cli_list *args = &v->cli->options.args;
    int rc = 0;

    v->files.items = calloc(args->count + 1, sizeof(*v->files.items));
    if (!v->files.items)
        return bylaw__fail_memory(err, "");
    for (size_t i = 0; !rc && i < args->count; i++)
        rc = read_file(&v->files.items[v->files.count++], args->items[i], err);
    return rc;
}

/* -------------------------------------------------------------- faults --- */

static void add_fault_json(struct bylaw__buf *out,
                           const struct bylaw__fault *fault)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.verify-fault/1");
    bylaw__json_add_text(&json, "id", fault->what.id);
    bylaw__json_key(&json, "is_note");
    bylaw__json_bool(&json, fault->is_note);
    bylaw__json_key(&json, "entry");
    if (fault->entry >= 0)
        bylaw__json_int(&json, fault->entry);
    else
        bylaw__json_null(&json);
    bylaw__json_add_text(&json, "where", fault->what.where);
    bylaw__json_add_text(&json, "what", fault->what.what);
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

/* -------------------------------------------------------------- files --- */

static bool is_good(const struct verifying *v,
                    const struct bylaw__written_file *file)
{
    return file->entry >= 0 &&
           (uint64_t)file->entry < v->result.ledger.signed_size;
}

static void add_file_json(struct verifying *v,
                          const struct bylaw__written_file *file)
{
    char when[BYLAW__TIME_BYTES];
    struct bylaw__json json;

    bylaw__time_format(when, file->at_ms);
    bylaw__json_init(&json, &v->out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.verify-file/1");
    bylaw__json_add_text(&json, "file", file->name);
    bylaw__json_add_text(&json, "sha256", file->sha256);
    bylaw__json_add_text(&json, "form", file->form);
    bylaw__json_add_number(&json, "entry", file->entry);
    bylaw__json_add_text(&json, "unchanged_since", when);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(&v->out, '\n');
}

/* Of the others, a fault was told. */
static void add_files(struct verifying *v)
{
    for (size_t i = 0; i < v->files.count; i++) {
        const struct bylaw__written_file *file = &v->files.items[i];
        char when[BYLAW__TIME_BYTES];

        if (!is_good(v, file))
            continue;
        if (v->cli->options.json) {
            add_file_json(v, file);
            continue;
        }
        bylaw__time_format(when, file->at_ms);
        bylaw__report_safe(&v->out, bylaw__span_of(file->name));
        bylaw__buf_add_text(&v->out, ": ");
        bylaw__report_safe(&v->out, bylaw__span_of(file->form));
        bylaw__buf_printf(&v->out, ", unchanged since %s (entry %" PRId64 ")\n",
                          when, file->entry);
    }
}

/* ------------------------------------------------------------- summary --- */

static uint64_t unanchored(const struct bylaw__verify_result *ledger)
{
    return ledger->entries > ledger->anchored_size
               ? ledger->entries - ledger->anchored_size
               : 0;
}

static void add_json(struct verifying *v)
{
    const struct bylaw__verify_result *ledger = &v->result.ledger;
    struct bylaw__json json;

    bylaw__json_init(&json, &v->out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.verify/1");
    bylaw__json_key(&json, "holds");
    bylaw__json_bool(&json, !v->faults);
    bylaw__json_add_count(&json, "faults", v->faults);
    bylaw__json_add_count(&json, "entries", ledger->entries);
    bylaw__json_add_count(&json, "checkpoints", ledger->checkpoints);
    bylaw__json_add_count(&json, "signed_entries", ledger->signed_size);
    bylaw__json_add_count(&json, "anchors", ledger->anchors);
    bylaw__json_add_count(&json, "anchored_entries", ledger->anchored_size);
    bylaw__json_add_count(&json, "entries_after_anchor", unanchored(ledger));
    bylaw__json_add_count(&json, "time_stamps", ledger->stamps);
    bylaw__json_add_count(&json, "good_time_stamps", ledger->good_stamps);
    bylaw__json_add_count(&json, "stamped_entries", ledger->stamped_size);
    bylaw__json_add_count(&json, "rows_compared", v->result.compared);
    bylaw__json_add_count(&json, "captures", v->result.captures);
    bylaw__json_add_number(&json, "waiting", v->result.waiting);
    bylaw__json_add_count(&json, "files", v->files.count);
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
    else if (v->is_aside)
        bylaw__buf_add_text(&v->out,
                            "No anchor was given: whoever has the key could "
                            "have written the ledger anew.\n");
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

/* Each report that is written adds an entry: what the next one says of the
 * ledger must not count them. */
static void add_aside(struct verifying *v)
{
    bylaw__buf_printf(&v->out,
                      "%s: rows of the workspace compared with the ledger: "
                      "%" PRIu64 ", captures read: %" PRIu64 ".\n",
                      v->faults ? "Does not hold" : "Holds", v->result.compared,
                      v->result.captures);
    add_proof(v);
}

static void add_text(struct verifying *v)
{
    const struct bylaw__verify_result *ledger = &v->result.ledger;
    char first[BYLAW__TIME_BYTES], last[BYLAW__TIME_BYTES];

    if (v->faults + v->notes > MOST_FAULTS)
        bylaw__buf_printf(&v->out, "... and %" PRIu64 " more\n",
                          v->faults + v->notes - MOST_FAULTS);
    if (v->is_aside) {
        add_aside(v);
        return;
    }
    if (v->cli->options.quiet)
        return;
    add_files(v);
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
        rc = read_files(v, err);
    if (!rc)
        rc = bylaw__pipeline_verify(&v->result, &v->files, v->workspace.store,
                                    v->workspace.ledger_path, captures,
                                    &options, err);
    free(captures);
    if (rc)
        return rc;
    if (v->cli->options.json) {
        add_files(v);
        add_json(v);
    } else {
        add_text(v);
    }
    return 0;
}

static int verify(struct cli *cli, bool is_aside)
{
    struct verifying v = {.cli = cli, .is_aside = is_aside};
    struct bylaw_error err = {0};
    int rc = cli_workspace_open(&v.workspace, cli, CLI_WORKSPACE_READ);

    if (rc)
        return rc;
    rc = run(&v, &err) ? cli_complain(cli, &err) : cli_print(cli, &v.out);
    if (!rc && v.faults)
        rc = CLI_UNVERIFIED;
    free(v.files.items);
    bylaw__anchors_release(&v.anchors);
    bylaw__buf_release(&v.out);
    cli_workspace_close(&v.workspace);
    return rc;
}

int cli_verify(struct cli *cli)
{
    return verify(cli, false);
}

void cli_verify_aside(struct cli *cli)
{
    struct cli asking = *cli;

    asking.options.json = asking.options.quiet = false;
    asking.options.anchors = asking.options.args = (struct cli_list){0};
    verify(&asking, true);
}
