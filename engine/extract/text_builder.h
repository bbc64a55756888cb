// TextBuilder: running text out of a tree of blocks (Markdown, HTML). It remembers the strongest break asked
// for and writes it only when text follows, so that there is never a break at the start, at the end, or
// twice.
//
// Offsets of headings are bytes of the finished text: nothing is edited behind them. Thread: one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/extract/structured_text.h"

namespace commonplace::extract {

class TextBuilder final {
  public:
    /// The next text stands in a new paragraph: after an empty line.
    void block() { ask(Break::Block); }
    /// The next text stands on a new line.
    void line() { ask(Break::Line); }
    /// A space before the next text, unless there is a stronger break.
    void space() { ask(Break::Space); }

    /// Appends as it is.
    void text(std::string_view text);
    /// Appends with each run of ASCII white space made one space (HTML's rule).
    void collapsedText(std::string_view text);
    /// Appends a finished piece as paragraphs of its own; its headings come along.
    void append(const StructuredText& piece);
    /// Written before the next text, after the break: a list marker. A later one replaces one still waiting.
    void marker(std::string marker) { m_marker = std::move(marker); }
    void dropMarker() { m_marker.clear(); }

    void beginHeading(int level);
    void endHeading();

    /// Cells of a table row: separated by " | ", breaks inside a cell are spaces.
    void beginRow();
    void beginCell();
    void endCell() { m_inCell = false; }
    void endRow();

    /// Where the next paragraph will begin at the earliest; with cutTo() a paragraph can be taken back.
    std::size_t size() const { return m_result.text.size(); }
    void cutTo(std::size_t size);
    std::string_view since(std::size_t size) const { return std::string_view(m_result.text).substr(size); }

    StructuredText finish(std::string title);

  private:
    enum class Break { None, Space, Line, Block };
    void ask(Break wanted);
    void flush();

    StructuredText m_result;
    std::string m_marker;
    Break m_break = Break::None;
    bool m_inCell = false;
    int m_cells = 0;
    std::size_t m_rowBegin = 0;
    Break m_rowBreak = Break::None;  ///< what was asked for before the row
    int m_headingLevel = 0;          ///< 0: not in a heading
    std::size_t m_headingBegin = 0;
    bool m_headingEmpty = true;
};

}  // namespace commonplace::extract
