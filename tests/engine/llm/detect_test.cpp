#include "engine/llm/detect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "engine/base/clock.h"
#include "tests/fakes/http_server.h"
#include "tests/fakes/ollama_replies.h"
#include "tests/fakes/openai_replies.h"

namespace commonplace::llm {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::uint16_t portOf(const std::string& url) {
    return static_cast<std::uint16_t>(std::atoi(url.substr(url.rfind(':') + 1).c_str()));
}

TEST(Detect, ListsWhatListens) {
    const fakes::HttpServer ollama({fakes::ollama::modelList()});
    const fakes::HttpServer other({fakes::modelList("first")});
    const fakes::LoopbackPort nobody;
    const DetectOptions options{{{portOf(ollama.url()), Api::Ollama},
                                 {nobody.port(), Api::OpenAi},
                                 {portOf(other.url()), Api::OpenAi}}};
    const auto servers = detectServers(options, {});
    ASSERT_EQ(servers.size(), 2u);
    EXPECT_EQ(servers[0].api, Api::Ollama);
    EXPECT_EQ(servers[0].baseUrl, ollama.url());
    EXPECT_THAT(servers[0].models, ElementsAre("small:1b", "large:8b"));
    EXPECT_EQ(servers[1].baseUrl, other.url() + "/v1");
    EXPECT_THAT(servers[1].models, ElementsAre("first", "another"));
    EXPECT_FALSE(servers[0].problem || servers[1].problem);
    EXPECT_THAT(other.requests().at(0).head, StartsWith("GET /v1/models "));
}

TEST(Detect, WhatIsNoServerOfModelsIsLeftOut) {
    const fakes::HttpServer page({fakes::ok("<html>")});
    const fakes::HttpServer missing({fakes::reply("404 Not Found", "{\"data\":[]}")});
    const fakes::HttpServer odd({{fakes::send("SSH-2.0-x\r\n")}});
    const DetectOptions options{{{portOf(page.url()), Api::OpenAi},
                                 {portOf(missing.url()), Api::OpenAi},
                                 {portOf(odd.url()), Api::Ollama}}};
    EXPECT_TRUE(detectServers(options, {}).empty());
}

TEST(Detect, ALockedOrLoadingServerIsNamedWithItsProblem) {
    const fakes::HttpServer locked({fakes::reply("401 No", R"({"error":{"message":"Invalid API Key"}})")});
    const fakes::HttpServer loading({fakes::reply("503 No", R"({"error":{"message":"Loading model"}})")});
    const auto servers =
        detectServers({{{portOf(locked.url()), Api::OpenAi}, {portOf(loading.url()), Api::OpenAi}}}, {});
    ASSERT_EQ(servers.size(), 2u);
    EXPECT_THAT(servers[0].problem.value_or(""), HasSubstr("Invalid API Key; no key was sent"));
    EXPECT_THAT(servers[1].problem.value_or(""), HasSubstr("Loading model"));
}

TEST(Detect, SilentPortsCostOneTimeoutTogether) {
    const fakes::HttpServer silent({{fakes::stall()}});
    fakes::LoopbackPort full;
    full.fill();
    DetectOptions options{{}, 0.3};
    for (int i = 0; i < 32; ++i) {
        options.ports.push_back({portOf(silent.url()), Api::OpenAi});
        options.ports.push_back({full.port(), Api::Ollama});
    }
    const base::Stopwatch clock;
    EXPECT_TRUE(detectServers(options, {}).empty());
    EXPECT_LT(clock.seconds(), 0.3 * 64 / 2);
}

TEST(Detect, KnowsTheUsualPorts) {
    std::vector<int> ports;
    for (const Port& port : DetectOptions().ports) ports.push_back(port.number);
    EXPECT_THAT(ports, ElementsAre(11434, 8080, 1234, 9931));
}

}  // namespace
}  // namespace commonplace::llm
