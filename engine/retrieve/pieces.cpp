#include "engine/retrieve/pieces.h"

#include <algorithm>
#include <array>
#include <optional>

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

struct FieldName {
    std::string_view name;
    Field field;
};
constexpr std::array<FieldName, 4> kFields{
    {{"dir:", Field::Folder}, {"ext:", Field::Ending}, {"type:", Field::Ending}, {"title:", Field::Title}}};

bool startsWithName(std::string_view text, std::string_view name) {
    if (text.size() < name.size()) return false;
    return std::equal(name.begin(), name.end(), text.begin(),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b); });
}

bool isEnding(std::string_view text) {
    constexpr std::size_t kLongest = 16;
    return !text.empty() && text.size() <= kLongest && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

/// The value as it can be meant; empty: it cannot.
std::string_view meant(Field field, std::string_view value) {
    if (field == Field::Ending) {
        if (value.starts_with('.')) value.remove_prefix(1);
        return isEnding(value) ? value : std::string_view();
    }
    if (field == Field::Title && store::fullTextTerms(value).empty()) return {};
    return base::trim(value);
}

/// Cuts a query at its operators.
class Splitter {
  public:
    explicit Splitter(std::string_view text) : m_text(text) {}

    std::vector<Piece> run() && {
        while (m_at < m_text.size()) {
            if (!takeFilter() && !takePhrase(m_at, Role::Phrase) && !takeExclusion()) ++m_at;
        }
        endWords(m_text.size());
        return std::move(m_pieces);
    }

  private:
    struct Value {
        std::size_t begin = 0, end = 0;
        std::size_t next = 0;  ///< behind the closing quotation mark
    };

    void endWords(std::size_t end) {
        if (end > m_wordsBegin)
            m_pieces.push_back({Role::Words, m_text.substr(m_wordsBegin, end - m_wordsBegin)});
    }

    void take(Piece piece, std::size_t next) {
        endWords(m_at);
        m_pieces.push_back(piece);
        m_at = m_wordsBegin = next;
    }

    std::string_view between(const Value& value) const {
        return m_text.substr(value.begin, value.end - value.begin);
    }

    /// A quotation that opens at `at` and is closed somewhere; a lone quotation mark is an ordinary
    /// character.
    std::optional<Value> quoted(std::size_t at) const {
        for (const QuotePair& quote : kQuotes) {
            if (m_text.substr(at, quote.open.size()) != quote.open) continue;
            const std::size_t begin = at + quote.open.size();
            const std::size_t end = m_text.find(quote.close, begin);
            if (end == std::string_view::npos) return std::nullopt;
            return Value{begin, end, end + quote.close.size()};
        }
        return std::nullopt;
    }

    Value word(std::size_t begin) const {
        std::size_t end = begin;
        while (end < m_text.size()) {
            const base::CodePoint point = base::decodeUtf8(m_text, end);
            if (base::isSpace(point.value)) break;
            end += point.bytes;
        }
        return {begin, end, end};
    }

    bool takePhrase(std::size_t at, Role role) {
        const auto value = quoted(at);
        if (value) take({role, between(*value)}, value->next);
        return value.has_value();
    }

    bool takeExclusion() {
        if (m_text[m_at] != '-' || !startsWord() || m_at + 1 >= m_text.size()) return false;
        if (takePhrase(m_at + 1, Role::ExcludedPhrase)) return true;
        if (!base::isLetter(base::decodeUtf8(m_text, m_at + 1).value)) return false;
        const Value value = word(m_at + 1);
        take({Role::ExcludedWord, between(value)}, value.next);
        return true;
    }

    bool takeFilter() {
        if (!startsWord()) return false;
        const Sense sense = m_text[m_at] == '-' ? Sense::Exclude : Sense::Include;
        const std::size_t begin = m_at + (sense == Sense::Exclude ? 1 : 0);
        for (const FieldName& known : kFields) {
            if (!startsWithName(m_text.substr(begin), known.name)) continue;
            const Value value = filterValue(begin + known.name.size());
            const std::string_view text = meant(known.field, between(value));
            if (text.empty()) return false;
            take({Role::Filter, text, known.field, sense}, value.next);
            return true;
        }
        return false;
    }

    /// Without the marks that end a sentence: they belong to the question around it.
    Value filterValue(std::size_t begin) const {
        if (const auto value = quoted(begin)) return *value;
        Value value = word(begin);
        constexpr std::string_view kSentenceEnds = "?!,;";
        while (value.end > begin && kSentenceEnds.find(m_text[value.end - 1]) != std::string_view::npos)
            --value.end;
        return value;
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
    for (Piece& piece : pieces) {
        const bool isWords = piece.role != Role::Filter &&
                             (question || (piece.role == Role::Phrase && phrases == Phrases::Optional));
        if (isWords) piece.role = Role::Words;
    }
    return pieces;
}

}  // namespace commonplace::retrieve
