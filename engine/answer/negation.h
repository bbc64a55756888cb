// Negation: does a sentence deny something? Two sentences of the same words say opposite things when one of
// them does. Pure, any thread.
#pragma once

#include <string_view>

namespace commonplace::answer {

/// True when the text has a word of negation: English, German, French, Spanish, Italian, Portuguese, Dutch,
/// and the contractions with n't. Deliberately simple: prefixes ("unsafe") and verbs ("refuse") are none, and
/// two negations are one.
bool isNegated(std::string_view text);

}  // namespace commonplace::answer
