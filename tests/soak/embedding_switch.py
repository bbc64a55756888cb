"""Another embedding model, with kill -9 in the middle: no row is lost, and the old vectors serve searches throughout.

A library is indexed with the vectors of one (fake, deterministic) model behind a local server. Then another model is chosen
and `index` is killed at random points while its vectors are made. Meanwhile searches by meaning run in a loop and must answer
as before; documents are added, edited and removed. In the end the new model must be in use, every passage must have all its
vectors in it, undo must bring back the old answers at once, and `doctor` must be clean.

    embedding_switch.py PROGRAM [--chunks 20000] [--kills 10] [--seed 1]
"""
import argparse
import collections
import http.server
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zlib

WORDS_PER_PASSAGE = 200
PASSAGES_PER_FILE = 40


class Model(http.server.BaseHTTPRequestHandler):
    """Both fake models: the words of a text, hashed into directions. "new" hashes otherwise and is longer."""
    protocol_version = "HTTP/1.1"
    allowance = None  # texts that "new" still answers; None: all. So that the building never ends before its kill.
    texts = collections.Counter()
    directions = {}

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        while request["model"] == "new" and Model.allowance is not None and Model.allowance <= 0:
            time.sleep(0.01)
        if request["model"] == "new" and Model.allowance is not None:
            Model.allowance -= len(request["input"])
        Model.texts[request["model"]] += len(request["input"])
        answer = {"data": [{"index": i, "embedding": self.vector(request["model"], text)}
                           for i, text in enumerate(request["input"])]}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        try:
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the program was killed

    def vector(self, model, text):
        row = [0] * (64 if model == "old" else 96)
        for word in text.lower().split():
            key = (model, word)
            if key not in Model.directions:
                Model.directions[key] = zlib.crc32(repr(key).encode()) % len(row)
            row[Model.directions[key]] += 1
        return row

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # the program was killed in the middle of a request


class Library:
    def __init__(self, program, scratch):
        self.program, self.folder = program, scratch / "library"
        self.environment = dict(os.environ, XDG_CONFIG_HOME=str(scratch / "config"))

    def start(self, *arguments):
        command = [self.program, "--library", str(self.folder), *map(str, arguments)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                env=self.environment)

    def run(self, *arguments):
        process = self.start(*arguments, "--json")
        out, err = process.communicate()
        if process.returncode != 0:
            raise SystemExit(f"FAILED: {arguments} ended with {process.returncode}: {out.strip()} {err.strip()}")
        return json.loads(out)

    def answers(self, queries):
        return [[(hit["document"], hit["page"], hit["snippet"][:40], round(hit["score"], 4))
                 for hit in self.run("search", query, "-k", 5, "--mode", "semantic")["results"]] for query in queries]

    def rows(self, role):
        """(passages, passages that lack a vector, vectors) of the space with that role."""
        database = sqlite3.connect(f"file:{self.folder}/index.db?mode=ro", uri=True)
        ((space,),) = database.execute("SELECT id FROM space WHERE role = ?", (role,)).fetchall()
        (passages,) = database.execute("SELECT count(*) FROM chunk").fetchone()
        (vectors,) = database.execute("SELECT count(*) FROM vector WHERE space_id = ?", (space,)).fetchone()
        (lacking,) = database.execute(
            "SELECT count(*) FROM chunk LEFT JOIN (SELECT chunk_id, count(*) AS n FROM vector WHERE space_id = ?"
            " GROUP BY chunk_id) ON chunk_id = chunk.id WHERE segment_count > coalesce(n, 0)", (space,)).fetchone()
        database.close()
        return passages, lacking, vectors


def write(folder, number, chooser, vocabulary, mark=""):
    lines = []
    for _ in range(PASSAGES_PER_FILE):
        words = chooser.choices(vocabulary, k=WORDS_PER_PASSAGE)
        sentences = [" ".join(words[at:at + 20]).capitalize() + "." for at in range(0, len(words), 20)]
        lines.append(" ".join(sentences))
    (folder / f"{number}.md").write_text(f"# File {number} {mark}\n\n" + f"{mark} " * 30 + "\n\n" + "\n\n".join(lines))


class Searching(threading.Thread):
    """Asks over and over; every answer must be one of those that are allowed at the time."""
    def __init__(self, library, queries, truth):
        super().__init__(daemon=True)
        self.library, self.queries, self.truth = library, queries, truth
        self.done, self.slowest, self.wrong, self.over = 0, 0.0, [], threading.Event()

    def run(self):
        while not self.over.is_set():
            start = time.monotonic()
            try:
                found = self.library.answers(self.queries)
            except SystemExit as failure:
                self.wrong.append(str(failure))
                continue
            self.slowest = max(self.slowest, (time.monotonic() - start) / len(self.queries))
            self.done += len(self.queries)
            if found != self.truth:
                self.wrong.append(f"{found} instead of {self.truth}")


