#include "engine/store/library_store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "engine/store/handle.h"
#include "engine/store/query.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::must;

class LibraryStoreTest : public testing::Test {
  protected:
    std::unique_ptr<LibraryStore> open(Access access = Access::Checkpointer) const {
        return must(LibraryStore::open(m_folder / "library.db", access));
    }
    test::TempFolder m_folder;
    std::unique_ptr<LibraryStore> m_store = open();
};

TEST_F(LibraryStoreTest, IsPrecious) {
    EXPECT_EQ(scalar(m_store->database().handle(), "PRAGMA synchronous"), 2);
    EXPECT_EQ(scalar(m_store->database().handle(), "PRAGMA trusted_schema"), 0);
    EXPECT_TRUE(must(m_store->check()).empty());
}

TEST_F(LibraryStoreTest, RootsComeOnceInByteOrder) {
    for (const char* path : {"/b", "/a\xFF", "/b", "/a's"}) must(m_store->addRoot(path));
    must(m_store->removeRoot("/never"));
    const auto roots = must(m_store->roots());
    ASSERT_EQ(roots.size(), 3u);
    EXPECT_EQ(roots[0].path, "/a's");
    EXPECT_EQ(roots[1].path, "/a\xFF");
    EXPECT_EQ(roots[2].addedAt.size(), 20u);
    must(m_store->removeRoot("/b"));
    EXPECT_EQ(must(m_store->roots()).size(), 2u);
}

TEST_F(LibraryStoreTest, TheQueueGoesFromAnyProcessToTheOwner) {
    const auto guest = open(Access::Guest);
    const auto first = must(guest->enqueue({"/docs", Depth::Text}));
    const auto second = must(guest->enqueue({"/more", Depth::TextAndVectors}));
    const auto taken = must(m_store->takeQueue());
    ASSERT_EQ(taken.size(), 2u);
    EXPECT_EQ(taken[0].id, first);
    EXPECT_EQ(taken[0].depth, Depth::Text);
    EXPECT_EQ(taken[1].path, "/more");
    EXPECT_EQ(taken[0].state, QueueState::Running);
    EXPECT_TRUE(must(m_store->takeQueue()).empty());  // its own running entries are not waiting
    must(m_store->finish(
        {{first, QueueState::Done, "{\"files\":1}"}, {second, QueueState::Failed, "no such folder"}}));
    EXPECT_EQ(must(guest->queueEntry(first))->summary, "{\"files\":1}");
    EXPECT_EQ(must(guest->queueEntry(second))->state, QueueState::Failed);
    EXPECT_FALSE(must(guest->queueEntry(999)).has_value());
    EXPECT_EQ(m_store->finish({{999, QueueState::Done, ""}}).error().code(), ErrorCode::NotFound);
}

TEST_F(LibraryStoreTest, AnEntrySaysWhatIsAskedAndWhichCallDid) {
    const auto guest = open(Access::Guest);
    must(guest->enqueue({"/docs", Depth::Text, Retry::Failures}));
    must(guest->enqueue({"/more", Depth::Text}));
    must(m_store->enqueue({"/own", Depth::Text}));
    const auto taken = must(m_store->takeQueue());
    ASSERT_EQ(taken.size(), 3u);
    EXPECT_EQ(taken[0].retry, Retry::Failures);
    EXPECT_EQ(taken[1].retry, Retry::No);
    EXPECT_EQ(taken[0].queuedBy, taken[1].queuedBy);
    EXPECT_NE(taken[0].queuedBy, taken[2].queuedBy);
}

TEST_F(LibraryStoreTest, WhatWasBegunGoesBackIntoTheQueue) {
    const auto id = must(m_store->enqueue({"/docs"}));
    must(m_store->takeQueue());
    must(m_store->finish({{id, QueueState::Waiting, "so far"}}));
    const auto again = must(m_store->takeQueue());
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].summary, "so far");
}

