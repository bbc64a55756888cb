// Models on the command line: the protocols of `ask`, and `models list` and `models test`.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/cli/run_program.h"
#include "tests/fakes/anthropic_replies.h"
#include "tests/fakes/http_server.h"
#include "tests/fakes/ollama_replies.h"
#include "tests/fakes/openai_replies.h"

namespace commonplace::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using Json = nlohmann::json;
namespace anthropic = fakes::anthropic;
namespace ollama = fakes::ollama;

constexpr const char* kQuestion = "Where are the tide tables kept?";
constexpr const char* kAnswer = "They are in the lantern room [1].";

class ModelsCliTest : public testing::Test, protected ProgramRunner {
  protected:
    void addNotes() {
        folder().write("docs/harbour.md", "# The harbour\n\nThe tide tables are kept in the lantern room.\n");
        ASSERT_EQ(run({"index", path("docs"), "--no-vectors"}).code, 0);
    }
    void writeSettings(const Json& model) {
        folder().write("config/commonplace/settings.json", Json{{"model", model}}.dump());
    }
    Json askJson(const std::string& url, const std::vector<std::string>& more) {
        std::vector<std::string> all{"ask", kQuestion, "--json", "--base-url", url};
        all.insert(all.end(), more.begin(), more.end());
        const Ran ran = run(all, "COMMONPLACE_API_KEY=sk-CANARY");
        EXPECT_EQ(ran.code, 0) << ran.err;
        EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("CANARY")));
        return Json::parse(ran.out, nullptr, false);
    }
};

void expectOneLine(const Ran& ran, int code, const std::string& part) {
    EXPECT_EQ(ran.code, code) << ran.err;
    EXPECT_THAT(ran.out, IsEmpty());
    EXPECT_EQ(lineCount(ran.err), 1u) << ran.err;
    EXPECT_THAT(ran.err, AllOf(StartsWith("commonplace: "), HasSubstr(part), Not(HasSubstr("CANARY"))));
}

TEST_F(ModelsCliTest, OfflineKeepsEverythingHere) {
    const std::string elsewhere = "http://192.0.2.1:9/v1";  // a documentation address
    expectOneLine(run({"models", "test", "--offline", "--base-url", elsewhere, "--model", "m"}), 1,
                  "offline switch");
    folder().write("config/commonplace/settings.json", R"({"network": {"offline": true}})");
    expectOneLine(run({"models", "test", "--base-url", elsewhere, "--model", "m"}), 1, "offline switch");
    addNotes();
    const Ran asked = run({"ask", kQuestion, "--base-url", elsewhere, "--model", "m"});
    EXPECT_EQ(asked.code, 1);
    EXPECT_THAT(asked.err, HasSubstr("offline switch"));
    const fakes::HttpServer server({anthropic::chatReply({kAnswer})});
    EXPECT_EQ(askJson(server.url(), {"--api", "anthropic", "--model", "m", "--offline"})["mode"],
              "generative");
}

TEST_F(ModelsCliTest, ASlipInASafetySwitchKeepsEverythingHere) {
    addNotes();
    folder().write("config/commonplace/settings.json", R"({"network": {"offlne": true}})");
    const std::string elsewhere = "http://192.0.2.1:9/v1";
    const Ran ran = run({"ask", kQuestion, "--base-url", elsewhere, "--model", "m"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("did you mean network.offline?; until that is mended nothing goes"),
                               HasSubstr("offline switch"), Not(HasSubstr("go to"))));
    folder().write("config/commonplace/settings.json", "{}");
    expectOneLine(run({"ask", kQuestion, "--preview", "--offline", "--base-url", elsewhere, "--model", "m"}),
                  1, "offline switch");
}

TEST_F(ModelsCliTest, WhatGoesElsewhereIsSaid) {
    addNotes();
    const Ran ran = run({"ask", kQuestion, "--base-url", "http://models.invalid/v1", "--model", "m"});
    EXPECT_THAT(ran.err, HasSubstr("the question and 1 passage go to models.invalid"));
    const fakes::HttpServer server({anthropic::chatReply({kAnswer})});
    const Ran here =
        run({"ask", kQuestion, "--api", "anthropic", "--base-url", server.url(), "--model", "m"});
    EXPECT_EQ(here.code, 0);
    EXPECT_THAT(here.err, Not(HasSubstr("go to")));
}

