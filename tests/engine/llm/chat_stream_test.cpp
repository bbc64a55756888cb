#include "engine/llm/chat_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/llm/stream_runner.h"
#include "tests/fakes/openai_replies.h"

namespace commonplace::llm {
namespace {

using namespace fakes;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const StreamFormat kOpenAi = makeProtocol(Api::OpenAi)->format();
const std::string kReasoning = sseEvent(R"({"choices":[{"delta":{"reasoning_content":"hmm hmm"}}]})");

TEST(ChatStream, ReadsAnAnswer) {
    const StreamOutcome run = runStream(chatStream({"Hel", "lo"}));
    ASSERT_TRUE(run.reply.has_value());
    EXPECT_EQ(run.reply->text, "Hello");
    EXPECT_THAT(run.shown, ElementsAre("Hel", "lo"));
    EXPECT_FALSE(run.reply->error || run.reply->stopped);
    EXPECT_EQ(run.reply->promptTokens, 12);
    EXPECT_EQ(run.reply->completionTokens, 2);
    EXPECT_GT(run.reply->firstTokenMs, 0);
}

/// As llama-server b1-de3ff81 said it, with two of its six tokens left out.
std::string llamaServer() {
    const std::string tail =
        R"(,"created":1795302539,"id":"chatcmpl-Zf4XNODhoGpafRc9j0vsClNAiz5EkFmg","model":"stories260k",)"
        R"("system_fingerprint":"b1-de3ff81","object":"chat.completion.chunk")";
    std::string stream;
    for (const char* delta : {R"({"role":"assistant","content":null})", R"({"content":"\""})",
                              R"({"content":"H"})", R"({"content":"e"})"})
        stream += sseEvent(std::string(R"({"choices":[{"finish_reason":null,"index":0,"delta":)") + delta +
                           "}]" + tail + "}");
    stream += sseEvent(R"({"choices":[{"finish_reason":"length","index":0,"delta":{}}])" + tail + "}");
    return stream +
           sseEvent(R"({"choices":[])" + tail +
                    R"(,"usage":{"completion_tokens":6,"prompt_tokens":46,"total_tokens":52,)"
                    R"("prompt_tokens_details":{"cached_tokens":0}},"timings":{"cache_n":0,"prompt_n":46,)"
                    R"("prompt_ms":6.554,"predicted_n":6,"predicted_ms":1.374}})") +
           doneEvent();
}

std::vector<Case> dialects() {
    const std::string plain = chatStream({"Grüße ", "你好"});
    const std::string content = contentChunk("x");
    return {
        {"plain", plain, "Grüße 你好"},
        {"crlf", withCrlf(plain), "Grüße 你好"},
        {"byte order mark", "\xEF\xBB\xBF" + plain, "Grüße 你好"},
        {"llama-server", llamaServer(), "\"He"},
        {"pings", ": ping\n\n" + content + ": ping\n\n" + finishChunk() + doneEvent(), "x"},
        {"no [DONE]", content + finishChunk(), "x"},
        {"no finish_reason", content + doneEvent(), "x"},
        {"no last empty line", content + "data: [DONE]", "x"},
        {"unknown finish_reason", content + finishChunk("whatever") + doneEvent(), "x"},
        {"length", content + finishChunk("length") + doneEvent(), "x"},
        {"reasoning", kReasoning + kReasoning + content + finishChunk() + doneEvent(), "x"},
        {"padding",
         sseEvent(R"({"choices":[{"delta":{"content":"x"}}],"obfuscation":"aaaa","service_tier":"s"})") +
             finishChunk() + doneEvent(),
         "x"},
        {"usage in the last chunk",
         content + sseEvent(R"({"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{}})"), "x"},
        {"event names", "event: message\n" + content + "event: done\n" + doneEvent(), "x"},
        {"empty events", "data:\n\ndata: \n\n" + content + finishChunk(), "x"},
        {"not streamed",
         R"( {"choices":[{"message":{"role":"assistant","content":"x"},"finish_reason":"stop"}]})", "x"},
        {"not streamed, no reason", "\n{\"choices\":[{\"message\":{\"content\":\"x\"}}]}\n", "x"},
        {"character over chunks",
         contentChunk("a\xE4") + contentChunk("\xBD") + contentChunk("\xA0z") + finishChunk(), "a你z"},
        {"bad bytes", contentChunk("a\xFFz") + finishChunk(), "a\uFFFDz"},
        {"lone surrogate", contentChunk("a\\ud83d") + finishChunk(), "a\uFFFD"},
        {"unfinished character", contentChunk("a\xE4") + finishChunk(), "a\uFFFD"},
    };
}

TEST(ChatStream, EveryDialectCutAtEveryByte) {
    for (const Case& dialect : dialects()) expectTextHoweverCut(dialect, kOpenAi);
}

TEST(ChatStream, ShowsWholeCharactersOnly) {
    const StreamOutcome run =
        runStream(contentChunk("a\xE4") + contentChunk("\xBD") + contentChunk("\xA0z") + finishChunk(), 1);
    EXPECT_THAT(run.shown, ElementsAre("a", "你z"));
}

