# What bulk matching found becomes pages of a workspace: each is asked for now,
# and the live page is judged; a match is taken in once.
cp "$ROOT/seeds/global-research-japan-nato/article.md" article.txt
SCANS=0
. "$ROOT/audit/demo/workspace.sh" >/dev/null 2>&1
python3 - <<'PY'
import re, urllib.request
place = next(line for line in open("places").read().split() if "quiet-corner" in line)
host, path = place.split("/", 1)
port = re.search(r"127\.0\.0\.1:(\d+)", open("site.err").read()).group(1)
page = urllib.request.urlopen(urllib.request.Request("http://127.0.0.1:%s/%s" % (port, path), headers={"Host": host})).read()
http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
out = open("demo.warc", "wb")
for at in ("http://" + place, "http://gone.example/copy"):
    out.write(("WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nWARC-Date: 2023-06-01T00:00:00Z\r\nWARC-Target-URI: %s\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n" % (at, len(http))).encode() + http + b"\r\n\r\n")
PY
"$BYLAW" match demo.warc >found.ndjson
echo "exit $?"
sed -i '/^watch:/d' ws/bylaw.yaml
echo '{"schema":"bylaw.match/1","id":"0"}' >>found.ndjson
sed 's/gone.example/bank.example/' found.ndjson | grep bank >altered.ndjson
"$BYLAW" scan --import found.ndjson --import altered.ndjson --once
echo "exit $?"
"$BYLAW" scan --import found.ndjson --once -q 2>/dev/null
"$BYLAW" case list | sed 's/  */ /g'
