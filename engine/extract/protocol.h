// The records that travel between the program and its workers: PROTOCOL.md in code. Encoding never fails;
// decoding checks every length and every byte of UTF-8 and says Protocol for anything else. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/document/document.h"
#include "engine/extract/page_sink.h"

namespace commonplace::extract::protocol {

inline constexpr std::uint32_t kMagic = 0x4B504D43;
inline constexpr std::uint32_t kVersion = 3;
inline constexpr std::size_t kHeaderBytes = 5;

/// Bounds of what is said about a text (the text itself is bounded by Limits::textBytes).
inline constexpr std::size_t kRecordSlack = 64u << 10;
inline constexpr std::size_t kMaxLabel = 256;
inline constexpr std::size_t kMaxLine = 2048;
inline constexpr std::uint32_t kMaxPages = 1'000'000;
inline constexpr std::uint32_t kMaxHeadings = 500'000;

/// A worker that reached its memory limit ends with this exit code.
inline constexpr int kExitMemory = 71;

enum class Kind : std::uint8_t {
    Welcome = 1,
    Extract = 2,
    Open = 3,  // this and the next two: see protocol_view.h
    Words = 4,
    Render = 5,
    Style = 6,
    Hello = 16,
    Page = 17,
    Heading = 18,
    Done = 19,
    Outline = 20,
    PlacedWords = 21,
    Image = 22,
    Failed = 23,
    Styled = 24,  // see protocol_runs.h
};

/// A record as it lies in a receive buffer; `payload` is valid until the buffer is touched again.
struct Record {
    Kind kind = Kind::Done;
    std::string_view payload;
};

struct Welcome {
    std::uint64_t memoryBytes = 0;
    std::uint64_t textBytes = 0;
    std::uint32_t cpuSeconds = 0;
};

struct Extract {
    document::Format format = document::Format::Unknown;
    std::uint64_t bytes = 0;
};

// Each appends one whole record, header included.
void append(std::string& out, const Welcome& message);
/// Style asks for a file as Extract does.
void append(std::string& out, const Extract& message, Kind kind = Kind::Extract);
void appendHello(std::string& out);
void append(std::string& out, const document::Page& page);
void append(std::string& out, const document::Heading& heading);
void append(std::string& out, const Verdict& verdict);

Result<Welcome> decodeWelcome(std::string_view payload);
/// Of Extract and Style.
Result<Extract> decodeExtract(std::string_view payload);
Result<void> decodeHello(std::string_view payload);
Result<document::Page> decodePage(std::string_view payload);
Result<document::Heading> decodeHeading(std::string_view payload);
Result<Verdict> decodeDone(std::string_view payload);

}  // namespace commonplace::extract::protocol
