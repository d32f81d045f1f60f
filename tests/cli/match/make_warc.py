"""Writes archives for the tests of bulk matching, the same on each machine.

usage: make_warc.py NAME.warc.gz | NAME.warc | NAME.wet.gz PAGES
Every seventh page carries the article whose text is in article.txt; there are
pages in another charset, of no text, gone ones, and one with a revisit.
"""
import gzip
import hashlib
import sys
import uuid

name, pages = sys.argv[1], int(sys.argv[2])
article = open("article.txt", encoding="utf-8").read()
is_wet = ".wet" in name


def noise(number, words):
    """Bytes that hardly pack, so that the archive has many parts."""
    return " ".join(hashlib.sha256(b"%d-%d" % (number, i)).hexdigest()[:9] for i in range(words))


def record(kind, headers, block):
    head = "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\n" % (
        kind, uuid.uuid5(uuid.NAMESPACE_URL, headers.get("WARC-Target-URI", name)))
    head += "WARC-Date: 2024-01-02T03:04:05Z\r\n"
    head += "".join("%s: %s\r\n" % item for item in headers.items())
    data = (head + "Content-Length: %d\r\n\r\n" % len(block)).encode() + block + b"\r\n\r\n"
    return gzip.compress(data, 6, mtime=0) if name.endswith(".gz") else data


def body_of(number):
    text = noise(number, 300)
    if number % 7 == 3:
        text += "\n" + article
    if is_wet:
        return text.encode(), "text/plain"
    paragraphs = "".join("<p>%s</p>\n" % line for line in text.split("\n") if line)
    page = "<!doctype html><html lang=en><head><title>Page %d</title></head><body><main>%s<p>caf\u00e9</p></main></body></html>" % (number, paragraphs)
    if number % 5 == 3:
        return page.encode("windows-1252", "replace"), "text/html; charset=windows-1252"
    return page.encode("utf-8"), "text/html"


with open(name, "wb") as out:
    out.write(record("warcinfo", {"Content-Type": "application/warc-fields"}, b"software: test\r\n"))
    for number in range(pages):
        uri = {"WARC-Target-URI": "http://host%d.example/%d" % (number % 9, number)}
        body, kind = body_of(number)
        if is_wet:
            out.write(record("conversion", {**uri, "Content-Type": "text/plain"}, body))
            continue
        status = "404 Not Found" if number % 11 == 10 else "200 OK"
        if number % 13 == 12:
            body, kind = bytes(range(256)) * 4, "image/png"
        http = "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (status, kind, len(body))
        out.write(record("response", {**uri, "Content-Type": "application/http;msgtype=response"}, http.encode() + body))
    if not is_wet:
        out.write(record("revisit", {"WARC-Target-URI": "http://again.example/", "WARC-Refers-To-Target-URI": "http://host3.example/3", "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest", "Content-Type": "application/http;msgtype=response"}, b"HTTP/1.1 200 OK\r\n\r\n"))
