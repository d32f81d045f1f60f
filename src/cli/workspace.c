/* SPDX-License-Identifier: Apache-2.0 */
/* Finding, locking and opening the workspace that a command works in. */
#include "workspace.h"

#include "crawl/crawl.h"
#include "evidence/evidence.h"
#include "rules/rules.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_FILE   ".lock"
#define HOLDER_SIZE 128

char *cli_workspace_path(const char *dir, const char *name)
{
    struct bylaw__buf path = {0};

    if (strcmp(dir, "."))
        bylaw__buf_printf(&path, "%s/", dir);
    bylaw__buf_add_text(&path, name);
    return bylaw__buf_take(&path, NULL);
}

/* ------------------------------------------------------------ finding --- */

static int fail_memory(struct cli *cli)
{
    struct bylaw_error err = {0};

    bylaw__fail_memory(&err, "");
    return cli_complain(cli, &err);
}

/* A configuration found by going up belongs to whoever works here: one that
 * a stranger left above a shared folder is not obeyed. */
static int check_owner(struct cli *cli, const char *path, const struct stat *st)
{
    struct bylaw_error err = {0};

    if (st->st_uid == geteuid() || st->st_uid == 0)
        return 0;
    bylaw__fail(&err, BYLAW_EUSAGE, "workspace.foreign-owner", path,
                "the file belongs to another user");
    return cli_complain(cli, &err);
}

/* Looks in dir and above it; dir is cut as it goes up. */
static int search_up(char **out, struct cli *cli, char *dir)
{
    for (;;) {
        char *path = cli_workspace_path(dir, CLI_CONFIG_FILE);
        char *slash = strrchr(dir, '/');
        struct stat st;
        int rc = 0;

        if (!path)
            return fail_memory(cli);
        if (!stat(path, &st)) {
            rc = check_owner(cli, path, &st);
            free(path);
            *out = rc ? NULL : strdup(dir);
            return rc || *out ? rc : fail_memory(cli);
        }
        free(path);
        if (!slash || !dir[1])
            return 0;
        slash[slash == dir] = '\0';
    }
}

int cli_workspace_find(char **out, struct cli *cli)
{
    const char *named = cli->options.workspace;
    struct stat st;
    char *here;
    int rc = 0;

    *out = NULL;
    if (!named)
        named = getenv("BYLAW_WORKSPACE");
    if (named && !*named)
        named = NULL;
    if (!named && !stat(CLI_CONFIG_FILE, &st)) {
        named = ".";
        rc = check_owner(cli, CLI_CONFIG_FILE, &st);
    }
    if (named && !rc) {
        *out = strdup(named);
        return *out ? 0 : fail_memory(cli);
    }
    if (rc)
        return rc;
    here = getcwd(NULL, 0);
    if (!here)
        return 0;
    rc = search_up(out, cli, here);
    free(here);
    return rc;
}

/* ------------------------------------------------------------ locking --- */

/* Who holds the lock, in its own words: told, never relied on. */
static void read_holder(char out[HOLDER_SIZE], int fd)
{
    ssize_t len = pread(fd, out, HOLDER_SIZE - 1, 0);
    char *end;

    out[len > 0 ? len : 0] = '\0';
    end = strchr(out, '\n');
    if (end)
        *end = '\0';
}

static int fail_locked(const char *path, int fd, struct bylaw_error *err)
{
    char holder[HOLDER_SIZE];

    read_holder(holder, fd);
    return bylaw__fail(err, BYLAW_EIO, "workspace.locked", path,
                       "another run has the workspace%s%s%s",
                       *holder ? ": " : "", holder,
                       *holder ? "" : " (it did not say which)");
}

/*
 * A lock of the open file (F_OFD_SETLK): the kernel drops it with the process,
 * however that ends, so none is ever left behind.
 */
