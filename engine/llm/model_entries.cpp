#include "engine/llm/model_entries.h"

#include <utility>

namespace commonplace::llm {
namespace {

// The rules of a question alone take more than the least.
constexpr std::size_t kLeastTokens = 256;
constexpr std::size_t kMostTokens = 1'000'000'000;

std::string idOf(const JsonView& entry) {
    for (const char* name : {"id", "name", "model"})
        if (std::string id = entry.member(name).text(); !id.empty()) return id;
    return {};
}

std::optional<std::size_t> windowOf(const JsonView& entry) {
    for (const char* name :
         {"loaded_context_length", "max_model_len", "context_length", "context_window", "max_context_length"})
        if (const auto tokens = possibleWindow(entry.member(name))) return tokens;
    return std::nullopt;
}

}  // namespace

Result<std::vector<ModelEntry>> parseModelEntries(std::string_view text) {
    const JsonText json(text);
    auto list = json.root();
    for (const char* name : {"data", "models"})
        if (list && list->member(name).isArray()) list = list->member(name);
    if (!list || !list->isArray()) return Error(ErrorCode::Protocol, "it is no list of models");
    std::vector<ModelEntry> entries;
    for (const JsonView& model : list->items())
        if (std::string id = idOf(model); !id.empty()) entries.push_back({std::move(id), windowOf(model)});
    return entries;
}

std::optional<std::size_t> possibleWindow(const JsonView& number) {
    const auto tokens = number.count();
    if (!tokens || *tokens < 0) return std::nullopt;
    const auto count = static_cast<std::size_t>(*tokens);
    return count >= kLeastTokens && count <= kMostTokens ? std::optional(count) : std::nullopt;
}

}  // namespace commonplace::llm
