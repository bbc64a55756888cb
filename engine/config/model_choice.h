// Which model does what, as people write it on a command line, and who uses a file. Pure functions, any
// thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/config/settings.h"

namespace commonplace::config {

/// URL, or URL#model, of a server: the protocol is Ollama's at port 11434 without /v1, Anthropic's at
/// api.anthropic.com, else OpenAI's; "openai:", "anthropic:" or "ollama:" before the URL says it. FILE.gguf:
/// a file, absolute. "none": nowhere. InvalidArgument.
Result<ModelPlace> parseModelPlace(std::string_view text);
/// As parseModelPlace() reads it, as short as possible; empty for nowhere.
std::string toText(const ModelPlace& place);

/// What a person is told a model does: "answers", "small tasks", "stands in", "finding by meaning".
std::vector<std::string> usesOf(const Settings& settings, const std::filesystem::path& file);

enum class Purpose { Answer, Small };
/// Settings in which the model at `place` has this purpose; the window stays where the place names none.
Settings withModel(Settings settings, Purpose purpose, const ModelPlace& place);

/// Settings in which no model is this file any more: what it did is done by nobody, and finding by meaning by
/// the built-in model. usesOf() is empty afterwards.
Settings withoutFile(Settings settings, const std::filesystem::path& file);

}  // namespace commonplace::config
