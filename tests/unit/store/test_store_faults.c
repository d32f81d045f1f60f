/* SPDX-License-Identifier: Apache-2.0 */
/* What the store keeps when it is killed, out of room, or not alone. */
#include "workspace.h"

#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>

#define KILLS      30
#define KILL_PAGES 5
#define SEED       20261123u

/* About as long as an audit is, so that visits fill pages of the file. */
static const char *audit(void)
{
    static char text[4000];

    memset(text, ' ', sizeof(text) - 1);
    text[0] = '{';
    text[sizeof(text) - 2] = '}';
    return text;
}

static int visit_page(struct workspace *ws, int64_t page, int64_t at_ms,
                      const char *verdict, struct bylaw_error *err)
{
    struct bylaw__visit_match match = {.source = "article",
                                       .verdict = verdict,
                                       .because = "no credit",
                                       .audit_json = audit()};
    struct bylaw__visit_record visit = {.page = page,
                                        .fetched_ms = at_ms,
                                        .due_ms = at_ms + DAY,
                                        .status = 200,
                                        .is_complete = true,
                                        .matches = &match,
                                        .match_count = 1};

    return bylaw__store_visit(ws->store, &visit, err);
}

static void add_pages(struct workspace *ws, int count)
{
    add_source(ws, "article");
    for (int i = 0; i < count; i++) {
        char url[64];

        snprintf(url, sizeof(url), "https://blog.test/%d", i);
        add_page(ws, url, 0);
    }
}

static int64_t visit_count(const struct workspace *ws)
{
    return number(ws, "SELECT count(*) FROM visits");
}

/* ------------------------------------------------------------- killing --- */

/* Records visits without end; one byte down the pipe acknowledges each. */
static void record_until_killed(const struct workspace *ws, int64_t number_of,
                                int acknowledge)
{
    static const char *const verdicts[] = {"not-met", "not-met", "compliant"};
    struct workspace own = *ws;

    if (bylaw__store_open(&own.store, own.path, BYLAW__STORE_WRITE, NULL))
        _exit(1);
    for (;; number_of++) {
        if (visit_page(&own, 1 + number_of % KILL_PAGES,
                       TODAY + number_of * HOUR,
                       verdicts[number_of / KILL_PAGES % 3], NULL))
            _exit(2);
        if (write(acknowledge, "v", 1) != 1)
            _exit(3);
    }
}

