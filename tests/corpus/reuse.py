"""How well passages are found that were taken over from other texts, edited or
not: documents in the format of PAN, with the exact characters as truth.

usage: reuse.py PROGRAM CORPUS/reuse

Prints one JSON object: macro precision and recall over characters,
granularity (how many passages stand for one), plagdet of the three, and the
recall by how a passage was changed. Each passage counts alike (macro).
"""
import gzip
import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree


def read(path):
    with open(path, encoding="utf-8", errors="replace", newline="") as text:
        return text.read()


def truths(folder, name):
    """(page begin, end, source, source begin, end, how) of each passage."""
    found = []
    for feature in ElementTree.parse(os.path.join(folder, name[:-4] + ".xml")).getroot().iter("feature"):
        if feature.get("name") not in ("plagiarism", "artificial-plagiarism"):
            continue
        begin, source_begin = int(feature.get("this_offset")), int(feature.get("source_offset"))
        how = next((feature.get(key) for key in ("obfuscation", "type", "obfuscation_type") if feature.get(key)), "unknown")
        found.append((begin, begin + int(feature.get("this_length")), feature.get("source_reference"), source_begin,
                      source_begin + int(feature.get("source_length")), how))
    return found


def record(name, text):
    body = text.encode("utf-8")
    head = ("WARC/1.1\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:x:%s>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
            "WARC-Target-URI: http://reuse.example/%s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n")
    return gzip.compress((head % (name, name, len(body))).encode() + body + b"\r\n\r\n")


def places(text):
    """Characters by bytes of UTF-8."""
    chars = []
    for number, char in enumerate(text):
        chars.extend([number] * len(char.encode("utf-8")))
    return chars + [len(text)]


def detect(program, corpus, pages, sources, work):
    """(page begin, end, source, source begin, end) by page, in characters."""
    index, archive = os.path.join(work, "reuse.bix"), os.path.join(work, "reuse.wet.gz")
    subprocess.run([program, "index", "build", "-q", "-o", index] +
                   [os.path.join(corpus, "source-documents", name) for name in sorted(sources)], check=True)
    with open(archive, "wb") as out:
        for name, text in sorted(pages.items()):
            out.write(record(name, text))
    said = subprocess.run([program, "match", "--hints", "likely", "--index", index, archive], check=True, stdout=subprocess.PIPE)
    maps = {name: places(text) for name, text in list(pages.items()) + list(sources.items())}
    found = {name: [] for name in pages}
    by_digest = {}
    for name in sources:
        with open(os.path.join(corpus, "source-documents", name), "rb") as text:
            by_digest[hashlib.sha256(text.read()).hexdigest()] = name
    for line in said.stdout.splitlines()[:-1]:
        line = json.loads(line)
        page, source = line["page"]["url"].rsplit("/", 1)[1], by_digest[line["source"]["sha256"]]
        for span in line["match"]["spans"]:
            found[page].append((maps[page][span["page"][0]], maps[page][span["page"][1]], source,
                                maps[source][span["source"][0]], maps[source][span["source"][1]]))
    return found


def shared(case, detection):
    """Characters of both sides that a detection of this very passage covers."""
    if case[2] != detection[2]:
        return 0
    page = min(case[1], detection[1]) - max(case[0], detection[0])
    source = min(case[4], detection[4]) - max(case[3], detection[3])
    return page + source if page > 0 and source > 0 else 0


def covered(whole, parts):
    """Share of both sides of a passage inside others of its pair."""
    hit = 0
    for begin, end in ((0, 1), (3, 4)):
        marks = bytearray(whole[end] - whole[begin])
        for part in parts:
            for at in range(max(whole[begin], part[begin]), min(whole[end], part[end])):
                marks[at - whole[begin]] = 1
        hit += sum(marks)
    return hit / max(1, (whole[1] - whole[0]) + (whole[4] - whole[3]))


def main(program, corpus):
    pages = {name: read(os.path.join(corpus, "suspicious-documents", name))
             for name in os.listdir(os.path.join(corpus, "suspicious-documents")) if name.endswith(".txt")}
    sources = {name: read(os.path.join(corpus, "source-documents", name))
               for name in os.listdir(os.path.join(corpus, "source-documents")) if name.endswith(".txt")}
    with tempfile.TemporaryDirectory() as work:
        found = detect(program, corpus, pages, sources, work)
    recalls, precisions, granularities, by_how = [], [], [], {}
    for name in pages:
        cases = truths(os.path.join(corpus, "suspicious-documents"), name)
        for case in cases:
            hits = [one for one in found[name] if shared(case, one)]
            recalls.append(covered(case, hits))
            by_how.setdefault(case[5], []).append(recalls[-1])
            if hits:
                granularities.append(len(hits))
        for one in found[name]:
            precisions.append(covered(one, [case for case in cases if shared(case, one)]))
    recall = sum(recalls) / max(1, len(recalls))
    precision = sum(precisions) / max(1, len(precisions))
    granularity = sum(granularities) / max(1, len(granularities)) if granularities else 1
    measure = 2 * precision * recall / max(1e-9, precision + recall)
    print(json.dumps({"corpus": "reuse", "passages": len(recalls), "detections": len(precisions),
                      "plagdet": round(measure / math.log2(1 + granularity), 3), "precision": round(precision, 3),
                      "recall": round(recall, 3), "granularity": round(granularity, 2),
                      "recall_by": {how: round(sum(values) / len(values), 3) for how, values in sorted(by_how.items())}}))


if __name__ == "__main__":
    main(*sys.argv[1:])
