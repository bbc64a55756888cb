// The terminal: colours only where somebody sees them, untrusted text without control characters, a progress
// line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/shell_word.h"
#include "engine/base/text.h"
#include "engine/ingest/progress.h"

namespace commonplace::app::cli {

enum class Stream { Out, Err };
enum class Style { Plain, Bold, Dim, Good, Bad, Warning, Accent, Mark };

/// True when the stream is a terminal and NO_COLOR is not set.
bool isColoured(Stream stream);
/// Columns of the terminal, 80 when unknown.
std::size_t columns();
std::string styled(std::string_view text, Style style, Stream stream = Stream::Out);

/// Text of documents, models and file names as it may go to a terminal: control characters (ANSI escapes,
/// carriage returns, bidi overrides) become U+FFFD; line feeds stay.
std::string safe(std::string_view text);
std::string safeLine(std::string_view text);  ///< the same, line feeds become spaces
/// Breaks at spaces to `width` columns, each line behind `indent`.
std::string wrapped(std::string_view text, std::size_t width, std::string_view indent);
/// Cuts to `width` columns with "…".
std::string elided(std::string_view text, std::size_t width);
/// The same in the middle: names that differ at their ends stay apart.
std::string elidedInside(std::string_view text, std::size_t width);
std::string padded(std::string_view text, std::size_t width);
/// Columns that a line takes; our own colours take none.
std::size_t shownWidth(std::string_view text);

/// As it can be pasted into a shell.
using base::shellWord;

std::string humanBytes(std::uint64_t bytes);
std::string humanSeconds(double seconds);
std::string grouped(std::int64_t number);  ///< 12,345
/// "12 files", "1 file": the plural's s is dropped for one.
std::string count(std::int64_t number, std::string_view plural);

/// One line on stderr that is redrawn in place; nothing when stderr is no terminal.
class ProgressLine final {
  public:
    ProgressLine();
    ~ProgressLine();
    void show(const ingest::Progress& progress);
    void show(const std::string& line);  ///< fit for a terminal
    void clear();

  private:
    bool m_active = false;
    bool m_drawn = false;
};

}  // namespace commonplace::app::cli
