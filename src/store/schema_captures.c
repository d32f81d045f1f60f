/* SPDX-License-Identifier: Apache-2.0 */
/* The migration that gives captures a place in the database. */
#include "store_int.h"

const char bylaw__schema_captures[] =
    /* Where the answer to a visit, or a version of an article, is kept. */
    "CREATE TABLE captures ("
    "  id INTEGER PRIMARY KEY,"
    "  visit INTEGER REFERENCES visits,"   /* one of both */
    "  source INTEGER REFERENCES sources," /* is NULL */
    "  at_ms INTEGER NOT NULL,"            /* of the answer */
    "  kind TEXT NOT NULL CHECK"
    "    (kind IN ('response', 'revisit', 'resource', 'metadata')),"
    "  url TEXT NOT NULL,"       /* that answered */
    "  file TEXT NOT NULL,"      /* name in captures/ */
    "  offset INTEGER NOT NULL," /* bytes, of the record that answers */
    "  length INTEGER NOT NULL,"
    "  sha256 TEXT NOT NULL," /* hex, of those bytes */
    "  record TEXT NOT NULL," /* its WARC-Record-ID */
    "  payload_sha256 TEXT,"  /* hex, of the body as it came */
    "  UNIQUE (file, offset),"
    "  CHECK ((visit IS NULL) <> (source IS NULL))"
    ") STRICT;"
    "CREATE UNIQUE INDEX captures_visit ON captures (visit)"
    "  WHERE visit IS NOT NULL;"
    "CREATE INDEX captures_source ON captures (source, id)"
    "  WHERE source IS NOT NULL;"
    "CREATE TRIGGER captures_stay BEFORE DELETE ON captures"
    "  BEGIN SELECT RAISE(ABORT, 'captures are never removed'); END;"
    "CREATE TRIGGER captures_hold BEFORE UPDATE ON captures"
    "  BEGIN SELECT RAISE(ABORT, 'captures are never changed'); END;"

    /* Which archive a page was read in, instead of being fetched; NULL: it
     * was fetched. */
    "ALTER TABLE visits ADD COLUMN archive TEXT;"

    "PRAGMA user_version = 2;";
