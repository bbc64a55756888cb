#include "engine/answer/word_edge.h"

#include <array>

#include "engine/answer/folding.h"
#include "engine/base/text.h"

namespace commonplace::answer {
namespace {

/// The three characters nearest to a border, outwards; 0 beyond the text. Soft hyphens are not seen; a run of
/// white space is one character: '\n' when it holds a line end.
using Near = std::array<char32_t, 3>;

constexpr std::size_t kLongestRun = 64;  // of white space or soft hyphens: more of them separate anything

std::size_t previous(std::string_view text, std::size_t at) {
    std::size_t begin = at - 1;
    while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    return begin + base::decodeUtf8(text, begin).bytes == at ? begin : at - 1;
}

class Collector {
  public:
    /// False when enough has been seen.
    bool take(char32_t value) {
        if (++m_seen > kLongestRun) return false;
        if (value == kSoftHyphen) return true;
        const bool space = base::isSpace(value);
        if (space && m_inSpace) {
            if (m_near[m_count - 1] != '\n') m_near[m_count - 1] = isLineEnd(value) ? U'\n' : U' ';
            return true;
        }
        if (m_count == m_near.size()) return false;
        m_near[m_count++] = isLineEnd(value) ? U'\n' : value;
        m_inSpace = space;
        return true;
    }
    const Near& near() const { return m_near; }

  private:
    Near m_near{};
    std::size_t m_count = 0;
    std::size_t m_seen = 0;
    bool m_inSpace = false;
};

Near leftOf(std::string_view text, std::size_t at) {
    Collector collector;
    while (at > 0) {
        at = previous(text, at);
        if (!collector.take(base::decodeUtf8(text, at).value)) break;
    }
    return collector.near();
}

Near rightOf(std::string_view text, std::size_t at) {
    Collector collector;
    while (at < text.size()) {
        const base::CodePoint point = base::decodeUtf8(text, at);
        if (!collector.take(point.value)) break;
        at += point.bytes;
    }
    return collector.near();
}

bool isWordish(char32_t value) {
    return value == '_' || base::isWordChar(value);
}

/// Superscript and subscript plus and minus: 10⁻² goes on after the 10.
bool isRaisedSign(char32_t value) {
    return value == 0x207A || value == 0x207B || value == 0x208A || value == 0x208B;
}

/// Han numerals are letters for Unicode; 五十 is a number all the same.
bool isNumeral(char32_t value) {
    constexpr std::u32string_view kHan = U"〇零一二三四五六七八九十百千万萬亿億兆";
    return base::isNumber(value) || kHan.find(value) != std::u32string_view::npos;
}

/// An em dash or a bar is punctuation; every other dash may be a hyphen, a minus or a range.
bool isTyingDash(char32_t value) {
    return isDash(value) && value != 0x2014 && value != 0x2015;
}

bool isHyphen(char32_t value) {
    return value == '-' || value == 0x2010 || value == 0x2011;
}

bool separatesDigits(char32_t value) {
    constexpr std::u32string_view kSeparators =
        U".,:/^\u00B7\u066B\u066C\u2044\u2215\u00A0\u2007\u2009\u202F";
    return kSeparators.find(value) != std::u32string_view::npos || isApostrophe(value) || isTyingDash(value);
}

/// `left` and `right` are one word or number because of what stands between them.
bool ties(char32_t left, char32_t between, char32_t right) {
    if (base::isNumber(left) && base::isNumber(right) && separatesDigits(between)) return true;
    return isWordish(left) && isWordish(right) && (isHyphen(between) || isApostrophe(between));
}

bool touch(char32_t left, char32_t right) {
    if (base::isNumber(left) && isRaisedSign(right)) return true;
    if (!isWordish(left) || !isWordish(right)) return false;
    if (base::isUnspacedScript(left) || base::isUnspacedScript(right))
        return isNumeral(left) && isNumeral(right);
    return true;
}

bool startsNumber(char32_t first, char32_t second) {
    constexpr std::u32string_view kBefore = U".$\u00A3\u00A5\u20AC";
    return base::isNumber(first) ||
           (kBefore.find(first) != std::u32string_view::npos && base::isNumber(second));
}

/// A sign or a decimal point right before the number.
bool isSigned(char32_t left, const Near& right) {
    return (isTyingDash(left) && startsNumber(right[0], right[1])) ||
           (left == '.' && base::isNumber(right[0]));
}

/// The border stands at a line-end hyphen whose word goes on at the other side.
bool breaksWord(const Near& left, const Near& right) {
    const bool before = left[0] == '\n' && isHyphen(left[1]) && isWordish(left[2]) && isWordish(right[0]);
    return before || (isWordish(left[0]) && isHyphen(right[0]) && right[1] == '\n' && isWordish(right[2]));
}

}  // namespace

bool cutsWord(std::string_view text, std::size_t at) {
    const Near left = leftOf(text, at);
    const Near right = rightOf(text, at);
    return touch(left[0], right[0]) || ties(left[1], left[0], right[0]) ||
           ties(left[0], right[0], right[1]) || isSigned(left[0], right) || breaksWord(left, right);
}

}  // namespace commonplace::answer
