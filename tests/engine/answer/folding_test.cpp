#include "engine/answer/folding.h"

#include <gtest/gtest.h>

#include <string>

namespace commonplace::answer {
namespace {

/// "a{- ?}b": units with the gaps between them; '~' after a gap that may vanish, '!' after one that may spare
/// its space.
std::string shown(std::string_view text) {
    const Folded folded = fold(text);
    std::string result;
    const auto add = [&](const Gap& gap) {
        if (gap.range.size() == 0) return;
        result += '{' + std::string(folded.gap(gap)) + (gap.mayVanish ? "~" : "") +
                  (gap.maySpareSpace ? "!" : "") + '}';
    };
    for (const Unit& unit : folded.units) {
        add(unit.before);
        base::appendUtf8(result, unit.value);
    }
    add(folded.after);
    return result;
}

TEST(Folding, GapsKnowWhatALineEndAllows) {
    EXPECT_EQ(shown("a b  \t c"), "a{ }b{ }c");
    EXPECT_EQ(shown("in-\nnet"), "in{- ~!}net");
    EXPECT_EQ(shown("in- net"), "in{- }net");
    EXPECT_EQ(shown("in \xE2\x80\x94 net"), "in{ - }net");
    EXPECT_EQ(shown("10-\n20"), "10{- !}20");
    EXPECT_EQ(shown("in\xE2\x80\x94\nnet"), "in{- !}net");
    EXPECT_EQ(shown("in\xC2\xAD\nnet \n"), "in{ ~}net{ }");
    EXPECT_EQ(shown("\xE4\xB8\xAD\n\xE6\x96\x87"), "\xE4\xB8\xAD{ ~}\xE6\x96\x87");
    EXPECT_EQ(shown("- a -"), "{- }a{ -}");
}

TEST(Folding, LigaturesShareTheirSource) {
    const Folded folded = fold("o\xEF\xAC\x83\xC2\xADz");
    ASSERT_EQ(folded.units.size(), 5u);
    for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(folded.units[i].source, (base::Range{1, 4}));
    EXPECT_EQ(folded.units[4].source, (base::Range{6, 7}));
}

TEST(Folding, QuotesAndDashesBecomeOne) {
    EXPECT_EQ(shown("\xE2\x80\x9E"
                    "a\xE2\x80\x99s\xC2\xBB\xE2\x88\x92"),
              "\"a's\"{-}");
    EXPECT_EQ(shown(""), "");
}

TEST(Folding, GapCharactersKnowTheirBytes) {
    const Folded folded = fold("a \xE2\x80\x93\n\nb");
    ASSERT_EQ(folded.gapText, " - ");
    EXPECT_EQ(folded.gapSource[1], (base::Range{2, 5}));
    EXPECT_EQ(folded.gapSource[2], (base::Range{5, 7}));
}

}  // namespace
}  // namespace commonplace::answer
