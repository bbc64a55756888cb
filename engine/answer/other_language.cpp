#include "engine/answer/other_language.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

#include "engine/base/script.h"
#include "engine/base/text.h"

namespace commonplace::answer {
namespace {

// Frequent small words, each behind and before a space. Left out is what is also an English word ("die",
// "was", "on", "me", "so"), and of English what is also frequent in one of the others ("in", "a", "is").
constexpr std::array<std::string_view, 12> kSmallWords{
    " the of and that with are this from or which have has been they their its for to it at must ",
    " der das und ist im den dem des von zu mit für auf nicht ein eine einen wird sie sich oder bei nach ",
    " le la les des et est une du dans pour que qui par sur au aux sont ne pas avec ce cette leur ",
    " el la los las y es una del por con para se su que al lo como más son ",
    " il lo gli è di che una per della dei del nel con sono alla non si delle ",
    " os um uma da do na em não que para com dos das se por ao é são mais ",
    " de het een van en dat op te zijn voor met niet aan er ook bij wordt ",
    " i w z na się jest nie że dla przez oraz do po od są ",
    " och att det som en på är av för inte den ett till med har ",
    " og det som en på er af ikke den et til med har der ",
    " a v se na je že s pro jsou nebo být z do od ",
    " ve bir bu için ile olarak olan daha da de gibi her "};
constexpr std::size_t kEnglish = 0;
constexpr std::size_t kLeastWords = 4;  // of a claim
constexpr std::size_t kLeastProse = 2;  // small words of a text, to say in what language it is
constexpr std::size_t kClearly = 2;     // times as many of the other language

struct SmallWords {
    std::array<std::size_t, kSmallWords.size()> hits{};
    std::size_t words = 0;
    std::size_t accented = 0;  ///< words with letters that English has not

    std::size_t best() const {
        return static_cast<std::size_t>(std::max_element(hits.begin(), hits.end()) - hits.begin());
    }
};

bool isAccented(std::string_view word) {
    for (std::size_t at = 0; at < word.size();) {
        const base::CodePoint point = base::decodeUtf8(word, at);
        if (point.value >= 0xC0 && base::isLetter(point.value)) return true;
        at += point.bytes;
    }
    return false;
}

SmallWords smallWordsOf(std::string_view text) {
    SmallWords found;
    for (const base::Range& range : base::words(text)) {
        const std::string word = base::foldCase(text.substr(range.begin, range.size()));
        ++found.words;
        found.accented += isAccented(word) ? 1 : 0;
        for (std::size_t i = 0; i < kSmallWords.size(); ++i)
            if (kSmallWords[i].find(" " + word + " ") != std::string_view::npos) ++found.hits[i];
    }
    return found;
}

std::optional<int> mainScript(std::string_view text) {
    std::map<int, std::size_t> letters;
    for (std::size_t at = 0; at < text.size();) {
        const base::CodePoint point = base::decodeUtf8(text, at);
        if (base::isLetter(point.value))
            if (const auto script = base::scriptOf(point.value)) ++letters[*script];
        at += point.bytes;
    }
    const auto most = std::max_element(letters.begin(), letters.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == letters.end() ? std::nullopt : std::optional(most->first);
}

}  // namespace

bool isInOtherLanguage(std::string_view claim, std::string_view text) {
    const auto claimScript = mainScript(claim), textScript = mainScript(text);
    if (!claimScript || !textScript) return false;
    if (*claimScript != *textScript) return true;
    const SmallWords said = smallWordsOf(claim), there = smallWordsOf(text);
    const std::size_t language = there.best();
    if (said.words < kLeastWords || there.hits[language] < kLeastProse) return false;
    const std::size_t other = said.hits[said.best()] + (language == kEnglish ? said.accented : 0);
    return other > kClearly * said.hits[language];
}

}  // namespace commonplace::answer
