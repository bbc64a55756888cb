#include "engine/embed/served_embedder.h"

#include <gmock/gmock.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/base/clock.h"
#include "tests/fakes/embedding_replies.h"
#include "tests/fakes/http_server.h"
#include "tests/support/hang.h"

namespace commonplace::embed {
namespace {

using fakes::HttpServer;
using fakes::Script;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Texts = std::vector<std::string_view>;

constexpr const char* kKey = "sk-embedding-secret";

ServedOptions optionsFor(const HttpServer& server, ServedApi api = ServedApi::OpenAi) {
    ServedOptions options;
    options.api = api;
    options.baseUrl = server.url() + (api == ServedApi::OpenAi ? "/v1" : "");
    options.model = "m";
    options.key = kKey;
    options.dimension = 2;
    options.timeouts = {.connectSeconds = 60, .firstByteSeconds = 60, .silenceSeconds = 60};
    options.questionSeconds = 60;
    options.retry = {.times = 2, .firstSeconds = 0.01, .mostSeconds = 0.02, .loadingSeconds = 0};
    return options;
}

std::unique_ptr<document::Embedder> open(ServedOptions options) {
    auto embedder = openServedEmbedder(std::move(options), {});
    EXPECT_TRUE(embedder) << embedder.error().message();
    return embedder ? std::move(*embedder) : nullptr;
}

std::unique_ptr<document::Embedder> open(const HttpServer& server) {
    return open(optionsFor(server));
}

Error errorOf(const document::Embedder& embedder, const Texts& texts = {"a"}) {
    const auto made = embedder.embed(texts, {});
    EXPECT_FALSE(made);
    if (made) return {ErrorCode::Internal, "no error"};
    EXPECT_EQ(made.error().message().find('\n'), std::string::npos);
    EXPECT_THAT(made.error().message(), Not(HasSubstr(kKey)));
    return made.error();
}

std::vector<std::string> inputs(const fakes::RecordedRequest& request) {
    return nlohmann::json::parse(request.body)["input"].get<std::vector<std::string>>();
}

TEST(ServedEmbedder, SpeaksBothProtocols) {
    const HttpServer openAi({fakes::ok(fakes::openAiVectors({{3, 4}, {0, 2}}))});
    const auto first = open(openAi)->embed(Texts{"a", "b"}, {});
    ASSERT_TRUE(first) << first.error().message();
    EXPECT_FLOAT_EQ(first->row(0)[0], .6f);
    EXPECT_FLOAT_EQ(first->row(1)[1], 1);
    EXPECT_THAT(openAi.requests().at(0).head, StartsWith("POST /v1/embeddings"));
    EXPECT_THAT(openAi.requests().at(0).head, HasSubstr(std::string("Authorization: Bearer ") + kKey));

    const HttpServer ollama({fakes::ok(fakes::ollamaVectors({{3, 4}, {0, 2}}))});
    for (const char* end : {"", "/", "/api", "/v1", "/api/embed"}) {
        ServedOptions options = optionsFor(ollama, ServedApi::Ollama);
        options.baseUrl += end;
        ASSERT_TRUE(open(options)->embed(Texts{"a", "b"}, {})) << end;
        EXPECT_THAT(ollama.requests().back().head, StartsWith("POST /api/embed HTTP")) << end;
    }
}

TEST(ServedEmbedder, FindsItsDimensionAndNamesItsSpace) {
    const HttpServer server({fakes::ok(fakes::openAiVectors({{1, 0, 0}}))});
    ServedOptions options = optionsFor(server);
    options.dimension = 0;
    const auto embedder = open(options);
    EXPECT_EQ(embedder->dimension(), 3u);
    EXPECT_EQ(embedder->fingerprint(), "openai/m/3");
    options.dimension = 768;
    options.model = "nomic-embed-text";
    EXPECT_EQ(open(options)->fingerprint(), "openai/nomic-embed-text/768/nomic/1");
    EXPECT_EQ(server.requests().size(), 1u);  // a known dimension asks nobody
}

TEST(ServedEmbedder, BlankTextsAreNotSent) {
    const HttpServer server({fakes::ok(fakes::openAiVectors({{0, 1}}))});
    const auto made = open(server)->embed(Texts{"", " \n\t", "a"}, {});
    ASSERT_TRUE(made) << made.error().message();
    EXPECT_EQ(made->values, (std::vector<float>{0, 0, 0, 0, 0, 1}));
    EXPECT_EQ(inputs(server.requests().at(0)), std::vector<std::string>{"a"});
    ASSERT_TRUE(open(server)->embed(Texts{""}, {}));
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST(ServedEmbedder, BatchesAreBoundedByCountAndBytes) {
    const HttpServer server({fakes::ok(fakes::openAiVectors({{0, 1}, {0, 1}})),
                             fakes::ok(fakes::openAiVectors({{0, 1}})),
                             fakes::ok(fakes::openAiVectors({{1, 0}}))});
    ServedOptions options = optionsFor(server);
    options.maxBatchTexts = 2;
    options.maxBatchBytes = 20;
    const auto made = open(options)->embed(Texts{"a", "b", "fifteen letters", "fifteen letters"}, {});
    ASSERT_TRUE(made) << made.error().message();
    EXPECT_EQ(server.requests().size(), 3u);
    EXPECT_EQ(made->row(3)[0], 1);
}

TEST(ServedEmbedder, QuestionsAndPassagesGetTheirPrefixes) {
    const HttpServer server(
        {fakes::ok(fakes::openAiVectors({{0, 1}, {1, 0}})), fakes::ok(fakes::openAiVectors({{0, 1}}))});
    ServedOptions options = optionsFor(server);
    options.model = "nomic-embed-text";
    const auto embedder = open(options);
    ASSERT_TRUE(embedder->embedQuestion("q", Texts{"p"}, {}));
    EXPECT_EQ(inputs(server.requests().at(0)),
              (std::vector<std::string>{"search_query: q", "search_document: p"}));
    ASSERT_TRUE(embedder->embed(Texts{"p"}, {}));
    EXPECT_EQ(inputs(server.requests().at(1)), std::vector<std::string>{"search_document: p"});
}

const Script kTooLong = fakes::reply(
    "500 Internal Server Error",
    R"({"error":{"code":500,"message":"input (702 tokens) is too large to process. increase the )"
    R"x(physical batch size (current batch size: 512)"}})x");

