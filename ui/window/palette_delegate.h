// Paints the rows of the command palette: headings in small letters; icon, title with the typed letters lit,
// detail, and the keys of a command as caps at the right. Thread: GUI.
#pragma once

#include <QStyledItemDelegate>

namespace commonplace::ui {

class PaletteDelegate final : public QStyledItemDelegate {
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace commonplace::ui
