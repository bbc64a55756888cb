// Sentences: the terminators of UAX 29 with rules of our own for what PDFs and notes are full of:
// abbreviations, initials, list numbers, decimals, lines that end inside a sentence, bullets, and headings
// without a full stop.
#include <algorithm>
#include <optional>

#include "engine/base/abbreviations.h"
#include "engine/base/char_class.h"
#include "engine/base/text.h"

namespace commonplace::base {
namespace {

using Kind = SentenceClass;

constexpr std::size_t kLongestHeading = 60;  ///< bytes; a longer line is running text
constexpr std::size_t kWindow = 160;  ///< bytes of a line that are looked at: no input makes this quadratic

struct Glyph {
    Kind kind = Kind::Paragraph;  ///< the end of the text counts as the end of a paragraph
    std::size_t end = 0;
    char32_t value = 0;
};

bool isWordKind(Kind kind) {
    return kind == Kind::Lower || kind == Kind::Upper || kind == Kind::Letter || kind == Kind::Digit;
}
bool isGap(Kind kind) {
    return kind == Kind::Space || kind == Kind::LineEnd || kind == Kind::Paragraph;
}
bool isStop(Kind kind) {
    return kind == Kind::Dot || kind == Kind::Stop || kind == Kind::WideStop;
}

bool isBullet(char32_t value) {
    constexpr std::u32string_view kBullets = U"•‣▪▫●○◦■□◆◇➢➤✓✔·\uF0B7\uF0A7\u2043*+-–—";
    return kBullets.find(value) != std::u32string_view::npos;
}

/// "1.", "1)", "(a)", "i.": the beginning of a list.
bool isFirstListMark(std::string_view line) {
    if (line.starts_with('(')) line.remove_prefix(1);
    const std::size_t end = line.find_first_of(".)");
    const std::string_view mark = line.substr(0, std::min(end, line.size()));
    return mark == "1" || mark == "a" || mark == "A" || mark == "i" || mark == "I";
}

/// Upper case or digits at the beginning of the first, the last and every longer word; no quote that stays
/// open.
bool isTitle(std::string_view line) {
    constexpr std::size_t kLongWord = 5;
    const auto capital = [](std::string_view word) {
        const Kind kind = charClass(decodeUtf8(word, 0).value).sentence;
        return kind == Kind::Upper || kind == Kind::Digit;
    };
    if (line.find("“") != line.npos || line.find('"') != line.npos) return false;
    const std::vector<Range> parts = words(line);
    if (parts.empty() || parts.back().end + 1 < line.size()) return false;
    if (parts.size() == 1 && isSentenceStarter(line)) return false;  // the last word of a page's column: "In"
    for (const Range& part : parts) {
        const bool edge = part == parts.front() || part == parts.back();
        if ((edge || part.size() >= kLongWord) && !capital(line.substr(part.begin))) return false;
    }
    const char last = line.back();
    return last != ',' && last != '-' && last != ';' && last != '&' && last != '(';
}

class Scanner {
  public:
    explicit Scanner(std::string_view text) : m_text(text) { m_sentences.reserve(text.size() / 100 + 1); }

    std::vector<Range> run() && {
        std::size_t at = 0;
        while (at < m_text.size()) {
            const Glyph glyph = glyphAt(at);
            at = after(at, glyph);
        }
        close(m_text.size());
        return std::move(m_sentences);
    }

  private:
    Glyph glyphAt(std::size_t at) const {
        if (at >= m_text.size()) return {Kind::Paragraph, m_text.size(), 0};
        const auto byte = static_cast<unsigned char>(m_text[at]);
        if (byte < 0x80) return {kAsciiClasses[byte].sentence, at + 1, byte};
        const CodePoint point = decodeUtf8(m_text, at);
        return {charClass(point.value).sentence, at + point.bytes, point.value};
    }

    /// Looks at one glyph, closes the sentence where it ends, returns where to go on.
    std::size_t after(std::size_t at, const Glyph& glyph) {
        switch (glyph.kind) {
            case Kind::LineEnd:
                return afterLineEnd(at);
            case Kind::Paragraph:
                close(at);
                return glyph.end;
            case Kind::Dot:
            case Kind::Stop:
            case Kind::WideStop:
                return afterStop(at);
            default:
                return glyph.end;
        }
    }

