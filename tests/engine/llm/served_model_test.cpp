#include "engine/llm/served_model.h"

#include <chrono>
#include <thread>

#include "tests/engine/llm/asking.h"
#include "tests/fakes/anthropic_replies.h"
#include "tests/fakes/ollama_replies.h"
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
namespace anthropic = fakes::anthropic;
namespace ollama = fakes::ollama;

/// What each protocol needs said for the rules that hold for all of them.
struct Wire {
    Api api;
    std::string head;
    std::string half;  ///< the beginning of an answer
    std::string ping;
    fakes::Script answer;
};

std::vector<Wire> wires() {
    const std::string begin = anthropic::messageStart() + anthropic::blockStart();
    return {{Api::OpenAi, fakes::streamHead(), fakes::contentChunk("half"), ": ping\n\n",
             fakes::chatReply({"a"})},
            {Api::Anthropic, fakes::streamHead(), begin + anthropic::textDelta("half"), anthropic::ping(),
             anthropic::chatReply({"a"})},
            {Api::Ollama, fakes::streamHead("application/x-ndjson"), ollama::textLine("half"), "\n",
             ollama::chatReply({"a"})}};
}

/// A case for each protocol.
class ServedModel : public testing::TestWithParam<Wire> {
  protected:
    Outcome askScripts(std::vector<fakes::Script> scripts, const net::Timeouts& timeouts = {}) {
        const fakes::HttpServer server(std::move(scripts));
        const Outcome outcome = askAt(endpointAt(server.url(), timeouts, GetParam().api));
        m_requests = server.requests().size();
        return outcome;
    }
    std::size_t m_requests = 0;
};

INSTANTIATE_TEST_SUITE_P(Each, ServedModel, testing::ValuesIn(wires()),
                         [](const auto& info) { return name(info.param.api); });

TEST_P(ServedModel, AnswersByteByByteAndChunked) {
    std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::string whole = GetParam().answer.front().bytes;
    for (const char c : whole.substr(whole.find("\r\n\r\n") + 4))
        chunked += std::string("1\r\n") + c + "\r\n";
    const Outcome outcome = askScripts({{fakes::sendInParts(chunked + "0\r\n\r\n", 1)}});
    EXPECT_EQ(outcome.shown, "a");
    EXPECT_EQ(outcome.error(), "");
    EXPECT_TRUE(outcome.reply->promptTokens && outcome.reply->completionTokens);
}

TEST_P(ServedModel, StallsEndAndKeepTheText) {
    const Wire& wire = GetParam();
    const Outcome before = askScripts({{fakes::stall()}}, kNoWord);
    EXPECT_THAT(before.error(), HasSubstr("no word of an answer came within 0.15 s"));
    EXPECT_EQ(m_requests, 1u);
    const Outcome after = askScripts({{fakes::send(wire.head + wire.half), fakes::stall()}}, kOneWord);
    EXPECT_EQ(after.shown, "half");
    EXPECT_THAT(after.error(), HasSubstr("no further word came for 0.15 s"));
    EXPECT_LT(after.seconds, test::kHangSeconds);
}

TEST_P(ServedModel, PingsAreNoWords) {
    const Wire& wire = GetParam();
    const Outcome before =
        askScripts({{fakes::send(wire.head), fakes::sendForever(wire.ping, 20ms)}}, kNoWord);
    EXPECT_THAT(before.error(), HasSubstr("no word of an answer came within 0.15 s"));
    const Outcome after =
        askScripts({{fakes::send(wire.head + wire.half), fakes::sendForever(wire.ping, 20ms)}}, kOneWord);
    EXPECT_EQ(after.shown, "half");
    EXPECT_THAT(after.error(), HasSubstr("no further word came for 0.15 s"));
    EXPECT_LT(before.seconds + after.seconds, test::kHangSeconds);
}

TEST_P(ServedModel, EndlessStreamsAndLinesEnd) {
    const Wire& wire = GetParam();
    const auto endless = [&](const std::string& bytes) {
        std::string block;
        while (block.size() < (64u << 10)) block += bytes;
        return askScripts({{fakes::send(wire.head + wire.half), fakes::sendForever(block)}});
    };
    const Outcome words = endless(wire.half);
    EXPECT_EQ(words.shown.size(), 4u * 152);  // 100 * 1.2 + 32
    EXPECT_THAT(words.error(), HasSubstr("longer than the 100 tokens"));
    const Outcome line = endless("data: xxxxxxxxxxxxxxxxxxxxxxxxxx");
    EXPECT_EQ(line.shown, "half");
    EXPECT_THAT(line.error(), HasSubstr("longer than 1048576 bytes"));
}

