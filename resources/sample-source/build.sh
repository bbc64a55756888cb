#!/usr/bin/env bash
# Makes the two PDFs of the sample library from their sources. Only for people who change them: the PDFs are kept in the
# repository. Needs: apt-get install texlive-latex-recommended lmodern
set -euo pipefail
cd "$(dirname "$0")"
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export SOURCE_DATE_EPOCH=0 FORCE_SOURCE_DATE=1  # equal sources, equal bytes
for name in handbook dome-survey; do
    for _ in 1 2 3; do  # the table of contents needs its own page numbers
        pdflatex -interaction=nonstopmode -halt-on-error -output-directory="$room" "$name.tex" >"$room/$name.said" ||
            { tail -n 30 "$room/$name.said" >&2; exit 1; }
    done
    cp "$room/$name.pdf" ../sample-library/
done
