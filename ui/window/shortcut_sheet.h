// ShortcutSheet (F1): the keys of the window, and where to find the rest. Thread: GUI.
#pragma once

#include <QDialog>
#include <QPair>
#include <QVector>

class QAction;

namespace commonplace::ui {

/// "Ctrl+N", "New question": of every action that has a key, in order.
QVector<QPair<QString, QString>> shortcutsOf(const QVector<QAction*>& actions);

class ShortcutSheet final : public QDialog {
    Q_OBJECT
  public:
    ShortcutSheet(const QVector<QPair<QString, QString>>& shortcuts, QWidget* parent);
};

}  // namespace commonplace::ui
