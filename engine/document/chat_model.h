// ChatModel, TokenCounter, SecretSource: what the answer room needs of a language model, whoever serves it.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
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

/// Who serves a model, for traces; never a secret. Empty: not known.
struct ModelServer {
    std::string provider;  ///< as in OpenTelemetry's gen_ai.provider.name: "openai", "anthropic", "ollama", …
    std::string address;  ///< host; empty for a model in this process
    int port = 0;
};

/// Where a model runs, and therefore how far its prompt travels.
enum class Place { ThisComputer, Elsewhere };

/// A passage by itself, for protocols that take sources apart from the text and say what they cite.
struct PassageBlock {
    std::string title;
    std::string source;
    std::vector<std::string> sentences;  ///< one after the other they are its text; none is blank
};
struct PassageBlocks {
    std::vector<PassageBlock> passages;  ///< number n of the prompt is passages[n - 1]
    std::string question;                ///< the message without them
};

struct ChatRequest {
    std::vector<Message> messages;
    int maxTokens = 1024;  ///< bound on the answer; always sent and enforced
    double temperature = 0.0;
    /// ThisComputer: it holds text that must not leave; a model elsewhere refuses it (InvalidArgument).
    Place mayReach = Place::Elsewhere;
    /// What the messages take, as the caller counted; 0: not counted. For choosing a model and for limits.
    std::size_t promptTokens = 0;
    /// The last message once more, in its parts; a protocol that has no use for them sends the message.
    std::optional<PassageBlocks> blocks = {};
};

/// Words that a model said it took from a passage; foreign text, to be proven like any quotation.
struct CitedText {
    int number = 0;  ///< of the passage, 1-based; 0: it named none that was sent
    std::string text;
};

/// What came back. A broken stream is data, not an Error: `text` keeps what had arrived and `error` says why
/// it ended.
struct ChatReply {
    std::string text;
    std::optional<std::string> error;  ///< one line
    bool stopped = false;              ///< the stop token ended it
    std::optional<long> promptTokens;  ///< as the server reported them
    std::optional<long> completionTokens;
    double firstTokenMs = 0;   ///< time to first token
    std::string finishReason;  ///< why it ended, in the server's own word ("stop", "length"); not checked
    int retries = 0;           ///< how often it was asked again before it answered
    std::optional<double> costUsd;   ///< unknown stays unknown
    std::vector<std::string> notes;  ///< one line each: which models were passed over, and why
    /// Of models that cite by themselves; `text` then holds a marker [n] behind each cited part.
    std::vector<CitedText> cited;
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

/// Who says how large the window of a model is.
enum class WindowSource {
    Settings,
    NotAskedYet,  ///< the settings so far; learnWindow() would ask its server
    Server,       ///< it told of a smaller one than the settings name
};

/// Thread: one call at a time. `onText` gets each piece of the answer as it arrives, on the calling thread.
class ChatModel {
  public:
    using OnText = std::function<void(std::string_view)>;
    virtual ~ChatModel() = default;

    virtual const std::string& id() const = 0;
    /// The context window in tokens, as far as it is known: asks nobody.
    virtual std::size_t window() const = 0;
    virtual WindowSource windowSource() const { return WindowSource::Settings; }
    /// window() after its server was asked, where one can tell: for who is about to chat() with it. Asks only
    /// while windowSource() is NotAskedYet, which it is again after some minutes; at most a few seconds. What
    /// the server does not tell stays as it was. The server gets the key, but no text.
    virtual std::size_t learnWindow(std::stop_token) { return window(); }
    virtual Place place() const { return Place::Elsewhere; }
    virtual ModelServer server() const { return {}; }
    /// Counts as this model does; null where only its server could. Lives as long as the model.
    virtual const TokenCounter* counter() const { return nullptr; }
    /// What this request can cost at its full length, in US dollars; unknown stays unknown.
    virtual std::optional<double> mostCostUsd(const ChatRequest&) const { return std::nullopt; }
    /// An Error means that nothing came; anything later is in ChatReply. Codes that callers branch on:
    /// Network, Timeout and Busy (away or overloaded: another model may help), Limit (longer than the window,
    /// or a limit of the user's), Protocol and others (asking again does not help).
    virtual Result<ChatReply> chat(const ChatRequest& request, const OnText& onText,
                                   std::stop_token stop) = 0;
};

/// Who answers, and who does small tasks on the way. Null: nobody.
struct ChatModels {
    std::unique_ptr<ChatModel> answering;
    std::unique_ptr<ChatModel> small;
};

/// Where keys come from (environment, file, keyring); app implements it. Thread: any.
class SecretSource {
  public:
    virtual ~SecretSource() = default;
    virtual std::optional<std::string> secret(std::string_view name) const = 0;
};

}  // namespace commonplace::document