static int take_lock(int *out, struct cli *cli, const char *path,
                     struct bylaw_error *err)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    char now[BYLAW__TIME_BYTES];
    int rc = 0;

    if (fd < 0)
        return bylaw__fail(err, BYLAW_EIO, "workspace.unwritable", path,
                           "cannot be opened: %s", strerror(errno));
    if (fcntl(fd, F_OFD_SETLK, &lock)) {
        if (errno == EAGAIN || errno == EACCES)
            rc = fail_locked(path, fd, err);
        else
            rc = bylaw__fail(err, BYLAW_EIO, "workspace.unwritable", path,
                             "cannot be locked: %s", strerror(errno));
        close(fd);
        return rc;
    }
    bylaw__time_format(now, cli_now_ms(cli));
    /* Without room for it, only the message of others is poorer. */
    if (!ftruncate(fd, 0))
        dprintf(fd, "bylaw %s, process %ld, since %s\n", cli->command->name,
                (long)getpid(), now);
    *out = fd;
    return 0;
}

/* ------------------------------------------------------------- ledger --- */

static void read_moment(struct bylaw__moment *out, void *payload)
{
    struct cli *cli = payload;

    *out = (struct bylaw__moment){.utc_ms = cli_now_ms(cli)};
    /* A clock that stands still goes with no other. */
    if (cli->has_fixed_time)
        return;
    cli_boot_id(out->boot);
    out->ticks_ms = cli_ticks_ms();
}

int cli_workspace_keep(struct cli_workspace *workspace)
{
    struct bylaw_error err = {0};
    int rc = bylaw__keep(workspace->store, &workspace->keep, &err);

    return rc ? cli_complain(workspace->cli, &err) : 0;
}

int cli_ledger_of(struct cli_workspace *workspace, struct cli *cli,
                  const char *dir)
{
    workspace->cli = cli;
    workspace->ledger_path = cli_workspace_path(dir, CLI_LEDGER_FILE);
    workspace->key_path = cli_workspace_path(dir, CLI_KEY_FILE);
    workspace->keep = (struct bylaw__keep_options){
        .ledger_path = workspace->ledger_path,
        .key_path = workspace->key_path,
        .now = read_moment,
        .payload = cli,
    };
    return workspace->ledger_path && workspace->key_path ? 0 : fail_memory(cli);
}

/* ------------------------------------------------------------ opening --- */

/* Names of the search services, NULL-terminated; NULL without memory. */
static const char **list_services(void)
{
    const char **names;
    size_t count = 0;

    while (bylaw__searcher_at(count))
        count++;
    names = calloc(count + 1, sizeof(*names));
    for (size_t i = 0; names && i < count; i++)
        names[i] = bylaw__searcher_at(i)->name;
    return names;
}

static int read_config(struct cli_workspace *workspace, struct cli *cli)
{
    struct cli_complaints complaints = {cli, 0};
    struct bylaw_error err = {0};
    struct bylaw__buf yaml;
    char *path = cli_workspace_path(workspace->dir, CLI_CONFIG_FILE);
    const char **services = list_services();
    int rc;

    bylaw__buf_init(&yaml, BYLAW_LIMIT_RULE_BYTES);
    if (!path || !services)
        rc = bylaw__fail_memory(&err, workspace->dir);
    else if (access(path, F_OK))
        rc = bylaw__fail(&err, BYLAW_EUSAGE, "workspace.none", workspace->dir,
                         "there is no " CLI_CONFIG_FILE " in this folder");
    else
        rc = bylaw__file_read(&yaml, path, &err);
    if (!rc)
        rc =
            bylaw__config_read(&workspace->config, bylaw__buf_span(&yaml), path,
                               services, cli_take_complaint, &complaints, &err);
    if (rc)
        rc = complaints.count ? CLI_USAGE : cli_complain(cli, &err);
    bylaw__buf_release(&yaml);
    free(services);
    free(path);
    return rc;
}

static int lock_workspace(struct cli_workspace *workspace, struct cli *cli)
{
    struct bylaw_error err = {0};
    char *path = cli_workspace_path(workspace->dir, LOCK_FILE);
    int fd = -1;
    int rc;

    if (!path)
        return fail_memory(cli);
    rc = take_lock(&fd, cli, path, &err);
    free(path);
    if (rc)
        return cli_complain(cli, &err);
    workspace->lock = fd + 1;
    return 0;
}