    /// Ends the sentence at `end` and begins the next one there.
    void close(std::size_t end) {
        const std::string_view inner = trim(m_text.substr(m_begin, end - m_begin));
        if (!inner.empty()) {
            const auto begin = static_cast<std::size_t>(inner.data() - m_text.data());
            m_sentences.push_back({begin, begin + inner.size()});
        }
        m_begin = end;
    }

    // ---- stops
    // -----------------------------------------------------------------------------------------------

    /// The run of stops and closers that begins at `at`, for example `?!")`.
    struct StopRun {
        std::size_t end = 0;
        bool onlyDots = true;
        bool wide = false;
        bool closed = false;
    };

    StopRun stopRun(std::size_t at) const {
        StopRun run{at};
        for (Glyph next = glyphAt(at); next.end > run.end; next = glyphAt(run.end)) {
            const bool closer = next.kind == Kind::Close;
            if (!isStop(next.kind) && !closer) break;
            run.onlyDots = run.onlyDots && next.kind != Kind::Stop && next.kind != Kind::WideStop;
            run.wide = run.wide || next.kind == Kind::WideStop;
            run.closed = run.closed || closer;
            run.end = next.end;
        }
        return run;
    }

    std::size_t afterStop(std::size_t at) {
        const StopRun run = stopRun(at);
        if (endsSentence(at, run)) close(run.end);
        return run.end;
    }

    bool endsSentence(std::size_t at, const StopRun& run) const {
        if (run.wide) return true;
        const Glyph behind = glyphAt(run.end);
        if (!isGap(behind.kind)) return !run.onlyDots && !run.closed && behind.kind == Kind::Letter;
        const Follower follower = followerAt(run.end);
        if (follower.kind == Kind::Paragraph) return true;
        if (isStop(follower.kind)) return false;  // ". . .": the last one decides
        if (follower.kind == Kind::Lower) return follower.item || (!run.onlyDots && !run.closed);
        if (!run.onlyDots || run.end != at + 1) return true;  // "?", "...", or a closer after the dot
        return !dotBelongsToWord(at, follower);
    }

    struct Follower {
        Kind kind = Kind::Paragraph;
        std::string_view word;
        bool item = false;  ///< "(b)" or "(iv)": the next item of a list inside the paragraph
    };

    /// The next word, past white space and brackets.
    Follower followerAt(std::size_t at) const {
        Glyph next = glyphAt(at);
        while (at < m_text.size() &&
               (isGap(next.kind) || next.kind == Kind::Open || next.kind == Kind::Close)) {
            at = next.end;
            next = glyphAt(at);
        }
        std::size_t end = at;
        for (Glyph glyph = next; end < m_text.size() && isWordKind(glyph.kind); glyph = glyphAt(end))
            end = glyph.end;
        const std::string_view word = m_text.substr(at, end - at);
        const bool bracketed = at > 0 && m_text[at - 1] == '(' && end < m_text.size() && m_text[end] == ')';
        return {next.kind, word, bracketed && isListMark(word)};
    }

    /// A full stop that is part of an abbreviation, an initial or a list number.
    bool dotBelongsToWord(std::size_t dot, const Follower& follower) const {
        const std::size_t from = tokenBegin(dot);
        const std::string_view token = m_text.substr(from, dot - from);
        if (token.empty())
            return follower.kind != Kind::Upper;  // leaders before a page number, ", . . . , n"
        if (isListMark(token) && startsSentence(from)) return true;
        if (isNumberedLabel(trim(m_text.substr(m_begin, std::min(dot - m_begin, kWindow))))) return true;
        switch (abbreviationKind(token)) {
            case Abbreviation::None:
                return false;
            case Abbreviation::Title:
                return true;
            case Abbreviation::Counted:
                return follower.kind == Kind::Digit || looksLikeNumber(follower.word);
            case Abbreviation::Plain:
                return follower.kind == Kind::Digit || !isSentenceStarter(follower.word);
        }
        return false;
    }

