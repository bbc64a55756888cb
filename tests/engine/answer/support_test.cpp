#include "engine/answer/support.h"

#include <gtest/gtest.h>

#include "tests/engine/answer/small_library.h"
#include "tests/fakes/fake_embedder.h"

namespace commonplace::answer {
namespace {

TEST(Support, TheLineIsWhereItWasMeasured) {
    EXPECT_TRUE(isEnough({0.5, 0.4}, Language::Known));
    EXPECT_FALSE(isEnough({0.4, 0.4}, Language::Known));
    EXPECT_TRUE(isEnough({0.0, 0.7}, Language::Known));
    EXPECT_TRUE(isEnough({0.36, std::nullopt}, Language::Known));
    EXPECT_FALSE(isEnough({0.34, std::nullopt}, Language::Known));
    EXPECT_TRUE(isEnough({0.29, std::nullopt}, Language::Foreign));
    EXPECT_FALSE(isEnough({0.27, std::nullopt}, Language::Foreign));
    EXPECT_TRUE(isEnough({0.16, std::nullopt}, Language::Pairs));
    EXPECT_FALSE(isEnough({0.14, std::nullopt}, Language::Pairs));
}

TEST(Support, TitleFileNameAndHeadingsCount) {
    const SmallLibrary library("=== /lib/dental_plan-2024.md\nCrowns are paid in half.\n");
    const std::string question = "Crowns in the dental plan?";
    const Support support = supportOf(library.evidence(question), library.words(question));
    EXPECT_DOUBLE_EQ(support.coverage, 1);
    EXPECT_FALSE(support.cosine);
}

TEST(Support, CosinesCountOnlyInAKnownLanguage) {
    const test::FakeEmbedder embedder;
    const SmallLibrary library("=== /lib/a.md\nCrowns are paid in half by the plan.\n", &embedder);
    const std::string question = "Are crowns paid?";
    EXPECT_TRUE(supportOf(library.evidence(question), library.words(question)).cosine);
    EXPECT_FALSE(
        supportOf(library.evidence(question), library.words(question, {}, Language::Foreign)).cosine);
}

}  // namespace
}  // namespace commonplace::answer
