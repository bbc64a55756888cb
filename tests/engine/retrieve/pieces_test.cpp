#include "engine/retrieve/pieces.h"

#include <gtest/gtest.h>

#include <string>

namespace commonplace::retrieve {
namespace {

/// "w[...]" words, "p[...]" a phrase, "-w" and "-p" exclusions.
std::string shown(std::string_view text, Phrases phrases = Phrases::Required) {
    std::string all;
    for (const Piece& piece : piecesOf(text, phrases)) {
        const bool isPhrase = piece.role == Role::Phrase || piece.role == Role::ExcludedPhrase;
        all += std::string(excludes(piece) ? "-" : "") + (isPhrase ? "p" : "w") + "[" +
               std::string(piece.text) + "]";
    }
    return all;
}

TEST(Pieces, AreCutAtOperators) {
    EXPECT_EQ(shown("one two"), "w[one two]");
    EXPECT_EQ(shown("one \"two three\" four"), "w[one ]p[two three]w[ four]");
    EXPECT_EQ(shown("“one two”"), "p[one two]");
    EXPECT_EQ(shown("one -two -\"three four\""), "w[one ]-w[two]w[ ]-p[three four]");
    EXPECT_EQ(shown("one -two-three"), "w[one ]-w[two-three]");
}

TEST(Pieces, LeaveLoneMarksAlone) {
    EXPECT_EQ(shown("5\" screen"), "w[5\" screen]");
    EXPECT_EQ(shown("one” “two"), "w[one” “two]");
    EXPECT_EQ(shown("a-b - c -5 --d"), "w[a-b - c -5 --d]");
    EXPECT_EQ(shown("one -"), "w[one -]");
    EXPECT_EQ(shown(""), "");
}

TEST(Pieces, HaveNoOperatorsInQuestions) {
    for (const char* mark : {"?", "？", "؟"})
        EXPECT_EQ(shown(std::string("one \"two\" -three ") + mark).find_first_of("-p"), std::string::npos)
            << mark;
}

TEST(Pieces, KeepExclusionsOnlyBesideSomethingToFind) {
    EXPECT_EQ(shown("-one"), "w[one]");
    EXPECT_EQ(shown("-one !"), "w[one]w[ !]");
    EXPECT_EQ(shown("\"two\" -one"), "p[two]w[ ]-w[one]");
}

TEST(Pieces, MayTakePhrasesAsWords) {
    EXPECT_EQ(shown("\"two three\" -one", Phrases::Optional), "w[two three]w[ ]-w[one]");
}

}  // namespace
}  // namespace commonplace::retrieve
