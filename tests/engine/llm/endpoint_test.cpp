#include "engine/llm/endpoint.h"

#include <gtest/gtest.h>

namespace commonplace::llm {
namespace {

TEST(Endpoint, NamesAreReadAsTheyAreWritten) {
    for (const Api api : {Api::OpenAi, Api::Anthropic, Api::Ollama}) {
        const auto parsed = parseApi(name(api));
        ASSERT_TRUE(parsed.has_value());
        EXPECT_EQ(*parsed, api);
    }
    for (const char* unknown : {"", "OpenAI", "gopher"})
        EXPECT_EQ(parseApi(unknown).error().code(), ErrorCode::InvalidArgument);
}

TEST(Endpoint, CloudModelsAreKnownByTheirTag) {
    for (const char* name :
         {"gpt-oss:120b-cloud", "kimi-k2:1t-Cloud", "glm:cloud", "a/b:20b:cloud", "x:cloud "})
        EXPECT_TRUE(isForwarded(name)) << name;
    for (const char* name : {"", "cloud", "my-cloud", "cloud:7b", "x:7b-clouds", "x:recloud", "small:1b"})
        EXPECT_FALSE(isForwarded(name)) << name;
}

TEST(Endpoint, PathsThatTheProtocolBringsAreTakenOff) {
    const auto normal = [](Api api, const char* url) {
        const auto checked = normalized({.baseUrl = url, .api = api});
        return checked ? checked->baseUrl : checked.error().message();
    };
    EXPECT_EQ(normal(Api::OpenAi, "http://h/v1//"), "http://h/v1");
    EXPECT_EQ(normal(Api::Anthropic, "https://h/v1/"), "https://h");
    EXPECT_EQ(normal(Api::Anthropic, "https://h/gateway"), "https://h/gateway");
    EXPECT_EQ(normal(Api::Ollama, "http://h:11434/api"), "http://h:11434");
    EXPECT_EQ(normal(Api::Ollama, "http://h:11434/v1"), "http://h:11434");
    EXPECT_EQ(normal(Api::Ollama, "http://h:11434"), "http://h:11434");
}

/// Who is asked, as a trace remembers it: host and port, never a path, a name or a password.
std::string served(const std::string& url, Api api = Api::OpenAi) {
    Endpoint endpoint;
    endpoint.baseUrl = url;
    endpoint.api = api;
    const document::ModelServer server = serverOf(endpoint);
    return server.provider + " " + server.address + " " + std::to_string(server.port);
}

TEST(EndpointServer, NamesHostAndPortOnly) {
    EXPECT_EQ(served("http://127.0.0.1:8080/v1"), "openai 127.0.0.1 8080");
    EXPECT_EQ(served("https://api.example.com", Api::Anthropic), "anthropic api.example.com 443");
    EXPECT_EQ(served("http://box", Api::Ollama), "ollama box 80");
    EXPECT_EQ(served("http://[::1]:9931/v1"), "openai [::1] 9931");
    EXPECT_EQ(served("https://me:CANARY@host:1/v1?key=CANARY"), "openai host 1");
    EXPECT_EQ(served("http://host:99999999999"), "openai host 0");
    EXPECT_EQ(served("nonsense"), "openai  0");
}

}  // namespace
}  // namespace commonplace::llm
