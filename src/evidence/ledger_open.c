/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's file: made, opened, and its end found. */
#include "ledger_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATIENCE_MS 2000

/* Triggers stop mistakes, not an attacker, who can drop them; that is what
 * the hashes are for. */
static const char schema[] =
    "CREATE TABLE ledger (origin TEXT NOT NULL) STRICT;"
    "CREATE TABLE entries ("
    "  number INTEGER PRIMARY KEY CHECK (number >= 0),"
    "  due INTEGER NOT NULL,"
    "  at_ms INTEGER NOT NULL," /* UTC, milliseconds since 1970 */
    "  kind TEXT NOT NULL,"
    "  entry BLOB NOT NULL," /* its bytes: the four before follow from them */
    "  leaf BLOB NOT NULL"   /* SHA-256(0x00 || entry) */
    ") STRICT;"
    "CREATE TABLE checkpoints ("
    "  size INTEGER PRIMARY KEY CHECK (size > 0)," /* entries it covers */
    "  at_ms INTEGER NOT NULL,"
    "  note TEXT NOT NULL," /* signed */
    "  tree BLOB NOT NULL"  /* roots of its complete subtrees */
    ") STRICT;"
    "CREATE TRIGGER entries_stay BEFORE DELETE ON entries"
    "  BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;"
    "CREATE TRIGGER entries_hold BEFORE UPDATE ON entries"
    "  BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;"
    "CREATE TRIGGER checkpoints_stay BEFORE DELETE ON checkpoints"
    "  BEGIN SELECT RAISE(ABORT, 'checkpoints are never removed'); END;"
    "CREATE TRIGGER checkpoints_hold BEFORE UPDATE ON checkpoints"
    "  BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END;"
    "CREATE TABLE stamps ("
    "  id INTEGER PRIMARY KEY,"
    "  size INTEGER NOT NULL REFERENCES checkpoints," /* of the note stamped */
    "  at_ms INTEGER NOT NULL,"
    "  authority TEXT NOT NULL," /* address that was asked */
    "  answer BLOB NOT NULL"     /* TimeStampResp of RFC 3161, DER */
    ") STRICT;"
    "CREATE TRIGGER stamps_stay BEFORE DELETE ON stamps"
    "  BEGIN SELECT RAISE(ABORT, 'stamps are never removed'); END;"
    "CREATE TRIGGER stamps_hold BEFORE UPDATE ON stamps"
    "  BEGIN SELECT RAISE(ABORT, 'stamps are never changed'); END;"
    "PRAGMA application_id = 0x424c4447;"
    "PRAGMA user_version = 1;";

static const char *const texts[LEDGER_SQL_COUNT] = {
    [LEDGER_BEGIN] = "BEGIN IMMEDIATE",
    [LEDGER_COMMIT] = "COMMIT",
    [LEDGER_ROLLBACK] = "ROLLBACK",
    [LEDGER_ORIGIN] = "SELECT origin FROM ledger",
    [LEDGER_LAST] = "SELECT number, entry, leaf FROM entries"
                    " ORDER BY number DESC LIMIT 1",
    [LEDGER_DUE] = "SELECT due FROM entries WHERE due > 0"
                   " ORDER BY number DESC LIMIT 1",
    [LEDGER_LEAVES] =
        "SELECT number, leaf FROM entries WHERE number >= ?1 ORDER BY number",
    [LEDGER_NEWEST] =
        "SELECT size, note, tree FROM checkpoints ORDER BY size DESC LIMIT 1",
    [LEDGER_ADD] = "INSERT INTO entries (number, due, at_ms, kind, entry, leaf)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [LEDGER_SIGN] = "INSERT INTO checkpoints (size, at_ms, note, tree)"
                    " VALUES (?1, ?2, ?3, ?4)",
    [LEDGER_ROWS] = "SELECT number, due, at_ms, kind, entry, leaf FROM entries"
                    " WHERE number >= ?1 ORDER BY number",
    [LEDGER_CHECKPOINTS] =
        "SELECT size, at_ms, note FROM checkpoints ORDER BY size",
    [LEDGER_STAMP] = "INSERT INTO stamps (size, at_ms, authority, answer)"
                     " VALUES (?1, ?2, ?3, ?4)",
    [LEDGER_LAST_OF] = "SELECT entry FROM entries WHERE kind = ?1"
                       " ORDER BY number DESC LIMIT 1",
    [LEDGER_STAMPS] =
        "SELECT size, at_ms, authority, answer FROM stamps ORDER BY size, id",
};

