#include "engine/answer/lead_in.h"

#include "engine/base/text.h"

namespace commonplace::answer {
namespace {

constexpr std::size_t kCapitalPercent = 60;  // "Exceptions to the Rule" has 50, "The Rule of Law Act" 80

bool startsUpper(std::string_view word) {
    const base::CodePoint first = base::decodeUtf8(word, 0);
    const std::string_view letter = word.substr(0, first.bytes);
    return base::isLetter(first.value) && base::foldCase(letter) != letter;
}

bool isBullet(char32_t value) {
    constexpr std::u32string_view kBullets = U"•‣▪▫●○◦■□◆◇➢➤✓✔·\uF0B7\uF0A7\u2043*";
    return kBullets.find(value) != std::u32string_view::npos;
}

std::size_t skipSpace(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        const base::CodePoint point = base::decodeUtf8(text, at);
        if (!base::isSpace(point.value)) break;
        at += point.bytes;
    }
    return at;
}

/// Behind a bullet or a dash with a space, and the space; `at` when there is none.
std::size_t skipBullet(std::string_view text, std::size_t at) {
    if (at >= text.size()) return at;
    const base::CodePoint point = base::decodeUtf8(text, at);
    const std::size_t next = skipSpace(text, at + point.bytes);
    const bool dash =
        (point.value == '-' || point.value == 0x2013 || point.value == 0x2014) && next > at + point.bytes;
    return isBullet(point.value) || dash ? next : at;
}

}  // namespace

bool looksLikeHeading(std::string_view line) {
    std::size_t letters = 0, capitals = 0;
    for (const base::Range& word : base::words(line)) {
        const std::string_view text = line.substr(word.begin, word.size());
        if (!base::isLetter(base::decodeUtf8(text, 0).value)) continue;
        ++letters;
        capitals += startsUpper(text);
    }
    return letters > 0 && capitals * 100 > letters * kCapitalPercent;
}

LeadIn leadIn(std::string_view sentence) {
    std::size_t at = 0;
    for (std::size_t end = sentence.find('\n'); end != std::string_view::npos;
         end = sentence.find('\n', at)) {
        const std::size_t next = skipSpace(sentence, end);
        const std::string_view line = base::trim(sentence.substr(at, end - at));
        if (next >= sentence.size() || (!line.empty() && !looksLikeHeading(line))) break;
        if (!startsUpper(sentence.substr(next)) && skipBullet(sentence, next) == next) break;
        at = next;
    }
    const std::size_t text = at;
    for (std::size_t next = skipBullet(sentence, at); next != at; next = skipBullet(sentence, at)) at = next;
    return {at, at > text};
}

}  // namespace commonplace::answer