TEST(ServedEmbedder, LongTextsAreHalvedUntilTheyFit) {
    const HttpServer server({kTooLong, fakes::ok(fakes::openAiVectors({{0, 1}})), kTooLong,
                             fakes::ok(fakes::openAiVectors({{1, 0}}))});
    const std::string text(200, 'x');
    const auto made = open(server)->embed(Texts{"a", text}, {});
    ASSERT_TRUE(made) << made.error().message();
    EXPECT_EQ(made->values, (std::vector<float>{0, 1, 1, 0}));
    EXPECT_EQ(inputs(server.requests().at(1)), std::vector<std::string>{"a"});
    EXPECT_EQ(inputs(server.requests().at(3)), std::vector<std::string>{text.substr(0, 100)});
}

TEST(ServedEmbedder, AServerThatFindsEverythingTooLongIsGivenUp) {
    const HttpServer server({kTooLong});
    const std::string text(8000, 'x');
    EXPECT_EQ(errorOf(*open(server), {text}).code(), ErrorCode::Limit);
    EXPECT_LT(server.requests().size(), 12u);
}

TEST(ServedEmbedder, OurOwnBoundCutsAtACharacter) {
    const HttpServer server({fakes::ok(fakes::openAiVectors({{0, 1}}))});
    ServedOptions options = optionsFor(server);
    options.maxTextBytes = 5;
    ASSERT_TRUE(open(options)->embed(Texts{"abcd\xC3\xA9"}, {}));
    EXPECT_EQ(inputs(server.requests().at(0)), std::vector<std::string>{"abcd"});
}

