// OtherLanguage: is a claim in another language than a text? Two languages share few words, so that comparing
// words would say nothing about the claim. Pure, any thread.
#pragma once

#include <string_view>

namespace commonplace::answer {

/// True when that is clear: most letters are of another script; or the text has the small words ("the",
/// "der", "les") of one language and the claim those of another. Deliberately simple: twelve European
/// languages in Latin letters, by a handful of words each. A claim without small words, or in a language that
/// is not listed, counts as written in the text's own language.
bool isInOtherLanguage(std::string_view claim, std::string_view text);

}  // namespace commonplace::answer
