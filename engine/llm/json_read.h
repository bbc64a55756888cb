// Reading JSON of a server that may send anything: what is not there or of the wrong type is null or empty,
// nesting is bounded, broken UTF-8 and lone surrogates are mended. Inside engine/llm only, for the files that
// know a protocol. Pure functions, any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/llm/chat_piece.h"

namespace commonplace::llm {

/// Discarded when this is no JSON, or one nested too deeply.
nlohmann::json parseJson(std::string_view text);

/// Null for what is not there, and in everything that is no object.
const nlohmann::json& member(const nlohmann::json& object, const char* name);
const nlohmann::json& firstOf(const nlohmann::json& array);
std::string textOf(const nlohmann::json& value);
std::optional<long> countOf(const nlohmann::json& value);
/// The first words that look like a message, a few levels down at most.
std::string messageIn(const nlohmann::json& value, int levels = 4);

/// One object of a stream: `fill` reads what is the protocol's own; errors, which all write alike, are read
/// here. Protocol when this is no JSON object, or one nested too deeply.
Result<ChatPiece> readPiece(std::string_view text, void (*fill)(const nlohmann::json&, ChatPiece&));

/// {"role", "content"} for messages without parts.
nlohmann::json plainMessage(const document::Message& message);
/// For a request body: text that is no UTF-8 gets replacement characters.
std::string dumpJson(const nlohmann::json& value);

}  // namespace commonplace::llm
