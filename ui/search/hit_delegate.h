// HitDelegate: paints the rows of a HitModel: a document's title and path, a passage with its page, heading
// and marked snippet. Thread: GUI.
#pragma once

#include <QStyledItemDelegate>

class QAbstractItemView;
class QTextLayout;

namespace commonplace::ui {

class HitModel;
struct SearchHit;

class HitDelegate final : public QStyledItemDelegate {
    Q_OBJECT
  public:
    explicit HitDelegate(QAbstractItemView* view);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

  signals:
    void whyClicked(const QModelIndex& index) const;

  protected:
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

  private:
    void paintDocument(QPainter& painter, const QRect& rect, const QModelIndex& index) const;
    void paintHit(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintLine(QPainter& painter, const QRect& line, const QModelIndex& index) const;
    /// Lays the snippet out for the width; returns its height.
    int layOut(QTextLayout& layout, const SearchHit& hit, int width) const;
    int textWidth() const;
    QRect whyRect(const QRect& row) const;

    QAbstractItemView* m_view;
};

}  // namespace commonplace::ui
