/* SPDX-License-Identifier: Apache-2.0 */
/* Which files the store opens, what it says of others, how it migrates. */
#include "workspace.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void write_file(const struct workspace *ws, const char *text, size_t len)
{
    FILE *file = fopen(ws->path, "wb");

    assert_non_null(file);
    assert_int_equal(len, fwrite(text, 1, len, file));
    fclose(file);
}

static void test_store_open__makes_a_file_that_opens_again(void **state)
{
    struct workspace ws = new_workspace();

    (void)state;
    reopen(&ws);
    assert_int_equal(number(&ws, "PRAGMA user_version"),
                     bylaw__migrations[bylaw__migration_count - 1].version);
    assert_int_equal(number(&ws, "PRAGMA application_id"),
                     BYLAW__STORE_APPLICATION);
    drop(&ws);
}

static void test_store_open__never_overwrites(void **state)
{
    struct workspace ws = new_workspace();

    (void)state;
    shut(&ws);
    check_opens_with(&ws, BYLAW__STORE_CREATE, "store.exists");
    check_opens_with(&ws, BYLAW__STORE_WRITE, NULL);
    drop(&ws);
}

static void test_store_open__says_when_nothing_is_there(void **state)
{
    struct workspace ws;

    (void)state;
    make_folder(&ws);
    check_opens_with(&ws, BYLAW__STORE_WRITE, "store.missing");
    check_opens_with(&ws, BYLAW__STORE_READ, "store.missing");
    snprintf(ws.path, sizeof(ws.path), "%s", ":memory:");
    check_opens_with(&ws, BYLAW__STORE_READ, "store.missing");
    ws.path[0] = 0;
    check_opens_with(&ws, BYLAW__STORE_READ, "store.missing");
    drop(&ws);
}

static void test_store_open__finishes_a_file_whose_making_was_cut(void **state)
{
    struct workspace ws;

    (void)state;
    make_folder(&ws);
    write_file(&ws, "", 0);
    check_opens_with(&ws, BYLAW__STORE_WRITE, "store.missing");
    check_opens_with(&ws, BYLAW__STORE_CREATE, NULL);
    check_opens_with(&ws, BYLAW__STORE_WRITE, NULL);
    drop(&ws);
}

static void test_store_open__leaves_foreign_files_alone(void **state)
{
    static const char text[] = "# notes\nnot a database at all\n";
    struct workspace ws;
    char kept[sizeof(text)] = "";
    FILE *file;

    (void)state;
    make_folder(&ws);
    write_file(&ws, text, sizeof(text) - 1);
    check_opens_with(&ws, BYLAW__STORE_WRITE, "store.foreign");
    check_opens_with(&ws, BYLAW__STORE_READ, "store.foreign");
    check_opens_with(&ws, BYLAW__STORE_CREATE, "store.exists");
    file = fopen(ws.path, "rb");
    assert_int_equal(sizeof(text) - 1, fread(kept, 1, sizeof(kept), file));
    fclose(file);
    assert_string_equal(kept, text);
    unlink(ws.path);

    tamper(&ws, "CREATE TABLE bookmarks (url)");
    check_opens_with(&ws, BYLAW__STORE_WRITE, "store.foreign");
    drop(&ws);
}

static void test_store_open__refuses_a_newer_version(void **state)
{
    struct workspace ws = new_workspace();

    (void)state;
    shut(&ws);
    tamper(&ws, "PRAGMA user_version = 1000");
    check_opens_with(&ws, BYLAW__STORE_WRITE, "store.newer");
    check_opens_with(&ws, BYLAW__STORE_READ, "store.newer");
    drop(&ws);
}

static void test_store_open__reads_no_older_version(void **state)
{
    struct workspace ws = new_workspace();

    (void)state;
    shut(&ws);
    tamper(&ws, "PRAGMA user_version = 0");
    check_opens_with(&ws, BYLAW__STORE_READ, "store.older");
    check_opens_with(&ws, BYLAW__STORE_WRITE, "store.damaged");
    drop(&ws);
}

