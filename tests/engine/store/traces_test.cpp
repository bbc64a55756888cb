#include "engine/store/traces.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "engine/base/clock.h"
#include "engine/store/library_store.h"
#include "engine/store/query.h"
#include "engine/trace/names.h"
#include "engine/trace/tracer.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::must;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::int64_t kDay = 86'400'000'000'000;

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// One question that a model answered.
struct Call {
    std::string model = "m";
    std::int64_t startNs = now();
    double ms = 10;
    std::optional<std::int64_t> input = 100, output = 20;
    std::optional<double> cost = {};
    bool failed = false;
};

trace::Trace traceOf(const Call& call) {
    trace::Trace trace;
    trace.id = trace::makeTraceId(trace::systemRandom);
    const auto end = call.startNs + static_cast<std::int64_t>(call.ms * 1e6);
    trace::SpanData root;
    root.id = trace::makeSpanId(trace::systemRandom);
    root.name = "question";
    root.startNs = call.startNs;
    root.endNs = end;
    root.attributes = {{trace::kMode, std::string("generative")}};
    root.content = {{trace::kQuestion, std::string("What is CONTENT?")}};
    trace::SpanData chat = root;
    chat.id = trace::makeSpanId(trace::systemRandom);
    chat.parent = root.id;
    chat.kind = trace::Kind::Client;
    chat.attributes = {{trace::kOperationName, std::string(trace::kChat)},
                       {trace::kRequestModel, call.model}};
    if (call.input) chat.attributes.push_back({trace::kInputTokens, *call.input});
    if (call.output) chat.attributes.push_back({trace::kOutputTokens, *call.output});
    if (call.cost) chat.attributes.push_back({trace::kCostUsd, *call.cost});
    if (call.failed) chat.status = {trace::Outcome::Error, "the server said CONTENT"};
    chat.events = {{"retry", call.startNs, {{"attempt", std::int64_t(1)}}}};
    trace.spans = {root, chat};
    return trace;
}

class TracesTest : public testing::Test {
  protected:
    std::unique_ptr<LibraryStore> open(Access access = Access::Guest) const {
        return must(LibraryStore::open(file(), access));
    }
    std::filesystem::path file() const { return m_folder / "library.db"; }
    std::int64_t count(const char* sql) { return scalar(m_store->database().handle(), sql); }

    test::TempFolder m_folder;
    std::unique_ptr<LibraryStore> m_store = open(Access::Checkpointer);
    Traces m_traces{m_store->database()};
};

TEST_F(TracesTest, ComeBackAsTheyWere) {
    const trace::Trace trace = traceOf({});
    must(m_traces.add(trace, 30));
    EXPECT_EQ(must(m_traces.find(trace::toHex(trace.id))), trace);
    EXPECT_THAT(must(m_store->check()), IsEmpty());
}

TEST_F(TracesTest, AreFoundByTheFirstDigits) {
    trace::Trace one = traceOf({}), two = traceOf({});
    one.id = {0xAB, 0xCD, 1};
    two.id = {0xAB, 0xCE, 2};
    must(m_traces.add(one, 30));
    must(m_traces.add(two, 30));
    EXPECT_EQ(must(m_traces.find("abcd")).id, one.id);
    EXPECT_EQ(must(m_traces.find("ABCE0")).id, two.id);
    EXPECT_EQ(m_traces.find("abc").error().code(), ErrorCode::InvalidArgument);
    EXPECT_EQ(m_traces.find("ff").error().code(), ErrorCode::NotFound);
    for (const char* bad : {"", "*", "xyz", "ab%", "000000000000000000000000000000001"})
        EXPECT_EQ(m_traces.find(bad).error().code(), ErrorCode::InvalidArgument) << bad;
}

TEST_F(TracesTest, ListHasTheNewestFirstWithWhatTheirCallsUsed) {
    must(m_traces.add(traceOf({"old", now() - kDay}), 30));
    trace::Trace two = traceOf({"new", now(), 10, 100, 20, 0.25});
    trace::SpanData rewrite = two.spans[1];
    rewrite.id = trace::makeSpanId(trace::systemRandom);
    rewrite.attributes = {{trace::kOperationName, std::string(trace::kChat)},
                          {trace::kInputTokens, std::int64_t(7)}};
    two.spans.push_back(rewrite);
    must(m_traces.add(two, 30));
    const auto rows = must(m_traces.list(10));
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows[0].id, two.id);
    EXPECT_EQ(rows[0].root, two.spans[0]);
    EXPECT_EQ(rows[0].spent.calls, 2);
    EXPECT_EQ(rows[0].spent.inputTokens, 107);
    EXPECT_EQ(rows[0].spent.outputTokens, 20);
    EXPECT_DOUBLE_EQ(rows[0].spent.costUsd.value(), 0.25);
    EXPECT_EQ(rows[0].spent.callsWithoutCost, 1);
    EXPECT_EQ(rows[0].spent.callsWithoutTokens, 1);  // half of them is not all of them
    EXPECT_FALSE(rows[1].spent.costUsd);
    EXPECT_THAT(must(m_traces.list(1)), SizeIs(1));
    std::vector<trace::TraceId> seen;
    must(m_traces.each(10, [&](const trace::Trace& trace) -> Result<void> {
        seen.push_back(trace.id);
        return {};
    }));
    EXPECT_EQ(seen.front(), two.id);
    EXPECT_THAT(seen, SizeIs(2));
}

