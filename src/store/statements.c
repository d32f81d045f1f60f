/* SPDX-License-Identifier: Apache-2.0 */
/* Every statement the store runs. None is ever put together from text. */
#include "store_int.h"

#define PAGE_COLUMNS                                                           \
    "p.id, p.url, h.name, p.via, p.kind, p.depth, p.due_ms, p.last_ms,"        \
    " p.interval_ms, p.failures, p.etag, p.last_modified, p.sha256, p.status"
/* ?1 the host, ?2 now. */
#define PAGES_OF_HOST                                                          \
    "SELECT " PAGE_COLUMNS " FROM hosts h JOIN pages p ON p.host = h.id"       \
    " WHERE h.name = ?1 AND p.due_ms <= ?2"

/* What the rules remember; bylaw__case_read knows the order. */
#define CASE_FACTS                                                             \
    "SELECT s.name, c.id, c.state, c.before, c.sight, c.found_ms, c.away,"     \
    "       c.away_count, c.away_ms, c.unread, c.expires_ms, c.match,"         \
    "       c.last_ms, c.changed_ms, m.verdict, m.severity"                    \
    " FROM cases c JOIN matches m ON m.id = c.match"                           \
    " JOIN sources s ON s.id = c.source "

/* What people see; read_case in case_rows.c knows the order. */
#define CASE_VIEW                                                              \
    "SELECT c.id, s.name, p.url, h.name, c.state, m.verdict, m.because,"       \
    "       c.reason, m.severity, c.first_ms, c.last_ms, c.changed_ms,"        \
    "       c.expires_ms, m.rule, m.confidence, m.match_class, m.coverage,"    \
    "       coalesce(c.twin_of, 0)"                                            \
    " FROM cases c JOIN pages p ON p.id = c.page"                              \
    " JOIN hosts h ON h.id = p.host JOIN sources s ON s.id = c.source"         \
    " JOIN matches m ON m.id = c.match "

#define CASE_FILTER                                                            \
    " (?1 IS NULL OR s.name = ?1) AND (?2 IS NULL OR h.name = ?2)"             \
    " AND (?3 IS NULL OR c.state = ?3) AND c.changed_ms >= ?4"                 \
    " AND (?5 = 0 OR c.twin_of = ?5) "

#define EVENT_VIEW                                                             \
    "SELECT id, case_id, at_ms, state, before, what, by, why, expires_ms,"     \
    "       visit FROM events "

/* Somebody decided something; drafts and notes decide nothing. */
#define BY_DECISION                                                            \
    " AND by <> '' AND what NOT LIKE '" BYLAW__STORE_DRAFTED "%'"              \
    " AND what <> '" BYLAW__STORE_NOTED "'"

/* read_row in news.c knows the order. */
#define NEWS_VIEW                                                              \
    "SELECT e.case_id, e.id, e.at_ms, e.state, e.before, e.by, e.expires_ms,"  \
    "       p.url, h.name, s.name, s.title, m.verdict, m.because, m.severity," \
    "       c.state, "

#define NEWS_TABLES                                                            \
    " FROM events e JOIN cases c ON c.id = e.case_id"                          \
    " JOIN pages p ON p.id = c.page JOIN hosts h ON h.id = p.host"             \
    " JOIN sources s ON s.id = c.source JOIN matches m ON m.id = c.match "

#define ENTRY_BODY(view) "SELECT body FROM " view " WHERE id = ?1"
/* Rows newer than the queue whose (first) entry does not wait in it. */
#define ENTRY_ROWS(table, kind)                                                \
    "SELECT count(*) FROM " table " WHERE id >"                                \
    " coalesce((SELECT row FROM unentered WHERE kind = '" kind "'), 0)"        \
    " AND (?2 = 0 OR id NOT IN (SELECT json_extract(body, '$.row')"            \
    "  FROM due_entries WHERE kind = '" kind "' AND id > ?1))"

/* read_row in capture_rows.c knows the order. */
#define CAPTURE_VIEW                                                           \
    "SELECT k.id, k.visit, s.name, k.at_ms, k.kind, k.url, k.file, k.offset,"  \
    "       k.length, k.sha256, k.record, k.payload_sha256, v.archive"         \
    " FROM captures k LEFT JOIN sources s ON s.id = k.source"                  \
    " LEFT JOIN visits v ON v.id = k.visit "

