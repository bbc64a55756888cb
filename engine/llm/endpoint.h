// Endpoint: where a chat model is served, in which protocol, and how much patience it gets. Plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/net/http.h"

namespace commonplace::llm {

enum class Api { OpenAi, Anthropic, Ollama };
/// "openai", "anthropic", "ollama": as on the command line and in the settings.
const char* name(Api api);
/// InvalidArgument, naming those that are known.
Result<Api> parseApi(std::string_view name);

/// How often a request is sent again that was refused before the first word; see retry.h for which.
struct RetryLimits {
    int times = 2;
    double firstSeconds = 0.5;  ///< before the first repetition; doubled for each further one
    double mostSeconds = 8;     ///< for a wait of our own choice
};

struct Endpoint {
    std::string baseUrl = {};  ///< "http://127.0.0.1:8080/v1"; a missing /v1 is not added
    std::string model = {};    ///< empty: the first one that is listed, looked up by the first chat()
    std::string key = {};      ///< empty: none is sent; never logged, never part of an error
    std::size_t window = 8192;
    net::Timeouts timeouts = {};
    net::Reach reach = net::Reach::Anywhere;
    Api api = Api::OpenAi;
    RetryLimits retry = {};
};

/// The one form that the rest relies on: no slash at the end, and none of the /v1 or /api that Anthropic's
/// and Ollama's paths bring themselves. InvalidArgument for a URL or a key that cannot be used.
Result<Endpoint> normalized(Endpoint endpoint);

}  // namespace commonplace::llm
