#include "engine/retrieve/pieces.h"

#include <algorithm>
#include <array>

#include "engine/base/text.h"
#include "engine/store/full_text_form.h"

namespace commonplace::retrieve {
namespace {

struct QuotePair {
    std::string_view open;
    std::string_view close;
};
constexpr std::array<QuotePair, 2> kQuotes{{{"\"", "\""}, {"\u201C", "\u201D"}}};

bool isQuestion(std::string_view text) {
    constexpr std::array<std::string_view, 4> kMarks{"?", "\uFF1F", "\u061F", "\u037E"};
    return std::any_of(kMarks.begin(), kMarks.end(),
                       [&](std::string_view mark) { return text.find(mark) != std::string_view::npos; });
}

/// Cuts a query at its operators.
class Splitter {
  public:
    explicit Splitter(std::string_view text) : m_text(text) {}

    std::vector<Piece> run() && {
        while (m_at < m_text.size()) {
            if (!takePhrase(m_at, Role::Phrase) && !takeExclusion()) ++m_at;
        }
        endWords(m_text.size());
        return std::move(m_pieces);
    }

  private:
    void endWords(std::size_t end) {
        if (end > m_wordsBegin)
            m_pieces.push_back({Role::Words, m_text.substr(m_wordsBegin, end - m_wordsBegin)});
    }

    void take(Role role, std::size_t begin, std::size_t end, std::size_t next) {
        endWords(m_at);
        m_pieces.push_back({role, m_text.substr(begin, end - begin)});
        m_at = m_wordsBegin = next;
    }

    /// A quotation that opens at `at` and is closed somewhere; a lone quotation mark is an ordinary
    /// character.
    bool takePhrase(std::size_t at, Role role) {
        for (const QuotePair& quote : kQuotes) {
            if (m_text.substr(at, quote.open.size()) != quote.open) continue;
            const std::size_t begin = at + quote.open.size();
            const std::size_t end = m_text.find(quote.close, begin);
            if (end == std::string_view::npos) return false;
            take(role, begin, end, end + quote.close.size());
            return true;
        }
        return false;
    }

    bool takeExclusion() {
        if (m_text[m_at] != '-' || !startsWord() || m_at + 1 >= m_text.size()) return false;
        if (takePhrase(m_at + 1, Role::ExcludedPhrase)) return true;
        if (!base::isLetter(base::decodeUtf8(m_text, m_at + 1).value)) return false;
        std::size_t end = m_at + 1;
        while (end < m_text.size()) {
            const base::CodePoint point = base::decodeUtf8(m_text, end);
            if (base::isSpace(point.value)) break;
            end += point.bytes;
        }
        take(Role::ExcludedWord, m_at + 1, end, end);
        return true;
    }

    bool startsWord() const { return m_at == 0 || m_text[m_at - 1] == ' '; }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_wordsBegin = 0;
    std::vector<Piece> m_pieces;
};

}  // namespace

bool excludes(const Piece& piece) {
    return piece.role == Role::ExcludedWord || piece.role == Role::ExcludedPhrase;
}

std::vector<Piece> piecesOf(std::string_view text, Phrases phrases) {
    std::vector<Piece> pieces = Splitter(text).run();
    const bool question = isQuestion(text);
    const bool onlyExclusions = std::all_of(pieces.begin(), pieces.end(), [](const Piece& piece) {
        return excludes(piece) || store::fullTextTerms(piece.text).empty();
    });
    for (Piece& piece : pieces) {
        const bool isWords =
            excludes(piece) ? question || onlyExclusions : question || phrases == Phrases::Optional;
        if (isWords) piece.role = Role::Words;
    }
    return pieces;
}

}  // namespace commonplace::retrieve
