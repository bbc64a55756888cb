// clean(): text for search with the way back to its source.
#include <array>
#include <string_view>
#include <utility>

#include "engine/base/text.h"
#include "engine/chunk/chunker.h"

namespace commonplace::chunk {
namespace {

using base::CodePoint;

constexpr char32_t kSoftHyphen = 0x00AD;
constexpr char32_t kHyphen = 0x2010;
constexpr char32_t kFirstLigature = 0xFB00;
constexpr std::array<std::string_view, 7> kLigatures{"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

bool isLineEnd(char32_t value) {
    return (value >= U'\n' && value <= U'\r') || value == 0x85 || value == 0x2028 || value == 0x2029;
}

/// A form feed or a paragraph separator is as good as an empty line.
bool isParagraphEnd(char32_t value) {
    return value == U'\f' || value == U'\v' || value == 0x2029;
}

/// A letter that is its own lower case; letters without case pass, too.
bool isLowerLetter(std::string_view letter, char32_t value) {
    if (value < 0x80) return value >= U'a' && value <= U'z';
    return base::isLetter(value) && base::foldCase(letter) == letter;
}

class Cleaner {
  public:
    explicit Cleaner(std::string_view source) : m_source(source) {
        m_clean.text.reserve(source.size());
        m_clean.sourceOffset.reserve(source.size() + 1);
    }

    CleanText run() && {
        for (keepPlain(); m_at < m_source.size(); keepPlain()) step();
        while (endsWithSpace()) {
            m_clean.text.pop_back();
            m_end = m_clean.sourceOffset.back();
            m_clean.sourceOffset.pop_back();
        }
        m_clean.sourceOffset.push_back(static_cast<std::uint32_t>(m_end));
        return std::move(m_clean);
    }

  private:
    CodePoint pointAt(std::size_t at) const {
        return at < m_source.size() ? base::decodeUtf8(m_source, at) : CodePoint{};
    }

    void step() {
        if (m_source[m_at] == ' ' && isSingleSpace()) return keep(" ", 1);
        const CodePoint point = pointAt(m_at);
        if (base::isSpace(point.value)) return skipSpace();
        if (isHyphen(point.value)) {
            const std::size_t joined = wordGoesOnAt(m_at + point.bytes, point.value);
            if (joined > 0 || point.value == kSoftHyphen) {
                m_at = joined > 0 ? joined : m_at + point.bytes;
                return;
            }
        }
        const char32_t ligature = point.value - kFirstLigature;
        if (point.value >= kFirstLigature && ligature < kLigatures.size())
            keep(kLigatures[ligature], point.bytes);
        else
            keep(m_source.substr(m_at, point.bytes), point.bytes);
    }

    /// The fast path: copies ASCII without white space and hyphens as it is.
    void keepPlain() {
        const std::size_t begin = m_at;
        while (m_at < m_source.size() && isPlain(m_source[m_at])) ++m_at;
        if (m_at == begin) return;
        m_clean.text.append(m_source, begin, m_at - begin);
        for (std::size_t at = begin; at < m_at; ++at)
            m_clean.sourceOffset.push_back(static_cast<std::uint32_t>(at));
        m_end = m_at;
    }

    static bool isPlain(char c) { return c > ' ' && c != '-' && static_cast<unsigned char>(c) < 0x80; }

    static bool isHyphen(char32_t value) { return value == U'-' || value == kHyphen || value == kSoftHyphen; }

    void keep(std::string_view text, std::size_t sourceBytes) {
        for (const char c : text) {
            m_clean.text += c;
            m_clean.sourceOffset.push_back(static_cast<std::uint32_t>(m_at));
        }
        m_at += sourceBytes;
        m_end = m_at;
    }

    /// A space between two plain words: it stays.
    bool isSingleSpace() const {
        return m_at + 1 < m_source.size() && isPlain(m_source[m_at + 1]) && !m_clean.text.empty() &&
               !endsWithSpace();
    }

    /// Also after a soft hyphen between two spaces, which leaves nothing.
    bool endsWithSpace() const {
        return !m_clean.text.empty() && (m_clean.text.back() == ' ' || m_clean.text.back() == '\n');
    }

    struct Gap {
        std::size_t end = 0;
        int lineEnds = 0;
    };

    /// The white space that begins at `at`.
    Gap gapAt(std::size_t at) const {
        Gap gap{at};
        for (CodePoint point = pointAt(at); point.bytes > 0 && base::isSpace(point.value);
             point = pointAt(gap.end)) {
            const bool pair = point.value == U'\r' && m_source.substr(gap.end).starts_with("\r\n");
            if (isLineEnd(point.value) && !pair) gap.lineEnds += isParagraphEnd(point.value) ? 2 : 1;
            gap.end += point.bytes;
        }
        return gap;
    }

    /// Writes the white space that begins here as one space or line feed; nothing at either end of the text.
    void skipSpace() {
        const std::size_t begin = m_at;
        const Gap gap = gapAt(begin);
        m_at = gap.end;
        if (m_clean.text.empty() || m_at >= m_source.size() || endsWithSpace()) return;
        m_clean.text += gap.lineEnds > 1 ? '\n' : ' ';
        m_clean.sourceOffset.push_back(static_cast<std::uint32_t>(begin));
    }

    /// Where the second half of a word begins whose first half ended with a hyphen before `at`; 0 if there is
    /// none.
    std::size_t wordGoesOnAt(std::size_t at, char32_t hyphen) const {
        if (m_clean.text.empty() || m_end != m_at) return 0;  // nothing, or white space, before the hyphen
        const Gap gap = gapAt(at);
        if (gap.lineEnds != 1 || gap.end >= m_source.size()) return 0;
        const CodePoint next = pointAt(gap.end);
        if (hyphen == kSoftHyphen) return base::isLetter(next.value) ? gap.end : 0;
        if (!endsWithLetter() || !isLowerLetter(m_source.substr(gap.end, next.bytes), next.value)) return 0;
        return gap.end;
    }

    bool endsWithLetter() const {
        std::size_t at = m_clean.text.size() - 1;
        while (at > 0 && (static_cast<unsigned char>(m_clean.text[at]) & 0xC0) == 0x80) --at;
        return base::isLetter(base::decodeUtf8(m_clean.text, at).value);
    }

    std::string_view m_source;
    std::size_t m_at = 0;
    std::size_t m_end = 0;  ///< behind the last source byte that was kept
    CleanText m_clean;
};

}  // namespace

CleanText clean(std::string_view source) {
    return Cleaner(source).run();
}

}  // namespace commonplace::chunk
