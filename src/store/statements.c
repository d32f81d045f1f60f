/* SPDX-License-Identifier: Apache-2.0 */
/* Every statement the store runs. None is ever put together from text. */
#include "store_int.h"

#define PAGE_COLUMNS                                                           \
    "p.id, p.url, h.name, p.via, p.kind, p.depth, p.due_ms, p.last_ms,"        \
    " p.interval_ms, p.failures, p.etag, p.last_modified, p.sha256, p.status"

static const char *const texts[BYLAW__SQL_COUNT] = {
    /* A write lock from the start: a transaction never has to be given up
     * half-way because another one wrote in between. */
    [BYLAW__SQL_BEGIN] = "BEGIN IMMEDIATE",
    [BYLAW__SQL_COMMIT] = "COMMIT",
    [BYLAW__SQL_ROLLBACK] = "ROLLBACK",
    [BYLAW__SQL_STEP_BEGIN] = "SAVEPOINT step",
    [BYLAW__SQL_STEP_KEEP] = "RELEASE step",
    [BYLAW__SQL_STEP_UNDO] = "ROLLBACK TO step",

    [BYLAW__SQL_CHECK_STRUCTURE] = "PRAGMA integrity_check(1)",
    [BYLAW__SQL_CHECK_KEYS] = "PRAGMA foreign_key_check",
    [BYLAW__SQL_CHECK_CASES] = "SELECT 1 FROM cases c WHERE state IS NOT"
                               " (SELECT state FROM events WHERE case_id = c.id"
                               "  ORDER BY id DESC LIMIT 1)",

    /* A source that was removed may come back under its name. */
    [BYLAW__SQL_SOURCE_ADD] =
        "INSERT INTO sources (name, spec, kind, url, rule, title, sha256,"
        "                     added_ms, refreshed_ms, parent)"
        " VALUES (?1, ?2, ?3, ?4, ?5, coalesce(?6, ''), ?7, ?8, ?9,"
        "         nullif(?10, 0))"
        " ON CONFLICT (name) DO UPDATE SET"
        "   spec = excluded.spec, kind = excluded.kind, url = excluded.url,"
        "   rule = excluded.rule, title = excluded.title,"
        "   sha256 = excluded.sha256, added_ms = excluded.added_ms,"
        "   refreshed_ms = excluded.refreshed_ms, parent = excluded.parent,"
        "   removed_ms = NULL"
        " WHERE removed_ms IS NOT NULL"
        " RETURNING id",
    [BYLAW__SQL_SOURCE_REFRESH] =
        "UPDATE sources SET title = coalesce(?2, title), sha256 = ?3,"
        " refreshed_ms = ?4 WHERE name = ?1 AND removed_ms IS NULL"
        " RETURNING id",
    [BYLAW__SQL_SOURCE_REMOVE] =
        "WITH RECURSIVE goes (id) AS ("
        "   SELECT id FROM sources WHERE name = ?1 AND removed_ms IS NULL"
        "   UNION"
        "   SELECT s.id FROM sources s JOIN goes ON s.parent = goes.id"
        "   WHERE s.removed_ms IS NULL)"
        " UPDATE sources SET removed_ms = ?2 WHERE id IN (SELECT id FROM goes)"
        " RETURNING id",
    [BYLAW__SQL_SOURCE_ID] = "SELECT id FROM sources WHERE name = ?1",
    [BYLAW__SQL_SOURCES] =
        "SELECT id, name, spec, kind, url, rule, title, sha256, added_ms,"
        "       refreshed_ms, parent"
        " FROM sources WHERE removed_ms IS NULL ORDER BY id",

    [BYLAW__SQL_HOST_ADD] =
        "INSERT INTO hosts (name) VALUES (?1) ON CONFLICT DO NOTHING",
    [BYLAW__SQL_PAGE_ADD] =
        "INSERT INTO pages (kind, key, host, url, via, depth, due_ms, last_ms,"
        "                   interval_ms, failures, etag, last_modified,"
        "                   sha256, status)"
        " VALUES (?1, ?2, (SELECT id FROM hosts WHERE name = ?3), ?4,"
        "         coalesce(?5, ''), ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    [BYLAW__SQL_PAGE_KNOWN] =
        "SELECT id FROM pages WHERE kind = ?1 AND key = ?2",
    [BYLAW__SQL_PAGE_ROW] =
        "SELECT " PAGE_COLUMNS
        " FROM pages p JOIN hosts h ON h.id = p.host WHERE p.id = ?1",
    /* The hosts with something due, the longest overdue first. */
    [BYLAW__SQL_DUE_HOSTS] =
        "WITH earliest (id, due_ms) AS MATERIALIZED ("
        "   SELECT id, (SELECT due_ms FROM pages WHERE host = hosts.id"
        "               ORDER BY due_ms LIMIT 1)"
        "   FROM hosts)"
        " SELECT id FROM earliest WHERE due_ms <= ?1"
        " ORDER BY due_ms, id LIMIT ?2",
    /* The page of a host that is due after one already taken. */
    [BYLAW__SQL_DUE_NEXT] =
        "SELECT id, due_ms FROM pages"
        " WHERE host = ?1 AND due_ms <= ?2 AND (due_ms, id) > (?3, ?4)"
        " ORDER BY due_ms, id LIMIT 1",
};

const char *bylaw__sql_text_of(enum bylaw__sql_id id)
{
    return texts[id];
}
