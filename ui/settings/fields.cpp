#include "ui/settings/fields.h"

#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSpinBox>
#include <QStyle>
#include <QVBoxLayout>

#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr double kMostMoney = 100'000;
constexpr int kLeastWidth = 12 * kGrid;  // by itself a box asks for the room of its largest number

QString tr(const char* text) {
    return QCoreApplication::translate("Fields", text);
}

}  // namespace

QLabel* nameLabel(const QString& text, QWidget* control, QWidget* parent) {
    QLabel* name = textLabel(text, LabelTone::Ink, parent);
    setTextFont(*name, TextSize::Body, TextWeight::Medium);
    name->setBuddy(control);
    control->setAccessibleName(text);
    return name;
}

QLabel* noteLabel(const QString& objectName, QWidget* parent) {
    QLabel* note = textLabel({}, LabelTone::Muted, parent);
    note->setObjectName(objectName);
    setTextFont(*note, TextSize::Small);
    return note;
}

QVBoxLayout* tightColumn(QWidget* place) {
    auto* column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGrid / 2);
    return column;
}

QSpinBox* tokenBox(const QString& objectName, int least, int most, int step, QWidget* parent) {
    auto* box = new QSpinBox(parent);
    box->setObjectName(objectName);
    box->setRange(least, most);
    box->setSingleStep(step);
    box->setGroupSeparatorShown(true);
    box->setMinimumWidth(kLeastWidth);
    box->setSuffix(QStringLiteral(" ") + tr("tokens"));
    return box;
}

QDoubleSpinBox* moneyBox(const QString& objectName, QWidget* parent) {
    auto* box = new QDoubleSpinBox(parent);
    box->setObjectName(objectName);
    box->setRange(0, kMostMoney);
    box->setDecimals(2);
    box->setMinimumWidth(kLeastWidth);
    box->setPrefix(QStringLiteral("$ "));
    box->setSpecialValueText(tr("no limit"));
    return box;
}

void say(QLabel& label, const QString& text, const char* tone) {
    label.setText(text);
    label.setVisible(!text.isEmpty());
    label.setProperty("tone", QString::fromLatin1(tone));
    label.style()->unpolish(&label);
    label.style()->polish(&label);
}

}  // namespace commonplace::ui
