#!/usr/bin/env bash
# Builds Commonplace and starts it, on a fresh Debian 12 too: it installs what is missing first.
#
#   packaging/start.sh                  with a display: the window; without one: an answer from the sample library
#   packaging/start.sh ARGUMENTS...     the program with these arguments, for example: search "spare key"
set -euo pipefail

here=$(pwd)
# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
build_preset release commonplace
program=$root/build/release/commonplace
cd "$here"

if [ $# -gt 0 ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$program" "$@"
fi

step "no display: asking the sample library"
library=$(mktemp -d)
trap 'rm -rf "$library"' EXIT
question="Where does the spare key to the dome hang?"
"$program" --library "$library" index "$root/resources/sample-library" >&2
echo "> $question"
"$program" --library "$library" ask "$question"