TEST_F(ModelsCliTest, AskSpeaksAnthropic) {
    addNotes();
    const fakes::HttpServer server(
        {fakes::reply("404 No", "it tells no window"), anthropic::chatReply({kAnswer})});
    const Json answer = askJson(server.url(), {"--api", "anthropic", "--model", "m"});
    EXPECT_EQ(answer["mode"], "generative");
    EXPECT_EQ(answer["model"], "m");
    EXPECT_EQ(answer["usage"]["prompt_tokens"], 25);
    EXPECT_THAT(answer["answer"].get<std::string>(), HasSubstr("lantern room"));
    const fakes::RecordedRequest seen = server.requests().at(1);
    EXPECT_THAT(seen.head, AllOf(StartsWith("POST /v1/messages "), HasSubstr("x-api-key: sk-CANARY")));
    const Json body = Json::parse(seen.body);
    EXPECT_EQ(body["system"].back()["cache_control"]["type"], "ephemeral");
    EXPECT_GT(body["max_tokens"], 0);
    EXPECT_THAT(body["messages"].back()["content"].dump(), HasSubstr("lantern room"));
}

TEST_F(ModelsCliTest, AskSpeaksOllama) {
    addNotes();
    const fakes::HttpServer server({ollama::modelList(), ollama::chatReply({kAnswer})});
    const Json answer = askJson(server.url(), {"--api", "ollama"});
    EXPECT_EQ(answer["model"], "small:1b");
    EXPECT_EQ(answer["usage"]["completion_tokens"], 282);
    const Json body = Json::parse(server.requests().at(1).body);
    EXPECT_EQ(body["options"]["num_ctx"], 8192);
    EXPECT_EQ(body["truncate"], false);
}

TEST_F(ModelsCliTest, TheSettingsNameTheProtocolAndACallOverrulesIt) {
    addNotes();
    writeSettings({{"api", "ollama"}, {"base_url", "http://127.0.0.1:9"}, {"model", "m"}});
    const fakes::HttpServer server({ollama::chatReply({kAnswer})});
    askJson(server.url(), {"--model", "m"});
    EXPECT_THAT(server.requests().at(0).head, StartsWith("POST /api/chat "));
    const fakes::HttpServer other({fakes::chatReply({kAnswer})});
    askJson(other.url() + "/v1", {"--api", "openai", "--model", "m"});
    EXPECT_THAT(other.requests().back().head, StartsWith("POST /v1/chat/completions "));
    writeSettings({{"api", "gopher"}, {"base_url", "http://127.0.0.1:9"}});
    expectOneLine(run({"ask", kQuestion}), 1, "openai, anthropic or ollama");
}

TEST_F(ModelsCliTest, WrongProtocolsAreUsageErrors) {
    expectOneLine(run({"ask", "x", "--api", "gopher"}), 2, "--api");
    expectOneLine(run({"ask", "x", "--api", "ollama"}), 2, "--api needs an endpoint: add --base-url URL");
    expectOneLine(run({"models"}), 2, "it needs one of: list, test");
    expectOneLine(run({"models", "lst"}), 2, "did you mean 'models list'?");
}

TEST_F(ModelsCliTest, AModelThatIsNotPulledIsToBeFetched) {
    addNotes();
    const fakes::HttpServer server({fakes::reply("404 Not Found", R"({"error":"model 'm' not found"})")});
    expectOneLine(run({"ask", kQuestion, "--api", "ollama", "--base-url", server.url(), "--model", "m"}), 1,
                  "ollama pull m");
}

TEST_F(ModelsCliTest, ListShowsTheSettingsAndWhatListens) {
    const Ran none = run({"models", "list", "--json"});
    ASSERT_EQ(none.code, 0) << none.err;
    const Json nothing = Json::parse(none.out);
    EXPECT_TRUE(nothing["configured"].is_null());
    EXPECT_TRUE(nothing["local"].is_array());
    writeSettings({{"api", "anthropic"}, {"base_url", "https://models.example"}, {"model", "m"}});
    const Ran ran = run({"models", "list", "--json"}, "COMMONPLACE_API_KEY=sk-CANARY");
    EXPECT_THAT(ran.out, Not(HasSubstr("CANARY")));
    const Json configured = Json::parse(ran.out)["configured"];
    EXPECT_EQ(
        configured,
        (Json{
            {"api", "anthropic"}, {"base_url", "https://models.example"}, {"model", "m"}, {"window", 8192}}));
    EXPECT_THAT(run({"models", "list"}).out,
                HasSubstr("Answers are written by anthropic · https://models.example · m"));
}