TEST_P(ServedModel, AfterTheFirstWordNothingIsRepeated) {
    const Wire& wire = GetParam();
    const Outcome closed = askScripts({{fakes::send(wire.head + wire.half)}, wire.answer});
    EXPECT_EQ(closed.shown, "half");
    EXPECT_THAT(closed.error(), HasSubstr("broke off"));
    EXPECT_EQ(m_requests, 1u);
    const Outcome reset =
        askScripts({{fakes::send(wire.head + wire.half), fakes::pause(50ms), fakes::reset()}, wire.answer});
    EXPECT_EQ(reset.shown, "half");
    EXPECT_NE(reset.error(), "");
    EXPECT_EQ(m_requests, 1u);
}

TEST_P(ServedModel, OverloadIsWaitedOutTwice) {
    const fakes::Script busy = fakes::reply("529 Overloaded", "");
    const Outcome third = askScripts({busy, fakes::reply("503 Busy", ""), GetParam().answer});
    EXPECT_EQ(third.shown, "a");
    EXPECT_EQ(third.error(), "");
    const Outcome never = askScripts({busy});
    EXPECT_THAT(never.error(), HasSubstr("answered 529 (overloaded); try again a little later"));
    EXPECT_EQ(m_requests, 3u);
}

TEST_P(ServedModel, ARateIsWaitedForButNoMoney) {
    const fakes::Script rate = fakes::reply("429 Slow", "rate limit", "Retry-After: 0.02\r\n");
    EXPECT_EQ(askScripts({rate, GetParam().answer}).shown, "a");
    const Outcome money = askScripts({fakes::reply("429 No", R"({"error":{"code":"insufficient_quota"}})")});
    EXPECT_THAT(money.error(), EndsWith("check the plan and the credit of the account"));
    EXPECT_EQ(m_requests, 1u);
}

TEST_P(ServedModel, KeysAreNeverTriedTwice) {
    for (const char* status : {"401 No", "403 No"}) {
        const Outcome outcome = askScripts({fakes::reply(status, std::string("bad key ") + kKey)});
        EXPECT_THAT(outcome.error(), AllOf(HasSubstr("bad key [key]"), HasSubstr("check the key")));
        EXPECT_EQ(m_requests, 1u);
    }
}

TEST_P(ServedModel, AWaitThatIsLongerThanThePatienceIsNone) {
    const Outcome outcome =
        askScripts({fakes::reply("503 Busy", "", "Retry-After: 50\r\n"), GetParam().answer},
                   net::Timeouts{.firstByteSeconds = 10});
    EXPECT_THAT(outcome.error(), HasSubstr("try again in 50 s"));
    EXPECT_EQ(m_requests, 1u);
    EXPECT_LT(outcome.seconds, test::kHangSeconds);
}

TEST_P(ServedModel, AStopEndsTheWaitForARepetition) {
    const fakes::HttpServer server({fakes::reply("503 Busy", "", "Retry-After: 50\r\n")});
    auto model = openModel(endpointAt(server.url(), {}, GetParam().api));
    ASSERT_TRUE(model.has_value());
    std::stop_source source;
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(150ms);
        source.request_stop();
    });
    const Outcome outcome = ask(**model, question(), source.get_token());
    ASSERT_TRUE(outcome.reply.has_value()) << outcome.error();
    EXPECT_TRUE(outcome.reply->stopped);
    EXPECT_LT(outcome.seconds, test::kHangSeconds);
}

TEST_P(ServedModel, NobodyThereIsAskedAgain) {
    const fakes::LoopbackPort refusing;
    Endpoint endpoint = endpointAt(refusing.url(), {}, GetParam().api);
    endpoint.retry = {.times = 2, .firstSeconds = 0.1, .mostSeconds = 0.1};
    const Outcome outcome = askAt(endpoint);
    EXPECT_THAT(outcome.error(), EndsWith("connection refused; is the server running?"));
    EXPECT_GT(outcome.seconds, 0.14) << "two waits of at least 75 ms";
    EXPECT_LT(outcome.seconds, test::kHangSeconds);
}

