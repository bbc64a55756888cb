// A table for people: columns as wide as what stands in them, two spaces apart.
#pragma once

#include <string>
#include <vector>

namespace commonplace::app::cli {

enum class Align { Left, Right };
struct Column {
    std::string title;
    Align align = Align::Left;
};
using Row = std::vector<std::string>;

/// Lines with a dim heading. Cells must be fit for a terminal; the last column is cut where the terminal
/// ends, if it is one of text.
std::string table(const std::vector<Column>& columns, const std::vector<Row>& rows);

}  // namespace commonplace::app::cli
