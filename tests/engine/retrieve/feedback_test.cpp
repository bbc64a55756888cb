#include "engine/retrieve/feedback.h"

#include <gtest/gtest.h>

#include "tests/engine/retrieve/small_library.h"

namespace commonplace::retrieve {
namespace {

std::vector<Seed> seedsFor(test::SmallLibrary& library, const std::string& text) {
    const ParsedQuery query = parse(text);
    const auto hits = test::must(library.store().keyword(matchExpression(query), 100, {}, {}));
    return test::must(
        seedsOf(library.store(), hits, TermMatcher(query, std::vector<double>(query.terms.size(), 1))));
}

TEST(Seeds, AreTheBestPassagesWhenSeveralAreGood) {
    test::SmallLibrary library;
    for (int i = 0; i < 5; ++i)
        library.add({"/" + std::to_string(i), "", {"engine number " + std::to_string(i)}});
    const auto seeds = seedsFor(library, "engine");
    ASSERT_EQ(seeds.size(), 3u);
    EXPECT_EQ(seeds[0].text.substr(0, 14), "engine number ");
}

TEST(Seeds, AreNoneWhenOneIsFarAhead) {
    test::SmallLibrary library;
    library.add({"/best", "", {"engine rotor blade"}});
    for (int i = 0; i < 5; ++i)
        library.add({"/" + std::to_string(i), "", {"engine number " + std::to_string(i)}});
    EXPECT_TRUE(seedsFor(library, "engine rotor blade").empty());
}

TEST(Seeds, AreNoneWhenFewWereFound) {
    test::SmallLibrary library;
    for (int i = 0; i < 3; ++i)
        library.add({"/" + std::to_string(i), "", {"engine number " + std::to_string(i)}});
    EXPECT_TRUE(seedsFor(library, "engine").empty());
    EXPECT_TRUE(seedsFor(library, "nowhere").empty());
}

TEST(Likeness, IsTheMeanOverTheOtherSeeds) {
    const std::vector<Seed> seeds{{1, "a"}, {2, "b"}};
    const std::vector<Cosines> toSeeds{{1.0, 0.4, 0.2, std::nullopt}, {0.4, 1.0, 0.6, std::nullopt}};
    const Cosines like = likeness({1, 2, 3, 4}, seeds, toSeeds);
    EXPECT_DOUBLE_EQ(*like[0], 0.4);
    EXPECT_DOUBLE_EQ(*like[1], 0.4);
    EXPECT_DOUBLE_EQ(*like[2], 0.4);
    EXPECT_EQ(like[3], std::nullopt);
}

TEST(Likeness, IsNothingWithoutSeeds) {
    EXPECT_EQ(likeness({1, 2}, {}, {}), (Cosines{std::nullopt, std::nullopt}));
}

}  // namespace
}  // namespace commonplace::retrieve
