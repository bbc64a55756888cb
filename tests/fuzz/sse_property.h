// What must hold for the SSE reader and any bytes: the events do not depend on how the bytes are cut, and no
// line or event is longer than the bound. Used by the fuzzer and, with seeded random bytes, by the unit
// tests.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/net/sse.h"

namespace commonplace::fuzz {

inline constexpr std::size_t kSseBound = 64;

/// The events of `bytes` fed in parts of `partBytes`; none when the bound was passed.
inline std::optional<std::vector<net::SseEvent>> readInParts(std::string_view bytes, std::size_t partBytes) {
    net::SseReader reader(kSseBound);
    std::vector<net::SseEvent> all;
    const auto keep = [&](const std::vector<net::SseEvent>& events) {
        all.insert(all.end(), events.begin(), events.end());
    };
    for (std::size_t at = 0; at < bytes.size(); at += partBytes) {
        const auto events = reader.feed(bytes.substr(at, partBytes));
        if (!events) return std::nullopt;
        keep(*events);
    }
    keep(reader.finish());
    return all;
}

inline bool sameEvents(const std::vector<net::SseEvent>& a, const std::vector<net::SseEvent>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return x.event == y.event && x.data == y.data; });
}

inline bool isBounded(const std::vector<net::SseEvent>& events) {
    return std::all_of(events.begin(), events.end(), [](const net::SseEvent& event) {
        return event.data.size() <= 2 * kSseBound && event.event.size() <= kSseBound;
    });
}

inline bool sseHolds(std::string_view bytes, std::size_t partBytes) {
    const auto whole = readInParts(bytes, std::max<std::size_t>(bytes.size(), 1));
    const auto parts = readInParts(bytes, std::max<std::size_t>(partBytes, 1));
    if (whole.has_value() != parts.has_value()) return false;
    return !whole || (sameEvents(*whole, *parts) && isBounded(*whole));
}

}  // namespace commonplace::fuzz
