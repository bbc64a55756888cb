#include "ui/widgets/typing.h"

#include <QKeyEvent>
#include <QString>
#include <algorithm>

namespace commonplace::ui {

bool isTyping(const QKeyEvent& key) {
    constexpr Qt::KeyboardModifiers kCommands = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    const QString text = key.text();
    const bool isSeen = std::all_of(text.begin(), text.end(),
                                    [](const QChar one) { return one.isSurrogate() || one.isPrint(); });
    return !text.trimmed().isEmpty() && isSeen && (key.modifiers() & kCommands) == 0;
}

}  // namespace commonplace::ui
