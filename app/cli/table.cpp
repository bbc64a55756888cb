#include "app/cli/table.h"

#include <algorithm>
#include <cstddef>

#include "app/cli/terminal.h"

namespace commonplace::app::cli {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kLeastLast = 24;  // columns that the last one may always take

std::size_t widthIn(std::size_t column, const std::vector<Column>& columns, const std::vector<Row>& rows) {
    std::size_t width = shownWidth(columns[column].title);
    for (const Row& row : rows) width = std::max(width, shownWidth(row[column]));
    return width;
}

std::string line(const Row& row, const std::vector<Column>& columns, const std::vector<std::size_t>& widths) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const bool isLast = i + 1 == row.size();
        const std::string cell = isLast ? elided(row[i], widths[i]) : row[i];
        const std::string space(widths[i] - std::min(widths[i], shownWidth(cell)), ' ');
        if (columns[i].align == Align::Right)
            text += space + cell;
        else
            text += isLast ? cell : cell + space;
        if (!isLast) text.append(kGap, ' ');
    }
    return text;
}

}  // namespace

std::string table(const std::vector<Column>& columnList, const std::vector<Row>& rows) {
    std::vector<std::size_t> widths;
    std::size_t before = 0;
    Row titles;
    for (std::size_t i = 0; i < columnList.size(); ++i) {
        titles.push_back(columnList[i].title);
        widths.push_back(widthIn(i, columnList, rows));
        if (i + 1 < columnList.size()) before += widths.back() + kGap;
    }
    const std::size_t room = columns() > before + kLeastLast ? columns() - 1 - before : kLeastLast;
    if (columnList.back().align == Align::Left) widths.back() = std::min(widths.back(), room);
    std::string text = styled(line(titles, columnList, widths), Style::Dim) + "\n";
    for (const Row& row : rows) text += line(row, columnList, widths) + "\n";
    return text;
}

}  // namespace commonplace::app::cli
