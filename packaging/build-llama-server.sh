#!/usr/bin/env bash
# Builds llama-server, the peer of tests/peer and of bench/llama_peer.py, on the archives of packaging/build-llama.sh: the
# same release, kernels and flags as in the program. Prints its path, build/llama-server/llama-server. Nothing of it is
# shipped. Does nothing when it is up to date. First time: five CPU minutes on two cores.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
source=$root/build/llama-server-source
archives=$root/build/llama.cpp-build
folder=$root/build/llama-server-build
result=$root/build/llama-server/llama-server

fail() {
    echo "build-llama-server: $*" >&2
    exit 1
}

"$root/packaging/build-llama.sh" || exit 1
SERVER=yes "$root/packaging/fetch-llama.sh" "$source" || exit 1
stamp=$(cat "$source/.commonplace-stamp" "$archives/.commonplace-stamp" "$root/packaging/llama/server/CMakeLists.txt" "$0" |
    sha256sum)
if [ -x "$result" ] && [ "$(cat "$folder/.commonplace-stamp" 2>/dev/null || true)" = "$stamp" ]; then
    echo "$result"
    exit 0
fi

launcher=()
if command -v ccache >/dev/null; then
    launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi
mkdir -p "$folder" "${result%/*}"
rm -f "$folder/.commonplace-stamp"
GIT_DIR=/dev/null cmake -S "$root/packaging/llama/server" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DLLAMA_SOURCE="$source" -DLLAMA_ARCHIVES="$archives" "${launcher[@]}" >"$folder/configure.log" 2>&1 ||
    { tail -n 20 "$folder/configure.log" >&2; fail "the configuration failed; see above"; }
cmake --build "$folder" --parallel "$(nproc)" --target llama-server >&2 || fail "the build failed; see above"
cp "$folder/tools/server/llama-server" "$result.new"
mv "$result.new" "$result"  # a server that runs keeps its file
echo "$stamp" >"$folder/.commonplace-stamp"  # last: a half built folder is never taken for a whole one
echo "$result"
