#include "engine/embed/language.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/engine/embed/reference.h"

namespace commonplace::embed {
namespace {

double affinity(const std::string& text) {
    static const Model model = test::builtinModel();
    static const Tokenizer tokenizer(model);
    return englishAffinity(tokenizer, text);
}

TEST(Language, JudgesTheGoldenCases) {
    std::ifstream file(std::string(COMMONPLACE_TEST_DIR) + "/golden/embed/affinity.txt");
    std::map<std::string, int> cases;
    for (std::string line; std::getline(file, line);) {
        const std::size_t tab = line.find('\t');
        if (line.starts_with('#') || tab == std::string::npos) continue;
        const std::string kind = line.substr(0, tab), text = line.substr(tab + 1);
        ++cases[kind];
        const double value = affinity(text);
        const bool right = kind == "high" ? value > 0.8 : kind == "low" ? value < 0.2 : value == 0.5;
        EXPECT_TRUE(right) << value << ": " << line;
    }
    EXPECT_EQ(cases.size(), 3u);
    EXPECT_GT(cases["high"], 10);
    EXPECT_GT(cases["low"], 20);
}

TEST(Language, SaysNothingAboutNothing) {
    EXPECT_EQ(affinity(""), 0);
    EXPECT_EQ(affinity(" \n"), 0);
    EXPECT_EQ(affinity("\xFF\xFE"), 0);
}

TEST(Language, ReadsOnlyTheBeginningOfALongText) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "the report ";
    EXPECT_GT(affinity(text + text + "und der die das "), 0.8);
}

std::string testData() {
    const char* chosen = std::getenv("COMMONPLACE_TEST_DATA");
    return chosen ? chosen : std::string(COMMONPLACE_TEST_DIR) + "/../../shared/data";
}

struct Share {
    int texts = 0;
    int high = 0;
    int low = 0;
};

/// Per group (the id's language prefix, or the whole set) how many texts count as English and how many as
/// not.
std::map<std::string, Share> sharesOf(const std::string& set, const char* file) {
    std::map<std::string, Share> shares;
    std::ifstream in(testData() + "/" + set + "/" + file);
    for (std::string line; std::getline(in, line);) {
        const auto query = nlohmann::json::parse(line);
        const std::string text = query.contains("text") ? query.at("text") : query.at("question");
        Share& share = shares[query.value("lang", set)];
        const double value = affinity(text);
        ++share.texts;
        share.high += value > 0.8;
        share.low += value < 0.2;
    }
    return shares;
}

TEST(Language, TellsTheLanguagesOfRealQuestionsApart) {
    if (!std::filesystem::exists(testData() + "/xquad")) GTEST_SKIP() << "no test data in " << testData();
    const auto shares = sharesOf("xquad", "queries.jsonl");
    EXPECT_EQ(shares.size(), 12u);
    for (const auto& [language, share] : shares) {
        const int right = language == "en" ? share.high : share.low;
        EXPECT_GE(right, share.texts * 0.96) << language;
    }
}

TEST(Language, TakesTechnicalEnglishForEnglish) {
    if (!std::filesystem::exists(testData() + "/scifact")) GTEST_SKIP() << "no test data in " << testData();
    for (const char* set : {"cranfield", "scifact", "covidqa"}) {
        const Share share = sharesOf(set, "queries.jsonl")[set];
        EXPECT_GT(share.texts, 200) << set;
        EXPECT_GE(share.high, share.texts * 0.98) << set;
    }
    const Share northwind = sharesOf("northwind", "questions.jsonl")["northwind"];
    EXPECT_GE(northwind.high, northwind.texts * 0.99);
}

}  // namespace
}  // namespace commonplace::embed
