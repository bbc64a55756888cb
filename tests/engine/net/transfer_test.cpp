#include "engine/net/transfer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace commonplace::net {
namespace {

using testing::HasSubstr;

const OnBody kNoCallback;

void sleepMs(int ms) {
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

Transfer transferOf(const Request& request, const OnBody& onBody = kNoCallback) {
    return Transfer(request, onBody, {}, "http://x/");
}

TEST(Transfer, TheLastStatusLineCounts) {
    const Request request;
    Transfer transfer = transferOf(request);
    for (const char* line :
         {"HTTP/1.1 100 Continue\r\n", "A: 1\r\n", "\r\n", "HTTP/2 201 \r\n", "b:  2 \r\n", "\r\n"})
        EXPECT_EQ(transfer.takeHeader(line), Verdict::Continue);
    const auto response = transfer.finish({});
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(headerValue(*response, "B"), "2");
    EXPECT_EQ(headerValue(*response, "A"), "");
}

TEST(Transfer, HeadersAreBounded) {
    const Request request;
    Transfer transfer = transferOf(request);
    const std::string line = "X: " + std::string(1000, 'x') + "\r\n";
    int lines = 0;
    while (lines < 1000 && transfer.takeHeader(line) == Verdict::Continue) ++lines;
    EXPECT_LT(lines, 300);
    EXPECT_EQ(transfer.finish({}).error().code(), ErrorCode::Limit);
}

TEST(Transfer, ABodyIsBoundedAndAnErrorBodyIsCut) {
    const Request request{.maxBodyBytes = 10};
    Transfer good = transferOf(request);
    (void)good.takeHeader("HTTP/1.1 200 OK\r\n");
    EXPECT_EQ(good.takeBody("0123456789"), Verdict::Continue);
    EXPECT_EQ(good.takeBody("0"), Verdict::End);
    EXPECT_EQ(good.finish({}).error().code(), ErrorCode::Limit);

    Transfer bad = transferOf(request);
    (void)bad.takeHeader("HTTP/1.1 500 Oh\r\n");
    EXPECT_EQ(bad.takeBody(std::string(100u << 10, 'x')), Verdict::End);
    EXPECT_EQ(bad.finish({})->body.size(), 64u << 10);
}

TEST(Transfer, ABrokenErrorBodyStillHasItsStatus) {
    const Request request;
    Transfer transfer = transferOf(request);
    (void)transfer.takeHeader("HTTP/1.1 404 Not Found\r\n");
    (void)transfer.takeBody("gone");
    const auto response = transfer.finish(Error(ErrorCode::Network, "broke"));
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->body, "gone");
}

TEST(Transfer, ASlowErrorBodyEndsAfterTheSilenceTime) {
    const Request request{.timeouts = {.firstByteSeconds = 0.01, .silenceSeconds = 0.5}};
    Transfer transfer = transferOf(request);
    (void)transfer.takeHeader("HTTP/1.1 503 Busy\r\n");
    EXPECT_EQ(transfer.check(), Verdict::Continue);
    for (int i = 0; i < 3; ++i) {
        sleepMs(200);
        (void)transfer.takeBody("x");
    }
    EXPECT_EQ(transfer.check(), Verdict::End);
    EXPECT_EQ(transfer.finish(Error(ErrorCode::Cancelled, "ended"))->status, 503);
}

TEST(Transfer, TheClockKnowsFirstByteAndSilence) {
    const Request request{.timeouts = {.firstByteSeconds = 0.5, .silenceSeconds = 0.5}};
    Transfer late = transferOf(request);
    EXPECT_EQ(late.check(), Verdict::Continue);
    sleepMs(550);
    EXPECT_EQ(late.check(), Verdict::End);
    EXPECT_THAT(late.finish({}).error().message(), HasSubstr("has not answered within 0.5 s"));

    Transfer silent = transferOf(request);
    (void)silent.takeHeader("HTTP/1.1 200 OK\r\n");
    (void)silent.takeBody("x");
    sleepMs(550);
    EXPECT_EQ(silent.check(), Verdict::End);
    EXPECT_THAT(silent.finish({}).error().message(), HasSubstr("nothing came for 0.5 s"));
}

TEST(Transfer, TheCallbackCanEndIt) {
    const Request request;
    const OnBody refuse = [](std::string_view) -> Result<void> {
        return Error(ErrorCode::Protocol, "no thanks");
    };
    Transfer transfer = transferOf(request, refuse);
    (void)transfer.takeHeader("HTTP/1.1 200 OK\r\n");
    EXPECT_EQ(transfer.takeBody("x"), Verdict::End);
    EXPECT_EQ(transfer.finish(Error(ErrorCode::Network, "write error")).error().message(), "no thanks");
}

TEST(Transfer, NoExceptionPasses) {
    const Request request;
    const OnBody broken = [](std::string_view) -> Result<void> { throw std::runtime_error("thrown"); };
    Transfer transfer = transferOf(request, broken);
    (void)transfer.takeHeader("HTTP/1.1 200 OK\r\n");
    EXPECT_EQ(transfer.takeBody("x"), Verdict::End);
    EXPECT_THAT(transfer.finish({}).error().message(), HasSubstr("thrown"));
}

}  // namespace
}  // namespace commonplace::net