TEST(AnthropicModel, SpeaksAnthropic) {
    const fakes::HttpServer server({anthropic::chatReply({"Grüße ", "你好"})});
    const Outcome outcome = askAt(endpointAt(server.url() + "/v1", {}, Api::Anthropic));
    EXPECT_EQ(outcome.shown, "Grüße 你好") << outcome.error();
    EXPECT_EQ(outcome.reply->promptTokens, 25);
    EXPECT_EQ(outcome.reply->completionTokens, 15);
    const fakes::RecordedRequest seen = server.requests().at(0);
    EXPECT_THAT(seen.head,
                AllOf(StartsWith("POST /v1/messages HTTP/1.1\r\n"),
                      HasSubstr(std::string("x-api-key: ") + kKey + "\r\n"),
                      HasSubstr("anthropic-version: 2023-06-01\r\n"),
                      HasSubstr("Content-Type: application/json\r\n"), Not(HasSubstr("Authorization"))));
    EXPECT_THAT(seen.body, AllOf(HasSubstr("\"max_tokens\":100"), Not(HasSubstr("CANARY"))));
}

TEST(AnthropicModel, AnOverloadInsideAStreamIsOneLikeAnyOther) {
    const fakes::Script busy = {fakes::send(fakes::streamHead() + anthropic::messageStart() +
                                            anthropic::errorEvent("overloaded_error", "Overloaded"))};
    const fakes::HttpServer server({busy, anthropic::chatReply({"a"})});
    EXPECT_EQ(askAt(endpointAt(server.url(), {}, Api::Anthropic)).shown, "a");
    const fakes::Script refused = {
        fakes::send(fakes::streamHead() + anthropic::errorEvent("invalid_request_error", "no such thing"))};
    const fakes::HttpServer strict({refused});
    EXPECT_THAT(askAt(endpointAt(strict.url(), {}, Api::Anthropic)).error(), HasSubstr("no such thing"));
    EXPECT_EQ(strict.requests().size(), 1u);
}

TEST(AnthropicModel, RefusalsAreExplained) {
    const auto explained = [](const std::string& status, const std::string& type, const std::string& words) {
        return askScript(fakes::reply(status, anthropic::errorBody(type, words)), {}, 100, Api::Anthropic)
            .error();
    };
    EXPECT_THAT(explained("401 No", "authentication_error", "invalid x-api-key"),
                EndsWith("answered 401 (unauthorized): invalid x-api-key; check the key"));
    EXPECT_THAT(
        explained("404 No", "not_found_error", "model: m"),
        EndsWith("model: m; check the base URL, to which /v1/messages is added, and the model's name"));
    EXPECT_THAT(explained("413 No", "request_too_large", "too large"), EndsWith("ask with fewer passages"));
    EXPECT_THAT(explained("400 No", "invalid_request_error", "Your credit balance is too low"),
                EndsWith("check the plan and the credit of the account"));
}

TEST(AnthropicModel, ATemperatureThatIsNotTakenIsLeftOut) {
    const fakes::HttpServer server(
        {fakes::reply("400 No",
                      anthropic::errorBody("invalid_request_error", "temperature is not supported")),
         anthropic::chatReply({"a"})});
    EXPECT_EQ(askAt(endpointAt(server.url(), {}, Api::Anthropic)).shown, "a");
    EXPECT_THAT(server.requests().at(0).body, HasSubstr("temperature"));
    EXPECT_THAT(server.requests().at(1).body, Not(HasSubstr("temperature")));
}

TEST(AnthropicModel, ListsModels) {
    const fakes::HttpServer server({fakes::modelList("first")});
    const auto models = listModels(endpointAt(server.url(), {}, Api::Anthropic), {});
    ASSERT_TRUE(models.has_value()) << models.error().message();
    EXPECT_THAT(*models, ElementsAre("first", "another"));
    EXPECT_THAT(server.requests().at(0).head, StartsWith("GET /v1/models "));
}

TEST(OllamaModel, SpeaksOllama) {
    const fakes::HttpServer server({ollama::modelList(), ollama::chatReply({"Grüße ", "你好"})});
    Endpoint endpoint = endpointAt(server.url() + "/v1", {}, Api::Ollama);
    endpoint.model = "";
    endpoint.window = 6000;
    const Outcome outcome = askAt(endpoint);
    EXPECT_EQ(outcome.shown, "Grüße 你好") << outcome.error();
    EXPECT_EQ(outcome.reply->promptTokens, 26);
    const auto requests = server.requests();
    EXPECT_THAT(requests.at(0).head, StartsWith("GET /api/tags "));
    EXPECT_THAT(requests.at(1).head, StartsWith("POST /api/chat "));
    EXPECT_THAT(requests.at(1).body, AllOf(HasSubstr("\"model\":\"small:1b\""), HasSubstr("\"num_ctx\":6000"),
                                           HasSubstr("\"num_predict\":100")));
}

