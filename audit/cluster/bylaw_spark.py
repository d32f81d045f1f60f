#!/usr/bin/env python3
"""Looks through many web archives with `bylaw match` on a Spark cluster.

    spark-submit bylaw_spark.py --paths warc.paths --index press.bix --out-dir /shared/matches

Each archive is one task: the program is given its path, and puts a file of
matches beside the others, whole, with a summary as its last line. What is
there already is not done again, so a run that was ended is started again as
it was. A failed archive is a row of the status, not a failed task; only what
would be wrong on every machine (no program, another index) ends the job.

The index is on every node under the same path, or is shipped with --ship-index
(up to about a gigabyte). That each node has the very index that the driver has
is checked by its id before anything is looked through.
"""
import argparse
import collections
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time

TRIES = 3          # of an archive that may be read later (exit code 75)
TAIL_LINES = 20    # of what the program said, kept in the status
DONE = {0: "complete", 3: "damaged"}
RETRY, USAGE = 75, 2


class Misconfigured(RuntimeError):
    """Wrong on this machine, whatever the archive: ends the job."""


def index_id(program, index):
    """The id of an index, as the program tells it."""
    try:
        said = subprocess.run([program, "index", "info", index, "--json"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=60, check=False)
    except OSError as problem:
        raise Misconfigured("%s: %s cannot be run: %s" % (socket.gethostname(), program, problem)) from problem
    if said.returncode:
        raise Misconfigured("%s: %s" % (socket.gethostname(), said.stderr.decode("utf-8", "replace").strip()))
    return json.loads(said.stdout)["id"]


def run_once(command, seconds):
    """Exit code, standard output, and the end of what was said on the way. The
    pipe of complaints is emptied as it fills: a full one would stop the program."""
    tail = collections.deque(maxlen=TAIL_LINES)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        drain = threading.Thread(target=lambda: tail.extend(line.decode("utf-8", "replace").rstrip() for line in child.stderr))
        drain.start()
        timer = threading.Timer(seconds, child.kill)
        timer.start()
        try:
            out = child.stdout.read()
            code = child.wait()
        finally:
            timer.cancel()
            drain.join()
    return code, out, list(tail)


def look_through(program, index, path, settings):
    """One archive, as a row of the status."""
    began = time.time()
    command = [program, "match", "--index", index, "--out-dir", settings["out_dir"], "--threads", str(settings["threads"]),
               "--die-with-parent"] + settings["more"] + [path]
    row = {"input": path, "host": socket.gethostname()}
    for attempt in range(1, TRIES + 1):
        code, out, tail = run_once(command, settings["timeout"])
        if code not in (RETRY, -9):
            break
        time.sleep(0.2 * attempt)
    if code == USAGE:
        raise Misconfigured("%s: %s" % (row["host"], " ".join(tail)))
    row.update(exit=code, outcome=DONE.get(code, "failed"), tries=attempt, seconds=round(time.time() - began, 3), said=tail)
    if code in DONE and out.strip():
        total = json.loads(out.splitlines()[-1])
        row.update({key: total[key] for key in ("records", "pages", "screened_out", "matches", "losses", "bytes")})
        row["skipped"] = total["skipped"]
    return row


def task(settings):
    """What a partition does: its paths one after the other."""
    def run(paths):
        index = settings["index"]
        if settings["ship"]:
            from pyspark import SparkFiles  # only where tasks run
            index = SparkFiles.get(os.path.basename(index))
        found = index_id(settings["program"], index)
        if found != settings["id"]:
            raise Misconfigured("%s has index %s, the driver %s" % (socket.gethostname(), found, settings["id"]))
        for path in paths:
            yield look_through(settings["program"], index, path, settings)
    return run


def write_status(name, rows):
    """In the order of the inputs; a reader sees the old file or the new one."""
    with open(name + ".new", "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, sort_keys=True) + "\n")
        out.flush()
        os.fsync(out.fileno())
    os.replace(name + ".new", name)


def read_options(argv):
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--paths", required=True, help="a file that names an archive a line")
    options.add_argument("--index", required=True, help="made by `bylaw index build`; on every node, unless shipped")
    options.add_argument("--out-dir", required=True, help="a folder that all nodes and the driver share")
    options.add_argument("--program", default=shutil.which("bylaw") or "bylaw", help="bylaw, as the nodes call it")
    options.add_argument("--ship-index", action="store_true", help="send the index to the nodes")
    options.add_argument("--threads", type=int, default=1, help="of each task; as many as spark.task.cpus")
    options.add_argument("--timeout", type=float, default=3600, help="seconds for one archive")
    options.add_argument("--status", default=None, help="a line of JSON for each archive (OUT_DIR/status.ndjson)")
    options.add_argument("more", nargs="*", help="further options of `bylaw match`, behind --")
    return options.parse_args(argv)


def main(argv):
    options = read_options(argv)
    from pyspark.sql import SparkSession
    with open(options.paths, encoding="utf-8") as lines:
        paths = [line.strip() for line in lines if line.strip()]
    os.makedirs(options.out_dir, exist_ok=True)
    settings = {"program": options.program, "index": options.index, "id": index_id(options.program, options.index),
                "ship": options.ship_index, "out_dir": os.path.abspath(options.out_dir), "threads": options.threads,
                "timeout": options.timeout, "more": options.more}
    spark = SparkSession.builder.appName("bylaw match").getOrCreate()
    try:
        context = spark.sparkContext
        if options.ship_index:
            context.addFile(options.index)
        began = time.time()
        # One archive a task: what a lost machine had under way is little.
        rows = context.parallelize(paths, max(1, len(paths))).mapPartitions(task(settings)).collect()
        seconds = time.time() - began
    finally:
        spark.stop()
    order = {path: number for number, path in enumerate(paths)}
    rows.sort(key=lambda row: order[row["input"]])
    write_status(options.status or os.path.join(options.out_dir, "status.ndjson"), rows)
    counts = collections.Counter(row["outcome"] for row in rows)
    print(json.dumps({"inputs": len(rows), "seconds": round(seconds, 2), **counts}))
    return 75 if counts["failed"] else 3 if counts["damaged"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
