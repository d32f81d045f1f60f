/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw match: archives in bulk, a line of JSON for each copy found. */
#include "cell/cell.h"
#include "match_output.h"

#include <stdio.h>
#include <stdlib.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

struct matching {
    struct cli *cli;
    struct cli_workspace workspace;
    bylaw_auditor *auditor;
    struct bylaw__buf list; /* the file of --paths; cut at lines */
    const char **paths;     /* borrowed from it and from argv */
    size_t count, cap;
    size_t shard, shards;            /* from 0; of how many */
    char sources[BYLAW__SHA256_HEX]; /* digest of what is looked for */
    struct bylaw__match_summary total;
    bool is_damaged, wants_retry;
    struct match_output output;
    enum bylaw_hints hints;
};

/* -------------------------------------------------------------- inputs --- */

static int add_path(struct matching *m, const char *path)
{
    if (bylaw__vec_grow(&m->paths, &m->cap, m->count + 1, sizeof(*m->paths)))
        return BYLAW_ENOMEM;
    m->paths[m->count++] = path;
    return 0;
}

static int read_list(struct matching *m, struct bylaw_error *err)
{
    const char *path = m->cli->options.paths;
    char *line, *rest = NULL;
    int rc;

    if (!path)
        return 0;
    bylaw__buf_init(&m->list, BYLAW_LIMIT_MATCH_PATHS);
    rc = bylaw__file_read(&m->list, path, err);
    if (rc)
        return rc;
    bylaw__buf_add_char(&m->list, '\0');
    for (line = strtok_r(m->list.ptr, "\r\n", &rest); !rc && line;
         line = strtok_r(NULL, "\r\n", &rest))
        rc = add_path(m, line);
    return rc || m->list.failed ? bylaw__fail_memory(err, path) : 0;
}

/* "2/8": the second, the tenth ... of all. */
static int read_shard(struct matching *m)
{
    const char *text = m->cli->options.shard;
    unsigned long number, of;
    char *end = NULL;

    m->shards = 1;
    if (!text)
        return 0;
    number =
        bylaw__is_digit((unsigned char)*text) ? strtoul(text, &end, 10) : 0;
    of = end && *end == '/' && bylaw__is_digit((unsigned char)end[1])
             ? strtoul(end + 1, &end, 10)
             : 0;
    if (!number || number > of || of > 1000000 || *end)
        return cli_usage(m->cli, "usage.shard",
                         "--shard takes which part of how many, such as 2/8, "
                         "not \"%s\"",
                         text);
    m->shard = number - 1;
    m->shards = of;
    return 0;
}

/* This run's share, without what a run before it finished. */
static int choose(struct matching *m, struct bylaw_error *err)
{
    size_t kept = 0;

    for (size_t i = 0; i < m->count; i++) {
        enum match_done done = MATCH_TO_DO;

        if (i % m->shards != m->shard)
            continue;
        if (cli_match_done(&done, &m->output, m->paths[i], err))
            return err->code;
        m->total.inputs++;
        m->total.skipped += done != MATCH_TO_DO;
        m->is_damaged |= done == MATCH_DONE_DAMAGED;
        if (done == MATCH_TO_DO)
            m->paths[kept++] = m->paths[i];
    }
    m->count = kept;
    return 0;
}

static int gather(struct matching *m, struct bylaw_error *err)
{
    const struct cli_list *args = &m->cli->options.args;
    int rc = 0;

    for (size_t i = 0; !rc && i < args->count; i++)
        rc = add_path(m, args->items[i]);
    rc = rc ? bylaw__fail_memory(err, "") : read_list(m, err);
    return rc ? rc : choose(m, err);
}

/* ------------------------------------------------------------- results --- */

static int take_lines(void *payload, size_t input, struct bylaw_span lines)
{
    struct matching *m = payload;

    (void)input;
    return cli_match_lines(&m->output, m->cli, lines);
}

static void tell_loss(void *payload, const struct bylaw_error *why)
{
    struct matching *m = payload;
    int status = m->cli->status;

    cli_complain(m->cli, why);
    m->cli->status = status; /* a loss has a code of its own */
}

static void add_to_total(struct matching *m,
                         const struct bylaw__match_counts *counts)
{
    struct bylaw__match_counts *sum = &m->total.counts;

    sum->bytes += counts->bytes;
    sum->records += counts->records;
    sum->revisits += counts->revisits;
    sum->pages += counts->pages;
    sum->screened += counts->screened;
    sum->unread += counts->unread;
    sum->matches += counts->matches;
    sum->losses += counts->losses;
}

static const char *outcome_of(const struct bylaw__match_counts *counts,
                              const struct bylaw_error *why)
{
    return why->code ? "failed" : counts->losses ? "damaged" : "complete";
}

/* A folder does not become an archive; a disk or a network share may be back
 * soon. */
static bool may_pass(const struct bylaw_error *why)
{
    return why->code == BYLAW_EIO && strcmp(why->id, "file.directory") != 0;
}

/* What may pass is to be tried again, so nothing is put where a later run
 * would take it for done. */
static int take_end(void *payload, size_t input,
                    const struct bylaw__match_counts *counts,
                    const struct bylaw_error *why)
{
    struct matching *m = payload;
    struct bylaw__match_summary summary = {
        .input = m->paths[input],
        .sources = m->sources,
        .outcome = outcome_of(counts, why),
        .why = why->code ? why->what : NULL,
        .counts = *counts,
    };
    bool is_to_redo = may_pass(why);

    if (why->code)
        tell_loss(m, why);
    add_to_total(m, counts);
    m->total.failed += why->code != 0;
    m->wants_retry |= is_to_redo;
    m->is_damaged |= counts->losses || why->code;
    return cli_match_end(&m->output, m->cli, &summary, is_to_redo);
}

