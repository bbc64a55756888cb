#include "engine/chunk/stretch.h"

#include <gmock/gmock.h>

#include "tests/engine/chunk/sample.h"

namespace commonplace::chunk {
namespace {

using testing::ElementsAre;

std::vector<std::string> textsOf(const std::string& text, const std::vector<Piece>& pieces) {
    std::vector<std::string> texts;
    for (const Piece& piece : pieces) texts.push_back(text.substr(piece.range.begin, piece.range.size()));
    return texts;
}

TEST(Stretch, SentencesAreCountedInCleanedWords) {
    const std::string text = "One exam-\nple here. Two of them.\n\n•\n\nThree";
    const std::vector<Piece> pieces = piecesOf(text, {});
    EXPECT_THAT(textsOf(text, pieces), ElementsAre("One exam-\nple here.", "Two of them.", "•", "Three"));
    EXPECT_EQ(pieces[0].words, 3);
    EXPECT_EQ(pieces[2].words, 0);
    EXPECT_EQ(pieces[0].border, Border::Paragraph);
    EXPECT_EQ(pieces[1].border, Border::Sentence);
    EXPECT_EQ(pieces[3].border, Border::Paragraph);
}

TEST(Stretch, ASentenceLongerThanASegmentIsCutBetweenClauses) {
    test::WordSource source(1);
    std::string text = "Begin";
    for (int i = 0; i < 99; ++i) text += (i == 45 ? "; (" : " ") + source.word();
    const std::vector<Piece> pieces = piecesOf(text + ".", {});
    ASSERT_EQ(pieces.size(), 2u);
    EXPECT_EQ(text[pieces[0].range.end - 1], ';');
    EXPECT_EQ(text[pieces[1].range.begin], '(');
    EXPECT_EQ(pieces[1].border, Border::Within);
    EXPECT_EQ(pieces[0].words + pieces[1].words, 100);
}

TEST(Stretch, WhatIsLongerThanAChunkIsCutAtLineEnds) {
    std::string text;
    for (int i = 0; i < 500; ++i) text += std::to_string(1000 + i) + (i % 7 == 6 ? "\n" : " ");
    int words = 0;
    for (const Piece& piece : piecesOf(text, {})) {
        EXPECT_LE(piece.words, 40);
        EXPECT_NE(piece.border, Border::Within);
        EXPECT_TRUE(piece.range.begin == 0 || text[piece.range.begin - 1] == '\n');
        words += piece.words;
    }
    EXPECT_EQ(words, 500);
}

TEST(Stretch, AWordWithoutEndIsCutOnCodePoints) {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "é";
    std::size_t at = 0;
    for (const Piece& piece : piecesOf(text, {})) {
        EXPECT_EQ(piece.range.begin, at);
        EXPECT_LE(piece.range.size(), 40 * 64u);
        EXPECT_TRUE(base::isValidUtf8(text.substr(piece.range.begin, piece.range.size())));
        at = piece.range.end;
    }
    EXPECT_EQ(at, text.size());
}

TEST(Stretch, RubbishCountsNothing) {
    for (const Piece& piece : piecesOf(std::string(50'000, '-') + "\n\n" + std::string(500, '.'), {}))
        EXPECT_EQ(piece.words, 0);
}

}  // namespace
}  // namespace commonplace::chunk
