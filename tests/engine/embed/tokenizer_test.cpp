#include "engine/embed/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/base/text.h"
#include "tests/engine/embed/reference.h"

namespace commonplace::embed {
namespace {

using testing::ElementsAre;

const Tokenizer& tokenizer() {
    static const Model model = test::builtinModel();
    static const Tokenizer instance(model);
    return instance;
}

/// The reference marks the start and each U+0020 only: no collapsing, no dropping.
std::string markedAsInTheReference(const std::string& text) {
    if (text.empty()) return {};
    std::string marked = "\xE2\x96\x81";
    for (const char c : base::normalizeNfkc(text)) {
        if (c == ' ') {
            marked += "\xE2\x96\x81";
        } else {
            marked += c;
        }
    }
    return marked;
}

TEST(Tokenizer, CutsEveryReferenceTextAlike) {
    std::size_t texts = 0;
    for (const test::ReferenceItem& item : test::referenceItems()) {
        EXPECT_EQ(tokenizer().segment(markedAsInTheReference(item.text)), item.ids) << item.text;
        ++texts;
    }
    EXPECT_EQ(texts, 55u);
}

TEST(Tokenizer, GivesTheReferenceIdsForOrdinaryText) {
    for (const test::ReferenceItem& item : test::referenceItems()) {
        if (Tokenizer::clean(item.text) != markedAsInTheReference(item.text)) continue;
        EXPECT_EQ(tokenizer().tokenize(item.text).ids, item.window()) << item.text;
    }
}

TEST(Tokenizer, CollapsesWhiteSpaceOfEveryKind) {
    const auto plain = tokenizer().tokenize("line one line two").ids;
    EXPECT_EQ(tokenizer().tokenize("  line\tone\r\nline\xC2\xA0 two\xE2\x80\x83\n").ids, plain);
    EXPECT_EQ(Tokenizer::clean("a  b"),
              "\xE2\x96\x81"
              "a"
              "\xE2\x96\x81"
              "b");
}

TEST(Tokenizer, DropsControlsAndWhatHasNoWidth) {
    const auto plain = tokenizer().tokenize("softhyphen").ids;
    EXPECT_EQ(tokenizer().tokenize("\xEF\xBB\xBFsoft\xC2\xADhyphen").ids, plain);
    EXPECT_EQ(tokenizer().tokenize("soft\xE2\x80\x8Bhyphen").ids, plain);
    EXPECT_EQ(tokenizer().tokenize(std::string("so\0ft\x07hyphen\x7F", 13)).ids, plain);
    EXPECT_EQ(Tokenizer::clean("\x01\x02 \xE2\x80\x8B"), "");
}

TEST(Tokenizer, NormalisesLigaturesAndFullWidthForms) {
    EXPECT_EQ(tokenizer()
                  .tokenize("e\xEF\xAC\x83"
                            "cient")
                  .ids,
              tokenizer().tokenize("efficient").ids);
    EXPECT_EQ(tokenizer().tokenize("\xEF\xBC\xA1\xEF\xBC\xA2").ids, tokenizer().tokenize("AB").ids);
}

TEST(Tokenizer, HasNothingToSayAboutNothing) {
    for (const char* text : {"", " ", "\n\t", "\xE2\x80\x8B"}) {
        const Tokens tokens = tokenizer().tokenize(text);
        EXPECT_TRUE(tokens.ids.empty());
        EXPECT_EQ(tokens.characters, 0u);
        EXPECT_EQ(tokens.logProbability, 0);
    }
}

TEST(Tokenizer, CountsUnknownCharacters) {
    const Tokens tokens = tokenizer().tokenize("ab \xE4\xB8\xAD\xE6\x96\x87!");  // two Han characters
    EXPECT_EQ(tokens.characters, 5u);
    EXPECT_EQ(tokens.letters, 4u);
    EXPECT_EQ(tokens.unknown, 2u);
    EXPECT_EQ(tokens.unknownLetters, 2u);
    EXPECT_EQ(std::count(tokens.ids.begin(), tokens.ids.end(), Tokenizer::kUnknownId), 1);
    const Tokens snowman = tokenizer().tokenize("\xE2\x98\x83");  // unknown, but no letter
    EXPECT_EQ(snowman.unknown, 1u);
    EXPECT_EQ(snowman.unknownLetters, 0u);
}

TEST(Tokenizer, StopsAtTheWindowAndCountsOnlyWhatItKept) {
    std::string words;
    for (int i = 0; i < 500; ++i) words += "the ";
    const Tokens tokens = tokenizer().tokenize(words + "\xE4\xB8\xAD");
    EXPECT_EQ(tokens.ids.size(), Shape::maximumTokens);
    EXPECT_EQ(tokens.characters, 3 * Shape::maximumTokens);
    EXPECT_EQ(tokens.unknown, 0u);
}

TEST(Tokenizer, GivesLikelierWordsMoreProbability) {
    EXPECT_GT(tokenizer().tokenize("information").logProbability,
              tokenizer().tokenize("Bundesrat").logProbability);
}

TEST(Tokenizer, SurvivesBytesThatAreNoText) {
    std::string bytes;
    for (int i = 0; i < 70000; ++i) bytes += static_cast<char>(i * 7919 >> 3);
    const Tokens tokens = tokenizer().tokenize(bytes);
    EXPECT_LE(tokens.ids.size(), Shape::maximumTokens);
    for (const std::int32_t id : tokens.ids) {
        EXPECT_GE(id, 0);
        EXPECT_LT(id, static_cast<std::int32_t>(Shape::pieces));
    }
}

}  // namespace
}  // namespace commonplace::embed
