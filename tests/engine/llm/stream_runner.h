// Runs a ChatStream over bytes as the transfer would, in any cut; shared by the tests of the protocols.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.h"
#include "engine/llm/chat_stream.h"
#include "engine/llm/protocol.h"

namespace commonplace::llm {

inline const net::SafeText kSafe("sk-CANARY");

struct StreamOutcome {
    std::vector<std::string> shown;
    Result<document::ChatReply> reply = Error(ErrorCode::Internal, "not run");

    std::string text() const { return reply ? reply->text : "ERROR " + reply.error().message(); }
    std::string error() const { return reply ? reply->error.value_or("") : reply.error().message(); }
};

// Feeds the bytes in parts as the transfer would: until the stream wants no more.
inline StreamOutcome runStream(std::string_view bytes, std::size_t partBytes = 1u << 14,
                               ChatLimits limits = {}, std::optional<Error> broken = {},
                               const StreamFormat& format = makeProtocol(Api::OpenAi)->format()) {
    StreamOutcome run;
    const document::ChatModel::OnText keep = [&](std::string_view text) { run.shown.emplace_back(text); };
    ChatStream stream(format, limits, "http://h/v1", kSafe, keep);
    std::optional<Error> ended;
    for (std::size_t at = 0; at < bytes.size() && !ended; at += partBytes)
        if (auto fed = stream.feed(bytes.substr(at, partBytes)); !fed) ended = fed.error();
    run.reply = stream.conclude(ended ? ended : std::move(broken));
    return run;
}

struct Case {
    const char* name;
    std::string bytes;
    std::string text;
};

inline std::string withCrlf(const std::string& bytes) {
    std::string crlf;
    for (char c : bytes) crlf += c == '\n' ? "\r\n" : std::string(1, c);
    return crlf;
}

/// Whole, in parts of every size, and in two parts with the cut anywhere: the cut must never matter.
inline void expectTextHoweverCut(const Case& dialect, const StreamFormat& format) {
    for (std::size_t part = 1; part <= dialect.bytes.size() + 1; ++part) {
        const StreamOutcome run = runStream(dialect.bytes, part, {}, {}, format);
        ASSERT_EQ(run.text(), dialect.text) << dialect.name << ", parts of " << part;
        ASSERT_EQ(run.error(), "") << dialect.name << ", parts of " << part;
    }
    for (std::size_t cut = 0; cut <= dialect.bytes.size(); ++cut) {
        const document::ChatModel::OnText ignore;
        ChatStream stream(format, {}, "http://h/v1", kSafe, ignore);
        std::optional<Error> ended;
        for (const std::string& part : {dialect.bytes.substr(0, cut), dialect.bytes.substr(cut)})
            if (auto fed = stream.feed(part); !fed && !ended) ended = fed.error();
        const auto reply = stream.conclude(ended);
        ASSERT_TRUE(reply.has_value()) << dialect.name << " cut at " << cut;
        ASSERT_EQ(reply->text, dialect.text) << dialect.name << " cut at " << cut;
    }
}

/// Whatever is damaged: one line for people, and text that is UTF-8.
inline void expectOneLineAndValidText(const std::string& good, const StreamFormat& format) {
    using testing::HasSubstr;
    using testing::Not;
    std::mt19937 random(20261122);
    for (int round = 0; round < 3000; ++round) {
        std::string bytes = good;
        for (unsigned count = 1 + random() % 4; count > 0; --count) {
            const std::size_t at = random() % bytes.size();
            if (random() % 2) {
                bytes[at] = static_cast<char>(random());
            } else {
                bytes.erase(at, 1 + random() % 20);
            }
        }
        const StreamOutcome run = runStream(bytes, 1 + random() % 50, {}, {}, format);
        ASSERT_THAT(run.error(), testing::AllOf(Not(HasSubstr("\n")), Not(HasSubstr("\x1b"))));
        ASSERT_EQ(base::repairUtf8(run.text()), run.text());
    }
}

}  // namespace commonplace::llm
