// What real servers sent, through the whole client: byte by byte, with every line end, with whatever may
// stand before and between, and cut off after every byte.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/llm/asking.h"
#include "tests/engine/llm/stream_runner.h"
#include "tests/fakes/verbatim_replies.h"

namespace commonplace::llm {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
namespace verbatim = fakes::verbatim;

struct Exchange {
    const char* name;
    Api api;
    std::string body;
    std::string text;
    std::string finishReason;
    long promptTokens;
    long completionTokens;
};

std::vector<Exchange> exchanges() {
    return {{"LlamaChat", Api::OpenAi, verbatim::llamaChat(), "\"Here?\"", "length", 46, 6},
            {"LlamaToolCall", Api::OpenAi, verbatim::llamaToolCall(), "I will", "tool_calls", 713, 33},
            {"AnthropicToolUse", Api::Anthropic, verbatim::anthropicToolUse(), "I will", "tool_use", 713, 33},
            {"OllamaChat", Api::Ollama, verbatim::ollamaChat(), "The sky is blue.", "stop", 26, 298}};
}

/// CRLF, LF and (events only) CR, in turn; never LF after CR, which would be one line end.
std::string withMixedLineEnds(const std::string& body, Api api) {
    std::string mixed;
    int count = 0;
    for (const char c : body) {
        if (c != '\n') {
            mixed += c;
            continue;
        }
        const int kind = ++count % (api == Api::Ollama ? 2 : 3);
        mixed += kind == 0 ? "\r\n" : kind == 1 ? "\n" : "\r";
    }
    return mixed;
}

std::string withNoiseBetween(const std::string& body, Api api) {
    if (api == Api::Ollama) return "\n \r\n" + body;
    std::string noisy = ": ping\n\n";
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t end = body.find("\n\n", at) + 2;
        noisy += body.substr(at, end - at) + ": keep-alive\nid: 7\nretry: 1000\nunknown\n\n";
        at = end;
    }
    return noisy;
}

class Verbatim : public testing::TestWithParam<Exchange> {
  protected:
    StreamFormat format() const { return makeProtocol(GetParam().api)->format(); }
    void expectWhole(const Outcome& outcome, const char* how) const {
        ASSERT_TRUE(outcome.reply.has_value()) << how << ": " << outcome.error();
        EXPECT_EQ(outcome.shown, GetParam().text) << how;
        EXPECT_EQ(outcome.error(), "") << how;
        EXPECT_EQ(outcome.reply->finishReason, GetParam().finishReason) << how;
        EXPECT_EQ(outcome.reply->promptTokens, GetParam().promptTokens) << how;
        EXPECT_EQ(outcome.reply->completionTokens, GetParam().completionTokens) << how;
        EXPECT_EQ(outcome.reply->retries, 0) << how;
    }
    Outcome askBody(const std::string& body, std::size_t partBytes = 0) const {
        return askScript({fakes::send(fakes::streamHead()), fakes::sendInParts(body, partBytes)}, {}, 100,
                         GetParam().api);
    }
};

INSTANTIATE_TEST_SUITE_P(Each, Verbatim, testing::ValuesIn(exchanges()),
                         [](const auto& info) { return info.param.name; });

TEST_P(Verbatim, IsReadWhateverItsDress) {
    const auto& [name, api, body, text, finishReason, promptTokens, completionTokens] = GetParam();
    expectWhole(askBody(body), "as it was");
    expectWhole(askBody(body, 1), "byte by byte");
    expectWhole(askBody("\xEF\xBB\xBF" + body), "byte order mark");
    expectWhole(askBody(withCrlf(body)), "CRLF");
    expectWhole(askBody(withMixedLineEnds(body, api)), "mixed line ends");
    expectWhole(askBody(withNoiseBetween(body, api)), "noise between");
}

TEST_P(Verbatim, IsTheSameInTwoPartsCutAnywhere) {
    for (const std::string& body : {GetParam().body, withMixedLineEnds(GetParam().body, GetParam().api)}) {
        for (std::size_t cut = 0; cut <= body.size(); ++cut) {
            const document::ChatModel::OnText ignore;
            ChatStream stream(format(), {}, "http://h", kSafe, ignore);
            std::optional<Error> ended;
            for (const std::string& part : {body.substr(0, cut), body.substr(cut)})
                if (auto fed = stream.feed(part); !fed && !ended) ended = fed.error();
            const auto reply = stream.conclude(ended);
            ASSERT_TRUE(reply.has_value()) << cut;
            ASSERT_EQ(reply->text, GetParam().text) << cut;
            ASSERT_EQ(reply->completionTokens, GetParam().completionTokens) << cut;
        }
    }
}

TEST_P(Verbatim, BrokenOffAfterAnyByteKeepsWhatCameAndSaysSo) {
    const std::string& body = GetParam().body;
    for (std::size_t cut = 0; cut < body.size(); ++cut) {
        const StreamOutcome run = runStream(std::string_view(body).substr(0, cut), 64, {}, {}, format());
        const std::string text = run.reply ? run.reply->text : std::string();
        ASSERT_THAT(GetParam().text, StartsWith(text)) << cut;
        ASSERT_TRUE(!run.error().empty() || text == GetParam().text)
            << "a half answer as a whole one: " << cut;
    }
}

}  // namespace
}  // namespace commonplace::llm
