// RunRecorder: format runs of a text that is being written. A run that is opened begins where the next text
// begins, whatever breaks come before that, and ends behind the last text written; one without text is none.
// It costs nothing when no runs are wanted (indexing). Thread: one.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "engine/extract/format_run.h"

namespace commonplace::extract {

enum class Runs { Leave, Collect };

class RunRecorder final {
  public:
    explicit RunRecorder(Runs wanted) : m_wanted(wanted == Runs::Collect) {}
    bool isWanted() const { return m_wanted; }

    /// Level of quotes and items: filled in here. A detail that is too long or of several lines is left out.
    void open(FormatRun run);
    /// The run opened last; `size` is that of the text.
    void close(RunKind kind, std::size_t size);
    /// A run that is over already.
    void add(FormatRun run);

    /// A marker will be written: what is open now begins before it, what is opened later behind it.
    void markerComes() { m_beforeMarker = m_open.size(); }
    /// Text follows at `size`, and a marker stands from `marker` to there (nothing: they are equal).
    void textComes(std::size_t marker, std::size_t size) {
        if (m_waiting < m_open.size() || marker < size) begin(marker, size);
    }
    /// The text was cut to `size`.
    void cut(std::size_t size);

    /// In reading order; empty when there were too many.
    std::vector<FormatRun> finish();

  private:
    void begin(std::size_t marker, std::size_t size);

    bool m_wanted;
    bool m_overflow = false;
    std::vector<FormatRun> m_open;
    std::size_t m_waiting = 0;  ///< the first open run whose text has not begun
    std::size_t m_beforeMarker = 0;
    std::array<int, 16> m_depth{};      ///< open runs, by kind
    std::vector<FormatRun> m_finished;  ///< in the order in which they closed: ends never go back
};

}  // namespace commonplace::extract
