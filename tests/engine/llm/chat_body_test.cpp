#include "engine/llm/chat_body.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace commonplace::llm {
namespace {

using document::Role;
using nlohmann::json;

document::ChatRequest question() {
    document::ChatRequest request;
    request.messages = {{Role::System, "be \"brief\""}, {Role::User, "wh\xFFy?\n"}, {Role::Assistant, "so"}};
    request.maxTokens = 77;
    return request;
}

TEST(ChatBody, SaysWhatWasAsked) {
    const auto body = json::parse(chatBody(question(), "m", {}));
    EXPECT_EQ(body["model"], "m");
    EXPECT_EQ(body["messages"][0]["role"], "system");
    EXPECT_EQ(body["messages"][0]["content"], "be \"brief\"");
    EXPECT_EQ(body["messages"][1]["content"], "wh\uFFFDy?\n");
    EXPECT_EQ(body["messages"][2]["role"], "assistant");
    EXPECT_EQ(body["max_tokens"], 77);
    EXPECT_EQ(body["temperature"], 0.0);
    EXPECT_EQ(body["stream"], true);
    EXPECT_EQ(body["stream_options"]["include_usage"], true);
}

TEST(ChatBody, SpeaksTheDialect) {
    const Dialect dialect{.streamOptions = false, .maxCompletionTokens = true, .temperature = false};
    const auto body = json::parse(chatBody(question(), "m", dialect));
    EXPECT_EQ(body["max_completion_tokens"], 77);
    EXPECT_FALSE(body.contains("max_tokens"));
    EXPECT_FALSE(body.contains("stream_options"));
    EXPECT_FALSE(body.contains("temperature"));
}

json bodyOf(const std::vector<document::Message>& messages, const Dialect& dialect = {}) {
    document::ChatRequest request;
    request.messages = messages;
    request.maxTokens = 77;
    return json::parse(anthropicBody(request, "m", dialect));
}

TEST(AnthropicBody, SaysWhatWasAsked) {
    const json body = bodyOf({{Role::System, "be \"brief\""}, {Role::User, "wh\xFFy?"}});
    EXPECT_EQ(body["model"], "m");
    EXPECT_EQ(body["max_tokens"], 77);
    EXPECT_EQ(body["stream"], true);
    EXPECT_EQ(body["temperature"], 0.0);
    EXPECT_EQ(body["system"][0]["text"], "be \"brief\"");
    ASSERT_EQ(body["messages"].size(), 1u) << "the rules are no message here";
    EXPECT_EQ(body["messages"][0]["role"], "user");
    EXPECT_EQ(body["messages"][0]["content"][0]["text"], "wh\uFFFDy?");
    EXPECT_FALSE(bodyOf({{Role::User, "x"}}).contains("system"));
    EXPECT_FALSE(bodyOf({{Role::User, "x"}}, {.temperature = false}).contains("temperature"));
}

TEST(AnthropicBody, CachesWhatComesAgainAndNotThePassages) {
    const json body = bodyOf({{Role::System, "rules"},
                              {Role::User, "first"},
                              {Role::Assistant, "answer"},
                              {Role::User, "passages and question"}});
    EXPECT_EQ(body["system"].back()["cache_control"]["type"], "ephemeral");
    ASSERT_EQ(body["messages"].size(), 3u);
    EXPECT_FALSE(body["messages"][0]["content"][0].contains("cache_control"));
    EXPECT_EQ(body["messages"][1]["content"][0]["cache_control"]["type"], "ephemeral");
    EXPECT_FALSE(body["messages"][2]["content"][0].contains("cache_control"));
}

TEST(AnthropicBody, RolesAlternateAndNothingIsEmpty) {
    const json body =
        bodyOf({{Role::User, "a"}, {Role::Assistant, " \n"}, {Role::User, "b"}, {Role::System, ""}});
    ASSERT_EQ(body["messages"].size(), 1u);
    EXPECT_EQ(body["messages"][0]["content"].size(), 2u);
    EXPECT_FALSE(body.contains("system"));
}

document::ChatRequest withPassages() {
    document::ChatRequest request;
    request.messages = {{Role::System, "rules"},
                        {Role::User, "first"},
                        {Role::Assistant, "answer"},
                        {Role::User, "<passage>One. Two.</passage> Question: why?"}};
    request.blocks = {
        {{"Passage 1: Plan", "plan.pdf, p. iv", {"One. ", "Two."}}, {"Passage 2", "b.md", {"wh\xFFy"}}},
        "Question: why?"};
    return request;
}

TEST(AnthropicBody, SendsPassagesAsSearchResultsThatAreCited) {
    const json body = json::parse(anthropicBody(withPassages(), "m", {.searchResults = true}));
    const json& content = body["messages"][2]["content"];
    ASSERT_EQ(content.size(), 3u);
    EXPECT_EQ(content[0]["type"], "search_result");
    EXPECT_EQ(content[0]["title"], "Passage 1: Plan");
    EXPECT_EQ(content[0]["source"], "plan.pdf, p. iv");
    EXPECT_EQ(content[0]["citations"]["enabled"], true);
    ASSERT_EQ(content[0]["content"].size(), 2u);
    EXPECT_EQ(content[0]["content"][0], (json{{"type", "text"}, {"text", "One. "}}));
    EXPECT_EQ(content[1]["content"][0]["text"], "wh\uFFFDy");
    EXPECT_EQ(content[2], (json{{"type", "text"}, {"text", "Question: why?"}}));
    EXPECT_EQ(body.dump().find("<passage>"), std::string::npos) << "not twice";
    EXPECT_EQ(body["messages"][1]["content"][0]["cache_control"]["type"], "ephemeral");
}

TEST(AnthropicBody, SendsTextWhereSearchResultsCannotBeSent) {
    const auto last = [](const document::ChatRequest& request, const Dialect& dialect) {
        return json::parse(anthropicBody(request, "m", dialect))["messages"].back()["content"].dump();
    };
    EXPECT_NE(last(withPassages(), {}).find("<passage>"), std::string::npos);
    document::ChatRequest blank = withPassages();
    blank.blocks->passages[1].sentences = {" "};
    EXPECT_EQ(last(blank, {.searchResults = true}).find("search_result"), std::string::npos);
    document::ChatRequest none = withPassages();
    none.blocks->passages.clear();
    EXPECT_NE(last(none, {.searchResults = true}).find("<passage>"), std::string::npos);
}

// One byte that differs in front of a mark makes a cache worthless, and nobody would notice.
TEST(AnthropicBody, NothingThatChangesStandsBeforeTheMarks) {
    document::ChatRequest first = withPassages(), second = withPassages();
    second.messages.back().text = "other passages";
    second.blocks->question = "Question: who?";
    second.maxTokens = 5;
    for (const bool asResults : {true, false}) {
        const json a = json::parse(anthropicBody(first, "m", {.searchResults = asResults}));
        const json b = json::parse(anthropicBody(second, "m", {.searchResults = asResults}));
        EXPECT_EQ(a["system"].dump(), b["system"].dump());
        EXPECT_EQ(a["messages"][0].dump() + a["messages"][1].dump(),
                  b["messages"][0].dump() + b["messages"][1].dump());
    }
}

TEST(OllamaBody, AlwaysNamesTheWindowAndForbidsCutting) {
    document::ChatRequest request;
    request.messages = {{Role::System, "rules"}, {Role::User, "wh\xFFy?"}};
    request.maxTokens = 77;
    const json body = json::parse(ollamaBody(request, "m", 6000));
    EXPECT_EQ(body["model"], "m");
    EXPECT_EQ(body["messages"][0]["role"], "system");
    EXPECT_EQ(body["messages"][1]["content"], "wh\uFFFDy?");
    EXPECT_EQ(body["options"]["num_ctx"], 6000);
    EXPECT_EQ(body["options"]["num_predict"], 77);
    EXPECT_EQ(body["options"]["temperature"], 0.0);
    EXPECT_EQ(body["truncate"], false);
    EXPECT_EQ(body["shift"], false);
    EXPECT_EQ(body["stream"], true);
    EXPECT_TRUE(body["keep_alive"].is_string());
}

TEST(OllamaBody, AsksAboutAModel) {
    EXPECT_EQ(json::parse(ollamaShowBody("a\"b"))["model"], "a\"b");
}

}  // namespace
}  // namespace commonplace::llm