/* ------------------------------------------------------------- failing --- */

int bylaw__ledger_fail(const bylaw__ledger *ledger, int code,
                       struct bylaw_error *err)
{
    static const struct {
        int sqlite, code;
        const char *id, *what;
    } rows[] = {
        {SQLITE_BUSY, BYLAW_EIO, "ledger.busy", "another process writes to it"},
        {SQLITE_FULL, BYLAW_EIO, "ledger.full", "there is no room left"},
        {SQLITE_CORRUPT, BYLAW_EIO, "ledger.damaged", "its file is broken"},
        {SQLITE_NOTADB, BYLAW_EUNSUPPORTED, "ledger.foreign",
         "it is no ledger"},
    };
    const char *said = ledger->db ? sqlite3_errmsg(ledger->db) : "";

    if (!code)
        return 0;
    if ((code & 0xff) == SQLITE_NOMEM)
        return bylaw__fail_memory(err, ledger->path);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (rows[i].sqlite == (code & 0xff))
            return bylaw__fail(err, rows[i].code, rows[i].id, ledger->path,
                               "%s (%s)", rows[i].what, said);
    return bylaw__fail(err, BYLAW_EIO, "ledger.io", ledger->path,
                       "reading or writing it failed (%s)", said);
}

static int fail_damaged(const bylaw__ledger *ledger, const char *what,
                        struct bylaw_error *err)
{
    return bylaw__fail(err, BYLAW_EIO, "ledger.damaged", ledger->path, "%s",
                       what);
}

/* ---------------------------------------------------------- statements --- */

sqlite3_stmt *bylaw__ledger_sql(bylaw__ledger *ledger, enum ledger_sql which,
                                struct bylaw_error *err)
{
    sqlite3_stmt **kept = &ledger->statements[which];
    int code;

    if (*kept) {
        sqlite3_reset(*kept);
        return *kept;
    }
    code = sqlite3_prepare_v3(ledger->db, texts[which], -1,
                              SQLITE_PREPARE_PERSISTENT, kept, NULL);
    if (code)
        bylaw__ledger_fail(ledger, code, err);
    return *kept;
}

int bylaw__ledger_run(bylaw__ledger *ledger, sqlite3_stmt *stmt,
                      struct bylaw_error *err)
{
    int code = stmt ? sqlite3_step(stmt) : SQLITE_ERROR;
    int rc = code == SQLITE_DONE ? 0 : bylaw__ledger_fail(ledger, code, err);

    sqlite3_reset(stmt);
    return rc;
}

struct bylaw_span bylaw__ledger_blob(sqlite3_stmt *stmt, int column)
{
    const char *bytes = sqlite3_column_blob(stmt, column);
    int len = sqlite3_column_bytes(stmt, column);

    return (struct bylaw_span){bytes ? bytes : "", len > 0 ? (size_t)len : 0};
}

/* -------------------------------------------------------------- handle --- */

static int set_up(bylaw__ledger *ledger, bool is_reader,
                  struct bylaw_error *err)
{
    /* EXTRA: the folder is synced, too, when the journal goes. */
    static const char writer[] =
        "PRAGMA cell_size_check = ON; PRAGMA recursive_triggers = ON;"
        "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA;";
    static const char reader[] =
        "PRAGMA cell_size_check = ON; PRAGMA query_only = ON;";
    int code =
        sqlite3_db_config(ledger->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);

