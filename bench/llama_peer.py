"""A model in this process beside llama-server with the same file, threads and conversation, in interleaved rounds.

    python3 bench/llama_peer.py [--rounds 5] [--threads 2] [--passages 5] [--model FILE.gguf]

Of each round: the whole program with the file (`ask --model`), the engine alone (bench_llama), and the whole program with
llama-server as its endpoint, once with our batch of 128 and once with its own of 512; what that server says of this very
request (GET /metrics) is what the others are measured against. Prompts are computed anew each time. On a busy machine the
program takes fewer threads than it has cores, and a server does not: rounds with other threads are told and left out.
"""
import argparse
import json
import os
import pathlib
import re
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request

import made_model
from harness import PROGRAM, ROOT, Library

SERVER = pathlib.Path(os.environ.get("COMMONPLACE_LLAMA_SERVER", ROOT / "build/llama-server/llama-server"))
ENGINE = PROGRAM.parent / "bench/bench_llama"
QUESTION = "When is the reading room open, and who keeps the card catalogue?"
ANSWER_TOKENS = 96


class Server:
    def __init__(self, model, threads, batch, log):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        self._process = subprocess.Popen(
            [SERVER, "--offline", "--host", "127.0.0.1", "--port", self.url.rsplit(":", 1)[1], "-m", model, "-c", "8192",
             "-np", "1", "-t", str(threads), "-ub", str(batch), "--metrics", "--no-cache-prompt", "--cache-ram", "0"],
            stdout=log, stderr=log)
        deadline = time.monotonic() + 120
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("llama-server did not start")
            time.sleep(0.1)

    def _get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=5) as reply:
            return reply.read().decode()

    def _ready(self):
        try:
            return bool(self._get("/health"))
        except OSError:
            return False

    def counters(self):
        found = re.findall(r"^llamacpp:(\w+_total) (\S+)", self._get("/metrics"), re.M)
        return {name: float(value) for name, value in found}

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        self._process.send_signal(signal.SIGTERM)
        self._process.wait()


def figures(first_ms, answer_ms, answer_tokens, prompt_tokens):
    return {"first": first_ms, "rate": 1e3 * (answer_tokens - 1) / answer_ms, "tokens": (prompt_tokens, answer_tokens)}


def whole(answer):
    times, used = answer["timings"], answer["usage"]
    return figures(times["first_token_ms"], times["total_ms"] - times["first_token_ms"], used["completion_tokens"],
                   used["prompt_tokens"]) | {"retrieve": times["retrieve_ms"]}


def spent_by_children():
    times = os.times()
    return times.children_user + times.children_system


