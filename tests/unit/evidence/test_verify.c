/* SPDX-License-Identifier: Apache-2.0 */
/* Every way of tampering with a ledger is found, and its entry named. */
#include "ledgering.h"

static void test_verify__a_ledger_of_some_runs_holds(void **state)
{
    struct ledgering l = full_ledger(3);
    struct bylaw__anchors anchors = newest_anchor(&l);
    struct found found;

    (void)state;
    enter_many(&l, 2);
    assert_int_equal(bylaw__ledger_commit(l.ledger, NULL), 0);
    found = verify(&l, &anchors);
    assert_holds(&found);
    assert_int_equal(found.result.entries, 14);
    assert_int_equal(found.result.checkpoints, 3);
    assert_int_equal(found.result.signed_size, 12);
    assert_int_equal(found.result.anchored_size, 12);
    bylaw__anchors_release(&anchors);
    drop_ledger(&l);
}

/* SQL that an attacker without the key may run, and what gives it away. */
static void test_verify__finds_what_was_changed_past_the_program(void **state)
{
    static const struct {
        const char *sql, *id;
        int64_t entry;
    } attacks[] = {
        /* one word of a body */
        {"UPDATE entries SET entry = CAST(replace(CAST(entry AS TEXT),"
         " '\"row\":5', '\"row\":7') AS BLOB) WHERE number = 5",
         "verify.leaf", 5},
        {"UPDATE entries SET entry = x'00' WHERE number = 5", "verify.bytes",
         5},
        {"UPDATE entries SET entry = CAST(entry || x'0a' AS BLOB) WHERE number "
         "= 5",
         "verify.bytes", 5},
        {"UPDATE entries SET leaf = zeroblob(32) WHERE number = 5",
         "verify.leaf", 5},
        {"UPDATE entries SET leaf = x'' WHERE number = 5", "verify.leaf", 5},
        /* columns that follow from the bytes */
        {"UPDATE entries SET kind = 'state' WHERE number = 5", "verify.column",
         5},
        {"UPDATE entries SET at_ms = at_ms + 1 WHERE number = 5",
         "verify.column", 5},
        {"UPDATE entries SET due = 99 WHERE number = 5", "verify.column", 5},
        /* removed */
        {"DELETE FROM entries WHERE number = 5", "verify.number", 5},
        {"DELETE FROM entries WHERE number = 0", "verify.number", 0},
        /* removed, and the rest renumbered */
        {"DELETE FROM entries WHERE number = 5;"
         "UPDATE entries SET number = number - 1 WHERE number > 5",
         "verify.column", 5},
        /* inserted: a copy of another */
        {"UPDATE entries SET number = number + 1000 WHERE number > 5;"
         "UPDATE entries SET number = number - 999 WHERE number > 999;"
         "INSERT INTO entries SELECT 6, due, at_ms, kind, entry, leaf"
         " FROM entries WHERE number = 3",
         "verify.column", 6},
        /* swapped */
        {"UPDATE entries SET number = 100 WHERE number = 5;"
         "UPDATE entries SET number = 5 WHERE number = 6;"
         "UPDATE entries SET number = 6 WHERE number = 100",
         "verify.column", 5},
        /* checkpoints */
        {"UPDATE checkpoints SET note = replace(note, '8', '7') WHERE size = 8",
         "verify.checkpoint", -1},
        {"UPDATE checkpoints SET size = 9 WHERE size = 8", "verify.checkpoint",
         -1},
        {"UPDATE checkpoints SET note = 'nothing' WHERE size = 8",
         "verify.checkpoint", -1},
        {"UPDATE checkpoints SET note ="
         " substr(note, 1, length(note) - 20) || 'AAAA' ||"
         " substr(note, length(note) - 15) WHERE size = 8",
         "verify.signature", -1},
        {"DELETE FROM entries WHERE number > 9", "verify.short", 10},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
        struct ledgering l = full_ledger(3);
        struct found found;

        print_message("%s\n", attacks[i].sql);
        close_ledger(&l);
        tamper(&l, attacks[i].sql);
        found = verify(&l, NULL);
        assert_fault(&found, attacks[i].id, attacks[i].entry);
        drop_ledger(&l);
    }
}

