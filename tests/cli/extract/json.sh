# Every block and link as JSON.
echo '<p>One <a href="b.html">link</a>.</p><p hidden>None.</p>' >page.html
"$BYLAW" extract --json --url https://harbour.example/a.html page.html | python3 -c '
import json, sys
d = json.load(sys.stdin)
print(*d)
for b in d["blocks"]:
    print(b["tag"], b["visibility"], b["bytes"], b["text"])
for l in d["links"]:
    print(l["element"], l["kind"], l["url"], l["text"])'
