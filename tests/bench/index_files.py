"""What it costs to put articles from files into an index file.

usage: index_files.py PROGRAM FOLDER

Makes two thousand articles of 800 made-up words in FOLDER and prints one JSON
object: milliseconds of processor time an article, and what reading the files
alone takes.
"""
import json
import os
import random
import resource
import subprocess
import sys
import time

ARTICLES, PARAGRAPHS, WORDS = 2000, 10, 80
LETTERS = "etaoinshrdlucm"


def spent():
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def vocabulary(chance):
    return ["".join(chance.choices(LETTERS, k=chance.randint(2, 9))) for _ in range(20000)]


def paragraph(chance, words, common):
    text = [chance.choice(common if chance.random() < 0.4 else words) for _ in range(WORDS)]
    for at in range(0, WORDS, 16):
        text[at] = text[at].capitalize()
        text[at - 1] += "."
    return " ".join(text)


def make(folder):
    chance = random.Random(7)
    words = vocabulary(chance)
    common = ["the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "on", "said"]
    paths = []
    for number in range(ARTICLES):
        paths.append(os.path.join(folder, "article-%04d.txt" % number))
        with open(paths[-1], "w", encoding="utf-8") as out:
            out.write("# Article %d %s\n\n" % (number, chance.choice(words)))
            out.write("\n\n".join(paragraph(chance, words, common) for _ in range(PARAGRAPHS)) + "\n")
    return paths


def main(program, folder):
    os.makedirs(folder, exist_ok=True)
    paths = make(folder)
    listed = os.path.join(folder, "paths")
    with open(listed, "w", encoding="utf-8") as out:
        out.write("\n".join(paths) + "\n")
    began = time.process_time()
    for path in paths:
        with open(path, "rb") as article:
            article.read()
    reading = time.process_time() - began
    before = spent()
    subprocess.run([program, "index", "build", "-q", "-o", os.path.join(folder, "files.bix"), "--paths", listed], check=True)
    print(json.dumps({"bench": "index-files", "articles": ARTICLES, "words": PARAGRAPHS * WORDS,
                      "ms_per_article": round((spent() - before) * 1000 / ARTICLES, 2),
                      "reading_ms_per_article": round(reading * 1000 / ARTICLES, 3)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
