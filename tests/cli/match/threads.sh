# An archive gives the same lines whatever looks through it: one thread or
# three, in parts of any size, from a file or a pipe, packed or not; damaged,
# too. What is printed follows its schema.
cp "$ROOT/seeds/global-research-japan-nato/article.md" article.txt
make() { python3 "$ROOT/tests/cli/match/make_warc.py" "$@"; }
match() { "$BYLAW" match --source "$ROOT/seeds/global-research-japan-nato/source.yaml" "$@"; }
make a.warc.gz 140
match --threads 1 a.warc.gz >one.ndjson
echo "exit $?"
python3 - "$ROOT/audit/schema/match-1.schema.json" <<'PY'
import collections, json, sys
import jsonschema
check = jsonschema.Draft7Validator(json.load(open(sys.argv[1])))
lines = [json.loads(line) for line in open("one.ndjson")]
for line in lines:
    check.validate(line)
print(collections.Counter(line["match"]["class"] for line in lines[:-1]), len({line["id"] for line in lines[:-1]}))
print(lines[0]["page"]["url"], lines[0]["source"]["id"], lines[0]["match"]["source_coverage"])
print({key: lines[-1][key] for key in ("outcome", "records", "revisits", "pages", "screened_out", "matches", "losses")})
PY
for how in "--threads 3" "--threads 2 --part-kb 1" "--threads 3 --part-kb 7" "--threads 2 --no-screen"; do
    # shellcheck disable=SC2086 # options
    match $how a.warc.gz >other.ndjson
    grep -v summary other.ndjson | cmp - one.lines 2>/dev/null || { grep -v summary one.ndjson >one.lines; grep -v summary other.ndjson | cmp - one.lines; } && echo "the same: $how"
done
match - <a.warc.gz | grep -v summary | sed 's/"file":"-"/"file":"a.warc.gz"/' | cmp - one.lines && echo "the same: a pipe"
make a.warc 140
match a.warc | grep -v summary | sed 's/"archive":{[^}]*}/ARCHIVE/' >plain.lines
sed 's/"archive":{[^}]*}/ARCHIVE/' one.lines | cmp - plain.lines && echo "the same: not packed"

echo "--- texts alone"
make a.wet.gz 20
match --threads 2 a.wet.gz | grep -o '"url":"http[^"]*","captured\|"class":"[a-z]*"\|"pages":[0-9]*,"screened_out":[0-9]*'

echo "--- damage"
python3 - <<'PY'
data = bytearray(open("a.warc.gz", "rb").read())
for at in range(5000, len(data), 31013):
    data[at] ^= 255
del data[100000:101000]
data[60000:60000] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03 no member at all"
open("d.warc.gz", "wb").write(data)
PY
match --threads 1 d.warc.gz 2>/dev/null >one
echo "exit $?"
for how in "--threads 3 --part-kb 1" "--threads 2 --part-kb 5"; do
    # shellcheck disable=SC2086
    match $how d.warc.gz 2>/dev/null | cmp - one && echo "the same: $how"
done
tail -1 one | grep -o '"outcome":"[a-z]*"\|"losses":[0-9]*'
