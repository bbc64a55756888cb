#!/usr/bin/env bash
# Puts the source of llama.cpp where the build looks for it: release 0.5.0, as the npm package node-llama-cpp (MIT) carries
# it in a git bundle. Only what the libraries need is unpacked (37 of 209 MB). Run again as often as you like.
#
#   packaging/fetch-llama.sh [FOLDER]         default: build/llama.cpp beside this script's repository
#
# COMMONPLACE_LLAMA_TGZ=FILE takes the package from a file instead of the network; it must be the same one.
# SERVER=yes unpacks llama-server too, the peer of tests/peer and bench/ (packaging/build-llama-server.sh asks for it).
set -euo pipefail

package=node-llama-cpp@3.22.1
tarball=node-llama-cpp-3.22.1.tgz
checksum=a0d9dd80eacd2ab1cfe71aee57ac8a806487fd70b3d2a38fbec637752d9e5c5f
commit=de3ff815ea7d559ee917f063901b8986f038abc6
bundle=package/llama/gitRelease.bundle
parts=(CMakeLists.txt LICENSE cmake common ggml include src vendor)
[ "${SERVER:-no}" = no ] || parts+=(scripts/ui-assets.cmake tools/mtmd tools/server tools/ui)

root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$root/build/llama.cpp}
stamp="$commit ${parts[*]}"
# shellcheck source-path=SCRIPTDIR source=npm-package.sh
source "$root/packaging/npm-package.sh"

if [ "$(cat "$folder/.commonplace-stamp" 2>/dev/null || true)" = "$stamp" ]; then
    exit 0
fi
if [ -d "$folder" ] && [ -n "$(ls -A "$folder")" ] && [ ! -f "$folder/include/llama.h" ]; then
    fail "$folder holds something else; name an empty or a new folder"
fi
command -v git >/dev/null || fail "git is not installed; run: apt-get install git"
found=$(genuine_package "$package" "$tarball" "$checksum" "${COMMONPLACE_LLAMA_TGZ:-}") || exit 1

room=$folder.new.$$
trap 'rm -rf "$room" "$room.git"' EXIT
mkdir -p "$room" "$room.git"
tar -xzf "$found" -C "$room.git" --no-same-owner "$bundle"
# A clone of its own: the variables of a git hook that may be running would point elsewhere.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
git clone --quiet --bare "$room.git/$bundle" "$room.git/source" 2>/dev/null || fail "the bundle in $tarball cannot be read"
git -C "$room.git/source" archive "$commit" "${parts[@]}" | tar -x -C "$room" ||
    fail "$tarball does not hold commit $commit"
echo "$stamp" >"$room/.commonplace-stamp"  # last: a half unpacked folder is never taken for a whole one
rm -rf "$folder"
mv "$room" "$folder"
echo "fetch-llama: the source of llama.cpp is in $folder" >&2
