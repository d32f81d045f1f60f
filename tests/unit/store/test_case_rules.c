/* SPDX-License-Identifier: Apache-2.0 */
/* How cases move: every state with every sight, and what must be had twice. */
#include "store/case_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define MINUTE ((int64_t)60000)
#define TODAY  ((int64_t)1795392000000)
#define STATES ((size_t)BYLAW_CASE_UNREACHABLE + 1)

/*
 * Letters for sights in the scripts below:
 * "-" unread, "?" unsure, "F" finding, "M" met, "A" absent, "X" missing.
 */
static const char letters[] = "-?FMAX";

static enum bylaw__sight sight_of(char letter)
{
    return (enum bylaw__sight)(strchr(letters, letter) - letters);
}

static struct bylaw__case_facts facts_in(enum bylaw_case_state state)
{
    return (struct bylaw__case_facts){.state = state, .found_ms = TODAY};
}

/* Plays looks that are `apart` from each other, the first that long after
 * TODAY, and returns where the case ends. */
static enum bylaw_case_state play(struct bylaw__case_facts *facts,
                                  const char *script, int64_t apart)
{
    for (size_t i = 0; script[i]; i++) {
        struct bylaw__case_look look = {.sight = sight_of(script[i]),
                                        .at_ms =
                                            TODAY + (int64_t)(i + 1) * apart};
        struct bylaw__case_move moves[BYLAW__CASE_MOVES];
        enum bylaw_case_state before = facts->state;
        size_t count = bylaw__case_step(moves, facts, &look);

        assert_true(count <= BYLAW__CASE_MOVES);
        for (size_t m = 0; m < count; m++) {
            assert_int_equal(moves[m].before, before);
            assert_non_null(moves[m].what);
            before = moves[m].state;
        }
        assert_int_equal(facts->state, before);
    }
    return facts->state;
}

static void check(const char *from, const char *script, const char *want)
{
    struct bylaw__case_facts facts =
        facts_in((enum bylaw_case_state)bylaw_case_state_of(from));
    const char *got =
        bylaw_case_state_name(play(&facts, script, BYLAW__CASE_PAUSE_MS));

    if (strcmp(got, want))
        fail_msg("%s after \"%s\" is %s, not %s", from, script, got, want);
}

/* One row a state: where each sight leads when it is had once, a pause after
 * the last. Columns in the order of `letters`; "" stays. An allowance here has
 * no end. */
static const struct {
    const char *state, *to[BYLAW__SIGHT_COUNT];
} once[] = {
    {"none", {"", "", "seen", "", "", ""}},
    {"seen", {"", "", "new", "none", "", ""}},
    {"new", {"", "", "", "fixed", "", ""}},
    {"confirmed", {"", "", "", "fixed", "", ""}},
    {"notified", {"", "", "", "fixed", "", ""}},
    {"fixed", {"", "", "regressed", "", "", ""}},
    {"regressed", {"", "", "", "fixed", "", ""}},
    {"disputed", {"", "", "", "fixed", "", ""}},
    {"allowed", {"", "", "", "", "", ""}},
    {"ignored", {"", "", "", "", "", ""}},
    {"gone", {"", "", "regressed", "fixed", "", ""}},
    /* Without a state before it, what is unreachable was nothing. */
    {"unreachable", {"", "none", "seen", "none", "none", ""}},
};

static void test_case_step__moves_by_the_table(void **state)
{
    (void)state;
    assert_int_equal(sizeof(once) / sizeof(once[0]), STATES);
    for (size_t i = 0; i < STATES; i++)
        for (size_t s = 0; s < BYLAW__SIGHT_COUNT; s++) {
            char script[2] = {letters[s], 0};
            const char *to = once[i].to[s];

            check(once[i].state, script, *to ? to : once[i].state);
        }
}

