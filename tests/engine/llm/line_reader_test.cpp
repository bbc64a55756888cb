#include "engine/llm/line_reader.h"

#include <gtest/gtest.h>

namespace commonplace::llm {
namespace {

std::vector<std::string> linesOf(std::string_view bytes, std::size_t partBytes) {
    LineReader reader(8);
    std::vector<std::string> lines;
    const auto keep = [&](const std::vector<net::SseEvent>& events) {
        for (const net::SseEvent& event : events) lines.push_back(event.data);
    };
    for (std::size_t at = 0; at < bytes.size(); at += partBytes) {
        const auto events = reader.feed(bytes.substr(at, partBytes));
        if (!events) return {events.error().message()};
        keep(*events);
    }
    keep(reader.finish());
    return lines;
}

TEST(LineReader, AnyCut) {
    for (std::size_t part = 1; part < 20; ++part)
        EXPECT_EQ(linesOf("one\r\n\n  \ntwo \n three", part),
                  (std::vector<std::string>{"one", "two", "three"}));
}

TEST(LineReader, LinesAreBounded) {
    for (std::size_t part = 1; part < 20; ++part) {
        EXPECT_EQ(linesOf("12345678\n12345678", part).size(), 2u);
        const auto tooLong = linesOf("1\n123456789\n", part);
        ASSERT_EQ(tooLong.size(), 1u);
        EXPECT_NE(tooLong.front().find("longer than 8 bytes"), std::string::npos);
    }
}

}  // namespace
}  // namespace commonplace::llm
