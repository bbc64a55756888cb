// A library beside a folder of documents, for the tests of this room.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/library/library.h"
#include "tests/support/temp_folder.h"

namespace commonplace::test {

inline constexpr const char* kHarbour =
    "# The harbour\n\nThe harbour master keeps the tide tables in the lantern room. Every evening she copies "
    "the heights "
    "into the green ledger and signs the page.\n";
inline constexpr const char* kGarden =
    "# The garden\n\nTomatoes are planted after the last frost in May. The compost heap is turned every "
    "second week.\n";

class LibraryTest : public testing::Test {
  protected:
    void SetUp() override { open(); }

    void open() {
        m_library.reset();
        auto library = library::Library::open({m_folder / "library", {}, COMMONPLACE_PROGRAM});
        ASSERT_TRUE(library) << library.error().message();
        m_library = std::move(*library);
    }
    std::filesystem::path docs() const { return m_folder / "docs"; }

    library::IndexReport index(std::vector<std::filesystem::path> paths,
                               ingest::Retry retry = ingest::Retry::No) {
        auto report =
            m_library->index({std::move(paths), store::Depth::TextAndVectors, retry}, m_gate, {}, {});
        EXPECT_TRUE(report) << report.error().message();
        return report ? *report : library::IndexReport{};
    }
    std::vector<store::LedgerRow> ledger() {
        auto session = m_library->openSession();
        EXPECT_TRUE(session) << session.error().message();
        auto rows = (*session)->ledger();
        EXPECT_TRUE(rows);
        return *rows;
    }
    std::vector<std::string> offlineRoots() {
        auto session = m_library->openSession();
        EXPECT_TRUE(session);
        const auto roots = (*session)->offlineRoots();
        EXPECT_TRUE(roots) << roots.error().message();
        return roots ? *roots : std::vector<std::string>{"error"};
    }
    std::vector<std::string> find(const std::string& text, retrieve::Mode mode = retrieve::Mode::Keyword) {
        auto session = m_library->openSession();
        EXPECT_TRUE(session);
        retrieve::Query query;
        query.text = text;
        query.mode = mode;
        auto results = (*session)->search(query);
        EXPECT_TRUE(results) << results.error().message();
        std::vector<std::string> names;
        for (const auto& passage : results->passages)
            names.push_back(std::filesystem::path(passage.document.paths.at(0)).filename().native());
        return names;
    }

    TempFolder m_folder;
    ingest::Gate m_gate;
    std::unique_ptr<library::Library> m_library;
};

}  // namespace commonplace::test
