#include "ui/settings/section.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kWidth = 640;
constexpr int kLines = 40;  // the same, in heights of a line: it grows with the letters

}  // namespace

Section::Section(const QString& title, const QString& introduction, QWidget* parent)
    : QWidget(parent), m_title(title), m_column(new QVBoxLayout(this)) {
    setAccessibleName(title);
    fitWidth();
    m_column->setContentsMargins(3 * kGrid, 2 * kGrid, 3 * kGrid, 3 * kGrid);
    m_column->setSpacing(kGrid / 2);
    QLabel* head = textLabel(title, LabelTone::Ink, this);
    setTextFont(*head, TextSize::Title, TextWeight::Bold);
    m_column->addWidget(head);
    if (!introduction.isEmpty()) m_column->addWidget(textLabel(introduction, LabelTone::Muted, this));
    m_column->addSpacing(kGrid);
}

void Section::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) fitWidth();
}

void Section::fitWidth() {
    setMaximumWidth(std::max(kWidth, kLines * fontMetrics().height()));
}

QLabel* Section::addRow(const QString& label, QWidget* control, const QString& hint) {
    QLabel* name = textLabel(label, LabelTone::Ink, this);
    setTextFont(*name, TextSize::Body, TextWeight::Medium);
    name->setBuddy(control);
    if (control->accessibleName().isEmpty()) control->setAccessibleName(label);
    m_column->addWidget(name);
    m_column->addWidget(control);
    QLabel* below = textLabel(hint, LabelTone::Muted, this);
    setTextFont(*below, TextSize::Small);
    below->setVisible(!hint.isEmpty());
    m_column->addWidget(below);
    m_column->addSpacing(kGrid + kGrid / 2);
    return below;
}

void Section::addWide(QWidget* widget) {
    m_column->addWidget(widget);
    m_column->addSpacing(kGrid);
}

void Section::finish() {
    m_column->addStretch();
}

}  // namespace commonplace::ui
