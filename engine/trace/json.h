// JSON of traces: how attributes are kept in a database, how content is written inside an attribute, and
// whole traces as OTLP/JSON. Pure; bytes that are no UTF-8 come out as U+FFFD.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/trace/span.h"

namespace commonplace::trace {

/// {"key": value, ...}; whole numbers and others stay apart (1, 1.0).
std::string toJson(const Attributes& attributes);
/// Corrupt when it is no such object. Values of other kinds (null, objects) are left out.
Result<Attributes> attributesFromJson(std::string_view json);
/// [{"name", "time_ns", "attributes"}, ...]
std::string toJson(const std::vector<Event>& events);
Result<std::vector<Event>> eventsFromJson(std::string_view json);

/// gen_ai.input.messages and gen_ai.output.messages: [{"role", "parts": [{"type": "text", "content"}]}].
struct MessageText {
    std::string_view role;
    std::string_view text;
};
std::string messagesJson(const std::vector<MessageText>& messages);
/// gen_ai.retrieval.documents: [{"id", "score"}].
struct Retrieved {
    std::string_view id;
    double score = 0;
};
std::string documentsJson(const std::vector<Retrieved>& documents);

/// What made the traces.
struct Origin {
    std::string service;
    std::string version;
};
/// One ExportTraceServiceRequest of the OpenTelemetry protocol (opentelemetry-proto 1.x) in its JSON form:
/// ids in hexadecimal, 64-bit numbers as strings, enums as numbers. Content stands among the attributes.
std::string toOtlp(const std::vector<Trace>& traces, const Origin& origin);

}  // namespace commonplace::trace
