/* SPDX-License-Identifier: Apache-2.0 */
/* The table of case rules, and the counting that some of its rows ask for. */
#include "case_rules.h"

#include <string.h>

/* ------------------------------------------------------------- sights --- */

static const char *const sight_names[BYLAW__SIGHT_COUNT] = {
    [BYLAW__SIGHT_UNREAD] = "unread",   [BYLAW__SIGHT_UNSURE] = "unsure",
    [BYLAW__SIGHT_FINDING] = "finding", [BYLAW__SIGHT_MET] = "met",
    [BYLAW__SIGHT_ABSENT] = "absent",   [BYLAW__SIGHT_MISSING] = "missing",
};

/* Who only quotes has no copy that a licence governs. */
static const enum bylaw__sight verdict_sights[] = {
    [BYLAW_VERDICT_UNDETERMINED] = BYLAW__SIGHT_UNSURE,
    [BYLAW_VERDICT_COMPLIANT] = BYLAW__SIGHT_MET,
    [BYLAW_VERDICT_COMPLIANT_BY_TEMPLATE] = BYLAW__SIGHT_MET,
    [BYLAW_VERDICT_INCOMPLETE] = BYLAW__SIGHT_FINDING,
    [BYLAW_VERDICT_NOT_MET] = BYLAW__SIGHT_FINDING,
    [BYLAW_VERDICT_OUTSIDE_GRANT] = BYLAW__SIGHT_FINDING,
    [BYLAW_VERDICT_NOT_APPLICABLE] = BYLAW__SIGHT_ABSENT,
};

#define VERDICT_COUNT (sizeof(verdict_sights) / sizeof(verdict_sights[0]))

const char *bylaw__sight_name(enum bylaw__sight sight)
{
    return sight_names[(size_t)sight < BYLAW__SIGHT_COUNT ? sight : 0];
}

enum bylaw__sight bylaw__sight_of(const char *name)
{
    for (size_t i = 0; name && i < BYLAW__SIGHT_COUNT; i++)
        if (!strcmp(sight_names[i], name))
            return (enum bylaw__sight)i;
    return BYLAW__SIGHT_UNREAD;
}

enum bylaw__sight bylaw__sight_of_verdict(enum bylaw_verdict verdict,
                                          bool is_whole)
{
    if (!is_whole)
        return BYLAW__SIGHT_UNREAD;
    return (size_t)verdict < VERDICT_COUNT ? verdict_sights[verdict]
                                           : BYLAW__SIGHT_UNSURE;
}

enum bylaw__sight bylaw__sight_of_page(int status, bool is_whole)
{
    if (status == 404 || status == 410)
        return BYLAW__SIGHT_MISSING;
    return is_whole ? BYLAW__SIGHT_ABSENT : BYLAW__SIGHT_UNREAD;
}

/* -------------------------------------------------------------- table --- */

/* How often a sight must have been had before it moves a case. */
enum need {
    ONCE = 0,
    TWICE, /* a pause apart */
    OFTEN  /* BYLAW__CASE_UNREAD_MOST fetches in a row */
};

struct rule {
    enum bylaw_case_state to;
    enum need need;
    const char *what; /* NULL: the state stays */
};

#define FIRST_FOUND "found for the first time"
#define FOUND_TWICE "found again by a second fetch"
#define NOT_AFTER   "not confirmed: a later fetch found nothing to act on"
#define PUT_RIGHT   "put right: every duty is met now"
#define TAKEN_OFF   "put right: the page has no copy that the terms govern"
#define PAGE_GONE   "the page is gone"
#define NO_ANSWER   "the page could not be read several times in a row"
#define READ_AGAIN  "the page can be read again"
#define BACK_AGAIN  "found again after it was closed"
#define LAPSED      "the allowance has ended and it is still found"
#define OTHERWISE   "found still, but not as before"
#define LAPSING     "the allowance has ended or is about to"
#define DECIDED     "decided by a person"
#define PERMITTED   "allowed by the configuration"
#define REVOKED     "the configuration allows it no more"

/* A case that somebody was told of. */
#define OPEN_CASE                                                              \
    {                                                                          \
        [BYLAW__SIGHT_UNREAD] = {BYLAW_CASE_UNREACHABLE, OFTEN, NO_ANSWER},    \
        [BYLAW__SIGHT_MET] = {BYLAW_CASE_FIXED, ONCE, PUT_RIGHT},              \
        [BYLAW__SIGHT_ABSENT] = {BYLAW_CASE_FIXED, TWICE, TAKEN_OFF},          \
        [BYLAW__SIGHT_MISSING] = {BYLAW_CASE_GONE, TWICE, PAGE_GONE},          \
    }