TEST_F(TracesTest, OldOnesGoABatchAtATime) {
    for (int i = 0; i < kTracesPerBatch + 20; ++i) must(m_traces.add(traceOf({"m", now() - 31 * kDay}), 60));
    must(m_traces.add(traceOf({}), 30));
    EXPECT_EQ(count("SELECT count(*) FROM trace"), 21);
    must(m_traces.add(traceOf({}), 30));
    EXPECT_EQ(count("SELECT count(*) FROM trace"), 2);
    EXPECT_EQ(count("SELECT count(*) FROM span"), 4);
}

TEST_F(TracesTest, NoMoreThanTheNewestAreKept) {
    must(m_store->database().transact([&]() -> Result<void> {
        Query insert(m_store->database().handle(),
                     "INSERT INTO trace(trace_id, start_ns) VALUES (randomblob(16), ?)");
        for (int i = 0; i < kTracesKept + 5; ++i) insert.run(now() - kDay + i);
        return {};
    }));
    must(m_traces.add(traceOf({}), 30));
    EXPECT_EQ(count("SELECT count(*) FROM trace"), kTracesKept);
    EXPECT_EQ(count("SELECT count(*) FROM span"), 2);
}

TEST_F(TracesTest, UsageCountsPerModelAndDay) {
    const std::int64_t today = now();
    for (int i = 1; i <= 20; ++i)
        must(m_traces.add(traceOf({"a", today, static_cast<double>(i), 100, 10, 0.5, i == 20}), 90));
    must(m_traces.add(traceOf({"b", today, 7, {}, {}}), 90));
    must(m_traces.add(traceOf({"a", today - 40 * kDay}), 90));
    const auto days = must(m_traces.usage(30));
    ASSERT_THAT(days, SizeIs(2));
    EXPECT_EQ(days[0].model, "a");
    EXPECT_EQ(days[0].day, base::nowUtc().substr(0, 10));
    EXPECT_EQ(days[0].spent.calls, 20);
    EXPECT_EQ(days[0].failed, 1);
    EXPECT_EQ(days[0].spent.inputTokens, 2000);
    EXPECT_EQ(days[0].spent.outputTokens, 200);
    EXPECT_DOUBLE_EQ(*days[0].spent.costUsd, 10);
    EXPECT_DOUBLE_EQ(days[0].p50Ms, 10);
    EXPECT_DOUBLE_EQ(days[0].p95Ms, 19);
    EXPECT_FALSE(days[1].spent.inputTokens);
    EXPECT_FALSE(days[1].spent.costUsd);
    EXPECT_DOUBLE_EQ(days[1].p95Ms, 7);
    EXPECT_THAT(must(m_traces.usage(60)), SizeIs(3));
}

TEST_F(TracesTest, ContentCanBeErasedAloneAndAllCanBeDeleted) {
    for (int i = 0; i < kTracesPerBatch + 1; ++i)
        must(m_traces.add(traceOf({"m", now(), 10, 1, 1, {}, true}), 30));
    EXPECT_EQ(must(m_traces.eraseContent()), 2 * (kTracesPerBatch + 1));
    EXPECT_EQ(must(m_traces.eraseContent()), 0);
    EXPECT_EQ(count("SELECT count(*) FROM span WHERE content IS NOT NULL OR attributes LIKE '%CONTENT%'"), 0);
    const auto rows = must(m_traces.list(1));
    EXPECT_THAT(rows.at(0).root.content, IsEmpty());
    EXPECT_EQ(rows.at(0).spent.inputTokens, 1);
    EXPECT_EQ(must(m_traces.clear()), kTracesPerBatch + 1);
    EXPECT_EQ(count("SELECT count(*) FROM span"), 0);
}

TEST_F(TracesTest, DoesNotWaitForALibraryThatIsHeld) {
    const auto other = open();
    must(other->database().transact([&]() -> Result<void> {
        must(other->setSetting("a", "b"));
        const base::Stopwatch clock;
        const auto added = m_traces.add(traceOf({}), 30);
        EXPECT_EQ(added.error().code(), ErrorCode::Busy);
        EXPECT_LT(clock.seconds(), 9) << "what is precious waits for 10 s";
        return {};
    }));
    EXPECT_EQ(count("PRAGMA synchronous"), 2);  // FULL again, for what is precious
    EXPECT_EQ(count("PRAGMA busy_timeout"), 10'000);
    must(m_traces.add(traceOf({}), 30));
}

TEST_F(TracesTest, ADamagedRowIsAnErrorOfItsOwn) {
    const trace::Trace trace = traceOf({});
    must(m_traces.add(trace, 30));
    Query(m_store->database().handle(), "UPDATE span SET content = '[]', events = '{}'").run();
    EXPECT_EQ(m_traces.find(trace::toHex(trace.id)).error().code(), ErrorCode::Corrupt);
    EXPECT_EQ(m_traces.list(1).error().code(), ErrorCode::Corrupt);
    EXPECT_EQ(must(m_traces.clear()), 1);
}

TEST_F(TracesTest, KillAtAnyMomentLeavesTheLibraryIntact) {
    must(m_store->addRoot("/precious"));
    m_store.reset();
    for (int round = 0; round < 5; ++round) {
        const pid_t child = fork();
        if (child == 0) {
            const auto store = open();
            Traces traces(store->database());
            for (;;) must(traces.add(traceOf({}), 30));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(40 + 30 * round));
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
    }
    m_store = open(Access::Checkpointer);
    EXPECT_THAT(must(m_store->check()), IsEmpty());
    EXPECT_THAT(must(m_store->roots()), SizeIs(1));
    EXPECT_GT(count("SELECT count(*) FROM trace"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM span"), 2 * count("SELECT count(*) FROM trace"));
}

}  // namespace
}  // namespace commonplace::store
