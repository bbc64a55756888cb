#include "engine/llm/openai_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/engine/llm/asking.h"
#include "tests/fakes/openai_replies.h"
#include "tests/support/hang.h"

namespace commonplace::llm {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(OpenAiModel, AnswersThroughTheWire) {
    const fakes::HttpServer server({fakes::chatReply({"Grüße ", "aus ", "你好"})});
    const Outcome outcome = askAt(endpointAt(server.url()));
    ASSERT_TRUE(outcome.reply.has_value()) << outcome.error();
    EXPECT_EQ(outcome.reply->text, "Grüße aus 你好");
    EXPECT_EQ(outcome.error(), "");
    EXPECT_EQ(outcome.reply->completionTokens, 3);
    const fakes::RecordedRequest seen = server.requests().at(0);
    EXPECT_THAT(seen.head, AllOf(StartsWith("POST /v1/chat/completions HTTP/1.1\r\n"),
                                 HasSubstr(std::string("Authorization: Bearer ") + kKey + "\r\n"),
                                 HasSubstr("Content-Type: application/json\r\n")));
    EXPECT_THAT(seen.body,
                AllOf(HasSubstr("\"max_tokens\":100"), HasSubstr("\"model\":\"m\""), HasSubstr("Why?")));
    EXPECT_THAT(seen.body, Not(HasSubstr("CANARY")));
}

TEST(OpenAiModel, ByteByByteAndChunked) {
    std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const char c : fakes::chatStream({"Grüße ", "你好"})) chunked += std::string("1\r\n") + c + "\r\n";
    const Outcome outcome = askScript({fakes::sendInParts(chunked + "0\r\n\r\n", 1)});
    ASSERT_TRUE(outcome.reply.has_value()) << outcome.error();
    EXPECT_EQ(outcome.reply->text, "Grüße 你好");
    EXPECT_EQ(outcome.error(), "");
}

TEST(OpenAiModel, AnAnswerThatIsNotStreamed) {
    const Outcome outcome =
        askScript(fakes::ok(R"({"choices":[{"message":{"content":"x"},"finish_reason":"stop"}]})"));
    EXPECT_EQ(outcome.shown, "x");
    EXPECT_EQ(outcome.error(), "");
}

TEST(OpenAiModel, DoesNotWaitForAServerThatLeavesTheLineOpen) {
    const std::string answer = fakes::streamHead() + fakes::contentChunk("x") + fakes::finishChunk();
    const Outcome done = askScript({fakes::send(answer + fakes::doneEvent()), fakes::stall()});
    EXPECT_EQ(done.error(), "");
    EXPECT_LT(done.seconds, test::kHangSeconds);
    const Outcome finished = askScript({fakes::send(answer), fakes::stall()});
    EXPECT_EQ(finished.error(), "");
    EXPECT_EQ(finished.shown, "x");
    EXPECT_LT(finished.seconds, test::kHangSeconds);
}

TEST(OpenAiModel, TakesTheFirstModelAndRemembersIt) {
    const fakes::HttpServer server(
        {fakes::modelList("first"), fakes::chatReply({"a"}), fakes::chatReply({"b"})});
    Endpoint endpoint = endpointAt(server.url());
    endpoint.model = "";
    auto model = openOpenAiModel(endpoint);
    ASSERT_TRUE(model.has_value());
    EXPECT_EQ(ask(**model).shown, "a");
    EXPECT_EQ((*model)->id(), "first");
    EXPECT_EQ(ask(**model).shown, "b");
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 3u);
    EXPECT_THAT(requests[0].head, StartsWith("GET /v1/models "));
    EXPECT_THAT(requests[1].body, HasSubstr("\"model\":\"first\""));
}

TEST(OpenAiModel, AServerWithoutModelsIsExplained) {
    const fakes::HttpServer server({fakes::ok(R"({"data":[]})"), fakes::ok("<html>")});
    Endpoint endpoint = endpointAt(server.url());
    endpoint.model = "";
    EXPECT_THAT(askAt(endpoint).error(), HasSubstr("offers no model"));
    EXPECT_THAT(askAt(endpoint).error(), HasSubstr("is the base URL right? it usually ends with /v1"));
}

TEST(OpenAiModel, ListsModels) {
    const fakes::HttpServer server({fakes::modelList("first")});
    const auto models = listModels(endpointAt(server.url() + "/"), {});
    ASSERT_TRUE(models.has_value()) << models.error().message();
    EXPECT_THAT(*models, ElementsAre("first", "another"));
}

TEST(OpenAiModel, AListThatTricklesEnds) {
    const fakes::HttpServer server({{fakes::send(fakes::streamHead()), fakes::sendForever(" ", 20ms)}});
    const base::Stopwatch clock;
    const auto models = listModels(endpointAt(server.url(), {.silenceSeconds = 0.3}), {});
    ASSERT_FALSE(models.has_value());
    EXPECT_EQ(models.error().code(), ErrorCode::Timeout);
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
}

