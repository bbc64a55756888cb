#include "engine/base/child_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

#include "engine/base/clock.h"

namespace commonplace::base {
namespace {

ChildCommand shell(const std::string& script, std::vector<std::string> environment = {}) {
    return {"/bin/sh", {"-c", script}, std::move(environment), ErrorOutput::Discard};
}

std::string readAll(int socket) {
    std::string all;
    char block[4096];
    for (ssize_t got = 0; (got = ::read(socket, block, sizeof block)) > 0;)
        all.append(block, static_cast<std::size_t>(got));
    return all;
}

TEST(ChildProcess, TalksOverDescriptorThree) {
    auto child = ChildProcess::start(shell("read word <&3; echo \"got $word\" >&3"));
    ASSERT_TRUE(child);
    ASSERT_EQ(::send(child->socket(), "hello\n", 6, MSG_NOSIGNAL), 6);
    EXPECT_EQ(readAll(child->socket()), "got hello\n");
    EXPECT_EQ(child->wait().code, 0);
}

TEST(ChildProcess, ReportsExitCodeAndSignal) {
    auto exits = ChildProcess::start(shell("exit 71"));
    auto dies = ChildProcess::start(shell("kill -SEGV $$"));
    ASSERT_TRUE(exits && dies);
    const ChildExit exited = exits->wait();
    EXPECT_EQ(exited.code, 71);
    EXPECT_EQ(exited.signal, 0);
    EXPECT_EQ(dies->wait().signal, SIGSEGV);
}

TEST(ChildProcess, InheritsNoOtherDescriptorAndNoOtherVariable) {
    const UniqueFd secret(
        ::open("/dev/zero", O_RDONLY));  // without close-on-exec, as a careless library leaves it
    ASSERT_GT(secret.get(), 2);
    ::setenv("COMMONPLACE_API_KEY", "secret", 1);
    auto child = ChildProcess::start(
        shell("echo \"$COMMONPLACE_API_KEY/$GIVEN\" >&3; exec ls /proc/self/fd >&3",
              {"GIVEN=yes", "PATH=/usr/bin:/bin"}));
    ::unsetenv("COMMONPLACE_API_KEY");
    ASSERT_TRUE(child);
    const std::string said = readAll(child->socket());
    // 4 is the folder that ls itself reads. (A pipe instead of exec would leave the shell's own descriptors about.)
    EXPECT_EQ(said, "/yes\n0\n1\n2\n3\n4\n");
    child->wait();
}

TEST(ChildProcess, StartsWithDefaultSignalsWhateverTheParentIgnores) {
    const auto before = std::signal(SIGTERM, SIG_IGN);
    auto child = ChildProcess::start(shell("kill -TERM $$; echo survived >&3"));
    std::signal(SIGTERM, before);
    ASSERT_TRUE(child);
    EXPECT_EQ(child->wait().signal, SIGTERM);
}

TEST(ChildProcess, CountsProcessorTimeWhileItRunsAndAtItsEnd) {
    auto child = ChildProcess::start(shell("while :; do :; done"));
    ASSERT_TRUE(child);
    const Stopwatch watch;
    while (child->cpuSeconds() < 0.05 && watch.seconds() < 20) ::usleep(1000);
    const double running = child->cpuSeconds();
    EXPECT_GE(running, 0.05);
    child->kill();
    const ChildExit ended = child->wait();
    EXPECT_EQ(ended.signal, SIGKILL);
    EXPECT_GE(ended.cpuSeconds, running - 0.02);
    EXPECT_EQ(child->cpuSeconds(), 0);
}

TEST(ChildProcess, IsKilledWithItsHandle) {
    int id = 0;
    {
        auto child = ChildProcess::start(shell("sleep 100"));
        ASSERT_TRUE(child);
        id = child->id();
        ASSERT_EQ(::kill(id, 0), 0);
    }
    EXPECT_NE(::kill(id, 0), 0);
}

TEST(ChildProcess, MovingKeepsTheChild) {
    auto child = ChildProcess::start(shell("exit 5"));
    ASSERT_TRUE(child);
    ChildProcess moved = std::move(*child);
    EXPECT_EQ(moved.wait().code, 5);
}

TEST(ChildProcess, SaysWhatCannotBeStarted) {
    const auto child = ChildProcess::start({"/nowhere/program", {}, {}, ErrorOutput::Discard});
    ASSERT_FALSE(child);
    EXPECT_EQ(child.error().code(), ErrorCode::NotFound);
    EXPECT_NE(child.error().message().find("/nowhere/program"), std::string::npos);
}

}  // namespace
}  // namespace commonplace::base
