#include "engine/answer/number_keys.h"

#include <gmock/gmock.h>

namespace commonplace::answer {
namespace {

using testing::ElementsAre;

std::vector<std::string> values(std::string_view text) {
    std::vector<std::string> all;
    for (const WrittenNumber& number : writtenNumbers(text)) all.push_back(number.value);
    return all;
}

bool holds(std::string_view text, std::string_view claim) {
    for (const WrittenNumber& number : writtenNumbers(claim))
        if (!isAmong(number, numberKeys(text))) return false;
    return true;
}

TEST(NumberKeys, GroupSeparatorsAreDropped) {
    for (const char* text :
         {"12500", "12,500", "12 500", "12\u00A0500", "12\u2009500", "12\u202F500", "12'500", "12\u2019500",
          "12,500.00", "12.500,00", "012500", "€12,500.", "(12,500), "})
        EXPECT_THAT(values(text), ElementsAre("12500")) << text;
    EXPECT_THAT(values("1.250.000 and 1,250,000.5"), ElementsAre("1250000", "1250000.5"));
}

TEST(NumberKeys, FractionsStay) {
    EXPECT_THAT(values("0.25 25.0 25.50 1.250 12,5 0,250 .5"),
                ElementsAre("0.25", "25", "25.5", "1.25", "12.5", "0.25", "5"));
    EXPECT_THAT(values("0, 0.0"), ElementsAre("0", "0"));
}

TEST(NumberKeys, WhatIsSeveralNumbersIsNotOne) {
    EXPECT_THAT(values("in 2024 150 of 5' 10 tall, 10-15, 12, 500"),
                ElementsAre("2024", "150", "5", "10", "10", "15", "12", "500"));
    EXPECT_THAT(values("1.2.3 12.05.2024 10,20,30"), ElementsAre("1.2.3", "12.05.2024", "10,20,30"));
    EXPECT_THAT(values("B12, 27th and 2023/24"), ElementsAre("12", "27", "2023", "24"));
    EXPECT_THAT(values("no number, at all. "), ElementsAre());
}

TEST(NumberKeys, PartsStandForAWhole) {
    EXPECT_TRUE(holds("on 12 May 2024", "on 12.05.2024"));
    EXPECT_TRUE(holds("in chapter 12 500 people", "500 people"));
    EXPECT_TRUE(holds("500 people in chapter 12", "chapter 12 500 people"));
    EXPECT_FALSE(holds("version 1.2.4", "version 1.2.3"));
    EXPECT_FALSE(holds("25 days", "0.25 days"));
    EXPECT_FALSE(holds("0.25 days", "25 days"));
    EXPECT_TRUE(holds("five days", "5 days"));
    EXPECT_FALSE(holds("five days", "0.5 days"));
}

}  // namespace
}  // namespace commonplace::answer
