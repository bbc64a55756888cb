// What a server, a proxy or a liar can do wrong, for each protocol of answers: one line says what it was,
// what came stays, nothing grows without bound, and no key goes elsewhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>

#include "tests/engine/llm/asking.h"
#include "tests/fakes/anthropic_replies.h"
#include "tests/fakes/ollama_replies.h"
#include "tests/fakes/openai_replies.h"
#include "tests/support/hang.h"

namespace commonplace::llm {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
namespace anthropic = fakes::anthropic;
namespace ollama = fakes::ollama;

/// What a protocol says for the same thing.
struct Words {
    Api api;
    std::string half;                                           ///< the beginning of an answer: "half"
    std::function<std::string(const std::string& text)> piece;  ///< `text` as JSON writes it
    std::function<std::string(const std::string& reason)> end;
    std::string (*error)(const std::string& type, const std::string& words);
};

std::string openAiError(const std::string& type, const std::string& words) {
    return R"({"error":{"message":")" + words + R"(","type":")" + type + R"(","code":null}})";
}
std::string ollamaError(const std::string&, const std::string& words) {
    return R"({"error":")" + words + "\"}";
}

std::vector<Words> protocols() {
    const std::string begin = anthropic::messageStart() + anthropic::blockStart();
    return {
        {Api::OpenAi, fakes::contentChunk("half"), fakes::contentChunk,
         [](const std::string& reason) { return fakes::finishChunk(reason) + fakes::doneEvent(); },
         openAiError},
        {Api::Anthropic, begin + anthropic::textDelta("half"), anthropic::textDelta,
         [](const std::string& reason) { return anthropic::messageDelta(reason) + anthropic::messageStop(); },
         anthropic::errorBody},
        {Api::Ollama, ollama::textLine("half"), ollama::textLine, ollama::doneLine, ollamaError}};
}

/// Bytes of memory that this process held at the most since the last call of forgetPeak().
std::size_t peakMemory() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::strtoull(line.c_str() + 6, nullptr, 10) << 10;
    return 0;
}
void forgetPeak() {
    std::ofstream("/proc/self/clear_refs") << 5;
}

class WireFaults : public testing::TestWithParam<Words> {
  protected:
    Outcome askScripts(std::vector<fakes::Script> scripts, const net::Timeouts& timeouts = {}) {
        const fakes::HttpServer server(std::move(scripts));
        const Outcome outcome = askAt(endpointAt(server.url(), timeouts, GetParam().api));
        m_requests = server.requests().size();
        return outcome;
    }
    Outcome askBody(const std::string& body) {
        return askScripts({{fakes::send(fakes::streamHead() + body)}});
    }
    std::string whole(const std::string& text) const {
        return GetParam().piece(text) + GetParam().end("stop");
    }
    std::size_t m_requests = 0;
};

INSTANTIATE_TEST_SUITE_P(Each, WireFaults, testing::ValuesIn(protocols()),
                         [](const auto& info) { return name(info.param.api); });

TEST_P(WireFaults, AnErrorAsPlainJsonInsteadOfAStream) {
    const Outcome first = askBody(GetParam().error("server_error", "no slot for sk-CANARY-0123456789"));
    ASSERT_FALSE(first.reply.has_value());
    EXPECT_THAT(first.error(), HasSubstr("no slot for [key]"));
    const std::string length =
        R"({"error":{"code":400,"message":"request (1043 tokens) exceeds the available context size (512 )"
        R"(tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":1043,"n_ctx":512}})";
    for (const char* status : {"400 Bad Request", "500 Internal Server Error"}) {
        const Outcome tooLong = askScripts({fakes::reply(status, length)});
        ASSERT_FALSE(tooLong.reply.has_value());
        EXPECT_EQ(tooLong.reply.error().code(), ErrorCode::Limit);
        EXPECT_THAT(tooLong.error(), HasSubstr("ask with fewer passages"));
        EXPECT_EQ(m_requests, 1u) << "the same is as long the next time";
    }
}

