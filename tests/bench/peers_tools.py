"""One way to find reposts, by its public interface alone: pages are read from
the archive by FastWARC, their text is taken, fingerprinted and looked for.

usage: peers_tools.py TOOL DATA

Prints one JSON object: what was found by each threshold, and what each stage
took. The clock stops before any threshold but the tool's own is tried.
"""
import contextlib
import importlib.metadata
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

PERMUTATIONS = 128
THRESHOLDS = (0.9, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05)
DISTANCES = (3, 6, 10, 14, 18)
PERCENT = (50, 20, 10, 5, 1)


class Stages:
    """Wall and processor seconds by name; those of ended children count."""

    def __init__(self):
        self.spent = {}

    @contextlib.contextmanager
    def __call__(self, name):
        wall, cpu = time.perf_counter(), self.cpu()
        yield
        spent = self.spent.setdefault(name, [0.0, 0.0])
        spent[0] += time.perf_counter() - wall
        spent[1] += self.cpu() - cpu

    @staticmethod
    def cpu():
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    @staticmethod
    def peak_kb():
        return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


class Resiliparse:
    """Text as its manual takes it from bytes of unknown charset."""
    packages = ("resiliparse", "fastwarc")

    def load_extractor(self):
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.encoding import detect_encoding
        from resiliparse.parse.html import HTMLTree
        self.extract = lambda page: extract_plain_text(HTMLTree.parse_from_bytes(page, detect_encoding(page)), main_content=self.is_main)


class Trafilatura:
    packages = ("trafilatura", "fastwarc")

    def load_extractor(self):
        import trafilatura
        self.extract = trafilatura.extract


def shingles(text, words):
    tokens = re.findall(r"\w+", text.casefold())
    return [" ".join(tokens[at:at + words]) for at in range(max(1, len(tokens) - words + 1))] if tokens else []


class Tool:
    """Sources and pages, each sketched once; the sketch of no text is None."""
    is_main = True

    def __init__(self, stage):
        from fastwarc.warc import ArchiveIterator, WarcRecordType
        self.stage, self.iterate, self.response = stage, ArchiveIterator, WarcRecordType.response
        self.load_extractor()
        self.load()
        self.sources, self.pages, self.found = {}, {}, []

    def texts(self, archive):
        """(address, text) of each page."""
        with open(archive, "rb") as stream:
            records = iter(self.iterate(stream, record_types=self.response, parse_http=True))
            while True:
                with self.stage("read"):
                    record = next(records, None)
                    if record is None:
                        return
                    url, body = record.headers["WARC-Target-URI"], record.reader.read()
                with self.stage("extract"):
                    text = self.extract(body) or ""
                yield url, text

    def run(self, sources, archive):
        with self.stage("sources"):
            self.sources = {name: self.sketch(text) for name, text in sources.items()}
            self.prepare()
        for url, text in self.texts(archive):
            with self.stage("fingerprint"):
                sketch = self.sketch(text)
            if sketch:
                self.pages[url] = sketch
                with self.stage("query"):
                    self.found += [(url, name) for name in self.query(sketch)]
        with self.stage("query"):
            self.finish()

    def prepare(self):
        """Once all sources are sketched."""

    def query(self, page):
        """Names of the sources that the page carries, where pages are asked for."""
        return []

    def finish(self):
        """Once all pages are sketched, where sources are asked for."""

    def versions(self):
        return {package: importlib.metadata.version(package) for package in self.packages}


class Sketches(Tool):
    """Sets of 5-word shingles, by size and MinHash."""
    own = 0.5

    def load(self):
        import datasketch
        self.datasketch = datasketch

    def sketch(self, text):
        members = [one.encode() for one in set(shingles(text, 5))]
        return (len(members), self.datasketch.MinHash.bulk([members], num_perm=PERMUTATIONS)[0]) if members else None

    def all_found(self):
        """By threshold; "checked" leaves out what the sketches themselves put below it."""
        found = {}
        for threshold in THRESHOLDS:
            pairs = self.found if threshold == self.own else self.pairs(threshold)
            found[str(threshold)] = pairs
            found["%s, checked" % threshold] = [(url, name) for url, name in pairs
                                                if self.score(self.pages[url], self.sources[name]) >= threshold]
        return found


class MinHash(Sketches):
    """Sources in the index, each page asked for: by Jaccard similarity."""

    def index(self, threshold):
        lsh = self.datasketch.MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
        for name, (_, sketch) in self.sources.items():
            lsh.insert(name, sketch)
        return lsh

    def prepare(self):
        self.lsh = self.index(self.own)

    def query(self, page):
        return self.lsh.query(page[1])

    def pairs(self, threshold):
        lsh = self.index(threshold)
        return [(url, name) for url, page in self.pages.items() for name in lsh.query(page[1])]

    @staticmethod
    def score(page, source):
        return page[1].jaccard(source[1])


