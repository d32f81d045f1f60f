# Files that leave the workspace are noted in the ledger: verify says of each
# whether it is as it was written. Noting changes no later report.
"$BYLAW" init -q
"$BYLAW" source add "$ROOT/seeds/global-research-japan-nato/source.yaml" -q
"$BYLAW" report -o report.html
"$BYLAW" report --format csv -o findings.csv
"$BYLAW" report -o again.html
cmp report.html again.html
"$BYLAW" report --format json >printed.json
"$BYLAW" verify report.html findings.csv again.html
echo "exit $?"
# One byte of a report is changed; a report that only was printed is unknown.
sed 's/Republication report/republication report/' report.html >edited.html
"$BYLAW" verify edited.html printed.json findings.csv
echo "exit $?"
"$BYLAW" verify -q report.html
echo "exit $?"
"$BYLAW" verify --json edited.html report.html >said.json
echo "exit $?"
grep -v '"bylaw.verify/1"' said.json
tail -1 said.json | python3 -c 'import json, sys; said = json.load(sys.stdin); print(said["holds"], said["faults"], said["files"])'
"$BYLAW" verify nowhere.html
echo "exit $?"
# Somebody puts in an entry of their own for the edited file.
python3 - <<'PY'
import hashlib, sqlite3, time
db = sqlite3.connect("ledger.db")
number, entry = db.execute("SELECT number, entry FROM entries ORDER BY number DESC").fetchone()
leaf = hashlib.sha256(b"\0" + entry).hexdigest()
digest = hashlib.sha256(open("edited.html", "rb").read()).hexdigest()
lines = entry.decode().split("\n")
body = '{"form":"report html","bytes":1,"sha256":"%s"}' % digest
forged = "\n".join(["bylaw-entry 1", str(number + 1), leaf, "0", lines[4], lines[5], "written", body, ""]).encode()
db.execute("INSERT INTO entries (number, due, at_ms, kind, entry, leaf) VALUES (?, 0, ?, 'written', ?, ?)",
           (number + 1, int(lines[4]), forged, hashlib.sha256(b"\0" + forged).digest()))
db.commit()
PY
"$BYLAW" verify -q edited.html
echo "exit $?"
# A workspace in use lets reports be written, but not noted.
python3 - <<'PY'
import fcntl, os, subprocess
lock = open(".lock", "r+")
fcntl.lockf(lock, fcntl.LOCK_EX)
print("exit", subprocess.call([os.environ["BYLAW"], "report", "--format", "md", "-o", "busy.md"]), os.path.exists("busy.md"))
PY
