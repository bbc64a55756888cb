// What the address of a model server tells by itself. Pure functions, any thread; nothing is looked up.
#pragma once

#include <optional>
#include <string_view>

namespace commonplace::config {

/// Begins with http:// or https://.
bool isWebAddress(std::string_view text);

/// The protocol at an address, with or without its http:// and with or without "#model": "ollama" at port
/// 11434 unless the path ends with /v1, "anthropic" at api.anthropic.com, "openai" where the path ends with
/// /v1. Nothing: it may be any of them.
std::optional<std::string_view> apiOfAddress(std::string_view address);

}  // namespace commonplace::config
