"""Who asks the review page wrongly is told why, and nothing is recorded."""
from review import Review, told

page = Review("--by", "jo")
told("the page", page.get())
told("by its other name", page.get(headers={"Host": "localhost:PORT"}))
told("another host", page.get(headers={"Host": "rebound.example:PORT"}))
told("no host", page.get(headers={"Host": None}))
told("no port", page.get(headers={"Host": "127.0.0.1"}))
told("no secret", page.ask("GET", "/"))
told("a wrong secret", page.ask("GET", "/" + "0" * 32 + "/"))
told("half the secret", page.ask("GET", "/" + page.token[:16] + "/"))
told("no such place", page.get("nowhere"))
told("another method", page.ask("PUT", "/" + page.token + "/set"))
told("no such case", page.get("case/99"))
told("no number", page.get("case/x"))
wish = {"case": 2, "state": "confirmed"}
for name, header, value in [
    ("no origin", "Origin", None), ("a foreign origin", "Origin", "http://rebound.example:PORT"),
    ("its name, another port", "Origin", "http://127.0.0.1:1"), ("a file", "Origin", "null"),
    ("a form of another page", "X-Bylaw-Token", None), ("a wrong header", "X-Bylaw-Token", "0" * 32),
    ("a longer header", "X-Bylaw-Token", page.token + "0"), ("a form's type", "Content-Type", "text/plain"),
    ("a length that is none", "Content-Length", "-1"), ("a length past all numbers", "Content-Length", "9" * 30),
]:
    told(name, page.post("set", wish, headers={header: value}))
told("in pieces", page.post("set", b"", headers={"Transfer-Encoding": "chunked"}, length=False))
told("of 64 KiB", page.post("set", b" " * 65536))
told("a byte more", page.post("set", b" " * 65537))
told("a decision to no place", page.post("nowhere", wish))
for body in [b"[]", b'{"case":2,', b'{"case":"2"}', b'{"case":2,"state":3}', b'{"case":2,"exec":"x"}',
             b'{"case":2,"case":3}', b'{"case":2,"reason":"a\\u0000b"}', b'{"case":-2,"state":"new"}', b'{"case":2}',
             b'{"case":2,"state":"fixed"}', b'{"case":99,"state":"new"}', b'{"case":2,"state":"allowed"}',
             b'{"case":2,"state":"allowed","reason":"x","until":"soon"}', b"[" * 60000]:
    told(body.decode()[:26], page.post("set", body))
told("an empty note", page.post("note", {"case": 2}))
told("a letter of the law", page.post("draft", {"case": 2, "kind": "dmca"}))
told("a template elsewhere", page.post("draft", {"case": 2, "lang": "../x"}))
print("ended with", page.end())

page = Review("--read-only")
told("to read", page.get())
for place in ("set", "note", "draft"):
    told("read-only: " + place, page.post(place, wish))
print("ended with", page.end(15))