TEST_P(WireFaults, APageOfAProxy) {
    const std::string page = "\n<!DOCTYPE html><html><head><TITLE> 502 Bad\nGateway </TITLE></head></html>";
    const Outcome refused =
        askScripts({fakes::reply("502 Bad Gateway", page, "Content-Type: text/html\r\n")});
    EXPECT_THAT(refused.error(), HasSubstr("answered 502 (bad gateway): a web page, \"502 Bad Gateway\""));
    EXPECT_EQ(m_requests, 3u);
    for (const std::string& body : {page, "\xEF\xBB\xBF" + page}) {
        const Outcome login = askBody(body);
        EXPECT_THAT(login.error(), HasSubstr("it answered with a web page"));
        EXPECT_EQ(m_requests, 1u);
    }
}

TEST_P(WireFaults, ALineOf300MegabytesIsGivenUpEarlyAndNotKept) {
    const std::string block(64u << 10, 'x');
    forgetPeak();
    const std::size_t before = peakMemory();
    const Outcome outcome =
        askScripts({{fakes::send(fakes::streamHead() + GetParam().half + "data: {\"a\":\""),
                     fakes::sendForever(block)}});
    EXPECT_EQ(outcome.shown, "half");
    EXPECT_THAT(outcome.error(), HasSubstr("longer than 1048576 bytes"));
    EXPECT_LT(outcome.seconds, test::kHangSeconds);
#ifdef COMMONPLACE_SANITIZED
    GTEST_SKIP() << "the sanitizer's own memory grows with what is freed";
#endif
    if (before == 0) GTEST_SKIP() << "this system does not tell the peak of a process";
    const double grown = double(peakMemory()) - double(before);
    RecordProperty("grownKiB", static_cast<int>(grown / 1024));
    EXPECT_LT(grown, double(8u << 20));
}

TEST_P(WireFaults, HeadersAreBounded) {
    const Outcome endless =
        askScripts({{fakes::send("HTTP/1.1 200 OK\r\n"), fakes::sendForever("X-Filler: 0123456789\r\n")}});
    EXPECT_THAT(endless.error(), HasSubstr("headers without end"));
    const Outcome huge =
        askScripts({{fakes::send("HTTP/1.1 200 OK\r\nX: "), fakes::sendForever("xxxxxxxx")}});
    ASSERT_FALSE(huge.reply.has_value());
    EXPECT_EQ(huge.reply.error().code(), ErrorCode::Limit);
    const Outcome interim = askScripts({{fakes::sendForever("HTTP/1.1 100 Continue\r\n\r\n")}});
    EXPECT_FALSE(interim.reply.has_value());
    EXPECT_LT(endless.seconds + huge.seconds + interim.seconds, test::kHangSeconds);
}