TEST(ChatStream, NothingAfterTheEndCounts) {
    EXPECT_EQ(runStream(chatStream({"x"}) + contentChunk("late")).text(), "x");
}

TEST(ChatStream, AStreamThatBreaksOffKeepsItsText) {
    const StreamOutcome closed = runStream(contentChunk("half") + "data: {\"cho", 3);
    EXPECT_EQ(closed.text(), "half");
    EXPECT_THAT(closed.error(), StartsWith("http://h/v1: "));
    const StreamOutcome whole = runStream(contentChunk("half"));
    EXPECT_EQ(whole.text(), "half");
    EXPECT_THAT(whole.error(), HasSubstr("broke off"));
    const StreamOutcome reset =
        runStream(contentChunk("half"), 99, {}, Error(ErrorCode::Network, "the line is cut"));
    EXPECT_EQ(reset.text(), "half");
    EXPECT_EQ(reset.error(), "the line is cut");
}

TEST(ChatStream, ABreakAfterTheLastWordIsNone) {
    const StreamOutcome run =
        runStream(contentChunk("x") + finishChunk(), 99, {}, Error(ErrorCode::Network, "cut"));
    EXPECT_EQ(run.text(), "x");
    EXPECT_EQ(run.error(), "");
}

TEST(ChatStream, AStopKeepsTheText) {
    const StreamOutcome run = runStream(contentChunk("half"), 99, {}, Error(ErrorCode::Cancelled, "stopped"));
    ASSERT_TRUE(run.reply.has_value());
    EXPECT_TRUE(run.reply->stopped);
    EXPECT_EQ(run.reply->text, "half");
    EXPECT_FALSE(run.reply->error.has_value());
    const StreamOutcome early = runStream("", 99, {}, Error(ErrorCode::Cancelled, "stopped"));
    ASSERT_TRUE(early.reply.has_value());
    EXPECT_TRUE(early.reply->stopped);
}

