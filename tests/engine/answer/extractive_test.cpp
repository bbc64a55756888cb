#include "engine/answer/extractive.h"

#include <gtest/gtest.h>

#include "engine/prompt/prompt.h"
#include "tests/engine/answer/small_library.h"
#include "tests/fakes/fake_embedder.h"

namespace commonplace::answer {
namespace {

std::vector<std::string> chosen(const SmallLibrary& library, std::string_view question,
                                const document::Embedder* embedder = nullptr) {
    const Evidence evidence = library.evidence(question);
    const auto scored = scoreSentences(evidence, library.words(question), embedder, {});
    EXPECT_TRUE(scored);
    std::vector<std::string> quotes;
    for (const Sentence& sentence : chooseSentences(evidence, *scored)) quotes.push_back(sentence.quote);
    return quotes;
}

using Quotes = std::vector<std::string>;

TEST(Extractive, TakesTheSentenceThatAnswers) {
    const SmallLibrary library(
        "=== /lib/a.md\nThe office has a canteen. Parental leave is sixteen weeks at full pay. The canteen "
        "opens at noon.\n");
    EXPECT_EQ(chosen(library, "How long is parental leave?"),
              Quotes{"Parental leave is sixteen weeks at full pay."});
}

TEST(Extractive, HeadingsAndFragmentsLose) {
    const SmallLibrary library(
        "=== /lib/a.md\nParental Leave Rules\n\nParental leave.\n\nIs parental leave paid in full?\n\n"
        "All parental leave is paid in full by the company.\n");
    EXPECT_EQ(chosen(library, "Is parental leave paid?").front(),
              "All parental leave is paid in full by the company.");
}

TEST(Extractive, NothingIsSaidTwice) {
    const SmallLibrary library(
        "=== /lib/a.md\nParental leave is sixteen weeks at full pay.\n=== /lib/b.md\nSo parental leave is "
        "sixteen "
        "weeks at full pay, always.\n");
    EXPECT_EQ(chosen(library, "How long is parental leave?").size(), 1u);
}

TEST(Extractive, AtMostFourAndFromSeveralPages) {
    const SmallLibrary library(
        "=== /lib/a.md\nThe red badge opens the front door during office hours. It needs no code.\n"
        "=== /lib/b.md\nCleaners use a blue badge for the side door until midnight. Lose it and pay.\n"
        "=== /lib/c.md\nA visitor badge opens no door, so somebody must fetch guests.\n"
        "=== /lib/d.md\nEngineers open the cellar door with any badge after registration.\n"
        "=== /lib/e.md\nWhoever finds a badge at some door hands it to the porter.\n");
    const Quotes quotes = chosen(library, "Which badge opens which door?");
    EXPECT_LE(quotes.size(), 4u);
    EXPECT_GE(quotes.size(), 2u);
}

TEST(Extractive, MeaningFindsOtherWords) {
    using Alike = std::vector<std::vector<std::string>>;
    const test::FakeEmbedder embedder(Alike{{"vacation", "holiday"}});
    const SmallLibrary library(
        "=== /lib/a.md\nEverybody must take some time each year. Everybody gets twenty seven holidays each "
        "year. "
        "Everybody gets a laptop each year.\n",
        &embedder);
    const auto quotes = chosen(library, "How many vacation days does everybody get each year?", &embedder);
    ASSERT_FALSE(quotes.empty());
    EXPECT_TRUE(quotes.front().starts_with("Everybody gets twenty seven holidays each year."));
    EXPECT_GT(embedder.calls(), 0u);
}

TEST(Extractive, TheEmbedderSeesFewSentences) {
    std::string files;
    for (int i = 0; i < 40; ++i)
        files +=
            "=== /lib/" + std::to_string(i) + ".md\nBadge number " + std::to_string(i) +
            " opens a door. Badge owners know the door. A door needs a badge. Doors are doors of badges.\n";
    const SmallLibrary library(files);
    const test::FakeEmbedder embedder;
    retrieve::Query query;
    query.text = "badge door";
    query.limit = 40;
    auto found = library.retriever().search(query);
    ASSERT_TRUE(found);
    const auto evidence = Evidence::read(library.store(), std::move(found->passages));
    ASSERT_TRUE(evidence);
    ASSERT_TRUE(scoreSentences(*evidence, library.words("badge door"), &embedder, {}));
    EXPECT_EQ(embedder.calls(), 1u);
    EXPECT_LE(embedder.texts(), 41u);
    std::stop_source stopped;
    stopped.request_stop();
    EXPECT_EQ(
        scoreSentences(*evidence, library.words("badge door"), &embedder, stopped.get_token()).error().code(),
        ErrorCode::Cancelled);
}

TEST(Extractive, QuotationsAreTextNotMarkup) {
    document::Citation citation;
    citation.number = 1;
    citation.quote = "see [2], ![x](http://y) and `[1]` <b>";
    const std::string text = quotedText({citation});
    const auto markers = prompt::markers(text);
    ASSERT_EQ(markers.size(), 1u);
    EXPECT_EQ(markers[0].range.end, text.size());
    EXPECT_EQ(text.find(" <b"), std::string::npos);
}

TEST(Extractive, ASentenceCutByItsPageSaysSo) {
    document::Citation citation;
    citation.quote = "The dome opens at dusk and the observer on duty signs the";
    EXPECT_NE(quotedText({citation}).find("signs the …”"), std::string::npos);
    citation.quote = "The dome opens at dusk and the observer on duty signs the log.";
    EXPECT_EQ(quotedText({citation}).find("…"), std::string::npos);
    citation.quote = "Opening hours";
    EXPECT_EQ(quotedText({citation}).find("…"), std::string::npos);
}

}  // namespace
}  // namespace commonplace::answer
