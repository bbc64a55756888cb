// The JSON of embedding servers: what is sent, and the answers, which may be anything. Vectors are read as
// they come (no tree of a hostile answer is ever built), and every bound is checked on the way. Sources:
// OpenAI's API reference (POST /embeddings), Ollama's API description (POST /api/embed). Inside engine/embed
// only. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/document/embedder.h"

namespace commonplace::embed {

enum class ServedApi { OpenAi, Ollama };
/// "openai", "ollama".
const char* name(ServedApi api);

/// Broken UTF-8 in a text is mended.
std::string requestBody(ServedApi api, const std::string& model, std::span<const std::string> texts);

/// What an answer must hold.
struct Expected {
    std::size_t count = 0;
    std::size_t dimension = 0;  ///< 0: any, the same for all
};
/// The longest vectors that are taken.
constexpr std::size_t kMaxDimension = 16'384;
/// The most bytes that an honest answer needs.
std::size_t mostAnswerBytes(const Expected& expected);

/// Unit vectors in the order of the texts; a row of zeros stays one. Protocol, one line, when the answer is
/// no JSON, too deep, of another count or dimension, lacks a place or names one twice, or holds what is no
/// finite number.
Result<document::Vectors> readVectors(ServedApi api, std::string_view answer, const Expected& expected);

/// What a refusal says in its "error" or "message"; empty when it says nothing.
std::string errorMessage(std::string_view body);

}  // namespace commonplace::embed
