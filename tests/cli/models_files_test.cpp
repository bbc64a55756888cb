// Model files on the command line: add, remove, use, pull; and the key file.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "tests/cli/run_program.h"
#include "tests/fakes/http_server.h"
#include "tests/fakes/openai_replies.h"
#include "tests/support/test_models.h"

namespace commonplace::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using Json = nlohmann::json;

class ModelFilesCliTest : public testing::Test, protected ProgramRunner {
  protected:
    Ran call(const std::vector<std::string>& arguments, const std::string& more = {}) const {
        return run(arguments, "XDG_DATA_HOME=" + quoted(path("data")) +
                                  " XDG_CACHE_HOME=" + quoted(path("cache")) + " " + more);
    }
    Json json(std::vector<std::string> arguments) const {
        arguments.push_back("--json");
        const Ran ran = call(arguments);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return Json::parse(ran.out, nullptr, false);
    }
    void expectError(const std::vector<std::string>& arguments, const std::string& part, int code = 1) const {
        const Ran ran = call(arguments);
        EXPECT_EQ(ran.code, code) << ran.err;
        EXPECT_THAT(ran.out, IsEmpty());
        EXPECT_EQ(lineCount(ran.err), 1u) << ran.err;
        EXPECT_THAT(ran.err, AllOf(StartsWith("commonplace: "), HasSubstr(part)));
    }
    std::string chatFile(const std::string& name = "chat.gguf") const {
        return folder().write(name, scriptModel({{{"", "A reply that is recited."}}})).native();
    }
    Json settings() const {
        return Json::parse(contentsOf(path("config/commonplace/settings.json")), nullptr, false);
    }
    void writeKeys(const Json& keys, mode_t mode = 0600) const {
        const auto file = folder().write("config/commonplace/keys.json", keys.dump());
        ::chmod(file.c_str(), mode);
    }
};

TEST_F(ModelFilesCliTest, AddListUseTestRemove) {
    const Json added = json({"models", "add", chatFile()})["models"][0];
    EXPECT_EQ(added["name"], "chat.gguf");
    EXPECT_EQ(added["path"], path("data/commonplace/models/chat.gguf"));
    EXPECT_EQ(added["kind"], "chat");
    EXPECT_EQ(added["architecture"], "llama");
    EXPECT_GT(added["context"], 0);
    EXPECT_EQ(added["linked"], false);
    EXPECT_EQ(json({"models", "use", "chat"})["model"], added["path"]);
    EXPECT_EQ(settings()["model"]["api"], "local");
    const Json list = json({"models", "list"});
    EXPECT_EQ(list["configured"]["model"], added["path"]);
    EXPECT_EQ(list["files"][0]["used_for"][0], "answers");
    const Json tested = json({"models", "test", "chat"});
    EXPECT_EQ(tested["api"], "local");
    EXPECT_EQ(tested["context"], added["context"]);
    EXPECT_GT(tested["first_token_ms"], 0);
    EXPECT_GT(tested["total_ms"], 0);
    expectError({"models", "remove", "chat"}, "is in use (answers)");
    EXPECT_GT(json({"models", "remove", "chat", "--force"})["freed_bytes"], 1000);
    EXPECT_FALSE(std::filesystem::exists(path("data/commonplace/models/chat.gguf")));
    EXPECT_EQ(settings()["model"]["model"], "");  // or every question would fail
    EXPECT_EQ(json({"models", "list"})["configured"], nullptr);
    expectError({"models", "use", "chat"}, "there is no model 'chat'");
    EXPECT_EQ(json({"models", "use", "none"})["model"], nullptr);
}

TEST_F(ModelFilesCliTest, AModelThatReadsTooLittleIsSaidWhenItIsChosen) {
    folder().write("little.gguf", randomChatModel({.window = 256}));
    const Ran little = call({"models", "use", path("little.gguf")});
    EXPECT_EQ(little.code, 0);
    EXPECT_THAT(little.err, HasSubstr("reads 256 tokens at once: too few"));
    EXPECT_THAT(call({"models", "use", chatFile()}).err, Not(HasSubstr("too few")));
}

TEST_F(ModelFilesCliTest, WhatIsNotThereIsNotCalledNoModel) {
    expectError({"models", "add", path("nowhere.gguf")}, "there is no file or folder");
    expectError({"models", "add", path("nowhere")}, "there is no file or folder");
}

TEST_F(ModelFilesCliTest, AFileNamedThroughALinkIsUnsetToo) {
    ASSERT_EQ(call({"models", "add", chatFile()}).code, 0);
    std::filesystem::create_directory_symlink(path("data/commonplace/models"), path("shortcut"));
    ASSERT_EQ(call({"models", "use", path("shortcut/chat.gguf")}).code, 0);
    EXPECT_EQ(json({"models", "remove", "chat", "--force"})["unset"][0], "answers");
    EXPECT_EQ(settings()["model"]["model"], "");
}