/* The same, had three times a pause apart: what repetition adds. */
static const struct {
    const char *state, *to[BYLAW__SIGHT_COUNT];
} thrice[] = {
    {"none", {"", "", "new", "", "", ""}},
    {"seen", {"", "", "new", "none", "none", "gone"}},
    {"new", {"unreachable", "", "", "fixed", "fixed", "gone"}},
    {"confirmed", {"unreachable", "", "", "fixed", "fixed", "gone"}},
    {"notified", {"unreachable", "", "", "fixed", "fixed", "gone"}},
    {"fixed", {"", "", "regressed", "", "", ""}},
    {"regressed", {"unreachable", "", "", "fixed", "fixed", "gone"}},
    {"disputed", {"unreachable", "", "", "fixed", "fixed", "gone"}},
    {"allowed", {"", "", "", "", "", ""}},
    {"ignored", {"", "", "", "", "", ""}},
    {"gone", {"", "", "regressed", "fixed", "fixed", ""}},
    {"unreachable", {"", "none", "new", "none", "none", "gone"}},
};

static void test_case_step__moves_by_the_table_when_repeated(void **state)
{
    (void)state;
    for (size_t i = 0; i < STATES; i++)
        for (size_t s = 0; s < BYLAW__SIGHT_COUNT; s++) {
            char script[4] = {letters[s], letters[s], letters[s], 0};
            const char *to = thrice[i].to[s];

            check(thrice[i].state, script, *to ? to : thrice[i].state);
        }
}

static void test_case_step__new_needs_a_second_fetch_after_a_pause(void **state)
{
    static const struct {
        const char *script;
        int64_t apart;
        enum bylaw_case_state want;
    } cases[] = {
        {"F", BYLAW__CASE_PAUSE_MS, BYLAW_CASE_SEEN},
        {"FF", BYLAW__CASE_PAUSE_MS - 1, BYLAW_CASE_SEEN},
        {"FF", BYLAW__CASE_PAUSE_MS, BYLAW_CASE_NEW},
        {"FF", BYLAW__CASE_PAUSE_MS + 1, BYLAW_CASE_NEW},
        /* The wait runs from the first finding, not from the last. */
        {"FFF", BYLAW__CASE_PAUSE_MS / 2, BYLAW_CASE_NEW},
        /* Silence in between confirms nothing and undoes nothing. */
        {"F----", BYLAW__CASE_PAUSE_MS, BYLAW_CASE_SEEN},
        {"F-?XA-F", BYLAW__CASE_PAUSE_MS, BYLAW_CASE_NEW},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bylaw__case_facts facts = facts_in(BYLAW_CASE_NONE);

        assert_int_equal(play(&facts, cases[i].script, cases[i].apart),
                         cases[i].want);
    }
}

static void test_case_step__a_clock_set_back_starts_the_wait_anew(void **state)
{
    struct bylaw__case_facts facts = facts_in(BYLAW_CASE_SEEN);
    struct bylaw__case_move moves[BYLAW__CASE_MOVES];
    struct bylaw__case_look look = {.sight = BYLAW__SIGHT_FINDING};

    (void)state;
    facts.found_ms = TODAY + 1000 * BYLAW__CASE_PAUSE_MS;
    look.at_ms = TODAY;
    assert_int_equal(0, bylaw__case_step(moves, &facts, &look));
    look.at_ms = TODAY + BYLAW__CASE_PAUSE_MS;
    assert_int_equal(1, bylaw__case_step(moves, &facts, &look));
    assert_int_equal(facts.state, BYLAW_CASE_NEW);
}

static void test_case_step__nothing_unread_ever_closes_a_case(void **state)
{
    (void)state;
    check("new", "------------", "unreachable");
    check("new", "????????????", "new");
    check("new", "--?--?--?--?", "new");
    check("seen", "------------", "seen");
    check("fixed", "------------", "fixed");
    check("gone", "------------", "gone");
    check("ignored", "------------", "ignored");
}

static void test_case_step__a_copy_is_removed_when_missed_twice(void **state)
{
    (void)state;
    check("new", "A", "new");
    check("new", "AA", "fixed");
    check("new", "A-A", "fixed");
    check("new", "AFA", "new");
    check("new", "A?A", "new");
    check("new", "AXA", "new");
    check("new", "XAX", "new");
    check("new", "XX", "gone");
    check("new", "X-X", "gone");
}