TEST(ServedEmbedder, RepeatsWhatMayPass) {
    for (const char* status : {"429 Too Many Requests", "500 Error", "503 Unavailable", "529 Overloaded"}) {
        const HttpServer server({fakes::reply(status, "{}"), fakes::reply(status, "{}"),
                                 fakes::ok(fakes::openAiVectors({{0, 1}}))});
        EXPECT_TRUE(open(server)->embed(Texts{"a"}, {})) << status;
        EXPECT_EQ(server.requests().size(), 3u);
    }
    const HttpServer loading({fakes::reply(
        "503 Unavailable", R"({"error":{"message":"Loading model","type":"unavailable_error"}})")});
    EXPECT_THAT(errorOf(*open(loading)).message(), HasSubstr("Loading model"));
    EXPECT_EQ(loading.requests().size(), 3u);
    ServedOptions patient = optionsFor(loading);
    patient.retry.loadingSeconds = 1;
    EXPECT_THAT(errorOf(*open(patient)).message(), HasSubstr("Loading model"));
    EXPECT_GT(loading.requests().size(), 3u + 5u) << "a model that is loading is no failure";
}

TEST(ServedEmbedder, DoesNotRepeatKeysMoneyAndMistakes) {
    const std::string echo = std::string(R"({"error":{"message":"Incorrect API key: )") + kKey + "\"}}";
    const HttpServer unauthorized({fakes::reply("401 Unauthorized", echo)});
    EXPECT_THAT(errorOf(*open(unauthorized)).message(), HasSubstr("check the key"));
    EXPECT_EQ(unauthorized.requests().size(), 1u);
    const HttpServer poor({fakes::reply("429 Too Many", R"({"error":{"code":"insufficient_quota"}})")});
    EXPECT_THAT(errorOf(*open(poor)).message(), HasSubstr("credit"));
    EXPECT_EQ(poor.requests().size(), 1u);
    const HttpServer chat({fakes::reply(
        "501 Not Implemented",
        R"({"error":{"message":"This server does not support embeddings. Start it with `--embeddings`"}})")});
    ServedOptions once = optionsFor(chat);
    once.retry.times = 0;
    EXPECT_THAT(errorOf(*open(once)).message(), HasSubstr("--embeddings"));
    const HttpServer moved({fakes::reply("307 Moved", "", "Location: http://elsewhere/\r\n")});
    EXPECT_THAT(errorOf(*open(moved)).message(), HasSubstr("redirects"));
}

TEST(ServedEmbedder, EveryCutOfAnAnswerIsAnError) {
    for (const ServedApi api : {ServedApi::OpenAi, ServedApi::Ollama}) {
        const std::string whole =
            fakes::response("200 OK", api == ServedApi::OpenAi ? fakes::openAiVectors({{3, 4}})
                                                               : fakes::ollamaVectors({{3, 4}}));
        std::vector<Script> scripts;
        for (std::size_t length = 0; length < whole.size(); ++length)
            scripts.push_back({fakes::send(whole.substr(0, length))});
        scripts.push_back({fakes::sendInParts(whole, 1)});
        const HttpServer server(scripts);
        const auto embedder = open(optionsFor(server, api));
        for (std::size_t length = 0; length < whole.size(); ++length)
            EXPECT_NE(errorOf(*embedder).message(), "") << length;
        EXPECT_TRUE(embedder->embed(Texts{"a"}, {}));
    }
}

TEST(ServedEmbedder, AnAnswerWithoutEndIsBounded) {
    const HttpServer server(
        {{fakes::send(fakes::streamHead("application/json") + "{\"data\":[{\"embedding\":["),
          fakes::sendForever(std::string(1 << 16, '1') + ",")}});
    EXPECT_EQ(errorOf(*open(server)).code(), ErrorCode::Limit);
}

TEST(ServedEmbedder, FaultsOfTheWireAreErrorsOfOneLine) {
    const HttpServer other({fakes::ok(fakes::openAiVectors({{0, 1}}))});
    const std::string good = fakes::openAiVectors({{3, 4}});
    const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const ServedApi api : {ServedApi::OpenAi, ServedApi::Ollama}) {
        for (const Script& script :
             {Script{fakes::send("HTTP/1.1 200 OK\r\n"), fakes::sendForever("X: y\r\n")},
              Script{fakes::send("HTTP/1.1 200 OK\r\nX: "), fakes::sendForever("xxxxxxxx")},
              Script{fakes::send(chunked + "zz\r\n" + good)}, Script{fakes::send(chunked + "5\r\nab")},
              Script{fakes::send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b")},
              Script{fakes::reset()}, fakes::ok(""), fakes::ok("<html><title>Log in</title></html>"),
              fakes::ok(R"({"error":{"message":"no sk-embedding-secret"}})"),
              fakes::ok(std::string("{\"data\":[\0\xFF]}", 13)),
              fakes::reply("308 Moved", "", "Location: " + other.url() + "/v1/embeddings\r\n"),
              fakes::reply("502 Bad Gateway", "<html><title>Proxy</title></html>")}) {
            const HttpServer server({script});
            const Error error = errorOf(*open(optionsFor(server, api)));
            EXPECT_THAT(error.message(),
                        testing::AllOf(Not(testing::IsEmpty()), Not(HasSubstr("\n")), Not(HasSubstr(kKey))));
        }
    }
    EXPECT_TRUE(other.requests().empty());
}

