#!/usr/bin/env bash
# Builds llama-server, which packaging/test.sh leaves out because it costs two to three minutes of two cores, and runs the
# tests that need it: the whole program against a real server, and in this process with the same model file.
#
#   packaging/test-peer.sh
#
# The last line counts: "N passed, N failed, N skipped". Exit code 0 only if all of them ran and passed.
set -euo pipefail

[ $# -eq 0 ] || { echo "usage: $0" >&2; exit 2; }
# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

packaging/build-llama-server.sh >/dev/null || fail "llama-server could not be built"
build_preset release commonplace test_peer
report=$root/build/release/peer.xml
rm -f "$report"
code=0
ctest --preset release --tests-regex '^peer/' --output-junit "$report" || code=1

# attribute NAME: a number of the report's head.
attribute() {
    grep -m 1 -o "\b$1=\"[0-9]*\"" "$report" | tr -dc 0-9
}
[ -s "$report" ] || fail "no test ran"
all=$(attribute tests) bad=$(attribute failures) left=$(($(attribute skipped) + $(attribute disabled)))
echo "$((all - bad - left)) passed, $bad failed, $left skipped"
[ "$code" -eq 0 ] && [ "$left" -eq 0 ]
