/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw index: files of articles that bulk matching maps. */
#include "workspace.h"

#include "index/index.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define MEMORY_MB 256u /* for sorting, unless another is named */

struct building {
    struct cli *cli;
    bylaw_auditor *auditor;
    bylaw__index_writer *writer;
    bylaw__index_file *old;
    struct bylaw__map ids; /* of what is in it */
    uint64_t removed, added, left_out;
};

/* ------------------------------------------------------------- building --- */

static bool is_known(void *payload, const char *id)
{
    struct building *b = payload;
    uint64_t key = bylaw__hash64(bylaw__span_of(id));

    if (bylaw__map_get(&b->ids, key, NULL))
        return true;
    b->added++;
    return bylaw__map_put(&b->ids, key, 1) != 0;
}

static bool is_removed(void *payload, const char *id)
{
    struct building *b = payload;
    const struct cli_list *ids = &b->cli->options.removed;

    for (size_t i = 0; i < ids->count; i++)
        if (!strcmp(ids->items[i], id)) {
            b->removed++;
            return true;
        }
    bylaw__map_put(&b->ids, bylaw__hash64(bylaw__span_of(id)), 1);
    return false;
}

static int take_old(struct building *b, struct bylaw_error *err)
{
    const char *path = b->cli->options.add_to;
    int rc;

    if (!path)
        return 0;
    rc = bylaw__index_file_open(&b->old, path, err);
    return rc ? rc
              : bylaw__index_writer_take(b->writer, b->old, is_removed, b, err);
}

static bool is_about_index(const struct bylaw_error *err)
{
    return err->code == BYLAW_ENOMEM || err->code == BYLAW_EINTERNAL ||
           !strcmp(err->id, "file.unwritable");
}

/* One article of many that cannot be taken is told and left out. */
static int add_source(struct building *b, const char *spec,
                      struct bylaw_error *err)
{
    struct bylaw_error why = {0};
    int rc = bylaw__pipeline_index_source(b->writer, b->auditor, spec, is_known,
                                          b, &why);

    if (!rc)
        return 0;
    if (is_about_index(&why)) {
        *err = why;
        return rc;
    }
    cli_complain_as(b->cli, &why, CLI_UNDETERMINED);
    b->left_out++;
    return 0;
}

static int add_listed(struct building *b, struct bylaw_error *err)
{
    const char *path = b->cli->options.paths;
    struct bylaw__buf list;
    char *line, *rest = NULL;
    int rc;

    if (!path)
        return 0;
    bylaw__buf_init(&list, BYLAW_LIMIT_MATCH_PATHS);
    rc = bylaw__file_read(&list, path, err);
    bylaw__buf_add_char(&list, '\0');
    if (!rc && list.failed)
        rc = bylaw__fail_memory(err, path);
    for (line = rc ? NULL : strtok_r(list.ptr, "\r\n", &rest); !rc && line;
         line = strtok_r(NULL, "\r\n", &rest))
        rc = add_source(b, line, err);
    bylaw__buf_release(&list);
    return rc;
}

static int fill(struct building *b, struct bylaw_error *err)
{
    const struct cli_list *args = &b->cli->options.args;
    int rc = take_old(b, err);

    for (size_t i = 1; !rc && i < args->count; i++)
        rc = add_source(b, args->items[i], err);
    if (!rc)
        rc = add_listed(b, err);
    if (!rc && b->removed < b->cli->options.removed.count)
        rc = bylaw__fail(err, BYLAW_EUSAGE, "index.unknown",
                         b->cli->options.add_to ? b->cli->options.add_to : "",
                         "not all of the articles to be removed are in it");
    if (!rc && !bylaw__index_writer_shingles(b->writer))
        rc = bylaw__fail(err, BYLAW_EUSAGE, "index.empty",
                         b->cli->options.output, "no article would be in it");
    return rc ? rc : bylaw__index_writer_finish(b->writer, err);
}

static int check_build(struct cli *cli)
{
    const struct cli_options *options = &cli->options;

    if (!options->output || !strcmp(options->output, "-"))
        return cli_usage(cli, "usage.no-output",
                         "where the index is to be put was not said: -o FILE");
    if (options->args.count < 2 && !options->paths && !options->add_to)
        return cli_usage(cli, "usage.no-source",
                         "no article was named to put into the index");
    if (options->removed.count && !options->add_to)
        return cli_usage(cli, "usage.no-index",
                         "--remove takes articles out of the index that "
                         "--add-to names");
    return 0;
}

static int tell_built(struct building *b, struct bylaw_error *err)
{
    struct bylaw__index_info info;
    struct bylaw__buf out = {0};
    int rc;

    bylaw__index_file_free(b->old);
    b->old = NULL;
    rc = bylaw__index_file_open(&b->old, b->cli->options.output, err);
    if (rc)
        return cli_complain(b->cli, err);
    bylaw__index_file_info(&info, b->old);
    bylaw__buf_printf(&out,
                      "wrote %s: %" PRIu64 " article%s (%" PRIu64
                      " added, %" PRIu64 " taken out",
                      b->cli->options.output, info.documents,
                      info.documents == 1 ? "" : "s", b->added, b->removed);
    if (b->left_out)
        bylaw__buf_printf(&out, ", %" PRIu64 " left out", b->left_out);
    bylaw__buf_printf(&out, "), %" PRIu64 " shingles, %" PRIu64 " bytes\n",
                      info.postings, info.bytes);
    rc = b->cli->options.quiet ? 0 : cli_print(b->cli, &out);
    bylaw__buf_release(&out);
    return rc;
}

