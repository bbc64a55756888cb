#include "engine/answer/other_language.h"

#include <gtest/gtest.h>

namespace commonplace::answer {
namespace {

constexpr std::string_view kEnglish =
    "Employees receive 25 days of paid annual leave in each calendar year, and the dates are agreed with the "
    "manager.";
constexpr std::string_view kGerman =
    "Jeder Mitarbeiter hat 25 Tage bezahlten Urlaub im Jahr, und die Tage werden mit der Leitung vereinbart.";

TEST(OtherLanguage, TellsByScript) {
    EXPECT_TRUE(isInOtherLanguage("员工每年有25天带薪年假", kEnglish));
    EXPECT_TRUE(isInOtherLanguage("Сотрудники получают 25 дней", kEnglish));
    EXPECT_TRUE(isInOtherLanguage("Employees receive 25 days", "Сотрудники получают 25 дней отпуска."));
    EXPECT_FALSE(isInOtherLanguage("年假は25日です", "员工每年有25天带薪年假"));
    EXPECT_FALSE(isInOtherLanguage("25", kEnglish));
    EXPECT_FALSE(isInOtherLanguage("Employees receive 25 days", "25 | 30 | 35"));
}

TEST(OtherLanguage, TellsBySmallWords) {
    EXPECT_TRUE(isInOtherLanguage("Die Mitarbeiter erhalten 25 Tage bezahlten Urlaub im Jahr", kEnglish));
    EXPECT_TRUE(isInOtherLanguage("Der Jahresurlaub beträgt 25 Tage", kEnglish));
    EXPECT_TRUE(isInOtherLanguage("Les employés reçoivent 25 jours de congés payés par an", kEnglish));
    EXPECT_TRUE(isInOtherLanguage("Los empleados reciben 25 días de vacaciones al año", kEnglish));
    EXPECT_TRUE(isInOtherLanguage("Employees receive 25 days of annual leave", kGerman));
    EXPECT_TRUE(isInOtherLanguage("Les salariés ont 25 jours de congés", kGerman));
}

TEST(OtherLanguage, DoesNotGuess) {
    EXPECT_FALSE(isInOtherLanguage("The canteen serves lasagne on Fridays", kEnglish));
    EXPECT_FALSE(isInOtherLanguage("Canteen menu: lasagne every Friday", kEnglish));
    EXPECT_FALSE(isInOtherLanguage("The chef of the café in Los Angeles serves lasagne to them", kEnglish));
    EXPECT_FALSE(isInOtherLanguage("Die Kantine hat am Freitag Lasagne im Angebot", kGerman));
    EXPECT_FALSE(isInOtherLanguage("Mitarbeiter erhalten Urlaub", kEnglish));
    EXPECT_FALSE(isInOtherLanguage("", kEnglish));
    EXPECT_FALSE(isInOtherLanguage("The canteen serves lasagne", ""));
}

}  // namespace
}  // namespace commonplace::answer
