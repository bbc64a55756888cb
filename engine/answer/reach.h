// Reach: what of a question's material may leave this computer. Folders that the user marked as local only
// are closed to every model elsewhere: their passages, and earlier answers that were made from them. Thread:
// any.
#pragma once

#include <string>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/retrieve/retriever.h"

namespace commonplace::answer {

/// Is `path` one of `folders`, or below one? Both absolute, native bytes.
bool isBelowAny(const std::string& path, const std::vector<std::string>& folders);

/// The folders as they are written and as they are without links and detours: what the functions below want.
std::vector<std::string> spelledOut(const std::vector<std::string>& folders);

/// A document that lies in several places stays when one of them is local only. Links are followed.
bool mustStay(const retrieve::Passage& passage, const std::vector<std::string>& localOnly);
/// An answer of which nobody knows what it was made from (its writing was cut short, or a version before this
/// rule wrote it) stays when any folder is local only.
bool mustStay(const Turn& turn, const std::vector<std::string>& localOnly);

}  // namespace commonplace::answer
