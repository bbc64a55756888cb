// Words after UAX 29. Its rules are run here over classes of code points, because ICU's iterator makes about
// 10 MB/s of English and this runs over every page; ICU is asked for scripts whose words only a dictionary
// knows.
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>

#include "engine/base/char_class.h"
#include "engine/base/text.h"

namespace commonplace::base {
namespace {

struct IteratorDeleter {
    void operator()(UBreakIterator* iterator) const { ubrk_close(iterator); }
};
struct TextDeleter {
    void operator()(UText* text) const { utext_close(text); }
};

// A run in a dictionary script is a phrase; a longer one is cut, so that ICU's tables stay small.
constexpr std::size_t kLongestRun = 4096;

bool isLetterClass(WordClass kind) {
    return kind == WordClass::Letter || kind == WordClass::Hebrew;
}

bool starts(WordClass kind) {
    return isLetterClass(kind) || kind == WordClass::Numeric || kind == WordClass::ExtendNumLet;
}

struct Item {
    WordClass kind = WordClass::Other;
    std::size_t end = 0;
    bool valid() const { return end > 0; }
};

class Scanner {
  public:
    explicit Scanner(std::string_view text) : m_text(text) { m_words.reserve(text.size() / 6); }

    std::vector<Range> run() && {
        for (std::size_t at = 0; at < m_text.size();) at = step(at);
        return std::move(m_words);
    }

  private:
    Item itemAt(std::size_t at) const {
        if (at >= m_text.size()) return {};
        const auto byte = static_cast<unsigned char>(m_text[at]);
        if (byte < 0x80) return {kAsciiClasses[byte].word, at + 1};
        const CodePoint point = decodeUtf8(m_text, at);
        return {charClass(point.value).word, at + point.bytes};
    }

    /// The item with the marks that belong to it (rule WB4).
    Item wholeItemAt(std::size_t at) const {
        Item item = itemAt(at);
        for (Item next = itemAt(item.end); item.valid() && next.kind == WordClass::Extend;
             next = itemAt(item.end))
            item.end = next.end;
        return item;
    }

    std::size_t step(std::size_t at) {
        const Item item = itemAt(at);
        if (starts(item.kind)) return word(at);
        if (item.kind == WordClass::Dictionary) return phrase(at);
        if (item.kind == WordClass::Numeral) m_words.push_back({at, item.end});
        return item.end;
    }

    /// Rules WB5 to WB13b from the first letter or digit on; returns the end.
    std::size_t word(std::size_t begin) {
        Item last = wholeItemAt(begin);
        bool hasContent = last.kind != WordClass::ExtendNumLet;
        for (Item next = wholeItemAt(last.end); next.valid(); next = wholeItemAt(last.end)) {
            if (!starts(next.kind)) next = acrossMiddle(last, next);
            if (!next.valid()) break;
            hasContent = hasContent || next.kind != WordClass::ExtendNumLet;
            last = next;
        }
        last.end = withGeresh(last);
        if (hasContent) m_words.push_back({begin, last.end});
        return last.end;
    }

    /// Rule WB7a: a Hebrew letter keeps the apostrophe behind it.
    std::size_t withGeresh(const Item& last) const {
        const bool quoted =
            last.kind == WordClass::Hebrew && last.end < m_text.size() && m_text[last.end] == '\'';
        return quoted ? wholeItemAt(last.end).end : last.end;
    }

    /// Rules WB6, WB7, WB11, WB12 (and WB7b, WB7c for Hebrew): the item after a mark that stands inside a
    /// word.
    Item acrossMiddle(const Item& last, const Item& middle) const {
        const bool any = middle.kind == WordClass::MidNumLet;
        const bool letters = any || middle.kind == WordClass::MidLetter;
        const bool digits = any || middle.kind == WordClass::MidNum;
        const bool quote = middle.kind == WordClass::DoubleQuote;
        if (!letters && !digits && !quote) return {};
        const Item next = wholeItemAt(middle.end);
        if (isLetterClass(last.kind) && isLetterClass(next.kind) && letters) return next;
        if (last.kind == WordClass::Numeric && next.kind == WordClass::Numeric && digits) return next;
        if (last.kind == WordClass::Hebrew && next.kind == WordClass::Hebrew && quote) return next;
        return {};
    }

    std::size_t phrase(std::size_t begin) {
        std::size_t end = begin;
        for (Item next = wholeItemAt(begin); next.kind == WordClass::Dictionary; next = wholeItemAt(end)) {
            end = next.end;
            if (end - begin >= kLongestRun) break;
        }
        addFromDictionary(begin, end);
        return end;
    }

    void addFromDictionary(std::size_t begin, std::size_t end) {
        // An iterator is expensive to open and may not be shared, so every thread keeps one.
        thread_local UErrorCode opened = U_ZERO_ERROR;
        thread_local const std::unique_ptr<UBreakIterator, IteratorDeleter> iterator(
            ubrk_open(UBRK_WORD, "", nullptr, 0, &opened));
        UErrorCode status = opened;
        const std::unique_ptr<UText, TextDeleter> run(
            utext_openUTF8(nullptr, m_text.data() + begin, static_cast<int64_t>(end - begin), &status));
        if (U_SUCCESS(status)) ubrk_setUText(iterator.get(), run.get(), &status);
        if (U_FAILURE(status)) {
            m_words.push_back({begin, end});
            return;
        }
        std::size_t from = 0;
        for (int32_t to = ubrk_next(iterator.get()); to != UBRK_DONE; to = ubrk_next(iterator.get())) {
            m_words.push_back({begin + from, begin + static_cast<std::size_t>(to)});
            from = static_cast<std::size_t>(to);
        }
    }

    std::string_view m_text;
    std::vector<Range> m_words;
};

}  // namespace

std::vector<Range> words(std::string_view text) {
    return Scanner(text).run();
}

}  // namespace commonplace::base
