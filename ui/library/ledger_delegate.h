// LedgerDelegate: the status as a badge, names and paths elided in the middle. Thread: GUI.
#pragma once

#include <QStyledItemDelegate>

namespace commonplace::ui {

class LedgerFilter;

class LedgerDelegate final : public QStyledItemDelegate {
    Q_OBJECT
  public:
    LedgerDelegate(const LedgerFilter& rows, QObject* parent) : QStyledItemDelegate(parent), m_rows(rows) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    /// px that the status column needs for its longest word, at the present font.
    static int badgeWidth();

  private:
    const LedgerFilter& m_rows;
};

}  // namespace commonplace::ui
