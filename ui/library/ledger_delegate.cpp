#include "ui/library/ledger_delegate.h"

#include <QFontMetrics>
#include <QPainter>

#include "ui/library/ledger_filter.h"
#include "ui/library/ledger_item_model.h"
#include "ui/library/ledger_text.h"

namespace commonplace::ui {
namespace {

constexpr int kDot = 8;

QColor inkOf(const LedgerEntry& entry, int column, const Tokens& t) {
    if (entry.presence != Presence::Present || entry.state == DocumentState::Excluded) return t.muted;
    return column == LedgerItemModel::Name || column == LedgerItemModel::Status ? t.ink : t.muted;
}

}  // namespace

void LedgerDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    const Tokens& t = tokensFor(*option.widget);
    const LedgerEntry& entry = m_rows.entryAt(index);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, t.accentSoft);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.line);
    QRect room = option.rect.adjusted(kGrid, 0, -kGrid, 0);
    if (index.column() == LedgerItemModel::Status) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(statusColour(entry, t));
        painter->drawEllipse(QRect(room.left(), room.center().y() - kDot / 2 + 1, kDot, kDot));
        room.setLeft(room.left() + kDot + kGrid);
    }
    const auto elide = index.column() == LedgerItemModel::Path ? Qt::ElideMiddle : Qt::ElideRight;
    painter->setFont(option.font);
    painter->setPen(inkOf(entry, index.column(), t));
    const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
    painter->drawText(room, alignment,
                      option.fontMetrics.elidedText(index.data().toString(), elide, room.width()));
    painter->restore();
}

}  // namespace commonplace::ui
