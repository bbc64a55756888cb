#include "engine/net/retry.h"

#include <gtest/gtest.h>

#include <thread>

#include "engine/base/clock.h"
#include "tests/support/hang.h"

namespace commonplace::net {
namespace {

Response refusal(int status, std::vector<Header> headers = {}, std::string body = {}) {
    return {status, std::move(headers), std::move(body)};
}

TEST(Retry, KnowsWhatIsWorthRepeating) {
    for (const int status : {408, 409, 429, 500, 502, 503, 504, 529})
        EXPECT_TRUE(isWorthRepeating(refusal(status))) << status;
    for (const int status : {301, 400, 401, 402, 403, 404, 413, 422})
        EXPECT_FALSE(isWorthRepeating(refusal(status))) << status;
}

TEST(Retry, NeverWaitsForMoney) {
    for (
        const char* body :
        {R"({"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota"}})",
         R"({"error":{"code":"credit_balance_exhausted"}})",
         R"({"error":{"message":"monthly spend limit"}})"})
        EXPECT_FALSE(isWorthRepeating(refusal(429, {{"x-should-retry", "true"}}, body))) << body;
    EXPECT_TRUE(isWorthRepeating(refusal(
        429, {},
        R"({"error":{"code":"rate_limit_exceeded","message":"Rate limit reached. Add a payment method at /billing."}})")));
}

TEST(Retry, TheServerMayOverrule) {
    EXPECT_TRUE(isWorthRepeating(refusal(422, {{"X-Should-Retry", "true"}})));
    EXPECT_FALSE(isWorthRepeating(refusal(503, {{"x-should-retry", "false"}})));
    EXPECT_TRUE(isWorthRepeating(refusal(503, {{"x-should-retry", "perhaps"}})));
    EXPECT_TRUE(isWorthRepeating(refusal(401, {{"x-should-retry", "true"}})))
        << "as the services' clients do";
    EXPECT_FALSE(isWorthRepeating(refusal(402, {{"x-should-retry", "true"}})));
    EXPECT_FALSE(isWorthRepeating(refusal(307, {{"x-should-retry", "true"}})));
}

TEST(Retry, WaitsAsLongAsItIsTold) {
    const auto wait = [](std::vector<Header> headers) {
        return requestedWait(refusal(429, std::move(headers)), 784111770);  // 08:49:30
    };
    EXPECT_EQ(wait({{"Retry-After", "20"}}), 20);
    EXPECT_EQ(wait({{"retry-after", "1.5"}}), 1.5);
    EXPECT_EQ(wait({{"retry-after", "20"}, {"retry-after-ms", "250"}}), 0.25);
    EXPECT_EQ(wait({{"retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"}}), 7);
    for (const char* none :
         {"", "0", "-5", "61", "nan", "inf", "soon", "20 s", "Sun, 06 Nov 1994 08:49:07 GMT",
          "Sun, 06 Non 1994 08:49:37 GMT", "Sun, 06 Nov 2094 08:49:37 GMT"})
        EXPECT_EQ(wait({{"retry-after", none}}), std::nullopt) << none;
    EXPECT_EQ(wait({}), std::nullopt);
}

TEST(Retry, ItsOwnWaitGrowsAndIsBounded) {
    const RetryLimits limits;
    EXPECT_EQ(ownWait(limits, 0, 0), 0.5);
    EXPECT_EQ(ownWait(limits, 1, 0), 1);
    EXPECT_EQ(ownWait(limits, 9, 0), 8);
    EXPECT_EQ(ownWait(limits, 1000, 0), 8);
    EXPECT_EQ(ownWait(limits, 1, 1), 0.75);
}

TEST(Retry, AnOverloadedServerGetsALongerRest) {
    const auto wait = [](const Response& after, int repetition) {
        return waitAfter(after, {}, repetition, 784111770, 0);
    };
    EXPECT_EQ(wait(refusal(500), 0), 0.5);
    EXPECT_EQ(wait(refusal(503), 1), 1);
    EXPECT_EQ(wait(refusal(529), 0), 2);
    EXPECT_EQ(wait(refusal(529), 1), 4);
    EXPECT_EQ(wait(refusal(503, {}, R"({"error":{"code":"server_is_overloaded"}})"), 0), 2);
    EXPECT_EQ(wait(refusal(529, {{"retry-after", "20"}}), 0), 20);
}

TEST(Retry, AModelThatIsLoadingIsLookedAfterSoonAndAgain) {
    const Response loading =
        refusal(503, {}, R"({"error":{"message":"Loading model","type":"unavailable_error","code":503}})");
    EXPECT_TRUE(isStillLoading(loading));
    EXPECT_TRUE(isWorthRepeating(loading));
    EXPECT_EQ(waitAfter(loading, {}, 9, 0, 0), 2);
    EXPECT_FALSE(isStillLoading(refusal(503)));
    EXPECT_FALSE(isStillLoading(refusal(500, {}, "Loading model")));
}

TEST(Repetitions, AreBoundedAndCounted) {
    Repetitions twice({.times = 2, .firstSeconds = 0.5, .mostSeconds = 8});
    const auto first = twice.after(refusal(500));
    ASSERT_TRUE(first);
    EXPECT_GE(*first, 0.375);
    EXPECT_LE(*first, 0.5);
    EXPECT_EQ(twice.after(refusal(429, {{"retry-after", "7"}})), 7);
    EXPECT_EQ(twice.after(refusal(500)), std::nullopt);
    EXPECT_EQ(twice.afterNoConnection(), std::nullopt);
    EXPECT_EQ(twice.count(), 2);
    Repetitions never({.times = 0});
    EXPECT_EQ(never.after(refusal(503, {}, "Loading model")), std::nullopt);
    EXPECT_EQ(never.afterNoConnection(), std::nullopt);
}

TEST(Repetitions, ALoadingModelDoesNotCountUntilItTakesTooLong) {
    const Response loading = refusal(503, {}, "Loading model");
    Repetitions patient({.times = 1});
    for (int look = 0; look < 20; ++look) EXPECT_TRUE(patient.after(loading));
    EXPECT_EQ(patient.count(), 20);
    EXPECT_TRUE(patient.after(refusal(503)));
    EXPECT_FALSE(patient.after(refusal(503)));
    Repetitions tired({.times = 1, .loadingSeconds = 0});
    EXPECT_TRUE(tired.after(loading));
    EXPECT_FALSE(tired.after(loading));
}

TEST(Retry, AStopEndsTheWaitAtOnce) {
    std::stop_source source;
    EXPECT_TRUE(waitFor(0.01, source.get_token()));
    const base::Stopwatch clock;
    const std::jthread stopper([&] { source.request_stop(); });
    EXPECT_FALSE(waitFor(60, source.get_token()));
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
}

}  // namespace
}  // namespace commonplace::net