TEST_P(WireFaults, WhatNobodyAskedForIsSaid) {
    const Outcome packed = askScripts({{fakes::send(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n\x1f\x8b\x08")}});
    EXPECT_THAT(packed.error(), HasSubstr("answers compressed although that was not asked for"));
    EXPECT_THAT(askScripts({{fakes::send("SSH-2.0-OpenSSH_9.2\r\n")}}).error(), Not(HasSubstr("SSH")));
    EXPECT_THAT(askScripts({fakes::ok("")}).error(), HasSubstr("nothing at all"));
    EXPECT_THAT(askScripts({fakes::reply("204 No Content", "")}).error(), HasSubstr("nothing at all"));
    EXPECT_THAT(askBody(std::string("\0\0\0\0", 4)).error(), Not(testing::IsEmpty()));
}

TEST_P(WireFaults, NoRedirectGetsTheKey) {
    for (const char* status : {"301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"}) {
        const fakes::HttpServer other({fakes::ok("stolen")});
        const Outcome outcome = askScripts({fakes::reply(status, "", "Location: " + other.url() + "/x\r\n")});
        EXPECT_THAT(outcome.error(), HasSubstr("redirects are not followed; give the address it points to"));
        EXPECT_TRUE(other.requests().empty());
        EXPECT_EQ(m_requests, 1u);
    }
}

TEST_P(WireFaults, BrokenChunksKeepWhatCame) {
    const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    std::ostringstream size;
    size << std::hex << GetParam().half.size();
    const std::string chunk = size.str() + "\r\n" + GetParam().half + "\r\n";
    for (const std::string& rest :
         {std::string("zz\r\nx\r\n"), std::string("-5\r\nx\r\n"), std::string("5\r\nab"),
          std::string("ffffffffffffffffff\r\nx"), std::string()}) {
        const Outcome outcome = askScripts({{fakes::send(head + chunk + rest)}});
        EXPECT_EQ(outcome.shown, "half") << rest;
        EXPECT_NE(outcome.error(), "") << rest;
        EXPECT_EQ(m_requests, 1u) << "never again after the first word";
    }
}

TEST_P(WireFaults, UnknownThingsAreSkipped) {
    const std::string odd =
        GetParam().api == Api::Ollama
            ? ollama::line(R"("surprise":{"content":"no"},"done":false)")
            : "event: surprise\ndata: {\"type\":\"surprise\",\"choices\":[],\"x\":[{}]}\n\n";
    const Outcome outcome = askBody(odd + GetParam().half + odd + whole("x"));
    EXPECT_EQ(outcome.shown, "halfx");
    EXPECT_EQ(outcome.error(), "");
}

TEST_P(WireFaults, TextIsCleanWhateverItsBytes) {
    const Outcome nul = askBody(whole("a\\u0000b"));
    EXPECT_EQ(nul.shown, "ab");
    EXPECT_EQ(nul.error(), "");
    EXPECT_EQ(askBody(whole("a\xFF\xFEz")).shown, "a\uFFFD\uFFFDz");
    EXPECT_EQ(askBody(whole("a\xED\xA0\x80z")).shown, "a\uFFFD\uFFFD\uFFFDz") << "a surrogate as bytes";
    const Outcome raw = askBody(GetParam().half + GetParam().piece(std::string("a\0b", 3)));
    EXPECT_EQ(raw.shown, "half") << "a raw NUL is no JSON";
    EXPECT_THAT(raw.error(), HasSubstr("cannot be read"));
}

TEST_P(WireFaults, ModelNamesAreSentAsTheyAre) {
    const fakes::HttpServer server({{fakes::send(fakes::streamHead() + whole("x"))}});
    Endpoint endpoint = endpointAt(server.url(), {}, GetParam().api);
    for (const auto& [model, sent] :
         {std::pair{"a\"b\\c\n/\x01:\xC3\xBC", R"("a\"b\\c\n/\u0001:ü")"}, {"bad\xFF", "\"bad\uFFFD\""}}) {
        endpoint.model = model;
        EXPECT_EQ(askAt(endpoint).shown, "x");
        EXPECT_THAT(server.requests().back().body, HasSubstr(std::string("\"model\":") + sent));
    }
}

TEST_P(WireFaults, CountsMayBeMissingOrStrange) {
    EXPECT_EQ(askBody(GetParam().half + GetParam().end("stop")).error(), "");
    if (GetParam().api != Api::OpenAi) return;
    const std::string half = GetParam().half;
    const Outcome none = askBody(half + fakes::finishChunk() + fakes::doneEvent());
    EXPECT_FALSE(none.reply->promptTokens || none.reply->completionTokens);
    // Some servers tell the sums with every chunk.
    const Outcome sums = askBody(half + fakes::usageChunk(9, 1) + fakes::usageChunk(9, 2) +
                                 fakes::sseEvent(R"({"choices":[],"usage":{"completion_tokens":3}})") +
                                 fakes::sseEvent(R"({"choices":[],"usage":null})") + fakes::finishChunk());
    EXPECT_EQ(sums.reply->promptTokens, 9);
    EXPECT_EQ(sums.reply->completionTokens, 3);
}

TEST_P(WireFaults, AnAnswerInPlacesForOtherThings) {
    const std::string empty = GetParam().end("stop");
    EXPECT_THAT(askBody(empty).error(), HasSubstr("empty answer"));
    if (GetParam().api != Api::OpenAi) return;
    for (const char* piece :
         {R"({"choices":null})", R"({"choices":{}})", R"({"choices":[null]})", R"({})",
          R"({"choices":[{"delta":{"content":{"a":1}}}]})",
          R"({"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"{}"}}]}}]})"}) {
        const Outcome outcome = askBody(fakes::sseEvent(piece) + fakes::contentChunk("x") + empty);
        EXPECT_EQ(outcome.shown, "x") << piece;
        EXPECT_EQ(outcome.error(), "") << piece;
    }
}

