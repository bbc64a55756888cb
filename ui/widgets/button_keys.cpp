#include "ui/widgets/button_keys.h"

#include <QCoreApplication>
#include <QDialog>
#include <QKeyEvent>
#include <QPushButton>
#include <QToolButton>

namespace commonplace::ui {
namespace {

bool isPress(const QKeyEvent& key) {
    const bool isReturn = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
    return isReturn && (key.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
}

/// Check boxes and radio buttons are turned by Space alone, everywhere.
QAbstractButton* buttonOf(QObject* watched) {
    auto* button = qobject_cast<QAbstractButton*>(watched);
    const bool isPressed = qobject_cast<QPushButton*>(button) || qobject_cast<QToolButton*>(button);
    return isPressed && !qobject_cast<QDialog*>(button->window()) ? button : nullptr;
}

void press(QAbstractButton& button) {
    auto* tool = qobject_cast<QToolButton*>(&button);
    if (tool && tool->menu() && tool->popupMode() == QToolButton::InstantPopup)
        tool->showMenu();  // which a click in words does not
    else
        button.click();
}

}  // namespace

ButtonKeys::ButtonKeys(QObject* owner) : QObject(owner) {
    QCoreApplication::instance()->installEventFilter(this);
}

bool ButtonKeys::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return false;
    const auto& key = static_cast<const QKeyEvent&>(*event);
    if (!isPress(key)) return false;
    QAbstractButton* button = buttonOf(watched);
    if (!button) return false;
    if (!key.isAutoRepeat()) press(*button);  // a key held down is one press
    return true;
}

}  // namespace commonplace::ui
