#include "ui/reader/block_look.h"

#include <QTextFormat>

namespace commonplace::ui {
namespace {

enum Property { Bars = QTextFormat::UserProperty + 1, Sign, Band, Language };

}  // namespace

void setLook(QTextBlockFormat& format, const BlockLook& look) {
    QVariantList bars;
    for (const double bar : look.bars) bars << bar;
    format.setProperty(Property::Bars, bars);
    format.setProperty(Property::Sign, static_cast<int>(look.sign));
    format.setProperty(Property::Band, static_cast<int>(look.band));
    format.setProperty(Property::Language, look.language);
}

BlockLook lookOf(const QTextBlock& block) {
    const QTextBlockFormat format = block.blockFormat();
    BlockLook look;
    for (const QVariant& bar : format.property(Property::Bars).toList()) look.bars << bar.toDouble();
    look.sign = static_cast<BlockLook::Sign>(format.intProperty(Property::Sign));
    look.band = static_cast<BlockLook::Band>(format.intProperty(Property::Band));
    look.language = format.stringProperty(Property::Language);
    return look;
}

}  // namespace commonplace::ui
