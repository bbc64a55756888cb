// The rows of the command palette: a heading before each group, then its matches. Thread: GUI.
#pragma once

#include <QAbstractListModel>

#include "ui/window/palette_items.h"

namespace commonplace::ui {

class PaletteItemModel final : public QAbstractListModel {
    Q_OBJECT
  public:
    using QAbstractListModel::QAbstractListModel;

    void setMatches(const QVector<PaletteMatch>& matches);
    /// Null for a heading.
    const PaletteMatch* matchAt(const QModelIndex& index) const;
    /// The nearest row with a match from `row` (that itself excepted) in the direction; invalid: there is
    /// none.
    QModelIndex next(int row, int direction) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

  private:
    struct Row {
        QString heading;  ///< empty: a match
        int match = -1;
    };
    QVector<Row> m_rows;
    QVector<PaletteMatch> m_matches;
};

}  // namespace commonplace::ui