TEST(OpenAiModel, AsksOnceMoreWithoutAFieldThatIsUnknown) {
    const fakes::Script complaint =
        fakes::reply("400 Bad Request", R"({"error":{"message":"Unknown field: stream_options"}})");
    const fakes::HttpServer server({complaint, fakes::chatReply({"a"}), fakes::chatReply({"b"})});
    auto model = openOpenAiModel(endpointAt(server.url()));
    ASSERT_TRUE(model.has_value());
    EXPECT_EQ(ask(**model).shown, "a");
    EXPECT_EQ(ask(**model).shown, "b");
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 3u) << "what was learned is remembered";
    EXPECT_THAT(requests[0].body, HasSubstr("stream_options"));
    EXPECT_THAT(requests[1].body, Not(HasSubstr("stream_options")));
}

TEST(OpenAiModel, AsksOnceMoreWithTheNewNameOfTheBound) {
    const fakes::HttpServer server(
        {fakes::reply("400 Bad Request", "'max_tokens' is not supported, use 'max_completion_tokens'"),
         fakes::chatReply({"a"})});
    EXPECT_EQ(askAt(endpointAt(server.url())).shown, "a");
    EXPECT_THAT(server.requests().at(1).body, HasSubstr("\"max_completion_tokens\":100"));
}

TEST(OpenAiModel, AStubbornServerIsAskedTwice) {
    const fakes::HttpServer server({fakes::reply("400 Bad Request", "unknown field stream_options")});
    EXPECT_THAT(askAt(endpointAt(server.url())).error(),
                HasSubstr("answered 400 (bad request): unknown field"));
    EXPECT_EQ(server.requests().size(), 2u);
}

TEST(OpenAiModel, RefusalsAreExplained) {
    struct Case {
        std::string status, body, expected;
        std::size_t requests = 1;
    };
    const std::string echo = R"({"error":{"message":"bad key )" + std::string(kKey) + R"("}})";
    for (const Case& refusal :
         {Case{"401 Unauthorized", echo, "answered 401 (unauthorized): bad key [key]; check the key"},
          Case{"404 Not Found", "\"no such model\"",
               "answered 404 (not found): no such model; check the base URL"},
          Case{"429 Too Many Requests", "<html><title>Slow</title>",
               "answered 429 (too many requests): a web page, \"Slow\"; wait", 3},
          Case{"500 Oh", "", "answered 500 (server error); see the log", 3},
          Case{"503 Busy", R"({"error":{"message":"Loading model"}})",
               "answered 503 (unavailable): Loading model; the model may", 3},
          Case{"500 Oh", std::string(1u << 20, 'x'), "answered 500 (server error): xxx", 3}}) {
        const fakes::HttpServer server({fakes::reply(refusal.status, refusal.body)});
        const Outcome outcome = askAt(endpointAt(server.url()));
        ASSERT_FALSE(outcome.reply.has_value());
        EXPECT_EQ(outcome.reply.error().code(), refusal.requests > 1 ? ErrorCode::Busy : ErrorCode::Protocol);
        EXPECT_THAT(outcome.error(), HasSubstr(refusal.expected));
        EXPECT_LT(outcome.error().size(), 500u);
        EXPECT_EQ(server.requests().size(), refusal.requests) << refusal.status;
    }
}

TEST(OpenAiModel, RedirectsAreNotFollowed) {
    const fakes::HttpServer other({fakes::chatReply({"stolen"})});
    const fakes::HttpServer server({fakes::reply("307 Moved", "", "Location: " + other.url() + "/v1\r\n")});
    const Outcome outcome = askAt(endpointAt(server.url()));
    EXPECT_THAT(
        outcome.error(),
        EndsWith("redirects are not followed; give the address it points to: " + other.url() + "/v1"));
    EXPECT_TRUE(other.requests().empty());
}

TEST(OpenAiModel, AServerThatIsNotThere) {
    const fakes::LoopbackPort refusing;
    const Outcome refused = askAt(endpointAt(refusing.url()));
    ASSERT_FALSE(refused.reply.has_value());
    EXPECT_THAT(refused.error(), AllOf(StartsWith("could not reach " + refusing.url() + "/v1"),
                                       EndsWith("connection refused; is the server running?")));
    fakes::LoopbackPort full;
    full.fill();
    const Outcome hanging = askAt(endpointAt(full.url(), kConnectSoon));
    EXPECT_THAT(hanging.error(), HasSubstr("no connection within 0.3 s"));
    EXPECT_LT(hanging.seconds, test::kHangSeconds);
}

