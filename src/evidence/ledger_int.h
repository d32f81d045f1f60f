/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's file, for the files that read and write it. */
#ifndef BYLAW_LEDGER_INT_H
#define BYLAW_LEDGER_INT_H

#include "evidence/evidence_int.h"

#include <sqlite3.h>

/** "BLDG": marks the file as a ledger of Bylaw. */
#define BYLAW__LEDGER_APPLICATION 0x424c4447
#define BYLAW__LEDGER_VERSION     1

enum ledger_sql {
    LEDGER_BEGIN,
    LEDGER_COMMIT,
    LEDGER_ROLLBACK,
    LEDGER_ORIGIN,
    LEDGER_LAST,
    LEDGER_DUE,
    LEDGER_LEAVES,
    LEDGER_NEWEST,
    LEDGER_ADD,
    LEDGER_SIGN,
    LEDGER_ROWS,
    LEDGER_CHECKPOINTS,
    LEDGER_STAMP,
    LEDGER_STAMPS,
    LEDGER_LAST_OF,
    LEDGER_SQL_COUNT
};

/** Where the ledger ends. */
struct ledger_end {
    struct bylaw__tree tree;   /* its size is the number of entries */
    struct bylaw__digest head; /* leaf of the last entry; zeros: none */
    int64_t due;               /* highest of all entries */
};

struct bylaw__ledger {
    sqlite3 *db;
    char *path, *origin;
    sqlite3_stmt *statements[LEDGER_SQL_COUNT];
    bylaw__sha256 *sha;
    struct ledger_end end, kept; /* now, and at the last commit */
    uint64_t signed_size;        /* of the newest checkpoint */
    bool has_batch;
    struct bylaw__buf bytes; /* of the entry being added */
};

/** The failure an SQLite code stands for; code SQLITE_OK is none. */
int bylaw__ledger_fail(const bylaw__ledger *ledger, int code,
                       struct bylaw_error *err);
/** A prepared statement, reset; NULL on failure. */
sqlite3_stmt *bylaw__ledger_sql(bylaw__ledger *ledger, enum ledger_sql which,
                                struct bylaw_error *err);
/** Runs a statement that gives no rows. */
int bylaw__ledger_run(bylaw__ledger *ledger, sqlite3_stmt *stmt,
                      struct bylaw_error *err);
struct bylaw_span bylaw__ledger_blob(sqlite3_stmt *stmt, int column);

#endif
