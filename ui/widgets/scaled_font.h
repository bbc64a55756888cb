// Fonts that follow the person's text size: a font that is set once would stay as it was. Thread: GUI.
#pragma once

#include "ui/widgets/theme.h"

namespace commonplace::ui {

/// Gives the widget a font of the type scale and renews it whenever the application's font changes.
void setTextFont(QWidget& widget, TextSize size, TextWeight weight = TextWeight::Normal);

}  // namespace commonplace::ui
