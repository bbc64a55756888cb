#include "engine/llm/anthropic_json.h"

#include "tests/engine/llm/stream_runner.h"
#include "tests/fakes/anthropic_replies.h"

namespace commonplace::llm {
namespace {

using namespace fakes::anthropic;
using testing::HasSubstr;

const StreamFormat kAnthropic = makeProtocol(Api::Anthropic)->format();

StreamOutcome run(const std::string& bytes, ChatLimits limits = {}) {
    return runStream(bytes, 1u << 14, limits, {}, kAnthropic);
}

std::vector<Case> dialects() {
    const std::string plain = chatStream({"Grüße ", "你好"});
    const std::string begin = messageStart() + blockStart();
    const std::string end = blockStop() + messageDelta() + messageStop();
    const std::string x = textDelta("x");
    return {
        {"plain", plain, "Grüße 你好"},
        {"crlf", withCrlf(plain), "Grüße 你好"},
        {"byte order mark", "\xEF\xBB\xBF" + plain, "Grüße 你好"},
        {"pings", ping() + begin + ping() + x + ping() + ": ping\n\n" + end, "x"},
        {"no message_stop", begin + x + blockStop() + messageDelta(), "x"},
        {"no stop_reason", begin + x + blockStop() + messageStop(), "x"},
        {"no last empty line",
         begin + x + messageDelta() + "event: message_stop\ndata: {\"type\":\"message_stop\"}", "x"},
        {"length", begin + x + messageDelta("max_tokens") + messageStop(), "x"},
        {"unknown stop_reason", begin + x + messageDelta("whatever") + messageStop(), "x"},
        {"unknown events", begin + event("surprise", R"("text":"no")") + x + end, "x"},
        {"unknown deltas",
         begin + delta(R"("type":"citations_delta","citation":{"cited_text":"no"})") + x + end, "x"},
        {"thinking",
         messageStart() + blockStart(R"("type":"thinking","thinking":"")") +
             delta(R"("type":"thinking_delta","thinking":"hmm")") +
             delta(R"("type":"signature_delta","signature":"EqQB")") + blockStop() + blockStart() + x + end,
         "x"},
        {"tool use",
         begin + x + blockStop() + blockStart(R"("type":"tool_use","id":"t","name":"n","input":{})") +
             delta(R"("type":"input_json_delta","partial_json":"{\"a\"")") + end,
         "x"},
        {"text in the start of a block",
         messageStart() + blockStart(R"("type":"text","text":"a")") + textDelta("b") + end, "ab"},
        {"no event names",
         "data: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":"
         "\"x\"}}\n\ndata: {\"type\":\"message_stop\"}\n\n",
         "x"},
        {"character over deltas", begin + textDelta("a\xE4\xBD") + textDelta("\xA0z") + end, "a你z"},
        {"lone surrogate", begin + textDelta("a\\ud83d") + end, "a\uFFFD"},
        {"not streamed",
         R"({"type":"message","content":[{"type":"thinking","thinking":"t"},{"type":"text","text":"x"}],)"
         R"("stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":1}})",
         "x"},
    };
}

TEST(AnthropicStream, EveryShapeCutAtEveryByte) {
    for (const Case& dialect : dialects()) expectTextHoweverCut(dialect, kAnthropic);
}

TEST(AnthropicStream, CountsWhatWasCachedAsRead) {
    const StreamOutcome outcome = run(
        messageStart(
            R"("input_tokens":5,"cache_creation_input_tokens":20,"cache_read_input_tokens":300,"output_tokens":1)") +
        blockStart() + textDelta("x") + messageDelta("end_turn", 42) + messageStop());
    ASSERT_TRUE(outcome.reply.has_value());
    EXPECT_EQ(outcome.reply->promptTokens, 325);
    EXPECT_EQ(outcome.reply->completionTokens, 42);
    // The counts of the last event are cumulative, and some servers leave the cached ones out there.
    const StreamOutcome twice =
        run(messageStart(R"("input_tokens":5,"cache_read_input_tokens":300)") + textDelta("x") +
            event("message_delta",
                  R"("delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":5,"output_tokens":2})"));
    EXPECT_EQ(twice.reply->promptTokens, 305);
    EXPECT_EQ(twice.reply->completionTokens, 2);
}

TEST(AnthropicStream, ErrorsInsideAStreamAreReported) {
    const std::string overloaded = errorEvent("overloaded_error", "Overloaded, sk-CANARY");
    const StreamOutcome late = run(messageStart() + textDelta("half") + overloaded);
    EXPECT_EQ(late.text(), "half");
    EXPECT_EQ(late.error(), "http://h/v1: it reported an error: Overloaded, [key]");
    for (const std::string& first : {overloaded, errorBody("overloaded_error", "Overloaded, sk-CANARY"),
                                     std::string("event: error\ndata: Overloaded, [key]\n\n")}) {
        const StreamOutcome outcome = run(first);
        ASSERT_FALSE(outcome.reply.has_value()) << first;
        EXPECT_THAT(outcome.error(), HasSubstr("Overloaded, [key]"));
    }
}

TEST(AnthropicStream, ErrorsHaveTheirStatus) {
    const auto statusOf = [](const std::string& type) {
        return readAnthropicEvent("error", errorBody(type, "x"))->errorStatus;
    };
    EXPECT_EQ(statusOf("overloaded_error"), 529);
    EXPECT_EQ(statusOf("rate_limit_error"), 429);
    EXPECT_EQ(statusOf("authentication_error"), 401);
    EXPECT_EQ(statusOf("surprise_error"), 0);
}

TEST(AnthropicStream, EndsThatAreNoneAreSaid) {
    const std::string half = messageStart() + blockStart() + textDelta("half");
    EXPECT_THAT(run(half).error(), HasSubstr("broke off"));
    EXPECT_THAT(run(half + messageDelta("refusal")).error(), HasSubstr("content filter"));
    const StreamOutcome full = run(half + messageDelta("model_context_window_exceeded") + messageStop());
    EXPECT_EQ(full.text(), "half");
    EXPECT_THAT(full.error(), HasSubstr("its window was full"));
    EXPECT_THAT(run(messageStart() + messageDelta() + messageStop()).error(), HasSubstr("empty answer"));
    EXPECT_THAT(run("<html>").error(), HasSubstr("does it serve Anthropic's protocol?"));
    EXPECT_THAT(run(R"({"choices":[]})").error(), HasSubstr("there is no answer in it"));
}

TEST(AnthropicStream, TokensAreBounded) {
    std::string endless = messageStart() + blockStart();
    for (int i = 0; i < 1000; ++i) endless += textDelta("w ");
    const StreamOutcome outcome = run(endless, {.maxTokens = 10});
    EXPECT_EQ(outcome.text().size(), 2 * tokenBound(10));
    EXPECT_THAT(outcome.error(), HasSubstr("longer than the 10 tokens"));
}

TEST(AnthropicStream, WrongTypesAreSkipped) {
    for (const char* odd :
         {R"({"type":5})", R"({"type":"content_block_delta","delta":7})",
          R"({"type":"message","content":{}})", R"({"type":"message_delta","delta":[],"usage":"many"})",
          R"({"type":"message","content":[1,null]})",
          R"({"type":"message_start","message":{"usage":{"input_tokens":-4}}})",
          R"({"type":"content_block_delta","delta":{"type":"text_delta","text":[]}})"}) {
        const auto piece = readAnthropicEvent({}, odd);
        ASSERT_TRUE(piece.has_value()) << odd;
        EXPECT_EQ(piece->text, "") << odd;
        EXPECT_FALSE(piece->error || piece->isEnd || piece->promptTokens) << odd;
    }
    EXPECT_FALSE(readAnthropicEvent({}, "nonsense").has_value());
}

TEST(AnthropicStream, SeededNoiseGivesOneLineAndValidText) {
    expectOneLineAndValidText(chatStream({"Grüße ", "你好", "x"}), kAnthropic);
}

}  // namespace
}  // namespace commonplace::llm
