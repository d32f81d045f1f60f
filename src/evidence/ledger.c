/* SPDX-License-Identifier: Apache-2.0 */
/* Adding to the ledger, signing it, and giving its rows back. */
#include "ledger_int.h"

const char *bylaw__ledger_origin(const bylaw__ledger *ledger)
{
    return ledger->origin;
}

uint64_t bylaw__ledger_size(const bylaw__ledger *ledger)
{
    return ledger->end.tree.size;
}

int64_t bylaw__ledger_due(const bylaw__ledger *ledger)
{
    return ledger->end.due;
}

/* -------------------------------------------------------------- adding --- */

static int begin(bylaw__ledger *ledger, struct bylaw_error *err)
{
    int rc;

    if (ledger->has_batch)
        return 0;
    rc = bylaw__ledger_run(ledger, bylaw__ledger_sql(ledger, LEDGER_BEGIN, err),
                           err);
    ledger->has_batch = !rc;
    return rc;
}

/* A failure undoes the whole batch: a ledger with a gap is none. */
static int give_up(int rc, bylaw__ledger *ledger)
{
    if (ledger->has_batch && !sqlite3_get_autocommit(ledger->db))
        bylaw__ledger_run(ledger,
                          bylaw__ledger_sql(ledger, LEDGER_ROLLBACK, NULL),
                          NULL);
    ledger->has_batch = false;
    ledger->end = ledger->kept;
    return rc;
}

static int insert(bylaw__ledger *ledger, const struct bylaw__entry *entry,
                  const struct bylaw__digest *leaf, struct bylaw_error *err)
{
    sqlite3_stmt *stmt = bylaw__ledger_sql(ledger, LEDGER_ADD, err);

    if (!stmt)
        return BYLAW_EIO;
    sqlite3_bind_int64(stmt, 1, (int64_t)entry->number);
    sqlite3_bind_int64(stmt, 2, entry->due);
    sqlite3_bind_int64(stmt, 3, entry->at.utc_ms);
    sqlite3_bind_text(stmt, 4, entry->kind.ptr, (int)entry->kind.len,
                      SQLITE_STATIC);
    sqlite3_bind_blob(stmt, 5, ledger->bytes.ptr, (int)ledger->bytes.len,
                      SQLITE_STATIC);
    sqlite3_bind_blob(stmt, 6, leaf->bytes, sizeof(leaf->bytes), SQLITE_STATIC);
    return bylaw__ledger_run(ledger, stmt, err);
}

static int add(bylaw__ledger *ledger, const struct bylaw__entry *entry,
               struct bylaw_error *err)
{
    struct bylaw__digest leaf;
    int rc;

    bylaw__buf_clear(&ledger->bytes);
    rc = bylaw__entry_write(&ledger->bytes, entry, err);
    if (!rc &&
        bylaw__leaf_of(&leaf, ledger->sha, bylaw__buf_span(&ledger->bytes)))
        rc = bylaw__fail(err, BYLAW_EINTERNAL, "base.defect", ledger->path,
                         "SHA-256 failed");
    if (!rc)
        rc = insert(ledger, entry, &leaf, err);
    if (!rc)
        rc = bylaw__tree_add(&ledger->end.tree, ledger->sha, &leaf);
    if (!rc) {
        ledger->end.head = leaf;
        if (entry->due > ledger->end.due)
            ledger->end.due = entry->due;
    }
    return rc;
}

int bylaw__ledger_add(bylaw__ledger *ledger, const char *kind,
                      struct bylaw_span body, int64_t due,
                      const struct bylaw__moment *at, struct bylaw_error *err)
{
    struct bylaw__entry entry = {.number = ledger->end.tree.size,
                                 .due = due,
                                 .at = *at,
                                 .kind = bylaw__span_of(kind),
                                 .body = body};
    int rc = begin(ledger, err);

    memcpy(entry.before, ledger->end.head.bytes, sizeof(entry.before));
    if (!rc)
        rc = add(ledger, &entry, err);
    return rc ? give_up(rc, ledger) : 0;
}