TEST_F(ModelFilesCliTest, WhatIsMissingIsSaidOfEveryModel) {
    folder().write("config/commonplace/settings.json",
                   Json{{"model",
                         {{"fallbacks", {{{"api", "local"}, {"model", path("away.gguf")}}}},
                          {"small", {{"api", "local"}, {"model", chatFile()}}}}}}
                       .dump());
    const Json list = json({"models", "list"});
    EXPECT_EQ(list["fallbacks"][0]["missing"], true);
    EXPECT_EQ(list["small"]["missing"], false);
    const std::string shown = call({"models", "list"}).out;
    EXPECT_THAT(shown, HasSubstr("away.gguf, which is missing"));
    EXPECT_THAT(shown, Not(HasSubstr("chat.gguf, which is missing")));
}

TEST_F(ModelFilesCliTest, ForPeople) {
    const Ran added = call({"models", "add", chatFile()});
    EXPECT_THAT(added.out, AllOf(HasSubstr("chat.gguf"), HasSubstr(" · chat · llama · "),
                                 HasSubstr("models use chat.gguf")));
    EXPECT_THAT(call({"models", "list"}).out, HasSubstr("Model files:"));
    EXPECT_THAT(call({"models", "remove", "chat"}).out, HasSubstr("are free again"));
    const Ran linked = call({"models", "add", chatFile(), "--link"});
    EXPECT_THAT(linked.out, HasSubstr("linked"));
    EXPECT_THAT(call({"models", "remove", "chat"}).out, HasSubstr("stays at"));
    EXPECT_TRUE(std::filesystem::exists(path("chat.gguf")));
}

TEST_F(ModelFilesCliTest, WhatIsGoneIsSaidToBeMissing) {
    ASSERT_EQ(call({"models", "use", chatFile()}).code, 0);
    std::filesystem::remove(path("chat.gguf"));
    EXPECT_THAT(call({"models", "list"}).out, HasSubstr("chat.gguf in this program, which is missing"));
    EXPECT_EQ(json({"models", "list"})["configured"]["missing"], true);
}

TEST_F(ModelFilesCliTest, NamesAreReadyForTheShell) {
    EXPECT_THAT(call({"models", "add", chatFile("my chat.gguf")}).out,
                HasSubstr("models use 'my chat.gguf'"));
    const Ran removed = call({"models", "remove", "my chat", "--force"});
    EXPECT_THAT(removed.out, Not(HasSubstr("no longer set")));
}

TEST_F(ModelFilesCliTest, EmbeddingSetKnowsTheNamesOfTheList) {
    folder().write("finder.gguf", randomEmbeddingModel());
    ASSERT_EQ(call({"models", "add", path("finder.gguf")}).code, 0);
    const Ran set = call({"models", "embedding", "set", "finder"});
    EXPECT_EQ(set.code, 0) << set.err;
    EXPECT_EQ(settings()["embedding"]["model"], path("data/commonplace/models/finder.gguf"));
    expectError({"models", "embedding", "set", "fnider"}, "did you mean 'finder.gguf'?");
}

