// What only separate processes can show: reading while another writes, kill -9, a full disk, a folder without
// permission.
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <random>
#include <thread>

#include "engine/store/index_store.h"
#include "engine/store/library_store.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::at;
using test::must;
using Names = std::vector<std::string>;

/// Forks; the child runs `work` and exits with what it returns, or 99 after an exception.
pid_t inChild(const std::function<int()>& work) {
    const pid_t child = fork();
    if (child != 0) return child;
    int code = 99;
    try {
        code = work();
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "child: %s\n", exception.what());
    }
    _exit(code);
}

int exitOf(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

class ProcessesTest : public test::StoreTest {
  protected:
    void SetUp() override { m_store.reset(); }  // no connection may be carried into a child

    static Names texts(int seed) {
        Names texts;
        for (int i = 0; i < 5; ++i)
            texts.push_back("common passage " + std::to_string(i) + " of number" + std::to_string(seed));
        return texts;
    }
    /// Stores, edits, removes and embeds, forever or for `rounds`.
    int writeRounds(int rounds, unsigned seed) {
        m_store = open();
        const auto space = must(m_store->space("model", 3, IndexStore::IfMissing::Create));
        std::mt19937 random(seed);
        for (int i = 0; i < rounds; ++i) {
            const std::string path = "/d/" + std::to_string(random() % 40);
            const int content = static_cast<int>(random() % 60);
            must(m_store->database().transact([&]() -> Result<void> {
                put(path, "T" + std::to_string(content), texts(content));
                if (i % 3 == 0) must(m_store->removePaths(Names{"/d/" + std::to_string(random() % 40)}));
                return {};
            }));
            for (const auto& chunk : must(m_store->pendingChunks(space, 4))) embed(space, chunk);
        }
        return 0;
    }
};

TEST_F(ProcessesTest, OneWritesOneReadsNobodyWaitsInVain) {
    m_store = open();
    m_store.reset();
    const pid_t writer = inChild([this] { return writeRounds(150, 1); });
    const pid_t guest = inChild([this] {
        const auto store = open(Access::Guest);
        std::int64_t changes = 0, version = must(store->database().dataVersion());
        for (int i = 0; i < 400; ++i) {
            const auto hits = must(store->keyword("\"common\" OR \"passage\"", 20, std::nullopt, {}));
            for (const KeywordHit& hit : hits) must(store->chunks(std::vector{hit.chunk}));
            must(store->counts(1));
            const auto now = must(store->database().dataVersion());
            if (now != version) ++changes;
            version = now;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return changes > 3 ? 0 : 1;
    });
    EXPECT_EQ(exitOf(guest), 0);
    EXPECT_EQ(exitOf(writer), 0);
    m_store = open();
    expectSound();
    EXPECT_FALSE(find("common").empty());
}

TEST_F(ProcessesTest, ManyWritersOfTheLibraryLoseNothing) {
    const auto library = m_folder / "library.db";
    std::vector<pid_t> children;
    for (int i = 0; i < 3; ++i)
        children.push_back(inChild([&] {
            const auto store =
                must(LibraryStore::open(library, i == 0 ? Access::Checkpointer : Access::Guest));
            for (int n = 0; n < 20; ++n) must(store->enqueue({"/" + std::to_string(n), Depth::Text}));
            return 0;
        }));
    for (const pid_t child : children) EXPECT_EQ(exitOf(child), 0);
    const auto store = must(LibraryStore::open(library, Access::Checkpointer));
    EXPECT_EQ(must(store->takeQueue()).size(), 60u);
}

TEST_F(ProcessesTest, KillAtAnyMomentLeavesASoundIndexThatGoesOn) {
    std::mt19937 random(3);
    for (int round = 0; round < 8; ++round) {
        const pid_t writer = inChild([&] { return writeRounds(1'000'000, static_cast<unsigned>(round)); });
        std::this_thread::sleep_for(std::chrono::milliseconds(30 + random() % 150));
        kill(writer, SIGKILL);
        EXPECT_EQ(exitOf(writer), 1000 + SIGKILL);
        m_store = open();
        expectSound();
        m_store.reset();
    }
    m_store = open();  // pending work is taken up where it was left
    const auto space = must(m_store->space("model", 3, IndexStore::IfMissing::Create));
    embedAll(space);
    EXPECT_EQ(must(m_store->pendingCount(space)), 0);
    const Counts counts = must(m_store->counts(space));
    EXPECT_GT(counts.chunks, 0);
    EXPECT_EQ(counts.vectors, counts.chunks);
    EXPECT_EQ(counts.documentsWithVectors, counts.indexed);
    expectSound();
}

TEST_F(ProcessesTest, AFullDiskIsOneClearErrorAndNothingIsLost) {
    m_store = open();
    put("/before", "Before", {"precious words"});
    m_store.reset();
    const pid_t child = inChild([this] {
        m_store = open();
        signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes stands for the full disk
        const rlimit limit{1 << 20, 1 << 20};
        setrlimit(RLIMIT_FSIZE, &limit);
        for (int i = 0; i < 500; ++i) {
            Names texts;
            for (int n = 0; n < 20; ++n)
                texts.push_back(std::string(2000, static_cast<char>('a' + n)) + std::to_string(i));
            const auto stored = m_store->database().transact([&]() -> Result<void> {
                for (int part = 0; part < 3; ++part) {
                    auto one = m_store->storeDocument(test::sampleDocument("T" + std::to_string(part), texts),
                                                      at("/" + std::to_string(3 * i + part)));
                    if (!one) return one.error();
                }
                return {};
            });
            if (stored) continue;
            const bool readable =
                m_store->keyword("\"precious\"", 1, std::nullopt, {}).value_or({}).size() == 1;
            std::fprintf(stderr, "[          ] %s\n", stored.error().message().c_str());
            return stored.error().code() == ErrorCode::NoSpace && readable ? 0 : 2;
        }
        return 3;
    });
    EXPECT_EQ(exitOf(child), 0);
    m_store = open();
    expectSound();
    EXPECT_EQ(find("precious"), Names{"Before:0"});
    put("/after", "After", {"there is space again"});
    expectSound();
}

TEST_F(ProcessesTest, AFolderWithoutPermissionIsOneClearError) {
    must(LibraryStore::open(m_folder / "library.db", Access::Checkpointer));
    std::filesystem::permissions(m_folder.path(), std::filesystem::perms::owner_read |
                                                      std::filesystem::perms::owner_exec |
                                                      std::filesystem::perms::others_exec);
    constexpr uid_t kNobody = 65534;
    const auto tryOpen = [&](const char* name) {
        return inChild([&, name] {
            if (geteuid() == 0 && setuid(kNobody) != 0) return 0;
            const auto opened = LibraryStore::open(m_folder / name, Access::Guest);
            if (opened) return 1;
            std::fprintf(stderr, "[          ] %s\n", opened.error().message().c_str());
            return opened.error().code() == ErrorCode::Io ? 0 : 2;
        });
    };
    EXPECT_EQ(exitOf(tryOpen("library.db")), 0);
    EXPECT_EQ(exitOf(tryOpen("new.db")), 0);
    std::filesystem::permissions(m_folder.path(), std::filesystem::perms::owner_all);
}

TEST_F(ProcessesTest, AGuestMayComeFirst) {
    m_folder.write("index.db", "");
    std::filesystem::remove(file());
    {
        m_store = open(Access::Guest);
        EXPECT_EQ(find("anything"), Names());
    }
    m_store = open();
    put("/a", "A", {"now there is something"});
    EXPECT_EQ(find("something"), Names{"A:0"});
    expectSound();
}

}  // namespace
}  // namespace commonplace::store
