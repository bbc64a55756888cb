// How a row of the conversation list looks: a quiet heading, or a title with what a search found below it.
#pragma once

#include <QStyledItemDelegate>

namespace commonplace::ui {

class ConversationDelegate final : public QStyledItemDelegate {
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

  protected:
    /// Tab ends a renaming as Return does: Qt would go on with the next row, and at the last one open the
    /// same field again.
    bool eventFilter(QObject* editor, QEvent* event) override;
};

}  // namespace commonplace::ui
