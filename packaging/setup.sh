# Set-up that start.sh and test.sh share; sourced, not run. Leaves `root` set and the current folder there.
#
# Installs what packaging/dependencies.txt names and the machine lacks (Debian 12; as root or through sudo), fetches the
# built-in embedding model, and builds llama.cpp. Touches neither network nor packages when nothing is missing.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

step() {
    echo "== $*" >&2
}

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]
}

# The packages that are missing, one a line.
missing_packages() {
    local package
    sed 's/#.*//' packaging/dependencies.txt | while read -r package; do
        if [ -n "$package" ] && ! is_installed "$package"; then echo "$package"; fi
    done
    command -v npm >/dev/null || echo npm
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "needs packages and is neither root nor has sudo; run as root: apt-get install ${missing[*]}"
    fi
}

# Waits for another apt instead of failing, and never asks a question.
apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -qq "$@" >&2 ||
        fail "apt-get $1 failed; mend what it says above and start again"
}

install_packages() {
    command -v dpkg-query >/dev/null || fail "this is made for Debian 12; elsewhere see HACKING in README.md"
    local missing
    mapfile -t missing < <(missing_packages)
    [ ${#missing[@]} -gt 0 ] || return 0
    step "installing ${missing[*]}"
    apt_get update
    apt_get install --yes --no-install-recommends "${missing[@]}"
}

# build_preset PRESET TARGET...: configures and builds; no target means everything.
build_preset() {
    local preset=$1 targets=()
    shift
    [ $# -eq 0 ] || targets=(--target "$@")
    step "building $preset${*:+: $*}"
    cmake --preset "$preset" >&2 || fail "the configuration of $preset failed"
    cmake --build --preset "$preset" --parallel "$(nproc)" "${targets[@]}" >&2 || fail "the build of $preset failed"
}

install_packages
packaging/fetch-models.sh build/models/use-lite || fail "the embedding model could not be fetched"
packaging/build-llama.sh || fail "llama.cpp could not be built"
