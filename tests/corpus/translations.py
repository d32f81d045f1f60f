"""Whether the right article is found for a translation of it, by names and
numbers alone.

usage: translations.py PROGRAM CORPUS/translations

Prints one JSON object: for each language the share of documents of which the
right article is told first (right_first), is called a translation (likely),
and the same where the right article is not among those looked for
(wrong_likely): what is told then is wrong, but for two reports of one event.
"""
import collections
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

from reuse import record


def documents(folder, name, numbers):
    found = collections.defaultdict(list)
    with open(os.path.join(folder, name), encoding="utf-8") as lines:
        for number, line in zip(numbers, lines):
            found[number].append(line.strip())
    return {number: "\n\n".join(lines) + "\n" for number, lines in found.items()}


def safe(name):
    return re.sub(r"[^a-z0-9]", "-", name.lower())


def tell(program, index, names, pages, work):
    """For each page (article, class) in the order told; names: of articles by digest."""
    archive = os.path.join(work, "pages.wet.gz")
    with open(archive, "wb") as out:
        for name, text in sorted(pages.items()):
            out.write(record(name, text))
    said = subprocess.run([program, "match", "--hints", "any", "--index", index, archive], check=True, stdout=subprocess.PIPE)
    told = {name: [] for name in pages}
    for line in map(json.loads, said.stdout.splitlines()[:-1]):
        told[line["page"]["url"].rsplit("/", 1)[1]].append((names[line["source"]["sha256"]], line["match"]["class"]))
    return told


def build(program, articles, work, name):
    index, paths = os.path.join(work, name), []
    for article, text in sorted(articles.items()):
        paths.append(os.path.join(work, article + ".txt"))
        with open(paths[-1], "w", encoding="utf-8") as out:
            out.write(text)
    subprocess.run([program, "index", "build", "-q", "-o", index] + paths, check=True)
    return index


def measure(told, held_out):
    first = sum(1 for name, found in told.items() if found and found[0][0] == name)
    likely = sum(1 for name, found in told.items() if (name, "translation") in found)
    wrong = sum(1 for found in held_out.values() if any(how == "translation" for _, how in found))
    return {"documents": len(told), "right_first": round(first / len(told), 3), "likely": round(likely / len(told), 3),
            "wrong_likely": round(wrong / len(told), 3)}


def main(program, corpus):
    with open(os.path.join(corpus, "DOCUMENT_IDS.tsv"), encoding="utf-8") as lines:
        numbers = [safe(line.strip()) for line in lines]
    articles = documents(corpus, "newstest2019-src.eng.txt", numbers)
    languages = {name[len("newstest2019-ref."):-len(".txt")]: documents(corpus, name, numbers)
                 for name in sorted(os.listdir(corpus)) if name.startswith("newstest2019-ref.")}
    digests = {hashlib.sha256(text.encode("utf-8")).hexdigest(): name for name, text in articles.items()}
    results = {"corpus": "translations"}
    with tempfile.TemporaryDirectory() as work:
        whole = build(program, articles, work, "all.bix")
        names = sorted(articles)
        halves = [build(program, {name: articles[name] for name in names[half::2]}, work, "half%d.bix" % half)
                  for half in (0, 1)]
        for language, pages in languages.items():
            without = {}
            for half in (0, 1):
                rest = {name: pages[name] for name in names[1 - half::2]}
                without.update(tell(program, halves[half], digests, rest, work))
            results[language] = measure(tell(program, whole, digests, pages, work), without)
    print(json.dumps(results))


if __name__ == "__main__":
    main(*sys.argv[1:])
