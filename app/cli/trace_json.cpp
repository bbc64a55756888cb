#include "app/cli/trace_json.h"

#include <ctime>
#include <nlohmann/json.hpp>

#include "engine/trace/json.h"
#include "engine/trace/names.h"

namespace commonplace::app::cli {
namespace {

using Json = nlohmann::ordered_json;
using trace::SpanData;

std::string dump(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

template <class Known>
Json orNull(const std::optional<Known>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json textOrNull(const trace::Attributes& attributes, const char* key) {
    const auto* text = trace::find<std::string>(attributes, key);
    return text == nullptr ? Json(nullptr) : Json(*text);
}

Json flagOrNull(const trace::Attributes& attributes, const char* key) {
    const auto* flag = trace::find<bool>(attributes, key);
    return flag == nullptr ? Json(nullptr) : Json(*flag);
}

std::string utc(std::int64_t ns) {
    const std::time_t seconds = ns / 1'000'000'000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[64];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

double msBetween(std::int64_t from, std::int64_t to) {
    return static_cast<double>(to - from) / 1e6;
}

const char* statusOf(const SpanData& span) {
    return span.status.outcome == trace::Outcome::Error ? "error" : "ok";
}

Json attributesJson(const trace::Attributes& attributes) {
    return Json::parse(trace::toJson(attributes), nullptr, false);
}

void addSpent(Json& json, const store::Spent& spent) {
    json["calls"] = spent.calls;
    json["input_tokens"] = orNull(spent.inputTokens);
    json["output_tokens"] = orNull(spent.outputTokens);
    json["cost_usd"] = orNull(spent.costUsd);
    json["calls_without_cost"] = spent.callsWithoutCost;
    json["calls_without_tokens"] = spent.callsWithoutTokens;
}

Json summaryJson(const store::TraceSummary& trace) {
    const SpanData& root = trace.root;
    Json json{{"trace", trace::toHex(trace.id)},
              {"time", utc(root.startNs)},
              {"question", textOrNull(root.content, trace::kQuestion)},
              {"question_sha256", textOrNull(root.attributes, trace::kQuestionHash)},
              {"model", textOrNull(root.attributes, trace::kRequestModel)},
              {"mode", textOrNull(root.attributes, trace::kMode)},
              {"abstained", flagOrNull(root.attributes, trace::kAbstained)},
              {"ms", msBetween(root.startNs, root.endNs)},
              {"status", statusOf(root)},
              {"error_type", textOrNull(root.attributes, trace::kErrorType)}};
    addSpent(json, trace.spent);
    return json;
}

Json spanJson(const SpanData& span, std::int64_t startNs) {
    Json events = Json::array();
    for (const trace::Event& event : span.events)
        events.push_back({{"name", event.name},
                          {"offset_ms", msBetween(startNs, event.timeNs)},
                          {"attributes", attributesJson(event.attributes)}});
    return {{"span", trace::toHex(span.id)},
            {"parent", span.parent ? Json(trace::toHex(*span.parent)) : Json(nullptr)},
            {"name", span.name},
            {"kind", span.kind == trace::Kind::Client ? "client" : "internal"},
            {"offset_ms", msBetween(startNs, span.startNs)},
            {"ms", msBetween(span.startNs, span.endNs)},
            {"status", statusOf(span)},
            {"message", span.status.message.empty() ? Json(nullptr) : Json(span.status.message)},
            {"attributes", attributesJson(span.attributes)},
            {"content", attributesJson(span.content)},
            {"events", std::move(events)}};
}

}  // namespace

std::string toJson(const std::vector<store::TraceSummary>& traces) {
    Json list = Json::array();
    for (const store::TraceSummary& trace : traces) list.push_back(summaryJson(trace));
    return dump(list);
}

std::string toJson(const trace::Trace& trace) {
    Json spans = Json::array();
    const std::int64_t start = trace.spans.empty() ? 0 : trace.spans.front().startNs;
    for (const SpanData& span : trace.spans) spans.push_back(spanJson(span, start));
    return dump({{"trace", trace::toHex(trace.id)}, {"time", utc(start)}, {"spans", std::move(spans)}});
}

std::string toJson(const std::vector<store::ModelDay>& days) {
    Json list = Json::array();
    for (const store::ModelDay& day : days) {
        Json json{{"day", day.day}, {"model", day.model}, {"provider", day.provider}};
        addSpent(json, day.spent);
        json.update(Json{{"failed", day.failed}, {"p50_ms", day.p50Ms}, {"p95_ms", day.p95Ms}});
        list.push_back(std::move(json));
    }
    return dump(list);
}

std::string countJson(const char* key, std::int64_t count) {
    return dump({{key, count}});
}

}  // namespace commonplace::app::cli
