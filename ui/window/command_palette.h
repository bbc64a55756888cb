// CommandPalette (Ctrl+K): every action of the window by typing a part of its name. Thread: GUI.
#pragma once

#include <QDialog>
#include <QVector>

class QAction;
class QLineEdit;
class QListWidget;

namespace commonplace::ui {

class CommandPalette final : public QDialog {
    Q_OBJECT
  public:
    CommandPalette(const QVector<QAction*>& actions, QWidget* parent);

    /// Empties the field and shows itself over the upper part of its parent.
    void popUp();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void filter(const QString& text);
    void runCurrent();

    QVector<QAction*> m_actions;
    QLineEdit* m_field;
    QListWidget* m_list;
};

}  // namespace commonplace::ui
