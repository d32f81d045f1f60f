"""The pages and articles that Bylaw and others are measured on.

usage: peers_pages.py WORK

Writes WORK/real (BYLAW_CORPUS named a folder: articles, their own pages, and
pages that carry none of them) and WORK/planted (articles set into pages of
others, in five ways, always the same; of made-up words where there is no
folder). Each has sources/NAME.txt, pages.warc.gz and truth.json.
"""
import bisect
import glob
import gzip
import html
import json
import os
import random
import re
import sys

EACH = 80  # pages of each kind of planting
SEED = 20
KINDS = ("whole", "half", "three paragraphs", "one paragraph", "whole, 10 % of words changed")
EXCERPTS = KINDS[2:4]
STORY_BYTES = 100  # a paragraph of a page's story has as many, in six paragraphs at least
STORY_PARAGRAPHS = 6
PROSE_WORDS = 20  # a line of an article with as many is a paragraph, not a heading or an item
LONG_WORDS = 30  # of the one paragraph, at least
ASIDE = re.compile(rb"<!--.*?-->|<(script|style|noscript|template|textarea|head|header|footer|nav|aside|form|svg|blockquote)\b.*?</\1\s*>",
                   re.I | re.S)
PARAGRAPH = re.compile(rb"<p(?:\s[^<>]*)?>((?:(?!</?(?:p|div|li|td|table|ul|section|article)\b).)*?)</p\s*>", re.I | re.S)


def record(url, body):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    head = ("WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:%s>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Target-URI: %s\r\n"
            "Content-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n" % (url, url, len(block)))
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 6, mtime=0)


class DataSet:
    """Written as it is added to: pages are never all in memory."""

    def __init__(self, folder, origin):
        os.makedirs(os.path.join(folder, "sources"))
        self.folder, self.archive = folder, open(os.path.join(folder, "pages.warc.gz"), "wb")
        self.truth = {"origin": origin, "pages": 0, "sources": 0, "html_bytes": 0, "carried": []}

    def add_source(self, name, text):
        with open(os.path.join(self.folder, "sources", name + ".txt"), "w", encoding="utf-8", newline="") as out:
            out.write(text)
        self.truth["sources"] += 1

    def add_page(self, name, body, source=None, kind=None):
        url = "http://host%d.example/%s" % (self.truth["pages"], name)
        self.archive.write(record(url, body))
        self.truth["pages"] += 1
        self.truth["html_bytes"] += len(body)
        if source:
            self.truth["carried"].append([url, source, kind])

    def close(self):
        self.archive.close()
        with open(os.path.join(self.folder, "truth.json"), "w", encoding="utf-8") as out:
            json.dump(self.truth, out)


def unpack(path):
    with gzip.open(path) as page:
        return page.read()


def short(path):
    return os.path.basename(path)[:12]


def pages_in(corpus, folder):
    return sorted(glob.glob(os.path.join(corpus, folder, "*.html.gz")))


def read_articles(corpus):
    with open(os.path.join(corpus, "articles", "truth.json"), encoding="utf-8") as truth:
        return {name[:12]: article["articleBody"] for name, article in sorted(json.load(truth).items())}


def write_real(work, corpus, articles):
    data = DataSet(os.path.join(work, "real"), "real pages")
    for name, text in articles.items():
        data.add_source(name, text)
    for path in pages_in(corpus, "articles"):
        data.add_page(short(path), unpack(path), short(path) if short(path) in articles else None, "own page")
    for path in pages_in(corpus, "raw-pages"):
        data.add_page(short(path), unpack(path))
    data.close()


def story_of(page):
    """Where the paragraphs of a page's story begin and end."""
    asides = [found.span() for found in ASIDE.finditer(page)]
    begins = [begin for begin, _ in asides]
    story = []
    for found in PARAGRAPH.finditer(page):
        before = bisect.bisect(begins, found.start()) - 1
        is_aside = before >= 0 and asides[before][1] > found.start()
        if not is_aside and len(re.sub(rb"<[^>]*>", b"", found.group(1)).strip()) >= STORY_BYTES:
            story.append(found.span())
    return story if len(story) >= STORY_PARAGRAPHS else []


