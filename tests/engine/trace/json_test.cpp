// OTLP/JSON against the fields of opentelemetry-proto's trace.proto, and what is kept in the database.
#include "engine/trace/json.h"

#include <gmock/gmock.h>

#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "tests/engine/trace/recorded_sink.h"

namespace commonplace::trace {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

Trace sample() {
    test::RecordedSink sink;
    {
        Span root = Tracer(&sink, test::steadyOptions(Content::On)).start("root");
        root.set("flag", true);
        root.set("big", std::int64_t(1) << 60);
        root.set("share", 1.0);
        root.set("words", std::vector<std::string>{"a", "ü"});
        root.setContent("prompt", [] { return "What?"; });
        root.event("retry", {{"attempt", std::int64_t(2)}});
        Span child = root.child("chat m", Kind::Client);
        child.fail("timeout", "too \"long\"");
    }
    return sink.traces.at(0);
}

TEST(TraceJson, AttributesComeBackAsTheyWere) {
    const Trace trace = sample();
    const SpanData& root = trace.spans[0];
    const auto attributes = attributesFromJson(toJson(root.attributes));
    ASSERT_TRUE(attributes);
    EXPECT_EQ(*attributes, root.attributes);
    const auto events = eventsFromJson(toJson(root.events));
    ASSERT_TRUE(events);
    EXPECT_EQ(*events, root.events);
}

TEST(TraceJson, DamagedJsonIsAnErrorAndForeignValuesAreLeftOut) {
    for (const char* bad : {"", "[]", "{", "3", "null"}) EXPECT_FALSE(attributesFromJson(bad)) << bad;
    for (const char* bad : {"", "{}", "[1]", R"([{"name": 1}])", R"([{"name": "x", "time_ns": "1"}])"})
        EXPECT_FALSE(eventsFromJson(bad)) << bad;
    const auto read = attributesFromJson(R"({"a": null, "b": {"c": 1}, "d": [1, "e"]})");
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, (Attributes{{"d", std::vector<std::string>{"e"}}}));
}

TEST(TraceJson, MessagesAndDocumentsHaveTheFormOfTheConventions) {
    EXPECT_EQ(messagesJson({{"user", "Where?"}}),
              R"([{"role":"user","parts":[{"type":"text","content":"Where?"}]}])");
    EXPECT_EQ(documentsJson({{"abc", 0.5}}), R"([{"id":"abc","score":0.5}])");
    EXPECT_THAT(messagesJson({{"user", "\xFF"}}), HasSubstr("\uFFFD"));
}

// Names that the proto's JSON form knows; a receiver drops the others silently.
const std::set<std::string> kSpanFields{
    "traceId",           "spanId",          "parentSpanId", "name",   "kind",
    "startTimeUnixNano", "endTimeUnixNano", "attributes",   "events", "status"};

void expectAttributes(const Json& list) {
    ASSERT_TRUE(list.is_array());
    const std::set<std::string> kinds{"stringValue", "boolValue", "intValue", "doubleValue", "arrayValue"};
    for (const Json& attribute : list) {
        EXPECT_EQ(attribute.size(), 2u);
        EXPECT_TRUE(attribute.at("key").is_string());
        ASSERT_EQ(attribute.at("value").size(), 1u);
        EXPECT_TRUE(kinds.contains(attribute.at("value").begin().key()));
    }
}

void expectTime(const Json& time) {
    ASSERT_TRUE(time.is_string());
    EXPECT_TRUE(std::regex_match(time.get<std::string>(), std::regex("[0-9]{19}")));
}

void expectSpan(const Json& span) {
    for (const auto& [key, value] : span.items()) EXPECT_TRUE(kSpanFields.contains(key)) << key;
    EXPECT_TRUE(std::regex_match(span.at("traceId").get<std::string>(), std::regex("[0-9a-f]{32}")));
    EXPECT_TRUE(std::regex_match(span.at("spanId").get<std::string>(), std::regex("[0-9a-f]{16}")));
    const std::string parent = span.value("parentSpanId", "0123456789abcdef");
    EXPECT_TRUE(std::regex_match(parent, std::regex("[0-9a-f]{16}")));
    EXPECT_TRUE(span.at("kind").is_number_integer());
    expectTime(span.at("startTimeUnixNano"));
    expectTime(span.at("endTimeUnixNano"));
    expectAttributes(span.at("attributes"));
    for (const Json& event : span.at("events")) {
        expectTime(event.at("timeUnixNano"));
        EXPECT_TRUE(event.at("name").is_string());
        expectAttributes(event.at("attributes"));
        EXPECT_EQ(event.size(), 3u);
    }
    for (const auto& [key, value] : span.at("status").items()) EXPECT_TRUE(key == "message" || key == "code");
}

TEST(TraceJson, OtlpHasTheFieldsOfTheProtocolAndNoOthers) {
    const Json request = Json::parse(toOtlp({sample(), sample()}, {"commonplace", "1.2"}));
    ASSERT_EQ(request.size(), 1u);
    const Json& resource = request.at("resourceSpans").at(0);
    EXPECT_EQ(resource.size(), 2u);
    expectAttributes(resource.at("resource").at("attributes"));
    const Json& scope = resource.at("scopeSpans").at(0);
    EXPECT_EQ(scope.at("scope"), Json({{"name", "commonplace"}, {"version", "1.2"}}));
    ASSERT_EQ(scope.at("spans").size(), 4u);
    for (const Json& span : scope["spans"]) expectSpan(span);
}

TEST(TraceJson, OtlpWritesNumbersAsTheProtocolWantsThem) {
    const Json request = Json::parse(toOtlp({sample()}, {"commonplace", "1.2"}));
    const Json& spans = request["resourceSpans"][0]["scopeSpans"][0]["spans"];
    const Json &root = spans[0], &child = spans[1];
    EXPECT_FALSE(root.contains("parentSpanId"));
    EXPECT_EQ(child["parentSpanId"], root["spanId"]);
    EXPECT_EQ(root["kind"], 1);
    EXPECT_EQ(child["kind"], 3);
    EXPECT_THAT(root["status"], IsEmpty());
    EXPECT_EQ(child["status"], Json({{"code", 2}, {"message", "too \"long\""}}));
    std::map<std::string, Json> values;
    for (const Json& attribute : root["attributes"]) values[attribute["key"]] = attribute["value"];
    EXPECT_EQ(values["flag"], Json({{"boolValue", true}}));
    EXPECT_EQ(values["big"], Json({{"intValue", "1152921504606846976"}}));
    EXPECT_EQ(values["share"], Json({{"doubleValue", 1.0}}));
    EXPECT_EQ(values["prompt"], Json({{"stringValue", "What?"}}));
    EXPECT_EQ(values["words"]["arrayValue"]["values"][1], Json({{"stringValue", "ü"}}));
}

}  // namespace
}  // namespace commonplace::trace
