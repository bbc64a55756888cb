#include "engine/trace/json.h"

#include <nlohmann/json.hpp>

namespace commonplace::trace {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json plain(const Value& value) {
    return std::visit([](const auto& held) { return Json(held); }, value);
}

Json plain(const Attributes& attributes) {
    Json json = Json::object();
    for (const Attribute& attribute : attributes) json[attribute.key] = plain(attribute.value);
    return json;
}

/// Nothing for kinds that no attribute has.
std::optional<Value> valueOf(const Json& json) {
    if (json.is_boolean()) return Value(json.get<bool>());
    if (json.is_number_integer()) return Value(json.get<std::int64_t>());
    if (json.is_number_float()) return Value(json.get<double>());
    if (json.is_string()) return Value(json.get<std::string>());
    if (!json.is_array()) return std::nullopt;
    std::vector<std::string> texts;
    for (const Json& item : json)
        if (item.is_string()) texts.push_back(item.get<std::string>());
    return Value(std::move(texts));
}

Attributes attributesOf(const Json& json) {
    Attributes attributes;
    for (const auto& [key, value] : json.items())
        if (auto read = valueOf(value)) attributes.push_back({key, std::move(*read)});
    return attributes;
}

Error broken(const char* what) {
    return {ErrorCode::Corrupt, std::string("a trace holds ") + what + " that cannot be read"};
}

Json otlpValue(bool value) {
    return {{"boolValue", value}};
}
Json otlpValue(std::int64_t value) {
    return {{"intValue", std::to_string(value)}};
}
Json otlpValue(double value) {
    return {{"doubleValue", value}};
}
Json otlpValue(const std::string& value) {
    return {{"stringValue", value}};
}
Json otlpValue(const std::vector<std::string>& values) {
    Json list = Json::array();
    for (const std::string& value : values) list.push_back(otlpValue(value));
    return {{"arrayValue", {{"values", std::move(list)}}}};
}

Json otlpAttributes(const Attributes& attributes, Json list = Json::array()) {
    for (const Attribute& attribute : attributes)
        list.push_back(
            {{"key", attribute.key},
             {"value", std::visit([](const auto& held) { return otlpValue(held); }, attribute.value)}});
    return list;
}

Json otlpEvents(const std::vector<Event>& events) {
    Json list = Json::array();
    for (const Event& event : events)
        list.push_back({{"timeUnixNano", std::to_string(event.timeNs)},
                        {"name", event.name},
                        {"attributes", otlpAttributes(event.attributes)}});
    return list;
}

Json otlpStatus(const Status& status) {
    Json json = Json::object();
    if (!status.message.empty()) json["message"] = status.message;
    if (status.outcome != Outcome::Unset) json["code"] = static_cast<int>(status.outcome);
    return json;
}

Json otlpSpan(const TraceId& trace, const SpanData& span) {
    Json json{{"traceId", toHex(trace)}, {"spanId", toHex(span.id)}};
    if (span.parent) json["parentSpanId"] = toHex(*span.parent);
    json.update(Json{{"name", span.name},
                     {"kind", static_cast<int>(span.kind)},
                     {"startTimeUnixNano", std::to_string(span.startNs)},
                     {"endTimeUnixNano", std::to_string(span.endNs)},
                     {"attributes", otlpAttributes(span.content, otlpAttributes(span.attributes))},
                     {"events", otlpEvents(span.events)},
                     {"status", otlpStatus(span.status)}});
    return json;
}

}  // namespace

std::string toJson(const Attributes& attributes) {
    return dump(plain(attributes));
}

Result<Attributes> attributesFromJson(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return broken("attributes");
    return attributesOf(json);
}

std::string toJson(const std::vector<Event>& events) {
    Json list = Json::array();
    for (const Event& event : events)
        list.push_back(
            {{"name", event.name}, {"time_ns", event.timeNs}, {"attributes", plain(event.attributes)}});
    return dump(list);
}

Result<std::vector<Event>> eventsFromJson(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_array()) return broken("events");
    std::vector<Event> events;
    for (const Json& item : json) {
        const auto name = item.find("name"), time = item.find("time_ns"), more = item.find("attributes");
        if (name == item.end() || !name->is_string() || time == item.end() || !time->is_number_integer() ||
            more == item.end() || !more->is_object())
            return broken("an event");
        events.push_back({name->get<std::string>(), time->get<std::int64_t>(), attributesOf(*more)});
    }
    return events;
}

std::string messagesJson(const std::vector<MessageText>& messages) {
    Json list = Json::array();
    for (const MessageText& message : messages)
        list.push_back({{"role", message.role},
                        {"parts", Json::array({Json{{"type", "text"}, {"content", message.text}}})}});
    return dump(list);
}

std::string documentsJson(const std::vector<Retrieved>& documents) {
    Json list = Json::array();
    for (const Retrieved& document : documents)
        list.push_back({{"id", document.id}, {"score", document.score}});
    return dump(list);
}

std::string toOtlp(const std::vector<Trace>& traces, const Origin& origin) {
    Json spans = Json::array();
    for (const Trace& trace : traces)
        for (const SpanData& span : trace.spans) spans.push_back(otlpSpan(trace.id, span));
    const Attributes resource{{"service.name", origin.service}, {"service.version", origin.version}};
    Json scope{{"scope", {{"name", origin.service}, {"version", origin.version}}},
               {"spans", std::move(spans)}};
    Json whole{{"resource", {{"attributes", otlpAttributes(resource)}}},
               {"scopeSpans", Json::array({std::move(scope)})}};
    Json request{{"resourceSpans", Json::array({std::move(whole)})}};
    return dump(request);
}

}  // namespace commonplace::trace
