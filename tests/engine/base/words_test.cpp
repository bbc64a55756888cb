#include <gmock/gmock.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <thread>

#include "engine/base/text.h"
#include "tests/engine/base/random_text.h"

namespace commonplace::base {
namespace {

using testing::ElementsAre;

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> found;
    for (const Range& range : words(text)) found.push_back(text.substr(range.begin, range.size()));
    return found;
}

/// A letter or a digit: a mark alone, even on an underscore, is no word.
bool hasContent(std::string_view word) {
    for (std::size_t at = 0; at < word.size(); at += decodeUtf8(word, at).bytes)
        if (const char32_t value = decodeUtf8(word, at).value; isWordChar(value) && value != U'\u0301')
            return true;
    return false;
}

/// The same by ICU's own rules, as a rival.
std::vector<std::string> icuWordsOf(const std::string& text) {
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator* iterator = ubrk_open(UBRK_WORD, "", nullptr, 0, &status);
    UText* source = utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &status);
    ubrk_setUText(iterator, source, &status);
    std::vector<std::string> found;
    for (int32_t from = 0, to = ubrk_next(iterator); to != UBRK_DONE; from = to, to = ubrk_next(iterator)) {
        const std::string part = text.substr(from, to - from);
        if (hasContent(part)) found.push_back(part);
    }
    utext_close(source);
    ubrk_close(iterator);
    return found;
}

TEST(Words, English) {
    EXPECT_THAT(wordsOf("The quick (\"brown\") fox can't jump 32.3 feet, right?"),
                ElementsAre("The", "quick", "brown", "fox", "can't", "jump", "32.3", "feet", "right"));
    EXPECT_THAT(wordsOf("well-read name:value snake_case $1,250.00 3.5% U.S. end."),
                ElementsAre("well", "read", "name", "value", "snake_case", "1,250.00", "3.5", "U.S", "end"));
    EXPECT_THAT(wordsOf("company’s “net” income—2019"), ElementsAre("company’s", "net", "income", "2019"));
    EXPECT_THAT(wordsOf(" ... -- _ "), ElementsAre());
    EXPECT_THAT(wordsOf(""), ElementsAre());
}

TEST(Words, OtherAlphabets) {
    EXPECT_THAT(wordsOf("Größe über naïve cafe\u0301"), ElementsAre("Größe", "über", "naïve", "cafe\u0301"));
    EXPECT_THAT(wordsOf("Привет, мир!"), ElementsAre("Привет", "мир"));
    EXPECT_THAT(wordsOf("ארה\"ב צה״ל"), ElementsAre("ארה\"ב", "צה״ל"));
    EXPECT_THAT(wordsOf("كتاب جديد"), ElementsAre("كتاب", "جديد"));
    EXPECT_THAT(wordsOf("한국어 문장"), ElementsAre("한국어", "문장"));
    EXPECT_THAT(wordsOf("10² ½ cup"), ElementsAre("10", "²", "½", "cup"));
}

TEST(Words, DictionaryScripts) {
    EXPECT_THAT(wordsOf("東京都に住んでいます。"), testing::Contains("東京"));
    EXPECT_THAT(wordsOf("我们在北京大学学习"),
                testing::AllOf(testing::Contains("我们"), testing::Contains("学习")));
    EXPECT_THAT(wordsOf("สวัสดีชาวโลก"), ElementsAre("สวัสดี", "ชาว", "โลก"));
    EXPECT_THAT(wordsOf("第3章 abcไทย"), ElementsAre("第", "3", "章", "abc", "ไทย"));
}

TEST(Words, AVeryLongPhraseIsCutIntoBoundedRuns) {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += "東京";
    const std::vector<Range> found = words(text);
    EXPECT_GT(found.size(), 4000u);
    EXPECT_EQ(found.back().end, text.size());
}

TEST(Words, AgreeWithIcuOutsideDictionaryScripts) {
    std::mt19937 random(29);
    const std::u32string_view alphabet = U"abcXYZ 019..,,;''’\"__--\n\t()$éñЖא״ع٣\u0301\u200Dß·";
    for (int round = 0; round < 3000; ++round) {
        const std::string text = test::randomText(random, alphabet, round % 50);
        ASSERT_EQ(wordsOf(text), icuWordsOf(text)) << text;
    }
}

TEST(Words, AnyBytesGiveOrderedRangesOnBoundaries) {
    std::mt19937 random(31);
    for (int round = 0; round < 2000; ++round) {
        const std::string text = round % 2 == 0 ? test::randomBytes(random, 200)
                                                : test::randomText(random, U"a1 '.東ไคて한é\n_\u0301", 80);
        std::size_t last = 0;
        for (const Range& range : words(text)) {
            ASSERT_LE(last, range.begin);
            ASSERT_LT(range.begin, range.end);
            ASSERT_LE(range.end, text.size());
            ASSERT_TRUE(isValidUtf8(std::string_view(text).substr(range.begin, range.size())));
            last = range.end;
        }
    }
}

TEST(Words, MayBeCalledFromSeveralThreads) {
    const std::string text = "東京都に住んでいます and the rest";
    const std::vector<Range> expected = words(text);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 200; ++round) EXPECT_EQ(words(text), expected);
        });
    }
}

}  // namespace
}  // namespace commonplace::base