TEST(ChatStream, ErrorsInsideTheStreamAreReported) {
    const std::string words = R"({"error":{"message":"out of \u001b[31mmemory, sk-CANARY","code":500}})";
    for (const std::string& bytes :
         {contentChunk("x") + sseEvent(words), contentChunk("x") + "event: error\n" + sseEvent(words)}) {
        const StreamOutcome late = runStream(bytes);
        EXPECT_EQ(late.text(), "x");
        EXPECT_EQ(late.error(), "http://h/v1: it reported an error: out of memory, [key]");
    }
    for (const std::string& bytes :
         {sseEvent(words), words, "event: error\n" + sseEvent(R"({"message":"out of memory, sk-CANARY"})")}) {
        const StreamOutcome first = runStream(bytes);
        ASSERT_FALSE(first.reply.has_value());
        EXPECT_THAT(first.error(), HasSubstr("out of memory, [key]"));
    }
    EXPECT_THAT(runStream("event: error\ndata: plain words\n\n").error(), HasSubstr("error: plain words"));
    EXPECT_THAT(runStream(contentChunk("x") + finishChunk("error")).error(),
                HasSubstr("broke off with an error"));
    EXPECT_THAT(runStream(contentChunk("x") + finishChunk("content_filter")).error(),
                HasSubstr("content filter"));
}

TEST(ChatStream, WhatIsNoChatIsExplained) {
    EXPECT_THAT(runStream("").error(), HasSubstr("nothing at all"));
    EXPECT_THAT(runStream(" \r\n ").error(), HasSubstr("nothing at all"));
    EXPECT_THAT(runStream("<!doctype html><html>").error(), HasSubstr("web page"));
    EXPECT_THAT(runStream("Ollama is running").error(), HasSubstr("no chat stream"));
    EXPECT_THAT(runStream(": ping\n\n").error(), HasSubstr("no chat stream"));
    EXPECT_THAT(runStream(R"({"models":[]})").error(), HasSubstr("there is no answer in it"));
    EXPECT_THAT(runStream(R"({"choices":[{"mess)").error(), HasSubstr("cannot be read"));
    EXPECT_THAT(runStream(contentChunk("x") + "data: nonsense\n\n").error(), HasSubstr("cannot be read"));
}

TEST(ChatStream, AnEmptyAnswerIsExplained) {
    EXPECT_THAT(runStream(finishChunk() + doneEvent()).error(), HasSubstr("empty answer"));
    EXPECT_THAT(runStream(kReasoning + finishChunk() + doneEvent()).error(), HasSubstr("wrote no answer"));
    EXPECT_THAT(runStream(kReasoning + finishChunk("length")).error(),
                HasSubstr("1024 tokens of the answer were used up"));
}

TEST(ChatStream, TokensAreBounded) {
    const ChatLimits limits{.maxTokens = 10};
    std::string endless;
    for (int i = 0; i < 1000; ++i) endless += contentChunk("w ");
    const StreamOutcome run = runStream(endless, 1000, limits);
    EXPECT_EQ(run.text().size(), 2 * tokenBound(10));
    EXPECT_THAT(run.error(), HasSubstr("cut off: it is longer than the 10 tokens"));
    std::string thinking;
    for (int i = 0; i < 1000; ++i) thinking += kReasoning;
    EXPECT_THAT(runStream(thinking, 1000, limits).error(), HasSubstr("longer than the 10 tokens"));
}

TEST(ChatStream, AnObedientServerIsNotCutOff) {
    std::string stream;
    for (int i = 0; i < 100; ++i)
        stream += contentChunk("words! ");  // 7 bytes a token, more than any language
    const StreamOutcome run = runStream(stream + finishChunk("length"), 1000, {.maxTokens = 100});
    EXPECT_EQ(run.text().size(), 700u);
    EXPECT_EQ(run.error(), "");
}

TEST(ChatStream, AHugePieceIsCutBetweenCharacters) {
    std::string huge;
    for (int i = 0; i < 5000; ++i) huge += "你";
    const StreamOutcome run = runStream(contentChunk(huge) + finishChunk(), 999, {.maxTokens = 10});
    EXPECT_LE(run.text().size(), 8 * tokenBound(10));
    EXPECT_GT(run.text().size(), 8 * tokenBound(10) - 3);
    EXPECT_EQ(run.text().size() % 3, 0u);
    EXPECT_THAT(run.error(), HasSubstr("cut off"));
}

TEST(ChatStream, LinesAreBounded) {
    const std::string line = "data: " + std::string((1u << 20) + 1, '[');
    const StreamOutcome run = runStream(contentChunk("x") + line);
    EXPECT_EQ(run.text(), "x");
    EXPECT_THAT(run.error(), HasSubstr("longer than 1048576 bytes"));
    const StreamOutcome deep =
        runStream(contentChunk("x") + "data: " + std::string((1u << 20) - 6, '[') + "\n\n");
    EXPECT_EQ(deep.text(), "x");
    EXPECT_THAT(deep.error(), HasSubstr("nested too deeply"));
    EXPECT_THAT(runStream("{" + std::string(1u << 20, ' ')).error(), HasSubstr("longer than 1 MiB"));
}

class ChatStreamClock : public testing::Test {
  protected:
    double m_now = 0;
    const document::ChatModel::OnText m_ignore;
    ChatStream m_stream{kOpenAi,       {.firstTokenSeconds = 60, .silenceSeconds = 40},
                        "http://h/v1", kSafe,
                        m_ignore,      [this] {
            return m_now; }};
};

TEST_F(ChatStreamClock, PingsAreNoWords) {
    for (m_now = 0; m_now <= 60; m_now += 20) {
        ASSERT_TRUE(m_stream.check().has_value());
        ASSERT_TRUE(
            m_stream.feed(": ping\n\n" + sseEvent(R"({"choices":[{"delta":{"content":""}}]})")).has_value());
    }
    const auto late = m_stream.check();
    ASSERT_FALSE(late.has_value());
    EXPECT_EQ(late.error().code(), ErrorCode::Timeout);
    EXPECT_THAT(m_stream.conclude(late.error()).error().message(),
                HasSubstr("no word of an answer came within 60 s"));
}

TEST_F(ChatStreamClock, SilenceCountsFromTheLastWord) {
    for (int i = 0; i < 8; ++i) {
        m_now += 39;
        ASSERT_TRUE(m_stream.check().has_value());
        ASSERT_TRUE(m_stream.feed(i % 2 ? contentChunk("w") : kReasoning).has_value());
    }
    m_now += 39;
    ASSERT_TRUE(m_stream.feed(": ping\n\n").has_value());
    ASSERT_TRUE(m_stream.check().has_value());
    m_now += 2;
    const auto silent = m_stream.check();
    ASSERT_FALSE(silent.has_value());
    const auto reply = m_stream.conclude(silent.error());
    ASSERT_TRUE(reply.has_value());
    EXPECT_EQ(reply->text, "wwww");
    EXPECT_EQ(reply->firstTokenMs, 78e3);
    EXPECT_THAT(*reply->error, HasSubstr("no further word came for 40 s"));
}

TEST_F(ChatStreamClock, AfterTheLastWordItWaitsForCountsNotForEver) {
    ASSERT_TRUE(m_stream.feed(contentChunk("x") + finishChunk()).has_value());
    m_now = 1.9;
    EXPECT_TRUE(m_stream.check().has_value());
    m_now = 2.1;
    const auto over = m_stream.check();
    ASSERT_FALSE(over.has_value());
    const auto reply = m_stream.conclude(over.error());
    ASSERT_TRUE(reply.has_value());
    EXPECT_FALSE(reply->error || reply->stopped);
}

TEST(ChatStream, SeededNoiseGivesOneLineAndValidText) {
    expectOneLineAndValidText(chatStream({"Grüße ", "你好", "x"}), kOpenAi);
}

}  // namespace
}  // namespace commonplace::llm
