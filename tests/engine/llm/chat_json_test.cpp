#include "engine/llm/chat_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/clock.h"
#include "tests/support/hang.h"

namespace commonplace::llm {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

ChatPiece pieceOf(std::string_view json) {
    auto piece = parseChatPiece(json);
    EXPECT_TRUE(piece.has_value()) << json;
    return piece ? *piece : ChatPiece();
}

TEST(ChatPiece, ReadsAChunk) {
    const ChatPiece piece = pieceOf(
        R"({"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":"hel\nlo"},"finish_reason":null}],"usage":null})");
    EXPECT_EQ(piece.text, "hel\nlo");
    EXPECT_TRUE(piece.hasAnswer);
    EXPECT_FALSE(piece.finishReason || piece.error || piece.promptTokens);
}

TEST(ChatPiece, ReadsEndAndUsage) {
    EXPECT_EQ(pieceOf(R"({"choices":[{"delta":{},"finish_reason":"stop"}]})").finishReason, "stop");
    const ChatPiece usage = pieceOf(R"({"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3.0}})");
    EXPECT_FALSE(usage.hasAnswer);
    EXPECT_EQ(usage.promptTokens, 12);
    EXPECT_EQ(usage.completionTokens, 3);
    const ChatPiece absurd = pieceOf(R"({"usage":{"prompt_tokens":-1,"completion_tokens":1e300}})");
    EXPECT_FALSE(absurd.promptTokens || absurd.completionTokens);
}

TEST(ChatPiece, KnowsTheDialectsOfText) {
    EXPECT_EQ(pieceOf(R"({"choices":[{"message":{"content":"whole"},"finish_reason":"stop"}]})").text,
              "whole");
    EXPECT_EQ(pieceOf(R"({"choices":[{"text":"legacy"}]})").text, "legacy");
    EXPECT_EQ(pieceOf(R"({"choices":[{"delta":{"refusal":"no"}}]})").text, "no");
    EXPECT_EQ(pieceOf(R"({"choices":[{"delta":{"content":null}}]})").text, "");
    const ChatPiece parts = pieceOf(
        R"({"choices":[{"delta":{"content":[{"type":"thinking","thinking":[]},{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]})");
    EXPECT_EQ(parts.text, "ab");
    EXPECT_GT(parts.hiddenBytes, 0u);
}

TEST(ChatPiece, ReasoningIsHidden) {
    for (const char* name : {"reasoning_content", "reasoning"}) {
        const ChatPiece piece = pieceOf(R"({"choices":[{"delta":{")" + std::string(name) + R"(":"hmm"}}]})");
        EXPECT_EQ(piece.text, "");
        EXPECT_EQ(piece.hiddenBytes, 3u);
    }
}

TEST(ChatPiece, FindsErrors) {
    EXPECT_EQ(pieceOf(R"({"error":{"message":"too long","code":400}})").error, "too long");
    EXPECT_EQ(pieceOf(R"({"error":"plain"})").error, "plain");
    EXPECT_EQ(pieceOf(R"({"error":true,"message":"flagged"})").error, "flagged");
    EXPECT_EQ(pieceOf(R"({"object":"error","message":"vllm"})").error, "vllm");
    EXPECT_EQ(pieceOf(R"({"error":{"code":500}})").error, "");
    for (const char* none : {R"({"error":null})", R"({"error":""})", R"({"error":false})", "{}"})
        EXPECT_FALSE(pieceOf(none).error.has_value()) << none;
}

TEST(ChatPiece, WrongTypesAreSkipped) {
    for (const char* odd :
         {R"({"choices":5})", R"({"choices":[5]})", R"({"choices":[null]})", R"({"choices":{"delta":1}})",
          R"({"choices":[{"delta":[]}]})", R"({"choices":[{"delta":{"content":7}}]})",
          R"({"choices":[{"delta":{"content":[1,null,{"type":5}]}}]})",
          R"({"choices":[{"finish_reason":3}]})", R"({"usage":[]})", R"({"usage":{"prompt_tokens":"many"}})",
          R"({"error":7})"}) {
        const ChatPiece piece = pieceOf(odd);
        EXPECT_EQ(piece.text, "") << odd;
        EXPECT_FALSE(piece.finishReason || piece.error || piece.promptTokens) << odd;
    }
}

TEST(ChatPiece, WhatIsNoObjectIsAnError) {
    for (const char* bad :
         {"", "null", "[]", "5", "\"x\"", "{", "{}}", "{\"a\":1e999}", "nonsense", "{\"a\":\x01}"})
        EXPECT_FALSE(parseChatPiece(bad).has_value()) << bad;
}

TEST(ChatPiece, KeepsBytesThatWereCutInsideACharacter) {
    EXPECT_EQ(pieceOf("{\"choices\":[{\"delta\":{\"content\":\"a\xE4\xBD\"}}]}").text, "a\xE4\xBD");
    EXPECT_EQ(pieceOf(R"({"choices":[{"delta":{"content":"a\ud83d"}}]})").text, "a\uFFFD");
}

TEST(ChatPiece, DepthIsBounded) {
    const base::Stopwatch clock;
    EXPECT_FALSE(parseChatPiece(std::string(1u << 20, '[')).has_value());
    std::string objects;
    while (objects.size() < (1u << 20)) objects += "{\"a\":";
    EXPECT_FALSE(parseChatPiece(objects).has_value());
    const std::string closed = std::string(1u << 19, '[') + std::string(1u << 19, ']');
    EXPECT_FALSE(parseChatPiece("{\"a\":" + closed + "}").has_value());
    EXPECT_EQ(serverMessage(closed), closed);
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
}

TEST(ModelIds, KnowsTheShapesOfLists) {
    EXPECT_THAT(*parseModelIds(R"({"object":"list","data":[{"id":"a"},{"id":"b"}]})"), ElementsAre("a", "b"));
    EXPECT_THAT(*parseModelIds(R"({"models":[{"name":"c"},{"model":"d"}]})"), ElementsAre("c", "d"));
    EXPECT_THAT(*parseModelIds(R"([{"id":"e"},5,{"id":7}])"), ElementsAre("e"));
    EXPECT_TRUE(parseModelIds(R"({"data":[]})")->empty());
    for (const char* bad : {"", "{}", "<html>", "5", R"({"data":{}})"})
        EXPECT_FALSE(parseModelIds(bad).has_value()) << bad;
}

TEST(ServerMessage, FindsTheWords) {
    EXPECT_EQ(serverMessage(R"({"error":{"message":"m","type":"t"}})"), "m");
    EXPECT_EQ(serverMessage(R"({"error":"m"})"), "m");
    EXPECT_EQ(serverMessage(R"({"message":"m"})"), "m");
    EXPECT_EQ(serverMessage(R"({"detail":[{"loc":["body"],"msg":"m"}]})"), "m");
    EXPECT_EQ(serverMessage(R"([{"error":{"message":"m"}}])"), "m");
    EXPECT_EQ(serverMessage(R"("m")"), "m");
    EXPECT_EQ(serverMessage("m"), "m");
    EXPECT_EQ(serverMessage(""), "");
    EXPECT_EQ(serverMessage("{}"), "");
}

TEST(ServerMessage, OfAPageTheTitle) {
    EXPECT_EQ(serverMessage("\n<html><head><Title> 502 Bad Gateway </TITLE>"),
              "a web page, \"502 Bad Gateway\"");
    EXPECT_EQ(serverMessage("<html>"), "a web page");
    EXPECT_EQ(serverMessage("<title>open"), "a web page");
}

}  // namespace
}  // namespace commonplace::llm