TEST_F(ModelsCliTest, ListAsksTheSettingsOwnServer) {
    const fakes::HttpServer server({fakes::modelList("mine")});
    writeSettings({{"base_url", server.url() + "/v1"}, {"model", "mine"}});
    const Ran ran = run({"models", "list"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.out, HasSubstr(server.url() + "/v1 (openai)\n    mine"));
}

TEST_F(ModelsCliTest, DoctorListsAddressesThatCannotBeUsed) {
    writeSettings({{"base_url", "127.0.0.1:8191"}, {"model", "m"}});
    const Ran ran = run({"doctor", "--json"});
    EXPECT_EQ(ran.code, 1);
    const Json report = Json::parse(ran.out, nullptr, false);
    EXPECT_THAT(report["settings_problems"][0].get<std::string>(), StartsWith("model.base_url: "));
    EXPECT_EQ(report["sound"], false);
    EXPECT_THAT(run({"doctor"}).out, HasSubstr("model.base_url: "));
}

TEST_F(ModelsCliTest, TestMeasures) {
    const fakes::HttpServer server({fakes::modelList("first"),
                                    fakes::modelList("first"),
                                    {fakes::send(fakes::streamHead() + fakes::contentChunk("one ")),
                                     fakes::pause(std::chrono::milliseconds(60)),
                                     fakes::send(fakes::contentChunk("two") + fakes::finishChunk() +
                                                 fakes::usageChunk(12, 2) + fakes::doneEvent())}});
    const Ran ran = run({"models", "test", "--base-url", server.url() + "/v1", "--json"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    const Json test = Json::parse(ran.out);
    EXPECT_EQ(test["model"], "first");
    EXPECT_EQ(test["api"], "openai");
    EXPECT_EQ(test["answer"], "one two");
    EXPECT_EQ(test["completion_tokens"], 2);
    EXPECT_GT(test["latency_ms"], 0);
    EXPECT_GT(test["first_token_ms"], 0);
    EXPECT_GE(test["total_ms"].get<double>(), test["first_token_ms"].get<double>() + 50);
    EXPECT_GT(test["tokens_per_second"], 0);
    EXPECT_LT(test["tokens_per_second"], 20);
    EXPECT_TRUE(test["context"].is_null());
    EXPECT_TRUE(test["error"].is_null());
    EXPECT_THAT(Json::parse(server.requests().at(2).body)["max_tokens"], 64);
}

TEST_F(ModelsCliTest, TestWarnsOfAModelThatReadsTooLittle) {
    const fakes::HttpServer server({ollama::modelList(), ollama::chatReply({"one"}),
                                    fakes::ok(R"({"model_info":{"llama.context_length":512}})")});
    const Ran ran =
        run({"models", "test", "--api", "ollama", "--base-url", server.url(), "--model", "small:1b"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.out, AllOf(HasSubstr("ollama"), HasSubstr("small:1b"), HasSubstr("tokens/s"),
                               HasSubstr("It can read 512 tokens")));
    EXPECT_THAT(ran.err, HasSubstr("reads 512 tokens at once: too few"));
    EXPECT_EQ(lineCount(ran.err), 1u);
}

TEST_F(ModelsCliTest, TestSaysWhyThereIsNoAnswer) {
    expectOneLine(run({"models", "test"}), 1, "no model is named: add --base-url URL");
    expectOneLine(run({"models", "test", "--base-url", "http://127.0.0.1:9/v1", "--model", "m"}), 1,
                  "connection refused");
    const fakes::HttpServer locked({fakes::reply("401 No", "bad key sk-CANARY")});
    expectOneLine(run({"models", "test", "--base-url", locked.url(), "--model", "m", "--api", "anthropic"},
                      "COMMONPLACE_API_KEY=sk-CANARY"),
                  1, "check the key");
    const fakes::HttpServer broken(
        {fakes::modelList("m"), {fakes::send(fakes::streamHead() + fakes::contentChunk("half"))}});
    const Ran ran = run({"models", "test", "--base-url", broken.url(), "--model", "m", "--json"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_EQ(Json::parse(ran.out)["answer"], "half");
    EXPECT_THAT(Json::parse(ran.out)["error"].get<std::string>(), HasSubstr("broke off"));
}

}  // namespace
}  // namespace commonplace::test
