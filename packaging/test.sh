#!/usr/bin/env bash
# Builds everything and runs all tests, on a fresh Debian 12 too: it installs what is missing first.
#
#   packaging/test.sh             release build with all tests, those against a real llama-server too, then a subset under
#                                 AddressSanitizer and UBSan
#   packaging/test.sh --quick     without llama-server and the sanitizers
#   packaging/test.sh --peer      builds llama-server and runs only the tests against it
#
# Tests on large data sets look in COMMONPLACE_TEST_DATA (else ../shared/data) and are skipped where there is none.
# The last line counts both runs: "N passed, N failed, N skipped". Exit code 0 only if everything was built and nothing
# failed.
set -euo pipefail

extent=${1:---whole}
case "$extent" in
    --whole | --quick | --peer) ;;
    *) echo "usage: $0 [--quick | --peer]" >&2; exit 2 ;;
esac

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
export QT_QPA_PLATFORM=offscreen  # no test may open a window on the desktop of whoever runs it

# The rooms that touch foreign bytes or own the trickiest memory; the whole tree would take too long twice.
sanitized_rooms="base net chunk extract embed store llm answer ingest library"
passed=0 failed=0 skipped=0 broken=0

# attribute NAME FILE: a number of the report's head, for example tests="12".
attribute() {
    grep -m 1 -o "\b$1=\"[0-9]*\"" "$2" | tr -dc 0-9
}

# run_tests LABEL PRESET [CTEST OPTION...]: runs, prints one line of counts and adds them up.
run_tests() {
    local label=$1 preset=$2
    shift 2
    local report=$root/build/$preset/report.xml
    rm -f "$report"
    ctest --preset "$preset" --parallel 2 --output-junit "$report" "$@" || broken=1
    if [ ! -s "$report" ]; then
        broken=1
        echo "$label: no test ran"
        return
    fi
    local all bad left
    all=$(attribute tests "$report")
    bad=$(attribute failures "$report")
    left=$(($(attribute skipped "$report") + $(attribute disabled "$report")))
    echo "$label: $((all - bad - left)) passed, $bad failed, $left skipped"
    passed=$((passed + all - bad - left)) failed=$((failed + bad)) skipped=$((skipped + left))
}

build_server() {
    step "building llama-server, the peer of tests/peer"
    packaging/build-llama-server.sh >/dev/null || fail "llama-server could not be built"
}

run_sanitized() {
    local targets=() room
    for room in $sanitized_rooms; do targets+=("test_engine_$room"); done
    build_preset asan "${targets[@]}"
    run_tests sanitizers asan --tests-regex "^engine/(${sanitized_rooms// /|})/"
}

case "$extent" in
    --whole)
        build_server
        build_preset release
        run_tests tests release
        run_sanitized
        ;;
    --quick)
        build_preset release
        run_tests tests release
        ;;
    --peer)
        build_server
        build_preset release commonplace test_peer
        run_tests peer release --tests-regex '^peer/'
        ;;
esac
echo "$passed passed, $failed failed, $skipped skipped"
[ "$broken" -eq 0 ] && [ "$failed" -eq 0 ]