#define TO_WARN_OF                                                             \
    " WHERE state = 'allowed' AND expires_ms BETWEEN 1 AND ?2"                 \
    " AND NOT is_warned "

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

    [BYLAW__SQL_CHECK_MATCHES] =
        "SELECT 1 FROM cases c JOIN matches m ON m.id = c.match"
        " JOIN visits v ON v.id = m.visit"
        " WHERE m.source <> c.source OR v.page <> c.page"
        " UNION ALL SELECT 1 FROM events e JOIN cases c ON c.id = e.case_id"
        " JOIN visits v ON v.id = e.visit WHERE v.page <> c.page",
    [BYLAW__SQL_CHECK_REASONS] =
        "SELECT 1 FROM cases c WHERE reason IS NOT"
        " (SELECT why FROM events WHERE case_id = c.id" BY_DECISION
        "  ORDER BY id DESC LIMIT 1)",

    [BYLAW__SQL_CHECK_TIMES] =
        "SELECT 1 FROM cases c WHERE changed_ms IS NOT"
        " (SELECT at_ms FROM events WHERE case_id = c.id"
        "  ORDER BY id DESC LIMIT 1)"
        " OR NOT EXISTS (SELECT 1 FROM visits v JOIN matches m"
        "   ON m.visit = v.id AND m.source = c.source"
        "   WHERE v.page = c.page AND v.fetched_ms = c.first_ms)"
        " OR NOT EXISTS (SELECT 1 FROM visits v"
        "   WHERE v.page = c.page AND v.fetched_ms = c.last_ms)",
    [BYLAW__SQL_CHECK_NEWEST] =
        "SELECT 1 FROM cases c JOIN matches m ON m.source = c.source"
        " JOIN visits v ON v.id = m.visit AND v.page = c.page"
        " WHERE m.id > c.match AND v.is_complete AND v.status = 200"
        "  AND v.refusal IS NULL",
    [BYLAW__SQL_CHECK_EXPIRIES] =
        "SELECT 1 FROM cases c WHERE expires_ms IS NOT"
        " CASE WHEN state = 'allowed' THEN"
        "  (SELECT expires_ms FROM events WHERE case_id = c.id" BY_DECISION
        "   ORDER BY id DESC LIMIT 1) ELSE 0 END",

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
    [BYLAW__SQL_PAGES_BY_DEPTH] =
        PAGES_OF_HOST " AND p.kind = 'page' AND (p.depth, p.id) >= (?3, ?4)"
                      " ORDER BY p.depth, p.id",
    [BYLAW__SQL_PAGES_BY_DUE] = PAGES_OF_HOST
    " AND (p.due_ms, p.id) >= (?3, ?4) ORDER BY p.due_ms, p.id",
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

    [BYLAW__SQL_PAGE_SHA256] = "SELECT sha256 FROM pages WHERE id = ?1",
    [BYLAW__SQL_PAGE_TOUCH] =
        "UPDATE pages SET due_ms = ?2, last_ms = ?3, interval_ms = ?4,"
        " failures = ?5, status = ?6 WHERE id = ?1",
    [BYLAW__SQL_PAGE_BODY] =
        "UPDATE pages SET etag = ?2, last_modified = ?3, sha256 = ?4"
        " WHERE id = ?1",
    [BYLAW__SQL_VISIT_ADD] =
        "INSERT INTO visits (page, fetched_ms, status, refusal, final_url,"
        "                    sha256, is_complete, is_changed, archive)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id",
    /* What no case hangs on is not entered: a crawl sees much of that. */
    [BYLAW__SQL_VISIT_ENTER] =
        "INSERT INTO due_entries (kind, body)"
        " SELECT 'visit', body FROM visit_entries WHERE id = ?1"
        " AND (?2 OR EXISTS (SELECT 1 FROM cases WHERE page = ?3))",
    [BYLAW__SQL_TRAILS_ADD] =
        "INSERT INTO trails (visit, body) VALUES (?1, ?2)",
    [BYLAW__SQL_TRAILS_OF] = "SELECT body FROM trails WHERE visit = ?1",
    [BYLAW__SQL_MATCH_ADD] =
        "INSERT INTO matches (visit, source, verdict, because, rule,"
        "                     rule_sha256, severity, confidence, match_class,"
        "                     coverage, audit, audit_sha256)"
        " VALUES (?1, ?2, ?3, coalesce(?4, ''), ?5, ?6, ?7, coalesce(?8, ''),"
        "         coalesce(?9, ''), ?10, coalesce(?11, ''), ?12) RETURNING id",

    /* What was found the time before needs its audit no more, unless the
     * case still stands on it or an event does. */
    [BYLAW__SQL_MATCH_FADE] =
        "UPDATE matches SET audit = ''"
        " WHERE id = (SELECT m.id FROM visits v"
        "             JOIN matches m ON m.visit = v.id AND m.source = ?3"
        "             WHERE v.page = ?1 AND v.id < ?2"
        "             ORDER BY v.id DESC LIMIT 1)"
        " AND NOT EXISTS (SELECT 1 FROM cases c"
        "   WHERE c.page = ?1 AND c.source = ?3 AND (c.match = matches.id"
        "     OR EXISTS (SELECT 1 FROM events e WHERE e.case_id = c.id"
        "                AND e.visit = matches.visit)))",

    [BYLAW__SQL_CASE_OF_PAGE] =
        CASE_FACTS "WHERE c.page = ?1 AND c.source = ?2",
    [BYLAW__SQL_CASE_BY_ID] = CASE_FACTS "WHERE c.id = ?1",
    /* A source that was removed is not looked for, so that it is not found
     * says nothing. */
    [BYLAW__SQL_CASES_UNMATCHED] = CASE_FACTS
    "WHERE c.page = ?1 AND s.removed_ms IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM matches WHERE visit = ?2 AND source = c.source)"
    " ORDER BY c.id",
    [BYLAW__SQL_CASE_ADD] =
        "INSERT INTO cases (page, source, match, first_ms, state, before,"
        "                   sight, found_ms, away, away_count, away_ms,"
        "                   unread, expires_ms, is_warned, last_ms,"
        "                   changed_ms)"
        " VALUES (?1, ?2, ?3, ?4, '', '', '', 0, '', 0, 0, 0, 0, 0, 0, 0)"
        " RETURNING id",
    [BYLAW__SQL_CASE_PUT] =
        "UPDATE cases SET state = ?2, before = ?3, sight = ?4, found_ms = ?5,"
        " away = ?6, away_count = ?7, away_ms = ?8, unread = ?9,"
        " is_warned = is_warned AND expires_ms = ?10, expires_ms = ?10,"
        " match = ?11, last_ms = ?12, changed_ms = ?13 WHERE id = ?1",
    [BYLAW__SQL_CASE_REASON] = "UPDATE cases SET reason = ?2 WHERE id = ?1",
    [BYLAW__SQL_CASES] = CASE_VIEW "WHERE" CASE_FILTER "ORDER BY c.id",
    [BYLAW__SQL_CASE_ONE] = CASE_VIEW "WHERE" CASE_FILTER "AND c.id = ?6",
    [BYLAW__SQL_CASES_SINCE] =
        CASE_VIEW "WHERE c.id IN (SELECT case_id FROM events WHERE id >"
                  " (SELECT last_event FROM scans WHERE id = ?1))"
                  " ORDER BY c.id",
    [BYLAW__SQL_ALLOWANCES] =
        CASE_VIEW "WHERE c.state = 'allowed' AND c.expires_ms BETWEEN 1 AND ?1"
                  " ORDER BY c.expires_ms, c.id",
    /* Whatever its verdict, but for what is nobody's repost. */
    [BYLAW__SQL_SITE_WORKS] =
        "SELECT s.name, min(v.fetched_ms)"
        " FROM hosts h JOIN pages p ON p.host = h.id"
        "  JOIN visits v ON v.page = p.id JOIN matches m ON m.visit = v.id"
        "  JOIN sources s ON s.id = m.source"
        " WHERE h.name = ?1 AND m.match_class IN ('full', 'partial')"
        "  AND m.verdict <> 'not-applicable'"
        "  AND v.fetched_ms < (SELECT coalesce(max(began_ms), 0) FROM scans"
        "                      WHERE began_ms <= ?2)"
        " GROUP BY s.id ORDER BY s.id",
    /* Who decided last, and whether the configuration ever did (?1). */
    [BYLAW__SQL_CASES_TO_PERMIT] =
        "SELECT c.id, c.state, p.url, c.expires_ms, coalesce(c.reason, ''),"
        "  coalesce((SELECT by FROM events WHERE case_id = c.id" BY_DECISION
        "            ORDER BY id DESC LIMIT 1), ''),"
        "  EXISTS (SELECT 1 FROM events WHERE case_id = c.id AND by = ?1)"
        " FROM cases c JOIN pages p ON p.id = c.page WHERE c.state IN"
        " ('new', 'confirmed', 'notified', 'regressed', 'disputed', 'allowed')"
        " ORDER BY c.id",
    /* "www." makes no other host. Who is in no family has an empty kin. */
    [BYLAW__SQL_CASES_TO_FOLD] =
        "SELECT c.id, coalesce(c.twin_of, 0), p.key, coalesce(c.declared, ''),"
        "  c.state = 'unreachable',"
        "  CASE WHEN c.text_sha256 IS NULL"
        "         OR c.state IN ('none', 'fixed', 'gone') THEN ''"
        "       ELSE c.source || ' ' || c.text_sha256 || ' ' || m.verdict"
        "         || ' ' || CASE WHEN h.name LIKE 'www.%'"
        "                        THEN substr(h.name, 5) ELSE h.name END"
        "  END AS kin"
        " FROM cases c JOIN pages p ON p.id = c.page"
        " JOIN hosts h ON h.id = p.host JOIN matches m ON m.id = c.match"
        " WHERE c.text_sha256 IS NOT NULL OR c.twin_of IS NOT NULL"
        " ORDER BY kin, p.key",
    [BYLAW__SQL_CASE_FOLD] =
        "UPDATE cases SET twin_of = nullif(?2, 0) WHERE id = ?1",
    [BYLAW__SQL_CASE_TEXT] =
        "UPDATE cases SET text_sha256 = ?2, declared = ?3 WHERE id = ?1",
    [BYLAW__SQL_CASE_TWINS] = "SELECT id FROM cases WHERE twin_of = ?1",
    [BYLAW__SQL_CASE_AUDIT] =
        "SELECT m.audit FROM cases c JOIN matches m ON m.id = c.match"
        " WHERE c.id = ?1",

    /* Copies that never asked for action: what the last read that changed
     * anything found, where that is no case. */
    [BYLAW__SQL_COPIES] =
        "SELECT s.name, p.url, h.name, m.verdict, m.because, m.rule,"
        "  m.confidence, m.match_class, m.severity, m.coverage,"
        "  v.fetched_ms, p.last_ms, m.audit"
        " FROM matches m JOIN visits v ON v.id = m.visit"
        " JOIN pages p ON p.id = v.page JOIN hosts h ON h.id = p.host"
        " JOIN sources s ON s.id = m.source"
        " WHERE m.audit <> '' AND s.removed_ms IS NULL"
        "  AND (?1 IS NULL OR s.name = ?1) AND (?2 IS NULL OR h.name = ?2)"
        "  AND NOT EXISTS (SELECT 1 FROM cases c"
        "    WHERE c.page = p.id AND c.source = m.source)"
        "  AND NOT EXISTS (SELECT 1 FROM visits w WHERE w.page = p.id"
        "    AND w.id > v.id AND w.is_complete AND w.is_changed)"
        " ORDER BY m.id",

    [BYLAW__SQL_EVENT_ADD] =
        "INSERT INTO events (case_id, at_ms, state, before, what, by, why,"
        "                    expires_ms, visit)"
        " VALUES (?1, ?2, ?3, ?4, ?5, coalesce(?6, ''), coalesce(?7,"
        "         (SELECT m.because FROM cases c JOIN matches m"
        "          ON m.id = c.match WHERE c.id = ?1)), ?8, nullif(?9, 0))",
    [BYLAW__SQL_EVENTS_OF_CASE] = EVENT_VIEW "WHERE case_id = ?1 ORDER BY id",
    [BYLAW__SQL_EVENTS_SINCE] =
        EVENT_VIEW "WHERE at_ms >= ?1 ORDER BY at_ms, id",
    [BYLAW__SQL_WARN_EVENTS] =
        "INSERT INTO events (case_id, at_ms, state, before, what, by, why,"
        "                    expires_ms)"
        " SELECT id, ?1, state, state, ?3, '', coalesce(reason, ''),"
        "        expires_ms FROM cases" TO_WARN_OF "ORDER BY id",
    [BYLAW__SQL_WARN_CASES] =
        "UPDATE cases SET is_warned = 1, changed_ms = ?1" TO_WARN_OF,

    [BYLAW__SQL_SCAN_ADD] =
        "INSERT INTO scans (began_ms, ended_ms, outcome, fetched, matched,"
        "                   failed, changed, last_event, last_visit)"
        " VALUES (?1, 0, '', 0, 0, 0, 0,"
        "         (SELECT coalesce(max(id), 0) FROM events),"
        "         (SELECT coalesce(max(id), 0) FROM visits)) RETURNING id",
    [BYLAW__SQL_SCANS_CUT] =
        "SELECT began_ms, ended_ms, outcome, last_visit FROM scans"
        " WHERE id < ?1 ORDER BY id DESC",
    /* What was refused by robots.txt was not asked for. */
    [BYLAW__SQL_SPENT] =
        "SELECT h.name, count(DISTINCT p.id),"
        "  count(DISTINCT CASE WHEN p.depth < ?2 THEN p.id END),"
        "  sum(v.refusal IS NULL OR v.refusal NOT LIKE 'scan.robots-%')"
        " FROM visits v JOIN pages p ON p.id = v.page"
        " JOIN hosts h ON h.id = p.host"
        " WHERE v.id > ?1 AND p.kind = 'page' GROUP BY h.id ORDER BY h.id",
    [BYLAW__SQL_SCAN_END] =
        "UPDATE scans SET ended_ms = ?2, outcome = ?3, fetched = ?4,"
        " matched = ?5, failed = ?6, changed = ?7 WHERE id = ?1 RETURNING id",
    /* Events of each case after the one that the channel was last told of,
     * with what it was told then. */
    [BYLAW__SQL_NEWS] = "WITH last (case_id, event, kind) AS MATERIALIZED ("
                        "   SELECT t.case_id, max(t.event), t.kind FROM told t"
                        "   JOIN tellings g ON g.id = t.telling"
                        "   WHERE g.channel = ?1 GROUP BY t.case_id) " NEWS_VIEW
                        "coalesce(l.kind, '')" NEWS_TABLES
                        "LEFT JOIN last l ON l.case_id = e.case_id"
                        " WHERE e.id > coalesce(l.event, 0) AND c.twin_of IS "
                        "NULL ORDER BY e.case_id, e.id",
    [BYLAW__SQL_NEWS_EVENTS] =
        NEWS_VIEW "''" NEWS_TABLES "WHERE c.twin_of IS NULL"
                  " ORDER BY e.id DESC",
    /* Each page counts by its latest visit. */
    [BYLAW__SQL_NEWS_PAGES] =
        "WITH last (id) AS MATERIALIZED ("
        "   SELECT max(v.id) FROM visits v JOIN pages p ON p.id = v.page"
        "   WHERE v.id > ?1 AND p.kind = 'page' GROUP BY v.page)"
        " SELECT count(*),"
        "   coalesce(sum(NOT v.is_complete"
        "                AND v.status NOT IN (304, 404, 410)), 0),"
        "   coalesce(sum(EXISTS (SELECT 1 FROM matches WHERE visit = v.id"
        "                        AND verdict = 'undetermined')), 0),"
        "   coalesce(max(v.id), ?1)"
        " FROM last JOIN visits v ON v.id = last.id",
    [BYLAW__SQL_NEWS_OPEN] =
        "SELECT count(*) FROM cases WHERE state IN"
        " ('new', 'confirmed', 'notified', 'regressed', 'disputed')"
        " AND twin_of IS NULL",
    [BYLAW__SQL_TELLING_LAST] =
        "SELECT at_ms, last_visit FROM tellings"
        " WHERE channel = ?1 AND outcome <> 'failed' ORDER BY id DESC LIMIT 1",
    [BYLAW__SQL_TELLING_SCAN] =
        "SELECT scan, failing_scan FROM tellings"
        " WHERE channel = ?1 AND outcome <> 'failed' AND scan <> 'quiet'"
        " ORDER BY id DESC LIMIT 1",
    [BYLAW__SQL_TELLING_ADD] =
        "INSERT INTO tellings (channel, at_ms, outcome, message, scan,"
        "                      failing_scan, last_visit)"
        " VALUES (?1, ?2, 'sending', ?3, ?4, ?5, ?6) RETURNING id",
    [BYLAW__SQL_TELLING_END] = "UPDATE tellings SET outcome = ?2"
                               " WHERE id = ?1 AND outcome = 'sending'",
    [BYLAW__SQL_TELLINGS_UNSURE] =
        "UPDATE tellings SET outcome = 'unsure' WHERE outcome = 'sending'"
        " RETURNING channel, message",
    [BYLAW__SQL_TOLD_ADD] = "INSERT INTO told (telling, case_id, event, kind)"
                            " VALUES (?1, ?2, ?3, ?4)",
    [BYLAW__SQL_TOLD_DROP] = "DELETE FROM told WHERE telling = ?1",

    [BYLAW__SQL_METRIC_CASES] =
        "SELECT state, count(*) FROM cases WHERE twin_of IS NULL"
        " GROUP BY state",
    [BYLAW__SQL_METRIC_PAGES] =
        "SELECT coalesce(sum(last_ms > 0 AND status IN (200, 203, 304)"
        "                    AND NOT failures), 0),"
        "   coalesce(sum(last_ms > 0 AND status IN (404, 410)), 0),"
        "   coalesce(sum(last_ms > 0 AND status NOT IN (404, 410)"
        "       AND (failures OR status NOT IN (200, 203, 304))), 0),"
        "   coalesce(sum(last_ms = 0), 0) FROM pages WHERE kind = 'page'",
    [BYLAW__SQL_METRIC_SIZES] =
        "SELECT (SELECT count(*) FROM sources"
        "        WHERE removed_ms IS NULL AND kind = 'article'),"
        "       (SELECT count(*) FROM events)",
    [BYLAW__SQL_SCANS] =
        "SELECT id, began_ms, ended_ms, outcome, fetched, matched, failed,"
        "       changed FROM scans ORDER BY id DESC LIMIT ?1",
    [BYLAW__SQL_CAPTURE_ADD] =
        "INSERT INTO captures (visit, source, at_ms, kind, url, file, offset,"
        " length, sha256, record, payload_sha256) VALUES (?1,"
        " (SELECT id FROM sources WHERE name = ?2), ?3, ?4, ?5, ?6, ?7, ?8,"
        " ?9, ?10, ?11)",
    /* Of a case: from its first finding on. */
    [BYLAW__SQL_CAPTURES] = CAPTURE_VIEW
    " LEFT JOIN cases c ON c.id = ?1"
    " WHERE (?1 = 0 OR (v.page = c.page AND v.fetched_ms >= c.first_ms))"
    " AND (?2 IS NULL OR s.name = ?2) ORDER BY k.id",
    /* The newest with a body of its own, that came from its server. */
    [BYLAW__SQL_CAPTURE_LAST] = CAPTURE_VIEW
    " WHERE ((?1 <> 0 AND v.page = ?1) OR (?1 = 0 AND s.name = ?2))"
    " AND v.archive IS NULL AND k.kind IN ('response', 'resource') ORDER BY "
    "k.id DESC LIMIT 1",

    [BYLAW__SQL_NOTE_PUT] =
        "INSERT INTO notes (name, at_ms, value) VALUES (?1, ?2, ?3)"
        " ON CONFLICT (name) DO UPDATE SET"
        "   at_ms = excluded.at_ms, value = excluded.value",
    [BYLAW__SQL_NOTE_GET] = "SELECT at_ms, value FROM notes WHERE name = ?1",
    [BYLAW__SQL_DUE_ENTRIES] = "SELECT id, kind, body FROM due_entries"
                               " WHERE id > ?1 AND kind <> '' ORDER BY id",
    [BYLAW__SQL_DUE_NEWEST] = "SELECT coalesce(max(id), 0) FROM due_entries",
    [BYLAW__SQL_DUE_ADD] =
        "INSERT INTO due_entries (kind, body) VALUES (?1, ?2)",
    [BYLAW__SQL_DUE_MARK] =
        "INSERT INTO due_entries (id, kind, body) VALUES (?1, '', '')",
    [BYLAW__SQL_DUE_DROP] = "DELETE FROM due_entries WHERE id <= ?1"
                            " AND id < (SELECT max(id) FROM due_entries)",
    [BYLAW__SQL_UNENTERED] = "SELECT kind, row FROM unentered",
    [BYLAW__SQL_RULE_TEXT_ADD] =
        "INSERT INTO rule_texts (sha256, rule, text) VALUES (?1, ?2, ?3)"
        " ON CONFLICT (sha256) DO NOTHING",
    [BYLAW__SQL_BODY_SOURCE] = ENTRY_BODY("source_entries"),
    [BYLAW__SQL_BODY_SCAN] = ENTRY_BODY("scan_entries"),
    [BYLAW__SQL_BODY_VISIT] = ENTRY_BODY("visit_entries"),
    [BYLAW__SQL_BODY_VERDICT] = ENTRY_BODY("verdict_entries"),
    [BYLAW__SQL_BODY_STATE] = ENTRY_BODY("state_entries"),
    [BYLAW__SQL_BODY_RULE] = ENTRY_BODY("rule_entries"),
    [BYLAW__SQL_BODY_CAPTURE] = ENTRY_BODY("capture_entries"),
    [BYLAW__SQL_ROWS_SOURCE] = ENTRY_ROWS("sources", "source"),
    [BYLAW__SQL_ROWS_SCAN] = ENTRY_ROWS("scans", "scan"),
    [BYLAW__SQL_ROWS_VERDICT] = ENTRY_ROWS("matches", "verdict"),
    [BYLAW__SQL_ROWS_STATE] = ENTRY_ROWS("events", "state"),
    [BYLAW__SQL_ROWS_RULE] = ENTRY_ROWS("rule_texts", "rule"),
    [BYLAW__SQL_ROWS_CAPTURE] = ENTRY_ROWS("captures", "capture"),
    [BYLAW__SQL_VERDICTS] =
        "SELECT m.id, v.id, v.fetched_ms, p.url, s.name, m.verdict, m.because,"
        "       m.rule_sha256, m.audit_sha256, k.kind, k.file, k.sha256,"
        "       k.offset, k.length"
        " FROM matches m JOIN visits v ON v.id = m.visit"
        " JOIN pages p ON p.id = v.page JOIN sources s ON s.id = m.source"
        " LEFT JOIN captures k ON k.visit = v.id ORDER BY v.id, m.id",
    [BYLAW__SQL_CAPTURE_NAMED] = CAPTURE_VIEW "WHERE k.record = ?1",
    /* Those of before there was a ledger are in no entry, and those that wait
     * beyond ?1 in none yet. */
    [BYLAW__SQL_CASE_SIGHTS] =
        "SELECT c.id, v.id, v.fetched_ms = c.first_ms,"
        "  v.fetched_ms = c.last_ms,"
        "  v.id <= coalesce((SELECT row FROM unentered WHERE kind = 'visit'),"
        "                   0)"
        "  OR v.id IN (SELECT json_extract(body, '$.row') FROM due_entries"
        "              WHERE kind = 'visit' AND id > ?1)"
        " FROM cases c JOIN visits v ON v.page = c.page"
        "  AND v.fetched_ms IN (c.first_ms, c.last_ms) ORDER BY c.id, v.id",
    [BYLAW__SQL_MATCH_AUDIT] = "SELECT audit FROM matches WHERE id = ?1",
    [BYLAW__SQL_PAGES_FORGET] =
        "UPDATE pages SET etag = NULL, last_modified = NULL,"
        " due_ms = min(due_ms, ?1)",
    /* The wait that was left stays; what was never visited is due. */
    [BYLAW__SQL_PAGES_SET_BACK] =
        "UPDATE pages SET"
        " due_ms = CASE WHEN last_ms > ?1 THEN due_ms - (last_ms - ?1)"
        "               ELSE ?1 END,"
        " last_ms = min(last_ms, ?1)"
        " WHERE last_ms > ?1 OR (last_ms = 0 AND due_ms > ?1)",
    [BYLAW__SQL_PAGE_REPEATS] =
        "SELECT 1 FROM pages WHERE host = (SELECT host FROM pages WHERE id ="
        " ?1) AND sha256 = ?2 AND kind = 'page' AND id < ?1 LIMIT 1",
    [BYLAW__SQL_PAGE_NEARER] =
        "UPDATE pages SET depth = min(depth, ?2) WHERE id = ?1",
};

const char *bylaw__sql_text_of(enum bylaw__sql_id id)
{
    return texts[id];
}
