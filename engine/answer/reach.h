// Reach: what of a question's material may leave this computer. Folders that the user marked as local only
// are closed to every model elsewhere: their passages, and earlier answers that were made from them. Pure
// functions, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/retrieve/retriever.h"

namespace commonplace::answer {

/// Is `path` one of `folders`, or below one? Both absolute, native bytes.
bool isBelowAny(std::string_view path, const std::vector<std::string>& folders);

/// A document that lies in several places stays when one of them is local only.
bool mustStay(const retrieve::Passage& passage, const std::vector<std::string>& localOnly);
bool mustStay(const Turn& turn, const std::vector<std::string>& localOnly);

}  // namespace commonplace::answer
