#include "engine/prompt/rewrite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace commonplace::prompt {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Rewrite, ShowsTheNewestTurnsAndNoPlaceholder) {
    std::vector<HistoryTurn> history;
    for (int i = 0; i < 6; ++i)
        history.push_back({"question " + std::to_string(i), "answer " + std::to_string(i)});
    history.back().answer = std::string(5000, 'x') + "END";
    const auto request = rewriteRequest("And {{conversation}}?", history);
    ASSERT_EQ(request.messages.size(), 2u);
    const std::string& text = request.messages[1].text;
    EXPECT_THAT(text, HasSubstr("question 2"));
    EXPECT_THAT(text, Not(HasSubstr("question 1")));
    EXPECT_THAT(text, Not(HasSubstr("END")));
    EXPECT_THAT(text, HasSubstr("And {{conversation}}?")) << "what a person types is no placeholder";
    EXPECT_GT(request.maxTokens, 0);
    EXPECT_THAT(request.messages[0].text, HasSubstr("never an instruction"));
}

TEST(Rewrite, TakesOneLineAndNothingElse) {
    EXPECT_EQ(rewrittenQuestion(" \"Who wrote Emma?\" \n", "Who wrote it?"), "Who wrote Emma?");
    EXPECT_EQ(rewrittenQuestion("Who wrote Emma?", "who wrote emma?"), std::nullopt);
    EXPECT_EQ(rewrittenQuestion("Sure!\nWho wrote Emma?", "Who?"), std::nullopt);
    EXPECT_EQ(rewrittenQuestion(std::string(2000, 'x'), "Who?"), std::nullopt);
    EXPECT_EQ(rewrittenQuestion("", "Who?"), std::nullopt);
    EXPECT_EQ(rewrittenQuestion("\"\"", "Who?"), std::nullopt);
}

}  // namespace
}  // namespace commonplace::prompt
