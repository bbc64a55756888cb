#include "ui/window/palette_delegate.h"

#include <QAction>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"
#include "ui/window/palette_item_model.h"

namespace commonplace::ui {
namespace {

constexpr int kIcon = 18;
constexpr int kInset = 12;  // from the edge of the row to the icon
constexpr int kTitleAt = kInset + kIcon + 12;

const PaletteMatch* matchOf(const QModelIndex& index) {
    return static_cast<const PaletteItemModel*>(index.model())->matchAt(index);
}

struct Words {
    QString text;
    QVector<TextRange> marks;
    QFont font;
    QColor ink, lit;
};

/// One elided line; returns its width.
int drawWords(QPainter& painter, const QRect& room, const Words& words) {
    const QString shown = QFontMetrics(words.font).elidedText(words.text, Qt::ElideRight, room.width());
    QTextLayout layout(shown, words.font);
    QTextCharFormat lit;
    lit.setForeground(words.lit);
    lit.setFontWeight(QFont::DemiBold);
    QVector<QTextLayout::FormatRange> formats;
    for (const TextRange& mark : words.marks)
        if (mark.end <= shown.size()) formats.append({mark.begin, mark.end - mark.begin, lit});
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(room.width() + 1);
    layout.endLayout();
    painter.setPen(words.ink);
    layout.draw(&painter, QPointF(room.left(), room.center().y() - line.height() / 2 + 0.5));
    return static_cast<int>(line.naturalTextWidth());
}

/// "Ctrl+Shift+O" as one cap for each key, from the right; returns where they begin.
int drawKeys(QPainter& painter, const QRect& row, const QString& keys, const Tokens& colours) {
    const QFont font = textFont(TextSize::Small);
    const QFontMetrics metrics(font);
    const int height = metrics.height() + 4;
    int right = row.right() - kInset;
    QStringList caps = keys.split(QLatin1Char('+'), Qt::SkipEmptyParts);
    if (keys.endsWith(QLatin1String("++"))) caps.append(QStringLiteral("+"));
    painter.setFont(font);
    for (auto cap = caps.crbegin(); cap != caps.crend(); ++cap) {
        const int width = std::max(height, metrics.horizontalAdvance(*cap) + 12);
        const QRectF box(right - width + 0.5, row.center().y() - height / 2 + 0.5, width - 1, height - 1);
        painter.setPen(colours.line);
        painter.setBrush(colours.background);
        painter.drawRoundedRect(box, 4, 4);
        painter.setPen(colours.muted);
        painter.drawText(box, Qt::AlignCenter, *cap);
        right -= width + 4;
    }
    return right;
}

void drawHeading(QPainter& painter, const QRect& row, const QString& text, const Tokens& colours) {
    QFont font = textFont(TextSize::Small, TextWeight::Medium);
    painter.setFont(font);
    painter.setPen(colours.muted);
    painter.drawText(row.adjusted(kInset, 0, -kInset, -4), Qt::AlignLeft | Qt::AlignBottom, text);
}

void drawMatch(QPainter& painter, const QRect& row, const PaletteMatch& match, const Tokens& colours) {
    icon(match.item.icon, colours.muted)
        .paint(&painter, QRect(row.left() + kInset, row.center().y() - kIcon / 2 + 1, kIcon, kIcon));
    int right = row.right() - kInset;
    if (match.item.action)
        right =
            drawKeys(painter, row, match.item.action->shortcut().toString(QKeySequence::NativeText), colours);
    QRect room(row.left() + kTitleAt, row.top(), right - row.left() - kTitleAt - kGrid, row.height());
    if (!match.item.detail.isEmpty()) room.setWidth(room.width() * 2 / 3);  // the detail keeps its third
    const int used = drawWords(
        painter, room,
        {match.item.title, match.titleMarks, textFont(TextSize::Body), colours.ink, colours.accent});
    if (match.item.detail.isEmpty()) return;
    const QRect rest(room.left() + used + 12, row.top(), right - room.left() - used - 12, row.height());
    drawWords(
        painter, rest,
        {match.item.detail, match.detailMarks, textFont(TextSize::Small), colours.muted, colours.accent});
}

}  // namespace

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const Tokens& colours = tokensFor(*option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect.adjusted(0, 1, 0, -1);
    if (const PaletteMatch* match = matchOf(index)) {
        if (option.state & QStyle::State_Selected) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(colours.accentSoft);
            painter->drawRoundedRect(row, 6, 6);
        }
        drawMatch(*painter, row, *match, colours);
    } else {
        drawHeading(*painter, row, index.data().toString(), colours);
    }
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const bool isHeading = matchOf(index) == nullptr;
    const QFontMetrics metrics(textFont(isHeading ? TextSize::Small : TextSize::Body));
    const int air = isHeading ? (index.row() == 0 ? 10 : 18) : 18;
    return {0, metrics.height() + air};
}

}  // namespace commonplace::ui
