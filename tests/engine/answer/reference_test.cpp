#include "engine/answer/reference.h"

#include <gmock/gmock.h>

#include "tests/engine/answer/small_library.h"

namespace commonplace::answer {
namespace {

using testing::ElementsAre;

std::vector<std::string> texts(std::string_view answer) {
    std::vector<std::string> all;
    for (const Claim& claim : claimsOf(answer, prompt::markers(answer)))
        all.emplace_back(base::trim(claim.text));
    return all;
}

TEST(ClaimsOf, AClaimReachesFromTheMarkerBefore) {
    EXPECT_THAT(texts("Leave is 27 days [1] and lapses in March [2]. Ask the lead. [3]"),
                ElementsAre("Leave is 27 days", "and lapses in March", "Ask the lead."));
    EXPECT_THAT(texts("As [1] says, leave is 27 days."), ElementsAre("As [1] says, leave is 27 days."));
    EXPECT_THAT(texts(""), ElementsAre());
    EXPECT_THAT(texts("[1]"), ElementsAre(""));
}

TEST(ClaimsOf, MarkersThatStandTogetherShareTheirClaim) {
    const std::string_view answer = "Leave is 27 days [1], [2] [3, 4]. Pay is fair [5].";
    EXPECT_THAT(texts(answer),
                ElementsAre("Leave is 27 days", "Leave is 27 days", "Leave is 27 days", "Pay is fair"));
    EXPECT_THAT(claimsOf(answer, prompt::markers(answer))[0].numbers, ElementsAre(1, 2, 3, 4));
}

class IsSupported : public testing::Test {
  protected:
    bool supports(std::string_view claim) const { return isSupported({claim, {1}}, 0, {0}, m_evidence); }
    SmallLibrary m_library{
        "=== /lib/leave.pdf\n---\nEvery employee has 27 days of annual leave, or 1,500 hours in all. "
        "It lapses in March.\n"};
    Evidence m_evidence = m_library.evidence("annual leave in March");
};

TEST_F(IsSupported, HalfOfTheWordsAreEnough) {
    EXPECT_TRUE(supports("An employee gets annual leave, which lapses eventually"));
    EXPECT_FALSE(supports("An employee gets a bicycle, a laptop and free coffee"));
    EXPECT_FALSE(supports("Yes, it is so"));
    EXPECT_FALSE(supports(""));
}

TEST_F(IsSupported, NumbersMustStandThere) {
    EXPECT_TRUE(supports("Employees have 1500 hours"));
    EXPECT_TRUE(supports("Employees have 27 days of leave [12]"));
    EXPECT_FALSE(supports("Employees have 72 days of annual leave"));
}

}  // namespace
}  // namespace commonplace::answer
