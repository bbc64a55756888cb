// Small controls that every place uses, styled by the theme's style sheet through their object properties.
#pragma once

#include <QString>
#include <QVector>

#include "ui/widgets/theme.h"

class QAbstractButton;
class QDialog;
class QFrame;
class QLabel;
class QToolButton;
class QPushButton;
class QWidget;

namespace commonplace::ui {

/// A flat button with a themed icon only; `text` is its tooltip and accessible name.
QToolButton* iconButton(const QString& iconName, const QString& text, QWidget* parent);
/// The one filled button of a place.
QPushButton* primaryButton(const QString& text, QWidget* parent);
/// A quiet button with a hairline border.
QPushButton* quietButton(const QString& text, QWidget* parent);
enum class LabelTone { Ink, Muted, Good, Bad, Warning };
QLabel* textLabel(const QString& text, LabelTone tone, QWidget* parent);  ///< word-wrapped, plain text
QFrame* hairline(QWidget* parent);                                        ///< horizontal

/// Text of a file, a model or a server as a tooltip: Qt would take what looks like markup for markup, and
/// load what it names.
QString plainToolTip(const QString& text);

/// Shows it in front of its window, which goes on meanwhile; it is gone once it is closed.
void openDialog(QDialog* dialog);

/// What a place shows when it has nothing: an icon, a heading, an explanation, and room for buttons below.
QWidget* emptyState(const QString& iconName, const QString& heading, const QString& explanation,
                    const QVector<QAbstractButton*>& buttons, QWidget* parent);

/// A check box or a radio button with its text beside it, which may take several lines; a click on the text
/// counts. The button has no text of its own, only the accessible name. Returns what goes into the layout.
QWidget* withText(QAbstractButton* button, const QString& text, QWidget* parent,
                  TextWeight weight = TextWeight::Normal);

}  // namespace commonplace::ui
