// What stays of an answer when its server goes away in the middle of it.
#include <chrono>
#include <thread>

#include "tests/peer/peer_test.h"

namespace commonplace::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using testing::HasSubstr;

constexpr auto kMostWait = 2s;  // until the program has ended; a promise of the program

/// Thousands of tokens: no two pieces of three letters are alike.
std::string longAnswer() {
    std::string text;
    for (int i = 0; i < 3500; ++i) {
        const int number = i * 7919 % (26 * 26 * 26);
        for (const int digit : {number / 676, number / 26 % 26, number % 26})
            text += static_cast<char>('a' + digit);
    }
    return text;
}

class StreamTest : public PeerTest, public testing::WithParamInterface<const char*> {
  protected:
    void SetUp() override {
        PeerTest::SetUp();
        if (!IsSkipped()) configure({{"max_answer_tokens", 6000}, {"context_window", 16384}});
    }
    std::vector<std::string> question(const LlamaServer& server, const char* form) const {
        const bool isOpenAi = GetParam() == std::string("openai");
        return {
            "ask", kQuestion, form, "--api", GetParam(), "--base-url", isOpenAi ? server.v1() : server.url()};
    }
    bool saysSomething() const { return !contentsOf(folder() / "out").empty(); }
};

TEST_P(StreamTest, AServerKilledInTheMiddleLeavesThePartialAnswer) {
    const std::string whole = longAnswer();
    LlamaServer server(recital(whole, 16384));
    ASSERT_NE(server.url(), "") << server.log();
    std::filesystem::remove(folder() / "out");  // of the run before
    Ran ran;
    steady_clock::time_point ended;
    std::jthread asking([&] {
        ran = here(question(server, "--stream"));
        ended = steady_clock::now();
    });
    const auto last = steady_clock::now() + 60s;
    while (!saysSomething() && steady_clock::now() < last) std::this_thread::sleep_for(1ms);
    server.freeze();
    const auto killed = steady_clock::now();
    server.kill();
    asking.join();
    ASSERT_TRUE(saysSomething()) << ran.err;
    EXPECT_LT(ended - killed, kMostWait);
    const std::string partial = ran.out.substr(0, ran.out.find('\n'));
    EXPECT_FALSE(partial.empty());
    EXPECT_LT(partial.size(), whole.size());
    EXPECT_TRUE(whole.starts_with(partial)) << partial.substr(0, 80);
    EXPECT_THAT(ran.out + ran.err, HasSubstr("broke"));
}

TEST_P(StreamTest, TheJsonSaysThatItBrokeOff) {
    const std::string whole = longAnswer();
    LlamaServer server(recital(whole, 16384));
    ASSERT_NE(server.url(), "") << server.log();
    Ran ran;
    std::jthread asking([&] { ran = here(question(server, "--json")); });
    const auto last = steady_clock::now() + 60s;
    while (server.metric("requests_processing") < 1 && steady_clock::now() < last)
        std::this_thread::sleep_for(1ms);
    std::this_thread::sleep_for(100ms);
    server.kill();
    asking.join();
    const Json answer = Json::parse(ran.out, nullptr, false);
    ASSERT_TRUE(answer.is_object()) << ran.out << ran.err;
    const std::string partial = answer["answer"];
    EXPECT_FALSE(partial.empty());
    EXPECT_TRUE(whole.starts_with(partial)) << partial.substr(0, 80);
    EXPECT_TRUE(answer["error"].is_string()) << answer["error"];
}

INSTANTIATE_TEST_SUITE_P(Protocols, StreamTest, testing::Values("openai", "anthropic"),
                         [](const auto& protocol) { return std::string(protocol.param); });

}  // namespace
}  // namespace commonplace::test
