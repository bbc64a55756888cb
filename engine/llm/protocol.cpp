#include "engine/llm/protocol.h"

#include <utility>

#include "engine/llm/anthropic_json.h"
#include "engine/llm/chat_body.h"
#include "engine/llm/chat_json.h"
#include "engine/llm/dialect.h"
#include "engine/llm/ollama_json.h"

namespace commonplace::llm {
namespace {

std::vector<net::Header> bearer(const char* accept, const std::string& key) {
    std::vector<net::Header> headers{{"Accept", accept}};
    if (!key.empty()) headers.push_back({"Authorization", "Bearer " + key});
    return headers;
}

// Optional fields that a server did not know are left out from then on.
class WithDialect : public Protocol {
  public:
    bool learn(int status, std::string_view body) override {
        const auto next = adapted(m_dialect, status, body);
        if (next) m_dialect = *next;
        return next.has_value();
    }

  protected:
    Dialect m_dialect;
};

class OpenAiProtocol final : public WithDialect {
  public:
    std::string chatPath() const override { return "/chat/completions"; }
    std::string listPath() const override { return "/models"; }
    std::vector<net::Header> headers(const std::string& key) const override {
        return bearer("text/event-stream, application/json", key);
    }
    std::string body(const document::ChatRequest& request, const Endpoint& endpoint) const override {
        return chatBody(request, endpoint.model, m_dialect);
    }
    StreamFormat format() const override {
        return {Framing::Events, readChatEvent, "; is the base URL right? it usually ends with /v1"};
    }
    Advice advice(const std::string&) const override { return {}; }
};

class AnthropicProtocol final : public WithDialect {
  public:
    // No bound of another name and no stream options: only the temperature and the sources can be too much.
    AnthropicProtocol() {
        m_dialect = {.streamOptions = false, .maxCompletionTokens = true, .searchResults = true};
    }

    std::string chatPath() const override { return "/v1/messages"; }
    std::string listPath() const override { return "/v1/models"; }
    std::vector<net::Header> headers(const std::string& key) const override {
        std::vector<net::Header> headers{{"Accept", "text/event-stream, application/json"},
                                         {"anthropic-version", "2023-06-01"}};
        if (!key.empty()) headers.push_back({"x-api-key", key});
        return headers;
    }
    std::string body(const document::ChatRequest& request, const Endpoint& endpoint) const override {
        return anthropicBody(request, endpoint.model, dialectFor(endpoint));
    }
    StreamFormat formatFor(const document::ChatRequest& request, const Endpoint& endpoint) const override {
        StreamFormat format = this->format();
        if (!sendsSearchResults(request, dialectFor(endpoint))) return format;
        format.read = [reader = std::make_shared<AnthropicReader>(request.blocks->passages.size())](
                          std::string_view event, std::string_view data) {
            return reader->read(event, data);
        };
        return format;
    }
    StreamFormat format() const override {
        return {Framing::Events, readAnthropicEvent,
                "; is the base URL right, and does it serve Anthropic's protocol?"};
    }
    Advice advice(const std::string&) const override {
        return {"check the base URL, to which /v1/messages is added", {}};
    }

  private:
    // Servers that only speak the dialect, on this computer or in its network, may pass over blocks that they
    // do not know: the passages would be gone, and nobody told.
    Dialect dialectFor(const Endpoint& endpoint) const {
        Dialect dialect = m_dialect;
        if (!("." + serverOf(endpoint).address).ends_with(".anthropic.com")) dialect.searchResults = false;
        return dialect;
    }
};

class OllamaProtocol final : public Protocol {
  public:
    std::string chatPath() const override { return "/api/chat"; }
    std::string listPath() const override { return "/api/tags"; }
    std::vector<net::Header> headers(const std::string& key) const override {
        return bearer("application/x-ndjson, application/json", key);
    }
    std::string body(const document::ChatRequest& request, const Endpoint& endpoint) const override {
        return ollamaBody(request, endpoint.model, endpoint.window);
    }
    StreamFormat format() const override {
        return {Framing::Lines, readOllamaLine,
                "; is the base URL right, and is it Ollama that listens there?"};
    }
    Advice advice(const std::string& model) const override {
        Advice advice{"check the base URL, to which /api/chat is added", {}};
        if (!model.empty())
            advice.notFound = "fetch the model with 'ollama pull " + model + "', or name another one";
        return advice;
    }
    bool learn(int, std::string_view) override { return false; }
};

}  // namespace

std::unique_ptr<Protocol> makeProtocol(Api api) {
    switch (api) {
        case Api::Anthropic:
            return std::make_unique<AnthropicProtocol>();
        case Api::Ollama:
            return std::make_unique<OllamaProtocol>();
        case Api::OpenAi:
            break;
    }
    return std::make_unique<OpenAiProtocol>();
}

}  // namespace commonplace::llm
