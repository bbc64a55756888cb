#include "engine/llm/told_window.h"

#include <gmock/gmock.h>

#include "engine/base/clock.h"
#include "engine/llm/detect.h"
#include "engine/llm/known_windows.h"
#include "tests/engine/llm/asking.h"
#include "tests/fakes/openai_replies.h"
#include "tests/support/hang.h"

namespace commonplace::llm {
namespace {

using fakes::ok;
using testing::Contains;
using testing::Pair;
using testing::StartsWith;

const fakes::Script kNoPage = fakes::reply("404 Not Found", R"({"error":"no such page"})");

fakes::Script props(const std::string& window) {
    return ok(R"({"default_generation_settings":{"n_ctx":)" + window + R"(},"total_slots":2})");
}
fakes::Script listed(const std::string& entry) {
    return ok(R"({"object":"list","data":[{"id":"other","max_model_len":600},{"id":"m",)" + entry + "}]}");
}

std::size_t learned(const fakes::HttpServer& server, Api api = Api::OpenAi) {
    auto model = openModel(endpointAt(server.url(), {}, api));
    return model ? (*model)->learnWindow({}) : 0;
}

TEST(ToldWindow, ASmallerWindowThanConfiguredIsUsed) {
    const fakes::HttpServer server({props("2048")});
    const auto model = openModel(endpointAt(server.url()));
    ASSERT_TRUE(model);
    EXPECT_EQ((*model)->window(), 8192u) << "nobody was asked yet";
    EXPECT_TRUE(server.requests().empty());
    EXPECT_EQ((*model)->learnWindow({}), 2048u);
    EXPECT_EQ((*model)->learnWindow({}), 2048u);
    EXPECT_EQ((*model)->window(), 2048u);
    ASSERT_EQ(server.requests().size(), 1u) << "asked once";
    EXPECT_THAT(server.requests()[0].head, StartsWith("GET /props "));
    EXPECT_THAT(server.requests()[0].head, testing::HasSubstr(kKey));
}

TEST(ToldWindow, IsRememberedForTheModelsOfTheNextQuestions) {
    const fakes::HttpServer server({props("2048")}), silent({kNoPage});
    Endpoint endpoint = endpointAt(server.url());
    endpoint.windows = std::make_shared<KnownWindows>();
    EXPECT_EQ((*openModel(endpoint))->windowSource(), document::WindowSource::NotAskedYet);
    EXPECT_EQ((*openModel(endpoint))->learnWindow({}), 2048u);
    const auto next = openModel(endpoint);
    EXPECT_EQ((*next)->windowSource(), document::WindowSource::Server);
    EXPECT_EQ((*next)->window(), 2048u) << "known without asking, as a preview needs it";
    EXPECT_EQ((*next)->learnWindow({}), 2048u);
    EXPECT_EQ(server.requests().size(), 1u);

    Endpoint other = endpointAt(silent.url());
    other.windows = endpoint.windows;
    EXPECT_EQ((*openModel(other))->learnWindow({}), 8192u) << "another server's";
    const std::size_t looks = silent.requests().size();
    EXPECT_EQ((*openModel(other))->windowSource(), document::WindowSource::Settings);
    EXPECT_EQ((*openModel(other))->learnWindow({}), 8192u);
    EXPECT_EQ(silent.requests().size(), looks) << "who told nothing is left alone for a while";
}

TEST(ToldWindow, ALargerOneIsNot) {
    EXPECT_EQ(learned(fakes::HttpServer({props("131072")})), 8192u);
}

TEST(ToldWindow, ListsOfModelsTellToo) {
    for (const char* name : {"max_model_len", "context_length", "context_window", "max_context_length"}) {
        const fakes::HttpServer server({kNoPage, listed('"' + std::string(name) + "\":4096")});
        EXPECT_EQ(learned(server), 4096u) << name;
        EXPECT_THAT(server.requests().at(1).head, StartsWith("GET /v1/models "));
    }
}

TEST(ToldWindow, WhatIsLoadedCountsNotWhatCouldBe) {
    const fakes::HttpServer server({kNoPage, fakes::modelList("m"),
                                    listed(R"("max_context_length":131072,"loaded_context_length":4096)")});
    EXPECT_EQ(learned(server), 4096u);
    EXPECT_THAT(server.requests().at(2).head, StartsWith("GET /api/v0/models "));
}

TEST(ToldWindow, NonsenseLeavesTheConfiguredOne) {
    for (const fakes::Script& script :
         {kNoPage,
          ok("<html><title>Log in</title></html>"),
          ok("[]"),
          ok("[[[["),
          ok("null"),
          ok(""),
          props("0"),
          props("-4096"),
          props("12"),
          props("1e300"),
          props("\"4096\""),
          props("null"),
          props("[4096]"),
          props("NaN"),
          ok(R"({"default_generation_settings":4096})"),
          listed(R"("max_model_len":-1)"),
          listed(R"("max_model_len":99999999999999999999)"),
          listed(R"("max_model_len":{})"),
          fakes::reply("307 Moved", "", "Location: /props2\r\n"),
          fakes::reply("401 No", "who are you?"),
          fakes::Script{fakes::reset()},
          fakes::Script{fakes::send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")},
          ok(std::string("{\"default_generation_settings\":{\"n_ctx\":\xFF\0}}", 42))})
        EXPECT_EQ(learned(fakes::HttpServer({script})), 8192u);
}

TEST(ToldWindow, AnotherModelsWindowIsNotOurs) {
    EXPECT_EQ(learned(fakes::HttpServer(
                  {kNoPage, ok(R"({"data":[{"id":"other","max_model_len":600},{"id":"m"}]})"), kNoPage})),
              8192u);
}

TEST(ToldWindow, ASilentServerIsAskedOnceAndNotWaitedForLong) {
    const fakes::HttpServer server({{fakes::stall()}});
    const base::Stopwatch clock;
    const auto model = openModel(endpointAt(server.url()));
    EXPECT_EQ((*model)->learnWindow({}), 8192u);
    EXPECT_EQ((*model)->learnWindow({}), 8192u);
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST(ToldWindow, AnEndlessPageIsCut) {
    const fakes::HttpServer server({{fakes::send(fakes::streamHead("application/json") + "{\"a\":["),
                                     fakes::sendForever(std::string(64u << 10, '1') + ",")}});
    EXPECT_EQ(learned(server), 8192u);
}

TEST(ToldWindow, AModelThatIsLoadingIsAskedAgain) {
    const fakes::HttpServer server(
        {fakes::reply("503 Service Unavailable", R"({"error":{"message":"Loading model","code":503}})"),
         props("2048")});
    const auto model = openModel(endpointAt(server.url()));
    EXPECT_EQ((*model)->learnWindow({}), 8192u);
    EXPECT_EQ((*model)->learnWindow({}), 2048u);
}

TEST(ToldWindow, OnlyWhereTheServerCanTell) {
    const fakes::HttpServer ollama({props("2048")}), anthropic({props("2048")});
    EXPECT_EQ(learned(ollama, Api::Ollama), 8192u);
    EXPECT_TRUE(ollama.requests().empty());
    EXPECT_EQ(learned(anthropic, Api::Anthropic), 2048u);
}

TEST(ToldWindow, OfflineNobodyElsewhereIsAsked) {
    Endpoint elsewhere = endpointAt("http://192.0.2.1");
    elsewhere.reach = net::Reach::LoopbackOnly;
    const base::Stopwatch clock;
    EXPECT_EQ((*openModel(elsewhere))->learnWindow({}), 8192u);
}

TEST(ToldWindow, AStopEndsTheQuestionAtOnce) {
    const fakes::HttpServer server({{fakes::stall()}});
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ((*openModel(endpointAt(server.url())))->learnWindow(stop.get_token()), 8192u);
}

TEST(ToldWindow, WhoLooksForServersSeesTheirWindows) {
    const fakes::HttpServer vllm({listed(R"("max_model_len":4096)")});
    const fakes::HttpServer llama({fakes::ok(R"({"data":[{"id":"m"}]})"), props("2048")});
    const auto port = [](const fakes::HttpServer& server) {
        return static_cast<std::uint16_t>(std::stoi(server.url().substr(server.url().rfind(':') + 1)));
    };
    const auto servers = detectServers({{{port(vllm), Api::OpenAi}, {port(llama), Api::OpenAi}}}, {});
    ASSERT_EQ(servers.size(), 2u);
    EXPECT_THAT(servers[0].windows, Contains(Pair("m", 4096u)));
    EXPECT_THAT(servers[1].windows, Contains(Pair("m", 2048u)));
}

}  // namespace
}  // namespace commonplace::llm
