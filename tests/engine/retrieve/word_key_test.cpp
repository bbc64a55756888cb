#include "engine/retrieve/word_key.h"

#include <gtest/gtest.h>

namespace commonplace::retrieve {
namespace {

TEST(WordKey, FoldsCaseAccentsAndEnglishEndings) {
    EXPECT_EQ(wordKey("Running"), "run");
    EXPECT_EQ(wordKey("Études"), wordKey("etudes"));
    EXPECT_EQ(wordKey("ŽLUŤOUČKÝ"), wordKey("zlutoucky"));
    EXPECT_EQ(wordKey("cafe\u0301"), wordKey("café"));
    EXPECT_EQ(wordKey("København"), wordKey("KØBENHAVN"));
    EXPECT_EQ(wordKey("Москва"), "москва");
    EXPECT_EQ(wordKey("3.5"), "3.5");
}

TEST(WordKey, FoldedWordKeepsTheEnding) {
    EXPECT_EQ(foldedWord("Running"), "running");
    EXPECT_EQ(foldedWord("Événements"), "evenements");
}

TEST(WordKey, KeepsLettersThatAreNoAccentedOnes) {
    EXPECT_EQ(foldedWord("Ærø"), "ærø");
    EXPECT_EQ(foldedWord("Łódź"), "łodz");
    EXPECT_EQ(foldedWord("œuvre"), "œuvre");
}

TEST(ApostropheParts, DropWhatCarriesNoMeaning) {
    using Parts = std::vector<std::string>;
    EXPECT_EQ(apostropheParts("company's"), Parts{"company"});
    EXPECT_EQ(apostropheParts("company\u2019s"), Parts{"company"});
    EXPECT_EQ(apostropheParts("l'homme"), Parts{"homme"});
    EXPECT_EQ(apostropheParts("they're"), Parts{"they"});
    EXPECT_EQ(apostropheParts("aujourd'hui"), (Parts{"aujourd", "hui"}));
    EXPECT_EQ(apostropheParts("word"), Parts{"word"});
}

TEST(ApostropheParts, LeaveTheWordWhenNothingElseIsLeft) {
    using Parts = std::vector<std::string>;
    EXPECT_EQ(apostropheParts("I'm"), Parts{"I'm"});
    EXPECT_EQ(apostropheParts("'"), Parts{"'"});
    EXPECT_EQ(apostropheParts(""), Parts{""});
}

TEST(IsRunTerm, IsChineseJapaneseKorean) {
    for (const char* term : {"黑豹", "ひら", "カタ", "한국"}) EXPECT_TRUE(isRunTerm(term)) << term;
    for (const char* term : {"", "word", "คำ", "слово", "हिन्दी"}) EXPECT_FALSE(isRunTerm(term)) << term;
}

TEST(SharedBeginning, IsTwoThirdsOfLongWords) {
    EXPECT_EQ(sharedBeginning("Versicherungen", Scripts::All), "Versicher");
    EXPECT_EQ(sharedBeginning("программы", Scripts::NotLatin), "програ");
    EXPECT_EQ(sharedBeginning("книги", Scripts::NotLatin), "книг");
}

TEST(SharedBeginning, IsEmptyWhereItWouldMislead) {
    EXPECT_EQ(sharedBeginning("Haus", Scripts::All), "") << "short";
    EXPECT_EQ(sharedBeginning("insurance", Scripts::NotLatin), "") << "Latin";
    EXPECT_EQ(sharedBeginning("B2B2C4you", Scripts::All), "") << "digits";
    EXPECT_EQ(sharedBeginning("北京大学法学院", Scripts::All), "") << "no spaces";
    EXPECT_EQ(sharedBeginning("ประเทศไทย", Scripts::All), "") << "no spaces";
    EXPECT_EQ(sharedBeginning("", Scripts::All), "");
}

}  // namespace
}  // namespace commonplace::retrieve
