// Symbolic icons drawn for this program (resources/icons/*.svg, 20 px, 1.5 px stroke), in a token's colour
// and crisp at every scale. Thread: GUI.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QAbstractButton;

namespace commonplace::ui {

/// `name` is the file's name without ".svg" ("ask", "search", "library", "settings", "send", "stop", "retry",
/// "copy", "edit", "export", "trash", "pin", "folder", "file", "left", "right", "up", "down", "plus",
/// "minus", "fit-width", "fit-page", "close", "more", "check", "warning", "pause", "play", "undo", "link",
/// "note", "sidebar", "reader").
QIcon icon(const QString& name, const QColor& color);

/// Gives the button the icon in the ink colour and keeps it so when the theme changes.
void setThemedIcon(QAbstractButton& button, const QString& name);

}  // namespace commonplace::ui
