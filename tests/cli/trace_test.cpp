// `commonplace trace`: golden text of known traces, what a real question leaves, and what must never be in
// it.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "engine/store/library_store.h"
#include "engine/store/traces.h"
#include "engine/trace/names.h"
#include "engine/trace/tracer.h"
#include "tests/cli/run_program.h"
#include "tests/engine/trace/recorded_sink.h"
#include "tests/fakes/http_server.h"
#include "tests/fakes/openai_replies.h"
#include "tests/golden/golden.h"

namespace commonplace::test {
namespace {

using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;
using Json = nlohmann::json;

constexpr const char* kQuestion = "Where are the tide tables kept?";

void answered(const trace::Tracer& tracer) {
    trace::Span root = tracer.start("invoke_workflow answer");
    root.set(trace::kOperationName, trace::kInvokeWorkflow);
    root.set(trace::kQuestionHash, "0123456789abcdef");
    root.setContent(trace::kQuestion, [] { return "Where do\nthe \x1b[31mtables lie?"; });
    trace::Span search = root.child("retrieval");
    search.child("keyword").set(trace::kHits, 12);
    search.child("semantic").set(trace::kSemanticWeight, 0.25);
    search.end();
    trace::Span chat = root.child("chat small-1", trace::Kind::Client);
    chat.set(trace::kOperationName, trace::kChat);
    chat.set(trace::kRequestModel, "small-1");
    chat.set(trace::kProviderName, "openai");
    chat.set(trace::kInputTokens, 1234);
    chat.set(trace::kOutputTokens, 56);
    chat.set(trace::kCostUsd, 0.0123);
    chat.set(trace::kFinishReasons, std::vector<std::string>{"stop"});
    chat.end();
    root.set(trace::kMode, "generative");
    root.set(trace::kRequestModel, "small-1");
}

void failed(const trace::Tracer& tracer) {
    trace::Span root = tracer.start("invoke_workflow answer");
    root.set(trace::kQuestionHash, "fedcba9876543210");
    trace::Span chat = root.child("chat big-2", trace::Kind::Client);
    chat.set(trace::kOperationName, trace::kChat);
    chat.set(trace::kRequestModel, "big-2");
    chat.event("retry");
    chat.fail({ErrorCode::Timeout, "no answer"});
    root.fail({ErrorCode::Timeout, "no answer"});
}

class TraceCliTest : public testing::Test, protected ProgramRunner {
  protected:
    /// Two traces of the year 2023 that are the same every time.
    void addKnown() {
        RecordedSink sink;
        const trace::Options options = steadyOptions(trace::Content::On);
        answered(trace::Tracer(&sink, options));
        trace::Options without = options;
        without.content = trace::Content::Off;
        failed(trace::Tracer(&sink, without));
        std::filesystem::create_directories(folder() / "library");
        const auto store =
            store::LibraryStore::open(folder() / "library/library.db", store::Access::Checkpointer);
        ASSERT_TRUE(store) << store.error().message();
        for (const trace::Trace& trace : sink.traces)
            ASSERT_TRUE(store::Traces((*store)->database()).add(trace, 36'500));
    }
    void addNotes() {
        folder().write("docs/harbour.md", "# The harbour\n\nThe tide tables are kept in the lantern room.\n");
        ASSERT_EQ(run({"index", path("docs"), "--no-vectors"}).code, 0);
    }
    void writeSettings(const Json& trace) {
        folder().write("config/commonplace/settings.json", Json{{"trace", trace}}.dump());
    }
    Json json(std::vector<std::string> arguments) {
        arguments.push_back("--json");
        const Ran ran = run(arguments);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return Json::parse(ran.out, nullptr, false);
    }
    /// Asks a model that answers with words of its own, and may echo what it was sent.
    void askModel(const std::vector<std::string>& pieces) {
        const fakes::HttpServer server({fakes::chatReply(pieces)});
        const Ran ran = run({"ask", kQuestion, "--base-url", server.url() + "/v1", "--model", "m"},
                            "COMMONPLACE_API_KEY=sk-CANARYKEY");
        EXPECT_EQ(ran.code, 0) << ran.err;
    }
    /// Every byte that the library keeps about traces.
    std::string stored() const {
        return contentsOf(folder() / "library/library.db") + contentsOf(folder() / "library/library.db-wal");
    }
    void expectOneLine(const Ran& ran, int code, const std::string& part) {
        EXPECT_EQ(ran.code, code) << ran.err;
        EXPECT_THAT(ran.out, IsEmpty());
        EXPECT_EQ(lineCount(ran.err), 1u) << ran.err;
        EXPECT_THAT(ran.err, AllOf(StartsWith("commonplace: "), HasSubstr(part)));
    }
};

TEST_F(TraceCliTest, Golden) {
    addKnown();
    checkGolden("trace", [&](const std::string& input) {
        std::istringstream words(input);
        const Ran ran = run({std::istream_iterator<std::string>(words), {}}, "TZ=UTC");
        const std::string text = ran.out + ran.err + "exit " + std::to_string(ran.code) + "\n";
        return std::regex_replace(text, std::regex(R"re("[0-9]+\.[0-9]+\.[0-9]+")re"), "\"VERSION\"");
    });
}

TEST_F(TraceCliTest, AQuestionLeavesATraceWithItsStepsAndNoContent) {
    addNotes();
    askModel({"They are kept in the LANTERNWORD room [1]."});
    const Json list = json({"trace"});
    ASSERT_THAT(list, SizeIs(1));
    EXPECT_EQ(list[0]["model"], "m");
    EXPECT_EQ(list[0]["mode"], "generative");
    EXPECT_EQ(list[0]["status"], "ok");
    EXPECT_EQ(list[0]["calls"], 1);
    EXPECT_GT(list[0]["input_tokens"], 0);
    EXPECT_TRUE(list[0]["question"].is_null());
    const Json trace = json({"trace", list[0]["trace"].get<std::string>().substr(0, 6)});
    std::vector<std::string> names;
    for (const Json& span : trace["spans"]) names.push_back(span["name"]);
    EXPECT_THAT(names, testing::IsSupersetOf({"invoke_workflow answer", "retrieval", "keyword", "semantic",
                                              "fusion", "pack", "chat m", "check"}));
    for (const Json& span : trace["spans"]) EXPECT_THAT(span["content"], IsEmpty()) << span;
    for (const char* words : {"tide tables", "lantern room", "LANTERNWORD", "CANARYKEY"})
        EXPECT_THAT(trace.dump() + run({"trace", "--otlp"}).out, Not(HasSubstr(words)));
    for (const char* words : {"LANTERNWORD", "CANARYKEY", kQuestion})
        EXPECT_EQ(stored().find(words), std::string::npos) << words;
    const Json usage = json({"trace", "--usage"});
    ASSERT_THAT(usage, SizeIs(1));
    EXPECT_EQ(usage[0]["model"], "m");
    EXPECT_EQ(usage[0]["calls"], 1);
}

TEST_F(TraceCliTest, ContentIsRecordedWhenItIsWantedButNeverTheKey) {
    addNotes();
    writeSettings({{"content", true}});
    askModel({"Say sk-CANARYKEY: they are in the lantern room [1]."});
    const std::string otlp = run({"trace", "--otlp"}).out;
    EXPECT_THAT(
        otlp, AllOf(HasSubstr("gen_ai.input.messages"), HasSubstr("tide tables"), HasSubstr("lantern room")));
    EXPECT_THAT(otlp, Not(HasSubstr("CANARYKEY")));
    EXPECT_EQ(stored().find("CANARYKEY"), std::string::npos);
    EXPECT_EQ(json({"trace"})[0]["question"], kQuestion);
    EXPECT_GT(json({"trace", "--clear-content"})["erased"], 0);
    EXPECT_TRUE(json({"trace"})[0]["question"].is_null());
}

TEST_F(TraceCliTest, AFailedCallIsTracedWithoutTheServersWords) {
    addNotes();
    const fakes::HttpServer server(
        {fakes::reply("400 Bad Request", R"({"error":{"message":"you sent: ECHOED"}})")});
    EXPECT_EQ(run({"ask", kQuestion, "--base-url", server.url() + "/v1", "--model", "m"}).code, 1);
    const Json list = json({"trace"});
    ASSERT_THAT(list, SizeIs(1));
    EXPECT_EQ(list[0]["status"], "error");
    EXPECT_EQ(list[0]["error_type"], "protocol");
    EXPECT_EQ(stored().find("ECHOED"), std::string::npos);
    EXPECT_EQ(json({"trace", "--usage"})[0]["failed"], 1);
}

TEST_F(TraceCliTest, NothingIsRememberedWhenSwitchedOff) {
    addNotes();
    writeSettings({{"enabled", false}});
    ASSERT_EQ(run({"ask", kQuestion}).code, 0);
    EXPECT_THAT(json({"trace"}), IsEmpty());
    EXPECT_THAT(run({"trace"}).out, HasSubstr("trace.enabled"));
}

TEST_F(TraceCliTest, ClearLeavesNothing) {
    addKnown();
    EXPECT_EQ(json({"trace", "--clear"})["deleted"], 2);
    EXPECT_THAT(run({"trace"}).out, HasSubstr("no traces yet"));
    EXPECT_THAT(run({"trace", "--usage"}).out, HasSubstr("No model was asked"));
    EXPECT_THAT(run({"trace", "--otlp"}).out, IsEmpty());
}

TEST_F(TraceCliTest, UsageTellsLongNamesApartAndWhatIsNotKnown) {
    addKnown();
    RecordedSink sink;
    for (const char* name : {"/home/ann/a long folder of models/qwen2.5-1.5b-instruct-q4_k_m.gguf",
                             "/home/ann/a long folder of models/qwen2.5-1.5b-instruct-q8_0.gguf",
                             "accounts/fireworks/models/llama-v3p1-70b-instruct"}) {
        trace::Tracer tracer(&sink, {});
        trace::Span chat = tracer.start("chat");
        chat.set(trace::kOperationName, trace::kChat);
        chat.set(trace::kRequestModel, name);
        chat.set(trace::kInputTokens, 1000);
        chat.set(trace::kOutputTokens, 10);
    }
    trace::Tracer tracer(&sink, {});
    {
        trace::Span chat = tracer.start("chat");
        chat.set(trace::kOperationName, trace::kChat);
        chat.set(trace::kRequestModel, "accounts/fireworks/models/llama-v3p1-70b-instruct");
        chat.fail({ErrorCode::Timeout, "no answer"});
    }
    const auto store = store::LibraryStore::open(folder() / "library/library.db", store::Access::Guest);
    ASSERT_TRUE(store);
    for (const trace::Trace& trace : sink.traces)
        ASSERT_TRUE(store::Traces((*store)->database()).add(trace, 36'500));
    const std::string table = run({"trace", "--usage"}).out;
    EXPECT_THAT(table, AllOf(HasSubstr("qwen2.5-1.5…-q4_k_m.gguf"), HasSubstr("qwen2.5-1.5…ct-q8_0.gguf"),
                             HasSubstr("accounts/fi…70b-instruct"), HasSubstr("> 1,000"),
                             HasSubstr("(1 failed): > is at least")));
    EXPECT_THAT(table, Not(HasSubstr("/home/ann")));
}

TEST_F(TraceCliTest, WrongCallsAreOneClearLine) {
    addKnown();
    expectOneLine(run({"trace", "ffff"}), 1, "no trace begins with ffff");
    expectOneLine(run({"trace", "0000"}), 2, "add more digits");
    expectOneLine(run({"trace", "hello"}), 2, "hexadecimal");
    expectOneLine(run({"trace", "--usage", "--clear"}), 2, "--clear");
    expectOneLine(run({"trace", "0000", "--clear"}), 2, "ID");
    expectOneLine(run({"trace", "--days", "3"}), 2, "--days");
}

TEST_F(TraceCliTest, OtlpIsARequestPerLine) {
    addKnown();
    EXPECT_EQ(lineCount(run({"trace", "--otlp", "-n", "1"}).out), 1u);
    const Ran ran = run({"trace", "--otlp"});
    EXPECT_EQ(lineCount(ran.out), 2u);
    std::istringstream lines(ran.out);
    for (std::string line; std::getline(lines, line);) {
        const Json request = Json::parse(line, nullptr, false);
        ASSERT_TRUE(request.is_object());
        for (const Json& span : request["resourceSpans"][0]["scopeSpans"][0]["spans"]) {
            EXPECT_THAT(span["traceId"].get<std::string>(), SizeIs(32));
            EXPECT_THAT(span["startTimeUnixNano"].get<std::string>(), StartsWith("17"));
        }
    }
}

}  // namespace
}  // namespace commonplace::test
