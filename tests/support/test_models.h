// Small models as GGUF files, made in a moment: real enough for every code path, and of no use otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace commonplace::test {

/// A model that recites: which reply is chosen by a Jinja condition over the conversation ("'lease' in
/// messages[-1].content" cannot be one: templates see placeholders; "messages | length > 2" can).
struct Reply {
    std::string condition;  ///< empty: always; the first that holds is taken
    std::string text;       ///< at least three characters
};
struct Script {
    std::vector<Reply> replies;
    std::uint32_t window = 8192;
    std::string opening = "<|im_start|>assistant\n";  ///< what the template writes before the answer
};
/// Its vocabulary has a token for each character of ASCII, so a text of N letters has N tokens, and
/// <|im_start|> and
/// <|im_end|> as commands.
std::string scriptModel(const Script& script);

struct Shape {
    std::uint32_t width = 32;
    std::uint32_t layers = 2;
    std::uint32_t window = 256;
    std::uint32_t seed = 1;
    bool repeatsToken = false;  ///< the vocabulary has a token twice, which ends a process that loads it
};
/// A chat model of random weights and no template; writes bytes that are no valid UTF-8.
std::string randomChatModel(const Shape& shape = {});
/// An embedding model (BERT, mean of the words) of random weights, 64 dimensions, window 512: texts that
/// share words are nearer to each other.
std::string randomEmbeddingModel(std::uint32_t seed = 1);

}  // namespace commonplace::test
