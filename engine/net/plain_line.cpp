#include "engine/net/plain_line.h"

#include "engine/base/text.h"

namespace commonplace::net {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr char32_t kEscape = 0x1B;
constexpr char32_t kBell = 0x07;
constexpr char32_t kControlSequence = 0x9B;  // the one-character form of ESC [
constexpr char32_t kStringTerminator = 0x9C;

bool isControl(char32_t value) {
    return value < 0x20 || (value >= 0x7F && value < 0xA0);
}

// Direction overrides and isolates can make a line read as something else than what it says.
bool isInvisible(char32_t value) {
    return (value >= 0x200B && value <= 0x200F) || (value >= 0x202A && value <= 0x202E) ||
           (value >= 0x2060 && value <= 0x206F) || value == 0xFEFF;
}

// Steps over one terminal escape, which may be cut off at the end of the text.
class EscapeSkipper {
  public:
    explicit EscapeSkipper(std::string_view text) : m_text(text) {}

    /// The offset behind the escape whose introducer is at `at`.
    std::size_t skip(std::size_t at) const {
        const base::CodePoint first = base::decodeUtf8(m_text, at);
        at += first.bytes;
        if (first.value == kControlSequence) return afterControlSequence(at);
        if (at >= m_text.size()) return at;
        const char kind = m_text[at];
        if (kind == '[') return afterControlSequence(at + 1);
        if (kind == ']' || kind == 'P' || kind == 'X' || kind == '^' || kind == '_')
            return afterString(at + 1);
        return kind >= 0x20 && kind < 0x7F ? at + 1 : at;
    }

  private:
    std::size_t afterControlSequence(std::size_t at) const {
        while (at < m_text.size() && m_text[at] >= 0x20 && m_text[at] < 0x40) ++at;
        const bool hasFinal = at < m_text.size() && m_text[at] >= 0x40 && m_text[at] < 0x7F;
        return hasFinal ? at + 1 : at;
    }

    // An unterminated string must not swallow the rest of the message: then only its introducer goes.
    std::size_t afterString(std::size_t begin) const {
        for (std::size_t at = begin; at < m_text.size();) {
            const base::CodePoint point = base::decodeUtf8(m_text, at);
            at += point.bytes;
            if (point.value == kBell || point.value == kStringTerminator) return at;
            if (point.value == kEscape) return at < m_text.size() && m_text[at] == '\\' ? at + 1 : at - 1;
        }
        return begin;
    }

    std::string_view m_text;
};

}  // namespace

std::string plainLine(std::string_view text) {
    const EscapeSkipper escapes(text);
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
        const base::CodePoint point = base::decodeUtf8(text, at);
        if (point.value == kEscape || point.value == kControlSequence) {
            at = escapes.skip(at);
            continue;
        }
        at += point.bytes;
        if (base::isSpace(point.value)) {
            plain += ' ';
        } else if (!isControl(point.value) && !isInvisible(point.value)) {
            base::appendUtf8(plain, point.value);
        }
    }
    return base::collapseSpace(plain);
}

std::string clipLine(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return std::string(text);
    const std::size_t room = limit > kEllipsis.size() ? limit - kEllipsis.size() : 0;
    return std::string(base::clipUtf8(text, room)).append(kEllipsis);
}

}  // namespace commonplace::net
