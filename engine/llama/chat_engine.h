// ChatEngine: a GGUF chat model in this process (llama.cpp, https://github.com/ggml-org/llama.cpp, release
// 0.5.0).
//
// It remembers the conversation as it last computed it: of the next prompt only what differs from its
// beginning is computed again, so a further question about the same passages starts at once. Generation tells
// how much that was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/llama/model_facts.h"

namespace commonplace::llama {

/// How the next word is chosen. A temperature of 0 takes the likeliest and ignores the rest.
struct Sampling {
    double temperature = 0.0;
    int topK = 40;               ///< only the likeliest K; 0: all
    double topP = 0.95;          ///< only the likeliest that make up this probability
    double minP = 0.05;          ///< none less likely than this part of the likeliest
    double repeatPenalty = 1.0;  ///< above 1: words of the last 64 are avoided
    std::uint32_t seed = 1;      ///< same seed, same prompt, same settings: same text
};

struct ChatSetup {
    std::size_t window =
        0;            ///< tokens at most; 0: as the model was trained, up to 8,192. Less if memory is short
    int threads = 0;  ///< at most; 0: one for each core. Fewer while other programs are busy
};

/// How a text came about and why it ended.
struct Generation {
    enum class End { EndOfTurn, Length, WindowFull, Stopped, Failed };
    End end = End::EndOfTurn;
    std::string problem;       ///< one line, when it failed
    long promptTokens = 0;     ///< of the whole prompt …
    long reusedTokens = 0;     ///< … of which these were still known
    long evaluatedTokens = 0;  ///< … and these were computed
    long answerTokens = 0;
    double promptMs = 0;  ///< until the first token
    double answerMs = 0;  ///< from there to the end
};

/// Thread: generate() one call at a time; the rest is const and may be called from any thread meanwhile.
class ChatEngine {
  public:
    /// Bytes of the answer as they come: a character may be cut between two calls.
    using OnBytes = std::function<void(std::string_view)>;
    virtual ~ChatEngine() = default;

    virtual const ModelFacts& facts() const = 0;
    /// Tokens that prompt and answer have together.
    virtual std::size_t window() const = 0;
    /// Tokens of a text as part of a message, exact.
    virtual std::size_t count(std::string_view text) const = 0;
    /// Tokens of the whole prompt, exact. Unsupported when the model's template refuses the conversation.
    virtual Result<std::size_t> countPrompt(const std::vector<document::Message>& messages) const = 0;

    /// A computation has failed in a way after which no other works: it is of use to nobody, load it anew.
    virtual bool isBroken() const = 0;

    /// Errors before the first token: Limit (longer than the window), Unsupported (template), Cancelled,
    /// Internal. Later ones are in Generation. A stop takes effect between two steps of the computation,
    /// within 200 ms.
    virtual Result<Generation> generate(const std::vector<document::Message>& messages,
                                        const Sampling& sampling, int maxTokens, const OnBytes& onBytes,
                                        const std::stop_token& stop) = 0;
};

/// NotFound, Corrupt, Unsupported (an embedding model, a processor that is too old, a build without
/// llama.cpp), Limit (memory), Cancelled. Foreign files belong through probe.h first. Takes seconds for large
/// files.
Result<std::unique_ptr<ChatEngine>> openChatEngine(const std::filesystem::path& file, const ChatSetup& setup,
                                                   const std::stop_token& stop);

}  // namespace commonplace::llama
