/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger follows the workspace, whatever became of either in between. */
#include "keeping.h"

#include "store/store_int.h"

static bylaw__store *open_store(const struct place *place,
                                enum bylaw__store_mode mode)
{
    struct bylaw_error err = {0};
    bylaw__store *store = NULL;

    if (bylaw__store_open(&store, place->database, mode, &err))
        fail_msg("%s: %s", err.id, err.what);
    return store;
}

static void add_source(bylaw__store *store, const char *name)
{
    struct bylaw__source_row row = {.name = name,
                                    .spec = "article.md",
                                    .kind = "article",
                                    .title = "A"};

    assert_int_equal(bylaw__store_source_add(NULL, store, &row, NULL), 0);
}

/* Keeps the workspace; gives the id of what went wrong, or "". */
static const char *keep(struct place *place)
{
    static struct bylaw_error err;
    bylaw__store *store = open_store(place, BYLAW__STORE_WRITE);
    int rc;

    err = (struct bylaw_error){0};
    set_keep(place);
    rc = bylaw__keep(store, &place->keep, &err);
    bylaw__store_close(store);
    assert_true(!rc == !err.code);
    return rc ? err.id : "";
}

static struct place new_workspace(void)
{
    struct place place = new_place();

    bylaw__store_close(open_store(&place, BYLAW__STORE_CREATE));
    return place;
}

static void record(const struct place *place, const char *name)
{
    bylaw__store *store = open_store(place, BYLAW__STORE_WRITE);

    add_source(store, name);
    bylaw__store_close(store);
}

static void copy_file(const char *from, const char *to)
{
    struct bylaw__buf bytes = {0};

    assert_int_equal(bylaw__file_read(&bytes, from, NULL), 0);
    unlink(to);
    assert_int_equal(bylaw__file_replace(to, bylaw__buf_span(&bytes), NULL), 0);
    bylaw__buf_release(&bytes);
}

struct told {
    size_t count;
    char kinds[256], bodies[4096];
};

static int tell_entry(void *payload, const struct bylaw__ledger_row *row)
{
    struct told *told = payload;
    struct bylaw__entry entry;
    size_t len;

    assert_int_equal(bylaw__entry_read(&entry, row->bytes, NULL), 0);
    len = strlen(told->kinds);
    snprintf(told->kinds + len, sizeof(told->kinds) - len, "%.*s ",
             (int)entry.kind.len, entry.kind.ptr);
    len = strlen(told->bodies);
    snprintf(told->bodies + len, sizeof(told->bodies) - len, "%.*s\n",
             (int)entry.body.len, entry.body.ptr);
    told->count++;
    return 0;
}

static struct told read_ledger(const struct place *place)
{
    struct told told = {0};
    bylaw__ledger *ledger = NULL;

    assert_int_equal(bylaw__ledger_open_read(&ledger, place->ledger, NULL), 0);
    assert_int_equal(bylaw__ledger_rows(ledger, 0, tell_entry, &told, NULL), 0);
    bylaw__ledger_close(ledger);
    return told;
}

static void count_fault(void *payload, const struct bylaw__fault *fault)
{
    print_message("%s: %s\n", fault->what.id, fault->what.what);
    ++*(size_t *)payload;
}

static size_t count_faults(const struct place *place)
{
    size_t faults = 0;
    struct bylaw__verify_options options = {.fault = count_fault,
                                            .payload = &faults};
    struct bylaw__evidence_result result;
    bylaw__store *store = open_store(place, BYLAW__STORE_READ);

    assert_int_equal(bylaw__pipeline_verify(&result, NULL, store, place->ledger,
                                            NULL, &options, NULL),
                     0);
    bylaw__store_close(store);
    return faults;
}

/* ---------------------------------------------------------------------- */

static void test_keeper__takes_over_what_waits_once(void **state)
{
    struct place place = new_workspace();
    struct told told;

    (void)state;
    assert_string_equal(keep(&place), "");
    record(&place, "a");
    record(&place, "b");
    assert_int_equal(count_faults(&place), 0); /* they wait, nothing is wrong */
    assert_string_equal(keep(&place), "");
    assert_string_equal(keep(&place), "");
    told = read_ledger(&place);
    assert_string_equal(told.kinds, "workspace source source ");
    assert_non_null(strstr(told.bodies, "\"what\":\"made\""));
    assert_int_equal(count_faults(&place), 0);
    drop_place(&place);
}

