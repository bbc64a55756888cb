// The context receipt after the fact: what a server says that it counted is the truth, estimates follow it.
#pragma once

#include "engine/answer/answerer.h"

namespace commonplace::answer {

/// The receipt whose parts, without the answer's reserve, sum up to the tokens that the server reported.
/// Estimated parts are scaled and stay marked as estimates; exact ones are not touched: what they leave over
/// is the framing of the messages. Some tokenizers make a token or two more of each part than of the whole;
/// that much is taken from the largest one. A report of still less (some servers leave out what came from a
/// cache) or of nothing changes nothing.
ContextReceipt reconciled(ContextReceipt receipt, long promptTokens);

}  // namespace commonplace::answer
