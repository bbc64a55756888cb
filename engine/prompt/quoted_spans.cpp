// What an answer puts in quotation marks, and the markers that vouch for it.
#include <algorithm>

#include "engine/prompt/code_spans.h"
#include "engine/prompt/prompt.h"

namespace commonplace::prompt {
namespace {

constexpr std::size_t kFewestWords = 4;
constexpr std::size_t kLongestQuote = 4096;  // bytes in which a closing mark is looked for

constexpr char32_t kStraight = '"';

/// Which marks close what this one opens; empty for anything else.
std::u32string_view closers(char32_t open) {
    switch (open) {
        case kStraight:
            return U"\"";
        case 0x201C:
            return U"\u201D";
        case 0x201E:
            return U"\u201C\u201D";
        case 0xAB:
            return U"\u00BB";
        default:
            return {};
    }
}

char32_t charAt(std::string_view text, std::size_t at) {
    return at < text.size() ? base::decodeUtf8(text, at).value : U' ';
}

class Finder {
  public:
    explicit Finder(std::string_view answer) : m_answer(answer), m_code(answer), m_markers(markers(answer)) {}

    std::vector<QuotedSpan> run() && {
        char32_t last = ' ';
        for (std::size_t at = 0; at < m_answer.size();) {
            const base::CodePoint point = base::decodeUtf8(m_answer, at);
            const std::size_t next = at + point.bytes;
            const std::size_t end = opens(point.value, last, at, next) ? closing(point.value, next) : next;
            last = point.value;
            if (end > next) add({next, end});
            at = end > next ? end + base::decodeUtf8(m_answer, end).bytes : next;
        }
        return std::move(m_spans);
    }

  private:
    bool opens(char32_t value, char32_t last, std::size_t at, std::size_t next) const {
        if (closers(value).empty() || m_code.holds(at) || base::isSpace(charAt(m_answer, next))) return false;
        return value != kStraight || !base::isWordChar(last);  // 5" is a length
    }

    /// Where the closing mark stands; `begin` when there is none in this paragraph.
    std::size_t closing(char32_t open, std::size_t begin) const {
        const std::size_t paragraph = std::min(m_answer.find("\n\n", begin), m_answer.size());
        const std::size_t limit = std::min(paragraph, begin + kLongestQuote);
        for (std::size_t at = begin; at < limit;) {
            const base::CodePoint point = base::decodeUtf8(m_answer, at);
            const bool closes = closers(open).find(point.value) != std::u32string_view::npos;
            if (closes && (open != kStraight || !base::isWordChar(charAt(m_answer, at + point.bytes))))
                return at;
            at += point.bytes;
        }
        return begin;
    }

    void add(base::Range inside) {
        const std::string_view text = m_answer.substr(inside.begin, inside.size());
        if (base::words(text).size() >= kFewestWords) m_spans.push_back({inside, numbersAfter(inside.end)});
    }

    const Marker* markerAt(std::size_t at) const {
        const auto found = std::lower_bound(
            m_markers.begin(), m_markers.end(), at,
            [](const Marker& marker, std::size_t value) { return marker.range.begin < value; });
        return found != m_markers.end() && found->range.begin == at ? &*found : nullptr;
    }

    std::size_t skipSpace(std::size_t at) const {
        while (at < m_answer.size() && (m_answer[at] == ' ' || m_answer[at] == '\n')) ++at;
        return at;
    }

    /// A sentence, a list item or a paragraph is over here, unless a marker still follows.
    bool endsSentence(std::size_t at) const {
        const char c = m_answer[at];
        const char next = at + 1 < m_answer.size() ? m_answer[at + 1] : '\n';
        if (c == '\n') return std::string_view("\n-*>#").find(next) != std::string_view::npos;
        const bool stop = c == '.' || c == '!' || c == '?';
        return stop && (next == ' ' || next == '\n') && markerAt(skipSpace(at + 1)) == nullptr;
    }

    std::vector<int> numbersAfter(std::size_t close) const {
        std::vector<int> numbers;
        std::size_t at = close + base::decodeUtf8(m_answer, close).bytes;
        while (at < m_answer.size()) {
            if (const Marker* marker = markerAt(at)) {
                numbers.insert(numbers.end(), marker->numbers.begin(), marker->numbers.end());
                at = skipSpace(marker->range.end);
                continue;
            }
            const base::CodePoint point = base::decodeUtf8(m_answer, at);
            if (!numbers.empty() || endsSentence(at) || !closers(point.value).empty()) break;
            at += point.bytes;
        }
        return numbers;
    }

    std::string_view m_answer;
    CodeSpans m_code;
    std::vector<Marker> m_markers;
    std::vector<QuotedSpan> m_spans;
};

}  // namespace

std::vector<QuotedSpan> quotedSpans(std::string_view answer) {
    return Finder(answer).run();
}

bool saysNotInDocuments(std::string_view answer) {
    const auto bones = [](std::string_view text) {
        std::string result;
        for (const base::Range& word : base::words(text))
            result += std::string(text.substr(word.begin, word.size())) + ' ';
        return base::foldCase(result);
    };
    return bones(answer) == bones(kNotInDocuments);
}

}  // namespace commonplace::prompt