/* How many visits a child acknowledged before it was killed. */
static int64_t kill_after(const struct workspace *ws, int64_t recorded,
                          unsigned delay_us)
{
    int pipes[2], status = 0;
    int64_t acknowledged = 0;
    char byte;
    pid_t child;

    assert_int_equal(0, pipe(pipes));
    child = fork();
    if (!child)
        record_until_killed(ws, recorded, pipes[1]);
    close(pipes[1]);
    /* The first acknowledgement shows that it is at work. */
    assert_int_equal(1, read(pipes[0], &byte, 1));
    acknowledged++;
    usleep(delay_us);
    kill(child, SIGKILL);
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_true(WIFSIGNALED(status));
    while (read(pipes[0], &byte, 1) == 1)
        acknowledged++;
    close(pipes[0]);
    return acknowledged;
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/*
 * The database may hold one visit more than was acknowledged: the child was
 * killed between the commit and the acknowledgement.
 */
static void test_store__a_kill_loses_nothing_acknowledged(void **state)
{
    struct workspace ws = new_workspace();
    struct bylaw_error err = {0};
    unsigned seed = SEED;
    int64_t recorded = 0;

    (void)state;
    add_pages(&ws, KILL_PAGES);
    shut(&ws);
    for (int i = 0; i < KILLS; i++) {
        int64_t more = kill_after(&ws, recorded, next_random(&seed) % 15000);

        /* Some wounds are first seen by one who only reads. */
        open_as(&ws, i % 2 ? BYLAW__STORE_WRITE : BYLAW__STORE_READ);
        if (bylaw__store_check(ws.store, &err))
            fail_msg("after kill %d: %s: %s", i, err.id, err.what);
        assert_in_range(visit_count(&ws), recorded + more, recorded + more + 1);
        recorded = visit_count(&ws);
        assert_int_equal(number(&ws, "SELECT count(*) FROM matches"), recorded);
        assert_int_equal(number(&ws, "SELECT max(last_ms) FROM pages"),
                         TODAY + (recorded - 1) * HOUR);
        shut(&ws);
    }
    drop(&ws);
}

/* A child that is killed inside a batch, its pages long on their way to the
 * file: the cache is made so small that it must spill. */
static void die_in_a_batch(const struct workspace *ws)
{
    struct workspace own = *ws;

    if (bylaw__store_open(&own.store, own.path, BYLAW__STORE_WRITE, NULL) ||
        sqlite3_exec(own.store->db, "PRAGMA cache_size = 1", 0, 0, 0) ||
        bylaw__store_begin(own.store, NULL))
        _exit(1);
    for (int64_t i = 0; i < 500; i++)
        if (visit_page(&own, 1 + i % KILL_PAGES, TODAY + i, "not-met", NULL))
            _exit(2);
    raise(SIGKILL);
}

static void test_store__a_kill_in_a_batch_leaves_what_was_before(void **state)
{
    struct workspace ws = new_workspace();
    char journal[112];
    int status = 0;
    pid_t child;

    (void)state;
    add_pages(&ws, KILL_PAGES);
    visit_page(&ws, 1, TODAY, "not-met", NULL);
    shut(&ws);
    child = fork();
    if (!child)
        die_in_a_batch(&ws);
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_true(WIFSIGNALED(status));
    snprintf(journal, sizeof(journal), "%s-journal", ws.path);
    assert_int_equal(0, access(journal, F_OK));
    open_as(&ws, BYLAW__STORE_READ);
    assert_int_equal(0, bylaw__store_check(ws.store, NULL));
    assert_int_equal(visit_count(&ws), 1);
    drop(&ws);
}

/* ------------------------------------------------------------- batches --- */

static void test_batch__is_kept_by_its_commit(void **state)
{
    struct workspace ws = new_workspace();
    struct bylaw_error err = {0};

    (void)state;
    add_pages(&ws, 1);
    assert_int_equal(0, bylaw__store_begin(ws.store, NULL));
    assert_true(bylaw__store_begin(ws.store, &err) < 0);
    assert_string_equal(err.id, "store.batch-open");
    assert_int_equal(0, visit_page(&ws, 1, TODAY, "not-met", NULL));
    assert_int_equal(0, bylaw__store_commit(ws.store, NULL));
    assert_int_equal(0, bylaw__store_begin(ws.store, NULL));
    assert_int_equal(0, visit_page(&ws, 1, TODAY, "not-met", NULL));
    reopen(&ws);
    assert_int_equal(visit_count(&ws), 1);
    drop(&ws);
}

static void test_batch__a_visit_that_fails_is_undone_alone(void **state)
{
    struct workspace ws = new_workspace();

    (void)state;
    add_pages(&ws, 1);
    assert_int_equal(0, bylaw__store_begin(ws.store, NULL));
    assert_int_equal(0, visit_page(&ws, 1, TODAY, "not-met", NULL));
    assert_true(visit_page(&ws, 1, TODAY, "guilty", NULL) < 0);
    assert_int_equal(0, visit_page(&ws, 1, TODAY + HOUR, "not-met", NULL));
    assert_int_equal(0, bylaw__store_commit(ws.store, NULL));
    assert_int_equal(visit_count(&ws), 2);
    assert_int_equal(0, bylaw__store_check(ws.store, NULL));
    drop(&ws);
}

/* ----------------------------------------------------------- full disks --- */

/* Visits until one fails; how many went well before. */
static int64_t visit_until_full(struct workspace *ws, const char *want)
{
    struct bylaw_error err = {0};
    int64_t count = 0;

    while (count < 100000 && !visit_page(ws, 1, TODAY + count, "not-met", &err))
        count++;
    assert_string_equal(err.id, want);
    return count;
}

static void check_full(struct workspace *ws)
{
    struct bylaw_error err = {0};
    int64_t kept = visit_until_full(ws, "store.full");

    assert_true(kept > 0);
    assert_int_equal(visit_count(ws), kept);
    assert_int_equal(0, bylaw__store_check(ws->store, NULL));
    assert_int_equal(0, bylaw__store_begin(ws->store, NULL));
    visit_until_full(ws, "store.full");
    if (sqlite3_get_autocommit(ws->store->db)) {
        visit_until_full(ws, "store.batch-lost");
        assert_true(bylaw__store_commit(ws->store, &err) < 0);
        assert_string_equal(err.id, "store.batch-lost");
        assert_int_equal(visit_count(ws), kept);
    }
    shut(ws);
    open_as(ws, BYLAW__STORE_WRITE);
    assert_int_equal(0, bylaw__store_check(ws->store, NULL));
    assert_int_equal(visit_count(ws), kept);
}

static void test_store__a_full_database_keeps_what_it_has(void **state)
{
    struct workspace ws = new_workspace();

    (void)state;
    add_pages(&ws, 1);
    assert_true(number(&ws, "PRAGMA max_page_count = 60") <= 60);
    check_full(&ws);
    drop(&ws);
}

static void test_store__a_full_disk_keeps_what_it_has(void **state)
{
    struct workspace ws;

    (void)state;
    make_folder(&ws);
    if (mount("none", ws.folder, "tmpfs", 0, "size=400k")) {
        rmdir(ws.folder);
        skip();
    }
    open_as(&ws, BYLAW__STORE_CREATE);
    add_pages(&ws, 1);
    check_full(&ws);
    shut(&ws);
    assert_int_equal(0, umount(ws.folder));
    rmdir(ws.folder);
}

/* ---------------------------------------------------------- two writers --- */

static void test_store__two_writers_wait_for_each_other(void **state)
{
    struct workspace ws = new_workspace(), other;
    struct bylaw_error err = {0};

    (void)state;
    add_pages(&ws, 1);
    other = ws;
    open_as(&other, BYLAW__STORE_WRITE);
    bylaw__store_patience(other.store, 10);
    assert_int_equal(0, bylaw__store_begin(ws.store, NULL));
    assert_int_equal(0, visit_page(&ws, 1, TODAY, "not-met", NULL));
    assert_true(visit_page(&other, 1, TODAY, "not-met", &err) < 0);
    assert_string_equal(err.id, "store.busy");
    /* What is not committed is not seen; reading goes on meanwhile. */
    assert_int_equal(visit_count(&other), 0);
    assert_int_equal(0, bylaw__store_commit(ws.store, NULL));
    assert_int_equal(0, visit_page(&other, 1, TODAY + HOUR, "not-met", NULL));
    assert_int_equal(visit_count(&ws), 2);
    shut(&other);
    drop(&ws);
}

static int record_some(const struct workspace *ws, int64_t first, int count)
{
    struct workspace own = *ws;

    if (bylaw__store_open(&own.store, own.path, BYLAW__STORE_WRITE, NULL))
        return 1;
    bylaw__store_patience(own.store, 60000);
    for (int i = 0; i < count; i++)
        if (visit_page(&own, 1, TODAY + first + i, "not-met", NULL))
            return 2;
    bylaw__store_close(own.store);
    return 0;
}

static void test_store__two_writers_lose_nothing(void **state)
{
    struct workspace ws = new_workspace();
    int status = 0;
    pid_t child;

    (void)state;
    add_pages(&ws, 1);
    shut(&ws);
    child = fork();
    if (!child)
        _exit(record_some(&ws, 1000, 50));
    assert_int_equal(0, record_some(&ws, 0, 50));
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_int_equal(status, 0);
    open_as(&ws, BYLAW__STORE_WRITE);
    assert_int_equal(visit_count(&ws), 100);
    assert_int_equal(0, bylaw__store_check(ws.store, NULL));
    drop(&ws);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_store__a_kill_loses_nothing_acknowledged),
        cmocka_unit_test(test_store__a_kill_in_a_batch_leaves_what_was_before),
        cmocka_unit_test(test_batch__is_kept_by_its_commit),
        cmocka_unit_test(test_batch__a_visit_that_fails_is_undone_alone),
        cmocka_unit_test(test_store__a_full_database_keeps_what_it_has),
        cmocka_unit_test(test_store__a_full_disk_keeps_what_it_has),
        cmocka_unit_test(test_store__two_writers_wait_for_each_other),
        cmocka_unit_test(test_store__two_writers_lose_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
