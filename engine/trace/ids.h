// Ids of traces and spans: 16 and 8 random bytes, never all zero (W3C Trace Context, section 3.2.2), written
// as lower-case hexadecimal. Pure but for the random ones; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace commonplace::trace {

using TraceId = std::array<std::uint8_t, 16>;
using SpanId = std::array<std::uint8_t, 8>;

/// 64 random bits; tests bring their own.
using Random = std::function<std::uint64_t()>;
/// From the operating system. Thread: any.
std::uint64_t systemRandom();

TraceId makeTraceId(const Random& random);
SpanId makeSpanId(const Random& random);

std::string toHex(const TraceId& id);
std::string toHex(const SpanId& id);
/// The bytes as SQLite keeps them, and back; nothing when the size is wrong.
std::string_view bytesOf(const TraceId& id);
std::string_view bytesOf(const SpanId& id);
std::optional<TraceId> traceIdFrom(std::string_view bytes);
std::optional<SpanId> spanIdFrom(std::string_view bytes);

}  // namespace commonplace::trace
