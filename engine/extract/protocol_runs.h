// The records of showing a text as it was formatted: PROTOCOL.md, "Looking at pages", in code. As protocol.h:
// encoding never fails, decoding checks everything (the worker is not trusted) and says Protocol. Pure; any
// thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/extract/format_run.h"

namespace commonplace::extract::protocol {

/// Longer texts are shown as they are stored.
inline constexpr std::size_t kMostStyledText = 16u << 20;
/// Of all addresses and languages together.
inline constexpr std::size_t kMostStyledDetails = 8u << 20;

/// Whether this fits the bounds above.
bool fits(const StyledText& styled);

void append(std::string& out, const StyledText& styled);
Result<StyledText> decodeStyled(std::string_view payload);

}  // namespace commonplace::extract::protocol
