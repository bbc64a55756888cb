#include <gmock/gmock.h>

#include "engine/base/clock.h"
#include "engine/base/text.h"
#include "tests/engine/base/random_text.h"
#include "tests/support/hang.h"

namespace commonplace::base {
namespace {

using testing::ElementsAre;

std::vector<std::string> sentencesOf(const std::string& text) {
    std::vector<std::string> found;
    for (const Range& range : sentences(text)) found.push_back(text.substr(range.begin, range.size()));
    return found;
}

TEST(Sentences, EndAtStopsBeforeANewBeginning) {
    EXPECT_THAT(sentencesOf("One is here. Two follows! Three? “Four.” Five (six.) Seven"),
                ElementsAre("One is here.", "Two follows!", "Three?", "“Four.”", "Five (six.)", "Seven"));
    EXPECT_THAT(sentencesOf("\"Why?\" he asked. Wait... no. And then... Done."),
                ElementsAre("\"Why?\" he asked.", "Wait... no.", "And then...", "Done."));
    EXPECT_THAT(sentencesOf("Let (v1 , . . . , vn ) be values . Then Index . . . . 12"),
                ElementsAre("Let (v1 , . . . , vn ) be values .", "Then Index . . . . 12"));
    EXPECT_THAT(sentencesOf(""), ElementsAre());
    EXPECT_THAT(sentencesOf(" \n \n"), ElementsAre());
}

TEST(Sentences, StopsInsideWordsAndNumbersAreNoBoundary) {
    EXPECT_THAT(sentencesOf("It grew 3.5 percent to $1.2 billion at www.example.com today. Good."),
                ElementsAre("It grew 3.5 percent to $1.2 billion at www.example.com today.", "Good."));
    EXPECT_THAT(sentencesOf("Sold in 1999. Then again."), ElementsAre("Sold in 1999.", "Then again."));
}

TEST(Sentences, AbbreviationsAndInitials) {
    EXPECT_THAT(sentencesOf("Mr. J. Smith of Apple Inc. and Dr. Jones, e.g. Paris, met. They left."),
                ElementsAre("Mr. J. Smith of Apple Inc. and Dr. Jones, e.g. Paris, met.", "They left."));
    EXPECT_THAT(
        sentencesOf(
            "See Fig. 3 and No. 5 in Vol. IV. It was Acme Corp. The firm is in the U.S. and the U.K. today."),
        ElementsAre("See Fig. 3 and No. 5 in Vol. IV.", "It was Acme Corp.",
                    "The firm is in the U.S. and the U.K. today."));
    EXPECT_THAT(sentencesOf("He said no. Then he went to St. Gallen."),
                ElementsAre("He said no.", "Then he went to St. Gallen."));
    EXPECT_THAT(sentencesOf("He holds a B.A. degree and an M.B.A. from Yale. We agreed."),
                ElementsAre("He holds a B.A. degree and an M.B.A. from Yale.", "We agreed."));
}

TEST(Sentences, ALineEndIsNoBoundaryAnEmptyLineIs) {
    EXPECT_THAT(sentencesOf("A sentence that\nruns over lines. Next\r\none.\r\n\r\nNew paragraph"),
                ElementsAre("A sentence that\nruns over lines.", "Next\r\none.", "New paragraph"));
    EXPECT_THAT(sentencesOf("no stop here\n\nbut an empty line\n \t\nand another\fpage"),
                ElementsAre("no stop here", "but an empty line", "and another", "page"));
}

TEST(Sentences, ListsAreSplitIntoTheirItems) {
    EXPECT_THAT(sentencesOf("We sell:\n• bread and\nbutter\n• jam\n- tea"),
                ElementsAre("We sell:", "• bread and\nbutter", "• jam", "- tea"));
    EXPECT_THAT(sentencesOf("Steps:\n1. Open it. Look.\n2. Close it\n(a) gently\n(b) firmly"),
                ElementsAre("Steps:", "1. Open it.", "Look.", "2. Close it", "(a) gently", "(b) firmly"));
    EXPECT_THAT(sentencesOf("The plan ended. (b) The award stays."),
                ElementsAre("The plan ended.", "(b) The award stays."));
    EXPECT_THAT(sentencesOf("stated in section\n3. The rest"),
                ElementsAre("stated in section\n3.", "The rest"));
}

TEST(Sentences, HeadingsDoNotGlueToTheParagraph) {
    EXPECT_THAT(sentencesOf("Item 7. Critical Accounting Policies\nThe preparation of statements requires "
                            "estimates that may differ."),
                ElementsAre("Item 7. Critical Accounting Policies",
                            "The preparation of statements requires estimates that may differ."));
    EXPECT_THAT(
        sentencesOf("Prior to joining\nAltschool, he held a number of positions at our company for years."),
        testing::SizeIs(1));
}

TEST(Sentences, OtherScripts) {
    EXPECT_THAT(sentencesOf("今日は晴れです。明日は雨でしょう！「本当？」はい"),
                ElementsAre("今日は晴れです。", "明日は雨でしょう！", "「本当？」", "はい"));
    EXPECT_THAT(sentencesOf("यह पहला है। यह दूसरा है।"), ElementsAre("यह पहला है।", "यह दूसरा है।"));
    EXPECT_THAT(sentencesOf("Первое предложение. Второе предложение."),
                ElementsAre("Первое предложение.", "Второе предложение."));
    EXPECT_THAT(sentencesOf("هل هذا صحيح؟ نعم."), ElementsAre("هل هذا صحيح؟", "نعم."));
}

TEST(Sentences, AnyBytesGiveOrderedTrimmedRangesThatCoverAllText) {
    std::mt19937 random(37);
    for (int round = 0; round < 3000; ++round) {
        const std::string text = round % 2 == 0
                                     ? test::randomBytes(random, 200)
                                     : test::randomText(random, U"aB1  ..?!\n\r\f(\")”•-。東।\u2029é", 80);
        std::size_t last = 0;
        for (const Range& range : sentences(text)) {
            ASSERT_LE(last, range.begin);
            ASSERT_LT(range.begin, range.end);
            ASSERT_LE(range.end, text.size());
            ASSERT_EQ(trim(text.substr(last, range.begin - last)), "");
            ASSERT_EQ(trim(text.substr(range.begin, range.size())), text.substr(range.begin, range.size()));
            last = range.end;
        }
        ASSERT_EQ(trim(text.substr(last)), "");
    }
}

TEST(Sentences, NoInputIsQuadratic) {
    const Stopwatch watch;
    std::string lists(1'000'000, 'x');
    for (int i = 0; i < 200'000; ++i) lists += "\n1. a";
    for (const std::string& text :
         {lists, std::string(2'000'000, '.'), std::string(2'000'000, '\n'), std::string(2'000'000, '('),
          std::string(2'000'000, '1'), std::string(1'000'000, 'a') + std::string(1'000'000, ' ') + "."})
        EXPECT_FALSE(sentences(text).size() > 1'000'000);
    EXPECT_LT(watch.seconds(), test::kHangSeconds);
}

}  // namespace
}  // namespace commonplace::base
