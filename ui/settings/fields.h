// What the rows of the settings are made of.
#pragma once

#include <QString>

class QDoubleSpinBox;
class QLabel;
class QSpinBox;
class QVBoxLayout;
class QWidget;

namespace commonplace::ui {

/// The name above a control, tied to it for the keyboard and for screen readers.
QLabel* nameLabel(const QString& text, QWidget* control, QWidget* parent);
/// A small line below a control.
QLabel* noteLabel(const QString& objectName, QWidget* parent);
/// A column without margins in `place`.
QVBoxLayout* tightColumn(QWidget* place);
QSpinBox* tokenBox(const QString& objectName, int least, int most, int step, QWidget* parent);
/// US dollars; 0 reads "no limit".
QDoubleSpinBox* moneyBox(const QString& objectName, QWidget* parent);
/// Shows `text` in the colour of `tone`: muted, good, bad or warning. An empty text takes no room.
void say(QLabel& label, const QString& text, const char* tone);

}  // namespace commonplace::ui
