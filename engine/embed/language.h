// How English a text is, judged by the encoder's own vocabulary.
//
// A word that the unigram model finds likely (few, frequent pieces for its letters) speaks for English, one
// that has to be spelled out speaks against it; short closed lists of function words in English and its
// neighbours weigh more, because short questions consist of them. Numbers, words with digits and
// abbreviations in capitals say nothing.
//
// Thread: pure function.
#pragma once

#include <string_view>

#include "engine/embed/tokenizer.h"

namespace commonplace::embed {

/// 1 for English, 0 for other languages, between them for the doubtful; 0.5 when no word says anything, 0 for
/// a text without letters and numbers.
double englishAffinity(const Tokenizer& tokenizer, std::string_view text);

}  // namespace commonplace::embed