int bylaw__ledger_commit(bylaw__ledger *ledger, struct bylaw_error *err)
{
    int rc;

    if (!ledger->has_batch)
        return 0;
    rc = bylaw__ledger_run(ledger,
                           bylaw__ledger_sql(ledger, LEDGER_COMMIT, err), err);
    if (rc)
        return give_up(rc, ledger);
    ledger->has_batch = false;
    ledger->kept = ledger->end;
    return 0;
}

/* -------------------------------------------------------- checkpoints --- */

static int keep_note(bylaw__ledger *ledger, struct bylaw_span note,
                     int64_t now_ms, struct bylaw_error *err)
{
    const struct bylaw__tree *tree = &ledger->end.tree;
    sqlite3_stmt *stmt = bylaw__ledger_sql(ledger, LEDGER_SIGN, err);

    if (!stmt)
        return BYLAW_EIO;
    sqlite3_bind_int64(stmt, 1, (int64_t)tree->size);
    sqlite3_bind_int64(stmt, 2, now_ms);
    sqlite3_bind_text(stmt, 3, note.ptr, (int)note.len, SQLITE_STATIC);
    sqlite3_bind_blob(stmt, 4, tree->roots,
                      (int)(tree->count * sizeof(tree->roots[0])),
                      SQLITE_STATIC);
    return bylaw__ledger_run(ledger, stmt, err);
}

int bylaw__ledger_checkpoint(bylaw__ledger *ledger, const bylaw__key *key,
                             int64_t now_ms, struct bylaw_error *err)
{
    struct bylaw__checkpoint checkpoint = {.origin =
                                               bylaw__span_of(ledger->origin)};
    struct bylaw__buf note = {0};
    int rc = bylaw__ledger_commit(ledger, err);

    checkpoint.size = ledger->end.tree.size;
    if (rc || !checkpoint.size || checkpoint.size == ledger->signed_size)
        return rc;
    rc = bylaw__tree_root(&checkpoint.root, &ledger->end.tree, ledger->sha);
    if (!rc)
        rc = bylaw__note_sign(&note, &checkpoint, key, err);
    if (!rc)
        rc = keep_note(ledger, bylaw__buf_span(&note), now_ms, err);
    if (!rc)
        ledger->signed_size = checkpoint.size;
    bylaw__buf_release(&note);
    return rc;
}

int bylaw__ledger_newest(struct bylaw__buf *out, bylaw__ledger *ledger,
                         struct bylaw_error *err)
{
    sqlite3_stmt *stmt = bylaw__ledger_sql(ledger, LEDGER_NEWEST, err);
    int code = stmt ? sqlite3_step(stmt) : SQLITE_ERROR;

    if (code == SQLITE_ROW)
        bylaw__buf_add_span(out, bylaw__ledger_blob(stmt, 1));
    sqlite3_reset(stmt);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return bylaw__ledger_fail(ledger, code, err);
    return out->failed ? bylaw__fail_memory(err, ledger->path) : 0;
}

/* ---------------------------------------------------------------- rows --- */

int bylaw__ledger_rows(bylaw__ledger *ledger, uint64_t from,
                       bylaw__ledger_row_fn *each, void *payload,
                       struct bylaw_error *err)
{
    sqlite3_stmt *stmt = bylaw__ledger_sql(ledger, LEDGER_ROWS, err);
    int code = SQLITE_ERROR, answer = 0;

    if (stmt)
        sqlite3_bind_int64(stmt, 1, (int64_t)from);
    while (stmt && !answer && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        struct bylaw__ledger_row row = {
            .number = sqlite3_column_int64(stmt, 0),
            .due = sqlite3_column_int64(stmt, 1),
            .at_ms = sqlite3_column_int64(stmt, 2),
            .kind = bylaw__ledger_blob(stmt, 3),
            .bytes = bylaw__ledger_blob(stmt, 4),
            .leaf = bylaw__ledger_blob(stmt, 5),
        };

        answer = each(payload, &row);
    }
    sqlite3_reset(stmt);
    if (answer || code == SQLITE_DONE)
        return answer;
    return bylaw__ledger_fail(ledger, code, err);
}