static int open_store(struct cli_workspace *workspace, struct cli *cli,
                      enum cli_workspace_use use)
{
    struct bylaw_error err = {0};
    char *path = cli_workspace_path(workspace->dir, CLI_DATABASE_FILE);
    int rc;

    if (!path)
        return fail_memory(cli);
    rc = bylaw__store_open(&workspace->store, path,
                           use >= CLI_WORKSPACE_RENEW ? BYLAW__STORE_WRITE
                                                      : BYLAW__STORE_READ,
                           &err);
    free(path);
    return rc ? cli_complain(cli, &err) : 0;
}

static void use_rules(const struct bylaw_config *config, struct cli *cli)
{
    if (config->rules_dir && !cli->options.rules_dir)
        snprintf(cli->rules_dir, sizeof(cli->rules_dir), "%s",
                 config->rules_dir);
}

int cli_workspace_open(struct cli_workspace *out, struct cli *cli,
                       enum cli_workspace_use use)
{
    struct cli_workspace workspace = {0};
    int rc = cli_workspace_find(&workspace.dir, cli);

    if (!rc && !workspace.dir)
        rc = cli_usage(cli, "workspace.none",
                       "there is no workspace here or in a folder above");
    if (!rc)
        rc = read_config(&workspace, cli);
    if (!rc && use >= CLI_WORKSPACE_RENEW)
        rc = lock_workspace(&workspace, cli);
    if (!rc && use != CLI_WORKSPACE_CONFIG)
        rc = open_store(&workspace, cli, use);
    if (!rc)
        rc = cli_ledger_of(&workspace, cli, workspace.dir);
    /* What a run that was cut off left waiting comes first. */
    if (!rc && use == CLI_WORKSPACE_WRITE)
        rc = cli_workspace_keep(&workspace);
    if (rc) {
        cli_workspace_close(&workspace);
        return rc;
    }
    use_rules(workspace.config, cli);
    *out = workspace;
    return 0;
}

void cli_workspace_close(struct cli_workspace *workspace)
{
    bylaw__store_close(workspace->store);
    bylaw_config_free(workspace->config);
    if (workspace->lock)
        close(workspace->lock - 1);
    free(workspace->ledger_path);
    free(workspace->key_path);
    free(workspace->dir);
    memset(workspace, 0, sizeof(*workspace));
}

/* -------------------------------------------------------------- using --- */

void cli_workspace_options(const struct cli_workspace *workspace,
                           struct cli *cli, struct bylaw_audit_options *out)
{
    const struct bylaw_config *config = workspace->config;

    cli_audit_options(cli, out);
    out->follow_links = !cli->options.no_follow;
    if (!out->fetch.user_agent)
        out->fetch.user_agent = config->user_agent;
    if (!out->fetch.allow_ranges)
        out->fetch.allow_ranges = config->crawl.allow_address;
    if (!out->fetch.connect_to)
        out->fetch.connect_to = config->crawl.connect_to;
    out->hints = config->hints;
    out->own_domains = config->own_domains;
    out->own_domain_count = config->own_domain_count;
    out->partners = config->partners;
    out->partner_count = config->partner_count;
}

struct load {
    struct bylaw_auditor *auditor;
    struct bylaw_error *err;
    size_t count;
};

static int load_row(void *payload, const struct bylaw__source_row *row)
{
    struct load *load = payload;

    if (strcmp(row->kind, "article"))
        return 0;
    load->count++;
    return bylaw__pipeline_add_source(load->auditor, row->spec, row->url,
                                      row->rule, load->err);
}

int cli_workspace_load(size_t *out_count, const struct cli_workspace *workspace,
                       struct bylaw_auditor *auditor, struct bylaw_error *err)
{
    struct load load = {auditor, err, 0};
    int rc = bylaw__store_sources(workspace->store, load_row, &load, err);

    *out_count = load.count;
    return rc;
}
