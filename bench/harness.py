"""What the measuring scripts share: running the program on a throw-away library and reading its JSON."""
import json
import os
import pathlib
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(os.environ.get("COMMONPLACE", ROOT / "build/release/commonplace"))
DATA = pathlib.Path(os.environ.get("COMMONPLACE_TEST_DATA", ROOT.parent / "shared/data"))


def need(*names):
    """Ends the script politely when the test data is not there."""
    for name in names:
        if not (DATA / name).exists():
            raise SystemExit(f"skipped: {DATA / name} is absent (set COMMONPLACE_TEST_DATA)")


class Library:
    """A library in a temporary folder; every call is one process, as a person would start it."""

    def __init__(self, folder=None):
        self._own = tempfile.TemporaryDirectory(prefix="commonplace-bench-") if folder is None else None
        self.folder = pathlib.Path(folder or self._own.name)

    def command(self, *arguments):
        return [str(PROGRAM), "--library", str(self.folder), *map(str, arguments)]

    def run(self, *arguments):
        """The JSON of a command that must succeed."""
        done = subprocess.run(self.command(*arguments, "--json"), capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{arguments} ended with {done.returncode}: {done.stderr.strip()}")
        return json.loads(done.stdout)


def jsonl(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def timed(command, **options):
    """Wall seconds, CPU seconds (with children) and exit code of a command whose output is dropped."""
    before = os.times()
    start = time.monotonic()
    code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options).returncode
    after = os.times()
    cpu = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return time.monotonic() - start, cpu, code
