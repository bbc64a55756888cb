#include "engine/llm/hidden_thoughts.h"

#include <gtest/gtest.h>

namespace commonplace::llm {
namespace {

/// The text in pieces of so many bytes.
std::string shown(const std::string& text, std::size_t piece) {
    HiddenThoughts thoughts;
    std::string out;
    for (std::size_t at = 0; at < text.size(); at += piece) out += thoughts.push(text.substr(at, piece));
    return out + thoughts.finish();
}

void expectShown(const std::string& text, const std::string& expected) {
    for (std::size_t piece = 1; piece <= text.size(); ++piece)
        EXPECT_EQ(shown(text, piece), expected) << piece;
}

TEST(HiddenThoughtsTest, WhatIsThoughtAtTheBeginningIsLeftOut) {
    expectShown("<think>\nHm, <b>why</b>?\n</think>\n\nBecause.", "Because.");
    expectShown("\n<think></think>Because <think>x</think>.", "Because <think>x</think>.");
}

TEST(HiddenThoughtsTest, AnythingElseStays) {
    expectShown("Because.", "Because.");
    expectShown(" <thinker> is a word", " <thinker> is a word");
    expectShown("<thi", "<thi");
    expectShown("It says <think>x</think>.", "It says <think>x</think>.");
}

TEST(HiddenThoughtsTest, ThoughtsWithoutAnEndAreNoAnswer) {
    expectShown("<think>and on and on", "");
    HiddenThoughts thoughts;
    thoughts.push("<think>and on");
    EXPECT_TRUE(thoughts.onlyThought());
    thoughts.push("</think>");
    EXPECT_TRUE(thoughts.onlyThought());
    thoughts.push("So.");
    EXPECT_FALSE(thoughts.onlyThought());
}

}  // namespace
}  // namespace commonplace::llm
