/* SPDX-License-Identifier: Apache-2.0 */
/* What the store's files share: statements, transactions, the schema. */
#ifndef BYLAW_STORE_INT_H
#define BYLAW_STORE_INT_H

#include "store/store.h"

#include <sqlite3.h>

/** Every statement the store runs; the texts are in statements.c. */
enum bylaw__sql_id {
    BYLAW__SQL_BEGIN,
    BYLAW__SQL_COMMIT,
    BYLAW__SQL_ROLLBACK,
    BYLAW__SQL_STEP_BEGIN,
    BYLAW__SQL_STEP_KEEP,
    BYLAW__SQL_STEP_UNDO,
    BYLAW__SQL_CHECK_STRUCTURE,
    BYLAW__SQL_CHECK_KEYS,
    BYLAW__SQL_CHECK_CASES,
    BYLAW__SQL_CHECK_MATCHES,
    BYLAW__SQL_CHECK_REASONS,
    BYLAW__SQL_CHECK_TIMES,
    BYLAW__SQL_CHECK_NEWEST,
    BYLAW__SQL_CHECK_EXPIRIES,
    BYLAW__SQL_SOURCE_ADD,
    BYLAW__SQL_SOURCE_REFRESH,
    BYLAW__SQL_SOURCE_REMOVE,
    BYLAW__SQL_SOURCE_ID,
    BYLAW__SQL_SOURCES,
    BYLAW__SQL_HOST_ADD,
    BYLAW__SQL_PAGE_ADD,
    BYLAW__SQL_PAGE_KNOWN,
    BYLAW__SQL_PAGE_ROW,
    BYLAW__SQL_PAGES_BY_DEPTH,
    BYLAW__SQL_PAGES_BY_DUE,
    BYLAW__SQL_DUE_HOSTS,
    BYLAW__SQL_DUE_NEXT,
    BYLAW__SQL_PAGE_SHA256,
    BYLAW__SQL_PAGE_TOUCH,
    BYLAW__SQL_PAGE_BODY,
    BYLAW__SQL_VISIT_ADD,
    BYLAW__SQL_VISIT_ENTER,
    BYLAW__SQL_TRAILS_ADD,
    BYLAW__SQL_TRAILS_OF,
    BYLAW__SQL_MATCH_ADD,
    BYLAW__SQL_MATCH_FADE,
    BYLAW__SQL_CASE_OF_PAGE,
    BYLAW__SQL_CASE_BY_ID,
    BYLAW__SQL_CASES_UNMATCHED,
    BYLAW__SQL_CASE_ADD,
    BYLAW__SQL_CASE_PUT,
    BYLAW__SQL_CASE_REASON,
    BYLAW__SQL_CASES,
    BYLAW__SQL_CASE_ONE,
    BYLAW__SQL_CASES_SINCE,
    BYLAW__SQL_ALLOWANCES,
    BYLAW__SQL_CASES_TO_PERMIT,
    BYLAW__SQL_CASES_TO_FOLD,
    BYLAW__SQL_CASE_FOLD,
    BYLAW__SQL_CASE_TEXT,
    BYLAW__SQL_CASE_TWINS,
    BYLAW__SQL_CASE_AUDIT,
    BYLAW__SQL_COPIES,
    BYLAW__SQL_SITE_WORKS,
    BYLAW__SQL_EVENT_ADD,
    BYLAW__SQL_EVENTS_OF_CASE,
    BYLAW__SQL_EVENTS_SINCE,
    BYLAW__SQL_WARN_EVENTS,
    BYLAW__SQL_WARN_CASES,
    BYLAW__SQL_SCAN_ADD,
    BYLAW__SQL_SCAN_END,
    BYLAW__SQL_SCANS,
    BYLAW__SQL_CAPTURE_ADD,
    BYLAW__SQL_CAPTURES,
    BYLAW__SQL_CAPTURE_LAST,
    BYLAW__SQL_SCANS_CUT,
    BYLAW__SQL_SPENT,
    BYLAW__SQL_NOTE_PUT,
    BYLAW__SQL_NOTE_GET,
    BYLAW__SQL_DUE_ENTRIES,
    BYLAW__SQL_DUE_NEWEST,
    BYLAW__SQL_DUE_ADD,
    BYLAW__SQL_DUE_MARK,
    BYLAW__SQL_DUE_DROP,
    BYLAW__SQL_UNENTERED,
    BYLAW__SQL_RULE_TEXT_ADD,
    BYLAW__SQL_BODY_SOURCE,
    BYLAW__SQL_BODY_SCAN,
    BYLAW__SQL_BODY_VISIT,
    BYLAW__SQL_BODY_VERDICT,
    BYLAW__SQL_BODY_STATE,
    BYLAW__SQL_BODY_RULE,
    BYLAW__SQL_BODY_CAPTURE,
    BYLAW__SQL_ROWS_SOURCE,
    BYLAW__SQL_ROWS_SCAN,
    BYLAW__SQL_ROWS_VERDICT,
    BYLAW__SQL_ROWS_STATE,
    BYLAW__SQL_ROWS_RULE,
    BYLAW__SQL_ROWS_CAPTURE,
    BYLAW__SQL_CASE_SIGHTS,
    BYLAW__SQL_MATCH_AUDIT,
    BYLAW__SQL_VERDICTS,
    BYLAW__SQL_CAPTURE_NAMED,
    BYLAW__SQL_PAGES_FORGET,
    BYLAW__SQL_PAGES_SET_BACK,
    BYLAW__SQL_PAGE_NEARER,
    BYLAW__SQL_PAGE_REPEATS,
    BYLAW__SQL_NEWS,
    BYLAW__SQL_NEWS_EVENTS,
    BYLAW__SQL_NEWS_PAGES,
    BYLAW__SQL_NEWS_OPEN,
    BYLAW__SQL_TELLING_LAST,
    BYLAW__SQL_TELLING_SCAN,
    BYLAW__SQL_TELLING_ADD,
    BYLAW__SQL_TELLING_END,
    BYLAW__SQL_TELLINGS_UNSURE,
    BYLAW__SQL_TOLD_ADD,
    BYLAW__SQL_TOLD_DROP,
    BYLAW__SQL_METRIC_CASES,
    BYLAW__SQL_METRIC_PAGES,
    BYLAW__SQL_METRIC_SIZES,
    BYLAW__SQL_COUNT
};

