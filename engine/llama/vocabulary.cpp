#include "engine/llama/vocabulary.h"

#include "engine/llama/model.h"

namespace commonplace::llama {
namespace {

class ModelVocabulary final : public Vocabulary {
  public:
    explicit ModelVocabulary(std::shared_ptr<const Model> model) : m_model(std::move(model)) {}
    Result<std::size_t> count(std::string_view text) const override {
        TRY(const Tokens tokens, m_model->tokenize(text, Reading::Plain, Frame::None));
        return tokens.size();
    }

  private:
    std::shared_ptr<const Model> m_model;
};

}  // namespace

Result<std::unique_ptr<Vocabulary>> openVocabulary(const std::filesystem::path& file) {
    TRY(auto model, Model::load(file, Model::Part::Vocabulary, {}));
    return std::unique_ptr<Vocabulary>(std::make_unique<ModelVocabulary>(std::move(model)));
}

}  // namespace commonplace::llama
