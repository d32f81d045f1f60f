/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The database's shape, as numbered migrations. A migration that was released
 * is never changed again: what comes later is a further one.
 *
 * Times end in _ms: UTC, milliseconds since 1970; 0 means never. Names of
 * states and verdicts are the words of bylaw/case.h and bylaw/finding.h.
 */
#include "store_int.h"

static const char first[] =
    /* The articles to protect, and the feeds and sitemaps that list them. */
    "CREATE TABLE sources ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL UNIQUE CHECK (name <> ''),"
    "  spec TEXT NOT NULL," /* address or path as a person gave it */
    "  kind TEXT NOT NULL CHECK (kind IN ('article', 'feed', 'sitemap')),"
    "  url TEXT,"            /* where the article itself stands */
    "  rule TEXT,"           /* rule id */
    "  title TEXT NOT NULL," /* '' until it was read */
    "  sha256 TEXT,"         /* hex, of its text when last read */
    "  added_ms INTEGER NOT NULL,"
    "  refreshed_ms INTEGER NOT NULL,"     /* when its text was last read */
    "  parent INTEGER REFERENCES sources," /* feed or sitemap naming it */
    "  removed_ms INTEGER"                 /* NULL while it is protected */
    ") STRICT;"
    "CREATE INDEX sources_parent ON sources (parent);"

    /* Hosts have a table so that they can take turns. */
    "CREATE TABLE hosts ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL UNIQUE" /* ASCII, as bylaw_url_host gives it */
    ") STRICT;"

    /* Addresses to fetch, with what the last fetch left to know. */
    "CREATE TABLE pages ("
    "  id INTEGER PRIMARY KEY,"
    "  kind TEXT NOT NULL"
    "    CHECK (kind IN ('page', 'feed', 'sitemap', 'robots')),"
    "  key TEXT NOT NULL," /* bylaw_url_canonical; of a robots file its href */
    "  url TEXT NOT NULL," /* the address to fetch */
    "  host INTEGER NOT NULL REFERENCES hosts,"
    "  via TEXT NOT NULL,"            /* what told of it */
    "  depth INTEGER NOT NULL,"       /* links from where the crawl began */
    "  due_ms INTEGER NOT NULL,"      /* not to be fetched before */
    "  last_ms INTEGER NOT NULL,"     /* last fetch, whatever came of it */
    "  interval_ms INTEGER NOT NULL," /* between fetches; 0: not chosen */
    "  failures INTEGER NOT NULL,"    /* fetches in a row that failed */
    "  status INTEGER NOT NULL,"      /* last HTTP status; 0: none */
    /* Of the last body that was read whole. They are forgotten when a body
     * was cut, as a 304 on them would never let it be read whole. */
    "  etag TEXT,"
    "  last_modified TEXT,"
    "  sha256 TEXT," /* hex */
    "  UNIQUE (kind, key)"
    ") STRICT;"
    "CREATE INDEX pages_due ON pages (host, due_ms, id);"

    /* Each fetch of a page. */
    "CREATE TABLE visits ("
    "  id INTEGER PRIMARY KEY,"
    "  page INTEGER NOT NULL REFERENCES pages,"
    "  fetched_ms INTEGER NOT NULL,"
    "  status INTEGER NOT NULL,"      /* HTTP status; 0: no answer */
    "  refusal TEXT,"                 /* diagnostic id where it failed */
    "  final_url TEXT,"               /* after redirects */
    "  sha256 TEXT,"                  /* hex, of the body */
    "  is_complete INTEGER NOT NULL," /* 1: absence counts */
    "  is_changed INTEGER NOT NULL"   /* 1: other bytes than before */
    ") STRICT;"
    "CREATE INDEX visits_page ON visits (page, id);"

    /* A source found on a page by one visit, and how it was judged. */
    "CREATE TABLE matches ("
    "  id INTEGER PRIMARY KEY,"
    "  visit INTEGER NOT NULL REFERENCES visits,"
    "  source INTEGER NOT NULL REFERENCES sources,"
    "  verdict TEXT NOT NULL,"
    "  because TEXT NOT NULL," /* one sentence */
    "  rule TEXT,"             /* rule id, and the hex hash of its file */
    "  rule_sha256 TEXT,"
    "  severity INTEGER NOT NULL," /* 0..5 */
    "  confidence TEXT NOT NULL,"
    "  match_class TEXT NOT NULL,"
    "  coverage REAL NOT NULL," /* share of the source found, 0..1 */
    /* The audit, one JSON object; '' once a later visit took its place and
     * no event rests on it. */
    "  audit TEXT NOT NULL,"
    "  UNIQUE (visit, source)"
    ") STRICT;"

    /* A page and a source over time. The counters below are what the rules
     * (case_rules.h) remember between visits. */
    "CREATE TABLE cases ("
    "  id INTEGER PRIMARY KEY,"
    "  page INTEGER NOT NULL REFERENCES pages,"
    "  source INTEGER NOT NULL REFERENCES sources,"
    "  state TEXT NOT NULL,"         /* the last event's */
    "  before TEXT NOT NULL,"        /* state to return to from unreachable */
    "  sight TEXT NOT NULL,"         /* what the last whole read showed */
    "  found_ms INTEGER NOT NULL,"   /* fetch that a second is to confirm */
    "  away TEXT NOT NULL,"          /* absent or missing, when in a row */
    "  away_count INTEGER NOT NULL," /* fetches of that row that count */
    "  away_ms INTEGER NOT NULL,"    /* the last of them */
    "  unread INTEGER NOT NULL,"     /* fetches in a row that failed */
    "  match INTEGER NOT NULL REFERENCES matches," /* last whole read's */
    "  reason TEXT,"                 /* a person's words on the state */
    "  expires_ms INTEGER NOT NULL," /* of an allowance; 0: never */
    "  is_warned INTEGER NOT NULL,"  /* 1: its end was announced */
    "  first_ms INTEGER NOT NULL,"   /* first finding */
    "  last_ms INTEGER NOT NULL,"    /* last fetch that showed the copy */
    "  changed_ms INTEGER NOT NULL," /* last event */
    "  UNIQUE (page, source)"
    ") STRICT;"
    "CREATE INDEX cases_source ON cases (source);"
    "CREATE INDEX cases_changed ON cases (changed_ms);"

    /* What happened to a case; only ever added to. */
    "CREATE TABLE events ("
    "  id INTEGER PRIMARY KEY,"
    "  case_id INTEGER NOT NULL REFERENCES cases,"
    "  at_ms INTEGER NOT NULL,"
    "  state TEXT NOT NULL,"  /* after it */
    "  before TEXT NOT NULL," /* before it */
    "  what TEXT NOT NULL,"   /* a clause for people */
    "  by TEXT NOT NULL,"     /* a person; '' for a visit */
    "  why TEXT NOT NULL,"    /* a person's reason, or the verdict's */
    "  expires_ms INTEGER NOT NULL,"
    "  visit INTEGER REFERENCES visits" /* NULL where a person decided */
    ") STRICT;"
    "CREATE INDEX events_case ON events (case_id, id);"
    "CREATE INDEX events_at ON events (at_ms, id);"
    /* These stop mistakes, not an attacker, who can drop them. */
    "CREATE TRIGGER events_stay BEFORE DELETE ON events"
    "  BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;"
    "CREATE TRIGGER events_hold BEFORE UPDATE ON events"
    "  BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;"

    /* Runs of the program over the pages that were due. */
    "CREATE TABLE scans ("
    "  id INTEGER PRIMARY KEY,"
    "  began_ms INTEGER NOT NULL,"
    "  ended_ms INTEGER NOT NULL," /* 0: still running, or killed */
    "  outcome TEXT NOT NULL,"     /* 'complete', 'interrupted' or '' */
    "  fetched INTEGER NOT NULL,"  /* counts of pages */
    "  matched INTEGER NOT NULL,"
    "  failed INTEGER NOT NULL,"
    "  changed INTEGER NOT NULL,"
    "  last_event INTEGER NOT NULL" /* newest event before it; 0: none */
    ") STRICT;"

    /* What a scan wants to know again: robots.txt files, articles' pages,
     * how often a search service was asked. Losing one costs a request. */
    "CREATE TABLE notes ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL UNIQUE,"
    "  at_ms INTEGER NOT NULL,"
    "  value BLOB NOT NULL"
    ") STRICT;"
    /* What each channel of alerts was told, so that nothing is told twice. A
     * row is written before anything is sent. */
    "CREATE TABLE tellings ("
    "  id INTEGER PRIMARY KEY,"
    "  channel TEXT NOT NULL,"
    "  at_ms INTEGER NOT NULL,"
    "  outcome TEXT NOT NULL" /* 'unsure': the program died meanwhile */
    "    CHECK (outcome IN ('sending', 'sent', 'failed', 'unsure')),"
    "  message TEXT NOT NULL,"         /* what the receiver knows it by */
    "  scan TEXT NOT NULL,"            /* said of scans; 'quiet': nothing */
    "  failing_scan INTEGER NOT NULL," /* the row of failures it spoke of */
    "  last_visit INTEGER NOT NULL"    /* newest visit it counted */
    ") STRICT;"
    "CREATE INDEX tellings_channel ON tellings (channel, id);"
    "CREATE TABLE told ("
    "  telling INTEGER NOT NULL REFERENCES tellings,"
    "  case_id INTEGER NOT NULL REFERENCES cases,"
    "  event INTEGER NOT NULL REFERENCES events," /* newest it stood for */
    "  kind TEXT NOT NULL,"
    "  PRIMARY KEY (telling, case_id)"
    ") STRICT, WITHOUT ROWID;"

    "PRAGMA application_id = 0x42594c57;"
    "PRAGMA user_version = 1;";