TEST(OllamaModel, ACloudModelIsNotOnThisComputer) {
    for (const Api api : {Api::Ollama, Api::OpenAi}) {
        const fakes::HttpServer server(
            {api == Api::Ollama ? ollama::chatReply({"a"}) : fakes::chatReply({"a"})});
        Endpoint endpoint = endpointAt(server.url(), {}, api);
        endpoint.model = "gpt-oss:120b-cloud";
        EXPECT_EQ((*openModel(endpoint))->place(), document::Place::Elsewhere);
        EXPECT_EQ((*openModel(endpoint))->counter(), nullptr);
        auto staying = question();
        staying.mayReach = document::Place::ThisComputer;
        const Outcome refused = askAt(endpoint, staying);
        ASSERT_FALSE(refused.reply);
        EXPECT_EQ(refused.reply.error().code(), ErrorCode::Refused);
        EXPECT_THAT(refused.error(), HasSubstr("gpt-oss:120b-cloud is not on this computer"));
        endpoint.reach = net::Reach::LoopbackOnly;
        const Outcome offline = askAt(endpoint);
        ASSERT_FALSE(offline.reply);
        EXPECT_EQ(offline.reply.error().code(), ErrorCode::Refused);
        EXPECT_THAT(offline.error(), HasSubstr("offline switch"));
        EXPECT_TRUE(server.requests().empty());
        endpoint.reach = net::Reach::Anywhere;
        EXPECT_EQ(askAt(endpoint).shown, "a");
        endpoint.reach = net::Reach::LoopbackOnly;
        endpoint.model = "gpt-oss:20b";
        EXPECT_EQ((*openModel(endpoint))->place(), document::Place::ThisComputer);
        EXPECT_EQ(askAt(endpoint, staying).shown, "a");
    }
}

TEST(OllamaModel, NoCloudModelIsTakenWithoutBeingNamed) {
    const fakes::HttpServer server({fakes::ok(R"({"models":[{"name":"glm:cloud"},{"name":"small:1b"}]})"),
                                    ollama::chatReply({"a"}),
                                    fakes::ok(R"({"models":[{"name":"glm:cloud"}]})")});
    Endpoint endpoint = endpointAt(server.url(), {}, Api::Ollama);
    endpoint.model = "";
    EXPECT_EQ(askAt(endpoint).shown, "a");
    EXPECT_THAT(server.requests().at(1).body, HasSubstr("\"model\":\"small:1b\""));
    const Outcome none = askAt(endpoint);
    ASSERT_FALSE(none.reply);
    EXPECT_EQ(none.reply.error().code(), ErrorCode::NotFound);
}

TEST(OllamaModel, AModelThatIsNotThereIsToBeFetched) {
    const fakes::Script missing = fakes::reply("404 Not Found", R"({"error":"model 'm' not found"})");
    EXPECT_THAT(
        askScript(missing, {}, 100, Api::Ollama).error(),
        EndsWith("answered 404 (not found): model 'm' not found; fetch the model with 'ollama pull m', or "
                 "name another one"));
    EXPECT_THAT(askScript(fakes::reply("404 Not Found", "404 page not found"), {}, 100, Api::Ollama).error(),
                EndsWith("check the base URL, to which /api/chat is added, and the model's name"));
}

TEST(OllamaModel, SaysHowLongItsContextIs) {
    const fakes::HttpServer server({fakes::ok(R"({"model_info":{"qwen2.context_length":32768}})"),
                                    fakes::ok("{}"),
                                    fakes::reply("404 No", R"({"error":"model 'm' not found"})")});
    const Endpoint endpoint = endpointAt(server.url(), {}, Api::Ollama);
    const auto known = contextLength(endpoint, {});
    ASSERT_TRUE(known.has_value()) << known.error().message();
    EXPECT_EQ(*known, 32768u);
    EXPECT_EQ(*contextLength(endpoint, {}), std::nullopt);
    EXPECT_THAT(contextLength(endpoint, {}).error().message(), HasSubstr("ollama pull m"));
    EXPECT_THAT(server.requests().at(0).head, StartsWith("POST /api/show "));
    EXPECT_THAT(server.requests().at(0).body, HasSubstr("\"m\""));
    EXPECT_EQ(*contextLength(endpointAt("http://127.0.0.1:1"), {}), std::nullopt) << "not even asked";
}

}  // namespace
}  // namespace commonplace::llm
