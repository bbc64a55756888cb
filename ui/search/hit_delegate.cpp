#include "ui/search/hit_delegate.h"

#include <QAbstractItemView>
#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>
#include <QTextLayout>
#include <cmath>

#include "ui/search/hit_model.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kPadding = kGrid;          ///< inside a passage's card
constexpr int kIndent = kGrid;           ///< of the cards against the titles
constexpr int kMostTextWidth = 860;      ///< px; longer lines are hard to read
constexpr int kDocumentGap = 2 * kGrid;  ///< above a title
constexpr int kChipPadding = 6;

const HitModel& modelOf(const QModelIndex& index) {
    return *static_cast<const HitModel*>(index.model());
}

int lineHeight(const QFont& font) {
    return QFontMetrics(font).height();
}

QFont smallFont() {
    return textFont(TextSize::Small);
}

}  // namespace

HitDelegate::HitDelegate(QAbstractItemView* view) : QStyledItemDelegate(view), m_view(view) {}

int HitDelegate::textWidth() const {
    const int room = m_view->viewport()->width() - 2 * kIndent - 2 * kPadding;
    return std::max(120, std::min(room, kMostTextWidth));
}

int HitDelegate::layOut(QTextLayout& layout, const SearchHit& hit, int width) const {
    const Tokens& t = tokensFor(*m_view);
    QTextOption wrapping;
    wrapping.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(wrapping);
    layout.setFont(textFont(TextSize::Body));
    QList<QTextLayout::FormatRange> formats;
    for (const TextRange& mark : hit.marks) {
        QTextLayout::FormatRange range;
        range.start = mark.begin;
        range.length = mark.end - mark.begin;
        range.format.setBackground(t.mark);
        range.format.setForeground(t.ink);
        formats.push_back(range);
    }
    layout.setFormats(formats);
    layout.beginLayout();
    qreal height = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height() + 2;
    }
    layout.endLayout();
    return static_cast<int>(std::ceil(height));
}

QSize HitDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const HitModel& model = modelOf(index);
    const int width = m_view->viewport()->width();
    if (model.kindOf(index) == HitModel::Kind::Document) {
        const int lines = lineHeight(textFont(TextSize::Heading, TextWeight::Bold)) + lineHeight(smallFont());
        return {width, kDocumentGap + lines + kGrid};
    }
    const SearchHit& hit = model.hitAt(index);
    QTextLayout layout(hit.snippet);
    int height = 2 * kPadding + lineHeight(smallFont()) + kGrid / 2 + layOut(layout, hit, textWidth());
    if (index.data(HitModel::WhyShownRole).toBool()) height += kGrid / 2 + lineHeight(smallFont());
    return {width, height + kGrid / 2};
}

void HitDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (modelOf(index).kindOf(index) == HitModel::Kind::Document)
        paintDocument(*painter, option.rect, index);
    else
        paintHit(*painter, option, index);
    painter->restore();
}

void HitDelegate::paintDocument(QPainter& painter, const QRect& rect, const QModelIndex& index) const {
    const Tokens& t = tokensFor(*m_view);
    const Place& place = modelOf(index).hitAt(index).place;
    const QFont titleFont = textFont(TextSize::Heading, TextWeight::Bold);
    QRect line(kIndent, rect.top() + kDocumentGap, textWidth() + 2 * kPadding, lineHeight(titleFont));
    painter.setFont(titleFont);
    painter.setPen(t.ink);
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(titleFont).elidedText(titleOf(place), Qt::ElideRight, line.width()));
    line = QRect(line.left(), line.bottom() + 1, line.width(), lineHeight(smallFont()));
    painter.setFont(smallFont());
    painter.setPen(t.muted);
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(smallFont()).elidedText(place.path, Qt::ElideMiddle, line.width()));
}

void HitDelegate::paintHit(QPainter& painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    const Tokens& t = tokensFor(*m_view);
    const SearchHit& hit = modelOf(index).hitAt(index);
    const QRectF card =
        QRectF(kIndent, option.rect.top(), textWidth() + 2 * kPadding, option.rect.height() - kGrid / 2)
            .adjusted(.5, .5, -.5, -.5);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || option.state & QStyle::State_MouseOver) {
        painter.setPen(selected ? QPen(t.accent, 1) : QPen(t.line, 1));
        painter.setBrush(t.raised);
        painter.drawRoundedRect(card, kRadius, kRadius);
    }
    const int left = kIndent + kPadding;
    int top = option.rect.top() + kPadding;
    paintLine(painter, QRect(left, top, textWidth(), lineHeight(smallFont())), index);
    top += lineHeight(smallFont()) + kGrid / 2;
    QTextLayout layout(hit.snippet);
    const int height = layOut(layout, hit, textWidth());
    painter.setPen(t.ink);
    layout.draw(&painter, QPointF(left, top));
    if (!index.data(HitModel::WhyShownRole).toBool()) return;
    const QRect why(left, top + height + kGrid / 2, textWidth(), lineHeight(smallFont()));
    painter.setFont(smallFont());
    painter.setPen(t.muted);
    painter.drawText(why, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(smallFont()).elidedText(whyText(hit), Qt::ElideRight, why.width()));
}

/// The page's chip, the heading, and "Why?" at the end.
void HitDelegate::paintLine(QPainter& painter, const QRect& line, const QModelIndex& index) const {
    const Tokens& t = tokensFor(*m_view);
    const SearchHit& hit = modelOf(index).hitAt(index);
    const QFontMetrics metrics(smallFont());
    painter.setFont(smallFont());
    int left = line.left();
    if (const QString page = pageText(hit.place); !page.isEmpty()) {
        const QRect chip(left, line.top() - 1, metrics.horizontalAdvance(page) + 2 * kChipPadding,
                         line.height() + 2);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.accentSoft);
        painter.drawRoundedRect(chip, kRadius / 2, kRadius / 2);
        painter.setPen(t.accent);
        painter.drawText(chip, Qt::AlignCenter, page);
        left = chip.right() + kGrid;
    }
    const QString why = tr("Why?");
    const int whyLeft = line.right() - metrics.horizontalAdvance(why);
    painter.setPen(t.muted);
    painter.drawText(QRect(left, line.top(), whyLeft - left - kGrid, line.height()),
                     Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.elidedText(hit.heading, Qt::ElideMiddle, whyLeft - left - kGrid));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, why);
}

QRect HitDelegate::whyRect(const QRect& row) const {
    const int width = QFontMetrics(smallFont()).horizontalAdvance(tr("Why?")) + 2 * kPadding;
    return {kIndent + 2 * kPadding + textWidth() - width, row.top(), width,
            lineHeight(smallFont()) + 2 * kPadding};
}

bool HitDelegate::editorEvent(QEvent* event, QAbstractItemModel*, const QStyleOptionViewItem& option,
                              const QModelIndex& index) {
    if (modelOf(index).kindOf(index) != HitModel::Kind::Hit) return false;
    if (event->type() != QEvent::MouseButtonRelease && event->type() != QEvent::MouseButtonPress)
        return false;
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() != Qt::LeftButton || !whyRect(option.rect).contains(mouse->pos())) return false;
    if (event->type() == QEvent::MouseButtonRelease) emit whyClicked(index);
    return true;
}

}  // namespace commonplace::ui