int bylaw__ledger_checkpoints(bylaw__ledger *ledger,
                              bylaw__checkpoint_row_fn *each, void *payload,
                              struct bylaw_error *err)
{
    sqlite3_stmt *stmt = bylaw__ledger_sql(ledger, LEDGER_CHECKPOINTS, err);
    int code = SQLITE_ERROR, answer = 0;

    while (stmt && !answer && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        struct bylaw__checkpoint_row row = {
            .size = sqlite3_column_int64(stmt, 0),
            .at_ms = sqlite3_column_int64(stmt, 1),
            .note = bylaw__ledger_blob(stmt, 2),
        };

        answer = each(payload, &row);
    }
    sqlite3_reset(stmt);
    if (answer || code == SQLITE_DONE)
        return answer;
    return bylaw__ledger_fail(ledger, code, err);
}

int bylaw__ledger_stamp(bylaw__ledger *ledger, uint64_t size,
                        const char *authority, struct bylaw_span answer,
                        int64_t now_ms, struct bylaw_error *err)
{
    sqlite3_stmt *stmt = bylaw__ledger_sql(ledger, LEDGER_STAMP, err);

    if (!stmt)
        return BYLAW_EIO;
    sqlite3_bind_int64(stmt, 1, (int64_t)size);
    sqlite3_bind_int64(stmt, 2, now_ms);
    sqlite3_bind_text(stmt, 3, authority, -1, SQLITE_STATIC);
    sqlite3_bind_blob(stmt, 4, answer.ptr, (int)answer.len, SQLITE_STATIC);
    return bylaw__ledger_run(ledger, stmt, err);
}

int bylaw__ledger_stamps(bylaw__ledger *ledger, bylaw__stamp_row_fn *each,
                         void *payload, struct bylaw_error *err)
{
    sqlite3_stmt *stmt = bylaw__ledger_sql(ledger, LEDGER_STAMPS, err);
    int code = SQLITE_ERROR, answer = 0;

    while (stmt && !answer && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        const unsigned char *authority = sqlite3_column_text(stmt, 2);
        struct bylaw__stamp_row row = {
            .size = sqlite3_column_int64(stmt, 0),
            .at_ms = sqlite3_column_int64(stmt, 1),
            .authority = authority ? (const char *)authority : "",
            .answer = bylaw__ledger_blob(stmt, 3),
        };

        answer = each(payload, &row);
    }
    sqlite3_reset(stmt);
    if (answer || code == SQLITE_DONE)
        return answer;
    return bylaw__ledger_fail(ledger, code, err);
}

int bylaw__ledger_last_of(struct bylaw__buf *out, bylaw__ledger *ledger,
                          const char *kind, struct bylaw_error *err)
{
    sqlite3_stmt *stmt = bylaw__ledger_sql(ledger, LEDGER_LAST_OF, err);
    struct bylaw__entry entry;
    int code = SQLITE_ERROR, rc = 0;

    if (stmt) {
        sqlite3_bind_text(stmt, 1, kind, -1, SQLITE_STATIC);
        code = sqlite3_step(stmt);
    }
    if (code == SQLITE_ROW) {
        rc = bylaw__entry_read(&entry, bylaw__ledger_blob(stmt, 0), err);
        if (!rc)
            bylaw__buf_add_span(out, entry.body);
    } else if (code != SQLITE_DONE) {
        rc = bylaw__ledger_fail(ledger, code, err);
    }
    sqlite3_reset(stmt);
    return !rc && out->failed ? bylaw__fail_memory(err, ledger->path) : rc;
}
