#include "engine/base/abbreviations.h"

#include <gtest/gtest.h>

namespace commonplace::base {
namespace {

TEST(Abbreviations, KindDependsOnWhatMayFollow) {
    for (const char* title : {"Mr", "e.g", "i.e", "J", "É", "St", "vs"})
        EXPECT_EQ(abbreviationKind(title), Abbreviation::Title) << title;
    for (const char* counted : {"No", "Fig", "pp", "Sec"})
        EXPECT_EQ(abbreviationKind(counted), Abbreviation::Counted) << counted;
    for (const char* plain : {"Inc", "Ltd", "etc", "U.S", "Ph.D", "al", "Sept"})
        EXPECT_EQ(abbreviationKind(plain), Abbreviation::Plain) << plain;
    for (const char* none : {"", "house", "I", "2019", "www.example.com", "3.5"})
        EXPECT_EQ(abbreviationKind(none), Abbreviation::None) << none;
}

TEST(Abbreviations, ListMarks) {
    for (const char* mark : {"1", "12", "a", "B", "iv", "2.1", "3.2.10"})
        EXPECT_TRUE(isListMark(mark)) << mark;
    for (const char* word : {"", "1999", "foo", "12345.678", "1a"}) EXPECT_FALSE(isListMark(word)) << word;
}

TEST(Abbreviations, NumberedLabels) {
    for (const char* label : {"Item 7", "Item 1A", "Table 3", "Part IV", "Note 12"})
        EXPECT_TRUE(isNumberedLabel(label));
    for (const char* other : {"Item", "item 7", "House 7", "Item seven", "In Item 7"})
        EXPECT_FALSE(isNumberedLabel(other));
}

TEST(Abbreviations, StartersAndNumbers) {
    EXPECT_TRUE(isSentenceStarter("The"));
    EXPECT_FALSE(isSentenceStarter("Class"));
    EXPECT_TRUE(looksLikeNumber("VII"));
    EXPECT_TRUE(looksLikeNumber("B"));
    EXPECT_FALSE(looksLikeNumber("A"));
    EXPECT_FALSE(looksLikeNumber("Then"));
}

}  // namespace
}  // namespace commonplace::base
