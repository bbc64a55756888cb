#include "ui/bridge/reader_quote.h"

#include <algorithm>
#include <optional>

#include "engine/answer/proof.h"

namespace commonplace::ui {
namespace {

/// Shorter quotes stand anywhere.
constexpr std::size_t kLeastLetters = 3;
/// An omission in a quote leaves out at most so many bytes of the page.
constexpr std::size_t kMostOmitted = 2000;
/// So often the first part of a quote with omissions may stand on the page without the others behind it.
constexpr int kMostBeginnings = 16;
/// Letters are compared one by one on pages up to here: each takes more memory than its bytes.
constexpr std::size_t kMostPageBytes = 8 << 20;

struct Letter {
    char32_t value = 0;
    base::Range source;
};

/// What stands between two digits belongs to the number: 10.5 is not 105.
bool isInsideNumber(std::string_view text, const base::Range& mark) {
    const auto isDigit = [&](std::size_t at) {
        return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    return mark.begin > 0 && isDigit(mark.begin - 1) && isDigit(mark.end);
}

/// The letters and digits of a text, case and ligatures folded.
std::vector<Letter> lettersOf(std::string_view text) {
    std::vector<Letter> letters;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = base::decodeUtf8(text, at);
        const base::Range source{at, at + point.bytes};
        at = source.end;
        if (!base::isWordChar(point.value) && !isInsideNumber(text, source)) continue;
        const std::string folded = base::foldCase(text.substr(source.begin, source.size()));
        for (std::size_t i = 0; i < folded.size();) {
            const auto part = base::decodeUtf8(folded, i);
            letters.push_back({part.value, source});
            i += part.bytes;
        }
    }
    return letters;
}

bool isSame(const Letter& a, const Letter& b) {
    return a.value == b.value;
}

/// A word goes on across this edge: the match would cut it.
bool cutsWord(std::string_view page, const Letter& before, const Letter& after) {
    return before.source.end == after.source.begin && before.source.end < page.size() &&
           !base::isUnspacedScript(before.value) && !base::isUnspacedScript(after.value);
}

std::optional<base::Range> findLetters(std::string_view quote, std::string_view page) {
    if (quote.size() > answer::kMaximumQuoteBytes || page.size() > kMostPageBytes) return std::nullopt;
    const auto wanted = lettersOf(quote);
    const auto letters = lettersOf(page);
    if (wanted.size() < kLeastLetters) return std::nullopt;
    for (auto from = letters.begin(); from != letters.end(); ++from) {
        from = std::search(from, letters.end(), wanted.begin(), wanted.end(), isSame);
        if (from == letters.end()) return std::nullopt;
        const auto to = from + static_cast<std::ptrdiff_t>(wanted.size());
        const bool cut = (from != letters.begin() && cutsWord(page, from[-1], *from)) ||
                         (to != letters.end() && cutsWord(page, to[-1], *to));
        if (!cut) return base::Range{from->source.begin, to[-1].source.end};
    }
    return std::nullopt;
}

std::optional<base::Range> findQuote(std::string_view quote, std::string_view page) {
    if (const auto proven = answer::prove(quote, page)) return proven;
    return findLetters(quote, page);
}

/// The range that the place itself names.
std::optional<base::Range> namedRange(const Place& place, std::string_view page) {
    if (place.begin < 0 || place.end <= place.begin) return std::nullopt;
    const base::Range range{static_cast<std::size_t>(place.begin), static_cast<std::size_t>(place.end)};
    if (!base::isCharacterEdge(page, range.begin) || !base::isCharacterEdge(page, range.end))
        return std::nullopt;
    return range;
}

bool saysTheSame(std::string_view a, std::string_view b) {
    const auto left = lettersOf(a);
    const auto right = lettersOf(b);
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), isSame);
}

std::vector<std::string> partsOf(const QString& quote) {
    QString unified = quote;
    unified.replace(QLatin1String("[...]"), QChar(0x2026)).replace(QLatin1String("..."), QChar(0x2026));
    std::vector<std::string> parts;
    for (const QString& part : unified.split(QChar(0x2026)))
        if (!part.trimmed().isEmpty()) parts.push_back(part.trimmed().toStdString());
    return parts;
}

bool isLongEnough(const std::string& part) {
    return part.size() <= answer::kMaximumQuoteBytes && base::words(part).size() >= answer::kMinimumWords;
}

std::optional<base::Range> findBehind(std::string_view part, std::string_view page, std::size_t from) {
    // More than the bound is looked at, so that no match ends where the view does and cuts a word there.
    const auto ahead = page.substr(from, kMostOmitted + 2 * answer::kMaximumQuoteBytes);
    const auto found = findQuote(part, ahead);
    if (!found || found->begin > kMostOmitted) return std::nullopt;
    return base::Range{from + found->begin, from + found->end};
}

/// Each part near behind the one before it, or nothing: a few common words stand on every page.
std::vector<base::Range> findParts(const std::vector<std::string>& parts, std::string_view page) {
    if (!std::all_of(parts.begin(), parts.end(), isLongEnough)) return {};
    std::size_t from = 0;
    for (int i = 0; i < kMostBeginnings; ++i) {
        const auto first = findQuote(parts.front(), page.substr(from));
        if (!first) return {};
        std::vector<base::Range> ranges{{from + first->begin, from + first->end}};
        while (ranges.size() < parts.size()) {
            const auto next = findBehind(parts[ranges.size()], page, ranges.back().end);
            if (!next) break;
            ranges.push_back(*next);
        }
        if (ranges.size() == parts.size()) return ranges;
        from = ranges.front().end;
    }
    return {};
}

}  // namespace

std::vector<base::Range> rangesOf(const Place& place, std::string_view page) {
    const std::string quote = place.quote.trimmed().toStdString();
    const auto named = namedRange(place, page);
    if (named && (quote.empty() || saysTheSame(page.substr(named->begin, named->size()), quote)))
        return {*named};
    if (quote.empty()) return {};
    if (const auto whole = findQuote(quote, page)) return {*whole};
    const auto parts = partsOf(place.quote);
    if (parts.empty() || parts.front() == quote) return {};
    return findParts(parts, page);
}

TextRange utf16RangeOf(std::string_view text, const base::Range& range) {
    const auto units = [&text](std::size_t bytes) {
        const auto bounded = static_cast<qsizetype>(std::min(bytes, text.size()));
        return static_cast<int>(QString::fromUtf8(text.data(), bounded).size());
    };
    return {units(range.begin), units(range.end)};
}

std::vector<int> unitsBefore(std::string_view text) {
    std::vector<int> units(text.size() + 1);
    int count = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = base::decodeUtf8(text, at);
        for (std::size_t i = 0; i < point.bytes; ++i) units[at + i] = count;
        count += point.value > 0xFFFF ? 2 : 1;
        at += point.bytes;
    }
    units.back() = count;
    return units;
}

}  // namespace commonplace::ui