class TrafilaturaMinHash(Trafilatura, MinHash):
    packages = Trafilatura.packages + ("datasketch",)
    settings = "extract() by its defaults; sets of 5-word shingles, MinHash.bulk, 128 permutations, SHA-1; MinHashLSH by its defaults"


class ResiliparseMinHash(Resiliparse, MinHash):
    packages = Resiliparse.packages + ("datasketch",)
    settings = "main content; sets of 5-word shingles, MinHash.bulk, 128 permutations, SHA-1; MinHashLSH by its defaults"


class ResiliparseEnsemble(Resiliparse, Sketches):
    """Pages in the index, each source asked for: by the share of it in a page."""
    packages = Resiliparse.packages + ("datasketch",)
    settings = ("all visible text, which finds more than the main content; sets of 5-word shingles, MinHash.bulk, 128 permutations, SHA-1; "
                "MinHashLSHEnsemble by its defaults (16 parts, m = 8)")
    is_main = False

    def finish(self):
        self.found = self.pairs(self.own)

    def pairs(self, threshold):
        lsh = self.datasketch.MinHashLSHEnsemble(threshold=threshold, num_perm=PERMUTATIONS)
        lsh.index([(url, sketch, size) for url, (size, sketch) in self.pages.items()])
        return [(url, name) for name, (size, sketch) in self.sources.items() for url in lsh.query(sketch, size)]

    @staticmethod
    def score(page, source):
        """What both hold, by their sizes and Jaccard similarity, of the source."""
        jaccard = page[1].jaccard(source[1])
        return jaccard * (page[0] + source[0]) / (1 + jaccard) / source[0]


class ResiliparseSimhash(Resiliparse, Tool):
    packages = Resiliparse.packages + ("simhash",)
    settings = "main content; 64 bits of 3-word shingles, MD5; SimhashIndex, Hamming distance of 3 at most"
    own = 3

    def load(self):
        import simhash
        self.simhash = simhash

    def sketch(self, text):
        members = shingles(text, 3)
        return self.simhash.Simhash(members, f=64) if members else None

    def prepare(self):
        self.index = self.simhash.SimhashIndex(list(self.sources.items()), f=64, k=self.own)

    def query(self, page):
        return self.index.get_near_dups(page)

    def all_found(self):
        found = {distance: [] for distance in DISTANCES}
        for url, page in self.pages.items():
            for name, source in self.sources.items():
                apart = page.distance(source)
                for distance in DISTANCES:
                    if apart <= distance:
                        found[distance].append((url, name))
        return {str(distance): self.found if distance == self.own else pairs for distance, pairs in found.items()}


class ResiliparseSimText(Resiliparse, Tool):
    """As its manual has it for plagiarism: the share of each source in each page."""
    settings = "all visible text, which finds more than the main content; sim_text -peu -S, runs of 8 words, from 20 % on"
    own = 20
    is_main = False

    def load(self):
        self.folder = tempfile.TemporaryDirectory()
        self.paths = []

    def sketch(self, text):
        self.paths.append(os.path.join(self.folder.name, str(len(self.paths))))
        with open(self.paths[-1], "w", encoding="utf-8", errors="replace") as out:
            out.write(text)
        return self.paths[-1]

    def finish(self):
        self.found = [pair for pair, _ in self.compare(self.own)]

    def compare(self, least):
        names, urls = ({path: name for name, path in of.items()} for of in (self.sources, self.pages))
        said = subprocess.run(["sim_text", "-peu", "-S", "-T", "-t", str(least), "-i"], check=True, text=True, stdout=subprocess.PIPE,
                              input="\n".join(list(names) + ["|"] + list(urls)) + "\n").stdout
        lines = re.findall(r"^(\S+) consists for (\d+) % of (\S+) material$", said, re.M)
        return [((urls[page], names[source]), int(share)) for source, share, page in lines]

    def versions(self):
        said = subprocess.run(["sim_text", "-v"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
        return {**super().versions(), "sim_text": said.strip()}

    def all_found(self):
        shares = self.compare(min(PERCENT))
        return {str(least): [pair for pair, share in shares if share >= least] for least in PERCENT}


TOOLS = {
    "trafilatura + MinHash-LSH": TrafilaturaMinHash,
    "resiliparse + MinHash-LSH": ResiliparseMinHash,
    "resiliparse + LSH-Ensemble": ResiliparseEnsemble,
    "resiliparse + simhash": ResiliparseSimhash,
    "resiliparse + sim_text": ResiliparseSimText,
}


def read_sources(folder):
    texts = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as text:
            texts[name[:-len(".txt")]] = text.read()
    return texts


def main(name, data):
    began, stage = time.perf_counter(), Stages()
    with stage("start"):
        tool = TOOLS[name](stage)
    tool.run(read_sources(os.path.join(data, "sources")), os.path.join(data, "pages.warc.gz"))
    said = {"wall_s": time.perf_counter() - began, "cpu_s": stage.cpu(), "peak_kb": stage.peak_kb(), "stages": stage.spent,
            "settings": tool.settings, "threshold": str(tool.own), "found": tool.all_found(), "versions": tool.versions()}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
