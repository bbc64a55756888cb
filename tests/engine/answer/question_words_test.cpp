#include "engine/answer/question_words.h"

#include <gtest/gtest.h>

#include "tests/engine/answer/small_library.h"

namespace commonplace::answer {
namespace {

constexpr std::string_view kFiles =
    "=== /lib/a.md\nThe plan pays for crowns.\n=== /lib/b.md\nThe plan pays for braces.\n=== /lib/c.md\nThe "
    "plan is old.\n";

TEST(QuestionWords, RareWordsWeighMoreAndUnknownOnesMost) {
    const SmallLibrary library(kFiles);
    const QuestionWords words = library.words("Does the plan cover crowns or implants?");
    const double plan = words.share(words.findIn("our plan"));
    const double crowns = words.share(words.findIn("a crown"));
    const double implants = words.share(words.findIn("implants"));
    EXPECT_GT(plan, 0);
    EXPECT_LT(plan, crowns);
    EXPECT_LT(crowns, implants);
    EXPECT_DOUBLE_EQ(words.share(words.findIn("plan cover crowns implants")), 1);
    EXPECT_DOUBLE_EQ(words.share(words.findIn("nothing of it")), 0);
}

TEST(QuestionWords, StopWordsAndQuotationMarksDoNotCount) {
    const SmallLibrary library(kFiles);
    EXPECT_TRUE(library.words("Who are you?").empty());
    EXPECT_EQ(library.words("Who are you?").share({}), 0);
    EXPECT_EQ(library.words("\"old plan\" -crowns").count(), 2u);
}

TEST(QuestionWords, CarriedWordsWeighLess) {
    const SmallLibrary library(kFiles);
    const QuestionWords words = library.words("And braces?", {"crowns"});
    EXPECT_EQ(words.count(), 2u);
    EXPECT_GT(words.share(words.findIn("braces")), 2 * words.share(words.findIn("crowns")));
}

TEST(QuestionWords, AForeignWordIsFoundInItsOtherForms) {
    const SmallLibrary library("=== /lib/a.md\nDie Versicherungen zahlen die Behandlung.\n");
    const QuestionWords words =
        library.words("Zahlt meine Versicherung Behandlungen?", {}, Language::Foreign);
    EXPECT_GT(words.share(words.findIn("Versicherungen zahlen die Behandlung")), 0.5);
}

TEST(QuestionWords, ChineseIsFoundByPairs) {
    const SmallLibrary library("=== /lib/a.md\n总部大楼位于威廉码头十二号。\n");
    const QuestionWords words = library.words("总部大楼位于哪里？");
    EXPECT_EQ(words.language(), Language::Pairs);
    EXPECT_GT(words.share(words.findIn("总部大楼位于威廉码头")), 0.3);
    EXPECT_EQ(library.words("Where is the building?").language(), Language::Known);
}

TEST(QuestionWords, UnitedHoldsBoth) {
    EXPECT_EQ(united({true, false, false}, {false, false, true}), (Found{true, false, true}));
}

}  // namespace
}  // namespace commonplace::answer
