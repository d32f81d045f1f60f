/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw init: a new workspace, beside whatever its folder holds already. */
#include "workspace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPLATE "audit/workspace/" CLI_CONFIG_FILE

/* A workspace while it is made; what was made is taken back on failure. */
struct making {
    const char *dir;
    char *config, *database, *captures;
    struct cli_workspace ledger; /* its paths and clocks alone */
    bool has_dir, has_captures, has_database;
};

static int check_new(const char *path, struct bylaw_error *err)
{
    struct stat st;

    if (lstat(path, &st))
        return 0;
    return bylaw__fail(err, BYLAW_EUSAGE, "workspace.exists", path,
                       "it is there already");
}

static int make_folder(bool *out_made, const char *path, mode_t mode,
                       struct bylaw_error *err)
{
    *out_made = !mkdir(path, mode);
    if (*out_made || errno == EEXIST)
        return 0;
    return bylaw__fail(err, BYLAW_EIO, "workspace.unwritable", path,
                       "the folder cannot be made: %s", strerror(errno));
}

static int write_new(const char *path, const struct bylaw__buf *bytes,
                     struct bylaw_error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    size_t done = 0;

    while (fd >= 0 && done < bytes->len) {
        ssize_t put = write(fd, bytes->ptr + done, bytes->len - done);

        if (put > 0)
            done += (size_t)put;
        else if (put == 0 || errno != EINTR)
            break;
    }
    if (fd >= 0 && !close(fd) && done == bytes->len)
        return 0;
    bylaw__fail(err, BYLAW_EIO, "workspace.unwritable", path,
                "cannot be written: %s", strerror(errno));
    if (fd >= 0)
        unlink(path);
    return err->code;
}

static int make_database(struct making *m, struct bylaw_error *err)
{
    bylaw__store *store = NULL;
    int rc = bylaw__store_open(&store, m->database, BYLAW__STORE_CREATE, err);

    m->has_database = !rc;
    if (!rc)
        rc = bylaw__keep(store, &m->ledger.keep, err);
    bylaw__store_close(store);
    return rc;
}

/* The configuration comes last: with it the folder is a workspace. */
static int make(struct making *m, const char *template, struct bylaw_error *err)
{
    struct bylaw__buf yaml;
    int rc;

    bylaw__buf_init(&yaml, BYLAW_LIMIT_RULE_BYTES);
    rc = bylaw__file_read(&yaml, template, err);
    if (!rc)
        rc = check_new(m->config, err);
    if (!rc)
        rc = check_new(m->database, err);
    if (!rc)
        rc = check_new(m->ledger.ledger_path, err);
    if (!rc)
        rc = check_new(m->ledger.key_path, err);
    if (!rc)
        rc = make_folder(&m->has_dir, m->dir, 0777, err);
    if (!rc)
        rc = make_folder(&m->has_captures, m->captures, 0700, err);
    if (!rc)
        rc = make_database(m, err);
    if (!rc)
        rc = write_new(m->config, &yaml, err);
    bylaw__buf_release(&yaml);
    return rc;
}

static void take_back(const struct making *m)
{
    if (m->has_database) {
        unlink(m->database);
        unlink(m->ledger.ledger_path);
        unlink(m->ledger.key_path);
    }
    if (m->has_captures)
        rmdir(m->captures);
    if (m->has_dir)
        rmdir(m->dir);
}

static int show_made(struct cli *cli, const struct making *m)
{
    struct bylaw__buf out = {0};
    struct bylaw__json json;
    int rc;

    if (cli->options.json) {
        bylaw__json_init(&json, &out, false);
        bylaw__json_object(&json);
        bylaw__json_add_text(&json, "schema", "bylaw.init/1");
        bylaw__json_add_text(&json, "workspace", m->dir);
        bylaw__json_add_text(&json, "config", m->config);
        bylaw__json_add_text(&json, "database", m->database);
        bylaw__json_add_text(&json, "ledger", m->ledger.ledger_path);
        bylaw__json_add_text(&json, "key", m->ledger.key_path);
        bylaw__json_add_text(&json, "captures", m->captures);
        bylaw__json_object_end(&json);
        bylaw__buf_add_char(&out, '\n');
    } else if (!cli->options.quiet) {
        bylaw__buf_printf(
            &out,
            "made %s, %s, %s, %s, %s/\n\nnext:\n"
            "  1. set \"contact\" in %s, and say under \"watch\" where to "
            "look\n"
            "  2. bylaw config check\n"
            "  3. bylaw source add S...   the articles to protect\n"
            "  4. bylaw audit PAGE...     judge pages against them\n",
            m->config, m->database, m->ledger.ledger_path, m->ledger.key_path,
            m->captures, m->config);
    }
    rc = cli_print(cli, &out);
    bylaw__buf_release(&out);
    return rc;
}

