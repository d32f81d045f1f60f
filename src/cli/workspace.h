/* SPDX-License-Identifier: Apache-2.0 */
/* The folder a command works in: found, read, locked, opened. */
#ifndef BYLAW_WORKSPACE_H
#define BYLAW_WORKSPACE_H

#include "cli.h"

#include "store/store.h"

#define CLI_CONFIG_FILE   "bylaw.yaml"
#define CLI_DATABASE_FILE "bylaw.db"
#define CLI_CAPTURES_DIR  "captures"
#define CLI_LEDGER_FILE   "ledger.db"
#define CLI_KEY_FILE      "ledger.key"

/** What a command does with it, the least first. */
enum cli_workspace_use {
    CLI_WORKSPACE_CONFIG, /* reads the configuration only */
    CLI_WORKSPACE_READ,   /* reads the database, too */
    CLI_WORKSPACE_RENEW,  /* writes, without signing the ledger first */
    CLI_WORKSPACE_WRITE   /* writes; holds the lock until it is closed */
};

/** An open workspace. Zero: none. */
struct cli_workspace {
    char *dir; /* as named or found; "." for the current folder */
    struct bylaw_config *config;
    bylaw__store *store; /* NULL for CLI_WORKSPACE_CONFIG */
    int lock;            /* its descriptor plus one; 0: not held */
    struct cli *cli;
    char *ledger_path, *key_path;
    struct bylaw__keep_options keep; /* of the ledger */
};

/**
 * Sets *out to the workspace's folder (free it): --workspace,
 * $BYLAW_WORKSPACE, else the nearest parent with a bylaw.yaml; NULL where
 * there is none. 0 or an exit code, after saying why.
 */
int cli_workspace_find(char **out, struct cli *cli);

/**
 * Opens the workspace in force. Complaints about it are printed. The rule
 * folder that the configuration names comes into force unless --rules did.
 * 0, or an exit code with nothing left open.
 */
int cli_workspace_open(struct cli_workspace *out, struct cli *cli,
                       enum cli_workspace_use use);
/** Without cli_workspace_keep what was changed waits for the next run to take
 *  it into the ledger. */
void cli_workspace_close(struct cli_workspace *workspace);
/** Takes what was changed into the ledger and signs it: before anybody is told
 *  that it is recorded. 0 or an exit code, after saying why. */
int cli_workspace_keep(struct cli_workspace *workspace);

/** What was in a file that leaves the workspace. */
struct cli_written {
    char form[32]; /* "report html" */
    size_t bytes;
    char sha256[BYLAW__SHA256_HEX];
};
/** 0 or BYLAW_ENOMEM. */
int cli_written_of(struct cli_written *out, const char *kind, const char *form,
                   struct bylaw_span bytes);
/** Whether the command's result goes to a file of --output. */
bool cli_has_file(const struct cli *cli);
/** Notes in the ledger, once, what was written. Opens the workspace for it,
 *  which must not be open; makes a remark where it cannot. */
void cli_note_written(struct cli *cli, const struct cli_written *written);

/** Where a workspace in dir has its ledger, and the clocks; its paths are to be
 *  freed. 0, or an exit code after saying why. */
int cli_ledger_of(struct cli_workspace *out, struct cli *cli, const char *dir);

/** "DIR/NAME", or NAME alone in the current folder; NULL without memory. */
char *cli_workspace_path(const char *dir, const char *name);

/** Options for an auditor: the configuration's, the command line's first. */
void cli_workspace_options(const struct cli_workspace *workspace,
                           struct cli *cli, struct bylaw_audit_options *out);

/** Adds all articles of the workspace to an auditor; *out_count of them. */
int cli_workspace_load(size_t *out_count, const struct cli_workspace *workspace,
                       struct bylaw_auditor *auditor, struct bylaw_error *err);

/** An auditor with the sources that --source names, else those of the
 *  workspace, which is opened then. 0, or an exit code after saying why. */
int cli_open_auditor(struct bylaw_auditor **out,
                     struct cli_workspace *workspace, struct cli *cli,
                     enum bylaw_hints hints);

#endif
