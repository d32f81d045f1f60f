"""What is decided on the review page is recorded as by the command line."""
import fcntl
import json
import os
import re
import struct

from review import Review, told


def index(page):
    text = page.get()[2]
    return json.loads(re.search(r'id="index">(.*?)</script>', text, re.S).group(1))


page = Review("--by", "jo")
status, headers, text = page.get()
for name in ("Cache-Control", "X-Frame-Options", "Content-Security-Policy", "X-Content-Type-Options",
             "Cross-Origin-Resource-Policy", "Referrer-Policy", "Set-Cookie", "Access-Control-Allow-Origin"):
    print(name + ":", headers[name])
print("may ask its own server:", "connect-src 'self'" in text)
print("review:", sorted(index(page)["review"]))
for name, place, wish in [
    ("a state", "set", {"case": 2, "state": "confirmed", "reason": "I looked: no credit \u2603"}),
    ("an allowance", "set", {"case": 3, "state": "allowed", "reason": "by mail", "until": "2030-01-31"}),
    ("a note", "note", {"case": 2, "reason": "wrote to their editor"}),
    ("a draft", "draft", {"case": 2}),
    ("a draft in French", "draft", {"case": 2, "lang": "fr"}),
]:
    answer = page.post(place, wish)
    told(name, answer)
    done = json.loads(answer[2])
    last = done["now"]["events"][-1]
    print("   ", done["now"]["state"], "|", last["what"], "|", last["by"], "|", last["why"], "|", done["now"]["expires_at"])
    if place == "draft":
        print("   ", done["said"].split("\n")[0])
        print("   ", done["remarks"].strip())

# Another run has the workspace: the same sentence as on the command line.
with open("ws/.lock", "r+") as lock:
    fcntl.fcntl(lock, getattr(fcntl, "F_OFD_SETLK", 37), struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))
    lock.truncate(0)
    lock.write("bylaw scan, process 7")
    lock.flush()
    told("while a scan runs", page.post("set", {"case": 2, "state": "ignored", "reason": "x"}))
    told("reading meanwhile", page.get())
told("and afterwards", page.post("set", {"case": 2, "state": "disputed"}))
print("ended with", page.end())
