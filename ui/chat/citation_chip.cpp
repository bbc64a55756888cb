#include "ui/chat/citation_chip.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextDocument>
#include <QWidget>
#include <algorithm>

#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kNumberProperty = QTextFormat::UserProperty + 1;
constexpr int kToneProperty = QTextFormat::UserProperty + 2;
constexpr int kCitationProperty = QTextFormat::UserProperty + 3;
constexpr double kPadding = 5, kGap = 1.5, kCorner = 5;

QFont chipFont() {
    return textFont(TextSize::Small, TextWeight::Bold);
}

QString prefix() {
    return QStringLiteral("cite:");
}

QString unclearPrefix() {
    return QStringLiteral("cite-unclear:");
}

}  // namespace

QTextCharFormat CitationChip::format(int number, int citation, ChipTone tone) {
    QTextCharFormat format;
    format.setObjectType(kType);
    format.setProperty(kNumberProperty, number);
    format.setProperty(kToneProperty, static_cast<int>(tone));
    format.setProperty(kCitationProperty, citation);
    if (citation > 0) {
        format.setAnchor(true);
        format.setAnchorHref((tone == ChipTone::Unclear ? unclearPrefix() : prefix()) +
                             QString::number(citation));
    }
    format.setVerticalAlignment(QTextCharFormat::AlignMiddle);
    return format;
}

int CitationChip::numberOf(const QTextCharFormat& format) {
    return format.objectType() == kType ? format.intProperty(kNumberProperty) : 0;
}

ChipTone CitationChip::toneOf(const QTextCharFormat& format) {
    return static_cast<ChipTone>(format.intProperty(kToneProperty));
}

int CitationChip::citationOf(const QString& address) {
    for (const QString& start : {prefix(), unclearPrefix()})
        if (address.startsWith(start)) return address.mid(start.size()).toInt();
    return 0;
}

ChipTone CitationChip::toneOf(const QString& address) {
    return address.startsWith(unclearPrefix()) ? ChipTone::Unclear : ChipTone::Plain;
}

QSizeF CitationChip::intrinsicSize(QTextDocument*, int, const QTextFormat& format) {
    const QFontMetricsF metrics(chipFont());
    const double text = metrics.horizontalAdvance(QString::number(format.intProperty(kNumberProperty)));
    const double height = metrics.height() + 2;
    return {std::max(text + 2 * kPadding, height) + 2 * kGap, height};
}

void CitationChip::drawObject(QPainter* painter, const QRectF& area, QTextDocument*, int,
                              const QTextFormat& format) {
    const Tokens& colours = tokensFor(m_colours);
    const int number = format.intProperty(kNumberProperty);
    const auto tone = toneOf(format.toCharFormat());
    const bool open = tone == ChipTone::Open || tone == ChipTone::Unclear;
    const bool active = m_active > 0 && format.intProperty(kCitationProperty) == m_active;
    const QColor strong = tone == ChipTone::Missing ? colours.bad : open ? colours.muted : colours.accent;
    QColor soft = colours.accentSoft;
    if (tone != ChipTone::Plain) (soft = strong).setAlphaF(0.16F);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(active ? strong : soft);
    painter->drawRoundedRect(area.adjusted(kGap, 0, -kGap, 0), kCorner, kCorner);
    painter->setPen(active ? colours.onAccent : strong);
    painter->setFont(chipFont());
    painter->drawText(area, Qt::AlignCenter, QString::number(number));
    painter->restore();
}

}  // namespace commonplace::ui
