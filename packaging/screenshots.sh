#!/usr/bin/env bash
# Makes the pictures of README.md and ui/README.md anew, in resources/screenshots.
#
#   packaging/screenshots.sh [FOLDER]     default: resources/screenshots
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
build_preset release commonplace ui_screenshots
output=${1:-resources/screenshots}
papers=$(mktemp -d)
trap 'rm -rf "$papers"' EXIT
cp -r "$root/resources/sample-library" "$papers/Observatory"
QT_QPA_PLATFORM=offscreen build/release/tests/ui_screenshots "$output" "$root/build/release/commonplace" "$papers/Observatory"
