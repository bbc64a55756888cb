// 200 genuine and 200 false quotes on pages of this test's own, and on real PDFs where the test data is: no
// false one may be accepted, 98 % of the genuine ones must be.
#include "tests/engine/answer/proof_generator.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <map>

#include "engine/answer/proof.h"
#include "engine/base/text.h"
#include "tests/engine/answer/pdf_pages.h"

namespace commonplace::answer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCount = 200;

/// The first pages of every PDF of a folder.
std::vector<std::string> pdfPages(const fs::path& folder, int pagesOfEach) {
    std::vector<std::string> pages;
    for (const fs::path& file : test::pdfsIn(folder))
        for (std::string& page : test::pagesOf(file, pagesOfEach)) pages.push_back(std::move(page));
    return pages;
}

void expectJustice(const std::vector<std::string>& pages, std::uint64_t seed) {
    std::map<std::string, int> tried, accepted;
    std::size_t found = 0;
    for (const Sample& sample : genuineQuotes(pages, kCount, seed)) {
        const bool proven = prove(sample.quote, pages[sample.page]).has_value();
        ++tried[sample.kind];
        found += proven;
        if (!proven)
            std::printf("  genuine, not found (%s): %s\n", sample.kind.c_str(),
                        base::collapseSpace(sample.quote).c_str());
    }
    for (const Sample& sample : falseQuotes(pages, kCount, seed + 1)) {
        ++tried["false: " + sample.kind];
        EXPECT_FALSE(prove(sample.quote, pages[sample.page])) << sample.kind << ": " << sample.quote;
    }
    for (const auto& [kind, count] : tried) std::printf("  %-20s %d\n", kind.c_str(), count);
    EXPECT_GE(found, kCount * 98 / 100);
}

TEST(ProofGenerator, IsRepeatableAndMakesEveryKind) {
    const auto pages = samplePages();
    std::map<std::string, int> kinds;
    const auto first = genuineQuotes(pages, 50, 7), again = genuineQuotes(pages, 50, 7);
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(first[i].quote, again[i].quote);
        ++kinds[first[i].kind];
    }
    EXPECT_EQ(kinds.size(), 3u);
}

TEST(ProofGenerator, SamplePages) {
    expectJustice(samplePages(), 1);
}

TEST(ProofGenerator, NorthwindPages) {
    const fs::path folder = test::testData() / "northwind/pdfs";
    if (!fs::exists(folder)) GTEST_SKIP() << "no " << folder;
    if (!test::hasPdftotext()) GTEST_SKIP() << "no pdftotext";
    expectJustice(pdfPages(folder, 1000), 2);
}

TEST(ProofGenerator, BulkPages) {
    const fs::path folder = test::testData() / "bulkpdf/files";
    if (!fs::exists(folder)) GTEST_SKIP() << "no " << folder;
    if (!test::hasPdftotext()) GTEST_SKIP() << "no pdftotext";
    expectJustice(pdfPages(folder, 8), 3);
}

}  // namespace
}  // namespace commonplace::answer
