/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a case moves: pure rules over small values, without a database.
 *
 * A case is one page and one source. Each visit of the page shows one sight of
 * it, and the table in case_rules.c says where that sight takes each state.
 * Two thoughts are behind every row: nobody is accused on one reading, and no
 * case is closed because a page could not be read.
 */
#ifndef BYLAW_CASE_RULES_H
#define BYLAW_CASE_RULES_H

#include <bylaw/case.h>
#include <bylaw/finding.h>

/** What counts twice must lie this far apart: a site that is being changed,
 *  or a cache that is being filled, has had its time by then. */
#define BYLAW__CASE_PAUSE_MS ((int64_t)10 * 60 * 1000)
/** Failed fetches in a row that make a case unreachable. */
#define BYLAW__CASE_UNREAD_MOST 3u
/** How long before its end an allowance is warned of. */
#define BYLAW__CASE_WARN_MS ((int64_t)14 * 24 * 60 * 60 * 1000)

/** What one visit shows of a case. The zero value shows nothing. */
enum bylaw__sight {
    BYLAW__SIGHT_UNREAD = 0, /* error, block, or a read that was not whole */
    BYLAW__SIGHT_UNSURE,     /* read whole, copy there, nothing decided */
    BYLAW__SIGHT_FINDING,    /* read whole, copy there, something to act on */
    BYLAW__SIGHT_MET,        /* read whole, copy there, every duty met */
    BYLAW__SIGHT_ABSENT,     /* read whole, no copy that a licence governs */
    BYLAW__SIGHT_MISSING     /* 404 or 410 */
};
#define BYLAW__SIGHT_COUNT 6u

/** "unread", "unsure", "finding", "met", "absent", "missing". Static. */
const char *bylaw__sight_name(enum bylaw__sight sight);
/** Sight of that name; UNREAD where there is none. */
enum bylaw__sight bylaw__sight_of(const char *name);

/** Of a page on which the source was found. is_whole: 200, read whole. */
enum bylaw__sight bylaw__sight_of_verdict(enum bylaw_verdict verdict,
                                          bool is_whole);
/** Of a page on which it was not. */
enum bylaw__sight bylaw__sight_of_page(int status, bool is_whole);

/** What is remembered of a case between visits. */
struct bylaw__case_facts {
    enum bylaw_case_state state;
    enum bylaw_case_state before; /* to return to from UNREACHABLE */
    enum bylaw__sight sight;      /* at the last whole read */
    int64_t found_ms;             /* finding that a second is to confirm */
    enum bylaw__sight away;       /* ABSENT or MISSING while in a row */
    unsigned away_count;          /* fetches of that row, a pause apart */
    int64_t away_ms;              /* the last of them */
    unsigned unread;              /* fetches in a row that were not whole */
    int64_t expires_ms;           /* of an allowance; 0: never */
};

/** One visit as a case sees it. */
struct bylaw__case_look {
    enum bylaw__sight sight;
    int64_t at_ms;
    bool is_other; /* another verdict or severity than at the last read */
};

/** One event: the state it leads to, and a clause for people. */
struct bylaw__case_move {
    enum bylaw_case_state before, state;
    const char *what; /* static */
};
#define BYLAW__CASE_MOVES 2u /* at most, of one visit */

/** Moves the facts by one look; returns how many moves were made. */
size_t bylaw__case_step(struct bylaw__case_move moves[BYLAW__CASE_MOVES],
                        struct bylaw__case_facts *facts,
                        const struct bylaw__case_look *look);

/** True for states a person may set; the others are for visits alone. */
bool bylaw__case_is_settable(enum bylaw_case_state state);
/** True for states that hide a finding, and so need a reason. */
bool bylaw__case_needs_reason(enum bylaw_case_state state);
/** A person's decision. expires_ms counts for ALLOWED only. */
void bylaw__case_decide(struct bylaw__case_move *move,
                        struct bylaw__case_facts *facts,
                        enum bylaw_case_state state, int64_t expires_ms);

/** The configuration allows the case until then (0: for good), or no more. */
void bylaw__case_permit(struct bylaw__case_move *move,
                        struct bylaw__case_facts *facts, int64_t expires_ms);
void bylaw__case_revoke(struct bylaw__case_move *move,
                        struct bylaw__case_facts *facts);
/** Whether a person follows what is found of such a case. */
bool bylaw__case_is_open(enum bylaw_case_state state);

/** The clause of the event that warns of an allowance's end. Static. */
const char *bylaw__case_warning(void);

#endif
