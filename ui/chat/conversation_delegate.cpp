#include "ui/chat/conversation_delegate.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>
#include <QWidget>

#include "ui/chat/conversation_item_model.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kPaddingX = 10, kPaddingY = 6;

bool isHeading(const QModelIndex& index) {
    return index.data(ConversationItemModel::IsHeadingRole).toBool();
}

QString excerptOf(const QModelIndex& index) {
    return index.data(ConversationItemModel::ExcerptRole).toString();
}

void paintBackground(QPainter& painter, const QStyleOptionViewItem& option, const Tokens& colours) {
    const bool selected = option.state & QStyle::State_Selected;
    const bool focused =
        (option.state & QStyle::State_HasFocus) && option.widget && option.widget->hasFocus();
    if (!selected && !(option.state & QStyle::State_MouseOver)) return;
    QColor fill = colours.raised;
    if (!selected) fill.setAlphaF(0.5F);
    painter.setPen(focused ? QPen(colours.accent) : selected ? QPen(colours.line) : QPen(Qt::NoPen));
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

}  // namespace

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const int title = QFontMetrics(textFont(TextSize::Body)).height();
    const int small = QFontMetrics(textFont(TextSize::Small)).height();
    if (isHeading(index)) return {100, small + kPaddingY + (index.row() == 0 ? kPaddingY : 2 * kGrid)};
    return {100, title + 2 * kPaddingY + (excerptOf(index).isEmpty() ? 0 : small + 2)};
}

void ConversationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    const Tokens& colours = tokensFor(*option.widget);
    const QString text = index.data(Qt::DisplayRole).toString();
    const QFont small = textFont(TextSize::Small);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRect area = option.rect.adjusted(kPaddingX, kPaddingY, -kPaddingX, -kPaddingY);
    if (isHeading(index)) {
        painter->setFont(small);
        painter->setPen(colours.muted);
        painter->drawText(area, Qt::AlignLeft | Qt::AlignBottom, text);
        painter->restore();
        return;
    }
    paintBackground(*painter, option, colours);
    const QFont font = textFont(TextSize::Body);
    const QFontMetrics metrics(font);
    painter->setFont(font);
    painter->setPen(colours.ink);
    painter->drawText(area, Qt::AlignLeft | Qt::AlignTop,
                      metrics.elidedText(text, Qt::ElideRight, area.width()));
    if (const QString excerpt = excerptOf(index); !excerpt.isEmpty()) {
        area.setTop(area.top() + metrics.height() + 2);
        painter->setFont(small);
        painter->setPen(colours.muted);
        painter->drawText(area, Qt::AlignLeft | Qt::AlignTop,
                          QFontMetrics(small).elidedText(excerpt, Qt::ElideRight, area.width()));
    }
    painter->restore();
}

void ConversationDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                                const QModelIndex&) const {
    editor->setGeometry(option.rect);
}

bool ConversationDelegate::eventFilter(QObject* editor, QEvent* event) {
    const int key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent*>(event)->key() : 0;
    // Left to itself, Return goes on to the list, which opens the conversation under the editor.
    const bool ends = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (key != Qt::Key_Tab && key != Qt::Key_Backtab && !ends)
        return QStyledItemDelegate::eventFilter(editor, event);
    emit commitData(static_cast<QWidget*>(editor));
    emit closeEditor(static_cast<QWidget*>(editor), NoHint);
    return true;
}

}  // namespace commonplace::ui
