#include "engine/answer/word_edge.h"

#include <gtest/gtest.h>

#include <string>

namespace commonplace::answer {
namespace {

/// Where '|' stands in the text, a border is tried.
bool cuts(std::string text) {
    const std::size_t at = text.find('|');
    text.erase(at, 1);
    return cutsWord(text, at);
}

TEST(WordEdge, InsideWordsAndNumbers) {
    for (const char* text :
         {"wo|rd",         "can|'t",        "can'|t",      "can|’t", "non|-profit", "non-|profit",
          "non-\n|profit", "non|-\nprofit", "1|5",         "1|.5",   "1.|5",        "1|,500",
          "10|²",          "10|⁻²",         "1|/2",        "1|-2",   "1-|2",        "-|5",
          " −|5",          " .|5",          "-|$5",        "5|th",   "COVID-|19",   "COVID–|19",
          "foo|_bar",      "wo|\u00ADrd",   "wo\u00AD|rd", "五|十",  "12|:30",      "1|\u202F500"})
        EXPECT_TRUE(cuts(text)) << text;
}

TEST(WordEdge, BetweenThem) {
    for (const char* text :
         {"|word",     "word|",       "",      "|",      "one| two", "one |two", "one.| Two", "one|. Two",
          "one|, two", "'|word|'",    "很|长", "A|中",   "end—|5",   "$|5",      "5|%",       "5|.",
          "5|. 6",     "word|--word", "(|5)",  "x |- y", "word|…",   "- |5"})
        EXPECT_FALSE(cuts(std::string(text).find('|') == std::string::npos ? std::string(text) + "|" : text))
            << text;
}

TEST(WordEdge, LongRunsAndBadBytesEnd) {
    EXPECT_FALSE(cuts("a" + std::string(100'000, ' ') + "|" + std::string(100'000, ' ') + "b"));
    EXPECT_FALSE(cuts("\xFF\xBF\xBF\xBF|\x80\x80"));
}

}  // namespace
}  // namespace commonplace::answer
