"""Bylaw beside other ways to find reposts: the same pages, in the same run.

usage: peers.py PROGRAM OUT [--wrong]

Prints one JSON object. Each tool has a process of its own on one core, and
reads the same archive; a decision is right when the page carries the source.
Time is that of the pages (read, extract, fingerprint, query), without what is
done once (start, sources); of up to three runs, the one with the least
processor time counts. --wrong names ten wrong decisions of each tool.
"""
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time

import peers_install

HERE = os.path.dirname(os.path.realpath(__file__))
RUNS, RUNS_SECONDS = 3, 8.0  # no further run once they took so long
WRONG = 10
PAGE_STAGES = ("read", "extract", "fingerprint", "query", "match")


def child(command, out):
    """Wall and processor seconds, and the peak of a process; its output goes into a file."""
    began = time.perf_counter()
    with open(out, "wb") as stdout, tempfile.TemporaryFile() as stderr:
        process = subprocess.Popen(command, stdout=stdout, stderr=stderr)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            stderr.seek(0)
            lines = stderr.read().decode("utf-8", "replace").splitlines() or ["exit code %d" % process.returncode]
            raise RuntimeError("%s: %s" % (os.path.basename(command[0]), lines[-1]))
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def least(run):
    """Of some runs the one with the least processor time."""
    best, began = None, time.perf_counter()
    for _ in range(RUNS):
        said = run()
        best = said if best is None or said["cpu_s"] < best["cpu_s"] else best
        if time.perf_counter() - began > RUNS_SECONDS:
            break
    return best


def names_by_digest(data):
    names = {}
    for name in os.listdir(os.path.join(data, "sources")):
        with open(os.path.join(data, "sources", name), "rb") as text:
            names[hashlib.sha256(text.read()).hexdigest()] = name[:-len(".txt")]
    return names


def found_by_bylaw(path, names):
    found = {"copies": [], "copies and quotations": []}
    with open(path, encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            if line["schema"] != "bylaw.match/1" or line["match"]["class"] == "none":
                continue  # a summary, or a hint
            pair = (line["page"]["url"], names[line["source"]["sha256"]])
            found["copies and quotations"].append(pair)
            if line["match"]["class"] in ("full", "partial", "excerpt"):
                found["copies"].append(pair)
    return found


def version_of(program):
    return subprocess.run([program, "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.split()[-1]


def run_bylaw(program, data):
    index, out = os.path.join(data, "sources.bix"), os.path.join(data, "out")
    folder = os.path.join(data, "sources")
    built = child([program, "index", "build", "-q", "-o", index] + [os.path.join(folder, name) for name in sorted(os.listdir(folder))], out)
    matched = child([program, "match", "--threads", "1", "--index", index, os.path.join(data, "pages.warc.gz")], out)
    return {"wall_s": built[0] + matched[0], "cpu_s": built[1] + matched[1], "peak_kb": max(built[2], matched[2]),
            "stages": {"sources": built[:2], "match": matched[:2]}, "threshold": "copies", "versions": {"bylaw": version_of(program)},
            "settings": "index build of the sources' files; match --index --threads 1; copies are of class full, partial or excerpt",
            "found": found_by_bylaw(out, names_by_digest(data))}


def run_peer(python, tool, data):
    out = os.path.join(data, "out")
    child([python, "-B", os.path.join(HERE, "peers_tools.py"), tool, data], out)
    with open(out, encoding="utf-8") as said:
        return json.load(said)


def score(found, truth):
    """Precision and recall of decisions, and recall by how the source is carried."""
    found, kinds = {tuple(pair) for pair in found}, {}
    for pair, kind in truth.items():
        kinds.setdefault(kind, []).append(pair in found)
    right = sum(pair in truth for pair in found)
    precision, recall = right / len(found) if found else None, right / len(truth)
    both = (precision or 0) + recall
    said = {"precision": precision, "recall": recall, "f1": 2 * (precision or 0) * recall / both if both else 0.0}
    if len(kinds) > 1:
        said["recall_by"] = {kind: sum(hits) / len(hits) for kind, hits in kinds.items()}
    return said


def wrong_of(found, truth):
    found = {tuple(pair) for pair in found}
    extra = [{"page": url, "source": name, "wrong": "not carried"} for url, name in sorted(found - set(truth))]
    missed = [{"page": url, "source": name, "wrong": "missed: " + kind} for (url, name), kind in truth.items() if (url, name) not in found]
    return {"not_carried": len(extra), "missed": len(missed), "pairs": (extra[:WRONG // 2] + missed + extra[WRONG // 2:])[:WRONG]}


def pages_time(said):
    return [sum(spent[kind] for name, spent in said["stages"].items() if name in PAGE_STAGES) for kind in (0, 1)]


def result(said, truth, bylaw, pages, is_wrong):
    wall, cpu = pages_time(said)
    scores = {threshold: score(found, truth) for threshold, found in said["found"].items()}
    best = max(scores, key=lambda threshold: (scores[threshold]["f1"], threshold == said["threshold"]))
    of_bylaw = pages_time(bylaw)
    told = {"settings": said["settings"], "versions": said["versions"], "threshold": said["threshold"], **scores[said["threshold"]],
            "best": {"threshold": best, **scores[best]},
            "thresholds": {name: {key: one[key] for key in ("precision", "recall")} for name, one in scores.items()},
            "wall_s": said["wall_s"], "cpu_s": said["cpu_s"], "peak_mb": said["peak_kb"] / 1024,
            "stages": {name: dict(zip(("wall_s", "cpu_s"), spent)) for name, spent in said["stages"].items()},
            "pages_wall_s": wall, "pages_cpu_s": cpu, "pages_per_core_s": pages / cpu,
            "times_bylaw": {"wall": wall / of_bylaw[0], "cpu": cpu / of_bylaw[1]}}
    if is_wrong:
        told["wrong"] = wrong_of(said["found"][said["threshold"]], truth)
    return told


def measure(program, python, tools, data, is_wrong):
    with open(os.path.join(data, "truth.json"), encoding="utf-8") as text:
        known = json.load(text)
    truth = {(url, name): kind for url, name, kind in known.pop("carried")}
    bylaw = least(lambda: run_bylaw(program, data))
    known.update(carried=len(truth), tools={"Bylaw": result(bylaw, truth, bylaw, known["pages"], is_wrong)})
    for tool in tools:
        try:
            said = least(lambda: run_peer(python, tool, data))
            known["tools"][tool] = result(said, truth, bylaw, known["pages"], is_wrong)
        except RuntimeError as error:
            known["tools"][tool] = "failed: %s" % error
    return known


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return round(value, 3) if isinstance(value, float) else value


def one_core():
    """This process and those it starts: one core, one thread for arithmetic."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"


def main(program, out, *options):
    python, missing = peers_install.install(out)
    tools = [tool for tool in peers_install.NEEDED if tool not in missing]
    if not tools:
        print("skipped: the peers: none can be installed: " + next(iter(missing.values())))
        return
    one_core()
    told = {"bench": "peers", "not_installed": {tool: "not installed: " + why for tool, why in missing.items()}, "data": {}}
    with tempfile.TemporaryDirectory(dir=out) as work:
        child([sys.executable, "-B", os.path.join(HERE, "peers_pages.py"), work], os.path.join(work, "log"))
        for name in ("real", "planted"):
            data = os.path.join(work, name)
            told["data"][name] = (measure(program, python, tools, data, "--wrong" in options) if os.path.isdir(data)
                                  else "skipped: no pages (BYLAW_CORPUS)")
    print(json.dumps(rounded(told)))


if __name__ == "__main__":
    main(*sys.argv[1:])
