"""Does every snippet stand on its page? 20 financebench questions, the best 3 results each, against pdftotext's own page."""
import functools
import re
import subprocess
import unicodedata

from harness import DATA, Library, jsonl, need

need("financebench/pdfs")


@functools.cache
def page_text(path, page):
    return subprocess.run(["pdftotext", "-f", str(page), "-l", str(page), path, "-"], capture_output=True).stdout.decode(
        "utf-8", "replace")


def plain(text):
    """White space away and hyphens away: pdftotext and the library may join line ends differently."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", unicodedata.normalize("NFC", text))


library = Library()
library.run("index", DATA / "financebench/pdfs", "--no-vectors")
checked = found = exact = 0
for question in jsonl(DATA / "financebench/questions.jsonl")[:20]:
    for result in library.run("search", question["question"], "-k", 3)["results"]:
        pages = range(result["page"], result["page_end"] + 1)
        checked += 1
        found += any(plain(result["snippet"]) in plain(page_text(result["path"], page)) for page in pages)
        exact += any(" ".join(result["snippet"].split()) in " ".join(page_text(result["path"], page).split()) for page in pages)
print(f"{found} of {checked} snippets found on their pages ({exact} with only white space collapsed)")
raise SystemExit(found != checked)
