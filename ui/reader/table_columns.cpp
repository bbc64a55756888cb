#include "ui/reader/table_columns.h"

#include <algorithm>

namespace commonplace::ui {
namespace {

constexpr int kMostColumns = 32;

}  // namespace

TableColumns::TableColumns(const QVector<Cell>& cells, double gap, double width) {
    QVector<double> widths;
    for (const Cell& cell : cells) {
        if (cell.column >= kMostColumns) return;
        if (cell.column >= widths.size()) widths.resize(cell.column + 1);
        widths[cell.column] = std::max(widths.at(cell.column), cell.width);
    }
    double at = 0;
    QVector<double> begins;
    for (const double column : widths) {
        begins << at;
        at += column + gap;
    }
    if (at - gap <= width) m_begins = begins;
}

double TableColumns::widthOf(const QString& text, const QFont& font,
                             const QVector<QTextLayout::FormatRange>& formats) {
    if (text.isEmpty()) return 0;
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setFlags(QTextOption::IncludeTrailingSpaces);
    layout.setTextOption(option);
    layout.setFormats(formats);
    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    return line.isValid() ? line.naturalTextWidth() : 0;
}

}  // namespace commonplace::ui