def plant(page, story, paragraphs, kind):
    """A whole or half article takes the story's place, an excerpt stands in its middle."""
    text = "".join("<p>%s</p>\n" % html.escape(one, quote=False) for one in paragraphs).encode("ascii", "xmlcharrefreplace")
    if kind in EXCERPTS:
        at = story[len(story) // 2][0]
        return page[:at] + text + page[at:]
    out, at = [], 0
    for number, (begin, end) in enumerate(story):
        out += [page[at:begin], text if number == 0 else b""]
        at = end
    return b"".join(out) + page[at:]


def change_words(paragraph, vocabulary, chance):
    return re.sub(r"\w+", lambda word: chance.choice(vocabulary) if chance.random() < 0.1 else word.group(), paragraph)


def split(text):
    return [" ".join(one.split()) for one in text.split("\n") if one.strip()]


def is_prose(line, words=PROSE_WORDS):
    return len(line.split()) >= words


def runs_of_three(lines):
    return [lines[at:at + 3] for at in range(len(lines) - 2) if all(is_prose(one) for one in lines[at:at + 3])]


def is_plantable(text):
    lines = split(text)
    is_long = sum(is_prose(one) for one in lines) >= STORY_PARAGRAPHS
    return is_long and runs_of_three(lines) and any(is_prose(one, LONG_WORDS) for one in lines)


def part_of(lines, kind, vocabulary, chance):
    if kind == "half":
        return lines[:(len(lines) + 1) // 2]
    if kind == "three paragraphs":
        return chance.choice(runs_of_three(lines))
    if kind == "one paragraph":
        return [chance.choice([one for one in lines if is_prose(one, LONG_WORDS)])]
    if kind == "whole":
        return lines
    return [change_words(one, vocabulary, chance) for one in lines]


def write_planted(work, origin, articles, hosts):
    data, chance = DataSet(os.path.join(work, "planted"), origin), random.Random(SEED)
    vocabulary = sorted({word for text in articles.values() for word in re.findall(r"\w+", text)})
    names = sorted(name for name, text in articles.items() if is_plantable(text))
    for name, text in articles.items():
        data.add_source(name, text)
    for number in range(EACH * len(KINDS)):
        kind, name = KINDS[number % len(KINDS)], names[number // len(KINDS) % len(names)]
        page, story = hosts(number)
        paragraphs = part_of(split(articles[name]), kind, vocabulary, chance)
        data.add_page("%d" % number, plant(page, story, paragraphs, kind), name, kind)
    data.close()


def real_hosts(corpus):
    """Pages that carry no article and have a story whose place can be taken."""
    paths = [path for path in pages_in(corpus, "raw-pages") if story_of(unpack(path))]
    random.Random(SEED).shuffle(paths)

    def host(number):
        page = unpack(paths[number % len(paths)])
        return page, story_of(page)
    return host


class Inventor:
    """Texts of made-up words, the common ones often, as in a language."""

    def __init__(self):
        self.chance = random.Random(SEED)
        letters = ("aeiou", "bcdfghklmnprstvwz")
        self.words = ["".join(self.chance.choice(letters[at % 2]) for at in range(1, self.chance.randrange(3, 11))) for _ in range(8000)]
        self.weights = [1 / (rank + 3) for rank in range(len(self.words))]

    def paragraph(self):
        words = self.chance.choices(self.words, self.weights, k=self.chance.randrange(30, 90))
        return " ".join(words).capitalize() + "."

    def article(self):
        return "\n\n".join(self.paragraph() for _ in range(self.chance.randrange(8, 16)))

    def page(self, _number):
        links = "".join('<li><a href="/%s">%s</a></li>' % (one, one) for one in self.chance.sample(self.words, 60))
        story = "".join("<p>%s</p>\n" % self.paragraph() for _ in range(10))
        page = ("<!doctype html><html lang=en><head><meta charset=utf-8><title>%s</title></head><body><nav><ul>%s</ul></nav>"
                "<main><article><h1>%s</h1>\n%s</article></main><footer><p>%s</p></footer></body></html>" % (
                    self.words[0], links, self.paragraph()[:60], story, self.paragraph())).encode()
        return page, story_of(page)


def main(work):
    corpus = os.environ.get("BYLAW_CORPUS", "")
    if os.path.exists(os.path.join(corpus, "articles", "truth.json")):
        articles = read_articles(corpus)
        write_real(work, corpus, articles)
        write_planted(work, "real articles planted in real pages", articles, real_hosts(corpus))
    else:
        inventor = Inventor()
        articles = {"made-up-%02d" % number: inventor.article() for number in range(90)}
        write_planted(work, "articles and pages of made-up words", articles, inventor.page)


if __name__ == "__main__":
    main(*sys.argv[1:])