/* ------------------------------------------------- hashed anew, in full --- */

struct rewriting {
    sqlite3 *db;
    struct bylaw__digest head;
    bylaw__sha256 *sha;
    int64_t from;
};

static void put(struct rewriting *r, int64_t number, struct bylaw_span bytes)
{
    sqlite3_stmt *stmt = NULL;

    assert_int_equal(sqlite3_prepare_v2(r->db,
                                        "UPDATE entries SET entry = ?2,"
                                        " leaf = ?3 WHERE number = ?1",
                                        -1, &stmt, NULL),
                     SQLITE_OK);
    sqlite3_bind_int64(stmt, 1, number);
    sqlite3_bind_blob(stmt, 2, bytes.ptr, (int)bytes.len, SQLITE_STATIC);
    sqlite3_bind_blob(stmt, 3, r->head.bytes, sizeof(r->head.bytes),
                      SQLITE_STATIC);
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
    sqlite3_finalize(stmt);
}

static int rewrite_row(void *payload, const struct bylaw__ledger_row *row)
{
    struct rewriting *r = payload;
    struct bylaw__entry entry;
    struct bylaw__buf bytes = {0};

    assert_int_equal(bylaw__entry_read(&entry, row->bytes, NULL), 0);
    if (row->number > 0)
        memcpy(entry.before, r->head.bytes, sizeof(entry.before));
    if (row->number == r->from)
        entry.body = BYLAW__SPAN("{\"row\":1,\"by\":\"an attacker\"}");
    assert_int_equal(bylaw__entry_write(&bytes, &entry, NULL), 0);
    bylaw__leaf_of(&r->head, r->sha, bylaw__buf_span(&bytes));
    if (row->number >= r->from)
        put(r, row->number, bylaw__buf_span(&bytes));
    bylaw__buf_release(&bytes);
    return 0;
}

