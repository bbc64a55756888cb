// What is drawn behind a formatted text: the bars of quotes, the ground of code, lines of tables and rules,
// the signs before items. It reads the looks of the paragraphs in sight (block_look.h). Thread: GUI.
#pragma once

#include <QFont>

class QPainter;
class QTextEdit;

namespace commonplace::ui {

/// Around code, in parts of the font's size.
inline constexpr double kCodePadding = 0.8;

/// A font's size in pixels.
double emOf(const QFont& font);

/// `painter` is on the view's viewport; call before the text is painted.
void paintBackdrop(QPainter& painter, const QTextEdit& view);

}  // namespace commonplace::ui
