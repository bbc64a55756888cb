#include "engine/prompt/code_spans.h"

#include <gtest/gtest.h>

#include <string>

namespace commonplace::prompt {
namespace {

std::string codeOf(std::string_view text) {
    std::string result;
    const CodeSpans code(text);
    for (const base::Range& span : code.spans())
        result += std::string(text.substr(span.begin, span.size())) + "|";
    return result;
}

TEST(CodeSpans, RunsOfEqualLengthPair) {
    EXPECT_EQ(codeOf("a `b` c ``d ` e`` f"), "`b`|``d ` e``|");
    EXPECT_EQ(codeOf("one ` lone"), "");
    EXPECT_EQ(codeOf("x\n```\ncode\n"), "```\ncode\n|");
    EXPECT_EQ(codeOf(""), "");
}

TEST(CodeSpans, HoldsIsHalfOpen) {
    const CodeSpans code("a `b` c");
    EXPECT_FALSE(code.holds(1));
    EXPECT_TRUE(code.holds(2));
    EXPECT_TRUE(code.holds(4));
    EXPECT_FALSE(code.holds(5));
}

}  // namespace
}  // namespace commonplace::prompt
