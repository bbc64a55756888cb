#include "engine/store/span_codec.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "engine/trace/json.h"
#include "engine/trace/names.h"

namespace commonplace::store {
namespace {

using Json = nlohmann::json;
using trace::Kind;
using trace::Outcome;

const char* name(Kind kind) {
    return kind == Kind::Client ? "client" : "internal";
}

const char* name(Outcome outcome) {
    switch (outcome) {
        case Outcome::Unset:
            return "unset";
        case Outcome::Ok:
            return "ok";
        case Outcome::Error:
            return "error";
    }
    return "unset";
}

Outcome parseOutcome(std::string_view wanted) {
    for (const Outcome outcome : {Outcome::Ok, Outcome::Error})
        if (wanted == name(outcome)) return outcome;
    return Outcome::Unset;
}

template <class Type>
std::optional<Type> copyOf(const trace::Attributes& attributes, const char* key) {
    const Type* value = trace::find<Type>(attributes, key);
    return value == nullptr ? std::nullopt : std::optional(*value);
}

/// Nothing when there is no content: such a row has nothing to erase.
std::optional<std::string> contentOf(const trace::SpanData& span) {
    if (span.content.empty() && span.status.message.empty()) return std::nullopt;
    const Json message(span.status.message);
    return R"({"attributes":)" + trace::toJson(span.content) + R"(,"message":)" +
           message.dump(-1, ' ', false, Json::error_handler_t::replace) + "}";
}

Result<void> readContent(std::string_view text, trace::SpanData& span) {
    const Json json = Json::parse(text, nullptr, false);
    const auto attributes = json.is_object() ? json.find("attributes") : json.end();
    if (attributes == json.end())
        return Error(ErrorCode::Corrupt, "a trace holds content that cannot be read");
    TRY(span.content, trace::attributesFromJson(attributes->dump()));
    const auto message = json.find("message");
    if (message != json.end() && message->is_string()) span.status.message = message->get<std::string>();
    return {};
}

}  // namespace

void insertSpan(Database::Handle& handle, std::int64_t traceRow, int ordinal, const trace::SpanData& span) {
    const std::string id(trace::bytesOf(span.id));
    const std::optional<Blob> parent =
        span.parent ? std::optional(Blob{trace::bytesOf(*span.parent)}) : std::nullopt;
    const auto& attributes = span.attributes;
    Query(handle,
          "INSERT INTO span(trace_row, ordinal, span_id, parent_id, name, kind, start_ns, end_ns, status, "
          "attributes,"
          " events, content, operation, model, provider, input_tokens, output_tokens, cost_usd)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .run(traceRow, ordinal, Blob{id}, parent, span.name, name(span.kind), span.startNs, span.endNs,
             name(span.status.outcome), trace::toJson(attributes), trace::toJson(span.events),
             contentOf(span), copyOf<std::string>(attributes, trace::kOperationName).value_or(""),
             copyOf<std::string>(attributes, trace::kRequestModel),
             copyOf<std::string>(attributes, trace::kProviderName),
             copyOf<std::int64_t>(attributes, trace::kInputTokens),
             copyOf<std::int64_t>(attributes, trace::kOutputTokens),
             copyOf<double>(attributes, trace::kCostUsd));
}

Result<trace::SpanData> spanOf(const Query& row) {
    trace::SpanData span;
    const auto id = trace::spanIdFrom(row.bytes(0));
    if (!id) return Error(ErrorCode::Corrupt, "a trace holds a span without an id");
    span.id = *id;
    if (!row.isNull(1)) span.parent = trace::spanIdFrom(row.bytes(1));
    span.name = row.text(2);
    span.kind = row.bytes(3) == name(Kind::Client) ? Kind::Client : Kind::Internal;
    span.startNs = row.integer(4);
    span.endNs = row.integer(5);
    span.status.outcome = parseOutcome(row.bytes(6));
    TRY(span.attributes, trace::attributesFromJson(row.bytes(7)));
    TRY(span.events, trace::eventsFromJson(row.bytes(8)));
    if (!row.isNull(9)) TRY_VOID(readContent(row.bytes(9), span));
    return span;
}

}  // namespace commonplace::store
