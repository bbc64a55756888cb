#include "engine/answer/reference.h"

#include <gtest/gtest.h>

#include "tests/engine/answer/small_library.h"

namespace commonplace::answer {
namespace {

class Judge : public testing::Test {
  protected:
    Judgement judged(std::string_view claim) const {
        return ClaimJudge(m_evidence, {0}).judge({{claim}, {1}}, 0, {0}).judgement;
    }
    bool supports(std::string_view claim) const { return judged(claim) == Judgement::Supported; }
    SmallLibrary m_library{
        "=== /lib/leave.pdf\n---\nEvery employee has 27 days of annual leave, or 1,500 hours in all. "
        "It lapses in March.\n"};
    Evidence m_evidence = m_library.evidence("annual leave in March");
};

TEST_F(Judge, HalfOfTheWordsAreEnough) {
    EXPECT_TRUE(supports("An employee gets annual leave, which lapses eventually"));
    EXPECT_FALSE(supports("An employee gets a bicycle, a laptop and free coffee"));
    EXPECT_EQ(judged("An employee gets a bicycle, a laptop and free coffee"), Judgement::NotSupported);
}

TEST_F(Judge, ALabelIsNoClaim) {
    for (const char* label : {"", "Yes, it is so", "Source:", "According to the rules,"})
        EXPECT_EQ(judged(label), Judgement::NoClaim) << label;
    EXPECT_EQ(judged("72"), Judgement::NotSupported);
    EXPECT_EQ(judged("Annual leave"), Judgement::Supported);
}

TEST_F(Judge, AnotherLanguageIsNotJudged) {
    EXPECT_EQ(judged("Der Jahresurlaub beträgt 27 Tage"), Judgement::NotJudged);
    EXPECT_EQ(judged("员工每年有27天带薪年假"), Judgement::NotJudged);
}

TEST_F(Judge, TheOppositeInTheSameWordsIsNotSupported) {
    EXPECT_EQ(judged("Employees do not have 27 days of annual leave"), Judgement::NotJudged);
    EXPECT_EQ(judged("No employee has annual leave"), Judgement::NotJudged);
    EXPECT_TRUE(supports("Employees have 27 days of annual leave"));
    const SmallLibrary other(
        "=== /lib/pay.pdf\n---\nParental leave is paid in full, and no employee loses holidays.\n");
    const Evidence evidence = other.evidence("parental leave");
    const auto judgedThere = [&](std::string_view claim) {
        return ClaimJudge(evidence, {0}).judge({{claim}, {1}}, 0, {0}).judgement;
    };
    EXPECT_EQ(judgedThere("Parental leave is paid in full"), Judgement::Supported);
    EXPECT_EQ(judgedThere("Every employee loses holidays"), Judgement::NotJudged);
}

TEST_F(Judge, NumbersMustStandThere) {
    EXPECT_TRUE(supports("Employees have 1500 hours"));
    EXPECT_TRUE(supports("Employees have 27 days of leave [12]"));
    EXPECT_FALSE(supports("Employees have 72 days of annual leave"));
}

}  // namespace
}  // namespace commonplace::answer
