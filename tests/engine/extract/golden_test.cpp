// Cases as text: tests/golden/extract/NAME.md|html and NAME.expected. The expectation lists title and
// headings, then the text as it must be. To accept a change that is right: run with COMMONPLACE_ACCEPT=1 and
// read the difference.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "engine/base/file.h"
#include "engine/extract/html.h"
#include "engine/extract/markdown.h"

namespace commonplace::extract {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> cases() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(fs::path(COMMONPLACE_TEST_DIR) / "golden/extract"))
        if (entry.path().extension() == ".md" || entry.path().extension() == ".html")
            found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

std::string describe(const StructuredText& content) {
    std::string text = "title: " + content.title + "\n";
    for (const auto& heading : content.headings) {
        text += 'h';
        text +=
            std::to_string(heading.level) + " @" + std::to_string(heading.begin) + ": " + heading.text + "\n";
    }
    return text + "----\n" + content.text + "\n";
}

class GoldenExtract : public testing::TestWithParam<fs::path> {};

TEST_P(GoldenExtract, Matches) {
    const auto source = base::readFile(GetParam());
    ASSERT_TRUE(source);
    const bool html = GetParam().extension() == ".html";
    const std::string got = describe(html ? htmlToText(*source) : markdownToText(*source));
    const fs::path expectation = fs::path(GetParam()).replace_extension(".expected");
    if (std::getenv("COMMONPLACE_ACCEPT") != nullptr) std::ofstream(expectation, std::ios::binary) << got;
    const auto expected = base::readFile(expectation);
    ASSERT_TRUE(expected) << expectation;
    EXPECT_EQ(got, *expected);
}

INSTANTIATE_TEST_SUITE_P(Files, GoldenExtract, testing::ValuesIn(cases()),
                         [](const auto& info) { return info.param.stem().string(); });

}  // namespace
}  // namespace commonplace::extract