/* Changes one entry, and every hash that follows from it. */
static void rewrite_from(struct ledgering *l, int64_t from)
{
    struct rewriting r = {.from = from};
    bylaw__ledger *ledger = NULL;
    struct bylaw_error err = {0};

    close_ledger(l);
    tamper(l, "");
    assert_int_equal(bylaw__sha256_new(&r.sha, NULL), 0);
    assert_int_equal(sqlite3_open(l->path, &r.db), SQLITE_OK);
    sqlite3_busy_timeout(r.db, 100);
    /* Its own handle may not stand in the way: rows are read from a copy. */
    assert_int_equal(sqlite3_exec(r.db, "PRAGMA journal_mode = MEMORY", NULL,
                                  NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(r.db);
    {
        char copy[128], command[300];

        snprintf(copy, sizeof(copy), "%s/copy.db", l->folder);
        snprintf(command, sizeof(command), "cp %s %s", l->path, copy);
        assert_int_equal(system(command), 0);
        assert_done(bylaw__ledger_open_read(&ledger, copy, &err), &err);
    }
    assert_int_equal(sqlite3_open(l->path, &r.db), SQLITE_OK);
    assert_done(bylaw__ledger_rows(ledger, 0, rewrite_row, &r, &err), &err);
    sqlite3_close(r.db);
    bylaw__ledger_close(ledger);
    bylaw__sha256_free(r.sha);
}

static void test_verify__a_tail_hashed_anew_breaks_the_signature(void **state)
{
    struct ledgering l = full_ledger(3);
    struct found found;

    (void)state;
    rewrite_from(&l, 9);
    found = verify(&l, NULL);
    assert_int_equal(found.count, 1);
    assert_fault(&found, "verify.root", 8); /* 8 to 11 were signed last */
    assert_int_equal(found.result.signed_size, 8);
    drop_ledger(&l);
}

/* What was not signed yet can be written anew; that is what is said of it. */
static void test_verify__counts_what_no_checkpoint_covers(void **state)
{
    struct ledgering l = full_ledger(2);
    struct found found;

    (void)state;
    enter_many(&l, 3);
    bylaw__ledger_commit(l.ledger, NULL);
    rewrite_from(&l, 9);
    found = verify(&l, NULL);
    assert_holds(&found);
    assert_int_equal(found.result.entries - found.result.signed_size, 3);
    drop_ledger(&l);
}

/* ------------------------------------------------- with the key in hand --- */

static void sign_anew(struct ledgering *l)
{
    tamper(l, "DELETE FROM checkpoints");
    open_ledger(l);
    seal(l);
}

static void test_verify__an_anchor_gives_a_new_history_away(void **state)
{
    struct ledgering l = full_ledger(3);
    struct bylaw__anchors anchors = newest_anchor(&l);
    struct found found;

    (void)state;
    rewrite_from(&l, 5);
    sign_anew(&l);
    found = verify(&l, NULL);
    assert_holds(&found); /* nothing inside gives it away ... */
    found = verify(&l, &anchors);
    assert_int_equal(found.count, 1);
    assert_fault(&found, "verify.anchor", 0);
    assert_int_equal(found.result.anchored_size, 0);
    bylaw__anchors_release(&anchors);
    drop_ledger(&l);
}

static void test_verify__an_anchor_gives_a_cut_ledger_away(void **state)
{
    struct ledgering l = full_ledger(3);
    struct bylaw__anchors anchors = newest_anchor(&l);
    struct found found;

    (void)state;
    close_ledger(&l);
    tamper(&l, "DELETE FROM entries WHERE number >= 8;"
               "DELETE FROM checkpoints WHERE size > 8");
    found = verify(&l, NULL);
    assert_holds(&found);
    found = verify(&l, &anchors);
    assert_int_equal(found.count, 1);
    assert_fault(&found, "verify.short", 8);
    bylaw__anchors_release(&anchors);
    drop_ledger(&l);
}

/* An older copy that went on differently: two ledgers of one size. */
static void test_verify__an_anchor_gives_a_fork_away(void **state)
{
    struct ledgering l = full_ledger(2);
    struct bylaw__anchors anchors = newest_anchor(&l);
    struct found found;

    (void)state;
    enter_many(&l, 4);
    seal(&l);
    keep_anchor(&anchors, &l);
    close_ledger(&l);
    tamper(&l, "DELETE FROM entries WHERE number >= 8;"
               "DELETE FROM checkpoints WHERE size > 8");
    open_ledger(&l);
    for (int i = 0; i < 4; i++)
        enter(&l, "state", "{\"by\":\"somebody else\"}", 8 + i);
    seal(&l);
    found = verify(&l, NULL);
    assert_holds(&found);
    found = verify(&l, &anchors);
    assert_int_equal(found.count, 1);
    assert_fault(&found, "verify.anchor", 8);
    bylaw__anchors_release(&anchors);
    drop_ledger(&l);
}

/* ------------------------------------------------------------------ keys --- */

static void test_verify__refuses_a_key_that_was_put_in_place(void **state)
{
    struct ledgering l = full_ledger(2);
    struct found found;

    (void)state;
    new_key(&l, "other.key");
    enter_many(&l, 4);
    seal(&l);
    found = verify(&l, NULL);
    assert_int_equal(found.count, 1);
    assert_fault(&found, "verify.key", -1);
    assert_int_equal(found.result.signed_size, 8);
    drop_ledger(&l);
}

static void test_verify__takes_a_key_that_an_entry_names(void **state)
{
    struct ledgering l = full_ledger(2);
    bylaw__key *old = l.key;
    struct found found;

    (void)state;
    l.key = NULL;
    new_key(&l, "other.key");
    enter_key(&l, "key");
    assert_int_equal(bylaw__ledger_checkpoint(l.ledger, old, TODAY, NULL), 0);
    enter_many(&l, 4);
    seal(&l);
    found = verify(&l, NULL);
    assert_holds(&found);
    assert_int_equal(found.result.keys, 2);
    assert_int_equal(found.result.signed_size, 13);
    /* From then on the old one signs nothing any more. */
    enter_many(&l, 1);
    assert_int_equal(bylaw__ledger_checkpoint(l.ledger, old, TODAY, NULL), 0);
    found = verify(&l, NULL);
    assert_fault(&found, "verify.key", -1);
    bylaw__key_free(old);
    drop_ledger(&l);
}

static void test_verify__refuses_an_anchor_of_another_ledger(void **state)
{
    struct ledgering l = full_ledger(2), other = full_ledger(2);
    struct bylaw__anchors anchors = newest_anchor(&other);
    struct found found = verify(&l, &anchors);

    (void)state;
    assert_fault(&found, "verify.key", -1);
    assert_int_equal(found.result.anchored_size, 0);
    bylaw__anchors_release(&anchors);
    drop_ledger(&other);
    drop_ledger(&l);
}

/* ------------------------------------------------------------------ time --- */

static void check_clock(int64_t utc, int64_t ticks, const char *boot,
                        bool is_found)
{
    struct ledgering l = new_ledger();
    struct found found;

    enter_many(&l, 3);
    l.now.utc_ms += utc;
    l.now.ticks_ms += ticks;
    snprintf(l.now.boot, sizeof(l.now.boot), "%s", boot);
    enter_many(&l, 1);
    seal(&l);
    found = verify(&l, NULL);
    if (is_found)
        assert_fault(&found, "verify.clock", 4);
    else
        assert_holds(&found);
    drop_ledger(&l);
}

static void test_verify__finds_a_clock_that_was_set(void **state)
{
    static const char other[] = "99999999-2222-3333-4444-555555555555";

    (void)state;
    check_clock(3600000, 3600000, BOOT, false);
    check_clock(-3600000, 0, BOOT, true);
    check_clock(3600000, 0, BOOT, true);
    check_clock(0, 3600000, BOOT, true);
    check_clock(1000, 0, BOOT, false); /* as clocks are kept right */
    check_clock(3600000, -4000, other, false);
    check_clock(-3600000, -4000, other, true);
    check_clock(3600000, 0, "", false);
    check_clock(-3600000, 0, "", true);
}

static void
test_verify__finds_what_the_workspace_recorded_left_out(void **state)
{
    struct ledgering l = full_ledger(2);
    struct found found;

    (void)state;
    l.due++;
    enter_many(&l, 1);
    seal(&l);
    found = verify(&l, NULL);
    assert_int_equal(found.count, 1);
    assert_fault(&found, "verify.due", 8);
    drop_ledger(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verify__a_ledger_of_some_runs_holds),
        cmocka_unit_test(test_verify__finds_what_was_changed_past_the_program),
        cmocka_unit_test(test_verify__a_tail_hashed_anew_breaks_the_signature),
        cmocka_unit_test(test_verify__counts_what_no_checkpoint_covers),
        cmocka_unit_test(test_verify__an_anchor_gives_a_new_history_away),
        cmocka_unit_test(test_verify__an_anchor_gives_a_cut_ledger_away),
        cmocka_unit_test(test_verify__an_anchor_gives_a_fork_away),
        cmocka_unit_test(test_verify__refuses_a_key_that_was_put_in_place),
        cmocka_unit_test(test_verify__takes_a_key_that_an_entry_names),
        cmocka_unit_test(test_verify__refuses_an_anchor_of_another_ledger),
        cmocka_unit_test(test_verify__finds_a_clock_that_was_set),
        cmocka_unit_test(
            test_verify__finds_what_the_workspace_recorded_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
