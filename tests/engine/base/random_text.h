// Seeded random text for property tests: bytes of every kind, or glyphs of a given alphabet.
#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include "engine/base/text.h"

namespace commonplace::test {

inline std::string randomBytes(std::mt19937& random, std::size_t count) {
    std::string bytes;
    std::uniform_int_distribution<int> byte(0, 255);
    for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>(byte(random));
    return bytes;
}

inline std::string randomText(std::mt19937& random, std::u32string_view alphabet, std::size_t count) {
    std::string text;
    std::uniform_int_distribution<std::size_t> glyph(0, alphabet.size() - 1);
    for (std::size_t i = 0; i < count; ++i) base::appendUtf8(text, alphabet[glyph(random)]);
    return text;
}

}  // namespace commonplace::test
