#include "engine/trace/ids.h"

#include <sys/random.h>

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace commonplace::trace {
namespace {

template <class Id>
Id make(const Random& random) {
    Id id{};
    const auto isZero = [&id] {
        return std::all_of(id.begin(), id.end(), [](auto byte) { return byte == 0; });
    };
    for (int tries = 0; tries < 4 && isZero(); ++tries) {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < id.size(); ++i) {
            if (i % 8 == 0) bits = random();
            id[i] = static_cast<std::uint8_t>(bits >> (56 - 8 * (i % 8)));
        }
    }
    if (isZero()) id.back() = 1;
    return id;
}

template <class Id>
std::string hex(const Id& id) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : id) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

template <class Id>
std::string_view bytes(const Id& id) {
    return {reinterpret_cast<const char*>(id.data()), id.size()};
}

template <class Id>
std::optional<Id> from(std::string_view bytes) {
    Id id{};
    if (bytes.size() != id.size()) return std::nullopt;
    std::transform(bytes.begin(), bytes.end(), id.begin(),
                   [](char c) { return static_cast<std::uint8_t>(c); });
    return id;
}

}  // namespace

std::uint64_t systemRandom() {
    std::uint64_t bits = 0;
    // Never fails for so few bytes; were it to, ids that can be guessed do no harm here: they only tell
    // apart.
    if (::getrandom(&bits, sizeof bits, 0) != static_cast<ssize_t>(sizeof bits))
        bits = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    return bits;
}

TraceId makeTraceId(const Random& random) {
    return make<TraceId>(random);
}
SpanId makeSpanId(const Random& random) {
    return make<SpanId>(random);
}
std::string toHex(const TraceId& id) {
    return hex(id);
}
std::string toHex(const SpanId& id) {
    return hex(id);
}
std::string_view bytesOf(const TraceId& id) {
    return bytes(id);
}
std::string_view bytesOf(const SpanId& id) {
    return bytes(id);
}
std::optional<TraceId> traceIdFrom(std::string_view bytes) {
    return from<TraceId>(bytes);
}
std::optional<SpanId> spanIdFrom(std::string_view bytes) {
    return from<SpanId>(bytes);
}

}  // namespace commonplace::trace
