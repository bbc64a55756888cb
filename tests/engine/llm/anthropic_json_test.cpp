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

/// As the program reads the answer to a request with three passages, sent to the real service.
StreamFormat citing() {
    document::ChatRequest request = {};
    request.messages = {{document::Role::User, "passages"}};
    request.blocks = {{{"1", "a", {"x"}}, {"2", "b", {"x"}}, {"3", "c", {"x"}}}, "q"};
    return makeProtocol(Api::Anthropic)->formatFor(request, {.baseUrl = "https://api.anthropic.com"});
}
StreamOutcome cite(const std::string& bytes, std::size_t part = 1u << 14) {
    return runStream(bytes, part, {}, {}, citing());
}
std::string citedIn(const StreamOutcome& outcome) {
    std::string all;
    if (outcome.reply)
        for (const auto& one : outcome.reply->cited) all += std::to_string(one.number) + "=" + one.text + ";";
    return all;
}

// The reader keeps a state, so that each run needs its own.
void expectCitedHoweverCut(const Case& wanted, const std::string& cited) {
    for (std::size_t part = 1; part <= wanted.bytes.size() + 1; ++part) {
        const StreamOutcome outcome = cite(wanted.bytes, part);
        ASSERT_EQ(outcome.text(), wanted.text) << wanted.name << ", parts of " << part;
        ASSERT_EQ(outcome.error(), "") << wanted.name;
        ASSERT_EQ(citedIn(outcome), cited) << wanted.name << ", parts of " << part;
    }
}

TEST(AnthropicCitations, BecomeMarkersAtTheEndOfTheirBlockCutAtEveryByte) {
    const std::string end = messageDelta() + messageStop();
    const std::string plain = messageStart() + blockStartAt(0) + textAt(0, "Well, ") + blockStopAt(0) +
                              blockStartAt(1) + textAt(1, "27 days") + citationAt(1, "1", "It is 27 days. ") +
                              textAt(1, " it is.\\n") + citationAt(1, "1", "Days: 27.") +
                              citationAt(1, "0", "你好") + blockStopAt(1) + ping() + blockStartAt(2) +
                              textAt(2, "Bye.") + blockStopAt(2) + end;
    const std::string text = "Well, 27 days it is. [2][1]\nBye.",
                      cited = "2=It is 27 days. ;2=Days: 27.;1=你好;";
    expectCitedHoweverCut({"plain", plain, text}, cited);
    expectCitedHoweverCut({"crlf", withCrlf(plain), text}, cited);
    expectCitedHoweverCut(
        {"overlapping blocks",
         messageStart() + blockStartAt(0) + blockStartAt(1) + textAt(0, "a") + textAt(1, "b ") +
             citationAt(0, "2", "x y") + citationAt(1, "0", "z") + blockStopAt(0) + blockStopAt(1) + end,
         "ab [3] [1] "},
        "3=x y;1=z;");
    expectCitedHoweverCut(
        {"in the start of a block",
         messageStart() + blockStartAt(0, "[" + location("0", "q") + "]") + textAt(0, "a") + end, "a [1]"},
        "1=q;");
    expectCitedHoweverCut(
        {"never stopped", messageStart() + blockStartAt(0) + textAt(0, "a") + citationAt(0, "0", "q") + end,
         "a [1]"},
        "1=q;");
    expectCitedHoweverCut({"marker of its own",
                           messageStart() + blockStartAt(0) + textAt(0, "a [1].") + citationAt(0, "0", "q") +
                               blockStopAt(0) + end,
                           "a [1]."},
                          "1=q;");
    expectCitedHoweverCut(
        {"not streamed",
         R"({"type":"message","content":[{"type":"text","text":"a","citations":[)" + location("1", "q") +
             R"(]},{"type":"text","text":" b"}],"stop_reason":"end_turn"})",
         "a [2] b"},
        "2=q;");
}

