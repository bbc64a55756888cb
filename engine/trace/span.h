// What a trace is made of, as plain values: OpenTelemetry's data model
// (opentelemetry.io/docs/specs/otel/trace/api), with one addition. What a person wrote, a document says or a
// model answered is *content* and is kept apart from the other attributes, so that it can be left out, or
// erased later, without losing the rest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/trace/ids.h"

namespace commonplace::trace {

using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;

struct Attribute {
    std::string key;
    Value value;
    bool operator==(const Attribute&) const = default;
};
using Attributes = std::vector<Attribute>;

/// Client: a call to something outside this process. The numbers are OTLP's.
enum class Kind { Internal = 1, Client = 3 };

enum class Outcome { Unset = 0, Ok = 1, Error = 2 };
struct Status {
    Outcome outcome = Outcome::Unset;
    std::string message;  ///< content: a server's error may repeat the prompt
    bool operator==(const Status&) const = default;
};

/// A moment within a span.
struct Event {
    std::string name;
    std::int64_t timeNs = 0;  ///< since 1970
    Attributes attributes;
    bool operator==(const Event&) const = default;
};

struct SpanData {
    SpanId id{};
    std::optional<SpanId> parent;  ///< none: the root
    std::string name;
    Kind kind = Kind::Internal;
    std::int64_t startNs = 0;  ///< since 1970
    std::int64_t endNs = 0;
    Attributes attributes;
    Attributes content;
    std::vector<Event> events;
    Status status;
    bool operator==(const SpanData&) const = default;
};

/// A finished trace: the root first, the others in the order of their starts.
struct Trace {
    TraceId id{};
    std::vector<SpanData> spans;
    bool operator==(const Trace&) const = default;
};

/// The value of that name, nullptr when there is none. Of the type, or nullptr.
inline const Value* find(const Attributes& attributes, std::string_view key) {
    for (const Attribute& attribute : attributes)
        if (attribute.key == key) return &attribute.value;
    return nullptr;
}
template <class Type>
const Type* find(const Attributes& attributes, std::string_view key) {
    const Value* value = find(attributes, key);
    return value == nullptr ? nullptr : std::get_if<Type>(value);
}

}  // namespace commonplace::trace
