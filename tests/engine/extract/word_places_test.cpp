#include "engine/extract/word_places.h"

#include <gtest/gtest.h>

namespace commonplace::extract {
namespace {

/// The text of each placed word, joined with "|".
std::string placed(const std::string& text, const std::vector<std::string>& words) {
    std::vector<DrawnWord> drawn;
    for (const auto& word : words) drawn.push_back({word, {}});
    std::string result;
    for (const PlacedWord& word : placeWords(text, drawn))
        result += (result.empty() ? "" : "|") + text.substr(word.begin, word.end - word.begin);
    return result;
}

TEST(WordPlaces, FollowTheText) {
    EXPECT_EQ(placed("one two\nthree", {"one", "two", "three"}), "one|two|three");
    EXPECT_EQ(placed("", {"one"}), "");
    EXPECT_EQ(placed("one", {}), "");
}

TEST(WordPlaces, JoinLineEndHyphens) {
    EXPECT_EQ(placed("before anything else", {"before", "any-", "thing", "else"}), "before|any|thing|else");
    EXPECT_EQ(placed("self-evident - truth", {"self-evident", "-", "truth"}), "self-evident|-|truth");
}

TEST(WordPlaces, FindThemselvesAgainAfterWhatIsMissing) {
    EXPECT_EQ(placed("one two three four", {"one", "unseen", "three", "four"}), "one|three|four");
    EXPECT_EQ(placed("one x y z four", {"one", "four"}), "one|four");
}

TEST(WordPlaces, KeepWordsThatAreTurnedRound) {
    EXPECT_EQ(placed("\u202B\u05D0\u05D1\u05D2\u202C end", {"\u05D2\u05D1\u05D0", "end"}),
              "\u05D0\u05D1\u05D2|end");
}

TEST(WordPlaces, AStrayWordDoesNotLoseTheRest) {
    std::string text = "start ";
    for (int i = 0; i < 200; ++i) text += "filler" + std::to_string(i) + " ";
    text += "stray";
    EXPECT_EQ(placed(text, {"start", "stray", "filler0", "filler1"}), "start|filler0|filler1|stray");
}

}  // namespace
}  // namespace commonplace::extract
