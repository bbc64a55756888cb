#include "engine/llm/ollama_json.h"

#include "tests/engine/llm/stream_runner.h"
#include "tests/fakes/ollama_replies.h"

namespace commonplace::llm {
namespace {

using namespace fakes::ollama;
using testing::HasSubstr;
using testing::StartsWith;

const StreamFormat kOllama = makeProtocol(Api::Ollama)->format();

StreamOutcome run(const std::string& bytes, ChatLimits limits = {}) {
    return runStream(bytes, 1u << 14, limits, {}, kOllama);
}

std::vector<Case> dialects() {
    const std::string plain = chatStream({"Grüße ", "你好"});
    const std::string x = textLine("x");
    std::string withoutEnd = plain;
    withoutEnd.pop_back();
    return {
        {"plain", plain, "Grüße 你好"},
        {"crlf", withCrlf(plain), "Grüße 你好"},
        {"byte order mark", "\xEF\xBB\xBF" + plain, "Grüße 你好"},
        {"no last line end", withoutEnd, "Grüße 你好"},
        {"empty lines", "\n\n" + x + "\n \r\n" + doneLine(), "x"},
        {"length", x + doneLine("length"), "x"},
        {"unknown reason", x + doneLine("unload"), "x"},
        {"no reason", x + line(R"("done":true)"), "x"},
        {"no done, but a reason", x + line(R"("done_reason":"stop")"), "x"},
        {"thinking", thinkingLine("hmm") + thinkingLine("so") + x + doneLine(), "x"},
        {"tool calls",
         line(R"("message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f",)"
              R"("arguments":{}}}]},"done":false)") +
             x + doneLine(),
         "x"},
        {"not streamed",
         line(R"("message":{"role":"assistant","content":"x"},"done_reason":"stop","done":true)"), "x"},
        {"character over lines", textLine("a\xE4\xBD") + textLine("\xA0z") + doneLine(), "a你z"},
        {"lone surrogate", textLine("a\\ud83d") + doneLine(), "a\uFFFD"},
    };
}

TEST(OllamaStream, EveryShapeCutAtEveryByte) {
    for (const Case& dialect : dialects()) expectTextHoweverCut(dialect, kOllama);
}

TEST(OllamaStream, ReadsTheCounts) {
    const StreamOutcome outcome = run(chatStream({"x"}));
    ASSERT_TRUE(outcome.reply.has_value());
    EXPECT_EQ(outcome.reply->promptTokens, 26);
    EXPECT_EQ(outcome.reply->completionTokens, 282);
}

TEST(OllamaStream, ErrorLinesAreReported) {
    const std::string error = "{\"error\":\"an error was \\u001b[31mencountered, sk-CANARY\"}\n";
    const StreamOutcome late = run(textLine("half") + error);
    EXPECT_EQ(late.text(), "half");
    EXPECT_EQ(late.error(), "http://h/v1: it reported an error: an error was encountered, [key]");
    const StreamOutcome first = run(error);
    ASSERT_FALSE(first.reply.has_value());
    EXPECT_THAT(first.error(), HasSubstr("encountered, [key]"));
}

TEST(OllamaStream, EndsThatAreNoneAreSaid) {
    const StreamOutcome half = run(textLine("half"));
    EXPECT_EQ(half.text(), "half");
    EXPECT_THAT(half.error(), HasSubstr("broke off"));
    const StreamOutcome torn = run(textLine("half") + R"({"model":"m","mess)");
    EXPECT_EQ(torn.text(), "half");
    EXPECT_THAT(torn.error(), HasSubstr("cannot be read"));
    EXPECT_THAT(run("Ollama is running").error(),
                StartsWith("http://h/v1: a part of its stream cannot be read"));
    EXPECT_THAT(run("data: {}\n\n").error(), HasSubstr("is it Ollama that listens there?"));
    EXPECT_THAT(run("<html>").error(), HasSubstr("web page"));
    EXPECT_THAT(run("").error(), HasSubstr("nothing at all"));
    EXPECT_THAT(run(doneLine("length")).error(), HasSubstr("1024 tokens of the answer were used up"));
}

TEST(OllamaStream, LinesAndTokensAreBounded) {
    const StreamOutcome line = run(textLine("x") + "{" + std::string(1u << 20, ' '));
    EXPECT_EQ(line.text(), "x");
    EXPECT_THAT(line.error(), HasSubstr("longer than 1048576 bytes"));
    const StreamOutcome deep = run(textLine("x") + std::string((1u << 20) - 6, '[') + "\n");
    EXPECT_EQ(deep.text(), "x");
    EXPECT_THAT(deep.error(), HasSubstr("nested too deeply"));
    std::string endless;
    for (int i = 0; i < 1000; ++i) endless += thinkingLine("hm ");
    EXPECT_THAT(run(endless, {.maxTokens = 10}).error(), HasSubstr("longer than the 10 tokens"));
}

TEST(OllamaStream, WrongTypesAreSkipped) {
    for (const char* odd : {R"({"message":5})", R"({"message":{"content":[1]}})", R"({"done":"true"})",
                            R"({"done_reason":7})", R"({"eval_count":"x","prompt_eval_count":-1})"}) {
        const auto piece = readOllamaLine({}, odd);
        ASSERT_TRUE(piece.has_value()) << odd;
        EXPECT_EQ(piece->text, "") << odd;
        EXPECT_FALSE(piece->error || piece->isEnd || piece->finishReason || piece->promptTokens) << odd;
    }
    EXPECT_FALSE(readOllamaLine({}, "[]").has_value());
}

TEST(OllamaStream, SeededNoiseGivesOneLineAndValidText) {
    expectOneLineAndValidText(chatStream({"Grüße ", "你好", "x"}), kOllama);
}

TEST(OllamaShow, FindsTheContextLength) {
    EXPECT_EQ(
        parseContextLength(R"({"model_info":{"general.architecture":"llama","llama.context_length":8192}})"),
        8192u);
    for (const char* none :
         {"", "[]", "{}", R"({"model_info":[]})", R"({"model_info":{"a.context_length":"8192"}})",
          R"({"model_info":{"a.context_length":0}})", R"({"model_info":{"a.context_length":1e300}})"})
        EXPECT_FALSE(parseContextLength(none).has_value()) << none;
}

}  // namespace
}  // namespace commonplace::llm