/* A case of a page, seen twice, in the words of the first version. */
static const char populated[] =
    "INSERT INTO sources (name, spec, kind, title, added_ms, refreshed_ms)"
    " VALUES ('a', 'a.md', 'article', 'A', 1, 2);"
    "INSERT INTO hosts (name) VALUES ('a.example');"
    "INSERT INTO pages (kind, key, url, host, via, depth, due_ms, last_ms,"
    "  interval_ms, failures, status)"
    " VALUES ('page', 'http://a.example/', 'http://a.example/', 1, 'list', 0,"
    "  9, 20, 1, 0, 200),"
    " ('page', 'http://a.example/b', 'http://a.example/b', 1, 'link', 1, 9, 0,"
    "  0, 0, 0);"
    "INSERT INTO visits (page, fetched_ms, status, is_complete, is_changed)"
    " VALUES (1, 10, 200, 1, 1), (1, 20, 200, 1, 0);"
    "INSERT INTO matches (visit, source, verdict, because, severity,"
    "  confidence, match_class, coverage, audit)"
    " VALUES (1, 1, 'not-met', 'No link.', 3, 'high', 'full', 0.9, '{}'),"
    " (2, 1, 'not-met', 'No link.', 3, 'high', 'full', 0.9, '{}');"
    "INSERT INTO cases (page, source, state, before, sight, found_ms, away,"
    "  away_count, away_ms, unread, match, expires_ms, is_warned, first_ms,"
    "  last_ms, changed_ms)"
    " VALUES (1, 1, 'new', '', 'finding', 10, '', 0, 0, 0, 2, 0, 0, 10, 20,"
    "  20);"
    "INSERT INTO events (case_id, at_ms, state, before, what, by, why,"
    "  expires_ms, visit)"
    " VALUES (1, 20, 'new', '', 'confirmed by a second fetch', '', '', 0, 2);"
    "INSERT INTO scans (began_ms, ended_ms, outcome, fetched, matched, failed,"
    "  changed, last_event) VALUES (5, 25, 'complete', 2, 2, 0, 1, 0);"
    "INSERT INTO notes (name, at_ms, value) VALUES ('n', 1, x'6b657074');";

static const struct {
    const char *count;
    int rows;
} kept_rows[] = {
    {"SELECT count(*) FROM sources WHERE title = 'A'", 1},
    {"SELECT count(*) FROM pages WHERE url LIKE 'http://a.example/%'", 2},
    {"SELECT count(*) FROM visits WHERE archive IS NULL", 2},
    {"SELECT count(*) FROM matches WHERE because = 'No link.'", 2},
    {"SELECT count(*) FROM cases WHERE state = 'new' AND twin_of IS NULL", 1},
    {"SELECT count(*) FROM events WHERE state = 'new'", 1},
    {"SELECT count(*) FROM scans WHERE outcome = 'complete'", 1},
    {"SELECT count(*) FROM notes WHERE value = x'6b657074'", 1},
};

/* What every earlier version wrote is brought up to date, and nothing of it is
 * lost. */
static void test_store_open__migrates_from_each_version(void **state)
{
    (void)state;
    for (size_t i = 1; i < bylaw__migration_count; i++) {
        struct workspace ws;
        sqlite3 *db = NULL;

        make_folder(&ws);
        assert_int_equal(sqlite3_open(ws.path, &db), SQLITE_OK);
        assert_int_equal(bylaw__store_teach(db), SQLITE_OK);
        for (size_t k = 0; k < i; k++) {
            assert_int_equal(sqlite3_exec(db, bylaw__migrations[k].sql, NULL,
                                          NULL, NULL),
                             SQLITE_OK);
            if (!k)
                assert_int_equal(sqlite3_exec(db, populated, NULL, NULL, NULL),
                                 SQLITE_OK);
        }
        sqlite3_close(db);
        open_as(&ws, BYLAW__STORE_WRITE);
        assert_int_equal(number(&ws, "PRAGMA user_version"),
                         bylaw__migrations[bylaw__migration_count - 1].version);
        assert_int_equal(bylaw__store_check(ws.store, NULL), 0);
        for (size_t k = 0; k < sizeof(kept_rows) / sizeof(kept_rows[0]); k++)
            assert_int_equal(number(&ws, kept_rows[k].count),
                             kept_rows[k].rows);
        drop(&ws);
    }
}

static void test_store_open__says_when_the_file_is_damaged(void **state)
{
    struct workspace ws = new_workspace();
    struct bylaw_error err = {0};
    char junk[4096];
    int fd;

    (void)state;
    memset(junk, 0xa5, sizeof(junk));
    shut(&ws);
    fd = open(ws.path, O_WRONLY);
    /* Page 1 keeps its header, so it is ours; all others are overwritten. */
    for (off_t at = 4096; at < lseek(fd, 0, SEEK_END); at += 4096)
        assert_int_equal(4096, pwrite(fd, junk, 4096, at));
    close(fd);
    if (!bylaw__store_open(&ws.store, ws.path, BYLAW__STORE_WRITE, &err))
        bylaw__store_check(ws.store, &err);
    assert_string_equal(err.id, "store.damaged");
    drop(&ws);
}

static int open_as_nobody(const struct workspace *ws,
                          enum bylaw__store_mode mode, const char *want)
{
    struct bylaw_error err = {0};
    bylaw__store *store = NULL;

    if (geteuid() == 0 && (setegid(65534) || seteuid(65534)))
        return 2;
    bylaw__store_open(&store, ws->path, mode, &err);
    return strcmp(err.id ? err.id : "", want) != 0;
}

static void check_as_nobody(const struct workspace *ws,
                            enum bylaw__store_mode mode, const char *want)
{
    int status = 0;
    pid_t child = fork();

    if (!child)
        _exit(open_as_nobody(ws, mode, want));
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_int_equal(status, 0);
}

