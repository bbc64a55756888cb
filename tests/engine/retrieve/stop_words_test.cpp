#include "engine/retrieve/stop_words.h"

#include <gtest/gtest.h>

namespace commonplace::retrieve {
namespace {

TEST(StopWords, AreKnownInAnyCaseAndWithAnyApostrophe) {
    for (const char* word : {"the", "The", "WHICH", "of", "don't", "Don\u2019t", "a", "yours", "i'm"})
        EXPECT_TRUE(isStopWord(word)) << word;
}

TEST(StopWords, LeaveNamesAndTopicsAlone) {
    for (const char* word :
         {"us", "may", "own", "part", "vitamin", "", "'", "theories", "10", "the\u2019", "и"})
        EXPECT_FALSE(isStopWord(word)) << word;
}

TEST(StopWords, BearLongAndBrokenWords) {
    EXPECT_FALSE(isStopWord(std::string(1 << 20, 'a')));
    EXPECT_FALSE(isStopWord("\xFF\xFE"));
}

}  // namespace
}  // namespace commonplace::retrieve
