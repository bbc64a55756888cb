// What a stranger types wrong: one line, exit code 2, and where to read on.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/cli/run_program.h"
#include "tests/fakes/http_server.h"
#include "tests/fakes/openai_replies.h"

namespace commonplace::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using Json = nlohmann::json;

class UsageTest : public testing::Test, protected ProgramRunner {
  protected:
    void expectLine(const std::vector<std::string>& arguments, const std::string& part, int code = 2) const {
        const Ran ran = run(arguments, "XDG_DATA_HOME=" + quoted(path("data")));
        EXPECT_EQ(ran.code, code) << ran.err;
        EXPECT_THAT(ran.out, IsEmpty());
        EXPECT_EQ(lineCount(ran.err), 1u) << ran.err;
        EXPECT_THAT(ran.err, AllOf(StartsWith("commonplace: "), HasSubstr(part)));
    }
    void writeSettings(const std::string& text) const {
        folder().write("config/commonplace/settings.json", text);
    }
};

TEST_F(UsageTest, ErrorsPointToTheHelpOfTheirCommand) {
    expectLine({"search", "x", "--mode", "psychic"}, "see 'commonplace search --help'");
    expectLine({"search"}, "QUERY is required; see 'commonplace search --help'");
    expectLine({"models", "use"}, "see 'commonplace models use --help'");
    expectLine({"status", "now"}, "'now' is one argument too many; see 'commonplace status --help'");
    expectLine({"search", "two", "words"}, "put the query into quotation marks");
    expectLine({"models"}, "it needs one of: list, test, add");
    expectLine({"search", "x", "-k"}, "-k needs a value; see");
    expectLine({"--frobnicate"}, "unknown option '--frobnicate'; see 'commonplace --help'");
}

TEST_F(UsageTest, MistypedNamesAreGuessed) {
    expectLine({"status", "--jsn"}, "unknown option '--jsn', did you mean '--json'?");
    expectLine({"ask", "x", "--modle", "y"}, "did you mean '--model'? see 'commonplace ask --help'");
    expectLine({"ask", "x", "--base-ulr=http://x"}, "did you mean '--base-url'?");
    expectLine({"models", "list", "-k"}, "unknown option '-k'; see 'commonplace models list --help'");
    expectLine({"aks", "x"}, "did you mean 'ask'?");
    expectLine({"statsu"}, "did you mean 'status'?");
    expectLine({"models", "embeding"}, "did you mean 'models embedding'?");
    expectLine({"models", "embedding", "udno"}, "did you mean 'models embedding undo'?");
}

TEST_F(UsageTest, AQueryThatBeginsWithAMinusIsToldTheDashes) {
    expectLine({"search", "-ext:md"}, "commonplace search -- '-ext:md'");
    expectLine({"ask", "-what is it?"}, "commonplace ask -- '-what is it?'");
}

TEST_F(UsageTest, WrongValuesAreUsageErrors) {
    expectLine({"search", "x", "-k", "0"}, "-k");
    expectLine({"search", "x", "-k", "many"}, "-k");
    expectLine({"search", " "}, "it is empty");
    expectLine({"ask", ""}, "it is empty");
    expectLine({"search", "--", "-tide"}, "add a word");
    expectLine({"ask", "x", "--base-url", "ftp://x", "--model", "m"}, "--base-url");
    expectLine({"ask", "x", "--model", "m"}, "--base-url");
    expectLine({"ask", "x", "--api", "openai"}, "--base-url");
    expectLine({"ask", "x", "--api", "local"}, "--model FILE.gguf");
    expectLine({"models", "use", "https://"}, "cannot be used");
    expectLine({"models", "add", "http://127.0.0.1:9/m.gguf", "--sha256", "12"}, "64 digits");
    expectLine({"trace", "zzz"}, "hexadecimal");
    expectLine({"index", "--watch=3"}, "--watch takes no value");
    expectLine({"ask", "--", "-tide"}, "add a word");
    expectLine({"index", ""}, "it is empty");
    expectLine({"ask", "x", "--search-for", ""}, "it is empty");
    expectLine({"ask", "x", "--after", " "}, "it is empty");
    expectLine({"models", "add", "ftp://example.org/m.gguf"}, "http:// and https:// addresses only");
    expectLine({"index", path("nowhere")}, "nowhere", 1);
    expectLine({"forget"}, "PATH");
    expectLine({"forget", "x", "--undo", "--purge"}, "--undo");
}

TEST_F(UsageTest, AddressesAreSpelledOut) {
    expectLine({"ask", "x", "--base-url", "localhost:8080"}, "write http://localhost:8080/v1");
    expectLine({"models", "use", "localhost:11434#m"}, "write http://localhost:11434");
    expectLine({"models", "test", "--base-url", "api.example.org/v1"}, "write https://api.example.org/v1");
    expectLine({"models", "embedding", "set", "127.0.0.1:8080/v1#e5"}, "write http://127.0.0.1:8080/v1#e5");
    expectLine({"models", "use", "api.example.org/v1#m"}, "write https://api.example.org/v1#m");
    expectLine({"models", "use", "localhost:8080#m"}, "write http://localhost:8080/v1#m");
    expectLine({"models", "pull", "m", "--base-url", "localhost:11434"}, "write http://localhost:11434");
}

