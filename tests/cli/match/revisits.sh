# A revisit says that an address answered what another record of the archive
# holds: what was found there is told of it too, whichever way it refers to that
# record, for any number of threads. One whose record did not come before it in
# this archive is only counted.
cp "$ROOT/seeds/global-research-japan-nato/article.md" article.txt
cat >make.py <<'PY'
import gzip, hashlib, sys
article = open("article.txt", encoding="utf-8").read()
noise = lambda n: " ".join(hashlib.sha256(b"%d-%d" % (n, i)).hexdigest()[:9] for i in range(400))
PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

def record(number, kind, url, day, headers, block):
    head = "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:x:%d>\r\nWARC-Date: 2024-01-%02dT00:00:00Z\r\nWARC-Target-URI: %s\r\n" % (kind, number, day, url)
    head += "".join("%s: %s\r\n" % item for item in headers.items())
    return gzip.compress((head + "Content-Length: %d\r\n\r\n" % len(block)).encode() + block + b"\r\n\r\n", 6, mtime=0)

def answer(number, url, text):
    body = ("<html><head><title>\"match\": %d</title></head><body><main>%s</main></body></html>" % (number, "".join("<p>%s</p>" % line for line in text.split("\n") if line))).encode()
    digest = "sha1:" + hashlib.sha1(body).hexdigest()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    return record(number, "response", url, 1, {"Content-Type": "application/http;msgtype=response", "WARC-Payload-Digest": digest}, http + body), digest

def revisit(number, url, **refers):
    names = {"id": "WARC-Refers-To", "digest": "WARC-Payload-Digest", "uri": "WARC-Refers-To-Target-URI", "date": "WARC-Refers-To-Date"}
    return record(number, "revisit", url, 9, {"WARC-Profile": PROFILE, "Content-Type": "application/http;msgtype=response", **{names[key]: value for key, value in refers.items()}}, b"HTTP/1.1 200 OK\r\n\r\n")

copy, digest = answer(10, "http://copy.example/", article)
other, other_digest = answer(11, "http://other.example/", noise(0))
many = [answer(100 + n, "http://host%d.example/" % n, noise(n))[0] for n in range(20)]
out = [revisit(1, "http://early.example/", id="<urn:x:10>"), copy, other] + many + [
    revisit(2, "http://by-id.example/", id="<urn:x:10>"), revisit(3, "http://by-digest.example/", digest=digest),
    revisit(4, "http://by-place.example/", uri="http://copy.example/", date="2024-01-01T00:00:00Z"),
    revisit(5, "http://of-other.example/", digest=other_digest), revisit(6, "http://of-unknown.example/", id="<urn:x:99>"),
    revisit(7, "http://no-date.example/", uri="http://copy.example/")] + many[:5] + [revisit(8, "http://late.example/", id="<urn:x:10>", digest=other_digest)]
open(sys.argv[1], "wb").write(b"".join(out))
open("rest.warc.gz", "wb").write(revisit(2, "http://by-id.example/", id="<urn:x:10>"))
PY
python3 make.py all.warc.gz
match() { "$BYLAW" match --source "$ROOT/seeds/global-research-japan-nato/source.yaml" "$@"; }
match all.warc.gz >one
echo "exit $?"
python3 - "$ROOT/audit/schema/match-1.schema.json" <<'PY'
import json, sys
import jsonschema
check = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
lines = [json.loads(line) for line in open("one")]
for line in lines:
    check.validate(line)
for line in lines[:-1]:
    print(line["page"]["url"], line["page"]["captured_at"], line["archive"]["record"], line["archive"].get("refers_to"), line["match"]["class"])
first = lines[0]
print("the same text:", all(line["match"] == first["match"] and line["page"]["sha256"] == first["page"]["sha256"] and line["page"]["title"] == first["page"]["title"] for line in lines[:-1]))
print("ids apart:", len({line["id"] for line in lines[:-1]}), "places apart:", len({line["archive"]["offset"] for line in lines[:-1]}))
print({key: lines[-1][key] for key in ("records", "revisits", "pages", "matches")})
PY
for how in "--threads 3 --part-kb 1" "--threads 2 --part-kb 3"; do
    match $how all.warc.gz | cmp - one && echo "the same: $how"
done
echo "--- another archive is another memory"
match all.warc.gz rest.warc.gz | head -n -1 >two
head -n -1 one | cmp - two && echo "nothing more"
