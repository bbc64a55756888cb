#include "engine/trace/tracer.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <thread>

#include "engine/trace/json.h"
#include "engine/trace/names.h"
#include "tests/engine/trace/recorded_sink.h"

namespace commonplace::trace {
namespace {

using test::steadyOptions;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class TracerTest : public testing::Test {
  protected:
    const Trace& only() {
        EXPECT_THAT(m_sink.traces, SizeIs(1));
        return m_sink.traces.at(0);
    }
    std::string everything() { return toOtlp(m_sink.traces, {"test", "1"}); }
    test::RecordedSink m_sink;
};

TEST_F(TracerTest, HandsOverOneTreeWhenTheRootEnds) {
    const Tracer tracer(&m_sink, steadyOptions());
    {
        Span root = tracer.start("root");
        {
            Span search = root.child("search");
            const Span model = search.child("model", Kind::Client);
        }
        const Span check = root.child("check");
        EXPECT_THAT(m_sink.traces, IsEmpty());
    }
    ASSERT_THAT(only().spans, SizeIs(4));
    const auto& spans = only().spans;
    EXPECT_EQ(spans[0].name, "root");
    EXPECT_FALSE(spans[0].parent);
    EXPECT_EQ(spans[1].parent, spans[0].id);
    EXPECT_EQ(spans[2].parent, spans[1].id);
    EXPECT_EQ(spans[2].kind, Kind::Client);
    EXPECT_EQ(spans[3].name, "check");
    for (const SpanData& span : spans) EXPECT_GT(span.endNs, span.startNs);
    EXPECT_GE(spans[0].endNs, spans[3].endNs);
}

TEST_F(TracerTest, ASpanEndsOnceHoweverOftenItIsEndedOrMoved) {
    const Tracer tracer(&m_sink, steadyOptions());
    Span root = tracer.start("root");
    Span child = root.child("child");
    Span moved = std::move(child);
    moved.end();
    moved.end();
    moved.set("late", 1);
    root.end();
    root.end();
    ASSERT_THAT(only().spans, SizeIs(2));
    EXPECT_THAT(only().spans[1].attributes, IsEmpty());
}

TEST_F(TracerTest, AssigningToASpanEndsTheOneBefore) {
    const Tracer tracer(&m_sink, steadyOptions());
    const Span root = tracer.start("root");
    Span step = root.child("one");
    step = root.child("two");
    step.end();
    const_cast<Span&>(root).end();
    ASSERT_THAT(only().spans, SizeIs(3));
    EXPECT_LE(only().spans[1].endNs, only().spans[2].endNs);
}

TEST_F(TracerTest, WhatEndsAfterItsRootIsLostAndHarmsNothing) {
    const Tracer tracer(&m_sink, steadyOptions());
    Span root = tracer.start("root");
    Span late = root.child("late");
    root.end();
    late.end();
    EXPECT_THAT(only().spans, SizeIs(1));
}

TEST_F(TracerTest, WithoutASinkNothingIsMade) {
    const Tracer tracer(nullptr, {});
    Span root = tracer.start("root");
    EXPECT_FALSE(root.isRecording());
    Span child = root.child("child");
    EXPECT_FALSE(child.isRecording());
    child.set("key", "value");
    child.setContent("key", [] { return ADD_FAILURE(), std::string(); });
    child.fail({ErrorCode::Io, "no"});
    child.event("happened");
    Span().child("of none").end();
}

TEST_F(TracerTest, KeepsTheKindsOfValues) {
    {
        Span root = Tracer(&m_sink, steadyOptions()).start("root");
        root.set("flag", true);
        root.set("count", std::size_t(3));
        root.set("share", 0.5f);
        root.set("word", std::string_view("text"));
        root.set("words", std::vector<std::string>{"a", "b"});
        root.set("count", 4);
        root.set("nan", std::nan(""));
        root.set("huge", std::numeric_limits<double>::infinity());
    }
    EXPECT_THAT(only().spans[0].attributes,
                ElementsAre(Attribute{"flag", true}, Attribute{"count", std::int64_t(4)},
                            Attribute{"share", 0.5}, Attribute{"word", std::string("text")},
                            Attribute{"words", std::vector<std::string>{"a", "b"}}));
}

TEST_F(TracerTest, RecordsErrorsTheirMessagesBeingContent) {
    for (const Content content : {Content::Off, Content::On}) {
        Span root = Tracer(&m_sink, steadyOptions(content)).start("root");
        const Result<int> passed =
            root.checked(Result<int>(Error(ErrorCode::Network, "the server said: CANARY")));
        EXPECT_FALSE(passed);
    }
    ASSERT_THAT(m_sink.traces, SizeIs(2));
    const SpanData &off = m_sink.traces[0].spans[0], &on = m_sink.traces[1].spans[0];
    EXPECT_EQ(off.status.outcome, Outcome::Error);
    EXPECT_EQ(off.status.message, "");
    EXPECT_EQ(*find<std::string>(off.attributes, kErrorType), "network");
    EXPECT_EQ(on.status.message, "the server said: CANARY");
}

TEST_F(TracerTest, ContentIsMadeOnlyWhenItIsRecorded) {
    {
        Span root = Tracer(&m_sink, steadyOptions()).start("root");
        root.setContent("prompt", [] { return ADD_FAILURE(), std::string("CANARY"); });
    }
    EXPECT_THAT(everything(), Not(HasSubstr("CANARY")));
    {
        Span root = Tracer(&m_sink, steadyOptions(Content::On)).start("root");
        root.setContent("prompt", [] { return "CANARY"; });
    }
    EXPECT_EQ(*find<std::string>(m_sink.traces.at(1).spans[0].content, "prompt"), "CANARY");
}

TEST_F(TracerTest, SecretsAreReplacedWhereverTheyStand) {
    Options options = steadyOptions(Content::On);
    options.secrets = {"sk-CANARY", ""};
    {
        Span root = Tracer(&m_sink, options).start("chat sk-CANARY");
        root.set("a", "before sk-CANARY after sk-CANARY");
        root.set("b", std::vector<std::string>{"sk-CANARY"});
        root.setContent("c", [] { return "typed sk-CANARY"; });
        root.setContent("cut", [] { return std::string(kLongestContent - 10, 'x') + "sk-CANARY"; });
        root.event("sk-CANARY", {{"d", std::string("sk-CANARY")}});
        root.fail({ErrorCode::Protocol, "bad key sk-CANARY"});
        root.child("x").rename("sk-CANARY");
    }
    EXPECT_THAT(everything(), Not(HasSubstr("sk-C")));
    EXPECT_THAT(everything(), HasSubstr("before [secret] after [secret]"));
}

TEST_F(TracerTest, IsBounded) {
    {
        Span root = Tracer(&m_sink, steadyOptions(Content::On)).start("root");
        for (std::size_t i = 0; i < 2 * kMostSpans; ++i) root.child("child");
        for (std::size_t i = 0; i < 2 * kMostEntries; ++i) root.set("key" + std::to_string(i), 1);
        for (std::size_t i = 0; i < 2 * kMostEntries; ++i) root.event("event");
        Span long1 = root.child("long");
        root.set("key0", std::string(5 * kLongestText, 'x'));
        root.setContent("text", [] { return std::string(2 * kLongestContent, 'x'); });
    }
    EXPECT_THAT(only().spans, SizeIs(kMostSpans));
    const SpanData& root = only().spans[0];
    EXPECT_EQ(root.name, "root");
    EXPECT_THAT(root.attributes, SizeIs(kMostEntries));
    EXPECT_THAT(root.events, SizeIs(kMostEntries));
    EXPECT_THAT(*find<std::string>(root.attributes, "key0"),
                testing::AllOf(SizeIs(kLongestText), testing::EndsWith(" [cut]")));
    EXPECT_THAT(*find<std::string>(root.content, "text"), SizeIs(kLongestContent));
}

TEST_F(TracerTest, SpansOfOneTraceMayEndOnManyThreads) {
    const Tracer tracer(&m_sink, {});
    Span root = tracer.start("root");
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&root] {
                for (int i = 0; i < 50; ++i) {
                    Span one = root.child("one");
                    one.set("i", i);
                }
            });
    }
    root.end();
    EXPECT_THAT(only().spans, SizeIs(201));
}

TEST_F(TracerTest, TheOwnClockIsOfTodayAndNeverRunsBack) {
    {
        const Span root = Tracer(&m_sink, {}).start("root");
        for (int i = 0; i < 100; ++i) root.child("child");
    }
    const auto& spans = only().spans;
    EXPECT_GT(spans[0].startNs, 1'700'000'000'000'000'000);
    for (std::size_t i = 1; i < spans.size(); ++i) EXPECT_GE(spans[i].startNs, spans[i - 1].startNs);
}

}  // namespace
}  // namespace commonplace::trace
