#include "engine/llm/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/fake_chat_model.h"

namespace commonplace::llm {
namespace {

using document::Place;
using test::FakeChatModel;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Price kPaid{1'000'000, 1'000'000};  // a dollar for a million tokens

class Log final : public SpendingLog {
  public:
    Result<Spent> spent() override { return sums; }
    Result<void> record(const Spending& spending) override {
        recorded.push_back(spending);
        return {};
    }
    Spent sums;
    std::vector<Spending> recorded;
};

class RouterTest : public testing::Test {
  protected:
    FakeChatModel& add(const std::string& name, Place place, std::optional<Price> price,
                       Standby standby = Standby::OnlyAlike) {
        auto model = std::make_unique<FakeChatModel>(name + " says so");
        FakeChatModel& reference = *model;
        reference.name = name;
        reference.where = place;
        m_parts.routes.push_back({name, std::move(model), price, standby});
        return reference;
    }
    FakeChatModel& addHere(const std::string& name) { return add(name, Place::ThisComputer, kFree); }

    document::ChatModel& router() {
        if (!m_router) {
            m_parts.cooldowns = m_cooldowns;
            m_parts.spending = m_log;
            m_router = std::move(*makeRouter(std::move(m_parts)));
        }
        return *m_router;
    }

    Result<document::ChatReply> ask(document::ChatRequest request = {}) {
        request.messages = {{document::Role::User, "Why?"}};
        return router().chat(request, [&](std::string_view piece) { m_shown += piece; }, {});
    }

    double m_now = 0;
    std::shared_ptr<Cooldowns> m_cooldowns = std::make_shared<Cooldowns>([this] { return m_now; });
    std::shared_ptr<Log> m_log = std::make_shared<Log>();
    RouterParts m_parts;
    std::unique_ptr<document::ChatModel> m_router;
    std::string m_shown;
};

const Error kAway(ErrorCode::Network, "refused");

TEST_F(RouterTest, TheFirstAnswersAlone) {
    addHere("a");
    FakeChatModel& second = addHere("b");
    const auto reply = ask();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->text, "a says so");
    EXPECT_THAT(reply->notes, IsEmpty());
    EXPECT_EQ(reply->costUsd, 0.0);
    EXPECT_THAT(second.requests, IsEmpty());
}

TEST_F(RouterTest, WhoIsAwayIsReplacedAndLeftAloneForAWhile) {
    FakeChatModel& first = addHere("a");
    first.refuses = kAway;
    addHere("b");
    const auto reply = ask();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->text, "b says so");
    EXPECT_EQ(router().id(), "b");
    EXPECT_THAT(reply->notes, ElementsAre("a was not used: refused"));

    first.refuses.reset();
    ASSERT_TRUE(ask());
    EXPECT_EQ(first.requests.size(), 1u) << "it cools down";
    m_now += Cooldowns::kSeconds;
    EXPECT_EQ(ask()->text, "a says so");
}

TEST_F(RouterTest, TheCoolingOneIsStillBetterThanNobody) {
    FakeChatModel& first = addHere("a");
    m_cooldowns->failed("a");
    EXPECT_EQ(ask()->text, "a says so");
    EXPECT_EQ(first.requests.size(), 1u);
}

TEST_F(RouterTest, NobodyStandsInAfterTheFirstWord) {
    FakeChatModel& first = addHere("a");
    first.breaksAfter = 3;
    first.bytesPerPiece = 3;
    FakeChatModel& second = addHere("b");
    const auto reply = ask();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->text, "a s");
    EXPECT_TRUE(reply->error);
    EXPECT_THAT(second.requests, IsEmpty());
}

TEST_F(RouterTest, ARejectionIsNotHidden) {
    addHere("a").refuses = Error(ErrorCode::Protocol, "401: check the key");
    FakeChatModel& second = addHere("b");
    const auto reply = ask();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().message(), "401: check the key");
    EXPECT_THAT(second.requests, IsEmpty());
}

TEST_F(RouterTest, TooLongGoesToALargerWindowOnly) {
    FakeChatModel& first = addHere("a");
    first.refuses = Error(ErrorCode::Limit, "too long");
    FakeChatModel& same = addHere("b");
    FakeChatModel& larger = addHere("c");
    larger.contextWindow = 32'768;
    EXPECT_EQ(ask()->text, "c says so");
    EXPECT_THAT(same.requests, IsEmpty());
    EXPECT_FALSE(m_cooldowns->isCooling("a")) << "it is not away";
}

TEST_F(RouterTest, AQuestionThatCannotFitIsNotSent) {
    FakeChatModel& first = addHere("a");
    first.contextWindow = 1000;
    document::ChatRequest request;
    request.promptTokens = 900;
    request.maxTokens = 101;
    const auto reply = ask(request);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code(), ErrorCode::Limit);
    EXPECT_THAT(first.requests, IsEmpty());
}