def check(condition, what):
    if not condition:
        raise SystemExit(f"FAILED: {what}")


def kill_runs(library, kills, chooser, texts):
    """Kills `index` at random points of the building; what was done must never become less."""
    reached = 0
    for kill in range(1, kills + 1):
        Model.allowance = texts // (kills + 2)
        process = library.start("index")
        time.sleep(chooser.uniform(0.15, 1.2))
        was_running = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        embedding = library.run("status")["embedding"]
        check(embedding["active"].startswith("openai/old/"), f"after kill {kill} searches use {embedding['active']}")
        check(embedding["done"] >= reached, f"kill {kill} lost vectors: {embedding}, {reached}")
        reached = embedding["done"]
        print(f"kill {kill}: {embedding['done']} of {embedding['total']}{'' if was_running else ' (had ended)'}", flush=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("--chunks", type=int, default=20000)
    arguments.add_argument("--kills", type=int, default=10)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    chooser = random.Random(options.seed)
    server = Server(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    vocabulary = ["".join(chooser.choices("abcdefghijklmnoprstuvz", k=chooser.randint(4, 9))) for _ in range(4000)]
    with tempfile.TemporaryDirectory(prefix="commonplace-switch-", ignore_cleanup_errors=True) as name:
        scratch = pathlib.Path(name)
        files = scratch / "files"
        files.mkdir()
        count = max(3, options.chunks // PASSAGES_PER_FILE)
        for number in range(count):
            write(files, number, chooser, vocabulary)
        library = Library(options.program, scratch)
        library.run("models", "embedding", "set", f"{url}#old", "--wait")
        start = time.monotonic()
        library.run("index", files)
        passages, lacking, vectors = library.rows("active")
        print(f"old model: {passages} passages, {vectors} vectors in {time.monotonic() - start:.1f} s", flush=True)
        check(passages >= options.chunks * 0.9 and lacking == 0, f"{lacking} of {passages} passages lack vectors")
        queries = [" ".join(chooser.sample(vocabulary, 5)) for _ in range(3)]
        truth = library.answers(queries)
        check(all(truth), "the old model finds nothing")

        library.run("models", "embedding", "set", f"{url}#new")
        searching = Searching(library, queries, truth)
        searching.start()
        start = time.monotonic()
        kill_runs(library, options.kills, chooser, vectors)
        searching.over.set()
        searching.join()
        check(not searching.wrong, f"a search answered otherwise: {searching.wrong[:1]}")
        print(f"{searching.done} searches beside {options.kills} kills, all as before; the slowest took"
              f" {searching.slowest:.2f} s", flush=True)

        Model.allowance = None
        # Documents come, change and go while the new space is unfinished.
        write(files, "added", chooser, vocabulary, "zyxwvut")
        write(files, 1, chooser, vocabulary, "tuvwxyz")
        (files / "0.md").unlink()
        library.run("index")
        embedding = library.run("models", "embedding")
        check(embedding["active"].startswith("openai/new/96") and embedding["building"] is None, f"no switch: {embedding}")
        passages, lacking, vectors = library.rows("active")
        check(lacking == 0, f"{lacking} of {passages} passages lack the new vectors")
        seconds = time.monotonic() - start
        print(f"new model: {passages} passages, {vectors} vectors after {seconds:.1f} s; its server was sent"
              f" {Model.texts['new']} texts", flush=True)
        (best,) = library.answers(["zyxwvut"])
        check(best and best[0][0] == library.answers(["zyxwvut zyxwvut"])[0][0][0], "the added file is not found")
        check(not library.run("doctor")["problems"], "doctor found something")

        start = time.monotonic()
        library.run("models", "embedding", "undo")
        print(f"undo took {time.monotonic() - start:.2f} s", flush=True)
        embedding = library.run("status")["embedding"]
        check(embedding["active"].startswith("openai/old/"), f"undo did not go back: {embedding}")
        library.run("index")
        check(library.rows("active")[1] == 0, "after undo passages lack vectors")
        library.run("models", "embedding", "drop-old")
        library.run("index")
        database = sqlite3.connect(f"file:{library.folder}/index.db?mode=ro", uri=True)
        check(database.execute("SELECT count(*) FROM space").fetchone() == (1,), "the dropped space is still there")
        database.close()
        check(not library.run("doctor")["problems"], "doctor found something in the end")
    server.shutdown()
    print(f"{options.kills} kills: nothing was lost, the old vectors served all searches, undo works")


sys.exit(main())
