// A sample of a large collection of damaged, locked and odd PDFs against the classes that its manifest gives.
// The whole of it is bench/extract_hardpdf_bench.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>

#include "engine/base/thread_pool.h"
#include "engine/extract/extractor.h"

namespace commonplace::extract {
namespace {

namespace fs = std::filesystem;

fs::path dataFolder() {
    const char* given = std::getenv("COMMONPLACE_TEST_DATA");
    return given != nullptr ? fs::path(given) : fs::path(COMMONPLACE_TEST_DIR) / "../../shared/data";
}

struct Entry {
    fs::path path;
    std::string kind;
};

std::vector<Entry> everyTenth(const fs::path& folder) {
    std::vector<Entry> entries;
    std::ifstream manifest(folder / "manifest.tsv");
    std::string line;
    for (int number = 0; std::getline(manifest, line); ++number) {
        if (number % 10 != 1) continue;
        std::istringstream fields(line);
        std::vector<std::string> columns;
        for (std::string column; std::getline(fields, column, '\t');) columns.push_back(column);
        if (columns.size() > 6) entries.push_back({folder / columns[0], columns[6]});
    }
    return entries;
}

bool agrees(const std::string& kind, const std::string& status) {
    static const std::multimap<std::string, std::string> kAllowed{{"text", "indexed"},
                                                                  {"text", "partial"},
                                                                  {"text_with_damage", "indexed"},
                                                                  {"text_with_damage", "partial"},
                                                                  {"opens_no_text", "no_text"},
                                                                  {"needs_password", "encrypted"},
                                                                  {"unopenable", "damaged"},
                                                                  {"zero_pages", "damaged"},
                                                                  {"timeout20s", "timed_out"},
                                                                  {"timeout20s", "quarantined"},
                                                                  {"timeout20s", "too_big"}};
    const auto [first, last] = kAllowed.equal_range(kind);
    return std::any_of(first, last, [&](const auto& allowed) { return allowed.second == status; });
}

TEST(Corpus, StatusesAgreeWithTheManifest) {
    const fs::path folder = dataFolder() / "hardpdf";
    if (!fs::exists(folder / "manifest.tsv"))
        GTEST_SKIP() << "no " << folder
                     << "; set COMMONPLACE_TEST_DATA to the folder with the test collections";
    const auto entries = everyTenth(folder);
    ASSERT_GT(entries.size(), 50u);
    Options options;
    options.program = COMMONPLACE_PROGRAM;
    const auto extractor = Extractor::create(options);
    ASSERT_TRUE(extractor);
    base::ThreadPool pool(2);
    std::mutex mutex;
    std::vector<std::string> different;
    pool.parallelFor(entries.size(), [&](std::size_t i) {
        const auto snapshot = takeSnapshot(entries[i].path, 1u << 30, {});
        const auto content = snapshot ? (*extractor)->extract(*snapshot, document::Format::Pdf, {})
                                      : Result<document::ExtractedDocument>(snapshot.error());
        const std::string status = content ? document::name(content->status) : content.error().message();
        const std::lock_guard lock(mutex);
        if (!agrees(entries[i].kind, status))
            different.push_back(entries[i].path.filename().native() + ": " + entries[i].kind + " is " +
                                status);
    });
    EXPECT_LE(different.size() * 100, entries.size() * 3) << testing::PrintToString(different);
    EXPECT_LE((*extractor)->usage().killed, 3);
}

}  // namespace
}  // namespace commonplace::extract