#define STATE_COUNT ((size_t)BYLAW_CASE_UNREACHABLE + 1)

static const struct rule rules[STATE_COUNT][BYLAW__SIGHT_COUNT] = {
    [BYLAW_CASE_NONE] =
        {
            [BYLAW__SIGHT_FINDING] = {BYLAW_CASE_SEEN, ONCE, FIRST_FOUND},
        },
    /* Nobody knows of it yet, so that it is unreachable is no news. */
    [BYLAW_CASE_SEEN] =
        {
            [BYLAW__SIGHT_FINDING] = {BYLAW_CASE_NEW, TWICE, FOUND_TWICE},
            [BYLAW__SIGHT_MET] = {BYLAW_CASE_NONE, ONCE, NOT_AFTER},
            [BYLAW__SIGHT_ABSENT] = {BYLAW_CASE_NONE, TWICE, NOT_AFTER},
            [BYLAW__SIGHT_MISSING] = {BYLAW_CASE_GONE, TWICE, PAGE_GONE},
        },
    [BYLAW_CASE_NEW] = OPEN_CASE,
    [BYLAW_CASE_CONFIRMED] = OPEN_CASE,
    [BYLAW_CASE_NOTIFIED] = OPEN_CASE,
    [BYLAW_CASE_REGRESSED] = OPEN_CASE,
    [BYLAW_CASE_DISPUTED] = OPEN_CASE,
    [BYLAW_CASE_FIXED] =
        {
            [BYLAW__SIGHT_FINDING] = {BYLAW_CASE_REGRESSED, ONCE, BACK_AGAIN},
        },
    [BYLAW_CASE_GONE] =
        {
            [BYLAW__SIGHT_FINDING] = {BYLAW_CASE_REGRESSED, ONCE, BACK_AGAIN},
            [BYLAW__SIGHT_MET] = {BYLAW_CASE_FIXED, ONCE, PUT_RIGHT},
            [BYLAW__SIGHT_ABSENT] = {BYLAW_CASE_FIXED, TWICE, TAKEN_OFF},
        },
    /* Asked only once the allowance has ended. */
    [BYLAW_CASE_ALLOWED] =
        {
            [BYLAW__SIGHT_FINDING] = {BYLAW_CASE_NEW, ONCE, LAPSED},
            [BYLAW__SIGHT_MET] = {BYLAW_CASE_FIXED, ONCE, PUT_RIGHT},
            [BYLAW__SIGHT_ABSENT] = {BYLAW_CASE_FIXED, TWICE, TAKEN_OFF},
            [BYLAW__SIGHT_MISSING] = {BYLAW_CASE_GONE, TWICE, PAGE_GONE},
        },
    /* Any whole read leads back to the state before; see step(). */
    [BYLAW_CASE_UNREACHABLE] =
        {
            [BYLAW__SIGHT_MISSING] = {BYLAW_CASE_GONE, TWICE, PAGE_GONE},
        },
    /* BYLAW_CASE_IGNORED: no sight moves it. */
};

/* ----------------------------------------------------------- counting --- */

static bool is_whole(enum bylaw__sight sight)
{
    return sight != BYLAW__SIGHT_UNREAD && sight != BYLAW__SIGHT_MISSING;
}

/* A clock that was set back starts the wait anew. */
static bool is_pause_over(int64_t *since_ms, int64_t at_ms)
{
    if (at_ms < *since_ms)
        *since_ms = at_ms;
    return at_ms - *since_ms >= BYLAW__CASE_PAUSE_MS;
}

static void count_away(struct bylaw__case_facts *facts,
                       const struct bylaw__case_look *look)
{
    if (facts->away != look->sight || !facts->away_count) {
        facts->away = look->sight;
        facts->away_count = 1;
        facts->away_ms = look->at_ms;
    } else if (is_pause_over(&facts->away_ms, look->at_ms)) {
        facts->away_count++;
        facts->away_ms = look->at_ms;
    }
}

/* A fetch that shows nothing neither adds to a row of absences nor ends it. */
static void count(struct bylaw__case_facts *facts,
                  const struct bylaw__case_look *look)
{
    if (look->sight == BYLAW__SIGHT_UNREAD) {
        facts->unread++;
        return;
    }
    facts->unread = 0;
    if (is_whole(look->sight))
        facts->sight = look->sight;
    if (look->sight == BYLAW__SIGHT_ABSENT ||
        look->sight == BYLAW__SIGHT_MISSING)
        count_away(facts, look);
    else
        facts->away_count = 0;
}

