# What a case says follows from rows that the ledger holds: each forgery of a
# row or of what is derived from rows is found, and named.
PLACES=8
# shellcheck disable=SC1091
. "$ROOT/audit/demo/workspace.sh" >/dev/null 2>&1
export SOURCE_DATE_EPOCH=1700010000
cd ws && export BYLAW_WORKSPACE=. || exit 1
"$BYLAW" case set 1 allowed --reason "agreed by mail" --until 2024-01-31 --by jo -q >/dev/null
"$BYLAW" verify -q && echo "all holds"
cat >../forge.py <<'PY'
import os, shutil, sqlite3, subprocess, sys
shutil.copy("bylaw.db", "../good.db")
case = "(SELECT id FROM cases WHERE state = 'new' ORDER BY id LIMIT 1)"
page = "(SELECT page FROM cases WHERE id = %s)" % case
forgeries = [
    ("a verdict is changed", "UPDATE matches SET verdict = 'compliant' WHERE id = (SELECT match FROM cases WHERE id = %s)" % case),
    ("a state is changed", "UPDATE cases SET state = 'fixed' WHERE id = %s" % case),
    ("an event is changed", "UPDATE events SET state = 'fixed' WHERE id = (SELECT max(id) FROM events WHERE case_id = %s)" % case),
    ("an event is put in", "INSERT INTO events (case_id, at_ms, state, before, what, by, why, expires_ms) VALUES (%s, 1700000000000, 'fixed', 'new', 'seen in order', '', '', 0); UPDATE cases SET state = 'fixed', changed_ms = 1700000000000 WHERE id = %s" % (case, case)),
    ("an event is taken out", "DELETE FROM events WHERE id = (SELECT max(id) FROM events)"),
    ("a visit is changed", "UPDATE visits SET sha256 = 'ab' WHERE page = %s" % page),
    ("a visit is taken out", "DELETE FROM captures WHERE visit = (SELECT max(id) FROM visits WHERE page = %s); DELETE FROM visits WHERE id = (SELECT max(id) FROM visits WHERE page = %s)" % (page, page)),
    ("a visit is put in, as the last", "INSERT INTO visits (page, fetched_ms, status, final_url, is_complete, is_changed) VALUES (%s, 1800000000000, 200, 'http://a.example/', 1, 0); UPDATE cases SET last_ms = 1800000000000 WHERE id = %s" % (page, case)),
    ("a case was first seen later", "UPDATE cases SET first_ms = first_ms + 1 WHERE id = %s" % case),
    ("a case was last seen earlier", "UPDATE cases SET last_ms = last_ms - 1 WHERE id = %s" % case),
    ("a case changed at another time", "UPDATE cases SET changed_ms = changed_ms + 1 WHERE id = %s" % case),
    ("a case is allowed for ever", "UPDATE cases SET expires_ms = 0 WHERE state = 'allowed'"),
    ("a case is allowed for another reason", "UPDATE cases SET reason = 'ours' WHERE state = 'allowed'"),
    ("a case rests on another page's finding", "UPDATE cases SET match = (SELECT min(id) FROM matches WHERE visit NOT IN (SELECT id FROM visits WHERE page = cases.page)) WHERE id = %s" % case),
    ("a case is put in", "INSERT INTO cases (page, source, match, first_ms, state, before, sight, found_ms, away, away_count, away_ms, unread, expires_ms, is_warned, last_ms, changed_ms) SELECT v.page, m.source, m.id, v.fetched_ms, 'new', '', 'finding', 0, '', 0, 0, 0, 0, 0, v.fetched_ms, v.fetched_ms FROM matches m JOIN visits v ON v.id = m.visit WHERE m.verdict = 'compliant' ORDER BY m.id LIMIT 1"),
    ("a case is taken out", "DELETE FROM told; DELETE FROM events WHERE case_id = %s; DELETE FROM cases WHERE id = (SELECT min(c.id) FROM cases c WHERE NOT EXISTS (SELECT 1 FROM events WHERE case_id = c.id))" % case),
]
for name, sql in forgeries:
    shutil.copy("../good.db", "bylaw.db")
    db = sqlite3.connect("bylaw.db")
    for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute("DROP TRIGGER " + trigger)
    db.executescript(sql)
    db.commit()
    assert db.total_changes, name
    db.close()
    said = subprocess.run([os.environ["BYLAW"], "verify", "-q"], stdout=subprocess.PIPE, universal_newlines=True)
    print(name + ": exit", said.returncode)
    for line in said.stdout.splitlines()[:2]:
        print("   ", line)
PY
python3 ../forge.py