    if (!code)
        code =
            sqlite3_db_config(ledger->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (!code)
        code = sqlite3_exec(ledger->db, is_reader ? reader : writer, NULL, NULL,
                            NULL);
    return bylaw__ledger_fail(ledger, code, err);
}

/* SQLite gives meaning to some names; with a folder before it none has. */
static char *plain_path(const char *path)
{
    struct bylaw__buf buf = {0};

    bylaw__buf_printf(&buf, "%s%s", path[0] == '/' ? "" : "./", path);
    return bylaw__buf_take(&buf, NULL);
}

static int new_handle(bylaw__ledger **out, const char *path, int flags,
                      struct bylaw_error *err)
{
    bylaw__ledger *ledger = calloc(1, sizeof(*ledger));
    int code;

    if (!ledger)
        return bylaw__fail_memory(err, path);
    *out = ledger;
    ledger->path = plain_path(path);
    if (!ledger->path)
        return bylaw__fail_memory(err, path);
    if (bylaw__sha256_new(&ledger->sha, err))
        return err ? err->code : BYLAW_EINTERNAL;
    bylaw__buf_init(&ledger->bytes, BYLAW_LIMIT_LEDGER_BODY + 1024);
    code = sqlite3_open_v2(ledger->path, &ledger->db,
                           flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                           NULL);
    sqlite3_busy_timeout(ledger->db, PATIENCE_MS);
    return bylaw__ledger_fail(ledger, code, err);
}

void bylaw__ledger_close(bylaw__ledger *ledger)
{
    if (!ledger)
        return;
    for (size_t i = 0; i < LEDGER_SQL_COUNT; i++)
        sqlite3_finalize(ledger->statements[i]);
    sqlite3_close(ledger->db);
    bylaw__sha256_free(ledger->sha);
    bylaw__buf_release(&ledger->bytes);
    free(ledger->path);
    free(ledger->origin);
    free(ledger);
}

/* -------------------------------------------------------------- making --- */

int bylaw__folder_sync(const char *path, struct bylaw_error *err)
{
    const char *slash = strrchr(path, '/');
    char *folder =
        slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path))
              : strdup(".");
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    int rc = fd >= 0 && !fsync(fd) ? 0 : -1;

    if (fd >= 0)
        close(fd);
    free(folder);
    return rc ? bylaw__fail(err, BYLAW_EIO, "ledger.io", path,
                            "its folder cannot be written to disk: %s",
                            strerror(errno))
              : 0;
}

static int fill(bylaw__ledger *ledger, const char *origin,
                struct bylaw_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_exec(ledger->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);

    if (!code)
        code = sqlite3_exec(ledger->db, schema, NULL, NULL, NULL);
    if (!code)
        code = sqlite3_prepare_v2(ledger->db,
                                  "INSERT INTO ledger (origin) VALUES (?1)", -1,
                                  &stmt, NULL);
    if (!code)
        code = sqlite3_bind_text(stmt, 1, origin, -1, SQLITE_STATIC);
    if (!code && (code = sqlite3_step(stmt)) == SQLITE_DONE)
        code = 0;
    sqlite3_finalize(stmt);
    if (!code)
        code = sqlite3_exec(ledger->db, "COMMIT", NULL, NULL, NULL);
    return bylaw__ledger_fail(ledger, code, err);
}

int bylaw__ledger_make(const char *path, const char *origin,
                       struct bylaw_error *err)
{
    bylaw__ledger *ledger = NULL;
    struct stat st;
    int rc;

    /* An empty file is one whose making was cut off before it began. */
    if (!stat(path, &st) && st.st_size)
        return bylaw__fail(err, BYLAW_EUSAGE, "ledger.exists", path,
                           "there is a file of that name already");
    rc = new_handle(&ledger, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                    err);
    if (!rc)
        rc = set_up(ledger, false, err);
    if (!rc)
        rc = fill(ledger, origin, err);
    bylaw__ledger_close(ledger);
    return rc ? rc : bylaw__folder_sync(path, err);
}

/* ------------------------------------------------------------- opening --- */

