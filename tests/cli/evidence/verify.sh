# A ledger is kept from the first command on, and verify says whether it holds,
# what no anchor witnesses, and which entry does not.
"$BYLAW" init -q
"$BYLAW" source add "$ROOT/seeds/global-research-japan-nato/source.yaml" -q
"$BYLAW" verify
python3 - <<'PY'
import sqlite3
print(sqlite3.connect("ledger.db").execute("SELECT note FROM checkpoints ORDER BY size DESC").fetchone()[0], end="", file=open("anchor.txt", "w"))
PY
"$BYLAW" source refresh -q
"$BYLAW" verify --anchor anchor.txt --anchor anchor.txt
"$BYLAW" verify --anchor anchor.txt --json
"$BYLAW" verify --anchor bylaw.yaml
# Somebody edits the database by hand.
python3 - <<'PY'
import sqlite3
db = sqlite3.connect("bylaw.db")
db.execute("DROP TRIGGER sources_reenter")
db.execute("UPDATE sources SET title = 'Another'")
db.commit()
PY
"$BYLAW" verify -q
# ... and the ledger's end is cut off.
python3 - <<'PY'
import sqlite3
db = sqlite3.connect("ledger.db")
db.executescript("DROP TRIGGER entries_stay; DELETE FROM entries WHERE number = 2")
PY
"$BYLAW" verify --json
echo "exit $?"
"$BYLAW" source refresh -q
echo "exit $?"
rm ledger.db
"$BYLAW" verify
echo "exit $?"
