// ChatModel, TokenCounter, SecretSource: what the answer room needs of a language model, whoever serves it.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace commonplace::document {

enum class Role { System, User, Assistant };
const char* name(Role role);

struct Message {
    Role role = Role::User;
    std::string text;
};

struct ChatRequest {
    std::vector<Message> messages;
    int maxTokens = 1024;  ///< bound on the answer; always sent and enforced
    double temperature = 0.0;
};

/// What came back. A broken stream is data, not an Error: `text` keeps what had arrived and `error` says why
/// it ended.
struct ChatReply {
    std::string text;
    std::optional<std::string> error;  ///< one line
    bool stopped = false;              ///< the stop token ended it
    std::optional<long> promptTokens;  ///< as the server reported them
    std::optional<long> completionTokens;
    double firstTokenMs = 0;  ///< time to first token
};

struct TokenCount {
    std::size_t tokens = 0;
    bool exact = false;  ///< false: an estimate, and shown as such
};

/// Thread: const, any thread.
class TokenCounter {
  public:
    virtual ~TokenCounter() = default;
    virtual TokenCount count(std::string_view text) const = 0;
};

/// Thread: one call at a time. `onText` gets each piece of the answer as it arrives, on the calling thread.
class ChatModel {
  public:
    using OnText = std::function<void(std::string_view)>;
    virtual ~ChatModel() = default;

    virtual const std::string& id() const = 0;
    /// The context window in tokens.
    virtual std::size_t window() const = 0;
    /// An Error means that nothing came (refused, unreachable, rejected); anything later is in ChatReply.
    virtual Result<ChatReply> chat(const ChatRequest& request, const OnText& onText,
                                   std::stop_token stop) = 0;
};

/// Where keys come from (environment, file, keyring); app implements it. Thread: any.
class SecretSource {
  public:
    virtual ~SecretSource() = default;
    virtual std::optional<std::string> secret(std::string_view name) const = 0;
};

}  // namespace commonplace::document