    std::size_t tokenBegin(std::size_t end) const {
        constexpr std::string_view kBorders = " \t\r\n\f\v([{\"'/";
        constexpr std::size_t kLongestToken = 24;
        std::size_t begin = end;
        while (begin > m_begin && end - begin < kLongestToken &&
               kBorders.find(m_text[begin - 1]) == kBorders.npos)
            --begin;
        return begin;
    }

    /// Whether only space and a bracket stand between the beginning of the sentence and `at`.
    bool startsSentence(std::size_t at) const {
        constexpr std::string_view kSkipped = " \t\r\n\f\v(";
        while (at > m_begin && kSkipped.find(m_text[at - 1]) != kSkipped.npos) --at;
        return at == m_begin;
    }

    // ---- lines
    // -----------------------------------------------------------------------------------------------

    std::size_t afterLineEnd(std::size_t at) {
        std::size_t next = at;
        int lineEnds = 0;
        for (Glyph glyph = glyphAt(next); next < m_text.size() && isGap(glyph.kind); glyph = glyphAt(next)) {
            const bool carriage =
                glyph.value == U'\r' && glyph.end < m_text.size() && m_text[glyph.end] == '\n';
            if (glyph.kind == Kind::LineEnd && !carriage) ++lineEnds;
            if (glyph.kind == Kind::Paragraph) lineEnds = 2;
            next = glyph.end;
        }
        if (lineEnds > 1 || next >= m_text.size() || startsItem(next) || isHeading(at, next)) close(at);
        return next;
    }

    /// The line that begins at `begin`, at most kWindow bytes of it.
    std::string_view lineFrom(std::size_t begin) const {
        const std::string_view window = m_text.substr(begin, kWindow);
        return window.substr(0, window.find('\n'));
    }

    /// The line that ends at `end`, if it is the whole sentence so far; else nothing.
    std::string_view onlyLineUntil(std::size_t end) const {
        const std::string_view line = trim(m_text.substr(m_begin, std::min(end - m_begin, kWindow)));
        const bool whole = end - m_begin < kWindow && line.find('\n') == line.npos;
        return whole ? line : std::string_view();
    }

    /// A bullet with a space behind it, or a list number: the first one of a list, or one after a colon, a
    /// stop or another item. Others are numbers that a line's end has put in front ("in section\n3. The").
    bool startsItem(std::size_t at) const {
        const Glyph first = glyphAt(at);
        if (isBullet(first.value)) return isGap(glyphAt(first.end).kind) && first.end < m_text.size();
        if (!startsWithListMark(at)) return false;
        if (isFirstListMark(lineFrom(at))) return true;
        const std::string_view before = trim(m_text.substr(m_begin, at - m_begin));
        constexpr std::string_view kBeforeItems = ":;.!?";
        if (before.empty() || kBeforeItems.find(before.back()) != kBeforeItems.npos) return true;
        return startsWithListMark(m_begin + leadingSpace());
    }

    std::size_t leadingSpace() const {
        const std::size_t first = m_text.find_first_not_of(" \t\r\n", m_begin);
        return first == m_text.npos ? 0 : first - m_begin;
    }

    bool startsWithListMark(std::size_t at) const {
        const std::string_view line = lineFrom(at);
        const std::string_view token = line.substr(0, line.find(' '));
        if (token.size() < 2 || token.size() == line.size()) return false;
        const bool bracketed = token.front() == '(' && token.back() == ')';
        if (!bracketed && token.back() != '.' && token.back() != ')') return false;
        const std::size_t skip = bracketed ? 1 : 0;
        return isListMark(token.substr(skip, token.size() - 1 - skip));
    }

    /// A short line in title case without a stop, before a line half as long again that begins anew.
    bool isHeading(std::size_t lineEnd, std::size_t next) const {
        const std::string_view line = onlyLineUntil(lineEnd);
        if (line.empty() || line.size() > kLongestHeading || lineFrom(next).size() * 2 < line.size() * 3)
            return false;
        return glyphAt(next).kind == Kind::Upper && isTitle(line);
    }

    std::string_view m_text;
    std::size_t m_begin = 0;
    std::vector<Range> m_sentences;
};

}  // namespace

std::vector<Range> sentences(std::string_view text) {
    return Scanner(text).run();
}

}  // namespace commonplace::base