static int tell_total(struct matching *m)
{
    struct bylaw__buf out = {0};
    int rc;

    m->total.sources = m->sources;
    m->total.outcome = m->wants_retry  ? "failed"
                       : m->is_damaged ? "damaged"
                                       : "complete";
    bylaw__match_summary(&out, &m->total);
    rc = cli_print(m->cli, &out);
    bylaw__buf_release(&out);
    if (rc)
        return rc;
    return m->wants_retry  ? CLI_RETRY
           : m->is_damaged ? CLI_UNDETERMINED
                           : CLI_OK;
}

/* ------------------------------------------------------------- running --- */

static unsigned count_threads(const struct cli *cli)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    if (cli->options.threads)
        return cli->options.threads;
    return processors > 1 ? (unsigned)processors : 1;
}

/* Archives hold hostile bytes, and too many pages to pass each to a process of
 * its own: so this one keeps only what it needs to read and to tell. */
static void settle(void *payload)
{
    struct matching *m = payload;
    struct bylaw__cell_guard guard;
    struct bylaw__buf line = {0};

    bylaw__cell_confine(&guard, m->output.dir);
    if (m->cli->options.verbose) {
        bylaw__buf_add_text(&line, "bylaw: archives are read behind ");
        bylaw__cell_guard_tell(&line, &guard);
        bylaw__buf_add_char(&line, '\n');
        fwrite(line.ptr, 1, line.len, stderr);
    }
    bylaw__buf_release(&line);
}

static int look_through(struct matching *m, struct bylaw_error *err)
{
    struct bylaw__bulk_options options = {
        .threads = count_threads(m->cli),
        .part_bytes = (uint64_t)m->cli->options.part_kb << 10,
        .reads_all = m->cli->options.no_screen || m->cli->options.hints,
        .settle = settle,
        .found = take_lines,
        .ended = take_end,
        .lost = tell_loss,
        .payload = m,
    };

    return m->count ? bylaw__bulk_match(m->auditor, m->paths, m->count,
                                        &options, err)
                    : 0;
}

/* Whoever started this may be killed: then nobody waits for it. */
static int die_with_parent(struct cli *cli)
{
    pid_t parent = getppid();

    if (!cli->options.die_with_parent)
        return 0;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) || getppid() != parent)
        return CLI_RUNTIME;
    return 0;
}

static int read_hints(enum bylaw_hints *out, struct cli *cli)
{
    static const struct {
        const char *name;
        enum bylaw_hints hints;
    } levels[] = {{"likely", BYLAW_HINTS_LIKELY},
                  {"possible", BYLAW_HINTS_POSSIBLE},
                  {"any", BYLAW_HINTS_ANY}};

    *out = BYLAW_HINTS_NEAR;
    if (!cli->options.hints)
        return 0;
    for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
        if (!strcmp(cli->options.hints, levels[i].name)) {
            *out = levels[i].hints;
            return 0;
        }
    return cli_usage(cli, "usage.hints",
                     "--hints takes likely, possible or any, not \"%s\"",
                     cli->options.hints);
}

static int open_index(struct matching *m)
{
    struct bylaw_audit_options options;
    struct bylaw_error err = {0};

    if (m->cli->options.sources.count)
        return cli_usage(m->cli, "usage.one-index",
                         "--index and --source were both given");
    cli_audit_options(m->cli, &options);
    options.hints = m->hints;
    if (bylaw_auditor_new(&m->auditor, &options, &err) ||
        bylaw__pipeline_use_index(m->auditor, m->cli->options.index, &err))
        return cli_complain(m->cli, &err);
    return 0;
}

static int run(struct matching *m)
{
    struct bylaw_error err = {0};
    int rc = bylaw__bulk_sources(m->sources, m->auditor, &err);

    m->output.sources = m->sources;
    if (!rc)
        rc = gather(m, &err);
    if (!rc && !m->total.inputs && m->shards == 1)
        return cli_usage(m->cli, "usage.no-archive",
                         "no archive was named to look through");
    if (!rc)
        rc = look_through(m, &err);
    if (rc < 0)
        return cli_complain(m->cli, &err);
    return rc ? rc : tell_total(m);
}

int cli_match(struct cli *cli)
{
    struct matching m = {.cli = cli};
    int rc = die_with_parent(cli);

    m.output.dir = cli->options.out_dir;
    m.output.is_gzip = cli->options.gzip;
    if (!rc)
        rc = read_shard(&m);
    if (!rc)
        rc = read_hints(&m.hints, cli);
    if (!rc && cli->options.gzip && !cli->options.out_dir)
        rc = cli_usage(cli, "usage.gzip", "--gzip is for files of --out-dir");
    if (!rc)
        rc = cli->options.index
                 ? open_index(&m)
                 : cli_open_auditor(&m.auditor, &m.workspace, cli, m.hints);
    if (!rc)
        rc = run(&m);
    cli_match_release(&m.output);
    bylaw__buf_release(&m.list);
    free(m.paths);
    bylaw_auditor_free(m.auditor);
    cli_workspace_close(&m.workspace);
    return rc;
}