/* A workspace of before there were ledgers says so in its first entry. */
static void test_keeper__adopts_a_workspace_that_is_older(void **state)
{
    struct place place = new_place();
    struct told told;
    sqlite3 *db = NULL;
    const size_t before = 4; /* the fifth version is the first with one */

    (void)state;
    assert_int_equal(sqlite3_open(place.database, &db), SQLITE_OK);
    assert_int_equal(bylaw__store_migrate(db, place.database, bylaw__migrations,
                                          before, NULL),
                     0);
    assert_int_equal(
        sqlite3_exec(db,
                     "INSERT INTO sources (name, spec, kind, title, added_ms,"
                     " refreshed_ms) VALUES ('old', 'a', 'article', 'A', 1, 1);"
                     "INSERT INTO scans (began_ms, ended_ms, outcome, fetched,"
                     " matched, failed, changed, last_event)"
                     " VALUES (1, 2, 'complete', 0, 0, 0, 0, 0)",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
    assert_string_equal(keep(&place), "");
    told = read_ledger(&place);
    assert_string_equal(told.kinds, "workspace source ");
    assert_non_null(strstr(told.bodies, "\"what\":\"adopted\""));
    assert_non_null(strstr(told.bodies, "\"scan\":1"));
    assert_non_null(strstr(told.bodies, "\"source\":\"old\""));
    assert_int_equal(count_faults(&place), 0);
    drop_place(&place);
}

static void test_keeper__makes_no_second_ledger(void **state)
{
    struct place place = new_workspace();

    (void)state;
    assert_string_equal(keep(&place), "");
    unlink(place.ledger);
    assert_string_equal(keep(&place), "ledger.missing");
    drop_place(&place);
}

static void test_keeper__writes_to_no_other_ledger(void **state)
{
    struct place place = new_workspace(), other = new_workspace();

    (void)state;
    assert_string_equal(keep(&place), "");
    assert_string_equal(keep(&other), "");
    copy_file(other.ledger, place.ledger);
    assert_string_equal(keep(&place), "ledger.other");
    drop_place(&place);
    drop_place(&other);
}

static void test_keeper__does_not_go_on_from_an_older_ledger(void **state)
{
    struct place place = new_workspace();
    char copy[128];

    (void)state;
    snprintf(copy, sizeof(copy), "%s/copy.db", place.folder);
    record(&place, "a");
    assert_string_equal(keep(&place), "");
    copy_file(place.ledger, copy);
    record(&place, "b");
    record(&place, "c");
    assert_string_equal(keep(&place), "");
    copy_file(copy, place.ledger);
    record(&place, "d");
    assert_string_equal(keep(&place), "ledger.older");
    unlink(copy);
    drop_place(&place);
}

/* The ledger says that the workspace was put back, and numbers go on. */
static void test_keeper__notes_a_workspace_put_back_from_a_copy(void **state)
{
    struct place place = new_workspace();
    char copy[128];
    struct told told;

    (void)state;
    snprintf(copy, sizeof(copy), "%s/copy.db", place.folder);
    record(&place, "a");
    assert_string_equal(keep(&place), "");
    copy_file(place.database, copy);
    record(&place, "b");
    record(&place, "c");
    assert_string_equal(keep(&place), "");
    copy_file(copy, place.database);
    assert_string_equal(keep(&place), ""); /* as every run that writes begins */
    record(&place, "d");
    assert_string_equal(keep(&place), "");
    told = read_ledger(&place);
    assert_non_null(strstr(told.kinds, "restored"));
    assert_non_null(strstr(told.bodies, "\"source\":\"d\""));
    /* b and c are on record and not in the workspace any more. */
    assert_true(count_faults(&place) > 0);
    unlink(copy);
    drop_place(&place);
}

static void test_keeper__signs_with_no_other_key(void **state)
{
    struct place place = new_workspace();

    (void)state;
    assert_string_equal(keep(&place), "");
    unlink(place.key);
    assert_int_equal(bylaw__key_make(place.key, NULL), 0);
    record(&place, "a");
    assert_string_equal(keep(&place), "ledger.key-other");
    /* What was recorded is in the ledger all the same, if not signed. */
    assert_string_equal(read_ledger(&place).kinds, "workspace source ");
    drop_place(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keeper__takes_over_what_waits_once),
        cmocka_unit_test(test_keeper__adopts_a_workspace_that_is_older),
        cmocka_unit_test(test_keeper__makes_no_second_ledger),
        cmocka_unit_test(test_keeper__writes_to_no_other_ledger),
        cmocka_unit_test(test_keeper__does_not_go_on_from_an_older_ledger),
        cmocka_unit_test(test_keeper__notes_a_workspace_put_back_from_a_copy),
        cmocka_unit_test(test_keeper__signs_with_no_other_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