static int init(struct cli *cli)
{
    const struct cli_list *args = &cli->options.args;
    const char *named = cli->options.workspace;
    struct making m = {.dir = args->count ? args->items[0]
                              : named     ? named
                                          : "."};
    struct bylaw_error err = {0};
    char *template = cli_workspace_path(cli->data_dir, TEMPLATE);
    int rc;

    if (args->count > 1) {
        free(template);
        return cli_usage(cli, "usage.one-folder",
                         "one folder becomes a workspace, but %zu were named",
                         args->count);
    }
    m.config = cli_workspace_path(m.dir, CLI_CONFIG_FILE);
    m.database = cli_workspace_path(m.dir, CLI_DATABASE_FILE);
    m.captures = cli_workspace_path(m.dir, CLI_CAPTURES_DIR);
    rc = cli_ledger_of(&m.ledger, cli, m.dir);
    if (!rc && template && m.config && m.database && m.captures)
        rc = make(&m, template, &err);
    else if (!rc)
        rc = bylaw__fail_memory(&err, m.dir);
    if (rc && err.code) {
        take_back(&m);
        rc = cli_complain(cli, &err);
    } else if (!rc) {
        rc = show_made(cli, &m);
    }
    cli_workspace_close(&m.ledger);
    free(template);
    free(m.config);
    free(m.database);
    free(m.captures);
    return rc;
}

/* ------------------------------------------------------- another key --- */

/* The old key is kept: what it signed is checked by its public part in the
 * ledger, but whoever asks may want to see it. */
static int put_in_place(const char *fresh, const char *path,
                        struct bylaw_error *err)
{
    char *old = NULL;
    int rc =
        asprintf(&old, "%s.old", path) < 0 ? bylaw__fail_memory(err, path) : 0;

    if (!rc && rename(path, old) && errno != ENOENT)
        rc = bylaw__fail(err, BYLAW_EIO, "workspace.unwritable", path,
                         "cannot be moved: %s", strerror(errno));
    if (!rc && rename(fresh, path))
        rc = bylaw__fail(err, BYLAW_EIO, "workspace.unwritable", fresh,
                         "cannot be moved: %s", strerror(errno));
    free(old);
    return rc;
}

static int renew(bool *out_by_old, struct cli_workspace *workspace,
                 struct bylaw_error *err)
{
    bylaw__keeper *keeper = NULL;
    char *fresh = NULL;
    int rc = asprintf(&fresh, "%s.new", workspace->key_path) < 0
                 ? bylaw__fail_memory(err, "")
                 : 0;

    if (!rc)
        rc = bylaw__key_make(fresh, err);
    if (!rc)
        rc = bylaw__keeper_open(&keeper, workspace->store, &workspace->keep,
                                err);
    if (!rc)
        rc = bylaw__keeper_renew(out_by_old, keeper, fresh, err);
    bylaw__keeper_close(keeper);
    if (!rc)
        rc = put_in_place(fresh, workspace->key_path, err);
    free(fresh);
    return rc;
}

static int renew_key(struct cli *cli)
{
    struct cli_workspace workspace;
    struct bylaw_error err = {0};
    struct bylaw__buf out = {0};
    bool by_old = false;
    int rc = cli_workspace_open(&workspace, cli, CLI_WORKSPACE_RENEW);

    if (rc)
        return rc;
    if (renew(&by_old, &workspace, &err)) {
        rc = cli_complain(cli, &err);
    } else if (!cli->options.quiet) {
        bylaw__buf_printf(&out, "%s signs the ledger from here on; %s\n",
                          workspace.key_path,
                          by_old ? "the key before signed for it."
                                 : "the key before could not sign for it, as "
                                   "`bylaw verify` will say.");
        rc = cli_print(cli, &out);
    }
    bylaw__buf_release(&out);
    cli_workspace_close(&workspace);
    return rc;
}

int cli_init(struct cli *cli)
{
    if (cli->options.renew_key)
        return renew_key(cli);
    return init(cli);
}