TEST(AnthropicCitations, OfNothingThatWasSentHaveNoMarker) {
    for (const char* index : {"3", "-1", "99999999999999999999", "null", "\"0\"", "[0]"}) {
        const StreamOutcome outcome = cite(messageStart() + blockStartAt(0) + textAt(0, "a") +
                                           citationAt(0, index, "q") + blockStopAt(0) + messageDelta());
        EXPECT_EQ(outcome.text(), "a") << index;
        EXPECT_EQ(citedIn(outcome), "0=q;") << index;
    }
    const StreamOutcome odd =
        cite(messageStart() + blockStartAt(0, "7") + textAt(0, "a") +
             deltaAt(0, R"("type":"citations_delta","citation":[1])") +
             deltaAt(0, R"("type":"citations_delta")") + blockStopAt(5) + messageDelta());
    EXPECT_EQ(odd.text(), "a");
    EXPECT_EQ(citedIn(odd), "");
}

TEST(AnthropicCitations, AreBounded) {
    std::string many = messageStart() + blockStartAt(0) + textAt(0, "a");
    for (int i = 0; i < 1000; ++i) many += citationAt(0, std::to_string(i % 3), "q" + std::to_string(i));
    const StreamOutcome outcome = cite(many + blockStopAt(0) + messageDelta());
    EXPECT_EQ(outcome.text(), "a [1][2][3]");
    EXPECT_LE(outcome.reply->cited.size(), 256u);
    const StreamOutcome huge =
        cite(messageStart() + blockStartAt(0) + textAt(0, "a") +
             citationAt(0, "0", std::string(900'000, 'x')) + blockStopAt(0) + messageDelta());
    ASSERT_EQ(huge.reply->cited.size(), 1u);
    EXPECT_LE(huge.reply->cited[0].text.size(), 16u * 1024);
    EXPECT_EQ(huge.text(), "a [1]");
    std::string open = messageStart();
    for (int i = 0; i < 500; ++i) open += blockStartAt(i) + textAt(i, "x") + citationAt(i, "0", "q");
    EXPECT_EQ(cite(open + messageDelta()).error(), "");
}

TEST(AnthropicCitations, SeededNoiseGivesOneLineAndValidText) {
    const std::string good = messageStart() + blockStartAt(0) + textAt(0, "Grüße ") +
                             citationAt(0, "1", "你好") + blockStopAt(0) + messageDelta() + messageStop();
    std::mt19937 random(4711);
    for (int round = 0; round < 2000; ++round) {
        std::string bytes = good;
        for (unsigned count = 1 + random() % 4; count > 0; --count)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        const StreamOutcome outcome = cite(bytes, 1 + random() % 50);
        ASSERT_EQ(outcome.error().find('\n'), std::string::npos);
        ASSERT_EQ(base::repairUtf8(outcome.text()), outcome.text());
        ASSERT_EQ(base::repairUtf8(citedIn(outcome)), citedIn(outcome));
    }
}

TEST(AnthropicProtocol, CitesWithTheServiceItselfUntilItIsRefused) {
    document::ChatRequest request;
    request.messages = {{document::Role::User, "<passage>x</passage>"}};
    request.blocks = {{{"1", "a", {"x"}}}, "q"};
    const Endpoint real{.baseUrl = "https://api.anthropic.com", .model = "m"};
    for (const char* url : {"http://127.0.0.1:8080", "http://192.168.1.7:11434", "https://notanthropic.com",
                            "https://anthropic.com.example.org"}) {
        const Endpoint other{.baseUrl = url, .model = "m"};
        EXPECT_THAT(makeProtocol(Api::Anthropic)->body(request, other),
                    testing::Not(HasSubstr("search_result")));
    }
    const auto protocol = makeProtocol(Api::Anthropic);
    EXPECT_THAT(protocol->body(request, real), HasSubstr("search_result"));
    EXPECT_FALSE(protocol->learn(400, "max_tokens: 9 > 8"));
    EXPECT_TRUE(protocol->learn(400, R"({"error":{"message":"Input tag 'search_result' does not match"}})"));
    EXPECT_THAT(protocol->body(request, real), HasSubstr("<passage>"));
    EXPECT_FALSE(protocol->learn(400, R"({"error":{"message":"Input tag 'search_result' does not match"}})"));
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
