// The main job with every kind of model: a question, an answer, a citation that was proven.
#include "tests/peer/peer_test.h"

#include "engine/llm/served_model.h"

namespace commonplace::test {
namespace {

using document::Message;
using document::Role;
using testing::HasSubstr;

enum class Way { Extractive, InProcess, OpenAi, Anthropic };

class AskTest : public PeerTest, public testing::WithParamInterface<Way> {
  protected:
    std::vector<std::string> options(const LlamaServer& server) const {
        switch (GetParam()) {
            case Way::Extractive:
                return {};
            case Way::InProcess:
                return {"--model", path("recital.gguf")};
            case Way::OpenAi:
                return {"--base-url", server.v1()};
            case Way::Anthropic:
                return {"--api", "anthropic", "--base-url", server.url()};
        }
        return {};
    }
};

TEST_P(AskTest, AnswersWithAProvenCitation) {
    const LlamaServer server(recital());
    ASSERT_NE(server.url(), "") << server.log();
    std::vector<std::string> words{"ask", kQuestion, "--json", "--offline"};
    for (const std::string& option : options(server)) words.push_back(option);
    const Json answer = parsed(here(words));
    ASSERT_TRUE(answer.is_object());
    EXPECT_EQ(answer["error"], nullptr) << answer;
    ASSERT_EQ(answer["citations"].size(), 1U) << answer;
    EXPECT_TRUE(answer["citations"][0]["verified"]);
    EXPECT_THAT(answer["citations"][0]["quote"].get<std::string>(), HasSubstr("kept in the lantern room"));
    EXPECT_EQ(answer["citations"][0]["path"], path("docs/harbour.md"));
    if (GetParam() == Way::Extractive) return;
    EXPECT_EQ(answer["mode"], "generative");
    EXPECT_EQ(answer["answer"], kAnswer);
    EXPECT_GT(answer["usage"]["completion_tokens"], 3);
    EXPECT_EQ(sentTokens(answer), answer["usage"]["prompt_tokens"]) << answer["context"];
    const bool isServed = GetParam() != Way::InProcess;
    EXPECT_EQ(server.metric("prompt_tokens_total"), isServed ? sentTokens(answer) : 0);
}

std::string nameOf(const testing::TestParamInfo<Way>& way) {
    constexpr const char* kNames[] = {"Extractive", "InProcess", "OpenAi", "Anthropic"};
    return kNames[static_cast<int>(way.param)];
}
INSTANTIATE_TEST_SUITE_P(Ways, AskTest,
                         testing::Values(Way::Extractive, Way::InProcess, Way::OpenAi, Way::Anthropic),
                         nameOf);

using ServedTest = PeerTest;

// The same file and the same conversation: this process and the server must read them as the same tokens.
TEST_F(ServedTest, CountsTokensAsThisProcessDoes) {
    const LlamaServer server(recital());
    const auto promptTokens = [&](const std::vector<std::string>& options) {
        std::vector<std::string> words{"ask", kQuestion, "--json"};
        words.insert(words.end(), options.begin(), options.end());
        return parsed(here(words))["usage"]["prompt_tokens"];
    };
    EXPECT_EQ(promptTokens({"--model", path("recital.gguf")}), promptTokens({"--base-url", server.v1()}));
}

TEST_F(ServedTest, ASecondTurnComputesOnlyWhatIsNew) {
    const LlamaServer server(recital());
    const auto model = llm::openModel({.baseUrl = server.v1()});
    ASSERT_TRUE(model) << model.error().message();
    std::vector<Message> messages{{Role::System, std::string(600, 'x')}, {Role::User, "First?"}};
    const auto first = (*model)->chat({.messages = messages}, {}, {});
    ASSERT_TRUE(first) << first.error().message();
    const double before = server.metric("prompt_tokens_total");
    messages.push_back({Role::Assistant, first->text});
    messages.push_back({Role::User, "Second?"});
    const auto second = (*model)->chat({.messages = messages}, {}, {});
    ASSERT_TRUE(second) << second.error().message();
    // The answer is read letter by letter where it was written in pieces, so it counts as new.
    const double added = static_cast<double>(*second->promptTokens - *first->promptTokens);
    EXPECT_GT(*first->promptTokens, 600);
    EXPECT_LE(server.metric("prompt_tokens_total") - before, added + 8);
}

// What differs between two questions about the same passages is their end.
TEST_F(ServedTest, AFurtherQuestionAboutThePassagesComputesItsOwnWords) {
    const LlamaServer server(recital());
    const auto ask = [&](const char* question) {
        return parsed(here({"ask", question, "--json", "--base-url", server.v1()}))["usage"]["prompt_tokens"];
    };
    ask(kQuestion);
    const double before = server.metric("prompt_tokens_total");
    const double whole = ask("Are the tide tables kept dry?");
    EXPECT_LT(server.metric("prompt_tokens_total") - before, whole / 4);
}

TEST_F(ServedTest, ASmallerWindowThanTheSettingsSayGetsLess) {
    const std::string fact = "The tide tables are kept in the lantern room, said ";
    for (int i = 0; i < 8; ++i)
        folder().write("docs/" + std::to_string(i) + ".md",
                       "# Report " + std::to_string(i) + "\n\n" + fact + std::to_string(i) + ".\n" +
                           std::string(300, static_cast<char>('a' + i)) + "\n");
    ASSERT_EQ(here({"index", path("docs"), "--no-vectors"}).code, 0);
    configure({{"max_answer_tokens", 256}, {"context_window", 8192}});
    const LlamaServer roomy(recital()), tight(recital(), {"-c", "2048"});
    const auto ask = [&](const std::string& url) {
        return parsed(here({"ask", kQuestion, "--json", "--base-url", url}));
    };
    const Json whole = ask(roomy.v1()), less = ask(tight.v1());
    EXPECT_GT(whole["usage"]["prompt_tokens"], 2048);
    EXPECT_EQ(less["mode"], "generative") << less;
    EXPECT_EQ(less["error"], nullptr) << less;
    EXPECT_LT(less["usage"]["prompt_tokens"], 2048);
    // Its server said so beforehand: nothing was sent in vain.
    EXPECT_TRUE(less["notes"].empty()) << less;
    EXPECT_EQ(less["context"]["window"], 2048);
    EXPECT_FALSE(less["context"]["dropped"].empty());
    EXPECT_EQ(whole["context"]["window"], 8192);
    EXPECT_TRUE(less["citations"][0]["verified"]) << less;
    EXPECT_EQ(sentTokens(less), less["usage"]["prompt_tokens"]);
}

TEST_F(ServedTest, ItsWindowIsShownBeforeAnybodyAsks) {
    const LlamaServer server(recital(), {"-c", "2048"});
    const Ran tried = here({"models", "test", "--json", "--base-url", server.v1()});
    EXPECT_EQ(parsed(tried)["context"], 2048);
    configure({{"base_url", server.v1()}, {"api", "openai"}});
    bool isListed = false;
    const Json list = parsed(here({"models", "list", "--json"}));
    for (const Json& found : list["local"])
        if (found["base_url"] == server.v1())
            for (const Json& window : found["windows"]) isListed = isListed || window == 2048;
    EXPECT_TRUE(isListed);
}

TEST_F(ServedTest, AWrongKeyIsOneClearLine) {
    const LlamaServer server(recital(), {"--api-key", "the-right-one"});
    const auto ask = [&](const char* key, const std::vector<std::string>& options) {
        std::vector<std::string> words{"ask", kQuestion, "--json"};
        words.insert(words.end(), options.begin(), options.end());
        return here(words, std::string("COMMONPLACE_API_KEY=") + key);
    };
    const std::vector<std::string> openAi{"--base-url", server.v1()};
    const std::vector<std::string> anthropic{"--api", "anthropic", "--base-url", server.url()};
    for (const auto& options : {openAi, anthropic}) {
        const Ran refused = ask("the-wrong-one", options);
        EXPECT_EQ(refused.code, 1);
        EXPECT_EQ(lineCount(refused.err), 1U) << refused.err;
        EXPECT_THAT(refused.err, HasSubstr("key"));
        EXPECT_THAT(refused.err + refused.out, testing::Not(HasSubstr("the-wrong-one")));
        EXPECT_EQ(parsed(ask("the-right-one", options))["answer"], kAnswer);
    }
}

}  // namespace
}  // namespace commonplace::test