static void test_case_step__absences_a_moment_apart_count_once(void **state)
{
    struct bylaw__case_facts facts = facts_in(BYLAW_CASE_NEW);

    (void)state;
    assert_int_equal(play(&facts, "AAAA", MINUTE), BYLAW_CASE_NEW);
    facts = facts_in(BYLAW_CASE_NEW);
    assert_int_equal(play(&facts, "XXXX", MINUTE), BYLAW_CASE_NEW);
    facts = facts_in(BYLAW_CASE_NEW);
    assert_int_equal(play(&facts, "AA", BYLAW__CASE_PAUSE_MS),
                     BYLAW_CASE_FIXED);
}

static void
test_case_step__unreachable_returns_to_the_state_before(void **state)
{
    static const char *const open[] = {"new", "confirmed", "notified",
                                       "regressed", "disputed"};

    (void)state;
    for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++) {
        check(open[i], "--", open[i]);
        check(open[i], "---", "unreachable");
        check(open[i], "--?--", open[i]);
        check(open[i], "---F", open[i]);
        check(open[i], "---?", open[i]);
        check(open[i], "---M", "fixed");
        check(open[i], "---A", open[i]);
        check(open[i], "---AA", "fixed");
        check(open[i], "A---A", "fixed");
        check(open[i], "---X", "unreachable");
        check(open[i], "---XX", "gone");
    }
}

static void test_case_step__returning_is_an_event_of_its_own(void **state)
{
    struct bylaw__case_facts facts = {.state = BYLAW_CASE_UNREACHABLE,
                                      .before = BYLAW_CASE_NOTIFIED};
    struct bylaw__case_look look = {.sight = BYLAW__SIGHT_MET, .at_ms = TODAY};
    struct bylaw__case_move moves[BYLAW__CASE_MOVES];

    (void)state;
    assert_int_equal(2, bylaw__case_step(moves, &facts, &look));
    assert_int_equal(moves[0].state, BYLAW_CASE_NOTIFIED);
    assert_int_equal(moves[1].before, BYLAW_CASE_NOTIFIED);
    assert_int_equal(moves[1].state, BYLAW_CASE_FIXED);
}

static void test_case_step__an_allowance_holds_until_it_ends(void **state)
{
    static const struct {
        const char *script;
        int looks_allowed; /* looks before the end; 0: no end */
        enum bylaw_case_state want;
    } cases[] = {
        {"FFFF", 0, BYLAW_CASE_ALLOWED},   {"MAXX", 0, BYLAW_CASE_ALLOWED},
        {"FFFF", 5, BYLAW_CASE_ALLOWED},   {"FFFF", 4, BYLAW_CASE_NEW},
        {"FFFM", 4, BYLAW_CASE_FIXED},     {"FFF-", 4, BYLAW_CASE_ALLOWED},
        {"FFF?", 4, BYLAW_CASE_ALLOWED},   {"FFFA", 4, BYLAW_CASE_ALLOWED},
        {"FFAA", 4, BYLAW_CASE_FIXED},     {"FFXX", 4, BYLAW_CASE_GONE},
        {"------", 2, BYLAW_CASE_ALLOWED}, {"---F", 2, BYLAW_CASE_NEW},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bylaw__case_facts facts = facts_in(BYLAW_CASE_ALLOWED);

        if (cases[i].looks_allowed)
            facts.expires_ms =
                TODAY + cases[i].looks_allowed * BYLAW__CASE_PAUSE_MS;
        assert_int_equal(play(&facts, cases[i].script, BYLAW__CASE_PAUSE_MS),
                         cases[i].want);
        assert_true(facts.state == BYLAW_CASE_ALLOWED || !facts.expires_ms);
    }
}

