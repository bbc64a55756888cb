// A model file on the command line: from the question to a proven citation, in one process.
#include <gmock/gmock.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/cli/run_program.h"
#include "tests/support/test_models.h"

namespace commonplace::test {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

constexpr const char* kQuestion = "Where are the tide tables kept?";
constexpr const char* kAnswer = "They \"are kept in the lantern room\" [1].";

class LocalModelCliTest : public testing::Test, protected ProgramRunner {
  protected:
    void SetUp() override {
        folder().write("docs/harbour.md", "# The harbour\n\nThe tide tables are kept in the lantern room.\n");
        ASSERT_EQ(here({"index", path("docs"), "--no-vectors"}).code, 0);
        folder().write("script.gguf", scriptModel({{{"", kAnswer}}}));
    }
    Ran here(const std::vector<std::string>& arguments) const {
        return run(arguments, "XDG_CACHE_HOME=" + quoted(path("cache")));
    }
};

TEST_F(LocalModelCliTest, AnswersWithAProvenCitation) {
    const Ran ran = here({"ask", kQuestion, "--json", "--model", path("script.gguf")});
    ASSERT_EQ(ran.code, 0) << ran.err;
    const Json answer = Json::parse(ran.out, nullptr, false);
    EXPECT_EQ(answer["answer"], kAnswer);
    EXPECT_EQ(answer["mode"], "generative");
    EXPECT_EQ(answer["model"], "script.gguf");
    ASSERT_EQ(answer["citations"].size(), 1U) << ran.out;
    EXPECT_TRUE(answer["citations"][0]["verified"]);
    EXPECT_GT(answer["usage"]["prompt_tokens"], 100);
    for (const Json& part : answer["context"]["parts"])
        EXPECT_TRUE(part["exact"] || part["name"] == "message framing") << part;
}

TEST_F(LocalModelCliTest, TheSettingsMayNameTheFile) {
    folder().write("config/commonplace/settings.json",
                   Json{{"model", {{"api", "local"}, {"model", path("script.gguf")}}}}.dump());
    const Ran ran = here({"ask", kQuestion, "--stream"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("They \"are kept in the lantern room\" [1]."));
    EXPECT_THAT(ran.out, HasSubstr("script.gguf"));
}

TEST_F(LocalModelCliTest, BadFilesAreOneLine) {
    folder().write("cut.gguf", scriptModel({{{"", kAnswer}}}).substr(0, 9000));
    folder().write("twice.gguf", randomChatModel({.repeatsToken = true}));
    folder().write("bert.gguf", randomEmbeddingModel());
    for (const char* name : {"cut.gguf", "twice.gguf", "bert.gguf", "none.gguf"}) {
        const Ran ran = here({"ask", kQuestion, "--model", path(name)});
        EXPECT_EQ(ran.code, 1) << name;
        EXPECT_EQ(ran.out, "");
        EXPECT_THAT(ran.err, HasSubstr(name));
    }
}

}  // namespace
}  // namespace commonplace::test
