#include "engine/store/full_text_form.h"

#include <gtest/gtest.h>

namespace commonplace::store {
namespace {

using Terms = std::vector<std::string>;

TEST(FullTextForm, LeavesLatinGreekCyrillicAndDevanagariAlone) {
    for (const char* text :
         {"", "plain", "“quoted” – naïve … 6½ €", "Việt Nam", "ἀρχή λόγος", "Привет", "हिन्दी भाषा", "😀 ok"})
        EXPECT_EQ(fullTextForm(text), text);
}

TEST(FullTextForm, PairsChineseJapaneseAndKorean) {
    EXPECT_EQ(fullTextForm("黑豹队"), "黑豹 豹队");
    EXPECT_EQ(fullTextForm("队"), "队");
    EXPECT_EQ(fullTextForm("丢了308分。"), "丢了 308 分 。");
    EXPECT_EQ(fullTextForm("コンピューター"), "コン ンピ ピュ ュー ータ ター");
    EXPECT_EQ(fullTextForm("학교 에서"), "학교 에서");
    EXPECT_EQ(fullTextForm("a中文b"), "a 中文 b");
}

TEST(FullTextForm, SeparatesThaiWords) {
    EXPECT_EQ(fullTextForm("ภาษาไทย"), "ภาษา ไทย");
    EXPECT_EQ(fullTextForm("PDFภาษาไทย."), "PDF ภาษา ไทย .");
}

TEST(FullTextForm, FoldsWidthsAndPresentationForms) {
    EXPECT_EQ(fullTextForm("ＰＤＦ　１２"), "PDF　12");
    EXPECT_EQ(fullTextForm("ｶﾞｷ"), fullTextForm("ガキ"));
    EXPECT_EQ(fullTextForm("か\u3099き"), "がき");
    EXPECT_EQ(fullTextForm("ﬁne"), "fine");
    EXPECT_EQ(fullTextForm("\uFEE1\uFEBC\uFEAE"),
              "\u0645\u0635\u0631");  // Arabic letters as a PDF shapes them
}

TEST(FullTextForm, DropsPointsThatReadersLeaveOut) {
    EXPECT_EQ(fullTextForm("مُحَمَّد"), "محمد");
    EXPECT_EQ(fullTextForm("אֱלֹהִים"), "אלהים");
    EXPECT_EQ(fullTextForm("\uFB2A"), "\u05E9");  // shin with its dot, in one character
}

TEST(FullTextForm, IsStableOnItsOwnOutputForWords) {
    for (const char* text : {"黑豹", "队", "ไทย", "PDF", "محمد"})
        EXPECT_EQ(fullTextForm(fullTextForm(text)), text);
}

TEST(FullTextForm, SurvivesBadBytes) {
    for (const std::string text : {"\xE4", "\xE4\xB8", "\xFF\xFE中", "中\xE4\xB8", "\xD9"})
        EXPECT_LE(fullTextForm(text).size(), 20u);
}

TEST(FullTextTerms, AreWordsAndPairs) {
    EXPECT_EQ(fullTextTerms("What's the state-of-the-art?"),
              (Terms{"What's", "the", "state", "of", "the", "art"}));
    EXPECT_EQ(fullTextTerms("黑豹队 的"), (Terms{"黑豹", "豹队", "的"}));
    EXPECT_EQ(fullTextTerms("ภาษาไทย x"), (Terms{"ภาษา", "ไทย", "x"}));
    EXPECT_EQ(fullTextTerms(" — ?! "), Terms());
    EXPECT_EQ(fullTextTerms(""), Terms());
}

TEST(FullTextMatch, QuotesEverything) {
    EXPECT_EQ(fullTextMatch("state"), "\"state\"");
    EXPECT_EQ(fullTextMatch("a\"b*"), "\"a\"\"b*\"");
    EXPECT_EQ(fullTextMatch(std::string("a\0b", 3)), "\"a b\"");
    EXPECT_EQ(fullTextMatch("队"), "\"队\" *");
    EXPECT_EQ(fullTextPhrase("to be or"), "\"to be or\"");
    EXPECT_EQ(fullTextPhrase("黑豹队"), "\"黑豹 豹队\"");
}

}  // namespace
}  // namespace commonplace::store
