"""kill -9 at any moment loses nothing.

An undisturbed run of `index` is the measure. Then fresh libraries are indexed by runs that are killed at points spread over
scan, extraction, storing and embedding; after each kill `doctor` must be clean, and the last run is left to finish. What
the library then holds (content hashes, statuses, pages, passages, segments) and the best 10 of many queries must equal the
undisturbed run's.

    kill_resume.py PROGRAM [--kills 20] [--kills-per-library 4] PATH...
"""
import argparse
import hashlib
import json
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time


def command(program, library, *arguments):
    return [program, "--library", str(library), *map(str, arguments)]


def run(program, library, *arguments):
    done = subprocess.run(command(program, library, *arguments, "--json"), capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"FAILED: {arguments[0]} ended with {done.returncode}: {done.stdout.strip()} {done.stderr.strip()}")
    return json.loads(done.stdout)


def digest(rows):
    return hashlib.sha256("\x00".join(rows).encode("utf-8", "surrogateescape")).hexdigest()


def dump(library):
    """(sha256, status, hash of pages, hash of passages, segments with a vector) of every document."""
    database = sqlite3.connect(f"file:{library}/index.db?mode=ro", uri=True)
    rows = []
    for ident, sha256, status in database.execute("SELECT id, sha256, status FROM document ORDER BY sha256, status"):
        pages = [text for (text,) in database.execute(
            "SELECT text FROM page WHERE document_id = ? ORDER BY page_index", (ident,))]
        chunks = [text for (text,) in database.execute(
            "SELECT text FROM chunk WHERE document_id = ? ORDER BY ordinal", (ident,))]
        (segments,) = database.execute("SELECT count(*) FROM vector WHERE document_id = ?", (ident,)).fetchone()
        rows.append((sha256, status, digest(pages), digest(chunks), segments))
    return sorted(rows, key=repr)


def queries(library, count, seed):
    """Queries made of words that stand in the library, the same for equal libraries."""
    database = sqlite3.connect(f"file:{library}/index.db?mode=ro", uri=True)
    texts = sorted(text for (text,) in database.execute("SELECT text FROM chunk"))
    chooser = random.Random(seed)
    made = []
    while len(made) < count and texts:
        words = re.findall(r"[A-Za-z]{4,}", chooser.choice(texts))
        if len(words) >= 4:
            made.append(" ".join(chooser.sample(words, 4)))
    return made


def answers(program, library, wanted):
    found = []
    for query in wanted:
        results = run(program, library, "search", query, "-k", 10)["results"]
        found.append([(hit["document"], hit["page"], hit["snippet"], round(hit["score"], 6)) for hit in results])
    return found


def killed_run(program, library, paths, delay):
    """True when the run was still going when the kill came."""
    process = subprocess.Popen(command(program, library, "index", *paths), stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        process.wait(delay)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("paths", nargs="+", type=pathlib.Path)
    arguments.add_argument("--kills", type=int, default=20)
    arguments.add_argument("--kills-per-library", type=int, default=4)
    arguments.add_argument("--queries", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="commonplace-kill-") as scratch:
        calm = pathlib.Path(scratch, "calm")
        start = time.monotonic()
        run(options.program, calm, "index", *options.paths)
        duration = time.monotonic() - start
        wanted = queries(calm, options.queries, options.seed)
        truth, best = dump(calm), answers(options.program, calm, wanted)
        print(f"undisturbed: {len(truth)} documents in {duration:.1f} s, {len(wanted)} queries", flush=True)
        kills, number = 0, 0
        while kills < options.kills:
            library = pathlib.Path(scratch, f"killed-{number}")
            number += 1
            share = min(options.kills_per_library, options.kills - kills)
            for step in range(share):
                # The first kills of a library fall early (scan, extraction), later ones into what is left (embedding).
                delay = duration / share * (0.15 + 0.8 * ((number * 7 + step * 3) % 10) / 10)
                hit = killed_run(options.program, library, options.paths, delay)
                kills += 1
                if library.exists() and (library / "index.db").exists():
                    run(options.program, library, "doctor")
                print(f"kill {kills}: after {delay:.2f} s{'' if hit else ' (had finished)'}", flush=True)
            run(options.program, library, "index", *options.paths)
            run(options.program, library, "doctor")
            if dump(library) != truth:
                raise SystemExit("FAILED: the library differs from the undisturbed one")
            if answers(options.program, library, wanted) != best:
                raise SystemExit("FAILED: searches answer differently")
    print(f"{kills} kills: every library equals the undisturbed one")


sys.exit(main())
