// `commonplace models embedding`: choosing, building, going back, and consent.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/cli/run_program.h"
#include "tests/fakes/embedding_replies.h"
#include "tests/fakes/http_server.h"

namespace commonplace::test {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

class ModelsEmbeddingTest : public testing::Test {
  protected:
    void SetUp() override {
        m_program.folder().write("docs/a.md", "# Harbour\n\nThe harbour master keeps the tide tables.\n");
        ASSERT_EQ(m_program.run({"index", m_program.path("docs")}).code, 0);
    }
    Json json(std::vector<std::string> arguments) {
        arguments.push_back("--json");
        const Ran ran = m_program.run(arguments);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return Json::parse(ran.out, nullptr, false);
    }
    Json embedding() { return json({"status"})["embedding"]; }
    ProgramRunner m_program;
};

TEST_F(ModelsEmbeddingTest, ChoosesBuildsAndGoesBack) {
    EXPECT_EQ(embedding()["active"], "use-lite-int8/1");
    const fakes::HttpServer server({fakes::ok(fakes::openAiVectors({{3, 4}}))});
    const std::string model = server.url() + "/v1#m";
    json({"models", "embedding", "set", model});
    EXPECT_EQ(embedding()["active"], "use-lite-int8/1");
    EXPECT_EQ(embedding()["building"], "openai/m/2");
    EXPECT_EQ(embedding()["done"], 0);
    json({"index"});
    EXPECT_EQ(embedding()["active"], "openai/m/2");
    EXPECT_EQ(embedding()["building"], nullptr);
    EXPECT_EQ(embedding()["done"], embedding()["total"]);
    EXPECT_EQ(json({"search", "tide"})["without_meaning"], nullptr);
    EXPECT_THAT(contentsOf(m_program.folder() / "config/commonplace/settings.json"), HasSubstr("\"openai\""));
    json({"models", "embedding", "undo"});
    EXPECT_EQ(embedding()["active"], "use-lite-int8/1");
    EXPECT_EQ(json({"models", "embedding"})["spaces"]["previous"]["fingerprint"], "openai/m/2");
    json({"models", "embedding", "drop-old"});
    EXPECT_EQ(json({"models", "embedding"})["spaces"]["previous"], nullptr);
}

TEST_F(ModelsEmbeddingTest, AServerThatGoesAwayLeavesSearchAlone) {
    {
        const fakes::HttpServer server({fakes::ok(fakes::openAiVectors({{3, 4}}))});
        json({"models", "embedding", "set", server.url() + "/v1#m"});
    }
    const Ran waited = m_program.run({"models", "embedding", "set", "builtin", "--wait"});
    EXPECT_EQ(waited.code, 0) << waited.err;
    EXPECT_EQ(embedding()["building"], nullptr);
    EXPECT_FALSE(json({"search", "tide"})["results"].empty());
}

TEST_F(ModelsEmbeddingTest, NothingIsSentElsewhereUnasked) {
    const Ran refused = m_program.run({"models", "embedding", "set", "https://api.example.invalid/v1#m"});
    EXPECT_EQ(refused.code, 1);
    EXPECT_EQ(lineCount(refused.err), 1u);
    EXPECT_THAT(refused.err, HasSubstr("--send-documents"));
    EXPECT_EQ(embedding()["building"], nullptr);
    m_program.folder().write("config/commonplace/settings.json", R"({"privacy":{"local_only":["/secret"]}})");
    const Ran guarded =
        m_program.run({"models", "embedding", "set", "https://api.example.invalid/v1#m", "--send-documents"});
    EXPECT_EQ(guarded.code, 1);
    EXPECT_THAT(guarded.err, HasSubstr("this computer only"));
}

TEST_F(ModelsEmbeddingTest, ConsentIsForOneServer) {
    const auto settings = m_program.folder() / "config/commonplace/settings.json";
    const auto consent = [&] {
        m_program.folder().write("config/commonplace/settings.json",
                                 R"({"embedding":{"source":"openai","model":"m","base_url":)"
                                 R"("https://a.example.invalid/v1","send_documents":true}})");
    };
    consent();
    const Ran other = m_program.run({"models", "embedding", "set", "https://b.example.invalid/v1#m"});
    EXPECT_EQ(other.code, 1);
    EXPECT_THAT(other.err, HasSubstr("--send-documents"));
    // A server on this computer, and a model without one, take nothing along either.
    const fakes::HttpServer server({fakes::ok(fakes::openAiVectors({{3, 4}}))});
    for (const std::string& model : {server.url() + "/v1#m", std::string("builtin")}) {
        consent();
        const Ran chosen = m_program.run({"models", "embedding", "set", model});
        EXPECT_EQ(chosen.code, 0) << chosen.err;
        EXPECT_THAT(contentsOf(settings), testing::Not(HasSubstr("true"))) << model;
    }
}

TEST_F(ModelsEmbeddingTest, SaysWhatIsWrong) {
    EXPECT_EQ(m_program.run({"models", "embedding", "undo"}).code, 1);
    EXPECT_EQ(m_program.run({"models", "embedding", "drop-old"}).code, 1);
    const Ran unknown = m_program.run({"models", "embedding", "set", "bert"});
    EXPECT_EQ(unknown.code, 2);
    EXPECT_THAT(unknown.err, HasSubstr("URL#model"));
}

}  // namespace
}  // namespace commonplace::test
