"""8,576 notes: a row each, a second run that does nothing, a moved folder that costs nothing."""
import shutil
import tempfile
import pathlib

from harness import DATA, Library, need

need("notes/vaults")
with tempfile.TemporaryDirectory(prefix="commonplace-notes-") as scratch:
    folder = pathlib.Path(scratch, "vaults")
    shutil.copytree(DATA / "notes/vaults", folder, symlinks=True)
    library = Library()
    first = library.run("index", folder)
    rows = library.run("documents")
    paths = sum(len(row["paths"]) for row in rows)
    print(f"first   files {first['files']}  extracted {first['extracted']}  embedded {first['embedded']}  "
          f"text {first['seconds_text']:.1f} s  vectors {first['seconds_vectors']:.1f} s")
    print(f"rows    {len(rows)} documents, {paths} paths")
    second = library.run("index", folder)
    print(f"second  extracted {second['extracted']}  embedded {second['embedded']}  {second['seconds']:.2f} s")
    moved = pathlib.Path(scratch, "moved")
    folder.rename(moved)
    third = library.run("index", moved)
    print(f"moved   {third['moved']}  extracted {third['extracted']}  embedded {third['embedded']}  {third['seconds']:.2f} s")
    ok = (paths == first["files"] and second["extracted"] == second["embedded"] == 0 and second["seconds"] <= 10
          and third["extracted"] == third["embedded"] == 0 and third["seconds"] <= 10)
    raise SystemExit(not ok)
