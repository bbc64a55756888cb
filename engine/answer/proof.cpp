#include "engine/answer/proof.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine/answer/folding.h"
#include "engine/answer/word_edge.h"

namespace commonplace::answer {
namespace {

constexpr std::size_t kBits = 64;
constexpr std::size_t kWindow = 256 * 1024;
constexpr std::size_t kOverlap = 64 * 1024;  // a quote and its white space
static_assert(kOverlap > kMaximumQuoteBytes);

using Bits = std::vector<std::uint64_t>;

/// The quote as bit masks: bit j of a mask says that unit j of the quote agrees with what the mask stands
/// for.
class Pattern {
  public:
    explicit Pattern(Folded quote)
        : m_quote(std::move(quote)), m_words((size() + kBits - 1) / kBits), m_none(m_words) {
        for (std::size_t j = 0; j < size(); ++j) {
            const Unit& unit = m_quote.units[j];
            set(m_characters[unit.value], j);
            // The gap before the first unit is compared apart: the page's may be longer.
            if (j > 0) set(m_gaps[m_quote.gap(unit.before)], j);
        }
        set(m_none, 0);
        for (auto& [gap, mask] : m_gaps) set(mask, 0);
    }

    Pattern(const Pattern&) = delete;  // m_gaps looks into m_quote
    Pattern& operator=(const Pattern&) = delete;

    std::size_t size() const { return m_quote.units.size(); }
    std::size_t words() const { return m_words; }
    const Folded& quote() const { return m_quote; }

    const Bits* character(char32_t value) const {
        const auto found = m_characters.find(value);
        return found == m_characters.end() ? nullptr : &found->second;
    }
    /// Units that may follow this gap as it stands; the first unit of the quote may follow any.
    const Bits& gap(std::string_view text) const {
        const auto found = m_gaps.find(text);
        return found == m_gaps.end() ? m_none : found->second;
    }

  private:
    void set(Bits& mask, std::size_t bit) {
        mask.resize(m_words);
        mask[bit / kBits] |= std::uint64_t{1} << (bit % kBits);
    }

    Folded m_quote;
    std::size_t m_words = 0;
    std::unordered_map<char32_t, Bits> m_characters;
    std::unordered_map<std::string_view, Bits> m_gaps;
    Bits m_none;
};

/// Shift-And: bit j of the state says that units 0 … j of the quote agree with the page up to the current
/// unit. Only the words that can hold a bit are touched, which in usual text is the first.
class Matcher {
  public:
    Matcher(const Pattern& pattern, const Folded& page)
        : m_pattern(pattern), m_page(page), m_state(pattern.words()) {}

    /// Reads the next unit; true when the quote's units end here.
    bool step(const Unit& unit) {
        const Bits* character = m_pattern.character(unit.value);
        if (character == nullptr) {
            std::fill_n(m_state.begin(), m_active, 0);
            m_active = 0;
            return false;
        }
        const Gap& gap = unit.before;
        const Bits& exact = m_pattern.gap(m_page.gap(gap));
        const Bits& joined = gap.mayVanish ? m_pattern.gap("") : exact;
        const Bits& tight = gap.maySpareSpace ? m_pattern.gap("-") : exact;
        std::uint64_t carry = 1;
        const std::size_t words = std::min(m_active + 1, m_state.size());
        m_active = 0;
        for (std::size_t w = 0; w < words; ++w) {
            const std::uint64_t shifted = (m_state[w] << 1) | carry;
            carry = m_state[w] >> (kBits - 1);
            m_state[w] = shifted & (*character)[w] & (exact[w] | joined[w] | tight[w]);
            if (m_state[w] != 0) m_active = w + 1;
        }
        const std::size_t last = m_pattern.size() - 1;
        return ((m_state[last / kBits] >> (last % kBits)) & 1) != 0;
    }

  private:
    const Pattern& m_pattern;
    const Folded& m_page;
    Bits m_state;
    std::size_t m_active = 0;
};

/// The bytes of the page that the quote covers, dashes at its ends included; nullopt when those are not
/// there.
std::optional<base::Range> covered(const Folded& quote, const Folded& page, std::size_t first,
                                   std::size_t last) {
    base::Range range{page.units[first].source.begin, page.units[last].source.end};
    const std::string_view lead = quote.gap(quote.units.front().before);
    const std::string_view tail = quote.gap(quote.after);
    const Gap& before = page.units[first].before;
    const Gap& after = last + 1 < page.units.size() ? page.units[last + 1].before : page.after;
    const std::size_t leading = lead.find('-'), trailing = tail.rfind('-');
    if (leading != std::string_view::npos) {
        const std::string_view wanted = lead.substr(leading);
        if (!page.gap(before).ends_with(wanted)) return std::nullopt;
        range.begin = page.gapSource[before.range.end - wanted.size()].begin;
    }
    if (trailing != std::string_view::npos) {
        const std::string_view wanted = tail.substr(0, trailing + 1);
        if (!page.gap(after).starts_with(wanted)) return std::nullopt;
        range.end = page.gapSource[after.range.begin + wanted.size() - 1].end;
    }
    return range;
}

/// A quote that begins inside a ligature cuts the word before anything else is looked at.
bool splitsLigature(const Folded& page, std::size_t first, std::size_t last) {
    const auto same = [&page](std::size_t a, std::size_t b) {
        return page.units[a].source == page.units[b].source;
    };
    return (first > 0 && same(first - 1, first)) || (last + 1 < page.units.size() && same(last, last + 1));
}

/// The first place in `page` where the quote stands whole.
std::optional<base::Range> find(const Pattern& pattern, std::string_view page, std::string_view window) {
    const auto offset = static_cast<std::size_t>(window.data() - page.data());
    const Folded folded = fold(window);
    Matcher matcher(pattern, folded);
    for (std::size_t last = 0; last < folded.units.size(); ++last) {
        if (!matcher.step(folded.units[last])) continue;
        const std::size_t first = last + 1 - pattern.size();
        if (splitsLigature(folded, first, last)) continue;
        const auto range = covered(pattern.quote(), folded, first, last);
        if (!range) continue;
        const base::Range onPage{range->begin + offset, range->end + offset};
        if (!cutsWord(page, onPage.begin) && !cutsWord(page, onPage.end)) return onPage;
    }
    return std::nullopt;
}

}  // namespace

std::optional<base::Range> prove(std::string_view quote, std::string_view page) {
    if (quote.size() > kMaximumQuoteBytes || base::words(quote).size() < kMinimumWords) return std::nullopt;
    const Pattern pattern(fold(quote));
    // Formats without pages have one "page" of any size: it is folded window by window, so that memory stays
    // bounded.
    for (std::string_view rest = page; !rest.empty();) {
        const std::string_view window = base::clipUtf8(rest, kWindow);
        if (const auto range = find(pattern, page, window)) return range;
        if (window.size() == rest.size()) break;
        rest.remove_prefix(base::clipUtf8(window, kWindow - kOverlap).size());
    }
    return std::nullopt;
}

}  // namespace commonplace::answer
