#include "engine/answer/generative.h"

#include <gtest/gtest.h>

#include <numeric>

#include "engine/base/text.h"
#include "tests/engine/answer/small_library.h"
#include "tests/fakes/fake_chat_model.h"

namespace commonplace::answer {
namespace {

struct Written {
    std::string streamed;
    document::ChatReply reply;
    bool piecesAreText = true;
};

Written written(test::FakeChatModel& model, int maxTokens = 1024, std::stop_token stop = {}) {
    Written result;
    document::ChatRequest request;
    request.maxTokens = maxTokens;
    auto reply = write(
        model, request,
        [&](std::string_view piece) {
            result.streamed += piece;
            result.piecesAreText = result.piecesAreText && base::isValidUtf8(piece);
        },
        stop);
    EXPECT_TRUE(reply);
    if (reply) result.reply = std::move(*reply);
    return result;
}

TEST(Write, PassesWholeCharactersOnWhateverThePieces) {
    for (const std::size_t bytes : {1u, 2u, 3u, 5u, 100u}) {
        test::FakeChatModel model("Ein Stück – 中文, 😀 end");
        model.bytesPerPiece = bytes;
        const Written result = written(model);
        EXPECT_EQ(result.streamed, "Ein Stück – 中文, 😀 end");
        EXPECT_EQ(result.reply.text, result.streamed);
        EXPECT_TRUE(result.piecesAreText) << bytes;
        EXPECT_FALSE(result.reply.error);
    }
}

TEST(Write, NothingInvisibleReachesTheReader) {
    test::FakeChatModel model("a\x1B[31mb\u202Ec\u200Bd\xE4\xB8");
    EXPECT_EQ(written(model).streamed, "a[31mbcd\uFFFD\uFFFD");
}

TEST(Write, ABrokenStreamKeepsWhatCame) {
    test::FakeChatModel model("The plan pays for crowns.");
    model.breaksAfter = 14;
    const Written result = written(model);
    EXPECT_EQ(result.reply.text, "The plan pays ");
    EXPECT_EQ(result.reply.error, "the connection broke");
}

TEST(Write, AnEndlessModelIsEnded) {
    test::FakeChatModel model("and so on ");
    model.endless = true;
    model.bytesPerPiece = 64;
    const Written result = written(model, 100);
    ASSERT_TRUE(result.reply.error);
    EXPECT_NE(result.reply.error->find("100 tokens"), std::string::npos);
    EXPECT_LE(result.reply.text.size(), 100u * 16 + 1024);
    EXPECT_EQ(result.reply.text, result.streamed);
}

TEST(Write, OneHugePieceIsBoundedAsWell) {
    test::FakeChatModel model(std::string(1'000'000, 'x'));
    model.bytesPerPiece = 1'000'000;
    EXPECT_LE(written(model, 100).reply.text.size(), 100u * 16 + 1024);
}

TEST(Write, StoppedInTheMiddleKeepsItsText) {
    std::stop_source stop;
    test::FakeChatModel model("one two three four");
    model.beforePiece = [&](std::size_t said) {
        if (said >= 7) stop.request_stop();
    };
    const Written result = written(model, 1024, stop.get_token());
    EXPECT_EQ(result.reply.text, "one two");
    EXPECT_TRUE(result.reply.error);
}

TEST(Write, StoppedBeforeAnythingIsCancelled) {
    std::stop_source stop;
    stop.request_stop();
    test::FakeChatModel model("one");
    const auto reply = write(model, {}, {}, stop.get_token());
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code(), ErrorCode::Cancelled);
}

constexpr std::string_view kFiles =
    "=== /lib/leave.pdf\n---\nEvery employee has 27 days of annual leave. It lapses in March of the next "
    "year. Requests go to the team lead.\n"
    "=== /lib/parents.pdf\n---\nParental leave is 16 weeks at full pay, and no employee loses annual leave "
    "for it.\n";

class CitationsOf : public testing::Test {
  protected:
    CitationsOf()
        : m_library(kFiles),
          m_evidence(
              m_library.evidence("27 days of annual leave, lapses in March, requests to the team lead")),
          m_shown(m_evidence.passages().size()) {
        std::iota(m_shown.begin(), m_shown.end(), 0);
    }
    std::string cite(std::string_view answer, const std::vector<document::CitedText>& cited = {}) const {
        std::string text;
        for (const auto& citation : citationsOf(answer, m_shown, m_evidence, cited))
            text += std::to_string(citation.number) +
                    (citation.kind == document::CitationKind::Reference ? "r" : "") +
                    (citation.verified ? "+"
                     : citation.judged ? "-"
                                       : "?") +
                    citation.quote + "|";
        return text;
    }
    SmallLibrary m_library;
    Evidence m_evidence;
    std::vector<std::size_t> m_shown;
};

TEST_F(CitationsOf, QuotationsAreProvenOnTheirPassage) {
    ASSERT_EQ(m_evidence.passages()[0].document.paths[0], "/lib/leave.pdf");
    EXPECT_EQ(cite("\"Every employee has 27 days of annual leave\" [1]."),
              "1+Every employee has 27 days of annual leave|");
    EXPECT_EQ(cite("\"Every employee has 72 days of annual leave\" [1]."),
              "1-Every employee has 72 days of annual leave|");
    EXPECT_EQ(cite("\"Every employee has 27 days of annual leave\" [2]."),
              "2-Every employee has 27 days of annual leave|");
    EXPECT_EQ(cite("\"Parental leave is 16 weeks\" [1][2]."),
              "1r-Every employee has 27 days of annual leave.|2+Parental leave is 16 weeks|");
}

TEST_F(CitationsOf, ThePunctuationOfTheWriterIsNotPartOfTheQuotation) {
    EXPECT_EQ(cite("“Every employee has 27 days,” [1]"), "1+Every employee has 27 days|");
    EXPECT_EQ(cite("“…has 27 days of annual leave.” [1]"), "1+has 27 days of annual leave|");
    EXPECT_EQ(cite("“Every employee … annual leave” [1]"), "1-Every employee … annual leave|");
}

TEST_F(CitationsOf, AMarkerAloneRefersToTheSentenceThatSaysMostOfTheClaim) {
    EXPECT_EQ(cite("It lapses after March [1]."), "1r+It lapses in March of the next year.|");
    EXPECT_EQ(cite("Ask your team lead [1]. It lapses in March [1]."), "1r+Requests go to the team lead.|");
    EXPECT_EQ(cite("Parents get 16 weeks [2], employees 27 days [1]."),
              "1r+Every employee has 27 days of annual leave.|2r+Parental leave is 16 weeks at full pay, and "
              "no employee loses annual leave for it.|");
}

TEST_F(CitationsOf, AReferenceThatItsPassageDoesNotSupportIsNotVerified) {
    EXPECT_EQ(cite("The canteen serves lasagne on Fridays [1]."),
              "1r-Every employee has 27 days of annual leave.|");
    EXPECT_EQ(cite("Every employee has 72 days of annual leave [1].").substr(0, 3), "1r-");
    EXPECT_EQ(cite("Parental leave is 16 weeks at full pay [1].").substr(0, 3), "1r-");
    EXPECT_EQ(cite("Yes [1].").substr(0, 3), "1r?");
    EXPECT_EQ(cite("Yes [1]. It lapses in March [1].").substr(0, 3), "1r+");
    EXPECT_EQ(cite("Der Jahresurlaub beträgt 27 Tage [1].").substr(0, 3), "1r?");
    // Each claim for itself, wherever it stands.
    const auto firstTwo = [&](const char* answer) {
        const std::string all = cite(answer);
        return all.substr(0, 3) + all.substr(all.find('|') + 1, 3);
    };
    EXPECT_EQ(firstTwo("Der Jahresurlaub beträgt 27 Tage [1]. It lapses in March [1]."), "1r+1r?");
    EXPECT_EQ(firstTwo("Der Jahresurlaub beträgt 27 Tage [1]. The canteen serves lasagne [1]."), "1r?1r-");
    EXPECT_EQ(firstTwo("It lapses in March [1]. The canteen serves lasagne [1]."), "1r+1r-");
    EXPECT_EQ(firstTwo("The canteen serves lasagne [1]. It lapses in March [1]."), "1r+1r-");
}

TEST_F(CitationsOf, PassagesCitedTogetherLendEachOtherTheirNumbers) {
    const std::string both = cite("Annual leave is 27 days, parental leave 16 weeks at full pay [1][2].");
    EXPECT_NE(both.find("2r+"), std::string::npos) << both;
    EXPECT_EQ(cite("Annual leave is 27 days, parental leave 16 weeks at full pay [2].").substr(0, 3), "2r-");
}

TEST_F(CitationsOf, AQuotationAndAReferenceToOnePassageAreTwoThings) {
    EXPECT_EQ(cite("\"Every employee has 27 days of annual leave\" [1]. It lapses in March [1]."),
              "1+Every employee has 27 days of annual leave|1r+It lapses in March of the next year.|");
    EXPECT_EQ(cite("\"Every employee has 27 days of annual leave\" [1]. The canteen serves lasagne [1].")
                  .substr(44),
              "|1r-Every employee has 27 days of annual leave.|");
    EXPECT_EQ(cite("\"Every employee has 72 days of annual leave\" [1][2]."),
              "1-Every employee has 72 days of annual leave|");
}

TEST_F(CitationsOf, NumbersWithoutAPassageAreText) {
    EXPECT_EQ(cite("It was so in [1998] and [7]."), "");
    EXPECT_EQ(cite("No marker at all."), "");
    EXPECT_EQ(cite(""), "");
}

TEST_F(CitationsOf, WhatTheModelItselfCitesIsProvenAndNoGuessIsMade) {
    const std::string_view answer = "Leave is gone after March. [1]";
    EXPECT_EQ(cite(answer, {{1, "Every employee has 27 days of annual leave. "}}),
              "1+Every employee has 27 days of annual leave.|");
    EXPECT_EQ(cite(answer, {{1, "Every employee has 72 days of annual leave."}}),
              "1-Every employee has 72 days of annual leave.|");
    EXPECT_EQ(cite("Both. [1][2]", {{2, "Parental leave is 16 weeks at full pay"}}),
              "1r?Every employee has 27 days of annual leave.|2+Parental leave is 16 weeks at full pay|");
    // A place that was never sent: looked for everywhere, and shown as found nowhere.
    EXPECT_EQ(cite("So it is.", {{0, "Parental leave is 16 weeks at full pay"}}),
              "2+Parental leave is 16 weeks at full pay|");
    EXPECT_EQ(cite("So it is.", {{77, "Parental leave is 61 weeks at full pay"}}),
              "0-Parental leave is 61 weeks at full pay|");
    EXPECT_EQ(cite("So.", {{1, std::string(16'384, 'x')}}).substr(0, 4), "1-xx");
}

TEST_F(CitationsOf, QuotationsWithoutANumberAreLookedForEverywhere) {
    EXPECT_EQ(cite("\"Parental leave is 16 weeks\""), "2+Parental leave is 16 weeks|");
    EXPECT_EQ(cite("\"Parental leave is 61 weeks\". So it is [1]."),
              "1r?Every employee has 27 days of annual leave.|0-Parental leave is 61 weeks|");
}

TEST(CitationNote, SaysWhatNoCitationCanShow) {
    const std::vector<document::Citation> none, one(1);
    EXPECT_EQ(citationNote("It is so [1].", one, 3), "");
    EXPECT_EQ(citationNote("It is under the mat [99] or [7] [1].", one, 3),
              "the answer names [7] and others, but was given passages 1 to 3 only");
    EXPECT_EQ(citationNote("Trust me.", none, 3), "the answer names no passage: nothing in it was checked");
    EXPECT_EQ(citationNote("Trust me.", one, 3), "") << "cited by the model's own service";
    EXPECT_EQ(citationNote("  ", none, 3), "");
}

}  // namespace
}  // namespace commonplace::answer
