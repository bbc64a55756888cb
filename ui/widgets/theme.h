// The looks: colour tokens, type scale, the application's palette and style sheet. Colours come from nowhere
// else.
//
// A widget asks tokensFor(*this) when it paints and again on QEvent::PaletteChange; light or dark is read
// from its palette, so nothing has to be passed around. Thread: GUI.
#pragma once

#include <QColor>
#include <QFont>
#include <QString>

class QApplication;
class QWidget;

namespace commonplace::ui {

enum class ThemeMode { System, Light, Dark };
QString name(ThemeMode mode);  ///< "system", "light", "dark": as settings keep it
ThemeMode parseThemeMode(const QString& name);

/// Every text token has a contrast of at least 4.5:1 on background, panel and raised; `faint` has not, and is
/// never for text that must be read.
struct Tokens {
    QColor background;  ///< the reading area
    QColor panel;       ///< sidebar, status bar, reader pane
    QColor raised;      ///< inputs, the selected row, cards
    QColor line;        ///< hairlines
    QColor ink, muted, faint;
    QColor accent, accentSoft;
    QColor onAccent;  ///< text on accent
    QColor mark;      ///< behind found and cited words
    QColor good, bad, warning;
    bool dark = false;
};
const Tokens& tokens(ThemeMode mode);  ///< System counts as Light
const Tokens& tokensFor(const QWidget& widget);

/// The type scale in points at font scale 1: 11, 13, 15, 20 (a desktop's 10-pt system font is "13" here: the
/// scale is relative to the system font).
enum class TextSize { Small, Body, Heading, Title };
enum class TextWeight { Normal, Medium, Bold };
QFont textFont(TextSize size, TextWeight weight = TextWeight::Normal);

inline constexpr int kGrid = 8;    ///< px; spacing is a multiple of it (or half of it)
inline constexpr int kRadius = 8;  ///< px; corners

/// Sets palette, style sheet and fonts for the whole program; fontScale 1 is the desktop's own size, System
/// counts as Light.
void applyTheme(QApplication& application, ThemeMode mode, double fontScale);
/// The desktop's colour scheme, Light when it has none. Asks the portal and waits up to 100 ms: once, at the
/// start.
ThemeMode systemTheme();

}  // namespace commonplace::ui
