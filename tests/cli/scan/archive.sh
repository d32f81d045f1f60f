# A WARC file names a page that the demo site still has: it is seen in the
# archive, and confirmed by a visit at once; the second scan changes nothing.
: >site.err
"$BYLAW" demo --serve >site.out 2>>site.err &
site=$!
trap 'kill $site' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    grep -q Interrupt site.err && break
    sleep 0.2
done
port=$(sed -n 's/.*127.0.0.1:\([0-9]*\).*/\1/p' site.err)
[ -n "$port" ] || exit 77
python3 - "$port" quiet-corner.example /japan/ >crawl.warc <<'END' || exit 77
import sys, urllib.request
port, host, path = sys.argv[1:]
page = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host})
body = urllib.request.urlopen(page).read()
block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://{host}{path}\r\n"
        "WARC-Date: 2023-10-01T12:00:00Z\r\nContent-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n")
sys.stdout.buffer.write(b"damaged\r\n" + head.encode() + block + b"\r\n\r\n")
END
"$BYLAW" init ws -q
cat >ws/bylaw.yaml <<END
contact: editor@example.org
warc: [../crawl.warc]
crawl:
  delay: 0s
  allow-address: [127.0.0.0/8]
  connect-to: ['quiet-corner.example:80:127.0.0.1:$port']
END
export BYLAW_WORKSPACE=ws
"$BYLAW" source add -q "$ROOT/seeds/global-research-japan-nato/source.yaml" \
    --source-url http://www.globalresearch.example/2023/05/japan-to-open-nato-liaison-office/
"$BYLAW" scan
echo "exit $?"
"$BYLAW" case show 1 | sed -E 's/byte [0-9]+, [0-9]+ bytes/byte N, M bytes/'
"$BYLAW" scan
