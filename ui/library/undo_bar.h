// UndoBar: "Reports was removed · Undo" for a few seconds, instead of asking beforehand. The act itself can
// be undone for longer (the window's Undo); the bar only points at it.
#pragma once

#include <QFrame>
#include <QTimer>
#include <functional>

class QLabel;
class QPushButton;

namespace commonplace::ui {

class UndoBar final : public QFrame {
    Q_OBJECT
  public:
    explicit UndoBar(QWidget* parent = nullptr);
    ~UndoBar() override;

    /// Shows the text; `undo` runs when the person presses the button.
    void offer(const QString& text, std::function<void()> undo);
    /// The time is over, or the act was undone elsewhere.
    void settle();

  private:
    void undo();

    QLabel* m_text;
    QPushButton* m_button;
    QTimer m_timer;
    std::function<void()> m_undo;
};

}  // namespace commonplace::ui