static const char twins[] =
    /* One page under several addresses of a host is one case to people; each
     * address keeps its row, so that none is lost when they part. */
    "ALTER TABLE cases ADD COLUMN text_sha256 TEXT;" /* hex, of main text */
    "ALTER TABLE cases ADD COLUMN declared TEXT;" /* key the page calls its */
    "ALTER TABLE cases ADD COLUMN twin_of INTEGER REFERENCES cases;"
    "CREATE INDEX cases_twin ON cases (twin_of);"
    "CREATE INDEX pages_body ON pages (host, sha256) WHERE sha256 IS NOT NULL;"
    "PRAGMA user_version = 3;";

static const char budgets[] =
    /* Newest visit before a scan: what it made itself is its budget's. */
    "ALTER TABLE scans ADD COLUMN last_visit INTEGER NOT NULL DEFAULT 0;"
    "PRAGMA user_version = 4;";

static const char turns[] =
    /* A scan has a few pages of each host in memory, the nearest first. */
    "CREATE INDEX pages_depth ON pages (host, depth, id) WHERE kind = 'page';"
    "PRAGMA user_version = 6;";

static const char trails[] =
    /* Where a page's links led when its verdict was reached, so that it can be
     * reached again. What findings cite of it is in their audits, too. */
    "CREATE TABLE trails ("
    "  visit INTEGER PRIMARY KEY REFERENCES visits,"
    "  body TEXT NOT NULL" /* JSON array */
    ") STRICT;"
    "CREATE TRIGGER trails_hold BEFORE UPDATE ON trails"
    "  BEGIN SELECT RAISE(ABORT, 'trails are never changed'); END;"
    "PRAGMA user_version = 7;";