TEST_F(ModelFilesCliTest, AFolderOfModels) {
    chatFile("many/one.gguf");
    folder().write("many/bad.gguf", "GGUF nonsense");
    const Ran ran = call({"models", "add", path("many"), "--json"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_EQ(Json::parse(ran.out)["models"].size(), 1u);
    EXPECT_THAT(ran.err, HasSubstr("bad.gguf"));
    std::filesystem::create_directory(path("empty"));
    expectError({"models", "add", path("empty")}, "there is no .gguf file");
}

TEST_F(ModelFilesCliTest, Downloads) {
    const std::string model = contentsOf(chatFile());
    const fakes::HttpServer server({fakes::reply("200 OK", model)});
    EXPECT_EQ(json({"models", "add", server.url() + "/x/loaded.gguf"})["models"][0]["name"], "loaded.gguf");
    expectError({"models", "add", server.url() + "/other.gguf", "--sha256", std::string(64, '0')},
                "nothing was kept");
    expectError({"models", "add", server.url() + "/page.html"}, "take the address of the download itself");
    expectError({"models", "add", path("chat.gguf"), "--sha256", std::string(64, '0')},
                "--sha256 is for downloads", 2);
    folder().write("config/commonplace/settings.json", R"({"network": {"offline": true}})");
    expectError({"models", "add", "http://192.0.2.1:9/m.gguf"}, "offline switch");
}

TEST_F(ModelFilesCliTest, TyposSuggest) {
    ASSERT_EQ(call({"models", "add", chatFile()}).code, 0);
    expectError({"models", "remove", "chta.gguf"}, "did you mean 'chat.gguf'?");
    expectError({"models", "use", "hcat"}, "did you mean 'chat.gguf'?");
    expectError({"models", "lst"}, "unknown command 'models lst', did you mean 'models list'?", 2);
    expectError({"models", "add"}, "SOURCE", 2);
    expectError({"models", "use", "x", "--for", "dinner"}, "--for", 2);
}

TEST_F(ModelFilesCliTest, UseNamesServers) {
    const Json chosen = json({"models", "use", "http://127.0.0.1:11434#small:1b"});
    EXPECT_EQ(chosen["api"], "ollama");
    EXPECT_EQ(chosen["model"], "small:1b");
    json({"models", "use", "http://127.0.0.1:8080/v1#tiny", "--for", "small"});
    EXPECT_EQ(settings()["model"]["api"], "ollama");
    EXPECT_EQ(settings()["model"]["small"]["model"], "tiny");
    const Ran remote = call({"models", "use", "https://api.example.com/v1#m", "--api", "anthropic"});
    EXPECT_THAT(remote.err, HasSubstr("are sent to https://api.example.com/v1"));
    EXPECT_EQ(settings()["model"]["api"], "anthropic");
    expectError({"models", "use", "https://"}, "cannot be used", 2);
}

TEST_F(ModelFilesCliTest, PullsThroughOllama) {
    const fakes::HttpServer server(
        {{fakes::send(fakes::streamHead() +
                      "{\"status\":\"pulling\",\"total\":10,\"completed\":10}\n{\"status\":\"success\"}\n")},
         fakes::reply("404 Not Found", R"({"error":"no"})")});
    EXPECT_EQ(json({"models", "pull", "small:1b", "--base-url", server.url()})["pulled"], "small:1b");
    expectError({"models", "pull", "small:1b", "--base-url", server.url()}, "404");
    expectError({"models", "pull", "x", "--base-url", "http://127.0.0.1:9"}, "connection refused");
}

// The canary: a key is sent to its server, and stands nowhere else.
TEST_F(ModelFilesCliTest, AKeyGoesToItsServerAndNowhereElse) {
    folder().write("docs/harbour.md", "# The harbour\n\nThe tide tables are kept in the lantern room.\n");
    ASSERT_EQ(call({"index", path("docs"), "--no-vectors"}).code, 0);
    const fakes::HttpServer server(
        {fakes::reply("404 No", "it counts no tokens"),
         {fakes::send(fakes::streamHead() + fakes::contentChunk("In the lantern room [1].") +
                      fakes::finishChunk() + fakes::doneEvent())},
         fakes::reply("401 No", "bad key sk-CANARY-1")});
    const fakes::HttpServer other({fakes::reply("401 No", "who are you?")});
    writeKeys({{server.url(), "sk-CANARY-1"}, {"https://api.example.com", "sk-CANARY-2"}});
    folder().write(
        "config/commonplace/settings.json",
        Json{{"model", {{"base_url", server.url() + "/v1"}, {"model", "m"}}}, {"trace", {{"content", true}}}}
            .dump());
    std::string said;
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"ask", "Where are the tide tables kept?", "--json"},
             {"models", "test"},
             {"models", "test", "--base-url", other.url() + "/v1", "--model", "m"},
             {"models", "list", "--json"},
             {"trace"},
             {"trace", "--otlp"},
             {"doctor"}}) {
        const Ran ran = call(words);
        said += ran.out + ran.err;
    }
    EXPECT_THAT(server.requests().at(0).head, HasSubstr("Bearer sk-CANARY-1"));
    for (const auto& request : other.requests()) EXPECT_THAT(request.head, Not(HasSubstr("CANARY")));
    EXPECT_THAT(said, Not(HasSubstr("CANARY")));
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder().path())) {
        if (!entry.is_regular_file() || entry.path().filename() == "keys.json") continue;
        EXPECT_THAT(contentsOf(entry.path()), Not(HasSubstr("CANARY"))) << entry.path();
    }
}

TEST_F(ModelFilesCliTest, AKeyFileThatIsOpenToOthersIsRefused) {
    const fakes::HttpServer server({fakes::modelList("m")});
    writeKeys({{server.url(), "sk-CANARY"}}, 0644);
    const Ran ran = call({"models", "test", "--base-url", server.url() + "/v1", "--model", "m"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_EQ(lineCount(ran.err), 1u);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("chmod 600"), Not(HasSubstr("CANARY"))));
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(ModelFilesCliTest, AKeyIsInNoProcessList) {
    const fakes::HttpServer server({{fakes::stall()}});
    writeKeys({{server.url(), "sk-CANARY"}});
    std::string seen;
    {
        const std::jthread runner([&] {
            (void)call({"models", "test", "--base-url", server.url() + "/v1", "--model", "m"}, "timeout 20");
        });
        while (server.requests().empty()) std::this_thread::yield();  // now it runs, and has read the key
        std::vector<std::string> ours;
        for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
            const std::string words = contentsOf(entry.path() / "cmdline");
            if (words.find(server.url()) == std::string::npos) continue;
            ours.push_back(entry.path().filename());
            seen += words;
        }
        for (const std::string& id : ours) ::kill(std::atoi(id.c_str()), SIGTERM);
    }
    EXPECT_THAT(server.requests().at(0).head, HasSubstr("sk-CANARY"));
    EXPECT_THAT(seen, AllOf(HasSubstr(server.url()), Not(HasSubstr("CANARY"))));
}

}  // namespace
}  // namespace commonplace::test
