#include "engine/answer/receipt.h"

#include <gtest/gtest.h>

#include <random>

#include "engine/prompt/prompt.h"
#include "tests/engine/answer/small_library.h"
#include "tests/fakes/fake_chat_model.h"

namespace commonplace::answer {
namespace {

std::size_t sumOf(const ContextReceipt& receipt) {
    std::size_t sum = 0;
    for (const ContextPart& part : receipt.parts) sum += part.tokens.tokens;
    return sum;
}

ContextReceipt sample() {
    return {8192,
            180,
            {{"system", {50, false}},
             {"question", {30, false}},
             {"message framing", {0, false}},
             {prompt::kAnswerReserve, {100, true}}},
            {}};
}

TEST(Receipt, SumsUpToWhatTheServerCounted) {
    const ContextReceipt receipt = reconciled(sample(), 97);
    EXPECT_EQ(receipt.used, 197u);
    EXPECT_EQ(sumOf(receipt), 197u);
    EXPECT_FALSE(receipt.parts[0].tokens.exact) << "still an estimate of one part";
    EXPECT_GT(receipt.parts[0].tokens.tokens, receipt.parts[1].tokens.tokens);
}

TEST(Receipt, ExactPartsStay) {
    ContextReceipt receipt = sample();
    for (ContextPart& part : receipt.parts) part.tokens.exact = true;
    const ContextReceipt result = reconciled(receipt, 90);
    EXPECT_EQ(sumOf(result), 190u);
    EXPECT_EQ(result.parts[1].tokens.tokens, 50u);
}

TEST(Receipt, TokensOfTheSeamsAreNoPartsOwn) {
    ContextReceipt receipt = sample();
    for (ContextPart& part : receipt.parts) part.tokens.exact = part.name != prompt::kFraming;
    const ContextReceipt result = reconciled(receipt, 76);  // 80 were counted
    EXPECT_EQ(sumOf(result), 176u);
    EXPECT_EQ(result.used, 176u);
    EXPECT_EQ(result.parts[0].tokens.tokens, 46u);
    EXPECT_EQ(sumOf(reconciled(receipt, 60)), 180u)
        << "too many for seams: what is missing came from a cache";
}

TEST(Receipt, ANonsensicalReportChangesNothing) {
    EXPECT_EQ(reconciled(sample(), 0).used, 180u);
    EXPECT_EQ(reconciled(sample(), -5).used, 180u);
    ContextReceipt receipt = sample();
    receipt.parts[0].tokens.exact = true;
    EXPECT_EQ(reconciled(receipt, 20).used, 180u);
}

TEST(Receipt, SumsUpForAnyReport) {
    std::minstd_rand random(7);
    for (int i = 0; i < 1000; ++i) {
        ContextReceipt receipt{8192, 0, {}, {}};
        for (int part = 0; part < 1 + i % 7; ++part)
            receipt.parts.push_back({"part", {random() % 5000 + 1, false}});
        receipt.parts.push_back({prompt::kAnswerReserve, {100, true}});
        const long reported = 1 + static_cast<long>(random() % 9000);
        EXPECT_EQ(sumOf(reconciled(receipt, reported)), static_cast<std::size_t>(reported) + 100);
    }
}

TEST(Receipt, OfAnAnswerFollowsItsServer) {
    const SmallLibrary library("=== /lib/leave.md\nEvery employee has 27 days of annual leave.\n");
    test::FakeChatModel model("27 days [1].");
    model.promptTokens = 333;
    const Answer answer = library.ask("How many days of annual leave does an employee have?", &model);
    EXPECT_EQ(answer.context.used, sumOf(answer.context));
    EXPECT_EQ(answer.context.used, 333u + answer.context.parts.back().tokens.tokens);
}

}  // namespace
}  // namespace commonplace::answer
