// Folders that a person takes out: nothing may find or quote them from that moment, and the way back is free.
#include "engine/library/removal.h"

#include <gmock/gmock.h>

#include <fstream>

#include "engine/library/library.h"
#include "tests/support/temp_folder.h"

namespace commonplace::library {
namespace {

constexpr const char* kTides = "# Tides\n\nThe tide tables hang in the lantern room beside the barometer.\n";
constexpr const char* kGarden = "# Garden\n\nThe tide of weeds in the garden is turned every second week.\n";

class RemovalTest : public testing::Test {
  protected:
    void SetUp() override {
        m_folder.write("harbour/tides.md", kTides);
        m_folder.write("garden/weeds.md", kGarden);
        auto library = Library::open({m_folder / "library", {}, COMMONPLACE_PROGRAM});
        ASSERT_TRUE(library) << library.error().message();
        m_library = std::move(*library);
        ingest::Gate gate;
        IndexRequest request;
        request.paths = {m_folder / "harbour", m_folder / "garden"};
        ASSERT_TRUE(m_library->index(request, gate, {}, {}));
        auto session = m_library->openSession();
        ASSERT_TRUE(session);
        m_session = std::move(*session);
    }
    std::string path(const char* name) const { return (m_folder / name).native(); }
    Result<std::vector<std::string>> find(std::vector<std::string> within = {}) {
        retrieve::Query query;
        query.text = "tide";
        query.within = std::move(within);
        TRY(const auto results, m_session->search(query));
        std::vector<std::string> names;
        for (const auto& passage : results.passages)
            names.push_back(std::filesystem::path(passage.document.paths.front()).filename());
        return names;
    }

    test::TempFolder m_folder;
    std::unique_ptr<Library> m_library;
    std::unique_ptr<Session> m_session;
};

TEST_F(RemovalTest, WhatIsRemovedIsFoundNoMore) {
    EXPECT_THAT(*find(), testing::UnorderedElementsAre("tides.md", "weeds.md"));
    ASSERT_TRUE(removeRoot(m_session->library(), path("harbour")));
    EXPECT_THAT(*find(), testing::ElementsAre("weeds.md"));
    EXPECT_THAT(*find({path("harbour")}), testing::IsEmpty());
    EXPECT_EQ(find({"/nowhere"}).error().code(), ErrorCode::NotFound);
    EXPECT_THAT(*find({path("harbour"), path("garden")}), testing::ElementsAre("weeds.md"));
}

TEST_F(RemovalTest, WhatIsRemovedIsQuotedNoMore) {
    ASSERT_TRUE(removeRoot(m_session->library(), path("harbour")));
    answer::Question question;
    question.text = "Where do the tide tables hang?";
    const auto answer = m_session->ask(question, {}, [](std::string_view) {}, {});
    ASSERT_TRUE(answer) << answer.error().message();
    for (const auto* list : {&answer->citations, &answer->nearest})
        for (const document::Citation& citation : *list) EXPECT_EQ(citation.path, path("garden/weeds.md"));
}

TEST_F(RemovalTest, UndoBringsItBackWithoutReading) {
    ASSERT_TRUE(removeRoot(m_session->library(), path("harbour")));
    ASSERT_TRUE(restoreRoot(m_session->library(), path("harbour")));
    EXPECT_THAT(*find(), testing::UnorderedElementsAre("tides.md", "weeds.md"));
    EXPECT_TRUE(removedRoots(m_session->library())->empty());
}

TEST_F(RemovalTest, PurgingForgetsTheDocumentsOnly) {
    ASSERT_TRUE(removeRoot(m_session->library(), path("harbour")));
    const auto gone = purgeRemoved(m_library->folder(), {}, {});
    ASSERT_TRUE(gone) << gone.error().message();
    EXPECT_EQ(*gone, 1);
    EXPECT_EQ(m_session->ledger()->size(), 1u);
    EXPECT_TRUE(std::filesystem::exists(m_folder / "harbour/tides.md"));
    EXPECT_THAT(*find(), testing::ElementsAre("weeds.md"));
}

TEST_F(RemovalTest, NothingOfAPurgedTextStaysOnTheDisk) {
    const auto onDisk = [this](std::string_view words) {
        std::string bytes;
        for (const char* name : {"index.db", "index.db-wal"}) {
            std::ifstream file(m_folder / "library" / name, std::ios::binary);
            bytes.append(std::istreambuf_iterator<char>(file), {});
        }
        return bytes.find(words) != std::string::npos;
    };
    ASSERT_TRUE(onDisk("hang in the lantern room"));
    ASSERT_TRUE(onDisk("baromet"));  // the stem, as FTS5 keeps it
    m_session.reset();
    {
        auto session = m_library->openSession();
        ASSERT_TRUE(removeRoot((*session)->library(), path("harbour")));
    }
    ASSERT_TRUE(purgeRemoved(m_library->folder(), {}, {}));
    EXPECT_FALSE(onDisk("hang in the lantern room"));
    EXPECT_FALSE(onDisk("baromet"));
    EXPECT_TRUE(onDisk("weeds in the garden"));
}

}  // namespace
}  // namespace commonplace::library
