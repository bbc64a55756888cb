// Protocol: what differs between the servers of chat models: paths, headers, bodies and their words for
// failures. Everything that is alike (transport, bounds, retries) is in served_model. Inside engine/llm only.
// Thread: one at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/chat_model.h"
#include "engine/llm/chat_piece.h"
#include "engine/llm/endpoint.h"
#include "engine/llm/status_error.h"
#include "engine/net/http.h"

namespace commonplace::llm {

class Protocol {
  public:
    virtual ~Protocol() = default;

    /// Behind the base URL.
    virtual std::string chatPath() const = 0;
    virtual std::string listPath() const = 0;
    /// With the key, when there is one.
    virtual std::vector<net::Header> headers(const std::string& key) const = 0;
    virtual std::string body(const document::ChatRequest& request, const Endpoint& endpoint) const = 0;
    virtual StreamFormat format() const = 0;
    /// Of the answer to this request: where it depends on what was asked.
    virtual StreamFormat formatFor(const document::ChatRequest&, const Endpoint&) const { return format(); }
    virtual Advice advice(const std::string& model) const = 0;
    /// True when an error complains about a field that the next body() leaves out; never for ever.
    virtual bool learn(int status, std::string_view body) = 0;
};

std::unique_ptr<Protocol> makeProtocol(Api api);

}  // namespace commonplace::llm
