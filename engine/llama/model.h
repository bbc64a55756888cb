// Model: a loaded GGUF file and its vocabulary. Inside this room; others see ChatEngine and EmbeddingEngine.
//
// Read-only once loaded: any number of threads and contexts may share one.
#pragma once

#include <llama.h>

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/llama/model_facts.h"

namespace commonplace::llama {

/// Special: text of a template, in which <|im_end|> and the like are commands to the model. Plain: text of
/// people and documents, in which they are letters.
enum class Reading { Special, Plain };
/// Whether the vocabulary's own first and last tokens ([CLS] … [SEP]) are put around.
enum class Frame { None, Around };

using Tokens = std::vector<llama_token>;

class Model final {
  public:
    enum class Part { Whole, Vocabulary };  ///< Vocabulary: for counting tokens, without the weights
    /// Maps the file into memory. NotFound, Corrupt (with llama.cpp's reason), Unsupported (processor),
    /// Cancelled.
    static Result<std::shared_ptr<const Model>> load(const std::filesystem::path& file, Part part,
                                                     const std::stop_token& stop);

    /// Empty without the weights.
    const ModelFacts& facts() const { return m_facts; }
    /// Never empty-handed: the file's own template, or ChatML where it has none.
    std::string templateSource() const;
    std::string textOf(llama_token token, Reading reading) const;
    Result<Tokens> tokenize(std::string_view text, Reading reading, Frame frame) const;

    /// For contexts; llama.cpp's functions are not const-correct.
    llama_model* raw() const { return m_model.get(); }
    const llama_vocab* vocabulary() const { return llama_model_get_vocab(m_model.get()); }

  private:
    struct Free {
        void operator()(llama_model* model) const { llama_model_free(model); }
    };
    using Handle = std::unique_ptr<llama_model, Free>;
    Model(Handle model, Part part);

    Handle m_model;
    ModelFacts m_facts;
    bool m_addsSpace = false;  ///< the tokenizer puts a space before each text
};

}  // namespace commonplace::llama
