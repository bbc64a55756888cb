#include <gtest/gtest.h>

#include <string>

#include "engine/prompt/prompt.h"

namespace commonplace::prompt {
namespace {

std::size_t tokens(std::string_view text) {
    return EstimatingCounter().count(text).tokens;
}

struct Known {
    const char* text;
    std::size_t cl100k;  ///< counted with OpenAI's cl100k_base
};

// Prose and mixed text of this test's own; the figures are from the real tokenizer.
TEST(Estimate, IsAFewPercentAboveTheRealThing) {
    const Known texts[] = {
        {"The harbour was quiet when the ferry arrived, and nobody on the quay seemed to notice that it "
         "carried only "
         "three passengers. One of them, a tall woman with a leather case, asked the porter for the nearest "
         "hotel; he "
         "pointed up the hill without a word and went back to his newspaper. She thanked him, although there "
         "was little "
         "to be thankful for, and began to climb the wet stairs.",
         81},
        {"Employees are eligible for the dental plan after 90 days of service. The plan pays 80 percent of "
         "basic "
         "treatment and 50 percent of crowns, up to $1,500 per calendar year. Claims must be sent within 180 "
         "days.",
         50},
        {"We describe a consensus algorithm for managing a replicated log. It produces a result equivalent "
         "to "
         "multi-Paxos, and it is as efficient, but its structure is different, which makes it more "
         "understandable.",
         40},
    };
    for (const Known& known : texts) {
        EXPECT_GE(tokens(known.text), known.cl100k) << known.text;
        EXPECT_LE(tokens(known.text), known.cl100k * 6 / 5) << known.text;
    }
}

TEST(Estimate, CountsScriptsWithoutSpacesPerCharacter) {
    EXPECT_GE(tokens("这是一个很长的句子"), 9u);
    EXPECT_GE(tokens("これはとても長い文です"), 11u);
    EXPECT_LE(tokens("这是一个很长的句子"), 14u);
    EXPECT_GE(tokens("😀😀"), 2u);
}

TEST(Estimate, NumbersMarksAndSpaces) {
    EXPECT_EQ(tokens(""), 0u);
    EXPECT_EQ(tokens("word"), 1u);
    EXPECT_EQ(tokens("one two"), 2u);
    EXPECT_EQ(tokens("1998"), 4u);
    EXPECT_EQ(tokens("word."), 2u);
    EXPECT_EQ(tokens("a\n\n\nb"), 3u);
    EXPECT_LE(tokens(std::string(400, '.')), 100u);
    EXPECT_GE(tokens("internationalisation"), 3u);
    EXPECT_EQ(tokens("camelCase"), 2u);
    EXPECT_FALSE(EstimatingCounter().count("x").exact);
}

TEST(Estimate, BadBytesCountAsWell) {
    EXPECT_GT(tokens("\xFF\xFE\x80"), 0u);
}

}  // namespace
}  // namespace commonplace::prompt