static size_t moves_when_other(enum bylaw_case_state state,
                               enum bylaw__sight sight)
{
    struct bylaw__case_facts facts = facts_in(state);
    struct bylaw__case_look look = {.sight = sight,
                                    .at_ms = TODAY,
                                    .is_other = true};
    struct bylaw__case_move moves[BYLAW__CASE_MOVES];
    size_t count = bylaw__case_step(moves, &facts, &look);

    if (count)
        assert_int_equal(facts.state, moves[count - 1].state);
    return count;
}

static void test_case_step__tells_when_what_is_found_changes(void **state)
{
    (void)state;
    assert_int_equal(1, moves_when_other(BYLAW_CASE_NEW, BYLAW__SIGHT_FINDING));
    assert_int_equal(1, moves_when_other(BYLAW_CASE_DISPUTED,
                                         BYLAW__SIGHT_FINDING));
    assert_int_equal(0, moves_when_other(BYLAW_CASE_NEW, BYLAW__SIGHT_UNSURE));
    assert_int_equal(0,
                     moves_when_other(BYLAW_CASE_SEEN, BYLAW__SIGHT_FINDING));
    assert_int_equal(0, moves_when_other(BYLAW_CASE_IGNORED,
                                         BYLAW__SIGHT_FINDING));
    assert_int_equal(0, moves_when_other(BYLAW_CASE_ALLOWED,
                                         BYLAW__SIGHT_FINDING));
}

static void test_case_step__whole_lives(void **state)
{
    (void)state;
    check("none", "FFM", "fixed");
    check("none", "FFMF", "regressed");
    check("none", "FFMFM", "fixed");
    check("none", "FFXXF", "regressed");
    check("none", "FFXXAA", "fixed");
    check("none", "FMF", "seen");
    check("none", "FMFF", "new");
    check("none", "FF---?---XX", "gone");
    check("none", "MAX-?MA", "none");
}

static void test_case_decide__sets_what_a_person_may_say(void **state)
{
    static const char settable[STATES] = {
        [BYLAW_CASE_NEW] = 1,      [BYLAW_CASE_CONFIRMED] = 1,
        [BYLAW_CASE_NOTIFIED] = 1, [BYLAW_CASE_DISPUTED] = 1,
        [BYLAW_CASE_ALLOWED] = 2,  [BYLAW_CASE_IGNORED] = 2,
    };

    (void)state;
    for (size_t i = 0; i < STATES; i++) {
        enum bylaw_case_state to = (enum bylaw_case_state)i;

        assert_int_equal(bylaw__case_is_settable(to), settable[i] > 0);
        assert_int_equal(bylaw__case_needs_reason(to), settable[i] > 1);
    }
    assert_false(bylaw__case_is_settable((enum bylaw_case_state)STATES));
}

static void test_case_decide__keeps_an_end_for_allowances_only(void **state)
{
    struct bylaw__case_facts facts = facts_in(BYLAW_CASE_NEW);
    struct bylaw__case_move move;

    (void)state;
    bylaw__case_decide(&move, &facts, BYLAW_CASE_ALLOWED, TODAY);
    assert_int_equal(facts.expires_ms, TODAY);
    assert_int_equal(move.before, BYLAW_CASE_NEW);
    assert_int_equal(move.state, BYLAW_CASE_ALLOWED);
    bylaw__case_decide(&move, &facts, BYLAW_CASE_IGNORED, TODAY);
    assert_int_equal(facts.expires_ms, 0);
}

static void test_case_decide__counts_failures_from_there(void **state)
{
    struct bylaw__case_facts facts = facts_in(BYLAW_CASE_NEW);
    struct bylaw__case_move move;

    (void)state;
    assert_int_equal(play(&facts, "---", MINUTE), BYLAW_CASE_UNREACHABLE);
    bylaw__case_decide(&move, &facts, BYLAW_CASE_NOTIFIED, 0);
    assert_int_equal(play(&facts, "--", MINUTE), BYLAW_CASE_NOTIFIED);
    assert_int_equal(play(&facts, "-", MINUTE), BYLAW_CASE_UNREACHABLE);
}

