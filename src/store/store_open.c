/* SPDX-License-Identifier: Apache-2.0 */
/* Opening, making, checking and closing the workspace database. */
#include "store_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long a statement waits for another process before store.busy. */
#define PATIENCE_MS 2000

/*
 * SQLite gives meaning to some names (":memory:", "file:..."); with a folder
 * before it every name is just a file's.
 */
static char *plain_path(const char *path)
{
    struct bylaw__buf buf = {0};

    bylaw__buf_add_text(&buf, path[0] == '/' ? "" : "./");
    bylaw__buf_add_text(&buf, path);
    return bylaw__buf_take(&buf, NULL);
}

/* An empty file is a database whose making was cut off before it began. */
static int check_file(const char *path, enum bylaw__store_mode mode,
                      struct bylaw_error *err)
{
    struct stat st;

    if (stat(path, &st)) {
        if (errno != ENOENT && errno != ENOTDIR)
            return bylaw__fail(err, BYLAW_EIO, "store.io", path,
                               "cannot be looked at: %s", strerror(errno));
        if (mode == BYLAW__STORE_CREATE)
            return 0;
        return bylaw__fail(err, BYLAW_EUSAGE, "store.missing", path,
                           "there is no such file");
    }
    if (!S_ISREG(st.st_mode))
        return bylaw__fail(err, BYLAW_EUNSUPPORTED, "store.foreign", path,
                           "it is not a file");
    if (mode == BYLAW__STORE_CREATE && st.st_size)
        return bylaw__fail(err, BYLAW_EUSAGE, "store.exists", path,
                           "there is a file of that name already");
    if (mode != BYLAW__STORE_CREATE && !st.st_size)
        return bylaw__fail(err, BYLAW_EUSAGE, "store.missing", path,
                           "the file is empty");
    return 0;
}

static int open_handle(bylaw__store *store, enum bylaw__store_mode mode,
                       struct bylaw_error *err)
{
    /* A reader, too, opens for writing where it may: only so can it undo
     * what a killed writer left half done. query_only keeps it a reader. */
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code;

    if (mode == BYLAW__STORE_CREATE)
        flags |= SQLITE_OPEN_CREATE;
    code = sqlite3_open_v2(store->path, &store->db, flags, NULL);
    if (code)
        return bylaw__store_fail(store->db, code, store->path, err);
    sqlite3_busy_timeout(store->db, PATIENCE_MS);
    if (mode != BYLAW__STORE_READ && sqlite3_db_readonly(store->db, "main"))
        return bylaw__fail(err, BYLAW_EIO, "store.read-only", store->path,
                           "it cannot be written to");
    return 0;
}

static int set_up(bylaw__store *store, enum bylaw__store_mode mode,
                  struct bylaw_error *err)
{
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 1},
    };
    /* Truncating the journal is flushed to disk under FULL, unlike deleting
     * it, so what was acknowledged outlives a power cut. */
    static const char pragmas[] =
        "PRAGMA cell_size_check = ON; PRAGMA recursive_triggers = ON;"
        "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL;";
    int code = 0;

    for (size_t i = 0; !code && i < sizeof(options) / sizeof(options[0]); i++)
        code = sqlite3_db_config(store->db, options[i].option, options[i].value,
                                 NULL);
    if (!code)
        code = bylaw__store_teach(store->db);
    if (!code)
        code = sqlite3_exec(store->db,
                            mode == BYLAW__STORE_READ
                                ? "PRAGMA cell_size_check = ON;"
                                  "PRAGMA query_only = ON;"
                                : pragmas,
                            NULL, NULL, NULL);
    return code ? bylaw__store_fail(store->db, code, store->path, err) : 0;
}

/* Whose file it is, and whether this program is the one to open it. */
static int check_identity(bylaw__store *store, enum bylaw__store_mode mode,
                          struct bylaw_error *err)
{
    int latest = bylaw__migrations[bylaw__migration_count - 1].version;
    int64_t application, version;
    int rc = bylaw__store_pragma(&application, store->db,
                                 "PRAGMA application_id", store->path, err);

    if (!rc)
        rc = bylaw__store_pragma(&version, store->db, "PRAGMA user_version",
                                 store->path, err);
    if (rc)
        return rc;
    if (application != BYLAW__STORE_APPLICATION)
        return bylaw__fail(err, BYLAW_EUNSUPPORTED, "store.foreign",
                           store->path, "it is a database of another program");
    if (version > latest)
        return bylaw__fail(err, BYLAW_EUNSUPPORTED, "store.newer", store->path,
                           "it has version %d, and this program knows %d",
                           (int)version, latest);
    if (version < 1 && mode != BYLAW__STORE_READ)
        return bylaw__fail(err, BYLAW_EIO, "store.damaged", store->path,
                           "it has version %d, which never was", (int)version);
    if (version < latest && mode == BYLAW__STORE_READ)
        return bylaw__fail(err, BYLAW_EUNSUPPORTED, "store.older", store->path,
                           "it has version %d, and this program needs %d",
                           (int)version, latest);
    return 0;
}

