// What the formats of a text say of one paragraph as a whole: how far it stands in, what is drawn behind it.
// It is kept in the paragraph's own QTextBlockFormat, so that painting needs nothing but the document.
// Thread: GUI.
#pragma once

#include <QString>
#include <QTextBlock>
#include <QVector>

namespace commonplace::ui {

/// Of running text, in per cent of its font's.
inline constexpr double kLineHeight = 135;

struct BlockLook {
    enum class Sign { None, Bullet, OpenBox, TickedBox };
    enum class Band { None, Code, Row, HeadRow, Rule };

    QVector<double> bars;    ///< of the quotes it stands in: pixels from the text's edge
    Sign sign = Sign::None;  ///< drawn before the first line
    Band band = Band::None;
    QString language;  ///< of the code that begins here
    bool operator==(const BlockLook&) const = default;
};

void setLook(QTextBlockFormat& format, const BlockLook& look);
BlockLook lookOf(const QTextBlock& block);

}  // namespace commonplace::ui
