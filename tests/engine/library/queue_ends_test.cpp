#include "engine/library/queue_ends.h"

#include <gtest/gtest.h>

#include "tests/support/temp_folder.h"

namespace commonplace::library {
namespace {

TEST(QueueEnds, NothingIsLostAndNothingIsWrittenTwice) {
    const test::TempFolder folder;
    const auto store = store::LibraryStore::open(folder / "library.db", store::Access::Checkpointer);
    ASSERT_TRUE(store);
    QueueEnds ends(**store);
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 50; ++i) {
        const auto id = (*store)->enqueue({"/" + std::to_string(i)});
        ASSERT_TRUE(id);
        ids.push_back(*id);
        ASSERT_TRUE(ends.add({*id, store::QueueState::Done, std::to_string(i)}));
    }
    ASSERT_TRUE(ends.flush());
    ASSERT_TRUE(ends.flush());
    for (int i = 0; i < 50; ++i) {
        const auto entry = (*store)->queueEntry(ids[static_cast<std::size_t>(i)]);
        ASSERT_TRUE(entry && *entry);
        EXPECT_EQ((*entry)->state, store::QueueState::Done);
        EXPECT_EQ((*entry)->summary, std::to_string(i));
    }
}

TEST(QueueEnds, AnEntryThatIsNotThereIsSaid) {
    const test::TempFolder folder;
    const auto store = store::LibraryStore::open(folder / "library.db", store::Access::Checkpointer);
    ASSERT_TRUE(store);
    QueueEnds ends(**store);
    const auto added = ends.add({99, store::QueueState::Done, ""});
    EXPECT_FALSE(added && ends.flush());
}

}  // namespace
}  // namespace commonplace::library
