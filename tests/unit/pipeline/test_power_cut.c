/* SPDX-License-Identifier: Apache-2.0 */
/* Whenever the power goes, no acknowledged entry is lost and all verifies. */
#include "keeping.h"
#include "net/power_vfs.h"

#include <limits.h>

#define STEPS 6

/* A workspace at rest, made while the power was on. */
static void make(struct place *place)
{
    bylaw__store *store = NULL;

    set_keep(place);
    assert_int_equal(bylaw__store_open(&store, place->database,
                                       BYLAW__STORE_CREATE, NULL),
                     0);
    assert_int_equal(bylaw__keep(store, &place->keep, NULL), 0);
    bylaw__store_close(store);
}

/* Records until it is done or the power goes; counts what was acknowledged. */
static void work(struct place *place)
{
    bylaw__store *store = NULL;
    bylaw__keeper *keeper = NULL;
    int rc =
        bylaw__store_open(&store, place->database, BYLAW__STORE_WRITE, NULL);

    if (!rc)
        rc = bylaw__keeper_open(&keeper, store, &place->keep, NULL);
    for (unsigned i = 0; !rc && i < STEPS; i++) {
        char body[64];

        snprintf(body, sizeof(body), "{\"step\":%u}", i);
        rc = bylaw__store_due_add(store, "step", body, NULL);
        if (!rc)
            rc = i % 4 == 3 ? bylaw__keeper_seal(keeper, NULL)
                            : bylaw__keeper_flush(keeper, NULL);
        if (!rc)
            place->acknowledged = i + 1;
    }
    bylaw__keeper_close(keeper);
    bylaw__store_close(store);
}

struct seen {
    unsigned steps;
    bool is_wrong;
};

static void take_fault(void *payload, const struct bylaw__fault *fault)
{
    struct seen *seen = payload;

    print_message("%s: %s\n", fault->what.id, fault->what.what);
    seen->is_wrong = true;
}

static int count_step(void *payload, const struct bylaw__ledger_row *row)
{
    struct seen *seen = payload;
    struct bylaw__entry entry;
    int64_t step = -1;

    assert_int_equal(bylaw__entry_read(&entry, row->bytes, NULL), 0);
    if (!bylaw__span_is(entry.kind, "step"))
        return 0;
    /* In order, none left out, none twice. */
    assert_true(bylaw__body_int(&step, entry.body, "step"));
    assert_int_equal(step, seen->steps);
    seen->steps++;
    return 0;
}

static struct seen look(struct place *place)
{
    struct seen seen = {0};
    struct bylaw__verify_options options = {.fault = take_fault,
                                            .payload = &seen};
    struct bylaw__evidence_result result;
    struct bylaw_error err = {0};
    bylaw__store *store = NULL;
    bylaw__ledger *ledger = NULL;

    if (bylaw__store_open(&store, place->database, BYLAW__STORE_WRITE, &err) ||
        bylaw__keep(store, &place->keep, &err) ||
        bylaw__pipeline_verify(&result, NULL, store, place->ledger, NULL,
                               &options, &err) ||
        bylaw__ledger_open_read(&ledger, place->ledger, &err) ||
        bylaw__ledger_rows(ledger, 0, count_step, &seen, &err))
        fail_msg("%s: %s", err.id, err.what);
    bylaw__ledger_close(ledger);
    bylaw__store_close(store);
    return seen;
}

/* Every moment has its turn; several disks forget in different ways. */
static void test_power__a_cut_at_any_write_loses_nothing(void **state)
{
    unsigned cuts = 0;
    bool is_done = false;

    (void)state;
    for (unsigned writes = 0; !is_done; writes++) {
        struct place place = new_place();
        struct seen seen;

        power_on(UINT_MAX); /* nothing waits for a real disk */
        make(&place);
        power_cut(0);
        power_on(writes);
        work(&place);
        is_done = !power_is_gone();
        power_cut(writes * 2654435761u + 17);
        power_on(UINT_MAX);
        seen = look(&place);
        power_cut(0);
        assert_false(seen.is_wrong);
        if (seen.steps < place.acknowledged)
            fail_msg("cut at write %u: %u of %u acknowledged are left", writes,
                     seen.steps, place.acknowledged);
        cuts++;
        drop_place(&place);
    }
    print_message("%u cuts\n", cuts);
    assert_true(cuts > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_power__a_cut_at_any_write_loses_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