/* Between the look at the file and now, another process may have made it. */
static int check_still_empty(bylaw__store *store, struct bylaw_error *err)
{
    int64_t pages;
    int rc = bylaw__store_pragma(&pages, store->db, "PRAGMA page_count",
                                 store->path, err);

    if (!rc && pages)
        rc = bylaw__fail(err, BYLAW_EUSAGE, "store.exists", store->path,
                         "another process just made it");
    return rc;
}

static int prepare(bylaw__store *store, enum bylaw__store_mode mode,
                   struct bylaw_error *err)
{
    int rc = open_handle(store, mode, err);

    if (!rc && mode != BYLAW__STORE_CREATE)
        rc = check_identity(store, mode, err);
    if (!rc)
        rc = set_up(store, mode, err);
    if (!rc && mode == BYLAW__STORE_CREATE)
        rc = check_still_empty(store, err);
    if (!rc && mode != BYLAW__STORE_READ)
        rc = bylaw__store_migrate(store->db, store->path, bylaw__migrations,
                                  bylaw__migration_count, err);
    return rc;
}

int bylaw__store_open(bylaw__store **out, const char *path,
                      enum bylaw__store_mode mode, struct bylaw_error *err)
{
    bylaw__store *store = NULL;
    int rc = check_file(path, mode, err);

    *out = NULL;
    if (rc)
        return rc;
    store = calloc(1, sizeof(*store));
    if (!store)
        return bylaw__fail_memory(err, path);
    store->path = plain_path(path);
    rc =
        store->path ? prepare(store, mode, err) : bylaw__fail_memory(err, path);
    if (rc) {
        bylaw__store_close(store);
        return rc;
    }
    *out = store;
    return 0;
}

void bylaw__store_close(bylaw__store *store)
{
    if (!store)
        return;
    for (size_t i = 0; i < BYLAW__SQL_COUNT; i++)
        sqlite3_finalize(store->cache[i]);
    sqlite3_close(store->db);
    free(store->path);
    free(store);
}

void bylaw__store_patience(bylaw__store *store, int ms)
{
    sqlite3_busy_timeout(store->db, ms);
}

/* ----------------------------------------------------------- checking --- */

static int fail_damaged(bylaw__store *store, const char *what,
                        struct bylaw_error *err)
{
    return bylaw__fail(err, BYLAW_EIO, "store.damaged", store->path, "%.400s",
                       what);
}

static int check_structure(bylaw__store *store, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, BYLAW__SQL_CHECK_STRUCTURE);
    const char *said;
    int rc = 0, ended;

    if (bylaw__sql_row(&sql)) {
        said = bylaw__sql_get_text(&sql, 0);
        if (said && strcmp(said, "ok"))
            rc = fail_damaged(store, said, err);
    }
    ended = bylaw__sql_end(&sql, rc ? NULL : err);
    return rc ? rc : ended;
}

static int check_empty(bylaw__store *store, enum bylaw__sql_id id,
                       const char *what, struct bylaw_error *err)
{
    struct bylaw__sql sql = bylaw__sql_start(store, id);
    bool has_rows = bylaw__sql_row(&sql);
    int rc = bylaw__sql_end(&sql, err);

    return !rc && has_rows ? fail_damaged(store, what, err) : rc;
}

/* What a case says follows from what the ledger holds row by row: visits,
 * matches and events. */
static const struct {
    enum bylaw__sql_id rows; /* that contradict */
    const char *what;
} contradictions[] = {
    {BYLAW__SQL_CHECK_KEYS, "a row refers to one that is not there"},
    {BYLAW__SQL_CHECK_CASES, "a case's state is not its last event's"},
    {BYLAW__SQL_CHECK_MATCHES,
     "a case rests on what was found on another page, or of another article"},
    {BYLAW__SQL_CHECK_NEWEST,
     "a case rests on an older finding than the newest"},
    {BYLAW__SQL_CHECK_REASONS, "a case's reason is not the one that was given"},
    {BYLAW__SQL_CHECK_EXPIRIES,
     "a case is allowed for another time than was decided"},
    {BYLAW__SQL_CHECK_TIMES,
     "a case's times are not those of its visits and events"},
};

int bylaw__store_check(bylaw__store *store, struct bylaw_error *err)
{
    int rc = check_structure(store, err);

    for (size_t i = 0;
         !rc && i < sizeof(contradictions) / sizeof(contradictions[0]); i++)
        rc = check_empty(store, contradictions[i].rows, contradictions[i].what,
                         err);
    return rc;
}
