// What becomes of bare markers in the sentences that models really write: where the marker stands, how
// numbers are written, and what nobody can judge by words.
#include <gtest/gtest.h>

#include <numeric>

#include "engine/answer/generative.h"
#include "tests/engine/answer/small_library.h"

namespace commonplace::answer {
namespace {

/// [1] and [2] are these two; each has more words than a claim, as pages do.
constexpr std::string_view kFiles =
    "=== /lib/leave.md\nEmployees receive 25 days of paid annual leave in each calendar year. The allowance "
    "for "
    "a desk is $1,250.00 and 12,500 points are the most that one can collect. It is the manager who has to "
    "agree with the dates of the leave, and they are to be asked for by the end of March.\n"
    "=== /lib/parents.md\nParental leave of 30 weeks is granted at full pay to the parents of a child, and "
    "no "
    "employee loses any other leave for it.\n";

class ReferenceMarks : public testing::Test {
  protected:
    ReferenceMarks()
        : m_evidence(m_library.evidence("25 days of paid annual leave in each calendar year")),
          m_shown(m_evidence.passages().size()) {
        std::iota(m_shown.begin(), m_shown.end(), 0);
    }
    /// "1+ 2- 3? 4~": supported, not supported, not judged, contested.
    std::string marks(std::string_view answer) const {
        std::string all;
        for (const auto& citation : citationsOf(answer, m_shown, m_evidence))
            all += (all.empty() ? "" : " ") + std::to_string(citation.number) +
                   (citation.verified     ? "+"
                    : citation.better > 0 ? "~"
                    : citation.judged     ? "-"
                                          : "?");
        return all;
    }
    SmallLibrary m_library{kFiles};
    Evidence m_evidence;
    std::vector<std::size_t> m_shown;
};

TEST_F(ReferenceMarks, AMarkerMayStandBeforeWhatItIsFor) {
    ASSERT_EQ(m_shown.size(), 2u);
    for (const char* answer :
         {"According to [1], employees receive 25 days of paid annual leave in each calendar year.",
          "Passage [1] says that employees receive 25 days of paid annual leave.",
          "The document [1] states that employees receive 25 days of paid annual leave.",
          "See [1] for annual leave of 25 days.",
          "**Answer:** [1] Employees receive 25 days of annual leave.",
          "[1] Employees receive 25 days of annual leave.",
          "Here is what I found:\n\n- [1] Employees receive 25 days of annual leave.",
          "As you can read in [1], employees receive 25 days of annual leave."})
        EXPECT_EQ(marks(answer), "1+") << answer;
    EXPECT_EQ(marks("In [1] the annual leave is 25 days, whereas [2] grants 30 weeks of parental leave."),
              "1+ 2+");
    EXPECT_EQ(marks("- [1] Employees receive 25 days of annual leave\n- [2] Parental leave is 30 weeks"),
              "1+ 2+");
    EXPECT_EQ(marks("Annual leave is 25 days. [1] Parental leave is 30 weeks. [2]"), "1+ 2+");
}

TEST_F(ReferenceMarks, ThatWavesNothingThrough) {
    for (const char* answer :
         {"According to [1], employees receive 52 days of paid annual leave in each calendar year.",
          "Passage [1] says that the canteen serves lasagne on Fridays.",
          "See [1] for lasagne on every Friday at the canteen.",
          "Employees receive 52 days of annual leave [1] in each year.",
          "The canteen serves lasagne [1] and employees receive 25 days of annual leave.",
          "**Answer:** [1] The canteen serves lasagne on Fridays."})
        EXPECT_EQ(marks(answer).substr(0, 2), "1-") << answer;
    // What is said behind the next marker, or before the one before, is not lent.
    EXPECT_EQ(marks("The canteen serves lasagne [2], and employees receive 25 days of annual leave [1]."),
              "1+ 2-");
    EXPECT_EQ(marks("In [1] the annual leave is 25 days, whereas [2] grants 25 weeks of parental leave."),
              "1+ 2-");
}

TEST_F(ReferenceMarks, NumbersAreComparedByTheirValue) {
    for (const char* claim :
         {"Employees receive 25.0 days of annual leave [1].", "The allowance for a desk is $1,250 [1].",
          "The most that one can collect are 12 500 points [1].",
          "The most that one can collect are 12\u202F500 points [1].",
          "The most that one can collect are 12\u00A0500 points [1].",
          "The most that one can collect are 12'500 points [1].",
          "The allowance for a desk is 1.250,00 [1]."})
        EXPECT_EQ(marks(claim), "1+") << claim;
    for (const char* claim :
         {"Employees receive 0.25 days of annual leave [1].",
          "Employees receive 2.5 days of annual leave [1].", "The allowance for a desk is $1.25 [1].",
          "The allowance for a desk is $125,000 [1].", "The most that one can collect are 125 points [1]."})
        EXPECT_EQ(marks(claim), "1-") << claim;
}

TEST_F(ReferenceMarks, NumeralsOfAListAreNoNumbers) {
    EXPECT_EQ(
        marks("Benefits:\n\n10. Annual leave of 25 days for employees [1]\n11) Parental leave of 30 weeks "
              "at full pay [2]"),
        "1+ 2+");
    EXPECT_EQ(marks("10. annual leave of 25 days for employees [1]"), "1+");
    EXPECT_EQ(marks("10. Annual leave of 52 days for employees [1]"), "1-");
}

TEST_F(ReferenceMarks, OneNumberIsJudgedAtEachOfItsPlaces) {
    const char* answer =
        "Employees receive 25 days of annual leave [1]. The canteen serves lasagne on Fridays [1]. Parental "
        "leave is 30 weeks at full pay [2].";
    EXPECT_EQ(marks(answer), "1+ 1- 2+");
    const auto citations = citationsOf(answer, m_shown, m_evidence);
    ASSERT_EQ(citations.size(), 3u);
    EXPECT_EQ(citations[0].claims, (std::vector<std::string>{"Employees receive 25 days of annual leave"}));
    EXPECT_EQ(citations[1].claims, (std::vector<std::string>{"The canteen serves lasagne on Fridays"}));
    EXPECT_EQ(document::countsOf(citations).unsupported, 1);
    // What is found alike is one reference, however often it is made.
    const auto alike = citationsOf("Annual leave is 25 days [1]. Employees receive 25 days of leave [1].",
                                   m_shown, m_evidence);
    ASSERT_EQ(alike.size(), 1u);
    EXPECT_EQ(alike[0].claims.size(), 2u);
    // What cannot be judged says nothing beside what can.
    EXPECT_EQ(marks("Employees receive 25 days of annual leave [1]. See also [1]."), "1+");
}

TEST_F(ReferenceMarks, AClaimIsBoundedAndWhole) {
    std::string answer;
    while (answer.size() < 5000) answer += "l\u00E4sagne ";
    const auto citations = citationsOf(answer + "[1].", m_shown, m_evidence);
    ASSERT_EQ(citations.size(), 1u);
    ASSERT_EQ(citations[0].claims.size(), 1u);
    EXPECT_LE(citations[0].claims[0].size(), 1024u);
    EXPECT_GT(citations[0].claims[0].size(), 1000u);
    EXPECT_EQ(base::repairUtf8(citations[0].claims[0]), citations[0].claims[0]);
}

/// Pages that share most of their words, as the pages of two plans of one insurer do.
class NearTwins : public testing::Test {
  protected:
    NearTwins() : m_evidence(m_library.evidence("plan covers hearing aids and vision exams deductible")) {
        for (std::size_t i = 0; i < m_evidence.passages().size(); ++i) {
            m_shown.push_back(i);
            const std::string& path = m_evidence.passages()[i].document.paths.front();
            (path == "/lib/plus.md" ? m_plus : m_standard) = static_cast<int>(i) + 1;
        }
    }
    document::Citation only(const std::string& answer) const {
        const auto citations = citationsOf(answer, m_shown, m_evidence);
        return citations.size() == 1 ? citations[0] : document::Citation();
    }
    static std::string cited(const std::string& claim, int number) {
        return claim + " [" + std::to_string(number) + "].";
    }
    SmallLibrary m_library{
        "=== /lib/plus.md\nThe plan covers medical care and vision exams. It also pays for hearing aids, "
        "dental "
        "implants and acupuncture after the deductible.\n"
        "=== /lib/standard.md\nThe plan covers medical care and vision exams. It pays for the deductible in "
        "no case, and members choose their doctor from a list.\n"};
    Evidence m_evidence;
    std::vector<std::size_t> m_shown;
    int m_plus = 0, m_standard = 0;
};

TEST_F(NearTwins, APassageThatLacksWhatAnotherOneSaysIsContestedAndNoFault) {
    ASSERT_GT(m_plus * m_standard, 0);
    const std::string claim = "The plan covers medical care, vision exams, hearing aids and dental implants";
    const document::Citation right = only(cited(claim, m_plus)), wrong = only(cited(claim, m_standard));
    EXPECT_TRUE(right.verified);
    EXPECT_EQ(right.better, 0);
    EXPECT_FALSE(wrong.verified);
    EXPECT_FALSE(wrong.judged);
    EXPECT_EQ(wrong.better, m_plus);
    EXPECT_EQ(document::verdictOf(wrong), document::Verdict::Contested);
    const document::CitationCounts counts = document::countsOf({right, wrong});
    EXPECT_EQ(counts.supported, 1);
    EXPECT_EQ(counts.contested, 1);
    EXPECT_EQ(counts.unsupported + counts.unjudged, 0);
}

TEST_F(NearTwins, ACopyOfTheCitedPassageContestsNothing) {
    const SmallLibrary library(
        "=== /lib/report.md\nThe plan covers medical care, vision exams and hearing aids.\n"
        "=== /lib/report2.md\nThe plan covers medical care, vision exams and hearing aids. New in this "
        "version "
        "are dental implants and acupuncture.\n");
    const Evidence evidence = library.evidence("plan covers hearing aids and vision exams");
    ASSERT_EQ(evidence.passages().size(), 2u);
    const bool isFirst = evidence.passages()[0].document.paths.front() == "/lib/report.md";
    const auto citations = citationsOf(
        cited("Vision exams, hearing aids, dental implants and acupuncture are covered", isFirst ? 1 : 2),
        {0, 1}, evidence);
    ASSERT_EQ(citations.size(), 1u);
    EXPECT_EQ(document::verdictOf(citations[0]), document::Verdict::Supported);
}

/// An answer in the language of some of the passages only.
TEST(ReferenceLanguages, APassageInAnotherLanguageIsNotContested) {
    const SmallLibrary library(
        "=== /lib/english.md\nThe Northwind Health Plus and Northwind Standard plans are offered to every "
        "employee of Contoso Electronics, and the employee pays a share of what they cost.\n"
        "=== /lib/deutsch.md\nNorthwind Health Plus und Northwind Standard von Contoso Electronics werden "
        "jedem Angestellten angeboten, und er bezahlt einen Anteil der Kosten.\n");
    const Evidence evidence = library.evidence("Northwind Health Plus Standard Contoso Electronics");
    ASSERT_EQ(evidence.passages().size(), 2u);
    const bool isFirst = evidence.passages()[0].document.paths.front() == "/lib/english.md";
    const std::string claim =
        "Northwind Health Plus und Northwind Standard von Contoso Electronics werden jedem Angestellten "
        "angeboten [";
    const auto citations = citationsOf(claim + (isFirst ? "1]." : "2]."), {0, 1}, evidence);
    ASSERT_EQ(citations.size(), 1u);
    EXPECT_EQ(document::verdictOf(citations[0]), document::Verdict::NotJudged);
    EXPECT_EQ(citations[0].better, 0);
}

TEST_F(NearTwins, WhatBothSayIsSupportedByBoth) {
    const std::string claim = "The plan covers medical care and vision exams";
    EXPECT_TRUE(only(cited(claim, m_plus)).verified);
    EXPECT_TRUE(only(cited(claim, m_standard)).verified);
}

TEST_F(NearTwins, PassagesThatAreCitedTogetherDoNotContestEachOther) {
    const std::string claim = "The plan covers medical care, vision exams, hearing aids and dental implants";
    const auto both = citationsOf(claim + " [1][2].", m_shown, m_evidence);
    ASSERT_EQ(both.size(), 2u);
    EXPECT_TRUE(both[0].verified && both[1].verified);
}

}  // namespace
}  // namespace commonplace::answer