TEST_F(RouterTest, NothingLeavesThisComputerSilently) {
    addHere("a").refuses = kAway;
    FakeChatModel& remote = add("far", Place::Elsewhere, kFree);
    FakeChatModel& paid = add("paid", Place::ThisComputer, kPaid);
    FakeChatModel& unknown = add("unknown", Place::ThisComputer, std::nullopt);
    const auto reply = ask();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code(), ErrorCode::Network);
    EXPECT_THAT(reply.error().message(),
                testing::AllOf(HasSubstr("a was not used: refused"), HasSubstr("far")));
    EXPECT_EQ(remote.requests.size() + paid.requests.size() + unknown.requests.size(), 0u);
}

TEST_F(RouterTest, ItMayBeAllowedTo) {
    addHere("a").refuses = kAway;
    add("far", Place::Elsewhere, kPaid, Standby::ForAny);
    const auto reply = ask();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->text, "far says so");
    EXPECT_THAT(reply->notes, ElementsAre("a was not used: refused"));
}

TEST_F(RouterTest, WhatMustStayHereStaysHere) {
    addHere("a").refuses = kAway;
    FakeChatModel& far = add("far", Place::Elsewhere, kFree, Standby::ForAny);
    document::ChatRequest request;
    request.mayReach = Place::ThisComputer;
    ASSERT_FALSE(ask(request));
    EXPECT_THAT(far.requests, IsEmpty());
}

TEST_F(RouterTest, LimitsStopBeforeSendingAndSumsAreKept) {
    m_parts.limits.perDay = kUsd;
    FakeChatModel& paid = add("paid", Place::Elsewhere, kPaid);
    m_log->sums = {kUsd / 2, kUsd / 2};
    document::ChatRequest request;
    request.promptTokens = 1000;
    const auto reply = ask(request);
    ASSERT_TRUE(reply) << reply.error().message();
    ASSERT_EQ(m_log->recorded.size(), 1u);
    EXPECT_EQ(m_log->recorded[0].model, "paid");
    EXPECT_EQ(m_log->recorded[0].promptTokens, 1000) << "the own count when the server gave none";
    EXPECT_EQ(m_log->recorded[0].cost, 1000 * 1'000'000 + m_log->recorded[0].completionTokens * 1'000'000);

    m_log->sums.today = kUsd - 1;
    const auto refused = ask(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::Refused);
    EXPECT_EQ(paid.requests.size(), 1u);
}

TEST_F(RouterTest, AQuestionThatWasReadButNotAnsweredInTimeIsSpent) {
    FakeChatModel& paid = add("paid", Place::Elsewhere, kPaid);
    document::ChatRequest request;
    request.promptTokens = 1000;
    paid.refuses = Error(ErrorCode::Timeout, "no word in time");
    ASSERT_FALSE(ask(request));
    ASSERT_EQ(m_log->recorded.size(), 1u);
    EXPECT_EQ(m_log->recorded[0].model, "paid");
    EXPECT_EQ(m_log->recorded[0].promptTokens, 1000);
    EXPECT_EQ(m_log->recorded[0].completionTokens, 0);
    EXPECT_EQ(m_log->recorded[0].cost, 1000 * 1'000'000);
    for (const auto code : {ErrorCode::Network, ErrorCode::Busy, ErrorCode::Refused, ErrorCode::Protocol}) {
        paid.refuses = Error(code, "nothing was read");
        ASSERT_FALSE(ask(request));
    }
    EXPECT_EQ(m_log->recorded.size(), 1u);
}

TEST_F(RouterTest, AFreeModelThatIsTooSlowCostsNothing) {
    addHere("a").refuses = Error(ErrorCode::Timeout, "no word in time");
    ASSERT_FALSE(ask());
    EXPECT_THAT(m_log->recorded, IsEmpty());
}

TEST_F(RouterTest, FreeModelsHaveNoLimits) {
    m_parts.limits.perDay = 1;
    m_log->sums = {kUsd, kUsd};
    addHere("a");
    EXPECT_TRUE(ask());
    EXPECT_THAT(m_log->recorded, IsEmpty());
}

TEST_F(RouterTest, UnknownPricesAreRecordedAsUnknown) {
    add("far", Place::Elsewhere, std::nullopt);
    const auto reply = ask();
    ASSERT_TRUE(reply);
    EXPECT_FALSE(reply->costUsd);
    ASSERT_EQ(m_log->recorded.size(), 1u);
    EXPECT_FALSE(m_log->recorded[0].cost);
}

TEST_F(RouterTest, IsNotMadeWithoutWhatItNeeds) {
    EXPECT_FALSE(makeRouter({}));
    RouterParts parts;
    parts.routes.push_back({"a", std::make_unique<FakeChatModel>("x"), kFree});
    parts.limits.perDay = kUsd;
    EXPECT_FALSE(makeRouter(std::move(parts)));
}

}  // namespace
}  // namespace commonplace::llm