static void
test_store_open__reads_but_never_writes_read_only_files(void **state)
{
    struct workspace ws = new_workspace();

    (void)state;
    shut(&ws);
    chmod(ws.folder, 0755);
    chmod(ws.path, 0444);
    check_as_nobody(&ws, BYLAW__STORE_WRITE, "store.read-only");
    check_as_nobody(&ws, BYLAW__STORE_READ, "");
    drop(&ws);
}

static void test_store_open__a_reader_cannot_write(void **state)
{
    struct workspace ws = new_workspace();
    struct bylaw__source_row row = {.name = "a",
                                    .spec = "a",
                                    .kind = "article"};
    struct bylaw_error err = {0};

    (void)state;
    shut(&ws);
    open_as(&ws, BYLAW__STORE_READ);
    assert_true(bylaw__store_source_add(NULL, ws.store, &row, &err) < 0);
    assert_string_equal(err.id, "store.read-only");
    drop(&ws);
}

static void test_store_open__takes_no_name_for_a_uri(void **state)
{
    struct workspace ws;
    char kept[4096];

    (void)state;
    make_folder(&ws);
    assert_non_null(getcwd(kept, sizeof(kept)));
    assert_int_equal(0, chdir(ws.folder));
    snprintf(ws.path, sizeof(ws.path), "file:odd?mode=memory");
    check_opens_with(&ws, BYLAW__STORE_CREATE, NULL);
    assert_int_equal(0, access(ws.path, F_OK));
    drop(&ws);
    assert_int_equal(0, chdir(kept));
    rmdir(ws.folder);
}

static void test_store_migrate__runs_each_step_once_in_order(void **state)
{
    static const struct bylaw__migration steps[] = {
        {1, "CREATE TABLE log (n) STRICT"}, /* never run: it is past that */
        {1002,
         "CREATE TABLE log (n INTEGER) STRICT; INSERT INTO log VALUES (2);"
         "PRAGMA user_version = 1002;"},
        {1003,
         "INSERT INTO log SELECT n + 1 FROM log; PRAGMA user_version = 1003;"},
    };
    struct workspace ws = new_workspace();

    (void)state;
    for (int again = 0; again < 2; again++)
        assert_int_equal(0, bylaw__store_migrate(ws.store->db, ws.path, steps,
                                                 3, NULL));
    assert_int_equal(number(&ws, "PRAGMA user_version"), 1003);
    assert_int_equal(number(&ws, "SELECT sum(n) FROM log"), 5);
    drop(&ws);
}

static void
test_store_migrate__a_step_that_fails_leaves_the_one_before(void **state)
{
    static const struct bylaw__migration steps[] = {
        {1002,
         "CREATE TABLE log (n INTEGER) STRICT; PRAGMA user_version = 1002;"},
        {1003, "INSERT INTO log VALUES (1); PRAGMA user_version = 1003;"
               "INSERT INTO nowhere VALUES (1);"},
    };
    struct workspace ws = new_workspace();

    (void)state;
    assert_true(bylaw__store_migrate(ws.store->db, ws.path, steps, 2, NULL) <
                0);
    assert_int_equal(number(&ws, "PRAGMA user_version"), 1002);
    assert_int_equal(number(&ws, "SELECT count(*) FROM log"), 0);
    drop(&ws);
}

static void test_store_open__every_table_is_strict(void **state)
{
    struct workspace ws = new_workspace();

    (void)state;
    assert_int_equal(number(&ws,
                            "SELECT count(*) FROM pragma_table_list"
                            " WHERE schema = 'main' AND NOT strict"
                            " AND type = 'table' AND name NOT LIKE 'sqlite_%'"),
                     0);
    assert_int_equal(number(&ws, "PRAGMA foreign_keys"), 1);
    assert_int_equal(number(&ws, "PRAGMA trusted_schema"), 0);
    assert_int_equal(number(&ws, "PRAGMA synchronous"), 2);
    drop(&ws);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_store_open__makes_a_file_that_opens_again),
        cmocka_unit_test(test_store_open__never_overwrites),
        cmocka_unit_test(test_store_open__says_when_nothing_is_there),
        cmocka_unit_test(test_store_open__finishes_a_file_whose_making_was_cut),
        cmocka_unit_test(test_store_open__leaves_foreign_files_alone),
        cmocka_unit_test(test_store_open__refuses_a_newer_version),
        cmocka_unit_test(test_store_open__migrates_from_each_version),
        cmocka_unit_test(test_store_open__reads_no_older_version),
        cmocka_unit_test(test_store_open__says_when_the_file_is_damaged),
        cmocka_unit_test(
            test_store_open__reads_but_never_writes_read_only_files),
        cmocka_unit_test(test_store_open__a_reader_cannot_write),
        cmocka_unit_test(test_store_open__takes_no_name_for_a_uri),
        cmocka_unit_test(test_store_migrate__runs_each_step_once_in_order),
        cmocka_unit_test(
            test_store_migrate__a_step_that_fails_leaves_the_one_before),
        cmocka_unit_test(test_store_open__every_table_is_strict),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
