#include "engine/answer/negation.h"

#include <algorithm>
#include <string>

#include "engine/base/text.h"

namespace commonplace::answer {
namespace {

// Left out is what is a frequent word without negation in one of the others ("sin" and "nor" stay, "ni",
// "nem" and "mai" go, which are names too).
constexpr std::string_view kNegations =
    " not no never none neither nor cannot without nothing nobody"
    " nicht kein keine keinen keinem keiner keines nie niemals ohne nichts"
    " ne pas jamais aucun aucune sans"
    " nunca jamás sin ningún ninguna tampoco"
    " non nessun nessuno nessuna senza"
    " não jamais sem nenhum nenhuma"
    " niet geen nooit zonder ";

bool isNegation(const std::string& word) {
    return kNegations.find(" " + word + " ") != std::string_view::npos;
}

/// "doesn't", with either apostrophe: the words of base end before it.
bool isContracted(std::string_view folded) {
    return folded.find("n't") != std::string_view::npos ||
           folded.find("n\xE2\x80\x99t") != std::string_view::npos;
}

}  // namespace

bool isNegated(std::string_view text) {
    if (isContracted(base::foldCase(text))) return true;
    const auto words = base::words(text);
    return std::any_of(words.begin(), words.end(), [&](const base::Range& word) {
        return isNegation(base::foldCase(text.substr(word.begin, word.size())));
    });
}

}  // namespace commonplace::answer