static int read_pragma(int64_t *out, bylaw__ledger *ledger, const char *pragma,
                       struct bylaw_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(ledger->db, pragma, -1, &stmt, NULL);

    *out = 0;
    if (!code && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        *out = sqlite3_column_int64(stmt, 0);
        code = 0;
    }
    sqlite3_finalize(stmt);
    return bylaw__ledger_fail(ledger, code, err);
}

static int read_origin(bylaw__ledger *ledger, struct bylaw_error *err)
{
    sqlite3_stmt *stmt = bylaw__ledger_sql(ledger, LEDGER_ORIGIN, err);
    const unsigned char *text;

    if (!stmt || sqlite3_step(stmt) != SQLITE_ROW)
        return fail_damaged(ledger, "it does not say which ledger it is", err);
    text = sqlite3_column_text(stmt, 0);
    ledger->origin = text ? strdup((const char *)text) : NULL;
    sqlite3_reset(stmt);
    return ledger->origin ? 0 : bylaw__fail_memory(err, ledger->path);
}

static int check_identity(bylaw__ledger *ledger, struct bylaw_error *err)
{
    int64_t application, version;
    int rc = read_pragma(&application, ledger, "PRAGMA application_id", err);

    if (!rc)
        rc = read_pragma(&version, ledger, "PRAGMA user_version", err);
    if (rc)
        return rc;
    if (application != BYLAW__LEDGER_APPLICATION)
        return bylaw__fail(err, BYLAW_EUNSUPPORTED, "ledger.foreign",
                           ledger->path, "it is no ledger");
    if (version != BYLAW__LEDGER_VERSION)
        return bylaw__fail(err, BYLAW_EUNSUPPORTED, "ledger.newer",
                           ledger->path,
                           "it has version %d, and this program knows %d",
                           (int)version, BYLAW__LEDGER_VERSION);
    return read_origin(ledger, err);
}

/* The newest checkpoint's tree, from which the rest is added up. */
static int read_newest(bylaw__ledger *ledger, struct bylaw_error *err)
{
    sqlite3_stmt *stmt = bylaw__ledger_sql(ledger, LEDGER_NEWEST, err);
    struct bylaw__tree *tree = &ledger->end.tree;
    struct bylaw__note note;
    struct bylaw__digest root;
    struct bylaw_span blob;
    int code = stmt ? sqlite3_step(stmt) : SQLITE_ERROR;
    int rc = 0;

    if (code != SQLITE_ROW) {
        sqlite3_reset(stmt);
        return code == SQLITE_DONE ? 0 : bylaw__ledger_fail(ledger, code, err);
    }
    blob = bylaw__ledger_blob(stmt, 2);
    tree->size = (uint64_t)sqlite3_column_int64(stmt, 0);
    tree->count = (unsigned)__builtin_popcountll(tree->size);
    if (blob.len != tree->count * sizeof(tree->roots[0]))
        rc = fail_damaged(ledger, "its newest checkpoint is damaged", err);
    else
        memcpy(tree->roots, blob.ptr, blob.len);
    if (!rc && (bylaw__tree_root(&root, tree, ledger->sha) ||
                bylaw__note_read(&note, bylaw__ledger_blob(stmt, 1), NULL) ||
                note.checkpoint.size != tree->size ||
                !bylaw__digest_eq(&root, &note.checkpoint.root)))
        rc = fail_damaged(ledger, "its newest checkpoint is another's", err);
    ledger->signed_size = tree->size;
    sqlite3_reset(stmt);
    return rc;
}