const struct bylaw__migration bylaw__migrations[] = {
    {1, first},   {2, bylaw__schema_captures}, {3, twins},
    {4, budgets}, {5, bylaw__schema_ledger},   {6, turns},
    {7, trails}};
const size_t bylaw__migration_count =
    sizeof(bylaw__migrations) / sizeof(bylaw__migrations[0]);

static int run(sqlite3 *db, const char *sql, const char *path,
               struct bylaw_error *err)
{
    int code = sqlite3_exec(db, sql, NULL, NULL, NULL);

    return code ? bylaw__store_fail(db, code, path, err) : 0;
}

static int migrate_once(sqlite3 *db, const char *path, const char *sql,
                        struct bylaw_error *err)
{
    int rc = run(db, "BEGIN IMMEDIATE", path, err);

    if (rc)
        return rc;
    rc = run(db, sql, path, err);
    if (!rc)
        rc = run(db, "COMMIT", path, err);
    if (rc)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

int bylaw__store_migrate(sqlite3 *db, const char *path,
                         const struct bylaw__migration *steps, size_t count,
                         struct bylaw_error *err)
{
    int64_t version;
    int rc =
        bylaw__store_pragma(&version, db, "PRAGMA user_version", path, err);

    for (size_t i = 0; !rc && i < count; i++)
        if (steps[i].version > version)
            rc = migrate_once(db, path, steps[i].sql, err);
    return rc;
}
