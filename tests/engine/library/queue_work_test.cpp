// The queue when others wait in it, are gone, or lose what was done.
#include "engine/library/queue_work.h"

#include <gmock/gmock.h>

#include <chrono>
#include <future>
#include <optional>
#include <thread>

#include "engine/library/index_run.h"
#include "tests/engine/library/library_fixture.h"
#include "tests/support/hang.h"

namespace commonplace::library {
namespace {

using store::Depth;
using store::QueueState;
using test::kGarden;
using test::kHarbour;

class QueueWorkTest : public test::LibraryTest {
  protected:
    /// As another process.
    std::unique_ptr<store::LibraryStore> other() {
        auto store = store::LibraryStore::open(libraryFile(m_library->folder()), store::Access::Guest);
        EXPECT_TRUE(store);
        return store ? std::move(*store) : nullptr;
    }
    Result<IndexReport> textOnly(std::vector<std::filesystem::path> paths) {
        return m_library->index({std::move(paths), Depth::Text}, m_gate, {}, {});
    }
    /// buildVectors(), or a failure when it does not end.
    void build() {
        std::stop_source stop;
        auto built = std::async(std::launch::async,
                                [&] { return m_library->buildVectors(m_gate, {}, stop.get_token()); });
        const auto limit = std::chrono::duration<double>(test::kHangSeconds);
        EXPECT_EQ(built.wait_for(limit), std::future_status::ready) << "it hangs";
        stop.request_stop();
        const auto report = built.get();
        ASSERT_TRUE(report) << report.error().message();
        EXPECT_THAT(report->errors, testing::IsEmpty());
    }
    std::int64_t lacking() {
        auto session = m_library->openSession();
        EXPECT_TRUE(session);
        return (*session)->status()->counts.pendingVectors;
    }
};

TEST_F(QueueWorkTest, VectorsAreMadeAlthoughADeadRunWaitsForThem) {
    m_folder.write("docs/harbour.md", kHarbour);
    index({docs()});
    m_folder.write("docs/garden.md", kGarden);
    const auto dead = other()->enqueue({docs().native(), Depth::TextAndVectors});
    ASSERT_TRUE(dead);
    ASSERT_TRUE(textOnly({docs()}));  // hands the entry back: its text is done
    ASSERT_EQ((*other()->queueEntry(*dead))->state, QueueState::Waiting);
    ASSERT_GT(lacking(), 0);
    build();
    EXPECT_EQ(lacking(), 0);
    EXPECT_EQ((*other()->queueEntry(*dead))->state, QueueState::Done);
}

TEST_F(QueueWorkTest, VectorsAreMadeAlthoughADeadRunLeftTextInTheQueue) {
    m_folder.write("docs/harbour.md", kHarbour);
    ASSERT_TRUE(textOnly({docs()}));
    m_folder.write("docs/garden.md", kGarden);
    const auto dead = other()->enqueue({docs().native(), Depth::TextAndVectors});
    ASSERT_TRUE(dead);
    build();
    EXPECT_EQ(lacking(), 0);
    EXPECT_EQ(ledger().size(), 2u);
    EXPECT_EQ((*other()->queueEntry(*dead))->state, QueueState::Done);
}

TEST_F(QueueWorkTest, VectorsComeThoughTheIndexIsSetAsideMeanwhile) {
    m_folder.write("docs/harbour.md", kHarbour);
    ASSERT_TRUE(textOnly({docs()}));
    bool isGone = false;
    auto lock = base::FileLock::tryAcquire(lockFile(m_library->folder()));
    ASSERT_TRUE(lock);
    std::optional<base::FileLock> doctor(std::move(*lock));
    const IndexEvents events{{}, [&](const std::string&) {  // it follows: the doctor does its work
                                 if (!doctor) return;
                                 (void)other()->enqueue({docs().native(), Depth::TextAndVectors});
                                 isGone = static_cast<bool>(setAside(indexFile(m_library->folder())));
                                 doctor.reset();
                             }};
    const auto built = m_library->buildVectors(m_gate, events, {});
    ASSERT_TRUE(built) << built.error().message();
    EXPECT_TRUE(isGone);
    EXPECT_EQ(ledger().size(), 1u);
    EXPECT_EQ(lacking(), 0);
}

TEST_F(QueueWorkTest, ATextThatWasLostWithTheIndexIsReadAgain) {
    m_folder.write("docs/harbour.md", kHarbour);
    ASSERT_TRUE(other()->addRoot(docs().native()));
    ASSERT_TRUE(other()->enqueue({docs().native(), Depth::TextAndVectors}));
    m_folder.write("notes/garden.md", kGarden);
    ASSERT_TRUE(textOnly({m_folder / "notes"}));
    for (const char* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(indexFile(m_library->folder()).native() + suffix);
    index({m_folder / "notes"});
    EXPECT_EQ(ledger().size(), 2u);
}

TEST_F(QueueWorkTest, NobodyWaitsForTheLongWorkOfOthers) {
    m_folder.write("docs/harbour.md", kHarbour);
    const auto quick = other(), slow = other();
    ASSERT_TRUE(slow->addRoot(docs().native()));
    const auto first = quick->enqueue({(m_folder / "nothing").native(), Depth::Text});
    const auto second = slow->enqueue({docs().native(), Depth::Text});
    ASSERT_TRUE(first && second);
    m_gate.pause();  // the second one takes as long as this test likes
    auto owner = std::async(std::launch::async, [&] { return textOnly({docs()}); });
    const base::Stopwatch waited;
    while ((*quick->queueEntry(*first))->state != QueueState::Done && waited.seconds() < test::kHangSeconds)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ((*quick->queueEntry(*first))->state, QueueState::Done);
    EXPECT_EQ((*slow->queueEntry(*second))->state, QueueState::Running);
    m_gate.resume();
    EXPECT_TRUE(owner.get());
}

}  // namespace
}  // namespace commonplace::library
