/* SPDX-License-Identifier: Apache-2.0 */
/* The migration that queues what the ledger must be told. */
#include "store_int.h"
/*
 * What the ledger must be told, written with what it tells of: a row here is
 * in the ledger or will be, whatever the program dies of in between. Views say
 * how a row becomes the body of an entry, so that both can be compared later;
 * triggers see to it that none is forgotten. Reals become whole millionths:
 * their digits are not everywhere the same.
 */
const char bylaw__schema_ledger[] =
    "CREATE TABLE due_entries ("
    "  id INTEGER PRIMARY KEY," /* the entry's DUE; the newest is kept */
    "  kind TEXT NOT NULL,"     /* '' marks a number only */
    "  body TEXT NOT NULL"      /* JSON */
    ") STRICT;"
    /* Newest rows that are older than the queue: no entry tells of them. */
    "CREATE TABLE unentered ("
    "  kind TEXT PRIMARY KEY,"
    "  row INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "INSERT INTO unentered"
    " SELECT 'scan', coalesce(max(id), 0) FROM scans"
    " UNION ALL SELECT 'visit', coalesce(max(id), 0) FROM visits"
    " UNION ALL SELECT 'verdict', coalesce(max(id), 0) FROM matches"
    " UNION ALL SELECT 'state', coalesce(max(id), 0) FROM events"
    " UNION ALL SELECT 'capture', coalesce(max(id), 0) FROM captures;"

    "ALTER TABLE matches ADD COLUMN audit_sha256 TEXT;" /* hex, or NULL */

    /* What rules said when something was judged by them. */
    "CREATE TABLE rule_texts ("
    "  id INTEGER PRIMARY KEY,"
    "  sha256 TEXT NOT NULL UNIQUE," /* hex, of the text */
    "  rule TEXT NOT NULL,"
    "  text TEXT NOT NULL" /* its file and its families', nearest first */
    ") STRICT;"

    "CREATE VIEW source_entries (id, body) AS SELECT id, entry_object("
    "  'row', id, 'source', name, 'kind', kind, 'spec', spec, 'url', url,"
    "  'rule', rule, 'title', title, 'sha256', sha256, 'added_ms', added_ms,"
    "  'refreshed_ms', refreshed_ms, 'removed_ms', removed_ms) FROM sources;"
    "CREATE VIEW scan_entries (id, body) AS SELECT id, entry_object("
    "  'row', id, 'began_ms', began_ms, 'ended_ms', ended_ms,"
    "  'outcome', outcome, 'fetched', fetched, 'matched', matched,"
    "  'failed', failed, 'changed', changed) FROM scans;"
    "CREATE VIEW visit_entries (id, body) AS SELECT v.id, entry_object("
    "  'row', v.id, 'url', p.url, 'kind', p.kind, 'fetched_ms', v.fetched_ms,"
    "  'status', v.status, 'refusal', v.refusal, 'final_url', v.final_url,"
    "  'sha256', v.sha256, 'is_complete', v.is_complete,"
    "  'archive', v.archive)"
    " FROM visits v JOIN pages p ON p.id = v.page;"
    "CREATE VIEW verdict_entries (id, body) AS SELECT m.id, entry_object("
    "  'row', m.id, 'visit', m.visit, 'url', p.url, 'source', s.name,"
    "  'verdict', m.verdict, 'because', m.because, 'rule', m.rule,"
    "  'rule_sha256', m.rule_sha256, 'severity', m.severity,"
    "  'confidence', m.confidence, 'class', m.match_class,"
    "  'coverage_ppm', CAST(round(m.coverage * 1000000) AS INTEGER),"
    "  'audit_sha256', m.audit_sha256)"
    " FROM matches m JOIN visits v ON v.id = m.visit"
    " JOIN pages p ON p.id = v.page JOIN sources s ON s.id = m.source;"
    "CREATE VIEW state_entries (id, body) AS SELECT e.id, entry_object("
    "  'row', e.id, 'case', e.case_id, 'url', p.url, 'source', s.name,"
    "  'at_ms', e.at_ms, 'before', e.before, 'state', e.state,"
    "  'what', e.what, 'by', e.by, 'why', e.why,"
    "  'expires_ms', e.expires_ms, 'visit', e.visit)"
    " FROM events e JOIN cases c ON c.id = e.case_id"
    " JOIN pages p ON p.id = c.page JOIN sources s ON s.id = c.source;"
    "CREATE VIEW rule_entries (id, body) AS SELECT id, entry_object("
    "  'row', id, 'rule', rule, 'sha256', sha256, 'text', text)"
    " FROM rule_texts;"

    "CREATE VIEW capture_entries (id, body) AS SELECT k.id, entry_object("
    "  'row', k.id, 'visit', k.visit, 'source', s.name, 'at_ms', k.at_ms,"
    "  'kind', k.kind, 'url', k.url, 'file', k.file, 'offset', k.offset,"
    "  'length', k.length, 'sha256', k.sha256, 'record', k.record,"
    "  'payload_sha256', k.payload_sha256)"
    " FROM captures k LEFT JOIN sources s ON s.id = k.source;"

    "CREATE TRIGGER sources_enter AFTER INSERT ON sources BEGIN"
    "  INSERT INTO due_entries (kind, body)"
    "    SELECT 'source', body FROM source_entries WHERE id = NEW.id; END;"
    "CREATE TRIGGER sources_reenter AFTER UPDATE ON sources BEGIN"
    "  INSERT INTO due_entries (kind, body)"
    "    SELECT 'source', body FROM source_entries WHERE id = NEW.id; END;"
    "CREATE TRIGGER scans_enter AFTER INSERT ON scans BEGIN"
    "  INSERT INTO due_entries (kind, body)"
    "    SELECT 'scan', body FROM scan_entries WHERE id = NEW.id; END;"
    "CREATE TRIGGER scans_reenter AFTER UPDATE ON scans BEGIN"
    "  INSERT INTO due_entries (kind, body)"
    "    SELECT 'scan', body FROM scan_entries WHERE id = NEW.id; END;"
    "CREATE TRIGGER matches_enter AFTER INSERT ON matches BEGIN"
    "  INSERT INTO due_entries (kind, body)"
    "    SELECT 'verdict', body FROM verdict_entries WHERE id = NEW.id; END;"
    "CREATE TRIGGER events_enter AFTER INSERT ON events BEGIN"
    "  INSERT INTO due_entries (kind, body)"
    "    SELECT 'state', body FROM state_entries WHERE id = NEW.id; END;"
    "CREATE TRIGGER rule_texts_enter AFTER INSERT ON rule_texts BEGIN"
    "  INSERT INTO due_entries (kind, body)"
    "    SELECT 'rule', body FROM rule_entries WHERE id = NEW.id; END;"
    "CREATE TRIGGER captures_enter AFTER INSERT ON captures BEGIN"
    "  INSERT INTO due_entries (kind, body)"
    "    SELECT 'capture', body FROM capture_entries WHERE id = NEW.id; END;"
    "INSERT INTO due_entries (kind, body)"
    "  SELECT 'source', body FROM source_entries ORDER BY id;"

    "PRAGMA user_version = 5;";