struct bylaw__store {
    sqlite3 *db;
    char *path; /* as given, for messages */
    sqlite3_stmt *cache[BYLAW__SQL_COUNT];
    bool is_batch; /* between bylaw__store_begin and _commit */
};

/**
 * One run of a statement. Binding and stepping fail once and stay failed;
 * bylaw__sql_end says what went wrong, so a caller asks only there.
 */
struct bylaw__sql {
    bylaw__store *store;
    sqlite3_stmt *stmt;
    int next;       /* number of the next parameter to bind */
    int rc;         /* an SQLite code; SQLITE_OK while all is well */
    bool is_cached; /* given back at the end, else finalised */
};

struct bylaw__sql bylaw__sql_start(bylaw__store *store, enum bylaw__sql_id id);
/* Parameters are bound in order: ?1, ?2 ... Text NULL binds NULL; text is
 * borrowed until the end. */
void bylaw__sql_int(struct bylaw__sql *sql, int64_t value);
void bylaw__sql_real(struct bylaw__sql *sql, double value);
void bylaw__sql_text(struct bylaw__sql *sql, const char *value);
/** True where there is a (further) row. */
bool bylaw__sql_row(struct bylaw__sql *sql);
/* Columns of the row, from 0; NULL reads as 0 or NULL. */
int64_t bylaw__sql_get_int(struct bylaw__sql *sql, int column);
double bylaw__sql_get_real(struct bylaw__sql *sql, int column);
const char *bylaw__sql_get_text(struct bylaw__sql *sql, int column);
int bylaw__sql_end(struct bylaw__sql *sql, struct bylaw_error *err);
/** Steps to the end of a statement that gives no rows, then ends it. */
int bylaw__sql_finish(struct bylaw__sql *sql, struct bylaw_error *err);
/** A statement without parameters or rows. */
int bylaw__sql_run(bylaw__store *store, enum bylaw__sql_id id,
                   struct bylaw_error *err);

/** The failure an SQLite code stands for; call it before anything else. */
int bylaw__store_fail(sqlite3 *db, int code, const char *path,
                      struct bylaw_error *err);

/** Value of a pragma that answers with one number. */
int bylaw__store_pragma(int64_t *out, sqlite3 *db, const char *pragma,
                        const char *path, struct bylaw_error *err);

/** Opens a transaction, or a step of the batch that is open. */
int bylaw__store_enter(bylaw__store *store, struct bylaw_error *err);
/** Keeps what was done since enter if rc is 0, else undoes it; gives rc, or
 *  why it could not be kept. */
int bylaw__store_leave(int rc, bylaw__store *store, struct bylaw_error *err);

/** Gives a handle the functions that the schema uses. An SQLite code. */
int bylaw__store_teach(sqlite3 *db);

/** Text of a statement. Static. */
const char *bylaw__sql_text_of(enum bylaw__sql_id id);

/** Fails with store.no-source. */
int bylaw__store_source_id(int64_t *out_id, bylaw__store *store,
                           const char *name, struct bylaw_error *err);
/** Keeps where a visit's answer is; part of recording the visit. */
int bylaw__store_capture_of_visit(bylaw__store *store, int64_t visit,
                                  const struct bylaw__capture_row *row,
                                  struct bylaw_error *err);

/* ------------------------------------------------------------- schema --- */

/** "BYLW": marks the file as a workspace of Bylaw. */
#define BYLAW__STORE_APPLICATION 0x42594c57

/** Texts of migrations; see schema_captures.c, schema_ledger.c. */
extern const char bylaw__schema_captures[];
extern const char bylaw__schema_ledger[];

/** Brings a database from version - 1 to version. */
struct bylaw__migration {
    int version; /* 1, 2 ... without a gap */
    const char *sql;
};
extern const struct bylaw__migration bylaw__migrations[];
extern const size_t bylaw__migration_count;

/**
 * Runs the migrations after the database's version, each in a transaction of
 * its own, so that a kill leaves one of the numbered versions.
 */
int bylaw__store_migrate(sqlite3 *db, const char *path,
                         const struct bylaw__migration *steps, size_t count,
                         struct bylaw_error *err);

#endif
