#include "engine/config/address.h"

#include <gtest/gtest.h>

namespace commonplace::config {
namespace {

std::string told(std::string_view url) {
    return std::string(apiOfAddress(url).value_or("nothing"));
}

TEST(Address, TellsTheProtocol) {
    EXPECT_EQ(told("http://127.0.0.1:11434"), "ollama");
    EXPECT_EQ(told("http://127.0.0.1:11434#small:1b"), "ollama");
    EXPECT_EQ(told("http://127.0.0.1:11434/"), "ollama");
    EXPECT_EQ(told("http://127.0.0.1:11434/v1"), "openai");
    EXPECT_EQ(told("http://127.0.0.1:11434/v1/#m"), "openai");
    EXPECT_EQ(told("https://api.anthropic.com"), "anthropic");
    EXPECT_EQ(told("https://api.anthropic.com/v1"), "anthropic");
    EXPECT_EQ(told("https://api.example.org/v1"), "openai");
    EXPECT_EQ(told("localhost:11434"), "ollama");
}

TEST(Address, TellsNothingWhereNothingIsKnown) {
    EXPECT_EQ(told("http://127.0.0.1:8080"), "nothing");
    EXPECT_EQ(told("http://127.0.0.1:8080/x:11434"), "nothing");
    EXPECT_EQ(told("http://127.0.0.1:8080#a/v1"), "nothing");
    EXPECT_EQ(told("https://api.anthropic.com.example.org"), "nothing");
    EXPECT_EQ(told(""), "nothing");
}

TEST(Address, KnowsTheWeb) {
    EXPECT_TRUE(isWebAddress("http://x"));
    EXPECT_TRUE(isWebAddress("https://x"));
    EXPECT_FALSE(isWebAddress("localhost:8080"));
    EXPECT_FALSE(isWebAddress("ftp://x"));
}

}  // namespace
}  // namespace commonplace::config
