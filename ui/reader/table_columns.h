// TableColumns: where the columns of a table stand that is written "a | b" a line: the space before a cell is
// made as wide as the column needs, so that no character has to change. Thread: GUI.
#pragma once

#include <QTextLayout>
#include <QVector>

#include "ui/bridge/reader_types.h"

namespace commonplace::ui {

class TableColumns final {
  public:
    static constexpr int kMostCells = 600;  ///< a larger table is not lined up

    /// A cell's words and its place among the columns.
    struct Cell {
        int column = 0;
        double width = 0;  ///< pixels
    };

    TableColumns() = default;
    /// `gap`: pixels between columns; `width`: what there is for the whole table.
    TableColumns(const QVector<Cell>& cells, double gap, double width);

    /// Whether the table can be shown in columns.
    bool fit() const { return !m_begins.isEmpty(); }
    double begin(int column) const { return m_begins.value(column); }

    /// How wide a piece of text with these formats is on one line.
    static double widthOf(const QString& text, const QFont& font,
                          const QVector<QTextLayout::FormatRange>& formats = {});

  private:
    QVector<double> m_begins;
};

}  // namespace commonplace::ui
