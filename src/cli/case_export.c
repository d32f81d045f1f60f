/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw case export: a pack that others can check without Bylaw. */
#include "case_view.h"

#include <stdio.h>
#include <stdlib.h>

#define TEMPLATES "audit/evidence/"

/* What goes into the pack besides the evidence itself. */
enum { README, DECLARATION, SCRIPT, CASE, OWN_FILES };

struct exporting {
    struct cli *cli;
    const struct cli_workspace *workspace;
    struct bylaw__buf files[OWN_FILES], archive, tsa_ca, note;
    char now[BYLAW__TIME_BYTES], first[BYLAW__TIME_BYTES],
        last[BYLAW__TIME_BYTES];
    char size[24], number[24];
    struct bylaw__note checkpoint;
    bylaw__key *key;
};

/* ------------------------------------------------------------ templates --- */

struct field {
    const char *name, *value;
};

/* Puts values in the place of {name}; text from pages is made safe. */
static void fill(struct bylaw__buf *out, struct bylaw_span text,
                 const struct field *fields, size_t count)
{
    for (size_t i = 0; i < text.len; i++) {
        struct bylaw_span rest = bylaw__span_sub(text, i, text.len);
        const struct field *found = NULL;

        for (size_t k = 0; rest.ptr[0] == '{' && !found && k < count; k++)
            if (bylaw__span_starts(rest, fields[k].name))
                found = &fields[k];
        if (found) {
            bylaw__report_safe(out, bylaw__span_of(found->value));
            i += strlen(found->name) - 1;
        } else {
            bylaw__buf_add_char(out, text.ptr[i]);
        }
    }
}

static int read_template(struct bylaw__buf *out, const struct exporting *e,
                         const char *name, struct bylaw_error *err)
{
    char *path = cli_workspace_path(e->cli->data_dir, name);
    int rc =
        path ? bylaw__file_read(out, path, err) : bylaw__fail_memory(err, name);

    free(path);
    return rc;
}

static int fill_texts(struct exporting *e, const struct bylaw__case_row *row,
                      struct bylaw_error *err)
{
    static const struct {
        int file;
        const char *name;
    } templates[] = {{README, TEMPLATES "README.txt"},
                     {DECLARATION, TEMPLATES "declaration.txt"}};
    struct bylaw__buf origin = {0};
    const struct field fields[] = {
        {"{case}", e->number},
        {"{now}", e->now},
        {"{url}", row->url},
        {"{source}", row->source},
        {"{verdict}", row->verdict},
        {"{because}", row->because},
        {"{first}", e->first},
        {"{last}", e->last},
        {"{size}", e->size},
        {"{program}", BYLAW_VERSION},
        {"{origin}",
         (bylaw__buf_add_span(&origin, e->checkpoint.checkpoint.origin),
          origin.ptr)},
    };
    int rc = read_template(&e->files[SCRIPT], e, TEMPLATES "verify.sh", err);

    for (size_t i = 0; !rc && i < 2; i++) {
        struct bylaw__buf text = {0};

        rc = read_template(&text, e, templates[i].name, err);
        fill(&e->files[templates[i].file], bylaw__buf_span(&text), fields,
             sizeof(fields) / sizeof(fields[0]));
        bylaw__buf_release(&text);
    }
    bylaw__buf_release(&origin);
    return rc;
}

/* -------------------------------------------------------------- packing --- */

static int read_checkpoint(struct exporting *e, struct bylaw_error *err)
{
    bylaw__ledger *ledger = NULL;
    int rc = bylaw__ledger_open_read(&ledger, e->workspace->ledger_path, err);

    if (!rc)
        rc = bylaw__ledger_newest(&e->note, ledger, err);
    bylaw__ledger_close(ledger);
    if (!rc)
        rc = bylaw__note_read(&e->checkpoint, bylaw__buf_span(&e->note), err);
    if (!rc)
        rc = bylaw__key_load(&e->key, e->workspace->key_path, err);
    if (!rc && e->workspace->config->tsa_ca)
        rc = bylaw__file_read(&e->tsa_ca, e->workspace->config->tsa_ca, err);
    snprintf(e->size, sizeof(e->size), "%llu",
             (unsigned long long)e->checkpoint.checkpoint.size);
    return rc;
}

static int pack(struct bylaw__pack_result *result, struct exporting *e,
                const struct bylaw__case_row *row, struct bylaw_error *err)
{
    char *captures = cli_workspace_path(e->workspace->dir, CLI_CAPTURES_DIR);
    const struct bylaw__pack_file files[] = {
        {"README.txt", bylaw__buf_span(&e->files[README]), false},
        {"declaration.txt", bylaw__buf_span(&e->files[DECLARATION]), false},
        {"verify.sh", bylaw__buf_span(&e->files[SCRIPT]), true},
        {"case.json", bylaw__buf_span(&e->files[CASE]), false},
    };
    struct bylaw__pack_options options = {
        .case_id = row->id,
        .url = row->url,
        .source = row->source,
        .ledger_path = e->workspace->ledger_path,
        .captures_path = captures,
        .key = e->key,
        .tsa_ca = bylaw__buf_span(&e->tsa_ca),
        .files = files,
        .file_count = OWN_FILES,
        .now_ms = cli_now_ms(e->cli),
    };
    int rc = captures
                 ? bylaw__pipeline_case_pack(result, &e->archive, &options, err)
                 : bylaw__fail_memory(err, "");

    free(captures);
    return rc;
}

static int put(struct exporting *e, const char *name,
               const struct bylaw__pack_result *result, struct bylaw_error *err)
{
    struct bylaw__buf said = {0};
    int rc;

    if (!strcmp(name, "-"))
        return cli_print(e->cli, &e->archive);
    rc = bylaw__file_replace(name, bylaw__buf_span(&e->archive), err);
    if (rc || e->cli->options.quiet)
        return rc;
    bylaw__buf_printf(&said,
                      "wrote %s: %zu files, %zu entries of the ledger's %s, "
                      "%zu captures\n",
                      name, result->files, result->entries, e->size,
                      result->captures);
    rc = cli_print(e->cli, &said);
    bylaw__buf_release(&said);
    return rc;
}

int cli_case_export(struct cli_written *written, struct cli *cli,
                    const struct cli_workspace *workspace,
                    const struct bylaw__case_row *row,
                    const struct bylaw__buf *json, const char *name,
                    struct bylaw_error *err)
{
    struct exporting e = {.cli = cli, .workspace = workspace};
    struct bylaw__pack_result result;
    int rc = read_checkpoint(&e, err);

    bylaw__time_format(e.now, cli_now_ms(cli));
    bylaw__time_format(e.first, row->first_ms);
    bylaw__time_format(e.last, row->last_ms);
    snprintf(e.number, sizeof(e.number), "%lld", (long long)row->id);
    bylaw__buf_add_span(&e.files[CASE], bylaw__buf_span(json));
    if (!rc)
        rc = fill_texts(&e, row, err);
    if (!rc)
        rc = pack(&result, &e, row, err);
    if (!rc)
        rc = put(&e, name, &result, err);
    if (!rc && strcmp(name, "-") != 0 &&
        cli_written_of(written, "case", "pack", bylaw__buf_span(&e.archive)))
        rc = bylaw__fail_memory(err, name);
    for (size_t i = 0; i < OWN_FILES; i++)
        bylaw__buf_release(&e.files[i]);
    bylaw__buf_release(&e.archive);
    bylaw__buf_release(&e.tsa_ca);
    bylaw__buf_release(&e.note);
    bylaw__key_free(e.key);
    return rc;
}