def answer_of(library, *arguments):
    """An answer that ends at its bound is what is wanted here; the program calls it a failure."""
    done = subprocess.run(library.command(*arguments, "--json"), capture_output=True, text=True)
    if not done.stdout:
        raise SystemExit(f"{arguments}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def in_process(library, ask, model):
    before, start = spent_by_children(), time.monotonic()
    answer = answer_of(library, *ask, "--model", model)
    cpu, seconds = spent_by_children() - before, time.monotonic() - start
    return whole(answer) | {"cores": cpu / seconds, "cpu": cpu}


def through_server(library, ask, server):
    before, before_cpu, before_client = server.counters(), server.cpu_seconds(), spent_by_children()
    program = whole(answer_of(library, *ask, "--base-url", server.url + "/v1"))
    program["cpu"] = spent_by_children() - before_client + server.cpu_seconds() - before_cpu
    spent = {name: value - before[name] for name, value in server.counters().items()}
    # Its first token comes with the prompt, and the time for the others is that of the answer.
    said = figures(1e3 * spent["prompt_seconds_total"], 1e3 * spent["tokens_predicted_seconds_total"],
                   spent["tokens_predicted_total"], spent["prompt_tokens_total"])
    return program, said | {"cpu": server.cpu_seconds() - before_cpu}


def engine(model, conversation):
    before, start = spent_by_children(), time.monotonic()
    command = [ENGINE, model, "--conversation", conversation, str(ANSWER_TOKENS)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(done.stdout + done.stderr)
    said = json.loads(done.stdout)
    cpu, seconds = spent_by_children() - before, time.monotonic() - start
    return figures(said["prompt_ms"], said["answer_ms"], said["answer_tokens"], said["prompt_tokens"]) | {
        "load": said["load_ms"], "cpu": cpu, "cores": cpu / seconds}


def the_model(argument):
    if argument:
        return pathlib.Path(argument)
    file = ROOT / "build/bench-models/half-billion.gguf"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        made_model.write(file)
    return file


def median(rounds, who, what):
    return statistics.median(row[who][what] for row in rounds)


def report(rounds):
    names = {"engine": "the engine alone", "program": "whole program, file", "client128": "whole program, its client",
             "server128": "llama-server, batch 128", "server512": "llama-server, batch 512"}
    title = f"medians of {len(rounds)} rounds"
    print(f"{title:28}{'first token':>14}{'answer':>17}{'all':>15}   tokens of prompt and answer")
    for who, name in names.items():
        print(f"{name:28}{median(rounds, who, 'first'):11.0f} ms{median(rounds, who, 'rate'):11.2f} tok/s"
              f"{median(rounds, who, 'cpu'):9.2f} CPU s   {rounds[0][who]['tokens']}")
    for who, rival in (("engine", "server128"), ("program", "server128"), ("client128", "server128"),
                       ("program", "server512")):
        first = statistics.median(row[who]["first"] / row[rival]["first"] for row in rounds)
        rate = statistics.median(row[who]["rate"] / row[rival]["rate"] for row in rounds)
        cpu = statistics.median(row[who]["cpu"] / row[rival]["cpu"] for row in rounds)
        print(f"{names[who]} / {names[rival]}: first token {first:.3f}, tokens/s {rate:.3f}, CPU {cpu:.3f}")
    added = statistics.median(row["program"]["first"] - row["engine"]["first"] for row in rounds)
    loaded = statistics.median((row["program"]["first"] - row["engine"]["load"]) / row["server128"]["first"]
                               for row in rounds)
    print(f"{names['program']}, without loading the file / {names['server128']}: first token {loaded:.3f}")
    load, retrieve = median(rounds, "engine", "load"), median(rounds, "program", "retrieve")
    print(f"before the first token the program adds {added:.0f} ms to the engine: {load:.0f} to load the file, "
          f"{retrieve:.0f} to find the passages, the rest to choose and count them")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--threads", type=int, default=os.cpu_count())
    options.add_argument("--model")
    options.add_argument("--passages", type=int, default=5)
    options = options.parse_args()
    for program, recipe in ((SERVER, "packaging/build-llama-server.sh"), (ENGINE, "cmake --build --preset release")):
        if not program.exists():
            raise SystemExit(f"skipped: {program} is absent; run {recipe}")
    model = the_model(options.model)
    with tempfile.TemporaryDirectory(prefix="commonplace-bench-") as scratch:
        settings = pathlib.Path(scratch, "commonplace/settings.json")
        settings.parent.mkdir()
        settings.write_text(json.dumps({"model": {"max_answer_tokens": ANSWER_TOKENS, "context_window": 8192}}))
        os.environ |= {"XDG_CONFIG_HOME": scratch, "XDG_CACHE_HOME": scratch}
        library = Library()
        library.run("index", ROOT / "resources/sample-library")
        ask = ("ask", QUESTION, "-k", options.passages)
        conversation = pathlib.Path(scratch, "conversation.json")
        conversation.write_text(json.dumps(library.run(*ask, "--preview", "--model", model)["messages"]))
        with open(pathlib.Path(scratch, "log"), "wb") as log:
            servers = {batch: Server(model, options.threads, batch, log) for batch in (128, 512)}
        try:
            rounds = measure(options, library, ask, model, conversation, servers)
        finally:
            for server in servers.values():
                server.end()
    report(rounds)


def measure(options, library, ask, model, conversation, servers):
    in_process(library, ask, model)  # looks at the unknown file in a process of its own, once
    rounds, attempts = [], 0
    while len(rounds) < options.rounds and attempts < 4 * options.rounds:
        attempts += 1
        row = {"program": in_process(library, ask, model), "engine": engine(model, conversation)}
        for batch, server in servers.items():
            row[f"client{batch}"], row[f"server{batch}"] = through_server(library, ask, server)
        load = pathlib.Path("/proc/loadavg").read_text().split()[0]
        least = 0 if options.threads == 1 else 0.75 * options.threads
        kept = all(least < row[who]["cores"] < options.threads + 0.1 for who in ("program", "engine"))
        print(f"round {attempts}: load {load}, the program used {row['program']['cores']:.2f} cores" +
              ("" if kept else ": left out"), "  ".join(f"{who} {figure['first']:.0f} ms {figure['rate']:.1f}/s"
                                                       for who, figure in row.items()), flush=True)
        if kept:
            rounds.append(row)
    if not rounds:
        raise SystemExit("the machine was too busy for a comparison")
    return rounds


if __name__ == "__main__":
    main()
