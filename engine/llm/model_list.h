// Short questions to a server of models: what it lists, and what it says of one. Inside engine/llm only.
// Thread: as HttpClient.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/llm/endpoint.h"
#include "engine/llm/protocol.h"
#include "engine/net/http.h"
#include "engine/net/safe_text.h"

namespace commonplace::llm {

/// A server that can be asked; all by reference, and alive for the time of a call.
struct Server {
    net::HttpClient& http;
    const Endpoint& endpoint;
    const Protocol& protocol;
    const net::SafeText& safe;
};

/// GET (empty body) or POST of JSON, any status. silenceSeconds is the bound for all of the answer, however
/// its bytes trickle in.
Result<net::Response> askBriefly(const Server& server, const std::string& path, std::string body,
                                 std::stop_token stop);

/// Repeated as the endpoint says (net::RetryLimits).
Result<std::vector<std::string>> fetchModels(const Server& server, std::stop_token stop);

}  // namespace commonplace::llm
