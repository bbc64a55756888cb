#include "engine/net/sse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/fuzz/sse_property.h"

namespace commonplace::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "name|data" for each event, fed in parts.
std::vector<std::string> eventsOf(std::string_view bytes, std::size_t partBytes = 1u << 20) {
    SseReader reader;
    std::vector<std::string> out;
    const auto keep = [&](const std::vector<SseEvent>& events) {
        for (const SseEvent& event : events) out.push_back(event.event + "|" + event.data);
    };
    for (std::size_t at = 0; at < bytes.size(); at += partBytes) {
        auto events = reader.feed(bytes.substr(at, partBytes));
        EXPECT_TRUE(events.has_value());
        keep(*events);
    }
    keep(reader.finish());
    return out;
}

TEST(Sse, ReadsEventsSeparatedByEmptyLines) {
    EXPECT_THAT(eventsOf("data: one\n\ndata: two\n\n"), ElementsAre("|one", "|two"));
}

TEST(Sse, KnowsTheThreeLineEnds) {
    EXPECT_THAT(eventsOf("data: a\r\n\r\ndata: b\r\rdata: c\n\n"), ElementsAre("|a", "|b", "|c"));
}

TEST(Sse, JoinsSeveralDataLines) {
    EXPECT_THAT(eventsOf("data: a\ndata:\ndata: b\n\n"), ElementsAre("|a\n\nb"));
}

TEST(Sse, KeepsTheEventName) {
    EXPECT_THAT(eventsOf("event: error\ndata: x\n\ndata: y\n\n"), ElementsAre("error|x", "|y"));
    EXPECT_THAT(eventsOf("data: x\nevent: late\n\n"), ElementsAre("late|x"));
}

TEST(Sse, AnEventWithoutDataIsNone) {
    EXPECT_THAT(eventsOf("event: lonely\n\n\n\ndata: x\n\n"), ElementsAre("|x"));
}

TEST(Sse, EmptyDataIsAnEvent) {
    EXPECT_THAT(eventsOf("data\n\ndata:\n\n"), ElementsAre("|", "|"));
}

TEST(Sse, SkipsCommentsAndUnknownFields) {
    EXPECT_THAT(eventsOf(": ping\n\nid: 3\nretry: 10\nnonsense\ndata: x\n: more\n\n"), ElementsAre("|x"));
}

TEST(Sse, TakesOneSpaceAfterTheColon) {
    EXPECT_THAT(eventsOf("data:x\n\ndata:  y\n\n"), ElementsAre("|x", "| y"));
}

TEST(Sse, DropsAByteOrderMarkAtTheStartOnly) {
    EXPECT_THAT(eventsOf("\xEF\xBB\xBF"
                         "data: x\n\n"),
                ElementsAre("|x"));
    EXPECT_THAT(eventsOf("data: x\n\n\xEF\xBB\xBF"
                         "data: y\n\n"),
                ElementsAre("|x"));
}

TEST(Sse, KeepsTheLastEventOfAnUnfinishedStream) {
    EXPECT_THAT(eventsOf("data: x\n"), ElementsAre("|x"));
    EXPECT_THAT(eventsOf("data: x"), ElementsAre("|x"));
    EXPECT_THAT(eventsOf("event: x"), IsEmpty());
    EXPECT_THAT(eventsOf(""), IsEmpty());
}

TEST(Sse, TheCutDoesNotMatter) {
    const std::string bytes =
        "\xEF\xBB\xBF: c\r\nevent: e\r\ndata: \xE4\xBD\xA0\r\ndata: b\r\n\r\ndata: c\r\rdata: d";
    const auto whole = eventsOf(bytes);
    EXPECT_THAT(whole, ElementsAre("e|\xE4\xBD\xA0\nb", "|c", "|d"));
    for (std::size_t part = 1; part <= bytes.size(); ++part) EXPECT_EQ(eventsOf(bytes, part), whole) << part;
}

TEST(Sse, TheBoundIsOnTheLine) {
    SseReader reader(16);
    EXPECT_TRUE(reader.feed("data: 0123456789").has_value());
    const auto tooLong = reader.feed("0");
    ASSERT_FALSE(tooLong.has_value());
    EXPECT_EQ(tooLong.error().code(), ErrorCode::Limit);
}

TEST(Sse, TheBoundIsOnTheEvent) {
    SseReader reader(16);
    Result<std::vector<SseEvent>> last = reader.feed("data: 01234567\n");
    for (int i = 0; i < 3 && last; ++i) last = reader.feed("data: 01234567\n");
    ASSERT_FALSE(last.has_value());
    EXPECT_EQ(last.error().code(), ErrorCode::Limit);
}

TEST(Sse, SeededRandomBytesHoldTheProperty) {
    std::mt19937 random(20261122);
    const std::vector<std::string> pieces{"data:",        " ", "\n", "\r",  "\r\n", "event: e", ": c",
                                          "\xEF\xBB\xBF", "x", "id", "\xC3"};
    for (int round = 0; round < 20000; ++round) {
        std::string bytes;
        for (unsigned count = random() % 24; count > 0; --count) bytes += pieces[random() % pieces.size()];
        ASSERT_TRUE(fuzz::sseHolds(bytes, 1 + random() % 5)) << testing::PrintToString(bytes);
    }
}

}  // namespace
}  // namespace commonplace::net