TEST_F(UsageTest, WhatTheSettingsSayWrongIsNoUsageError) {
    writeSettings(R"({"model": {"api": "gopher", "base_url": "http://127.0.0.1:9", "model": "m"}})");
    expectLine({"models", "test"}, "openai, anthropic or ollama", 1);
    expectLine({"models", "test", "--base-url", "http://127.0.0.1:9/x", "--model", "m"}, "model.api", 1);
    expectLine({"ask", "x", "--base-url", "http://127.0.0.1:9/x", "--model", "m"}, "model.api", 1);
    expectLine({"models", "test", "--api", "gopher"}, "--api");
    writeSettings(R"({"model": {"base_url": "ftp://x", "model": "m"}})");
    expectLine({"models", "test"}, "cannot be used", 1);
    expectLine({"ask", "x"}, "cannot be used", 1);
    writeSettings(R"({"embedding": {"source": "openai", "base_url": "ftp://x", "model": "m"}})");
    expectLine({"models", "embedding", "set"}, "cannot be used", 1);
}

TEST_F(UsageTest, AModelWithANumberIsNoAddress) {
    expectLine({"models", "use", "llama3.2:1"}, "there is no model 'llama3.2:1'", 1);
    expectLine({"models", "use", "api.example.org:8080#m"}, "write https://api.example.org:8080/v1#m");
    expectLine({"models", "use", "10.0.0.2:9#m"}, "10.0.0.2:9/v1#m");
}

TEST_F(UsageTest, UnknownSettingsAreToldOnceAndKept) {
    writeSettings(R"({"serach": {}, "search": {"default_results": 3}, "trace": {"kep_days": 1}})");
    const Ran status = run({"status", "--json"});
    EXPECT_EQ(status.code, 0);
    EXPECT_EQ(lineCount(status.err), 1u) << status.err;
    EXPECT_THAT(status.err, AllOf(HasSubstr("serach, did you mean search?"), HasSubstr("1 more")));
    const Ran doctor = run({"doctor", "--json"});
    EXPECT_EQ(doctor.code, 0) << doctor.out;
    EXPECT_THAT(doctor.err, IsEmpty());
    const Json unknown = Json::parse(doctor.out)["unknown_settings"];
    ASSERT_EQ(unknown.size(), 2u);
    EXPECT_EQ(unknown[1]["meant"], "trace.keep_days");
    EXPECT_THAT(run({"doctor"}).out, HasSubstr("unknown setting: serach"));
    EXPECT_EQ(run({"models", "use", "http://127.0.0.1:9/v1#m"}).code, 0);
    EXPECT_THAT(contentsOf(path("config/commonplace/settings.json")), HasSubstr("serach"));
}

TEST_F(UsageTest, TheModelOfTheSettingsIsNotThatOfAnotherEndpoint) {
    folder().write("docs/harbour.md", "# The harbour\n\nThe tide tables are kept in the lantern room.\n");
    ASSERT_EQ(run({"index", path("docs"), "--no-vectors"}).code, 0);
    writeSettings(R"({"model": {"api": "ollama", "base_url": "http://127.0.0.1:9", "model": "mine"}})");
    const fakes::Script none = fakes::reply("404 No", "no such page");  // about its window, and its tokens
    const fakes::HttpServer server({none, fakes::modelList("theirs"), none, none, fakes::modelList("theirs"),
                                    fakes::chatReply({"In the lantern room [1]."})});
    const Ran ran =
        run({"ask", "Where are the tide tables kept?", "--json", "--base-url", server.url() + "/v1"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(Json::parse(ran.out)["model"], "theirs");
    for (const auto& request : server.requests()) EXPECT_THAT(request.body, Not(HasSubstr("mine")));
}

TEST_F(UsageTest, AKindThatNoDocumentHasIsNamed) {
    folder().write("docs/a.md", "# A\n\nSome text about lighthouses.\n");
    ASSERT_EQ(run({"index", path("docs"), "--no-vectors"}).code, 0);
    const Ran ran = run({"search", "lighthouses type:docx"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.err, HasSubstr("no document with text is of the kind \"docx\"; there are: md"));
    EXPECT_THAT(run({"search", "dinosaurs type:md"}).err, Not(HasSubstr("kind")));
}

TEST_F(UsageTest, StatusSaysWhatLacksVectors) {
    folder().write("docs/a.md", "# A\n\nSome text about lighthouses.\n");
    ASSERT_EQ(run({"index", path("docs"), "--no-vectors"}).code, 0);
    const Ran lacking = run({"status"});
    EXPECT_THAT(lacking.out,
                AllOf(HasSubstr("1 passage has no vectors yet"), HasSubstr("'commonplace index'")));
    ASSERT_EQ(run({"index"}).code, 0);
    EXPECT_THAT(run({"status"}).out, Not(HasSubstr("no vectors yet")));
}

}  // namespace
}  // namespace commonplace::test
