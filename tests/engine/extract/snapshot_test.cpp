#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "engine/base/hash.h"
#include "engine/extract/extractor.h"
#include "tests/support/temp_folder.h"

namespace commonplace::extract {
namespace {

constexpr std::uint64_t kLimit = 64u << 20;

std::string contentOf(const Snapshot& snapshot) {
    std::string content(snapshot.bytes, '?');
    EXPECT_EQ(::pread(snapshot.memory.get(), content.data(), content.size(), 0),
              static_cast<ssize_t>(content.size()));
    return content;
}

TEST(TakeSnapshot, CopiesAndHashesTheSameBytes) {
    const test::TempFolder folder;
    std::string bytes;
    for (int i = 0; bytes.size() < 3'000'000; ++i) bytes += std::to_string(i * 7919u);
    const auto snapshot = takeSnapshot(folder.write("a.txt", bytes), kLimit, {});
    ASSERT_TRUE(snapshot) << snapshot.error().message();
    EXPECT_EQ(snapshot->bytes, bytes.size());
    EXPECT_EQ(contentOf(*snapshot), bytes);
    EXPECT_EQ(snapshot->sha256, base::sha256Hex(bytes));
}

TEST(TakeSnapshot, TakesAnEmptyFile) {
    const test::TempFolder folder;
    const auto snapshot = takeSnapshot(folder.write("empty", ""), kLimit, {});
    ASSERT_TRUE(snapshot);
    EXPECT_EQ(snapshot->bytes, 0u);
    EXPECT_EQ(snapshot->sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(TakeSnapshot, IsSealedAgainstEveryChange) {
    const test::TempFolder folder;
    const auto snapshot = takeSnapshot(folder.write("a.txt", "text"), kLimit, {});
    ASSERT_TRUE(snapshot);
    const int fd = snapshot->memory.get();
    EXPECT_LT(::pwrite(fd, "X", 1, 0), 0);
    EXPECT_NE(::ftruncate(fd, 1), 0);
    EXPECT_NE(::ftruncate(fd, 100), 0);
    EXPECT_NE(::fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), 0) << "even the seals are sealed";
}

TEST(TakeSnapshot, RefusesWhatIsTooLarge) {
    const test::TempFolder folder;
    const auto file = folder.write("a.txt", "12345");
    EXPECT_TRUE(takeSnapshot(file, 5, {}));
    const auto refused = takeSnapshot(file, 4, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::Limit);
}

TEST(TakeSnapshot, SaysWhyAFileCannotBeRead) {
    const test::TempFolder folder;
    const auto missing = takeSnapshot(folder / "missing.pdf", kLimit, {});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code(), ErrorCode::NotFound);
    const auto directory = takeSnapshot(folder.path(), kLimit, {});
    ASSERT_FALSE(directory);
    EXPECT_EQ(directory.error().code(), ErrorCode::Io);
}

TEST(TakeSnapshot, DoesNotWaitForAFifo) {
    const test::TempFolder folder;
    const auto fifo = folder / "fifo.pdf";
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    EXPECT_FALSE(takeSnapshot(fifo, kLimit, {}));
}

TEST(TakeSnapshot, RefusesAFileThatSaysItIsEmptyAndIsNot) {
    // /proc files are "regular", of size 0, and full: to the reader, that is growing while it reads.
    const auto growing = takeSnapshot("/proc/self/status", kLimit, {});
    ASSERT_FALSE(growing);
    EXPECT_EQ(growing.error().code(), ErrorCode::Limit);
    EXPECT_NE(growing.error().message().find("growing"), std::string::npos);
}

TEST(TakeSnapshot, HashesWhatItHoldsEvenWhileTheFileChanges) {
    const test::TempFolder folder;
    const auto file = folder.write("a.log", std::string(1u << 20, 'a'));
    std::atomic<bool> done = false;
    std::thread writer([&] {
        for (char c = 'b'; !done; c = c == 'z' ? 'a' : static_cast<char>(c + 1)) {
            std::ofstream out(file, std::ios::binary | std::ios::in);
            out << std::string(1u << 19, c);
        }
    });
    for (int i = 0; i < 20; ++i) {
        const auto snapshot = takeSnapshot(file, kLimit, {});
        ASSERT_TRUE(snapshot);
        EXPECT_EQ(base::sha256Hex(contentOf(*snapshot)), snapshot->sha256);
    }
    done = true;
    writer.join();
}

TEST(TakeSnapshot, CanBeCancelled) {
    const test::TempFolder folder;
    std::stop_source source;
    source.request_stop();
    const auto snapshot = takeSnapshot(folder.write("a.txt", "text"), kLimit, source.get_token());
    ASSERT_FALSE(snapshot);
    EXPECT_EQ(snapshot.error().code(), ErrorCode::Cancelled);
}

}  // namespace
}  // namespace commonplace::extract
