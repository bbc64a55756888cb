#include "engine/answer/folding.h"

namespace commonplace::answer {
namespace {

constexpr char32_t kHyphen = 0x2010;

bool isDoubleQuote(char32_t value) {
    switch (value) {
        case '"':
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0x201F:
        case 0x2033:
        case 0xAB:
        case 0xBB:
            return true;
        default:
            return false;
    }
}

char32_t foldQuote(char32_t value) {
    if (isApostrophe(value)) return '\'';
    return isDoubleQuote(value) ? U'"' : value;
}

std::string_view ligature(char32_t value) {
    switch (value) {
        case 0xFB00:
            return "ff";
        case 0xFB01:
            return "fi";
        case 0xFB02:
            return "fl";
        case 0xFB03:
            return "ffi";
        case 0xFB04:
            return "ffl";
        default:
            return {};
    }
}

/// What is known of a gap while it is read.
struct OpenGap {
    std::size_t begin = 0;   ///< in gapText
    bool lineEnd = false;    ///< in its last run of white space
    bool softBreak = false;  ///< that run follows a soft hyphen
    char32_t firstDash = 0;
};

class Folder {
  public:
    explicit Folder(std::string_view text) : m_text(text) { m_folded.units.reserve(text.size()); }

    Folded run() && {
        for (std::size_t at = 0; at < m_text.size();) {
            const base::CodePoint point = base::decodeUtf8(m_text, at);
            take(point.value, {at, at + point.bytes});
            at += point.bytes;
        }
        m_folded.after = closeGap(0);
        return std::move(m_folded);
    }

  private:
    void take(char32_t value, base::Range source) {
        if (value == kSoftHyphen) {
            m_soft = true;
        } else if (base::isSpace(value)) {
            space(value, source);
        } else if (isDash(value)) {
            dash(value, source);
        } else {
            character(value, source);
        }
    }

    void space(char32_t value, base::Range source) {
        const bool goesOn = m_folded.gapText.size() > m_gap.begin && m_folded.gapText.back() == ' ';
        if (goesOn) {
            m_folded.gapSource.back().end = source.end;
        } else {
            push(' ', source);
            m_gap.lineEnd = false;
            m_gap.softBreak = m_soft;
        }
        m_gap.lineEnd = m_gap.lineEnd || isLineEnd(value);
        m_soft = false;
    }

    void dash(char32_t value, base::Range source) {
        if (m_folded.gapText.size() == m_gap.begin) m_gap.firstDash = value;
        push('-', source);
        m_soft = false;
    }

    void push(char c, base::Range source) {
        m_folded.gapText += c;
        m_folded.gapSource.push_back(source);
    }

    void character(char32_t value, base::Range source) {
        const std::string_view letters = ligature(value);
        Gap before = closeGap(letters.empty() ? value : U'f');
        m_soft = false;
        if (letters.empty()) {
            m_folded.units.push_back({foldQuote(value), source, before});
            return;
        }
        for (const char letter : letters) {
            m_folded.units.push_back({static_cast<char32_t>(letter), source, before});
            before = closeGap(0);
        }
    }

    /// Rows 1 to 3: which shorter forms the gap between the last unit and `next` may take.
    Gap closeGap(char32_t next) {
        Gap gap{{m_gap.begin, m_folded.gapText.size()}};
        const std::string_view text = m_folded.gap(gap);
        const char32_t last = m_folded.units.empty() ? 0 : m_folded.units.back().value;
        const bool letters = base::isLetter(last) && base::isLetter(next);
        if (m_gap.lineEnd && text == " ")
            gap.mayVanish = (m_gap.softBreak && letters) ||
                            (base::isUnspacedScript(last) && base::isUnspacedScript(next));
        if (m_gap.lineEnd && text == "- " && base::isWordChar(last)) {
            gap.maySpareSpace = true;
            gap.mayVanish = letters && (m_gap.firstDash == '-' || m_gap.firstDash == kHyphen);
        }
        m_gap = {m_folded.gapText.size()};
        return gap;
    }

    std::string_view m_text;
    Folded m_folded;
    OpenGap m_gap;
    bool m_soft = false;  ///< a soft hyphen came just before
};

}  // namespace

bool isLineEnd(char32_t value) {
    return (value >= '\n' && value <= '\r') || value == 0x85 || value == 0x2028 || value == 0x2029;
}

bool isDash(char32_t value) {
    return value == '-' || (value >= 0x2010 && value <= 0x2015) || value == 0x2212;
}

bool isApostrophe(char32_t value) {
    return value == '\'' || (value >= 0x2018 && value <= 0x201B) || value == 0x2032;
}

Folded fold(std::string_view text) {
    return Folder(text).run();
}

}  // namespace commonplace::answer
