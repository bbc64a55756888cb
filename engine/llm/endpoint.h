// Endpoint: where a chat model is served, in which protocol, and how much patience it gets. Plain values.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/net/http.h"
#include "engine/net/retry.h"

namespace commonplace::llm {

class KnownWindows;

enum class Api { OpenAi, Anthropic, Ollama };
/// "openai", "anthropic", "ollama": as on the command line and in the settings.
const char* name(Api api);
/// InvalidArgument, naming those that are known.
Result<Api> parseApi(std::string_view name);

using net::RetryLimits;

struct Endpoint {
    std::string baseUrl = {};  ///< "http://127.0.0.1:8080/v1"; a missing /v1 is not added
    std::string model = {};    ///< empty: the first one that is listed, looked up by the first chat()
    std::string key = {};      ///< empty: none is sent; never logged, never part of an error
    std::size_t window = 8192;
    net::Timeouts timeouts = {};
    net::Permit reach = {};  ///< where requests may go, and who counts them
    Api api = Api::OpenAi;
    RetryLimits retry = {};
    /// What servers told of their windows, shared with the endpoints of other questions; null: each model
    /// remembers for itself.
    std::shared_ptr<KnownWindows> windows = {};
};

/// The one form that the rest relies on: no slash at the end, and none of the /v1 or /api that Anthropic's
/// and Ollama's paths bring themselves. InvalidArgument for a URL or a key that cannot be used.
Result<Endpoint> normalized(Endpoint endpoint);

/// Where servers of models keep the pages of their own: the base URL without its version. Of a normalized
/// endpoint.
std::string rootUrl(const Endpoint& endpoint);

/// Ollama sends the questions for its cloud models ("gpt-oss:120b-cloud", "x:cloud") on to its maker's
/// servers, though it is asked on this computer. Told by the tag: "cloud", or what ends with "-cloud". A copy
/// of such a model under another name is not known by it.
bool isForwarded(std::string_view model);

/// Who is asked there, and where: without path, name or password. Of a normalized endpoint.
document::ModelServer serverOf(const Endpoint& endpoint);

}  // namespace commonplace::llm
