#include "engine/extract/run_recorder.h"

#include <gmock/gmock.h>

#include "engine/extract/html.h"
#include "engine/extract/markdown.h"
#include "engine/extract/text_builder.h"

namespace commonplace::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> covered(const StructuredText& content) {
    std::vector<std::string> words;
    for (const FormatRun& run : content.runs)
        words.push_back(content.text.substr(run.range.begin, run.range.size()));
    return words;
}

TEST(RunRecorder, RecordsNothingUnlessAsked) {
    TextBuilder out;
    out.openRun(RunKind::Strong);
    out.text("word");
    out.closeRun(RunKind::Strong);
    EXPECT_THAT(out.finish("").runs, IsEmpty());
}

TEST(RunRecorder, ARunBeginsWithItsTextAndEndsWithIt) {
    TextBuilder out(Runs::Collect);
    out.text("before");
    out.openRun(RunKind::Quote);
    out.block();
    out.text("inside");
    out.block();
    out.closeRun(RunKind::Quote);
    out.openRun(RunKind::Strong);
    out.closeRun(RunKind::Strong);
    out.text("after");
    const auto content = out.finish("");
    EXPECT_THAT(covered(content), ElementsAre("inside"));
    EXPECT_EQ(content.runs[0].level, 1);
}

TEST(RunRecorder, WhatIsOpenBeforeAMarkerHoldsIt) {
    TextBuilder out(Runs::Collect);
    out.openRun(RunKind::Item, 3);
    out.marker("3. ");
    out.openRun(RunKind::Strong);
    out.text("word");
    out.closeRun(RunKind::Strong);
    out.closeRun(RunKind::Item);
    EXPECT_THAT(covered(out.finish("")), ElementsAre("3. word", "3. ", "word"));
}

TEST(RunRecorder, WhatIsCutHasNoRuns) {
    TextBuilder out(Runs::Collect);
    out.text("kept ");
    out.openRun(RunKind::Quote);
    out.text("half");
    const std::size_t size = out.size();
    out.openRun(RunKind::Strong);
    out.text("gone");
    out.closeRun(RunKind::Strong);
    out.cutTo(size);
    out.closeRun(RunKind::Quote);
    out.openRun(RunKind::Code);
    out.text("all gone");
    out.cutTo(size);
    out.text(" new");
    out.closeRun(RunKind::Code);
    EXPECT_THAT(covered(out.finish("")), ElementsAre("half", " new"));
}

TEST(RunRecorder, LeavesOutDetailsThatAreNoLine) {
    RunRecorder recorder(Runs::Collect);
    for (const std::string& detail : {std::string("two\nlines"), std::string(kMostRunDetail + 1, 'a')}) {
        recorder.open({RunKind::Link, {}, 0, 0, detail});
        recorder.textComes(0, 0);
        recorder.close(RunKind::Link, 1);
    }
    for (const FormatRun& run : recorder.finish()) EXPECT_EQ(run.detail, "");
}

TEST(RunRecorder, TooManyRunsAreNone) {
    RunRecorder recorder(Runs::Collect);
    for (std::size_t i = 0; i <= kMostRuns; ++i) recorder.add({RunKind::Strong, {i, i + 1}, 0, 0, {}});
    EXPECT_THAT(recorder.finish(), IsEmpty());
}

TEST(RunRecorder, DeepNestingHasPossibleRuns) {
    std::string page;
    std::string note;
    for (int i = 0; i < 3000; ++i) page += "<blockquote><ul><li><b>";
    for (int i = 0; i < 300; ++i) note += "> - ";
    const auto deep = htmlToText(page + "words", Runs::Collect);
    EXPECT_TRUE(arePossible(deep.runs, deep.text));
    EXPECT_FALSE(deep.runs.empty());
    const auto quoted = markdownToText(note + "words", Runs::Collect);
    EXPECT_TRUE(arePossible(quoted.runs, quoted.text));
    EXPECT_FALSE(quoted.runs.empty());
}

TEST(FormatRun, ReadingOrderPutsTheOuterFirstAndDropsWhatCrosses) {
    const FormatRun inner{RunKind::Strong, {0, 4}, 0, 0, {}};
    const FormatRun outer{RunKind::Link, {0, 4}, 0, 0, {}};
    const FormatRun crossing{RunKind::Code, {2, 6}, 0, 0, {}};
    EXPECT_THAT(inReadingOrder({inner, outer, crossing}), ElementsAre(outer, inner));
}

}  // namespace
}  // namespace commonplace::extract