TEST(ServedEmbedder, AStallIsATimeout) {
    const HttpServer server({{fakes::stall()}});
    ServedOptions options = optionsFor(server);
    options.timeouts.firstByteSeconds = 0.2;
    EXPECT_EQ(errorOf(*open(options)).code(), ErrorCode::Timeout);
}

TEST(ServedEmbedder, AStopEndsItAtOnce) {
    const HttpServer server({{fakes::stall()}});
    const HttpServer busy({fakes::reply("503 Unavailable", "{}", "Retry-After: 30\r\n")});
    for (const HttpServer* asked : {&server, &busy}) {
        std::stop_source source;
        const std::jthread stopper([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            source.request_stop();
        });
        const base::Stopwatch clock;
        const auto made = open(*asked)->embed(Texts{"a"}, source.get_token());
        ASSERT_FALSE(made);
        EXPECT_EQ(made.error().code(), ErrorCode::Cancelled);
        EXPECT_LT(clock.seconds(), test::kHangSeconds);
    }
}

TEST(ServedEmbedder, AQuestionWaitsBrieflyAndThenNotAtAll) {
    const HttpServer server({{fakes::stall()}, fakes::ok(fakes::openAiVectors({{0, 1}}))});
    ServedOptions options = optionsFor(server);
    options.questionSeconds = 0.3;
    const auto embedder = open(options);
    const base::Stopwatch clock;
    EXPECT_EQ(embedder->embedQuestion("q", {}, {}).error().code(), ErrorCode::Timeout);
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
    EXPECT_EQ(embedder->embedQuestion("q", {}, {}).error().code(), ErrorCode::Timeout);
    EXPECT_EQ(server.requests().size(), 1u);
    EXPECT_TRUE(embedder->embed(Texts{"a"}, {}));  // work in the background goes on
}

TEST(ServedEmbedder, ALateServerIsWaitedFor) {
    const fakes::LoopbackPort nobody;
    ServedOptions options;
    options.baseUrl = nobody.url();
    options.model = "m";
    options.dimension = 2;
    options.retry = {.times = 1, .firstSeconds = 0.01, .mostSeconds = 0.01};
    EXPECT_EQ(errorOf(*open(options)).code(), ErrorCode::Network);
}

TEST(ServedEmbedder, RefusesWhatItMustNotOrCannotAsk) {
    const auto code = [](const char* url, const char* model, const char* key, net::Permit permit) {
        ServedOptions options;
        options.baseUrl = url;
        options.model = model;
        options.key = key;
        options.dimension = 2;
        options.permit = permit;
        const auto opened = openServedEmbedder(std::move(options), {});
        return opened ? ErrorCode::Internal : opened.error().code();
    };
    const net::Permit home = net::Reach::LoopbackOnly;
    const net::Permit anywhere = net::Reach::Anywhere;
    EXPECT_EQ(code("https://api.example.org/v1", "m", "", home), ErrorCode::Refused);
    EXPECT_EQ(code("https://api.example.org/v1", "m", "", anywhere), ErrorCode::Internal);  // opens
    EXPECT_EQ(code("ftp://127.0.0.1", "m", "", home), ErrorCode::InvalidArgument);
    EXPECT_EQ(code("http://127.0.0.1/v1?x=1", "m", "", home), ErrorCode::InvalidArgument);
    EXPECT_EQ(code("http://127.0.0.1/v1", "", "", home), ErrorCode::InvalidArgument);
    EXPECT_EQ(code("http://127.0.0.1/v1", "m", "a\nb", home), ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace commonplace::embed