TEST(OpenAiModel, EndlessStreamsEnd) {
    const auto endless = [](const std::string& bytes, const net::Timeouts& timeouts = {}) {
        std::string block;
        while (block.size() < (64u << 10)) block += bytes;
        return askScript({fakes::send(fakes::streamHead()), fakes::sendForever(block)}, timeouts, 20);
    };
    const Outcome words = endless(fakes::contentChunk("word "));
    EXPECT_EQ(words.shown.size(), 5u * 56);  // 20 * 1.2 + 32
    EXPECT_THAT(words.error(), HasSubstr("longer than the 20 tokens"));
    EXPECT_THAT(endless("data: xxxxxxxxxxxxxxxxxxxxxxxxxx").error(), HasSubstr("longer than 1048576 bytes"));
    EXPECT_THAT(endless("{ \"a\": 1, ").error(), HasSubstr("longer than 1 MiB"));
    EXPECT_FALSE(endless(": ping\n\n", kAnswerSoon).reply.has_value());
}

TEST(OpenAiModel, ABreakInTheMiddleKeepsTheText) {
    const std::string half = fakes::contentChunk("half");
    for (const fakes::Script& script :
         {fakes::Script{fakes::send(fakes::streamHead() + half)},
          fakes::Script{fakes::send(fakes::streamHead() + half), fakes::pause(50ms), fakes::reset()},
          fakes::Script{fakes::send("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + half)},
          fakes::Script{fakes::send(fakes::streamHead() + half + "data: {\"choices\": nonsense}\n\n")}}) {
        const fakes::HttpServer server({script});
        const Outcome outcome = askAt(endpointAt(server.url()));
        ASSERT_TRUE(outcome.reply.has_value()) << outcome.error();
        EXPECT_EQ(outcome.reply->text, "half");
        EXPECT_THAT(outcome.error(), HasSubstr(server.url()));
        EXPECT_EQ(server.requests().size(), 1u) << "never again after the first word";
    }
}

TEST(OpenAiModel, StopIsQuickAndKeepsTheText) {
    const fakes::HttpServer server(
        {{fakes::send(fakes::streamHead() + fakes::contentChunk("half")), fakes::stall()}});
    auto model = openOpenAiModel(endpointAt(server.url()));
    ASSERT_TRUE(model.has_value());
    std::stop_source source;
    const base::Stopwatch clock;
    double stoppedAt = 0;
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(150ms);
        stoppedAt = clock.seconds();
        source.request_stop();
    });
    const Outcome outcome = ask(**model, question(), source.get_token());
    ASSERT_TRUE(outcome.reply.has_value());
    EXPECT_TRUE(outcome.reply->stopped);
    EXPECT_EQ(outcome.reply->text, "half");
    EXPECT_LT(clock.seconds() - stoppedAt, test::kHangSeconds);
}

TEST(OpenAiModel, AStopWhileTheModelIsLookedUp) {
    const fakes::HttpServer server({{fakes::stall()}});
    Endpoint endpoint = endpointAt(server.url());
    endpoint.model = "";
    auto model = openOpenAiModel(endpoint);
    ASSERT_TRUE(model.has_value());
    std::stop_source source;
    source.request_stop();
    const Outcome outcome = ask(**model, question(), source.get_token());
    ASSERT_TRUE(outcome.reply.has_value());
    EXPECT_TRUE(outcome.reply->stopped);
}

TEST(OpenAiModel, OfflineRefusesOtherMachines) {
    Endpoint endpoint = endpointAt("https://api.example.com");
    endpoint.reach = net::Reach::LoopbackOnly;
    const Outcome outcome = askAt(endpoint);
    ASSERT_FALSE(outcome.reply.has_value());
    EXPECT_THAT(outcome.error(), HasSubstr("offline switch"));
    EXPECT_FALSE(listModels(endpoint, {}).has_value());
}

TEST(OpenAiModel, BadEndpointsAreRefusedAtOnce) {
    for (const char* url : {"", "localhost:8080/v1", "ftp://h/v1", "http://me:CANARY@h/v1",
                            "http://h/v1?key=CANARY", "http://h/v1#x"}) {
        const auto model = openOpenAiModel({.baseUrl = url});
        ASSERT_FALSE(model.has_value()) << url;
        EXPECT_EQ(model.error().code(), ErrorCode::InvalidArgument);
        EXPECT_THAT(model.error().message(), Not(HasSubstr("CANARY")));
    }
    Endpoint endpoint = endpointAt("http://127.0.0.1:1");
    endpoint.key = "sk-CANARY\r\nX: y";
    const auto model = openOpenAiModel(endpoint);
    ASSERT_FALSE(model.has_value());
    EXPECT_THAT(model.error().message(), Not(HasSubstr("CANARY")));
    endpoint.key = "  sk-fine\n";
    EXPECT_TRUE(openOpenAiModel(endpoint).has_value());
}

TEST(OpenAiModel, AChatNeedsMessagesAndRoom) {
    const fakes::LoopbackPort nobody;
    EXPECT_EQ(askAt(endpointAt(nobody.url()), question(0)).reply.error().code(), ErrorCode::InvalidArgument);
    EXPECT_EQ(askAt(endpointAt(nobody.url()), {}).reply.error().code(), ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace commonplace::llm
