#include "ui/library/ledger_delegate.h"

#include <QApplication>
#include <QFontMetrics>
#include <QPainter>

#include "ui/library/ledger_filter.h"
#include "ui/library/ledger_item_model.h"
#include "ui/library/ledger_text.h"
#include "ui/widgets/scaled_font.h"

namespace commonplace::ui {
namespace {

constexpr int kDot = 6;
constexpr int kBadgeSide = 6;   ///< px within the badge, left and right
constexpr double kTint = 0.16;  ///< of the status colour, behind the words of a badge

QColor inkOf(const LedgerEntry& entry, int column, const Tokens& t) {
    if (entry.presence != Presence::Present || entry.state == DocumentState::Excluded) return t.muted;
    return column == LedgerItemModel::Name ? t.ink : t.muted;
}

/// A dot in the status colour and the word; problems on a tinted ground, so that the eye finds them, while
/// what is well stays quiet.
void paintBadge(QPainter& painter, const QStyleOptionViewItem& option, const LedgerEntry& entry,
                const Tokens& t) {
    const QFont font = textFont(TextSize::Small);
    const QFontMetrics metrics(font);
    const bool problem = isProblem(entry);
    const int most = option.rect.width() - kGrid;
    const int frame = kDot + kBadgeSide / 2 + 2 * kBadgeSide;
    const QString word = metrics.elidedText(badgeText(entry), Qt::ElideRight, most - frame);
    const int width = std::min(most, metrics.horizontalAdvance(word) + frame);
    const int height = metrics.height() + 2;
    const QRect place(option.rect.left() + kGrid / 2, option.rect.center().y() - height / 2 + 1, width,
                      height);
    const QRect badge = QStyle::visualRect(option.direction, option.rect, place);
    painter.setPen(Qt::NoPen);
    QColor colour = statusColour(entry, t);
    if (problem) {
        QColor ground = colour;
        ground.setAlphaF(static_cast<float>(kTint));
        painter.setBrush(ground);
        painter.drawRoundedRect(badge, height / 2.0, height / 2.0);
    }
    const QRect dot(place.left() + kBadgeSide, place.center().y() - kDot / 2 + 1, kDot, kDot);
    painter.setBrush(colour);
    painter.drawEllipse(QStyle::visualRect(option.direction, option.rect, dot));
    const QRect room(dot.right() + 1 + kBadgeSide / 2, place.top(), place.right() - dot.right(), height);
    painter.setFont(font);  // alignment follows the painter's direction by itself
    painter.setPen(problem ? t.ink : t.muted);
    painter.drawText(QStyle::visualRect(option.direction, option.rect, room),
                     Qt::AlignLeft | Qt::AlignVCenter, word);
}

void paintText(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
               const QColor& ink) {
    const int column = index.column();
    const bool middle = column == LedgerItemModel::Path || column == LedgerItemModel::Name;
    const QRect room = option.rect.adjusted(kGrid, 0, -kGrid, 0);
    const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
    painter.setFont(option.font);
    painter.setPen(ink);
    QString text = option.fontMetrics.elidedText(index.data().toString(),
                                                 middle ? Qt::ElideMiddle : Qt::ElideRight, room.width());
    if (column == LedgerItemModel::Path)  // "/a/b" stays so in a window from right to left
        text = QChar(0x202A) + text + QChar(0x202C);
    painter.drawText(room, alignment, text);
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
    if (index.column() == LedgerItemModel::Status)
        paintBadge(*painter, option, entry, t);
    else
        paintText(*painter, option, index, inkOf(entry, index.column(), t));
    painter->restore();
}

int LedgerDelegate::badgeWidth() {
    LedgerEntry longest;
    longest.state = DocumentState::Failed;
    longest.statusName = QStringLiteral("unreadable");
    const QFontMetrics metrics(textFont(TextSize::Small));
    return metrics.horizontalAdvance(badgeText(longest)) + kDot + 3 * kBadgeSide + kGrid;
}

}  // namespace commonplace::ui
