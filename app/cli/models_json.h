// The JSON of the commands about model files: fixed keys. What is not known is null.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/config/model_choice.h"
#include "engine/llm/model_folder.h"

namespace commonplace::app::cli {

/// {"models": [{name, path, linked, bytes, kind, architecture, …, used_for}]}
std::string toJson(const std::vector<llm::ModelFile>& models, const config::Settings& settings);
/// {"removed": name, "path": …, "freed_bytes": 0}
std::string removedJson(const llm::ModelFile& model, std::uint64_t freed,
                        const std::vector<std::string>& formerUses);
/// {"for": "answer", "api": …, "base_url": …, "model": …}
std::string chosenJson(config::Purpose purpose, const config::ModelPlace& place);
/// {"pulled": model, "base_url": …}
std::string pulledJson(const std::string& model, const std::string& baseUrl);

}  // namespace commonplace::app::cli
