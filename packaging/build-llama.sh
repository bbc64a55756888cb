#!/usr/bin/env bash
# Builds llama.cpp once for all presets: optimised static archives in build/llama.cpp-build, which the configuration of
# the project links. Does nothing when they are up to date. First time: about five minutes on two cores, a minute with
# a warm ccache.
#
#   packaging/build-llama.sh [--native]       --native: for this machine's processor only (a fifth faster at prompts)
set -euo pipefail

native=OFF
case "${1:-}" in
    "") ;;
    --native) native=ON ;;
    *) echo "usage: $0 [--native]" >&2; exit 2 ;;
esac

root=$(cd "$(dirname "$0")/.." && pwd)
source=$root/build/llama.cpp
folder=$root/build/llama.cpp-build

fail() {
    echo "build-llama: $*" >&2
    exit 1
}

"$root/packaging/fetch-llama.sh" "$source" || exit 1
recipe=$(cat "$source/.commonplace-stamp" "$root/packaging/llama/CMakeLists.txt" "$0" | sha256sum)
stamp="${recipe%% *} native=$native $(c++ --version | head -n 1)"
if [ "$(cat "$folder/.commonplace-stamp" 2>/dev/null || true)" = "$stamp" ]; then
    exit 0
fi

launcher=()
if command -v ccache >/dev/null; then
    launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi
mkdir -p "$folder"
rm -f "$folder/.commonplace-stamp"
# GIT_DIR: llama.cpp asks git for its version and would be told that of this repository.
GIT_DIR=/dev/null cmake -S "$root/packaging/llama" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DLLAMA_SOURCE="$source" -DGGML_NATIVE="$native" "${launcher[@]}" >"$folder/configure.log" 2>&1 ||
    { tail -n 20 "$folder/configure.log" >&2; fail "the configuration failed; see above"; }
GIT_DIR=/dev/null cmake --build "$folder" --parallel "$(nproc)" --target archives >&2 || fail "the build failed; see above"
echo "$stamp" >"$folder/.commonplace-stamp"  # last: a half built folder is never taken for a whole one
