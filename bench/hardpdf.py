"""850 hostile PDFs through the whole program: a row each, and the status beside the manifest's class."""
import collections
import csv

from harness import DATA, Library, need

need("hardpdf/manifest.tsv")
WANTED = {
    "text": {"indexed", "partial"},
    "text_with_damage": {"indexed", "partial"},
    "opens_no_text": {"no_text"},
    "needs_password": {"encrypted"},
    "unopenable": {"damaged"},
    "zero_pages": {"damaged"},
    "timeout20s": {"timed_out", "quarantined", "too_big"},
}
with open(DATA / "hardpdf/manifest.tsv", encoding="utf-8") as lines:
    manifest = {row["sha256"]: row for row in csv.DictReader(lines, delimiter="\t")}
library = Library()
summary = library.run("index", DATA / "hardpdf/files", "--no-vectors")
rows = library.run("documents")
agree, misses, seen = 0, collections.Counter(), set()
for row in rows:
    entry = manifest.get(row["sha256"])
    if entry is None:
        continue
    seen.add(row["sha256"])
    if row["status"] in WANTED[entry["class"]]:
        agree += 1
    else:
        misses[(entry["class"], row["status"])] += 1
killed = sum(row["status"] in ("timed_out", "quarantined", "too_big") for row in rows)
print(f"{summary['files']} files, {len(rows)} documents, {len(manifest) - len(seen)} of the manifest without a row")
print(f"status agrees for {agree} of {len(manifest)} = {agree / len(manifest):.4f} (goal .97); killed {killed} (at most 3)")
for (wanted, got), count in misses.most_common():
    print(f"  {wanted:18} {got:12} {count}")
raise SystemExit(agree < 0.97 * len(manifest) or killed > 3)
