# A whole life of evidence: a site is scanned, its captures are judged again,
# all is verified, a case is packed and checked by others' tools, and then
# somebody lays hands on it.
PLACES=6
. "$ROOT/audit/demo/workspace.sh"
export SOURCE_DATE_EPOCH=1700007200
"$BYLAW" case set 1 confirmed --by jo -q
summary() { grep -o '"holds":[a-z]*\|"faults":[0-9]*\|"id":"[a-z.-]*"\|"captures":[0-9]*'; }
"$BYLAW" verify --json | summary

echo "--- the same rules, then others"
"$BYLAW" rejudge
echo "exit $?"
mkdir other && cp -R "$ROOT"/rules/*.yaml "$ROOT"/rules/phrases other/
sed -i '/^  - id: link.original/,/force:/ s/force: must/force: may/' other/global-research.yaml
"$BYLAW" rejudge --rules other --json | grep -o '"outcome":"[a-z-]*"\|"other_rule":[a-z]*' | sort | uniq -c | sed 's/^ *//'

echo "--- a pack, checked without Bylaw"
"$BYLAW" case export 1
mkdir pack && tar -C pack -xf case-1.tar
(cd pack && PATH=/usr/bin:/bin sh verify.sh) | sed -E 's/[0-9]{8}/NUMBER/g; s/[0-9]+ entries/N entries/' | sort | uniq -c | sed 's/^ *//'
gzip -t pack/captures/*.warc.gz && echo "captures are whole files"
sed -i 's/confirmed/ignored/' pack/entries/*.entry
sh pack/verify.sh | grep -c FAIL

echo "--- hands laid on"
cp -R ws kept
restore() { rm -rf ws && cp -R kept ws; }
file=$(cd ws/captures && ls *.warc.gz | head -1)
printf 'X' | dd of="ws/captures/$file" bs=1 seek=2000 conv=notrunc 2>/dev/null
"$BYLAW" verify --json | summary | sort -u
restore
rm "ws/captures/$file"
"$BYLAW" verify --json | summary | grep '"id"' | sort -u
restore
gzip -c places >"ws/captures/stray.warc.gz"
cp "ws/captures/$file" ws/captures/copy-of-another.warc.gz
"$BYLAW" verify -q | sed -E 's/byte [0-9]+/byte N/' | sort | uniq -c | sed 's/^ *//'
restore
attack() {
    python3 -c '
import sqlite3, sys
db = sqlite3.connect("ws/bylaw.db")
db.create_function("entry_object", -1, lambda *a: "{}")
for name, in db.execute("SELECT name FROM sqlite_master WHERE type = '"'trigger'"'").fetchall():
    db.execute("DROP TRIGGER " + name)
db.executescript(sys.argv[1])' "$1"
    echo "$1"
    "$BYLAW" verify --json | summary | grep '"id"' | sort -u
    restore
}
attack "UPDATE matches SET verdict = 'compliant' WHERE verdict = 'not-met'"
attack "UPDATE cases SET state = 'fixed' WHERE id = 1"
attack "UPDATE events SET by = 'somebody else' WHERE by = 'jo'"
attack "UPDATE matches SET audit = replace(audit, 'fail', 'pass')"
attack "UPDATE captures SET offset = offset + 1 WHERE id = 2"
attack "UPDATE captures SET visit = -visit WHERE visit IN (1, 2); UPDATE captures SET visit = 3 + visit WHERE visit < 0"
attack "UPDATE cases SET match = (SELECT match FROM cases WHERE id = 2) WHERE id = 1"
attack "DELETE FROM events WHERE id = (SELECT max(id) FROM events)"
attack "INSERT INTO events SELECT NULL, case_id, at_ms, state, before, what, by, why, expires_ms, visit FROM events WHERE id = 1"
attack "UPDATE rule_texts SET text = text || '#'"
