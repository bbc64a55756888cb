// Format runs as text: tests/golden/runs/NAME.md|html and NAME.expected, one run a line with the words it
// covers. To accept a change that is right: run with COMMONPLACE_ACCEPT=1 and read the difference.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "engine/base/file.h"
#include "engine/extract/html.h"
#include "engine/extract/markdown.h"

namespace commonplace::extract {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> casesIn(const char* folder) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(fs::path(COMMONPLACE_TEST_DIR) / "golden" / folder))
        if (entry.path().extension() == ".md" || entry.path().extension() == ".html")
            found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

StructuredText convert(const fs::path& file, Runs runs) {
    const auto source = base::readFile(file);
    if (!source) return {};
    return file.extension() == ".html" ? htmlToText(*source, runs) : markdownToText(*source, runs);
}

std::string nameOf(RunKind kind) {
    static const char* const kNames[] = {"?",      "heading",  "quote",  "item", "marker", "code block",
                                         "table",  "row",      "cell",   "rule", "image",  "link",
                                         "strong", "emphasis", "strike", "code"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::string describe(const FormatRun& run, std::string_view text) {
    std::string line = nameOf(run.kind);
    if (run.level > 0) line += " level " + std::to_string(run.level);
    if (run.number > 0) line += " number " + std::to_string(run.number);
    if (!run.detail.empty()) line += " <" + run.detail + ">";
    std::string words(text.substr(run.range.begin, run.range.size()));
    for (std::size_t at = 0; (at = words.find('\n', at)) != std::string::npos;) words.replace(at, 1, "\\n");
    return line + " @" + std::to_string(run.range.begin) + ": " + words + "\n";
}

class StyledGolden : public testing::TestWithParam<fs::path> {};

TEST_P(StyledGolden, Matches) {
    const StructuredText content = convert(GetParam(), Runs::Collect);
    std::string got;
    for (const FormatRun& run : content.runs) got += describe(run, content.text);
    got += "----\n" + content.text + "\n";
    const fs::path expectation = fs::path(GetParam()).replace_extension(".expected");
    if (std::getenv("COMMONPLACE_ACCEPT") != nullptr) std::ofstream(expectation, std::ios::binary) << got;
    const auto expected = base::readFile(expectation);
    ASSERT_TRUE(expected) << expectation;
    EXPECT_EQ(got, *expected);
}

INSTANTIATE_TEST_SUITE_P(Files, StyledGolden, testing::ValuesIn(casesIn("runs")),
                         [](const auto& info) { return info.param.stem().string(); });

/// Runs lie over the text: whoever asks for them gets the same bytes, and runs that may be.
TEST(StyledText, IsTheTextOfIndexing) {
    for (const char* folder : {"extract", "runs"}) {
        for (const fs::path& file : casesIn(folder)) {
            const StructuredText plain = convert(file, Runs::Leave);
            const StructuredText styled = convert(file, Runs::Collect);
            EXPECT_EQ(plain.text, styled.text) << file;
            EXPECT_EQ(plain.title, styled.title) << file;
            EXPECT_TRUE(plain.runs.empty()) << file;
            EXPECT_FALSE(styled.runs.empty()) << file;
            EXPECT_TRUE(arePossible(styled.runs, styled.text)) << file;
        }
    }
}

}  // namespace
}  // namespace commonplace::extract
