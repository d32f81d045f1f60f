# The fields that programs rely on; one object a line.
. "$ROOT/tests/cli/page-of.sh"
page_of "Source: <a href=\"#\">Global Research</a>. $RIGHTS." >page.html
"$BYLAW" audit --json --source "$SEED" --source-url "$ARTICLE" --url "$PAGE" page.html page.html 2>two.err
cat two.err
"$BYLAW" audit --json --source "$SEED" --source-url "$ARTICLE" --url "$PAGE" page.html >out.json
code=$?
python3 - <<'PYTHON'
import json
lines = open("out.json", encoding="utf-8").read().splitlines()
print(len(lines), "line")
a = json.loads(lines[0])
print(*a)
for part in "page", "source", "match", "rule":
    print(part + ":", *a[part])
for f in a["findings"]:
    print(f["id"], f["force"], f["outcome"], len(f["evidence"]))
print("finding:", *a["findings"][0])
print(a["page"]["url"], a["page"]["final_url"], a["page"]["fetched_at"])
print(a["match"]["class"], a["verdict"], a["severity"], a["confidence"])
page = open("page.html", "rb").read()
for f in a["findings"]:
    for e in f["evidence"][:1]:
        b, n = e["bytes"]
        print(f["id"], e["zone"], page[b:n].decode())
PYTHON
exit $code