struct Ending {
    Api api;
    const char* reason;
    const char* error;  ///< a part of it; empty: none
};

TEST(FinishReasons, OfEveryDialect) {
    const std::vector<Words> words = protocols();
    for (const auto& [api, reason, error] :
         std::initializer_list<Ending>{{Api::OpenAi, "stop", ""},
                                       {Api::OpenAi, "length", ""},
                                       {Api::OpenAi, "tool_calls", ""},
                                       {Api::OpenAi, "function_call", ""},
                                       {Api::OpenAi, "content_filter", "content filter"},
                                       {Api::OpenAi, "error", "broke off with an error"},
                                       {Api::OpenAi, "eos", ""},
                                       {Api::Anthropic, "end_turn", ""},
                                       {Api::Anthropic, "max_tokens", ""},
                                       {Api::Anthropic, "stop_sequence", ""},
                                       {Api::Anthropic, "tool_use", ""},
                                       {Api::Anthropic, "pause_turn", ""},
                                       {Api::Anthropic, "refusal", "content filter"},
                                       {Api::Anthropic, "model_context_window_exceeded", "window was full"},
                                       {Api::Anthropic, "surprise", ""},
                                       {Api::Ollama, "stop", ""},
                                       {Api::Ollama, "length", ""},
                                       {Api::Ollama, "load", ""},
                                       {Api::Ollama, "unload", ""}}) {
        const Words& said = words[static_cast<std::size_t>(api)];
        ASSERT_EQ(said.api, api);
        const Outcome outcome =
            askScript({fakes::send(fakes::streamHead() + said.half + said.end(reason))}, {}, 100, api);
        EXPECT_EQ(outcome.shown, "half") << reason;
        if (*error == 0)
            EXPECT_EQ(outcome.error(), "") << reason;
        else
            EXPECT_THAT(outcome.error(), HasSubstr(error)) << reason;
    }
}

struct InStream {
    const char* type;
    ErrorCode code;
    std::size_t requests;  ///< when nothing was shown before
};

TEST(ErrorsInsideAStream, AreWhatTheStatusWouldHaveBeen) {
    for (const auto& [type, code, requests] :
         std::initializer_list<InStream>{{"rate_limit_exceeded", ErrorCode::Busy, 3},
                                         {"slow_down", ErrorCode::Busy, 3},
                                         {"server_is_overloaded", ErrorCode::Busy, 3},
                                         {"overloaded_error", ErrorCode::Busy, 3},
                                         {"unavailable_error", ErrorCode::Busy, 3},
                                         {"server_error", ErrorCode::Busy, 3},
                                         {"insufficient_quota", ErrorCode::Protocol, 1},
                                         {"credit_balance_exhausted", ErrorCode::Protocol, 1},
                                         {"billing_error", ErrorCode::Protocol, 1},
                                         {"invalid_request_error", ErrorCode::Protocol, 1},
                                         {"authentication_error", ErrorCode::Protocol, 1},
                                         {"surprise_error", ErrorCode::Protocol, 1}}) {
        for (const char* member : {"type", "code"}) {
            const std::string error =
                std::string(R"({"error":{"message":"You see.",")") + member + "\":\"" + type + "\"}}";
            const fakes::HttpServer server({{fakes::send(fakes::streamHead() + fakes::sseEvent(error))}});
            const Outcome outcome = askAt(endpointAt(server.url()));
            ASSERT_FALSE(outcome.reply.has_value()) << type;
            EXPECT_EQ(outcome.reply.error().code(), code) << type;
            EXPECT_EQ(server.requests().size(), requests) << type << " as " << member;
        }
    }
}

