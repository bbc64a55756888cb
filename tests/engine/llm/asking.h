// Asks a served model as the program does, and checks what must hold for every outcome; shared by the tests
// of the protocols.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stop_token>
#include <string>
#include <utility>

#include "engine/base/clock.h"
#include "engine/llm/served_model.h"
#include "tests/fakes/http_server.h"

namespace commonplace::llm {

inline constexpr const char* kKey = "sk-CANARY-0123456789";

/// For servers that never say a word, and for those that fall silent after one.
inline constexpr net::Timeouts kNoWord{.firstByteSeconds = 0.15, .silenceSeconds = 0.15};
inline constexpr net::Timeouts kOneWord{.firstByteSeconds = 5, .silenceSeconds = 0.15};
/// Two short limits could end a request in either order: each test shortens the one that it means.
inline constexpr net::Timeouts kConnectSoon{.connectSeconds = 0.3};
inline constexpr net::Timeouts kAnswerSoon{.firstByteSeconds = 0.4};

/// Repetitions come at once, so that tests are quick.
inline Endpoint endpointAt(const std::string& url, const net::Timeouts& timeouts = {},
                           Api api = Api::OpenAi) {
    return {.baseUrl = url + (api == Api::OpenAi ? "/v1" : ""),
            .model = "m",
            .key = kKey,
            .timeouts = timeouts,
            .api = api,
            .retry = {.firstSeconds = 0.01, .mostSeconds = 0.02, .loadingSeconds = 0}};
}

struct Outcome {
    Result<document::ChatReply> reply = Error(ErrorCode::Internal, "not run");
    std::string shown;
    double seconds = 0;

    std::string error() const { return reply ? reply->error.value_or("") : reply.error().message(); }
};

inline document::ChatRequest question(int maxTokens = 100) {
    document::ChatRequest request;
    request.messages = {{document::Role::User, "Why?"}};
    request.maxTokens = maxTokens;
    return request;
}

inline Outcome ask(document::ChatModel& model, const document::ChatRequest& request = question(),
                   std::stop_token stop = {}) {
    using testing::HasSubstr;
    using testing::Not;
    Outcome outcome;
    const base::Stopwatch clock;
    outcome.reply = model.chat(
        request, [&](std::string_view text) { outcome.shown += text; }, std::move(stop));
    outcome.seconds = clock.seconds();
    EXPECT_THAT(outcome.error(),
                testing::AllOf(Not(HasSubstr("CANARY")), Not(HasSubstr("\n")), Not(HasSubstr("\x1b"))));
    EXPECT_EQ(outcome.shown, outcome.reply ? outcome.reply->text : "");
    return outcome;
}

inline Outcome askAt(const Endpoint& endpoint, const document::ChatRequest& request = question()) {
    auto model = openModel(endpoint);
    if (!model) return {model.error(), {}};
    return ask(**model, request);
}

inline Outcome askScript(const fakes::Script& script, const net::Timeouts& timeouts = {}, int maxTokens = 100,
                         Api api = Api::OpenAi) {
    const fakes::HttpServer server({script});
    return askAt(endpointAt(server.url(), timeouts, api), question(maxTokens));
}

}  // namespace commonplace::llm
