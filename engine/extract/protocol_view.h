// The records of looking at pages: PROTOCOL.md, "Looking at pages", in code. As protocol.h: encoding never
// fails, decoding checks everything (the worker is not trusted) and says Protocol. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/extract/page_view.h"

namespace commonplace::extract::protocol {

/// The longest payload: an image of the largest size.
inline constexpr std::size_t kMaxView = 4 * (kMaxImageSide + 1) * std::size_t{kMaxImageSide + 1} + 8;

struct Open {
    std::uint64_t bytes = 0;
};
struct Words {
    int page = 0;
};
struct Render {
    int page = 0;
    int width = 0;
};

void append(std::string& out, const Open& message);
void append(std::string& out, const Words& message);
void append(std::string& out, const Render& message);
void append(std::string& out, const Outline& outline);
void append(std::string& out, const PlacedPage& page);
void append(std::string& out, const PageImage& image);
void appendFailed(std::string& out, const Error& error);

Result<Open> decodeOpen(std::string_view payload);
Result<Words> decodeWords(std::string_view payload);
Result<Render> decodeRender(std::string_view payload);
Result<Outline> decodeOutline(std::string_view payload);
Result<PlacedPage> decodePlacedPage(std::string_view payload);
Result<PageImage> decodeImage(std::string_view payload);
/// The error that the worker reports: NotFound, Limit, Corrupt or Encrypted; or Protocol.
Error decodeFailed(std::string_view payload);

}  // namespace commonplace::extract::protocol
