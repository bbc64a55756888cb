#include "engine/extract/inbox.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "engine/base/clock.h"
#include "engine/extract/outbox.h"
#include "tests/support/hang.h"

namespace commonplace::extract {
namespace {

using namespace std::chrono_literals;

class InboxTest : public testing::Test {
  protected:
    InboxTest() {
        int ends[2] = {-1, -1};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        ours.reset(ends[0]);
        theirs.reset(ends[1]);
    }
    static std::string page(std::string text) {
        std::string record;
        protocol::append(record, document::Page{1, "", std::move(text)});
        return record;
    }
    static Inbox::Clock::time_point soon() { return Inbox::Clock::now() + 5s; }

    base::UniqueFd ours;
    base::UniqueFd theirs;
};

TEST_F(InboxTest, PutsRecordsTogetherHoweverTheyArrive) {
    const std::string stream = page("first") + page("") + page("third");
    std::thread sender([&] {
        for (const char c : stream) ASSERT_TRUE(sendAll(theirs.get(), {&c, 1}));
    });
    Inbox inbox(ours.get(), 1000, Descriptors::Refuse);
    for (const char* expected : {"first", "", "third"}) {
        const auto record = inbox.next(soon());
        ASSERT_TRUE(record);
        EXPECT_EQ(record->kind, protocol::Kind::Page);
        EXPECT_EQ(protocol::decodePage(record->payload)->text, expected);
    }
    sender.join();
}

TEST_F(InboxTest, TakesRecordsFarLargerThanTheSocketsBuffer) {
    const std::string text(20u << 20, 'x');
    std::thread sender([&] {
        ASSERT_TRUE(sendAll(theirs.get(), page(text)));
        ASSERT_TRUE(sendAll(theirs.get(), page("after")));
    });
    Inbox inbox(ours.get(), 30u << 20, Descriptors::Refuse);
    const auto large = inbox.next(soon());
    ASSERT_TRUE(large);
    EXPECT_EQ(protocol::decodePage(large->payload)->text, text);
    const auto after = inbox.next(soon());
    ASSERT_TRUE(after);
    EXPECT_EQ(protocol::decodePage(after->payload)->text, "after");
    sender.join();
}

TEST_F(InboxTest, RefusesARecordThatClaimsTooMuchBeforeItArrives) {
    ASSERT_TRUE(sendAll(theirs.get(), std::string_view("\xFF\xFF\xFF\xFF\x11", 5)));
    Inbox inbox(ours.get(), 1000, Descriptors::Refuse);
    const auto record = inbox.next(soon());
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code(), ErrorCode::Protocol);
}

TEST_F(InboxTest, TellsHangUpFromSilence) {
    Inbox inbox(ours.get(), 1000, Descriptors::Refuse);
    const base::Stopwatch watch;
    const auto silent = inbox.next(Inbox::Clock::now() + 50ms);
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().code(), ErrorCode::Timeout);
    EXPECT_GE(watch.milliseconds(), 45);
    ASSERT_TRUE(sendAll(theirs.get(), page("half").substr(0, 7)));
    theirs.reset();
    const auto gone = inbox.next(soon());
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code(), ErrorCode::Crashed);
}

TEST_F(InboxTest, DeadlineHoldsAgainstATrickle) {
    std::atomic<bool> done = false;
    std::thread sender([&] {
        const std::string record = page(std::string(1000, 'x'));
        for (std::size_t i = 0; !done && i + 1 < record.size(); ++i) {
            static_cast<void>(sendAll(theirs.get(), std::string_view(record).substr(i, 1)));
            std::this_thread::sleep_for(5ms);
        }
    });
    Inbox inbox(ours.get(), 10'000, Descriptors::Refuse);
    const base::Stopwatch watch;
    const auto late = inbox.next(Inbox::Clock::now() + 100ms);
    EXPECT_LT(watch.seconds(), test::kHangSeconds);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code(), ErrorCode::Timeout);
    done = true;
    sender.join();
}

TEST_F(InboxTest, PassesADescriptorToWhoAcceptsIt) {
    int pipeEnds[2] = {-1, -1};
    ASSERT_EQ(::pipe2(pipeEnds, O_CLOEXEC), 0);
    const base::UniqueFd readEnd(pipeEnds[0]);
    base::UniqueFd writeEnd(pipeEnds[1]);
    ASSERT_TRUE(sendWithDescriptor(theirs.get(), page("with"), writeEnd.get()));
    writeEnd.reset();
    Inbox inbox(ours.get(), 1000, Descriptors::Accept);
    ASSERT_TRUE(inbox.next(soon()));
    const base::UniqueFd received = inbox.takeDescriptor();
    ASSERT_TRUE(received);
    EXPECT_EQ(::write(received.get(), "hi", 2), 2);
    char text[3] = {};
    EXPECT_EQ(::read(readEnd.get(), text, 2), 2);
    EXPECT_STREQ(text, "hi");
    EXPECT_FALSE(inbox.takeDescriptor());
}

TEST_F(InboxTest, WhoRefusesDescriptorsGetsNone) {
    const int before = ::dup(0);
    ::close(before);
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(sendWithDescriptor(theirs.get(), page("x"), 0));
    Inbox inbox(ours.get(), 1000, Descriptors::Refuse);
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(inbox.next(soon()));
    const int after = ::dup(0);
    ::close(after);
    EXPECT_EQ(after, before) << "descriptors leaked into this process";
}

TEST_F(InboxTest, SendingToNobodyIsAnErrorAndNoSignal) {
    ours.reset();
    const auto sent = sendAll(theirs.get(), "text");
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code(), ErrorCode::Crashed);
}

}  // namespace
}  // namespace commonplace::extract