TEST(ErrorsInsideAStream, MoneyIsMoneyWhateverItsNumber) {
    const std::string error =
        R"({"error":{"message":"You exceeded your quota","type":"insufficient_quota","code":429}})";
    for (const std::string& body :
         {fakes::sseEvent(error), "event: error\n" + fakes::sseEvent(error), error}) {
        const fakes::HttpServer server({{fakes::send(fakes::streamHead() + body)}});
        const Outcome outcome = askAt(endpointAt(server.url()));
        ASSERT_FALSE(outcome.reply.has_value());
        EXPECT_EQ(outcome.reply.error().code(), ErrorCode::Protocol);
        EXPECT_EQ(server.requests().size(), 1u);
    }
}

TEST(ErrorsInsideAStream, WhateverFormTheyHave) {
    for (const char* error :
         {R"({"object":"error","message":"m","type":"rate_limit_error","code":429})",
          R"({"error":"rate limited","code":429})", R"({"error":{"message":"m","code":"429"}})"}) {
        const fakes::HttpServer server({{fakes::send(fakes::streamHead() + fakes::sseEvent(error))}});
        const Outcome outcome = askAt(endpointAt(server.url()));
        ASSERT_FALSE(outcome.reply.has_value()) << error;
        EXPECT_EQ(outcome.reply.error().code(), ErrorCode::Busy) << error;
        EXPECT_EQ(server.requests().size(), 3u) << error;
    }
}

TEST(ErrorsInsideAStream, ARunnerThatFellIsAskedAgain) {
    const fakes::HttpServer server(
        {{fakes::send(fakes::streamHead() + "{\"error\":\"llama runner process has terminated\"}\n")},
         ollama::chatReply({"a"})});
    EXPECT_EQ(askAt(endpointAt(server.url(), {}, Api::Ollama)).shown, "a");
}

TEST(ThoughtsInTheText, AreNoPartOfTheAnswer) {
    const fakes::HttpServer server(
        {fakes::chatReply({"<th", "ink>It may be [1].</thi", "nk> It is ", "[2]."})});
    EXPECT_EQ(askAt(endpointAt(server.url())).shown, "It is [2].");
    const fakes::HttpServer only({fakes::chatReply({"<think>", "Hm."})});
    EXPECT_THAT(askAt(endpointAt(only.url())).error(), HasSubstr("thought, but wrote no answer"));
}

TEST(LoadingModels, AreWaitedForWhereTheListIsNotThereYetEither) {
    const auto loading =
        fakes::reply("503 Service Unavailable",
                     R"({"error":{"message":"Loading model","type":"unavailable_error","code":503}})");
    const fakes::HttpServer server(
        {loading, fakes::reply("200 OK", R"({"data":[{"id":"m"}]})"), fakes::chatReply({"a"})});
    Endpoint endpoint = endpointAt(server.url(), {});
    endpoint.model.clear();
    endpoint.retry.loadingSeconds = 60;
    EXPECT_EQ(askAt(endpoint).shown, "a");
    EXPECT_EQ(server.requests().size(), 3u);
}

TEST(LoadingModels, AreWaitedForWithoutCounting) {
    const fakes::Script loading =
        fakes::reply("503 Service Unavailable",
                     R"({"error":{"message":"Loading model","type":"unavailable_error","code":503}})");
    std::vector<fakes::Script> scripts(9, loading);
    scripts.push_back(fakes::chatReply({"a"}));
    const fakes::HttpServer server(scripts);
    Endpoint endpoint = endpointAt(server.url());
    endpoint.retry.loadingSeconds = 60;
    const Outcome outcome = askAt(endpoint);
    EXPECT_EQ(outcome.shown, "a");
    EXPECT_EQ(outcome.reply->retries, 9);
    const fakes::HttpServer never({loading});
    endpoint.baseUrl = endpointAt(never.url()).baseUrl;
    endpoint.retry.loadingSeconds = 0.3;
    const Outcome tired = askAt(endpoint);
    EXPECT_THAT(tired.error(), HasSubstr("Loading model; the model may still be loading"));
    EXPECT_GT(tired.seconds, 0.3);
    EXPECT_LT(tired.seconds, test::kHangSeconds);
    endpoint.retry.times = 0;
    const std::size_t before = never.requests().size();
    EXPECT_FALSE(askAt(endpoint).reply.has_value());
    EXPECT_EQ(never.requests().size(), before + 1) << "a test of a server tells what is";
}

}  // namespace
}  // namespace commonplace::llm
