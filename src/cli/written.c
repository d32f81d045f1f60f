/* SPDX-License-Identifier: Apache-2.0 */
/* Files that leave the workspace: the ledger notes what was in them. */
#include "workspace.h"

#include <stdio.h>
#include <string.h>

/* The workspace's own note that an entry was made; the ledger is what counts,
 * this only keeps one file from being noted again and again. */
#define NOTED "written "

int cli_written_of(struct cli_written *out, const char *kind, const char *form,
                   struct bylaw_span bytes)
{
    snprintf(out->form, sizeof(out->form), "%s %s", kind, form);
    out->bytes = bytes.len;
    return bylaw__sha256_hex(out->sha256, bytes);
}

static int add_entry(struct cli_workspace *workspace,
                     const struct cli_written *written, struct bylaw_error *err)
{
    struct bylaw__buf body = {0};
    struct bylaw__json json;
    int rc;

    bylaw__json_init(&json, &body, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "form", written->form);
    bylaw__json_add_count(&json, "bytes", written->bytes);
    bylaw__json_add_text(&json, "sha256", written->sha256);
    bylaw__json_object_end(&json);
    rc = body.failed
             ? bylaw__fail_memory(err, written->form)
             : bylaw__store_due_add(workspace->store, "written", body.ptr, err);
    bylaw__buf_release(&body);
    return rc;
}

static int add_once(struct cli_workspace *workspace,
                    const struct cli_written *written, struct bylaw_error *err)
{
    char name[sizeof(NOTED) + BYLAW__SHA256_HEX];
    struct bylaw__buf value = {0};
    int64_t at_ms = 0;
    int rc;

    snprintf(name, sizeof(name), NOTED "%s", written->sha256);
    rc = bylaw__store_note_get(&value, &at_ms, workspace->store, name, err);
    if (!rc && !at_ms)
        rc = add_entry(workspace, written, err);
    if (!rc && !at_ms)
        rc = bylaw__store_note_put(workspace->store, name,
                                   bylaw__span_of(written->form),
                                   cli_now_ms(workspace->cli), err);
    bylaw__buf_release(&value);
    return rc;
}

static int note(struct cli *cli, const struct cli_written *written)
{
    struct cli_workspace workspace = {0};
    struct bylaw_error err = {0};
    int rc = cli_workspace_open(&workspace, cli, CLI_WORKSPACE_WRITE);

    if (rc)
        return rc;
    rc = add_once(&workspace, written, &err);
    if (!rc)
        rc = cli_workspace_keep(&workspace);
    cli_workspace_close(&workspace);
    return rc;
}

void cli_note_written(struct cli *cli, const struct cli_written *written)
{
    struct cli_capture aside = {0};
    struct cli quiet = *cli;

    quiet.capture = &aside;
    if (note(&quiet, written))
        cli_remark(cli,
                   "The file is written, but not noted in the ledger: the "
                   "workspace is in use, or is not to be written to. `bylaw "
                   "verify FILE` will not know it.");
    cli_capture_release(&aside);
}

bool cli_has_file(const struct cli *cli)
{
    return !cli->capture && cli->options.output &&
           strcmp(cli->options.output, "-") != 0;
}
