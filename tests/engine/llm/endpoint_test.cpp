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

}  // namespace
}  // namespace commonplace::llm
