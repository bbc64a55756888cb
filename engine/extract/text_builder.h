// TextBuilder: running text out of a tree of blocks (Markdown, HTML). It remembers the strongest break asked
// for and writes it only when text follows, so that there is never a break at the start, at the end, or
// twice.
//
// Offsets of headings are bytes of the finished text: nothing is edited behind them. Thread: one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/extract/run_recorder.h"
#include "engine/extract/structured_text.h"

namespace commonplace::extract {

/// Whether a table row names the columns.
enum class RowRole { Body, Head };

class TextBuilder final {
  public:
    explicit TextBuilder(Runs runs = Runs::Leave) : m_runs(runs) {}

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
    /// Appends a finished piece as paragraphs of its own; its headings and runs come along.
    void append(const StructuredText& piece);
    /// Written before the next text, after the break: a list marker. A later one replaces one still waiting.
    void marker(std::string marker) {
        m_marker = std::move(marker);
        m_runs.markerComes();
    }
    void dropMarker() { m_marker.clear(); }

    void beginHeading(int level);
    void endHeading();

    /// Cells of a table row: separated by " | ", breaks inside a cell are spaces.
    void beginRow(RowRole role);
    void beginCell();
    void endCell();
    void endRow();

    /// Format runs around the text that follows (run_recorder.h); headings, rows and cells have theirs
    /// anyway. What is opened must be closed, the last first.
    void openRun(RunKind kind, int number = 0, std::string detail = {}) {
        if (collectsRuns()) m_runs.open({kind, {}, 0, number, std::move(detail)});
    }
    void closeRun(RunKind kind) { m_runs.close(kind, size()); }
    /// A line across the page: no text, but the next stands in a new paragraph.
    void rule();
    bool collectsRuns() const { return m_runs.isWanted(); }

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
    RunRecorder m_runs;
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