static int index_build(struct cli *cli)
{
    struct building b = {.cli = cli};
    struct bylaw_audit_options options;
    struct bylaw_error err = {0};
    unsigned memory =
        cli->options.memory_mb ? cli->options.memory_mb : MEMORY_MB;
    int rc = check_build(cli);

    if (rc)
        return rc;
    cli_audit_options(cli, &options);
    rc = bylaw_auditor_new(&b.auditor, &options, &err);
    if (!rc)
        rc = bylaw__index_writer_new(&b.writer, cli->options.output,
                                     (size_t)memory << 20, &err);
    if (!rc)
        rc = fill(&b, &err);
    rc = rc ? cli_complain(cli, &err) : tell_built(&b, &err);
    bylaw__index_writer_free(b.writer);
    bylaw__index_file_free(b.old);
    bylaw_auditor_free(b.auditor);
    bylaw__map_release(&b.ids);
    return rc;
}

/* ----------------------------------------------------------------- info --- */

static int open_named(bylaw__index_file **out, struct cli *cli)
{
    const struct cli_list *args = &cli->options.args;
    struct bylaw_error err = {0};
    int rc;

    if (args->count != 2)
        return cli_usage(cli, "usage.no-index",
                         "one index file is to be named");
    rc = bylaw__index_file_open(out, args->items[1], &err);
    if (!rc)
        return 0;
    cli_complain(cli, &err);
    cli->status = rc == BYLAW_EIO ? CLI_USAGE : CLI_UNVERIFIED;
    return cli->status;
}

static void add_info(struct bylaw__buf *out, const struct bylaw__index_info *i)
{
    bylaw__buf_printf(out,
                      "id         %s\narticles   %" PRIu64
                      "\nshingles   %" PRIu64 "\nbytes      %" PRIu64
                      "\npostings   %" PRIu64 " bytes with their directory\n"
                      "filter     %" PRIu64 " bytes\ntexts      %" PRIu64
                      " bytes\n",
                      i->id, i->documents, i->postings, i->bytes,
                      i->posting_bytes, i->filter_bytes, i->text_bytes);
}

static void add_info_json(struct bylaw__buf *out,
                          const struct bylaw__index_info *i)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.index/1");
    bylaw__json_add_text(&json, "id", i->id);
    bylaw__json_add_count(&json, "articles", i->documents);
    bylaw__json_add_count(&json, "shingles", i->postings);
    bylaw__json_add_count(&json, "bytes", i->bytes);
    bylaw__json_add_count(&json, "posting_bytes", i->posting_bytes);
    bylaw__json_add_count(&json, "filter_bytes", i->filter_bytes);
    bylaw__json_add_count(&json, "text_bytes", i->text_bytes);
    bylaw__json_add_count(&json, "part", i->part);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}

static int index_info(struct cli *cli)
{
    bylaw__index_file *file = NULL;
    struct bylaw__index_info info;
    struct bylaw__buf out = {0};
    int rc = open_named(&file, cli);

    if (rc)
        return rc;
    bylaw__index_file_info(&info, file);
    if (cli->options.json)
        add_info_json(&out, &info);
    else
        add_info(&out, &info);
    rc = cli_print(cli, &out);
    bylaw__buf_release(&out);
    bylaw__index_file_free(file);
    return rc;
}

/* ---------------------------------------------------------------- check --- */

struct checking {
    struct cli *cli;
    unsigned faults;
};

static void tell_fault(void *payload, const char *section, const char *what)
{
    struct checking *checking = payload;
    struct bylaw_error err = {0};

    checking->faults++;
    bylaw__fail(&err, BYLAW_EPARSE, "index.damaged", section, "%s", what);
    cli_complain(checking->cli, &err);
}

static int index_check(struct cli *cli)
{
    struct checking checking = {.cli = cli};
    bylaw__index_file *file = NULL;
    struct bylaw_error err = {0};
    struct bylaw__buf out = {0};
    int rc = open_named(&file, cli);

    if (rc)
        return rc;
    if (bylaw__index_file_check(file, tell_fault, &checking, &err))
        rc = cli_complain(cli, &err);
    else if (checking.faults)
        rc = CLI_UNVERIFIED;
    bylaw__buf_printf(&out, "%s: all bytes are as they were made\n",
                      cli->options.args.items[1]);
    if (!rc && !cli->options.quiet)
        rc = cli_print(cli, &out);
    bylaw__buf_release(&out);
    bylaw__index_file_free(file);
    return rc;
}

const struct cli_subcommand cli_index_commands[] = {
    {"build", index_build},
    {"info", index_info},
    {"check", index_check},
    {NULL, NULL},
};

int cli_index(struct cli *cli)
{
    return cli_run_subcommand(cli);
}
