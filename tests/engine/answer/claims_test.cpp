#include "engine/answer/claims.h"

#include <gmock/gmock.h>

#include "engine/base/text.h"

namespace commonplace::answer {
namespace {

using testing::ElementsAre;

std::vector<std::string> texts(std::string_view answer) {
    std::vector<std::string> all;
    for (const Claim& claim : claimsOf(answer, prompt::markers(answer)))
        all.emplace_back(base::trim(claim.readings.at(0)));
    return all;
}

std::vector<std::string> readings(std::string_view answer, std::size_t marker) {
    std::vector<std::string> all;
    const std::vector<Claim> claims = claimsOf(answer, prompt::markers(answer));
    for (const std::string_view reading : claims.at(marker).readings) all.emplace_back(base::trim(reading));
    return all;
}

TEST(ClaimsOf, AClaimReachesFromTheMarkerBefore) {
    EXPECT_THAT(texts("Leave is 27 days [1] and lapses in March [2]. Ask the lead. [3]"),
                ElementsAre("Leave is 27 days", "and lapses in March", "Ask the lead."));
    EXPECT_THAT(texts("As [1] says, leave is 27 days."), ElementsAre("As [1] says, leave is 27 days."));
    EXPECT_THAT(texts(""), ElementsAre());
    EXPECT_THAT(texts("[1]"), ElementsAre(""));
}

TEST(ClaimsOf, OnlyAMarkerThatLeadsReachesOn) {
    const std::string_view leading = "In [1] the leave is 25 days, whereas [2] grants 30 weeks.";
    EXPECT_THAT(readings(leading, 0), ElementsAre("In [1] the leave is 25 days, whereas"));
    EXPECT_THAT(readings(leading, 1),
                ElementsAre("the leave is 25 days, whereas", "whereas [2] grants 30 weeks."));
    const std::string_view trailing = "The canteen serves lasagne [1] and leave is 25 days [2].";
    EXPECT_THAT(readings(trailing, 0), ElementsAre("The canteen serves lasagne"));
    EXPECT_THAT(readings("Fine lasagne [1] and leave of 25 days [2].", 0), ElementsAre("Fine lasagne"));
    EXPECT_THAT(readings("Leave is 25 days [1] a year.", 0),
                ElementsAre("Leave is 25 days", "Leave is 25 days [1] a year."));
}

TEST(ClaimsOf, MarkersThatStandTogetherShareTheirClaim) {
    const std::string_view answer = "Leave is 27 days [1], [2] [3, 4]. Pay is fair [5].";
    EXPECT_THAT(texts(answer),
                ElementsAre("Leave is 27 days", "Leave is 27 days", "Leave is 27 days", "Pay is fair"));
    EXPECT_THAT(claimsOf(answer, prompt::markers(answer))[0].numbers, ElementsAre(1, 2, 3, 4));
}

}  // namespace
}  // namespace commonplace::answer
