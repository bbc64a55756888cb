// What a question takes up, on the command line: shown before it is sent, and right by the model's own count.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/cli/run_program.h"
#include "tests/fakes/http_server.h"
#include "tests/fakes/openai_replies.h"
#include "tests/support/test_models.h"

namespace commonplace::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

constexpr const char* kQuestion = "Where are the tide tables kept?";

class AskBudgetTest : public testing::Test, protected ProgramRunner {
  protected:
    void SetUp() override {
        folder().write("docs/harbour.md", "# The harbour\n\nThe tide tables are kept in the lantern room.\n");
        ASSERT_EQ(here({"index", path("docs"), "--no-vectors"}).code, 0);
    }
    Ran here(const std::vector<std::string>& arguments) const {
        return run(arguments, "XDG_CACHE_HOME=" + quoted(path("cache")));
    }
    void configure(const Json& model, const Json& privacy = Json::object()) const {
        folder().write("config/commonplace/settings.json",
                       Json{{"model", model}, {"privacy", privacy}}.dump());
    }
};

TEST_F(AskBudgetTest, APreviewShowsThePromptAndSendsNothing) {
    const fakes::HttpServer server({fakes::chatReply({"In the lantern room [1]."})});
    configure({{"base_url", server.url() + "/v1"}, {"model", "m"}, {"context_window", 4096}});
    const Ran seen = here({"ask", kQuestion, "--preview", "--after", "Who keeps them?"});
    EXPECT_EQ(seen.code, 0) << seen.err;
    EXPECT_THAT(seen.out, testing::AllOf(HasSubstr("To m, at 127.0.0.1:"), HasSubstr("on this computer"),
                                         HasSubstr("passage 1: harbour.md"), HasSubstr("of 4,096 tokens"),
                                         HasSubstr("costs nothing"), HasSubstr("Nothing was sent.")));
    const Json json = Json::parse(here({"ask", kQuestion, "--preview", "--json"}).out, nullptr, false);
    EXPECT_EQ(json["model"], "m");
    EXPECT_EQ(json["place"], "this computer");
    EXPECT_EQ(json["sent"], false);
    EXPECT_EQ(json["most_cost_usd"], 0.0);
    EXPECT_THAT(json["messages"].back()["text"], HasSubstr("lantern room"));
    EXPECT_TRUE(server.requests().empty());

    configure({{"base_url", "https://models.example/v1"}, {"model", "gpt-4o"}});
    const Json priced = Json::parse(here({"ask", kQuestion, "--preview", "--json"}).out, nullptr, false);
    EXPECT_EQ(priced["place"], "elsewhere");
    EXPECT_EQ(priced["server"]["address"], "models.example");
    EXPECT_GT(priced["most_cost_usd"], 0.0);
    configure({{"base_url", "https://models.example/v1"}, {"model", "nobody-knows-it"}},
              {{"local_only", {path("docs")}}});
    const Ran closed = here({"ask", kQuestion, "--preview"});
    EXPECT_THAT(closed.out, testing::AllOf(HasSubstr("Nothing would be sent anywhere."),
                                           HasSubstr("local only"), Not(HasSubstr("Nothing was sent."))));
}

// The question was answered; what was not done is in the JSON, and on stderr.
TEST_F(AskBudgetTest, QuotationsInsteadOfAModelAreAnAnswer) {
    configure({{"base_url", "https://models.example/v1"}, {"model", "m"}}, {{"local_only", {path("docs")}}});
    const Ran ran = here({"ask", kQuestion, "--json"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    const Json answer = Json::parse(ran.out, nullptr, false);
    EXPECT_EQ(answer["mode"], "extractive");
    EXPECT_FALSE(answer["citations"].empty());
    EXPECT_THAT(answer["error"].get<std::string>(), HasSubstr("quotations instead"));
    EXPECT_EQ(lineCount(ran.err), 1u) << ran.err;
}

TEST_F(AskBudgetTest, WithoutAModelAPreviewSaysSo) {
    const Ran seen = here({"ask", kQuestion, "--preview"});
    EXPECT_EQ(seen.code, 0) << seen.err;
    EXPECT_THAT(seen.out, HasSubstr("Nothing would be sent anywhere."));
}

// 200 questions before this one, and a model that counts for itself.
TEST_F(AskBudgetTest, TheReceiptOfALongConversationIsWhatTheModelCounted) {
    folder().write("script.gguf", scriptModel({{{"", "They \"are kept in the lantern room\" [1]."}}}));
    std::vector<std::string> words{"ask", kQuestion, "--json"};
    for (int i = 0; i < 200; ++i) {
        words.push_back("--after");
        words.push_back("Question " + std::to_string(i) + std::string(static_cast<std::size_t>(i % 40), 'x'));
    }
    for (const std::size_t window : {4096u, 8192u}) {
        configure({{"api", "local"}, {"model", path("script.gguf")}, {"context_window", window}});
        const Ran ran = here(words);
        ASSERT_EQ(ran.code, 0) << ran.err;
        const Json answer = Json::parse(ran.out, nullptr, false);
        ASSERT_EQ(answer["mode"], "generative") << ran.out;
        std::size_t sum = 0, reserve = 0;
        for (const Json& part : answer["context"]["parts"]) {
            sum += part["tokens"].get<std::size_t>();
            if (part["name"] == "answer reserve") reserve = part["tokens"];
        }
        EXPECT_EQ(sum, answer["context"]["used"]);
        EXPECT_EQ(sum, answer["usage"]["prompt_tokens"].get<std::size_t>() + reserve) << ran.out;
        EXPECT_LE(sum, window);
        EXPECT_EQ(answer["history_summary"], nullptr);
        EXPECT_THAT(answer["context"]["dropped"].dump(), HasSubstr("earlier turns do not fit"));
    }
}

}  // namespace
}  // namespace commonplace::test
