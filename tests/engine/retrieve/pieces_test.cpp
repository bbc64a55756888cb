#include "engine/retrieve/pieces.h"

#include <gtest/gtest.h>

#include <string>

namespace commonplace::retrieve {
namespace {

/// "w[...]" words, "p[...]" a phrase, "d[...]", "e[...]", "t[...]" filters by folder, ending and title; "-"
/// before each excludes.
std::string shown(std::string_view text, Phrases phrases = Phrases::Required) {
    std::string all;
    for (const Piece& piece : piecesOf(text, phrases)) {
        const bool isPhrase = piece.role == Role::Phrase || piece.role == Role::ExcludedPhrase;
        const bool isMinus = excludes(piece) || (piece.role == Role::Filter && piece.sense == Sense::Exclude);
        const char kind = piece.role == Role::Filter ? "det"[static_cast<int>(piece.field)]
                          : isPhrase                 ? 'p'
                                                     : 'w';
        all += std::string(isMinus ? "-" : "") + kind + "[" + std::string(piece.text) + "]";
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

TEST(Pieces, KeepExclusionsAlsoWhereNothingElseIs) {
    EXPECT_EQ(shown("-one"), "-w[one]");
    EXPECT_EQ(shown("-one !"), "-w[one]w[ !]");
    EXPECT_EQ(shown("\"two\" -one"), "p[two]w[ ]-w[one]");
}

TEST(Pieces, KnowFilters) {
    EXPECT_EQ(shown("dir:reports budget"), "d[reports]w[ budget]");
    EXPECT_EQ(shown("budget ext:pdf type:md TITLE:Plan"), "w[budget ]e[pdf]w[ ]e[md]w[ ]t[Plan]");
    EXPECT_EQ(shown("dir:\"annual reports\" title:“two words” x"), "d[annual reports]w[ ]t[two words]w[ x]");
    EXPECT_EQ(shown("-ext:md -dir:\"old stuff\""), "-e[md]w[ ]-d[old stuff]");
    EXPECT_EQ(shown("ext:.PDF"), "e[PDF]");
}

TEST(Pieces, KeepFiltersInQuestions) {
    EXPECT_EQ(shown("What is due in dir:reports?"), "w[What is due in ]d[reports]");
    EXPECT_EQ(shown("Is it in dir:\"annual reports\"?"), "w[Is it in ]d[annual reports]w[?]");
}

TEST(Pieces, LeaveOtherColonsAlone) {
    for (const char* text : {"foo:bar", "dir:", "ext:", "ext:<T>", "title:!!", "subdir:x", "type: error"})
        EXPECT_EQ(shown(text), "w[" + std::string(text) + "]");
    EXPECT_EQ(shown("foo:bar"), "w[foo:bar]");
    EXPECT_EQ(shown("10:30 x"), "w[10:30 x]");
    EXPECT_EQ(shown("dir: reports"), "w[dir: reports]");
    EXPECT_EQ(shown("type:<T>"), "w[type:<T>]");
    EXPECT_EQ(shown("https://example.org/dir:x"), "w[https://example.org/dir:x]");
}

TEST(Pieces, MayTakePhrasesAsWords) {
    EXPECT_EQ(shown("\"two three\" -one", Phrases::Optional), "w[two three]w[ ]-w[one]");
}

}  // namespace
}  // namespace commonplace::retrieve
