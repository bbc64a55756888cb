"""Time until 20 annual reports (2,201 pages) are findable by words, beside recollindex on the same folder in the same run.

Needs recollindex (Debian: recollcmd) and the financebench set. Three rounds in turn; the medians count.
"""
import pathlib
import shutil
import statistics
import tempfile

from harness import DATA, Library, need, timed

need("financebench/pdfs")
if shutil.which("recollindex") is None:
    raise SystemExit("skipped: recollindex is not installed (apt-get install recollcmd)")
FOLDER = DATA / "financebench/pdfs"


def recoll():
    with tempfile.TemporaryDirectory() as config:
        pathlib.Path(config, "recoll.conf").write_text(f"topdirs = {FOLDER}\nidxflushmb = 100\n")
        return timed(["recollindex", "-c", config, "-z"])


def ours():
    library = Library()
    seconds, cpu, code = timed(library.command("index", FOLDER, "--no-vectors"))
    assert code == 0
    return seconds, cpu, library.run("status")["pages"]


rounds = [(ours(), recoll()) for _ in range(3)]
our_wall = statistics.median(r[0][0] for r in rounds)
their_wall = statistics.median(r[1][0] for r in rounds)
print(f"pages                     {rounds[0][0][2]}")
print(f"commonplace  wall {our_wall:6.2f} s   cpu {statistics.median(r[0][1] for r in rounds):6.2f} s")
print(f"recollindex  wall {their_wall:6.2f} s   cpu {statistics.median(r[1][1] for r in rounds):6.2f} s")
print(f"ratio (ours / theirs)     {our_wall / their_wall:.2f}   (no slower: <= 1)")
