#include "ui/reader/text_backdrop.h"

#include <QAbstractTextDocumentLayout>
#include <QFontInfo>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextEdit>
#include <algorithm>
#include <cmath>

#include "ui/reader/block_look.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr double kBarWidth = 3;
constexpr double kCodeRadius = 6;
// How far before its words a sign stands, in parts of the font's size.
constexpr double kBulletBefore = 0.8;
constexpr double kBoxBefore = 0.9;

class Backdrop final {
  public:
    Backdrop(QPainter& painter, const QTextEdit& view)
        : m_painter(painter),
          m_view(view),
          m_colours(tokensFor(view)),
          m_em(emOf(view.document()->defaultFont())) {}

    void paint() {
        m_painter.setRenderHint(QPainter::Antialiasing);
        QTextBlock block = m_view.cursorForPosition({0, 0}).block();
        // What begins above the view belongs to the first paragraph in sight.
        if (block.previous().isValid()) block = block.previous();
        for (; block.isValid(); block = block.next()) {
            const QRectF area = areaOf(block);
            if (area.top() > m_view.viewport()->height() + 4 * m_em) break;
            paintBlock(block, area);
        }
        flushCode();
    }

  private:
    /// In the viewport, as wide as the text may be.
    QRectF areaOf(const QTextBlock& block) const {
        QRectF area = m_view.document()->documentLayout()->blockBoundingRect(block);
        const double margin = m_view.document()->documentMargin();
        area.translate(0, -m_view.verticalScrollBar()->value());
        area.setLeft(margin);
        area.setRight(m_view.viewport()->width() - margin);
        return area;
    }

    void paintBlock(const QTextBlock& block, const QRectF& area) {
        using Band = BlockLook::Band;
        const BlockLook look = lookOf(block);
        if (look.band == Band::Code)
            addCode(block, area, look);
        else
            flushCode();
        if (look.band == Band::Row || look.band == Band::HeadRow)
            line(area.bottom() + block.blockFormat().bottomMargin(), inner(block, area),
                 look.band == Band::Row ? m_colours.line : m_colours.faint);
        if (look.band == Band::Rule) line(area.center().y(), inner(block, area), m_colours.faint);
        for (const double bar : look.bars) paintBar(block, area, bar);
        if (look.sign != BlockLook::Sign::None) paintSign(block, area, look);
    }

    /// Without the indent of quotes and lists.
    QRectF inner(const QTextBlock& block, const QRectF& area) const {
        const QTextBlockFormat format = block.blockFormat();
        const bool hangs = format.textIndent() < 0;
        const bool rightToLeft = block.textDirection() == Qt::RightToLeft;
        const double hanging = hangs ? format.textIndent() : 0;
        return area.adjusted(format.leftMargin() + (rightToLeft ? 0 : hanging), 0,
                             -format.rightMargin() - (rightToLeft ? hanging : 0), 0);
    }

    void addCode(const QTextBlock& block, const QRectF& area, const BlockLook& look) {
        const double padding = kCodePadding * m_em;
        const QTextBlockFormat format = block.blockFormat();
        QRectF ground = inner(block, area).adjusted(-padding, 0, padding, 0);
        ground.setTop(ground.top() - std::min(format.topMargin(), padding * 0.75));
        ground.setBottom(ground.bottom() + std::min(format.bottomMargin(), padding * 0.75));
        if (format.topMargin() > 0) flushCode();
        if (!look.language.isEmpty()) m_language = look.language;
        m_code = m_code.isNull() ? ground : m_code.united(ground);
    }

    void flushCode() {
        if (m_code.isNull()) return;
        m_painter.setPen(QPen(m_colours.line, 1));
        m_painter.setBrush(m_colours.background);
        m_painter.drawRoundedRect(m_code.adjusted(0.5, 0.5, -0.5, -0.5), kCodeRadius, kCodeRadius);
        if (!m_language.isEmpty()) {
            QFont small = textFont(TextSize::Small);
            small.setPointSizeF(small.pointSizeF() * 0.9);
            m_painter.setFont(small);
            m_painter.setPen(m_colours.muted);
            m_painter.drawText(m_code.adjusted(kGrid, 2, -kGrid, 0), Qt::AlignRight | Qt::AlignTop,
                               m_language);
        }
        m_code = QRectF();
        m_language.clear();
    }

    void line(double y, const QRectF& across, const QColor& colour) {
        m_painter.fillRect(QRectF(across.left(), std::round(y), across.width(), 1), colour);
    }

    void paintBar(const QTextBlock& block, QRectF area, double bar) {
        const QTextBlockFormat format = block.blockFormat();
        area.adjust(0, -format.topMargin(), 0, format.bottomMargin());
        // The room that a line's height leaves is not in its rectangle: on to the next paragraph.
        if (block.next().isValid() && lookOf(block.next()).bars.contains(bar))
            area.setBottom(areaOf(block.next()).top());
        const bool rightToLeft = block.textDirection() == Qt::RightToLeft;
        const double left = rightToLeft ? area.right() - bar - kBarWidth : area.left() + bar;
        // Whole pixels: the pieces of a bar must meet without a seam.
        const double top = std::round(area.top());
        m_painter.fillRect(QRectF(std::round(left), top, kBarWidth, std::round(area.bottom()) - top),
                           m_colours.accent);
    }

    void paintSign(const QTextBlock& block, const QRectF& area, const BlockLook& look) {
        const QTextLine line = block.layout()->lineAt(0);
        if (!line.isValid()) return;
        const bool isBox = look.sign != BlockLook::Sign::Bullet;
        const QTextBlockFormat format = block.blockFormat();
        const double before = m_em * (isBox ? kBoxBefore : kBulletBefore);
        const bool rightToLeft = block.textDirection() == Qt::RightToLeft;
        const double x = rightToLeft ? area.right() - format.rightMargin() + before
                                     : area.left() + format.leftMargin() - before;
        const QPointF centre(x, area.top() + line.y() + line.ascent() - m_em * 0.33);
        const double half = m_em * (isBox ? 0.36 : 0.17);
        const QRectF box(centre.x() - half, centre.y() - half, 2 * half, 2 * half);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_colours.muted);
        if (!isBox) return m_painter.drawEllipse(box);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_colours.muted, 1.2));
        m_painter.drawRoundedRect(box, 2, 2);
        if (look.sign == BlockLook::Sign::OpenBox) return;
        m_painter.setPen(QPen(m_colours.accent, 1.6));
        m_painter.drawPolyline(QPolygonF({box.topLeft() + QPointF(half * 0.4, half),
                                          box.topLeft() + QPointF(half * 0.85, half * 1.45),
                                          box.topLeft() + QPointF(half * 1.6, half * 0.55)}));
    }

    QPainter& m_painter;
    const QTextEdit& m_view;
    const Tokens& m_colours;
    double m_em;
    QRectF m_code;  ///< the ground of the code that is not drawn yet
    QString m_language;
};

}  // namespace

double emOf(const QFont& font) {
    return QFontInfo(font).pixelSize();
}

void paintBackdrop(QPainter& painter, const QTextEdit& view) {
    Backdrop(painter, view).paint();
}

}  // namespace commonplace::ui
