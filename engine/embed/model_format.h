// The flat file of the built-in encoder: written at build time (convert/convert_use_lite.cpp), part of the
// binary.
//
//     Header · TensorEntry × tensors · vocabulary · tensor values (each block aligned to 64 bytes)
//
// Little endian, offsets from the start of the file. The vocabulary is `pieces` times: float32 score (natural
// log probability), one byte of length, that many bytes of UTF-8; a piece's position is its id.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace commonplace::embed {

inline constexpr char kModelMagic[8] = {'C', 'M', 'P', 'L', 'E', 'N', 'C', '\0'};
inline constexpr std::uint32_t kModelVersion = 1;
inline constexpr std::size_t kModelAlignment = 64;

struct ModelHeader {
    char magic[8];
    std::uint32_t version;
    std::uint32_t tensors;
    std::uint64_t bytes;     ///< of the whole file
    std::uint64_t checksum;  ///< modelChecksum() of everything behind this header
    std::uint64_t vocabulary;
    std::uint32_t vocabularyBytes;
    std::uint32_t pieces;
};

/// How a matrix is stored. Scales are float32, one per row or per column, and stand before the int8 values.
enum class TensorKind : std::uint32_t { Float = 0, Int8PerColumn = 1, Int8PerRow = 2 };

struct TensorEntry {
    char name[16];
    TensorKind kind;
    std::uint32_t rows;
    std::uint32_t columns;
    std::uint32_t reserved;
    std::uint64_t scales;  ///< 0 for Float
    std::uint64_t values;  ///< row-major
};

/// Four independent multiply-xor lanes (FNV-1a over 64-bit words): finds damage, at memory speed; no
/// protection against intent, which for bytes inside our own binary would be pointless.
inline std::uint64_t modelChecksum(std::string_view bytes) {
    constexpr std::uint64_t prime = 0x100000001b3ull;
    std::uint64_t lanes[4] = {0xcbf29ce484222325ull, 0x9ce484222325cbf2ull, 0x84222325cbf29ce4ull,
                              0x2325cbf29ce48422ull};
    std::size_t at = 0;
    for (; at + 32 <= bytes.size(); at += 32) {
        std::uint64_t words[4];
        std::memcpy(words, bytes.data() + at, sizeof words);
        for (int lane = 0; lane < 4; ++lane) lanes[lane] = (lanes[lane] ^ words[lane]) * prime;
    }
    for (; at < bytes.size(); ++at) lanes[0] = (lanes[0] ^ static_cast<unsigned char>(bytes[at])) * prime;
    std::uint64_t sum = bytes.size();
    for (std::uint64_t lane : lanes) sum = ((sum ^ lane) * prime) ^ (sum >> 29);
    return sum;
}

}  // namespace commonplace::embed
