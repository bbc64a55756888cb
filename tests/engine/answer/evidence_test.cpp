#include "engine/answer/evidence.h"

#include <gtest/gtest.h>

#include "tests/engine/answer/small_library.h"

namespace commonplace::answer {
namespace {

constexpr std::string_view kPlan =
    "=== /lib/plan.pdf\n--- iv\nDental Plan\nThe plan pays for basic treat-\nment. It does not\npay for "
    "cosmetic work.\n"
    "--- 1\nClaims are sent to the oﬃce. They are paid within two weeks of that day.\n";

TEST(Evidence, SentencesKnowTheirPlace) {
    const SmallLibrary library(kPlan);
    const Evidence evidence = library.evidence("plan claims");
    ASSERT_EQ(evidence.sentences().size(), 5u);
    EXPECT_EQ(evidence.sentences()[0].quote, "Dental Plan");
    EXPECT_EQ(evidence.sentences()[1].quote, "The plan pays for basic treatment.");
    EXPECT_EQ(evidence.sentences()[2].quote, "It does not pay for cosmetic work.");
    EXPECT_EQ(evidence.sentences()[3].quote, "Claims are sent to the office.");
    EXPECT_EQ(evidence.sentences()[2].span, 0u);
    EXPECT_EQ(evidence.sentences()[3].span, 1u);
    EXPECT_EQ(evidence.page(0, 1)->number, 2);
}

TEST(Evidence, CitationsOfSentencesAreProven) {
    const SmallLibrary library(kPlan);
    const Evidence evidence = library.evidence("plan claims");
    for (const Sentence& sentence : evidence.sentences()) {
        if (sentence.words < 4) continue;
        const document::Citation citation = evidence.cite(3, sentence);
        EXPECT_TRUE(citation.verified) << sentence.quote;
        EXPECT_EQ(citation.number, 3);
        EXPECT_EQ(citation.path, "/lib/plan.pdf");
        ASSERT_TRUE(citation.span);
        EXPECT_EQ(citation.span->begin, sentence.onPage.begin);
        EXPECT_EQ(citation.span->end, sentence.onPage.end);
    }
    EXPECT_EQ(evidence.cite(1, evidence.sentences()[1]).pageLabel, "iv");
    EXPECT_EQ(evidence.cite(1, evidence.sentences()[1]).page, 1);
}

TEST(Evidence, QuotesAreLookedForOnBothPages) {
    const SmallLibrary library(kPlan);
    const Evidence evidence = library.evidence("plan claims");
    const document::Citation second = evidence.cite(1, 0, "paid within two weeks");
    EXPECT_TRUE(second.verified);
    EXPECT_EQ(second.page, 2);
    EXPECT_EQ(second.pageLabel, "1");
    const document::Citation none = evidence.cite(1, 0, "paid within  three weeks");
    EXPECT_FALSE(none.verified);
    EXPECT_FALSE(none.span);
    EXPECT_EQ(none.page, 1);
    EXPECT_EQ(none.quote, "paid within three weeks");
    EXPECT_FALSE(evidence.cite(1, 0, "cosmetic work. Claims are sent").verified)
        << "across a page break is no page's text";
}

TEST(Evidence, PlacesHaveNames) {
    const SmallLibrary library(kPlan);
    EXPECT_EQ(placeName(library.evidence("plan").passages()[0]), "plan.pdf, p. iv–1");
    const SmallLibrary notes(
        "=== /lib/b\xFF"
        "d.md\nA note about the plan.\n");
    EXPECT_EQ(placeName(notes.evidence("plan").passages()[0]), "b\uFFFDd.md");
}

TEST(Evidence, ADocumentThatWentAwayHasNoSentences) {
    const SmallLibrary library(kPlan);
    retrieve::Query query;
    query.text = "plan";
    auto found = library.retriever().search(query);
    ASSERT_TRUE(found);
    const std::string path = "/lib/plan.pdf";
    ASSERT_TRUE(library.store().removePaths({&path, 1}));
    const auto evidence = Evidence::read(library.store(), found->passages);
    ASSERT_TRUE(evidence);
    EXPECT_TRUE(evidence->sentences().empty());
    EXPECT_FALSE(evidence->cite(1, 0, "The plan pays for basic treatment.").verified);
}

}  // namespace
}  // namespace commonplace::answer
