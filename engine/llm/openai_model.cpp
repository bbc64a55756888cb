#include "engine/llm/openai_model.h"

#include <utility>

namespace commonplace::llm {

Result<std::unique_ptr<document::ChatModel>> openOpenAiModel(Endpoint endpoint) {
    endpoint.api = Api::OpenAi;
    return openModel(std::move(endpoint));
}

}  // namespace commonplace::llm