static int add_leaves(bylaw__ledger *ledger, struct bylaw_error *err)
{
    sqlite3_stmt *stmt = bylaw__ledger_sql(ledger, LEDGER_LEAVES, err);
    struct bylaw__tree *tree = &ledger->end.tree;
    struct bylaw__digest leaf;
    int rc = 0, code = SQLITE_ERROR;

    if (stmt)
        sqlite3_bind_int64(stmt, 1, (int64_t)tree->size);
    while (stmt && !rc && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        struct bylaw_span blob = bylaw__ledger_blob(stmt, 1);

        if ((uint64_t)sqlite3_column_int64(stmt, 0) != tree->size ||
            blob.len != sizeof(leaf.bytes)) {
            rc = fail_damaged(ledger, "its numbers have a gap", err);
            break;
        }
        memcpy(leaf.bytes, blob.ptr, blob.len);
        rc = bylaw__tree_add(tree, ledger->sha, &leaf);
    }
    if (!rc && code != SQLITE_DONE)
        rc = bylaw__ledger_fail(ledger, code, err);
    sqlite3_reset(stmt);
    return rc;
}

/* The last row is what the next one will be chained to. */
static int check_last(bylaw__ledger *ledger, struct bylaw_error *err)
{
    sqlite3_stmt *stmt = bylaw__ledger_sql(ledger, LEDGER_LAST, err);
    uint64_t size = ledger->end.tree.size;
    struct bylaw__entry entry;
    struct bylaw_span blob, leaf;
    int code = stmt ? sqlite3_step(stmt) : SQLITE_ERROR;
    int rc = 0;

    if (code == SQLITE_ROW) {
        blob = bylaw__ledger_blob(stmt, 1);
        leaf = bylaw__ledger_blob(stmt, 2);
        if (bylaw__entry_read(&entry, blob, NULL) ||
            bylaw__leaf_of(&ledger->end.head, ledger->sha, blob) ||
            entry.number + 1 != size ||
            leaf.len != sizeof(ledger->end.head.bytes) ||
            memcmp(ledger->end.head.bytes, leaf.ptr, leaf.len))
            rc = fail_damaged(ledger, "its last entry does not hold", err);
    } else if (code != SQLITE_DONE) {
        rc = bylaw__ledger_fail(ledger, code, err);
    } else if (size) {
        rc = fail_damaged(ledger, "its checkpoints tell of more entries", err);
    }
    sqlite3_reset(stmt);
    return rc;
}

static int read_due(bylaw__ledger *ledger, struct bylaw_error *err)
{
    sqlite3_stmt *stmt = bylaw__ledger_sql(ledger, LEDGER_DUE, err);
    int code = stmt ? sqlite3_step(stmt) : SQLITE_ERROR;

    if (code == SQLITE_ROW)
        ledger->end.due = sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
    return code == SQLITE_ROW || code == SQLITE_DONE
               ? 0
               : bylaw__ledger_fail(ledger, code, err);
}

static int find_end(bylaw__ledger *ledger, struct bylaw_error *err)
{
    int rc = read_newest(ledger, err);

    if (!rc)
        rc = add_leaves(ledger, err);
    if (!rc)
        rc = check_last(ledger, err);
    if (!rc)
        rc = read_due(ledger, err);
    ledger->kept = ledger->end;
    return rc;
}

static int open_as(bylaw__ledger **out, const char *path, bool is_reader,
                   struct bylaw_error *err)
{
    bylaw__ledger *ledger = NULL;
    struct stat st;
    int rc;

    *out = NULL;
    if (stat(path, &st) || !st.st_size)
        return bylaw__fail(err, BYLAW_EIO, "ledger.missing", path,
                           "there is no such file");
    /* A reader opens for writing where it may, to undo what a killed writer
     * left half done. */
    rc = new_handle(&ledger, path, SQLITE_OPEN_READWRITE, err);
    if (!rc)
        rc = set_up(ledger, is_reader, err);
    if (!rc)
        rc = check_identity(ledger, err);
    if (!rc && !is_reader)
        rc = find_end(ledger, err);
    if (rc)
        bylaw__ledger_close(ledger);
    else
        *out = ledger;
    return rc;
}

int bylaw__ledger_open(bylaw__ledger **out, const char *path,
                       struct bylaw_error *err)
{
    return open_as(out, path, false, err);
}

int bylaw__ledger_open_read(bylaw__ledger **out, const char *path,
                            struct bylaw_error *err)
{
    return open_as(out, path, true, err);
}