static bool is_due(enum need need, struct bylaw__case_facts *facts,
                   const struct bylaw__case_look *look)
{
    if (need == OFTEN)
        return facts->unread >= BYLAW__CASE_UNREAD_MOST;
    if (need == TWICE && look->sight == BYLAW__SIGHT_FINDING)
        return is_pause_over(&facts->found_ms, look->at_ms);
    return need == ONCE || facts->away_count >= 2;
}

/* ------------------------------------------------------------- moving --- */

static struct bylaw__case_move move_to(struct bylaw__case_facts *facts,
                                       enum bylaw_case_state state,
                                       const char *what)
{
    struct bylaw__case_move move = {facts->state, state, what};

    facts->before =
        state == BYLAW_CASE_UNREACHABLE ? facts->state : BYLAW_CASE_NONE;
    facts->state = state;
    if (state != BYLAW_CASE_ALLOWED)
        facts->expires_ms = 0;
    return move;
}

static bool is_allowed_still(const struct bylaw__case_facts *facts,
                             int64_t at_ms)
{
    return facts->state == BYLAW_CASE_ALLOWED &&
           (!facts->expires_ms || at_ms < facts->expires_ms);
}

/* The states in which a person follows what is found. */
bool bylaw__case_is_open(enum bylaw_case_state state)
{
    return rules[state][BYLAW__SIGHT_UNREAD].what != NULL;
}

size_t bylaw__case_step(struct bylaw__case_move moves[BYLAW__CASE_MOVES],
                        struct bylaw__case_facts *facts,
                        const struct bylaw__case_look *look)
{
    const struct rule *rule;
    size_t made = 0;

    count(facts, look);
    if (is_allowed_still(facts, look->at_ms))
        return 0;
    if (facts->state == BYLAW_CASE_UNREACHABLE && is_whole(look->sight))
        moves[made++] = move_to(facts, facts->before, READ_AGAIN);
    rule = &rules[facts->state][look->sight];
    if (rule->what && is_due(rule->need, facts, look))
        moves[made++] = move_to(facts, rule->to, rule->what);
    else if (bylaw__case_is_open(facts->state) && look->is_other &&
             look->sight == BYLAW__SIGHT_FINDING)
        moves[made++] = move_to(facts, facts->state, OTHERWISE);
    if (facts->state == BYLAW_CASE_SEEN && made)
        facts->found_ms = look->at_ms;
    return made;
}

/* ------------------------------------------------------------ persons --- */

/* What may be set, and whether it hides a finding. */
static const struct {
    bool is_settable, needs_reason;
} settings[STATE_COUNT] = {
    [BYLAW_CASE_NEW] = {true, false},
    [BYLAW_CASE_CONFIRMED] = {true, false},
    [BYLAW_CASE_NOTIFIED] = {true, false},
    [BYLAW_CASE_DISPUTED] = {true, false},
    [BYLAW_CASE_ALLOWED] = {true, true},
    [BYLAW_CASE_IGNORED] = {true, true},
};

bool bylaw__case_is_settable(enum bylaw_case_state state)
{
    return (size_t)state < STATE_COUNT && settings[state].is_settable;
}

bool bylaw__case_needs_reason(enum bylaw_case_state state)
{
    return (size_t)state < STATE_COUNT && settings[state].needs_reason;
}

static void decide(struct bylaw__case_move *move,
                   struct bylaw__case_facts *facts, enum bylaw_case_state state,
                   int64_t expires_ms, const char *what)
{
    *move = move_to(facts, state, what);
    facts->expires_ms = state == BYLAW_CASE_ALLOWED ? expires_ms : 0;
    facts->unread = 0;
    facts->away_count = 0;
}

void bylaw__case_decide(struct bylaw__case_move *move,
                        struct bylaw__case_facts *facts,
                        enum bylaw_case_state state, int64_t expires_ms)
{
    decide(move, facts, state, expires_ms, DECIDED);
}

void bylaw__case_permit(struct bylaw__case_move *move,
                        struct bylaw__case_facts *facts, int64_t expires_ms)
{
    decide(move, facts, BYLAW_CASE_ALLOWED, expires_ms, PERMITTED);
}

void bylaw__case_revoke(struct bylaw__case_move *move,
                        struct bylaw__case_facts *facts)
{
    decide(move, facts, BYLAW_CASE_NEW, 0, REVOKED);
}

const char *bylaw__case_warning(void)
{
    return LAPSING;
}
