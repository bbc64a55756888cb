// The worker as a process of its own, spoken to without the Extractor.
#include "engine/extract/worker.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "engine/base/child_process.h"
#include "engine/base/clock.h"
#include "engine/extract/extractor.h"
#include "engine/extract/inbox.h"
#include "engine/extract/outbox.h"
#include "tests/engine/extract/pdf_maker.h"
#include "tests/support/temp_folder.h"

namespace commonplace::extract {
namespace {

using document::Format;
using namespace std::chrono_literals;

class WorkerTest : public testing::Test {
  protected:
    WorkerTest() {
        auto started =
            base::ChildProcess::start({COMMONPLACE_PROGRAM, {"worker"}, {}, base::ErrorOutput::Discard});
        EXPECT_TRUE(started);
        if (!started) return;
        child = std::make_unique<base::ChildProcess>(std::move(*started));
        inbox = std::make_unique<Inbox>(child->socket(), 1u << 20, Descriptors::Refuse);
    }
    static Inbox::Clock::time_point soon() { return Inbox::Clock::now() + 20s; }

    void welcome(std::uint32_t cpuSeconds = 30) {
        std::string message;
        protocol::append(message, protocol::Welcome{1'500'000'000, 1u << 20, cpuSeconds});
        ASSERT_TRUE(sendAll(child->socket(), message));
        const auto hello = inbox->next(soon());
        ASSERT_TRUE(hello) << hello.error().message();
        ASSERT_EQ(hello->kind, protocol::Kind::Hello);
        ASSERT_TRUE(protocol::decodeHello(hello->payload));
    }
    void request(const std::string& bytes, Format format) {
        const test::TempFolder folder;
        const auto snapshot = takeSnapshot(folder.write("f", bytes), 1u << 30, {});
        ASSERT_TRUE(snapshot);
        std::string message;
        protocol::append(message, protocol::Extract{format, snapshot->bytes});
        ASSERT_TRUE(sendWithDescriptor(child->socket(), message, snapshot->memory.get()));
    }
    /// Whether the process ends by itself within a second or two.
    bool endsByItself() const {
        const base::Stopwatch watch;
        while (watch.seconds() < 3) {
            siginfo_t info{};
            if (::waitid(P_PID, static_cast<id_t>(child->id()), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
                info.si_pid != 0)
                return true;
            ::usleep(5000);
        }
        return false;
    }

    std::unique_ptr<base::ChildProcess> child;
    std::unique_ptr<Inbox> inbox;
};

TEST_F(WorkerTest, StreamsPagesThenSaysDone) {
    welcome();
    request(makePdf({"one", "two"}), Format::Pdf);
    for (const auto kind : {protocol::Kind::Page, protocol::Kind::Page, protocol::Kind::Done}) {
        const auto record = inbox->next(soon());
        ASSERT_TRUE(record);
        EXPECT_EQ(record->kind, kind);
    }
}

TEST_F(WorkerTest, EndsWhenItsIdleParentGoes) {
    welcome();
    ASSERT_EQ(::shutdown(child->socket(), SHUT_RDWR), 0);
    EXPECT_TRUE(endsByItself());
    EXPECT_EQ(child->wait().code, 0);
}

TEST_F(WorkerTest, EndsWhenItsParentGoesWhileItIsBusy) {
    welcome();
    request(makeTimeBomb(), Format::Pdf);
    ::usleep(300'000);
    ASSERT_EQ(::shutdown(child->socket(), SHUT_RDWR), 0);
    EXPECT_TRUE(endsByItself());
}

TEST_F(WorkerTest, StopsItselfWhenNobodyWatchesTheClock) {
    welcome(0);
    request(makeTimeBomb(), Format::Pdf);
    const auto record = inbox->next(soon());
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code(), ErrorCode::Crashed);
    EXPECT_EQ(child->wait().signal, SIGXCPU);
}

TEST_F(WorkerTest, HangsUpOnWhatItDoesNotUnderstand) {
    ASSERT_TRUE(sendAll(child->socket(), std::string("\3\0\0\0\1abc", 8)));
    ASSERT_TRUE(inbox->next(soon())) << "it greets first";
    EXPECT_FALSE(inbox->next(soon()));
    EXPECT_EQ(child->wait().code, 1);
}

TEST_F(WorkerTest, HangsUpOnARequestWithoutAFile) {
    welcome();
    std::string message;
    protocol::append(message, protocol::Extract{Format::Pdf, 100});
    ASSERT_TRUE(sendAll(child->socket(), message));
    EXPECT_FALSE(inbox->next(soon()));
}

TEST_F(WorkerTest, LivesWithinItsLimits) {
    welcome();
    request("text", Format::Text);
    ASSERT_TRUE(inbox->next(soon()));
    const auto limitOf = [&](auto resource) {
        rlimit limit{};
        EXPECT_EQ(::prlimit(child->id(), resource, nullptr, &limit), 0);
        return limit.rlim_max;
    };
    EXPECT_EQ(limitOf(RLIMIT_CORE), 0u);
#ifndef COMMONPLACE_SANITIZED
    EXPECT_EQ(limitOf(RLIMIT_AS), 1'500'000'000u);
    EXPECT_EQ(limitOf(RLIMIT_FSIZE), 0u);
    EXPECT_EQ(limitOf(RLIMIT_NPROC), 0u);
#endif
    std::ifstream status("/proc/" + std::to_string(child->id()) + "/status");
    const std::string all((std::istreambuf_iterator<char>(status)), {});
    EXPECT_NE(all.find("NoNewPrivs:\t1"), std::string::npos);
}

}  // namespace
}  // namespace commonplace::extract
