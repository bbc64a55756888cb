#include "engine/extract/word_places.h"

#include <algorithm>
#include <optional>

#include "engine/base/text.h"

namespace commonplace::extract {
namespace {

/// How far from its expected place a word is looked for, in bytes.
constexpr std::size_t kReach = 2000;

bool isHyphen(char32_t value) {
    return value == U'-' || value == 0xAD || value == 0x2010;
}

/// Marks of the writing direction, which the text has and drawn words have not.
bool isDirection(char32_t value) {
    return value == 0x200E || value == 0x200F || (value >= 0x202A && value <= 0x202E) ||
           (value >= 0x2066 && value <= 0x2069);
}

std::vector<char32_t> lettersOf(std::string_view word) {
    std::vector<char32_t> letters;
    for (std::size_t at = 0; at < word.size();) {
        const auto point = base::decodeUtf8(word, at);
        at += point.bytes;
        if (!base::isSpace(point.value) && !isDirection(point.value)) letters.push_back(point.value);
    }
    return letters;
}

class Placer final {
  public:
    explicit Placer(std::string_view text) : m_text(text) {}

    std::optional<base::Range> place(const std::vector<char32_t>& letters) {
        if (letters.empty()) return std::nullopt;
        if (auto found = matchAt(m_at, letters)) return advance(*found);
        std::vector<char32_t> turned(letters.rbegin(), letters.rend());
        if (auto found = matchAt(m_at, turned)) return advance(*found);
        if (auto found = near(letters)) return found;
        return letters.size() > 1 ? near(turned) : std::nullopt;
    }

  private:
    base::Range advance(base::Range found) {
        m_at = found.end;
        return found;
    }

    /// The word from `at` on, white space skipped; hyphens of the word need not stand in the text.
    std::optional<base::Range> matchAt(std::size_t at, const std::vector<char32_t>& letters) const {
        std::optional<base::Range> found;
        for (const char32_t letter : letters) {
            const auto next = nextLetter(at);
            if (next && next->value == letter) {
                if (!found) found = base::Range{next->at, next->at};
                at = found->end = next->at + next->bytes;
            } else if (!isHyphen(letter)) {
                return std::nullopt;
            }
        }
        return found;
    }

    /// Looks around the expected place. Only a find ahead moves that place, and only a little: one stray
    /// match must not lose all words after it.
    std::optional<base::Range> near(const std::vector<char32_t>& letters) {
        const std::size_t from = m_at > kReach ? m_at - kReach : 0;
        const std::size_t to = std::min(m_text.size(), m_at + kReach);
        for (const auto& [begin, end] : {base::Range{m_at, to}, base::Range{from, m_at}})
            for (std::size_t at = begin; at < end; ++at) {
                if ((static_cast<unsigned char>(m_text[at]) & 0xC0) == 0x80) continue;
                if (base::decodeUtf8(m_text, at).value != letters.front()) continue;
                const auto found = matchAt(at, letters);
                if (!found) continue;
                if (found->begin >= m_at && found->begin < m_at + kReach / 10) m_at = found->end;
                return found;
            }
        return std::nullopt;
    }

    struct Letter {
        char32_t value;
        std::size_t at;
        std::size_t bytes;
    };
    std::optional<Letter> nextLetter(std::size_t at) const {
        while (at < m_text.size()) {
            const auto point = base::decodeUtf8(m_text, at);
            if (!base::isSpace(point.value) && !isDirection(point.value))
                return Letter{point.value, at, point.bytes};
            at += point.bytes;
        }
        return std::nullopt;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

}  // namespace

std::vector<PlacedWord> placeWords(std::string_view text, const std::vector<DrawnWord>& drawn) {
    Placer placer(text);
    std::vector<PlacedWord> placed;
    placed.reserve(drawn.size());
    for (const DrawnWord& word : drawn)
        if (const auto range = placer.place(lettersOf(word.text)))
            placed.push_back({range->begin, range->end, word.box});
    std::stable_sort(placed.begin(), placed.end(),
                     [](const PlacedWord& a, const PlacedWord& b) { return a.begin < b.begin; });
    return placed;
}

}  // namespace commonplace::extract