TEST_F(LibraryStoreTest, AnEntryWhoseTextIsDoneMakesNobodyGiveWay) {
    const auto id = must(m_store->enqueue({"/docs"}));
    EXPECT_TRUE(must(m_store->hasWaiting()));
    must(m_store->takeQueue());
    must(m_store->finish({{id, QueueState::Waiting, "{\"seen\":1}"}}));  // by a run that makes no vectors
    EXPECT_FALSE(must(m_store->hasWaiting()));
    EXPECT_EQ(must(m_store->waitingCount()), 1);
    must(m_store->forgetTexts());  // the index is gone
    EXPECT_TRUE(must(m_store->hasWaiting()));
    EXPECT_EQ(must(m_store->takeQueue()).at(0).summary, "");
}

TEST_F(LibraryStoreTest, FinishedEntriesKeepTheirSummaries) {
    const auto id = must(m_store->enqueue({"/docs"}));
    must(m_store->finish({{id, QueueState::Done, "{\"seen\":1}"}}));
    must(m_store->forgetTexts());
    EXPECT_EQ(must(m_store->queueEntry(id))->summary, "{\"seen\":1}");
}

TEST_F(LibraryStoreTest, RootsRememberWhichFolderTheyWere) {
    must(m_store->addRoot("/docs"));
    EXPECT_EQ(must(m_store->roots()).at(0).identity, "");
    must(m_store->setRootIdentity("/docs", "ext4/7"));
    must(m_store->setRootIdentity("/elsewhere", "ext4/8"));
    ASSERT_EQ(must(m_store->roots()).size(), 1u);
    EXPECT_EQ(must(m_store->roots()).at(0).identity, "ext4/7");
    must(m_store->addRoot("/docs"));  // is there already
    EXPECT_EQ(must(m_store->roots()).at(0).identity, "ext4/7");
}

TEST_F(LibraryStoreTest, WhatADeadOwnerWasDoingIsTakenAgain) {
    const auto id = must(m_store->enqueue({"/docs", Depth::Text}));
    ASSERT_EQ(must(m_store->takeQueue()).size(), 1u);
    m_store = open();  // the next owner
    const auto taken = must(m_store->takeQueue());
    ASSERT_EQ(taken.size(), 1u);
    EXPECT_EQ(taken[0].id, id);
}

TEST_F(LibraryStoreTest, FinishedEntriesAreKeptForAWhile) {
    const auto first = must(m_store->enqueue({"/0", Depth::Text}));
    must(m_store->database().transact([&]() -> Result<void> {
        must(m_store->finish({{first, QueueState::Done, ""}}));
        for (int i = 0; i < 20'000; ++i)
            must(m_store->finish(
                {{must(m_store->enqueue({"/" + std::to_string(i), Depth::Text})), QueueState::Done, ""}}));
        return {};
    }));
    EXPECT_FALSE(must(m_store->queueEntry(first)).has_value());
    EXPECT_TRUE(must(m_store->queueEntry(first + 1)).has_value());
}

TEST_F(LibraryStoreTest, SettingsAreReplaced) {
    EXPECT_FALSE(must(m_store->setting("theme")).has_value());
    must(m_store->setSetting("theme", "dark"));
    must(m_store->setSetting("theme", "Bob's"));
    EXPECT_EQ(must(m_store->setting("theme")), "Bob's");
}

TEST(LibraryStoreRace, ManyThatOpenANewLibraryAtOnceAllGetIt) {
    for (int round = 0; round < 10; ++round) {
        const test::TempFolder folder;
        std::atomic<int> failures = 0;
        std::vector<std::jthread> threads;
        for (int i = 0; i < 6; ++i)
            threads.emplace_back([&] {
                for (int again = 0; again < 3; ++again)
                    if (!LibraryStore::open(folder / "library.db", Access::Guest)) ++failures;
            });
        threads.clear();
        EXPECT_EQ(failures, 0) << "in round " << round;
    }
}

}  // namespace
}  // namespace commonplace::store
