#include "engine/base/file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "tests/support/temp_folder.h"

namespace commonplace::base {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
  protected:
    std::size_t entries() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(m_folder.path()), fs::directory_iterator()));
    }

    const test::TempFolder m_folder;
};

TEST_F(FileTest, WritesAndReadsBack) {
    const std::string bytes("a\0b\xFF", 4);
    ASSERT_TRUE(writeFileAtomically(m_folder / "f", bytes));
    EXPECT_EQ(*readFile(m_folder / "f"), bytes);
    ASSERT_TRUE(writeFileAtomically(m_folder / "f", ""));
    EXPECT_EQ(*readFile(m_folder / "f"), "");
    const std::string large(300'000, 'x');
    ASSERT_TRUE(writeFileAtomically(m_folder / "f", large));
    EXPECT_EQ(*readFile(m_folder / "f"), large);
    EXPECT_EQ(entries(), 1u);  // no temporary file stays
}

TEST_F(FileTest, ReplacingKeepsTheMode) {
    ASSERT_TRUE(writeFileAtomically(m_folder / "f", "1"));
    struct stat info {};
    ASSERT_EQ(::stat((m_folder / "f").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    ASSERT_EQ(::chmod((m_folder / "f").c_str(), 0644), 0);
    ASSERT_TRUE(writeFileAtomically(m_folder / "f", "2"));
    ASSERT_EQ(::stat((m_folder / "f").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0644u);
}

TEST_F(FileTest, AFailedWriteLeavesTheOldFileAlone) {
    fs::create_directory(m_folder / "d");
    EXPECT_FALSE(writeFileAtomically(m_folder / "d", "x"));  // a folder is in the way
    EXPECT_EQ(entries(), 1u);
    EXPECT_EQ(writeFileAtomically(m_folder / "none" / "f", "x").error().code(), ErrorCode::NotFound);
}

TEST_F(FileTest, ReadingIsBounded) {
    std::ofstream(m_folder / "f") << "12345";
    EXPECT_EQ(*readFile(m_folder / "f", 5), "12345");
    EXPECT_EQ(readFile(m_folder / "f", 4).error().code(), ErrorCode::Limit);
    EXPECT_EQ(readFile("/dev/zero", 100'000).error().code(), ErrorCode::Limit);
}

TEST_F(FileTest, ReadingSaysWhatIsWrong) {
    EXPECT_EQ(readFile(m_folder / "none").error().code(), ErrorCode::NotFound);
    EXPECT_THAT(readFile(m_folder / "none").error().message(), testing::HasSubstr("none"));
    EXPECT_EQ(readFile(m_folder.path()).error().code(), ErrorCode::Io);
    ASSERT_EQ(::mkfifo((m_folder / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(*readFile(m_folder / "pipe"), "");  // does not wait for a writer
}

TEST_F(FileTest, ErrnoBecomesACode) {
    EXPECT_EQ(systemError(ENOSPC, "x").code(), ErrorCode::NoSpace);
    EXPECT_EQ(systemError(EDQUOT, "x").code(), ErrorCode::NoSpace);
    EXPECT_EQ(systemError(ENOENT, "x").code(), ErrorCode::NotFound);
    EXPECT_EQ(systemError(EACCES, "cannot read x").code(), ErrorCode::Io);
    EXPECT_THAT(systemError(EACCES, "cannot read x").message(), testing::StartsWith("cannot read x: "));
}

TEST_F(FileTest, DisplayPathIsValidUtf8) {
    EXPECT_EQ(displayPath("/a/ünï"), "/a/ünï");
    EXPECT_EQ(displayPath("/a/\xFF.pdf"), "/a/\uFFFD.pdf");
}

TEST_F(FileTest, UniqueFdClosesAndMoves) {
    const int raw = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    {
        UniqueFd first(raw);
        UniqueFd second(std::move(first));
        EXPECT_FALSE(first);
        EXPECT_EQ(second.get(), raw);
    }
    EXPECT_EQ(::fcntl(raw, F_GETFD), -1);
}

TEST_F(FileTest, ALockIsHeldOnce) {
    const fs::path path = m_folder / "lock";
    EXPECT_EQ(FileLock::holder(path), 0);
    {
        Result<FileLock> lock = FileLock::tryAcquire(path);
        ASSERT_TRUE(lock);
        EXPECT_EQ(FileLock::holder(path), ::getpid());
        const FileLock moved = std::move(*lock);
        const Result<FileLock> second = FileLock::tryAcquire(path);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code(), ErrorCode::Busy);
        EXPECT_THAT(second.error().message(), testing::HasSubstr(std::to_string(::getpid())));
    }
    EXPECT_EQ(FileLock::holder(path), 0);
    EXPECT_TRUE(FileLock::tryAcquire(path));
}

TEST_F(FileTest, ALockEndsWithItsProcessHoweverThatEnds) {
    const fs::path path = m_folder / "lock";
    int ready[2] = {};
    ASSERT_EQ(::pipe2(ready, O_CLOEXEC), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const Result<FileLock> lock = FileLock::tryAcquire(path);
        [[maybe_unused]] const ssize_t told = ::write(ready[1], lock ? "y" : "n", 1);
        ::pause();
        ::_exit(0);
    }
    char answer = 0;
    ASSERT_EQ(::read(ready[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
    EXPECT_EQ(FileLock::holder(path), child);
    EXPECT_EQ(FileLock::tryAcquire(path).error().code(), ErrorCode::Busy);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_EQ(FileLock::holder(path), 0);
    EXPECT_TRUE(FileLock::tryAcquire(path));
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST_F(FileTest, ALockIsNotTakenThroughASymbolicLink) {
    std::ofstream(m_folder / "precious") << "text";
    fs::create_symlink(m_folder / "precious", m_folder / "lock");
    EXPECT_FALSE(FileLock::tryAcquire(m_folder / "lock"));
    EXPECT_EQ(*readFile(m_folder / "precious"), "text");
}

}  // namespace
}  // namespace commonplace::base
