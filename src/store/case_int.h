/* SPDX-License-Identifier: Apache-2.0 */
/* A case as its row holds it, for the files that move cases. */
#ifndef BYLAW_CASE_INT_H
#define BYLAW_CASE_INT_H

#include "store/case_rules.h"
#include "store/store_int.h"

/** Where the statements that read cases have the source's name. */
#define BYLAW__CASE_COLUMN_SOURCE_NAME 0

struct bylaw__case {
    int64_t id;
    struct bylaw__case_facts facts;
    int64_t match; /* row of the last whole read's */
    int64_t first_ms, last_ms, changed_ms;
    int verdict, severity; /* of that match; verdict -1: not known */
};

/** What an event says beside its move. */
struct bylaw__case_note {
    int64_t at_ms, expires_ms, visit; /* visit 0: a person's */
    const char *by;                   /* NULL: a visit's */
    const char *why;                  /* NULL: what the case's match says */
};

/** State a column names; NONE where it names none. */
enum bylaw_case_state bylaw__case_state_at(struct bylaw__sql *sql, int column);
/** Reads the row that a statement stands on. */
void bylaw__case_read(struct bylaw__case *out, struct bylaw__sql *sql);
int bylaw__case_find(struct bylaw__case *out, bool *out_found,
                     bylaw__store *store, int64_t page, int64_t source,
                     struct bylaw_error *err);
int bylaw__case_of(struct bylaw__case *out, bylaw__store *store, int64_t id,
                   struct bylaw_error *err);
/** Adds the case as NONE and sets its id; put and note follow. */
int bylaw__case_add(struct bylaw__case *item, bylaw__store *store, int64_t page,
                    int64_t source, struct bylaw_error *err);
int bylaw__case_put(bylaw__store *store, const struct bylaw__case *item,
                    struct bylaw_error *err);
/** A person's words on the state; NULL: none. */
int bylaw__case_reason(bylaw__store *store, int64_t id, const char *reason,
                       struct bylaw_error *err);
int bylaw__case_note(bylaw__store *store, int64_t id,
                     const struct bylaw__case_move *move,
                     const struct bylaw__case_note *note,
                     struct bylaw_error *err);

#endif
