// libFuzzer entry for the SSE reader. The first byte is the size of the parts in which the rest is fed.
//
//     clang++ -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -I. tests/fuzz/sse_fuzz.cpp
//     engine/net/sse.cpp -o sse_fuzz
//     ./sse_fuzz -max_total_time=60 -max_len=512
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "tests/fuzz/sse_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    if (!commonplace::fuzz::sseHolds(bytes, data[0])) std::abort();
    return 0;
}