static void test_sight__follows_verdict_and_reading(void **state)
{
    static const struct {
        enum bylaw_verdict verdict;
        enum bylaw__sight want;
    } cases[] = {
        {BYLAW_VERDICT_UNDETERMINED, BYLAW__SIGHT_UNSURE},
        {BYLAW_VERDICT_COMPLIANT, BYLAW__SIGHT_MET},
        {BYLAW_VERDICT_COMPLIANT_BY_TEMPLATE, BYLAW__SIGHT_MET},
        {BYLAW_VERDICT_INCOMPLETE, BYLAW__SIGHT_FINDING},
        {BYLAW_VERDICT_NOT_MET, BYLAW__SIGHT_FINDING},
        {BYLAW_VERDICT_OUTSIDE_GRANT, BYLAW__SIGHT_FINDING},
        {BYLAW_VERDICT_NOT_APPLICABLE, BYLAW__SIGHT_ABSENT},
        {(enum bylaw_verdict)99, BYLAW__SIGHT_UNSURE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(bylaw__sight_of_verdict(cases[i].verdict, true),
                         cases[i].want);
        assert_int_equal(bylaw__sight_of_verdict(cases[i].verdict, false),
                         BYLAW__SIGHT_UNREAD);
    }
}

static void test_sight__of_a_page_without_the_source(void **state)
{
    (void)state;
    assert_int_equal(bylaw__sight_of_page(200, true), BYLAW__SIGHT_ABSENT);
    assert_int_equal(bylaw__sight_of_page(200, false), BYLAW__SIGHT_UNREAD);
    assert_int_equal(bylaw__sight_of_page(404, false), BYLAW__SIGHT_MISSING);
    assert_int_equal(bylaw__sight_of_page(410, false), BYLAW__SIGHT_MISSING);
    assert_int_equal(bylaw__sight_of_page(403, false), BYLAW__SIGHT_UNREAD);
    assert_int_equal(bylaw__sight_of_page(500, false), BYLAW__SIGHT_UNREAD);
    assert_int_equal(bylaw__sight_of_page(0, false), BYLAW__SIGHT_UNREAD);
}

static void test_sight__names_lead_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < BYLAW__SIGHT_COUNT; i++) {
        enum bylaw__sight sight = (enum bylaw__sight)i;

        assert_int_equal(sight, bylaw__sight_of(bylaw__sight_name(sight)));
    }
    assert_int_equal(BYLAW__SIGHT_UNREAD, bylaw__sight_of("nonsense"));
    assert_int_equal(BYLAW__SIGHT_UNREAD, bylaw__sight_of(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_case_step__moves_by_the_table),
        cmocka_unit_test(test_case_step__moves_by_the_table_when_repeated),
        cmocka_unit_test(
            test_case_step__new_needs_a_second_fetch_after_a_pause),
        cmocka_unit_test(test_case_step__a_clock_set_back_starts_the_wait_anew),
        cmocka_unit_test(test_case_step__nothing_unread_ever_closes_a_case),
        cmocka_unit_test(test_case_step__a_copy_is_removed_when_missed_twice),
        cmocka_unit_test(test_case_step__absences_a_moment_apart_count_once),
        cmocka_unit_test(
            test_case_step__unreachable_returns_to_the_state_before),
        cmocka_unit_test(test_case_step__returning_is_an_event_of_its_own),
        cmocka_unit_test(test_case_step__an_allowance_holds_until_it_ends),
        cmocka_unit_test(test_case_step__tells_when_what_is_found_changes),
        cmocka_unit_test(test_case_step__whole_lives),
        cmocka_unit_test(test_case_decide__sets_what_a_person_may_say),
        cmocka_unit_test(test_case_decide__keeps_an_end_for_allowances_only),
        cmocka_unit_test(test_case_decide__counts_failures_from_there),
        cmocka_unit_test(test_sight__follows_verdict_and_reading),
        cmocka_unit_test(test_sight__of_a_page_without_the_source),
        cmocka_unit_test(test_sight__names_lead_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
