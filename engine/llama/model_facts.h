// What a GGUF file says about itself, as far as this program uses it. Every value comes from a foreign file:
// texts are bounded, valid UTF-8 without control characters, numbers are within what llama.cpp accepted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace commonplace::llama {

enum class ModelKind { Chat, Embedding };

struct ModelFacts {
    ModelKind kind = ModelKind::Chat;
    std::string architecture;            ///< "llama", "qwen2", "bert"
    std::string name;                    ///< may be empty
    std::string quantisation;            ///< parameters and type: "1.2B Q4_K - Medium"
    std::uint64_t bytes = 0;             ///< of the weights in memory
    std::size_t trainedWindow = 0;       ///< tokens
    std::size_t dimension = 0;           ///< of an embedding
    std::uint64_t windowTokenBytes = 0;  ///< memory for each token of the window
    bool hasTemplate = false;            ///< brings the form of its conversations along

    bool operator==(const ModelFacts&) const = default;
};

/// One "key value" a line, in a fixed order: what a probing process reports and what is remembered of it.
std::string toText(const ModelFacts& facts);
/// Protocol for anything that toText() does not write.
Result<ModelFacts> factsFromText(std::string_view text);

/// At most 200 bytes on one line, safe to show: for words out of a file or a library's log.
std::string plainWords(std::string_view foreign);

}  // namespace commonplace::llama
