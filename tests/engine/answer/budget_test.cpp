// The budget of a long conversation: no request is ever longer than its model's window, by the model's own
// counting, and the receipt adds up.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "engine/prompt/prompt.h"
#include "tests/engine/answer/small_library.h"
#include "tests/fakes/fake_chat_model.h"

namespace commonplace::answer {
namespace {

constexpr std::size_t kTurns = 200;

/// A token for every three bytes, and it knows.
class ThreeBytes final : public document::TokenCounter {
  public:
    document::TokenCount count(std::string_view text) const override { return {(text.size() + 2) / 3, true}; }
};

/// Begins each text with a token of its own, as vocabularies of Llama 2's kind do.
class WithBeginning final : public document::TokenCounter {
  public:
    document::TokenCount count(std::string_view text) const override { return {(text.size() + 5) / 3, true}; }
};

/// As a server counts: with what its template puts around each message and once around all.
std::size_t promptTokens(const document::ChatRequest& request, const document::TokenCounter& counter) {
    std::size_t tokens = 4;
    for (const document::Message& message : request.messages)
        tokens += counter.count(message.text).tokens + 5;
    return tokens;
}

std::size_t sumOf(const ContextReceipt& receipt) {
    std::size_t sum = 0;
    for (const ContextPart& part : receipt.parts) sum += part.tokens.tokens;
    return sum;
}

std::string some(std::mt19937& random, std::size_t most) {
    constexpr std::string_view kWords[] = {
        "leave ",      "employee ", "день отпуска ", "年假, ",   "Urlaub für alle. ",
        "vacaciones ", "😀 ",        "27 days [1]. ", "η άδεια ", "\n\n"};
    std::string text;
    for (std::size_t count = random() % (most + 1); count > 0; --count)
        text += kWords[random() % std::size(kWords)];
    return text;
}

std::vector<Turn> conversation(std::mt19937& random) {
    std::vector<Turn> turns;
    for (std::size_t i = 0; i < kTurns; ++i)
        turns.push_back({"Question " + std::to_string(i) + " " + some(random, i % 17 == 0 ? 400 : 20),
                         some(random, i % 23 == 0 ? 3000 : 120)});
    return turns;
}

std::string libraryFiles(std::mt19937& random) {
    std::string files;
    for (int i = 0; i < 12; ++i)
        files += "=== /lib/leave" + std::to_string(i) + ".md\nAnnual leave of the employee number " +
                 std::to_string(i) + " is " + std::to_string(20 + i) + " days. " + some(random, 300) + "\n";
    files += "=== /lib/huge.md\nAnnual leave of an employee ";
    for (int i = 0; i < 3000; ++i) files += "leave" + std::to_string(i) + " ";
    return files + "\n";
}

class Budget : public testing::Test {
  protected:
    Question question(bool huge) {
        Question result;
        result.text = "How many days of annual leave does the employee have? ";
        result.history = m_turns;
        result.passages = 30;
        if (huge) result.text += some(m_random, 6000);
        return result;
    }
    test::FakeChatModel model(std::size_t window) {
        test::FakeChatModel model([](const document::ChatRequest&) { return "27 days [1]."; });
        model.contextWindow = window;
        model.tokens = &m_counter;
        return model;
    }
    Answer ask(const Question& asked, test::FakeChatModel& model, test::FakeChatModel* small) {
        Backends backends = m_library.backends(&model);
        backends.small = small;
        const auto result = answer(asked, backends, {}, {});
        if (!result) throw std::runtime_error(result.error().message());
        return *result;
    }
    void expectFits(const test::FakeChatModel& model) const {
        for (const document::ChatRequest& request : model.requests) {
            const std::size_t whole =
                promptTokens(request, m_counter) + static_cast<std::size_t>(request.maxTokens);
            EXPECT_LE(whole, model.contextWindow);
        }
    }

    std::mt19937 m_random{20261122};
    ThreeBytes m_counter;
    std::vector<Turn> m_turns = conversation(m_random);
    SmallLibrary m_library{libraryFiles(m_random)};
};

TEST_F(Budget, NoRequestExceedsItsWindowAndTheReceiptAddsUp) {
    for (const std::size_t window : {1024u, 2048u, 4096u, 8192u, 32'768u}) {
        for (const bool huge : {false, true}) {
            for (const bool summarising : {false, true}) {
                test::FakeChatModel answering = model(window), small = model(window / 2);
                const Answer result = ask(question(huge), answering, summarising ? &small : nullptr);
                expectFits(answering);
                expectFits(small);
                EXPECT_LE(result.context.used, window);
                if (result.mode == AnswerMode::Extractive) continue;  // nothing was sent
                EXPECT_EQ(sumOf(result.context), result.context.used) << window << " " << huge;
                if (!huge) {
                    EXPECT_EQ(result.mode, AnswerMode::Generative) << window;
                }
            }
        }
    }
}

TEST_F(Budget, TheReceiptFollowsAServerThatCounts) {
    for (const std::size_t window : {1024u, 2048u, 4096u, 8192u}) {
        test::FakeChatModel answering = model(window), small = model(4096);
        const WithBeginning withBeginning;
        if (window % 4096 == 0) answering.tokens = &withBeginning;
        answering.beforeAnswer = [&](const document::ChatRequest& request) -> std::optional<Error> {
            answering.promptTokens = static_cast<long>(promptTokens(request, *answering.tokens));
            return std::nullopt;
        };
        const Answer result = ask(question(false), answering, &small);
        ASSERT_EQ(answering.requests.size(), 1u);
        const auto reserve = static_cast<std::size_t>(answering.requests[0].maxTokens);
        EXPECT_EQ(sumOf(result.context), static_cast<std::size_t>(*answering.promptTokens) + reserve)
            << window;
        EXPECT_EQ(result.context.used, sumOf(result.context)) << window;
    }
}

// The growing conversation itself, as a window asks it: each question with what the one before it gave back.
TEST_F(Budget, AConversationOf200TurnsStaysInsideAndIsSummarisedNowAndThen) {
    test::FakeChatModel answering = model(4096), small = model(4096);
    Question asked = question(false);
    asked.history.clear();
    std::optional<HistorySummary> summary;
    for (std::size_t turn = 0; turn < kTurns; ++turn) {
        asked.historySummary = summary;
        asked.searchFor = "annual leave";
        const Answer result = ask(asked, answering, &small);
        ASSERT_EQ(sumOf(result.context), result.context.used) << turn;
        if (result.historySummary) summary = result.historySummary;
        asked.history.push_back(m_turns[turn]);
    }
    expectFits(answering);
    expectFits(small);
    ASSERT_TRUE(summary);
    EXPECT_GT(summary->turns, kTurns / 2);
    EXPECT_LT(small.requests.size(), kTurns * 3 / 4) << "a summary lasts for more than one question";
    EXPECT_GT(small.requests.size(), 3u);
}

}  // namespace
}  // namespace commonplace::answer
