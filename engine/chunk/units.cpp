#include "engine/chunk/units.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/chunk/stretch.h"

namespace commonplace::chunk {
namespace {

// A page without pages of its own (a log, a book in one file) is read in windows of this size, so that memory
// stays bounded: offsets and words take about 12 times the bytes of the text.
constexpr std::size_t kWindow = 1u << 20;
constexpr std::size_t kLongestGap =
    256;  ///< clean bytes without a word that a span may contain between two units

/// Where a window that began at `begin` may end: behind an empty line, a line, a word, or at least a code
/// point.
std::size_t windowEnd(std::string_view text, std::size_t begin, std::size_t end) {
    if (end - begin <= kWindow * 3 / 2) return end;
    const std::string_view tail = text.substr(begin + kWindow, kWindow / 2);
    for (const std::string_view border : {"\n\n", "\n", " "})
        if (const std::size_t found = tail.find(border); found != tail.npos)
            return begin + kWindow + found + border.size();
    return begin + base::clipUtf8(text.substr(begin), kWindow).size();
}

class Builder {
  public:
    Builder(const std::vector<OutlineEntry>& outline, const Options& options)
        : m_outline(outline), m_options(options) {}

    void addPage(int page, std::string_view text) {
        m_page = page;
        m_skipped = 0;
        std::size_t at = 0;
        while (m_next < m_outline.size() && m_outline[m_next].page == page) {
            const OutlineEntry& entry = m_outline[m_next];
            const std::size_t begin = std::max(at, entry.begin);
            addStretch(text, {at, begin}, Border::Paragraph);
            m_heading = static_cast<int>(m_next++);
            at = std::max(begin, entry.end);
            addStretch(text, {begin, at}, Border::Heading);
        }
        addStretch(text, {at, text.size()}, Border::Paragraph);
    }

    std::vector<Unit> take() && { return std::move(m_units); }

  private:
    void addStretch(std::string_view text, base::Range range, Border first) {
        while (range.begin < range.end) {
            const std::size_t end = windowEnd(text, range.begin, range.end);
            Border border = first;
            for (const Piece& piece : piecesOf(text.substr(range.begin, end - range.begin), m_options)) {
                addPiece(piece, range.begin, border);
                if (piece.words > 0) border = Border::Within;
            }
            range.begin = end;
            first = Border::Paragraph;
        }
    }

    /// `first` is the border of the stretch; it stays in force until a piece has words.
    void addPiece(const Piece& piece, std::size_t offset, Border first) {
        if (piece.words == 0) {
            m_skipped += piece.range.size();
            return;
        }
        Unit unit{m_page,    offset + piece.range.begin,   offset + piece.range.end, piece.words,
                  m_heading, std::max(piece.border, first)};
        if (m_skipped > kLongestGap) unit.border = Border::Island;
        m_skipped = 0;
        m_units.push_back(unit);
    }

    const std::vector<OutlineEntry>& m_outline;
    const Options& m_options;
    std::vector<Unit> m_units;
    std::size_t m_next = 0;  ///< the next outline entry
    int m_heading = -1;
    int m_page = 0;
    std::size_t m_skipped = 0;  ///< bytes of pieces without words since the last unit
};

}  // namespace

std::vector<Unit> unitsOf(const document::ExtractedDocument& document,
                          const std::vector<OutlineEntry>& outline, const Options& options) {
    Builder builder(outline, options);
    for (std::size_t page = 0; page < document.pages.size(); ++page)
        builder.addPage(static_cast<int>(page), document.pages[page].text);
    return std::move(builder).take();
}

}  // namespace commonplace::chunk
